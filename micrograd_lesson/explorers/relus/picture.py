"""The picture of RelusExplorer: the sum on the curve, and below it each relu alone."""

import math

import numpy as np

from ...palette import DATA, INK, MOVED, MUTED, OPERATION, PAPER
from ...plots.picture import legend_above, limits_of, new_axes
from ...words import count, number
from ..picture import MovingFigure, at_edge

MARGIN = 0.07  # how far the picture shows beyond the curve, as a part of its width
LEFT, ACROSS = 0.075, 0.9
CURVE_BOX = (LEFT, 0.42, ACROSS, 0.505)
RELUS_BOX = (LEFT, 0.095, ACROSS, 0.215)


class RelusPicture(MovingFigure):
    """A sum of relus, and the relus.

    Above: the curve and the sum, with a mark at each bend. Below: each relu alone, so that its
    kink stands under its bend.

    Args:
        fits: several `Bends` on one curve; the scales have room for all of them.

    Attributes: the artists that move.
        sum: the sum. bends: its bends. chosen_bend: that of the chosen relu, at
            the edge where it lies beyond.
        distance: the line between curve and sum where they are farthest apart.
        guides: from each bend down to its relu.
        relus: all relus but the chosen one. chosen: that one.
    """

    def __init__(self, fits):
        super().__init__(960, 520)
        curve = fits[0].curve
        room = MARGIN * curve.width
        self._xlim = curve.xs[0] - room, curve.xs[-1] + room
        self._add_curve(curve)
        self._add_relus(fits)

    def _add_curve(self, curve):
        low, high = limits_of(curve.ys, margin=0.35)
        ax = new_axes(self, CURVE_BOX, self._xlim, (low, high), "", "")
        self._floor = low
        ax.plot(curve.xs, curve.ys, color=INK, linewidth=2, linestyle=(0, (4, 2)), label="curve")
        (self.guides,) = ax.plot([], [], color=MUTED, linewidth=1, linestyle=(0, (1, 2)))
        (self.sum,) = ax.plot([], [], color=DATA, linewidth=3, label="sum")
        self.sum.set_solid_joinstyle("miter")
        (self.distance,) = ax.plot([], [], color=MUTED, linewidth=3, label="largest distance")
        self.distance.set(marker="_", markersize=12, markeredgewidth=3)
        (self.bends,) = ax.plot([], [], "o", color=PAPER, markeredgecolor=OPERATION, markersize=9)
        self.bends.set(markeredgewidth=2.5, label="bend")
        (self.chosen_bend,) = ax.plot([], [], "D", color=MOVED, markersize=9)
        self.chosen_bend.set(label="the chosen relu's", clip_on=False)
        self.moves(self.guides, self.sum, self.distance, self.bends, self.chosen_bend)
        legend_above(ax)

    def _add_relus(self, fits):
        end = self._xlim[1]
        tips = [relu.at(end) for fit in fits for relu in fit.relus]
        ax = new_axes(self, RELUS_BOX, self._xlim, limits_of([0.0, *tips]), "x", "")
        self._ceiling = ax.get_ylim()[1]
        (self.relu_guides,) = ax.plot([], [], color=MUTED, linewidth=1, linestyle=(0, (1, 2)))
        (self.relus,) = ax.plot([], [], color=OPERATION, linewidth=1.5, label="each relu alone")
        (self.chosen,) = ax.plot([], [], color=MOVED, linewidth=2.5, linestyle=(0, (5, 1.5)))
        self.chosen.set_label("the chosen relu")
        self.moves(self.relu_guides, self.relus, self.chosen)
        legend_above(ax)

    def update(self, state):
        """state: a `Bends`."""
        kinks = np.array(state.kinks)
        low, high = self._xlim
        corners = np.array([low, *kinks[(kinks > low) & (kinks < high)], high])
        self.sum.set_data(corners, state.at(corners))
        self.bends.set_data(kinks, state.at(kinks))
        self._show_chosen(state)
        x = state.farthest_x
        self.distance.set_data([x, x], state.ends)
        self._show_guides(state)
        self.alt = _in_words(state)

    def _show_chosen(self, state):
        chosen = state.relus[state.chosen]
        others = state.relus[: state.chosen] + state.relus[state.chosen + 1 :]
        xs, ys = [], []
        for relu in others:
            hinge = self._hinge(relu)
            xs += [*hinge[0], math.nan]
            ys += [*hinge[1], math.nan]
        self.relus.set_data(xs, ys)
        self.chosen.set_data(*self._hinge(chosen))
        spot, marker = at_edge(chosen.kink, state.at(chosen.kink), self.chosen_bend.axes)
        self.chosen_bend.set_data([spot[0]], [spot[1]])
        self.chosen_bend.set_marker("D" if marker == "o" else marker)

    def _hinge(self, relu):
        """(xs, ys) of one relu alone, over the whole picture."""
        low, high = self._xlim
        kink = min(max(relu.kink, low), high)
        return [low, kink, high], [relu.at(low), relu.at(kink), relu.at(high)]

    def _show_guides(self, state):
        xs, ys, ys2 = [], [], []
        heights = state.at(np.array([relu.kink for relu in state.relus]))
        for relu, height in zip(state.relus, heights):
            xs += [relu.kink, relu.kink, math.nan]
            ys += [height, self._floor, math.nan]
            ys2 += [self._ceiling, 0.0, math.nan]
        self.guides.set_data(xs, ys)
        self.relu_guides.set_data(xs, ys2)


def _in_words(state):
    kinks = ", ".join(number(kink, 3) for kink in state.kinks)
    where = f" at x = {kinks}" if kinks else ""
    chosen = state.relus[state.chosen]
    return (
        f"A curve, and a sum of {count(len(state.relus), 'relu')} with "
        f"{count(len(state.kinks), 'bend')}{where}. The chosen relu, number {state.chosen + 1}, "
        f"changes the slope by {number(chosen.v, 3)} at x = {number(chosen.kink, 3)}. The sum is "
        f"at most {number(state.distance, 3)} from the curve, at x = {number(state.farthest_x, 3)}."
    )
