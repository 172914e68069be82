"""One function per picture; each returns a `Picture`, a matplotlib Figure in layers.

The still layer (axes, curves) is drawn once. The moving layer holds the few artists
that follow a slider; `picture.update(…)` moves them. A lesson shows the whole picture,
an explorer sends the moving layer alone, which is what makes it quick, and images/ is
drawn by the same functions.
"""

from .boundary import boundary, learning
from .curves import difference_errors, function, reference_slope
from .digits import confusion, digits
from .networks import ACTIVATIONS, activations, network, neuron
from .picture import Picture
from .training import contours, descent, losses

__all__ = [
    "ACTIVATIONS",
    "Picture",
    "activations",
    "boundary",
    "confusion",
    "contours",
    "descent",
    "difference_errors",
    "digits",
    "function",
    "learning",
    "losses",
    "network",
    "neuron",
    "reference_slope",
]
