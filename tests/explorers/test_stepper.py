"""BackwardStepper: right and wrong orders, right and wrong rules, classes of the learner's own."""

import re

import pytest

from micrograd_lesson import Value
from micrograd_lesson.explorers import BackwardStepper
from tests.explorers.made import Overwriting, text, twice_used


def test_stepper_ends_with_the_right_gradients_and_leaves_yours_alone():
    root = twice_used()
    root._prev[0].grad = 42.0
    stepper = BackwardStepper(root)
    stepper.step = 3
    assert "data -2.0000" in stepper.view.moving
    assert "grad -3.0000" in stepper.view.moving and "grad -8.0000" in stepper.view.moving
    assert root._prev[0].grad == 42.0 and root.grad == 0.0


def test_stepper_shows_local_times_incoming_and_the_running_sum():
    stepper = BackwardStepper(twice_used())
    stepper.step = 3
    lines = text(stepper).splitlines()
    assert lines[0] == "Step 3: d = *, incoming gradient 1"
    assert lines[1] == "a: local 3 × incoming 1 = 3; gradient -6 → -3"
    assert lines[2] == "b: local -2 × incoming 1 = -2; gradient -6 → -8"


def test_stepper_in_a_wrong_order_says_what_went_wrong():
    a = Value(1, "a")
    b = a + a
    c = b + b
    b.label, c.label = "b", "c"
    stepper = BackwardStepper(c)
    stepper.step = 2
    assert "grad 4.0000" in stepper.view.moving and "Wrong" not in text(stepper)
    stepper.order = "forward"
    assert "Wrong at the end: a 0 instead of 4" in text(stepper)


def test_nearest_first_is_wrong_where_ways_differ_in_length():
    a = Value(2, "a")
    b = a * a
    c = b * a
    d = b * c  # b is one step from d, and also two
    stepper = BackwardStepper(d)
    stepper.order, stepper.step = "nearest first", 3
    assert "Wrong at the end: a " in text(stepper) and "instead of 80" in text(stepper)


def test_stepper_blames_the_rule_where_the_order_was_right():
    a, b = Overwriting(-2, "a"), Overwriting(3, "b")
    stepper = BackwardStepper((a * b) * (a + b), step=3)
    assert (
        "Wrong at the end: a 3 instead of -3, b -2 instead of -8. The order was right, so a rule is wrong"
        in text(stepper)
    )
    stepper.order = "nearest first"
    assert "instead of -3" in text(stepper)


def test_stepper_marks_what_happens_and_pales_what_is_not_reached():
    stepper = BackwardStepper(twice_used(), step=1)
    shown = stepper.view.moving
    assert (
        shown.count("stroke:var(--ml-moved") == 1 and shown.count("<polygon") == 3
    )  # f, and its parents d and e
    assert shown.count("stroke:var(--ml-gradient") == 2 + 3  # two boxes; two lines in, one line out
    assert len(re.findall(r"fill:var\(--ml-muted, #\w+\)\">grad", shown)) == 2  # a and b
    assert len(re.findall(r"fill:var\(--ml-gradient, #\w+\)\">grad", shown)) == 3
    assert len(re.findall(r"fill:var\(--ml-data, #\w+\)\">data", shown)) == 5


def test_stepper_buttons():
    stepper = BackwardStepper(twice_used())
    back, forth = next(
        row.children
        for row in stepper.children[0].children
        if [getattr(c, "description", "") for c in getattr(row, "children", ())][:1] == ["◀ Back"]
    )
    back.click()
    assert stepper.step == 0
    for _ in range(9):
        forth.click()
    assert stepper.step == stepper.controls["step"].max == 3


class Typed:
    """What a learner types in: closures, parents in a set."""

    def __init__(self, data, parents=(), op="", label=""):
        self.data, self.grad, self.label, self._op, self._prev = data, 0.0, label, op, set(parents)
        self._backward = lambda: None

    def __mul__(self, other):
        out = Typed(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out


def test_stepper_steps_a_learners_class():
    a, b = Typed(2.0, label="a"), Typed(5.0, label="b")
    stepper = BackwardStepper(a * b)
    stepper.step = 1
    assert "a: local 5 × incoming 1 = 5; gradient 0 → 5" in text(stepper)
    assert "b: local 2 × incoming 1 = 2; gradient 0 → 2" in text(stepper)


def test_stepper_refuses_a_leaf():
    with pytest.raises(ValueError, match="nothing to step through"):
        BackwardStepper(Value(1))
