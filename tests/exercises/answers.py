"""The tests of a lesson's answers: right ones pass, wrong ones are told why, missing ones are waited for."""

import re

import pytest

from micrograd_lesson.exercises import check

END = re.compile(r"""[.?!…][)"'”’]*$""")
QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
TWO_ENDS = re.compile(r"[?!]\.|(?<!\.)\.\.(?!\.)|\s\.(\s|$)")


def assert_ends_well(message):
    """Each sentence has one end: a full stop, or a question mark, and not both."""
    assert not message or END.search(message), message
    unquoted = QUOTED.sub("''", message)  # the point that ends a name stands in texts of lesson 17
    assert not TWO_ENDS.search(unquoted), message


def assert_right(name, answer):
    verdict = check(name, *answer)
    assert verdict.right is True, verdict
    assert_ends_well(verdict.message)


def assert_wrong(name, answer, hint):
    verdict = check(name, *answer)
    assert verdict.right is False, verdict
    assert hint in verdict.message, f"{hint!r} is not in {verdict}"
    assert_ends_well(verdict.message)


def assert_waits(name, answer):
    verdict = check(name, *answer)
    assert verdict.right is None, verdict


def check_tables(right, wrong, waiting):
    """The three tests of a lesson's tables, each run once for every exercise.

    Args:
        right: rows of an exercise's name and an answer.
        wrong: the same, and a word that the hint must bring.
        waiting: rows of a name and an answer as shipped, or half written.
    """

    @pytest.mark.parametrize("name", exercises_of(right))
    def test_right(name):
        assert_each(
            assert_right, [(name, answer) for exercise, *answer in right if exercise == name]
        )

    @pytest.mark.parametrize("name", exercises_of(wrong))
    def test_wrong(name):
        rows = [(name, answer, hint) for exercise, *answer, hint in wrong if exercise == name]
        assert_each(assert_wrong, rows)

    @pytest.mark.parametrize("name", exercises_of(waiting))
    def test_waits(name):
        rows = [(name, answer) for exercise, *answer in waiting if exercise == name]
        assert_each(assert_waits, rows)

    return test_right, test_wrong, test_waits


def exercises_of(rows):
    """The exercises' names, in the order of their first rows."""
    return list(dict.fromkeys(name for name, *_ in rows))


def assert_each(asserts, rows):
    """Judge every row, also after one that fails, and tell of all that failed."""
    failed = []
    for number, row in enumerate(rows, start=1):
        try:
            asserts(*row)
        except Exception as problem:
            failed.append(f"row {number}, {row[1:]}: {type(problem).__name__}: {problem}")
    assert not failed, "\n\n".join(failed)
