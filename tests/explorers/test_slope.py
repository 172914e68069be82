"""SlopeExplorer: secant, tangent, error; functions that bend, end or raise."""

import functools
import math

import numpy as np
import pytest

from micrograd_lesson import Value
from micrograd_lesson.explorers import SlopeExplorer
from micrograd_lesson.explorers.slope import SecantMeter, SlopePicture
from tests.explorers.made import f, reused, text


def of_f():
    return SlopeExplorer(f)


def test_slope_shows_the_measured_slope():
    slope = reused(of_f, x=3.0, h=0.001)
    assert "f(3) = 20, f(3 + 0.001) = 20.014003" in text(slope)
    assert "= 14.003" in text(slope) and "tangent's slope is 14.000000" in text(slope)
    slope.x = -3.0
    assert "tangent's slope is −22.000000" in text(slope)


def test_slope_shows_the_error():
    assert text(reused(of_f, x=3.0, h=0.25)).endswith("error: 0.75")


@pytest.mark.slow
@pytest.mark.parametrize("g, x", [(abs, 0.0), (math.floor, 1.0), (lambda x: max(0.0, x), 0.0)])
def test_slope_says_where_there_is_no_tangent(g, x):
    slope = SlopeExplorer(g, x=x, h=0.5)
    assert "no tangent here" in text(slope) and "no tangent" in slope.picture.alt


@pytest.mark.slow
def test_slope_reaches_the_edge_of_a_domain():
    slope = SlopeExplorer(math.sqrt, x=0.01, h=0.1, xlim=(0, 5))
    assert "tangent's slope is 5.000000" in text(slope)
    slope.x = 0.0
    assert "no tangent here" in text(slope)


def test_slope_says_when_the_nudge_is_lost():
    assert "x + h rounds to x" in text(reused(of_f, x=3.0, h=1e-16))


def test_a_state_between_two_steps_of_the_slider_stays_exact():
    slope = reused(of_f, x=3.0, h=0.002)
    slope.controls["x"].value = 3.04  # within half a step of 3.0: a page's rounding, not a move
    assert slope.x == 3.0
    slope.controls["x"].value = 3.1
    assert slope.x == 3.1


@pytest.mark.slow
def test_a_function_that_raises_shows_its_error():
    def broken(x):
        if x > 4:
            raise RuntimeError("no <further>")
        return x

    slope = SlopeExplorer(broken, x=1.0, h=0.1)
    slope.x = 4.5
    assert slope.error == "f(4.5) stopped with RuntimeError: no <further>."
    assert "no &lt;further&gt;" in slope.view.readout
    slope.x = 1.0
    assert slope.error == ""


def nothing(x):
    pass


NO_NUMBERS = [
    (lambda x: Value(x) * x, "Value"),
    (lambda x: np.array([x, x]), "ndarray"),
    (lambda x: np.array([x * x]), "ndarray"),
    (lambda x: f"{x}", "str"),
    (nothing, "NoneType"),
]


@pytest.mark.parametrize("g, kind", NO_NUMBERS)
def test_a_function_that_gives_no_number_is_refused(g, kind):
    with pytest.raises(TypeError, match=f"^f must give a number, not {kind}\\.$"):
        SlopeExplorer(g)


@pytest.mark.slow
@pytest.mark.parametrize("g, kind", NO_NUMBERS)
def test_one_that_does_so_elsewhere_is_said(g, kind):
    later = SlopeExplorer(lambda x: g(x) if x < 0 else x * x)
    later.x = -1.0
    assert f"f must give a number, not {kind}." in later.view.readout and later.view.outdated


@pytest.mark.slow
@pytest.mark.parametrize("g", [lambda x: np.float32(x), lambda x: np.array(x), lambda x: 7])
def test_every_kind_of_number_will_do(g):
    assert "That did not work" not in SlopeExplorer(g).view.readout


@pytest.mark.slow
def test_a_slow_function_is_called_a_few_hundred_times_and_not_for_showing():
    calls = []
    explorer = SlopeExplorer(lambda x: calls.append(x) or x * x)
    assert len(calls) <= 320
    explorer._repr_mimebundle_()
    assert len(calls) <= 320
    explorer.x = 2.0
    assert len(calls) <= 440


@pytest.mark.slow
@pytest.mark.parametrize(
    "g",
    [
        lambda x: 1e300 * x**9,
        lambda x: 1e12 * x,
        lambda x: -1e200 * x,
        lambda x: 1e-300 * x,
        lambda x: 1.5e308 * math.tanh(x),
    ],
)
@pytest.mark.filterwarnings("error")
def test_a_function_out_of_all_proportion_is_written_short(g):
    slope = SlopeExplorer(g, x=3.0, h=1.0)
    assert slope.error == ""
    assert max(len(line) for line in text(slope).split("\n")) < 120
    assert len(slope.picture.alt) < 200 and slope.picture.png().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_noisy_function_is_quiet_once_the_explorer_is_built(capsys):
    def noisy(x):
        print(x)
        return x * x

    slope = SlopeExplorer(noisy)
    assert 0 < len(capsys.readouterr().out.splitlines()) < 400
    repr(slope)
    slope.picture.png()
    assert capsys.readouterr().out == ""
    slope.h = 0.5
    assert len(capsys.readouterr().out.splitlines()) == 1  # f(x + h); all else is known


# The picture.


@functools.cache
def picture_of_f():
    xs = np.linspace(-5, 5, 101)
    return SlopePicture(xs, f(xs))


def measured(x, h):
    """(picture, secant) of f, whose slope is 6x − 4."""
    picture = picture_of_f()
    secant = SecantMeter(f, lambda x: 6 * x - 4)(x, h)
    picture.update(secant)
    return picture, secant


def test_the_secants_numbers():
    _, secant = measured(2.0, 0.5)
    assert (secant.y, secant.y2, secant.rise) == (9.0, 13.75, 4.75)
    assert (secant.estimate, secant.true, secant.error) == (9.5, 8.0, 1.5)
    with pytest.raises(ValueError, match="two different points"):
        measured(3.0, 0.0)


def test_the_pictures_parts_stand_where_the_numbers_say():
    picture, secant = measured(2.0, 0.5)
    assert picture.run.get_data() == ([2.0, 2.5], [9.0, 9.0])
    assert picture.rise.get_data() == ([2.5, 2.5], [9.0, 13.75])
    assert picture.point.get_data() == ([2.0], [9.0])
    assert picture.end.get_data() == ([2.5], [13.75])
    assert picture.here.get_data() == ([0.5], [1.5])
    for line, slope, places in (
        (picture.tangent, 8.0, [(2.0, 9.0)]),
        (picture.secant, 9.5, [(2.0, 9.0), (2.5, 13.75)]),
    ):
        x, y = line.get_data()
        assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(slope)
        for place_x, place_y in places:
            assert np.interp(place_x, x, y) == pytest.approx(place_y)
    steps, errors = picture.valley.get_data()
    assert errors[-1] == pytest.approx(3 * steps[-1])
    assert picture.alt == (
        "At x = 2 the curve has slope 8. The secant to x + h, with h = 0.5, has slope 9.5, "
        "an error of 1.5."
    )


@pytest.mark.slow
def test_the_moving_layer_is_small_and_the_layers_draw_alike_again():
    picture, _ = measured(2.0, 0.5)
    still, moving = picture.svg("still"), picture.svg("moving")
    assert len(moving) < len(still) and 0 < moving.count("<path") < still.count("<path")
    assert picture.svg("still") == still and picture.svg("moving") == moving
