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


def check_tables(right, wrong, waiting):
    """The three tests of a lesson's tables.

    Args:
        right: rows of an exercise's name and an answer.
        wrong: the same, and a word that the hint must bring.
        waiting: rows of a name and an answer as shipped, or half written.
    """

    @pytest.mark.parametrize("name, answer", [(name, answer) for name, *answer in right])
    def test_right(name, answer):
        verdict = check(name, *answer)
        assert verdict.right is True, verdict
        assert_ends_well(verdict.message)

    @pytest.mark.parametrize(
        "name, answer, hint", [(name, answer, hint) for name, *answer, hint in wrong]
    )
    def test_wrong(name, answer, hint):
        verdict = check(name, *answer)
        assert verdict.right is False, verdict
        assert hint in verdict.message, verdict
        assert_ends_well(verdict.message)

    @pytest.mark.parametrize("name, answer", [(name, answer) for name, *answer in waiting])
    def test_waits(name, answer):
        verdict = check(name, *answer)
        assert verdict.right is None, verdict

    return test_right, test_wrong, test_waits
