"""The picture of TrainingExplorer: the plane as the network sees it, and the loss so far."""

from dataclasses import dataclass

import numpy as np

from ...palette import DATA, INK, MOVED
from ...plots.boundary import SHAPES, in_words
from ...plots.picture import HEADING, new_axes
from ...words import fixed, number
from ..picture import MovingFigure, at_edge
from .plane import TrainingPlane
from .trainer import Learned

LOWEST_LOSS = 1e-3  # a loss below is marked at the edge of the curve's axes
HIGHEST_LOSS = 10
CURVE_POINTS = 201  # a curve needs no more


@dataclass(frozen=True)
class Scene:
    """What the picture shows.

    Attributes:
        learned: what the training has come to.
        rate: the learning rate.
        x1, x2, label: the point that you move, and its class, 1 or −1.
    """

    learned: Learned
    rate: float
    x1: float
    x2: float
    label: int

    @property
    def headline(self):
        """The network, its rate and how far it is."""
        sizes = "-".join(str(n) for n in self.learned.sizes)
        rate = number(self.rate, 3)
        return f"{sizes} network, {self.learned.activation}, rate {rate}, step {self.learned.steps}"


class TrainingPicture(MovingFigure):
    """A network at work.

    Left: the plane, and a point that you move. Right: the loss after each step.
    Your point and the headline are the moving layer. What is learned is the middle one; it is
    drawn anew when `update` is given other Learned than before.

    Args:
        X, Xtest: points that the plane must have room for, of shape (n, 2); Xtest may be None.
        span: how many steps the curve of losses has room for.

    Attributes:
        plane: a TrainingPlane.
        history: the curve of losses. last: its end.
        ring: the point that you move.
        headline: the text above.
    """

    def __init__(self, X, Xtest=None, span=200):
        super().__init__(960, 420)
        self.span = span
        self.plane = TrainingPlane(self, (0.09, 0.13, 0.53, 0.72), X, Xtest)
        self._add_curve(span)
        self._add_yours()
        self._layer()

    def _add_curve(self, span):
        box = (0.7, 0.13, 0.285, 0.72)
        ylim = LOWEST_LOSS, HIGHEST_LOSS
        self._curve = new_axes(self, box, (0, span), ylim, "step", "loss", "loss after each step")
        self._curve.set(yscale="log", yticks=[1e-3, 1e-2, 1e-1, 1, 10])
        self._curve.set(yticklabels=["0.001", "0.01", "0.1", "1", "10"])
        self._curve.minorticks_off()
        (self.history,) = self._curve.plot([], [], color=DATA, linewidth=2.5)
        (self.last,) = self._curve.plot([], [], "o", color=DATA, markersize=7, clip_on=False)

    def _add_yours(self):
        ax = self.plane.ax
        (self.ring,) = ax.plot([], [], "o", color="none", markersize=13, label="your point")
        self.ring.set(markeredgecolor=MOVED, markeredgewidth=2.5)
        self.headline = ax.text(0, 1.12, "", transform=ax.transAxes, color=INK, fontsize=HEADING)

    def _layer(self):
        """Say which artists belong to which layer, and what each sign means."""
        self.moves(*self.plane.artists, self.history, self.last, layer="middle")
        self.moves(self.ring, self.headline)
        self.plane.explain(self.ring)

    def update(self, state):
        """state: a Scene."""
        learned = state.learned
        if not self.shows(learned):
            self._show(learned)
        self.ring.set_data([state.x1], [state.x2])
        self.ring.set_marker(SHAPES[state.label])
        self.headline.set_text(state.headline)
        self.alt = f"{state.headline}. {self._learned_words}"

    def _show(self, learned):
        points = learned.points
        held_out = learned.held_out
        self.plane.shade(learned.scores)
        self.plane.put(points.X, points.y)
        if held_out is not None:
            self.plane.put_held_out(held_out.X, held_out.y)
        self._show_losses(learned.losses)
        ytest = None if held_out is None else held_out.y
        words = in_words(points.y, learned.right, ytest, learned.right_held_out)
        loss = learned.losses[-1]
        self._learned_words = f"Loss {fixed(loss)}. {words}" if np.isfinite(loss) else words

    def _show_losses(self, losses):
        steps = np.linspace(0, len(losses) - 1, CURVE_POINTS).astype(int)
        steps = np.unique(steps)
        heights = np.asarray(losses)[steps]
        self.history.set_data(steps, np.clip(heights, LOWEST_LOSS, HIGHEST_LOSS))
        (x, y), marker = at_edge(len(losses) - 1, losses[-1], self._curve)
        self.last.set_data([x], [y])
        self.last.set_marker(marker)

    def png(self, scale=1):
        """The whole picture as PNG; at the usual scale its many points would make it large."""
        return super().png(scale)

    def locate(self, across, down):
        """The point (x1, x2) at a place of the picture, or None, as `TrainingPlane.locate` says."""
        return self.plane.locate(across, down)

    def distances(self, point, X):
        """How far each of X lies from the point, in pixels of the picture: shape (n,)."""
        return self.plane.distances(point, X)


class FilmPicture(TrainingPicture):
    """The same without your point, in layers for a page that plays it without Python.

    What is learned, and the headline, are the middle layer, one for each frame. The points are
    the moving layer, above; they stay, so that a page needs them once.
    """

    def _layer(self):
        self.ring.set_visible(False)
        learned = [*self.plane.shading, self.history, self.last, self.headline]
        self.moves(*learned, layer="middle")
        self.moves(*self.plane.marks)
        self.plane.explain()
