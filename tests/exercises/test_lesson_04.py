"""The exercises of lesson 04: right answers pass, and wrong ones are told why."""

import math
from collections import deque

import numpy as np

from micrograd_lesson import Value as PackageValue
from micrograd_lesson import trace
from tests.exercises.answers import check_tables


class Value:
    """The lesson's class, as far as the exercises need it."""

    def __init__(self, data, label="", _prev=(), _op=""):
        self.data, self.grad, self.label = data, 0.0, label
        self._prev, self._op = _prev, _op
        self._backward = lambda: None

    def __mul__(self, other):
        out = Value(self.data * other.data, "", (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out


def square_with(rule, prev=True, store="function"):
    """A learner's square(v); rule(v, out) is the body of its _backward."""

    def square(v):
        out = Value(v.data**2, "", (v,) if prev else (), "square")

        def _backward():
            rule(v, out)

        if store == "function":
            out._backward = _backward
        if store == "call":
            out._backward = _backward()
        return out

    return square


def add(local):
    def rule(v, out):
        v.grad += local(v, out)

    return rule


def put(local):
    def rule(v, out):
        v.grad = local(v, out)

    return rule


def depth_first(root, order=None):
    order = [] if order is None else order
    for parent in root._prev:
        if parent not in order:
            depth_first(parent, order)
    order.append(root)
    return order


def node_first(root):
    order = []

    def visit(node):
        if node not in order:
            order.append(node)
            for parent in node._prev:
                visit(parent)

    visit(root)
    return order


def unseen(root):
    return [node for parent in root._prev for node in unseen(parent)] + [root]


def breadth_first(root):
    order = [root]
    for node in order:
        order += [parent for parent in dict.fromkeys(node._prev) if parent not in order]
    return order[::-1]


def by_number(root):
    order = []

    def visit(node):
        if node.data not in [other.data for other in order]:
            for parent in node._prev:
                visit(parent)
            order.append(node)

    visit(root)
    return order


def on_the_parent(v):
    """The rule is stored on v: with a leaf for v, the gradients come out right."""
    out = Value(v.data**2, "", (v,), "square")

    def _backward():
        v.grad += 2 * v.data * out.grad

    v._backward = _backward
    return out


def for_leaves_only(v):
    out = Value(v.data**2, "", v._prev or (v,), "square")

    def _backward():
        v.grad += 2 * v.data * out.grad

    out._backward = _backward
    return out


def wrong_where_v_is_computed(v):
    out = Value(v.data**2, "", (v,), "square")

    def _backward():
        v.grad += (2 if v._prev else 2 * v.data) * out.grad

    out._backward = _backward
    return out


def with_self(v):
    return Value(self.data**2, "", (self,), "square")  # noqa: F821


def by_keywords(v):
    out = Value(_op="**2", _prev=[v], data=v.data * v.data)

    def rule():
        v.grad = v.grad + out.grad * v.data * 2

    out._backward = rule
    return out


def by_stack(root):
    order, stack = [], [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in order:
            stack.append((node, True))
            stack += [(parent, False) for parent in node._prev]
    return list(dict.fromkeys(order))


def marks(root):
    order = []

    def visit(node):
        if not hasattr(node, "visited"):
            node.visited = True
            for parent in node._prev:
                visit(parent)
            order.append(node)

    visit(root)
    return order


KEPT = []


def remembers(root):
    return depth_first(root, KEPT)


def local_kept(v):
    out = Value(v.data * v.data, "", {v}, "**2")
    local = 2 * v.data

    def _backward():
        v.grad = v.grad + local * out.grad

    out._backward = _backward
    return out


def added_twice(v):
    out = Value(pow(v.data, 2), "v²", [v], "square")

    def _backward():
        for _ in range(2):
            v.grad += v.data * out.grad

    out._backward = _backward
    return out


def with_two_parents(v):
    out = Value(v.data**2, "", (v, Value(2.0)), "**")
    out._backward = lambda: None
    return out


def rule_as_a_number(v):
    out = Value(v.data**2, "", (v,), "square")
    out._backward = 2 * v.data * out.grad
    return out


def rule_of_another_name(v):
    out = Value(v.data**2, "", (v,), "square")

    def backward():
        v.grad += 2 * v.data * out.grad

    out._backward = _backward  # noqa: F821
    return out


def multiplied(v, out):
    v.grad *= 2 * v.data * out.grad


def cuts_the_graph(root):
    order = []

    def visit(node):
        parents = node._prev
        node._prev = ()
        for parent in parents:
            visit(parent)
        if node not in order:
            order.append(node)

    visit(root)
    return order


def two_parents_each(root):
    left, right = root._prev
    return two_parents_each(left) + two_parents_each(right) + [root]


def last_of_each(root):
    order = unseen(root)
    return [node for i, node in enumerate(order) if node not in order[i + 1 :]]


def by_label(root):
    order, seen = [], set()

    def visit(node):
        if node.label not in seen:
            seen.add(node.label)
            for parent in node._prev:
                visit(parent)
            order.append(node)

    visit(root)
    return order


def without_recursion(root):
    order, path = [], [root]
    while path:
        missing = [parent for parent in path[-1]._prev if parent not in order]
        if missing:
            path.append(missing[0])
            continue
        node = path.pop()
        if node not in order:
            order.append(node)
    return order


DOUBLE = add(lambda v, out: 2 * v.data * out.grad)


def bare_grad(v, out):
    v.grad += 2 * v.data * grad  # noqa: F821


def moves_v(v, out):
    v.grad += 2 * v.data * out.grad
    v.data = 0.0


def square_with_an_input(v):
    out = Value(v.data**2, "", (v,), "square")

    def _backward(out):
        v.grad += 2 * v.data * out.grad

    out._backward = _backward
    return out


def asks_for_prev(root):
    order = []
    for parent in root.prev:
        order.append(parent)
    return order


def puts_a_new_list(root):
    order = []

    def visit(node):
        for parent in node._prev:
            visit(parent)
        order = order + [node]  # noqa: F823

    visit(root)
    return order


def squared_in_place(v):
    v.data = v.data**2
    out = Value(v.data, "", (v,), "square")

    def _backward():
        v.grad += 2 * v.data * out.grad

    out._backward = _backward
    return out


def parents_of_the_root(root):
    return list(dict.fromkeys([*root._prev, root]))


RIGHT = [
    ("04.a", "n"),
    ("04.a", " N "),
    ("04.a", PackageValue(1.0, "n")),
    ("04.a", "only n"),
    ("04.a", "N.grad"),
    ("04.a", "just n"),
    ("04.a", "those of n"),
    ("04.a", "the gradient of n"),
    ("04.1", "r first, then q, then p"),
    ("04.1", np.array(["r", "q", "p"])),
    ("04.1", ["r._backward()", "q._backward()", "p._backward()"]),
    ("04.1", ["r()", "q()", "p()"]),
    ("04.b", 0),
    ("04.b", -0.0),
    ("04.b", np.float64(0)),
    ("04.b", np.array(0.0)),
    ("04.b", 0.0),
    ("04.b", "0"),
    ("04.1", ["r", "q", "p"]),
    ("04.1", ("R", "Q", "P")),
    ("04.1", "r, q, p"),
    ("04.1", "rqp"),
    ("04.1", "r, then q, then p"),
    ("04.1", "r → q → p"),
    ("04.1", ["r", "q", "c", "p", "b", "a"]),
    ("04.1", [PackageValue(0, name) for name in "rqp"]),
    ("04.2", square_with(DOUBLE), Value),
    ("04.2", square_with(add(lambda v, out: (v.data + v.data) * out.grad)), Value),
    ("04.2", by_keywords, Value),
    ("04.3", depth_first),
    ("04.3", by_stack),
    ("04.3", lambda root: (node for node in depth_first(root))),
    ("04.3", lambda root: dict.fromkeys(depth_first(root))),
    ("04.3", lambda root: trace(root)[0]),
    ("04.3", lambda root: tuple(depth_first(root))),
    ("04.4", 39, 21),
    ("04.4", 39.0, PackageValue(21)),
    ("04.4", "39.", "21"),
    ("04.4", np.float64(39), np.int64(21)),
    ("04.a", "n, the parent of o"),
    ("04.a", "n alone"),
    ("04.a", "its parent"),
    ("04.b", "zero"),
    ("04.b", "−0"),
    ("04.1", ["r", "q", "b", "p", "a"]),
    ("04.1", ["r", "c", "q", "p"]),
    ("04.1", "First r, then q, finally p"),
    ("04.1", "r first, q second, p last"),
    ("04.1", deque("rqp")),
    ("04.2", local_kept, Value),
    ("04.2", added_twice, Value),
    ("04.3", without_recursion),
    ("04.3", lambda root: deque(depth_first(root))),
    ("04.3", lambda root: np.array(depth_first(root), dtype=object)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("04.a", "all", "own parents"),
    ("04.a", "none", "stored"),
    ("04.a", "s", "choices"),
    ("04.a", "every node", "own parents"),
    ("04.a", "zzz", "all, n, none"),
    ("04.a", "All nodes", "own parents"),
    ("04.b", 4, "true slope"),
    ("04.b", 2.0, "at the end"),
    ("04.b", 17, "one call at a time"),
    ("04.b", "four", "true slope"),
    ("04.b", "nothing", "number"),
    ("04.1", ["p", "q", "r"], "forward pass"),
    ("04.1", ["r", "p", "q"], "who uses whom"),
    ("04.1", ["q", "r", "p"], "before r"),
    ("04.1", ["r", "q"], "p never ran"),
    ("04.1", [], "empty"),
    ("04.1", ["r", "q", "p", "p"], "twice"),
    ("04.1", ["r", "q", "s"], "no node"),
    ("04.1", {"r", "q", "p"}, "list"),
    ("04.1", ["r", "a", "p", "q"], "who uses whom"),
    ("04.1", ["a", "b", "c", "p", "q", "r"], "forward pass"),
    ("04.1", ["p", "r", "q"], "p runs before r"),
    ("04.1", "r, p, q, p", "twice"),
    ("04.2", square_with(add(lambda v, out: 2 * v.data)), Value, "incoming"),
    ("04.2", square_with(put(lambda v, out: 2 * v.data * out.grad)), Value, "+="),
    ("04.2", square_with(add(lambda v, out: v.data * out.grad)), Value, "factor 2"),
    ("04.2", square_with(add(lambda v, out: out.data * out.grad)), Value, "square itself"),
    ("04.2", square_with(add(lambda v, out: math.pi)), Value, "look at each"),
    ("04.2", square_with(DOUBLE, prev=False), Value, "_prev"),
    ("04.2", square_with(DOUBLE, store="never"), Value, "stored"),
    ("04.2", square_with(DOUBLE, store="call"), Value, "brackets"),
    ("04.2", square_with(add(lambda v, out: 2), store="call"), Value, "brackets"),
    ("04.2", square_with(add(lambda v, out: 2 * v * out.grad)), Value, "number inside, v.data"),
    ("04.2", square_with(add(lambda v, out: v * 2 * out.grad)), Value, "number inside, v.data"),
    (
        "04.2",
        square_with(put(lambda v, out: 2 * v * out.grad)),
        PackageValue,
        "number inside, v.data",
    ),
    ("04.2", square_with(add(lambda v, out: 3 * out.grad)), Value, "look at each"),
    ("04.2", lambda v: Value(v**2, "", (v,)), Value, "v.data"),
    ("04.2", lambda v: Value(v * v, "", (v,)), Value, "v.data"),
    ("04.2", lambda v: print(v.data), Value, "return missing"),
    ("04.2", lambda v: v * v, Value, "rule of the times"),
    ("04.2", lambda v: Value(v.data**2, "", v), Value, "comma"),
    ("04.2", lambda v: v, Value, "itself"),
    ("04.2", lambda v: v.data**2, Value, "new Value"),
    ("04.2", lambda v: Value(2 * v.data, "", (v,)), Value, "data of your result"),
    ("04.2", 9.0, Value, "function"),
    ("04.2", on_the_parent, Value, "stored on v"),
    ("04.2", for_leaves_only, Value, "2 parents"),
    ("04.2", with_two_parents, Value, "with its own rule has one"),
    ("04.2", rule_as_a_number, Value, "should be a function, and is float"),
    ("04.2", rule_of_another_name, Value, "Which name"),
    ("04.2", lambda v: (square_with(DOUBLE)(v),), Value, "comma behind"),
    ("04.2", square_with(add(lambda v, out: 2 * v.data * out.data)), Value, "by out.data"),
    ("04.2", square_with(add(lambda v, out: 2 * v.data + out.grad)), Value, "not added"),
    ("04.2", square_with(put(lambda v, out: 2 * v.data + out.grad)), Value, "with +="),
    ("04.2", square_with(multiplied), Value, "not *="),
    ("04.2", square_with(add(lambda v, out: 2**v.data * out.grad)), Value, "to the power of it"),
    ("04.2", square_with(add(lambda v, out: 2 * v.data * out.data * out.grad)), Value, "no place"),
    ("04.2", wrong_where_v_is_computed, Value, "with v = a*b"),
    ("04.2", with_self, Value, "is called v here"),
    ("04.2", lambda v: Value(v.data**2, (v,), "square"), Value, "label"),
    ("04.2", lambda v: Value(v.data**2, "square", "", (v,)), Value, "in this order"),
    ("04.2", lambda v: Value(v.data**2, "", (v.data,)), Value, "node v itself"),
    ("04.2", lambda v: Value(v.data**2, "", (), "square", (v,)), Value, "in order: data, label"),
    ("04.2", square_with(add(lambda v, out: 2 * v.data * v.grad)), Value, "gradient of out"),
    ("04.2", square_with(put(lambda v, out: 2 * v.data * v.grad)), Value, "gradient of out"),
    ("04.2", square_with(add(lambda v, out: -2 * v.data * out.grad)), Value, "subtracted"),
    ("04.2", square_with(add(lambda v, out: out.grad)), Value, "incoming gradient alone"),
    ("04.2", square_with(add(lambda v, out: 2 * out.data * out.grad)), Value, "twice the square"),
    ("04.2", square_with(add(lambda v, out: 2 * out.grad)), Value, "not 2"),
    ("04.3", node_first, "before"),
    ("04.3", lambda root: depth_first(root)[::-1], "reversed"),
    ("04.3", unseen, "more than once"),
    ("04.3", breadth_first, "several distances"),
    ("04.3", lambda root: [node for node in depth_first(root) if node._prev], "leaves"),
    ("04.3", lambda root: [root], "leaves"),
    ("04.3", remembers, "start empty"),
    ("04.3", marks, "second time"),
    ("04.3", lambda root: [node.label for node in depth_first(root)], "nodes themselves"),
    ("04.3", by_number, "missing"),
    ("04.3", lambda root: set(depth_first(root)), "list"),
    ("04.3", trace, "nodes themselves"),
    ("04.3", lambda root: 3, "list"),
    ("04.4", 21, 39, "swapped"),
    ("04.4", 13, 21, "gradient of p"),
    ("04.4", 42, 21, "forward pass"),
    ("04.4", 39, 39, "not arrived"),
    ("04.4", 39, 18, "lost"),
    ("04.4", 36, 21, "data of q, 7, to p"),
    ("04.4", 39, 14, "7 × a"),
    ("04.4", 39, 7, "times the local derivative"),
    ("04.4", 39, 0, "did hold"),
    ("04.4", 40, 21, "from r and one from q"),
    ("04.4", 39, 20, "r runs first"),
    ("04.4", 26, 21, "other factor"),
    ("04.4", 39, 13, "when it ran"),
    ("04.4", 7, 21, "what r hands to p"),
    ("04.2", square_with(add(lambda v, out: 2 * v.grad * out.grad)), Value, "not of v.grad"),
    ("04.2", square_with(add(lambda v, out: (1 - out.data**2) * out.grad)), Value, "of tanh"),
    ("04.2", square_with(add(lambda v, out: 4 * v.data * out.grad)), Value, "added once"),
    ("04.2", square_with(add(lambda v, out: 2 * abs(v.data) * out.grad)), Value, "sign of v"),
    ("04.2", square_with(add(lambda v, out: 2 * v.data ^ 1 * out.grad)), Value, "two stars"),
    ("04.2", square_with(bare_grad), Value, "out.grad, or v.grad"),
    ("04.2", square_with(moves_v), Value, "changed v.data"),
    ("04.2", square_with_an_input, Value, "nothing in its brackets"),
    ("04.3", asks_for_prev, "in _prev"),
    ("04.3", cuts_the_graph, "returns 1 node, where"),
    ("04.3", two_parents_each, "with a loop"),
    ("04.3", lambda root: depth_first(root)[:-1], "root itself is missing"),
    ("04.3", last_of_each, "several distances"),
    ("04.3", by_label, "leaves are missing"),
    ("04.3", lambda root: root, "returned Value"),
    ("04.3", lambda root: [depth_first(root)], "nodes themselves"),
    ("04.3", lambda root: [], "list is empty"),
    ("04.3", puts_a_new_list, "changes the list outside"),
    ("04.b", 1, "does hand something on"),
    ("04.2", squared_in_place, Value, "leaves its parents' data alone"),
    ("04.2", square_with(put(lambda v, out: v * out)), Value, "v.grad is now a Value"),
    ("04.2", square_with(put(lambda v, out: 2 * v.data)), Value, "instead of ="),
    ("04.3", parents_of_the_root, "of 6 nodes 3 nodes are missing"),
    ("04.4", 21, 21, "also gets a share through q"),
    ("04.4", 18, 21, "7 straight from r"),
    ("04.4", 6, 21, "what q hands to p"),
]

WAITING = [
    ("04.a", ...),
    ("04.b", ...),
    ("04.1", ...),
    ("04.2", lambda v: ..., Value),
    ("04.3", lambda root: ...),
    ("04.4", ..., ...),
    ("04.1", ["r", "q", ...]),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
