"""Many examples, a few at a time."""

import numpy as np


def batches(X, y, size, rng=None):
    """Mini-batches: all examples once, in random order, `size` at a time; the last may be smaller.

    Args:
        X, y: arrays or lists of equal length, one entry for each example.
        size: examples in a batch, at least 1.
        rng: a `numpy.random.Generator`, or a whole number to seed one; the same seed gives the same
            order again. None: another order each time.

    Returns:
        An iterator over pairs (X of the batch, y of the batch) of arrays.

    Raises:
        TypeError: rng is none of these.
        ValueError: X and y differ in length, or size is below 1.
    """
    X, y = np.asarray(X), np.asarray(y)
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} examples and y has {len(y)}.")
    if not isinstance(size, (int, np.integer)) or size < 1:
        raise ValueError(f"the size of a batch must be a whole number of at least 1, not {size!r}.")
    order = _generator(rng).permutation(len(X))
    return _cut(X, y, order, size)


def _cut(X, y, order, size):
    for start in range(0, len(order), size):
        picked = order[start : start + size]
        yield X[picked], y[picked]


def _generator(rng):
    if isinstance(rng, np.random.Generator):
        return rng
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError):
        raise TypeError(
            f"rng is a numpy.random.Generator or a whole number from 0 on, not {rng!r:.60}."
        ) from None
