"""The picture of NextLetterExplorer: the ten letters that are likeliest to come, and the others."""

import numpy as np

from ...palette import DATA, INK, MOVED, MUTED
from ...plots.picture import TEXT, new_axes
from ...words import number, probability
from ..picture import MovingFigure
from ..texts import Texts
from .guess import LETTERS, SHOWN

BAR = 17  # pixels
LARGE = 22  # pixels, of the text so far
GAP = 0.015  # between a bar and its number, in units of the probability
ROOM = 18  # letters of the text so far that are written above the bars, the last ones
OTHERS = SHOWN  # the row of all letters that are not shown
LEGEND = "line across a bar: its probability at temperature 1"


class NextLetterPicture(MovingFigure):
    """A bar for each of the ten likeliest letters, and one for all others together.

    Attributes: the artists that move.
        bars: one line, of a piece for each letter shown, from 0 to its probability.
        others: a line, from 0 to the probability of all letters that are not shown.
        plain: one line, of a piece across each bar, at its probability at temperature 1; empty
            where the temperature is 1.
        letters, numbers: Texts; letters[0] names the likeliest, numbers[0] is its probability;
            letters[10] and numbers[10] are those of the others.
        written: Texts; written["text"] is the text so far, with a line for what comes.
        legend: Texts; legend["plain"] says what the lines across the bars are.
    """

    def __init__(self):
        super().__init__(560, 400)
        box = (0.14, 0.13, 0.74, 0.71)
        ax = new_axes(self, box, (0, 1), (OTHERS + 0.6, -0.6), "probability")
        ax.grid(False, axis="y")
        ax.set_yticks([])
        ax.set_xticks([0, 0.5, 1])
        style = {"linewidth": BAR, "solid_capstyle": "butt", "clip_on": False}
        (self.bars,) = ax.plot([], [], color=DATA, **style)
        (self.others,) = ax.plot([], [], color=MUTED, **style)
        (self.plain,) = ax.plot([], [], color=MOVED, linewidth=3, solid_capstyle="butt")
        rows = range(SHOWN + 1)
        at_axis = {row: (-0.02, _baseline(row)) for row in rows}
        self.letters = ax.add_artist(Texts(at_axis, TEXT, INK, "right"))
        self.numbers = ax.add_artist(Texts(dict.fromkeys(rows, (0, 0)), TEXT, INK, "left"))
        self.written = ax.add_artist(Texts({"text": (0, -1.2)}, LARGE, MOVED, "left"))
        self.legend = ax.add_artist(Texts({"plain": (1.12, 9.2)}, TEXT, MOVED, "right"))
        self.moves(self.bars, self.others, self.plain)
        self.moves(self.letters, self.numbers, self.written, self.legend)

    def update(self, state):
        """state: a `Guess`."""
        likeliest = state.likeliest
        shares = [state.probability(k) for k in likeliest]
        rest = 1 - state.together
        plain = [state.probability_at_1(k) for k in likeliest]
        if state.temperature == 1:
            plain = []
        self.written["text"] = f"{_end_of(state.text)}_"
        self.bars.set_data(*_bars(shares))
        self.others.set_data([0, rest], [OTHERS, OTHERS])
        self.plain.set_data(*_across(plain))
        self.legend["plain"] = LEGEND if plain else ""
        for row, k in enumerate(likeliest):
            self.letters[row] = named(k)
            self._number(row, shares[row], *plain[row : row + 1])
        self.letters[OTHERS] = f"{len(LETTERS) - SHOWN} others"
        self._number(OTHERS, rest)
        self.letters.bold = self.numbers.bold = {0}
        self.alt = _in_words(state)

    def _number(self, row, share, *lines):
        """Write a number behind its bar, and behind the line across it."""
        self.numbers.places[row] = max(share, *lines, 0) + GAP, _baseline(row)
        self.numbers[row] = probability(share)


def named(k):
    """A letter as it is called: the point by its name, as it can hardly be seen."""
    return LETTERS[k] if k else "point"


def _end_of(text):
    """The text, of a long one its end."""
    return text if len(text) <= ROOM else f"…{text[-ROOM:]}"


def _baseline(row):
    """The height at which a text stands so that its middle is at this row's bar."""
    return row + 0.2


def _bars(shares):
    pieces = [(0, share, np.nan) for share in shares]
    return np.ravel(pieces), np.repeat(range(len(shares)), 3)


def _across(shares):
    """x and y of a line with a piece across each bar, at its share."""
    pieces = [(row - 0.42, row + 0.42, np.nan) for row in range(len(shares))]
    return np.repeat(shares, 3), np.ravel(pieces)


def _in_words(state):
    after = f"After {state.text!r}" if state.text else "At the beginning of a name"
    shares = [f"{named(k)} {probability(state.probability(k))}" for k in state.likeliest]
    return (
        f"{after}, at temperature {number(state.temperature, 2)}, the ten likeliest letters and "
        f"their probabilities: {', '.join(shares)}; all others together "
        f"{probability(1 - state.together)}."
    )
