"""The picture of SlopeExplorer: curve, secant and tangent; and the error for every step h."""

import numpy as np

from ...palette import DATA, GRADIENT, MOVED, MUTED, PAPER
from ...plots.picture import legend_above, limits_of, new_axes
from ...words import number
from ..picture import MovingFigure
from .secant import STEPS

SMALLEST_ERROR = 1e-11  # an error below this is drawn here
LARGEST_ERROR = 1e3


class SlopePicture(MovingFigure):
    """A secant of f, and its error for every h.

    Left: curve, secant, tangent, run and rise. Right: how far the secant's slope is from the
    tangent's, against h, on logarithmic scales.

    Args:
        xs, ys: the curve, as arrays of one shape; nan where f has no value.

    Attributes: the artists that move.
        tangent, secant: lines. run, rise: the legs of the triangle below the secant.
        point: (x, f(x)). end: (x + h, f(x + h)).
        valley: the error against h. here: the error for the present h.
    """

    def __init__(self, xs, ys):
        super().__init__(960, 410)
        self._ends = np.array([xs[0], xs[-1]])
        self._add_curve(xs, ys)
        self._add_errors()

    def _add_curve(self, xs, ys):
        box = (0.08, 0.14, 0.5, 0.74)
        ax = new_axes(self, box, (xs[0], xs[-1]), limits_of(ys), "x", "f(x)")
        ax.plot(xs, ys, color=DATA, linewidth=2.5)
        (self.tangent,) = ax.plot([], [], color=GRADIENT, linewidth=2, label="tangent")
        (self.secant,) = ax.plot(
            [], [], color=GRADIENT, linewidth=2, linestyle=(0, (4, 3)), label="secant"
        )
        (self.run,) = ax.plot([], [], color=MUTED, linewidth=2, label="run h")
        (self.rise,) = ax.plot([], [], color=DATA, linewidth=4, label="rise")
        (self.end,) = ax.plot([], [], "o", color=PAPER, markeredgecolor=MOVED, markersize=9)
        self.end.set_markeredgewidth(2.5)
        (self.point,) = ax.plot([], [], "o", color=MOVED, markersize=10)
        self.moves(self.tangent, self.secant, self.run, self.rise, self.end, self.point)
        legend_above(ax)

    def _add_errors(self):
        box = (0.7, 0.14, 0.27, 0.74)
        xlim = STEPS[0], STEPS[-1]
        ylim = SMALLEST_ERROR, LARGEST_ERROR
        ax = new_axes(self, box, xlim, ylim, "h", "", "error of the slope")
        ax.set(xscale="log", yscale="log")
        ax.set(xticks=[1e-15, 1e-10, 1e-5, 1], yticks=[1e-9, 1e-6, 1e-3, 1])
        ax.minorticks_off()
        (self.valley,) = ax.plot([], [], color=GRADIENT, linewidth=2)
        (self.here,) = ax.plot([], [], "o", color=MOVED, markersize=10)
        self.moves(self.valley, self.here)

    def update(self, state):
        """state: a `Secant`."""
        x, y = state.x, state.y
        x2, y2 = state.x + state.h, state.y2
        self.tangent.set_data(self._ends, y + state.true * (self._ends - x))
        self.secant.set_data(self._ends, y + state.estimate * (self._ends - x))
        self.run.set_data([x, x2], [y, y])
        self.rise.set_data([x2, x2], [y, y2])
        self.end.set_data([x2], [y2])
        self.point.set_data([x], [y])
        self.valley.set_data(STEPS, np.maximum(state.errors, SMALLEST_ERROR))
        self.here.set_data([state.h], [max(state.error, SMALLEST_ERROR)])
        tangent = f"slope {number(state.true)}" if state.has_tangent else "no tangent"
        self.alt = (
            f"At x = {number(x, 4)} the curve has {tangent}. The secant to x + h, with "
            f"h = {number(state.h, 3)}, has slope {number(state.estimate)}, an error of "
            f"{number(state.error, 2)}."
        )
