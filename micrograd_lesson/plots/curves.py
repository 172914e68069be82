"""A function, its slope, and how well a step h finds it."""

import numpy as np

from ..gradcheck import central_difference, forward_difference, reference_slope, sample
from ..palette import DATA, GRADIENT, INK, MOVED
from ..words import number, point
from .picture import TEXT, Picture, legend_above, limits_of, new_axes

CURVE_POINTS = 241
STEPS = 10.0 ** np.linspace(-16, 0.5, 166)  # the steps h for which an error is drawn
SMALLEST_ERROR = 1e-13  # an error below this is drawn here
LARGEST_ERROR = 1e3
GAP = 10  # pixels between a point and its label
LETTER = 7  # pixels across, about


def function(f, xlim=(-5, 5), points=(), name="f(x)", variable="x", tangents=None):
    """The curve of f, with points marked on it.

    Args:
        f: a function of one number.
        xlim: the smallest and the largest x.
        points: where to mark the curve.
        name, variable: what the two axes are called.
        tangents: f's derivative; where given, a piece of tangent at each point.

    Returns:
        A Picture. Its `curve` is drawn through f; `tangents`, `marks` and `labels` are lists,
        for the points in their order.
    """
    xs = np.linspace(*xlim, CURVE_POINTS)
    ys = sample(f, xs)
    picture = Picture()
    ax = new_axes(picture, (0.1, 0.13, 0.86, 0.8), xlim, limits_of(ys), variable, name)
    (picture.curve,) = ax.plot(xs, ys, color=DATA, linewidth=2.5)
    picture.tangents = []
    picture.marks = []
    picture.labels = []
    low, high = number(xlim[0]), number(xlim[1])
    said = [f"The curve of {name} for {variable} from {low} to {high}"]
    for x in points:
        slope = tangents(x) if tangents else reference_slope(f, x)
        label = point((x, float(f(x))))
        if tangents:
            label += f", slope {number(slope, 4)}"
            picture.tangents.append(_draw_tangent(ax, x, float(f(x)), slope))
        picture.marks += ax.plot(x, float(f(x)), "o", color=MOVED, markersize=8)
        picture.labels.append(_label(ax, x, float(f(x)), label, falls=slope < 0))
        said.append(f"marked: {label}")
    picture.alt = "; ".join(said) + "."
    return picture


def _draw_tangent(ax, x, y, slope):
    """A piece of the tangent, a quarter as long as the axes are wide."""
    low, high = ax.get_xlim()
    reach = (high - low) / 8
    ends = np.array([x - reach, x + reach])
    (line,) = ax.plot(ends, y + slope * (ends - x), color=GRADIENT, linewidth=2)
    return line


def _label(ax, x, y, label, falls):
    """A point's label beside the curve: right of the point, or left where that is cut off.

    falls: whether the curve falls there; to its right the free side is above it then.
    """
    across, _ = ax.transData.transform((x, y))
    is_cut_off = across + GAP + LETTER * len(label) > ax.figure.bbox.x1
    is_above = falls != is_cut_off
    return ax.annotate(
        label,
        (x, y),
        (-GAP if is_cut_off else GAP, 8 if is_above else -18),
        textcoords="offset points",
        ha="right" if is_cut_off else "left",
        color=INK,
        fontsize=TEXT,
    )


def difference_errors(f, x):
    """The error of the forward and of the central difference against h, on logarithmic scales.

    Args:
        f: a function of one number.
        x: where the slope is measured; the true one is found by `reference_slope`.

    Returns:
        A Picture. Its `errors` is a dict from the name of a difference to its line.
    """
    true = reference_slope(f, x)
    slopes = {
        "forward difference": sample(lambda h: forward_difference(f, x, h), STEPS),
        "central difference": sample(lambda h: central_difference(f, x, h), STEPS),
    }
    picture = Picture()
    picture.errors = {}
    xlim = STEPS[0], STEPS[-1]
    ylim = SMALLEST_ERROR, LARGEST_ERROR
    ax = new_axes(picture, (0.12, 0.14, 0.84, 0.75), xlim, ylim, "h", "error of the slope")
    ax.set(xscale="log", yscale="log")
    ax.minorticks_off()
    said = [f"Error of the slope at x = {number(x)} against h, both on logarithmic scales"]
    for (name, slope), dash in zip(slopes.items(), ("-", (0, (4, 2)))):
        shown = np.maximum(np.abs(slope - true), SMALLEST_ERROR)
        (line,) = ax.plot(STEPS, shown, color=GRADIENT, linestyle=dash, linewidth=2, label=name)
        picture.errors[name] = line
        said.append(f"{name}: {_in_words(shown)}")
    legend_above(ax)
    picture.alt = "; ".join(said) + "."
    return picture


def _in_words(errors):
    """How an error depends on h."""
    large = np.argmin(np.abs(STEPS - 0.1))
    tiny = np.argmin(np.abs(STEPS - 3e-16))
    words = f"{number(errors[large], 1)} at h = {number(STEPS[large], 3)}"
    if min(errors[tiny], errors[large]) > 100 * np.nanmin(errors):
        words += ", less for smaller h, and then more again where rounding takes over"
    return words
