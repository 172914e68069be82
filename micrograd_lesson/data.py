"""The small data sets of the lessons, and points of your own from a file."""

import math

import numpy as np

MOST_BYTES, MOST_POINTS, FARTHEST = 1_000_000, 1000, 1e6


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
    parameters = {
        "w1": 0.3,
        "w2": 0.4,
        "b1": 0.1,  # x1, x2 -> hidden neuron 1
        "w3": -0.1,
        "w4": 0.2,
        "b2": -0.1,  # x1, x2 -> hidden neuron 2
        "w5": 0.5,
        "w6": -0.2,
        "b3": 0.2,  # hidden 1, 2 -> chocolate
        "w7": -0.3,
        "w8": 0.6,
        "b4": 0.3,
    }  # hidden 1, 2 -> vanilla
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

    43 people wrote digits by hand; E. Alpaydin and C. Kaynak scanned them and counted the ink in
    8 rows of 8 squares (Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, 1998). scikit-learn brings the part that 13 of them wrote. Which of them wrote
    which digit is not recorded, so the same hand may be in all three sets.

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
    if min(validation, test, len(y) - validation - test) < 10:
        raise ValueError(
            f"each of the three sets needs at least 10 of the {len(y)} digits; validation={validation} "
            f"and test={test} leave {len(y) - validation - test} for training."
        )
    X, X_test, y, y_test = train_test_split(
        X / 16, y, test_size=test, stratify=y, random_state=seed
    )
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
        raise ValueError(
            f"shift moves by whole pixels from -8 to 8, not by {right!r} and {down!r}."
        )
    room = np.pad(X.reshape(-1, 8, 8), ((0, 0), (8, 8), (8, 8)))
    return room[:, 8 - down : 16 - down, 8 - right : 16 - right].reshape(-1, 64)


def read_points(text):
    """Points in the plane and their classes, from comma-separated lines of x1, x2, class: (X, y).

    Args:
        text: the content of a CSV file, as a string or as bytes in UTF-8. The class is 1 or −1, or 1 or 0,
            which then stands for −1. The first line may name the columns; empty lines are passed over.

    Returns:
        X of shape (n, 2) and y of shape (n,), each entry −1 or 1.

    Raises:
        TypeError: text is neither a string nor bytes.
        ValueError: it is no such file; the message names the first line that is wrong.
    """
    if isinstance(text, (bytes, bytearray, memoryview)):
        text = bytes(text)
        if len(text) > MOST_BYTES:
            raise ValueError(
                f"the file has {len(text)} bytes; {MOST_BYTES} are the most for points in the plane."
            )
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValueError("the file is no text in UTF-8; save the table as CSV.") from None
    if not isinstance(text, str):
        raise TypeError(f"read_points needs the text of a CSV file, not {type(text).__name__}.")
    if "\0" in text:
        raise ValueError("the file is no text; save the table as CSV.")
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
    rows = [(number, line) for number, line in lines if line]
    if rows and _names_columns(rows[0][1]):
        del rows[0]
    if not rows:
        raise ValueError(
            "there are no points in it; each line needs x1, x2 and the class, such as 0.5,-1.2,1."
        )
    if len(rows) > MOST_POINTS:
        raise ValueError(f"there are {len(rows)} points in it; {MOST_POINTS} are the most.")
    points = [_point(number, line) for number, line in rows]
    classes = {label: number for (number, _), (_, _, label) in reversed([*zip(rows, points)])}
    if {0, -1} <= set(classes):
        number, other = max((classes[0], 0), (classes[-1], -1))
        raise ValueError(
            f"line {number} has class {other}, an earlier one {-1 - other}: "
            "both stand for the same class, so use one of them."
        )
    table = np.array(points, float)
    return table[:, :2], np.where(table[:, 2] == 1, 1.0, -1.0)


def _names_columns(line):
    """Whether a line is a header: three fields, none of them a number."""
    fields = line.split(",")
    return len(fields) == 3 and all(
        math.isnan(_number(field)) and field.strip().lower() != "nan" for field in fields
    )


def _point(number, line):
    """(x1, x2, class) of one line of a file of points."""
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if mark in line and line.count(",") != 2:
            raise ValueError(f"line {number} is separated by {name}; use commas, as in 0.5,-1.2,1.")
    fields = [field.strip() for field in line.split(",")]
    if len(fields) != 3:
        raise ValueError(
            f"line {number} has {len(fields)} column{'s' * (len(fields) > 1)} instead of three: "
            "x1, x2 and the class."
        )
    x1, x2, label = map(_number, fields)
    for x, field in ((x1, fields[0]), (x2, fields[1])):
        if not abs(x) <= FARTHEST:
            reason = "is not a number" if math.isnan(x) else f"is farther out than {FARTHEST:g}"
            raise ValueError(f"line {number}: {field!r:.40} {reason}.")
    if label not in (-1, 0, 1):
        raise ValueError(
            f"line {number}: {fields[2]!r:.40} is no class; classes are 1 and -1, or 1 and 0."
        )
    return x1, x2, label


def _number(field):
    """The number in a field; nan where there is none."""
    try:
        return float(field.strip().strip('"').replace("_", "?"))  # Python alone reads 1_0 as 10
    except ValueError:
        return math.nan


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
    picks = (order[i : i + size] for i in range(0, len(X), size))
    return ((X[pick], y[pick]) for pick in picks)
