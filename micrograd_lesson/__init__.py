"""The companion package of the lessons: small, in the open, one module for one idea.

engine and nn compute with single numbers, tensor and tensor_nn with arrays; losses, optim,
gradcheck and data serve both; graph and plots draw; explorers move what is
drawn; exercises check what you tried. An engine imports nothing that draws.
"""

from .engine import Value
from .graph import draw_dot, trace
from .nn import MLP, Layer, Neuron
from .tensor import Tensor

__all__ = ["MLP", "Layer", "Neuron", "Tensor", "Value", "draw_dot", "trace"]
