"""A matrix product, and the row and the column that one of its entries is made of."""

import math
from dataclasses import dataclass

import numpy as np

from ...tensor import Tensor, real_numbers
from ...words import without_noise


@dataclass(frozen=True)
class MatrixProduct:
    """x @ w, and one entry of it.

    Attributes:
        x: array of shape (rows, inner). w: of shape (inner, columns).
        result: x @ w, of shape (rows, columns); 0 where products cancel, without noise of rounding.
        row, column: the place of the entry, counted from 0.
    """

    x: np.ndarray
    w: np.ndarray
    result: np.ndarray
    row: int
    column: int

    @property
    def entry(self):
        """The number in the result at this place."""
        return float(self.result[self.row, self.column])

    @property
    def pairs(self):
        """The numbers that are multiplied: one of the row of x, one of the column of w."""
        return list(zip(self.x[self.row].tolist(), self.w[:, self.column].tolist()))

    @property
    def products(self):
        """The products of these pairs, in order; the entry is their sum."""
        return [a * b for a, b in self.pairs]

    @property
    def name(self):
        """How the entry is written."""
        return f"(X @ W)[{self.row}, {self.column}]"


def multiply(x, w, row=0, column=0):
    """The MatrixProduct of two matrices.

    Args:
        x, w: arrays, Tensors or lists of shapes (rows, inner) and (inner, columns).
        row, column: the place of the entry, counted from 0.

    Raises:
        TypeError: anything but real numbers in a regular shape.
        ValueError: shapes that do not fit, no rows and columns, or numbers that are not finite.
        IndexError: there is no such place.
    """
    x = checked_matrix("X", x)
    w = checked_matrix("W", w)
    if x.shape[1] != w.shape[0]:
        raise ValueError(
            f"X of shape {x.shape} and W of shape {w.shape} do not fit: a row of X has "
            f"{x.shape[1]} numbers, a column of W has {w.shape[0]}."
        )
    with np.errstate(all="ignore"):
        result = without_noise((Tensor(x) @ Tensor(w)).data, np.abs(x) @ np.abs(w))
    rows, columns = result.shape
    if not (0 <= row < rows and 0 <= column < columns):
        raise IndexError(
            f"the result has shape {result.shape}; it has no row {row} with a column {column}."
        )
    return MatrixProduct(x, w, result, row, column)


def checked_matrix(name, x):
    """x as an array with two axes."""
    if isinstance(x, Tensor):
        x = x.data
    array = np.array(real_numbers(x, name))
    if array.ndim != 2 or not array.size:
        raise ValueError(
            f"{name} needs rows and columns, as in the shape (3, 2), not the shape {array.shape}."
        )
    if not np.isfinite(array).all():
        odd = next(number for number in array.ravel().tolist() if not math.isfinite(number))
        raise ValueError(f"{name} holds {odd}; its numbers must be finite.")
    return array
