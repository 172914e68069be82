"""What training does when nobody clears the gradient: w.grad holds a sum, and w swings."""

from .explorer import ClearingExplorer
from .picture import ClearingPicture
from .run import Moment, Run, run

__all__ = ["ClearingExplorer", "ClearingPicture", "Moment", "Run", "run"]
