"""One to eight relus, added up, bend a line onto a curve: each of them makes one bend."""

from .bends import Bend, Bends, Curve, fit
from .explorer import RelusExplorer
from .picture import RelusPicture

__all__ = ["Bend", "Bends", "Curve", "RelusExplorer", "RelusPicture", "fit"]
