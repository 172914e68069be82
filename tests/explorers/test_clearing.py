"""ClearingExplorer: two descents by plain mathematics, its readout, its picture, what it refuses."""

import functools
import math

import numpy as np
import pytest
from traitlets import TraitError

from micrograd_lesson.explorers import ClearingExplorer
from micrograd_lesson.explorers.clearing import ClearingPicture, Moment, run
from tests.explorers.made import reused, text


def by_hand(rate, steps, clears):
    """(w, losses, own, held) of a descent on (w − 3)² from 0."""
    w, held = 0.0, 0.0
    rows = []
    for _ in range(steps + 1):
        own = 2 * (w - 3)
        held = own if clears else held + own
        rows.append((w, (w - 3) ** 2, own, held))
        w -= rate * held
    return [list(column) for column in zip(*rows)]


# What is computed.


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0, 0.037])
@pytest.mark.parametrize("clears", [True, False])
def test_both_descents_are_those_of_the_mathematics(rate, clears):
    w, losses, own, held = by_hand(rate, 30, clears)
    found = run(rate, 30, clears)
    assert found.w == pytest.approx(w, abs=1e-9)
    assert found.losses == pytest.approx(losses, abs=1e-9)
    assert found.own == pytest.approx(own, abs=1e-9)
    assert found.held == pytest.approx(held, abs=1e-9)


def test_the_numbers_of_lesson_05():
    cleared, never = run(0.1, 30, clears=True), run(0.1, 30, clears=False)
    assert [round(w, 4) for w in cleared.w[:3]] == [0.0, 0.6, 1.08]
    assert [round(w, 4) for w in never.w[:3]] == [0.0, 0.6, 1.68]
    places = (4, 7, 11, 14, 21, 28)
    assert [
        f"{cleared.w[k]:.4f}" for k in places
    ] == "1.7712 2.3709 2.7423 2.8681 2.9723 2.9942".split()
    assert [
        f"{never.w[k]:.4f}" for k in places
    ] == "4.3632 5.9889 1.5939 0.0229 5.9645 0.0487".split()


RUNS = run(0.1, 30, True), run(0.1, 30, False)


def moment(step, clears):
    return Moment(step, 0.1, clears, *RUNS)


def test_what_w_grad_holds_is_a_sum_where_nobody_clears():
    for step in range(31):
        never = moment(step, clears=False)
        assert never.held == pytest.approx(sum(never.run.own[: step + 1]), abs=1e-9)
        assert never.before + never.own == pytest.approx(never.held, abs=1e-9)
        cleared = moment(step, clears=True)
        assert cleared.before == 0 and cleared.held == cleared.own
        for each in (never, cleared):
            assert each.move == -0.1 * each.held and each.own_move == -0.1 * each.own
            if step < 30:
                assert each.w + each.move == pytest.approx(each.run.w[step + 1])


# The readout.


@pytest.mark.slow
def test_it_says_what_the_step_is_made_of():
    explorer = reused(ClearingExplorer, step=2, clear="never")
    assert text(explorer).split("\n") == [
        "step 2: w = 1.68, this step's own gradient 2 · (w − 3) = −2.64",
        "in w.grad: −10.8 + (−2.64) = −13.44, the sum of 3 gradients",
        "w − rate · w.grad = 1.68 − 0.1 · (−13.44) = 3.024",
        "loss after 2 steps: cleared 3.686, never cleared 1.742",
    ]
    explorer.clear = "before each step"
    assert text(explorer).split("\n") == [
        "step 2: w = 1.08, this step's own gradient 2 · (w − 3) = −3.84",
        "in w.grad: 0 + (−3.84) = −3.84, this step's own gradient alone",
        "w − rate · w.grad = 1.08 − 0.1 · (−3.84) = 1.464",
        "loss after 2 steps: cleared 3.686, never cleared 1.742",
    ]


def test_at_the_start_both_are_alike():
    explorer = reused(ClearingExplorer)
    assert "in w.grad: 0 + (−6) = −6, this step's own gradient alone" in text(explorer)
    explorer.clear = "never"
    assert "in w.grad: 0 + (−6) = −6, this step's own gradient alone, as yet" in text(explorer)
    assert "loss after 0 steps: cleared 9, never cleared 9" in text(explorer)
    explorer.step = 1
    assert "loss after 1 step: cleared 5.76, never cleared 5.76" in text(explorer)


@pytest.mark.slow
def test_another_rate_and_other_steps():
    half, five = np.float64(0.5), np.int64(5)  # NumPy's numbers are taken too
    explorer = ClearingExplorer(rate=half, steps=five, step=5, clear="never")
    assert explorer.controls["step"].max == 5
    assert explorer.on_page["step"] == 6
    assert "w − rate · w.grad = 0 − 0.5 · 0 = 0" in text(explorer)


@pytest.mark.parametrize("rate", [0, -0.1, 1.01, math.nan, math.inf, "0.1", None])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(
        ValueError, match=r"^rate must be a number above 0 and at most 1, not .*\.$"
    ):
        ClearingExplorer(rate=rate)


@pytest.mark.parametrize("steps", [0, -1, 2.5, "5", None])
def test_a_count_of_steps_that_is_none_is_refused(steps):
    with pytest.raises(ValueError, match=r"^steps must be a whole number of at least 1, not .*\.$"):
        ClearingExplorer(steps=steps)
    with pytest.raises(ValueError, match=r"^steps must be at most 100, not 101\.$"):
        ClearingExplorer(steps=101)


def test_another_word_is_refused():
    with pytest.raises(TraitError):
        ClearingExplorer(clear="off")
    explorer = reused(ClearingExplorer)
    with pytest.raises(TraitError):
        explorer.clear = True
    assert explorer.clear == "before each step" and explorer.error == ""


# The picture.


@functools.cache
def picture_of_both():
    return ClearingPicture(*RUNS)


def drawn(step, clears):
    state = moment(step, clears)
    picture = picture_of_both()
    picture.update(state)
    return picture, state


@pytest.mark.parametrize("clears", [True, False])
@pytest.mark.parametrize("step", [0, 3, 30])
def test_the_pictures_parts_stand_where_the_numbers_say(step, clears):
    picture, state = drawn(step, clears)
    w, losses, own, held = by_hand(0.1, 31, clears)
    upto = slice(step + 1)
    for line, xs, ys in (
        (picture.trail, w[upto], losses[upto]),
        (picture.here, [w[step]], [losses[step]]),
        (picture.own, range(step + 1), own[upto]),
        (picture.held, range(step + 1), held[upto]),
        (picture.gradient_now, [step], [held[step]]),
        (picture.cleared, range(step + 1), by_hand(0.1, 31, True)[1][upto]),
        (picture.never, range(step + 1), by_hand(0.1, 31, False)[1][upto]),
        (picture.loss_now, [step], [losses[step]]),
    ):
        assert line.get_xdata() == pytest.approx(list(xs), abs=1e-9)
        assert line.get_ydata() == pytest.approx(list(ys), abs=1e-9)
    if step < 30:
        assert picture.next.get_xdata() == pytest.approx([w[step + 1]])
        assert picture.next.get_ydata() == pytest.approx([losses[step + 1]])
    else:
        assert len(picture.next.get_xdata()) == 0
    for arrow, gradient in ((picture.move, held[step]), (picture.own_move, own[step])):
        tail, tip = arrow.line.get_xdata()
        assert tail == pytest.approx(w[step]) and tip - tail == pytest.approx(-0.1 * gradient)


def test_each_step_has_its_dot():
    picture, state = drawn(5, False)
    xs, ys = picture.dots.get_data()
    assert xs[::3] == pytest.approx(state.run.w[:6]) and ys[::3] == pytest.approx(
        state.run.losses[:6]
    )
    assert np.isnan(xs[2::3]).all()


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5, 1.0])
def test_all_steps_lie_within_the_scales(rate):
    cleared, never = run(rate, 100, True), run(rate, 100, False)
    picture = ClearingPicture(cleared, never)
    for clears in (True, False):
        for step in range(101):
            picture.update(Moment(step, rate, clears, cleared, never))
            for artist in (picture.here, picture.gradient_now, picture.loss_now):
                low, high = artist.axes.get_xlim()
                assert low <= artist.get_xdata()[0] <= high
                low, high = artist.axes.get_ylim()
                assert low <= artist.get_ydata()[0] <= high


def test_the_alt_text_has_every_number():
    picture, _ = drawn(2, False)
    assert picture.alt == (
        "Step 2 of gradient descent on (w − 3)², the gradient never cleared: w is 1.68. This "
        "step's own gradient is −2.64, w.grad holds −13.44. The loss is 3.686 when cleared, "
        "1.742 when never cleared."
    )


def test_its_moving_layer_stays_small_and_draws_alike_again():
    picture, _ = drawn(30, False)
    moving = picture.svg("moving")
    assert moving.count("<use") <= 8 and moving == picture.svg("moving")
