"""NudgeExplorer: prediction beside truth, on expressions of every kind."""

import math

import pytest

from micrograd_lesson import Value
from micrograd_lesson.explorers import NudgeExplorer
from micrograd_lesson.explorers.nudge import NudgedExpression
from micrograd_lesson.palette import MOVED
from micrograd_lesson.words import fixed, signed
from tests.explorers.made import MAKE, Overwriting, text


@pytest.mark.parametrize("leaf, gradient", [("a", 6), ("b", -4), ("c", -2), ("f", 4)])
def test_nudge_predicts_with_the_gradient(leaf, gradient):
    nudge = MAKE["NudgeExplorer"]()
    nudge.leaf, nudge.nudge = leaf, 0.5
    assert f"{fixed(gradient, 6)} × 0.5 = {signed(gradient / 2, 6)}" in text(nudge)
    assert f"real change: {signed(gradient / 2, 6)}" in text(nudge) and "They agree" in text(nudge)


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
    place = ["a", "b", "*", "c", "+", "f"].index(leaf)
    assert nudge.picture.state.marked == {place: MOVED}
    assert set(nudge.picture.state.lines.values()) == {MOVED}


def test_nudge_keeps_the_gradients_of_the_start():
    nudge = MAKE["NudgeExplorer"]()
    nudge.nudge = 1.0  # at a = 3 the gradient of b would be -6
    assert nudge.picture.text(0) == "data 3.0000" and "data 3.0000" in nudge.view.moving
    assert "grad −4.0000" in nudge.view.still and "grad" not in nudge.view.moving


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


def measured(expression, nudge, value=Value, **start):
    leaf = next(iter(start))
    return NudgedExpression(expression, start, value, "L")(leaf, nudge)


@pytest.mark.parametrize(
    "expression, start, nudge, at",
    [
        ("1/a", -0.5, 1.0, 0.0),  # one of the places that are tried
        ("1/a", -0.333, 0.9, 0.0),  # between two of them
        ("1/a**2", -0.333, 0.9, 0.0),  # as high on both sides
        ("0.001/a + 5", -0.4567, 0.9, 0.0),  # and narrow
        (lambda a: a * math.floor(a.data), 0.55, 0.9, 1.0),
        (lambda a: a * (1 if a.data > 0.123 else 2), -0.55, 0.9, 0.123),
    ],
)
def test_across_a_pole_or_a_jump_nothing_bends(expression, start, nudge, at):
    result = measured(expression, nudge, a=start)
    assert result.verdict == "breaks off"
    assert result.breaks_off == pytest.approx(at, abs=1e-3)
    explorer = NudgeExplorer(expression, a=start)
    explorer.nudge = nudge
    assert f"on the way, at a ≈ {at:g}, L has no value or jumps." in text(explorer)
    assert "bends" not in text(explorer)


@pytest.mark.parametrize(
    "expression, start, nudge",
    [
        ("1/a", -0.5, 0.4),  # the pole lies beyond
        ("1/a", -0.5, -0.4),
        ("tanh(1000*a)", -0.2, 0.5),
        ("sigmoid(a*1000000)", -0.4, 0.9),
        ("relu(a)", -0.2, 0.5),
        ("exp(20*a)", 0.1, 0.5),
        ("log(a)", 0.001, 0.9),
    ],
)
def test_what_is_steep_but_whole_bends(expression, start, nudge):
    assert measured(expression, nudge, a=start).verdict == "bends"


def test_a_corner_has_no_wrong_gradient_between_its_slopes():
    assert measured("relu(a)", 0.5, a=0.0).verdict == "bends"
    assert measured("relu(a)", -0.5, a=0.0).verdict == "straight"


def test_a_slope_that_cannot_be_measured_accuses_nobody():
    assert measured("log(a)", 0.5, a=1e-7).verdict == "bends"


def test_the_expression_is_run_no_more_than_a_few_hundred_times():
    calls = []

    def counted(a):
        calls.append(a)
        return a * a

    explorer = NudgeExplorer(counted, a=3)
    assert len(calls) < 300
    del calls[:]
    explorer.nudge = 0.5
    assert len(calls) == 1


@pytest.mark.parametrize(
    "expression, sentence",
    [
        ("2,33*x", "write a decimal point: 2.33, not 2,33"),
        ("tanh(1 , 5*x)", "write a decimal point: 1.5, not 1 , 5"),
        ("3*x^2", r"a power is written \*\*, as in x\*\*2; in '3\*x\^2' stands \^"),
        ("2x", "no expression that Python can read; write all signs out"),
        ("", "no expression that Python can read"),
        ("x = 3", "no expression that Python can read"),
    ],
)
def test_another_notation_gets_a_word(expression, sentence):
    with pytest.raises(ValueError, match=sentence):
        NudgeExplorer(expression, x=2)


@pytest.mark.parametrize("number", ["two", None, math.nan, math.inf, [1]])
def test_a_leaf_starts_with_a_number(number):
    with pytest.raises(ValueError, match="leaf x starts with a number such as 2.5, not"):
        NudgeExplorer("x*x", x=number)


class InSets:
    """A class as micrograd's: parents in a set, no label."""

    def __init__(self, data, parents=(), op=""):
        self.data, self.grad, self._prev, self._op = data, 0.0, set(parents), op
        self._backward = lambda: None

    def __mul__(self, other):
        out = InSets(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def backward(self):
        self.grad = 1.0
        self._backward()


@pytest.mark.parametrize("start", [(2.0, -3.0), (-3.0, 2.0), (1.0, 1.0)])
def test_a_nudge_past_another_number_moves_nothing_else(start):
    """The order of a set must not follow the numbers in it."""
    nudge = NudgeExplorer(lambda a, b: a * b, value=InSets, a=start[0], b=start[1])
    for leaf in ("a", "b"):
        nudge.leaf = leaf
        for by in (-1.0, -0.5, 0.0, 0.5, 1.0):
            nudge.nudge = by
            assert nudge.error == "" and text(nudge).startswith(f"{leaf} = ")
            assert nudge.picture.state.marked == {"ab".index(leaf): MOVED}


def test_micrograds_own_class_is_nudged():
    engine = pytest.importorskip("micrograd.engine")
    nudge = NudgeExplorer(lambda a, b: (a * b + a).relu(), value=engine.Value, a=2.0, b=3.0)
    nudge.nudge = 0.5
    assert "predicted change: grad × nudge = 4.000000 × 0.5 = +2.000000" in text(nudge)
    assert "They agree" in text(nudge)
    with pytest.raises(ValueError, match="calls a method tanh\\(\\), and Value has none"):
        NudgeExplorer("tanh(a)", value=engine.Value, a=1.0)


class Forward:
    """Lesson 02's class: no backward pass yet."""

    def __init__(self, data, prev=(), op=""):
        self.data, self.grad, self.label, self._prev, self._op = data, 0.0, "", prev, op

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), "*")


class WithoutNumbers(Forward):
    def backward(self):
        for parent in self._prev:
            parent.grad = None


@pytest.mark.parametrize(
    "value, sentence",
    [
        (Forward, "backward\\(\\), and Forward has none; lesson 04 adds it"),
        (WithoutNumbers, "there is no number in grad of a"),
    ],
)
def test_a_class_without_gradients_is_refused(value, sentence):
    with pytest.raises(ValueError, match=sentence):
        NudgeExplorer(lambda a, b: a * b, value=value, a=1, b=2)
