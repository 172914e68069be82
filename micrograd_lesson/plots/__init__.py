"""One function per picture; each returns a `Picture`, a matplotlib Figure in layers.

The still layer (axes, curves) is drawn once. The moving layer holds the few artists
that follow a slider; `picture.update(…)` moves them. A lesson shows the whole picture,
an explorer sends the moving layer alone, which is what makes it quick, and images/ is
drawn by the same functions.
"""

from .arrays import broadcast
from .boundary import boundary
from .curves import difference_errors, function, reference_slope
from .digits import confusion, digits, reading
from .forward import forward
from .networks import ACTIVATIONS, activations, network, neuron
from .picture import Picture
from .training import contours, descent, losses

__all__ = [
    "ACTIVATIONS",
    "Picture",
    "activations",
    "boundary",
    "broadcast",
    "confusion",
    "contours",
    "descent",
    "difference_errors",
    "digits",
    "forward",
    "function",
    "losses",
    "network",
    "neuron",
    "reading",
    "reference_slope",
]
