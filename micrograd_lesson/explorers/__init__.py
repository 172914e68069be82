"""The interactive pieces: one class, one idea.

Each is an ipywidgets box of sliders over one picture, and a line of text that says in
numbers what the picture shows. Set its state from Python (`explorer.x = 2.0`), by
mouse or by keyboard; where no kernel runs, the picture stands still in its place.
"""

from .base import Explorer
from .broadcast import BroadcastExplorer
from .clearing import ClearingExplorer
from .descent import DescentExplorer
from .digits import DigitExplorer
from .forward import ForwardExplorer
from .neuron import NeuronExplorer
from .nudge import NudgeExplorer
from .progress import progress
from .relus import RelusExplorer
from .slope import SlopeExplorer
from .stepper import BackwardStepper
from .training import TrainingExplorer

__all__ = [
    "BackwardStepper",
    "BroadcastExplorer",
    "ClearingExplorer",
    "DescentExplorer",
    "DigitExplorer",
    "Explorer",
    "ForwardExplorer",
    "NeuronExplorer",
    "NudgeExplorer",
    "RelusExplorer",
    "SlopeExplorer",
    "TrainingExplorer",
    "progress",
]
