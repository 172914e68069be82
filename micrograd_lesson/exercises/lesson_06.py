"""Lesson 06, more operations."""

import math
from contextlib import contextmanager
from numbers import Real

from .. import words
from ..words import exception
from ._check import Wrong, close, compare, decide, described, exercise, numbers, pairs
from ._operation import trials
from ._slips import code_stopped
from ._spoken import spoken


@exercise("06.a")
def reflected_minus(answer):
    return decide(
        "The data of 10 - a",
        spoken(answer),
        -7,
        {
            7: "7 is what it should be. But self is a, and other is the 10: "
            "what does self - other compute?",
            13: "13 is the sum. Put a for self and 10 for other into self - other.",
            -13: "only one of the two is subtracted: self - other is 3 - 10.",
            3: "3 is a itself; the method computes self - other.",
            10: "10 is other itself; the method computes self - other.",
            -3: "−3 is what -a is; put a for self and 10 for other into self - other.",
        },
        "self is a, whatever the side, so the copied line computes 3 - 10. "
        "The right one is (-self) + other.",
        otherwise="put a for self and 10 for other into self - other",
    )


@exercise("06.b")
def corner(answer):
    if isinstance(answer, str) and answer.strip(" .!").lower() in NO_SLOPE:
        raise Wrong(
            "relu has no slope at 0, indeed. But the witness computes a quotient from two feet, "
            "and gets a number all the same: which one?"
        )
    return decide(
        "The central difference at 0",
        spoken(answer),
        0.5,
        {
            0: "0 is the slope on the left. One foot stands on the right, at height h.",
            1: "1 is the slope on the right. One foot stands on the left, at height 0.",
            -0.5: "relu rises from left to right: the right foot stands at h, the left one at 0.",
            2: "that is the run divided by the rise.",
        },
        "The right foot stands at h, the left one at 0, and the run is 2h: h / 2h, "
        "half of each side.",
        otherwise="compute relu(h) and relu(-h) for a small h, and divide their difference by 2h",
    )


NO_SLOPE = {"none", "no slope", "undefined", "not defined", "does not exist", "nothing", "nan"}

VALUE_TAKES = "data, label, parents, operation, local derivatives"


@exercise("06.1")
def sine(sin, value):
    points = []
    seen = []
    arrived = []
    for trial in trials("sin", sin, value, VALUE_TAKES):
        out = trial.out
        _check_sine(out, trial.v, trial.x)
        seen.append(out._local[0])
        out.grad = trial.incoming
        out._backward()
        points.append((trial.x, trial.incoming, trial.start))
        arrived.append(trial.v.grad)
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
                "take the cosine of the number in v, not of the output",
            ),
            (
                lambda x, incoming, start: x * math.cos(x),
                "the number in v stands in it once too often",
            ),
            (
                lambda x, incoming, start: math.cos(math.radians(x)),
                "the functions of math work on radians",
            ),
            (
                lambda x, incoming, start: math.cos(x) * start,
                "v.grad has no place in it; _backward multiplies by the incoming gradient",
            ),
            (
                lambda x, incoming, start: 1 - math.sin(x) ** 2,
                "this is the same as 1 - out**2, the slope of tanh; the sine has one of its own",
            ),
            (
                lambda x, incoming, start: abs(math.cos(x)),
                "a root is never negative, and this slope often is",
            ),
            (lambda x, incoming, start: 0.0, "out.grad is still 0 here; leave it to _backward"),
        ],
        "nudge the sine at this number, and compare",
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
            f"the data of your result is {described(out.data)}.{hint}"
        )
    _check_parents(out._prev, v)
    if not isinstance(out._op, str):
        raise Wrong(
            f"The operation is its name, a text, and yours is {described(out._op)}. "
            f"Value takes, in this order: {VALUE_TAKES}."
        )
    if not out._op:
        raise Wrong(
            'The result has no operation: name it "sin", '
            "between the parents and the local derivatives."
        )
    _check_local(out._local)


def _check_parents(parents, v):
    """Check that the parents of sin(v) are v alone, in a tuple."""
    if not isinstance(parents, (tuple, list)):
        raise Wrong(
            f"The parents should be a tuple of one, (v,) with a comma, and are "
            f"{described(parents)}. Value takes, in this order: {VALUE_TAKES}."
        )
    if len(parents) != 1:
        raise Wrong(f"The sine has one parent, v, and your result has {len(parents)} parents.")
    if parents[0] is not v:
        raise Wrong(f"The parent should be the node v itself, and is {described(parents[0])}.")


def _check_local(local):
    """Check that there is one local derivative, a number, in a tuple."""
    if isinstance(local, Real):
        raise Wrong(
            "The local derivatives should be a tuple, one for each parent. With one alone, the "
            "brackets need a comma in them; without it, they make a plain number."
        )
    if not isinstance(local, (tuple, list)):
        raise Wrong(
            f"The local derivatives should be a tuple, one for each parent, and are "
            f"{described(local)}."
        )
    if len(local) != 1:
        raise Wrong(
            f"One parent, one local derivative; your result keeps {len(local)}: they are the "
            "fifth argument of Value."
        )
    if not isinstance(local[0], Real):
        raise Wrong(f"A local derivative is a plain number, and yours is {described(local[0])}.")


@exercise("06.2")
def six_over_v(y_data, v_grad):
    decide(
        "The data of y",
        spoken(y_data),
        3,
        {
            1 / 3: "that is v divided by 6.",
            12: "that is 6 times v.",
            -3: "6 and 2 are both positive.",
            8: "that is 6 plus v.",
            4: "that is 6 minus v.",
            2: "2 is v itself.",
            -1.5: "that is a slope; the data of y is the quotient itself.",
        },
        otherwise="put 2 in the place of v",
    )
    return decide(
        "The gradient of v",
        spoken(v_grad),
        -1.5,
        {
            1.5: "a larger divisor makes a smaller result, so the slope is negative.",
            -0.25: "that is the slope of 1/v; the 6 multiplies it.",
            0.25: "the 6 is missing, and the sign: the slope of 1/v is −1/v².",
            0.5: "that is the slope for the number above; v stands below.",
            -0.5: "that is −1/v. The power falls from −1 to −2, and the 6 multiplies.",
            1 / 6: "that is the slope of v / 6.",
            3: "3 is y itself.",
            -3: "that is −6/v. The power falls from −1 to −2.",
            6: "6 would be the slope of 6 * v.",
            24: "v stands below, squared, and a larger v makes a smaller y.",
            -6: "divide by v squared.",
            -12: "v stands below, squared: the power falls from −1 to −2.",
            -24: "v stands below, squared: divide by 4, do not multiply.",
            -0.75: "the power falls from −1 to −2, and no further: divide by 4, not by 8.",
            0: "y does move with v: compare 6 / 2 and 6 / 2.1.",
        },
        "Data 3, and −6/v² = −1.5.",
        otherwise="write y as 6 * v**-1, and use the rule of the power",
    )


@exercise("06.3")
def log_of_sigmoid(log_sigmoid):
    points = [
        (x,) for x in (1.0, -1.0, 0.0, 3.5, -3.5, 30.0, -30.0, 700.0, -700.0, 1000.0, -1000.0)
    ]
    seen = []
    asked = []  # the largest number that math.exp was called with, at each point
    for (x,) in points:
        with _watched_exp() as exponents:
            seen.append(_far_out(log_sigmoid, x))
        asked.append(max(exponents, default=0.0))
    compare(
        "At x = {0} the logarithm of the sigmoid is {wanted}, and yours is {seen}",
        points,
        seen,
        _log_sigmoid,
        [
            (lambda x: -_log_sigmoid(x), "the sign is wrong: the logarithm of 1/u is −log u"),
            (
                lambda x: _log_sigmoid(-x),
                "this is its value at −x; the two forms are on the wrong sides, or a sign is wrong",
            ),
            (lambda x: -_log_sigmoid(-x), "this is log(1 + eˣ): two minus signs are missing"),
            (lambda x: math.exp(_log_sigmoid(x)), "this is the sigmoid itself, not its logarithm"),
            (
                lambda x: _log_sigmoid(abs(x)),
                "below 0 the logarithm of what stands above the line is missing",
            ),
            (
                lambda x: _log_sigmoid(x) / math.log(10),
                "this is the logarithm to base 10; math.log is the natural one",
            ),
            (lambda x: x, "this is x itself"),
            (
                lambda x: min(x, 0.0) + math.log1p(math.exp(-abs(x))),
                "the logarithm of what stands below the line is taken away, and not added",
            ),
            (
                lambda x: min(x, 0.0) - math.log1p(math.exp(-abs(x))) / math.log(10),
                "there is a logarithm to base 10 in it; math.log is the natural one",
            ),
            (
                lambda x: x if x < 0 else _log_sigmoid(x),
                "left of 0 it comes close to x, far out; it is not equal to x",
            ),
            (
                lambda x: _log_sigmoid(x) if x < 0 else 0.0,
                "right of 0 it comes close to 0, far out; it is not equal to 0",
            ),
            (
                lambda x: x + math.log1p(math.exp(x)) if x < 0 else _log_sigmoid(x),
                "left of 0 the logarithm of what stands below the line is to be taken away",
            ),
            (
                lambda x: x - math.log1p(math.exp(-abs(x))),
                "x belongs to one of the two forms alone",
            ),
            (
                lambda x: max(x, 0.0) - math.log1p(math.exp(-abs(x))),
                "x belongs to the other side of 0",
            ),
            (lambda x: -x, "this is x with the other sign"),
            (lambda x: round(_log_sigmoid(x), 2), ROUNDED),
            (lambda x: round(_log_sigmoid(x), 3), ROUNDED),
            (lambda x: round(_log_sigmoid(x), 4), ROUNDED),
            (lambda x: round(_log_sigmoid(x), 6), ROUNDED),
            (
                lambda x: math.log1p(math.exp(x)) if x < 0 else _log_sigmoid(x),
                "left of 0 the logarithm of what stands below the line is taken away, and that of "
                "what stands above it is missing",
            ),
            (
                lambda x: math.exp(x) - math.log1p(math.exp(x)) if x < 0 else _log_sigmoid(x),
                "left of 0 the logarithm of what stands above the line is wanted, and not what "
                "stands there",
            ),
            (
                lambda x: _log_sigmoid(x) if x < 0 else 1 + _log_sigmoid(x),
                "right of 0 a 1 stands above the line; its logarithm is 0",
            ),
            (
                lambda x: _log_sigmoid(x) if x < 0 else -_log_sigmoid(x),
                "right of 0 the sign is wrong: the logarithm of 1/u is −log u",
            ),
            (
                lambda x: -_log_sigmoid(x) if x < 0 else _log_sigmoid(x),
                "left of 0 the sign is wrong",
            ),
            (
                lambda x: x * math.log1p(math.exp(x)) if x < 0 else _log_sigmoid(x),
                "left of 0: the logarithm of a quotient is a difference, and not a product",
            ),
        ],
        _where_to_look(points, seen),
        1e-9,
    )
    for (x,), exponent in zip(points, asked):
        if exponent > 0:
            raise Wrong(
                f"The numbers are right. But at x = {words.number(x)} math.exp was called with "
                f"{words.number(exponent)}, and it should never get a positive number."
            )
    return "No overflow on either side: log σ(x) is close to x far to the left, and to 0 far right."


def _where_to_look(points, seen):
    """What to say where no slip explains the numbers."""
    near = [(value, _log_sigmoid(x)) for value, (x,) in zip(seen, points) if abs(x) < 4]
    if all(close(*pair, 1e-9) for pair in near):
        return "near 0 yours is right; what becomes of it far out?"
    return "near 0, where nothing overflows, compare with math.log(1 / (1 + math.exp(-x)))"


ROUNDED = "the number looks rounded; give it with all its digits"


def _log_sigmoid(x):
    """log(1 / (1 + e⁻ˣ)), without overflow."""
    return min(x, 0.0) - math.log1p(math.exp(-abs(x)))


@contextmanager
def _watched_exp():
    """Inside, math.exp notes what it is called with in the list that this gives."""
    exponents = []
    exp = math.exp

    def watched(x):
        exponents.append(float(x))
        return exp(x)

    math.exp = watched
    try:
        yield exponents
    finally:
        math.exp = exp


def _far_out(log_sigmoid, x):
    """What the learner's function gives at x, where it neither stops nor is inf or nan."""
    where = f"At x = {words.number(x)}"
    try:
        (seen,) = numbers(log_sigmoid, [(x,)])
    except OverflowError:
        raise Wrong(
            f"{where} a number on the way is too large for a float. "
            "Use the other form on this side; an if can choose."
        ) from None
    except ValueError as problem:
        raise Wrong(
            f"{where} your code stopped with {exception(problem)}. "
            "Does math.log get a 0 there, or less? "
            "A 0 may come from rounding: what is too small for a float becomes 0. Then use the "
            "logarithm of a quotient before that happens."
        ) from None
    except ZeroDivisionError as problem:
        raise Wrong(
            f"{where} your code stopped with {exception(problem)}. "
            "The logarithm of a quotient is a difference of two logarithms, and not their quotient."
        ) from None
    except AttributeError as problem:
        raise Wrong(
            f"{where} your code stopped with {exception(problem)}. x is a plain number here: "
            "math.exp and math.log take it, and the page's log and sigmoid want a Value."
        ) from None
    if math.isnan(seen) or math.isinf(seen):
        raise Wrong(
            f"{where} yours is {words.number(seen)}: a number on the way is too large, or 0."
        )
    return seen


@exercise("06.4")
def slopes_of_distance(slopes):
    def for_x(x, y):
        return x / math.hypot(x, y)

    def for_y(x, y):
        return y / math.hypot(x, y)

    points = ((3.0, 4.0), (-2.5, 1.0), (0.5, -1.2), (2.0, 0.0), (-0.1, -0.2))
    what = "the slope for x and the slope for y"
    try:
        seen_x, seen_y = pairs(slopes, points, what, for_x, for_y)
    except ZeroDivisionError as problem:
        raise Wrong(
            f"{code_stopped(problem)}. x or y alone may be 0; the distance of such a point is not."
        ) from None
    except ValueError as problem:
        raise Wrong(
            f"{code_stopped(problem)}. x and y may be negative; the sum of their squares is not."
        ) from None
    except AttributeError as problem:
        raise Wrong(f"{code_stopped(problem)}. x and y are plain numbers here.") from None
    except NameError as problem:
        if problem.name not in ("out", "d", "distance", "r"):
            raise
        raise Wrong(
            f"{code_stopped(problem)}. The function is given x and y alone: compute it first."
        ) from None
    seen = [*seen_x, *seen_y]
    wanted = [for_x(*point) for point in points] + [for_y(*point) for point in points]
    is_near = all(close(*both, 1e-3) for both in zip(seen, wanted))
    if is_near and not all(close(*both) for both in zip(seen, wanted)):
        raise Wrong("Nearly, but not exactly: a nudge of finite size gives such numbers.")
    _compare_distance("x", points, seen_x, for_x, lambda x, y: (x, y))
    _compare_distance("y", points, seen_y, for_y, lambda x, y: (y, x))
    return "x/out and y/out: each between −1 and 1, and their squares add up to 1."


def _compare_distance(name, points, seen, right, of):
    """The check of one slope of the distance; of(x, y): its own coordinate, then the other one."""

    def mistake(formula):
        return lambda x, y: formula(*of(x, y), math.hypot(x, y))

    compare(
        f"At x = {{0}}, y = {{1}} the slope for {name} is {{wanted}}, and yours is {{seen}}",
        points,
        seen,
        right,
        [
            (mistake(lambda u, v, out: out), "this is the output"),
            (mistake(lambda u, v, out: v / out), "this is the slope for the other one"),
            (
                mistake(lambda u, v, out: 2 * u),
                "this is the slope of what stands under the root; the slope of the root is missing",
            ),
            (
                mistake(lambda u, v, out: 1 / (2 * out)),
                "this is the slope of the root; multiply by the slope of what stands under it",
            ),
            (
                mistake(lambda u, v, out: u / (2 * out)),
                "the slope of what stands under the root has a factor 2",
            ),
            (
                mistake(lambda u, v, out: 2 * u / out),
                "the slope of the root of u is 1/(2√u), with a 2 below the line",
            ),
            (
                mistake(lambda u, v, out: u * out),
                "the power of ½ falls to −½: divide by the root, do not multiply",
            ),
            (
                mistake(lambda u, v, out: u / out**2),
                "divide by the root, not by what stands under it",
            ),
            (mistake(lambda u, v, out: -u / out), "the sign is wrong"),
            (mistake(lambda u, v, out: u), "divide by the root"),
            (
                mistake(lambda u, v, out: 1 / out),
                "the slope of what stands under the root has the coordinate in it",
            ),
            (
                mistake(lambda u, v, out: 2 * u * out),
                "the power of ½ falls to −½: divide by the root, do not multiply",
            ),
            (mistake(lambda u, v, out: u * u / out), "the coordinate stands above the line once"),
            (
                mistake(lambda u, v, out: u / out**2 / 2),
                "Python reads z**1/2 as (z**1)/2: write z**0.5, or brackets around 1/2",
            ),
            (mistake(lambda u, v, out: abs(u) / out), "the sign of the coordinate is lost"),
            (
                mistake(lambda u, v, out: u / out**3),
                "the power of ½ falls to −½: divide by the root once",
            ),
            (
                mistake(lambda u, v, out: u / (u + v) if u + v else math.inf),
                "the root of a sum of squares is not the sum",
            ),
            (mistake(lambda u, v, out: round(u / out, 2)), ROUNDED),
            (mistake(lambda u, v, out: round(u / out, 3)), ROUNDED),
            (
                mistake(lambda u, v, out: 1.0),
                "the root of a sum of squares is not the sum",
            ),
        ],
        "the chain rule: the slope of the root, times the slope of what stands under it",
    )
