"""The companion package of the lessons: small, in the open, one module for one idea.

engine, nn, gradcheck and data compute; graph and plots draw; explorers move what is
drawn; exercises check what you tried. An engine imports nothing that draws.
"""

from .engine import Value
from .graph import draw_dot, trace
from .nn import MLP, Layer, Neuron

__all__ = ["MLP", "Layer", "Neuron", "Value", "draw_dot", "trace"]
