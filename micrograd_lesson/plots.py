"""One function per picture; each returns a `Picture`, a matplotlib Figure of two layers.

The still layer (axes, curves) is drawn once. The moving layer holds the few artists
that follow a slider; `picture.update(…)` moves them. A lesson shows the whole picture,
an explorer sends the moving layer alone, which is what makes it quick, and images/ is
drawn by the same functions.
"""

import base64
import io
import math
import re

import matplotlib
import numpy as np
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

from .palette import (DATA, GRADIENT, GRID, INK, MOVED, MUTED, OPERATION, PAPER, TYPEFACE, themed)

NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
STYLE = {"svg.fonttype": "none", "font.family": TYPEFACE, "axes.unicode_minus": False}


class Picture(Figure):
    """A matplotlib Figure that shows itself, in words too, and knows what moves in it.

    Attributes:
        alt: the picture in a sentence or two; for screen readers, and where no picture shows.
        update: a function; called with the state that the picture shows, it moves the
            moving artists and sets alt.
    """

    def __init__(self, width=640, height=400, alt=""):
        """width and height in pixels."""
        super().__init__(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
        self.alt, self.update, self._moving = alt, None, []

    def moving(self, *artists):
        """Put artists in the moving layer; returns them."""
        self._moving += artists
        return artists

    def __repr__(self):
        return self.alt

    __str__ = __repr__

    def _repr_mimebundle_(self, **_):
        width, height = (int(72 * inches) for inches in self.get_size_inches())
        return ({"image/png": base64.b64encode(self.png()).decode(), "text/plain": self.alt},
                {"image/png": {"width": width, "height": height, "alt": self.alt}})

    def png(self, scale=2):
        """The whole picture as PNG, `scale` dots to a pixel."""
        with matplotlib.rc_context(STYLE), io.BytesIO() as file:
            self.savefig(file, format="png", dpi=72 * scale)
            return file.getvalue()

    def svg(self, layer=None):
        """The picture as SVG for a page, its colours as CSS variables.

        layer: "still", "moving", or None for both.
        """
        width, height = 72 * self.get_size_inches()
        with matplotlib.rc_context(STYLE), io.StringIO() as file:
            renderer = RendererSVG(width, height, file, metadata=NO_METADATA)
            if layer == "moving":
                for artist in self._moving:
                    artist.draw(renderer)
            else:
                for artist in self._moving:
                    artist.set_visible(layer is None)
                self.patch.set_visible(layer is None)
                self.draw(renderer)
                for artist in (self.patch, *self._moving):
                    artist.set_visible(True)
            renderer.finalize()
            text = file.getvalue()
        size = f'style="width:100%;max-width:{width:g}px;height:auto"'
        return themed(re.sub(r'width="\S+pt" height="\S+pt"', size, text[text.index("<svg"):], count=1))


def _axes(picture, box, xlim=None, ylim=None, xlabel="", ylabel="", title=""):
    """Axes in the house style. box: left, bottom, width, height as fractions of the picture."""
    ax = picture.add_axes(box, facecolor="none")
    if xlim:
        ax.set(xlim=xlim, ylim=ylim)
    ax.set_xlabel(xlabel, color=INK, fontsize=11)
    ax.set_ylabel(ylabel, color=INK, fontsize=11)
    ax.set_title(title, color=INK, fontsize=12, loc="left")
    ax.grid(color=GRID, linewidth=1)
    ax.set_axisbelow(True)
    ax.tick_params(colors=MUTED, labelsize=10, length=0)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(MUTED)
    return ax


def _range(y, margin=0.08):
    """Limits that hold every finite number of y, and some room."""
    y = np.asarray(y, float)
    y = y[np.isfinite(y)]
    if not y.size:
        return 0.0, 1.0
    low, high = y.min(), y.max()
    room = (high - low or abs(high) or 1.0) * margin
    return low - room, high + room


def _sample(f, xs):
    """[f(x) for x in xs], nan where f has no value."""
    ys = []
    for x in xs:
        try:
            ys.append(float(f(float(x))))
        except Exception:  # f may be the learner's own; where it matters, its error is shown
            ys.append(math.nan)
    return np.array(ys)


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
    ys = _sample(f, xs)
    picture = Picture(alt=f"The curve of {name} for {variable} from {xlim[0]:g} to {xlim[1]:g}")
    ax = _axes(picture, (0.1, 0.13, 0.86, 0.8), xlim, _range(ys), variable, name)
    ax.plot(xs, ys, color=DATA, linewidth=2.5)
    reach = (xlim[1] - xlim[0]) / 8
    for x in points:
        y, label = float(f(x)), f"({x:.4g}, {f(x):.4g})"
        slope = tangents(x) if tangents else reference_slope(f, x)
        if tangents:
            label += f", slope {slope:.4g}"
            ax.plot([x - reach, x + reach], [y - slope * reach, y + slope * reach],
                    color=GRADIENT, linewidth=2)
        ax.plot(x, y, "o", color=MOVED, markersize=8)
        ax.annotate(label, (x, y), (10, -16 if slope >= 0 else 8), textcoords="offset points", color=INK, fontsize=11)
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
        while h > 1e-7 and not np.isfinite(_sample(f, [x - h, x + h])).all():
            h /= 4
        left, here, right = _sample(f, [x - h / 1e4, x, x + h / 1e4])
        sides = (right - here) / (h / 1e4), (here - left) / (h / 1e4)
        best, error, row = math.nan, math.inf, []
        for _ in range(9):
            below, above = _sample(f, [x - h, x + h])
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


def secant(f, x, h, xlim=(-5, 5), slope=None):
    """The secant of f from x to x + h, and its error for every h; `update(x, h)` moves it.

    Left: curve, secant, tangent, run and rise. Right: how far the secant's slope is
    from the tangent's, against h, on logarithmic scales.

    Args:
        f: a function of one number.
        x: where the slope is wanted.
        h: the step, above 0.
        slope: f's derivative; where None, it is found by `reference_slope`.
    """
    slope = slope or (lambda x: reference_slope(f, x))
    xs = np.linspace(*xlim, 241)
    ys = _sample(f, xs)
    steps = 10.0 ** np.linspace(-16, 0.5, 100)
    picture = Picture(960, 400)
    left = _axes(picture, (0.06, 0.13, 0.52, 0.78), xlim, _range(ys), "x", "f(x)", "slope = rise / run")
    right = _axes(picture, (0.7, 0.13, 0.27, 0.78), (1e-16, 10 ** 0.5), (1e-11, 1e3), "h", "",
                  "error of the slope")
    right.set(xscale="log", yscale="log", xticks=[1e-15, 1e-10, 1e-5, 1], yticks=[1e-9, 1e-6, 1e-3, 1])
    right.minorticks_off()
    left.plot(xs, ys, color=DATA, linewidth=2.5)

    tangent, = picture.moving(*left.plot([], [], color=GRADIENT, linewidth=2))
    line, = picture.moving(*left.plot([], [], color=GRADIENT, linewidth=2, linestyle=(0, (4, 3))))
    run, = picture.moving(*left.plot([], [], color=MUTED, linewidth=2))
    rise, = picture.moving(*left.plot([], [], color=DATA, linewidth=4))
    ends, = picture.moving(*left.plot([], [], "o", color=PAPER, markeredgecolor=MOVED,
                                      markeredgewidth=2.5, markersize=9))
    point, = picture.moving(*left.plot([], [], "o", color=MOVED, markersize=10))
    valley, = picture.moving(*right.plot([], [], color=GRADIENT, linewidth=2))
    here, = picture.moving(*right.plot([], [], "o", color=MOVED, markersize=10))
    for label, artist in (("tangent", tangent), ("secant", line), ("run h", run), ("rise", rise)):
        artist.set_label(label)
    left.legend(loc="upper center", ncols=4, frameon=False, labelcolor=INK, fontsize=10,
                handlelength=1.6, columnspacing=1.2)

    def update(x, h):
        if h == 0:
            raise ValueError("h is 0: a slope needs two different points.")
        y, y2, true = float(f(x)), float(f(x + h)), slope(x)
        estimate = (y2 - y) / h
        span = np.array(xlim)
        tangent.set_data(span, y + true * (span - x))
        line.set_data(span, y + estimate * (span - x))
        run.set_data([x, x + h], [y, y])
        rise.set_data([x + h, x + h], [y, y2])
        ends.set_data([x + h], [y2])
        point.set_data([x], [y])
        errors = np.abs((_sample(f, x + steps) - y) / steps - true)
        valley.set_data(steps, np.maximum(errors, 1e-11))
        here.set_data([h], [max(abs(estimate - true), 1e-11)])
        tangent_text = "no tangent" if math.isnan(true) else f"slope {true:.6g}"
        picture.alt = (f"At x = {x:.4g} the curve has {tangent_text}. The secant to x + h, with h = {h:.3g}, "
                       f"has slope {estimate:.6g}, an error of {abs(estimate - true):.2g}.")
        return {"y": y, "y2": y2, "estimate": estimate, "true": true}

    picture.update = update
    update(x, h)
    return picture


def difference_errors(f, x, slope=None):
    """The error of the forward and of the central difference against h, both scales logarithmic.

    Args:
        f: a function of one number.
        x: where the slope is measured.
        slope: f's derivative; where None, it is found by `reference_slope`.
    """
    true = slope(x) if slope else reference_slope(f, x)
    steps = 10.0 ** np.linspace(-16, 0.5, 166)
    forward = (_sample(f, x + steps) - f(x)) / steps
    central = (_sample(f, x + steps) - _sample(f, x - steps)) / (2 * steps)
    picture = Picture(alt=f"Error of the slope at x = {x:g} against h, both on logarithmic scales")
    ax = _axes(picture, (0.12, 0.14, 0.84, 0.78), (1e-16, 10 ** 0.5), (1e-13, 1e3), "h", "error of the slope")
    ax.set(xscale="log", yscale="log")
    ax.minorticks_off()
    for estimate, label, dash in ((forward, "forward difference", "-"), (central, "central difference", (0, (4, 2)))):
        errors = np.maximum(np.abs(estimate - true), 1e-13)
        ax.plot(steps, errors, color=GRADIENT, linestyle=dash, linewidth=2, label=label)
        picture.alt += f"; {label}: {errors[150]:.0e} at h = {steps[150]:g}"
        if min(errors[5], errors[150]) > 100 * errors[80:120].min():
            picture.alt += ", less for smaller h, and then more again where rounding takes over"
    ax.legend(loc="upper center", frameon=False, labelcolor=INK, fontsize=11)
    return picture


#             name: (activation, its slope), as functions of z
ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 0.5 + 0.5 * np.tanh(z / 2), lambda z: 0.25 * (1 - np.tanh(z / 2) ** 2)),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "linear": (lambda z: 1.0 * z, lambda z: np.ones_like(z)),
}


def activations():
    """The four activation functions side by side, each with its slope below it."""
    picture = Picture(960, 420, "Four activation functions of z, from -4 to 4, and below each its slope: tanh runs "
                      "from -1 to 1 with slope 1 at 0, flat far out; sigmoid from 0 to 1, with slope 0.25 at 0; "
                      "relu is 0 below 0 and z above, slope 0 or 1; linear is z, slope 1.")
    z = np.linspace(-4, 4, 401)
    for i, (name, (activation, slope)) in enumerate(ACTIVATIONS.items()):
        left = 0.05 + 0.24 * i
        for bottom, y, colour, limits, title in (
                (0.55, activation(z), DATA, (-1.3, 2.2), name), (0.11, slope(z), GRADIENT, (-0.15, 1.25), "slope")):
            ax = _axes(picture, (left, bottom, 0.2, 0.36 if bottom > 0.3 else 0.32), (-4, 4), limits, title=title)
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
        raise ValueError(f"sizes needs inputs and at least one layer, each at least 1, not {sizes!r}.")
    hidden = len(sizes) - 2
    names = ["inputs", *(f"hidden layer {i + 1}" if hidden > 1 else "hidden layer" for i in range(hidden)),
             "output layer"]
    parameters = [(nin + 1) * nout for nin, nout in zip(sizes, sizes[1:])]
    picture = Picture(min(960, 200 * len(sizes)), 60 + 58 * max(sizes),
                      "A network of " + ", then ".join(f"{n} ({name})" for n, name in zip(sizes, names))
                      + f"; every circle of a column is joined to every one of the next; {sum(parameters)} parameters.")
    ax = picture.add_axes((0, 0, 1, 1), xlim=(-0.5, len(sizes) - 0.5), ylim=(-max(sizes) / 2 - 0.2, max(sizes) / 2 + 0.9))
    ax.axis("off")
    columns = [[(i, (n - 1) / 2 - k) for k in range(n)] for i, n in enumerate(sizes)]
    for one, other in zip(columns, columns[1:]):
        for x, y in one:
            for x2, y2 in other:
                ax.plot([x, x2], [y, y2], color=MUTED, linewidth=1, zorder=1)
    for i, (column, name) in enumerate(zip(columns, names)):
        colour = DATA if i == 0 else OPERATION
        ax.plot(*zip(*column), "o", markersize=26, color=PAPER, markeredgecolor=colour, markeredgewidth=2.5, zorder=2)
        below = f"{parameters[i - 1]} parameters" if i else ""
        ax.text(i, max(sizes) / 2 + 0.45, f"{name}\n{below}", ha="center", va="center", color=INK, fontsize=10)
        for k, (x, y) in enumerate(column):
            ax.text(x, y, f"x{k + 1}" if i == 0 else "", ha="center", va="center", color=DATA, fontsize=11)
    return picture


def losses(histories, log=False):
    """Loss against step, one curve for each history.

    Args:
        histories: dict from a name to the list of losses, one for each step.
        log: whether the loss is drawn on a logarithmic scale.

    Raises:
        ValueError: there is no history, or one of them is empty.
    """
    if not histories or not all(len(y) for y in histories.values()):
        raise ValueError("losses needs at least one history, each with at least one loss.")
    picture = Picture(alt="Loss against step. " + "; ".join(
        f"{name}: from {y[0]:.3g} to {y[-1]:.3g} in {len(y) - 1} steps" for name, y in histories.items()) + ".")
    ax = _axes(picture, (0.11, 0.13, 0.85, 0.72), xlabel="step", ylabel="loss")
    ax.xaxis.get_major_locator().set_params(integer=True)
    looks = [(DATA, "-"), (GRADIENT, (0, (5, 2))), (OPERATION, (0, (1, 1.5))), (MOVED, (0, (6, 2, 1, 2))), (INK, (0, (2, 2)))]
    for i, (name, y) in enumerate(histories.items()):
        colour, dash = looks[i % len(looks)]
        ax.plot(range(len(y)), y, color=colour, linestyle=dash, linewidth=2.5, label=name)
    if log:
        ax.set_yscale("log")
        ax.minorticks_off()
    else:
        ax.set_ylim(bottom=min(0.0, *(min(y) for y in histories.values())))
    if len(histories) > 1:
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, labelcolor=INK, fontsize=11)
    return picture


def neuron(w1, w2, b, x1, x2, activation="tanh"):
    """One neuron of two inputs; `update` takes the same arguments and moves it.

    Left: the plane of inputs, the line w1·x1 + w2·x2 + b = 0, the arrow of the weights,
    the point (x1, x2). Right: the activation curve and the point (z, a) on it.
    """
    picture = Picture(960, 420)
    left = _axes(picture, (0.06, 0.13, 0.341, 0.78), (-4, 4), (-4, 4), "x1", "x2", "the inputs, and where z = 0")
    right = _axes(picture, (0.49, 0.13, 0.48, 0.78), (-8, 8), (-1.5, 2.5), "z = w1·x1 + w2·x2 + b", "a",
                  "the activation")
    side, = picture.moving(*left.fill([], [], color=DATA, alpha=0.15, linewidth=0))
    line, = picture.moving(*left.plot([], [], color=OPERATION, linewidth=2.5))
    arrow, = picture.moving(*left.plot([], [], color=INK, linewidth=2, marker=(3, 0, 0), markevery=[1], markersize=9))
    point, = picture.moving(*left.plot([], [], "o", color=MOVED, markersize=11))
    curve, = picture.moving(*right.plot([], [], color=OPERATION, linewidth=2.5))
    tangent, = picture.moving(*right.plot([], [], color=GRADIENT, linewidth=2))
    drop, = picture.moving(*right.plot([], [], color=MUTED, linewidth=1.5, linestyle=(0, (3, 3))))
    here, = picture.moving(*right.plot([], [], "o", color=MOVED, markersize=11, clip_on=False))
    beyond = picture.moving(right.text(-7.6, 2.22, "", color=MOVED, fontsize=11))[0]
    words = picture.moving(left.text(-3.8, 3.45, "", color=INK, fontsize=11))[0]
    zs = np.linspace(-8, 8, 161)
    corners = np.array([(-4, -4), (4, -4), (4, 4), (-4, 4)], float)

    def update(w1, w2, b, x1, x2, activation="tanh"):
        if activation not in ACTIVATIONS:
            raise ValueError(f"unknown activation {activation!r}; known are {', '.join(ACTIVATIONS)}.")
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
                cut = corners[i] + (corners[j] - corners[i]) * heights[i] / (heights[i] - heights[j])
                inside.append(cut)
                border.append(cut)
        side.set_xy(inside or [(0, 0)])
        line.set_data(*zip(*border)) if border else line.set_data([], [])
        size = math.hypot(w1, w2)
        foot = np.array((-b * w1, -b * w2)) / size**2 if size else np.zeros(2)
        arrow.set_data([foot[0], foot[0] + w1], [foot[1], foot[1] + w2])
        arrow.set_marker((3, 0, math.degrees(math.atan2(w2, w1)) - 90))
        words.set_text("z > 0 in the shaded part" if inside and border else
                       "z > 0 everywhere here" if inside else "z > 0 nowhere here")
        point.set_data([x1], [x2])
        curve.set_data(zs, act(zs))
        tangent.set_data([z - 1.5, z + 1.5], [a - 1.5 * da, a + 1.5 * da])
        drop.set_data([z, z, -8], [-1.5, a, a])
        shown = min(max(z, -8), 8), min(max(a, -1.5), 2.5)
        here.set_data([shown[0]], [shown[1]])
        here.set_marker("o" if shown == (z, a) else "^" if a > 2.5 else "v" if a < -1.5 else ">" if z > 8 else "<")
        beyond.set_text("" if shown == (z, a) else f"beyond the edge: z = {z:.4g}, a = {a:.4g}")
        picture.alt = (f"A neuron with weights {w1:g}, {w2:g} and bias {b:g}, activation {activation}. At the input "
                       f"({x1:g}, {x2:g}) z is {z:.4g}, the output a is {a:.4g}, and the slope there is {da:.4g}.")
        return {"z": z, "a": a, "slope": da}

    picture.update = update
    update(w1, w2, b, x1, x2, activation)
    return picture


def descent(loss, rate, start, steps, xlim=(-4, 7), slope=None):
    """Gradient descent on a loss of one parameter w; `update(rate, start, steps)` moves it.

    Left: the loss and the steps on it. Right: the loss after each step.

    Args:
        loss: a function of one number.
        rate: the learning rate.
        start: where w starts.
        steps: how many steps are taken.
        xlim: the part of w shown.
        slope: the loss's derivative; where None, it is found by `reference_slope`.
    """
    slope = slope or (lambda w: reference_slope(loss, w))
    ws = np.linspace(*xlim, 241)
    ls = _sample(loss, ws)
    low, high = _range(ls)
    picture = Picture(960, 400)
    left = _axes(picture, (0.06, 0.13, 0.5, 0.78), xlim, (low, high), "w", "loss", "steps on the loss")
    right = _axes(picture, (0.66, 0.13, 0.31, 0.78), (0, 40), (low, high), "step", "loss", "loss after each step")
    left.plot(ws, ls, color=DATA, linewidth=2.5)
    path, = picture.moving(*left.plot([], [], color=GRADIENT, linewidth=1.5, marker="o", markersize=5))
    tangent, = picture.moving(*left.plot([], [], color=GRADIENT, linewidth=2.5))
    first, = picture.moving(*left.plot([], [], "o", color=PAPER, markeredgecolor=MOVED, markeredgewidth=2.5, markersize=11))
    last, = picture.moving(*left.plot([], [], "o", color=MOVED, markersize=10))
    history, = picture.moving(*right.plot([], [], color=DATA, linewidth=2, marker="o", markersize=4))

    def update(rate, start, steps):
        w, trail = float(start), [float(start)]
        for _ in range(steps):
            w = w - rate * slope(w)
            if not abs(w) < 1e9:
                break
            trail.append(w)
        values = _sample(loss, trail)
        finite = len(trail) == steps + 1
        path.set_data(trail, values)
        reach = (xlim[1] - xlim[0]) / 10
        g = slope(trail[-1])
        tangent.set_data([trail[-1] - reach, trail[-1] + reach], [values[-1] - g * reach, values[-1] + g * reach])
        first.set_data([trail[0]], [values[0]])
        last.set_data([trail[-1]], [values[-1]])
        history.set_data(range(len(trail)), values)
        picture.alt = (f"{len(trail) - 1} steps of gradient descent from w = {start:g} with learning rate {rate:g}: "
                       + (f"w is {trail[-1]:.4g}, the loss {values[-1]:.4g}." if finite else "w blows up."))
        return {"w": trail, "loss": list(values), "slope": g, "finite": finite}

    picture.update = update
    update(rate, start, steps)
    return picture


def forward(numbers, gradients=None, show="forward"):
    """A 2-2-2 network with every number of its forward pass; `update` takes the same arguments.

    The still layer holds circles, lines, weights, biases and targets, as they were in the
    first call; what follows from the inputs moves.

    Args:
        numbers: dict of x1, x2, w1 to w8, b1 to b4, z1 to z4, a1 to a4, y1, y2, L. Neurons 1
            and 2 are hidden, 3 and 4 give the outputs; w1 and w2 lead to neuron 1, and so on.
        gradients: dict of the gradient of L for each w, b, z and a.
        show: "forward", or "gradients" to write each gradient below its number.

    Raises:
        ValueError: an unknown show, or no gradients to show.
    """
    picture = Picture(960, 430)
    ax = picture.add_axes((0, 0, 1, 1), xlim=(0, 960), ylim=(0, 430))
    ax.axis("off")
    columns, rows = (66, 342, 622), (300, 108)
    inputs, hidden, outputs = ([(x, y) for y in rows] for x in columns)
    loss = (898, sum(rows) / 2)
    moving = {}

    def write(x, y, text="", colour=INK, size=10.5, **options):
        return ax.text(x, y, text, color=colour, fontsize=size, va="center", **options)

    def number(x, y, colour, size=10.5, moving=True):
        """The place of a text: it starts at x, and y is the middle of its digits."""
        artist = _Number(x, y - 0.29 * size, "", color=colour, fontsize=size)
        ax.add_artist(artist)
        return picture.moving(artist)[0] if moving else artist

    def entry(name, x, y, colour, still=False):
        """A name and its number, and below it the place of its gradient."""
        write(x - 15, y + 7, name, ha="right")
        if still:
            number(x - 11, y + 7, colour, moving=False).set_text(_signed(numbers[name]))
        else:
            moving[name] = number(x - 11, y + 7, colour)
        moving["grad " + name] = number(x - 38, y - 7, GRADIENT, 10)

    def line(start, end, gap=None):
        """A line, without the piece around the height `gap`, where a number stands."""
        (x, y), (x2, y2) = start, end
        pieces = [(0, 1)]
        if gap is not None:
            middle, half = (gap - y) / (y2 - y), 17 / abs(y2 - y)
            pieces = [(0, middle - half), (middle + half, 1)]
        for piece in pieces:
            ax.plot([x + t * (x2 - x) for t in piece], [y + t * (y2 - y) for t in piece],
                    color=MUTED, linewidth=1, zorder=1)

    def circle(place, size, colour):
        ax.plot(*place, "o", markersize=size, color=PAPER, markeredgecolor=colour, markeredgewidth=2.5, zorder=2)

    for k, (sources, targets) in enumerate(((inputs, hidden), (hidden, outputs))):
        for j, target in enumerate(targets):
            for i, source in enumerate(sources):
                x = source[0] + 0.655 * (target[0] - source[0])
                y = source[1] + 0.655 * (target[1] - source[1])
                line(source, target, y if i != j else None)
                entry(f"w{4 * k + 2 * j + i + 1}", x if i != j else (source[0] + target[0]) / 2,
                      y if i != j else y + (18 if j == 0 else -18), DATA, still=True)
    for i, (place, what) in enumerate(zip(inputs, ("temperature", "time of day")), 1):
        circle(place, 82, MOVED)
        write(place[0] - 17, place[1], f"x{i}", ha="right")
        moving[f"x{i}"] = number(place[0] - 13, place[1], MOVED)
        write(place[0], place[1] + 53, what, MUTED, 10, ha="center")
    for i, (place, what) in enumerate(zip(hidden + outputs, ("neuron 1", "neuron 2", "neuron 3: chocolate",
                                                             "neuron 4: vanilla")), 1):
        circle(place, 104, OPERATION)
        entry(f"z{i}", place[0], place[1] + 16, DATA)
        entry(f"a{i}", place[0], place[1] - 16, DATA)
        entry(f"b{i}", place[0], place[1] - 72, DATA, still=True)
        write(place[0], place[1] + 64, what, MUTED, 10, ha="center")
    for i, place in enumerate(outputs, 1):
        line((place[0] + 52, place[1]), (place[0] + 74, place[1]))
        line((place[0] + 200, place[1]), loss)
        write(place[0] + 146, place[1] + 15, f"target y{i}", ha="right")
        write(place[0] + 150, place[1] + 15, _signed(numbers[f"y{i}"]), DATA)
        write(place[0] + 146, place[1] - 1, f"a{i + 2} − y{i}", ha="right")
        moving[f"miss{i}"] = number(place[0] + 150, place[1] - 1, DATA)
    circle(loss, 88, INK)
    write(loss[0], loss[1] + 11, "loss L", ha="center")
    moving["L"] = number(loss[0] - 26, loss[1] - 8, DATA)
    heading = number(20, 410, INK, 12)

    def update(numbers, gradients=None, show="forward"):
        if show not in ("forward", "gradients"):
            raise ValueError(f"unknown show {show!r}; known are forward, gradients.")
        if show == "gradients" and not gradients:
            raise ValueError("there are no gradients to show.")
        backward = show == "gradients"
        for name, artist in moving.items():
            if name.startswith("grad "):
                artist.set_text(f"grad {_signed(gradients[name[5:]], 5)}" if backward else "")
            elif name in numbers and name != "L":
                artist.set_text(_signed(numbers[name]))
        misses = [numbers[f"a{i + 2}"] - numbers[f"y{i}"] for i in (1, 2)]
        for i, miss in enumerate(misses, 1):
            moving[f"miss{i}"].set_text(_signed(miss))
        moving["L"].set_text(f"{numbers['L']:.6f}")
        heading.set_text("backward pass, from right to left: below each number its gradient, ∂L/∂(number)"
                         if backward else "forward pass, from left to right: z = Σ w·input + b, then a = activation(z)")
        picture.alt = ("A network of two inputs, two hidden neurons and two outputs. " + ", ".join(
            f"{name} = {numbers[name]:.4g}" for name in
            ("x1", "x2", "z1", "a1", "z2", "a2", "z3", "a3", "z4", "a4")) + f"; loss L = {numbers['L']:.4g}.")
        if backward:
            picture.alt += " Gradients: " + ", ".join(
                f"{name} {gradients[name]:.3g}" for name in gradients if name[0] in "wb") + "."

    picture.update = update
    update(numbers, gradients, show)
    return picture


class _Number(Text):
    """A line of text that starts at its place: drawn without the search for its box, which takes most of the time."""

    def draw(self, renderer):
        if self.get_visible() and self.get_text():
            x, y = self.get_transform().transform(self.get_position())
            gc = renderer.new_gc()
            gc.set_foreground(self.get_color())
            height = renderer.get_canvas_width_height()[1]
            renderer.draw_text(gc, x, height - y if renderer.flipy() else y, self.get_text(),
                               self.get_fontproperties(), 0, mtext=self)
            gc.restore()


def _signed(x, digits=4):
    """x with its sign and always as wide: a minus as broad as the plus, and no minus zero."""
    return f"{round(x, digits) + 0.0:+.{digits}f}".replace("-", "−")
