"""The interactive pieces: one class, one idea.

Each is an ipywidgets box of sliders over one picture, and a line of text that says in
numbers what the picture shows. Set its state from Python (`explorer.x = 2.0`), by
mouse or by keyboard; where no kernel runs, the picture stands still in its place.
"""

from .base import Explorer
from .broadcast import BroadcastExplorer
from .descent import DescentExplorer
from .digits import DigitExplorer
from .forward import ForwardExplorer
from .matrix_product import MatrixProductExplorer
from .neuron import NeuronExplorer
from .nudge import NudgeExplorer
from .progress import progress
from .slope import SlopeExplorer
from .softmax import SoftmaxExplorer
from .stepper import BackwardStepper
from .training import TrainingExplorer

__all__ = [
    "BackwardStepper",
    "BroadcastExplorer",
    "DescentExplorer",
    "DigitExplorer",
    "Explorer",
    "ForwardExplorer",
    "MatrixProductExplorer",
    "NeuronExplorer",
    "NudgeExplorer",
    "SlopeExplorer",
    "SoftmaxExplorer",
    "TrainingExplorer",
    "progress",
]
