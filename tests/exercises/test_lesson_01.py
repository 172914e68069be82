"""The exercises of lesson 01: right answers pass, and wrong ones are told why."""

import math

import pytest

from micrograd_lesson.exercises import check

RIGHT = [
    ("01.a", "falls"),
    ("01.a", " Falls "),
    ("01.b", "falls"),
    ("01.1", lambda x: 3 * x * x),
    ("01.2", lambda f, x, h: (f(x + h) - f(x - h)) / h / 2),
    ("01.3", 7 / 3),
    ("01.4", -2, 2),
    ("01.4", -2.00000001, 2.0),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("01.a", "rises", "left branch"),
    ("01.a", "sinks", "choices"),
    ("01.b", "rises", "b is -3"),
    ("01.b", "stays", "product"),
    ("01.1", lambda x: x**2, "factor 3"),
    ("01.1", lambda x: 3 * x**3, "exponent"),
    ("01.1", lambda x: x / 0, "ZeroDivisionError"),
    ("01.1", 12.0, "function"),
    ("01.2", lambda f, x, h: (f(x + h) - f(x)) / h, "forward"),
    ("01.2", lambda f, x, h: (f(x + h) - f(x - h)) / h, "twice"),
    ("01.2", lambda f, x, h: math.cos(x), "two-sided"),
    ("01.3", 56, "other way"),
    ("01.3", (4 + math.sqrt(76)) / 6, "Height"),
    ("01.3", 2.0, "slope is 8"),
    ("01.4", -3, 2, "both ways"),
    ("01.4", 2, -2, "swapped"),
    ("01.4", -2, -3, "multiplied"),
]


@pytest.mark.parametrize("name, answer", [(name, answer) for name, *answer in RIGHT])
def test_right(name, answer):
    assert check(name, *answer).right is True


@pytest.mark.parametrize("name, answer, hint", [(name, answer, hint) for name, *answer, hint in WRONG])
def test_wrong(name, answer, hint):
    verdict = check(name, *answer)
    assert verdict.right is False
    assert hint in verdict.message
