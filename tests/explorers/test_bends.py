"""A sum of relus laid onto a curve, without widgets."""

import math
import re

import numpy as np
import pytest

from micrograd_lesson import MLP
from micrograd_lesson.explorers.relus import Bend, Bends, Curve, fit
from tests.explorers.made import gives_nothing

SINE = Curve.of(math.sin, 0.0, 6.0)


@pytest.mark.parametrize("count", range(1, 9))
def test_so_many_relus_so_many_bends(count):
    found = fit(SINE, count)
    assert len(found.relus) == count
    assert found.kinks == pytest.approx([6.0 * i / count for i in range(count)])
    xs = np.linspace(-1, 7, 8001)
    slopes = np.diff(found.at(xs)) / np.diff(xs)
    corners = np.abs(np.diff(slopes)) > 1e-6
    starts = corners[1:] & ~corners[:-1]  # a kink between two places shows twice
    assert starts.sum() == count


@pytest.mark.parametrize("count", [1, 2, 5, 8])
def test_no_other_bias_and_slopes_come_closer(count):
    found = fit(SINE, count)

    def squares(bends):
        return ((bends.at(SINE.xs) - SINE.ys) ** 2).sum()

    least = squares(found)
    for by in (-1e-4, 1e-4):
        assert squares(Bends(SINE, found.bias + by, found.relus)) > least
        for i in range(count):
            assert squares(found.with_chosen(i).changed(0.0, by)) > least


@pytest.mark.parametrize("count", [1, 3, 8])
def test_it_is_a_network_with_one_hidden_layer(count):
    found = fit(SINE, count)
    net = MLP(1, [count, 1], "relu", "linear")
    hidden, output = net.layers
    for neuron, relu in zip(hidden.neurons, found.relus):
        neuron.w[0].data, neuron.b.data = 1.0, -relu.kink
    for weight, relu in zip(output.neurons[0].w, found.relus):
        weight.data = relu.v
    output.neurons[0].b.data = found.bias
    for x in (-1.0, 0.0, 0.7, 3.3, 6.0, 8.0):
        assert net([x]).data == pytest.approx(found.at(x))


def test_a_straight_curve_needs_one_relu():
    line = Curve.of(lambda x: 2 * x - 1, 1.0, 5.0)
    found = fit(line, 1)
    assert found.distance == pytest.approx(0, abs=1e-12)
    assert found.relus[0].v == pytest.approx(2) and found.bias == pytest.approx(1)
    assert fit(line, 4).kinks == pytest.approx([1.0])  # the others do not change the slope


def test_the_largest_distance_is_where_it_is_said_to_be():
    found = fit(SINE, 3)
    xs = np.linspace(0, 6, 401)
    distances = np.abs(found.at(xs) - np.sin(xs))
    assert found.distance == pytest.approx(distances.max())
    assert found.farthest_x == pytest.approx(xs[distances.argmax()])
    assert found.ends == (math.sin(found.farthest_x), found.at(found.farthest_x))


def test_one_relu_is_changed_and_the_others_are_not():
    found = fit(SINE, 4).with_chosen(2)
    bent = found.changed(0.25, -0.5)
    old, new = found.relus[2], bent.relus[2]
    assert (new.kink, new.v) == (old.kink + 0.25, old.v - 0.5)
    assert bent.relus[:2] == found.relus[:2] and bent.relus[3:] == found.relus[3:]
    assert bent.bias == found.bias and bent.chosen == 2
    assert found.changed(0.0, 0.0).relus == found.relus


def test_bends_are_counted_once():
    relus = (Bend(1.0, 2.0), Bend(3.0, 1.0), Bend(1.0, 0.5))
    assert Bends(SINE, 0.0, relus).kinks == [1.0, 3.0]
    assert Bends(SINE, 0.0, (Bend(1.0, 2.0), Bend(1.0, -2.0))).kinks == []
    assert Bends(SINE, 0.0, (Bend(1.0, 0.0),)).kinks == []


@pytest.mark.parametrize(
    "f, why",
    [
        (gives_nothing, "stopped with ValueError: no such place"),
        (lambda x: math.nan, "has none"),
        (lambda x: "much", "has none"),
        (lambda x: [][int(x)], "stopped with IndexError: list index out of range"),
    ],
)
def test_a_curve_with_a_hole_is_refused(f, why):
    needed = "the curve needs a number everywhere from 0 to 1; at x = 0 it"
    with pytest.raises(ValueError, match=re.escape(f"{needed} {why}.")):
        Curve.of(f, 0.0, 1.0)
