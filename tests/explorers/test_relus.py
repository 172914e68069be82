"""RelusExplorer: its readout, its picture, what it refuses."""

import functools
import math

import numpy as np
import pytest

from micrograd_lesson.explorers import RelusExplorer
from micrograd_lesson.explorers.relus import Curve, RelusPicture, fit
from tests.explorers.made import reused, text

# The readout.


def test_it_says_how_many_bends_there_are_and_where():
    explorer = reused(RelusExplorer, relus=3)
    first, second, third = text(explorer).split("\n")
    assert first.startswith(
        "3 relus, 3 bends at x = 0, 2, 4; left of all kinks the sum is its bias"
    )
    assert second.startswith("relu 2: −1.483 · relu(x − 2), so the sum's slope changes by −1.483")
    assert third.startswith("largest distance to the curve: 0.3312, at x = 6")
    explorer.relus = 1
    assert text(explorer).startswith("1 relu, 1 bend at x = 0;")


def test_a_relu_of_your_own_is_compared_with_the_fitted_one():
    explorer = reused(RelusExplorer, relus=3, chosen=2)
    assert "as fitted" not in text(explorer)
    explorer.shift = 0.5
    _, second, third = text(explorer).split("\n")
    assert "relu(x − 2.5)" in second and second.endswith("(as fitted: −1.483 at x = 2)")
    assert third.endswith("(as fitted: 0.3312)")
    explorer.shift, explorer.extra = -3.0, 1.0
    assert "relu 2: −0.483 · relu(x + 1)" in text(explorer)
    explorer.shift = explorer.extra = 0.0
    assert "as fitted" not in text(explorer)


def test_two_kinks_at_one_place_are_one_bend():
    explorer = reused(RelusExplorer, relus=3, chosen=2, shift=2.0)
    assert text(explorer).startswith("3 relus, 2 bends at x = 0, 4;")


def test_a_number_beyond_the_last_relu_means_the_last():
    explorer = reused(RelusExplorer, relus=3, chosen=8)
    assert "relu 3:" in text(explorer)
    explorer.relus = 5
    assert "relu 5:" in text(explorer)


@pytest.mark.slow
def test_on_a_curve_of_your_own():
    explorer = RelusExplorer(lambda x: abs(x), -1.0, 1.0, relus=2)
    assert "2 relus, 2 bends at x = −1, 0" in text(explorer)
    assert "distance to the curve: " in text(explorer)
    assert explorer.picture.alt.startswith("A curve, and a sum of 2 relus with 2 bends")


@pytest.mark.slow
@pytest.mark.parametrize(
    "f", [lambda x: 0.0, lambda x: 1e-9 * x, lambda x: 1e12 * x * x, lambda x: 5.0, np.exp]
)
@pytest.mark.filterwarnings("error")
def test_a_flat_or_a_steep_curve_is_shown_too(f):
    explorer = RelusExplorer(f)
    for count in (1, 8):
        explorer.relus = count
        assert explorer.error == ""
        assert max(len(line) for line in text(explorer).split("\n")) < 160
    assert explorer.picture.png().startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
def test_other_ends():
    for start, stop in ((-3.0, 3.0), (0, 1), (np.float64(1), np.float64(1.5)), (-1000.0, 1000.0)):
        assert RelusExplorer(math.cos, start, stop).error == ""


@pytest.mark.parametrize(
    "ends", [(1, 1), (2, 1), (0, math.inf), (math.nan, 1), ("0", 1), (0, None)]
)
def test_ends_that_are_none_are_refused(ends):
    with pytest.raises(
        ValueError, match="^start and stop must be a smaller and a larger number, not"
    ):
        RelusExplorer(math.sin, *ends)


def test_a_curve_that_is_none_is_refused():
    with pytest.raises(TypeError, match=r"^curve is a function of one number, not 3\.$"):
        RelusExplorer(3)
    with pytest.raises(
        ValueError, match="^the curve needs a number everywhere from −1 to 1; at x = −1"
    ):
        RelusExplorer(math.log, -1, 1)


@pytest.mark.slow
def test_a_noisy_curve_is_quiet_once_the_explorer_is_built(capsys):
    def noisy(x):
        print(x)
        return x * x

    explorer = RelusExplorer(noisy)
    assert 0 < len(capsys.readouterr().out.splitlines()) <= 401
    explorer.relus, explorer.shift = 8, 1.0
    assert capsys.readouterr().out == ""


def test_a_page_offers_every_count_and_the_fit():
    explorer = reused(RelusExplorer)
    assert explorer.on_page["relus"] == 8
    assert 0.0 in explorer.on_page["shift"] and 0.0 in explorer.on_page["extra"]
    for name in ("shift", "extra"):
        control = explorer.controls[name]
        assert (
            control.min <= explorer.on_page[name][0] and explorer.on_page[name][-1] <= control.max
        )


# The picture.


@functools.cache
def fitted():
    """(picture, fits), the same ones for every test here."""
    fits = [fit(Curve.of(math.sin, 0.0, 6.0), n) for n in range(1, 9)]
    return RelusPicture(fits), fits


def drawn(count=4, chosen=1, shift=0.0, extra=0.0):
    picture, fits = fitted()
    state = fits[count - 1].with_chosen(chosen).changed(shift, extra)
    picture.update(state)
    return picture, state


@pytest.mark.parametrize(
    "looks",
    [{}, {"count": 1, "chosen": 0}, {"count": 8, "chosen": 7, "shift": 0.3}, {"shift": -2.5}],
)
def test_the_pictures_parts_stand_where_the_numbers_say(looks):
    picture, state = drawn(**looks)
    xs, ys = picture.sum.get_data()
    assert ys == pytest.approx(state.at(xs))
    between = np.linspace(xs[0], xs[-1], 500)
    assert np.interp(between, xs, ys) == pytest.approx(state.at(between))  # no corner is missing
    assert picture.bends.get_xdata() == pytest.approx(state.kinks)
    assert picture.bends.get_ydata() == pytest.approx(state.at(np.array(state.kinks)))
    chosen = state.relus[state.chosen]
    if chosen.kink > 0:
        assert picture.chosen_bend.get_xdata() == [chosen.kink]
    assert picture.chosen.get_ydata() == pytest.approx(
        chosen.at(np.array(picture.chosen.get_xdata()))
    )
    assert picture.distance.get_xdata() == [state.farthest_x] * 2
    assert abs(np.diff(picture.distance.get_ydata())[0]) == pytest.approx(state.distance)
    xs, ys = np.array(picture.relus.get_data())
    hinges = list(zip(xs.reshape(-1, 4), ys.reshape(-1, 4)))
    others = [relu for relu in state.relus if relu is not chosen]
    assert len(hinges) == len(others)
    for (x, y), relu in zip(hinges, others):
        assert y[:3] == pytest.approx(relu.at(x[:3])) and np.isnan(y[3])


def test_a_bend_beyond_the_edge_is_marked_there():
    picture, state = drawn(count=4, chosen=1, shift=-3.0)
    assert picture.chosen_bend.get_marker() == "<"
    assert picture.chosen_bend.get_xdata() == [picture.chosen_bend.axes.get_xlim()[0]]
    assert drawn()[0].chosen_bend.get_marker() == "D"


def test_each_kink_has_its_guide():
    picture, state = drawn(count=5)
    for guides in (picture.guides, picture.relu_guides):
        assert guides.get_xdata()[::3] == [relu.kink for relu in state.relus]


def test_its_words():
    picture, _ = drawn(count=3, chosen=1)
    assert picture.alt == (
        "A curve, and a sum of 3 relus with 3 bends at x = 0, 2, 4. The chosen relu, number 2, "
        "changes the slope by −1.48 at x = 2. The sum is at most 0.331 from the curve, at x = 6."
    )


def test_what_stands_still_is_not_drawn_anew():
    picture, _ = drawn()
    still, moving = picture.svg("still"), picture.svg("moving")
    assert "largest distance" in still and "<text" not in moving
    assert len(moving) < len(still) / 3 and moving == picture.svg("moving")
