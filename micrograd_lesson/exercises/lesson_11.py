"""Lesson 11, arrays."""

import copy
from dataclasses import dataclass

import numpy as np

from ._check import Wrong, call, decide, described, exercise, plain, shape

WIDE = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])
TALL = np.array([[2.0, -1.0], [3.0, 5.0], [-4.0, 0.25]])
SQUARES = (
    np.array([[1.0, 2.0], [-3.0, 5.0]]),
    np.array([[0.5, -1.0], [2.0, 4.0]]),
    np.array([[3.0, 1.0], [-2.0, 0.25]]),
)


@exercise("11.a")
def along_axis_0(answer):
    return shape(
        "The shape",
        answer,
        (3,),
        {
            (4,): "this is what is left along axis 0. Summing along axis 0 makes that axis vanish",
            (): "sum() without an axis adds everything; along axis 0 it adds each column",
            (1, 3): "the axis vanishes; with keepdims=True it would stay, with length 1",
            (3, 1): "axis 0 vanishes, and a single axis remains",
            (4, 3): "one of the two axes vanishes",
            (4, 1): "axis 0 is the one that vanishes",
            (1, 4): "axis 0 is the one that vanishes",
        },
        "Axis 0 vanishes: one sum for each of the three inputs.",
        "X has the shape (4, 3), and axis 0 vanishes",
    )


@exercise("11.b")
def two_copies(answer):
    return decide(
        "The factor",
        answer,
        2,
        {
            1: "b[0] stands in more than one place of the result: count its copies.",
            3: "there are three biases, and each is nudged by itself. "
            "In how many places does b[0] stand?",
            6: "six is the number of all entries; b[0] reaches only those of its column.",
            0: "each sum contains b[0], so it moves.",
            10: "10 is the bias itself; asked for is how much the loss moves.",
            0.5: "the contributions of the copies add.",
            5: "5 is the sum of the column; the local derivative of a plus is 1 for every copy.",
        },
        "Each of its two copies moves the loss once, and the moves add.",
    )


@exercise("11.c")
def product_shape(answer):
    return shape(
        "The shape",
        answer,
        (4, 2),
        {
            (
                2,
                4,
            ): "the rows of the result are the rows of X, the examples; "
            "its columns are the neurons",
            (
                4,
                3,
            ): "this is the shape of X; its last axis is summed over, "
            "and the neurons take its place",
            (
                3,
                2,
            ): "this is the shape of W; its first axis is summed over, "
            "and the examples take its place",
            (3, 3): "the 3 is what both have in common: it is summed over, and vanishes",
            (4, 3, 2): "the 3 in the middle is summed over, and vanishes",
            (4, 3, 3, 2): "the two 3 are summed over together, and vanish",
            (12, 6): "nothing is multiplied in the shapes: the 3 vanishes, 4 and 2 stay",
        },
        "Four examples, two neurons: the 3 is summed over.",
        "every example meets every neuron; the 3 is summed over",
    )


@exercise("11.1")
def gradient_of_column(function):
    _compare(
        "the gradient of c",
        _tried(function, [(WIDE,), (TALL,)]),
        lambda g: -g.sum(axis=1, keepdims=True),
        [
            (
                lambda g: g.sum(axis=1, keepdims=True),
                "the sign: c is subtracted, so its local derivative is −1",
            ),
            (
                lambda g: -g.sum(axis=1),
                "the numbers are right, but c is a column: keep the summed axis with keepdims=True",
            ),
            (
                lambda g: g.sum(axis=1),
                "two things: c is subtracted, so the sign changes; and c is a column, so keep the "
                "summed axis with keepdims=True",
            ),
            (
                lambda g: -g,
                "this is the share of each copy; c has one number for each row: "
                "sum the shares of a row",
            ),
            (
                lambda g: g,
                "this is what flows to X. c is subtracted, and was stretched along axis 1",
            ),
            (
                lambda g: -g.sum(axis=0),
                "c was stretched along axis 1, across the columns, so the sum runs along axis 1",
            ),
            (
                lambda g: g.sum(axis=0),
                "c was stretched along axis 1, across the columns, so the sum runs along axis 1",
            ),
            (
                lambda g: -g.sum(axis=0, keepdims=True),
                "this sums each column; c has one number for each row: axis 1",
            ),
            (
                lambda g: g.sum(axis=0, keepdims=True),
                "this sums each column; c has one number for each row: axis 1",
            ),
            (
                lambda g: -g.mean(axis=1, keepdims=True),
                "the contributions of the copies add; nothing divides them",
            ),
            (
                lambda g: g.mean(axis=1, keepdims=True),
                "the contributions of the copies add; and c is subtracted",
            ),
            (
                lambda g: -g.sum(),
                "this adds everything into one number; each row has a c of its own",
            ),
            (
                lambda g: g.sum(),
                "this adds everything into one number; each row has a c of its own",
            ),
            (
                lambda g: -g.sum(keepdims=True),
                "without an axis, sum adds everything; each row has a c of its own: axis=1",
            ),
            (
                lambda g: g.sum(keepdims=True),
                "without an axis, sum adds everything; each row has a c of its own: axis=1",
            ),
            (
                lambda g: -np.full((len(g), 1), g.shape[1]),
                "this counts the copies, which is right only where the incoming "
                "gradient is 1 everywhere",
            ),
        ],
        "each entry of c stands in a whole row of the result, with the local derivative −1: "
        "sum g along the row",
    )
    return "Minus, summed along the stretched axis, and a column again."


@exercise("11.2")
def mean_rule(function):
    _compare(
        "the gradient of x",
        _tried(function, [(WIDE[0, :2], TALL), (TALL[:, 0], WIDE)]),
        lambda g, x: np.ones_like(x) * g / len(x),
        [
            (
                lambda g, x: g / len(x),
                "the numbers are right, but x has n rows, and each of them gets these: stretch "
                "them to the shape of x, for example with np.ones_like(x)",
            ),
            (
                lambda g, x: g[None] / len(x),
                "the numbers are right, but this is a single row; x has n of them, "
                "and each gets these",
            ),
            (
                lambda g, x: np.ones_like(x) * g,
                "this is the rule of the sum; a mean divides by the number of rows",
            ),
            (
                lambda g, x: g,
                "this is the incoming gradient as it came; each row gets a copy of it, "
                "divided by n",
            ),
            (
                lambda g, x: np.ones_like(x) * g / x.size,
                "the mean runs along axis 0, so it divides by the n rows, "
                "not by all n times m entries",
            ),
            (
                lambda g, x: np.ones_like(x) * g / x.shape[1],
                "axis 0 is len(x) long; you divided by the number of columns",
            ),
            (lambda g, x: x * g / len(x), "the local derivative of a mean is 1/n, whatever x is"),
            (lambda g, x: x * g, "the local derivative of a mean is 1/n, whatever x is"),
            (
                lambda g, x: np.ones_like(x) * g * len(x),
                "the mean divides by n forward, and so it does on the way back",
            ),
            (
                lambda g, x: np.ones_like(x) / len(x),
                "the incoming gradient g is missing: local times incoming",
            ),
            (lambda g, x: x.mean(axis=0), "this is the forward pass"),
            (
                lambda g, x: g.sum() / len(x),
                "g has a number for each column, and each column keeps to itself",
            ),
            (
                lambda g, x: np.ones_like(x) * g.sum() / len(x),
                "each column keeps to itself, with its own number of g",
            ),
        ],
        "every row of x gets g / n, where n is the number of rows",
    )
    return "What was averaged on the way forward is copied on the way back, a part to each."


@exercise("11.3")
def matmul_gradients(function):
    points = [
        (
            WIDE,
            np.array([[1.0, 0.5, -2.0, 3.0], [2.0, -1.0, 0.0, 1.5], [4.0, 1.0, 5.0, -3.0]]),
            np.array([[2.0, -1.0, 0.5, 3.0], [1.0, 4.0, -2.0, 0.25]]),
        ),
        (TALL, np.array([[0.5], [-3.0]]), np.array([[1.0], [2.0], [-4.0]])),
    ]

    tried = _tried(function, points, [SQUARES])
    for answer in tried.answers:
        if not isinstance(answer, (tuple, list)) or len(answer) != 2:
            raise Wrong(
                "Two arrays are wanted, the gradient of x and the gradient of w, "
                f"with a comma between them; yours returned {type(answer).__name__}."
            )
    swapped = "your two gradients are swapped: that of x first"
    _compare(
        "the gradient of x",
        tried.part(0),
        lambda x, w, g: g @ w.T,
        [
            (lambda x, w, g: x.T @ g, swapped),
            (
                lambda x, w, g: g @ w,
                "w is to be transposed: the sum runs over the second axis of w",
            ),
            (
                lambda x, w, g: w @ g,
                "g comes first, and w is transposed: g is (n, m), so w.T, (m, k), makes it (n, k)",
            ),
            (
                lambda x, w, g: w.T @ g,
                "the order: rows of g stay rows of the result, so g comes first",
            ),
            (
                lambda x, w, g: w @ g.T,
                "this is the transpose of it: exchange the two factors, "
                "and transpose the other one",
            ),
            (lambda x, w, g: g, "this is the incoming gradient; the other factor is missing"),
            (lambda x, w, g: w, "the incoming gradient is missing"),
            (lambda x, w, g: w.T, "the incoming gradient is missing"),
        ],
        "it has the shape (n, k), and only one product of g and w or their transposes has that",
    )
    _compare(
        "the gradient of w",
        tried.part(1),
        lambda x, w, g: x.T @ g,
        [
            (lambda x, w, g: g @ w.T, swapped),
            (
                lambda x, w, g: x @ g,
                "x is to be transposed: the sum runs over the examples, the first axis of x",
            ),
            (lambda x, w, g: g @ x, "x comes first, and is transposed: x.T is (k, n), g is (n, m)"),
            (
                lambda x, w, g: g @ x.T,
                "the order: the rows of the result are those of w, the inputs, so x.T comes first",
            ),
            (
                lambda x, w, g: g.T @ x,
                "this is the transpose of it: exchange the two factors, "
                "and transpose the other one",
            ),
            (
                lambda x, w, g: x.T @ g / len(x),
                "this is the mean over the examples; the contributions add",
            ),
            (lambda x, w, g: g, "this is the incoming gradient; the other factor is missing"),
            (lambda x, w, g: x.T, "the incoming gradient is missing"),
        ],
        "it has the shape (k, m), and only one product of g and x or their transposes has that",
    )
    _check_all_sizes(tried)
    return "The sum over the neurons for x, the sum over the examples for w."


@exercise("11.4")
def slope_of_fit(function):
    points = [(TALL, WIDE[0, :2], TALL[:, 1]), (WIDE, TALL[:, 0], SQUARES[0][1])]
    square = (SQUARES[0], SQUARES[1][0], SQUARES[2][0])
    tried = _tried(function, points, [square])
    _compare(
        "the gradient of w",
        tried,
        lambda X, w, y: 2 * X.T @ (X @ w - y),
        [
            (lambda X, w, y: X.T @ (X @ w - y), "the 2 of the square is missing"),
            (
                lambda X, w, y: -2 * X.T @ (X @ w - y),
                "the sign: the miss is prediction minus target",
            ),
            (
                lambda X, w, y: X.T @ (y - X @ w),
                "the 2 of the square is missing; and the miss is prediction minus target",
            ),
            (
                lambda X, w, y: 2 * X.T @ (X @ w - y) / len(X),
                "this is for the mean of the squares; asked for is the sum",
            ),
            (
                lambda X, w, y: 2 * (X @ w - y),
                "this is the gradient of the predictions; one more factor leads to w",
            ),
            (
                lambda X, w, y: 2 * (X @ w - y).sum(),
                "this adds up the gradients of the predictions; "
                "multiply each with its example first: X.T @",
            ),
            (lambda X, w, y: ((X @ w - y) ** 2).sum(), "this is the loss itself"),
            (lambda X, w, y: 2 * X.T @ (X @ w), "the targets are missing: the miss is X @ w - y"),
            (
                lambda X, w, y: 2 * X @ (X @ w - y),
                "X is to be transposed: the sum runs over the examples, its first axis",
            ),
            (
                lambda X, w, y: X @ (X @ w - y),
                "X is to be transposed, and the 2 of the square is missing",
            ),
            (
                lambda X, w, y: 2 * X.T * (X @ w - y),
                "* multiplies entry by entry; the sum over the examples needs @",
            ),
            (
                lambda X, w, y: 2 * X.T @ ((X @ w)[:, None] - y),
                "a column against a row: your misses have the shape (n, n)",
            ),
        ],
        "the incoming gradient of the predictions is 2 * (X @ w - y); "
        "from there it is a matrix product",
    )
    _check_all_sizes(tried)
    return "The gradient of a matrix product, once more: X.T times the incoming gradient."


@dataclass(frozen=True)
class Tried:
    """What the learner's function gave.

    points: tuples of its arguments.
    answers: what it gave at each.
    stopped: the sentence with which it stopped before, at points where shapes differ; or None.
    """

    points: list
    answers: list
    stopped: str | None = None

    def part(self, k):
        """The same for part k of each answer."""
        return Tried(self.points, [answer[k] for answer in self.answers], self.stopped)


def _tried(function, points, squares=()):
    """Try function at points.

    Where shapes do not fit, as with a wrong order of factors, it is tried at squares instead,
    points at which all sizes are equal, so that the order shows in the numbers.
    """
    try:
        return Tried(points, _answers(function, points))
    except ValueError as problem:
        if not squares:
            raise
        stopped = f"Your code stopped, because shapes do not fit ({problem})"
        return Tried(squares, _answers(function, squares), stopped)


def _answers(function, points):
    return [call(function, *copy.deepcopy(point)) for point in points]


def _compare(what, tried, right, mistakes, otherwise):
    """Silent where the answers have right's shape and numbers at every point; else Wrong.

    mistakes: pairs of a wrong function and what to say about it; otherwise: what to say else.
    """
    seen = [_array(answer) for answer in tried.answers]
    if _same(right, tried.points, seen):
        return
    why = otherwise
    for wrong, hint in mistakes:
        if _same(wrong, tried.points, seen):
            why = hint
            break
    if tried.stopped:
        raise Wrong(f"{tried.stopped}. In {what}: {why}.")
    for point, array in zip(tried.points, seen):
        wanted = np.shape(right(*point))
        if array.shape != wanted:
            raise Wrong(
                f"The shape of {what} should be {wanted} here, and yours is {array.shape}: {why}."
            )
        if not _same(right, [point], [array]):
            raise Wrong(f"The shape of {what} is right, and its numbers are not: {why}.")


def _check_all_sizes(tried):
    """Wrong where the function stopped, although it is right where all sizes are equal."""
    if tried.stopped:
        raise Wrong(f"{tried.stopped}. It should work for arrays of any sizes.")


def _same(formula, points, seen):
    """Whether formula gives what was seen at every point, in shape and numbers."""
    for point, array in zip(points, seen):
        try:
            wanted = np.asarray(formula(*point))
        except ValueError:  # a wrong formula may not fit these shapes
            return False
        if wanted.shape != array.shape or not np.allclose(array, wanted, 1e-6, 1e-9):
            return False
    return True


def _array(answer):
    """The answer as an array of floats: an array, a list, a number, a Value or a Tensor."""
    try:
        return np.asarray(plain(answer), float)
    except (TypeError, ValueError):
        raise Wrong(f"An array is wanted here, and this is {described(answer)}.") from None
