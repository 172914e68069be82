"""Each place of a text looks at the others: scores, shares, and what their weighted mean brings."""

from .explorer import AttentionExplorer
from .looking import Looking, checked_tables, look, who_came_after
from .picture import AttentionPicture

__all__ = [
    "AttentionExplorer",
    "AttentionPicture",
    "Looking",
    "checked_tables",
    "look",
    "who_came_after",
]
