"""The warm-up of lesson 00: right answers pass, and wrong ones are told why."""

import numpy as np

from micrograd_lesson import Value
from tests.exercises.answers import check_tables


def dots(x): ...


RIGHT = [
    ("00.1", lambda x: 2 * x),
    ("00.1", lambda x: x + x),
    ("00.1", lambda x: Value(x) * 2),
    ("00.1", lambda x: np.float64(x) * 2),
    ("00.1", lambda x: np.array(2 * x)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("00.1", lambda x: x + 2, "adds 2"),
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
]

WAITING = [
    ("00.1", lambda x: ...),
    ("00.1", dots),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)
