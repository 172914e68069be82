"""BackwardStepper: right and wrong orders, right and wrong rules, classes of the learner's own."""

import random
import re
from types import SimpleNamespace

import pytest

from micrograd_lesson import MLP, Tensor, Value
from micrograd_lesson.explorers import BackwardStepper
from micrograd_lesson.explorers.stepper import ORDERS, BackwardPass
from micrograd_lesson.explorers.stepper.explorer import MOST_FAULTS, NUMBERS_ON_PAGE
from micrograd_lesson.palette import GRADIENT, MOVED
from tests.explorers.made import Overwriting, text, twice_used


def test_stepper_ends_with_the_right_gradients_and_leaves_yours_alone():
    root = twice_used()
    root._prev[0].grad = 42.0
    stepper = BackwardStepper(root)
    stepper.step = 3
    assert "data −2.0000" in stepper.view.still and "data" not in stepper.view.moving
    assert [stepper.picture.text(i) for i in (0, 1)] == ["grad −3.0000", "grad −8.0000"]
    assert "grad −3.0000" in stepper.view.moving
    assert root._prev[0].grad == 42.0 and root.grad == 0.0


def test_stepper_shows_local_times_incoming_and_the_running_sum():
    stepper = BackwardStepper(twice_used())
    stepper.step = 3
    lines = text(stepper).splitlines()
    assert lines[0] == "Step 3: d = *, incoming gradient 1"
    assert lines[1] == "a: local 3 × incoming 1 = 3; gradient −6 → −3"
    assert lines[2] == "b: local −2 × incoming 1 = −2; gradient −6 → −8"


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
        "Wrong at the end: a 3 instead of −3, b −2 instead of −8. The order was right, so a rule is wrong"
        in text(stepper)
    )
    stepper.order = "nearest first"
    assert "instead of −3" in text(stepper)


def test_stepper_marks_what_happens_and_pales_what_is_not_reached():
    stepper = BackwardStepper(twice_used(), step=1)
    shown = stepper.view.moving
    assert (
        shown.count("stroke:var(--ml-moved") == 1 and shown.count("<polygon") == 3
    )  # f, and its parents d and e
    assert shown.count("stroke:var(--ml-gradient") == 2 + 3  # two boxes; two lines in, one line out
    assert len(re.findall(r"fill:var\(--ml-muted, #\w+\)\">grad", shown)) == 2  # a and b
    assert len(re.findall(r"fill:var\(--ml-gradient, #\w+\)\">grad", shown)) == 3
    f, d, e = 4, 2, 3
    assert stepper.picture.state.marked == {f: MOVED, d: GRADIENT, e: GRADIENT}
    assert set(stepper.picture.state.lines) == {(d, f), (e, f), (f, f)}
    assert stepper.picture.state.pale == {0, 1}


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


def network_loss(*sizes):
    model = MLP(3, sizes, rng=random.Random(0))
    return (model([2.0, 3.0, -1.0]) - 1.0) ** 2


def test_the_pass_alone_is_right_in_the_right_order():
    root = network_loss(4, 4, 1)
    root.backward()
    grads = [node.grad for node in BackwardPass(root).expression.nodes]
    played = BackwardPass(root)
    assert played.true == pytest.approx(grads)
    assert played.steps["backward"][-1].gradients == pytest.approx(grads)
    assert [node.grad for node in played.expression.nodes] == grads  # and left alone
    assert played.faults(played.steps["backward"][-1].gradients) == []


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_visits_each_operation_once(order):
    played = BackwardPass(network_loss(2, 1))
    visits = played.visits(order)
    inner = [i for i, parents in enumerate(played.expression.parents) if parents]
    assert sorted(visits) == inner
    assert [step.node for step in played.steps[order]] == [None, *visits]


def test_a_step_says_what_each_parent_gets():
    a = Value(3.0, "a")
    (_, step) = BackwardPass(a * a).steps["backward"]
    (share,) = step.shares
    assert (share.parent, share.times, share.local, share.before, share.after) == (0, 2, 6, 0, 6)
    assert (step.node, step.incoming, step.reached) == (1, 1.0, {0, 1})


def test_a_shared_value_is_counted_in_words():
    a = Value(3.0, "a")
    stepper = BackwardStepper(a * a, step=1)
    assert "a (it is used 2 times here): local 6 × incoming 1 = 6" in text(stepper)


def test_letters_stay_readable_and_the_picture_scrolls():
    """A drawing of 4,800 pixels keeps letters of 9 pixels: the page shows it no narrower."""
    stepper = BackwardStepper(network_loss(4, 4, 1))
    assert stepper.picture.width > 4000
    assert stepper.view.least * (11 * 4 / 3) / stepper.picture.width == pytest.approx(9, rel=0.01)
    small = BackwardStepper(twice_used())
    assert small.view.least < small.picture.width < 680


@pytest.mark.slow
def test_a_page_of_a_large_graph_holds_fewer_steps():
    stepper = BackwardStepper(network_loss(7, 7, 1))
    values = len(stepper.picture.expression.nodes)
    assert values == 285
    assert stepper.on_page["step"] * 3 * values <= NUMBERS_ON_PAGE


@pytest.mark.slow
def test_many_faults_are_counted_not_listed():
    x = total = Value(1.0)
    for _ in range(40):
        total = total + x
    stepper = BackwardStepper(total)
    stepper.order, stepper.step = "forward", 40
    line = text(stepper).splitlines()[-1]
    assert line.count("instead of") == MOST_FAULTS
    assert re.search(r", and \d+ more\. Some node handed on", line)


@pytest.mark.parametrize(
    "make, sentence",
    [
        (
            lambda: (Tensor([1.0, 2.0]) * 2).sum(),
            r"for graphs of single numbers; data of a Tensor here is an array of shape \(",
        ),
        (lambda: Tensor(2.0) * Tensor(3.0), r"is an array of shape \(\)"),
        (
            lambda: SimpleNamespace(data=1.0, grad=0.0, _prev=(Value(1.0),)),
            r"calls _backward\(\) of a value, and SimpleNamespace has none",
        ),
        (
            lambda: SimpleNamespace(data="1", grad=0.0, _prev=(Value(1.0),)),
            "data of a SimpleNamespace here is str",
        ),
    ],
)
def test_what_cannot_be_stepped_is_refused_when_it_is_built(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        BackwardStepper(make())


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="unknown order 'sideways'; known are backward, forward"):
        BackwardStepper(twice_used(), order="sideways")


@pytest.mark.slow
def test_micrograds_own_class_is_stepped():
    engine = pytest.importorskip("micrograd.engine")
    a, b = engine.Value(2.0), engine.Value(3.0)
    stepper = BackwardStepper((a * b + a).relu())
    stepper.step = 3
    assert "Step 3: (* 6) = *, incoming gradient 1" in text(stepper)
    assert "(number 2): local 3 × incoming 1 = 3; gradient 1 → 4" in text(stepper)
    assert "Wrong" not in text(stepper)


class Plain:
    """No label, no number in grad before the first pass, None where there are no parents."""

    def __init__(self, data, parents=None):
        self.data, self.grad, self._prev = data, None, parents

    def _backward(self):
        for parent in self._prev:
            parent.grad += self.grad


def test_a_class_that_keeps_little_is_stepped():
    a, b = Plain(2.0), Plain(3.0)
    root = Plain(5.0, (a, b))
    stepper = BackwardStepper(root, step=1)
    assert text(stepper).splitlines() == [
        "Step 1: (number 5), incoming gradient 1",
        "(number 2): local 1 × incoming 1 = 1; gradient 0 → 1",
        "(number 3): local 1 × incoming 1 = 1; gradient 0 → 1",
    ]
    assert [value.grad for value in (root, a, b)] == [None] * 3
