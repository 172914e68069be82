"""plots.boundary and its plane: sides, margin, line and points, and who is on the right side."""

import math

import numpy as np
import pytest

from micrograd_lesson import Tensor, plots
from micrograd_lesson.data import two_moons
from micrograd_lesson.palette import DATA, GRADIENT, PAPER
from micrograd_lesson.plots.picture import TEXT
from tests.refusals import refusal


def tilted(X):
    return X @ (1, -2) + 0.5


def test_the_line_is_where_the_score_is_zero_and_each_side_has_its_shade():
    plane = plots.boundary(tilted, *two_moons(20)).plane
    on_it = np.transpose(plane.line.get_data())
    on_it = on_it[np.isfinite(on_it).all(axis=1)]
    assert len(on_it) > 2 and tilted(on_it) == pytest.approx(0, abs=1e-9)
    for side, low, high in (
        (plane.above, 0, 9),
        (plane.far_above, 1, 9),
        (plane.below, -9, 0),
        (plane.far_below, -9, -1),
    ):
        corners = side.get_path().vertices
        assert 3 <= len(corners) < 12  # of a straight line: no corner on the way
        assert ((tilted(corners) >= low - 1e-9) & (tilted(corners) <= high + 1e-9)).all()


def test_a_line_in_pieces_is_drawn_in_pieces():
    plane = plots.boundary(lambda X: X[:, 0] ** 2 - 0.25, *two_moons(20)).plane
    x1, x2 = plane.line.get_data()
    assert np.isnan(x1).sum() == 2 and np.isnan(x2).sum() == 2
    assert np.abs(x1[np.isfinite(x1)]) == pytest.approx(0.5, abs=0.02)


def test_who_is_on_the_right_side_is_counted():
    X, y = [[0, 0], [1, 0], [2, 0], [3, 0]], [1, 1, -1, 1]
    Xtest, ytest = [[0, 1], [1.5, 1]], [1, -1]  # the second lies on the line
    picture = plots.boundary(lambda X: 1.5 - X[:, 0], X, y, Xtest, ytest)
    assert (picture.right, picture.right_held_out) == (3, 1)
    assert picture.alt == (
        "3 points of class 1 and 1 of class −1 in the plane; the model has 3 of 4 on the right "
        "side of its boundary, and 1 of 2 held-out points."
    )
    picture = plots.boundary(lambda X: X[:, 0] - 1.5, X, y)
    assert (picture.right, picture.right_held_out) == (1, None)


def test_the_words_count_what_the_picture_shows():
    X, y = two_moons(21)
    picture = plots.boundary(tilted, X, y, X[:1], y[:1])
    shown = {label: len(part.get_xdata()) for label, part in picture.plane.points.items()}
    assert picture.alt.startswith(f"{shown[1]} points of class 1 and {shown[-1]} of class −1")
    assert sum(shown.values()) == 21 and " of 21 on the right side" in picture.alt
    assert picture.alt.endswith(" of 1 held-out point.")
    assert plots.boundary(tilted, X[y == 1][:1], [1]).alt.startswith("1 point of class 1 and 0 of")


@pytest.mark.slow
def test_the_points_stand_where_they_are_by_class_and_shape():
    plane = plots.boundary(tilted, [[0, 1], [2, 3]], [1, -1], [[4, 5]], [-1]).plane
    for artist, label, shape, fill, edge, places in (
        (plane.points[1], "class 1", "o", DATA, PAPER, [[0, 1]]),
        (plane.points[-1], "class −1", "^", GRADIENT, PAPER, [[2, 3]]),
        (plane.held_out[1], "class 1", "o", PAPER, DATA, []),
        (plane.held_out[-1], "class −1", "^", PAPER, GRADIENT, [[4, 5]]),
    ):
        assert (artist.get_label(), artist.get_marker()) == (label, shape)
        assert (artist.get_markerfacecolor(), artist.get_markeredgecolor()) == (fill, edge)
        assert np.transpose(artist.get_data()).tolist() == places
    assert plane.held_out[1].get_zorder() <= plane.points[1].get_zorder()


def test_the_legend_stands_above_the_axes_and_can_be_read():
    plane = plots.boundary(tilted, [[0, 1]], [1], [[4, 5]], [-1], title="A title").plane
    legend = plane.ax.get_legend()
    names = [text.get_text() for text in legend.get_texts()]
    assert names == ["class 1", "class −1", "held out", "score 0"]
    assert all(text.get_fontsize() >= TEXT for text in legend.get_texts())
    plane.ax.figure.png()
    box = legend.get_window_extent()
    assert box.y0 >= plane.ax.bbox.y1 - 1 and box.x1 <= plane.ax.figure.bbox.x1
    title = plane.ax.get_title(loc="left"), plane.ax._left_title.get_window_extent()
    assert title[0] == "A title" and title[1].y0 >= box.y1 - 8
    assert title[1].y1 <= plane.ax.figure.bbox.y1


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [
        lambda X: Tensor(tilted(X)),
        lambda X: Tensor(tilted(X)[:, None]),
        lambda X: tilted(X)[:, None],
        lambda X: list(tilted(X)),
    ],
)
def test_scores_are_taken_in_every_form(model):
    expected = plots.boundary(tilted, *two_moons(20))
    assert plots.boundary(model, *two_moons(20)).png() == expected.png()


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [
        lambda X: X[:, 0] * np.nan,
        lambda X: X[:, 0] / 0,
        lambda X: X[:, 0] * 0,
        lambda X: np.exp(1000 * X[:, 0]),
        lambda X: np.log(X[:, 0]) > 0,
    ],
)
def test_odd_scores_are_drawn(model):
    assert plots.boundary(model, *two_moons(20)).png().startswith(b"\x89PNG")


def test_it_needs_no_points():
    assert plots.boundary(tilted, [], []).alt.startswith("0 points of class 1 and 0 of class −1")


@pytest.mark.parametrize(
    "arguments, exception, sentence",
    [
        (
            (None, [[0, 1]], [1]),
            TypeError,
            "the model must be a function from points to scores, not NoneType.",
        ),
        (
            (lambda X: "1", [[0, 1]], [1]),
            TypeError,
            "the model must give a number for each point, not str.",
        ),
        (
            (lambda X: X, [[0, 1]], [1]),
            ValueError,
            "the model must give one score for each of 2806 points; it gave shape (2806, 2).",
        ),
        (
            (tilted, [[0, 1, 2]], [1]),
            ValueError,
            "points in the plane have shape (n, 2), not (1, 3).",
        ),
        (
            (tilted, [[0, math.nan]], [1]),
            ValueError,
            "every point needs two finite numbers, not (0, nan).",
        ),
        (
            (tilted, [[0, 1]], [1, 1]),
            ValueError,
            "1 points need as many classes; y has shape (2,).",
        ),
        ((tilted, [[0, 1]], [0]), ValueError, "every class must be 1 or −1, not 0."),
        (
            (tilted, [[0, 1]], [1], [[0, 1]], [2]),
            ValueError,
            "every class must be 1 or −1, not 2.",
        ),
    ],
)
def test_what_it_cannot_show_is_refused(arguments, exception, sentence):
    assert refusal(lambda: plots.boundary(*arguments), exception) == sentence
