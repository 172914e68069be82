"""Lesson 01, derivatives."""

import math
import re
from fractions import Fraction

from .. import words
from ._check import Wrong, choose, close, compare, decide, exercise, number, numbers

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
    "does not change": "stays",
    "climbs": "rises",
    "uphill": "rises",
    "goes uphill": "rises",
    "becomes larger": "rises",
    "downhill": "falls",
    "goes downhill": "falls",
    "becomes smaller": "falls",
    "declines": "falls",
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
        also=MOVES,
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
        lambda x: 3 * x**2,
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
            *[(_secant_of_cube(h), SECANT) for h in (1.0, 0.1, 0.01, 0.001, 1e-4, 1e-5)],
        ],
        "compare with ((x + h)**3 - x**3) / h, for a small h",
    )
    return "The slope of x**3 is 3*x**2 everywhere."


@exercise("01.2")
def central(slope):
    points = (
        (lambda x: x**2, 3.0, 0.1),
        (math.sin, 0.5, 0.25),
        (math.exp, 1.0, 0.05),
        (lambda x: x**3, -2.0, 0.5),
        (math.cos, 1.0, 0.125),  # it falls there
    )
    seen = numbers(slope, points)
    compare(
        "With h = {2} at x = {1} the central difference is {wanted}, and yours is {seen}",
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
            *[(_with_a_step_of_its_own(10.0**-k), OWN_STEP) for k in range(1, 7)],
        ],
        "write the rise from x - h to x + h, then divide by the run",
        1e-9,
    )
    return "One foot on either side: the errors of first order cancel."


@exercise("01.3")
def where_slope_is_ten(x):
    x = _fraction(x)
    if close(x, 7 / 3, 2e-3):  # 2.33 is good enough, as the page says
        return "6x - 4 = 10 gives x = 14/6, a little above 2.33."
    if close(x, 56):
        raise Wrong(
            "56 is the slope at x = 10. The question runs the other way: "
            "at which x is the slope 10?"
        )
    if close(3 * x**2 - 4 * x + 5, 10, 1e-2):
        raise Wrong(
            "There f(x) is 10; asked for is the x at which the slope is 10. "
            "Height and slope are two things."
        )
    slope, _ = words.apart(6 * x - 4, 10)
    why = ""
    if close(x, 1):
        why = " From 6x - 4 = 10, bring the 4 to the other side; its sign changes."
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
        },
        tolerance=1e-3,
        otherwise="it is what b is multiplied by; nudge b by 0.0001",
    )
    return "a reaches q along two ways, with slopes b and 1, and they add up: −3 + 1 = −2."


# What the checks above share.


OWN_STEP = "this takes a step of its own; use the h that the function is given"


def _with_a_step_of_its_own(step):
    def central_difference(f, x, h):
        return (f(x + step) - f(x - step)) / (2 * step)

    return central_difference


SECANT = (
    "this is the slope of a secant, measured with a nudge; asked for is the formula that is left "
    "when h goes to 0"
)


def _secant_of_cube(h):
    return lambda x: ((x + h) ** 3 - x**3) / h


def as_text(answer):
    """The text of a number as Python reads it, without a name before it; else as it is."""
    if not isinstance(answer, str):
        return answer
    text = answer.replace("−", "-").replace("minus", "-").replace("- ", "-").strip()
    text = re.sub(r"^[a-z]\w* *= *", "", text)  # x = 2
    text = text.removesuffix(" times")
    return re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", text)  # a comma for the point


def bare(answer):
    """A text without what may stand around a word or inside a name; anything else as it is."""
    if not isinstance(answer, str):
        return answer
    text = answer.lower().strip(" .,!?'\"$`").replace("_", "")
    return text.removeprefix("it ").removeprefix("by ") or answer


def _fraction(answer):
    """The answer as a number; the text of a fraction, such as 5/2, will do."""
    text = as_text(answer)
    if not isinstance(text, str):
        return number(text)
    whole, _, rest = text.rpartition(" ")
    try:
        if "/" in rest and "/" not in whole:  # 2 1/3
            return float(Fraction(whole or "0") + Fraction(rest))
        return float(Fraction(text.replace(" ", "")))
    except (ValueError, ZeroDivisionError):
        return number(text)
