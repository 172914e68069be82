"""The picture of NeuronExplorer: the plane of the inputs, and the activation's curve."""

import math

import numpy as np

from ...palette import DATA, GRADIENT, INK, MOVED, MUTED, OPERATION
from ...plots.picture import TEXT, new_axes
from ...words import number, point
from ..picture import MovingFigure, at_edge
from .answer import REACH, curve

EDGE = 4  # the plane shows inputs from -4 to 4
LOWEST, HIGHEST = -1.5, 2.5  # of the outputs shown
CORNERS = np.array([(-EDGE, -EDGE), (EDGE, -EDGE), (EDGE, EDGE), (-EDGE, EDGE)], float)
TANGENT = 1.5  # how far the piece of tangent reaches to either side, in units of z


class NeuronPicture(MovingFigure):
    """A neuron of two inputs, seen twice.

    Left: the plane of inputs. Right: the activation, and the point (z, a) on it.

    Attributes: the axes on the right, `right`, and the artists that move.
        side: the part of the plane where z > 0. line: where z = 0. words: which part is shaded.
        weights: the arrow (w1, w2), from the line. point: the input (x1, x2).
        curve: the activation. tangent: a piece of its tangent. drop: from z up, and across to a.
        here: (z, a), at the edge where it lies beyond; then beyond says where.
    """

    def __init__(self):
        super().__init__(960, 420)
        self._add_plane()
        self._add_activation()

    def _add_plane(self):
        box = (0.06, 0.13, 0.341, 0.78)
        limits = -EDGE, EDGE
        ax = new_axes(self, box, limits, limits, "x1", "x2", "the inputs, and where z = 0")
        (self.side,) = ax.fill([], [], color=DATA, alpha=0.15, linewidth=0)
        (self.line,) = ax.plot([], [], color=OPERATION, linewidth=2.5)
        (self.weights,) = ax.plot([], [], color=INK, linewidth=2, markevery=[1], markersize=9)
        (self.point,) = ax.plot([], [], "o", color=MOVED, markersize=11, clip_on=False)
        self.words = ax.text(-3.8, 3.4, "", color=INK, fontsize=TEXT)
        self.moves(self.side, self.line, self.weights, self.point, self.words)

    def _add_activation(self):
        box = (0.49, 0.13, 0.48, 0.78)
        xlim = -REACH, REACH
        ylim = LOWEST, HIGHEST
        z = "z = w1·x1 + w2·x2 + b"
        ax = self.right = new_axes(self, box, xlim, ylim, z, "a", "the activation")
        (self.curve,) = ax.plot([], [], color=OPERATION, linewidth=2.5)
        (self.tangent,) = ax.plot([], [], color=GRADIENT, linewidth=2)
        (self.drop,) = ax.plot([], [], color=MUTED, linewidth=1.5, linestyle=(0, (3, 3)))
        (self.here,) = ax.plot([], [], "o", color=MOVED, markersize=11, clip_on=False)
        self.beyond = ax.text(1, 1.025, "", color=MOVED, fontsize=TEXT, ha="right")
        self.beyond.set_transform(ax.transAxes)
        self.moves(self.curve, self.tangent, self.drop, self.here, self.beyond)

    def update(self, state):
        """state: an `Answer`."""
        self._show_plane(state)
        self._show_activation(state)
        weights = f"{number(state.w1)}, {number(state.w2)}"
        self.alt = (
            f"A neuron with weights {weights} and bias {number(state.b)}, activation "
            f"{state.activation}. At the input {point((state.x1, state.x2))} z is "
            f"{number(state.z, 4)}, the output a is {number(state.a, 4)}, and the slope there is "
            f"{number(state.slope, 4)}."
        )

    def _show_plane(self, state):
        direction = np.array([state.w1, state.w2])
        shaded, border = half_plane(CORNERS, direction, state.b)
        self.side.set_xy(shaded if len(shaded) else [(0, 0)])
        self.line.set_data(border[:, 0], border[:, 1])
        self.words.set_text(_where_positive(shaded, border))
        self.point.set_data([state.x1], [state.x2])
        size = direction @ direction
        foot = -state.b * direction / size if size else np.zeros(2)  # of the line, nearest to 0
        tip = foot + direction
        self.weights.set_data([foot[0], tip[0]], [foot[1], tip[1]])
        self.weights.set_marker((3, 0, math.degrees(math.atan2(state.w2, state.w1)) - 90))

    def _show_activation(self, state):
        z, a = state.z, state.a
        self.curve.set_data(*curve(state.activation))
        rise = TANGENT * state.slope
        self.tangent.set_data([z - TANGENT, z + TANGENT], [a - rise, a + rise])
        self.drop.set_data([z, z, -REACH], [LOWEST, a, a])
        spot, marker = at_edge(z, a, self.right)
        self.here.set_data([spot[0]], [spot[1]])
        self.here.set_marker(marker)
        is_inside = spot == (z, a)
        words = f"beyond the edge: z = {number(z, 4)}, a = {number(a, 4)}"
        self.beyond.set_text("" if is_inside else words)


def half_plane(corners, direction, offset):
    """The part of a convex polygon where direction · corner + offset is above 0.

    One edge after the other is cut where the sign changes: I. E. Sutherland and G. W. Hodgman,
    Reentrant polygon clipping, Communications of the ACM 17, 1974.

    Args:
        corners: array of shape (n, 2), in order.
        direction: array of shape (2,).
        offset: a number.

    Returns:
        (part, border): the corners of that part, and the two ends of the cut; arrays of shape
        (m, 2), of which m may be 0.
    """
    part = []
    border = []
    heights = corners @ direction + offset
    for i, corner in enumerate(corners):
        height = heights[i]
        before = corners[i - 1]
        height_before = heights[i - 1]
        if (height > 0) != (height_before > 0):
            share = height_before / (height_before - height)
            cut = before + share * (corner - before)
            part.append(cut)
            border.append(cut)
        if height > 0:
            part.append(corner)
    return np.reshape(part, (-1, 2)), np.reshape(border, (-1, 2))


def _where_positive(shaded, border):
    if len(border):
        return "z > 0 in the shaded part"
    return "z > 0 everywhere here" if len(shaded) else "z > 0 nowhere here"
