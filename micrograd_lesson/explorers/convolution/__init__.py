"""A patch of nine weights moves over a digit, and its feature map follows."""

from .explorer import ConvolutionExplorer
from .picture import ConvolutionPicture
from .places import OWN, READY, Place, feature_map, look

__all__ = [
    "OWN",
    "READY",
    "ConvolutionExplorer",
    "ConvolutionPicture",
    "Place",
    "feature_map",
    "look",
]
