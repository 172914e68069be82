"""The warm-up of lesson 00: right answers pass, and wrong ones are told why."""

import math

import numpy as np

from micrograd_lesson import Tensor, Value
from tests.exercises.answers import check_tables


def dots(x): ...


class Doubler:
    def __call__(self, x):
        return 2 * x


RIGHT = [
    ("00.1", lambda x: 2 * x),
    ("00.1", lambda x: x + x),
    ("00.1", lambda x: Value(x) * 2),
    ("00.1", lambda x: np.float64(x) * 2),
    ("00.1", lambda x: np.array(2 * x)),
    ("00.1", lambda x: Tensor(2 * x)),
    ("00.1", lambda *x: 2 * x[0]),
    ("00.1", Doubler()),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("00.1", lambda x: x + 2, "adds 2"),
    ("00.1", lambda x: 2**x, "power of x"),
    ("00.1", lambda x: x**2, "square"),
    ("00.1", lambda x: x, "came in"),
    ("00.1", lambda x: x / 2, "half"),
    ("00.1", lambda x: 6.0, "twice"),
    ("00.1", lambda x: 3 * x, "three times"),
    ("00.1", lambda x: int(2 * x), "decimal point"),
    ("00.1", lambda x: 2 * int(x), "decimal point"),
    ("00.1", lambda x: round(2 * x), "rounded"),
    ("00.1", lambda x: round(2 * x, 1), "twice"),
    ("00.1", lambda x: abs(2 * x), "minus"),
    ("00.1", lambda x: -2 * x, "sign"),
    ("00.1", lambda x: x ^ 2, "two stars"),
    ("00.1", lambda X: 2 * x, "called X"),  # noqa: F821
    ("00.1", lambda: 6.0, "1 input"),
    ("00.1", print, "return missing"),
    ("00.1", lambda x: "6", "a number"),
    ("00.1", 6.0, "function"),
    ("00.1", lambda x: x**3, "x times x times x"),
    ("00.1", lambda x: 2 * x + 1, "1 more"),
    ("00.1", lambda x: max(2 * x, 0), "a negative x is lost"),
    ("00.1", lambda x: 2 * math.floor(x), "decimal point"),
    ("00.1", lambda x: x // 0.5, "decimal point"),
    ("00.1", lambda x: (2 * x,), "tuple (6.0,)"),
    ("00.1", lambda x: [2 * x], "list [6.0]"),
    ("00.1", "x + x", "function"),
    ("00.1", lambda x, y: 2 * x, "2 inputs"),
    ("00.1", lambda x: x * "2", "TypeError"),
]

WAITING = [
    ("00.1", lambda x: ...),
    ("00.1", dots),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
