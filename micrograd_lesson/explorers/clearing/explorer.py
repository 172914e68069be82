"""ClearingExplorer: a tiny descent, step by step, and a switch that forgets to clear."""

from numbers import Real

import ipywidgets as widgets
from traitlets import Enum, Int

from ...words import bracketed, count, number
from ..base import Explorer
from .picture import ClearingPicture
from .run import Moment, run

CLEARS = {"before each step": True, "never": False}
MOST_STEPS = 100
LARGEST_RATE = 1.0


class ClearingExplorer(Explorer):
    """Gradient descent on (w − 3)² from w = 0, with and without clearing the gradient.

    Args:
        rate: the learning rate, above 0 and at most 1.
        steps: how far the slider of steps goes, from 1 to 100.
        step: how many steps are taken at first.
        clear: whether w.grad is cleared: "before each step" or "never".

    Raises:
        ValueError: rate or steps lies outside of its range.
    """

    step = Int(0)
    clear = Enum(list(CLEARS), "before each step")

    def __init__(self, rate=0.1, steps=30, step=0, clear="before each step"):
        _check_rate(rate)
        _check_steps(steps)
        self._rate = float(rate)
        self._cleared = run(rate, steps, clears=True)
        self._never = run(rate, steps, clears=False)
        self.step = step
        self.clear = clear
        self.on_page = {"clear": None, "step": steps + 1}
        rows = (
            self.slider("step", 0, steps, 1, "step", kind=widgets.IntSlider),
            self.choice("clear", list(CLEARS), "clear w.grad"),
        )
        super().__init__(ClearingPicture(self._cleared, self._never), *rows)

    def draw(self):
        clears = CLEARS[self.clear]
        moment = Moment(self.step, self._rate, clears, self._cleared, self._never)
        self.picture.update(moment)
        return "<br>".join(_lines(moment))


def _check_rate(rate):
    """Raise a ValueError where rate is no learning rate that this picture can show."""
    if not isinstance(rate, Real) or not 0 < rate <= LARGEST_RATE:
        raise ValueError(f"rate must be a number above 0 and at most 1, not {rate!r:.80}.")


def _check_steps(steps):
    """Raise a ValueError where steps is no count that the slider can have."""
    is_whole = isinstance(steps, int) and not isinstance(steps, bool)
    if not is_whole or not 1 <= steps <= MOST_STEPS:
        raise ValueError(f"steps must be a whole number from 1 to 100, not {steps!r:.80}.")


def _lines(moment):
    """The gradients, the step to come, and both losses."""
    w = number(moment.w, 6)
    yield (
        f'step {moment.step}: w = <b class="ml-moved">{w}</b>, this step\'s own gradient '
        f"2 · (w − 3) = {_gradient(moment.own)}"
    )
    yield _what_is_held(moment)
    held = bracketed(moment.held, 6)
    after = number(moment.w + moment.move, 6)
    yield f"w − rate · w.grad = {w} − {number(moment.rate, 4)} · {held} = <b>{after}</b>"
    cleared, never = (_data(r.losses[moment.step]) for r in (moment.cleared, moment.never))
    yield f"loss after {count(moment.step, 'step')}: cleared {cleared}, never cleared {never}"


def _what_is_held(moment):
    """The line about w.grad."""
    held = _gradient(moment.held)
    if moment.clears:
        return f"in w.grad: 0 + {bracketed(moment.own, 6)} = {held}, this step's own gradient alone"
    parts = f"{number(moment.before, 6)} + {bracketed(moment.own, 6)}"
    gradients = "this step's own gradient alone, as yet"
    if moment.step:
        gradients = f"the sum of {moment.step + 1} gradients"
    return f"in w.grad: {parts} = {held}, {gradients}"


def _gradient(x):
    return f'<b class="ml-gradient">{number(x, 6)}</b>'


def _data(x):
    return f'<b class="ml-data">{number(x, 4)}</b>'
