"""The small data sets of the lessons."""

import numpy as np


def four_examples():
    """The four examples of lesson 08, from Karpathy's lecture: (xs, ys).

    xs: four lists of three numbers. ys: their targets, 1 or −1.
    """
    xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    ys = [1.0, -1.0, -1.0, 1.0]
    return xs, ys


def ice_cream():
    """The worked example of lesson 09, a 2-2-2 network and one observation: (x, y, parameters).

    x: temperature and time of day, each scaled to 0..1. y: sales of chocolate and of vanilla,
    likewise. parameters: a dict from the name of each weight and bias to its number, in the order
    of `MLP(2, [2, 2]).parameters()`: neuron by neuron, hidden layer first.
    """
    parameters = {"w1": 0.3, "w2": 0.4, "b1": 0.1,    # x1, x2 -> hidden neuron 1
                  "w3": -0.1, "w4": 0.2, "b2": -0.1,  # x1, x2 -> hidden neuron 2
                  "w5": 0.5, "w6": -0.2, "b3": 0.2,   # hidden 1, 2 -> chocolate
                  "w7": -0.3, "w8": 0.6, "b4": 0.3}   # hidden 1, 2 -> vanilla
    return [0.5, 0.8], [0.7, 0.6], parameters


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


def digits(validation=300, test=300, seed=0):
    """1,797 handwritten digits, `sklearn.datasets.load_digits`, in three sets: training, validation, test.

    Each of 43 people wrote digits by hand; E. Alpaydin and C. Kaynak scanned them and counted the ink
    in 8 rows of 8 squares (Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, 1998). scikit-learn brings the part that 13 of them wrote. Which of them wrote
    which digit is not recorded, so the same hand may be in all three sets.

    The sets are drawn at random and stratified: each holds the ten digits in the same shares,
    up to one example, and no example twice.

    Args:
        validation, test: how many examples go into these sets; the rest is for training.
        seed: which of the random divisions.

    Returns:
        Three pairs (X, y). X: array of shape (n, 64), one digit in each row, its squares row by
        row from the top left, ink from 0 (none) to 1. y: array of shape (n,), whole numbers 0 to 9.

    Raises:
        ValueError: a set would hold fewer than 10 examples.
    """
    from sklearn.datasets import load_digits  # slow to import, and only needed here
    from sklearn.model_selection import train_test_split

    X, y = load_digits(return_X_y=True)
    if min(validation, test, len(y) - validation - test) < 10:
        raise ValueError(f"each of the three sets needs at least 10 of the {len(y)} digits; validation={validation} and "
                         f"test={test} leave {len(y) - validation - test} for training.")
    X, X_test, y, y_test = train_test_split(X / 16, y, test_size=test, stratify=y, random_state=seed)
    X, X_val, y, y_val = train_test_split(X, y, test_size=validation, stratify=y, random_state=seed)
    return (X, y), (X_val, y_val), (X_test, y_test)


def shift(X, right=0, down=0):
    """The digits X, of shape (n, 64), moved by whole pixels; what leaves the square is lost, what enters is empty.

    right, down: whole numbers from -8 to 8; negative ones move to the left, and up.

    Raises:
        ValueError: X has another shape, or a digit would be moved farther than that.
    """
    X = np.asarray(X)
    if X.shape[1:] != (64,):
        raise ValueError(f"shift needs digits of shape (n, 64), not {X.shape}.")
    if right not in range(-8, 9) or down not in range(-8, 9):
        raise ValueError(f"shift moves by whole pixels from -8 to 8, not by {right!r} and {down!r}.")
    room = np.pad(X.reshape(-1, 8, 8), ((0, 0), (8, 8), (8, 8)))
    return room[:, 8 - down:16 - down, 8 - right:16 - right].reshape(-1, 64)


def batches(X, y, size, rng=None):
    """Mini-batches: all examples once, in random order, `size` at a time; the last may be smaller.

    Args:
        X, y: arrays or lists of equal length, one entry for each example.
        size: examples in a batch, at least 1.
        rng: a `numpy.random.Generator`; pass a seeded one to get the same order again.

    Returns:
        An iterator over pairs (X of the batch, y of the batch) of arrays.

    Raises:
        ValueError: X and y differ in length, or size is below 1.
    """
    X, y = np.asarray(X), np.asarray(y)
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} examples and y has {len(y)}.")
    if not isinstance(size, (int, np.integer)) or size < 1:
        raise ValueError(f"the size of a batch must be a whole number of at least 1, not {size!r}.")
    order = (rng or np.random.default_rng()).permutation(len(X))
    picks = (order[i:i + size] for i in range(0, len(X), size))
    return ((X[pick], y[pick]) for pick in picks)
