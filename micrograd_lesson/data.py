"""The small data sets of the lessons."""

import numpy as np


def four_examples():
    """The four examples of lesson 08, from Karpathy's lecture: (xs, ys).

    xs: four lists of three numbers. ys: their targets, 1 or −1.
    """
    xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    ys = [1.0, -1.0, -1.0, 1.0]
    return xs, ys


def two_moons(n=100, noise=0.1, seed=0):
    """Two interleaved half circles, from `sklearn.datasets.make_moons`: (X, y).

    X: array of shape (n, 2). y: array of shape (n,), each entry −1 or 1.

    Raises:
        ValueError: n is below 2.
    """
    from sklearn.datasets import make_moons  # slow to import, and only needed here

    if n < 2:
        raise ValueError(f"two moons need at least 2 points, not {n}.")
    X, y = make_moons(n, noise=noise, random_state=seed)
    return X, np.where(y == 1, 1.0, -1.0)
