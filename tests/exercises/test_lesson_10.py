"""The exercises of lesson 10: right answers pass, wrong ones are told why, empty ones wait."""

import math

import numpy as np

from micrograd_lesson import Tensor
from tests.exercises.answers import check_tables


def shares_in_place(X):
    X /= X.sum(axis=1, keepdims=True)
    return X


def shares_by_loops(X):
    return [[entry / sum(row) for entry in row] for row in X.tolist()]


def row_by_row(X):
    for row in X:
        row /= row.sum()
    return X


def four_rows(X):
    for i in range(4):
        X[i] = X[i] / X[i].sum()
    return X


def for_two_columns(X):
    return X / X.sum(axis=1).reshape(2, 1)


def loss_by_loop(predictions, targets):
    total = 0.0
    for i in range(len(targets)):
        total = total + (predictions[i, 0] - targets[i]) ** 2
    return total / len(targets)


def loss_of_four(predictions, targets):
    total = 0.0
    for i in range(4):
        total = total + (predictions[i, 0] - targets[i]) ** 2
    return total / 4


def first_row_alone(X):
    for row in X:
        return row / row.sum()


def column_of_biases(X, W, b):
    return np.tanh(X @ W.T + b[:, None])


def reshaped(X, W, b):
    return np.tanh(X @ W.reshape(W.shape[1], W.shape[0]) + b)


RIGHT = [
    ("10.a", (3, 4)),
    ("10.a", [3, 4]),
    ("10.a", "(3, 4)"),
    ("10.b", (3,)),
    ("10.b", [3]),
    ("10.b", "(3,)"),
    ("10.c", (4, 2)),
    ("10.c", "4, 2"),
    ("10.1", lambda X: X / X.sum(axis=1, keepdims=True)),
    ("10.1", lambda X: X / X.sum(1)[:, None]),
    ("10.1", lambda X: X / X.sum(axis=-1).reshape(-1, 1)),
    ("10.1", lambda X: (X.T / X.sum(axis=1)).T),
    ("10.1", lambda X: [row / row.sum() for row in X]),
    ("10.1", shares_in_place),
    ("10.1", shares_by_loops),
    ("10.2", (5, 2), (5, 2), "error", (5,)),
    ("10.2", [5, 2], "5, 2", "Error", [5]),
    ("10.2", (5, 2), (5, 2), "ValueError", (5,)),
    ("10.2", (5, 2), (5, 2), ValueError, (5,)),
    ("10.2", (5, 2), (5, 2), "does not fit", (5,)),
    ("10.2", (5, 2), (5, 2), "not possible", (5,)),
    ("10.2", (5, 2), (5, 2), "error: no fit", (5,)),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T + b)),
    ("10.3", lambda X, W, b: np.tanh(b + np.dot(X, W.T))),
    ("10.3", lambda X, W, b: np.tanh((W @ X.T).T + b)),
    ("10.3", lambda X, W, b: [[math.tanh(w @ x + c) for w, c in zip(W, b)] for x in X]),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).mean()),
    ("10.4", lambda p, t: ((p.reshape(-1) - t) ** 2).mean()),
    ("10.4", lambda p, t: ((p - t[:, None]) ** 2).mean()),
    ("10.4", lambda p, t: ((p.T - t) ** 2).mean()),
    ("10.4", lambda p, t: ((p.reshape(len(t)) - t) ** 2).mean(keepdims=True)),
    ("10.4", lambda p, t: np.array(((p[:, 0] - t) ** 2).mean())),
    ("10.4", loss_by_loop),
    ("10.2", (5, 2), (5, 2), "raises an error", (5,)),
    ("10.2", (5, 2), (5, 2), "doesn't fit", (5,)),
    ("10.2", (5, 2), (5, 2), "cannot be broadcast", (5,)),
    ("10.2", (5, 2), (5, 2), "can’t", (5,)),
    ("10.2", (5, 2), (5, 2), Exception, (5,)),
    ("10.2", (5, 2), (5, 2), ["error"], (5,)),
    ("10.2", (5, 2), (5, 2), "broadcast error", (5,)),
    ("10.1", lambda X: np.divide(X, np.sum(X, axis=1, keepdims=True))),
    ("10.1", lambda X: X / (X @ np.ones((X.shape[1], 1)))),
    ("10.1", lambda X: Tensor(X) / X.sum(axis=1, keepdims=True)),
    ("10.1", row_by_row),
    ("10.3", lambda X, W, b: (Tensor(X) @ W.T + b).tanh()),
    ("10.3", lambda X, W, b: np.tanh((X[:, None, :] * W).sum(axis=2) + b)),
    ("10.3", lambda X, W, b: [np.tanh(W @ x + b) for x in X]),
    ("10.4", lambda p, t: np.diag((p - t) ** 2).mean()),
    ("10.4", lambda p, t: sum((a - b) ** 2 for a, b in zip(p, t)) / len(p)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("10.a", (4, 3), "length of the column"),
    ("10.a", (3, 1), "against 4"),
    ("10.a", (4,), "two axes"),
    ("10.a", (1, 4), "does not have"),
    ("10.a", (3, 5), "not added"),
    ("10.a", (12,), "on two axes"),
    ("10.a", (9, 9), "ends aligned"),
    ("10.a", "error", "these two fit"),
    ("10.a", 4, "tuple of whole numbers"),
    ("10.b", (4,), "go away"),
    ("10.b", (1, 3), "keepdims"),
    ("10.b", 3, "comma"),
    ("10.b", (), "each column"),
    ("10.b", (2, 2), "axis 0 goes away"),
    ("10.b", 1.5, "tuple of whole numbers"),
    ("10.c", (3, 3), "goes away"),
    ("10.c", (2, 4), "the examples"),
    ("10.c", (4, 3, 2), "summed over"),
    ("10.c", (9, 9), "every neuron"),
    ("10.1", lambda X: X / X.sum(axis=1), "have to be a column"),
    ("10.1", lambda X: X / X.sum(axis=0), "each column"),
    ("10.1", lambda X: X / X.sum(axis=0, keepdims=True), "each column"),
    ("10.1", lambda X: X / X.sum(), "all entries"),
    ("10.1", lambda X: X / X.mean(axis=1, keepdims=True), "mean of each row"),
    ("10.1", lambda X: X / abs(X).sum(axis=1, keepdims=True), "with the signs"),
    ("10.1", lambda X: X - X.sum(axis=1, keepdims=True), "subtract"),
    ("10.1", lambda X: X * X.sum(axis=1, keepdims=True), "multiply"),
    ("10.1", lambda X: X.sum(axis=1, keepdims=True) / X, "upside down"),
    ("10.1", lambda X: X.sum(axis=1, keepdims=True), "these are the sums"),
    ("10.1", lambda X: X.T / X.sum(axis=1), "exchanged"),
    ("10.1", lambda X: X / 5, "add up to 1"),
    ("10.1", lambda X: X, "as it came"),
    ("10.1", for_two_columns, "any sizes"),
    ("10.1", lambda X: "rows", "array is wanted"),
    ("10.1", 3, "function"),
    ("10.2", (2,), (5, 2), "error", (5,), "five rows of M"),
    ("10.2", "error", (5, 2), "error", (5,), "against the 2 of M"),
    ("10.2", (5, 2), (5, 1), "error", (5,), "is stretched"),
    ("10.2", (5, 2), "error", "error", (5,), "stretched to the 2"),
    ("10.2", (5, 2), (5, 2), (5, 2), (5,), "above (5,)"),
    ("10.2", (5, 2), (5, 2), (5, 5), (5,), "above (5,)"),
    ("10.2", (5, 2), (5, 2), "error", (5, 1), "not in the result"),
    ("10.2", (5, 2), (5, 2), "error", (5, 2), "goes away"),
    ("10.2", (5, 2), (5, 2), "error", (2,), "goes away"),
    ("10.2", (5, 2), (5, 2), "error", (), "five rows"),
    ("10.2", (5, 2), (5, 2), "error", 5, "comma"),
    ("10.2", (5, 2), (5, 2), "error", "error", "as long as u"),
    ("10.3", lambda X, W, b: np.tanh(X @ W + b), "has a row"),
    ("10.3", lambda X, W, b: np.tanh(X @ W + b), "left are 3 long, and the columns on its right 2"),
    ("10.3", lambda X, W, b: X @ W.T + b, "activation is missing"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T), "biases are missing"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T) + b, "inside tanh"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T - b), "not subtracted"),
    ("10.3", lambda X, W, b: np.tanh(W @ X.T + b[:, None]), "axis 0"),
    ("10.3", lambda X, W, b: np.tanh(W @ X.T + b), "axis 0"),
    ("10.3", lambda X, W, b: np.tanh(X * W + b), "elementwise"),
    ("10.3", lambda X, W, b: 1 / (1 + np.exp(-(X @ W.T + b))), "sigmoid"),
    ("10.3", lambda X, W, b: math.tanh(X @ W.T + b), "np.tanh"),
    ("10.3", lambda X, W, b: (X @ W.T + b).tanh(), "np.tanh"),
    ("10.3", lambda X, W, b: 0 * (X @ W.T), "then tanh"),
    ("10.4", lambda p, t: ((p - t) ** 2).mean(), "column against a row"),
    ("10.4", lambda p, t: ((p - t) ** 2).sum(), "column against a row"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).sum(), "not the mean"),
    ("10.4", lambda p, t: (p[:, 0] - t).mean(), "not squared"),
    ("10.4", lambda p, t: abs(p[:, 0] - t).mean(), "sizes"),
    ("10.4", lambda p, t: (p[:, 0] - t).mean() ** 2, "first square"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).mean() / 2, "half of it"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).mean() ** 0.5, "root"),
    ("10.4", lambda p, t: (p[:, 0] - t) ** 2, "runs over all entries"),
    ("10.4", lambda p, t: ((p.reshape(4) - t) ** 2).mean(), "any n"),
    ("10.4", lambda p, t: 0.0, "such as predictions"),
    ("10.4", lambda p, t: (p[:, 0] * t).mean(), "print the shape"),
    ("10.4", 2.0, "function"),
    ("10.c", (12, 6), "not multiplied"),
    ("10.c", (4, 5), "not added"),
    ("10.c", (4,), "two axes"),
    ("10.c", (4, 4), "along axis 1 stand the neurons"),
    ("10.1", lambda X: 100 * X / X.sum(axis=1, keepdims=True), "parts of 100"),
    ("10.1", lambda X: (X / X.sum(axis=1, keepdims=True)).round(2), "look rounded"),
    ("10.1", lambda X: X // X.sum(axis=1, keepdims=True), "behind the point"),
    ("10.1", lambda X: np.exp(X) / np.exp(X).sum(axis=1, keepdims=True), "exponentials"),
    ("10.1", first_row_alone, "first row alone"),
    ("10.1", lambda X: X / X.sum(axis=2, keepdims=True), "axis 0 and axis 1"),
    ("10.1", lambda X: X / X.sum(axis=1, keepdim=True), "axis= and keepdims="),
    ("10.1", lambda X: X / sum(X, axis=1), "knows no axes"),
    ("10.2", (5, 2), (5, 2), "no error", (5,), "tuple of whole numbers"),
    ("10.2", (5, 2), (5, 2), "without error", (5,), "tuple of whole numbers"),
    ("10.3", column_of_biases, "b fits as it is"),
    ("10.3", reshaped, "there is .T"),
    ("10.3", lambda X, W, b: np.tanh(W @ X + b), "X stands first"),
    ("10.3", lambda X, W, b: np.tanh(W.T @ X + b), "X stands first"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T * b), "not multiplied"),
    ("10.3", lambda X, W, b: np.tanh(X @ (W.T + b)), "then the biases"),
    ("10.3", lambda X, W, b: np.tanh(X) @ W.T + b, "not for the inputs"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T + b.sum()), "of its own"),
    ("10.3", lambda X, W, b: np.tan(X @ W.T + b), "tangent"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T + b).round(4), "look rounded"),
    ("10.4", lambda p, t: ((p[:, 0] - t) * 2).mean(), "square is written"),
    ("10.4", lambda p, t: (p[:, 0] ** 2 - t**2).mean(), "not each by itself"),
    ("10.4", lambda p, t: (p[:, 0] - t**2).mean(), "power binds first"),
    ("10.4", lambda p, t: ((p[0] - t) ** 2).mean(), "predictions[:, 0]"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).max(), "the largest"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).sum() / 4, "on the page alone"),
    ("10.4", lambda p, t: np.linalg.norm(p[:, 0] - t), "root of the sum"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).mean, "brackets missing"),
    ("10.4", lambda p, t: ((p.reshape(n) - t) ** 2).mean(), "len(targets)"),  # noqa: F821
    ("10.a", (4, 3, 1), "ends aligned"),
    ("10.2", (5, 2), (5, 2), "it is no error", (5,), "tuple of whole numbers"),
    ("10.2", (5, 2), (5, 2), "does not raise an error", (5,), "tuple of whole numbers"),
    ("10.2", (5, 2), (5, 2), "not an error", (5,), "tuple of whole numbers"),
    ("10.1", lambda X: X / X.sum(1, True), "keepdims=True"),
    ("10.1", lambda X: X / X.sum(axis == 1), "one equals sign"),  # noqa: F821
    ("10.1", lambda X: X / X.sum, "Without brackets"),
    ("10.1", lambda X: X / X.sum(axis=1).reshape(4, 1), "any sizes"),
    ("10.1", four_rows, "any sizes"),
    ("10.1", lambda X: X / X.sum(axis="1", keepdims=True), "without quotes"),
    ("10.1", lambda X: X.sum(axis=1) / X, "upside down"),
    ("10.1", lambda X: X / X.size, "number of entries"),
    ("10.1", lambda X: X / X[0].sum(), "sum of the first"),
    ("10.1", lambda X: X.mean(axis=1, keepdims=True), "these are the means"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T() + b), "no brackets"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.t + b), "capital letter"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T + b, axis=1), "argument 'axis'"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T) + np.tanh(b), "one tanh for both"),
    ("10.3", lambda X, W, b: np.tanh(X) @ W.T, "where are the biases"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T + b[0]), "of its own"),
    ("10.3", lambda X, W, b: np.tanh(np.tanh(X @ W.T + b)), "twice"),
    ("10.3", lambda X, W, b: np.tanh(X @ W.T + b).T, "axis 0"),
    ("10.4", lambda p, t: ((p - t) ** 2).sum() / len(t), "column against a row"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).mean() / len(t), "divided already"),
    ("10.4", lambda p, t: (p[:, 0] - t).var(), "taken off"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).min(), "smallest"),
    ("10.4", lambda p, t: np.median((p[:, 0] - t) ** 2), "median"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).mean().round(1), "look rounded"),
    ("10.4", lambda p, t: ((p[:, 0] - t) ** 2).mean(axis=1), "how many axes"),
    ("10.4", lambda p, t: ((p[:, 1] - t) ** 2).mean(), "column 0"),
    ("10.a", (4, 1), "ends aligned"),
    ("10.a", (3, 3), "against the 4 of the vector"),
    ("10.a", (4, 4), "and the vector nothing"),
    ("10.a", (3, 1, 4), "are on one axis"),
    ("10.b", (3, 1), "a single axis remains"),
    ("10.b", (4, 3), "one of the two axes"),
    ("10.b", (4, 1), "the one that goes away"),
    ("10.b", (1, 4), "the one that goes away"),
    ("10.c", (4, 3), "the neurons take its place"),
    ("10.c", (3, 2), "the examples take its place"),
    ("10.c", (4, 3, 3, 2), "the two 3"),
    ("10.c", (2,), "each neuron meets every example"),
    ("10.1", lambda X: X / X.max(axis=1, keepdims=True), "largest entry"),
    ("10.1", lambda X: X / len(X), "number of rows"),
    ("10.1", lambda X: [row / len(row) for row in X], "length of a row"),
    ("10.2", (5,), (5, 2), "error", (5,), "no axis is summed over"),
    ("10.2", (2, 5), (5, 2), "error", (5,), "first the rows"),
    ("10.2", (5, 4), (5, 2), "error", (5,), "not added"),
    ("10.2", (2, 2), (5, 2), "error", (5,), "(5, 2) above (2,)"),
    ("10.2", (5, 2), (5,), "error", (5,), "elementwise"),
    ("10.2", (5, 2), (2,), "error", (5,), "five rows of C"),
    ("10.2", (5, 2), (1, 2), "error", (5,), "five rows of C"),
    ("10.2", (5, 2), (2, 5), "error", (5,), "length of C"),
    ("10.2", (5, 2), (5, 1, 2), "error", (5,), "(5, 1) above (2,)"),
    ("10.2", (5, 2), (5, 2), "error", (1, 5), "one axis is left"),
    ("10.2", (5, 2), (5, 2), "error", (5, 5), "inner size"),
    ("10.3", lambda X, W, b: X @ W + b, "where is tanh?"),
    ("10.3", lambda X, W, b: X @ W.T, "biases and the activation"),
    ("10.3", lambda X, W, b: np.tanh(X.T @ W + b), "not X that has to be transposed"),
    ("10.4", lambda p, t: (p[:, 0] - t).square().mean(), "arrays of NumPy"),
    ("10.4", lambda p, t: ((p[:, 0] - t[:, 0]) ** 2).mean(), "takes one index"),
    ("10.4", lambda p, t: ((p[1] - t) ** 2).mean(), "column 0"),
    ("10.4", loss_of_four, "len(targets): it should work for any n"),
    ("10.4", lambda p, t: ((p.flatten - t) ** 2).mean(), "Without brackets"),
    ("10.4", lambda p, t: ((p.T() - t) ** 2).mean(), "have no brackets"),
]

WAITING = [
    ("10.a", ...),
    ("10.b", ...),
    ("10.c", ...),
    ("10.1", lambda X: ...),
    ("10.2", ..., ..., ..., ...),
    ("10.2", (5, 2), ..., "error", ...),
    ("10.3", lambda X, W, b: ...),
    ("10.4", lambda predictions, targets: ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
