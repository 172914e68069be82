"""The small data sets of the lessons, and points of your own from a file.

examples   four_examples, ice_cream: a few numbers, for paper and pencil
points     two_moons; the checks that points in the plane must pass; on_their_side counts
files      read_points, load_points: points from a table of comma-separated values
tables     read_table, load_table: a table of numbers with named columns
digits     digits, shift: handwritten digits
names      first_names, and their letters as numbers: encode, decode, contexts, rows
batches    batches: all examples, a few at a time
"""

from .batches import batches
from .digits import digits, shift
from .examples import four_examples, ice_cream
from .files import MOST_BYTES, load_points, read_points
from .names import LETTERS, contexts, decode, encode, first_names, rows
from .points import (
    FARTHEST,
    MOST_POINTS,
    checked_points,
    checked_training_points,
    on_their_side,
    two_moons,
)
from .tables import load_table, read_table

__all__ = [
    "FARTHEST",
    "LETTERS",
    "MOST_BYTES",
    "MOST_POINTS",
    "batches",
    "checked_points",
    "checked_training_points",
    "contexts",
    "decode",
    "digits",
    "encode",
    "first_names",
    "four_examples",
    "ice_cream",
    "load_points",
    "load_table",
    "on_their_side",
    "read_points",
    "read_table",
    "rows",
    "shift",
    "two_moons",
]
