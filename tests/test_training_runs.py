"""Whole training runs: what a lesson promises about one holds from several starts."""

import random

import pytest

from micrograd_lesson.data import two_moons
from micrograd_lesson.losses import hinge, l2
from micrograd_lesson.tensor_nn import MLP


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_two_moons_in_the_setting_of_micrograds_demo(seed):
    """A hundred steps: every training point right, and nearly every one of a thousand held-out points."""
    X, y = two_moons(100, noise=0.1, seed=0)
    X_held, y_held = two_moons(1000, noise=0.1, seed=1)
    model = MLP(
        2, [16, 16, 1], activation="relu", output_activation="linear", rng=random.Random(seed)
    )
    for step in range(100):
        loss = hinge(model(X), y) + l2(model.parameters(), 1e-4)
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data = p.data - (1.0 - 0.9 * step / 100) * p.grad
    assert (model(X).data * y > 0).all()
    assert (model(X_held).data * y_held > 0).mean() > 0.98
