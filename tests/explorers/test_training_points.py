"""The points of a training: what may be put in, one more, one fewer, and from a file."""

import math

import numpy as np
import pytest

from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers.training import Points
from tests.refusals import refusal

FEW = Points.of([[1, 2], [3, 4], [-5, 7]], [1, -1, 1])
CONTENT = "x1,x2,class\n150,60,1\n190,80,0\n"


def test_they_are_copies_of_floats():
    X = np.array([[1.0, 2.0]])
    points = Points.of(X, [1])
    X[:] = 0
    assert points.X.tolist() == [[1.0, 2.0]] and points.y.dtype == float and len(points) == 1


def test_one_more_and_one_fewer():
    more = FEW.plus(0.5, -0.25, -1)
    assert more.X[-1].tolist() == [0.5, -0.25] and more.y.tolist() == [1, -1, 1, -1]
    assert len(FEW) == 3
    fewer = more.without(1)
    assert fewer.X[:, 0].tolist() == [1, -5, 0.5] and fewer.y.tolist() == [1, 1, -1]
    assert len(Points.of([], []).plus(1, 2, 1)) == 1


def test_class_0_stands_for_minus_1():
    assert Points.of([[1, 2], [3, 4]], [1, 0]).y.tolist() == [1, -1]
    assert FEW.plus(0, 0, 0).y[-1] == -1


def test_a_point_in_words():
    assert FEW.named(1) == "the point of class −1 at (3, 4)"
    assert FEW.plus(-0.123456, 1e-9, 1).named(-1) == "the point of class 1 at (−0.123, 1e−09)"


@pytest.mark.parametrize(
    "call, exception, sentence",
    [
        (
            lambda: FEW.plus("a", 1, 1),
            TypeError,
            "points must be numbers in a regular shape, not [['a', 1]].",
        ),
        (
            lambda: FEW.plus(0, 1, "blue"),
            TypeError,
            "classes must be numbers in a regular shape, not ['blue'].",
        ),
        (lambda: FEW.plus(0, 1, 2), ValueError, "every class must be 1 or −1, not 2."),
        (
            lambda: FEW.plus(math.nan, 1, 1),
            ValueError,
            "every point needs two finite numbers, not (nan, 1).",
        ),
        (
            lambda: FEW.plus(0, 2e6, 1),
            ValueError,
            "the plane goes as far as 1000000; a point at 2000000 lies outside.",
        ),
        (
            lambda: Points.of(*two_moons(1000)).plus(0, 0, 1),
            ValueError,
            "1000 points are the most; these would be 1001.",
        ),
        (
            lambda: Points.load_text("1,2,1\n3,4\n"),
            ValueError,
            "line 2 has 2 columns instead of three: x1, x2 and the class.",
        ),
        (
            lambda: Points.load(CONTENT),
            ValueError,
            "load needs the path of a file; load_text takes what is in one.",
        ),
        (
            lambda: Points.load(CONTENT.encode()),
            TypeError,
            "load needs the path of a file, not bytes.",
        ),
    ],
)
def test_refusals(call, exception, sentence):
    assert refusal(call, exception) == sentence


@pytest.mark.parametrize("name", ["points.csv", "a, b.csv", "1,2,1"])
def test_a_file_is_read_whatever_its_name(tmp_path, name):
    path = tmp_path / name
    path.write_text(CONTENT)
    for read in (
        lambda: Points.load(path),
        lambda: Points.load(str(path)),
        lambda: Points.load_text(CONTENT),
        lambda: Points.load_text(CONTENT.encode()),
    ):
        points = read()
        assert points.X.tolist() == [[150, 60], [190, 80]] and points.y.tolist() == [1, -1]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        Points.load(tmp_path / "none.csv")


def test_advice_on_numbers_that_are_hard_to_learn_from():
    assert Points.of([[10, -10]], [1]).advice() == ""
    assert Points.of([], []).advice() == ""
    advice = Points.of([[1, -190.5]], [1]).advice()
    assert advice == "Networks learn best from numbers of about 1; here they reach 190.5."
