"""Two arrays stretch to one shape, and an entry's gradient is the sum over its copies."""

from .explorer import INCOMING, NUMBERS, BroadcastExplorer
from .picture import BroadcastPicture
from .stretching import Combination, Table, combine

__all__ = [
    "INCOMING",
    "NUMBERS",
    "BroadcastExplorer",
    "BroadcastPicture",
    "Combination",
    "Table",
    "combine",
]
