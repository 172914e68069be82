"""The picture of SoftmaxExplorer: scores and the pull on them, powers of e, and probabilities."""

import numpy as np

from ...palette import DATA, GRADIENT, INK, MOVED, MUTED
from ...plots.picture import TEXT, new_axes
from ...words import fixed, power_of_e, probability, signed
from ..picture import MovingFigure
from ..texts import Texts

CLASSES = 3
HIGHEST = 5.0  # a score beyond is marked here, by a triangle
PULL = 4.0  # a gradient of 1 is an arrow of this length, in units of the score
START = 0.55  # so far from the score its arrow begins
SHORTEST = 0.001  # an arrow of a smaller gradient is not drawn
BAR = 34  # pixels
ORDINARY = 9  # of a score beyond, the power of e has fewer digits, as there is room for
LEGEND = (
    "arrow: where a step against the gradient moves the score; its number is the gradient; "
    "dashed: what p should be"
)


class SoftmaxPicture(MovingFigure):
    """Three scores, what e^ and the softmax make of them, and the gradient of each.

    Attributes: the artists that move.
        scores: the scores, as points. above, below: those beyond ±5, as triangles there.
        shafts, up, down: the arrows: their lines, and their heads that point up and down.
        pulls: Texts; pulls[0] is the gradient of score 0.
        powers, probabilities: lines, of a piece for each class: bars of e^score and of p.
        power_numbers, shares: Texts, the numbers at those bars.
        targets: a dashed line, of a piece for each class: 1 at the right class, 0 at others.
        right: Texts; right["class"] stands below the right class.
    """

    def __init__(self):
        super().__init__(800, 400)
        self._add_scores()
        self._add_powers()
        self._add_probabilities()
        self._add_legend()

    def _axes(self, left, ylim, title):
        ax = new_axes(self, (left, 0.22, 0.25, 0.68), (-0.6, 2.6), ylim, "", "", title)
        ax.grid(False, axis="x")
        ax.set_xticks(range(CLASSES), [f"class {k}" for k in range(CLASSES)])
        ax.tick_params(axis="x", labelcolor=INK)
        return ax

    def _line(self, ax, *style, **options):
        (line,) = ax.plot([], [], *style, clip_on=False, **options)
        return line

    def _texts(self, ax, colour, align="center"):
        nowhere = dict.fromkeys(range(CLASSES), (0, 0))
        return ax.add_artist(Texts(nowhere, TEXT, colour, align))

    def _add_scores(self):
        edge = HIGHEST + START + PULL
        ax = self._axes(0.06, (-edge, edge), "score, and its gradient")
        ax.set_yticks([-5, 0, 5])
        ax.axhline(0, color=MUTED, linewidth=1)
        self.shafts = self._line(ax, color=GRADIENT, linewidth=3)
        self.up = self._line(ax, "^", color=GRADIENT, markersize=8)
        self.down = self._line(ax, "v", color=GRADIENT, markersize=8)
        self.scores = self._line(ax, "o", color=MOVED, markersize=10)
        self.above = self._line(ax, "^", color=MOVED, markersize=12)
        self.below = self._line(ax, "v", color=MOVED, markersize=12)
        self.pulls = self._texts(ax, GRADIENT)
        below_ticks = {"class": (0, -edge - 2.9)}
        self.right = ax.add_artist(Texts(below_ticks, TEXT, INK))
        self.right["class"] = "\N{BLACK UP-POINTING TRIANGLE} right"
        self.moves(self.shafts, self.up, self.down, self.scores, self.above, self.below)
        self.moves(self.pulls, self.right)

    def _add_powers(self):
        ax = self._axes(0.395, (0, 1.15), "e to the power of the score")
        ax.set_yticks([])
        self.powers = self._line(ax, color=DATA, linewidth=BAR, solid_capstyle="butt")
        self.power_numbers = self._texts(ax, INK)
        self.moves(self.powers, self.power_numbers)

    def _add_probabilities(self):
        ax = self._axes(0.73, (0, 1.15), "probability p")
        ax.set_yticks([0, 0.5, 1])
        self.probabilities = self._line(ax, color=DATA, linewidth=BAR, solid_capstyle="butt")
        self.targets = self._line(ax, color=INK, linewidth=2, linestyle=(0, (3, 2)))
        self.shares = self._texts(ax, INK)
        self.moves(self.probabilities, self.targets, self.shares)

    def _add_legend(self):
        ax = self.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, self.width), ylim=(0, self.height))
        ax.axis("off")
        legend = ax.add_artist(Texts({"legend": (0.06 * self.width, 10)}, TEXT, MUTED, "left"))
        legend["legend"] = LEGEND

    def update(self, state):
        """state: a `Shares`."""
        self._draw_scores(state)
        self._draw_bars(state)
        self.right.places["class"] = state.right, self.right.places["class"][1]
        self.alt = _in_words(state)

    def _draw_scores(self, state):
        scores = state.scores.tolist()
        places = [min(max(score, -HIGHEST), HIGHEST) for score in scores]
        inside = [k for k in range(CLASSES) if places[k] == scores[k]]
        above = [k for k in range(CLASSES) if scores[k] > HIGHEST]
        below = [k for k in range(CLASSES) if scores[k] < -HIGHEST]
        for artist, which in ((self.scores, inside), (self.above, above), (self.below, below)):
            artist.set_data(which, [places[k] for k in which])
        self._draw_arrows(places, state.gradient.tolist())

    def _draw_arrows(self, places, gradient):
        starts = [place - START * np.sign(g) for place, g in zip(places, gradient)]
        ends = [start - PULL * g for start, g in zip(starts, gradient)]
        up = [k for k in range(CLASSES) if gradient[k] < -SHORTEST]
        down = [k for k in range(CLASSES) if gradient[k] > SHORTEST]
        xs, ys = [], []
        for k in up + down:
            xs += [k, k, np.nan]
            ys += [starts[k], ends[k], np.nan]
        self.shafts.set_data(xs, ys)
        self.up.set_data(up, [ends[k] for k in up])
        self.down.set_data(down, [ends[k] for k in down])
        for k, slope in enumerate(gradient):
            # Beside the point, where no arrow is: below one that goes up, above one that goes down.
            beside = -1.7 if slope < 0 else 0.8
            self.pulls.places[k] = k, places[k] + beside
            self.pulls[k] = signed(slope, 3)

    def _draw_bars(self, state):
        heights = state.heights
        shares = state.probabilities
        self.powers.set_data(*_bars(heights))
        self.probabilities.set_data(*_bars(shares))
        for k in range(CLASSES):
            self.power_numbers.places[k] = k, heights[k] + 0.03
            self.power_numbers[k] = _written_power(state.scores[k])
            self.shares.places[k] = k, shares[k] + 0.03
            self.shares[k] = probability(shares[k])
        self.shares.bold = {state.right}
        xs, ys = [], []
        for k in range(CLASSES):
            xs += [k - 0.4, k + 0.4, np.nan]
            ys += [float(k == state.right)] * 3
        self.targets.set_data(xs, ys)


def _written_power(score):
    digits = 3 if abs(score) <= ORDINARY else 2
    return power_of_e(score, digits)


def _bars(heights):
    """x and y of one line with a piece for each bar, from 0 to its height."""
    pieces = [(0, height, np.nan) for height in heights]
    return np.repeat(range(CLASSES), 3), np.ravel(pieces)


def _in_words(state):
    shares = ", ".join(probability(p) for p in state.probabilities)
    pulls = ", ".join(signed(slope, 3) for slope in state.gradient)
    words = (
        f"Class {state.right} is right. The softmax gives the three classes the probabilities "
        f"{shares}; the cross-entropy is {fixed(state.loss, 3)}. The gradients of the scores "
        f"are {pulls}"
    )
    if np.abs(state.gradient).max() <= SHORTEST:
        return f"{words}: there is nothing left to learn here."
    return (
        f"{words}: a step against them raises the score of class {state.right} and lowers "
        "the others."
    )
