"""The warm-up of lesson 00: right answers pass, and wrong ones are told why."""

import pytest

from micrograd_lesson import Value
from micrograd_lesson.exercises import check

RIGHT = [
    ("00.1", lambda x: 2 * x),
    ("00.1", lambda x: x + x),
    ("00.1", lambda x: Value(x) * 2),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("00.1", lambda x: x + 2, "adds 2"),
    ("00.1", lambda x: x**2, "square"),
    ("00.1", lambda x: x, "came in"),
    ("00.1", lambda x: x / 2, "half"),
    ("00.1", lambda x: 6.0, "two times x"),
    ("00.1", lambda x: "6", "a number"),
    ("00.1", 6.0, "function"),
]


@pytest.mark.parametrize("name, answer", [(name, answer) for name, *answer in RIGHT])
def test_right(name, answer):
    assert check(name, *answer).right is True


@pytest.mark.parametrize("name, answer, hint", [(name, answer, hint) for name, *answer, hint in WRONG])
def test_wrong(name, answer, hint):
    verdict = check(name, *answer)
    assert verdict.right is False
    assert hint in verdict.message


def test_waits_as_shipped():
    assert check("00.1", lambda x: ...).right is None
