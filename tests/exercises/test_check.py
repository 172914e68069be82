"""check itself: what it says before, after and instead of an answer; and that no exercise is untested."""

import importlib
import inspect
import math
import pkgutil
import re
from fractions import Fraction
from numbers import Real

import numpy as np
import pytest

from micrograd_lesson import Value, exercises
from micrograd_lesson.exercises import _check, _operation, _slips, check
from tests.exercises.answers import assert_ends_well
from tests.notebooks import LESSONS, stored

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
    assert _operation.made("double", lambda v: v * 2, v, "look").data == 4.0

    class Half:
        data = 4.0

    for wrong in (4.0, Half()):
        with pytest.raises(_check.Wrong, match=r"double\(v\) should return a new Value"):
            _operation.made("double", lambda v, wrong=wrong: wrong, v, "look")


def test_what_was_given_is_described_in_one_line_with_a_sign_where_it_is_cut():
    assert _check.described([1, 2]) == "list [1, 2]"
    assert _check.described(np.zeros((2, 2))) == "ndarray array([[0., 0.], [0., 0.]])"
    long = _check.described(list(range(100)))
    assert long.startswith("list [0, 1, 2") and long.endswith("…") and len(long) <= 65


def test_a_text_is_no_number_of_a_function():
    with pytest.raises(_check.Wrong, match="should return a number, and returned the text '4'"):
        _check.numbers(lambda x: "4", [(2,)])


def test_an_open_leaf_keeps_what_is_written_into_it():
    leaf = _check.OpenLeaf(2.0, "w", grad=0.5)
    assert (leaf.data, leaf.grad, leaf.label, leaf._prev) == (2.0, 0.5, "w", ())
    leaf.data = leaf - 0.5
    leaf.grad = None
    assert (leaf.data.data, leaf.grad) == (1.5, None)


# Natural slips, whatever the exercise.


def misses_the_page(x):
    return 2 * X  # noqa: F821


X_ON_THE_PAGE = {"X": 5.0}


def test_a_capital_of_the_page_is_named():
    message = check("01.1", misses_the_page).message
    assert message == (
        "Your code stopped with NameError: name 'X' is not defined. "
        "Your function reads X, a name from outside it; its own input is called x here."
    )
    there = type(misses_the_page)(misses_the_page.__code__, X_ON_THE_PAGE)
    assert check("01.1", there).message.count("Your function reads X, a name from outside it") == 1


def page_with(function, **names):
    """The function, as it is on a page that has these names."""
    return type(function)(function.__code__, names)


def root_alone(x):
    return sqrt(x)  # noqa: F821


@pytest.mark.parametrize(
    "function, page, said",
    [
        (root_alone, {"math": math}, "know sqrt alone: write math.sqrt."),
        (root_alone, {"np": np}, "know sqrt alone: write np.sqrt."),
        (root_alone, {"math": math, "np": np}, "write math.sqrt or np.sqrt."),
        (root_alone, {}, "write math.sqrt, after `import math`."),
        (lambda x: e**x, {"math": math}, "know e alone: write math.e."),  # noqa: F821
        (lambda x: pi * x, {"math": math}, "know pi alone: write math.pi."),  # noqa: F821
        (lambda x: maximum(x, 0), {"np": np}, "write np.maximum."),  # noqa: F821
        (
            lambda v: tanh(v),  # noqa: F821
            {"math": math, "Value": Value},
            "write math.tanh; of a Value v it is v.tanh().",
        ),
    ],
)
def test_a_name_of_a_module_is_said_to_stand_there(function, page, said):
    message = check("01.1", page_with(function, **page)).message
    assert message.endswith(said) and message.count("Python does not know") == 1
    assert message.startswith("Your code stopped with NameError: name '")
    assert_ends_well(message)


def test_a_name_of_no_module_gets_no_such_sentence():
    message = check("01.1", page_with(lambda x: nowhere(x))).message  # noqa: F821
    assert message == "Your code stopped with NameError: name 'nowhere' is not defined."


def test_a_name_in_a_function_of_the_page_is_said_too():
    slope = page_with(lambda x: helper(x), helper=page_with(root_alone))  # noqa: F821
    assert check("01.1", slope).message.endswith("write math.sqrt, after `import math`.")


def test_a_name_in_a_method_or_an_inner_function_is_said_too():
    def outer(x):
        def inner():
            return cosh(x)  # noqa: F821

        return 0.0

    class Node:
        def act(self):
            return tanh(self)  # noqa: F821

    assert "math.cosh" in _slips.hints([page_with(outer, math=math)], "")[0]
    assert "tanh alone" in _slips.hints([Node], "")[0]


def test_what_a_lesson_says_of_a_name_is_not_said_again():
    page = page_with(root_alone, math=math)
    assert _slips.hints([page], "Write x.sqrt().") == []


@pytest.mark.parametrize("power", [lambda x: 3 * x ^ 2, lambda x: 3 * int(x) ^ 2])
def test_a_caret_is_no_power(power):
    message = check("01.1", power).message
    assert message.count("two stars") == 1
    assert_ends_well(message)


@pytest.mark.parametrize(
    "said, whole",
    [
        ("No end", "No end."),
        ("An end.", "An end."),
        ("Is it?", "Is it?"),
        ('It is "this."', 'It is "this."'),
        ("(In brackets.)", "(In brackets.)"),
        ("f(x)", "f(x)."),
    ],
)
def test_a_sentence_gets_an_end_where_it_has_none(said, whole):
    assert _slips.ended(said) == whole


@pytest.mark.parametrize("problem", [ValueError("no"), ValueError("no."), KeyError("w"), OSError()])
def test_a_stop_ends_with_one_full_stop(problem):
    def stops(x):
        raise problem

    assert_ends_well(check("01.1", stops).message)
    assert_ends_well(_slips.stopped(problem))  # where the check itself stopped


@pytest.mark.parametrize(
    "answer, meant",
    [
        ("rises, because each leaf moves up", "rises"),
        ("Rises: the gradient is positive", "rises"),
        ("it rises because of the slope", "rises"),
        ("rises – each moves up", "rises"),
        ("rises. The gradient points up", "rises"),
        ("up, because the slope is positive", "rises"),
        ("b, as the last one counts", "b"),
        ("−2, since it is f", "-2"),
        ("rises, or falls", None),
        ("rises, or maybe not", None),
        ("rises, not always", None),
        ("rises, then falls", None),
        ("rises, because it never goes down", None),  # down is falls
        ("neither, because it rises and falls", None),
        ("b, or 4", None),
        ("b, if the last one counts", None),
        ("−2, since 4 is d", None),
    ],
)
def test_an_explanation_may_follow_a_choice(answer, meant):
    assert _check.chosen_word(answer, ["rises", "falls", "stays", "b", "-2", "4"]) == meant


def test_a_wrong_number_of_inputs_is_said():
    message = check("01.1", lambda x, h: 3 * x**2).message
    assert message == "The check calls your function <lambda> with 1 input, and yours has 2 inputs."


def test_what_stops_in_the_check_is_not_the_learners():
    class Odd:
        def __float__(self):
            raise RuntimeError("mine")

    assert check("01.3", Odd()).message.startswith("Your code stopped with RuntimeError: mine")
    _check._CHECKS["00.9"] = lambda answer: answer + _check.words.count("1")
    try:
        message = check("00.9", 1).message
    finally:
        del _check._CHECKS["00.9"]
    assert "Your code" in message or "could not be judged" in message


def test_a_function_that_ends_python_does_not():
    assert "SystemExit" in check("00.1", lambda x: exit()).message


@pytest.mark.parametrize(
    "answer, wanted",
    [
        ("−2", -2),
        (" 2.5 ", 2.5),
        ("'3'", 3),
        (np.int64(4), 4),
        (np.float64(0.5), 0.5),
        (np.array(7.0), 7),
        (np.array([7.0]), 7),
        (Value(1.5), 1.5),
        (True, 1),
        ("1e-3", 0.001),
    ],
)
def test_a_number_may_come_in_any_form(answer, wanted):
    assert _check.number(answer) == wanted


@pytest.mark.parametrize(
    "answer, words",
    [
        ("2,5", "decimal point, 2.5, and no comma"),
        ((2, 5), "a decimal point is a point in Python"),
        ("7/3", "Without the quotes Python computes it."),
        ("two", "and this is the text 'two'."),
        (print, "the function print; its result has brackets behind the name."),
        (Value, "the class Value."),
        (10**400, "too large"),
        (1j, "complex"),
        (np.array([1.0, 2.0]), "ndarray"),
    ],
)
def test_what_is_no_number_is_told_so(answer, words):
    with pytest.raises(_check.Wrong, match=re.escape(words)):
        _check.number(answer)


FALLS = {"rises": "r", "falls": "f", "stays": "s"}
RATES = {"rate too low": "l", "rate too high": "h", "sign": "s"}
LANDS = {"crawls": "c", "bounces": "b", "lands": "l", "blows up": "u"}


@pytest.mark.parametrize(
    "answer, choices, word",
    [
        ("Falls.", FALLS, "falls"),
        ('"falls"', FALLS, "falls"),
        ("it falls", FALLS, "falls"),
        ("down", FALLS, "falls"),
        ("lower", FALLS, "falls"),
        ("it gets smaller", FALLS, "falls"),
        ("unchanged", FALLS, "stays"),
        ("the same", FALLS, "stays"),
        ("stays the same", FALLS, "stays"),
        ("does not change", FALLS, "stays"),
        (("rises",), FALLS, "rises"),
        (["rises"], FALLS, "rises"),
        ("bounces (and closes in)", LANDS, "bounces"),
        ("Bounces and closes in", LANDS, "bounces"),
        ("blows_up", LANDS, "blows up"),
        ("too high", RATES, "rate too high"),
        ("high", RATES, "rate too high"),
        ("greater", {"higher": "", "lower": "", "the same": ""}, "higher"),
        ("unchanged", {"higher": "", "lower": "", "the same": ""}, "the same"),
        ("less", {"lower": "", "falls": ""}, None),  # which of the two?
        ("rate", RATES, None),
        ("falls and rises", FALLS, None),
        ("never falls", FALLS, None),
        ("not falls", FALLS, None),
        ("a", {"a": "", "b": ""}, "a"),
        ("a bit", {"a": "", "b": ""}, None),
        (np.str_("falls"), FALLS, "falls"),
        ("−2", {"4": "", "-2": ""}, "-2"),
        (np.array(-2.0), {"4": "", "-2": ""}, "-2"),
        ("twice", {"1": "", "2": "", "4": ""}, "2"),
        ("three", {"1": "", "3": ""}, "3"),
        (True, {"yes": "", "no": ""}, "yes"),
        ("no", {"yes": "", "no": ""}, "no"),
        (print, FALLS, None),
        (42, FALLS, None),
        (10**400, FALLS, None),
        ("no", {"n": "", "all": "", "none": ""}, None),  # n is a node's name
        (Fraction(1, 3), FALLS, None),
        (object(), FALLS, None),
        ([], FALLS, None),
    ],
)
def test_a_choice_may_be_said_in_many_words(answer, choices, word):
    assert _check.chosen_word(answer, choices) == word


@pytest.mark.parametrize(
    "answer", ["(3,)", "3", "[3]", "(3)", [3], (np.int64(3),), "torch.Size([3])"]
)
def test_a_shape_may_be_written_in_many_ways(answer):
    assert _check.shape("It", answer, (3,), {}, "yes") == "yes"


@pytest.mark.parametrize("answer", ["4 x 2", "4×2", "(4, 2)", "4, 2", [4, 2]])
def test_a_shape_of_two_may_be_written_in_many_ways(answer):
    assert _check.shape("It", answer, (4, 2), {}, "yes") == "yes"


@pytest.mark.parametrize("answer", [3, np.int64(3), np.array(3)])
def test_only_who_wrote_no_comma_is_told_of_it(answer):
    with pytest.raises(_check.Wrong, match="needs a comma"):
        _check.shape("It", answer, (3,), {})


@pytest.mark.parametrize("answer", ["nothing", "empty", "-", "vier", "(4; 2)", 2.0, True])
def test_what_is_no_shape_is_not_the_empty_one(answer):
    with pytest.raises(_check.Wrong) as problem:
        _check.shape("It", answer, (), {}, "yes")
    assert "comma" not in str(problem.value)


@pytest.mark.parametrize("answer", ["()", "[]", (), [], "torch.Size([])"])
def test_the_empty_shape(answer):
    assert _check.shape("It", answer, (), {}, "yes") == "yes"


def test_a_rounded_number_is_asked_for_more_digits():
    with pytest.raises(_check.Wrong, match="^It is not 0.42: if you have rounded it"):
        _check.decide("It", 0.42, 0.4199743, {})
    with pytest.raises(_check.Wrong, match="on paper"):
        _check.decide("It", 0.4, 0.4199743, {})


def test_tuples_of_different_lengths_do_not_look_equal():
    with pytest.raises(_check.Wrong, match=r"^\(1, 2\) is \(1, 2, 3\): why[.]$"):
        _check.compare("{seen} is {wanted}", [(0,)], [(1, 2)], lambda x: (1, 2, 3), [], "why")


def test_two_numbers_of_which_one_is_right_are_not_swapped():
    points = [(1.0,), (2.0,)]
    seen = _check.pairs(lambda x: (x, x), points, "both", lambda x: x, lambda x: -x)
    assert seen == ([1, 2], [1, 2])


def test_a_class_whose_repr_fails_is_still_described():
    class Silent:
        def __repr__(self):
            raise ValueError

    assert _check.described(Silent()) == "an object of the class Silent"


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
MANY_ANSWERS = {"07.4"}  # any numbers that do it are right


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
        cells = stored(path).cells
        sources = [cell.source for cell in cells]
        for i, source in enumerate(sources):
            if f'check("{name}"' not in source or cells[i].cell_type != "code":
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
    """A check that asks for one of several words calls `choose`."""
    asking = {
        name for name, check in _check._CHECKS.items() if " choose(" in inspect.getsource(check)
    }
    assert len(asking) > 15
    assert asking == {name for name, _, _ in PREDICTIONS}


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
        word = re.escape(right.strip("()"))
        assert not re.search(rf"(?<!\w){word}(?!\w)", verdict.message)
