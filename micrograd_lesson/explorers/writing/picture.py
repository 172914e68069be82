"""The picture of WritingExplorer: the name so far, what each head looks at, and the next letter."""

import numpy as np

from ...data import LETTERS
from ...palette import DATA, GRID, INK, MOVED, MUTED
from ...plots.picture import TEXT, new_axes
from ...words import fixed, probability
from ..picture import MovingFigure
from ..texts import Texts
from .draws import MOST_HEADS, MOST_LETTERS

LIKELIEST = 10  # letters that have a bar; what was drawn has one too
OUTSIDE = LIKELIEST  # the row of a drawn letter that is none of them
# All in pixels.
WIDTH, HEIGHT = 740, 372
LEFT = 82  # the middle of the first place
COLUMN = 27
LETTERS_LINE = 300  # the baseline of the letters read
LETTER = 20
FIRST_HEAD = 256  # the bottom of its squares
HEAD = 30
CELL = 22  # the edge of the square that a weight of 1 fills
LEGEND = (
    "a square is filled by the share that the head takes from there",
    "bold: the last place read, and behind it the letter that is drawn",
)


class WritingPicture(MovingFigure):
    """Left: the letters read, and below them a row of squares for each head. Right: bars.

    Args:
        heads: how many rows of squares there are.

    Attributes: the artists that move.
        letters: Texts; letters[0] is the point before the name, and the last one is what is
            drawn.
        heads: Texts; heads[0] names the first row of squares.
        weights: a line of a piece for each head and place, from the bottom of its square: the
            attention weight of the last place read on that place, 1 being the whole square.
        bars, drawn: lines; a piece for each of the likeliest letters, and for the drawn one.
        names, numbers: Texts; names[0] is the likeliest letter, numbers[0] its probability.
    """

    def __init__(self, heads=4):
        super().__init__(WIDTH, HEIGHT)
        self._add_letters(heads)
        self._add_bars()
        self.moves(self.weights, self.letters, self.heads)
        self.moves(self.bars, self.drawn, self.names, self.numbers)

    def _add_letters(self, heads):
        ax = self.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
        ax.axis("off")
        titles = {"title": (8, HEIGHT - 22), "first": (8, 26), "second": (8, 8)}
        still = ax.add_artist(Texts(titles, TEXT, MUTED, "left"))
        still.colours = {"title": INK}
        still["title"] = "read so far, and what the last place looks at"
        if heads:
            still["first"], still["second"] = LEGEND
        frames = [_frame(head, place) for head in range(heads) for place in range(MOST_LETTERS)]
        ax.plot(*np.reshape(frames, (-1, 2)).T, color=GRID, linewidth=1)
        style = {"linewidth": CELL, "solid_capstyle": "butt"}
        (self.weights,) = ax.plot([], [], color=DATA, **style)
        columns = {i: (LEFT + COLUMN * i, LETTERS_LINE) for i in range(MOST_LETTERS + 1)}
        self.letters = ax.add_artist(Texts(columns, LETTER, INK))
        rows = {k: (8, FIRST_HEAD - HEAD * k + 6) for k in range(MOST_HEADS)}
        self.heads = ax.add_artist(Texts(rows, TEXT, MUTED, "left"))

    def _add_bars(self):
        box = (0.635, 0.105, 0.2, 0.82)
        ax = new_axes(self, box, (0, 1), (OUTSIDE + 0.6, -0.6), "probability", "", "next letter")
        ax.grid(False, axis="y")
        ax.set_yticks([])
        ax.set_xticks([0, 0.5, 1])
        style = {"linewidth": 15, "solid_capstyle": "butt", "clip_on": False}
        (self.bars,) = ax.plot([], [], color=DATA, **style)
        (self.drawn,) = ax.plot([], [], color=MOVED, **style)
        nowhere = dict.fromkeys(range(LIKELIEST + 1), (0, 0))
        self.names = ax.add_artist(Texts(nowhere, TEXT, INK, "right"))
        self.numbers = ax.add_artist(Texts(nowhere, TEXT, INK, "left"))

    def update(self, state):
        """state: a `Draw`."""
        self._draw_letters(state)
        self._draw_heads(state.weights)
        self._draw_bars(state)
        self.alt = _in_words(state)

    def _draw_letters(self, state):
        line = state.seen + state.letter
        last = len(state.seen)
        self.letters.write(dict(enumerate(line)))
        self.letters.bold = {last - 1, last}
        self.letters.colours = {last: MOVED}

    def _draw_heads(self, weights):
        if weights is None:
            weights = np.zeros((0, 0))
        self.heads.write({k: f"head {k}" for k in range(len(weights))})
        pieces = []
        for (head, place), weight in np.ndenumerate(weights):
            across, up = _corner(head, place)
            pieces += [(across, up), (across, up + CELL * weight), (np.nan, np.nan)]
        self.weights.set_data(*np.reshape(pieces, (-1, 2)).T)

    def _draw_bars(self, state):
        shown_letters = state.order[:LIKELIEST].tolist()
        if state.drawn not in shown_letters:
            shown_letters.append(state.drawn)
        place = shown_letters.index(state.drawn)
        shares = state.probabilities[shown_letters]
        others = [k for k in range(len(shown_letters)) if k != place]
        self.bars.set_data(*_bars(shares, others))
        self.drawn.set_data(*_bars(shares, [place]))
        self._write_bars(shown_letters, shares.tolist(), place)

    def _write_bars(self, shown_letters, shares, place):
        names = {}
        numbers = {}
        for k, letter in enumerate(shown_letters):
            self.names.places[k] = -0.03, k + 0.2
            self.numbers.places[k] = shares[k] + 0.03, k + 0.2
            names[k] = shown(LETTERS[letter])
            numbers[k] = probability(shares[k])
        numbers[place] += " \N{BLACK LEFT-POINTING TRIANGLE} drawn"
        self.names.write(names)
        self.numbers.write(numbers)
        for texts in (self.names, self.numbers):
            texts.bold = {place}
            texts.colours = {place: MOVED}


def shown(letter):
    """A letter as it is read; the point has its name, as it is too small to be seen."""
    return "point" if letter == "." else letter


def _corner(head, place):
    """The middle of the bottom of a square."""
    return LEFT + COLUMN * place, FIRST_HEAD - HEAD * head


def _frame(head, place):
    """The places of a line around a square."""
    across, up = _corner(head, place)
    left, right = across - CELL / 2, across + CELL / 2
    top = up + CELL
    return [(left, up), (right, up), (right, top), (left, top), (left, up), (np.nan, np.nan)]


def _bars(shares, rows):
    """x and y of one line with a piece for each row, from 0 to its share."""
    pieces = [(0, shares[k], np.nan) for k in rows]
    return np.ravel(pieces), np.repeat(rows, 3)


def _in_words(state):
    likeliest = ", ".join(
        f"{shown(LETTERS[k])} {probability(state.probabilities[k])}" for k in state.order[:3]
    )
    words = (
        f"After “{state.seen}” the likeliest letters are {likeliest}. Drawn is "
        f"{shown(state.letter)}, with probability {probability(state.probabilities[state.drawn])}."
    )
    if state.weights is None:
        return words
    looks = []
    for head in range(len(state.weights)):
        place, weight = state.looks_at(head)
        looks.append(f"head {head} at {shown(state.seen[place])} with {fixed(weight, 2)}")
    return f"{words} The last place looks most: {', '.join(looks)}."
