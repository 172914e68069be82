"""check itself: what it says before, after and instead of an answer; and that no exercise is untested."""

import importlib
import json
import pkgutil
import re
from fractions import Fraction
from numbers import Real

import numpy as np
import pytest

from micrograd_lesson import Value, exercises
from micrograd_lesson.exercises import _check, check
from tests.notebooks import LESSONS

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
            "{seen} is {wanted}, at {0}",
            points,
            [8, 12],
            lambda x: x**2,
            [(lambda x: x**3, "cube")],
            "no idea",
        )


def compared(wanted, seen):
    """The sentence on one point where wanted was wanted, and another number seen."""
    with pytest.raises(_check.Wrong) as problem:
        _check.compare(
            "at {0} not {wanted} but {seen}", [(-2.0,)], [seen], lambda x: wanted, [], "why"
        )
    return str(problem.value)


def test_two_numbers_are_told_apart_in_a_comparison():
    assert compared(12.0, 13.5) == "at −2 not 12 but 13.5: why."
    assert compared(12.0, 12.0001) == "at −2 not 12 but 12.0001: why."
    assert compared(1200000.0, 1200004.0) == "at −2 not 1200000 but 1200004: why."
    assert compared((1.0, -0.5), (1.0, -0.500001)) == "at −2 not (1, −0.5) but (1, −0.500001): why."


def decided(answer, **options):
    with pytest.raises(_check.Wrong) as problem:
        _check.decide("It", answer, 12.0, {11.0: "one less.", 10.0: "is it?"}, **options)
    return str(problem.value)


def test_a_wrong_number_does_not_look_like_the_right_one():
    assert decided(12.00004) == "It is not 12.00004: follow it step by step on paper."
    assert decided(-12.0) == "It is not −12: follow it step by step on paper."


def test_a_reason_ends_as_it_is_written_or_with_a_full_stop():
    assert decided(11) == "It is not 11: one less."
    assert decided(10) == "It is not 10: is it?"
    assert decided(9, otherwise="no") == "It is not 9: no."


def test_a_mistake_may_have_a_tolerance_of_its_own():
    assert decided(11.04, mistake_tolerance=1e-2).endswith("one less.")
    assert decided(11.04).endswith("on paper.")


def test_a_reason_is_given_for_numbers_and_tuples_near_a_mistake():
    mistakes = {18.0: "a"}
    assert _check.reason(18.00001, mistakes, "c") == "a"
    assert _check.reason(18.0001, mistakes, "c") == "c"
    assert _check.reason(18.0001, mistakes, "c", 1e-5) == "a"
    assert _check.reason((1.0, 2.0000001), {(1.0, 2.0): "b"}, "c") == "b"
    assert _check.reason((1.0, 2.1), {(1.0, 2.0): "b"}, "c") == "c"


def test_a_choice_is_known_by_its_word_number_label_or_other_name():
    choices = {"a": "first", "b": "second", "3": "third"}
    for answer in ("b", " B ", Value(1.0, "b"), "beta"):
        assert _check.choose(answer, "b", choices, {"beta": "b"}) == "second"
    for answer in (3, 3.0, np.int64(3), "3"):
        assert _check.choose(answer, "3", choices) == "third"
    with pytest.raises(_check.Wrong, match="^first$"):
        _check.choose("a", "b", choices)
    with pytest.raises(_check.Wrong, match="^'c' is not one of the choices: a, b, 3[.]$"):
        _check.choose("c", "b", choices)


def test_two_numbers_come_as_two_lists():
    points = [(1.0,), (2.0,)]
    assert _check.pairs(lambda x: (x, -x), points, "two") == ([1, 2], [-1, -2])
    with pytest.raises(_check.Wrong, match="swapped: return both, in this order"):
        _check.pairs(lambda x: [-x, x], points, "both", lambda x: x, lambda x: -x)
    for nothing_of_two in ("12", {1, 2}, {1: 2, 3: 4}, 1.0, (1, 2, 3), ()):
        with pytest.raises(_check.Wrong, match="^Two numbers are wanted, both, with a comma"):
            _check.pairs(lambda x: nothing_of_two, points, "both")


def test_two_numbers_are_swapped_where_they_are_the_very_numbers():
    points = [(1.0,), (2.0,)]
    near = _check.pairs(lambda x: (-x + 0.01, x), points, "both", lambda x: x, lambda x: -x)
    assert near == ([-0.99, -1.99], [1, 2])


def test_two_numbers_that_are_equal_are_not_swapped():
    points = [(1.0,), (2.0,)]
    same = _check.pairs(lambda x: (x, x), points, "both", lambda x: x, lambda x: x)
    assert same == ([1, 2], [1, 2])


def test_close_is_within_a_millionth():
    assert _check.close(1.0000009, 1.0) and not _check.close(1.0000011, 1.0)
    assert _check.close(1000.0009, 1000.0) and not _check.close(1000.0011, 1000.0)


def test_the_first_mistake_that_explains_it_is_named():
    with pytest.raises(_check.Wrong, match="^no: first[.]$"):
        mistakes = [(lambda x: 5, "first"), (lambda x: 5, "second")]
        _check.compare("no", [(1.0,)], [5], lambda x: 4, mistakes, "other")


def test_a_hint_follows_the_error_after_one_full_stop():
    for said in ("no such thing", "no such thing."):
        with pytest.raises(_check.Wrong) as problem, _check.suggest("Try v.data."):
            raise TypeError(said)
        message = "Your code stopped with TypeError: no such thing. Try v.data."
        assert str(problem.value) == message


def test_a_word_is_no_shape():
    with pytest.raises(_check.Wrong, match="A shape is a tuple of whole numbers"):
        _check.shape("The shape", "two rows", (2,), {(): "empty"})


@pytest.mark.parametrize("answer", [(2, 3), [2, 3], "(2, 3)", "2 × 3"])
def test_a_shape_is_known_by_its_numbers(answer):
    assert _check.shape("It", answer, (2, 3), {}) == ""
    assert _check.shape("It", answer, (2, 3), {}, "Well seen.") == "Well seen."


@pytest.mark.parametrize(
    "answer, right, words",
    [
        (2, (2,), r"needs a comma, \(2,\)"),
        (3, (2,), "A shape is a tuple"),
        (2, (), "It is not 2: a single number has no direction at all"),
        ((2,), (), r"It is not \(2,\): count the rows"),
        ((3, 2), (2, 3), r"It is not \(3, 2\): turned round\."),
        (("a", 2), (2, 3), "A shape is a tuple of whole numbers"),
    ],
)
def test_a_wrong_shape_gets_its_sentence(answer, right, words):
    with pytest.raises(_check.Wrong, match=words):
        _check.shape("It", answer, right, {(3, 2): "turned round"})


def test_the_right_number_is_praised_if_at_all():
    assert _check.decide("It", 2.0, 2.0, {}) == ""
    assert _check.decide("It", 2.0, 2.0, {}, "Well seen.") == "Well seen."


def test_a_new_value_is_one():
    v = Value(2.0)
    assert _check.new_value("double", lambda v: v * 2, v, "look").data == 4.0

    class Half:
        data = 4.0

    for wrong in (4.0, Half()):
        with pytest.raises(_check.Wrong, match=r"double\(v\) should return a new Value"):
            _check.new_value("double", lambda v, wrong=wrong: wrong, v, "look")


def test_a_text_is_no_number_of_a_function():
    with pytest.raises(_check.Wrong, match="should return a number, and returned the text '4'"):
        _check.numbers(lambda x: "4", [(2,)])


def test_an_open_leaf_keeps_what_is_written_into_it():
    leaf = _check.OpenLeaf(2.0, "w", grad=0.5)
    assert (leaf.data, leaf.grad, leaf.label, leaf._prev) == (2.0, 0.5, "w", ())
    leaf.data = leaf - 0.5
    leaf.grad = None
    assert (leaf.data.data, leaf.grad) == (1.5, None)


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
    asked = {
        name
        for path in LESSONS
        for name in re.findall(r'check\(\\"(\d\d\.\w+)\\"', path.read_text(encoding="utf-8"))
    }
    assert asked == set(_check._CHECKS)


# What an answer that no check knows is told. The right answer must not stand there alone.

UNKNOWN_WORD = "no such word"
UNKNOWN_NUMBER = 98765.4321
MANY_ANSWERS = {"07.5"}  # any numbers that do it are right


def with_one_part_unknown(kind, unknown):
    """Rows of an exercise, a right answer's part of that kind, and what is said to another there."""
    rows = {}
    for module in TESTED:
        for name, *answer in module.RIGHT:
            for i, part in enumerate(answer):
                if isinstance(part, kind):
                    changed = [*answer[:i], unknown, *answer[i + 1 :]]
                    rows.setdefault((name, i), (name, part, check(name, *changed)))
    return list(rows.values())


def choices_named(verdict):
    """The words that a verdict lists as choices, in order."""
    found = re.search(r"is not one of the choices: (.*)[.]$", verdict.message)
    return found.group(1).split(", ") if found else []


def choices_on_the_page(name):
    """The choices in the order in which the exercise's cell names them, or the text above it."""
    for path in LESSONS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
        for i, source in enumerate(sources):
            if f'check("{name}"' not in source or cells[i]["cell_type"] != "code":
                continue
            comments = " ".join(re.findall(r"#.*", source))
            in_quotes = re.findall(r'"([^"]+)"', comments)
            if len(in_quotes) > 1:
                return in_quotes
            numbers = re.findall(r"-?\d+", comments)
            if len(numbers) > 1:
                return numbers
            return re.findall(r"(?<![*])[*`]\"?([\w ]+)\"?[*`](?![*])", sources[i - 1])
    raise AssertionError(f"no lesson has {name}")


WORDS = with_one_part_unknown(str, UNKNOWN_WORD)
NUMBERS = with_one_part_unknown(Real, UNKNOWN_NUMBER)
PREDICTIONS = [row for row in WORDS + NUMBERS if choices_named(row[2])]


def test_every_prediction_in_words_is_found():
    names = "01.a 01.b 02.a 02.b 02.c 04.a 12.b 07.a 07.b 07.c 08.a 08.b 08.5 09.b 09.5 13.5"
    assert {name for name, _, _ in PREDICTIONS} == {*names.split(), "15.a", "15.b", "15.5"}


@pytest.mark.parametrize("name, right, verdict", PREDICTIONS)
def test_choices_are_listed_in_the_order_of_the_page(name, right, verdict):
    named = choices_named(verdict)
    assert verdict.right is False
    assert len(named) >= 2
    assert named == choices_on_the_page(name)


def test_the_right_choice_stands_at_any_place():
    places = set()
    for _, right, verdict in PREDICTIONS:
        named = choices_named(verdict)
        word = _check.plain_word(right)
        if word in named:
            places.add(named.index(word))
    assert places == {0, 1, 2, 3}


@pytest.mark.parametrize("name, right, verdict", NUMBERS)
def test_an_unknown_number_is_not_told_the_right_one(name, right, verdict):
    assert verdict.right is False
    if choices_named(verdict) or name in MANY_ANSWERS:
        return
    for minus in "-−":
        written = f"{right:g}".replace("-", minus)
        assert not re.search(rf"(?<![\w.−-]){re.escape(written)}(?![\w.]*\w)", verdict.message)


@pytest.mark.parametrize("name, right, verdict", WORDS)
def test_an_unknown_word_is_not_told_the_right_one(name, right, verdict):
    assert verdict.right is False
    if not choices_named(verdict):
        assert right.strip("()") not in verdict.message
