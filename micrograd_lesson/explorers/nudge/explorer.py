"""NudgeExplorer: choose a leaf, nudge it, and see prediction and change side by side."""

import math
from html import escape

from traitlets import Float, Unicode

from ...engine import Value
from ...palette import MOVED
from ...words import fixed, number, signed
from ..base import Explorer
from ..graph_picture import GraphPicture, GraphState
from .measure import RANGE, NudgedExpression


class NudgeExplorer(Explorer):
    """An expression under your hands: choose a leaf, nudge it, watch the result.

    Args:
        expression: a function of the leaves that returns the result, or its text, such
            as "(a*b + c)*f" or "tanh(w*x + b)".
        value: the class of the leaves; one of your own needs `backward()`.
        name: what the result is called.
        leaves: the starting numbers, by name.

    Raises:
        ValueError: there are no leaves; a leaf is called value or name, or is no number; the
            text cannot be read, or uses a name that is not a leaf; the expression does not
            return a Value, or its class has no `backward()`.
    """

    on_page = {"leaf": None, "nudge": 21}
    leaf = Unicode()
    nudge = Float(0.1)

    def __init__(self, expression, /, *, value=Value, name="L", **leaves):
        if not (callable(value) and isinstance(name, str)):
            raise ValueError(
                "a leaf cannot be called value or name; these are the explorer's own options."
            )
        if not leaves:
            raise ValueError('name at least one leaf, as in NudgeExplorer("a*b", a=2, b=-3).')
        start = {leaf: _number(leaf, x) for leaf, x in leaves.items()}
        self._measure = NudgedExpression(expression, start, value, name)
        self._name = name
        self.leaf = next(iter(leaves))
        super().__init__(
            GraphPicture(self._measure.expression, moving="data"),
            self.choice("leaf", list(leaves), "leaf"),
            self.slider("nudge", -RANGE, RANGE, 0.01, "nudge"),
        )

    def draw(self):
        nudge = self._measure(self.leaf, self.nudge)
        self.picture.update(self._state(nudge))
        return "<br>".join([*_numbers(nudge, self._name), _judgement(nudge, self._name)])

    def _state(self, nudge):
        """The numbers after the nudge, with the leaf and its way to the result marked."""
        place = self._measure.places[nudge.leaf]
        lines = {}
        for parent, child in self._measure.way(nudge.leaf):
            lines[parent, child] = MOVED
            lines[child, child] = MOVED
        return GraphState(
            numbers=nudge.numbers,
            marked={} if place is None else {place: MOVED},  # None: the leaf is not used
            lines=lines,
            alt=(
                f"{nudge.leaf} goes from {number(nudge.start)} to "
                f"{number(nudge.start + nudge.nudge)}; {self._name} goes from "
                f"{number(nudge.before)} to {number(nudge.after)}."
            ),
        )


def _numbers(nudge, name):
    """Two lines: what moves, and prediction beside change."""
    leaf, name = escape(nudge.leaf), escape(name)
    yield (
        f"{leaf} = {number(nudge.start)} + nudge = "
        f'<b class="ml-moved">{number(nudge.start + nudge.nudge)}</b>; '
        f'{name} goes from <b class="ml-data">{fixed(nudge.before, 6)}</b> to '
        f'<b class="ml-data">{fixed(nudge.after, 6)}</b>'
    )
    yield (
        f'predicted change: grad × nudge = <b class="ml-gradient">{fixed(nudge.gradient, 6)}</b> '
        f"× {number(nudge.nudge)} = "
        f'<b class="ml-gradient">{signed(nudge.predicted, 6)}</b>; '
        f'real change: <b class="ml-data">{signed(nudge.real, 6)}</b>'
    )


def _judgement(nudge, name):
    """Do prediction and change agree, and why?"""
    leaf, name = escape(nudge.leaf), escape(name)
    differ = f"They differ by {signed(nudge.real - nudge.predicted, 6)}:"
    if nudge.verdict == "wrong gradient":
        return (
            f"<b>This gradient is wrong:</b> a tiny nudge of {leaf} gives the slope "
            f"{fixed(nudge.slope, 6)}."
        )
    if nudge.verdict == "breaks off":
        place = number(round(nudge.breaks_off, 3))
        return (
            f"{differ} on the way, at {leaf} ≈ {place}, {name} has no value or jumps. "
            "A gradient says nothing about what lies beyond."
        )
    return {
        "no nudge": "No nudge, no change.",
        "bends": f"{differ} the gradient is the slope at the start, and {name} bends on the way.",
        "straight": f"They agree: along {leaf}, {name} runs straight.",
        "agree": "They agree at this nudge.",
    }[nudge.verdict]


def _number(leaf, x):
    """The number that a leaf starts with."""
    try:
        start = float(x)
    except (TypeError, ValueError):
        start = math.nan
    if not math.isfinite(start):
        raise ValueError(f"leaf {leaf} starts with a number such as 2.5, not {x!r:.60}.")
    return start
