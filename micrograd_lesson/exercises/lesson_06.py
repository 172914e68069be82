"""Lesson 06, more operations."""

import math

from .. import words
from ._check import Wrong, close, compare, decide, exercise, new_value, number, numbers, pairs


@exercise("06.a")
def reflected_minus(answer):
    return decide(
        "The data of 10 - a",
        answer,
        -7,
        {
            7: "7 is what it should be. But self is a, and other is the 10: "
            "what does self - other compute?",
            13: "13 is the sum. Put a for self and 10 for other into self - other.",
            -13: "only one of the two is subtracted: self - other is 3 - 10.",
            3: "3 is a itself; the method computes self - other.",
            10: "10 is other itself; the method computes self - other.",
        },
        "self is a, whatever the side, so the copied line computes 3 - 10. "
        "The right one is (-self) + other.",
    )


@exercise("06.b")
def corner(answer):
    return decide(
        "The central difference at 0",
        answer,
        0.5,
        {
            0: "0 is the slope on the left. One foot stands on the right, at height h.",
            1: "1 is the slope on the right. One foot stands on the left, at height 0.",
            -0.5: "relu rises from left to right: the right foot stands at h, the left one at 0.",
            2: "that is the run divided by the rise.",
        },
        "The right foot stands at h, the left one at 0, and the run is 2h: h / 2h, "
        "half of each side.",
    )


@exercise("06.1")
def sine(sin, value):
    points = (  # the number, the incoming gradient, and what v.grad holds before
        (0.5, 2.0, 1.0),
        (-2.0, 3.0, 0.0),
        (3.0, -4.0, 2.0),
        (0.0, 1.0, -1.0),
    )
    seen = []
    arrived = []
    for x, incoming, start in points:
        v = value(x)
        v.grad = start
        out = new_value("sin", sin, v, "The functions of math need the number inside v, v.data.")
        _check_sine(out, v, x)
        if v.grad != start:
            raise Wrong(
                "v.grad changed before the backward pass. Keep the local derivative, "
                "and leave the multiplying to _backward."
            )
        seen.append(number(out._local[0]))
        out.grad = incoming
        out._backward()
        arrived.append(v.grad)
    compare(
        "At v = {0} the local derivative is {wanted}, and yours is {seen}",
        points,
        seen,
        lambda x, incoming, start: math.cos(x),
        [
            (lambda x, incoming, start: math.sin(x), "this is the sine itself"),
            (lambda x, incoming, start: -math.sin(x), "this is the slope of the cosine"),
            (lambda x, incoming, start: -math.cos(x), "the sign is wrong; the sine rises at 0"),
            (
                lambda x, incoming, start: math.cos(math.sin(x)),
                "take the cosine of v.data, not of the output",
            ),
            (lambda x, incoming, start: x * math.cos(x), "v.data stands in it once too often"),
        ],
        "the slope of the sine is the cosine, math.cos(v.data)",
    )
    compare(
        "With {1} coming in, v.grad should go from {2} to {wanted}, and goes to {seen}",
        points,
        arrived,
        lambda x, incoming, start: start + math.cos(x) * incoming,
        [],
        "the local derivative is right, but _backward did not add local × incoming",
    )
    return "One line of calculus: the value, and the cosine as local derivative."


def _check_sine(out, v, x):
    """Check what sin(v) made of v, which holds x: data, parents, operation, local derivatives."""
    if not close(out.data, math.sin(x)):
        in_degrees = close(out.data, math.sin(math.radians(x)))
        hint = " math.sin works on radians, and so does the lesson." if in_degrees else ""
        raise Wrong(
            f"The sine of {words.number(x)} is {words.number(math.sin(x))}; "
            f"the data of your result is {out.data!r:.60}.{hint}"
        )
    is_one = isinstance(out._prev, (tuple, list)) and len(out._prev) == 1
    if not is_one or out._prev[0] is not v:
        raise Wrong(
            "The parents should be a tuple of one, (v,) with a comma, so that backward() finds v."
        )
    if not out._op:
        raise Wrong(
            'The result has no operation: name it "sin", '
            "between the parents and the local derivatives."
        )
    if not isinstance(out._local, (tuple, list)):
        raise Wrong(
            "The local derivatives should be a tuple, one for each parent: (math.cos(v.data),) "
            "with a comma. Without it, the brackets make a plain number."
        )
    if len(out._local) != 1:
        raise Wrong(
            f"One parent, one local derivative; your result keeps {len(out._local)}: they are the "
            "fifth argument of Value."
        )


@exercise("06.2")
def six_over_v(y_data, v_grad):
    decide(
        "The data of y",
        y_data,
        3,
        {
            1 / 3: "that is v divided by 6.",
            12: "that is 6 times v.",
            -3: "6 and 2 are both positive.",
        },
    )
    return decide(
        "The gradient of v",
        v_grad,
        -1.5,
        {
            1.5: "a larger divisor makes a smaller result, so the slope is negative.",
            -0.25: "that is the slope of 1/v; the 6 multiplies it.",
            0.25: "the 6 is missing, and the sign: the slope of 1/v is −1/v².",
            0.5: "that is the slope for the number above; v stands below.",
            3: "3 is y itself.",
            -3: "6/v² would have v once more in the divisor: 6 divided by 4.",
            6: "6 would be the slope of 6 * v.",
            -6: "divide by v squared.",
            -12: "v stands below, squared: the power falls from −1 to −2.",
            -24: "v stands below, squared: divide by 4, do not multiply.",
        },
        "Data 3, and −6/v² = −1.5.",
    )


@exercise("06.3")
def both_slopes(slopes):
    def for_x(x, p):
        return p * x ** (p - 1)

    def for_p(x, p):
        return x**p * math.log(x)

    points = ((2.5, 3.0), (0.5, -1.0), (3.0, 0.5), (1.0, 4.0), (4.0, 2.0))
    what = "the slope for x and the slope for p"
    seen_x, seen_p = pairs(slopes, points, what, for_x, for_p)
    compare(
        "At x = {0}, p = {1} the slope for x is {wanted}, and yours is {seen}",
        points,
        seen_x,
        for_x,
        [
            (lambda x, p: p * x**p, "the power must fall by one: p - 1"),
            (lambda x, p: x ** (p - 1), "the factor p is missing"),
            (
                lambda x, p: (p - 1) * x ** (p - 1),
                "the factor in front is p; only the exponent falls by one",
            ),
            (lambda x, p: x**p, "this is the output"),
            (for_p, "this is the slope for p"),
            (lambda x, p: p * x - 1, "the exponent is p - 1, in brackets"),
            (
                lambda x, p: p * x**p - 1,
                "Python takes the power before the minus: write x**(p - 1)",
            ),
        ],
        "the power rule says p * x**(p - 1)",
    )
    compare(
        "At x = {0}, p = {1} the slope for p is {wanted}, and yours is {seen}",
        points,
        seen_p,
        for_p,
        [
            (
                lambda x, p: math.log(x),
                "this is the slope of what stands in the exponent; multiply by the output",
            ),
            (lambda x, p: x**p, "this is the output; the factor log x is missing"),
            (
                lambda x, p: x**p * math.log10(x),
                "this is the logarithm to base 10; math.log is the natural one",
            ),
            (
                lambda x, p: x**p * math.log2(x),
                "this is the logarithm to base 2; math.log is the natural one",
            ),
            (
                lambda x, p: for_x(x, p) * math.log(x),
                "multiply by the output itself, not by its slope for x",
            ),
            (for_x, "the power rule is for the base; here the exponent moves"),
            (
                lambda x, p: p * math.log(x),
                "this is what stands in the exponent of e; its slope is log x, "
                "and the output multiplies it",
            ),
        ],
        "x**p is e**(p log x), and its slope for p is the output times log x",
    )
    return "p·xᵖ⁻¹ and xᵖ·log x. At x = 1 the second is 0: 1 stays 1, whatever its exponent."


@exercise("06.4")
def never_overflows(safe_sigmoid):
    points = [
        (x,) for x in (1.0, -1.0, 0.0, 3.5, -3.5, 30.0, -30.0, 700.0, -700.0, 1000.0, -1000.0)
    ]
    compare(
        "At x = {0} the sigmoid is {wanted}, and yours is {seen}",
        points,
        [_far_out(safe_sigmoid, x) for (x,) in points],
        _sigmoid,
        [
            (
                lambda x: 1 - _sigmoid(x),
                "this is the sigmoid of -x; the two forms are on the wrong sides, or a sign is",
            ),
            (math.tanh, "this is tanh, which runs from −1 to 1"),
            (lambda x: x, "this is x itself"),
        ],
        "e**x / (1 + e**x) and 1 / (1 + e**-x) are the same number, each safe on one side",
        1e-9,
    )
    return "No overflow on either side, and the same numbers everywhere."


def _sigmoid(x):
    """1 / (1 + e⁻ˣ), without overflow."""
    small = math.exp(-abs(x))
    if x >= 0:
        return 1 / (1 + small)
    return small / (1 + small)


def _far_out(safe_sigmoid, x):
    """What the learner's function gives at x, where it neither overflows nor is nan."""
    try:
        (seen,) = numbers(safe_sigmoid, [(x,)])
    except OverflowError:
        exponent = "-x" if x < 0 else "x"
        raise Wrong(
            f"At x = {words.number(x)} it overflows: math.exp({exponent}) is too large there. "
            "Use the other form on this side; an if can choose."
        ) from None
    if math.isnan(seen):
        raise Wrong(f"At x = {words.number(x)} yours is nan: infinity divided by infinity.")
    return seen
