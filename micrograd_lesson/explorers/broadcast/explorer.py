"""BroadcastExplorer: choose two shapes, follow an entry through its copies and back."""

from html import escape

import ipywidgets as widgets
import numpy as np
from traitlets import Enum, Float, Int

from ...words import bracketed, count, number, sum_of_products
from ..base import Explorer, said
from .picture import DIGITS, BroadcastPicture
from .stretching import combine

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
            one to watch; beyond the end the last one), and nudge (−2 to 2), which moves it.
    """

    on_page = {"b": None, "op": None, "row": 3, "column": 4}
    a = Enum(list(SHAPES), "(3, 4)")
    b = Enum(list(SHAPES), "(1, 4)")
    op = Enum(["+", "*"], "*")
    follow = Enum(["a", "b"], "b")
    row = Int(0)
    column = Int(1)
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
        rows = (
            self.choice("a", list(SHAPES), "shape of a"),
            self.choice("b", list(SHAPES), "shape of b"),
            choices,
            self.slider("row", 0, 2, 1, "row", kind=widgets.IntSlider),
            self.slider("column", 0, 3, 1, "column", kind=widgets.IntSlider),
            self.slider("nudge", -2.0, 2.0, 0.1, "nudge"),
        )
        super().__init__(BroadcastPicture(self._combination()), *rows)

    def _combination(self):
        return combine(
            NUMBERS["a"][SHAPES[self.a]],
            NUMBERS["b"][SHAPES[self.b]],
            op=self.op,
            incoming=INCOMING,
            follow=self.follow,
            place=(self.row, self.column),
            nudge=self.nudge,
        )

    def draw(self):
        combination = self._combination()
        self.picture.update(combination)
        if combination.misfit:
            return said(f"<b>These shapes do not fit.</b> {escape(combination.misfit)}")
        return f"{_gradient_line(combination)}<br>{_nudge_line(combination, self.nudge)}"


def _gradient_line(state):
    """The gradient of the followed entry, as a sum over its copies."""
    pairs = zip(state.at_copies("incoming"), state.at_copies("local"))
    products = sum_of_products(list(pairs), state.gradient, DIGITS)
    many, places = count(len(state.copies), "place").split()
    return (
        f'{state.entry_name} = <b class="ml-moved">{number(state.value, DIGITS)}</b> stands at '
        f'<b class="ml-moved">{many}</b> {places} of the result. '
        "Its gradient is the sum of incoming · local there: "
        f'{products} = <b class="ml-gradient">{number(state.gradient, DIGITS)}</b>'
    )


def _nudge_line(state, nudge):
    """What the gradient says about the nudge, and what the loss does."""
    predicted = f'<b class="ml-gradient">{number(state.gradient * nudge, DIGITS)}</b>'
    changed = f'<b class="ml-data">{number(state.change, DIGITS)}</b>'
    return (
        f"gradient · nudge = {number(state.gradient, DIGITS)} · {bracketed(nudge, DIGITS)} = "
        f"{predicted}; in fact the loss changes by {changed}"
    )
