"""A learner's own function that stops: each explorer says in one sentence what it did."""

import numpy as np
import pytest

from micrograd_lesson import Value
from micrograd_lesson.explorers import (
    BackwardStepper,
    DescentExplorer,
    DigitExplorer,
    NextLetterExplorer,
    NudgeExplorer,
    RelusExplorer,
    SlopeExplorer,
    WritingExplorer,
)
from micrograd_lesson.explorers.asked import Stopped, asked, asking
from micrograd_lesson.tensor import Tensor


def stops(*_inputs):
    raise KeyError("w")


def square(w):
    return w**2


class NoBackward(Value):
    def backward(self):
        raise RuntimeError("not written yet.")


class NoRule:
    def __init__(self, data, prev, operation):
        self.data = data
        self.grad = 0.0
        self._prev = prev
        self._op = operation

    def _backward(self):
        raise NotImplementedError


STOPPED = "stopped with KeyError: 'w'."


@pytest.mark.parametrize(
    "make, sentence",
    [
        (lambda: DescentExplorer(stops_for_one), f"loss(−3) {STOPPED}"),
        (lambda: DescentExplorer(stops_for_two), f"loss(−4, 2) {STOPPED}"),
        (lambda: DescentExplorer(square, slope=stops), f"slope(−3) {STOPPED}"),
        (
            lambda: RelusExplorer(stops),
            f"the curve needs a number everywhere from 0 to 6; at x = 0 it {STOPPED}",
        ),
        (lambda: NudgeExplorer(stops_by_name, a=2, b=3), f"the expression of a, b {STOPPED}"),
        (
            lambda: NudgeExplorer(twice, a=2),
            "the expression of a stopped with TypeError: twice() got an unexpected "
            "keyword argument 'a'.",
        ),
        (
            lambda: NudgeExplorer("2*a", a=2, value=stops),
            f"value, the class of the leaves a, {STOPPED}",
        ),
        (
            lambda: NudgeExplorer(lambda a: NoBackward(a.data, "out"), a=2),
            "backward() stopped with RuntimeError: not written yet.",
        ),
    ],
)
def test_what_stops_while_it_is_built_is_named(make, sentence):
    with pytest.raises(Stopped) as caught:
        make()
    assert str(caught.value) == sentence
    assert isinstance(caught.value.__cause__, Exception)  # the learner's own traceback is shown too


def twice(x):
    return 2 * x


def stops_for_one(w):
    stops()


def stops_for_two(w1, w2):
    stops()


def stops_by_name(a, b):
    stops()


def test_a_rule_that_stops_is_named():
    root = NoRule(6.0, (Value(2.0),), "double")
    root.label = "L"
    with pytest.raises(Stopped, match=r"^_backward\(\) of L stopped with NotImplementedError\.$"):
        BackwardStepper(root)


@pytest.mark.slow
@pytest.mark.parametrize("f, slope", [(stops, None), (square, stops)])
def test_a_slope_explorer_says_it_in_its_readout(f, slope):
    explorer = SlopeExplorer(f, slope=slope)
    assert explorer.error == f"{'slope' if slope else 'f'}(3) {STOPPED}"
    assert "KeyError: &#x27;w&#x27;." in explorer.view.readout


def model(text):
    return stops() if text == "q" else range(27)


def network(x):
    return stops() if x.argmax() == 2 else Tensor(np.zeros((1, 10)))


def writer(x):
    return stops() if len(x[0]) == 2 and x[0][1] != 1 else Tensor(np.zeros((1, len(x[0]), 27)))


@pytest.mark.parametrize(
    "make, name, value, sentence",
    [
        (lambda: NextLetterExplorer({"mine": model}, "a"), "text", "q", 'model("q")'),
        (
            lambda: DigitExplorer({"mine": network}, np.eye(64)[:3], [0, 1, 2]),
            "example",
            2,
            "the network",
        ),
        (lambda: WritingExplorer(writer, seed=3), "seed", 1, "model([[0, 13]])"),
    ],
)
def test_a_model_that_stops_later_is_named_and_the_old_picture_pales(make, name, value, sentence):
    explorer = make()
    explorer.set_trait(name, value)
    assert explorer.error == f"{sentence} {STOPPED}"
    assert explorer.view.outdated


def test_where_there_is_no_name_next_does_nothing():
    explorer = WritingExplorer(writer, seed=1)
    (press_next,) = [
        widget
        for widget in explorer.children[0].children[1].children
        if widget.description == "Next ▶"
    ]
    press_next.click()
    assert explorer.letter == 1 and explorer.error


def test_a_model_that_stops_at_once_is_refused():
    with pytest.raises(
        ValueError, match=r"give 27 scores: model\(\"\"\) stopped with KeyError: 'w'\."
    ):
        NextLetterExplorer({"mine": stops})


@pytest.mark.parametrize("wrong", [None, "no", 1j, np.ones(2), Value(1.0)])
def test_a_slope_that_is_no_number_is_refused(wrong):
    kind = type(wrong).__name__
    with pytest.raises(TypeError, match=f"^slope must give a number, not {kind}\\.$"):
        SlopeExplorer(square, slope=lambda x: wrong)


def test_what_is_named_already_is_not_named_again():
    with pytest.raises(Stopped, match=r"^f\(1\) stopped with KeyError: 'w'\.$"):
        with asked("the whole"):
            asking("f", stops)(1.0)


def test_what_does_not_stop_gives_its_result():
    assert asking("f", square)(3.0) == 9.0
