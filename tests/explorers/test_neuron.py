"""NeuronExplorer: its numbers are the neuron's."""

import math
import re

from micrograd_lesson import Value
from micrograd_lesson.explorers import NeuronExplorer
from tests.explorers.made import text


def test_neuron_shows_its_numbers():
    neuron = NeuronExplorer(w1=1.0, w2=-1.0, b=0.5, x1=2.0, x2=1.0)
    assert "1·2 + (-1)·1 + 0.5 = 1.5000" in text(neuron)
    assert f"a = tanh(z) = {math.tanh(1.5):.4f}, slope there {1 - math.tanh(1.5) ** 2:.4f}" in text(
        neuron
    )
    neuron.activation = "relu"
    assert "da/dw1 = slope · x1 = 2.0000" in text(neuron)


def test_neuron_shows_a_point_beyond_the_edge_on_the_edge():
    neuron = NeuronExplorer("relu", w1=1.0, w2=-1.0, b=0.5, x1=4.0, x2=1.0)
    assert "beyond the edge: z = 3.5, a = 3.5" in neuron.view.moving
    neuron.x1 = 2.0
    assert "beyond" not in neuron.view.moving


def test_neuron_agrees_with_the_engine():
    neuron = NeuronExplorer("sigmoid", w1=0.3, w2=-0.7, b=0.2, x1=1.5, x2=-2.0)
    w1, w2, b = Value(0.3), Value(-0.7), Value(0.2)
    a = (w1 * 1.5 + w2 * -2.0 + b).sigmoid()
    a.backward()
    assert f"a = sigmoid(z) = {a.data:.4f}" in text(neuron)
    for name, value in (("w1", w1), ("w2", w2), ("b", b)):
        assert re.search(
            rf"da/d{name} = [^=,]*(= )?{value.grad:.4f}".replace(".", r"\."), text(neuron)
        )
