"""How the loss falls."""

import math

import numpy as np

from ..palette import DATA, GRADIENT, INK, MOVED, OPERATION, PAPER
from .curves import reference_slope
from .layered import LayeredPicture
from .picture import Picture, at_edge, limits_of, new_axes, sample


def losses(histories, log=False, per="step"):
    """Loss against step, one curve for each history.

    Args:
        histories: dict from a name to the list of losses, one for each step.
        log: whether the loss is drawn on a logarithmic scale.
        per: what there is a loss for, "step" or "epoch".

    Raises:
        ValueError: there is no history, or one of them is empty.
    """
    if not histories or not all(len(y) for y in histories.values()):
        raise ValueError("losses needs at least one history, each with at least one loss.")
    picture = Picture(
        alt=f"Loss against {per}. "
        + "; ".join(
            f"{name}: from {y[0]:.3g} to {y[-1]:.3g} in {len(y) - 1} {per}s"
            for name, y in histories.items()
        )
        + "."
    )
    ax = new_axes(picture, (0.11, 0.13, 0.85, 0.72), xlabel=per, ylabel="loss")
    ax.xaxis.get_major_locator().set_params(integer=True)
    looks = [
        (DATA, "-"),
        (GRADIENT, (0, (5, 2))),
        (OPERATION, (0, (1, 1.5))),
        (MOVED, (0, (6, 2, 1, 2))),
        (INK, (0, (2, 2))),
    ]
    for i, (name, y) in enumerate(histories.items()):
        colour, dash = looks[i % len(looks)]
        ax.plot(range(len(y)), y, color=colour, linestyle=dash, linewidth=2.5, label=name)
    if log:
        ax.set_yscale("log")
        ax.minorticks_off()
    else:
        ax.set_ylim(bottom=min(0.0, *(min(y) for y in histories.values())))
    if len(histories) > 1:
        ax.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=3,
            frameon=False,
            labelcolor=INK,
            fontsize=11,
        )
    return picture


def descent(loss, rate, start, steps, xlim=(-4, 7), slope=None, momentum=0.0):
    """Gradient descent on a loss of one parameter w; `update(rate, start, steps, momentum)` moves it.

    Left: the loss, the steps on it, the tangent at the last w, and with momentum the two parts
    of the next step. Right: the loss after each step.

    Args:
        loss: a function of one number.
        rate: the learning rate.
        start: where w starts.
        steps: how many steps are taken.
        xlim: the part of w shown.
        slope: the loss's derivative; where None, it is found by `reference_slope`.
        momentum: v ← momentum·v + slope, then w ← w − rate·v, as `optim.SGD` does.
    """
    slope = slope or (lambda w: reference_slope(loss, w))
    ws = np.linspace(*xlim, 241)
    ls = sample(loss, ws)
    low, high = limits_of(ls)
    picture = LayeredPicture(960, 400)
    left = new_axes(
        picture, (0.06, 0.13, 0.5, 0.78), xlim, (low, high), "w", "loss", "steps on the loss"
    )
    left.plot(ws, ls, color=DATA, linewidth=2.5)
    (tangent,) = picture.moving(*left.plot([], [], color=GRADIENT, linewidth=2.5))
    show, parts = _steps(picture, left)
    reach, row = (xlim[1] - xlim[0]) / 10, (high - low) / 24

    def update(rate, start, steps, momentum=0.0):
        seen = _walk(loss, slope, rate, float(start), steps, momentum)
        w, y, g, v = seen["w"][-1], seen["loss"][-1], seen["slope"][-1], momentum * seen["v"]
        inside = show(seen["w"], seen["loss"], seen["loss"])
        tangent.set_data([w - reach, w + reach], [y - g * reach, y + g * reach])
        scale = _scale(g, v, 1.6 * reach) if inside and momentum else 0
        for (draw, words), part, height in zip(parts, (g, v), (y + row, y + 2 * row)):
            draw((w, height), (-scale * part, 0), words)
        picture.alt = _alt(seen, rate, start, steps, momentum)
        return seen

    picture.update = update
    update(rate, start, steps, momentum)
    return picture


def contours(loss, rate, start, steps, xlim=(-4.6, 4.6), ylim=(-3, 3), slope=None, momentum=0.0):
    """Gradient descent on a loss of two parameters; `update(rate, start, steps, momentum)` moves it.

    Left: lines of equal loss, the steps across them, and the directions of the two parts of the
    next step; the two axes have the same scale, so the slope's part is at right angles to the
    line. Right: the loss after each step.

    Args:
        loss: a function of two numbers, w1 and w2.
        start: where (w1, w2) starts.
        xlim, ylim: the part of w1 and of w2 shown.
        slope: a function of w1 and w2 that gives both slopes; where None, `reference_slope`
            finds them, one parameter at a time.
        rate, steps, momentum: as for `descent`.
    """

    def slopes(w):
        if slope:
            return np.array(slope(*w.tolist()), float)
        a, b = w.tolist()
        return np.array(
            [reference_slope(lambda x: loss(x, b), a), reference_slope(lambda x: loss(a, x), b)]
        )

    w1, w2 = np.linspace(*xlim, 93), np.linspace(*ylim, 61)
    heights = np.array([sample(lambda x: loss(x, y), w1) for y in w2])
    low, high = limits_of(heights)
    picture = LayeredPicture(960, 400)
    left = new_axes(
        picture, (0.06, 0.13, 0.4985, 0.78), xlim, ylim, "w1", "w2", "lines of equal loss"
    )
    left.set_aspect("equal", anchor="W")
    left.apply_aspect()
    known = heights[np.isfinite(heights)]
    if (
        known.size and known.min() < known.max()
    ):  # closer together near the floor, as a bowl's are evenly spaced
        levels = known.min() + (known.max() - known.min()) * np.linspace(0, 1, 13)[1:-1] ** 2
        left.contour(
            w1, w2, np.ma.masked_invalid(heights), levels, colors=DATA, linewidths=1, alpha=0.7
        )
    (level,) = picture.moving(*left.plot([], [], color=DATA, linewidth=2.5))
    show, parts = _steps(picture, left, (low, high))
    reach = (xlim[1] - xlim[0]) / 7

    def update(rate, start, steps, momentum=0.0):
        seen = _walk(
            lambda w: loss(*w.tolist()), slopes, rate, np.array(start, float), steps, momentum
        )
        w, g, v = seen["w"][-1], seen["slope"][-1], momentum * seen["v"]
        inside = show(*zip(*seen["w"]), seen["loss"])
        scale = _scale(g, v, reach) if inside else 0
        for (draw, words), part in zip(parts, (g, v)):
            draw(w, -scale * part, words)
        steep = math.hypot(*g)
        along = np.array([-g[1], g[0]]) / steep * reach / 4 if scale and steep else np.zeros(2)
        level.set_data(*zip(w - along, w + along))
        picture.alt = _alt(seen, rate, start, steps, momentum)
        return seen

    picture.update = update
    update(rate, start, steps, momentum)
    return picture


def _walk(loss, slope, rate, start, steps, momentum):
    """The steps, on floats or on arrays: {"w", "loss", "slope" at each w; "v" so far; "finite": none left out}."""
    w, v, trail, slopes = start, 0.0 * start, [start], [slope(start)]
    height = loss(start)  # where this raises, the learner sees it; further on the loss ends
    if not hasattr(height, "__float__"):
        raise TypeError(f"the loss must give a number, not {type(height).__name__}.")
    with np.errstate(all="ignore"):
        for _ in range(steps):
            faster = momentum * v + slopes[-1]
            w = w - rate * faster
            if not np.all(np.abs(w) < 1e9):
                break
            v = faster
            trail.append(w)
            slopes.append(slope(w))
    values = list(sample(lambda k: loss(trail[int(k)]), range(len(trail))))
    return {"w": trail, "loss": values, "slope": slopes, "v": v, "finite": len(trail) == steps + 1}


def _steps(picture, left, ylim=None):
    """What both descents move: path, first and last point, the loss after each step, the parts of the next step.

    Returns (show, parts). show(x, y, losses) places the points, the last one at the edge where
    it lies beyond, and says whether it lies inside; each of parts, a function and its words,
    draws an arrow.
    """
    right = new_axes(
        picture,
        (0.66, 0.13, 0.31, 0.78),
        (0, 40),
        ylim or left.get_ylim(),
        "step",
        "loss",
        "loss after each step",
    )
    (path,) = picture.moving(
        *left.plot([], [], color=GRADIENT, linewidth=1.5, marker="o", markersize=5)
    )
    parts = [
        (_arrow(picture, left, dash), words)
        for dash, words in (("-", "downhill"), ((0, (2, 1)), "remembered"))
    ]
    (first,) = picture.moving(
        *left.plot(
            [], [], "o", color=PAPER, markeredgecolor=MOVED, markeredgewidth=2.5, markersize=11
        )
    )
    (last,) = picture.moving(*left.plot([], [], "o", color=MOVED, markersize=10, clip_on=False))
    (beyond,) = picture.moving(
        left.text(1, 1.025, "", color=MOVED, fontsize=11, ha="right", transform=left.transAxes)
    )
    (history,) = picture.moving(
        *right.plot([], [], color=DATA, linewidth=2, marker="o", markersize=4)
    )

    def show(x, y, losses):
        path.set_data(x, y)
        first.set_data(x[:1], y[:1])
        history.set_data(range(len(losses)), losses)
        a, b = x[-1], y[-1]
        spot, marker = at_edge(a, b, left)
        inside = spot == (a, b)
        last.set_data([spot[0]], [spot[1]])
        last.set_marker(marker)
        beyond.set_text(
            ""
            if inside
            else f"beyond the edge: {left.get_xlabel()} = {a:.4g}, {left.get_ylabel()} = {b:.4g}"
        )
        return inside

    return show, parts


def _arrow(picture, ax, dash):
    """A function (tail, way, words) that draws an arrow with words at its tip, or none where way is 0."""
    (line,) = picture.moving(
        *ax.plot([], [], color=GRADIENT, linewidth=2.5, linestyle=dash, solid_capstyle="butt")
    )
    (tip,) = picture.moving(*ax.plot([], [], color=GRADIENT, markersize=10))
    (text,) = picture.moving(ax.text(0, 0, "", color=INK, fontsize=10, va="center", clip_on=True))
    pad = np.ptp(ax.get_xlim()) / 60

    def draw(tail, way, words):
        (x, y), (dx, dy) = tail, way
        there = bool(dx or dy)
        line.set_data([x, x + dx][: 2 * there], [y, y + dy][: 2 * there])
        tip.set_data([x + dx][:there], [y + dy][:there])
        tip.set_marker((3, 0, math.degrees(math.atan2(dy, dx)) - 90))
        text.set(
            text=words if there else "",
            position=(x + dx + math.copysign(pad, dx), y + dy),
            ha="left" if dx >= 0 else "right",
        )

    return draw


def _scale(slope, remembered, reach):
    """What makes the longer of the two parts as long as reach; 0 where there is nothing to draw."""
    longest = max(np.linalg.norm(slope), np.linalg.norm(remembered))
    return reach / longest if 0 < longest < math.inf else 0


def _alt(seen, rate, start, steps, momentum):
    def place(w):
        return f"({', '.join(f'{x:.4g}' for x in w)})" if np.ndim(w) else f"{w:.4g}"

    return (
        f"{len(seen['w']) - 1} steps of gradient descent from w = {place(start)} with learning rate {rate:g}"
        + (f" and momentum {momentum:g}" if momentum else "")
        + ": "
        + (
            f"w is {place(seen['w'][-1])}, the loss {seen['loss'][-1]:.4g}."
            if seen["finite"]
            else "w blows up."
        )
    )
