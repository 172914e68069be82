"""Three scores become probabilities, and the loss pulls each score by p − (1 at the right class)."""

from .explorer import SoftmaxExplorer
from .picture import SoftmaxPicture
from .shares import Shares, share

__all__ = ["Shares", "SoftmaxExplorer", "SoftmaxPicture", "share"]
