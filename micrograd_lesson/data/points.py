"""Points in the plane, of two classes: where they come from, what they must be, who is right."""

import numpy as np

from ..words import apart, number, point

FARTHEST = 1e6  # farther out, the numbers of an axis no longer fit beside it
MOST_POINTS = 1000  # more would be slow to draw many times a second


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


def checked_points(X, y=None):
    """Points, and their classes where there are any, as arrays of floats.

    Args:
        X: the points, shape (n, 2), or an empty list.
        y: their classes, shape (n,), each 1 or −1; or None.

    Returns:
        (X, y). Arrays of floats come back as they are, not copied; y stays None where it is.

    Raises:
        TypeError: X or y holds something that is no real number.
        ValueError: a shape does not fit, a number is not finite, or a class is another.
    """
    X = _real_numbers(X, "points")
    if X.size == 0:
        X = X.reshape(0, 2)
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"points in the plane have shape (n, 2), not {X.shape}.")
    finite = np.isfinite(X).all(axis=1)  # shape (n,)
    if not finite.all():
        raise ValueError(f"every point needs two finite numbers, not {point(X[~finite][0])}.")
    if y is None:
        return X, None

    y = _real_numbers(y, "classes")
    if y.shape != X.shape[:1]:
        raise ValueError(f"{len(X)} points need as many classes; y has shape {y.shape}.")
    known = np.abs(y) == 1
    if not known.all():
        raise ValueError(f"every class must be 1 or −1, not {number(y[~known][0])}.")
    return X, y


def checked_training_points(X, y):
    """Points and classes to train on, as arrays of one's own that may be changed.

    Args:
        X: the points, shape (n, 2), none farther out than FARTHEST, at most MOST_POINTS.
        y: their classes, shape (n,): 1 and −1, or 1 and 0, which then stands for −1.

    Returns:
        (X, y), new arrays of floats; each entry of y is 1 or −1.

    Raises:
        TypeError, ValueError: as `checked_points`; also for points too far out or too many.
    """
    y = _real_numbers(y, "classes")
    if 0 in y and -1 not in y:
        y = np.where(y == 0, -1.0, y)
    X, y = checked_points(X, y)
    farthest = np.abs(X).max(initial=0.0)
    if farthest > FARTHEST:
        outside, edge = apart(farthest, FARTHEST, digits=7)
        raise ValueError(f"the plane goes as far as {edge}; a point at {outside} lies outside.")
    if len(X) > MOST_POINTS:
        raise ValueError(f"{MOST_POINTS} points are the most; these would be {len(X)}.")
    return X.copy(), y.copy()


def on_their_side(scores, y):
    """How many points lie on the side of their class; on the boundary lies nobody's side.

    scores: shape (n,), above 0 on the side of class 1. y: shape (n,), each 1 or −1.
    """
    return int(np.sum(scores * y > 0))


def _real_numbers(x, what):
    """x as an array of floats; complex numbers, texts and rows of different lengths are refused."""
    try:
        array = np.asarray(x)
    except (TypeError, ValueError):  # rows of different lengths, or a Tensor
        array = np.array(None)
    if array.dtype.kind not in "fiub":
        shown = " ".join(repr(x).split())
        raise TypeError(f"{what} must be numbers in a regular shape, not {shown:.60}.")
    return array.astype(float, copy=False)
