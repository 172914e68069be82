"""DescentExplorer: the steps, and the word for what they do."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from micrograd_lesson import plots
from micrograd_lesson.explorers import DescentExplorer
from micrograd_lesson.explorers.descent import _verdict
from tests.explorers.made import text, valley


@pytest.mark.slow
@pytest.mark.parametrize(
    "rate, steps, word",
    [
        (0.0, 5, "Stands still"),
        (1.0, 2, "Bounces"),
        (0.75, 1, "Bounces"),
        (0.3, 1, "On its way down"),
        (0.3, 0, "No step"),
    ],
)
def test_descent_names_the_first_steps_too(rate, steps, word):
    assert word in text(DescentExplorer(rate=rate, start=-3.0, steps=steps))


@pytest.mark.slow
@pytest.mark.parametrize(
    "rate, word",
    [
        (0.01, "Crawls"),
        (0.05, "On its way down"),
        (0.3, "Converges"),
        (0.5, "Converges"),
        (0.9, "Bounces"),
        (1.1, "Blows up"),
    ],
)
def test_descent_names_what_the_rate_does(rate, word):
    descent = DescentExplorer(rate=rate, start=-3.0, steps=20)
    assert word in text(descent)


def test_descent_shows_the_next_step():
    descent = DescentExplorer(rate=0.1, start=-3.0, steps=0)
    assert "-3 − 0.1 · -9 = -2.1" in text(descent) and "No step taken yet" in text(descent)


@pytest.mark.slow
@pytest.mark.parametrize(
    "loss, options, word",
    [
        (lambda w: -w * w, {"rate": 0.5, "start": 1.0, "steps": 40}, "Runs away"),
        (lambda w: (w - 1.5) ** 2 - 30, {"rate": 0.1, "start": 1.6, "steps": 1}, "On its way down"),
        (lambda w: math.log(w), {"rate": 1.0, "start": 0.5, "steps": 3}, "Leaves the loss"),
    ],
)
def test_descent_names_odd_losses_truly(loss, options, word):
    assert word in text(DescentExplorer(loss, **options))


def test_descent_on_a_loss_of_your_own():
    descent = DescentExplorer(lambda w: w**4, rate=0.01, start=1.0, steps=1, xlim=(-2, 2))
    assert "w = 0.96" in text(descent)


def test_momentum_shows_both_parts_of_the_next_step():
    descent = DescentExplorer(rate=0.1, start=-3.0, steps=1, momentum=0.5)
    # v = -9, w = -2.1; the slope there is -7.2
    assert "next step: v = 0.5 · -9 + -7.2 = -11.7; w − 0.1 · v = -0.93" in text(descent)
    descent.steps = 2
    assert "w = -0.93, loss 5.9049" in text(descent)


def test_two_parameters_give_a_plane_and_two_starts():
    descent = DescentExplorer(valley, rate=0.5, steps=1)
    assert list(descent.controls) == ["rate", "momentum", "steps", "start", "start2"]
    assert "start w = (-4, 2), loss 5.6; after 1 steps w = (-3.6, " in text(descent)
    descent.start, descent.start2 = 1.0, -1.0
    assert "start w = (1, -1), loss 1.1; after 1 steps w = (0.9, " in text(descent)
    assert list(DescentExplorer().controls) == ["rate", "momentum", "steps", "start"]


# The word for the steps, against the closed form: on c·w²/2 momentum is a linear map of (w, the w before).


def closed_form(curvature, rate, momentum, start, steps):
    """w after 0, 1, … steps + 1 steps, and the largest size of the two eigenvalues."""
    step = np.array([[1 + momentum - rate * curvature, -momentum], [1.0, 0.0]])
    ways = [start * (np.linalg.matrix_power(step, k) @ (1.0, 1.0))[0] for k in range(steps + 2)]
    return np.array(ways), max(abs(np.linalg.eigvals(step)))


RATES, MOMENTA = st.floats(0.001, 2.4), st.sampled_from([0.0]) | st.floats(0, 0.99)


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=600)
@example(2.0, 0.99, 1.5, 40)
@example(0.05, 0.95, -2.0, 12)  # at a turning point the step is short, and the floor far
@example(1.9, 0.9, 1.0, 1)  # farther than the start at first, and stable
@given(RATES, MOMENTA, st.sampled_from([-3.0, 0.2, 4.0]), st.integers(1, 40))
def test_the_word_is_true_on_a_parabola(rate, momentum, start, steps):
    curvature = 1.5
    w, radius = closed_form(curvature, rate, momentum, start, steps)
    seen = PARABOLA.update(rate, start, steps, momentum)
    assert seen["w"] == pytest.approx(w[: len(seen["w"])], rel=1e-6, abs=1e-9)
    word = _verdict(seen, rate, momentum).split(":")[0].removeprefix("<b>")
    if abs(rate * curvature - 2 * (1 + momentum)) > 1e-4:  # the limit of the rate
        assert (word == "Blows up") == (radius > 1) == (rate * curvature > 2 * (1 + momentum))
    sides = w[:-1] / start
    truth = {
        "Blows up": sides[-1] ** 2 > 1,
        "Overshoots": sides[-1] ** 2 > 1,
        "Bounces": all(sides[:-1] * sides[1:] < 0) or abs(sides[-1]) < 1e-6,
        "Converges": abs(sides[-1]) < 0.06,
        "Swings": momentum > 0 and min(sides[:-1] * sides[1:]) < 0,
        "Crawls": sides[-1] > 0.5,
        "On its way down": all(sides > 0) and all(np.diff(sides) < 0),
    }
    assert truth[word], (word, sides)


PARABOLA = plots.descent(lambda w: 0.75 * w * w, 0.1, 1.0, 1, slope=lambda w: 1.5 * w)
PLANE = plots.contours(valley, 0.1, (1, 1), 1, slope=lambda a, b: (0.2 * a, 2 * b))


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=300)
@given(RATES, MOMENTA, st.floats(0.5, 4), st.floats(-3, -0.5), st.integers(1, 40))
def test_in_the_plane_it_blows_up_where_one_of_the_two_directions_does(
    rate, momentum, w1, w2, steps
):
    (first, _), (second, radius) = (
        closed_form(c, rate, momentum, w, steps) for c, w in ((0.2, w1), (2.0, w2))
    )
    seen = PLANE.update(rate, (w1, w2), steps, momentum)
    path = np.array(seen["w"])
    assert path == pytest.approx(np.column_stack([first, second])[: len(path)], rel=1e-6, abs=1e-9)
    word = _verdict(seen, rate, momentum)
    if radius <= 1:
        assert "Blows up" not in word
    elif radius > 1.2 and steps > 20:
        assert "Blows up" in word
    if "Converges" in word:
        assert np.hypot(*path[-1]) < 0.1 * np.hypot(w1, w2)


@pytest.mark.slow
@pytest.mark.parametrize(
    "options, word",
    [
        ({"rate": 0.05}, "On its way down"),
        ({"rate": 0.9, "steps": 20}, "Bounces"),
        ({"rate": 1.1}, "Blows up"),
        ({"rate": 0.7, "steps": 40}, "Converges"),
        ({"rate": 0.01, "steps": 20}, "Crawls"),
        ({"rate": 0.0}, "Stands still"),
        ({"rate": 0.3, "momentum": 0.8}, "Swings"),
        ({"rate": 1.1, "momentum": 0.5, "steps": 40}, "Converges"),
        ({"rate": 1.2, "momentum": 0.9, "steps": 1}, "Overshoots"),
        ({"steps": 0}, "No step taken yet"),
    ],
)
def test_descent_names_what_happens_in_a_valley(options, word):
    assert word in text(DescentExplorer(valley, **options))


@pytest.mark.parametrize(
    "loss, options, kind, sentence",
    [
        (
            lambda a, b, c: a,
            {},
            TypeError,
            "loss must be a function of one number or of two, not of 3.",
        ),
        (lambda: 1, {}, TypeError, "loss must be a function of one number or of two, not of 0."),
        (3.0, {}, TypeError, "loss must be a function of one number or of two, not float."),
        (
            valley,
            {"start": -3.0},
            ValueError,
            "two parameters, so start must be two numbers (w1, w2), not -3.0.",
        ),
        (
            None,
            {"start": (1, 2)},
            ValueError,
            "one parameter, so start must be one number, not (1, 2).",
        ),
        (lambda w: [w], {}, TypeError, "the loss must give a number, not list."),
        (
            lambda w: math.log(w),
            {"start": -1.0},
            ValueError,
            "",
        ),  # the learner's own error, as it is
        (lambda a, b: undefined, {}, NameError, "undefined"),  # noqa: F821
    ],
)
def test_a_loss_or_a_start_that_does_not_fit_gets_a_sentence(loss, options, kind, sentence):
    with pytest.raises(kind) as caught:
        DescentExplorer(loss, **options)
    assert sentence in str(caught.value)


def test_a_loss_with_options_counts_what_it_needs():
    assert "after 10 steps" in text(DescentExplorer(lambda w, centre=1.0: (w - centre) ** 2))
    assert "start w = (-4, 2)" in text(DescentExplorer(lambda a, b, c=1.0: a * a + b * b))
    assert "after 10 steps" in text(DescentExplorer(np.cosh))


def test_a_loss_without_a_value_says_so():
    def half(w):
        return math.nan if w > 0 else (w - 1) ** 2

    descent = DescentExplorer(half, rate=0.4, start=-3.0, steps=4, slope=lambda w: 2 * (w - 1))
    assert "Leaves the loss" in text(descent) and descent.error == ""
    assert "Leaves the loss" in text(
        DescentExplorer(lambda a, b: math.sqrt(a) + b, start=(1, 1), rate=1.2, steps=8)
    )
    descent = DescentExplorer(lambda w: math.log(w), rate=0.1, start=1.0)
    descent.start = -1.0
    assert descent.error.startswith("ValueError") and "That did not work" in text(descent)
    descent.start = 2.0
    assert descent.error == ""
