"""Lesson 02, backpropagation by hand."""

import math
import re
from contextlib import contextmanager
from numbers import Real

from ..engine import Value
from ._check import (
    OpenLeaf,
    Wrong,
    call,
    choose,
    close,
    compare,
    decide,
    described,
    exercise,
    number,
    pairs,
)
from ._slips import code_stopped
from ._spoken import as_text, fraction
from .lesson_01 import MOVES, bare


@exercise("02.a")
def slope_at_times(answer):
    try:
        seen = number(_factor(answer))
    except Wrong:
        seen = None  # a word, or a name
    if seen == 2:
        raise Wrong("The size is right. f is negative: when d goes up, L goes down.")
    return choose(
        answer if seen is None else str(round(seen, 6)).removesuffix(".0"),
        "-2",
        {
            "4": "4 is d itself. A nudge h in d becomes h * f in L, "
            "so what counts is the other factor, f.",
            "-2": "L = d*f, so each bit added to d adds f = −2 times as much to L.",
            "-8": "−8 is where L stands. Asked for is how fast it moves: "
            "a nudge h in d becomes h * f.",
        },
        also=NAMED,
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
            "stays": "Two up and two down could cancel if all gradients had one sign. But each "
            "leaf moves to the side that its own gradient calls up: gradient times step is "
            "positive for all four.",
        },
        also=MOVES,
    )


@exercise("02.1")
def by_hand(p_grad, q_grad, r_grad, s_grad):
    seen = {
        "p": fraction(p_grad),
        "q": fraction(q_grad),
        "r": fraction(r_grad),
        "s": fraction(s_grad),
    }
    if close(seen["q"], -1) and close(seen["r"], 2):
        raise Wrong(
            "The gradients of q and r are swapped. A times hands each parent the data of "
            "the other one, and multiplies it by what arrives."
        )
    mistakes = {
        "s": {
            0.5: "that is s's own data; y = v * s, so s gets the data of v",
            -2.5: "that is y; s gets the data of v",
            -8: "that is u; s is multiplied by v = p + u",
            11: "11 is 3 + 8, but u is −2 × 4 and negative",
            5: "the size is right; v is p + u, and u is negative and larger in size than p",
            1: "1 is the gradient of y; at the times before it, s gets 1 times the data of v",
            8: "that is u without its sign; s is multiplied by v = p + u",
            -11: "v is p + u, and p is 3, not −3",
            -24: "−24 is p times u; v is their sum",
            3: "that is p's own data; s is multiplied by v = p + u",
            -1.25: "−1.25 is y times s; s gets the data of v, times the 1 that arrives",
        },
        "p": {
            1: "1 is the local derivative of the plus; multiply it by what arrives from v",
            -5: "−5 is the gradient of s; p stands behind v, and v gets another factor",
            3: "that is p's own data; the data of the terms do not matter to a plus",
            -0.5: "the size is right, and the sign is not; nothing turns it on this way",
            0.25: "what arrives at v counts once; the plus passes it on as it is",
            1.5: "the data of the terms do not matter to a plus; it passes on what arrives",
            -2.5: "that is y; the plus passes on what arrives at v",
            2: "that is the gradient of q; the plus passes on what arrives at v",
        },
        "q": {
            4: "that is the local derivative, r; multiply it by what arrives from u",
            -1: "q gets the data of its partner r, not its own",
            0.5: "0.5 is what arrives at u; the times still multiplies it by r",
            -2: "that is q's own data; q gets the data of its partner, times what arrives",
            8: "the data of s is 0.5, and q's partner r is 4: what is multiplied by what?",
            -20: "−20 is 4 × −5; what arrives at u is the gradient of v, "
            "and v gets the data of s, 0.5",
        },
        "r": {
            -2: "that is the local derivative, q; multiply it by what arrives from u",
            2: "r gets the data of its partner q, not its own",
            0.5: "0.5 is what arrives at u; the times still multiplies it by q",
            1: "the size is right; look at the sign of its partner",
            4: "that is r's own data; r gets the data of its partner, times what arrives",
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
    points = (2.0, -3.0, 1.0), (4.0, -2.0, -2.0), (0.0, 5.0, 0.5), (-1.5, 3.0, 0.7)
    check_rule(
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
            (lambda x, y, grad: (x, y), "the data of the summands do not matter to a plus"),
            (
                lambda x, y, grad: (2 * grad, 2 * grad),
                "this is twice what arrives; each summand gets it once",
            ),
            (
                lambda x, y, grad: (-grad, -grad),
                "the size is right and the sign is not; nothing turns a sign at a plus",
            ),
        ],
    )
    check_rule(
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
            (
                lambda x, y, grad: (y + grad, x + grad),
                "the local derivative is multiplied by what arrives, not added to it",
            ),
            (
                lambda x, y, grad: (-y * grad, -x * grad),
                "the size is right and the sign is not; nothing turns a sign at a times",
            ),
            (lambda x, y, grad: (x, y), "these are the data of x and of y themselves"),
            (
                lambda x, y, grad: (x * y, x * y),
                "this is the product itself, twice; asked for are the gradients of its factors",
            ),
            (
                lambda x, y, grad: (2 * y * grad, 2 * x * grad),
                "this is twice too much; each factor gets the data of the other once",
            ),
            (
                lambda x, y, grad: ((x + y) * grad, (x + y) * grad),
                "the data are not added; each factor gets the data of the other one alone",
            ),
            (
                lambda x, y, grad: (abs(y) * grad, abs(x) * grad),
                "the sign of the data is lost",
            ),
        ],
    )
    return "A plus passes on what arrives; a times multiplies it by the other factor."


@exercise("02.3")
def against_the_gradient(step_down):
    step(step_down, "leaf", "leaves")
    return "data - rate × grad, for every leaf: the line that trains a network, in lesson 08."


# What the checks above share.


NAMED = {  # what stands for a number in 02.a
    "d": "4",
    "d.data": "4",
    "d's data": "4",
    "the data of d": "4",
    "f": "-2",
    "f.data": "-2",
    "f's data": "-2",
    "the data of f": "-2",
    "l": "-8",
    "l.data": "-8",
}


def _factor(answer):
    """The text of a number without what may follow it: -2 of "-2 times as far", "-2h", "-2x"."""
    text = as_text(bare(answer))
    if isinstance(text, str):
        text = {"minus two": "-2", "negative two": "-2", "four": "4"}.get(text, text)
        text = re.sub(r"(?<=\d) *(times( as far| as much)?|\*? ?h|x)$", "", text)
    return text


STEPS = (  # where the leaves stand, their gradients, and the rate
    ((2.0, -1.0, 0.5), (-3.0, 4.0, 0.5), 0.25),
    ((0.25, 1.5), (2.0, -0.5), 0.5),
    ((8.0, 10.0, 1.0), (4.0, -2.0, 6.0), 0.125),
)


def step(function, one, many):
    """Check a function (values, rate) that moves their data against their gradients.

    Lesson 08 asks for it again. one and many are what a lesson calls the values.
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
                _for_each(lambda x, grad, rate: x - 0.01 * grad),
                "this goes by 0.01 times the gradient; take the rate that the function is given",
            ),
            (
                _for_each(lambda x, grad, rate: x + 0.01 * grad),
                "this is the step of the page, along the gradient and by 0.01; "
                "go against it, by the rate that the function is given",
            ),
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
                _for_each(lambda x, grad, rate: x - grad / rate),
                "the gradient is divided by the rate; the step is rate times gradient",
            ),
            (
                _for_each(lambda x, grad, rate: x - (rate + grad)),
                "the rate is added to the gradient; the step is rate times gradient",
            ),
            (
                _for_each(lambda x, grad, rate: x - rate * grad * x),
                f"the step is rate times gradient; the data of the {one} is no part of it",
            ),
            (
                _for_each(lambda x, grad, rate: x - rate * grad**2),
                "the gradient is squared; the step is rate times gradient",
            ),
            (
                _for_each(lambda x, grad, rate: rate * grad - x),
                f"the two have changed places: the step is taken away from the {one}",
            ),
            (
                _for_each(lambda x, grad, rate: x - rate * max(grad, 0)),
                "only where the gradient is positive has something moved",
            ),
            (
                lambda data, grads, rate: (data[0], *right(data, grads, rate)[1:]),
                "the first has not moved; the first place of a list is 0",
            ),
            (
                lambda data, grads, rate: (*right(data, grads, rate)[:-1], data[-1]),
                "the last has not moved",
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
        "look at what was added to each, and compare it with its gradient and the rate",
    )
    call(function, [], 1.0, returns=False)


@contextmanager
def one_by_one(one):
    """Say that a list is given, where the learner's code takes it for something else."""
    try:
        yield
    except (AttributeError, TypeError, IndexError, NameError, ValueError) as problem:
        why = _why_not_one_by_one(problem, one)
        if not why:
            raise
        raise Wrong(f"{code_stopped(problem)}. {why}") from None


def _why_not_one_by_one(problem, one):
    """What may be behind an exception in a loop over a list; nothing where it says it all."""
    said = str(problem)
    if isinstance(problem, NameError):
        name = "grad" if "'grad'" in said else "data" if "'data'" in said else ""
        return f"Each {one} has its own: write the {one}, a dot, and {name}." if name else ""
    if "not callable" in said:
        return "data and grad are numbers: no brackets behind them."
    if isinstance(problem, IndexError) or "to unpack" in said:
        return "The list may have any length."
    if "list indices" in said:
        return f"`for p in …` gives each {one} of the list itself, and not its place in it."
    if "'int' object has no attribute" in said:
        return f"range gives places 0, 1, …; the {one} at place i of a list is list[i]."
    if "'list'" in said:
        return f"The function is given a list: take each {one} in it in turn, with a loop."
    return ""


def _moved(function, one, data, grads, rate):
    """Where function (values, rate) moves leaves at data, a tuple; Wrong where it does more."""
    values = [OpenLeaf(x, grad=grad) for x, grad in zip(data, grads)]
    given = list(values)
    with one_by_one(one):
        call(function, given, rate, returns=False)
    if [id(value) for value in given] != [id(value) for value in values]:
        raise Wrong(f"The list itself has changed. Leave it as it is, and move each {one} in it.")
    moved = tuple(value.data for value in values)
    left = tuple(value.grad for value in values)
    for x in moved:
        if isinstance(x, Value):
            raise Wrong(
                f"{one}.data now holds a Value, not a number: "
                f"compute with {one}.data and {one}.grad, not with {one} itself."
            )
        if not isinstance(x, Real):
            raise Wrong(f"{one}.data should hold a number, and now holds {described(x)}.")
    cleared = not any(left)
    if moved == data and cleared:
        raise Wrong(
            f"The gradients are 0, and no {one} has moved: "
            "you cleared before stepping, so every step is 0."
        )
    if moved == data and left == grads:
        raise Wrong(
            f"No {one} has moved. Take each {one} in the list that the function is given, and put "
            f"the new number into its data: {one} = ... only lets the name point elsewhere, "
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


@contextmanager
def _plain_numbers():
    """Say what a rule may use, where the learner's code asks for more."""
    try:
        yield
    except AttributeError as problem:
        raise Wrong(
            f"{code_stopped(problem)}. "
            "x, y and grad are plain numbers here: write x, without .data or .grad behind it."
        ) from None
    except NameError as problem:
        raise Wrong(
            f"{code_stopped(problem)}. "
            "Use what the function is given: x, y and grad, which is what arrives."
        ) from None


def check_rule(name, rule, points, right, mistakes):
    """Check a function (x, y, grad) -> (gradient of x, gradient of y)."""
    with _plain_numbers():
        of_x, of_y = pairs(rule, points, "the gradient of x and the gradient of y")
    wanted_x, wanted_y = zip(*[right(*point) for point in points])
    otherwise = "multiply each local derivative by the gradient that arrives"
    if len(set(of_x)) == 1 and len(set(of_y)) == 1:
        otherwise = "yours gives the same two numbers everywhere; " + otherwise
    elif close(tuple(of_x), wanted_x):
        otherwise = "the gradient of x is right; look at that of y"
    elif close(tuple(of_y), wanted_y):
        otherwise = "the gradient of y is right; look at that of x"
    compare(
        f"{name} with x = {{0}}, y = {{1}} and grad = {{2}} should give {{wanted}}, "
        "and yours gives {seen}",
        points,
        list(zip(of_x, of_y)),
        right,
        mistakes,
        otherwise,
    )
