"""Activations, and networks of neurons."""

import numpy as np

from ..module import ACTIVATIONS, activate
from ..palette import DATA, GRADIENT, INK, MUTED, OPERATION, PAPER
from ..tensor import Tensor
from .picture import TEXT, Picture, new_axes

REACH = 4  # z is drawn from -4 to 4
IN_WORDS = {  # what is seen of each activation and of its slope
    "tanh": "tanh runs from −1 to 1 with slope 1 at 0, flat far out",
    "relu": "relu is 0 below 0 and z above, slope 0 or 1",
    "sigmoid": "sigmoid from 0 to 1, with slope 0.25 at 0",
    "linear": "linear is z, slope 1",
}
CIRCLE = 26  # pixels across


def activations():
    """The activation functions side by side, each with its slope below it.

    Returns:
        A Picture. Its `curves` and `slopes` are dicts from the name of an activation to a line.
    """
    seen = "; ".join(IN_WORDS[name] for name in ACTIVATIONS)
    words = f"Activation functions of z, from −4 to 4, and below each its slope: {seen}."
    picture = Picture(960, 420, words)
    picture.curves = {}
    picture.slopes = {}
    each = 0.96 / len(ACTIVATIONS)
    width = each - 0.04
    for i, name in enumerate(ACTIVATIONS):
        z, a, slope = _curve_and_slope(name)
        left = 0.05 + each * i
        curve = _draw_curve(picture, (left, 0.55, width, 0.36), z, a, DATA, (-1.3, 2.2), name)
        below = _draw_curve(picture, (left, 0.11, width, 0.32), z, slope, GRADIENT, (-0.15, 1.25))
        below.axes.set_xlabel("z", color=INK, fontsize=TEXT)
        picture.curves[name] = curve
        picture.slopes[name] = below
    return picture


def _curve_and_slope(name):
    """(z, a, da/dz) of an activation, by the array engine; three arrays of one shape."""
    z = Tensor(np.linspace(-REACH, REACH, 401))
    a = activate(z, name)
    a.sum().backward()
    slope = z.grad
    if name == "relu":  # the jump at 0 is not part of the curve
        slope = np.where(z.data == 0, np.nan, slope)
    return z.data, a.data, slope


def _draw_curve(picture, box, z, y, colour, ylim, title="slope"):
    ax = new_axes(picture, box, (-REACH, REACH), ylim, title=title)
    (line,) = ax.plot(z, y, color=colour, linewidth=2.5)
    return line


def network(sizes):
    """A network as circles and lines: one column of circles a layer, one line a weight.

    Args:
        sizes: how many inputs, then how many neurons in each layer: [3, 4, 4, 1].

    Raises:
        ValueError: fewer than two sizes, or one below 1.
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(
            f"sizes needs inputs and at least one layer, each at least 1, not {sizes!r}."
        )
    names = _layer_names(len(sizes) - 2)
    parameters = [(nin + 1) * nout for nin, nout in zip(sizes, sizes[1:])]
    columns = ", then ".join(f"{size} ({name})" for size, name in zip(sizes, names))
    picture = Picture(
        min(960, 200 * len(sizes)),
        60 + 58 * max(sizes),
        f"A network of {columns}; every circle of a column is joined to every one of the next; "
        f"{sum(parameters)} parameters.",
    )
    tallest = max(sizes)
    xlim = -0.5, len(sizes) - 0.5
    ylim = -tallest / 2 - 0.2, tallest / 2 + 0.9
    ax = picture.add_axes((0, 0, 1, 1), xlim=xlim, ylim=ylim)
    ax.axis("off")
    _draw_weights(ax, sizes)
    _draw_neurons(ax, sizes)
    _say(ax, names[0], 0, tallest / 2 + 0.45)
    for layer, count in enumerate(parameters, 1):
        _say(ax, f"{names[layer]}\n{count} parameters", layer, tallest / 2 + 0.45)
    return picture


def _layer_names(hidden):
    """What the columns are called. hidden: how many hidden layers there are."""
    if hidden == 1:
        return ["inputs", "hidden layer", "output layer"]
    return ["inputs", *(f"hidden layer {i + 1}" for i in range(hidden)), "output layer"]


def _heights(size):
    """Where the circles of a column stand, from the top down, around 0."""
    return (size - 1) / 2 - np.arange(size)


def _draw_weights(ax, sizes):
    for layer, (size, next_size) in enumerate(zip(sizes, sizes[1:])):
        for y in _heights(size):
            for y2 in _heights(next_size):
                ax.plot([layer, layer + 1], [y, y2], color=MUTED, linewidth=1, zorder=1)


def _draw_neurons(ax, sizes):
    for layer, size in enumerate(sizes):
        colour = OPERATION if layer else DATA
        look = {"color": PAPER, "markeredgecolor": colour, "markeredgewidth": 2.5}
        heights = _heights(size)
        ax.plot([layer] * size, heights, "o", markersize=CIRCLE, zorder=2, **look)
    for i, y in enumerate(_heights(sizes[0])):
        _say(ax, f"x{i + 1}", 0, y, DATA)


def _say(ax, words, x, y, colour=INK):
    ax.text(x, y, words, ha="center", va="center", color=colour, fontsize=TEXT)
