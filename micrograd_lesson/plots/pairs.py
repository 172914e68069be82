"""How often each letter follows each other one."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..data import LETTERS
from ..palette import DATA, INK
from ..words import count
from .picture import Picture, new_axes

SHADES = 12
FAINTEST = 0.12  # of a pair that occurs once
NAMED = 5  # pairs, in the picture's words


def pairs(counts):
    """A table of shades: in row i, column j, how often letter j follows letter i.

    The darker, the more often: the shade goes by the root of the count, so that rare pairs are
    seen too. A pair that never occurs is left white.

    counts: array of shape (27, 27), the point first, then a to z.

    Raises:
        ValueError: another shape, a negative number, or nothing but zeros.
    """
    counts = np.asarray(counts, float)
    if counts.shape != (len(LETTERS), len(LETTERS)) or not counts.any() or counts.min() < 0:
        raise ValueError(
            "pairs needs a table of shape (27, 27) with counts in it, none negative, "
            f"not one of shape {counts.shape}."
        )
    picture = Picture(560, 580, alt=_in_words(counts))
    ax = _table_axes(picture)
    levels = np.ceil(SHADES * np.sqrt(counts / counts.max()))
    for level in range(1, SHADES + 1):
        places = np.argwhere(levels == level)
        if len(places):
            # One patch for all pairs of a shade, so that the picture stays small.
            cells = Path.make_compound_path(*[_cell(i, j) for i, j in places])
            shade = FAINTEST + (1 - FAINTEST) * (level - 1) / (SHADES - 1)
            ax.add_patch(PathPatch(cells, facecolor=to_rgba(DATA, shade), linewidth=0))
    return picture


def _table_axes(picture):
    n = len(LETTERS)
    box = (0.09, 0.02, 0.89, 0.86)
    ax = new_axes(picture, box, (0, n), (n, 0), "the next letter", "a letter")
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set_xticks(np.arange(n) + 0.5, LETTERS)
    ax.set_yticks(np.arange(n) + 0.5, LETTERS)
    ax.tick_params(colors=INK)
    ax.grid(False)
    return ax


def _cell(i, j):
    """The outline of row i, column j."""
    left, right = j + 0.04, j + 0.96
    top, bottom = i + 0.04, i + 0.96
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return Path(corners, closed=True)


def _in_words(counts):
    order = np.argsort(-counts, axis=None, kind="stable")[:NAMED]
    often = []
    for i, j in zip(*np.unravel_index(order, counts.shape)):
        often.append(f"{_named(i)} then {_named(j)}, {count(int(counts[i, j]), 'time')}")
    never = int((counts == 0).sum())
    return (
        f"Pairs of letters, {int(counts.sum())} in all. Most often: {'; '.join(often)}. "
        f"{never} of {counts.size} pairs never occur."
    )


def _named(k):
    return LETTERS[k] if k else "point"
