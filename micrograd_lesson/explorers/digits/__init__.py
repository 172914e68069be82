"""A digit moves by a pixel, and a network's ten probabilities follow."""

from .explorer import DigitExplorer
from .picture import ReadingPicture
from .reading import Reading, read

__all__ = ["DigitExplorer", "Reading", "ReadingPicture", "read"]
