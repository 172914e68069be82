"""The picture of ClearingExplorer: w on the parabola, what w.grad holds, and two losses."""

import math

import numpy as np

from ...palette import DATA, GRADIENT, MOVED, MUTED, PAPER
from ...plots.picture import legend_above, limits_of, new_axes
from ...words import number
from ..arrow import Arrow
from ..picture import MovingFigure
from .run import LOWEST

POINTS = 121  # of the parabola
LANES = 0.09, 0.19  # how far below loss 0 the two arrows lie, as a share of the largest loss
SHORT = 0.005  # in units of w: a third of a pixel; what is shorter is not drawn
DASHED = (0, (3, 1.5))
RIGHT = 0.62, 0.35  # where the charts on the right begin, and their width


class ClearingPicture(MovingFigure):
    """Two descents on (w − 3)², one of which never clears w.grad.

    Left: the descent that is looked at, on the parabola, and below it the step to come. Right,
    above: this step's own gradient and what w.grad holds, for each step; below: both losses.

    Args:
        cleared, never: the two, each a `Run`; the scales have room for all of both.

    Attributes: the artists that move.
        trail: the steps so far, with dots. here: the present w. next: where the step to come leads.
        drop: from here down to the arrows.
        own_move, move: `Arrow`s: the step that this step's own gradient would make, and the step
            that w.grad makes.
        own, held: the gradients, step by step. gradient_now: what w.grad holds now.
        cleared, never: the losses, step by step. loss_now: the loss at the present w.
    """

    def __init__(self, cleared, never):
        super().__init__(960, 450)
        self._add_parabola(limits_of(cleared.w + never.w))
        last = len(cleared.w) - 1
        self._add_gradients(last, limits_of([0.0, *cleared.held, *never.held, *never.own]))
        self._add_losses(last, limits_of([0.0, *cleared.losses, *never.losses]))

    def _add_parabola(self, xlim):
        w = np.linspace(*xlim, POINTS)
        losses = (w - LOWEST) ** 2
        top = losses.max()
        self._lanes = [-share * top for share in LANES]
        ylim = 1.4 * self._lanes[-1], 1.04 * top
        box = (0.06, 0.115, 0.47, 0.79)
        ax = self._left = new_axes(self, box, xlim, ylim, "w", "loss")
        ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= top])
        ax.plot(w, losses, color=DATA, linewidth=2.5)
        (self.trail,) = ax.plot([], [], color=GRADIENT, linewidth=1.5, label="steps so far")
        (self.dots,) = ax.plot([], [], color=GRADIENT, linewidth=7, solid_capstyle="round")
        self.dots.set_snap(False)  # to whole pixels, where short pieces would vanish
        (self.drop,) = ax.plot([], [], color=MUTED, linewidth=1.5, linestyle=(0, (1, 2)))
        self.own_move = Arrow(ax, "", DASHED)
        self.own_move.line.set_label("−rate · own gradient")
        self.move = Arrow(ax, "")
        self.move.line.set_label("−rate · w.grad: the step")
        (self.next,) = ax.plot([], [], "o", color=PAPER, markeredgecolor=MOVED, markersize=9)
        self.next.set_markeredgewidth(2.5)
        (self.here,) = ax.plot([], [], "o", color=MOVED, markersize=11)
        self.moves(self.trail, self.dots, self.drop)
        for arrow in (self.own_move, self.move):
            self.moves(arrow.line, arrow.tip)
        self.moves(self.next, self.here)
        legend_above(ax, columns=3)

    def _add_gradients(self, last, ylim):
        left, width = RIGHT
        ax = new_axes(self, (left, 0.6, width, 0.305), (0, last), ylim, "", "gradient")
        (self.own,) = ax.plot([], [], color=GRADIENT, linewidth=2, label="this step's own")
        (self.held,) = ax.plot([], [], color=GRADIENT, linewidth=2, linestyle=DASHED)
        self.held.set_label("in w.grad")
        self.gradient_now = _mark(ax, "s")
        self.moves(self.own, self.held, self.gradient_now)
        legend_above(ax)

    def _add_losses(self, last, ylim):
        left, width = RIGHT
        ax = new_axes(self, (left, 0.115, width, 0.305), (0, last), ylim, "step", "loss")
        (self.cleared,) = ax.plot([], [], color=DATA, linewidth=2, label="cleared")
        (self.never,) = ax.plot([], [], color=DATA, linewidth=2, linestyle=DASHED)
        self.never.set_label("never cleared")
        self.loss_now = _mark(ax, "o")
        self.moves(self.cleared, self.never, self.loss_now)
        legend_above(ax)

    def update(self, state):
        """state: a `Moment`."""
        self._show_step(state)
        self._show_history(state)
        self.alt = _in_words(state)

    def _show_step(self, state):
        so_far = slice(state.step + 1)
        w, loss = state.w, state.loss
        places = state.run.w[so_far], state.run.losses[so_far]
        self.trail.set_data(*places)
        self.dots.set_data(*_as_dots(*places))
        self.here.set_data([w], [loss])
        w2 = w + state.move
        is_last = state.step == len(state.run.w) - 1
        self.next.set_data(([], []) if is_last else ([w2], [(w2 - LOWEST) ** 2]))
        self.drop.set_data([w, w], [loss, self._lanes[-1]])
        self.own_move.point((w, self._lanes[0]), (state.own_move, 0))
        self.move.point((w, self._lanes[1]), (state.move, 0))

    def _show_history(self, state):
        so_far = slice(state.step + 1)
        steps = range(state.step + 1)
        self.own.set_data(steps, state.run.own[so_far])
        self.held.set_data(steps, state.run.held[so_far])
        self.cleared.set_data(steps, state.cleared.losses[so_far])
        self.never.set_data(steps, state.never.losses[so_far])
        self.gradient_now.set_data([state.step], [state.held])
        self.loss_now.set_data([state.step], [state.loss])


def _as_dots(xs, ys):
    """(xs, ys) of a line of very short pieces, which round ends make dots.

    As markers, each of them would be an element of its own, drawn and sent one by one.
    """
    gaps = [math.nan] * len(xs)
    ends = np.add(xs, SHORT)
    return np.ravel([xs, ends, gaps], "F"), np.ravel([ys, ys, gaps], "F")


def _mark(ax, marker):
    """The mark of the present step on a chart."""
    (mark,) = ax.plot([], [], marker, color=MOVED, markersize=9, clip_on=False)
    return mark


def _in_words(state):
    how = "cleared before each step" if state.clears else "never cleared"
    return (
        f"Step {state.step} of gradient descent on (w − 3)², the gradient {how}: w is "
        f"{number(state.w, 5)}. This step's own gradient is {number(state.own, 5)}, w.grad holds "
        f"{number(state.held, 5)}. The loss is {number(state.cleared.losses[state.step], 4)} when "
        f"cleared, {number(state.never.losses[state.step], 4)} when never cleared."
    )
