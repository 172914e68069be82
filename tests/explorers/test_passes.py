"""The two passes through a 2-2-2 network, without widgets: they are those of plain mathematics."""

import math

import numpy as np
import pytest

from micrograd_lesson import MLP, tensor_nn
from micrograd_lesson.data import ice_cream
from micrograd_lesson.explorers import passes
from micrograd_lesson.explorers.passes import (
    DIFFERENTIATED,
    NAMES,
    check_network,
    checked_targets,
    ice_cream_network,
    run,
)


def by_hand(x1, x2, y1=0.7, y2=0.6):
    """The forward pass of the ice-cream network and its gradients, in plain mathematics."""

    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    _, _, parameters = ice_cream()
    z1, z2 = 0.3 * x1 + 0.4 * x2 + 0.1, -0.1 * x1 + 0.2 * x2 - 0.1
    a1, a2 = sigmoid(z1), sigmoid(z2)
    z3, z4 = 0.5 * a1 - 0.2 * a2 + 0.2, -0.3 * a1 + 0.6 * a2 + 0.3
    a3, a4 = sigmoid(z3), sigmoid(z4)
    numbers = {"x1": x1, "x2": x2, "y1": y1, "y2": y2, "z1": z1, "z2": z2, "z3": z3, "z4": z4}
    numbers |= {"a1": a1, "a2": a2, "a3": a3, "a4": a4}
    numbers["L"] = ((a3 - y1) ** 2 + (a4 - y2) ** 2) / 2

    d3, d4 = (a3 - y1) * a3 * (1 - a3), (a4 - y2) * a4 * (1 - a4)
    back1, back2 = 0.5 * d3 - 0.3 * d4, -0.2 * d3 + 0.6 * d4
    d1, d2 = back1 * a1 * (1 - a1), back2 * a2 * (1 - a2)
    gradients = {"a1": back1, "a2": back2, "a3": a3 - y1, "a4": a4 - y2}
    gradients |= {"z1": d1, "z2": d2, "z3": d3, "z4": d4}
    gradients |= {"w1": d1 * x1, "w2": d1 * x2, "b1": d1, "w3": d2 * x1, "w4": d2 * x2, "b2": d2}
    gradients |= {"w5": d3 * a1, "w6": d3 * a2, "b3": d3, "w7": d4 * a1, "w8": d4 * a2, "b4": d4}
    return numbers | parameters, gradients


@pytest.mark.parametrize("x1, x2", [(0.5, 0.8), (0.0, 1.0), (0.25, 0.1)])
def test_both_passes_are_those_of_the_mathematics(x1, x2):
    numbers, gradients = by_hand(x1, x2)
    seen = run(ice_cream_network(), [x1, x2], [0.7, 0.6])
    assert seen.numbers == pytest.approx(numbers, rel=1e-12, abs=1e-15)
    assert seen.gradients == pytest.approx(gradients, rel=1e-12, abs=1e-15)
    assert set(seen.numbers) == set(NAMES) and set(seen.gradients) == set(DIFFERENTIATED)
    assert seen.misses == {"a3 − y1": seen.numbers["a3"] - 0.7, "a4 − y2": seen.numbers["a4"] - 0.6}


def test_the_steepest_parameter_is_that_of_the_largest_gradient_of_either_sign():
    assert run(ice_cream_network(), [0.5, 0.8], [0.7, 0.6]).steepest == "b3"
    assert run(ice_cream_network(), [0.5, 0.8], [0.6, -0.9]).steepest == "b4"


def test_a_second_run_adds_nothing_to_the_first():
    net = ice_cream_network()
    assert run(net, [0.5, 0.8], [0.7, 0.6]) == run(net, [0.5, 0.8], [0.7, 0.6])


def test_without_an_activation_z_is_a():
    seen = run(MLP(2, [2, 2], "linear"), [0.5, 0.8], [0.7, 0.6])
    for k in "1234":
        assert seen.numbers[f"z{k}"] == seen.numbers[f"a{k}"]
        assert seen.gradients[f"z{k}"] == seen.gradients[f"a{k}"]


def test_the_forward_pass_alone_has_no_gradients():
    both = run(ice_cream_network(), [0.5, 0.8], [0.7, 0.6])
    assert both.forward_alone() == passes.Passes(both.numbers, {})


@pytest.mark.parametrize("sizes", [(2, [2]), (2, [3, 2]), (3, [2, 2]), (2, [2, 2, 2]), (2, [2, 1])])
def test_a_network_of_another_shape_is_refused(sizes):
    with pytest.raises(
        ValueError, match=r"room for MLP\(2, \[2, 2\]\).*, not for MLP\(.*nn.MLP\.$"
    ):
        check_network(MLP(*sizes))


def test_so_is_what_is_no_network_of_values():
    with pytest.raises(ValueError, match=r"micrograd_lesson\.tensor_nn\.MLP\.$"):
        check_network(tensor_nn.MLP(2, [2, 2]))
    for other in (None, [2, 2], lambda x: x):
        with pytest.raises(ValueError, match=r"room for MLP\(2, \[2, 2\]\)"):
            check_network(other)


def test_targets_are_two_numbers():
    assert checked_targets([1, 0.5]) == checked_targets(np.array([1, 0.5])) == [1.0, 0.5]
    assert checked_targets((0, 0)) == [0.0, 0.0]


@pytest.mark.parametrize(
    "targets",
    [0.7, [0.7], [1, 2, 3], "12", ["1", "2"], [[1, 2]], [1, [2, 3]], [1, math.nan], [1, math.inf]]
    + [[1, None], {}],
)
def test_other_targets_are_refused(targets):
    with pytest.raises(ValueError, match=r"^targets are two numbers, one an output, .*\.$"):
        checked_targets(targets)
