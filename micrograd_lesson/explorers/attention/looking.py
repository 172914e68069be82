"""What one place of a text makes of the scores that it gives to all places."""

from dataclasses import dataclass

import numpy as np

from ...losses import softmax
from ...tensor import Tensor
from ...tensor_nn.attention import future
from ...words import exception, number
from ..asked import described

FEWEST, MOST = 2, 12  # letters of a text that the picture has room for
MATCH = 3.0  # the score of a place that came after the letter of the place that asks


@dataclass(frozen=True)
class Looking:
    """A text, the table of shares of one head, and the place that asks.

    Attributes:
        text: a letter for each place.
        asks: the place that asks, counted from 0.
        head, heads: which head this is, counted from 0, and how many there are.
        masked: whether the places after the asking one are hidden; None where shares were given,
            so that nothing is known of a mask.
        scores: array of shape (places, places), −inf where hidden; None where shares were given.
        shares: array of the same shape. A row belongs to the place that asks, and adds up to 1.
    """

    text: str
    asks: int
    head: int
    heads: int
    masked: bool | None
    scores: np.ndarray | None
    shares: np.ndarray

    @property
    def letter(self):
        """The letter of the place that asks."""
        return self.text[self.asks]

    @property
    def row(self):
        """The shares of the place that asks, a list."""
        return self.shares[self.asks].tolist()

    @property
    def row_of_scores(self):
        """Its scores, a list; None where there are none."""
        return None if self.scores is None else self.scores[self.asks].tolist()

    @property
    def hidden(self):
        """Array of bools of the table's shape: what the mask hides."""
        if self.masked:
            return np.isneginf(future(len(self.text)))
        return np.zeros(self.shares.shape, bool)

    @property
    def mean(self):
        """The weighted mean of the letters, each written one-hot: pairs (letter, its part).

        The largest part first; letters of equal part in the order of the text.
        """
        parts = dict.fromkeys(self.text, 0.0)
        for letter, share in zip(self.text, self.row):
            parts[letter] += share
        return sorted(parts.items(), key=lambda pair: -round(pair[1], 9))


def look(text, table, asks, head=0, masked=True, are_shares=False):
    """The Looking of one place.

    Args:
        text: a letter for each place.
        table: array of shape (heads, places, places), as `checked_tables` returns it.
        asks: the place that asks.
        head: which of the heads.
        masked: whether the places after the asking one are hidden; for scores only.
        are_shares: whether the table holds shares; else scores, whose softmax is taken.
    """
    heads = len(table)
    if are_shares:
        return Looking(text, asks, head, heads, None, None, table[head])
    scores = table[head]
    if masked:
        scores = scores + future(len(text))
    shares = softmax(Tensor(scores)).data
    return Looking(text, asks, head, heads, masked, scores, shares)


def who_came_after(text):
    """Scores made by hand: each place looks for places that came after its own letter.

    Returns an array of shape (places, places): 3 where the letter before the place that is looked
    at is the letter of the place that asks, and else 0.
    """
    letters = np.array(list(text))
    scores = np.zeros((len(text), len(text)))
    scores[:, 1:] = MATCH * (letters[:, None] == letters[None, :-1])
    return scores


# What comes from a learner.


def checked_tables(function, text, are_shares=False):
    """What function gives for a text, as an array of shape (heads, places, places).

    Raises:
        TypeError: text is no text, or function no function.
        ValueError: the text is too short or too long, function fails, or what it gives is not a
            table of scores, or of shares, of this text.
    """
    what = "weights" if are_shares else "scores"
    if not isinstance(text, str):
        raise TypeError(
            f"a text is needed, such as 'emma', not {type(text).__name__} {text!r:.60}."
        )
    places = len(text)
    if not FEWEST <= places <= MOST:
        raise ValueError(
            f"a text of {FEWEST} to {MOST} letters is needed; {text!r:.60} has {places}."
        )
    if not callable(function):
        raise TypeError(
            f"{what} is a function from a text to a table, not {type(function).__name__}."
        )
    try:
        found = function(text)
    except Exception as problem:  # a function of the learner's own may raise anything
        raise ValueError(
            f"{what} of {text!r} could not be computed: {exception(problem)}"
        ) from problem
    table = _as_table(found)
    if table is None or table.shape[-2:] != (places, places):
        raise ValueError(
            f"{what} of {text!r} need the shape ({places}, {places}), or (heads, {places}, "
            f"{places}), a row for each place that asks; got {described(found)}."
        )
    if are_shares:
        _check_shares(table, text)
    else:
        _check_scores(table, text)
    return table


def _as_table(found):
    """found as an array of three axes, heads first; None where it is no such thing."""
    if isinstance(found, Tensor):
        found = found.data
    try:
        table = np.array(found, float)
    except (TypeError, ValueError):
        return None
    if table.ndim == 2:
        table = table[None]
    return table if table.ndim == 3 and len(table) else None


def _check_scores(table, text):
    if np.isnan(table).any() or np.isposinf(table).any():
        raise ValueError(f"scores of {text!r} hold nan or inf; each must be a number, or −inf.")
    for head in table:
        for asks, row in enumerate(head):
            if np.isneginf(row[: asks + 1]).all():
                raise ValueError(
                    f"in the scores of {text!r}, place {asks} may look nowhere: all its scores up "
                    "to its own are −inf."
                )


def _check_shares(table, text):
    if not (table >= 0).all():  # nan is not
        raise ValueError(f"weights of {text!r} must be 0 or larger, each a number.")
    sums = table.sum(axis=2)
    for head in sums:
        for asks, total in enumerate(head.tolist()):
            if abs(total - 1) > 1e-6:
                raise ValueError(
                    f"the weights of {text!r} in row {asks} add up to {number(total, 4)}, and the "
                    "shares of a place that asks add up to 1."
                )
