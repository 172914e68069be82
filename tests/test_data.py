"""The data sets of the lessons: shapes, values, the same numbers every time, bad input."""

import numpy as np
import pytest

from micrograd_lesson import MLP
from micrograd_lesson.data import four_examples, ice_cream, two_moons


def test_four_examples_are_those_of_the_lecture():
    assert four_examples() == (
        [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]],
        [1.0, -1.0, -1.0, 1.0])


def test_ice_cream_is_the_worked_example_in_the_order_of_a_networks_parameters():
    x, y, parameters = ice_cream()
    assert (x, y) == ([0.5, 0.8], [0.7, 0.6])
    assert list(parameters) == ["w1", "w2", "b1", "w3", "w4", "b2", "w5", "w6", "b3", "w7", "w8", "b4"]
    assert [parameters[f"w{i}"] for i in range(1, 9)] == [0.3, 0.4, -0.1, 0.2, 0.5, -0.2, -0.3, 0.6]
    assert [parameters[f"b{i}"] for i in range(1, 5)] == [0.1, -0.1, 0.2, 0.3]
    assert len(parameters) == MLP(2, [2, 2]).num_parameters()


def test_ice_cream_is_new_each_time():
    x, y, parameters = ice_cream()
    x[0] = y[0] = parameters["w1"] = 99.0
    assert ice_cream()[0][0] == 0.5 and ice_cream()[1][0] == 0.7 and ice_cream()[2]["w1"] == 0.3


def test_four_examples_are_new_lists_each_time():
    four_examples()[0][0][0] = 99.0
    assert four_examples()[0][0][0] == 2.0


@pytest.mark.parametrize("n", [2, 3, 100])
def test_two_moons_shapes(n):
    X, y = two_moons(n)
    assert X.shape == (n, 2) and X.dtype == np.float64
    assert y.shape == (n,) and y.dtype == np.float64


def test_two_moons_labels_are_one_and_minus_one_in_equal_parts():
    _, y = two_moons(100)
    assert np.unique(y, return_counts=True)[0].tolist() == [-1.0, 1.0]
    assert np.unique(y, return_counts=True)[1].tolist() == [50, 50]


def test_two_moons_are_half_circles_of_radius_one():
    X, y = two_moons(100, noise=0)
    upper, lower = X[y == -1], X[y == 1]
    assert np.hypot(upper[:, 0], upper[:, 1]) == pytest.approx(1)
    assert np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5) == pytest.approx(1)
    assert upper[:, 1].min() > -1e-12 and lower[:, 1].max() < 0.5 + 1e-12


def test_two_moons_noise_moves_the_points_about_as_far_as_asked():
    X, y = two_moons(1000, noise=0.1)
    upper = X[y == -1]
    assert np.std(np.hypot(upper[:, 0], upper[:, 1])) == pytest.approx(0.1, rel=0.1)


def test_two_moons_same_seed_same_points():
    for first, second in zip(two_moons(50, seed=3), two_moons(50, seed=3)):
        assert np.array_equal(first, second)
    assert not np.array_equal(two_moons(50, seed=3)[0], two_moons(50, seed=4)[0])


@pytest.mark.parametrize("n", [1, 0, -5])
def test_two_moons_need_two_points(n):
    with pytest.raises(ValueError, match=rf"^two moons need at least 2 points, not {n}\.$"):
        two_moons(n)
