"""Lesson 03, a neuron by hand."""

import inspect
import math
import re
from contextlib import contextmanager
from numbers import Real

from .. import words
from ..words import exception
from ._check import (
    NotYet,
    Wrong,
    call,
    choose,
    chosen_word,
    close,
    decide,
    described,
    exercise,
    suggest,
)
from ._slips import code_stopped
from ._spoken import fraction
from .lesson_01 import MOVES, bare
from .lesson_02 import check_rule

DIGITS = 2e-3  # three digits are enough
SIGNS = {"−": "-", "–": "-", "×": "*", "·": "*"}  # other signs for an operation


@exercise("03.a")
def squashed(answer):
    if chosen_word(answer, ("rises", "falls"), MOVES) is not None and _says_no_size(answer):
        raise Wrong(
            "The curve of tanh rises everywhere, so o rises as n does. Asked for is how much: by "
            "more than 1.3, by the same, or by less?"
        )
    return choose(
        answer,
        "less",
        {
            "more": "Nowhere is the curve steeper than in the middle, and there it rises by 1 for "
            "each 1 to the right. Look at where n goes, from 0.7 to 2.",
            "same": "It would, if the curve rose by 1 for each 1 to the right. Look at how steep "
            "it is between 0.7 and 2.",
            "less": "Between 0.7 and 2 the curve gets flatter and flatter.",
        },
        also={
            "less than": "less",
            "less than 1.3": "less",
            "lower than 1.3": "less",
            "smaller than 1.3": "less",
            "not as much": "less",
            "as much": "same",
            "larger than 1.3": "more",
            "lower": "less",
            "smaller": "less",
            "more than 1.3": "more",
            "greater": "more",
            "larger": "more",
            "higher": "more",
            "equal": "same",
            "the same": "same",
            "1.3": "same",
            "by less than 1.3": "less",
            "by more than 1.3": "more",
            "< 1.3": "less",
            "> 1.3": "more",
        },
    )


@exercise("03.b")
def without_effect(answer):
    named = bare(answer)
    if isinstance(named, str):
        named = _leaf_named(named) or answer
    return choose(
        named,
        "w2",
        {
            "x1": "x1 is multiplied by w1 = −3, so a nudge there reaches n three times as large, "
            "with its sign turned.",
            "w1": "w1 is multiplied by x1 = 2, so a nudge there reaches n twice as large.",
            "x2": "x2 is 0, but its gradient is not: it is the data of its partner, w2 = 1, "
            "times what arrives.",
            "w2": "A times gives each factor the other one's data: w2 gets x2 = 0 times what "
            "arrives.",
            "b": "b is added, and a plus passes on what arrives.",
        },
        also={"bias": "b"},
    )


@exercise("03.1")
def another_example(x1_grad, w1_grad, x2_grad, w2_grad, b_grad):
    answers = {"x1": x1_grad, "w1": w1_grad, "x2": x2_grad, "w2": w2_grad, "b": b_grad}
    seen = {name: fraction(answer) for name, answer in answers.items()}
    o = math.tanh(-1.0)
    slope = 1 - o * o
    right = {"b": slope, "w1": 2 * slope, "x1": -3 * slope, "w2": -slope, "x2": slope}
    arrives = "this is what arrives at the product; the times still multiplies it"
    mistakes = {
        "b": {
            0.5: "this is the gradient for the numbers of the page; n is another one now",
            1.0: "1 is what arrives at o, and the tanh still multiplies it by 1 - o²; "
            "at n = 0 that would be 1, but x2·w2 belongs to n",
            o: "that is the output o; the slope of tanh is 1 - o²",
            1 - o: "the o in the slope is squared: 1 - o²",
            1 + o * o: "the square of o is taken away from 1, and a square is never negative",
            0.0: "1 - n² would be 0; the slope is 1 - o², with o the output of tanh",
            -slope: "the size is right; b is added, so its sign is that of the slope of tanh",
            1 - math.tanh(1.0): "the o in the slope is squared: 1 - o²",
            o * o: "that is o²; the slope of tanh is 1 - o²",
            1 - 0.76**2: "1 - 0.76² gives this; take more digits of o",
            -o: "that is the output o without its sign; the slope of tanh is 1 - o²",
            2 * slope: "this is twice too much: b is added, so nothing multiplies it",
            6.0: "that is b's own data; a plus passes on what arrives at n",
            1 - math.tanh(6.8813735870195432 - 7) ** 2: "with the bias of the page n would be "
            "−0.1186; here b is 6",
        },
        "w1": {
            -6 * slope: "a factor's own data does not belong in its gradient",
            slope: arrives,
            -3 * slope: "this is the gradient of x1; w1 gets the data of its partner",
            2.0: "this is the local derivative; multiply it by what arrives",
            1.0: "this is the gradient for the numbers of the page",
            -2 * slope: "the size is right; look at the sign of its partner",
        },
        "x1": {
            slope: arrives,
            2 * slope: "this is the gradient of w1; x1 gets the data of its partner",
            3 * slope: "the size is right; look at the sign of its partner",
            -6 * slope: "a factor's own data does not belong in its gradient",
            2.0: "that is x1's own data; x1 gets the data of its partner, times what arrives",
            -3.0: "this is the local derivative; multiply it by what arrives",
            -1.5: "this is the gradient for the numbers of the page",
        },
        "w2": {
            slope: "w2 gets the data of its partner, and x2 is not 1",
            0.0: "that was so for x2 = 0, on the page; here x2 is another number",
            -1.0: "this is the local derivative; multiply it by what arrives",
            1.0: "that is w2's own data; w2 gets the data of its partner, times what arrives",
        },
        "x2": {
            -slope: "x2 gets the data of its partner, and w2 is not −1",
            0.0: "the partner of x2 is w2, and that is not 0",
            -1.0: "that is x2's own data; x2 gets the data of its partner, times what arrives",
            1.0: "this is the local derivative; multiply it by what arrives",
            0.5: "this is the gradient for the numbers of the page",
        },
    }
    for name, gradient in right.items():
        decide(
            f"The gradient of {name}",
            seen[name],
            gradient,
            mistakes[name],
            tolerance=DIGITS,
            otherwise="find n, then o = tanh(n), then 1 - o², and walk back with the two rules",
        )
    return "Here w2 has a gradient, because x2 is not 0, and it says: less of w2 raises o."


@exercise("03.2")
def far_out(w1_grad, b_grad):
    w1 = fraction(w1_grad)
    b = fraction(b_grad)
    o = math.tanh(2.0)
    slope = 1 - o * o
    mistakes_of_b = {
        0.5: "that is the gradient at the old bias; with b = 8, n is another number",
        1.0: "1 is what arrives at o; the tanh still multiplies it by 1 - o²",
        o: "that is the output o; the slope of tanh is 1 - o²",
        1 - o: "the o in the slope is squared: 1 - o²",
        1 - 2.0**2: "the slope is 1 - o² with o the output of tanh, and not 1 - n²",
        -slope: "the size is right, and the sign is not: nothing here turns it",
        0.0: "so flat is the curve only further out; b is 8, but n is −6 + 8",
        2 * slope: "this is twice too much: b is added, so nothing multiplies it",
        o * o: "that is o²; the slope of tanh is 1 - o²",
        1 + o * o: "the square of o is taken away from 1, and not added",
        1 - 0.96**2: "1 - 0.96² gives this; take more digits of o",
        1 - math.tanh(1.0) ** 2: "with the x2 = −1 of exercise 1 n would be 1; here x2 is 0",
        8.0: "that is b's own data; a plus passes on what arrives at n",
    }
    decide(
        "The gradient of b",
        b,
        slope,
        mistakes_of_b,
        tolerance=DIGITS,
        otherwise="find n, then o = tanh(n), then 1 - o²; the pluses pass that on",
    )
    mistakes_of_w1 = {
        -2 * slope: "the size is right; look at the sign of its partner",
        0.0: "that is so for w2, whose partner is 0; the partner of w1 is x1 = 2",
        1.0: "that is the gradient at the old bias",
        slope: "this is what arrives at x1·w1; the times still multiplies it by x1 = 2",
        -3 * slope: "this is the gradient of x1; w1 gets the data of its partner, x1 = 2",
        2.0: "this is the local derivative, x1; multiply it by what arrives",
        -6 * slope: "a factor's own data does not belong in its gradient",
        4 * slope: "w1 gets the data of its partner, x1 = 2, once",
    }
    return decide(
        "The gradient of w1",
        w1,
        2 * slope,
        mistakes_of_w1,
        "Both are about seven times smaller than before: far out the curve is flat, next to "
        "nothing comes back through it, and a neuron there learns slowly. It is called saturated.",
        tolerance=DIGITS,
        otherwise="b is right; now take what arrives there through the times",
    )


@exercise("03.3")
def rule_of_minus(minus):
    points = (2.0, -3.0, 1.0), (4.0, 4.0, -2.0), (0.0, 5.0, 0.5), (-1.5, 2.5, 0.7)
    check_rule(
        "minus",
        minus,
        points,
        lambda x, y, grad: (grad, -grad),
        [
            (
                lambda x, y, grad: (grad, grad),
                "this is the rule of plus; a nudge up in y takes the difference down",
            ),
            (
                lambda x, y, grad: (-grad, grad),
                "the signs are swapped; x counts up, and y is taken away",
            ),
            (
                lambda x, y, grad: (-grad, -grad),
                "x is not taken away; a nudge up in x takes the difference up",
            ),
            (
                lambda x, y, grad: (1, -1),
                "these are the local derivatives; multiply each by the gradient that arrives",
            ),
            (
                lambda x, y, grad: (x * grad, -y * grad),
                "the data do not matter: the slope of x - y is 1 for x wherever x stands",
            ),
            (
                lambda x, y, grad: (y * grad, -x * grad),
                "the data do not matter here; that was so at the times",
            ),
            (
                lambda x, y, grad: (y * grad, x * grad),
                "this is the rule of times; the data do not matter here",
            ),
            (
                lambda x, y, grad: (-y * grad, x * grad),
                "the data do not matter here; that was so at the times",
            ),
            (lambda x, y, grad: (x, -y), "these are data; what arrives is grad"),
            (
                lambda x, y, grad: ((x - y) * grad, -(x - y) * grad),
                "the data do not matter: the slope of x - y is 1 for x wherever x stands",
            ),
            (
                lambda x, y, grad: (x - grad, y - grad),
                "the local derivative is multiplied by what arrives; nothing is taken from data",
            ),
            (
                lambda x, y, grad: (grad / 2, -grad / 2),
                "the gradient is not shared out; each of the two gets the whole of it",
            ),
            (
                lambda x, y, grad: (abs(grad), -abs(grad)),
                "the sign of what arrives is lost",
            ),
            (
                lambda x, y, grad: (grad, grad - 1),
                "the local derivative is multiplied by what arrives, not added to it",
            ),
        ],
    )
    return (
        "((x + h) - y) - (x - y) = h, and (x - (y + h)) - (x - y) = -h: local derivatives 1 and −1."
    )


@exercise("03.4")
def the_class(cls):
    if not isinstance(cls, type):
        raise Wrong(f"This exercise asks for the class itself, MyValue, and got {described(cls)}.")
    has_methods = any(callable(part) for part in vars(cls).values())
    if not has_methods:
        raise NotYet
    if cls.__init__ is object.__init__:
        raise Wrong("MyValue(0.5, 'x') needs an __init__(self, data, label).")
    _check_takes_a_number_and_a_label(cls)
    for a, b in ((0.5, -3.0), (-1.27, 0.75)):
        with suggest(f"MyValue({a}, 'x') must work, with a number and a label."), _self_named():
            x = cls(a, "x")
            y = cls(b, "y")
        _check_leaf(x, a)
        _check_operators(cls, x, y, a, b)
        _check_tanh(cls, x, y, a)
    _check_used_twice(x)
    return "The whole class, from memory. Everything else in this series is built on it."


# What the checks above share.


def _says_no_size(answer):
    """Whether an answer says where o goes and not how far: "falls", "it rises"."""
    text = str(answer).lower()
    moves = r"fall|sink|drop|shrink|down|decreas|rise|rising|climb|grow|\bup\b|increas"
    return not re.search(r"more|less|same|much|\d", text) and bool(re.search(moves, text))


def _leaf_named(text):
    """The leaf that a text names, alone or first before a reason; None where it is not clear."""
    text = text.translate(str.maketrans("₁₂", "12"))
    text = re.sub(r"(?<=[wx])[ -](?=[12])", "", text)
    text = re.sub(r"\b(the )?second weight|weight (2|two)\b", "w2", text)
    text = re.sub(r"\b(the )?first weight|weight (1|one)\b", "w1", text)
    head = re.split(r"[,:;(] *|\b(?:because|since|as|for)\b", text, maxsplit=1)[0]
    if re.search(r"\b(not|or|and|neither|nor|never|except)\b", text):
        return None
    names = set(re.findall(r"\b(?:[wx][12]|b|bias)\b", text))
    if len(names) == 1:
        return names.pop()
    alone = re.fullmatch(r"(?:it is |only |the |weight |input )*([wx][12]|b|bias)", head.strip())
    return alone[1] if alone else None


# What the check of the class is made of.


def _check_takes_a_number_and_a_label(cls):
    try:
        inspect.signature(cls).bind(0.5, "x")
    except TypeError:
        raise Wrong("MyValue(0.5, 'x') must work, with a number and a label.") from None


@contextmanager
def _self_named():
    """Ask for self, where the learner's method does not know it, or what self holds."""
    try:
        yield
    except NameError as problem:
        if problem.name in ("data", "grad", "label"):
            raise Wrong(
                f"{code_stopped(problem)}. What a Value holds is reached by its name and a dot: "
                f"self.{problem.name}, or other.{problem.name}."
            ) from None
        if problem.name != "self":
            raise
        raise Wrong(
            "Your code stopped with NameError: name 'self' is not defined. "
            "Is self missing among the method's parameters?"
        ) from None


def _check_leaf(x, data):
    """Check what MyValue(data, 'x') holds."""
    what = f"MyValue({data}, 'x')"
    for name, wanted in (("data", data), ("grad", 0.0), ("label", "x"), ("_op", "")):
        seen = _attribute(x, name, what)
        if seen != wanted:
            shown = f"{seen!r:.60}" if isinstance(seen, (Real, str)) else described(seen)
            raise Wrong(f"For {what}, {name} should be {wanted!r}, and yours is {shown}.")
    if len(_parents(x, what)):
        raise Wrong("A leaf has no parents: its _prev must be empty, ().")


def _check_operators(cls, x, y, a, b):
    """Check +, * and - of the learner's class, where x holds a and y holds b."""
    for sign, method, wanted in (
        ("+", "__add__", a + b),
        ("*", "__mul__", a * b),
        ("-", "__sub__", a - b),
    ):
        if not hasattr(cls, method):
            raise Wrong(f"x {sign} y calls x.{method}(y), and your class has no {method} yet.")
        what = f"x {sign} y"
        out = _result(getattr(cls, method), (x, y), what)
        _check_inputs(out, (x, y), (a, b), what)
        _made_by(out, cls, wanted, (x, y), what, sign)


def _check_tanh(cls, x, y, a):
    if not hasattr(cls, "tanh"):
        raise Wrong("Your class has no tanh yet.")
    out = _result(cls.tanh, (x,), "x.tanh()")
    _check_inputs(out, (x,), (a,), "x.tanh()")
    _made_by(out, cls, math.tanh(a), (x,), "x.tanh()", "tanh")


def _check_used_twice(x):
    twice = _parents(x + x, "x + x")
    keeps_order = isinstance(twice, (tuple, list))
    if keeps_order and len(twice) != 2:
        raise Wrong("x + x has two parents, which happen to be the same node; keep both.")


def _result(operate, inputs, what):
    """What the learner's operation makes of its inputs."""
    try:
        with _self_named():
            return call(operate, *inputs)
    except RecursionError:
        raise Wrong(
            f"{what} calls itself without end: inside {operate.__name__}, compute with the "
            "numbers in data, not with the Values."
        ) from None
    except (TypeError, AttributeError) as problem:
        said = f"Your code stopped in {what} with {exception(problem)}."
        raise Wrong(said + _why_stopped(str(problem))) from None


def _why_stopped(problem):
    """What may be behind a TypeError or AttributeError of the learner's operation."""
    if "must be real number" in problem:
        return " A function of math takes and gives a plain number: write self.data."
    if "'float' object has no attribute" in problem:
        return (
            " What stands there is a plain number. Compute with self.data and other.data; a "
            "function of math takes and gives a plain number, too."
        )
    if "0 positional arguments" in problem or "1 positional argument " in problem:
        return " Is self missing among the method's parameters?"
    if "unsupported operand" in problem and "^" not in problem:  # check itself speaks of ^
        return " Compute with the numbers, self.data and other.data."
    return ""


def _check_inputs(out, inputs, data, what):
    """Check that an operation left its inputs alone, and made something new."""
    if any(out is value for value in inputs):
        raise Wrong(
            f"{what} returns one of its inputs, and not a new MyValue. A value that is changed in "
            "place loses its old number, and becomes its own parent."
        )
    prevs = [_attribute(value, "_prev", "A leaf") for value in inputs]
    if any(len(prev) for prev in prevs if hasattr(prev, "__len__")):
        shared = prevs[0] is getattr(out, "_prev", None)
        why = (
            "The leaves and the result share one list. A list that is made once, as a default "
            "prev=[] or in the class, serves all nodes; give each result a new tuple."
            if shared
            else "Only the new MyValue gets parents."
        )
        raise Wrong(f"After {what}, the leaf x has parents. {why}")
    for value, number_before in zip(inputs, data):
        if value.data != number_before or value.grad != 0:
            raise Wrong(
                f"{what} changed its inputs; "
                "it must return a new MyValue and leave their data and grad alone."
            )


def _attribute(value, name, what):
    if not hasattr(value, name):
        raise Wrong(f"{what} has no attribute {name}; set self.{name} in __init__.")
    return getattr(value, name)


def _parents(value, what):
    parents = _attribute(value, "_prev", what)
    if isinstance(parents, (tuple, list, set, frozenset)):
        return parents
    if parents is None:
        raise Wrong(f"For {what}, _prev is None; it should be a tuple of parents.")
    why = ""
    if hasattr(parents, "_prev"):
        why = " A tuple of one needs a comma: (self,)."
    elif isinstance(parents, str):
        why = " Are the arguments in the same order where MyValue is called as in its __init__?"
    raise Wrong(
        f"For {what}, _prev should be a tuple of parents, and is {described(parents)}.{why}"
    )


def _made_by(out, cls, data, parents, what, op):
    """Check the result of an operation: its data, its parents and the name of the operation."""
    if not isinstance(out, cls):
        why = "it could not be used in a further operation"
        if hasattr(out, "_prev"):
            why = f"inside the class, a result is made by calling {cls.__name__}"
        raise Wrong(f"{what} should be a new {cls.__name__}, and is a {type(out).__name__}: {why}.")
    if not close(out.data, data):
        held = [words.number(parent.data) for parent in parents]
        given = " and ".join(f"{name} = {text}" for name, text in zip("xy", held))
        wanted, seen = _written(data, out.data)
        why = ""
        if op == "tanh" and close(out.data, 1 - data**2):
            why = " That is the slope of tanh."
        raise Wrong(f"With {given}, {what} should hold {wanted}, and yours holds {seen}.{why}")
    if _attribute(out, "grad", what) != 0:
        raise Wrong(f"{what} starts with a gradient of {out.grad!r}; it should start at 0.")
    if not len(_parents(out, what)):
        raise Wrong(f"{what} has forgotten its parents: hand them on as _prev.")
    reached = _ancestors(out, what)
    if not all(_holds(reached, parent) for parent in parents):
        names = " and ".join("xy"[: len(parents)])
        raise Wrong(
            f"{what} does not lead back to {names}: "
            "_prev must hold the very objects that went in, not their data or copies."
        )
    _check_kept_order(out, parents, what, op)


def _check_kept_order(out, parents, what, op):
    """Check the order of direct parents, and the operation's name."""
    same_number = len(out._prev) == len(parents)
    direct = same_number and all(_holds(out._prev, parent) for parent in parents)
    keeps_order = isinstance(out._prev, (tuple, list))
    if op == "tanh" and len(out._prev) > 1 and all(parent is parents[0] for parent in out._prev):
        raise Wrong(f"{what} uses x once, and its _prev holds it {len(out._prev)} times.")
    if op == "-" and direct and keeps_order and out._prev[0] is not parents[0]:
        raise Wrong(f"The parents of {what} are in the wrong order: self first, then other.")
    if not _attribute(out, "_op", what):
        raise Wrong(f"{what} does not say which operation made it: its _op should be {op!r}.")
    if direct and SIGNS.get(str(out._op).lower(), str(out._op).lower()) != op:
        raise Wrong(f"The _op of {what} should be {op!r}, and yours is {out._op!r}.")


def _ancestors(value, what):
    """All nodes behind value, each once; a minus made from others has its parents further back.

    Wrong where a node is behind itself.
    """
    reached = []
    waiting = list(_parents(value, what))
    while waiting:
        node = waiting.pop()
        if node is value:
            raise Wrong(f"{what} is its own parent. Its _prev holds what went in, not the result.")
        if _holds(reached, node):
            continue
        reached.append(node)
        if not hasattr(node, "_prev"):
            raise Wrong(
                f"The _prev of {what} leads to {described(node)}; "
                "it must hold the values themselves, not their data."
            )
        waiting.extend(_parents(node, what))
    return reached


def _holds(nodes, node):
    """Whether node itself, not one equal to it, is among nodes."""
    return any(other is node for other in nodes)


def _written(wanted, seen):
    """The number that is wanted and what is seen, in as many digits as tell them apart."""
    if isinstance(seen, Real):
        return words.apart(wanted, seen, 4)
    return words.number(wanted, 4), described(seen)
