"""Lesson 02, backpropagation by hand."""

import math
from numbers import Real

from .. import words
from ._check import (
    NotYet,
    OpenLeaf,
    Wrong,
    call,
    choose,
    close,
    compare,
    decide,
    exercise,
    number,
    pairs,
)


@exercise("02.a")
def slope_at_times(answer):
    try:
        chosen = number(answer)
    except Wrong:
        chosen = answer  # a word, or a name
    if chosen == 2:
        raise Wrong("The size is right. f is negative: when d goes up, L goes down.")
    return choose(
        chosen,
        "-2",
        {
            "4": "4 is d itself. A nudge h in d becomes h * f in L, "
            "so what counts is the other factor, f.",
            "-2": "L = d*f, so each bit added to d adds f = −2 times as much to L.",
            "-8": "−8 is where L stands. Asked for is how fast it moves: "
            "a nudge h in d becomes h * f.",
        },
        also={"d": "4", "f": "-2", "l": "-8"},
    )


@exercise("02.b")
def along_the_gradient(answer):
    return choose(
        answer,
        "rises",
        {
            "rises": "Each leaf moves the way that raises L; its contribution, 0.01 × gradient², "
            "cannot be negative.",
            "falls": "You may have looked at the leaves that go down. b goes down, "
            "but its gradient is negative: when b goes down, L goes up. "
            "Gradient times step is positive for each of the four.",
            "stays": "Two up and two down would cancel if all gradients had one sign. But each "
            "leaf moves to the side that its own gradient calls up: gradient times step is "
            "positive for all four.",
        },
    )


@exercise("02.c")
def without_effect(answer):
    return choose(
        answer,
        "w2",
        {
            "x1": "x1 is multiplied by w1 = −3, so a nudge there reaches n three times as large, "
            "with its sign turned.",
            "w1": "w1 is multiplied by x1 = 2, so a nudge there reaches n twice as large.",
            "x2": "x2 is 0, but its gradient is not: it is the data of its partner, w2 = 1, "
            "times what arrives. A times swaps its inputs.",
            "w2": "A times swaps its inputs: w2 gets x2 = 0 times what arrives.",
            "b": "b is added, and a plus passes on what arrives.",
        },
    )


@exercise("02.1")
def by_hand(p_grad, q_grad, r_grad, s_grad):
    seen = {
        "p": number(p_grad),
        "q": number(q_grad),
        "r": number(r_grad),
        "s": number(s_grad),
    }
    if close(seen["q"], -1) and close(seen["r"], 2):
        raise Wrong(
            "The gradients of q and r are swapped. A times hands each parent the data of "
            "the other one."
        )
    mistakes = {
        "s": {
            0.5: "that is s's own data; y = v * s, so s gets the data of v",
            -2.5: "that is y; s gets the data of v",
            -8: "that is u; s is multiplied by v = p + u",
            1: "1 is the gradient of y; at the times before it, s gets 1 times the data of v",
        },
        "p": {
            1: "1 is the local derivative of the plus; "
            "multiply it by what arrives from v, which is s",
            -5: "−5 is the gradient of s; p stands behind v, and v gets the data of s",
        },
        "q": {
            4: "that is the local derivative, r; multiply it by what arrives from u",
            -1: "q gets the data of its partner r, not its own",
            0.5: "0.5 is what arrives at u; the times still multiplies it by r",
            -20: "−20 is 4 × −5; what arrives at u is the gradient of v, "
            "and v gets the data of s, 0.5",
        },
        "r": {
            -2: "that is the local derivative, q; multiply it by what arrives from u",
            2: "r gets the data of its partner q, not its own",
            0.5: "0.5 is what arrives at u; the times still multiplies it by q",
            10: "10 is −2 × −5; what arrives at u is the gradient of v, "
            "and v gets the data of s, 0.5",
        },
    }
    right = {"s": -5.0, "p": 0.5, "q": 2.0, "r": -1.0}  # in the order of the walk back
    for name, gradient in right.items():
        decide(
            f"The gradient of {name}",
            seen[name],
            gradient,
            mistakes[name],
            tolerance=1e-3,
            otherwise="start with 1 at y, and at each operation multiply local derivative "
            "by what arrives",
        )
    return "Two multiplications and a plus, each with what arrives: that is the whole method."


@exercise("02.2")
def two_rules(plus, times):
    points = (2.0, -3.0, 1.0), (4.0, -2.0, -2.0), (0.0, 5.0, 0.5), (-1.5, 3.0, 0.0)
    _rule(
        "plus",
        plus,
        points,
        lambda x, y, grad: (grad, grad),
        [
            (
                lambda x, y, grad: (1, 1),
                "these are the local derivatives; multiply each by the gradient that arrives",
            ),
            (
                lambda x, y, grad: (grad / 2, grad / 2),
                "the gradient is not shared out; each summand passes its whole nudge on",
            ),
            (
                lambda x, y, grad: (y * grad, x * grad),
                "this is the rule of times; the data of the summands do not matter to a plus",
            ),
            (
                lambda x, y, grad: (x * grad, y * grad),
                "the data of the summands do not matter to a plus",
            ),
            (
                lambda x, y, grad: (x + grad, y + grad),
                "nothing is added here; local derivative 1 times grad is grad",
            ),
        ],
    )
    _rule(
        "times",
        times,
        points,
        lambda x, y, grad: (y * grad, x * grad),
        [
            (
                lambda x, y, grad: (x * grad, y * grad),
                "the inputs are not swapped; x gets the data of y, and y that of x",
            ),
            (
                lambda x, y, grad: (y, x),
                "these are the local derivatives; multiply each by the gradient that arrives",
            ),
            (
                lambda x, y, grad: (grad, grad),
                "this is the rule of plus; a nudge in one factor is enlarged by the other",
            ),
            (
                lambda x, y, grad: (x * y * grad, x * y * grad),
                "a factor's own data does not belong in its gradient",
            ),
        ],
    )
    return "A plus passes the gradient on, a times swaps its inputs."


@exercise("02.3")
def rule_of_minus(minus):
    points = (2.0, -3.0, 1.0), (4.0, 4.0, -2.0), (0.0, 5.0, 0.5)
    _rule(
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
        ],
    )
    return (
        "((x + h) - y) - (x - y) = h, and (x - (y + h)) - (x - y) = -h: local derivatives 1 and -1."
    )


@exercise("02.4")
def far_out(w1_grad, b_grad):
    w1 = number(w1_grad)
    b = number(b_grad)
    o = math.tanh(2.0)
    slope = 1 - o * o
    if close(b, 0.5, 1e-3) or close(w1, 1.0, 1e-3):
        raise Wrong(
            "These are the gradients at the old bias. With b = 8, n is 2: "
            "compute o and 1 - o² anew."
        )
    mistakes_of_b = {
        1.0: "1 is what arrives at o; the tanh still multiplies it by 1 - o²",
        o: "that is the output o; the slope of tanh is 1 - o²",
        1 - o: "the o in the slope is squared: 1 - o²",
        1 - 2.0**2: "the slope is 1 - o² with o the output of tanh, and not 1 - n²",
        1 - math.tanh(8.0) ** 2: "b is 8, but n is −6 + 8 = 2",
        2 * slope: "this is twice too much: b is added, so nothing multiplies it",
    }
    decide(
        "The gradient of b",
        b,
        slope,
        mistakes_of_b,
        tolerance=2e-3,
        otherwise="find n, then o = tanh(n), then 1 - o²; the pluses pass that on",
    )
    mistakes_of_w1 = {
        slope: "this is what arrives at x1·w1; the times still multiplies it by x1 = 2",
        -3 * slope: "this is the gradient of x1; w1 gets the data of its partner, x1 = 2",
        2.0: "this is the local derivative, x1; multiply it by what arrives",
    }
    return decide(
        "The gradient of w1",
        w1,
        2 * slope,
        mistakes_of_w1,
        "Both are seven times smaller than before: far out the curve is flat, next to nothing "
        "comes back through it, and a neuron there learns slowly. It is called saturated.",
        tolerance=2e-3,
        otherwise="b is right; now take what arrives there through the times",
    )


@exercise("02.5")
def against_the_gradient(step_down):
    step(step_down, "leaf", "leaves")
    return "data - rate × grad, for every leaf: the line that trains a network, in lesson 08."


@exercise("02.6")
def the_class(cls):
    if not isinstance(cls, type):
        raise Wrong(
            f"This exercise asks for the class itself, MyValue, and got a {type(cls).__name__}."
        )
    has_methods = any(callable(part) for part in vars(cls).values())
    if not has_methods:
        raise NotYet
    if cls.__init__ is object.__init__:
        raise Wrong("MyValue(0.5, 'x') needs an __init__(self, data, label).")
    x = cls(0.5, "x")
    y = cls(-3.0, "y")
    _check_leaf(x)
    _check_operators(cls, x, y)
    if not hasattr(cls, "tanh"):
        raise Wrong("Your class has no tanh yet.")
    _made_by(call(cls.tanh, x), cls, math.tanh(0.5), (x,), "x.tanh()", "tanh")
    if x.data != 0.5 or y.data != -3.0:
        raise Wrong(
            "An operation changed its inputs; it must return a new MyValue and leave them alone."
        )
    twice = _parents(x + x, "x + x")
    keeps_order = isinstance(twice, (tuple, list))
    if keeps_order and len(twice) != 2:
        raise Wrong("x + x has two parents, which happen to be the same node; keep both.")
    return "The whole class, from memory. Everything else in this series is built on it."


# What the checks above share.


STEPS = (  # where the leaves stand, their gradients, and the rate
    ((2.0, -1.0, 0.5), (-3.0, 4.0, 0.5), 0.25),
    ((0.25, 1.5), (2.0, -0.5), 0.5),
    ((8.0, 10.0, 1.0), (4.0, -2.0, 6.0), 0.125),
)


def step(function, one, many):
    """Check a function (values, rate) that moves their data against their gradients.

    Lesson 08 asks for it again; one and many are what a lesson calls the values.
    """
    seen = [_moved(function, one, *point) for point in STEPS]
    right = _for_each(lambda x, grad, rate: x - rate * grad)
    compare(
        f"{many.capitalize()} at {{0}} with gradients {{1}} and rate {{2}} "
        "go to {wanted}, and yours go to {seen}",
        STEPS,
        seen,
        right,
        [
            (
                _for_each(lambda x, grad, rate: x + rate * grad),
                "this goes along the gradient, uphill; subtract, to go against it",
            ),
            (_for_each(lambda x, grad, rate: x - grad), "the rate is missing"),
            (
                _for_each(lambda x, grad, rate: x - rate),
                "the gradient is missing: the step is rate times gradient",
            ),
            (
                _for_each(lambda x, grad, rate: -rate * grad),
                f"this puts the step in the place of the {one}; add it to what was there",
            ),
            (
                _for_each(lambda x, grad, rate: rate * grad),
                f"this puts rate times gradient in the place of the {one}; "
                "subtract it from what was there",
            ),
            (
                _for_each(lambda x, grad, rate: x - rate * x),
                f"the step follows the gradient, not the {one} itself",
            ),
            (
                _for_each(lambda x, grad, rate: x - rate * abs(grad)),
                "the sign of the gradient is lost",
            ),
            (
                _for_each(lambda x, grad, rate: x - rate * math.copysign(1, grad)),
                "only the sign of the gradient is used; use its size, too",
            ),
            (
                lambda data, grads, rate: (right(data, grads, rate)[0], *data[1:]),
                "only the first has moved; perhaps a return stands inside the loop",
            ),
            (
                lambda data, grads, rate: (*data[:-1], right(data, grads, rate)[-1]),
                "only the last has moved; does the step stand inside the loop?",
            ),
        ],
        f"each {one}.data goes down by rate * {one}.grad",
    )
    call(function, [], 1.0, returns=False)


def _moved(function, one, data, grads, rate):
    """Where function (values, rate) moves leaves at data, a tuple; Wrong where it does more."""
    values = [OpenLeaf(x, grad=grad) for x, grad in zip(data, grads)]
    call(function, list(values), rate, returns=False)
    moved = tuple(value.data for value in values)
    left = tuple(value.grad for value in values)
    if not all(isinstance(x, Real) for x in moved):
        raise Wrong(
            f"{one}.data now holds something else than a number: "
            f"compute with {one}.data and {one}.grad, not with {one} itself."
        )
    cleared = not any(left)
    if moved == data and cleared:
        raise Wrong(
            f"The gradients are 0, and no {one} has moved: "
            "you cleared before stepping, so every step is 0."
        )
    if moved == data and left == grads:
        raise Wrong(
            f"No {one} has moved. The new number must go into {one}.data, for every {one}: "
            f"{one} = ... only lets the name point elsewhere, "
            "and what a function returns changes nothing here."
        )
    if left != grads and not cleared:  # clearing after the step does no harm
        raise Wrong(
            f"The gradients have changed. The step goes into {one}.data; grad says which way."
        )
    return moved


def _for_each(rule):
    """The function of (data, grads, rate), two tuples and a number, that goes by rule for each."""

    def of_all(data, grads, rate):
        return tuple(rule(x, grad, rate) for x, grad in zip(data, grads))

    return of_all


def _rule(name, rule, points, right, mistakes):
    """Check a function (x, y, grad) -> (gradient of x, gradient of y)."""
    of_x, of_y = pairs(rule, points, "the gradient of x and the gradient of y")
    compare(
        f"{name} with x = {{0}}, y = {{1}} and grad = {{2}} should give {{wanted}}, "
        "and yours gives {seen}",
        points,
        list(zip(of_x, of_y)),
        right,
        mistakes,
        "multiply each local derivative by the gradient that arrives",
    )


def _check_leaf(x):
    """Check what MyValue(0.5, 'x') holds."""
    for name, wanted in (("data", 0.5), ("grad", 0.0), ("label", "x"), ("_op", "")):
        seen = _attribute(x, name, "MyValue(0.5, 'x')")
        if seen != wanted:
            raise Wrong(
                f"For MyValue(0.5, 'x'), {name} should be {wanted!r}, and yours is {seen!r:.60}."
            )
    if len(_parents(x, "a leaf")):
        raise Wrong("A leaf has no parents: its _prev must be empty, ().")


def _check_operators(cls, x, y):
    """Check +, * and - of the learner's class, at x = 0.5 and y = -3."""
    for sign, method, wanted in (
        ("+", "__add__", -2.5),
        ("*", "__mul__", -1.5),
        ("-", "__sub__", 3.5),
    ):
        if not hasattr(cls, method):
            raise Wrong(f"x {sign} y calls x.{method}(y), and your class has no {method} yet.")
        operate = getattr(cls, method)
        _made_by(call(operate, x, y), cls, wanted, (x, y), f"x {sign} y", sign)
    if cls.__sub__(y, x).data == cls.__sub__(x, y).data:
        raise Wrong(
            "x - y and y - x give the same in your class; keep the order, self.data - other.data."
        )


def _attribute(value, name, what):
    if not hasattr(value, name):
        raise Wrong(f"{what} has no attribute {name}; set self.{name} in __init__.")
    return getattr(value, name)


def _parents(value, what):
    parents = _attribute(value, "_prev", what)
    if not isinstance(parents, (tuple, list, set, frozenset)):
        raise Wrong(
            f"For {what}, _prev should be a tuple of parents, and is a {type(parents).__name__}. "
            "A tuple of one needs a comma: (self,)."
        )
    return parents


def _made_by(out, cls, data, parents, what, op):
    """Check the result of an operation: its data, its parents and the name of the operation."""
    if not isinstance(out, cls):
        raise Wrong(
            f"{what} should be a new {cls.__name__}, and is a {type(out).__name__}: "
            "it could not be used in a further operation."
        )
    if not close(out.data, data):
        raise Wrong(
            f"With x = 0.5 and y = −3, {what} should hold {words.number(data, 4)}, "
            f"and yours holds {out.data!r:.60}."
        )
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
    same_number = len(out._prev) == len(parents)
    direct = same_number and all(_holds(out._prev, parent) for parent in parents)
    keeps_order = isinstance(out._prev, (tuple, list))
    if op == "-" and direct and keeps_order and out._prev[0] is not parents[0]:
        raise Wrong(f"The parents of {what} are in the wrong order: self first, then other.")
    if not _attribute(out, "_op", what):
        raise Wrong(f"{what} does not say which operation made it: its _op should be {op!r}.")
    if direct and out._op != op:
        raise Wrong(f"The _op of {what} should be {op!r}, and yours is {out._op!r}.")


def _ancestors(value, what):
    """All nodes behind value; a minus made from other operations has its parents further back."""
    reached = []
    waiting = list(_parents(value, what))
    while waiting:
        node = waiting.pop()
        reached.append(node)
        waiting.extend(_parents(node, what))
    return reached


def _holds(nodes, node):
    """Whether node itself, not one equal to it, is among nodes."""
    return any(other is node for other in nodes)
