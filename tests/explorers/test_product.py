"""A matrix product and the row and column of one entry, and what is no such product."""

import numpy as np
import pytest

from micrograd_lesson import Tensor
from micrograd_lesson.explorers.matrix_product import multiply


def test_an_entry_is_its_row_times_its_column():
    product = multiply([[1, 2], [3, -1]], [[2, -1, 0.5], [1, 5, 4]], 1, 2)
    assert product.pairs == [(3, 0.5), (-1, 4)]
    assert product.products == [1.5, -4] and product.entry == -2.5
    assert product.name == "(X @ W)[1, 2]"


def test_the_result_is_the_engines():
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(3, 5)), rng.normal(size=(5, 4))
    product = multiply(x, w)
    assert np.array_equal(product.result, (Tensor(x) @ Tensor(w)).data)
    for i, j in np.ndindex(3, 4):
        assert sum(multiply(x, w, i, j).products) == pytest.approx(product.result[i, j])


def test_tensors_and_lists_are_taken_and_kept_as_they_are():
    x = np.array([[1, 2], [3, 4]])
    product = multiply(Tensor(x), x.tolist())
    x[0, 0] = 9
    assert product.x.tolist() == [[1, 2], [3, 4]] and product.result.tolist() == [[7, 10], [15, 22]]


@pytest.mark.parametrize(
    "x, w, kind, sentence",
    [
        (
            np.ones((1, 3)),
            np.ones((1, 2)),
            ValueError,
            r"X of shape \(1, 3\) and W of shape \(1, 2",
        ),
        (np.ones((1, 3)), np.ones((1, 2)), ValueError, "X has 3 numbers, a column of W has 1"),
        ([1, 2], np.ones((2, 2)), ValueError, r"X needs rows and columns, .* not the shape \(2,\)"),
        (np.ones((2, 2)), 3, ValueError, r"W needs rows and columns, .* not the shape \(\)"),
        (np.ones((2, 0)), np.ones((0, 2)), ValueError, r"X needs rows and columns"),
        ([[1, 2], [3]], np.ones((2, 2)), TypeError, "X needs real numbers in a regular shape"),
        ([["a"]], [[1]], TypeError, "X needs real numbers"),
        ([[1.0]], [[np.nan]], ValueError, "W holds nan; its numbers must be finite"),
    ],
)
def test_what_is_no_product_is_refused(x, w, kind, sentence):
    with pytest.raises(kind, match=sentence):
        multiply(x, w)


@pytest.mark.parametrize("place", [(2, 0), (0, 2), (-1, 0)])
def test_so_is_a_place_outside(place):
    with pytest.raises(IndexError, match=r"shape \(2, 2\); it has no row"):
        multiply(np.eye(2), np.eye(2), *place)
