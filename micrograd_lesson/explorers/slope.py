"""The secant turns into the tangent as h shrinks; then, for tiny h, rounding ruins it."""

import math

import ipywidgets as widgets
from traitlets import Float

from .. import plots
from .base import Explorer


class SlopeExplorer(Explorer):
    """The slope of f at x, measured with a step h.

    Args:
        f: a function of one number.
        x: where to measure; a slider moves it over xlim.
        h: the step; a slider moves it from 1e-16 to about 3.
        xlim: the smallest and the largest x shown.
        slope: f's derivative, if you know it; otherwise it is found numerically.
    """

    on_page = {"x": 21, "h": [1.0, 0.1, 0.01, *(10.0**-k for k in range(3, 17, 2)), 1e-16]}
    x = Float()
    h = Float()

    def __init__(self, f, x=3.0, h=1.0, xlim=(-5.0, 5.0), slope=None):
        self.set_trait("x", x)
        self.set_trait("h", h)
        rows = (
            self.slider("x", *xlim, (xlim[1] - xlim[0]) / 100, "x"),
            self.slider("h", -16, 0.5, 0.1, "h", kind=widgets.FloatLogSlider),
        )
        super().__init__(plots.secant(f, x, h, xlim, slope), *rows)

    def draw(self):
        x, h = self.x, self.h
        seen = self.picture.update(x, h)
        text = (
            f'f({x:.4g}) = <b class="ml-data">{seen["y"]:.9g}</b>, '
            f'f({x:.4g} + {h:.3g}) = <b class="ml-data">{seen["y2"]:.9g}</b><br>'
            f"rise / run = {seen['y2'] - seen['y']:.9g} / {h:.3g} = "
            f'<b class="ml-gradient">{seen["estimate"]:.9g}</b>; '
            + (
                "there is no tangent here<br>"
                if math.isnan(seen["true"])
                else f'the tangent\'s slope is <b class="ml-gradient">{seen["true"]:.6f}</b><br>'
            )
        )
        if x + h == x:
            return (
                text
                + "This h is so small that x + h rounds to x: nothing moves, and the slope is lost."
            )
        if math.isnan(seen["true"]):
            return text + "The slopes from left and right differ, or f ends here."
        return text + f"error: {abs(seen['estimate'] - seen['true']):.2g}"
