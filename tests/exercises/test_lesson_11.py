"""The exercises of lesson 11: right answers pass, wrong ones are told why, empty ones wait."""

import numpy as np
import pytest

from micrograd_lesson import Tensor
from micrograd_lesson.exercises import check
from tests.exercises.answers import check_tables


def column_by_the_engine(g):
    c = Tensor(np.zeros((len(g), 1)))
    ((Tensor(np.zeros(g.shape)) - c) * g).sum().backward()
    return c.grad


def product_by_the_engine(x, w, g):
    x, w = Tensor(x), Tensor(w)
    ((x @ w) * g).sum().backward()
    return [x.grad, w.grad]


def fit_by_the_engine(X, w, y):
    w = Tensor(w)
    ((X @ w - y) ** 2).sum().backward()
    return w.grad


def mean_by_the_engine(g, x):
    x = Tensor(x)
    (x.mean(axis=0) * g).sum().backward()
    return x.grad


def by_one_sided_nudge(X, w, y):
    def loss(w):
        return ((X @ w - y) ** 2).sum()

    h = 0.0001
    return [(loss(w + h * np.eye(len(w))[i]) - loss(w)) / h for i in range(len(w))]


# The names of the page, which a function of x, w and g may use by mistake.
X = np.array([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]])
W = np.array([[1.0, -1.0], [0.5, 2.0], [-2.0, 0.0]])
G = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0], [-1.0, 2.0]])


def only_two_by_two(x, w, g):
    return (g @ w.T).reshape(2, 2), x.T @ g


RIGHT = [
    ("11.a", 2),
    ("11.a", "2.0"),
    ("11.a", "twice"),
    ("11.a", np.int64(2)),
    ("11.a", np.array(2.0)),
    ("11.a", "twice as much"),
    ("11.a", "Doubled."),
    ("11.a", "a factor of 2"),
    ("11.a", "x2"),
    ("11.a", [2]),
    ("11.b", 0.5),
    ("11.b", "1/2"),
    ("11.b", "½"),
    ("11.b", ".5"),
    ("11.b", "0.5 each"),
    ("11.b", [0.5, 0.5, 0.5, 0.5]),
    ("11.b", np.full(4, 0.5)),
    ("11.b", 1 / 2),
    ("11.b", "half"),
    ("11.b", np.float64(0.5)),
    ("11.1", lambda g: -g.sum(axis=1, keepdims=True)),
    ("11.1", lambda g: [[-sum(row)] for row in g]),
    ("11.1", lambda g: -g.sum(1)[:, None]),
    ("11.1", column_by_the_engine),
    ("11.2", lambda g, x: np.ones_like(x) * g / len(x)),
    ("11.2", lambda g, x: np.broadcast_to(g / len(x), x.shape)),
    ("11.2", lambda g, x: [list(g / len(x))] * len(x)),
    ("11.3", lambda x, w, g: (g @ w.T, x.T @ g)),
    ("11.3", product_by_the_engine),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ w - y)),
    ("11.4", lambda X, w, y: 2 * (X @ w - y) @ X),
    ("11.4", lambda X, w, y: (2 * (X @ w - y)[:, None] * X).sum(axis=0)),
    ("11.4", fit_by_the_engine),
    ("11.a", "twice the nudge"),
    ("11.a", "by a factor of 2"),
    ("11.a", "it doubles"),
    ("11.a", "×2"),
    ("11.a", Tensor(2.0)),
    ("11.b", "one half each"),
    ("11.b", "all 0.5"),
    ("11.b", "2/4"),
    ("11.1", lambda g: g @ -np.ones((g.shape[1], 1))),
    ("11.1", lambda g: Tensor(-g.sum(axis=1, keepdims=True))),
    ("11.2", mean_by_the_engine),
    ("11.2", lambda g, x: np.tile(g / len(x), (len(x), 1))),
    ("11.2", lambda g, x: np.full(x.shape, g / len(x))),
    ("11.2", lambda g, x: np.outer(np.ones(len(x)), g) / len(x)),
    ("11.3", lambda x, w, g: ((w @ g.T).T, (g.T @ x).T)),
    ("11.3", lambda x, w, g: (Tensor(g) @ w.T, x.T @ Tensor(g))),
    ("11.4", lambda X, w, y: 2 * (X.T @ X @ w - X.T @ y)),
    ("11.4", lambda X, w, y: sum(2 * (x @ w - t) * x for x, t in zip(X, y))),
    ("11.4", lambda X, w, y: 2 * ((X @ w - y) * X.T).sum(axis=1)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("11.a", 1, "count its copies"),
    ("11.a", 6, "those of its column"),
    ("11.a", 3, "each is nudged by itself"),
    ("11.a", 7, "in how many places"),
    ("11.a", 25, "column of the result"),
    ("11.a", [2, 3, 2], "A number is wanted"),
    ("11.a", [1, 1, 1], "count its copies"),
    ("11.b", [2, 2, 2, 2], "A mean divides"),
    ("11.b", "a quarter", "incoming gradient"),
    ("11.b", "1/4", "incoming gradient"),
    ("11.b", 2, "A mean divides"),
    ("11.b", 0.25, "incoming gradient"),
    ("11.b", 8, "does not multiply"),
    ("11.b", 0, "moves the mean"),
    ("11.b", 7, "local times incoming"),
    ("11.1", lambda g: g.sum(axis=1, keepdims=True), "the sign"),
    ("11.1", lambda g: -g.sum(axis=1), "keepdims=True"),
    ("11.1", lambda g: g.sum(axis=1), "two things"),
    ("11.1", lambda g: -g, "share of each copy"),
    ("11.1", lambda g: -g.sum(axis=0), "along axis 1"),
    ("11.1", lambda g: -g.sum(axis=0, keepdims=True), "sums each column"),
    ("11.1", lambda g: -g.mean(axis=1, keepdims=True), "nothing divides"),
    ("11.1", lambda g: -g.sum(), "one number"),
    ("11.1", lambda g: -g.sum(keepdims=True), "without an axis"),
    ("11.1", lambda g: -np.full((len(g), 1), g.shape[1]), "counts the copies"),
    ("11.1", lambda g: -g.sum(axis=1, keepdims=True).T, "in a row"),
    ("11.1", lambda g: g.sum(axis=1)[None], "two things"),
    ("11.1", lambda g: -1, "incoming gradient g is missing"),
    ("11.1", lambda g: -np.ones((len(g), 1)), "incoming gradient g is missing"),
    ("11.1", lambda g: -G.sum(axis=1, keepdims=True), "reads G"),
    ("11.1", lambda g: -(g.astype(int) ^ 2), "two stars"),
    ("11.1", lambda g: np.zeros((len(g), 1)), "follow one entry of c"),
    ("11.1", lambda g: g @ g, "stopped"),
    ("11.1", lambda g: "minus", "array is wanted"),
    ("11.1", 3, "function"),
    ("11.2", lambda g, x: g / len(x), "stretch them"),
    ("11.2", lambda g, x: g.reshape(1, -1) / len(x), "single row"),
    ("11.2", lambda g, x: np.ones_like(x) * x[0] / len(x), "follow one entry of x"),
    ("11.2", lambda g, x: np.tile(x[0] / len(x), (len(x), 1)), "follow one entry of x"),
    ("11.2", lambda g, x: np.ones_like(x) * g, "rule of the sum"),
    ("11.2", lambda g, x: np.ones_like(x) * g / x.size, "not by all"),
    ("11.2", lambda g, x: np.ones_like(x) * g / x.shape[1], "number of columns"),
    ("11.2", lambda g, x: x * g / len(x), "whatever x is"),
    ("11.2", lambda g, x: np.ones_like(x) / len(x), "incoming gradient g is missing"),
    ("11.2", lambda g, x: np.ones_like(x) * g.sum() / len(x), "keeps to itself"),
    ("11.2", lambda g, x: x.mean(axis=0), "forward pass"),
    ("11.2", lambda g, x: x.mean(axis=0, keepdims=True), "forward pass"),
    ("11.2", lambda g, x: 1 / len(x), "incoming gradient g is missing"),
    ("11.2", lambda g, x: g / x.size, "gets a copy"),
    ("11.2", lambda g, x: g / x.shape[1], "gets a copy"),
    ("11.2", lambda g, x: np.ones_like(x) * G / len(x), "reads G"),
    ("11.2", lambda g, x: np.ones_like(X) * g / len(X), "reads X"),
    ("11.2", lambda g, x: 0 * x, "follow one entry of x"),
    ("11.3", lambda x, w, g: (x.T @ g, g @ w.T), "swapped"),
    ("11.3", lambda x, w, g: (x.T @ g, x.T @ g), "this is the gradient of w"),
    ("11.3", lambda x, w, g: (g @ w.T, g @ w.T), "this is the gradient of x"),
    ("11.3", lambda x, w, g: (g @ w, x.T @ g), "w is to be transposed"),
    ("11.3", lambda x, w, g: (w @ g, x.T @ g), "g comes first"),
    ("11.3", lambda x, w, g: (w.T @ g, x.T @ g), "rows of g stay"),
    ("11.3", lambda x, w, g: (w @ g.T, x.T @ g), "transpose of it"),
    ("11.3", lambda x, w, g: (g @ w.T, x @ g), "x is to be transposed"),
    ("11.3", lambda x, w, g: (g @ w.T, g @ x), "x comes first"),
    ("11.3", lambda x, w, g: (g @ w.T, g.T @ x), "transpose of it"),
    ("11.3", lambda x, w, g: (g @ w.T, x.T @ g / len(x)), "mean over the examples"),
    ("11.3", lambda x, w, g: (-g @ w.T, x.T @ g), "without a minus"),
    ("11.3", lambda x, w, g: (g @ w.T, -x.T @ g), "without a minus"),
    ("11.3", lambda x, w, g: (g @ w.T / len(x), x.T @ g), "no mean was taken"),
    ("11.3", lambda x, w, g: (2 * g @ w.T, 2 * x.T @ g), "nothing was squared"),
    ("11.3", lambda x, w, g: (g @ w.T, 2 * x.T @ g), "nothing was squared"),
    ("11.3", lambda x, w, g: (G @ W.T, X.T @ G), "reads G"),
    ("11.3", lambda x, w, g: (G @ W.T, X.T @ G), "reads W"),
    ("11.3", lambda x, w, g: (g @ w.T, X.T @ g), "reads X"),
    ("11.3", lambda x, w, g: g @ w.T, "Two arrays"),
    ("11.3", only_two_by_two, "any sizes"),
    ("11.3", lambda x, w, g: (0 * x, 0 * w), "only one product"),
    ("11.4", lambda X, w, y: X.T @ (X @ w - y), "2 of the square"),
    ("11.4", lambda X, w, y: 2 * X.T @ (y - X @ w), "sign"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ w - y) / len(X), "mean of the squares"),
    ("11.4", lambda X, w, y: 2 * (X @ w - y), "one more factor"),
    ("11.4", lambda X, w, y: ((X @ w - y) ** 2).sum(), "loss itself"),
    ("11.4", lambda X, w, y: 2 * X @ (X @ w - y), "X is to be transposed"),
    ("11.4", lambda X, w, y: 2 * (X @ w - y).sum(), "X.T @"),
    ("11.4", lambda X, w, y: 2 * X.T * (X @ w - y), "entry by entry"),
    ("11.4", lambda X, w, y: 2 * X.T @ ((X @ w)[:, None] - y), "column against a row"),
    ("11.4", lambda X, w, y: X.T @ (X @ w - y) / len(X), "not the mean"),
    ("11.4", lambda X, w, y: ((X @ w - y) ** 2).mean(), "slope of the sum"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ w - y) ** 2, "not squared any more"),
    ("11.4", lambda X, w, y: (X @ w - y) ** 2, "terms of the loss"),
    ("11.4", lambda X, w, y: (X @ w - y) ^ 2, "two stars"),
    ("11.4", lambda X, w, y: X @ w - y, "these are the misses"),
    ("11.4", lambda X, w, y: 2 * (X @ w - y)[:, None] * X, "each weight's add up"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ w - y)[:, None], "this is a column"),
    ("11.4", lambda X, w, y: (2 * X.T @ (X @ w - y))[None], "this has two"),
    ("11.4", lambda X, w, y: (2 * X.T @ (X @ w - y)).sum(), "over the weights"),
    ("11.4", lambda X, w, y: 2 * X.T @ y, "predictions are missing"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ w + y), "sign of the targets"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ W - y), "reads W"),
    ("11.4", lambda X, w, y: np.linalg.solve(X.T @ X, X.T @ y), "LinAlgError"),
    ("11.4", lambda X, w, y: w, "gradient of a matrix product"),
    ("11.a", "half", "copies add"),
    ("11.1", lambda g: -g.sum(1, True), "keepdims=True"),
    ("11.1", lambda g: -g.sum(axis=2, keepdims=True), "numbered from 0"),
    ("11.1", lambda g: -g.sum(axis=1, keepdim=True), "axis= and keepdims="),
    ("11.1", lambda g: -g.sum(axis=1).reshape(n, 1), "len(g)"),  # noqa: F821
    ("11.1", lambda g: np.zeros(c.shape) - g, "Only g is given"),  # noqa: F821
    ("11.1", lambda g: -np.ones_like(g), "incoming gradient g is missing"),
    ("11.1", lambda g: -g.sum(axis=1, keepdims=True) * np.ones_like(g), "stretch its gradient"),
    ("11.1", lambda g: -abs(g).sum(axis=1, keepdims=True), "signs of g"),
    ("11.2", lambda g, x: np.ones_like(x) * g / n, "len(x)"),  # noqa: F821
    ("11.2", lambda g, x: np.ones_like(x) * g / 4, "rows on the page"),
    ("11.2", lambda g, x: np.ones_like(x) * g / len(x) ** 2, "rows twice"),
    ("11.2", lambda g, x: -np.ones_like(x) * g / len(x), "the sign"),
    ("11.2", lambda g, x: np.ones_like(x) * g // len(x), "behind the point"),
    ("11.2", lambda g, x: np.ones_like(x) * g.mean(), "keeps to itself"),
    ("11.2", lambda g, x: x.mean(axis=0) * g, "x has n rows"),
    ("11.2", lambda g, x: np.ones_like(x), "are missing"),
    ("11.2", lambda g, x: x.mean(axis=0) * np.ones_like(x), "forward pass"),
    ("11.2", lambda g, x: np.ones_like(x) * g / x.shape(), "no brackets"),
    ("11.3", lambda x, w, g: (g @ w.T(), x.T() @ g), "no brackets"),
    ("11.3", lambda x, w, g: (g @ w.t, x.t @ g), "capital letter"),
    ("11.3", lambda x, w, g: (g * w.T, x.T * g), "entry by entry"),
    ("11.3", lambda x, w, g: (g @ w.T, x.T * g), "entry by entry"),
    ("11.3", lambda x, w, g: (g @ w.reshape(w.shape[1], w.shape[0]), x.T @ g), "there is .T"),
    ("11.3", lambda x, w, g: (g @ w.T, x.reshape(x.shape[1], x.shape[0]) @ g), "there is .T"),
    ("11.3", lambda x, w, g: (x @ w, x.T @ g), "forward pass"),
    ("11.3", lambda x, w, g: (g @ w.T / w.shape[1], x.T @ g), "number of neurons"),
    ("11.3", lambda x, w, g: (g @ w.T, x @ g.T), "g is not"),
    ("11.4", by_one_sided_nudge, "finite size"),
    ("11.4", lambda X, w, y: 2 * X.T @ X @ w - y, "first the miss"),
    ("11.4", lambda X, w, y: 2 * X.T @ (w @ X - y), "predictions are X @ w"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X.T @ w - y), "predictions are X @ w"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X * w - y), "entry by entry"),
    ("11.4", lambda X, w, y: 2 * (X @ w - y) * X, "entry by entry"),
    ("11.4", lambda X, w, y: X.T @ ((X @ w - y) ** 2), "not squared any more"),
    ("11.4", lambda X, w, y: 2 * X.sum(axis=0) * (X @ w - y).sum(), "own example"),
    ("11.4", lambda X, w, y: 2 * X.T @ abs(X @ w - y), "signs of the misses"),
    ("11.4", lambda X, w, y: (2 * X.T @ (X @ w - y)).mean(), "over the weights"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ w - y) / len(w), "number of weights"),
    ("11.4", lambda X, w, y: 2 * X.T(X @ w - y), "Between two arrays"),
    ("11.4", lambda X, w, y: 2 * X.T @ (y_hat - y), "predictions are X @ w"),  # noqa: F821
    ("11.a", 0, "added to some"),
    ("11.a", 10, "the bias itself"),
    ("11.a", 60, "sum of the biases"),
    ("11.a", 5, "sum of the column"),
    ("11.b", 4, "how many entries"),
    ("11.b", 1, "and not two"),
    ("11.b", 0.125, "one division too many"),
    ("11.b", 3, "cell below"),
    ("11.1", lambda g: -g @ np.ones((m, 1)), "columns of g"),  # noqa: F821
    ("11.1", lambda g: g, "what flows to X"),
    ("11.1", lambda g: g.mean(axis=1, keepdims=True), "and c is subtracted"),
    ("11.2", lambda g, x: np.ones((len(x), m)) * g / len(x), "columns of x"),  # noqa: F821
    ("11.2", lambda g, x: g, "its part in the mean"),
    ("11.2", lambda g, x: np.ones_like(x) * g * len(x), "divides by n forward"),
    ("11.3", lambda x, w, g: (g @ w.T, 0 * w), "one product of g and x"),
    ("11.3", lambda x, w, g: (g, x.T @ g), "other factor is missing"),
    ("11.3", lambda x, w, g: (g @ w.T, g), "other factor is missing"),
    ("11.3", lambda x, w, g: (w, x), "incoming gradient is missing"),
    ("11.3", lambda x, w, g: (w.T, x.T), "incoming gradient is missing"),
    ("11.3", lambda x, w, g: (g @ w.T, x.T), "incoming gradient is missing"),
    ("11.3", lambda x, w, g: (g @ w.T, x), "incoming gradient is missing"),
    ("11.3", lambda x, w, g: (g @ w.T, g @ x.T), "x.T comes first"),
    ("11.4", lambda X, w, y: X.T @ (y - X @ w), "is missing; and the miss"),
    ("11.4", lambda X, w, y: 2 * X.T @ (X @ w), "targets are missing"),
    ("11.4", lambda X, w, y: X @ (X @ w - y), "transposed, and the 2"),
    ("11.1", lambda g: g.sum(axis=0), "across the columns"),
    ("11.1", lambda g: g.sum(axis=0, keepdims=True), "sums each column"),
    ("11.1", lambda g: g.sum(), "a c of its own"),
    ("11.1", lambda g: g.sum(keepdims=True), "without an axis"),
    ("11.2", lambda g, x: x * g, "whatever x is"),
    ("11.2", lambda g, x: np.ones_like(x) * x.mean(axis=0) * g, "whatever x is"),
    ("11.2", lambda g, x: g.sum() / len(x), "keeps to itself"),
    ("11.4", lambda X, w, y: 2 * (w @ X - y) @ X, "predictions are X @ w"),
]

WAITING = [
    ("11.a", ...),
    ("11.b", ...),
    ("11.1", lambda g: ...),
    ("11.2", lambda g, x: ...),
    ("11.3", lambda x, w, g: ...),
    ("11.3", lambda x, w, g: (g @ w.T, ...)),
    ("11.4", lambda X, w, y: ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


@pytest.mark.parametrize("name", ["11.1", "11.2", "11.3", "11.4"])
def test_an_answer_that_nothing_explains_is_not_handed_the_formula(name):
    parts = {"11.1": 1, "11.2": 2, "11.3": 3, "11.4": 3}[name]
    noise = {
        "11.1": lambda g: 0.37 + np.zeros((len(g), 1)),
        "11.2": lambda g, x: 0.37 + 0 * x,
        "11.3": lambda x, w, g: (0.37 + 0 * x, 0.37 + 0 * w),
        "11.4": lambda X, w, y: 0.37 + 0 * w,
    }[name]
    assert noise.__code__.co_argcount == parts
    said = check(name, noise).message
    for giveaway in ("keepdims", ".sum(", "g / n", "g @", "x.T", "X.T", "2 *", "minus"):
        assert giveaway not in said, said
