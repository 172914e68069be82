"""One function per picture; each returns a `Picture`, a matplotlib Figure in layers.

The still layer (axes, curves) is drawn once. The moving layer holds the few artists
that follow a slider; `picture.update(…)` moves them. A lesson shows the whole picture,
an explorer sends the moving layer alone, which is what makes it quick, and images/ is
drawn by the same functions.
"""

from .arrays import broadcast
from .boundary import boundary, learning
from .curves import difference_errors, function
from .digits import confusion, digits, reading
from .forward import forward
from .networks import activations, network
from .picture import Picture
from .training import losses

__all__ = [
    "Picture",
    "activations",
    "boundary",
    "broadcast",
    "confusion",
    "difference_errors",
    "digits",
    "forward",
    "function",
    "learning",
    "losses",
    "network",
    "reading",
]
