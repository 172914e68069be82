"""ForwardExplorer: its numbers are the network's."""

import math

import pytest

from micrograd_lesson import MLP
from micrograd_lesson.explorers import ForwardExplorer
from tests.explorers.made import text


def by_hand(x1, x2, y1=0.7, y2=0.6):
    """The forward pass of the ice-cream network and five of its gradients, in plain mathematics."""

    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    a1, a2 = sigmoid(0.3 * x1 + 0.4 * x2 + 0.1), sigmoid(-0.1 * x1 + 0.2 * x2 - 0.1)
    z3, z4 = 0.5 * a1 - 0.2 * a2 + 0.2, -0.3 * a1 + 0.6 * a2 + 0.3
    a3, a4 = sigmoid(z3), sigmoid(z4)
    d3, d4 = (a3 - y1) * a3 * (1 - a3), (a4 - y2) * a4 * (1 - a4)
    d1 = (0.5 * d3 - 0.3 * d4) * a1 * (1 - a1)
    return (
        {
            "a1": a1,
            "a2": a2,
            "z3": z3,
            "z4": z4,
            "a3": a3,
            "a4": a4,
            "L": ((a3 - y1) ** 2 + (a4 - y2) ** 2) / 2,
        },
        {
            "w1": d1 * x1,
            "w2": d1 * x2,
            "w5": d3 * a1,
            "w8": d4 * a2,
            "b3": d3,
            "z3": d3,
            "a3": a3 - y1,
        },
    )


@pytest.mark.parametrize("x1, x2", [(0.5, 0.8), (0.0, 1.0), (0.25, 0.1)])
def test_forward_shows_what_the_mathematics_says(x1, x2):
    numbers, gradients = by_hand(x1, x2)
    explorer = ForwardExplorer(show="gradients")
    explorer.x1, explorer.x2 = x1, x2
    shown, moving = text(explorer), explorer.view.moving.replace("\N{MINUS SIGN}", "-")
    for name in ("a1", "a2", "z3", "z4", "a3", "a4"):
        assert f"{numbers[name]:+.4f}" in moving
    for name, gradient in gradients.items():
        assert f"{gradient + 0.0:+.5f}" in moving  # 0 is not written -0
    assert f"a3 = {numbers['a3']:.4f}, a4 = {numbers['a4']:.4f}" in shown
    assert f"= {numbers['L']:.6f}" in shown and f"{numbers['L']:.6f}" in moving


def test_forward_names_the_largest_gradient_and_what_it_says():
    explorer = ForwardExplorer()
    assert (
        f"largest gradient: b3, {by_hand(0.5, 0.8)[1]['b3']:+.5f}, so raising b3 lowers the loss"
        in text(explorer)
    )
    assert "raises the loss" in text(ForwardExplorer(targets=[0.5, 0.6]))


def test_forward_says_nothing_of_a_gradient_where_all_are_zero():
    numbers = by_hand(0.5, 0.8)[0]
    assert text(ForwardExplorer(targets=[numbers["a3"], numbers["a4"]])).endswith("+0.00000")


def test_forward_takes_a_network_and_leaves_it_alone():
    net = MLP(2, [2, 2], "tanh")
    for i, p in enumerate(net.parameters()):
        p.data, p.grad = i / 10, 42.0
    explorer = ForwardExplorer(net, targets=[0.1, 0.2], x1=0.3, x2=1.0)
    a3, a4 = (a.data for a in net([0.3, 1.0]))
    assert f"a3 = {a3:.4f}, a4 = {a4:.4f}" in text(explorer)
    assert f"= {((a3 - 0.1) ** 2 + (a4 - 0.2) ** 2) / 2:.6f}" in text(explorer)
    assert {p.grad for p in net.parameters()} == {42.0}
    net.parameters()[0].data = 5.0
    explorer.x1 = 0.31
    explorer.x1 = 0.3
    assert f"a3 = {a3:.4f}" in text(explorer)


def test_forward_knows_z_without_an_activation_too():
    numbers, _ = ForwardExplorer(MLP(2, [2, 2], "linear"))._numbers()
    assert all(numbers[f"z{i}"] == numbers[f"a{i}"] for i in range(1, 5))


@pytest.mark.parametrize("sizes", [(2, [2]), (2, [3, 2]), (3, [2, 2]), (2, [2, 2, 2])])
def test_forward_refuses_another_shape(sizes):
    with pytest.raises(ValueError, match=r"room for MLP\(2, \[2, 2\]\)"):
        ForwardExplorer(MLP(*sizes))
