"""A patch of weights on a picture: what it sees at one place, and its numbers at all places."""

from dataclasses import dataclass

import numpy as np

from ...words import without_noise

SIDE = 8  # squares along each edge of a picture
SIZE = 3  # and of a patch
PLACES = SIDE - SIZE + 1  # where the patch fits, along each edge

READY = {  # patches with a name
    "vertical edge": np.array([[-1.0, 0.0, 1.0]] * SIZE),
    "horizontal edge": np.array([[-1.0] * SIZE, [0.0] * SIZE, [1.0] * SIZE]),
    "blur": np.full((SIZE, SIZE), 1 / 9),
}
OWN = "your own"


@dataclass(frozen=True)
class Place:
    """A picture, a patch, the map that they give, and one place of the patch.

    Attributes:
        image: array of shape (8, 8), the ink of each square.
        weights: array of shape (3, 3), the patch.
        map: array of shape (6, 6), for each place the sum of nine products.
        row, column: the place, that of the patch's upper left square, counted from 0.
        full: what a full square holds.
    """

    image: np.ndarray
    weights: np.ndarray
    map: np.ndarray
    row: int
    column: int
    full: float

    @property
    def window(self):
        """What the patch sees: array of shape (3, 3)."""
        rows = slice(self.row, self.row + SIZE)
        columns = slice(self.column, self.column + SIZE)
        return self.image[rows, columns]

    @property
    def products(self):
        """What the patch sees times its weights: array of shape (3, 3)."""
        return self.window * self.weights

    @property
    def entry(self):
        """The map's number at this place."""
        return float(self.map[self.row, self.column])


def look(image, weights, row, column, full=16.0):
    """The Place of a patch on an image, arrays of shapes (3, 3) and (8, 8)."""
    return Place(image, weights, feature_map(image, weights), row, column, full)


def feature_map(image, weights):
    """For each place of the patch the sum of its products: array of shape (6, 6).

    Where they cancel it is 0, without the noise of rounding.
    """
    total = np.zeros((PLACES, PLACES))
    size = np.zeros((PLACES, PLACES))
    for i in range(SIZE):
        for j in range(SIZE):
            products = weights[i, j] * image[i : i + PLACES, j : j + PLACES]
            total += products
            size += np.abs(products)
    return without_noise(total, size)


def name_of(weights):
    """The name of a patch that is ready; of any other, "your own"."""
    for name, ready in READY.items():
        if np.array_equal(ready, weights):
            return name
    return OWN


# What comes from a learner.


def checked_images(images):
    """(images as an array of shape (n, 8, 8), what a full square holds).

    Raises:
        ValueError: they have another shape, or ink goes neither from 0 to 1 nor to 16.
    """
    array = _as_array("the pictures", images)
    if array.shape[1:] not in ((SIDE * SIDE,), (SIDE, SIDE)) or not array.size:
        raise ValueError(f"pictures of shape (n, 8, 8) or (n, 64) are needed, not {array.shape}.")
    if not ((array >= 0) & (array <= 16)).all():
        raise ValueError("the ink of a picture goes from 0 to 16, or from 0 to 1.")
    full = 1.0 if array.max() <= 1 else 16.0
    return array.reshape(-1, SIDE, SIDE), full


def checked_weights(weights):
    """weights as an array of shape (3, 3), a copy.

    Raises:
        ValueError: they have another shape.
    """
    array = _as_array("the weights", weights)
    if array.shape != (SIZE, SIZE):
        raise ValueError(f"the weights of a patch have shape (3, 3), not {array.shape}.")
    return array.copy()


def _as_array(what, x):
    try:
        array = np.asarray(getattr(x, "data", x) if hasattr(x, "grad") else x)
    except ValueError:  # rows of different lengths
        array = np.array(None)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{what} must be numbers in a regular shape.")
    return array.astype(float)
