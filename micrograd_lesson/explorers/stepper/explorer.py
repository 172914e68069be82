"""BackwardStepper: Next and Back through the backward pass of any expression."""

from html import escape

import ipywidgets as widgets
from traitlets import Int, Unicode

from ...graph import nodes as read
from ...palette import GRADIENT, MOVED
from ...words import number
from ..base import Explorer
from ..controls import button
from ..graph_picture import GraphPicture, GraphState
from .run import ORDERS, BackwardPass

MOST_FAULTS = 12  # wrong gradients that are listed
NUMBERS_ON_PAGE = 30_000  # that the states drawn ahead for a page without a kernel may hold


class BackwardStepper(Explorer):
    """Step through the backward pass of any expression, in the right order or a wrong one.

    Each step runs `_backward()` of one value, in the graph as it is, and shows what it
    handed to the value's parents. The gradients of your graph are left as they were.

    Args:
        root: the result; its values need data, a grad that can be set, _prev and `_backward()`.
        step: how many steps are done, from 0 to the number of operations.
        order: "backward" (right), "forward" or "nearest first" (wrong, each in its own way).

    Raises:
        ValueError: root has no parents; the graph is too large to be read, or not of single
            numbers; a class in it has no `_backward`; an unknown order.
    """

    step = Int(0)
    order = Unicode("backward")

    def __init__(self, root, step=0, order="backward"):
        if order not in ORDERS:
            raise ValueError(f"unknown order {order!r}; known are {', '.join(ORDERS)}.")
        self.step = step
        self.order = order
        self._passes = BackwardPass(root)
        picture = GraphPicture(self._passes.expression, moving="grad")
        self._last = len(self._passes.steps[order]) - 1
        self.on_page = {"order": None, "step": self._steps_on_page()}
        row = self.slider("step", 0, self._last, 1, "step", kind=widgets.IntSlider)
        buttons = widgets.HBox(
            [
                button("◀ Back", "one step back", "6em", lambda: self._move(-1)),
                button("Next ▶", "one step on", "6em", lambda: self._move(+1)),
            ]
        )
        super().__init__(picture, self.choice("order", list(ORDERS), "order"), row, buttons)

    def _steps_on_page(self):
        """How many places of the slider a page without a kernel offers: all, as a rule."""
        numbers = len(ORDERS) * len(self._passes.expression.nodes)
        return min(self._last + 1, max(2, NUMBERS_ON_PAGE // numbers))

    def _move(self, by):
        self.step = min(max(self.step + by, 0), self._last)

    def draw(self):
        step = self._passes.steps[self.order][self.step]
        result = len(step.gradients) - 1
        pale = frozenset(range(result)) - step.reached
        if step.node is None:
            self._show(step, {result: MOVED}, {}, pale, _BEFORE_IN_WORDS)
            return _BEFORE
        parents = [share.parent for share in step.shares]
        marked = {step.node: MOVED, **dict.fromkeys(parents, GRADIENT)}
        lines = {(parent, step.node): GRADIENT for parent in parents}
        lines[step.node, step.node] = GRADIENT
        self._show(step, marked, lines, pale, self._in_words(step))
        text = [self._heading(step), *(self._sum(share, step.incoming) for share in step.shares)]
        if self.step == self._last:
            text += self._faults(step.gradients)
        return "<br>".join(text)

    def _show(self, step, marked, lines, pale, words):
        self.picture.update(GraphState(step.gradients, marked, lines, pale, words))

    def _name(self, i):
        """What to call value i: its label, or its operation and number."""
        node = self._passes.expression.nodes[i]
        named = read.label(node)
        return named or f"({read.operation(node) or 'number'} {number(read.data(node), 4)})"

    def _heading(self, step):
        operation = read.operation(self._passes.expression.nodes[step.node])
        made = f" = {operation}" if operation else ""
        return (
            f"Step {self.step}: {escape(self._name(step.node) + made)}, incoming gradient "
            f'<b class="ml-gradient">{number(step.incoming)}</b>'
        )

    def _sum(self, share, incoming):
        """One line: local × incoming, and the parent's gradient before and after."""
        twice = f" (it is used {share.times} times here)" if share.times > 1 else ""
        return (
            f"{escape(self._name(share.parent))}{twice}: "
            f'local <b class="ml-operation">{number(share.local)}</b> × '
            f'incoming <b class="ml-gradient">{number(incoming)}</b> = '
            f"{number(share.local * incoming)}; "
            f"gradient {number(share.before)} → "
            f'<b class="ml-gradient">{number(share.after)}</b>'
        )

    def _in_words(self, step):
        receives = "; ".join(
            f"{self._name(share.parent)} receives {number(share.local * step.incoming)} "
            f"and has {number(share.after)}"
            for share in step.shares
        )
        return f"Step {self.step} of {self._last}, at {self._name(step.node)}: {receives}."

    def _faults(self, gradients):
        """What is wrong with the gradients of the last step, and why: one line, or none."""
        faults = self._passes.faults(gradients)
        if not faults:
            return []
        wrong = [
            f"{escape(self._name(i))} {number(gradients[i])} "
            f"instead of {number(self._passes.true[i])}"
            for i in faults[:MOST_FAULTS]
        ]
        if len(faults) > MOST_FAULTS:
            wrong.append(f"and {len(faults) - MOST_FAULTS} more")
        why = "Some node handed on its gradient before it had all of it."
        if self.order == "backward":
            why = (
                "The order was right, so a rule is wrong: it may write over a gradient "
                "instead of adding to it."
            )
        return [f"<b>Wrong at the end:</b> {', '.join(wrong)}. {why}"]


_BEFORE_IN_WORDS = "Before the first step: the result's gradient is 1, all others are 0."
_BEFORE = (
    "Before the first step: the gradient of the result with respect to itself is "
    '<b class="ml-gradient">1</b>; all others start at 0.'
)
