"""What a network says to one handwritten digit."""

import math
from dataclasses import dataclass

import numpy as np

from ...losses import log_softmax
from ...tensor import Tensor
from ..asked import asked, checked_by_name, described, trying

DIGITS = 10


@dataclass(frozen=True)
class Reading:
    """A digit, and the probabilities that a network gives to the ten that it could be.

    Attributes:
        image: array of shape (64,), ink from 0 to 1, row by row.
        label: the digit that it is.
        logs: the logarithms of the ten probabilities; these stay finite where one is nearly 0.
    """

    image: np.ndarray
    label: int
    logs: np.ndarray

    @property
    def probabilities(self):
        """Array of shape (10,)."""
        return np.exp(self.logs)

    @property
    def answer(self):
        """The digit with the largest probability."""
        return int(np.argmax(self.logs))

    @property
    def is_right(self):
        """Whether the answer is the label."""
        return self.answer == self.label

    def probability(self, digit):
        """The probability of one digit, 0 to 9."""
        return math.exp(self.logs[digit])

    @property
    def cross_entropy(self):
        """−log of the probability of the label."""
        return abs(float(self.logs[self.label]))  # never −0


def read(network, image, label):
    """The Reading of one image, an array of shape (64,).

    network: called with an array of shape (1, 64), it returns a Tensor of shape (1, 10).

    Raises:
        ValueError: it returns anything else.
        Stopped: it raises an exception.
    """
    with asked("the network"):
        scores = network(image.reshape(1, -1))
    if not isinstance(scores, Tensor) or scores.data.shape != (1, DIGITS):
        raise ValueError(f"a Tensor of shape (1, 10) is needed, not {described(scores)}.")
    return Reading(image, int(label), log_softmax(scores).data[0])


# What comes from a learner.


def checked_networks(networks, image):
    """networks as a dict of its own, each tried with one image.

    Raises:
        TypeError: it is no dict from texts.
        ValueError: it is empty, or one of them does not read a digit.
    """

    def try_one(name, network):
        wanted = "does not take an array of shape (1, 64) and give ten scores"
        with trying(f"the network {name!r} {wanted}"):
            read(network, image, 0)

    needed = "networks is a dict from names to networks"
    return checked_by_name("networks", networks, needed, '{"mine": net}', try_one)


def checked_digits(X, y):
    """(X, y) as arrays: n digits of 64 squares each, and the n whole numbers that they are.

    Raises:
        ValueError: they have other shapes, ink is not from 0 to 1, or a label is no digit.
    """
    X = _as_array("X", X)
    y = _as_array("y", y)
    if X.ndim != 2 or X.shape[1] != 64 or not len(X):
        raise ValueError(f"X needs the shape (n, 64), a row of 64 squares a digit, not {X.shape}.")
    if y.shape != (len(X),):
        raise ValueError(f"y needs one label for each of {len(X)} digits, not the shape {y.shape}.")
    if X.dtype.kind not in "biuf" or not ((X >= 0) & (X <= 1)).all():
        raise ValueError(
            "the ink in X goes from 0 to 1; divide by 16 where it goes to 16, as in scikit-learn."
        )
    if y.dtype.kind not in "iuf" or not np.isin(y, range(DIGITS)).all():
        raise ValueError("each label in y is a whole number from 0 to 9.")
    return X.astype(float), y.astype(int)


def _as_array(name, x):
    try:
        return np.asarray(x)
    except ValueError:  # lists of unequal lengths
        raise ValueError(f"{name} is no array: its rows differ in length.") from None
