"""Numbers that a learner wrote as a text are read; what is none stays as it was written."""

import pytest

from micrograd_lesson.exercises._spoken import spoken


@pytest.mark.parametrize(
    "text, number",
    [
        ("7", 7),
        ("+3", 3),
        ("−2.5", -2.5),
        ("- 3", -3),
        ("x = 2", 2),
        ("about 2,33", 2.33),
        ("-3/2", -1.5),
        ("2 1/3", 7 / 3),
        ("-1 1/2", -1.5),
        ("minus nine", -9),
        ("Negative two", -2),
        ("one", 1),
        ("one half", 0.5),
        ("minus a third", -1 / 3),
        ("⅔", 2 / 3),
        ("two thirds.", 2 / 3),
    ],
)
def test_a_number_in_words_or_digits(text, number):
    assert spoken(text) == pytest.approx(number, rel=1e-15)


def test_a_unit_may_stand_behind_it():
    assert spoken("3 layers", ("layers", "layer")) == spoken("one layer", ("layers", "layer")) + 2


@pytest.mark.parametrize("answer", ["minus a few", "a", "--3", "1/0", "1/2/3", "", 3, None, [1]])
def test_anything_else_stays_as_it_is(answer):
    assert spoken(answer) is answer
