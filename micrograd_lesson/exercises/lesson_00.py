"""Lesson 00, the warm-up: how an exercise works."""

import math

from ._check import compare, exercise, numbers


@exercise("00.1")
def double_it(double):
    points = (3.0,), (0.0,), (-1.3,), (0.37,), (1000.25,)
    compare(
        "double({0}) should be {wanted}, and yours is {seen}",
        points,
        numbers(double, points),
        lambda x: 2 * x,
        [
            (lambda x: x + 2, "this adds 2; double means two times as much"),
            (lambda x: x**2, "this is the square, x times x; double is 2 times x"),
            (lambda x: x, "this is x as it came in"),
            (lambda x: x / 2, "this is half of it"),
            (lambda x: -2 * x, "the sign has changed"),
            (lambda x: x**3, "this is x times x times x; double is 2 times x"),
            (lambda x: 2 * x + 1, "this is twice what came in, and 1 more"),
            (lambda x: max(2 * x, 0), "the result for a negative x is lost"),
            (lambda x: 2 * math.floor(x), "what stands behind the decimal point is lost"),
            (lambda x: math.floor(2 * x), "what stands behind the decimal point is lost"),
            (lambda x: 2 * int(x), "what stands behind the decimal point is lost"),
            (lambda x: int(2 * x), "what stands behind the decimal point is lost"),
            (lambda x: round(2 * x), "it is rounded; x may have decimals"),
            (lambda x: 2 * abs(x), "the minus of a negative x is lost"),
            (lambda x: 3 * x, "this is three times x"),
            (lambda x: 2**x, "this is 2 to the power of x; double is 2 times x"),
        ],
        "it should be twice what came in, for every x",
    )
    return "That is all there is to exercises. They get more interesting."
