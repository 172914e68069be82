"""Nudge a leaf: the predicted change, grad × nudge, beside the real one, on the live graph."""

import math
from html import escape

from traitlets import Float, Unicode

from ..engine import Value
from ..gradcheck import central_difference
from ..graph import trace
from ..graph.old import GraphPicture
from ..palette import MOVED
from .base import Explorer

FUNCTIONS = {
    name: (lambda v, name=name: getattr(v, name)())
    for name in ("exp", "log", "tanh", "sigmoid", "relu")
}


class NudgeExplorer(Explorer):
    """An expression under your hands: choose a leaf, nudge it, watch the result.

    Args:
        expression: a function of the leaves that returns the result, or its text, such
            as "(a*b + c)*f" or "tanh(w*x + b)".
        value: the class of the leaves; one of your own needs `backward()`.
        name: what the result is called.
        leaves: the starting numbers, by name.

    Raises:
        ValueError: there are no leaves, the text uses a name that is not a leaf, a leaf is
            called value or name, or the expression does not return a Value.
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
        self._start = {leaf: float(x) for leaf, x in leaves.items()}
        self._function = (
            _function(expression, leaves) if isinstance(expression, str) else expression
        )
        self._value, self._name = value, name
        root, self._leaves = self._run(self._start)
        root.backward()
        self._root = root
        self._nodes, self._shape = _nodes_and_shape(root, self._leaves)
        self._by_nudge = {
            leaf: central_difference(
                lambda x, leaf=leaf: self._run({**self._start, leaf: x})[0].data, x
            )
            for leaf, x in self._start.items()
        }
        self.leaf = next(iter(leaves))
        super().__init__(
            GraphPicture(root),
            self.choice("leaf", list(leaves), "leaf"),
            self.slider("nudge", -1.0, 1.0, 0.01, "nudge"),
        )

    def _run(self, numbers):
        """The forward pass: (root, {name: leaf}) for these numbers."""
        leaves = {name: self._value(x) for name, x in numbers.items()}
        for name, leaf in leaves.items():
            leaf.label = name
        root = self._function(**leaves)
        if not hasattr(root, "_prev"):
            raise ValueError(
                f"the expression gives {type(root).__name__} {root!r:.60}, not a Value made from the leaves."
            )
        root.label = root.label or self._name
        return root, leaves

    def draw(self):
        leaf, nudge, start = self.leaf, self.nudge, self._start[self.leaf]
        root, leaves = self._run({**self._start, leaf: start + nudge})
        nodes, shape = _nodes_and_shape(root, leaves)
        if shape != self._shape:
            raise ValueError(
                "at this nudge the expression has another shape; its graph cannot follow."
            )
        _, edges, places = shape
        moved, lines = {places[leaf]}, {}
        for parent, child in edges:  # a child comes after its parents, so one walk finds all
            if parent in moved:
                moved.add(child)
                lines[parent, child] = lines[child, child] = MOVED
        marked = {} if places[leaf] is None else {places[leaf]: MOVED}  # None: the leaf is not used
        self.picture.show(
            [(new.data, old.grad) for new, old in zip(nodes, self._nodes)], marked, lines
        )

        grad, real = self._leaves[leaf].grad, root.data - self._root.data
        predicted = grad * nudge
        self.picture.alt = (
            f"{leaf} goes from {start:g} to {start + nudge:g}; {self._name} goes from "
            f"{self._root.data:.6g} to {root.data:.6g}."
        )
        verdict = self._verdict(leaf, nudge, grad, real)
        name, leaf = escape(self._name), escape(leaf)
        return (
            f'{leaf} = {start:g} + nudge = <b class="ml-moved">{start + nudge:.6g}</b>; '
            f'{name} goes from <b class="ml-data">{self._root.data:.6f}</b> to '
            f'<b class="ml-data">{root.data:.6f}</b><br>'
            f'predicted change: grad × nudge = <b class="ml-gradient">{grad:.6f}</b> × {nudge:g} = '
            f'<b class="ml-gradient">{predicted:+.6f}</b>; real change: <b class="ml-data">{real:+.6f}</b><br>'
            + verdict
        )

    def _verdict(self, leaf, nudge, grad, real):
        """Do prediction and change agree, and why?"""
        slope, name = self._by_nudge[leaf], escape(self._name)
        if not math.isclose(grad, slope, rel_tol=1e-4, abs_tol=1e-4):
            return f"<b>This gradient is wrong:</b> a tiny nudge of {escape(leaf)} gives the slope {slope:.6f}."
        if nudge == 0:
            return "No nudge, no change."
        if not math.isclose(real, grad * nudge, rel_tol=1e-9, abs_tol=1e-9):
            return (
                f"They differ by {real - grad * nudge:+.6f}: the gradient is the slope at the start, "
                f"and {name} bends on the way."
            )
        half = (
            self._run({**self._start, leaf: self._start[leaf] + nudge / 2})[0].data
            - self._root.data
        )
        straight = math.isclose(half, grad * nudge / 2, rel_tol=1e-9, abs_tol=1e-9)
        return (
            f"They agree: along {escape(leaf)}, {name} runs straight."
            if straight
            else "They agree at this nudge."
        )


def _nodes_and_shape(root, leaves):
    """The nodes, and the graph without its numbers: expressions of equal shape share one drawing.

    The shape is the operations, the edges as pairs of places in nodes, and each leaf's place.
    """
    nodes, edges = trace(root)
    place = {id(node): i for i, node in enumerate(nodes)}
    return nodes, (
        [node._op for node in nodes],
        [(place[id(p)], place[id(c)]) for p, c in edges],
        {name: place.get(id(leaf)) for name, leaf in leaves.items()},
    )


def _function(text, leaves):
    """The function that an expression's text stands for."""
    code = compile(text, "expression", "eval")
    unknown = [name for name in code.co_names if name not in leaves and name not in FUNCTIONS]
    if unknown:
        raise ValueError(
            f"{text!r} uses {unknown[0]}, which is not a leaf; leaves are {', '.join(leaves)}, "
            f"functions {', '.join(FUNCTIONS)}."
        )
    return lambda **values: eval(code, {"__builtins__": {}}, {**FUNCTIONS, **values})
