"""The word for what the steps of a descent did is true, on parabolas and on odd losses."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from micrograd_lesson.explorers.descent import Landscape, Verdict, verdict
from tests.explorers.made import valley

SPAN = 11.0  # of DescentExplorer's picture


def judged(loss, start, rate, steps, momentum=0.0, slope=None):
    """The Verdict on a walk on loss."""
    start = np.atleast_1d(np.array(start, float))
    return verdict(Landscape(loss, slope).walk(start, rate, steps, momentum), SPAN)


def word(*arguments, **options):
    found = judged(*arguments, **options)
    return found and found.word


def parabola(w):
    return (w - 1.5) ** 2


@pytest.mark.parametrize(
    "rate, steps, expected",
    [
        (0.0, 5, "Stands still"),
        (1.0, 2, "Bounces"),
        (0.75, 1, "Bounces"),
        (0.3, 1, "On its way down"),
        (0.3, 0, None),
        (0.01, 20, "Crawls"),
        (0.05, 20, "On its way down"),
        (0.3, 20, "Converges"),
        (0.5, 20, "Converges"),
        (0.9, 20, "Bounces"),
        (1.1, 20, "Blows up"),
    ],
)
def test_on_a_parabola_the_rate_decides(rate, steps, expected):
    assert word(parabola, -3.0, rate, steps) == expected


def cliff(w):
    """High and flat, a steep fall at 0, low and flat."""
    return 10 / (1 + math.exp(20 * w)) if w < 30 else 0.0


def plateau(w):
    """A pit at 0 in a plain."""
    return 1 - math.exp(-w * w)


@pytest.mark.parametrize(
    "loss, start, rate, steps, momentum, expected",
    [
        # Nothing holds it: each step is longer than the one before.
        (lambda w: -w * w, 1.0, 0.2, 40, 0.0, "Runs away"),  # to −3.8e11
        (lambda w: -w * w, 1.0, 0.5, 40, 0.0, "Runs away"),  # beyond all bounds
        (lambda w: -w * w, -3.0, 0.1, 40, 0.5, "Runs away"),
        (lambda w: -w * w, 1.0, 0.1, 6, 0.0, "Speeds up"),  # still in the picture
        (lambda w: -w * w, 0.0, 0.5, 10, 0.0, "Stands still"),  # on the very top
        (lambda w: -(w**4), 1.0, 0.3, 40, 0.0, "Runs away"),
        # To and fro over a corner, by steps of one length.
        (abs, -3.0, 1.2, 10, 0.0, "Bounces"),
        (abs, -3.0, 1.2, 11, 0.0, "Bounces"),
        (abs, 0.5, 1.2, 9, 0.0, "Bounces"),  # higher than at the start at the odd steps
        (abs, 0.5, 1.2, 10, 0.0, "Bounces"),
        (abs, -3.0, 0.13, 10, 0.0, "On its way down"),
        (abs, -3.0, 0.01, 10, 0.0, "Crawls"),
        (abs, -3.0, 0.7, 20, 0.9, "Swings"),
        (lambda w: abs(w) + w / 9, 0.5, 0.8, 3, 0.0, "Bounces"),
        (abs, -3.0, 1.0, 3, 0.0, "Loses its way"),  # on the corner, where there is no slope
        # Steeper than a parabola.
        (lambda w: w**4, 1.0, 0.01, 10, 0.0, "On its way down"),
        (lambda w: w**4, 3.0, 0.1, 20, 0.0, "Blows up"),
        (lambda w: w**4, 3.0, 1.0, 40, 0.0, "Blows up"),
        (lambda w: w**4, 0.8, 0.75, 1, 0.0, "Bounces"),
        # No floor at all.
        (lambda w: 1 / w, 1.0, 0.1, 40, 0.0, "On its way down"),
        (lambda w: 1 / w, 1.0, 0.001, 10, 0.0, "Crawls"),
        (lambda w: 2 * w, 0.0, 0.1, 10, 0.0, "On its way down"),
        (lambda w: 2 * w, 0.0, 1.2, 40, 0.9, "On its way down"),
        (lambda w: 1e9 * w, 0.0, 1.2, 40, 0.0, "Runs away"),
        (lambda w: 1e300 * w**9, -3.0, 0.1, 10, 0.0, "Runs away"),
        (lambda w: math.log(w), 0.5, 1.0, 3, 0.0, "Leaves the loss"),
        # Flat places.
        (lambda w: 7.0, 2.0, 0.5, 10, 0.0, "Stands still"),
        (math.floor, 0.5, 0.5, 10, 0.0, "Stands still"),
        (lambda w: 1e-300 * w, 2.0, 0.5, 10, 0.0, "Stands still"),
        (lambda w: (w * w - 1) ** 2, 1.0, 0.1, 10, 0.9, "Stands still"),  # on the floor
        (lambda w: (w * w - 1) ** 2, 0.5, 0.5, 6, 0.0, "Zigzags"),
        (plateau, -3.0, 0.1, 10, 0.0, "Crawls"),
        (plateau, -1.0, 0.3, 40, 0.0, "Converges"),
        (plateau, 0.4, 1.2, 10, 0.0, "Bounces"),
        # A cliff: thrown far down, onto a plain; or up, onto another one.
        (cliff, 0.0, 0.1, 3, 0.0, "Converges"),
        (lambda w: -10 * w if w < 0 else 5 - math.exp(-w), -0.3, 1.2, 1, 0.0, "Overshoots"),
        # Waves.
        (math.sin, -1.4, 0.5, 20, 0.0, "Converges"),
        (math.sin, 0.5, 0.5, 20, 0.0, "Converges"),
        (math.sin, 1.55, 0.1, 10, 0.0, "Crawls"),
        (math.sin, 1.2, 0.1, 10, 0.0, "Speeds up"),
        (lambda w: (w - 1.5) ** 2 - 30, 1.6, 0.1, 1, 0.0, "On its way down"),
    ],
)
def test_odd_losses_are_named_truly(loss, start, rate, steps, momentum, expected):
    assert word(loss, start, rate, steps, momentum) == expected


def test_a_bounce_says_whether_its_steps_get_shorter():
    assert judged(abs, -3.0, 1.2, 10) == Verdict(
        "Bounces", "the last steps jump over the floor, to and fro, and they get no shorter."
    )
    assert judged(parabola, -3.0, 0.9, 10) == Verdict(
        "Bounces", "every step jumps over the floor to the other side."
    )
    assert judged(parabola, -3.0, 1.0, 10).reason.endswith("and they get no shorter.")


def test_a_slope_that_stays_the_same_is_no_crawl():
    assert "same as at the start" in judged(lambda w: 2 * w, 0.0, 0.1, 10).reason


def test_a_step_onto_a_high_plain_does_not_come_down_by_more_steps():
    def ledge(w):
        return -10 * w if w < 0 else 5.0

    found = judged(ledge, -0.3, 1.2, 1, slope=lambda w: -10.0 if w < 0 else 0.0)
    assert found.word == "Overshoots" and "too small to lead back" in found.reason


@pytest.mark.parametrize("loss", [abs, plateau, cliff, math.sin, math.sinh, lambda w: w**3])
def test_the_word_is_no_lie_on_any_loss(loss):
    for rate, momentum, steps in itertools.product((0.01, 0.3, 1.2), (0.0, 0.9), (1, 7, 40)):
        walk = Landscape(loss).walk(np.array([-2.0]), rate, steps, momentum)
        found = verdict(walk, SPAN).word
        losses, w, slopes = walk.losses, walk.w[:, 0], walk.slopes[:, 0]
        truth = {
            "Blows up": losses[-1] > losses[0],
            "Overshoots": losses[-1] > losses[0],
            "Runs away": losses[-1] < losses[0] and abs(w[-1] - w[0]) > SPAN or not walk.finite,
            "Speeds up": losses[-1] < losses[0] and abs(slopes[-1]) > abs(slopes[0]),
            "On its way down": losses[-1] < losses[0],
            "Crawls": losses[-1] <= losses[0] and abs(w[-1] - w[0]) < 0.2 * SPAN,
            "Converges": abs(walk.next_move[0]) < 0.01 * SPAN,
            "Bounces": np.sign(slopes[-1]) != np.sign(slopes[-2]),
            "Swings": momentum > 0 and len(set(np.sign(slopes))) > 1,
            "Stands still": abs(w - w[0]).max() < 1e-9,
            "Zigzags": len(set(np.sign(slopes))) > 1,
            "Leaves the loss": not np.isfinite(losses).all(),
        }
        assert truth[found], (rate, momentum, steps, found, w)


# Against the closed form: on c·w²/2 momentum is a linear map of (w, the w before).


def closed_form(curvature, rate, momentum, start, steps):
    """w after 0, 1, … steps + 1 steps, and the largest size of the two eigenvalues."""
    step = np.array([[1 + momentum - rate * curvature, -momentum], [1.0, 0.0]])
    ways = [start * (np.linalg.matrix_power(step, k) @ (1.0, 1.0))[0] for k in range(steps + 2)]
    return np.array(ways), max(abs(np.linalg.eigvals(step)))


RATES, MOMENTA = st.floats(0.001, 2.4), st.sampled_from([0.0]) | st.floats(0, 0.99)
PARABOLA = Landscape(lambda w: 0.75 * w * w, lambda w: 1.5 * w)
PLANE = Landscape(valley, lambda a, b: (0.2 * a, 2 * b))


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=600)
@example(2.0, 0.99, 1.5, 40)
@example(0.05, 0.95, -2.0, 12)  # at a turning point the step is short, and the floor far
@example(1.9, 0.9, 1.0, 1)  # farther than the start at first, and stable
@given(RATES, MOMENTA, st.sampled_from([-3.0, 0.2, 4.0]), st.integers(1, 40))
def test_the_word_is_true_on_a_parabola(rate, momentum, start, steps):
    curvature = 1.5
    w, radius = closed_form(curvature, rate, momentum, start, steps)
    walk = PARABOLA.walk(np.array([start]), rate, steps, momentum)
    assert walk.w[:, 0] == pytest.approx(w[: walk.taken + 1], rel=1e-6, abs=1e-9)
    found = verdict(walk, SPAN).word
    if abs(rate * curvature - 2 * (1 + momentum)) > 1e-4:  # the limit of the rate
        assert (found == "Blows up") == (radius > 1) == (rate * curvature > 2 * (1 + momentum))
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
    assert truth[found], (found, sides)


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=300)
@given(RATES, MOMENTA, st.floats(0.5, 4), st.floats(-3, -0.5), st.integers(1, 40))
def test_in_the_plane_it_blows_up_where_one_of_the_two_directions_does(
    rate, momentum, w1, w2, steps
):
    (first, _), (second, radius) = (
        closed_form(c, rate, momentum, w, steps) for c, w in ((0.2, w1), (2.0, w2))
    )
    walk = PLANE.walk(np.array([w1, w2]), rate, steps, momentum)
    expected = np.column_stack([first, second])[: walk.taken + 1]
    assert walk.w == pytest.approx(expected, rel=1e-6, abs=1e-9)
    found = verdict(walk, SPAN).word
    if radius <= 1:
        assert found != "Blows up"
    elif radius > 1.2 and steps > 20:
        assert found == "Blows up"
    if found == "Converges":
        assert np.hypot(*walk.w[-1]) < 0.1 * np.hypot(w1, w2)


@pytest.mark.parametrize(
    "rate, momentum, steps, expected",
    [
        (0.05, 0.0, 10, "On its way down"),
        (0.9, 0.0, 20, "Bounces"),
        (1.1, 0.0, 10, "Blows up"),
        (0.7, 0.0, 40, "Converges"),
        (0.01, 0.0, 20, "Crawls"),
        (0.0, 0.0, 10, "Stands still"),
        (0.3, 0.8, 10, "Swings"),
        (1.1, 0.5, 40, "Converges"),
        (1.2, 0.9, 1, "Overshoots"),
        (0.1, 0.0, 0, None),
    ],
)
def test_in_a_valley(rate, momentum, steps, expected):
    assert word(valley, (-4, 2), rate, steps, momentum) == expected


def test_off_a_saddle_it_runs_away():
    assert word(lambda a, b: a * a - b * b, (2.0, 0.1), 0.2, 40) == "Runs away"
