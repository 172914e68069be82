"""Three scores become probabilities, and the cross-entropy pulls at each score."""

from .explorer import SoftmaxExplorer
from .picture import SoftmaxPicture
from .shares import Shares, share

__all__ = ["Shares", "SoftmaxExplorer", "SoftmaxPicture", "share"]
