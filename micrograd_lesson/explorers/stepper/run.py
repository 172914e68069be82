"""The backward pass of a graph, played step by step: in the right order, and in two wrong ones.

Values are named by their places in `Expression.nodes`: parents first, the result last.
"""

import math
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Real

from ...graph import nodes as read
from ...graph.walk import Expression
from ..asked import asked

ORDERS = ("backward", "forward", "nearest first")


@dataclass(frozen=True)
class Share:
    """What one value hands to one of its parents.

    Attributes:
        parent: the parent's place.
        times: how often the parent is used in this operation.
        local: d(value)/d(parent), for all these uses together.
        before, after: the parent's gradient before and after this step.
    """

    parent: int
    times: int
    local: float
    before: float
    after: float


@dataclass(frozen=True)
class Step:
    """One step of a backward pass.

    Attributes:
        node: the place of the value whose `_backward` ran; None before the first step.
        incoming: its gradient, which came in; nan before the first step.
        shares: a `Share` for each of its parents.
        gradients: all gradients afterwards, by place.
        reached: the places whose gradient the steps so far have made or used.
    """

    node: int | None
    incoming: float
    shares: tuple
    gradients: list
    reached: frozenset


class BackwardPass:
    """The steps of a graph's backward pass, in each order, and the right gradients.

    The graph's own `_backward` methods do the work, so that a mistake in one shows. The
    gradients of the graph are left as they were.

    Args:
        root: the result. Its class, and those of all values before it, need data, a grad
            that can be set, `_prev`, and `_backward()`.

    Raises:
        ValueError: root has no parents; a value has no `_backward`, or its own stops with an
            exception; data is no single number.

    Attributes:
        expression: the `Expression` of root.
        steps: dict from an order's name to its list of `Step`s.
        true: the right gradients, by place: local × incoming, added up here.
    """

    def __init__(self, root):
        self.expression = Expression(root)
        if len(self.expression.nodes) == 1:
            raise ValueError("there is nothing to step through: give the result of an expression.")
        for node in self.expression.nodes:
            _refuse_unfit(node)
        self._local = [self._local_of(i) for i in range(len(self.expression.nodes))]
        self.steps = {order: self._play(order) for order in ORDERS}
        self.true = self._added_up()

    def visits(self, order):
        """The places of the values that have parents, in the order in which their steps come."""
        count = len(self.expression.nodes)
        places = {
            "backward": reversed(range(count)),
            "forward": range(count),
            "nearest first": self.expression.nearest_first(),
        }
        return [i for i in places[order] if self.expression.parents[i]]

    def faults(self, gradients):
        """The places whose gradient is not what it should be."""
        pairs = enumerate(zip(gradients, self.true))
        return [i for i, (got, true) in pairs if not _same(got, true)]

    def _local_of(self, i):
        """Dict from each parent of value i to d(i)/d(parent), handed on where 1 comes in."""
        nodes = self.expression.nodes
        parents = list(dict.fromkeys(self.expression.parents[i]))
        if not parents:
            return {}
        with _gradients_kept([nodes[i], *(nodes[parent] for parent in parents)]):
            nodes[i].grad = 1.0
            _hand_on(nodes[i])
            return {parent: nodes[parent].grad for parent in parents}

    def _play(self, order):
        """All steps in this order; the first is the state before."""
        nodes = self.expression.nodes
        with _gradients_kept(nodes):
            nodes[-1].grad = 1.0
            gradients = [node.grad for node in nodes]
            steps = [Step(None, math.nan, (), gradients, frozenset([len(nodes) - 1]))]
            for i in self.visits(order):
                steps.append(self._play_one(i, steps[-1]))
        return steps

    def _play_one(self, i, last):
        """The step in which value i hands on its gradient; last: the step before."""
        nodes = self.expression.nodes
        _hand_on(nodes[i])
        gradients = [node.grad for node in nodes]
        used = self.expression.parents[i]
        shares = tuple(
            Share(parent, used.count(parent), local, last.gradients[parent], gradients[parent])
            for parent, local in self._local[i].items()
        )
        return Step(i, gradients[i], shares, gradients, last.reached | {i} | set(used))

    def _added_up(self):
        """Each gradient by the chain rule, whatever the class does: users before what they use."""
        count = len(self.expression.nodes)
        gradients = [0.0] * count
        gradients[-1] = 1.0
        for child in reversed(range(count)):
            for parent, local in self._local[child].items():
                gradients[parent] += local * gradients[child]
        return gradients


def _refuse_unfit(node):
    """Raise a ValueError where a step could not be taken or not be shown."""
    kind = type(node).__name__
    data = read.data(node)
    if not isinstance(data, Real):
        shape = getattr(data, "shape", None)
        what = type(data).__name__ if shape is None else f"an array of shape {shape}"
        raise ValueError(
            f"the steps are shown for graphs of single numbers; data of a {kind} here is {what}."
        )
    if read.stored_parents(node) and not callable(getattr(node, "_backward", None)):
        raise ValueError(
            f"a step calls _backward() of a value, and {kind} has none; lesson 04 adds it."
        )


def _hand_on(node):
    """Run the node's own rule, which may be a learner's."""
    name = read.label(node) or read.operation(node) or type(node).__name__
    with asked(f"_backward() of {name}"):
        node._backward()


@contextmanager
def _gradients_kept(nodes):
    """Within, every node starts at gradient 0; afterwards it has its own again."""
    kept = [getattr(node, "grad", None) for node in nodes]
    try:
        for node in nodes:
            node.grad = 0.0
        yield
    finally:
        for node, grad in zip(nodes, kept):
            node.grad = grad


def _same(a, b):
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return math.isclose(a, b, abs_tol=1e-12)
