"""The learning rate: crawl, converge, bounce, blow up."""

import math

import ipywidgets as widgets
from traitlets import Float, Int

from .. import plots
from .base import Explorer


def _parabola(w):
    return (w - 1.5) ** 2


class DescentExplorer(Explorer):
    """Gradient descent on a loss of one parameter: w ← w − rate · slope.

    Args:
        loss: a function of one number; a parabola with its floor at w = 1.5 where None.
        rate: the learning rate, from 0 to 1.2.
        start: where w starts, within xlim.
        steps: how many steps, 0 to 40.
        xlim: the part of w shown.
        slope: the loss's derivative, if you know it; otherwise it is found numerically.
    """

    on_page = {"rate": 13, "steps": 11}
    rate = Float()
    start = Float()
    steps = Int()

    def __init__(self, loss=None, rate=0.1, start=-3.0, steps=10, xlim=(-4.0, 7.0), slope=None):
        if loss is None:
            loss, slope = _parabola, lambda w: 2 * (w - 1.5)
        self.rate, self.start, self.steps = rate, start, steps
        super().__init__(plots.descent(loss, rate, start, steps, xlim, slope),
                         self.slider("rate", 0.0, 1.2, 0.01, "learning rate"),
                         self.slider("steps", 0, 40, 1, "steps", kind=widgets.IntSlider),
                         self.slider("start", *xlim, (xlim[1] - xlim[0]) / 110, "start"))

    def draw(self):
        seen = self.picture.update(self.rate, self.start, self.steps)
        w, loss = seen["w"], seen["loss"]
        verdict = _verdict(w, loss, seen["finite"], self.rate, seen["slope"])
        text = (f'start w = {w[0]:.4g}, loss <b class="ml-data">{loss[0]:.6g}</b>; after {len(w) - 1} steps '
                f'w = <b class="ml-moved">{w[-1]:.6g}</b>, loss <b class="ml-data">{loss[-1]:.6g}</b><br>')
        if seen["finite"]:
            text += (f'next step: w − rate · slope = {w[-1]:.6g} − {self.rate:.4g} · '
                     f'<b class="ml-gradient">{seen["slope"]:.6g}</b> = {w[-1] - self.rate * seen["slope"]:.6g}<br>')
        return text + verdict


def _verdict(w, loss, finite, rate, slope):
    """What the steps did, in a word and a reason; slope is that at the last w."""
    if rate == 0:
        return "<b>Stands still:</b> a rate of 0 moves nothing."
    if not all(map(math.isfinite, (*loss, slope))):
        return "<b>Leaves the loss:</b> at one of these w the loss or its slope is not a number."
    if len(w) < 2 and finite:
        return "No step taken yet."
    rise = loss[-1] - loss[0]
    if rise > 1e-6 * abs(loss[0]):
        return "<b>Blows up:</b> the loss is higher than at the start; the rate is too large."
    if not finite:
        return "<b>Runs away:</b> w leaves every bound."
    moves = [b - a for a, b in zip(w, w[1:])] + [-rate * slope]  # and the one to come
    if all(a * b < 0 for a, b in zip(moves, moves[1:])):
        return "<b>Bounces:</b> every step jumps over the floor to the other side."
    if abs(moves[-1]) <= 0.01 * max(abs(w[-1] - w[0]), 1e-9):
        return "<b>Converges:</b> what the next step would add is too small to see."
    if len(w) > 5 and abs(moves[-1]) > 0.5 * abs(moves[0]):
        return "<b>Crawls:</b> the next step would still be more than half as long as the first."
    return "<b>On its way down:</b> more steps would take it further."
