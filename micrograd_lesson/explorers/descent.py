"""The learning rate: crawl, converge, bounce, blow up; and what momentum makes of it, in one dimension and in two."""

import inspect

import ipywidgets as widgets
import numpy as np
from traitlets import Float, Int

from .. import plots
from .base import Explorer


def _parabola(w):
    return (w - 1.5) ** 2


class DescentExplorer(Explorer):
    """Gradient descent on a loss of one or two parameters: v ← momentum · v + slope, then w ← w − rate · v.

    Args:
        loss: a function of one number or of two, which decides the picture; a parabola with its
            floor at w = 1.5 where None.
        rate: the learning rate, from 0 to 1.2.
        start: where w starts, within xlim: -3 where None. With two parameters (w1, w2), within
            xlim and ylim: (-4, 2) where None; Python then finds them as `start` and `start2`.
        steps: how many steps, 0 to 40.
        xlim, ylim: the part of w shown; with two parameters that of w1 and that of w2.
        slope: the loss's derivative, if you know it, or a function that gives both; otherwise
            it is found numerically.
        momentum: the share of v that is remembered, from 0 to 0.99.

    Raises:
        TypeError: loss is not a function of one or two numbers, or does not give a number.
        ValueError: start has not as many numbers as loss has parameters.
    """

    on_page = {"rate": 13, "momentum": (0.0, 0.5, 0.8), "steps": (0, 1, 5, 10, 40)}
    rate = Float()
    momentum = Float()
    steps = Int()
    start = Float()
    start2 = Float()

    def __init__(
        self,
        loss=None,
        rate=0.1,
        start=None,
        steps=10,
        xlim=None,
        slope=None,
        momentum=0.0,
        ylim=(-3.0, 3.0),
    ):
        if loss is None:
            loss, slope = _parabola, lambda w: 2 * (w - 1.5)
        two = _parameters(loss) == 2
        xlim = xlim or ((-4.6, 4.6) if two else (-4.0, 7.0))
        start = ((-4.0, 2.0) if two else -3.0) if start is None else start
        if np.shape(start) != (2,) * two:
            raise ValueError(
                f"this loss has {'two parameters' if two else 'one parameter'}, so start must be "
                f"{'two numbers (w1, w2)' if two else 'one number'}, not {start!r}."
            )
        starts = {"start": xlim, "start2": ylim} if two else {"start": xlim}
        self.rate, self.momentum, self.steps = rate, momentum, steps
        for name, value in zip(starts, np.ravel(start).tolist()):
            self.set_trait(name, value)
        rows = (
            self.slider("rate", 0.0, 1.2, 0.01, "learning rate"),
            self.slider("momentum", 0.0, 0.99, 0.01, "momentum"),
            self.slider("steps", 0, 40, 1, "steps", kind=widgets.IntSlider),
            *(
                self.slider(
                    name, *limits, (limits[1] - limits[0]) / 110, f"start w{i}" if two else "start"
                )
                for i, (name, limits) in enumerate(starts.items(), 1)
            ),
        )
        self._two = two
        options = {
            "xlim": xlim,
            "slope": slope,
            "momentum": momentum,
            **({"ylim": ylim} if two else {}),
        }
        super().__init__(
            (plots.contours if two else plots.descent)(loss, rate, start, steps, **options), *rows
        )

    def draw(self):
        start = (self.start, self.start2) if self._two else self.start
        seen = self.picture.update(self.rate, start, self.steps, self.momentum)
        w, loss, slope = seen["w"], seen["loss"], seen["slope"][-1]
        text = (
            f'start w = {_show(w[0], 4)}, loss <b class="ml-data">{loss[0]:.6g}</b>; after {len(w) - 1} steps '
            f'w = <b class="ml-moved">{_show(w[-1])}</b>, loss <b class="ml-data">{loss[-1]:.6g}</b><br>'
        )
        if seen["finite"]:
            short = 3 if self._two and self.momentum else 6
            number = f'<b class="ml-gradient">{_show(slope, short)}</b>'
            if self.momentum:
                v = self.momentum * seen["v"] + slope
                text += (
                    f"next step: v = {self.momentum:.4g} · {_show(seen['v'], short)} + {number} = {_show(v, short)}; "
                    f"w − {self.rate:.4g} · v = {_show(w[-1] - self.rate * v, short)}<br>"
                )
            else:
                text += (
                    f"next step: w − rate · slope = {_show(w[-1])} − {self.rate:.4g} · {number} = "
                    f"{_show(w[-1] - self.rate * slope)}<br>"
                )
        return text + _verdict(seen, self.rate, self.momentum)


def _parameters(loss):
    """How many numbers loss takes."""
    if not callable(loss):
        raise TypeError(
            f"loss must be a function of one number or of two, not {type(loss).__name__}."
        )
    try:
        parameters = inspect.signature(loss).parameters.values()
    except ValueError:  # some functions written in C do not say
        return 1
    count = sum(
        p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        for p in parameters
    )
    if count not in (1, 2):
        raise TypeError(f"loss must be a function of one number or of two, not of {count}.")
    return count


def _show(w, digits=6):
    return (
        f"({', '.join(f'{x:.{min(digits, 4)}g}' for x in w)})" if np.ndim(w) else f"{w:.{digits}g}"
    )


def _verdict(seen, rate, momentum):
    """What the steps did, in a word and a reason.

    On a parabola, of any dimension, where the steps stay bounded the k-th is at most
    1 + m + … + m^(k−1) times as long as the first, for momentum m. Along each of its axes
    s(k+1) = (1 + m − rate·curvature)·s(k) − m·s(k−1), so s(k) = s(1)·Σ pⁱ·q^(k−1−i) with
    pq = m; and with |p|, |q| at most 1 that sum is largest for p = 1, q = m. So longer
    steps together with a higher loss mean that the rate is too large.
    """
    if rate == 0:
        return "<b>Stands still:</b> a rate of 0 moves nothing."
    loss = seen["loss"]
    w, slope = (np.reshape(seen[name], (len(loss), -1)) for name in ("w", "slope"))
    if not (np.isfinite(loss).all() and np.isfinite(slope).all()):
        return "<b>Leaves the loss:</b> at one of these w the loss or its slope is not a number."
    if len(w) < 2 and seen["finite"]:
        return "No step taken yet."
    remembered = momentum * np.ravel(seen["v"])
    with np.errstate(over="ignore"):
        moves = np.vstack(
            [np.diff(w, axis=0), -rate * (remembered + slope[-1])]
        )  # and the one to come
        length = np.linalg.norm(moves, axis=1)
        past = (moves[:-1] * slope[1:]).sum(
            axis=1
        ) > 0  # went on beyond the lowest point of its way
        back = (moves[:-1] * moves[1:]).sum(axis=1) < 0  # the next goes the other way
    if loss[-1] - loss[0] > 1e-6 * abs(loss[0]):
        bound = length[0] * np.cumsum(momentum ** np.arange(len(length)))
        if not seen["finite"] or (length > bound * (1 + 1e-6)).any():
            return "<b>Blows up:</b> the loss is higher than at the start; the rate is too large."
        return "<b>Overshoots:</b> the loss is higher than at the start; more steps will show whether it comes down."
    if not seen["finite"]:
        return "<b>Runs away:</b> w leaves every bound."
    if past.all() and back.all():
        return "<b>Bounces:</b> every step jumps over the floor to the other side."
    ahead = rate * (np.linalg.norm(remembered) + np.linalg.norm(slope[-1])) / (1 - momentum)
    lately = np.linalg.norm(w[3 * len(w) // 4 - 1 :] - w[-1], axis=1).max()
    far = max(np.linalg.norm(w - w[0], axis=1).max(), 1e-9)
    if (
        ahead <= 0.001 * far or ahead <= 0.005 * far and lately <= 0.01 * far
    ):  # not where a swing turns
        return "<b>Converges:</b> what the next step would add is too small to see."
    if momentum and past.any():
        return "<b>Swings:</b> what it remembers carries it past the floor, and the slope calls it back."
    if len(w) > 5 and np.linalg.norm(slope[-1]) > 0.5 * np.linalg.norm(slope[0]):
        return "<b>Crawls:</b> the slope is still more than half of what it was at the start."
    return "<b>On its way down:</b> more steps would take it further."
