"""DescentExplorer: rate, momentum, steps and start under your hands, on a loss of your own."""

import ipywidgets as widgets
import numpy as np
from traitlets import Float, Int

from ...words import count, number
from ..base import Explorer
from .landscape import Landscape
from .picture import MOST_STEPS, CurvePicture, MapPicture, place
from .verdict import verdict

XLIM = {1: (-4.0, 7.0), 2: (-4.6, 4.6)}  # by the number of parameters
START = {1: -3.0, 2: (-4.0, 2.0)}


def parabola(w):
    """The loss that is shown where none is given: lowest at 1.5."""
    return (w - 1.5) ** 2


def parabola_slope(w):
    """Its derivative."""
    return 2 * (w - 1.5)


class DescentExplorer(Explorer):
    """Gradient descent on a loss of one or two parameters.

    Each step: v ← momentum · v + slope, then w ← w − rate · v.

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
        ValueError: start has not as many numbers as loss has parameters, or slope does not
            give as many; one of the two stops with an exception at the start; xlim or ylim is not
            a smaller and a larger number.
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
            loss, slope = parabola, parabola_slope
        self._landscape = Landscape(loss, slope)
        parameters = self._landscape.parameters
        limits = [_checked_limits("xlim", xlim or XLIM[parameters])]
        if parameters == 2:
            limits.append(_checked_limits("ylim", ylim))
        starts = _checked_start(START[parameters] if start is None else start, parameters)

        self.rate = rate
        self.momentum = momentum
        self.steps = steps
        self._starts = ["start", "start2"][:parameters]
        for name, value in zip(self._starts, starts.tolist()):
            self.set_trait(name, value)
        rows = self._rows(limits)
        self._landscape.check(starts)
        self._span = limits[0][1] - limits[0][0]
        super().__init__(self._new_picture(limits), *rows)

    def _rows(self, limits):
        """The sliders. limits: of each parameter."""
        yield self.slider("rate", 0.0, 1.2, 0.01, "learning rate")
        yield self.slider("momentum", 0.0, 0.99, 0.01, "momentum")
        yield self.slider("steps", 0, MOST_STEPS, 1, "steps", kind=widgets.IntSlider)
        names = ["start"] if len(limits) == 1 else ["start w1", "start w2"]
        for trait, (low, high), name in zip(self._starts, limits, names):
            yield self.slider(trait, low, high, (high - low) / 110, name)

    def _new_picture(self, limits):
        if self._landscape.parameters == 1:
            return CurvePicture(*self._landscape.curve(*limits))
        return MapPicture(*self._landscape.surface(*limits))

    def draw(self):
        start = np.array([getattr(self, name) for name in self._starts])
        walk = self._landscape.walk(start, self.rate, self.steps, self.momentum)
        self.picture.update(walk)
        return "<br>".join([*_lines(walk), _judgement(walk, self._span)])


def _checked_limits(name, limits):
    """limits as two floats. Raises a ValueError where they are not two numbers in order."""
    try:
        low, high = (float(x) for x in limits)
    except (TypeError, ValueError):
        low, high = 0.0, 0.0
    if not (low < high and np.isfinite(high - low)):
        raise ValueError(f"{name} must be a smaller and a larger number, not {limits!r}.")
    return low, high


def _checked_start(start, parameters):
    """start as an array of shape (parameters,). Raises a ValueError where it is not that."""
    has = "one parameter"
    wanted = "one number"
    if parameters == 2:
        has = "two parameters"
        wanted = "two numbers (w1, w2)"
    try:
        found = np.array(start, float)
    except (TypeError, ValueError):
        found = None
    if found is None or found.shape != (() if parameters == 1 else (2,)):
        raise ValueError(f"this loss has {has}, so start must be {wanted}, not {start!r}.")
    return found.reshape(parameters)


def _lines(walk):
    """The walk in numbers, and the next step."""
    first, last = number(walk.losses[0]), number(walk.losses[-1])
    yield (
        f'start w = {place(walk.w[0], 4)}, loss <b class="ml-data">{first}</b>; '
        f'after {count(walk.taken, "step")} w = <b class="ml-moved">{place(walk.w[-1], 6)}</b>, '
        f'loss <b class="ml-data">{last}</b>'
    )
    if walk.finite and walk.momentum:
        yield _next_step_with_momentum(walk)
    elif walk.finite:
        yield _next_step(walk)


def _next_step(walk):
    w = place(walk.w[-1], 6)
    rate = number(walk.rate, 4)
    slope = f'<b class="ml-gradient">{place(walk.slopes[-1], 6)}</b>'
    after = place(walk.w[-1] + walk.next_move, 6)
    return f"next step: w − rate · slope = {w} − {rate} · {slope} = {after}"


def _next_step_with_momentum(walk):
    digits = 6 if len(walk.velocity) == 1 else 3  # two points in a line need room
    momentum = number(walk.momentum, 4)
    v = place(walk.velocity, digits)
    slope = f'<b class="ml-gradient">{place(walk.slopes[-1], digits)}</b>'
    next_v = place(walk.next_velocity, digits)
    after = place(walk.w[-1] + walk.next_move, digits)
    rate = number(walk.rate, 4)
    return f"next step: v = {momentum} · {v} + {slope} = {next_v}; w − {rate} · v = {after}"


def _judgement(walk, span):
    found = verdict(walk, span)
    if found is None:
        return "No step taken yet."
    return f"<b>{found.word}:</b> {found.reason}"
