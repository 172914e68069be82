"""NudgeExplorer: prediction beside truth, on expressions of every kind."""

import pytest

from micrograd_lesson import Value
from micrograd_lesson.explorers import NudgeExplorer
from tests.explorers.made import MAKE, Overwriting, text


@pytest.mark.parametrize("leaf, gradient", [("a", 6), ("b", -4), ("c", -2), ("f", 4)])
def test_nudge_predicts_with_the_gradient(leaf, gradient):
    nudge = MAKE["NudgeExplorer"]()
    nudge.leaf, nudge.nudge = leaf, 0.5
    assert f"{gradient:.6f} × 0.5 = {gradient / 2:+.6f}" in text(nudge)
    assert f"real change: {gradient / 2:+.6f}" in text(nudge) and "They agree" in text(nudge)


def test_nudge_says_where_the_result_bends():
    nudge = NudgeExplorer(lambda x: x * x, x=3, name="y")
    nudge.nudge = 1.0
    assert "y goes from 9.000000 to 16.000000" in text(nudge)
    assert "They differ by +1.000000" in text(nudge)


@pytest.mark.parametrize("leaf, lines", [("a", 6), ("b", 6), ("c", 4), ("f", 2)])
def test_nudge_marks_the_leaf_and_its_way_to_the_result(leaf, lines):
    nudge = MAKE["NudgeExplorer"]()
    nudge.leaf = leaf
    moved = nudge.view.moving
    assert moved.count("<path") == lines and moved.count("<polygon") == 1
    assert moved.count("stroke:var(--ml-moved") == lines + 1


def test_nudge_keeps_the_gradients_of_the_start():
    nudge = MAKE["NudgeExplorer"]()
    nudge.nudge = 1.0  # at a = 3 the gradient of b would be -6
    assert "data 3.0000" in nudge.view.moving and "grad -4.0000" in nudge.view.moving


@pytest.mark.parametrize(
    "expression, start, nudge, words",
    [
        ("tanh(a)", 0.5, 0.0, "No nudge, no change"),
        ("a*a*a", 0.3, -0.9, "They agree at this nudge"),  # where the tangent crosses the cubic
        ("3*a", 0.5, 0.7, "runs straight"),
        ("a*a", 0.5, 0.7, "bends on the way"),
    ],
)
def test_nudge_claims_no_more_than_it_knows(expression, start, nudge, words):
    explorer = NudgeExplorer(expression, a=start)
    explorer.nudge = nudge
    assert words in text(explorer)


def test_nudge_tells_a_wrong_gradient_from_a_bend():
    assert "This gradient is wrong: a tiny nudge of a gives the slope 2.0000" in text(
        NudgeExplorer(lambda a: a + a, a=3, value=Overwriting)
    )


def test_nudge_refuses_to_draw_another_expression():
    nudge = NudgeExplorer(lambda a, b, c: a * b if a.data > 0 else a * c, a=0.5, b=2, c=30)
    nudge.nudge = -1.0
    assert "another shape" in nudge.error


@pytest.mark.parametrize(
    "make, sentence",
    [
        (lambda: NudgeExplorer("value*x", value=2, x=3), "a leaf cannot be called value or name"),
        (lambda: NudgeExplorer("3", a=1), "gives int 3, not a Value"),
    ],
)
def test_nudge_says_what_it_cannot_take(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_any_other_name_can_be_a_leaf():
    assert NudgeExplorer("expression*self + e", expression=2, self=3, e=1).error == ""


def test_nudge_takes_functions_text_and_classes():
    class Mine(Value):
        __slots__ = ()

    by_text = NudgeExplorer("tanh(x*w + 1)", x=2, w=-3)
    by_function = NudgeExplorer(lambda x, w: (x * w + 1).tanh(), x=2, w=-3, value=Mine)
    assert text(by_text) == text(by_function)


@pytest.mark.parametrize(
    "make, sentence",
    [
        (lambda: NudgeExplorer("a*b", a=1), "uses b, which is not a leaf; leaves are a"),
        (lambda: NudgeExplorer("a*b"), "name at least one leaf"),
    ],
)
def test_nudge_refuses_with_a_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_nudge_shows_an_expression_that_raises():
    nudge = NudgeExplorer("log(x)", x=0.5)
    nudge.nudge = -1.0
    assert "log(-0.5)" in nudge.error
    nudge.nudge = 0.1
    assert nudge.error == ""
