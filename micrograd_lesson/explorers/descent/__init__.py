"""The learning rate decides whether descent crawls, converges, bounces or blows up."""

from .explorer import DescentExplorer
from .landscape import Landscape
from .picture import CurvePicture, MapPicture
from .verdict import Verdict, verdict
from .walk import Walk

__all__ = [
    "CurvePicture",
    "DescentExplorer",
    "Landscape",
    "MapPicture",
    "Verdict",
    "Walk",
    "verdict",
]
