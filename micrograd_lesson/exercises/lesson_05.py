"""Lesson 05, when gradients add."""

import math
from contextlib import contextmanager
from numbers import Real

from .. import words
from ..engine import Value
from ._check import OpenLeaf, Wrong, call, compare, decide, exercise, number, pairs
from ._slips import code_stopped
from ._spoken import spoken
from .lesson_02 import one_by_one


@exercise("05.a")
def moves_twice(answer):
    return decide(
        "The move of b",
        spoken(answer),
        0.002,
        {
            0.001: "each of the two a's in a + a moves by 0.001, and b is their sum.",
            0: "b is made of a, so it does move.",
            0.004: "that would be two nudges; a is nudged once, and stands there twice.",
            0.000001: "the two moves are added, not multiplied: b is a + a, not a * a.",
            2: "2 is the slope. Asked is how far b moves: slope times nudge.",
            6: "6 is b itself, before the nudge.",
            6.002: "that is where b arrives. How far did it move?",
            1: "1 would be the slope of a alone, and here a stands twice.",
            3.001: "that is where a arrives. How far does b move?",
            6.001: "there one a is nudged and the other one is not; both are the same number.",
            0.003: "the 3 is where a starts. Asked is by how much b moves.",
            0.006: "that would be the move of a * a. In a sum the 3 does not matter.",
        },
        "Each of the two a's moves by 0.001, so b moves twice as far: its slope is 2.",
        1e-9,
        otherwise="compute a + a before the nudge and after it, and compare",
    )


@exercise("05.b")
def second_call(answer):
    return decide(
        "a.grad",
        spoken(answer),
        -9,
        {
            -3: "+= adds to what is there, and nobody cleared the −3 of the first call.",
            -6: "the leaves would double if the inner nodes started from 0 again. "
            "But they use += too: e holds 1 from the first call, and receives another 1. "
            "What do e and d hand on then?",
            -18: "that is the third call.",
            3: "3 is the share that comes through e alone.",
            0: "nothing is cleared and nothing is lost: += adds to the −3 of the first call.",
            9: "the size is right; what a.grad holds after the first call is negative.",
            6: "the sign is not right: a.grad is −3 after the first call.",
            -24: "that is b.grad.",
            -8: "that is b.grad, after the first call.",
        },
        "The inner nodes hand on the old share together with the new one: −3 and then another −6.",
        otherwise="what do e and d hold after the second call? That is what they hand on",
    )


@exercise("05.1")
def cube(lines, a_grad):
    seen = number(spoken(lines, ("lines", "line")))
    if seen == 2:
        raise Wrong(
            "Two lines lead from a to the inner product a*a. What is the outer product made of?"
        )
    if seen == 1:
        raise Wrong("A line is drawn for every use of a, also where one product uses it twice.")
    if seen != 3:
        written, _ = words.apart(seen, 3)
        raise Wrong(f"There are not {written} lines: count how often a stands in (a*a)*a.")
    return decide(
        "a.grad",
        spoken(a_grad),
        12,
        {
            4: "4 is what one of the three ways brings; "
            "with = it would be all that is left of them.",
            8: "8 is the data of g, or two of the three ways. Each way brings 4.",
            3: "3 is the number of ways; each brings the product of the other two factors.",
            6: "each way brings 2 * 2, the product of the other two factors, not 2.",
            1: "1 is the gradient of g itself.",
            2: "2 is one factor; each way brings the product of the other two.",
            24: "that would be six ways.",
        },
        "Three ways, each brings 2 * 2 = 4: 12, which is 3a² at a = 2.",
        otherwise="along each line, multiply the local derivatives from a up to g; then add",
    )


@exercise("05.2")
def both_slopes(slopes):
    def for_a(a, b):
        return a * a + 2 * a * (a + b)

    def for_b(a, b):
        return a * a

    points = ((3.0, 2.0), (-2.0, 3.0), (0.5, -1.5), (1.0, 0.0))
    what = "the slope for a and the slope for b"
    with _inputs_named():
        seen_a, seen_b = pairs(slopes, points, what, for_a, for_b)
    compare(
        "At a = {0}, b = {1} the slope for a is {wanted}, and yours is {seen}",
        points,
        seen_a,
        for_a,
        [
            (lambda a, b: a * a, "this is the way through u alone; a is also in v, twice"),
            (lambda a, b: 2 * a * (a + b), "these are the two ways through v; a is also in u"),
            (
                lambda a, b: a * (a + b),
                "this is one way through v; v = a*a has two, and one more leads through u",
            ),
            (
                lambda a, b: a * a + a * (a + b),
                "v = a*a uses a twice, so two ways lead through v, not one",
            ),
            (
                lambda a, b: a * a * 2 * a * (a + b),
                "shares of different ways are added, not multiplied",
            ),
            (
                lambda a, b: 2 * a,
                "multiply along the way: this is the local derivative of v, and g hands u to v",
            ),
            (
                lambda a, b: a * a + 2 * a,
                "the share through u is right. Through v it is 2a times what g hands to v",
            ),
            (
                lambda a, b: 1 + 2 * a * (a + b),
                "the share through v is right. Through u it is 1 times what g hands to u",
            ),
            (
                lambda a, b: 1 + 2 * a,
                "these are the local derivatives of u and v; multiply each by what g hands to it",
            ),
            (
                lambda a, b: (a + b) + 2 * a * a * a,
                "g = u*v hands v to u and u to v; yours has them swapped",
            ),
            (
                lambda a, b: 3 * a * a + b,
                "2*a multiplies the whole of u = a + b; are there brackets around it?",
            ),
            (
                lambda a, b: 3 * a * a,
                "b is missing: through v the share is 2a times u, and u has b",
            ),
            (lambda a, b: (a + b) * a * a, "this is g itself; asked for is its slope"),
            (
                lambda a, b: a * a + 2 * a * b,
                "through v the share is 2a times u, and u is a + b, not b alone",
            ),
            (
                lambda a, b: a * a + 2 * (a + b),
                "the share through u is right. The local derivative of v = a*a is 2a, not 2",
            ),
            (
                lambda a, b: 2 * a**3,
                "this is what u gets, times the local derivative of v: "
                "the two ways do not meet in a product",
            ),
            (
                lambda a, b: a * a + (a + b) ** 2,
                "the share through u is right. Through v it is 2a times what g hands to v",
            ),
        ],
        "add what comes through u to what comes through v",
    )
    compare(
        "At a = {0}, b = {1} the slope for b is {wanted}, and yours is {seen}",
        points,
        seen_b,
        for_b,
        [
            (lambda a, b: 1, "1 is the local derivative of u; multiply by what g hands to u"),
            (lambda a, b: a + b, "g hands the data of v to u, not u itself"),
            (
                lambda a, b: 2 * a,
                "this is the slope of v with respect to a; v does not depend on b",
            ),
            (
                lambda a, b: a * a + 2 * a * (a + b),
                "this is the slope for a; b is in u alone",
            ),
            (lambda a, b: (a + b) * a * a, "this is g itself; asked for is its slope"),
            (
                lambda a, b: a * a * b,
                "the local derivative of u = a + b for b is 1, not b",
            ),
            (lambda a, b: a * a + b, "along the way one multiplies, and there is one way alone"),
            (lambda a, b: 2 * a * (a + b), "v does not depend on b; only the way through u counts"),
        ],
        "there is one way from g to b, through u",
    )
    return "Multiply along each way, and add the ways: a² + 2a(a + b) for a, and a² for b."


@contextmanager
def _inputs_named():
    """Say what a formula of exercise 2 may use, where the learner's code stops."""
    try:
        yield
    except NameError as problem:
        hint = (
            " Write it in a and b, which the function is given."
            if problem.name in ("u", "v", "g")
            else ""
        )
        raise Wrong(f"{code_stopped(problem)}.{hint}") from None
    except AttributeError as problem:
        raise Wrong(f"{code_stopped(problem)}. a and b are plain numbers here.") from None


@exercise("05.3")
def twice(a_grad, c_grad, a_grad_package):
    decide(
        "a.grad with the class of the lesson",
        spoken(a_grad),
        9,
        {
            3: "3 is right after one call. += keeps it and adds.",
            6: "u uses += too. After the second call it holds 2, and hands on all of it.",
            12: "12 would be right if u handed on 2 in both calls; in the first it hands on 1.",
            4: "the local derivative of u for a is b = 3, not a.",
            2: "that is what u holds after two calls; a gets what u hands on, times b.",
            18: "that is after three calls.",
        },
        otherwise="what does u hold in each call when it hands on? a gets that times b, twice",
    )
    decide(
        "c.grad with the class of the lesson",
        spoken(c_grad),
        2,
        {
            1: "1 is right after one call. += keeps it and adds.",
            3: "c stands directly behind g, and g.grad is set to 1 in each call, "
            "so c receives 1 each time.",
        },
        otherwise="g hands 1 to c in each call, and += adds",
    )
    return decide(
        "a.grad with the package's Value",
        spoken(a_grad_package),
        6,
        {
            9: "the package clears the inner node u at the start of each backward().",
            3: "the package clears inner nodes only; a is a leaf, and adds up.",
        },
        "Inner nodes that are not cleared hand on old shares: 9 and 2. The package clears them: 6.",
        otherwise="the package starts each call with u at 0; a keeps what it holds",
    )


@exercise("05.4")
def clears(zero_grad):
    for size in (3, 1, 0):
        parameters = [OpenLeaf(k - 1.5, f"w{k}", grad=2.0 - 3 * k) for k in range(size)]
        given = list(parameters)
        with one_by_one("Value"), _no_zero_grad():
            call(zero_grad, parameters, returns=False)
        if not _are_the_same(parameters, given):
            raise Wrong(
                "Your function changed the list. Leave the list as it is, "
                "and set the gradient of each Value in it."
            )
        _check_only_gradients(parameters)
        _check_cleared(parameters)
    exploded = OpenLeaf(1.0, "w0", grad=math.inf)
    call(zero_grad, [exploded], returns=False)
    if exploded.grad != 0:
        raise Wrong(
            "A gradient that has grown to inf is not 0 after your function: inf times 0, and inf "
            "minus inf, are no numbers. Write 0 into it."
        )
    a = Value(2.0)
    a.grad = 1.0
    call(zero_grad, [a * a], returns=False)
    if a.grad != 1.0:
        raise Wrong(
            "Your function also cleared a Value that is not in the list, a parent of one that is."
        )
    return "Only the gradients go to 0; data and list stay."


@contextmanager
def _no_zero_grad():
    """Say that neither a list nor a Value has what the learner is to write."""
    try:
        yield
    except AttributeError as problem:
        if problem.name != "zero_grad" or isinstance(problem.obj, list):
            raise
        raise Wrong(
            f"{code_stopped(problem)}. zero_grad is what you write here; a Value has its gradient."
        ) from None


def _are_the_same(nodes, others):
    """Whether both lists hold the very same objects in the same order."""
    return [id(node) for node in nodes] == [id(node) for node in others]


def _check_only_gradients(parameters):
    """Check that parameter k still holds k - 1.5, its label, no parents, and a plain gradient."""
    if any(p.data != k - 1.5 for k, p in enumerate(parameters)):
        raise Wrong(
            "Your function changed the data: then all that was learned is lost. "
            "Only the gradients go to 0."
        )
    if any(not isinstance(p.grad, Real) for p in parameters):
        raise Wrong("A gradient is a plain number: p.grad = 0.0.")
    if any(p.label != f"w{k}" or p._prev for k, p in enumerate(parameters)):
        raise Wrong("Your function changed more than the gradients.")


def _check_cleared(parameters):
    """Check that every gradient is 0; before, none was."""
    size = len(parameters)
    left = sum(p.grad != 0 for p in parameters)
    if left == size and size > 1:
        raise Wrong(
            "No gradient is 0 after your function. Each p in the list has an attribute, p.grad; "
            "neither p = 0.0, which lets the name p point elsewhere, nor a comparison with == "
            "changes it."
        )
    if left:
        raise Wrong(
            f"After your function {left} of {size} gradients {'is' if left == 1 else 'are'} not 0; "
            "go through the whole list."
        )
