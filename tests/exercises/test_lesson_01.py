"""The exercises of lesson 01: right answers pass, and wrong ones are told why."""

import math
from fractions import Fraction

import numpy as np

from micrograd_lesson import Value
from tests.exercises.answers import check_tables

RIGHT = [
    ("01.a", "falls"),
    ("01.a", " Falls "),
    ("01.b", "falls"),
    ("01.1", lambda x: 3 * x * x),
    ("01.2", lambda f, x, h: (f(x + h) - f(x - h)) / h / 2),
    ("01.3", 7 / 3),
    ("01.3", Fraction(7, 3)),
    ("01.3", np.float32(7 / 3)),
    ("01.3", 2.333),
    ("01.3", 2.33),
    ("01.3", "2.33"),
    ("01.4", -2, 2),
    ("01.4", -2.00000001, 2.0),
    ("01.4", Fraction(-2), np.float32(2)),
    ("01.4", Value(-2.0), "2"),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("01.a", "rises", "left branch"),
    ("01.a", "sinks", "choices"),
    ("01.b", "rises", "b is −3"),
    ("01.b", "stays", "product"),
    ("01.1", lambda x: x**2, "factor 3"),
    ("01.1", lambda x: 3 * x**3, "exponent"),
    ("01.1", lambda x: 2 * x**2, "old exponent"),
    ("01.1", lambda x: 6 * x - 4, "slope of f"),
    ("01.1", lambda x: x**3, "g itself"),
    ("01.1", lambda x: 4 * x, "compare with"),
    ("01.1", lambda x: 8, "compare with"),
    ("01.1", lambda x: [12.0], "number is wanted"),
    ("01.1", lambda x: x / 0, "ZeroDivisionError"),
    ("01.1", 12.0, "function"),
    ("01.2", lambda f, x, h: (f(x + h) - f(x)) / h, "forward"),
    ("01.2", lambda f, x, h: (f(x + h) - f(x - h)) / h, "twice"),
    ("01.2", lambda f, x, h: math.cos(x), "two-sided"),
    ("01.3", 56, "other way"),
    ("01.3", (4 + math.sqrt(76)) / 6, "Height"),
    ("01.3", 2.0, "slope is 8"),
    ("01.3", 2.34, "not 10"),
    ("01.3", Fraction(5, 3), "slope is 6"),
    ("01.3", "7/3", "number is wanted"),
    ("01.3", [7 / 3], "number is wanted"),
    ("01.4", -3, 2, "both ways"),
    ("01.4", 2, -2, "swapped"),
    ("01.4", -2, -3, "multiplied"),
    ("01.4", Fraction(1, 2), 2, "0.5"),
    ("01.4", "two", 2, "number is wanted"),
    ("01.4", -2, [2], "number is wanted"),
]

WAITING = [
    ("01.a", ...),
    ("01.1", lambda x: ...),
    ("01.2", lambda f, x, h: ...),
    ("01.3", ...),
    ("01.4", -2, ...),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)
