"""A model of letters writes a name, letter by letter, and shows where it looks."""

from .draws import Draw, checked_models, draws
from .explorer import WritingExplorer
from .picture import WritingPicture

__all__ = ["Draw", "WritingExplorer", "WritingPicture", "checked_models", "draws"]
