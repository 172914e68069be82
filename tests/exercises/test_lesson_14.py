"""The exercises of lesson 14: right answers pass, wrong ones are told why, empty ones wait."""

import math

import numpy as np

from micrograd_lesson import Tensor, Value
from tests.exercises.answers import check_tables


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


def pieces(order, size):
    return [order[i : i + size] for i in range(0, len(order), size)]


def only_for_seven(X, y, size, order):
    """Right for seven examples alone."""
    return batches(X, y, size, order[:7])


def recall_and_precision(answers, y):
    found = sum(1 for a, label in zip(answers, y) if a == label == 1)
    return found / sum(y == 1), found / sum(answers == 1)


def beyond_the_end(X, y, size, order):
    picks = [order[i : i + size] for i in range(0, 100, size)]
    return [(X[pick], y[pick]) for pick in picks]


def with_the_rest(X, y, size, order, always=False):
    """Batches collected one example after the other; the rest is handed out where there is one."""
    found, points, classes = [], [], []
    for i in order:
        points.append(X[i])
        classes.append(y[i])
        if len(points) == size:
            found.append((points, classes))
            points, classes = [], []
    if points or always:
        found.append((points, classes))
    return found


def second(precision):
    """The right recall, and a precision in the second place."""
    return lambda a, y: (recall_and_precision(a, y)[0], precision(a, y))


RIGHT = [
    ("14.b", -1),
    ("14.b", -0.9997),
    ("14.b", "-1"),
    ("14.a", 0.1),
    ("14.a", -0.1),
    ("14.b", "about −1"),
    ("14.b", "nearly -1"),
    *[("14.a", said) for said in ("about 0.1", "by 0.1", "the rate", 0.099999, 0.1000001)],
    *[("14.b", said) for said in ("close to -1", "≈ −1", -0.99)],
    ("14.2", with_the_rest),
    ("14.2", lambda X, y, size, order: [(Tensor(a), b) for a, b in batches(X, y, size, order)]),
    ("14.3", lambda a, y: ((a + y == 2).sum() / (y == 1).sum(), (y[a == 1] > 0).mean())),
    ("14.1", 2.55, 1.745),
    ("14.1", "2.55", Value(1.745)),
    ("14.2", batches),
    ("14.2", generated),
    ("14.a", "0.1"),
    ("14.a", np.float64(0.1)),
    ("14.b", np.float64(-0.99966)),
    ("14.1", np.float64(2.55), np.array(1.745)),
    ("14.2", lambda X, y, size, order: [[X[o], y[o]] for o in pieces(order, size)]),
    ("14.2", lambda X, y, size, order: tuple(batches(X, y, size, order))),
    ("14.2", lambda X, y, size, order: batches(X[order], y[order], size, list(range(len(y))))),
    ("14.3", recall_and_precision),
    ("14.3", lambda a, y: list(recall_and_precision(a, y))),
    ("14.3", lambda a, y: np.array(recall_and_precision(a, y))),
    ("14.3", lambda a, y: ((a[y == 1] == 1).mean(), (y[a == 1] == 1).mean())),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("14.b", 0, "without the factor"),
    ("14.b", -0.00034, "without the factor"),
    ("14.b", 1, "sign"),
    ("14.b", -8, "score"),
    ("14.b", 8, "loss itself"),
    ("14.b", -0.7, "slope above"),
    ("14.b", math.nan, "slope above"),
    ("14.b", "steep", "number is wanted"),
    ("14.a", 100, "SGD"),
    ("14.a", 1, "still multiplies"),
    ("14.a", 0.01, "makes up"),
    ("14.a", 0, "each weight moves"),
    ("14.a", 1e-4, "other weight"),
    ("14.a", 0.001, "two with hats"),
    ("14.a", 7, "two with hats"),
    ("14.a", 3.16, "the square is not"),
    ("14.b", "about -8", "is the score"),
    ("14.1", -0.5, 2, "old velocity"),
    ("14.1", 0.255, 1.745, "no part in v"),
    ("14.1", 2.95, 1.705, "nine tenths"),
    ("14.1", 2.55, 2.3, "uphill"),
    ("14.1", 3, 1.7, "nine tenths"),
    ("14.1", 2.5, 1.75, "fades first"),
    ("14.1", 3.45, 1.655, "negative"),
    ("14.1", 2.25, 1.775, "comes in whole"),
    ("14.1", 1.745, 2.55, "where the weight ends"),
    ("14.1", 1, 1, "fades"),
    ("14.1", 2.55, 2.255, "against v"),
    ("14.1", 2.55, 1.7, "plain descent"),
    ("14.1", 2.55, 2.05, "first v"),
    ("14.1", 2.55, -0.55, "rate is missing"),
    ("14.1", 2.55, 3, "taken off"),
    ("14.1", 2.55, 2, "where it was"),
    ("14.2", without_the_last, "may be smaller"),
    ("14.2", without_the_last, "1 of the 7 examples is missing"),
    ("14.2", two_orders, "do not belong"),
    ("14.2", picked(lambda x, names: (x, names + 0.4)), "not in y"),
    ("14.2", picked(lambda x, names: (x[:, [0, 0]], names)), "not in X"),
    (
        "14.2",
        picked(lambda x, names: (x.ravel(), names)),
        "shape (n, 2), and one of yours has (6,)",
    ),
    (
        "14.2",
        picked(lambda x, names: (x, names[:, None])),
        "shape (n,), and one of yours has (3, 1)",
    ),
    ("14.2", picked(lambda x, names: (x, 3)), "shape (n,), and one of yours has ()"),
    ("14.2", unshuffled, "as they stand"),
    ("14.2", lambda X, y, size, order: [(X[order], y[order])], "should hold"),
    ("14.2", lambda X, y, size, order: batches(X, y, size, order[::-1]), "as order has them"),
    ("14.2", lambda X, y, size, order: batches(X, y, size, order)[:1], "missing"),
    ("14.2", lambda X, y, size, order: batches(X, y, size, order + order[:1]), "once"),
    ("14.2", lambda X, y, size, order: [], "no batches"),
    ("14.2", beyond_the_end, "empty"),
    ("14.3", lambda a, y: ((a == 1 and y == 1).sum(), 1), "zip"),
    ("14.3", lambda a, y: ((a == y).sum() / (y == 1).sum(), 1), "the healthy too"),
    ("14.3", lambda a, y: ((a[y == -1] == -1).mean(), 1), "about the healthy"),
    ("14.3", lambda a, y: ((a[y == 1] == 1).mean(), (y[a == -1] == -1).mean()), "the healthy"),
    ("14.3", lambda a, y: (100 * (a[y == 1] == 1).mean(), 1), "per cent"),
    ("14.2", lambda X, y, size, order: 7, "list of pairs"),
    ("14.2", lambda X, y, size, order: [X[order]], "list of pairs"),
    ("14.2", lambda X, y, size, order: [(X[order], y[order], size)], "list of pairs"),
    ("14.2", lambda X, y, size, order: X[order, order], "IndexError"),
    ("14.a", 0.3162, "both means"),
    ("14.a", -0.31623, "both means"),
    ("14.a", 3.1623, "the square is not"),
    ("14.a", 10, "0.1 times m"),
    ("14.a", 1000, "the gradient"),
    ("14.a", 0.0001, "root of q"),
    ("14.b", 0.9997, "sign"),
    ("14.b", -0.5, "a half"),
    ("14.1", -0.15, 2.015, "comes in whole"),
    ("14.1", -0.2, 2.02, "0.1 times 3"),
    ("14.1", 3.5, 1.65, "fades"),
    ("14.1", -3.45, 2.345, "added"),
    ("14.1", 2.55, 1.75, "more digits"),
    ("14.1", 2.55, 1.8, "taken off"),
    ("14.2", lambda X, y, size, order: batches(X[:7, :2], y[:7], size, order), "IndexError"),
    ("14.2", only_for_seven, "must come once"),
    ("14.2", lambda X, y, size, order: batches(X, y, 3, order), "should hold"),
    ("14.2", lambda X, y, size, order: [(X[i], y[i]) for i in order], "shape (n, 2)"),
    ("14.3", lambda a, y: recall_and_precision(a, y)[::-1], "swapped"),
    ("14.3", lambda a, y: recall_and_precision(a, y)[0], "Two numbers"),
    ("14.3", lambda a, y: ((a == y).mean(), recall_and_precision(a, y)[1]), "count one class"),
    ("14.3", lambda a, y: ((a == y).mean(), (a == y).mean()), "count one class"),
    ("14.3", lambda a, y: (((a == 1) & (y == 1)).sum(), 0), "divide"),
    ("14.3", lambda a, y: (((a == 1) & (y == 1)).mean(), 0), "below the line"),
    ("14.3", lambda a, y: (1 - recall_and_precision(a, y)[0], 0), "missed"),
    ("14.3", lambda a, y: ((a == 1).sum() / (y == 1).sum(), 0), "called ill"),
    ("14.3", lambda a, y: [recall_and_precision(a, y)[0]] * 2, "this is the recall"),
    ("14.3", lambda a, y: [recall_and_precision(a, y)[1]] * 2, "this is the precision"),
    ("14.3", lambda a, y: (recall_and_precision(a, y)[0], 0.3), "share that is ill"),
    ("14.3", lambda a, y: (0.75, 0.33), "the page's ill and found"),
    ("14.3", lambda a, y: (0.4, 0.33), "share that is called"),
    ("14.3", lambda a, y: (a[y == 1].mean(), 1), "mean of 1 and −1"),
    ("14.3", lambda a, y: ((a[y == 1] == 1).mean(), y[a == 1].mean()), "mean of 1 and −1"),
    ("14.2", lambda X, y, size, order: with_the_rest(X, y, size, order, True), "are empty"),
    ("14.2", lambda X, y, size, order: batches(X, y, size, order)[:1], "return inside it"),
    ("14.2", picked(lambda x, names: (names, x)), "exchanged"),
    ("14.b", -9, "before the target"),
    ("14.1", -0.45, 2.045, "what is left of the old"),
    ("14.1", 2.2, 1.78, "not the gradient"),
    ("14.1", -0.8, 2.08, "minus 0.1 times 3"),
    ("14.1", -0.75, 2.075, "in v, and the gradient is added"),
    ("14.1", 2.55, 4.55, "rate is missing, and"),
    ("14.1", 2.55, 0.255, "take it off"),
    ("14.1", 2.55, -0.255, "add it to w"),
    ("14.1", 2.55, 1.49, "one step only"),
    ("14.1", 2.55, 4.845, "multiplies v alone"),
    ("14.1", 2.55, -2.35, "v, not w"),
    ("14.3", second(lambda a, y: (y[a == 1] == -1).mean()), "called ill who are healthy"),
    ("14.3", second(lambda a, y: (y == 1).sum() / (a == 1).sum()), "who are called so"),
    ("14.3", second(lambda a, y: (a == y).mean()), "count one class"),
    ("14.3", second(lambda a, y: ((a == 1) & (y == 1)).sum()), "divide"),
    ("14.3", second(lambda a, y: ((a == 1) & (y == 1)).mean()), "below the line"),
    ("14.3", second(lambda a, y: (a == y).sum() / (a == 1).sum()), "the healthy too"),
    ("14.3", second(lambda a, y: 100 * (y[a == 1] == 1).mean()), "per cent"),
    ("14.3", lambda a, y: ((a == y).sum() / (a == 1).sum(), 1), "the healthy too"),
    ("14.3", lambda a, y: ((y[a == -1] == -1).mean(), 1), "about the healthy"),
]

WAITING = [
    ("14.a", ...),
    ("14.1", 2.55, ...),
    ("14.2", lambda X, y, size, order: ...),
    ("14.2", lambda X, y, size, order: [(X, ...)]),
    ("14.b", ...),
    ("14.3", lambda answers, y: ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
