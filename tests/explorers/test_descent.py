"""DescentExplorer: the steps, and the word for what they do."""

import math

import pytest

from micrograd_lesson.explorers import DescentExplorer

from made import text


@pytest.mark.parametrize("rate, steps, word", [(0.0, 5, "Stands still"), (1.0, 2, "Bounces"), (0.75, 1, "Bounces"),
                                               (0.3, 1, "On its way down"), (0.3, 0, "No step")])
def test_descent_names_the_first_steps_too(rate, steps, word):
    assert word in text(DescentExplorer(rate=rate, start=-3.0, steps=steps))


@pytest.mark.parametrize("rate, word", [(0.01, "Crawls"), (0.05, "On its way down"), (0.3, "Converges"), (0.5, "Converges"),
                                        (0.9, "Bounces"), (1.1, "Blows up")])
def test_descent_names_what_the_rate_does(rate, word):
    descent = DescentExplorer(rate=rate, start=-3.0, steps=20)
    assert word in text(descent)


def test_descent_shows_the_next_step():
    descent = DescentExplorer(rate=0.1, start=-3.0, steps=0)
    assert "-3 − 0.1 · -9 = -2.1" in text(descent) and "No step taken yet" in text(descent)


@pytest.mark.parametrize("loss, options, word", [
    (lambda w: -w * w, {"rate": 0.5, "start": 1.0, "steps": 40}, "Runs away"),
    (lambda w: (w - 1.5) ** 2 - 30, {"rate": 0.1, "start": 1.6, "steps": 1}, "On its way down"),
    (lambda w: math.log(w), {"rate": 1.0, "start": 0.5, "steps": 3}, "Leaves the loss"),
])
def test_descent_names_odd_losses_truly(loss, options, word):
    assert word in text(DescentExplorer(loss, **options))


def test_descent_on_a_loss_of_your_own():
    descent = DescentExplorer(lambda w: w**4, rate=0.01, start=1.0, steps=1, xlim=(-2, 2))
    assert "w = 0.96" in text(descent)
