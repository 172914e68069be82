"""One gradient as three factors, without widgets: they are those of plain mathematics and of Value."""

import math

import pytest

from micrograd_lesson import MLP
from micrograd_lesson.data import ice_cream
from micrograd_lesson.explorers.factors import find_factors
from micrograd_lesson.explorers.forward import run
from micrograd_lesson.explorers.passes import PARAMETERS, ice_cream_network
from tests.explorers.test_passes import by_hand

X, Y, _ = ice_cream()


def found(parameter, net=None, x=X, y=Y):
    net = net or ice_cream_network()
    return find_factors(net, run(net, x, y), parameter)


@pytest.mark.parametrize("x", [(0.5, 0.8), (0.0, 1.0), (0.25, 0.1)])
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_their_product_is_the_gradient(parameter, x):
    _, gradients = by_hand(*x)
    factors = found(parameter, x=x)
    assert factors.product == pytest.approx(gradients[parameter], rel=1e-12, abs=1e-17)
    assert factors.gradient == pytest.approx(factors.product, rel=1e-12, abs=1e-17)
    k = factors.neuron
    assert factors.back == pytest.approx(gradients[f"a{k}"], rel=1e-12)
    assert factors.sum_gradient == pytest.approx(gradients[f"z{k}"], rel=1e-12)


@pytest.mark.parametrize(
    "parameter, neuron, source",
    [
        ("w1", 1, "x1"),
        ("w2", 1, "x2"),
        ("b1", 1, ""),
        ("w3", 2, "x1"),
        ("w4", 2, "x2"),
        ("b2", 2, ""),
    ]
    + [
        ("w5", 3, "a1"),
        ("w6", 3, "a2"),
        ("b3", 3, ""),
        ("w7", 4, "a1"),
        ("w8", 4, "a2"),
        ("b4", 4, ""),
    ],
)
def test_each_leads_from_its_source_to_its_neuron(parameter, neuron, source):
    numbers, _ = by_hand(*X)
    factors = found(parameter)
    assert (factors.neuron, factors.source) == (neuron, source)
    assert factors.last == (numbers[source] if source else 1.0)
    a = numbers[f"a{neuron}"]
    assert factors.slope == pytest.approx(a * (1 - a))
    assert factors.names == (f"∂L/∂a{neuron}", f"∂a{neuron}/∂z{neuron}", f"∂z{neuron}/∂{parameter}")


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_hidden_one_has_two_ways_that_add_up(parameter):
    factors = found(parameter)
    if factors.neuron > 2:
        assert factors.ways == ()
        return
    numbers, gradients = by_hand(*X)
    weights = {1: ("w5", "w7"), 2: ("w6", "w8")}[factors.neuron]
    assert tuple(way.weight for way in factors.ways) == weights
    for way, output in zip(factors.ways, (3, 4)):
        a = numbers[f"a{output}"]
        assert way.output == output and way.number == numbers[way.weight]
        assert way.back == pytest.approx(gradients[f"a{output}"])
        assert way.slope == pytest.approx(a * (1 - a))
    assert sum(way.share for way in factors.ways) == pytest.approx(factors.back, rel=1e-12)


def test_the_ways_of_lesson_09():
    chocolate, vanilla = found("w1").ways
    rest = found("w1").slope * 0.5
    assert chocolate.share * rest == pytest.approx(-0.00133630, abs=5e-9)
    assert vanilla.share * rest == pytest.approx(-0.00000877, abs=5e-9)
    assert found("w1").gradient == pytest.approx(-0.00134507, abs=5e-9)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
def test_every_activation_has_its_slope(activation):
    net = MLP(2, [2, 2], activation, rng=3)
    slopes = {
        "tanh": lambda z: 1 / math.cosh(z) ** 2,
        "relu": lambda z: float(z > 0),
        "sigmoid": lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
        "linear": lambda z: 1.0,
    }
    for parameter in PARAMETERS:
        factors = found(parameter, net)
        z = factors.passes.numbers[f"z{factors.neuron}"]
        assert factors.slope == pytest.approx(slopes[activation](z))
        assert factors.product == pytest.approx(factors.gradient, rel=1e-12, abs=1e-17)
        if factors.ways:
            assert sum(way.share for way in factors.ways) == pytest.approx(factors.back, abs=1e-15)
