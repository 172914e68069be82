"""The inputs of a small network move, and every number of both passes stands at its place."""

from ..passes import Passes, run
from .explorer import ForwardExplorer
from .picture import ForwardPicture

__all__ = ["ForwardExplorer", "ForwardPicture", "Passes", "run"]
