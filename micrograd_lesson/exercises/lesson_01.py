"""Lesson 01, derivatives."""

import math
from contextlib import contextmanager

from .. import words
from ._check import Wrong, choose, close, compare, decide, exercise, number, numbers
from ._slips import code_stopped
from ._spoken import as_text, fraction

MOVES = {  # other words for where a result goes
    "rise": "rises",
    "up": "rises",
    "goes up": "rises",
    "increases": "rises",
    "fall": "falls",
    "down": "falls",
    "goes down": "falls",
    "decreases": "falls",
    "sinks": "falls",
    "falling": "falls",
    "lower": "falls",
    "rising": "rises",
    "higher": "rises",
    "stay": "stays",
    "same": "stays",
    "unchanged": "stays",
    "stays the same": "stays",
    "climbs": "rises",
    "uphill": "rises",
    "goes uphill": "rises",
    "becomes larger": "rises",
    "downhill": "falls",
    "goes downhill": "falls",
    "becomes smaller": "falls",
    "declines": "falls",
    "sinking": "falls",
    "dropping": "falls",
    "decreasing": "falls",
    "descends": "falls",
    "descending": "falls",
    "gets smaller": "falls",
    "becomes less": "falls",
    "more negative": "falls",
    "moves down": "falls",
    "raises": "rises",
    "raise": "rises",
    "raised": "rises",
    "increasing": "rises",
    "climbing": "rises",
    "gets larger": "rises",
    "becomes more": "rises",
    "less negative": "rises",
    "becomes less negative": "rises",
    "becomes more negative": "falls",
    "moves up": "rises",
    "flat": "stays",
}


@exercise("01.a")
def downhill(answer):
    return choose(
        answer,
        "falls",
        {
            "rises": "You may have thought of x = 3, where the curve climbs. At x = −3 you stand "
            "on the left branch: a step to the right leads downhill.",
            "falls": "At x = −3 the curve runs downhill, so a step to the right lowers f.",
            "stays": "Only at the lowest point, x = 2/3, does a tiny step change next to nothing.",
        },
        also=MOVES,
    )


@exercise("01.b")
def nudge_a(answer):
    return choose(
        answer,
        "falls",
        {
            "rises": "A larger factor makes a product larger only where the other factor is "
            "positive. Here b is −3: every bit added to a takes three bits away from d.",
            "falls": "b is −3, so a nudge up in a moves d down, three times as far.",
            "stays": "d depends on a through the product a*b; only b = 0 would cut that line.",
        },
        also=MOVES | {"less than 4": "falls", "3.9997": "falls", "more than 4": "rises"},
    )


@exercise("01.1")
def slope_of_cube(g_slope):
    points = (2.0,), (-1.5,), (0.0,), (3.0,), (0.3,)
    seen = numbers(g_slope, points)
    if all(value == seen[0] for value in seen):
        raise Wrong(
            f"Yours is {words.number(seen[0])} for every x. The slope of x**3 changes from place "
            "to place: asked for is a formula in x."
        )
    compare(
        "At x = {0} the slope of x**3 is {wanted}, and yours is {seen}",
        points,
        seen,
        _slope_of_cube,
        [
            (lambda x: x**2, "the factor 3 is missing: the exponent comes down in front"),
            (lambda x: 3 * x**3, "the exponent must also go down by one"),
            (lambda x: 3 * x, "the exponent goes down from 3 to 2, not to 1"),
            (lambda x: 2 * x**2, "the factor is the old exponent, 3, not the new one"),
            (lambda x: 2 * x, "this is the slope of x**2"),
            (lambda x: 6 * x - 4, "this is the slope of f; asked for is that of g"),
            (lambda x: x**3, "this is g itself, not its slope"),
            (lambda x: -3 * x**2, "the size is right, and the sign is not: x**3 never falls"),
            (lambda x: (3 * x) ** 2, "the brackets square the 3 too; only x is squared"),
            (lambda x: 2 * x**3, "the exponent, 3, comes down in front, and is then one less"),
            (lambda x: 6 * x, "this is 6 times x; x**2 is x times x"),
            (lambda x: x**4 / 4, "this has x**3 as its slope; asked for is the slope of x**3"),
            (lambda x: 3 * x * abs(x), "the square of a negative x is positive"),
            (lambda x: 3**x, "3 and x have changed places: x is squared, and 3 multiplies it"),
            (lambda x: 3 * x**4, "the exponent goes down by one, from 3 to 2"),
            (lambda x: 3 + x**2, "the 3 multiplies x**2; it is not added"),
            *[(_secant_of_cube(h), SECANT) for h in NUDGES],
            *[(_central_of_cube(h), SECANT) for h in NUDGES],
        ],
        "compare with ((x + h)**3 - x**3) / h, for a small h",
    )
    # A slope that was measured with a tiny nudge is that exact near 0 alone.
    far = ((1e6,), (-3e6,))
    compare(
        "At x = {0} the slope of x**3 is {wanted}, and yours is {seen}",
        far,
        numbers(g_slope, far),
        _slope_of_cube,
        [],
        "near 0 yours is right, and so far out it is not. A slope that is measured with a nudge "
        "behaves so; asked for is the formula that is left when h goes to 0",
    )
    return "The slope of x**3 is 3*x**2 everywhere."


@exercise("01.2")
def central(slope):
    points = (
        (Named(lambda x: x**2, "x**2"), 3.0, 0.1),
        (Named(math.sin, "math.sin(x)"), 0.5, 0.25),
        (Named(math.exp, "math.exp(x)"), 1.0, 0.05),
        (Named(lambda x: x**3, "x**3"), -2.0, 0.5),
        (Named(math.cos, "math.cos(x)"), 1.0, 0.125),  # it falls there
    )
    with _calling_f():
        seen = numbers(slope, points)
    compare(
        "For f(x) = {0}, x = {1} and h = {2} the central difference is {wanted}, "
        "and yours is {seen}",
        points,
        seen,
        lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
        [
            (
                lambda f, x, h: f(x + h) - f(x - h),
                "this is the rise alone; a slope is rise over run",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x - h)) / h,
                "from x - h to x + h the run is 2*h, so this is twice too steep",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x - h)) / 2,
                "the rise is divided by 2 alone; the run is 2*h",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x)) / h,
                "this is the forward difference, with one foot still at x",
            ),
            (
                lambda f, x, h: (f(x) - f(x - h)) / h,
                "this is the backward difference, with one foot still at x",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x)) / (2 * h),
                "the run is 2*h, but the rise is taken from x to x + h only",
            ),
            (
                lambda f, x, h: (f(x) - f(x - h)) / (2 * h),
                "the run is 2*h, but the rise is taken from x - h to x only",
            ),
            (
                lambda f, x, h: (f(x + 2 * h) - f(x)) / (2 * h),
                "this steps twice to the right; step once to either side of x",
            ),
            (
                lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h),
                "the two values are added; a rise is a difference",
            ),
            (
                lambda f, x, h: abs(f(x + h) - f(x - h)) / (2 * h),
                "the minus of a slope that falls is lost",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x - h)) / (2 * x),
                "this is divided by 2*x; the run is 2*h",
            ),
            (
                lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),
                "the sign is turned; subtract the left value from the right one",
            ),
            (
                lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h,
                "this is a central difference too, but with half the step on each side; "
                "here each foot goes as far as h",
            ),
            (
                lambda f, x, h: f(x + h) - f(x - h) / (2 * h),
                "the rise needs brackets: / binds tighter than -",
            ),
            (
                lambda f, x, h: f(x + h) - f(x - h) / 2 * h,
                "the rise and the run need brackets: / and * bind tighter than -",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
                "the run needs brackets: / 2 * h divides by 2 and then multiplies by h",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x - h)) / 2 / h**2,
                "the run is 2*h; h is not squared",
            ),
            (lambda f, x, h: (f(x + h) - f(x - h)) / h**2, "the run is 2*h, and not h times h"),
            (
                lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h**2,
                "this has a 2*f(x) in the rise; the rise is f(x + h) minus f(x - h)",
            ),
            (lambda f, x, h: (f(x + h) - f(x - h)) / (2 + h), "the run is 2 times h, not 2 plus h"),
            (
                lambda f, x, h: (f(x + h) - f(x - h)) * 2 * h,
                "the rise is multiplied by the run; a slope is rise divided by run",
            ),
            (
                lambda f, x, h: (f(x + 2 * h) - f(x - 2 * h)) / (4 * h),
                "this goes 2*h to either side; here each foot goes as far as h",
            ),
            (
                lambda f, x, h: (f(x + 2 * h) - f(x - 2 * h)) / (2 * h),
                "this goes 2*h to either side; here each foot goes as far as h",
            ),
            (
                lambda f, x, h: 1.0,
                "h is added outside of f, or f is not called; the rise is f(x + h) minus f(x - h)",
            ),
            (
                lambda f, h, x: (f(x + h) - f(x - h)) / (2 * h),
                "x and h have changed places; the function is given f, x and h, in this order",
            ),
            *[(_rounded(k), "it is rounded; give all digits") for k in range(1, 9)],
            *[(_with_a_step_of_its_own(10.0**-k), OWN_STEP) for k in range(1, 7)],
            *[(_forward_of_its_own(10.0**-k), OWN_STEP) for k in range(1, 7)],
            *[(_with_a_run_of_its_own(10.0**-k), OWN_RUN) for k in range(1, 7)],
        ],
        "write the rise from x - h to x + h, then divide by the run",
        1e-9,
    )
    return "One foot on either side: the errors of first order cancel."


@exercise("01.3")
def where_slope_is_ten(x):
    x = fraction(x)
    if close(x, 7 / 3, 2e-3):  # 2.33 is good enough, as the page says
        return "6x - 4 = 10 gives x = 14/6, a little above 2.33."
    if close(x, 56):
        raise Wrong(
            "56 is the slope at x = 10. The question runs the other way: "
            "at which x is the slope 10?"
        )
    if close(3 * x * x - 4 * x + 5, 10, 1e-2):
        raise Wrong(
            "There f(x) is 10; asked for is the x at which the slope is 10. "
            "Height and slope are two things."
        )
    slope, _ = words.apart(6 * x - 4, 10)
    why = ""
    if close(x, 1):
        why = " From 6x - 4 = 10, bring the 4 to the other side; its sign changes."
    elif close(x, 5 / 3, 5e-3):
        why = " There 6x is 10; the slope is 6x - 4."
    elif close(x, 3 / 7, 5e-3):
        why = " Is your fraction upside down?"
    elif x in (2.3, 2.4):
        why = " Take a fraction, or two decimals."
    raise Wrong(f"At x = {words.number(x)} the slope is {slope}, not 10.{why}")


@exercise("01.4")
def two_ways(slope_a, slope_b):
    slope_a = number(as_text(slope_a))
    slope_b = number(as_text(slope_b))
    if close(slope_a, 2) and close(slope_b, -2):
        raise Wrong("These are swapped: the slope for b is what b is multiplied by.")
    decide(
        "The slope for a",
        slope_a,
        -2,
        {
            -3: "−3 is the part of a inside a*b. a also stands by itself in q, and that adds 1: "
            "a nudge in a travels both ways at once",
            1: "1 is the part of a that stands by itself. a also stands inside a*b: "
            "a nudge in a travels both ways at once",
            -4: "−4 is q itself; asked for is how fast it moves",
            2: "2 is what b is multiplied by; nudge a in both places where it stands",
            -1: "what is the slope of a*b with respect to a, and what that of a alone?",
            -6: "−6 is the product a*b; asked for is how fast q moves",
        },
        tolerance=1e-3,
        otherwise="nudge a by 0.0001 in both places where it stands",
    )
    decide(
        "The slope for b",
        slope_b,
        2,
        {
            3: "the second a stands by itself; b does not reach it",
            1: "1 is the slope for something that is added; b is multiplied",
            -3: "that is b itself; look at what b is multiplied by",
            -4: "−4 is q itself; asked for is how fast it moves",
            -2: "the size is right; look at the sign of what b is multiplied by",
            -6: "−6 is the product a*b; asked for is how fast q moves",
            0: "b stands in the product a*b, so a nudge of b moves q",
        },
        tolerance=1e-3,
        otherwise="it is what b is multiplied by; nudge b by 0.0001",
    )
    return "a reaches q along two ways, with slopes b and 1, and they add up: −3 + 1 = −2."


# What the checks above share.


NUDGES = (1.0, 0.1, 0.01, 0.001, 1e-4, 1e-5)
OWN_STEP = "this takes a step of its own; use the h that the function is given"
OWN_RUN = "the feet go as far as h, and the run is another number; it is 2*h"


class Named:
    """A function with its formula, which stands for it in a sentence."""

    def __init__(self, function, formula):
        self._function = function
        self._formula = formula

    def __call__(self, x):
        return self._function(x)

    def __str__(self):
        return self._formula


Named.__name__ = "function"  # the name that Python's messages use


@contextmanager
def _calling_f():
    """Say how f is used, where the learner's code takes it for a number, or its run is 0."""
    try:
        yield
    except TypeError as problem:
        if "'function'" not in str(problem):
            raise
        raise Wrong(
            f"{code_stopped(problem)}. f, the first input, is a function: f(x + h) calls it."
        ) from None
    except ZeroDivisionError as problem:
        raise Wrong(
            f"{code_stopped(problem)}. The run may be written (x + h) - (x - h), with both "
            "brackets, or 2*h."
        ) from None


def _rounded(decimals):
    def rounded(f, x, h):
        return round((f(x + h) - f(x - h)) / (2 * h), decimals)

    return rounded


def _forward_of_its_own(step):
    def forward_difference(f, x, h):
        return (f(x + step) - f(x)) / step

    return forward_difference


def _with_a_run_of_its_own(step):
    def too_long_or_short(f, x, h):
        return (f(x + h) - f(x - h)) / (2 * step)

    return too_long_or_short


def _with_a_step_of_its_own(step):
    def central_difference(f, x, h):
        return (f(x + step) - f(x - step)) / (2 * step)

    return central_difference


SECANT = (
    "this is the slope of a secant, measured with a nudge; asked for is the formula that is left "
    "when h goes to 0"
)


def _slope_of_cube(x):
    return 3 * x**2


def _secant_of_cube(h):
    return lambda x: ((x + h) ** 3 - x**3) / h


def _central_of_cube(h):
    return lambda x: ((x + h) ** 3 - (x - h) ** 3) / (2 * h)


def bare(answer):
    """A text without what may stand around a word or inside a name; anything else as it is."""
    if not isinstance(answer, str):
        return answer
    text = answer.lower().strip(" .,!?'\"$`").replace("_", "")
    return text.removeprefix("it ").removeprefix("by ") or answer
