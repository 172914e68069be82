"""Lesson 01, derivatives."""

import math

from .. import words
from ._check import Wrong, choose, close, compare, decide, exercise, number, numbers


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
    )


@exercise("01.1")
def slope_of_cube(g_slope):
    points = (2.0,), (-1.5,), (0.0,), (3.0,)
    compare(
        "At x = {0} the slope of x**3 is {wanted}, and yours is {seen}",
        points,
        numbers(g_slope, points),
        lambda x: 3 * x**2,
        [
            (lambda x: x**2, "the factor 3 is missing: the exponent comes down in front"),
            (lambda x: 3 * x**3, "the exponent must also go down by one"),
            (lambda x: 3 * x, "the exponent goes down from 3 to 2, not to 1"),
            (lambda x: 2 * x**2, "the factor is the old exponent, 3, not the new one"),
            (lambda x: 2 * x, "this is the slope of x**2"),
            (lambda x: 6 * x - 4, "this is the slope of f; asked for is that of g"),
            (lambda x: x**3, "this is g itself, not its slope"),
        ],
        "compare with forward_difference(g, x, 1e-6)",
    )
    return "The slope of x**3 is 3*x**2 everywhere."


@exercise("01.2")
def central(slope):
    points = (lambda x: x**2, 3.0, 0.1), (math.sin, 0.5, 0.1), (math.exp, 1.0, 0.1)
    compare(
        "With h = {2} at x = {1} the two-sided slope is {wanted}, and yours is {seen}",
        points,
        numbers(slope, points),
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
                lambda f, x, h: (f(x + h) - f(x)) / h,
                "this is the forward difference, with one foot still at x",
            ),
            (
                lambda f, x, h: f(x + h) - f(x - h) / (2 * h),
                "the rise needs brackets: / binds tighter than -",
            ),
            (
                lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
                "the run needs brackets: / 2 * h divides by 2 and then multiplies by h",
            ),
        ],
        "write the rise from x - h to x + h, then divide by the run",
        1e-9,
    )
    return "One foot on either side: the errors of first order cancel."


@exercise("01.3")
def where_slope_is_ten(x):
    x = number(x)
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
    raise Wrong(f"At x = {words.number(x)} the slope is {slope}, not 10.")


@exercise("01.4")
def two_ways(slope_a, slope_b):
    slope_a = number(slope_a)
    slope_b = number(slope_b)
    if close(slope_a, -3):
        raise Wrong(
            "−3 is the part of a inside a*b. a also stands by itself in q, and that adds 1: "
            "a nudge in a travels both ways at once."
        )
    if close(slope_a, 2) and close(slope_b, -2):
        raise Wrong("These are swapped: the slope for b is what b is multiplied by.")
    decide(
        "The slope for a",
        slope_a,
        -2,
        {},
        tolerance=1e-3,
        otherwise="nudge a by 0.0001 in both places where it stands",
    )
    decide(
        "The slope for b",
        slope_b,
        2,
        {},
        tolerance=1e-3,
        otherwise="it is what b is multiplied by; nudge b by 0.0001",
    )
    return "a reaches q along two ways, with slopes b and 1, and they add up: −3 + 1 = −2."
