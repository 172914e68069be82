"""The inputs of a small network move, and every number of both passes stands at its place."""

from ..network_picture import ForwardPicture
from ..passes import Passes, run
from .explorer import ForwardExplorer

__all__ = ["ForwardExplorer", "ForwardPicture", "Passes", "run"]
