"""SlopeExplorer: secant, tangent, error; functions that bend, end or raise."""

import math

import pytest

from micrograd_lesson.explorers import SlopeExplorer
from tests.explorers.made import f, text


def test_slope_shows_the_measured_slope():
    slope = SlopeExplorer(f, x=3.0, h=0.001)
    assert "f(3) = 20, f(3 + 0.001) = 20.014003" in text(slope)
    assert "= 14.003" in text(slope) and "tangent's slope is 14.000000" in text(slope)
    slope.x = -3.0
    assert "tangent's slope is −22.000000" in text(slope)


def test_slope_shows_the_error():
    assert text(SlopeExplorer(f, x=3.0, h=0.25)).endswith("error: 0.75")


@pytest.mark.slow
@pytest.mark.parametrize("g, x", [(abs, 0.0), (math.floor, 1.0), (lambda x: max(0.0, x), 0.0)])
def test_slope_says_where_there_is_no_tangent(g, x):
    slope = SlopeExplorer(g, x=x, h=0.5)
    assert "no tangent here" in text(slope) and "no tangent" in slope.picture.alt


def test_slope_reaches_the_edge_of_a_domain():
    slope = SlopeExplorer(math.sqrt, x=0.01, h=0.1, xlim=(0, 5))
    assert "tangent's slope is 5.000000" in text(slope)
    slope.x = 0.0
    assert "no tangent here" in text(slope)


def test_slope_says_when_the_nudge_is_lost():
    assert "x + h rounds to x" in text(SlopeExplorer(f, x=3.0, h=1e-16))


def test_a_state_between_two_steps_of_the_slider_stays_exact():
    slope = SlopeExplorer(f, x=3.0, h=0.002)
    slope.controls["x"].value = 3.04  # within half a step of 3.0: a page's rounding, not a move
    assert slope.x == 3.0
    slope.controls["x"].value = 3.1
    assert slope.x == 3.1


def test_a_function_that_raises_shows_its_error():
    def broken(x):
        if x > 4:
            raise RuntimeError("no <further>")
        return x

    slope = SlopeExplorer(broken, x=1.0, h=0.1)
    slope.x = 4.5
    assert (
        slope.error == "RuntimeError: no <further>" and "no &lt;further&gt;" in slope.view.readout
    )
    slope.x = 1.0
    assert slope.error == ""
