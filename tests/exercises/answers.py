"""The tests of a lesson's answers: right ones pass, wrong ones are told why, missing ones are waited for."""

import pytest

from micrograd_lesson.exercises import check


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

    @pytest.mark.parametrize(
        "name, answer, hint", [(name, answer, hint) for name, *answer, hint in wrong]
    )
    def test_wrong(name, answer, hint):
        verdict = check(name, *answer)
        assert verdict.right is False, verdict
        assert hint in verdict.message, verdict

    @pytest.mark.parametrize("name, answer", [(name, answer) for name, *answer in waiting])
    def test_waits(name, answer):
        verdict = check(name, *answer)
        assert verdict.right is None, verdict

    return test_right, test_wrong, test_waits
