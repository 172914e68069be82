"""The secant turns into the tangent as h shrinks; then, for tiny h, rounding ruins it."""

from .explorer import SlopeExplorer
from .picture import SlopePicture
from .secant import Secant, SecantMeter

__all__ = ["Secant", "SecantMeter", "SlopeExplorer", "SlopePicture"]
