"""Nudge a leaf: the predicted change, grad × nudge, beside the real one, on the live graph."""

from .explorer import NudgeExplorer
from .measure import Nudge, NudgedExpression

__all__ = ["Nudge", "NudgeExplorer", "NudgedExpression"]
