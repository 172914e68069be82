"""Lesson 00, the warm-up: how an exercise works."""

from ._check import compare, exercise, numbers


@exercise("00.1")
def double_it(double):
    points = (3.0,), (0.0,), (-1.5,), (10,)
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
        ],
        "two times x, or x plus x",
    )
    return "That is all there is to exercises. They get more interesting."
