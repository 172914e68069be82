"""How the loss falls."""

import numpy as np

from ..palette import DATA, GRADIENT, INK, MOVED, OPERATION, PAPER
from .curves import reference_slope
from .picture import Picture, limits_of, new_axes, sample


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
    picture = Picture(alt=f"Loss against {per}. " + "; ".join(
        f"{name}: from {y[0]:.3g} to {y[-1]:.3g} in {len(y) - 1} {per}s" for name, y in histories.items()) + ".")
    ax = new_axes(picture, (0.11, 0.13, 0.85, 0.72), xlabel=per, ylabel="loss")
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
    ls = sample(loss, ws)
    low, high = limits_of(ls)
    picture = Picture(960, 400)
    left = new_axes(picture, (0.06, 0.13, 0.5, 0.78), xlim, (low, high), "w", "loss", "steps on the loss")
    right = new_axes(picture, (0.66, 0.13, 0.31, 0.78), (0, 40), (low, high), "step", "loss", "loss after each step")
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
        values = sample(loss, trail)
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
