"""The tables of answers fail where a row is judged otherwise, and name every such row."""

import pytest

from tests.exercises.answers import check_tables, sentences

DOUBLE = ("00.1", lambda x: 2 * x)
HALF = ("00.1", lambda x: x / 2)


def test_every_failing_row_is_named():
    test_right, *_ = check_tables([DOUBLE, HALF, ("00.1", 3)], [], [])
    with pytest.raises(AssertionError) as failed:
        test_right("00.1")
    assert "row 1" not in str(failed.value)
    assert "row 2" in str(failed.value) and "row 3" in str(failed.value)


def test_a_right_answer_among_the_wrong_ones_fails():
    _, test_wrong, *_ = check_tables([], [(*DOUBLE, "")], [])
    with pytest.raises(AssertionError, match="row 1"):
        test_wrong("00.1")


def test_another_hint_fails():
    _, test_wrong, *_ = check_tables([], [(*HALF, "no such hint")], [])
    with pytest.raises(AssertionError, match="'no such hint' is not in"):
        test_wrong("00.1")


def test_an_answer_is_not_waited_for():
    _, _, test_waits, _ = check_tables([], [], [("00.1", ...), DOUBLE])
    with pytest.raises(AssertionError, match="row 2"):
        test_waits("00.1")


def test_a_hint_that_no_answer_brings_up_fails():
    *_, test_hints = check_tables([DOUBLE], [], [])
    with pytest.raises(AssertionError, match="brought up by no answer"):
        test_hints()


def test_the_sentences_of_a_module_are_found():
    source = '''
"""What this module is for, in a sentence."""
hints = {1: "a sentence of more than four words", 2: "short"}
template = "at {0} there is more than one of them, {1}"
f"{template} and what stands behind it is longer"
re.compile(r"(?:one of many words) \\d and more of them")
'''
    assert set(sentences(source)) == {
        "a sentence of more than four words",
        " there is more than one of them, ",
        " and what stands behind it is longer",
    }
