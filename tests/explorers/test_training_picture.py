"""The picture of TrainingExplorer: the losses, the point that you move, and its three layers."""

import math

import numpy as np
import pytest

from micrograd_lesson import plots
from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers.training import Learned, Points, Scene, TrainingPicture
from micrograd_lesson.explorers.training.plane import TrainingPlane

X, y = two_moons(20)
POINTS = Points.of(X, y)
HELD_OUT = Points.of(X[:5], y[:5])


def tilted(X):
    return X @ (1, -2) + 0.5


def learned(picture, losses, held_out=HELD_OUT):
    right = None if held_out is None else 4
    scores = tilted(picture.plane.grid)
    return Learned((2, 4, 1), "relu", losses, POINTS, 12, held_out, right, scores)


def make(losses, span=200):
    picture = TrainingPicture(X, X[:5], span)
    picture.update(Scene(learned(picture, losses), 0.3, 0.3, 0.4, -1))
    return picture


def test_it_shows_the_losses_and_the_point_that_you_move():
    picture = make([1.0, 0.5, 0.25])
    assert [part.tolist() for part in picture.history.get_data()] == [[0, 1, 2], [1.0, 0.5, 0.25]]
    assert (picture.last.get_data(), picture.last.get_marker()) == (([2], [0.25]), "o")
    assert picture.ring.get_data() == ([0.3], [0.4]) and picture.ring.get_marker() == "^"
    assert picture.headline.get_text() == "2-4-1 network, relu, rate 0.3, step 2"
    assert picture.alt == (
        "2-4-1 network, relu, rate 0.3, step 2. Loss 0.2500. 10 points of class 1 and 10 of class "
        "−1 in the plane; the model has 12 of 20 on the right side of its boundary, and 4 of 5 "
        "held-out points."
    )


def test_the_plane_shows_what_is_learned():
    picture = make([1.0])
    ones, held_out = picture.plane.points[1], picture.plane.held_out[-1]
    assert np.array_equal(np.transpose(ones.get_data()), X[y == 1])
    assert np.array_equal(np.transpose(held_out.get_data()), X[:5][y[:5] == -1])
    on_it = np.transpose(picture.plane.line.get_data())[:-1]
    assert tilted(on_it) == pytest.approx(0, abs=1e-9)


def test_without_held_out_points_nothing_is_said_of_them():
    picture = TrainingPicture(X)
    picture.update(Scene(learned(picture, [math.nan], held_out=None), 0.3, 0, 0, 1))
    assert "held" not in picture.alt and "Loss" not in picture.alt
    assert picture.plane.held_out == {}


def test_moving_your_point_leaves_what_was_learned():
    picture = make([1.0, 0.5])
    same = learned(picture, [1.0, 0.5])
    picture.update(Scene(same, 0.3, 0.3, 0.4, -1))
    picture.middle_is_new = False
    before = picture.svg("middle")
    picture.update(Scene(same, 0.5, 1, 1, 1))
    assert picture.svg("middle") == before and not picture.middle_is_new
    assert picture.ring.get_data() == ([1], [1]) and picture.ring.get_marker() == "o"
    assert picture.alt.startswith("2-4-1 network, relu, rate 0.5, step 1. Loss 0.5000.")
    picture.update(Scene(learned(picture, [1.0, 0.5, 0.4]), 0.5, 1, 1, 1))
    assert picture.middle_is_new and picture.svg("middle") != before


@pytest.mark.slow
def test_three_layers_add_up():
    picture = make([1.0, 0.5])
    marks = {
        layer: picture.svg(layer).count("<path") + picture.svg(layer).count("<use")
        for layer in ("still", "middle", "moving")
    }
    assert all(marks.values())
    points = 20 + 5 + 1  # each point and the end of the curve
    assert picture.svg("middle").count("<use") == points
    assert picture.svg("moving").count("<use") == 1
    assert len(picture.svg("moving")) < len(picture.svg("middle")) / 3
    assert ">your point<" in picture.svg("still") and ">held out<" in picture.svg("still")


@pytest.mark.parametrize(
    "loss, mark, height", [(0.0, "v", 1e-3), (1e9, "^", 10), (math.nan, "o", math.nan)]
)
def test_losses_beyond_the_curve_are_marked_at_its_edge(loss, mark, height):
    last = make([1.0, loss]).last
    assert last.get_marker() == mark and last.get_ydata()[0] == pytest.approx(height, nan_ok=True)


def test_a_blown_up_loss_is_a_power_of_ten_in_words():
    assert "Loss 1.0000e+300." in make([1.0, 1e300]).alt


def test_a_long_history_keeps_its_ends_and_few_points():
    history = make(list(np.geomspace(5, 0.01, 5001)), span=6400).history
    steps, losses = history.get_data()
    assert len(steps) == 201 and (steps[0], steps[-1]) == (0, 5000)
    assert losses == pytest.approx(np.geomspace(5, 0.01, 5001)[steps])


def test_it_locates_a_click_and_measures_in_pixels():
    picture = make([1.0])
    ax = picture.plane.ax
    across, up = ax.transData.transform((0.5, 0.25)) / picture.bbox.size
    assert picture.locate(across, 1 - up) == pytest.approx((0.5, 0.25))
    assert picture.locate(0.01, 0.5) is None and picture.locate(0.8, 0.5) is None
    (x, x2), width = ax.get_xlim(), ax.bbox.width
    assert picture.distances((x, 0), [[x2, 0], [x, 0]]) == pytest.approx([width, 0])


def test_a_place_of_the_picture_and_a_point_of_the_plane():
    X = np.array([[0.0, 0.0], [4.0, 2.0]])
    plane = TrainingPlane(plots.Picture(400, 200), (0.1, 0.2, 0.8, 0.6), X)
    (left, right), (bottom, top) = plane.ax.get_xlim(), plane.ax.get_ylim()
    assert plane.locate(0.5, 0.5) == pytest.approx(((left + right) / 2, (bottom + top) / 2))
    assert plane.locate(0.1 + 1e-9, 0.8 - 1e-9) == pytest.approx((left, bottom))
    assert plane.locate(0.05, 0.5) is None and plane.locate(0.5, 0.9) is None
    width, height = 0.8 * 400, 0.6 * 200
    assert plane.distances((left, bottom), [[right, bottom], [right, top]]) == pytest.approx(
        [width, np.hypot(width, height)]
    )
    assert plane.has_room_for(X) and plane.has_room_for(X[:0])
    assert not plane.has_room_for(X + 1)
