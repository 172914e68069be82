"""The still pictures of lessons: one function each, which returns a `Picture`.

A `Picture` is a matplotlib Figure that shows itself as SVG, as PNG and in words. What moves
under a slider has its picture in the explorer's room: `explorers/<idea>/picture.py`.
"""

from .boundary import boundary
from .curves import difference_errors, function
from .digits import confusion, digits
from .losses import losses
from .networks import activations, network
from .pairs import pairs
from .paths import paths
from .picture import Picture

__all__ = [
    "Picture",
    "activations",
    "boundary",
    "confusion",
    "difference_errors",
    "digits",
    "function",
    "losses",
    "network",
    "pairs",
    "paths",
]
