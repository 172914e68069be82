"""The exercises of lesson 13: right answers pass, wrong ones are told why, empty ones wait."""

import math

import numpy as np

from micrograd_lesson import Tensor, Value
from micrograd_lesson.losses import hinge
from tests.exercises.answers import check_tables


def hinge_and_slope(s, y):
    return [max(0, 1 - y * s), -y if y * s < 1 else 0]


def hinge_by_the_engine(s, y):
    s = Value(s)
    loss = hinge([s], [y])
    loss.backward()
    return loss, s.grad


def batches(X, y, size, order):
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(order), size)]


def generated(X, y, size, order):
    while order:
        pick, order = order[:size], order[size:]
        yield [X[i] for i in pick], [y[i] for i in pick]


def without_the_last(X, y, size, order):
    return batches(X, y, size, order[: len(order) // size * size])


def two_orders(X, y, size, order):
    return [(X[order[i : i + size]], y[i : i + size]) for i in range(0, len(order), size)]


def picked(change):
    """Right batches, and then something done to the points and classes of each."""
    return lambda X, y, size, order: [change(*pair) for pair in batches(X, y, size, order)]


def unshuffled(X, y, size, order):
    return batches(X, y, size, list(range(len(order))))


RIGHT = [
    ("13.a", 0.6),
    ("13.a", 1 - 0.4),
    ("13.a", Value(0.6)),
    ("13.b", -1),
    ("13.b", -0.9997),
    ("13.b", "-1"),
    ("13.c", 0.1),
    ("13.c", -0.1),
    ("13.1", hinge_and_slope),
    ("13.1", hinge_by_the_engine),
    ("13.2", lambda scores, y: (scores * y > 0).mean()),
    ("13.2", lambda scores, y: np.mean(np.sign(scores) == y)),
    ("13.2", lambda scores, y: sum((s > 0) == (t > 0) for s, t in zip(scores, y)) / len(y)),
    ("13.2", lambda scores, y: Tensor((scores * y > 0).mean())),
    ("13.3", 2.55, 1.745),
    ("13.3", "2.55", Value(1.745)),
    ("13.4", batches),
    ("13.4", generated),
    ("13.5", "more points", "train longer", "lower the rate", "done"),
    ("13.5", " More data", "more steps", "smaller rate", "Nothing"),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("13.a", 0, "margin"),
    ("13.a", 1.4, "with its sign"),
    ("13.a", 0.4, "lacks"),
    ("13.a", 0.5, "on paper"),
    ("13.a", math.nan, "on paper"),
    ("13.b", 0, "without the factor"),
    ("13.b", -0.00034, "without the factor"),
    ("13.b", 1, "sign"),
    ("13.b", -8, "score"),
    ("13.b", 8, "loss itself"),
    ("13.b", -0.7, "sigmoid(s) - t"),
    ("13.b", math.nan, "sigmoid(s) - t"),
    ("13.b", "steep", "number is wanted"),
    ("13.c", 100, "SGD"),
    ("13.c", 1, "still multiplies"),
    ("13.c", 0.01, "makes up"),
    ("13.c", 0, "each weight moves"),
    ("13.c", 1e-7, "square root"),
    ("13.c", 1e-4, "other weight"),
    ("13.c", 0.001, "on paper"),
    ("13.c", 7, "on paper"),
    ("13.1", lambda s, y: (1 - y * s, -y), "stops at 0"),
    ("13.1", lambda s, y: (max(0, -y * s), -y if y * s < 0 else 0), "margin is missing"),
    ("13.1", lambda s, y: (max(0, 1 - s), -1 if s < 1 else 0), "class 1 alone"),
    ("13.1", lambda s, y: (max(0, 1 + y * s), y), "sign"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y), "flat"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), y if y * s < 1 else 0), "sign"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -s if y * s < 1 else 0), "respect to y"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -1 if y * s < 1 else 0), "must go down"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y if y * s < 0 else 0), "short of the margin"),
    ("13.1", lambda s, y: hinge_and_slope(s, y)[::-1], "swapped"),
    ("13.1", lambda s, y: max(0, 1 - y * s), "Two numbers"),
    ("13.1", lambda s, y: (1, 1), "max(0, 1 - y*s)"),
    ("13.1", 0.6, "function"),
    ("13.2", lambda scores, y: (scores * y > 0).sum(), "how many"),
    ("13.2", lambda scores, y: 100 * (scores * y > 0).mean(), "per cent"),
    ("13.2", lambda scores, y: (scores > 0).mean(), "no say"),
    ("13.2", lambda scores, y: (scores == y).mean(), "seldom"),
    ("13.2", lambda scores, y: (scores * y < 0).mean(), "wrong ones"),
    ("13.2", lambda scores, y: (scores * y >= 1).mean(), "margin"),
    ("13.2", lambda scores, y: (scores * y >= 0).mean(), "neither side"),
    ("13.2", lambda scores, y: ((scores >= 0) == (y > 0)).mean(), "neither side"),
    ("13.2", lambda scores, y: 1.0, "share"),
    ("13.2", lambda scores, y: scores * y > 0, "number is wanted"),
    ("13.2", lambda scores, y: "all", "text"),
    ("13.3", 3, 1.7, "nine tenths"),
    ("13.3", 2.5, 1.75, "fades first"),
    ("13.3", 3.45, 1.655, "negative"),
    ("13.3", 2.25, 1.775, "comes in whole"),
    ("13.3", 1.745, 2.55, "where the weight ends"),
    ("13.3", 1, 1, "plus g"),
    ("13.3", 2.55, 2.255, "against v"),
    ("13.3", 2.55, 1.7, "plain descent"),
    ("13.3", 2.55, 2.05, "first v"),
    ("13.3", 2.55, -0.55, "rate is missing"),
    ("13.3", 2.55, 3, "on paper"),
    ("13.4", without_the_last, "may be smaller"),
    ("13.4", without_the_last, "1 of the 7 examples is missing"),
    ("13.4", two_orders, "do not belong"),
    ("13.4", picked(lambda x, names: (x, names + 0.4)), "not in y"),
    ("13.4", picked(lambda x, names: (x[:, [0, 0]], names)), "not in X"),
    (
        "13.4",
        picked(lambda x, names: (x.ravel(), names)),
        "shape (n, 2), and one of yours has (6,)",
    ),
    (
        "13.4",
        picked(lambda x, names: (x, names[:, None])),
        "shape (n,), and one of yours has (3, 1)",
    ),
    ("13.4", picked(lambda x, names: (x, 3)), "shape (n,), and one of yours has ()"),
    ("13.4", unshuffled, "as they stand"),
    ("13.4", lambda X, y, size, order: [(X[order], y[order])], "should hold"),
    ("13.4", lambda X, y, size, order: batches(X, y, size, order[::-1]), "as order has them"),
    ("13.4", lambda X, y, size, order: batches(X, y, size, order)[:1], "missing"),
    ("13.4", lambda X, y, size, order: batches(X, y, size, order + order[:1]), "once"),
    ("13.4", lambda X, y, size, order: [], "missing"),
    ("13.4", lambda X, y, size, order: 7, "list of pairs"),
    ("13.4", lambda X, y, size, order: [X[order]], "list of pairs"),
    ("13.4", lambda X, y, size, order: [(X[order], y[order], size)], "list of pairs"),
    ("13.4", lambda X, y, size, order: X[order, order], "IndexError"),
    ("13.5", "done", "train longer", "lower the rate", "done", "by heart"),
    ("13.5", "more points", "more points", "lower the rate", "done", "not finished"),
    ("13.5", "more points", "train longer", "train longer", "done", "thrown"),
    ("13.5", "more points", "train longer", "lower the rate", "train longer", "never seen"),
    ("13.5", "more points", "train longer", "lower the rate", "sleep", "choices"),
]

WAITING = [
    ("13.a", ...),
    ("13.c", ...),
    ("13.1", lambda s, y: ...),
    ("13.1", lambda s, y: (max(0, 1 - y * s), ...)),
    ("13.2", lambda scores, y: ...),
    ("13.3", 2.55, ...),
    ("13.4", lambda X, y, size, order: ...),
    ("13.4", lambda X, y, size, order: [(X, ...)]),
    ("13.5", "more points", ..., ..., ...),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)
