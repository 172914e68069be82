"""check itself: what it says before, after and instead of an answer; and that no exercise is untested."""

import importlib
import pkgutil
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from micrograd_lesson import exercises
from micrograd_lesson.exercises import _check, check

TESTED = [
    importlib.import_module(f"tests.exercises.test_{module.name}")
    for module in pkgutil.iter_modules(exercises.__path__)
    if module.name.startswith("lesson_")
]


def dots(x): ...


def documented(x):
    """The slope at x."""
    return ...


def forgotten(x):
    slope = 3 * x**2


def forgotten_at_the_end(x):
    if x > 100:
        return 3 * x**2


def for_nothing(x):
    x


@pytest.mark.parametrize("nothing", [None, ..., "", " ", dots, documented, lambda x: ...])
def test_it_waits_for_an_answer(nothing):
    verdict = check("01.1", nothing)
    assert verdict.right is None and repr(verdict).startswith("… Waiting for your answer")


@pytest.mark.parametrize("function", [forgotten, forgotten_at_the_end, for_nothing])
def test_a_forgotten_return_is_named(function):
    verdict = check("01.1", function)
    assert verdict.right is False
    assert (
        verdict.message
        == f"Your function {function.__name__} returns nothing: is the return missing?"
    )


@pytest.mark.parametrize("seen", [2, True, 2.0, Fraction(2), np.float32(2), np.int64(2)])
def test_numbers_of_every_kind_are_close(seen):
    assert _check.close(seen, int(seen)) and not _check.close(seen, 3.0)


def test_a_mistake_is_named_only_where_it_explains_every_point():
    points = [(2.0,), (3.0,)]
    with pytest.raises(_check.Wrong, match="^8 is 4, at 2: no idea[.]$"):
        _check.compare(
            "{seen:g} is {wanted:g}, at {0:g}",
            points,
            [8, 12],
            lambda x: x**2,
            [(lambda x: x**3, "cube")],
            "no idea",
        )


def test_it_says_what_is_right_and_what_is_not():
    assert repr(check("01.3", 7 / 3)).startswith("✓ Right. ")
    assert repr(check("01.3", 3)).startswith("✗ Not yet. ")


def test_an_unknown_exercise_gets_a_sentence():
    with pytest.raises(ValueError, match="no exercise '99.9'; known are .*01.1"):
        check("99.9", 1)


def test_a_name_is_used_once():
    with pytest.raises(ValueError, match="two exercises '01.1'"):
        _check.exercise("01.1")(print)


def test_every_exercise_has_right_and_wrong_answers_that_are_tested():
    for kind in ("RIGHT", "WRONG"):
        tested = {row[0] for module in TESTED for row in getattr(module, kind)}
        assert tested == set(_check._CHECKS)


def test_every_exercise_stands_in_a_lesson():
    notebooks = Path(__file__).parent.parent.parent / "notebooks"
    asked = {
        name
        for path in notebooks.glob("*.ipynb")
        for name in re.findall(r'check\(\\"(\d\d\.\w+)\\"', path.read_text(encoding="utf-8"))
    }
    assert asked == set(_check._CHECKS)
