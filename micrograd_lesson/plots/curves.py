"""A function, its slope, and how well a step h finds it."""

import math

import numpy as np

from ..palette import DATA, GRADIENT, INK, MOVED
from .picture import Picture, limits_of, new_axes, sample


def function(f, xlim=(-5, 5), points=(), name="f(x)", variable="x", tangents=None):
    """The curve of f, with points marked on it.

    Args:
        f: a function of one number.
        xlim: the smallest and the largest x.
        points: where to mark the curve.
        name, variable: what the two axes are called.
        tangents: f's derivative; where given, a piece of tangent at each point.
    """
    xs = np.linspace(*xlim, 241)
    ys = sample(f, xs)
    picture = Picture(alt=f"The curve of {name} for {variable} from {xlim[0]:g} to {xlim[1]:g}")
    ax = new_axes(picture, (0.1, 0.13, 0.86, 0.8), xlim, limits_of(ys), variable, name)
    ax.plot(xs, ys, color=DATA, linewidth=2.5)
    reach = (xlim[1] - xlim[0]) / 8
    for x in points:
        y, label = float(f(x)), f"({x:.4g}, {f(x):.4g})"
        slope = tangents(x) if tangents else reference_slope(f, x)
        if tangents:
            label += f", slope {slope:.4g}"
            ax.plot(
                [x - reach, x + reach],
                [y - slope * reach, y + slope * reach],
                color=GRADIENT,
                linewidth=2,
            )
        ax.plot(x, y, "o", color=MOVED, markersize=8)
        ax.annotate(
            label,
            (x, y),
            (10, -16 if slope >= 0 else 8),
            textcoords="offset points",
            color=INK,
            fontsize=11,
        )
        picture.alt += f"; marked: {label}"
    picture.alt += "."
    return picture


def reference_slope(f, x):
    """f'(x), to about nine digits where f is smooth; nan where f has no tangent, or none is found.

    Central differences with halved steps, extrapolated to step 0, of which the entry
    with the smallest error estimate is taken (Ridders 1982). At an edge of f's domain
    the steps shrink until both sides exist. At a corner or a jump the slopes from left
    and right differ: no tangent.
    """
    h = 0.02 * max(1.0, abs(x))
    with np.errstate(all="ignore"):
        while h > 1e-7 and not np.isfinite(sample(f, [x - h, x + h])).all():
            h /= 4
        left, here, right = sample(f, [x - h / 1e4, x, x + h / 1e4])
        sides = (right - here) / (h / 1e4), (here - left) / (h / 1e4)
        best, error, row = math.nan, math.inf, []
        for _ in range(9):
            below, above = sample(f, [x - h, x + h])
            last, row = row, [(above - below) / (2 * h)]
            for j, old in enumerate(last):
                row.append(row[j] + (row[j] - old) / (4 ** (j + 1) - 1))
                estimate = max(abs(row[-1] - row[-2]), abs(row[-1] - old))
                if estimate < error:
                    best, error = row[-1], estimate
            h /= 2
    scale = 1 + abs(best)
    smooth = abs(sides[0] - sides[1]) < 0.05 * scale and error < 1e-4 * scale
    return float(best) if smooth else math.nan


def difference_errors(f, x, slope=None):
    """The error of the forward and of the central difference against h, both scales logarithmic.

    Args:
        f: a function of one number.
        x: where the slope is measured.
        slope: f's derivative; where None, it is found by `reference_slope`.
    """
    true = slope(x) if slope else reference_slope(f, x)
    steps = 10.0 ** np.linspace(-16, 0.5, 166)
    forward = (sample(f, x + steps) - f(x)) / steps
    central = (sample(f, x + steps) - sample(f, x - steps)) / (2 * steps)
    picture = Picture(alt=f"Error of the slope at x = {x:g} against h, both on logarithmic scales")
    ax = new_axes(
        picture, (0.12, 0.14, 0.84, 0.78), (1e-16, 10**0.5), (1e-13, 1e3), "h", "error of the slope"
    )
    ax.set(xscale="log", yscale="log")
    ax.minorticks_off()
    for estimate, label, dash in (
        (forward, "forward difference", "-"),
        (central, "central difference", (0, (4, 2))),
    ):
        errors = np.maximum(np.abs(estimate - true), 1e-13)
        ax.plot(steps, errors, color=GRADIENT, linestyle=dash, linewidth=2, label=label)
        picture.alt += f"; {label}: {errors[150]:.0e} at h = {steps[150]:g}"
        if min(errors[5], errors[150]) > 100 * errors[80:120].min():
            picture.alt += ", less for smaller h, and then more again where rounding takes over"
    ax.legend(loc="upper center", frameon=False, labelcolor=INK, fontsize=11)
    return picture
