"""The pictures of DescentExplorer: the steps on a curve or on a map, and the loss after each."""

import math

import numpy as np

from ...palette import DATA, GRADIENT, MOVED, PAPER
from ...plots.levels import add_levels
from ...plots.picture import TEXT, limits_of, new_axes
from ...words import count, number, point
from ..arrow import Arrow
from ..picture import MovingFigure, at_edge

MOST_STEPS = 40
HISTORY_BOX = (0.66, 0.13, 0.31, 0.78)
DASHED = (0, (2, 1))


class DescentPicture(MovingFigure):
    """What the pictures of both descents share.

    Left: the steps, on what a subclass draws there. Right: the loss after each step.

    Attributes: the axes on the left, `left`, and the artists that move.
        path: the steps. first, last: the start, and the last w, at the edge where it lies beyond.
        beyond: the words that say where the last w is, where it lies beyond the edge.
        downhill, remembered: `Arrow`s, the two parts of the next step.
        history: the loss after each step.
    """

    def __init__(self, box, xlim, ylim, xlabel, ylabel, title):
        """box and all that follows: of the axes on the left, as `new_axes` takes them."""
        super().__init__(960, 400)
        self.left = new_axes(self, box, xlim, ylim, xlabel, ylabel, title)

    def _add_steps(self):
        ax = self.left
        (self.path,) = ax.plot([], [], color=GRADIENT, linewidth=1.5, marker="o", markersize=5)
        self.downhill = Arrow(ax, "downhill")
        self.remembered = Arrow(ax, "remembered", DASHED)
        (self.first,) = ax.plot([], [], "o", color=PAPER, markeredgecolor=MOVED, markersize=11)
        self.first.set_markeredgewidth(2.5)
        (self.last,) = ax.plot([], [], "o", color=MOVED, markersize=10, clip_on=False)
        self.beyond = ax.text(1, 1.025, "", color=MOVED, fontsize=TEXT, ha="right")
        self.beyond.set_transform(ax.transAxes)
        self.moves(self.path, *self.downhill.artists, *self.remembered.artists)
        self.moves(self.first, self.last, self.beyond)

    def _add_history(self, ylim):
        ax = new_axes(
            self, HISTORY_BOX, (0, MOST_STEPS), ylim, "step", "loss", "loss after each step"
        )
        (self.history,) = ax.plot([], [], color=DATA, linewidth=2, marker="o", markersize=4)
        self.moves(self.history)

    def _show_steps(self, x, y, losses):
        """Place the steps at (x, y); return whether the last one lies within the axes."""
        self.path.set_data(x, y)
        self.first.set_data(x[:1], y[:1])
        self.history.set_data(range(len(losses)), losses)
        place = float(x[-1]), float(y[-1])
        spot, marker = at_edge(*place, self.left)
        self.last.set_data([spot[0]], [spot[1]])
        self.last.set_marker(marker)
        is_inside = spot == place
        self.beyond.set_text("" if is_inside else f"beyond the edge: {self._named(place)}")
        return is_inside

    def _named(self, place):
        """A place, with the names of the axes."""
        x = f"{self.left.get_xlabel()} = {number(place[0], 3)}"
        y = f"{self.left.get_ylabel()} = {number(place[1], 3)}"
        return f"{x}, {y}"


class CurvePicture(DescentPicture):
    """Gradient descent on a loss of one parameter: the steps stand on the curve.

    Attributes: those of DescentPicture, and
        tangent: a piece of the tangent at the last w.

    Args:
        w, losses: the curve, arrays of one shape; nan where the loss has no value.
    """

    def __init__(self, w, losses):
        xlim = w[0], w[-1]
        ylim = limits_of(losses)
        self._reach = (xlim[1] - xlim[0]) / 10
        self._row = (ylim[1] - ylim[0]) / 20  # how far the arrows stand apart
        box = (0.06, 0.13, 0.5, 0.78)
        super().__init__(box, xlim, ylim, "w", "loss", "steps on the loss")
        self.left.plot(w, losses, color=DATA, linewidth=2.5)
        (self.tangent,) = self.left.plot([], [], color=GRADIENT, linewidth=2.5)
        self.moves(self.tangent)
        self._add_steps()
        self._add_history(ylim)

    def update(self, state):
        """state: a `Walk` of one parameter."""
        is_inside = self._show_steps(state.w[:, 0], state.losses, state.losses)
        w = state.w[-1, 0]
        loss = state.losses[-1]
        slope = state.slopes[-1, 0]
        ends = np.array([w - self._reach, w + self._reach])
        self.tangent.set_data(ends, loss + slope * (ends - w))
        # Without momentum the slope is all there is, and the tangent shows it.
        scale = _scale(state, 1.6 * self._reach) if is_inside and state.momentum else 0
        self.downhill.point((w, loss + self._row), (-scale * slope, 0))
        self.remembered.point((w, loss + 2 * self._row), (-scale * state.remembered[0], 0))
        self.alt = in_words(state)


class MapPicture(DescentPicture):
    """Gradient descent on a loss of two parameters, seen from above, with lines of equal loss.

    The two axes have the same scale, so that the way downhill is at right angles to the line
    of equal loss.

    Attributes: those of DescentPicture, and
        level: a piece of the line of equal loss at the last w.
        equal_loss: the lines of equal loss, which stand still; None where the loss is flat.

    Args:
        w1, w2: the places along both axes.
        losses: array of shape (len(w2), len(w1)); nan where the loss has no value.
    """

    def __init__(self, w1, w2, losses):
        xlim = w1[0], w1[-1]
        ylim = w2[0], w2[-1]
        self._reach = (xlim[1] - xlim[0]) / 7
        box = (0.06, 0.13, 0.4985, 0.78)
        super().__init__(box, xlim, ylim, "w1", "w2", "lines of equal loss")
        self.left.set_aspect("equal", anchor="W")
        self.left.apply_aspect()
        self.equal_loss = add_levels(self.left, w1, w2, losses, alpha=0.7)
        (self.level,) = self.left.plot([], [], color=DATA, linewidth=2.5)
        self.moves(self.level)
        self._add_steps()
        self._add_history(limits_of(losses))

    def update(self, state):
        """state: a `Walk` of two parameters."""
        is_inside = self._show_steps(state.w[:, 0], state.w[:, 1], state.losses)
        w = state.w[-1]
        slope = state.slopes[-1]
        scale = _scale(state, self._reach) if is_inside else 0
        self.downhill.point(w, -scale * slope)
        self.remembered.point(w, -scale * state.remembered)
        steepness = math.hypot(*slope)
        along = np.zeros(2)
        if scale and steepness:
            along = np.array([-slope[1], slope[0]]) / steepness * self._reach / 4
        self.level.set_data(*np.column_stack([w - along, w + along]))
        self.alt = in_words(state)

    def _named(self, place):
        return f"w = {point(place, 3)}"


def _scale(walk, reach):
    """What makes the longer part of the next step as long as reach; 0 where there is none."""
    longest = max(math.hypot(*walk.slopes[-1]), math.hypot(*walk.remembered))
    return reach / longest if 0 < longest < math.inf else 0


def in_words(walk):
    """A walk in a sentence."""
    memory = f" and momentum {number(walk.momentum, 4)}" if walk.momentum else ""
    end = f"w is {place(walk.w[-1], 4)}, the loss {number(walk.losses[-1], 4)}"
    if not walk.finite:
        end = "the next step leads beyond all bounds"
    return (
        f"{count(walk.taken, 'step')} of gradient descent from w = {place(walk.w[0], 4)} "
        f"with learning rate {number(walk.rate, 4)}{memory}: {end}."
    )


def place(w, digits):
    """w in words: a number, or a point where there are two parameters."""
    return number(w[0], digits) if len(w) == 1 else point(w, min(digits, 4))
