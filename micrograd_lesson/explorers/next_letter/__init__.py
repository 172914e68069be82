"""The beginning of a name, and the ten letters that a model thinks likeliest to come next."""

from .explorer import NextLetterExplorer
from .guess import Guess, guess
from .picture import NextLetterPicture

__all__ = ["Guess", "NextLetterExplorer", "NextLetterPicture", "guess"]
