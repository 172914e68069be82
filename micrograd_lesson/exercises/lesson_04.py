"""Lesson 04, backprop made automatic."""

import random
import re
from numbers import Real

from .. import words
from ..graph import trace
from ._check import (
    Wrong,
    call,
    choose,
    close,
    compare,
    decide,
    exercise,
    new_value,
    number,
    plain_word,
    suggest,
)


@exercise("04.a")
def one_call(answer):
    return choose(
        answer,
        "n",
        {
            "n": "o hands its gradient to its only parent, n, "
            "and the rest must wait for their turn.",
            "all": "All of them need a call each. _backward() writes to the node's own parents "
            "and goes no further; o has one parent.",
            "none": "_backward() has already been stored, so calling it does run the rule: o "
            "hands local derivative × o.grad to its parent.",
        },
    )


@exercise("04.b")
def too_early(answer):
    return decide(
        "a.grad",
        answer,
        0,
        {
            4: "4 is the true slope. But b runs first here: "
            "which gradient does b hold at that moment?",
            2: "2 is what b holds at the end. When b ran, c had not run yet, "
            "so b had nothing to hand on.",
            1: "b does hand something on twice, local derivative 1 each time; but times b's "
            "gradient at that moment.",
        },
        "b ran while its own gradient was 0, so it handed on 0; what c gave it later stayed there.",
    )


# Lesson 04's graph: which nodes each node is used by.
USERS = {"p": "qr", "q": "r", "r": "", "a": "p", "b": "p", "c": "q"}


@exercise("04.1")
def order_of_calls(order):
    names = _names(order)
    for i, name in enumerate(names):
        if name not in USERS:
            raise Wrong(f"There is no node {name!r} in this graph; name p, q and r.")
        if name in names[:i]:
            raise Wrong(
                f"{name} runs twice, and would hand on its gradient twice; each node runs once."
            )
    if not names:
        raise Wrong("The list is empty: name p, q and r in the order in which they run.")
    missing = [name for name in "rqp" if name not in names]
    if missing:
        raise Wrong(f"{' and '.join(missing)} never ran, so nothing was handed on from there.")
    for i, name in enumerate(names):
        late = [user for user in USERS[name] if user not in names[:i]]
        if not late:
            continue
        ends_with_r = names.index("r") == len(names) - 1
        if names[0] == "r" and late == ["q"]:
            raise Wrong(
                "r may well be first. But then p runs before q, and q uses p: "
                "its share comes too late, and never reaches a and b. Both are near the result; "
                "what counts is who uses whom."
            )
        if name == "p" and ends_with_r:
            raise Wrong(
                "This is the order of the forward pass. p is used by q and r, so p's gradient is "
                "complete only after both have run."
            )
        raise Wrong(
            f"{name} runs before {late[-1]}, which uses it, so the gradient of {name} is not "
            "complete when it hands it on."
        )
    return "r first, then q, and p last, because both others use it."


@exercise("04.2")
def square_with_rule(square, value):
    points = (  # the number, the incoming gradient, and what v.grad holds before
        (3.0, 0.5, 1.0),
        (-2.0, 3.0, 0.0),
        (0.5, -4.0, 2.0),
        (0.0, 1.0, -1.0),
    )
    seen = []
    for x, incoming, start in points:
        v = value(x)
        v.grad = start
        out = new_value("square", square, v, "For arithmetic you need the number inside v, v.data.")
        _check_square(out, v, x)
        nodes = _nodes_with(v, out)
        _check_waits(out, v, start)
        out.grad = incoming
        with suggest("Inside the rule you need the number, v.data."):
            for node in reversed(nodes):
                node._backward()
        if not isinstance(v.grad, Real):
            raise Wrong(
                f"v.grad is now a {type(v.grad).__name__}. "
                "Inside the rule you need the number, v.data."
            )
        seen.append(v.grad)
    compare(
        "At v = {0}, with v.grad at {2} and an incoming gradient of {1}, v.grad should become "
        "{wanted}, and yours is {seen}",
        points,
        seen,
        lambda x, incoming, start: start + 2 * x * incoming,
        [
            (
                lambda x, incoming, start: start,
                "nothing arrived: was it stored, with out._backward = _backward?",
            ),
            (
                lambda x, incoming, start: 2 * x * incoming,
                "it was overwritten, where a share is added: use += and not =",
            ),
            (
                lambda x, incoming, start: start + 2 * x,
                "the incoming gradient is missing: multiply by out.grad",
            ),
            (
                lambda x, incoming, start: 2 * x,
                "the incoming gradient is missing, and += is needed instead of =",
            ),
            (
                lambda x, incoming, start: start + x * incoming,
                "the factor 2 is missing: the local derivative is 2*v.data",
            ),
            (
                lambda x, incoming, start: start + x * x * incoming,
                "that used the square itself as local derivative; it is 2*v.data",
            ),
            (
                lambda x, incoming, start: start + 2 * x * x * incoming,
                "that used 2*out.data; the local derivative is 2*v.data",
            ),
            (
                lambda x, incoming, start: start + 2 * incoming,
                "the local derivative is 2 times v.data, not 2",
            ),
        ],
        "hand on local derivative × incoming gradient, 2*v.data * out.grad",
    )
    return "Local derivative 2v, times what comes in, added to what is there."


def _check_square(out, v, x):
    """Check what square(v) made of v, which holds x: its data and its parents."""
    if out is v:
        raise Wrong("square(v) returned v itself; an operation makes a new Value.")
    if not isinstance(out.data, Real):
        raise Wrong(
            f"The data of your result is a {type(out.data).__name__}: "
            "you need the number inside v, v.data."
        )
    if not close(out.data, x * x):
        raise Wrong(
            f"The square of {words.number(x)} is {words.number(x * x)}; "
            f"the data of your result is {out.data!r:.60}."
        )
    if v.data != x:
        raise Wrong("v.data has changed: an operation leaves its parents' data alone.")
    if not isinstance(out._prev, (tuple, list, set)):
        raise Wrong("The parents should be a tuple: (v,) with a comma. (v) is v itself.")
    if len(out._prev) > 1:
        raise Wrong(
            "v*v has the right gradient, by the rule of the times. Here write the rule yourself: "
            "one parent, (v,), and one line in _backward."
        )


def _nodes_with(v, out):
    """All nodes behind out, each after its parents; v must be among them."""
    nodes, _ = trace(out)
    if not any(node is v for node in nodes):
        raise Wrong(
            "v is not among the parents of your result: backward() finds them through _prev, so "
            "pass (v,) as the parents. The comma makes it a tuple."
        )
    return nodes


def _check_waits(out, v, start):
    """Check that the rule is stored and has not run: v.grad still is what it was at the start."""
    if v.grad != start:
        raise Wrong(
            "v.grad changed before the backward pass: _backward ran while square(v) was being "
            "computed. Store it without brackets: out._backward = _backward."
        )
    if not callable(out._backward):
        raise Wrong(
            "out._backward is not a function: out._backward = _backward() runs it and stores what "
            "it returns. Leave out the brackets."
        )


@exercise("04.3")
def sorted_graph(my_order):
    for name, root in _graphs():
        nodes, edges = trace(root)
        order = _list_of_nodes(call(my_order, root))
        place = {id(node): i for i, node in enumerate(order)}
        _check_complete(name, nodes, order, place)
        _check_parents_first(name, edges, place)
    return (
        "Parents first, then the node; each one once. "
        "Read from the end, it is the order of the backward pass."
    )


def _list_of_nodes(answer):
    """What the learner's function returned, as a list of nodes."""
    if isinstance(answer, (set, frozenset, dict)):
        raise Wrong(f"A {type(answer).__name__} is not the place for an order; return a list.")
    try:
        order = list(answer)
    except TypeError:
        raise Wrong(f"Return a list of nodes; yours returned {type(answer).__name__}.") from None
    if not all(hasattr(node, "_prev") for node in order):
        raise Wrong("Your list should hold the nodes themselves, and holds something else.")
    return order


def _check_complete(name, nodes, order, place):
    """Check that order holds each of nodes once, and no other.

    place: {id(node): its place in order}.
    """
    missing = [node for node in nodes if id(node) not in place]
    if missing and all(node._prev == () for node in missing):
        raise Wrong(f"In {name} the leaves are missing. They are nodes too, and need a gradient.")
    if missing:
        raise Wrong(
            f"In {name}, {len(missing)} of {len(nodes)} nodes are missing. "
            "Do your lists start empty on every call, "
            "and do you go through all parents, down to the leaves?"
        )
    if len(place) != len(nodes):
        raise Wrong(
            f"In {name} your list holds nodes that do not belong to the graph of this root."
        )
    if len(order) != len(nodes):
        raise Wrong(
            f"In {name} some node stands in the list more than once, and would run more than once. "
            "Remember which nodes you have seen."
        )


def _check_parents_first(name, edges, place):
    """Check that parents have earlier places than their children; edges: (parent, child)."""
    early = [child for parent, child in edges if place[id(child)] < place[id(parent)]]
    if not early:
        return
    if len(early) == len(edges):
        raise Wrong(
            f"In {name} every node stands before its parents. That is the order of the backward "
            "pass; the topological order is this list reversed."
        )
    raise Wrong(
        f"In {name} a node stands before one of its parents. Append a node only when all of its "
        "parents are in the list; a node can be used at several distances from the root."
    )


@exercise("04.4")
def early_and_late(right_order, wrong_order):
    right = number(right_order)
    wrong = number(wrong_order)
    if close(right, 21) and close(wrong, 39):
        raise Wrong("These are swapped: whoever runs p too early loses a part.")
    decide(
        "a.grad in the right order",
        right,
        39,
        {
            21: "21 is b times 7, the share that p got straight from r. "
            "p also gets a share through q.",
            18: "18 is b times 6, the share that came through q. p also gets 7 straight from r.",
            13: "13 is the gradient of p; a's is that times the local derivative b.",
            42: "42 is r itself, the result of the forward pass.",
        },
    )
    return decide(
        "a.grad in the wrong order",
        wrong,
        21,
        {
            39: "39 is right in the right order. Here p runs while q's share has not arrived.",
            18: "That is the part that was lost; a gets what p held when it ran.",
            0: "p did hold something when it ran: r had already handed it q = 7.",
            7: "7 is what p held when it ran; a gets that times the local derivative b.",
        },
        "p held 7 of its 13 when it ran, so a got 21 instead of 39.",
    )


def _names(order):
    """["r", "q", "p"] from such a list, from nodes with labels, or from "r, q, p" or "rqp"."""
    if isinstance(order, str):
        order = re.findall(r"\w+", order)
        if len(order) == 1:
            order = list(order[0])
    if not isinstance(order, (list, tuple)):
        raise Wrong(f'Write a list, such as ["p", "q", "r"], not {type(order).__name__}.')
    return [plain_word(name) for name in order]


class _Node:
    """A value as lesson 04 has it, of which only its place in the graph matters.

    The package's Value would compare numbers where the walk of the lesson, `node not in order`,
    asks for the node; two nodes with the same number would stop it.
    """

    def __init__(self, prev=(), op="", label=""):
        self.data = 1.0  # one number in all, so that nobody tells nodes apart by it
        self.grad = 0.0
        self.label = label
        self._prev = prev
        self._op = op
        self._backward = lambda: None

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"


def _sum(a, b):
    return _Node((a, b), "+")


def _product(a, b):
    return _Node((a, b), "*")


def _graphs():
    """(description, root) for graphs in which wrong orders show."""
    a = _Node()
    yield "a * a", _product(a, a)
    bent = _Node((_product(_Node(), _Node()),), "tanh")
    yield "(a * b).tanh() + c", _sum(bent, _Node())
    where = "with b = a + a and c = b + b"
    a = _Node()
    b = _sum(a, a)
    c = _sum(b, b)
    yield f"b + c, {where}", _sum(b, c)
    yield f"c + b, {where}", _sum(c, b)
    rng = random.Random(3)
    for size in (6, 12, 25):
        nodes = [_Node(), _Node()]
        for _ in range(size):
            left = rng.choice(nodes)
            right = rng.choice(nodes[-3:])
            nodes.append(_product(left, right))
        yield f"a random graph of {size} products", nodes[-1]
