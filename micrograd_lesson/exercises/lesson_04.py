"""Lesson 04, backprop made automatic."""

import random
import re
from collections import deque
from numbers import Real

from .. import words
from ..graph import trace
from ._check import (
    NotYet,
    Wrong,
    call,
    choose,
    close,
    compare,
    decide,
    described,
    exercise,
    number,
    plain_word,
    suggest,
)
from ._operation import explained, made, trials
from ._slips import code_stopped
from ._spoken import spoken

ALSO = {
    "all nodes": "all",
    "those of all nodes": "all",
    "all of them": "all",
    "only n": "n",
    "only n's": "n",
    "n only": "n",
    "n's": "n",
    "n.grad": "n",
    "nothing": "none",
    "no": "none",
    "none of them": "none",
    "every": "all",
    "every node": "all",
    "everything": "all",
    "just n": "n",
    "that of n": "n",
    "those of n": "n",
    "the gradient of n": "n",
    "n and no other": "n",
    "n alone": "n",
    "only the one of n": "n",
    "its parent": "n",
    "the parent": "n",
    "only its parent": "n",
    "the parent of o": "n",
    "only `n`'s": "n",
}


@exercise("04.a")
def one_call(answer):
    return choose(
        answer,
        "n",
        {
            "all": "All of them need a call each. _backward() writes to the node's own parents "
            "and goes no further; o has one parent.",
            "n": "o hands its gradient to its only parent, n, "
            "and the rest must wait for their turn.",
            "none": "_backward() has already been stored, so calling it does run the rule: o "
            "hands local derivative × o.grad to its parent.",
        },
        ALSO,
    )


@exercise("04.b")
def too_early(answer):
    return decide(
        "a.grad",
        spoken(answer),
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
        otherwise="take one call at a time, b first: which gradient does b hold when it runs?",
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
        if not late or name in "abc":  # a leaf hands nothing on, so it may stand anywhere
            continue
        ends_with_r = [other for other in names if other in "pqr"][-1] == "r"
        if name == "p" and late == ["q"]:
            raise Wrong(
                "r is first, and may be. But p runs before q, and q uses p: "
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


VALUE_TAKES = "data, label, parents, operation"


@exercise("04.2")
def square_with_rule(square, value):
    points = []
    seen = []
    for trial in trials("square", square, value, VALUE_TAKES):
        v, out = trial.v, trial.out
        _check_square(out, v, trial.x)
        _run(v, out, trial.incoming)
        if v.data != trial.x:
            raise Wrong("Your rule changed v.data. A backward pass changes gradients only.")
        points.append((trial.x, trial.incoming, trial.start))
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
                "nothing arrived: was the rule stored, and does it change v.grad?",
            ),
            (
                lambda x, incoming, start: 2 * x * incoming,
                "what was there is gone, where a share is added: use += and not =",
            ),
            (
                lambda x, incoming, start: start + 2 * x * start,
                "that multiplied by v.grad; what comes in is the gradient of out",
            ),
            (
                lambda x, incoming, start: 2 * x * start,
                "that multiplied by v.grad; what comes in is the gradient of out, "
                "and a share is added with +=",
            ),
            (
                lambda x, incoming, start: start + 2 * x,
                "the incoming gradient is missing",
            ),
            (
                lambda x, incoming, start: 2 * x,
                "the incoming gradient is missing, and += is needed instead of =",
            ),
            (
                lambda x, incoming, start: start + incoming,
                "the local derivative is missing: that handed on the incoming gradient alone",
            ),
            (
                lambda x, incoming, start: start + x * incoming,
                "the factor 2 is missing: the local derivative of v² is 2v",
            ),
            (
                lambda x, incoming, start: start + x * x * incoming,
                "that used the square itself as local derivative; it is 2v",
            ),
            (
                lambda x, incoming, start: start + 2 * x * x * incoming,
                "that used twice the square; the local derivative is 2v, with the number in v",
            ),
            (
                lambda x, incoming, start: start + 2 * incoming,
                "the local derivative is 2 times the number in v, not 2",
            ),
            (
                lambda x, incoming, start: start - 2 * x * incoming,
                "the share was subtracted; it is added",
            ),
            (
                lambda x, incoming, start: start + 2 * start * incoming,
                "the local derivative is made of v.data, not of v.grad",
            ),
            (
                lambda x, incoming, start: start + (1 - x**4) * incoming,
                "1 - out² is the local derivative of tanh; that of v² is 2v",
            ),
            (
                lambda x, incoming, start: start + 4 * x * incoming,
                "the share is twice what it should be; is it added once?",
            ),
            (
                lambda x, incoming, start: start + 2 * abs(x) * incoming,
                "the sign of v is lost",
            ),
            (
                lambda x, incoming, start: start + 2 * x**3,
                "that multiplied by out.data; what comes in is the gradient of out",
            ),
            (
                lambda x, incoming, start: start + 2 * x + incoming,
                "local derivative and incoming gradient are multiplied, not added",
            ),
            (
                lambda x, incoming, start: 2 * x + incoming,
                "local derivative and incoming gradient are multiplied, not added; "
                "and a share is added with +=",
            ),
            (
                lambda x, incoming, start: start * 2 * x * incoming,
                "a share is added to what is there, and not multiplied with it: +=, not *=",
            ),
            (
                lambda x, incoming, start: start + 2**x * incoming,
                "2 times the number in v is wanted, and not 2 to the power of it",
            ),
            (
                lambda x, incoming, start: start + 2 * x**3 * incoming,
                "the output has no place in it: the local derivative of v² is 2v",
            ),
        ],
        "a share is local derivative × incoming gradient; look at each of the two",
    )
    _check_inside(square, value)
    return "Local derivative 2v, times what comes in, added to what is there."


def _check_square(out, v, x):
    """Check what square(v) made of v, which holds x: its data, its parents and its rule."""
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
    _check_parents(out._prev, v)
    if out._backward is None:
        raise Wrong(
            "out._backward is None, and no function: out._backward = _backward() runs the rule "
            "and stores what it returns. Leave out the brackets."
        )
    if not callable(out._backward):
        raise Wrong(
            f"out._backward should be a function, and is {described(out._backward)}: define a "
            "rule, as tanh does, and store it."
        )


def _check_parents(parents, v):
    """Check that the parents of square(v) are v alone, in a tuple."""
    if isinstance(parents, str):
        raise Wrong(
            f"The parents are the text {parents!r}. Value takes, in this order: {VALUE_TAKES}."
        )
    if not isinstance(parents, (tuple, list, set)):
        raise Wrong("The parents should be a tuple: (v,) with a comma. (v) is v itself.")
    if not all(hasattr(parent, "_prev") for parent in parents):
        raise Wrong("The parents should be the node v itself, not the number in it.")
    if len(parents) > 1:
        raise Wrong(
            f"Your result has {words.count(len(parents), 'parent')}. A square with its own rule "
            "has one, v, and one line in _backward. (v*v has two, by the rule of the times.)"
        )
    if not any(parent is v for parent in parents):
        raise Wrong(
            "v is not among the parents of your result: backward() finds them through _prev."
        )


def _run(v, out, incoming):
    """Run the backward pass of all nodes behind out; v.grad is a number after it."""
    nodes, _ = trace(out)
    out.grad = incoming
    with explained(VALUE_TAKES):
        for node in reversed(nodes):
            node._backward()
    if not isinstance(v.grad, Real):
        raise Wrong(
            f"v.grad is now a {type(v.grad).__name__}. Inside the rule you need the number, v.data."
        )


def _check_inside(square, value):
    """Check square(v) where v is itself a result, so that its share goes on to a leaf."""
    a, b = value(1.5), value(-2.0)
    v = a * b
    out = made("square", square, v, VALUE_TAKES)
    _check_parents(out._prev, v)
    _run(v, out, 0.5)
    if not close(a.grad, 6.0):
        raise Wrong(
            "Where v is a leaf, yours is right. But with v = a*b, a = 1.5, b = −2 and an incoming "
            f"gradient of 0.5, a.grad should become 6, and yours is {words.apart(a.grad, 6.0)[0]}."
        )


@exercise("04.3")
def sorted_graph(my_order):
    for name, root in _graphs():
        nodes, edges = trace(root)
        order = _list_of_nodes(_ordered(my_order, root))
        place = {id(node): i for i, node in enumerate(order)}
        _check_complete(name, nodes, order, place)
        _check_parents_first(name, edges, place)
    again = _list_of_nodes(_ordered(my_order, root))
    if len(again) != len(order):
        raise Wrong(
            "Called a second time with the same root, yours returns "
            f"{words.count(len(again), 'node')}, where it returned {len(order)}. What is left of "
            "the first call, in a list or in the nodes? The second call must start anew, as "
            "backward() may run twice."
        )
    return (
        "Parents first, then the node; each one once. "
        "Read from the end, it is the order of the backward pass."
    )


def _ordered(my_order, root):
    """What the learner's function returns for root, with a hint where it stops."""
    try:
        with suggest("A node has its parents in _prev, a tuple; visit takes one node at a time."):
            return call(my_order, root)
    except UnboundLocalError as problem:
        raise Wrong(
            f"{code_stopped(problem)}. A name that gets a new value "
            "inside a function belongs to that function. `order.append(…)` changes the list "
            "outside, and `order = …` does not."
        ) from None
    except ValueError as problem:
        if "to unpack" not in str(problem):
            raise
        raise Wrong(
            f"{code_stopped(problem)}. A leaf has no parents, and tanh has one: go through _prev "
            "with a loop."
        ) from None


def _list_of_nodes(answer):
    """What the learner's function returned, as a list of nodes."""
    if isinstance(answer, (set, frozenset)):
        raise Wrong("A set keeps no order; return a list.")
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
    if not order:
        raise Wrong(f"In {name} your list is empty: is the root visited, and is it appended?")
    missing = [node for node in nodes if id(node) not in place]
    if len(missing) == 1 and missing[0] is nodes[-1]:
        raise Wrong(f"In {name} the root itself is missing. It is a node too, and stands last.")
    if missing and all(node._prev == () for node in missing):
        raise Wrong(f"In {name} the leaves are missing. They are nodes too, and need a gradient.")
    if missing:
        raise Wrong(
            f"In {name}, of {len(nodes)} nodes {words.count(len(missing), 'node')} "
            f"{'is' if len(missing) == 1 else 'are'} missing. "
            "Do your lists start empty on every call, "
            "and do you go through all parents, down to the leaves?"
        )
    if len(place) != len(nodes):
        raise Wrong(
            f"In {name} your list holds nodes that do not belong to the graph of this root. "
            "Does it start empty on every call?"
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
    right = number(spoken(right_order))
    wrong = number(spoken(wrong_order))
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
            26: "26 is 13 × a; the local derivative of p for a is the other factor, b.",
            7: "7 is what r hands to p. p gets another share from q, and a gets p's times b.",
            6: "6 is what q hands to p. p gets another share from r, and a gets p's times b.",
            36: "r = p·q hands the data of q, 7, to p, and the data of p, 6, to q.",
        },
        otherwise="p gets a share from r and one from q; a gets their sum times b",
    )
    return decide(
        "a.grad in the wrong order",
        wrong,
        21,
        {
            39: "39 is right in the right order. Here p runs while q's share has not arrived.",
            18: "that is the part that was lost; a gets what p held when it ran, times b.",
            0: "p did hold something when it ran: r had already handed it q = 7.",
            7: "7 is what p held when it ran; a gets that times the local derivative b.",
            13: "13 is p's gradient when all has run; a gets what p held when it ran, times b.",
            14: "14 is 7 × a; the local derivative of p for a is the other factor, b.",
        },
        "p held 7 of its 13 when it ran, so a got 21 instead of 39.",
        otherwise="r runs first, then p: what has p received at that moment?",
    )


FILLERS = {
    "first",
    "second",
    "third",
    "then",
    "next",
    "after",
    "that",
    "and",
    "last",
    "finally",
    "start",
    "begin",
    "with",
}


def _names(order):
    """["r", "q", "p"] from such a list, from nodes with labels, or from "r, q, p" or "rqp"."""
    if isinstance(order, str):
        order = [word for word in re.findall(r"\w+", order) if word.lower() not in FILLERS]
        if len(order) == 1 and set(order[0].lower()) <= set(USERS):
            order = list(order[0])
    if hasattr(order, "tolist"):
        order = order.tolist()
    if isinstance(order, deque):
        order = list(order)
    if not isinstance(order, (list, tuple)):
        raise Wrong(f'Write a list, such as ["p", "q", "r"], not {type(order).__name__}.')
    if ... in order:
        raise NotYet
    return [re.sub(r"(\. ?_?backward)?\(\)$", "", plain_word(name)) for name in order]


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


_Node.__name__ = "Value"  # what Python's messages call it


def _sum(a, b):
    return _Node((a, b), "+")


def _product(a, b):
    return _Node((a, b), "*")


def _doubled_twice():
    """b = a + a and c = b + b, of new nodes."""
    a = _Node()
    b = _sum(a, a)
    return b, _sum(b, b)


def _graphs():
    """(description, root) for graphs in which wrong orders show."""
    a = _Node()
    yield "a * a", _product(a, a)
    bent = _Node((_product(_Node(), _Node()),), "tanh")
    yield "(a * b).tanh() + c", _sum(bent, _Node())
    where = "with b = a + a and c = b + b"
    b, c = _doubled_twice()
    yield f"b + c, {where}", _sum(b, c)
    b, c = _doubled_twice()
    yield f"c + b, {where}", _sum(c, b)
    rng = random.Random(3)
    for size in (6, 12, 25):
        nodes = [_Node(), _Node()]
        for _ in range(size):
            left = rng.choice(nodes)
            right = rng.choice(nodes[-3:])
            nodes.append(_product(left, right))
        yield f"a random graph of {size} products", nodes[-1]
