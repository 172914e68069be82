"""SlopeExplorer: x and h under your hands, the secant and the tangent on the curve."""

import ipywidgets as widgets
import numpy as np
from traitlets import Float

from ...gradcheck import sample
from ...words import bracketed, fixed, number
from ..base import Explorer
from .picture import SlopePicture
from .secant import SecantMeter

POINTS = 201  # of the curve


class SlopeExplorer(Explorer):
    """The slope of f at x, measured with a step h.

    Args:
        f: a function of one number.
        x: where to measure; a slider moves it over xlim.
        h: the step; a slider moves it from 1e-16 to about 3.
        xlim: the smallest and the largest x shown.
        slope: f's derivative, if you know it; otherwise it is found numerically.

    Raises:
        TypeError: f or slope gives something other than a number at x.
    """

    on_page = {"x": 21, "h": [1.0, 0.1, 0.01, *(10.0**-k for k in range(3, 17, 2)), 1e-16]}
    x = Float()
    h = Float()

    def __init__(self, f, x=3.0, h=1.0, xlim=(-5.0, 5.0), slope=None):
        self.x = x
        self.h = h
        self._measure = SecantMeter(f, slope)
        self._measure.check(self.x)
        low, high = xlim
        rows = (
            self.slider("x", low, high, (high - low) / 100, "x"),
            self.slider("h", -16, 0.5, 0.1, "h", kind=widgets.FloatLogSlider),
        )
        xs = np.linspace(low, high, POINTS)
        super().__init__(SlopePicture(xs, sample(f, xs)), *rows)

    def draw(self):
        secant = self._measure(self.x, self.h)
        self.picture.update(secant)
        return "<br>".join([*_numbers(secant), _judgement(secant)])


def _numbers(secant):
    """Two lines: the values, and the slopes."""
    x = number(secant.x, 4)
    h = number(secant.h, 3)
    plus_h = f"f({x} + {h})"
    y, y2 = number(secant.y, 9), number(secant.y2, 9)
    yield f'f({x}) = <b class="ml-data">{y}</b>, {plus_h} = <b class="ml-data">{y2}</b>'
    slope = f'<b class="ml-gradient">{number(secant.estimate, 9)}</b>'
    line = f"rise / run = {bracketed(secant.rise, 9)} / {h} = {slope}; "
    if secant.has_tangent:
        true = f'<b class="ml-gradient">{fixed(secant.true, 6)}</b>'
        yield line + f"the tangent's slope is {true}"
    else:
        yield line + "there is no tangent here"


def _judgement(secant):
    """How good the secant's slope is, or why it is none."""
    if secant.x + secant.h == secant.x:
        return "This h is so small that x + h rounds to x: nothing moves, and the slope is lost."
    if not secant.has_tangent:
        return "The slopes from left and right differ, or f ends here."
    return f"error: {number(secant.error, 2)}"
