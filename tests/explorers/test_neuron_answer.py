"""A neuron's answer: the sum, the output and the gradients are those of calculus."""

import math

import numpy as np
import pytest

from micrograd_lesson.explorers.neuron import curve, find_answer
from micrograd_lesson.gradcheck import central_difference
from micrograd_lesson.module import ACTIVATIONS

BY_HAND = {
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}


def test_a_known_neuron():
    answer = find_answer(1, -1, 0.5, 2, 1)
    assert (answer.z, answer.a) == (1.5, pytest.approx(math.tanh(1.5)))
    assert answer.slope == answer.db == pytest.approx(1 - math.tanh(1.5) ** 2)
    assert (answer.w1, answer.w2, answer.b) == (1, -1, 0.5)
    assert (answer.x1, answer.x2, answer.activation) == (2, 1, "tanh")


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("state", [(0.3, -0.7, 0.2, 1.5, -2.0), (-1.0, 0.5, 0.1, 2.0, 1.0)])
def test_its_gradients_are_what_a_nudge_shows(activation, state):
    w1, w2, b, x1, x2 = state
    act = BY_HAND[activation]
    answer = find_answer(*state, activation)
    z = w1 * x1 + w2 * x2 + b
    assert answer.z == pytest.approx(z) and answer.a == pytest.approx(act(z))
    slopes = (
        central_difference(lambda w: act(w * x1 + w2 * x2 + b), w1),
        central_difference(lambda w: act(w1 * x1 + w * x2 + b), w2),
        central_difference(lambda bias: act(w1 * x1 + w2 * x2 + bias), b),
        central_difference(act, z),
    )
    found = answer.dw1, answer.dw2, answer.db, answer.slope
    assert found == pytest.approx(slopes, abs=1e-8)


def test_relu_has_slope_0_at_its_corner():
    assert find_answer(0, 0, 0, 1, 1, "relu").slope == 0


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_curve_is_the_activation(activation):
    z, a = curve(activation)
    assert (z[0], z[-1]) == (-8, 8) and z.shape == a.shape == (161,)
    assert a == pytest.approx(np.array([BY_HAND[activation](x) for x in z]))


def test_an_unknown_activation_is_refused():
    with pytest.raises(ValueError, match="unknown activation 'tan'; known are tanh, relu"):
        find_answer(1, 1, 1, 1, 1, "tan")
