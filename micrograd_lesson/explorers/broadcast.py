"""Stretch two arrays to one shape, and see why an entry's gradient is a sum over its copies."""

from html import escape

import ipywidgets as widgets
import numpy as np
from traitlets import Enum, Float, Int

from .. import plots
from ..plots.arrays import bracketed, entry_name, short
from ..tensor import Tensor
from .base import Explorer

#    shape as it is written: the part of a (3, 4) array that has this shape
SHAPES = {
    "(3, 4)": np.s_[:],
    "(1, 4)": np.s_[:1],
    "(3, 1)": np.s_[:, :1],
    "(4,)": 0,
    "(3,)": np.s_[:, 0],
    "()": (0, 0),
}
NUMBERS = {
    "a": np.array([[2, -1, 3, 1], [4, 1, -2, 5], [-3, 2, 1, 4]], float),
    "b": np.array([[3, 1, -2, 2], [-1, 2, 4, 1], [2, -3, 1, 5]], float),
}
INCOMING = np.array([[2, 1, -1, 3], [1, -2, 1, 2], [3, 1, 2, -1]], float)


class BroadcastExplorer(Explorer):
    """Two arrays a and b, combined by + or *, with every copy that broadcasting makes.

    The loss is the sum of the result's entries, each times a number of its own: these
    numbers are the incoming gradient. All gradients are the array engine's.

    Args:
        state: starting values of a, b (shapes, as texts: "(3, 4)", "(1, 4)", "(3, 1)",
            "(4,)", "(3,)" or "()"), op ("+" or "*"), follow ("a" or "b"), row and column
            (a place in the result: the followed operand's entry that stands there is the
            one to watch; beyond the end the last one), and nudge (-2 to 2), which moves it.
    """

    on_page = {"b": None, "op": None, "row": 3, "column": 4}
    a, b = Enum(list(SHAPES), "(3, 4)"), Enum(list(SHAPES), "(1, 4)")
    op, follow = Enum(["+", "*"], "*"), Enum(["a", "b"], "b")
    row, column = Int(0), Int(1)
    nudge = Float(0.0)

    def __init__(self, **state):
        for name, value in state.items():
            self.set_trait(name, value)
        choices = widgets.Box(
            [
                self.choice("op", ["+", "*"], "operation"),
                self.choice("follow", ["a", "b"], "follow"),
            ],
            layout=widgets.Layout(flex_flow="row wrap"),
        )
        super().__init__(
            plots.broadcast(NUMBERS["a"], NUMBERS["b"], "+", INCOMING, INCOMING),
            self.choice("a", list(SHAPES), "shape of a"),
            self.choice("b", list(SHAPES), "shape of b"),
            choices,
            self.slider("row", 0, 2, 1, "row", kind=widgets.IntSlider),
            self.slider("column", 0, 3, 1, "column", kind=widgets.IntSlider),
            self.slider("nudge", -2.0, 2.0, 0.1, "nudge"),
        )

    def draw(self):
        try:
            state, entry, change = self._state()
        except ValueError as refusal:
            self.picture.update(*self._operands().values(), self.op, follow=self.follow)
            return f'<div class="ml-problem"><b>These shapes do not fit.</b> {escape(str(refusal))}</div>'
        seen = self.picture.update(*state.values())
        name, many, slope = (
            entry_name(self.follow, entry),
            len(seen["copies"]),
            state["gradient"][entry],
        )
        products = (
            f"{bracketed(g)}·{bracketed(d)}" for g, d in zip(seen["incoming"], seen["local"])
        )
        return (
            f'{name} = <b class="ml-moved">{short(state[self.follow][entry])}</b> stands at '
            f'<b class="ml-moved">{many}</b> place{"s" * (many > 1)} of the result. '
            f"Its gradient is the sum of incoming · local there: "
            f'{" + ".join(products)} = <b class="ml-gradient">{short(slope)}</b><br>'
            f'gradient · nudge = {short(slope)} · {bracketed(self.nudge)} = <b class="ml-gradient">'
            f'{short(slope * self.nudge)}</b>; in fact the loss changes by <b class="ml-data">{short(change)}</b>'
        )

    def _operands(self):
        """a and b before any nudge, by name."""
        return {name: np.array(NUMBERS[name][SHAPES[getattr(self, name)]]) for name in ("a", "b")}

    def _state(self):
        """What the picture shows (the arguments of its update, by name), the entry's index, the change of the loss.

        Raises:
            ValueError: the shapes do not fit; the engine's own sentence.
        """
        operands, place = self._operands(), (self.row, self.column)
        before = self._loss(**operands)[0]
        moved = operands[self.follow]
        # An axis of size 1 was stretched, or never was longer: its one index stands for all places along it.
        entry = tuple(min(at, size - 1) for at, size in zip(place[2 - moved.ndim :], moved.shape))
        moved[entry] += self.nudge
        loss, incoming, gradients = self._loss(**operands)
        return (
            {
                **operands,
                "op": self.op,
                "incoming": incoming,
                "gradient": gradients[self.follow],
                "follow": self.follow,
                "place": place,
            },
            entry,
            loss - before,
        )

    def _loss(self, a, b):
        """The loss, the incoming gradient, and the gradients of a and b by name, by the engine."""
        a, b = Tensor(a), Tensor(b)
        result = a + b if self.op == "+" else a * b
        rows, columns = (1, 1, *result.shape)[-2:]
        loss = (result * INCOMING[:rows, :columns].reshape(result.shape)).sum()
        loss.backward()
        return loss.item(), result.grad, {"a": a.grad, "b": b.grad}
