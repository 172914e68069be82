"""A neuron, its activation, and networks of them."""

import math

import numpy as np

from ..palette import DATA, GRADIENT, INK, MOVED, MUTED, OPERATION, PAPER
from .layered import LayeredPicture
from .picture import Picture, at_edge, new_axes

#             name: (activation, its slope), as functions of z
ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 0.5 + 0.5 * np.tanh(z / 2), lambda z: 0.25 * (1 - np.tanh(z / 2) ** 2)),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "linear": (lambda z: 1.0 * z, lambda z: np.ones_like(z)),
}


def activations():
    """The four activation functions side by side, each with its slope below it."""
    picture = Picture(
        960,
        420,
        "Four activation functions of z, from -4 to 4, and below each its slope: tanh runs "
        "from -1 to 1 with slope 1 at 0, flat far out; sigmoid from 0 to 1, with slope 0.25 at 0; "
        "relu is 0 below 0 and z above, slope 0 or 1; linear is z, slope 1.",
    )
    z = np.linspace(-4, 4, 401)
    for i, (name, (activation, slope)) in enumerate(ACTIVATIONS.items()):
        left = 0.05 + 0.24 * i
        for bottom, y, colour, limits, title in (
            (0.55, activation(z), DATA, (-1.3, 2.2), name),
            (0.11, slope(z), GRADIENT, (-0.15, 1.25), "slope"),
        ):
            ax = new_axes(
                picture,
                (left, bottom, 0.2, 0.36 if bottom > 0.3 else 0.32),
                (-4, 4),
                limits,
                title=title,
            )
            if name == "relu" and colour == GRADIENT:  # the jump at 0 is not part of the curve
                y = np.where(z == 0, np.nan, y)
            ax.plot(z, y, color=colour, linewidth=2.5)
            ax.set_xlabel("z" if bottom < 0.3 else "", color=INK)
    return picture


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
    hidden = len(sizes) - 2
    names = [
        "inputs",
        *(f"hidden layer {i + 1}" if hidden > 1 else "hidden layer" for i in range(hidden)),
        "output layer",
    ]
    parameters = [(nin + 1) * nout for nin, nout in zip(sizes, sizes[1:])]
    picture = Picture(
        min(960, 200 * len(sizes)),
        60 + 58 * max(sizes),
        "A network of "
        + ", then ".join(f"{n} ({name})" for n, name in zip(sizes, names))
        + f"; every circle of a column is joined to every one of the next; {sum(parameters)} parameters.",
    )
    ax = picture.add_axes(
        (0, 0, 1, 1),
        xlim=(-0.5, len(sizes) - 0.5),
        ylim=(-max(sizes) / 2 - 0.2, max(sizes) / 2 + 0.9),
    )
    ax.axis("off")
    columns = [[(i, (n - 1) / 2 - k) for k in range(n)] for i, n in enumerate(sizes)]
    for one, other in zip(columns, columns[1:]):
        for x, y in one:
            for x2, y2 in other:
                ax.plot([x, x2], [y, y2], color=MUTED, linewidth=1, zorder=1)
    for i, (column, name) in enumerate(zip(columns, names)):
        colour = DATA if i == 0 else OPERATION
        ax.plot(
            *zip(*column),
            "o",
            markersize=26,
            color=PAPER,
            markeredgecolor=colour,
            markeredgewidth=2.5,
            zorder=2,
        )
        below = f"{parameters[i - 1]} parameters" if i else ""
        ax.text(
            i,
            max(sizes) / 2 + 0.45,
            f"{name}\n{below}",
            ha="center",
            va="center",
            color=INK,
            fontsize=10,
        )
        for k, (x, y) in enumerate(column):
            ax.text(
                x,
                y,
                f"x{k + 1}" if i == 0 else "",
                ha="center",
                va="center",
                color=DATA,
                fontsize=11,
            )
    return picture


def neuron(w1, w2, b, x1, x2, activation="tanh"):
    """One neuron of two inputs; `update` takes the same arguments and moves it.

    Left: the plane of inputs, the line w1·x1 + w2·x2 + b = 0, the arrow of the weights,
    the point (x1, x2). Right: the activation curve and the point (z, a) on it.
    """
    picture = LayeredPicture(960, 420)
    left = new_axes(
        picture,
        (0.06, 0.13, 0.341, 0.78),
        (-4, 4),
        (-4, 4),
        "x1",
        "x2",
        "the inputs, and where z = 0",
    )
    right = new_axes(
        picture,
        (0.49, 0.13, 0.48, 0.78),
        (-8, 8),
        (-1.5, 2.5),
        "z = w1·x1 + w2·x2 + b",
        "a",
        "the activation",
    )
    (side,) = picture.moving(*left.fill([], [], color=DATA, alpha=0.15, linewidth=0))
    (line,) = picture.moving(*left.plot([], [], color=OPERATION, linewidth=2.5))
    (arrow,) = picture.moving(
        *left.plot([], [], color=INK, linewidth=2, marker=(3, 0, 0), markevery=[1], markersize=9)
    )
    (point,) = picture.moving(*left.plot([], [], "o", color=MOVED, markersize=11))
    (curve,) = picture.moving(*right.plot([], [], color=OPERATION, linewidth=2.5))
    (tangent,) = picture.moving(*right.plot([], [], color=GRADIENT, linewidth=2))
    (drop,) = picture.moving(*right.plot([], [], color=MUTED, linewidth=1.5, linestyle=(0, (3, 3))))
    (here,) = picture.moving(*right.plot([], [], "o", color=MOVED, markersize=11, clip_on=False))
    beyond = picture.moving(right.text(-7.6, 2.22, "", color=MOVED, fontsize=11))[0]
    words = picture.moving(left.text(-3.8, 3.45, "", color=INK, fontsize=11))[0]
    zs = np.linspace(-8, 8, 161)
    corners = np.array([(-4, -4), (4, -4), (4, 4), (-4, 4)], float)

    def update(w1, w2, b, x1, x2, activation="tanh"):
        if activation not in ACTIVATIONS:
            raise ValueError(
                f"unknown activation {activation!r}; known are {', '.join(ACTIVATIONS)}."
            )
        act, slope = ACTIVATIONS[activation]
        z = w1 * x1 + w2 * x2 + b
        a, da = float(act(np.float64(z))), float(slope(np.float64(z)))
        heights = corners @ (w1, w2) + b
        inside, border = [], []
        for i in range(4):  # clip the square to z > 0 (Sutherland and Hodgman 1974)
            j = (i + 1) % 4
            if heights[i] > 0:
                inside.append(corners[i])
            if (heights[i] > 0) != (heights[j] > 0):
                cut = corners[i] + (corners[j] - corners[i]) * heights[i] / (
                    heights[i] - heights[j]
                )
                inside.append(cut)
                border.append(cut)
        side.set_xy(inside or [(0, 0)])
        line.set_data(*zip(*border)) if border else line.set_data([], [])
        size = math.hypot(w1, w2)
        foot = np.array((-b * w1, -b * w2)) / size**2 if size else np.zeros(2)
        arrow.set_data([foot[0], foot[0] + w1], [foot[1], foot[1] + w2])
        arrow.set_marker((3, 0, math.degrees(math.atan2(w2, w1)) - 90))
        words.set_text(
            "z > 0 in the shaded part"
            if inside and border
            else "z > 0 everywhere here"
            if inside
            else "z > 0 nowhere here"
        )
        point.set_data([x1], [x2])
        curve.set_data(zs, act(zs))
        tangent.set_data([z - 1.5, z + 1.5], [a - 1.5 * da, a + 1.5 * da])
        drop.set_data([z, z, -8], [-1.5, a, a])
        shown, marker = at_edge(z, a, right)
        here.set_data([shown[0]], [shown[1]])
        here.set_marker(marker)
        beyond.set_text("" if shown == (z, a) else f"beyond the edge: z = {z:.4g}, a = {a:.4g}")
        picture.alt = (
            f"A neuron with weights {w1:g}, {w2:g} and bias {b:g}, activation {activation}. At the input "
            f"({x1:g}, {x2:g}) z is {z:.4g}, the output a is {a:.4g}, and the slope there is {da:.4g}."
        )
        return {"z": z, "a": a, "slope": da}

    picture.update = update
    update(w1, w2, b, x1, x2, activation)
    return picture
