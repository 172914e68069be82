"""Handwritten digits: three sets of them, and the same digits moved by whole pixels."""

import numpy as np


def digits(validation=300, test=300, seed=0):
    """1,797 handwritten digits, in three sets: training, validation, test.

    43 people wrote digits by hand; E. Alpaydin and C. Kaynak scanned them and counted the ink in
    8 rows of 8 squares (Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, 1998). scikit-learn (`sklearn.datasets.load_digits`) brings the part that 13 of
    them wrote. Which of them wrote which digit is not recorded, so the same hand may be in all
    three sets.

    The sets are drawn at random and stratified: each holds the ten digits in the same shares,
    as nearly as whole numbers can, and no example is in two of them.

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
    training = len(y) - validation - test
    if min(validation, test, training) < 10:
        raise ValueError(
            f"each of the three sets needs at least 10 of the {len(y)} digits; "
            f"validation={validation} and test={test} leave {training} for training."
        )
    X, X_test, y, y_test = train_test_split(
        X / 16, y, test_size=test, stratify=y, random_state=seed
    )
    X, X_val, y, y_val = train_test_split(X, y, test_size=validation, stratify=y, random_state=seed)
    return (X, y), (X_val, y_val), (X_test, y_test)


def shift(X, right=0, down=0):
    """The digits X, of shape (n, 64), moved by whole pixels.

    What leaves the square is lost; what enters is empty.

    right, down: whole numbers from −8 to 8; negative ones move to the left, and up.

    Raises:
        ValueError: X has another shape, or a digit would be moved farther than that.
    """
    X = np.asarray(X)
    if X.shape[1:] != (64,):
        raise ValueError(f"shift needs digits of shape (n, 64), not {X.shape}.")
    if right not in range(-8, 9) or down not in range(-8, 9):
        raise ValueError(
            f"shift moves by whole pixels from −8 to 8, not by {right!r} and {down!r}."
        )
    room = np.pad(X.reshape(-1, 8, 8), ((0, 0), (8, 8), (8, 8)))  # (n, 24, 24): a square all around
    return room[:, 8 - down : 16 - down, 8 - right : 16 - right].reshape(-1, 64)
