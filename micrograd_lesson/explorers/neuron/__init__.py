"""A neuron is a line in the plane of its inputs, and a point on its activation's curve."""

from .answer import Answer, curve, find_answer
from .explorer import NeuronExplorer
from .picture import NeuronPicture

__all__ = ["Answer", "NeuronExplorer", "NeuronPicture", "curve", "find_answer"]
