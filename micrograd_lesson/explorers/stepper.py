"""The backward pass one node at a time: local × incoming = contribution, added to the parent."""

import math
from contextlib import contextmanager
from html import escape

import ipywidgets as widgets
from traitlets import Int, Unicode

from ..graph import trace
from ..graph.old import GraphPicture
from ..palette import GRADIENT, MOVED
from .base import Explorer

ORDERS = {  # how each visits the nodes that have parents
    "backward": lambda root: list(reversed(trace(root)[0])),
    "forward": lambda root: trace(root)[0],
    "nearest first": lambda root: _nearest_first(root),
}


class BackwardStepper(Explorer):
    """Step through the backward pass of any expression, in the right order or a wrong one.

    Each step runs `_backward()` of one node, in the graph as it is, and shows what it
    handed to the node's parents. The gradients of your graph are left as they were.

    Args:
        root: the result; its nodes need data, grad, label, _prev, _op and `_backward()`.
        step: how many steps are done, from 0 to the number of operations.
        order: "backward" (right), "forward" or "nearest first" (wrong, each in its own way).

    Raises:
        ValueError: root has no parents, or the graph is too large to be read.
    """

    on_page = {"order": None, "step": 401}
    step = Int(0)
    order = Unicode("backward")

    def __init__(self, root, step=0, order="backward"):
        if not getattr(root, "_prev", ()):
            raise ValueError("there is nothing to step through: give the result of an expression.")
        self.step, self.order = step, order
        picture = GraphPicture(root)
        self._index = {id(node): i for i, node in enumerate(picture.nodes)}
        local = {id(node): _local(node) for node in picture.nodes if node._prev}
        self._runs = {
            name: _run(picture.nodes, visit(root), local) for name, visit in ORDERS.items()
        }
        self._true = _added_up(picture.nodes, local)
        steps = self.slider(
            "step", 0, len(self._runs["backward"]) - 1, 1, "step", kind=widgets.IntSlider
        )
        back, forth = (
            widgets.Button(description=text, tooltip=tip, layout=widgets.Layout(width="6em"))
            for text, tip in (("◀ Back", "one step back"), ("Next ▶", "one step on"))
        )
        back.on_click(lambda _: self._move(-1))
        forth.on_click(lambda _: self._move(+1))
        super().__init__(
            picture, self.choice("order", list(ORDERS), "order"), steps, widgets.HBox([back, forth])
        )

    def _move(self, by):
        self.step = min(max(self.step + by, 0), len(self._runs[self.order]) - 1)

    def draw(self):
        run = self._runs[self.order]
        happened, grads = run[self.step]
        numbers = [(node.data, grad) for node, grad in zip(self.picture.nodes, grads)]
        done = {self._index[id(node)] for (node, _, _), _ in run[1 : self.step + 1]}
        reached = done | {
            self._index[id(row[0])] for (_, _, rows), _ in run[1 : self.step + 1] for row in rows
        }
        root = len(numbers) - 1
        pale = set(range(root)) - reached
        if happened is None:
            self.picture.show(numbers, {root: MOVED}, pale=pale)
            self.picture.alt = (
                "Before the first step: the result's gradient is 1, all others are 0."
            )
            return (
                "Before the first step: the gradient of the result with respect to itself is "
                '<b class="ml-gradient">1</b>; all others start at 0.'
            )
        node, incoming, rows = happened
        here = self._index[id(node)]
        lines = {(self._index[id(p)], here): GRADIENT for p, *_ in rows}
        self.picture.show(
            numbers,
            {here: MOVED} | {self._index[id(p)]: GRADIENT for p, *_ in rows},
            lines | {(here, here): GRADIENT},
            pale,
        )
        name = escape(_name(node))
        text = [
            f"Step {self.step}: {name} = {escape(node._op)}, incoming gradient "
            f'<b class="ml-gradient">{_short(incoming)}</b>'
        ]
        for parent, local, before, after in rows:
            times = sum(p is parent for p in node._prev)
            twice = f" (it is used {times} times here)" if times > 1 else ""
            text.append(
                f'{escape(_name(parent))}{twice}: local <b class="ml-operation">{_short(local)}</b> × incoming '
                f'<b class="ml-gradient">{_short(incoming)}</b> = {_short(local * incoming)}; '
                f'gradient {_short(before)} → <b class="ml-gradient">{_short(after)}</b>'
            )
        self.picture.alt = (
            f"Step {self.step} of {len(run) - 1}, at {_name(node)}: "
            + "; ".join(
                f"{_name(p)} receives {_short(local * incoming)} and has {_short(after)}"
                for p, local, _, after in rows
            )
            + "."
        )
        if self.step == len(run) - 1:
            text += self._faults(grads)
        return "<br>".join(text)

    def _faults(self, grads):
        """What is wrong with the gradients of the last step, and why: a list of one line, or none."""
        wrong = [
            f"{escape(_name(n))} {_short(g)} instead of {_short(t)}"
            for n, g, t in zip(self.picture.nodes, grads, self._true)
            if not math.isclose(g, t, abs_tol=1e-12)
        ]
        if not wrong:
            return []
        why = (
            "The order was right, so a rule is wrong: it may write over a gradient instead of adding to it."
            if self.order == "backward"
            else "Some node handed on its gradient before it had all of it."
        )
        return ["<b>Wrong at the end:</b> " + ", ".join(wrong) + ". " + why]


@contextmanager
def _gradients_kept(nodes):
    """Within, every node starts at gradient 0; afterwards it has its own again, whatever happened."""
    kept = [node.grad for node in nodes]
    try:
        for node in nodes:
            node.grad = 0.0
        yield
    finally:
        for node, grad in zip(nodes, kept):
            node.grad = grad


def _run(nodes, visit, local):
    """[(what happened, all gradients after it), …] for one order of visits."""
    with _gradients_kept(nodes):
        nodes[-1].grad = 1.0  # the root
        run = [(None, [node.grad for node in nodes])]
        for node in visit:
            if node._prev:
                before = {id(p): p.grad for p in node._prev}
                node._backward()
                rows = [
                    (p, local[id(node)][id(p)], before[id(p)], p.grad)
                    for p in _distinct(node._prev)
                ]
                run.append(((node, node.grad, rows), [n.grad for n in nodes]))
        return run


def _short(x):
    return f"{x + 0.0:.6g}"  # adding 0.0 turns -0 into 0


def _distinct(parents):
    return list({id(p): p for p in parents}.values())


def _local(node):
    """d(node)/d(parent) for each parent, by id: what `_backward` hands on where 1 comes in."""
    parents = _distinct(node._prev)
    with _gradients_kept([node, *parents]):
        node.grad = 1.0
        node._backward()
        return {id(p): p.grad for p in parents}


def _added_up(nodes, local):
    """The gradient of each node, parents first in nodes: local × incoming, added up here, whatever the class does."""
    grads = {id(node): 0.0 for node in nodes} | {id(nodes[-1]): 1.0}
    for node in reversed(nodes):
        for parent, slope in local.get(id(node), {}).items():
            grads[parent] += slope * grads[id(node)]
    return [grads[id(node)] for node in nodes]


def _nearest_first(root):
    """Breadth first: the nodes fewest steps from root first. Wrong where a longer way leads there too."""
    order, seen = [root], {id(root)}
    for node in order:
        for p in _distinct(node._prev):
            if id(p) not in seen:
                seen.add(id(p))
                order.append(p)
    return order


def _name(node):
    """What to call a node: its label, or its operation and number."""
    return node.label or f"({node._op or 'number'} {node.data:.4g})"
