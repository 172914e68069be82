"""The picture of DigitExplorer: a digit, and the ten probabilities that a network gives it."""

import numpy as np

from ...palette import DATA, INK, MUTED
from ...plots.digits import SIDE, add_square
from ...plots.picture import TEXT, new_axes
from ...words import probability
from ..picture import MovingFigure
from ..squares import Squares
from ..texts import Texts
from .reading import DIGITS

SQUARE = 248  # pixels: the edge of the digit


class ReadingPicture(MovingFigure):
    """A digit on the left; on the right a bar for each probability.

    Attributes: the artists that move.
        pixels: Squares, as dark as their ink.
        bars: one line, of a piece for each digit, from 0 to its probability.
        numbers: Texts; numbers[7] is the probability of a 7; that of the answer is bold.
        mark: Texts; stands beside the digit that it is: mark["label"].
    """

    def __init__(self):
        super().__init__(640, 320)
        self._add_digit()
        self._add_probabilities()
        self.moves(self.pixels, self.bars, self.numbers, self.mark)

    def _add_digit(self):
        ax = add_square(self, 20, 48, SQUARE, MUTED, 1)
        self.pixels = ax.add_artist(Squares(SQUARE / SIDE))

    def _add_probabilities(self):
        box = (0.56, 0.15, 0.35, 0.775)
        ax = new_axes(self, box, (0, 1), (DIGITS - 0.4, -0.6), "probability")
        ax.grid(False, axis="y")
        ax.set_yticks(range(DIGITS))
        ax.set_xticks([0, 0.5, 1])
        ax.tick_params(axis="y", labelcolor=INK)
        (self.bars,) = ax.plot(
            [], [], color=DATA, linewidth=17, solid_capstyle="butt", clip_on=False
        )
        nowhere = dict.fromkeys(range(DIGITS), (0, 0))
        self.numbers = ax.add_artist(Texts(nowhere, TEXT, INK, "left"))
        self.mark = ax.add_artist(Texts({"label": (-0.1, 0)}, TEXT, INK, "right"))
        self.mark["label"] = "it is \N{BLACK RIGHT-POINTING TRIANGLE}"

    def update(self, state):
        """state: a `Reading`."""
        self._draw_pixels(state.image.reshape(SIDE, SIDE))
        self._draw_bars(state.probabilities)
        self.numbers.bold = {state.answer}
        self.mark.places["label"] = -0.1, _baseline(state.label)
        self.alt = _in_words(state)

    def _draw_pixels(self, image):
        middles = [(column + 0.5, row + 0.5) for row, column in np.ndindex(image.shape)]
        self.pixels.show(middles, [INK] * image.size, image.ravel())

    def _draw_bars(self, probabilities):
        pieces = [(0, p, np.nan) for p in probabilities]
        self.bars.set_data(np.ravel(pieces), np.repeat(range(DIGITS), 3))
        for digit, p in enumerate(probabilities.tolist()):
            self.numbers.places[digit] = p + 0.02, _baseline(digit)
            self.numbers[digit] = probability(p)


def _baseline(digit):
    """The height at which a text stands so that its middle is at this digit's bar."""
    return digit + 0.19


def _in_words(state):
    words = (
        f"A handwritten {state.label}. The network says {state.answer}, "
        f"with probability {probability(state.probability(state.answer))}"
    )
    if state.is_right:
        return f"{words}."
    return f"{words}; to {state.label} it gives {probability(state.probability(state.label))}."
