"""Lesson 11, an engine for arrays."""

import numpy as np

from ._arrays import as_array, check_all_sizes, compare_arrays, tried
from ._check import Wrong, decide, exercise, plain
from ._spoken import spoken
from .lesson_10 import array_slips

WIDE = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])
TALL = np.array([[2.0, -1.0], [3.0, 5.0], [-4.0, 0.25]])
SQUARES = (
    np.array([[1.0, 2.0], [-3.0, 5.0]]),
    np.array([[0.5, -1.0], [2.0, 4.0]]),
    np.array([[3.0, 1.0], [-2.0, 0.25]]),
)
TIMES = {"once": 1, "twice": 2, "double": 2, "doubled": 2, "doubles": 2}
AROUND = (
    " as much",
    " each",
    " times",
    " the nudge",
    "it ",
    "by ",
    "a factor of ",
    "factor ",
    "all ",
)
AROUND = (*AROUND, "x", "×")


def _in_digits(answer):
    """The answer, with a word such as "twice" or a fraction such as "1/2" as its number.

    Of several equal entries it is one: where each has the gradient 0.5, all of them say so.
    """
    if not isinstance(answer, str):
        entries = np.asarray(plain(answer), dtype=object).ravel()
        are_equal = len(entries) > 1 and all(entry == entries[0] for entry in entries)
        return entries[0] if are_equal or len(entries) == 1 else answer
    said = answer.strip().rstrip(".").lower()
    for part in AROUND:
        said = said.removeprefix(part).removesuffix(part)
    found = TIMES.get(said, spoken(said))
    return answer if isinstance(found, str) else found


@exercise("11.a")
def two_copies(answer):
    return decide(
        "The factor",
        _in_digits(answer),
        2,
        {
            1: "b[0] stands in more than one place of the result: count its copies.",
            3: "there are three biases, and each is nudged by itself. "
            "In how many places does b[0] stand?",
            6: "six is the number of all entries; b[0] reaches only those of its column.",
            0: "the loss is the sum of all entries, and b[0] is added to some of them.",
            10: "10 is the bias itself; asked for is how much the loss moves.",
            25: "25 is the column of the result added up; asked for is how much the loss moves.",
            60: "60 is the sum of the biases; asked for is how much the loss moves.",
            0.5: "the contributions of the copies add.",
            5: "5 is the sum of the column; the local derivative of a plus is 1 for every copy.",
        },
        "Each of its two copies moves the loss once, and the moves add.",
        otherwise="in how many places of the result does b[0] stand?",
    )


@exercise("11.b")
def share_of_a_mean(answer):
    return decide(
        "The gradient of each entry",
        _in_digits(answer),
        0.5,
        {
            2: "that would be a sum, which hands all of it to every entry. A mean divides.",
            0.25: "this is the local derivative of the mean. And the incoming gradient?",
            8: "the mean divides on the way forward. On the way back it does not multiply.",
            4: "4 is how many entries there are.",
            1: "there are four entries, and not two.",
            0: "a nudge to an entry moves the mean.",
            0.125: "one division too many: local times incoming.",
            3: "3 is the mean in the cell below; the entries themselves do not matter.",
        },
        "Local derivative times incoming gradient, for each entry.",
        otherwise="a nudge of one entry: how much of it arrives at the mean of four? "
        "Then local times incoming",
    )


@exercise("11.1")
def gradient_of_column(function):
    sizes = {
        "c": "Only g is given; c has a row for each row of g, and one column.",
        "X": "Only g is given.",
        "n": "n is the number of rows of g, len(g).",
        "m": "m is the number of columns of g, g.shape[1].",
    }
    with array_slips(sizes):
        seen = tried(function, [(WIDE,), (TALL,)])
    compare_arrays(
        "the gradient of c",
        seen,
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
                lambda g: -g.sum(axis=1)[None],
                "the numbers are right, but they stand in a row, and c is a column",
            ),
            (
                lambda g: g.sum(axis=1)[None],
                "two things: c is subtracted, so the sign changes; and c is a column, not a row",
            ),
            (lambda g: -1.0, "this is the local derivative; the incoming gradient g is missing"),
            (
                lambda g: -np.ones((len(g), 1)),
                "this is the local derivative; the incoming gradient g is missing",
            ),
            (
                lambda g: -np.ones_like(g),
                "this is the local derivative; the incoming gradient g is missing",
            ),
            (
                lambda g: -g.sum(axis=1, keepdims=True) * np.ones_like(g),
                "the numbers are right, but c has one column: do not stretch its gradient again",
            ),
            (
                lambda g: -np.abs(g).sum(axis=1, keepdims=True),
                "the signs of g are lost; they belong to the sum",
            ),
            (
                lambda g: -np.full((len(g), 1), g.shape[1]),
                "this counts the copies, which is right only where the incoming "
                "gradient is 1 everywhere",
            ),
        ],
        "follow one entry of c: in which places of the result does it stand, and with which "
        "local derivative?",
    )
    return "Minus, summed along the stretched axis, and a column again."


@exercise("11.2")
def mean_rule(function):
    sizes = {
        "n": "n is the number of rows of x, len(x).",
        "m": "m is the number of columns of x, x.shape[1].",
    }
    with array_slips(sizes):
        seen = tried(function, [(WIDE[0, :2], TALL), (TALL[:, 0], WIDE)])
    compare_arrays(
        "the gradient of x",
        seen,
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
                "this is the incoming gradient as it came; x has n rows, "
                "and each has its part in the mean",
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
            (lambda g, x: 1 / len(x), "the incoming gradient g is missing: local times incoming"),
            (
                lambda g, x: g / x.size,
                "the mean runs along axis 0, so it divides by the n rows; and x has n rows, each "
                "of which gets a copy",
            ),
            (
                lambda g, x: g / x.shape[1],
                "axis 0 is len(x) long; and x has n rows, each of which gets a copy",
            ),
            (
                lambda g, x: np.ones_like(x) * g / len(x) ** 2,
                "divided by the number of rows twice",
            ),
            (
                lambda g, x: -np.ones_like(x) * g / len(x),
                "the sign: where an entry rises, the mean of its column rises",
            ),
            (
                lambda g, x: np.ones_like(x) * g // len(x),
                "// throws away all behind the point",
            ),
            (
                lambda g, x: np.ones_like(x) * g.mean(),
                "g has a number for each column, and each column keeps to itself",
            ),
            (
                lambda g, x: np.ones_like(x) * g / 4,
                "4 is the number of rows on the page; here it is len(x)",
            ),
            (
                lambda g, x: np.ones_like(x) * x.mean(axis=0) * g,
                "the local derivative of a mean is 1/n, whatever x is",
            ),
            (
                lambda g, x: x.mean(axis=0) * g,
                "the local derivative of a mean is 1/n, whatever x is; and x has n rows",
            ),
            (lambda g, x: np.ones_like(x), "the incoming gradient g and the 1/n are missing"),
            (lambda g, x: x.mean(axis=0), "this is the forward pass"),
            (lambda g, x: np.ones_like(x) * x.mean(axis=0), "this is the forward pass"),
            (lambda g, x: x.mean(axis=0, keepdims=True), "this is the forward pass"),
            (
                lambda g, x: g.sum() / len(x),
                "g has a number for each column, and each column keeps to itself",
            ),
            (
                lambda g, x: np.ones_like(x) * g.sum() / len(x),
                "each column keeps to itself, with its own number of g",
            ),
        ],
        "follow one entry of x: how far does a nudge of it move the mean of its column, and which "
        "entry of g comes in there?",
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

    with array_slips():
        seen = tried(function, points, [SQUARES])
    for answer in seen.answers:
        if not isinstance(answer, (tuple, list)) or len(answer) != 2:
            raise Wrong(
                "Two arrays are wanted, the gradient of x and the gradient of w, "
                f"with a comma between them; yours returned {type(answer).__name__}."
            )
    _check_order(seen)
    compare_arrays(
        "the gradient of x",
        seen.part(0),
        lambda x, w, g: g @ w.T,
        [
            (lambda x, w, g: x.T @ g, "this is the gradient of w"),
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
            (lambda x, w, g: -g @ w.T, "the sign: the local derivative is w, without a minus"),
            (
                lambda x, w, g: g @ w.T / len(x),
                "this is divided by the number of examples; no mean was taken",
            ),
            (lambda x, w, g: 2 * g @ w.T, "nothing was squared, so no 2 comes in"),
            (lambda x, w, g: g * w.T, "* multiplies entry by entry; a product of matrices needs @"),
            (lambda x, w, g: g @ w.reshape(w.shape[1], w.shape[0]), RESHAPED),
            (lambda x, w, g: x @ w, "this is the forward pass"),
            (
                lambda x, w, g: g @ w.T / w.shape[1],
                "this is divided by the number of neurons; the contributions add",
            ),
            (lambda x, w, g: g, "this is the incoming gradient; the other factor is missing"),
            (lambda x, w, g: w, "the incoming gradient is missing"),
            (lambda x, w, g: w.T, "the incoming gradient is missing"),
        ],
        "it has the shape (n, k), and only one product of g and w or their transposes has that",
    )
    compare_arrays(
        "the gradient of w",
        seen.part(1),
        lambda x, w, g: x.T @ g,
        [
            (lambda x, w, g: g @ w.T, "this is the gradient of x"),
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
            (lambda x, w, g: -(x.T @ g), "the sign: the local derivative is x, without a minus"),
            (lambda x, w, g: 2 * x.T @ g, "nothing was squared, so no 2 comes in"),
            (lambda x, w, g: x.T * g, "* multiplies entry by entry; a product of matrices needs @"),
            (lambda x, w, g: x.reshape(x.shape[1], x.shape[0]) @ g, RESHAPED),
            (
                lambda x, w, g: x @ g.T,
                "x is to be transposed, and g is not: the sum runs over the examples",
            ),
            (lambda x, w, g: g, "this is the incoming gradient; the other factor is missing"),
            (lambda x, w, g: x, "the incoming gradient is missing"),
            (lambda x, w, g: x.T, "the incoming gradient is missing"),
        ],
        "it has the shape (k, m), and only one product of g and x or their transposes has that",
    )
    check_all_sizes(seen)
    return "The sum over the neurons for x, the sum over the examples for w."


RESHAPED = "reshape keeps the order of the entries; to exchange rows and columns there is .T"


def _check_order(seen):
    """Wrong where both gradients are there, that of w first."""

    def for_x(x, w, g):
        return g @ w.T

    def for_w(x, w, g):
        return x.T @ g

    first, second = seen.part(0), seen.part(1)
    are_right = first.gave(for_x) and second.gave(for_w)
    if first.gave(for_w) and second.gave(for_x) and not are_right:
        raise Wrong("Your two gradients are swapped: that of x first.")


@exercise("11.4")
def slope_of_fit(function):
    points = [(TALL, WIDE[0, :2], TALL[:, 1]), (WIDE, TALL[:, 0], SQUARES[0][1])]
    square = (SQUARES[0], SQUARES[1][0], SQUARES[2][0])
    predictions = {"y_hat": "The predictions are X @ w.", "yhat": "The predictions are X @ w."}
    with array_slips(predictions):
        seen = tried(function, points, [square])
    _check_nudge(seen)
    compare_arrays(
        "the gradient of w",
        seen,
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
            (lambda X, w, y: 2 * X.T @ X @ w - y, FIRST_THE_MISS),
            (lambda X, w, y: 2 * X.T @ (w @ X - y), PREDICTIONS),
            (lambda X, w, y: 2 * X.T @ (X * w - y), "* multiplies entry by entry; " + PREDICTIONS),
            (
                lambda X, w, y: 2 * (X @ w - y) * X,
                "* multiplies entry by entry; the sum over the examples needs @",
            ),
            (
                lambda X, w, y: X.T @ ((X @ w - y) ** 2),
                "the slope of the square is 2 times the miss; that miss is not squared any more",
            ),
            (
                lambda X, w, y: 2 * X.sum(axis=0) * (X @ w - y).sum(),
                "multiply each miss with its own example first, then add up: X.T @",
            ),
            (
                lambda X, w, y: 2 * X.T @ np.abs(X @ w - y),
                "the signs of the misses are lost",
            ),
            (
                lambda X, w, y: (2 * X.T @ (X @ w - y)).mean(),
                "each weight has a slope of its own; no mean is taken over the weights",
            ),
            (
                lambda X, w, y: 2 * X.T @ (X @ w - y) / len(w),
                "this is divided by the number of weights; asked for is the sum",
            ),
            (lambda X, w, y: 2 * X.T @ (X @ w), "the targets are missing: the miss is X @ w - y"),
            (
                lambda X, w, y: X.T @ (X @ w - y) / len(X),
                "the 2 of the square is missing; and asked for is the sum, not the mean",
            ),
            (
                lambda X, w, y: ((X @ w - y) ** 2).mean(),
                "this is a loss, and the mean; asked for is the slope of the sum",
            ),
            (
                lambda X, w, y: 2 * X.T @ (X @ w - y) ** 2,
                "the slope of the square is 2 times the miss; that miss is not squared any more",
            ),
            (
                lambda X, w, y: (X @ w - y) ** 2,
                "these are the terms of the loss; asked for is its slope",
            ),
            (
                lambda X, w, y: X @ w - y,
                "these are the misses; follow them back to w",
            ),
            (
                lambda X, w, y: 2 * (X @ w - y)[:, None] * X,
                "these are the contributions of the examples; each weight's add up",
            ),
            (
                lambda X, w, y: 2 * X.T @ (X @ w - y)[:, None],
                "the numbers are right, but w has one axis, and this is a column",
            ),
            (
                lambda X, w, y: 2 * (X.T @ (X @ w - y))[None],
                "the numbers are right, but w has one axis, and this has two",
            ),
            (
                lambda X, w, y: (2 * X.T @ (X @ w - y)).sum(),
                "each weight has a slope of its own; nothing is added up over the weights",
            ),
            (lambda X, w, y: 2 * X.T @ y, "the predictions are missing: the miss is X @ w - y"),
            (
                lambda X, w, y: 2 * X.T @ (X @ w + y),
                "the sign of the targets: the miss is X @ w - y",
            ),
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
        "first the gradient of the loss with respect to the predictions X @ w; from there it is "
        "the gradient of a matrix product",
    )
    check_all_sizes(seen)
    return "The gradient of a matrix product, once more: X.T times the incoming gradient."


FIRST_THE_MISS = "brackets: first the miss, X @ w - y, then its product with X"
PREDICTIONS = "the predictions are X @ w"


def _check_nudge(seen):
    """Wrong where every slope is nearly right, as a nudge of finite size makes it."""

    def exact(X, w, y):
        return 2 * X.T @ (X @ w - y)

    if seen.gave(exact):
        return
    for point, answer in zip(seen.points, seen.answers):
        array, wanted = as_array(answer), exact(*point)
        if array.shape != wanted.shape or not np.allclose(array, wanted, 1e-4, 1e-2):
            return
    raise Wrong("Nearly, but not exactly: a nudge of finite size gives such numbers.")
