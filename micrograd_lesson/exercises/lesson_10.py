"""Lesson 10, arrays."""

import re
from contextlib import contextmanager

import numpy as np

from ..words import exception
from ._arrays import as_array, check_all_sizes, compare_arrays, tried
from ._check import Wrong, call, compare, described, exercise, shape, suggest
from ._hints import never_uses
from ._slips import code_stopped

TABLES = (
    np.array([[1.0, -2.0, 4.0], [0.5, 3.0, 1.0]]),
    np.array([[2.0, 6.0], [-5.0, 1.0], [4.0, 0.25]]),
)
SQUARE = np.array([[1.0, 3.0], [-2.0, 7.0]])
# What says that shapes do not fit, and what says the opposite in the same words.
MISFIT = re.compile(
    r"error|\berr\b|exception|misfit|\bno fit\b|impossible|undefined|\bcan(not|'t| not)\b|"
    r"n[o']t (be )?(fit|work|possible|defined|allowed)|\bfails?\b|\braises?\b"
)
NO_MISFIT = re.compile(
    r"\b(no|not|never|without|isn't)( an?| any)?( value ?)? ?error|"
    r"n[o']t (raise|fail|imposs|misfit)"
)


def _is_error(answer):
    """Whether the answer says that shapes do not fit."""
    if isinstance(answer, (list, tuple)) and len(answer) == 1:
        answer = answer[0]
    if isinstance(answer, Exception) or isinstance(answer, type) and issubclass(answer, Exception):
        return True
    if not isinstance(answer, str):
        return False
    said = " ".join(answer.casefold().replace("’", "'").split())
    return MISFIT.search(said) is not None and NO_MISFIT.search(said) is None


def _fitting_shape(what, answer, right, mistakes, praise="", otherwise=None, fits=""):
    """As `shape`, for arrays that fit; fits: what to say to an answer that expects an error."""
    if _is_error(answer):
        raise Wrong(f"{what}: these two fit. {fits}")
    return shape(what, answer, right, mistakes, praise, otherwise)


@exercise("10.a")
def column_and_vector(answer):
    return _fitting_shape(
        "The shape",
        answer,
        (3, 4),
        {
            (4, 3): "axis 0 has the length of the column",
            (3, 1): "the column is stretched too: its size 1 stands against 4",
            (3,): "the result has two axes, as the column has",
            (4,): "the result has two axes, as the column has",
            (1, 4): "the vector is stretched along axis 0, which it does not have",
            (3, 5): "sizes are not added: one is stretched to the other",
            (12,): "there are twelve numbers, but on two axes",
            (3, 3): "on axis 1 the 1 of the column stands against the 4 of the vector",
            (4, 4): "on axis 0 the column has 3, and the vector nothing",
            (3, 1, 4): "the ends are aligned, so the 1 and the 4 are on one axis",
        },
        "Both are stretched, each along the axis where the other one is longer.",
        "write the two shapes below each other, the ends aligned",
        "On axis 1 one size is 1; on axis 0 one is missing.",
    )


@exercise("10.b")
def along_axis_0(answer):
    return shape(
        "The shape",
        answer,
        (3,),
        {
            (4,): "this is what is left along axis 0. Summing along axis 0 makes that axis go away",
            (): "sum() without an axis adds everything; along axis 0 it adds each column",
            (1, 3): "the axis goes away; with keepdims=True it would stay, with length 1",
            (3, 1): "axis 0 goes away, and a single axis remains",
            (4, 3): "one of the two axes goes away",
            (4, 1): "axis 0 is the one that goes away",
            (1, 4): "axis 0 is the one that goes away",
        },
        "Axis 0 goes away: one sum for each of the three inputs.",
        "X has the shape (4, 3), and axis 0 goes away",
    )


@exercise("10.c")
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
            (3, 3): "the 3 is what both have in common: it is summed over, and goes away",
            (4, 3, 2): "the 3 in the middle is summed over, and goes away",
            (4, 3, 3, 2): "the two 3 are summed over together, and go away",
            (12, 6): "sizes are not multiplied: one of them is summed over, the others stay",
            (4,): "each example meets every neuron, so two axes are left",
            (2,): "each neuron meets every example, so two axes are left",
            (4, 5): "sizes are not added: one of them is summed over, the others stay",
            (4, 4): "the examples stand along axis 0; along axis 1 stand the neurons",
        },
        "Four examples, two neurons: the 3 is summed over.",
        "every example meets every neuron; the 3 is summed over",
    )


@exercise("10.1")
def shares(function):
    with array_slips():
        seen = tried(function, [(table,) for table in TABLES], [(SQUARE,)])
    compare_arrays(
        "the result",
        seen,
        lambda X: X / X.sum(axis=1, keepdims=True),
        [
            (
                lambda X: X / X.sum(axis=1),
                "the sums of the rows have the shape (n,), so they meet the columns of X; "
                "they have to be a column",
            ),
            (
                lambda X: X / X.sum(axis=0),
                "now each column adds up to 1; asked for are the rows",
            ),
            (lambda X: X / X.sum(), "now all entries together add up to 1; asked for is each row"),
            (
                lambda X: X / X.mean(axis=1, keepdims=True),
                "you divide by the mean of each row, and not by its sum",
            ),
            (
                lambda X: X / X.max(axis=1, keepdims=True),
                "you divide by the largest entry of each row, and not by its sum",
            ),
            (
                lambda X: X / np.abs(X).sum(axis=1, keepdims=True),
                "the sum is asked for, with the signs of the entries",
            ),
            (lambda X: X - X.sum(axis=1, keepdims=True), "you subtract the sums: divide by them"),
            (
                lambda X: X * X.sum(axis=1, keepdims=True),
                "you multiply by the sums: divide by them",
            ),
            (
                lambda X: X.sum(axis=1, keepdims=True) / X,
                "upside down: the entry stands above, the sum below",
            ),
            (lambda X: X.sum(axis=1) / X, "upside down: the entry stands above, the sum below"),
            (lambda X: X / X.size, "you divide by the number of entries, and not by a sum"),
            (
                lambda X: X / X[0].sum(),
                "every row is divided by the sum of the first; each has a sum of its own",
            ),
            (
                lambda X: X.mean(axis=1, keepdims=True),
                "these are the means; asked for is each entry, divided by the sum of its row",
            ),
            (lambda X: X.sum(axis=1, keepdims=True), "these are the sums; now divide by them"),
            (lambda X: X.sum(axis=1), "these are the sums; now divide by them"),
            (lambda X: X / len(X), "you divide by the number of rows, and not by a sum"),
            (lambda X: X / X.shape[1], "you divide by the length of a row, and not by its sum"),
            (
                lambda X: X.T / X.sum(axis=1),
                "the numbers are right, but rows and columns are exchanged",
            ),
            (lambda X: X, "this is X as it came"),
            (
                lambda X: 100 * X / X.sum(axis=1, keepdims=True),
                "these are parts of 100; a row is to add up to 1",
            ),
            (
                lambda X: np.exp(X) / np.exp(X).sum(axis=1, keepdims=True),
                "divide the entries themselves, not their exponentials",
            ),
            (
                lambda X: X // X.sum(axis=1, keepdims=True),
                "// throws away all behind the point",
            ),
            (lambda X: X[0] / X[0].sum(), "this is the first row alone"),
            (lambda X: (X / X.sum(axis=1, keepdims=True)).round(2), ROUNDED),
            (lambda X: (X / X.sum(axis=1, keepdims=True)).round(4), ROUNDED),
        ],
        "each row of the result should add up to 1",
    )
    check_all_sizes(seen)
    return "The sums stay a column, and each is stretched along its own row."


ROUNDED = "the numbers look rounded; leave them as they are"


@contextmanager
def array_slips(sizes=None):
    """Explain what Python and NumPy say of natural slips with arrays.

    sizes: {name: what it stands for}, of names that the exercise uses and the function lacks.
    """
    try:
        yield
    except (LookupError, NameError, TypeError, AttributeError, ValueError) as problem:
        hint = _array_hint(problem, sizes or {})
        if not hint:
            raise
        raise Wrong(f"{code_stopped(problem)}. {hint}") from None


ANY_SIZE = "It should work for arrays of any sizes."
NO_BRACKETS = "Without brackets behind it, a function is not called: write sum(…), not sum."
BETWEEN = "Between two arrays stands a sign, @ or *; and .T, .shape and .size have no brackets."
TRANSPOSE = "The transpose is written with a capital letter, .T."
# Words of TypeErrors, and what is behind them.
TYPE_SLIPS = {
    "builtin_function_or_method": NO_BRACKETS,
    "not callable": BETWEEN,
    "as a data type": "Write the name before the value, keepdims=True.",
    "'str' object cannot be interpreted": "Numbers, True and False stand without quotes.",
}


def _array_hint(problem, sizes):
    """What may be behind an exception in a function of arrays; nothing where it says it all."""
    said = str(problem)
    if isinstance(problem, np.exceptions.AxisError):
        return "Axes are numbered from 0: an array of two axes has axis 0 and axis 1."
    if "out of bounds" in said or "cannot reshape" in said:
        return ANY_SIZE
    if isinstance(problem, NameError):
        if problem.name in ("axis", "keepdims"):
            return f"A named input has one equals sign: {problem.name}=…"
        return sizes.get(problem.name, "")
    if isinstance(problem, AttributeError):
        return TRANSPOSE if problem.name == "t" else ""
    if isinstance(problem, TypeError):
        return _type_hint(said)
    return ""


def _type_hint(said):
    """What may be behind a TypeError of these words."""
    if "keyword argument" in said:
        if "sum()" in said and "_sum()" not in said:
            return "Python's own sum knows no axes; an array has its own, .sum(...)."
        return "The words are axis= and keepdims=." if "tanh" not in said else ""
    for words, hint in TYPE_SLIPS.items():
        if words in said:
            return hint
    return ""


@exercise("10.2")
def four_shapes(shape_1, shape_2, shape_3, shape_4):
    _fitting_shape(
        "The shape of M + u",
        shape_1,
        (5, 2),
        {
            (2,): "u is stretched along axis 0, and gets the five rows of M",
            (5,): "no axis is summed over; u is stretched",
            (2, 5): "first the rows, then the numbers in each",
            (5, 4): "sizes are not added: u is stretched",
        },
        otherwise="align the ends: (5, 2) above (2,)",
        fits="Align the ends: the 2 of u stands against the 2 of M.",
    )
    _fitting_shape(
        "The shape of C * u",
        shape_2,
        (5, 2),
        {
            (5, 1): "the 1 of C stands against the 2 of u, and is stretched",
            (5,): "* is elementwise, and no axis is summed over",
            (2,): "u is stretched along axis 0, to the five rows of C",
            (2, 5): "axis 0 has the length of C",
            (1, 2): "u is stretched along axis 0, to the five rows of C",
        },
        otherwise="align the ends: (5, 1) above (2,)",
        fits="The 1 of C is stretched to the 2 of u.",
    )
    if not _is_error(shape_3):
        shape("The result of M + v", shape_3, "error", {}, "", "align the ends: (5, 2) above (5,)")
    return _fitting_shape(
        "The shape of M @ u",
        shape_4,
        (5,),
        {
            (5, 1): "a vector on the right counts as a column, but that axis is not in the result",
            (5, 2): "the 2 is summed over, and goes away",
            (2,): "the 2 is what both have in common: it is summed over, and goes away",
            (): "each of the five rows meets u, and gives one number",
            (5, 2, 2): "the 2 is summed over, and goes away",
            (1, 5): "one axis is left, the rows of M",
        },
        "Three that fit, and one whose ends do not.",
        "the inner size, 2, is summed over",
        "The rows of M are as long as u.",
    )


@contextmanager
def _of_whole_arrays():
    """Name np.tanh where another tanh was asked for."""
    try:
        yield
    except (TypeError, AttributeError) as problem:
        said = str(problem)
        if "has no attribute 'tanh'" not in said and "scalar" not in said:
            raise
        hint = "Functions of whole arrays are NumPy's: np.tanh(...)."
        raise Wrong(f"{code_stopped(problem)}. {hint}") from None


@exercise("10.3")
def layer_of_rows(function):
    points = [
        (TABLES[0], np.array([[0.5, -0.2, 0.1], [0.3, 0.4, -0.6]]), np.array([0.1, -0.3])),
        (
            TABLES[1],
            np.array([[0.2, 0.1], [-0.3, 0.05], [0.1, -0.2], [0.4, 0.3]]),
            np.array([0.2, -0.5, 0.3, 0.7]),
        ),
    ]
    square = (SQUARE, np.array([[0.2, -0.1], [0.3, 0.15]]), np.array([0.4, -0.2]))
    with array_slips(), _of_whole_arrays():
        seen = tried(function, points, [square])
    compare_arrays(
        "the result",
        seen,
        lambda X, W, b: np.tanh(X @ W.T + b),
        [
            (
                lambda X, W, b: np.tanh(X @ W + b),
                "@ goes down the columns of W, and here each neuron has a row",
            ),
            (
                lambda X, W, b: X @ W + b,
                "@ goes down the columns of W, and here each neuron has a row; and where is tanh?",
            ),
            (lambda X, W, b: X @ W.T + b, "these are the sums; the activation is missing"),
            (lambda X, W, b: np.tanh(X @ W.T), "the biases are missing"),
            (lambda X, W, b: X @ W.T, "the biases and the activation are missing"),
            (lambda X, W, b: np.tanh(X @ W.T) + b, "the bias belongs inside tanh, to the sum"),
            (lambda X, W, b: np.tanh(X @ W.T - b), "the biases are added, not subtracted"),
            (
                lambda X, W, b: np.tanh(W @ X.T + b[:, None]),
                "rows and columns are exchanged: examples go along axis 0",
            ),
            (
                lambda X, W, b: np.tanh(W @ X.T + b),
                "rows and columns are exchanged: examples go along axis 0",
            ),
            (lambda X, W, b: np.tanh(X.T @ W + b), "it is not X that has to be transposed"),
            (lambda X, W, b: np.tanh(X * W + b), "* is elementwise; a neuron's sum needs @"),
            (lambda X, W, b: np.tanh(X * W.T + b), "* is elementwise; a neuron's sum needs @"),
            (
                lambda X, W, b: np.tanh(X @ W.T + b[:, None]),
                "one bias for each neuron, and the neurons go along axis 1: b fits as it is",
            ),
            (
                lambda X, W, b: np.tanh(W @ X + b),
                "@ goes along the rows of the first: the examples are rows, so X stands first",
            ),
            (
                lambda X, W, b: np.tanh(W.T @ X + b),
                "@ goes along the rows of the first: the examples are rows, so X stands first",
            ),
            (
                lambda X, W, b: np.tanh(X @ W.reshape(W.shape[1], W.shape[0]) + b),
                "reshape keeps the order of the entries; to exchange rows and columns there is .T",
            ),
            (lambda X, W, b: np.tanh(X @ W.T * b), "the biases are added, not multiplied"),
            (lambda X, W, b: np.tanh(X @ (W.T + b)), "first the product, then the biases"),
            (lambda X, W, b: np.tanh(X) @ W.T, "tanh is for the sum; and where are the biases?"),
            (
                lambda X, W, b: np.tanh(X @ W.T) + np.tanh(b),
                "the bias belongs to the sum: one tanh for both",
            ),
            (lambda X, W, b: np.tanh(X @ W.T + b[0]), "each neuron has one bias of its own"),
            (lambda X, W, b: np.tanh(np.tanh(X @ W.T + b)), "tanh stands in it twice"),
            (lambda X, W, b: np.tanh(X) @ W.T + b, "tanh is for the sum, not for the inputs"),
            (lambda X, W, b: np.tanh(X @ W.T + b.sum()), "each neuron has one bias of its own"),
            (lambda X, W, b: np.tan(X @ W.T + b), "np.tan is the tangent; tanh is np.tanh"),
            (lambda X, W, b: np.tanh(X @ W.T + b).round(2), ROUNDED),
            (lambda X, W, b: np.tanh(X @ W.T + b).round(4), ROUNDED),
            (lambda X, W, b: 1 / (1 + np.exp(-(X @ W.T + b))), "this is a sigmoid, not tanh"),
            (lambda X, W, b: np.maximum(X @ W.T + b, 0), "this is relu, not tanh"),
        ],
        "a sum of inputs times weights for each example and neuron, its bias, then tanh",
    )
    check_all_sizes(seen)
    return "A layer as PyTorch keeps it, one line for all examples."


@exercise("10.4")
def mean_squared(function):
    columns = ((1.0, 2.5, -3.0), (0.5, -2.0), (4.0, 1.0, 0.0, 2.0, -1.5), (2.0,))
    rows = ((2.0, 0.5, 1.0), (3.0, 1.0), (1.0, -1.0, 2.0, 0.5, 4.0), (-1.0,))
    points = [(np.array(p)[:, None], np.array(t)) for p, t in zip(columns, rows)]
    seen = [_one_loss(function, *point) for point in points]
    never_uses(seen, "predictions")
    compare(
        "For predictions {0} and targets {1} it should be {wanted}, and yours is {seen}",
        list(zip(columns, rows)),
        seen,
        lambda p, t: np.mean(_differences(p, t) ** 2),
        [
            (
                lambda p, t: np.mean(np.subtract.outer(p, t) ** 2),
                "a column against a row: every prediction met every target",
            ),
            (
                lambda p, t: np.sum(np.subtract.outer(p, t) ** 2),
                "a column against a row: every prediction met every target; and this is a sum",
            ),
            (
                lambda p, t: np.sum(np.subtract.outer(p, t) ** 2) / len(t),
                "a column against a row: every prediction met every target",
            ),
            (lambda p, t: np.sum(_differences(p, t) ** 2), "this is the sum, and not the mean"),
            (
                lambda p, t: np.mean(_differences(p, t) ** 2) / len(t),
                "divided by their number twice: a mean is divided already",
            ),
            (
                lambda p, t: np.var(_differences(p, t)),
                "var takes the mean of the differences off first; nothing is to be taken off",
            ),
            (lambda p, t: np.min(_differences(p, t) ** 2), "this is the smallest, not the mean"),
            (lambda p, t: np.median(_differences(p, t) ** 2), "this is the median, not the mean"),
            (lambda p, t: np.mean(_differences(p, t) ** 2).round(1), ROUNDED),
            (lambda p, t: np.mean(_differences(p, t) ** 2).round(2), ROUNDED),
            (lambda p, t: np.mean(_differences(p, t)), "the differences are not squared"),
            (
                lambda p, t: np.mean(np.abs(_differences(p, t))),
                "this is the mean of the sizes; the differences are not squared",
            ),
            (lambda p, t: np.mean(_differences(p, t)) ** 2, "first square, then take the mean"),
            (lambda p, t: np.sqrt(np.mean(_differences(p, t) ** 2)), "no root is asked for"),
            (lambda p, t: np.mean(_differences(p, t) ** 2) / 2, "half of it: no 2 is asked for"),
            (lambda p, t: np.mean((np.add(p, t)) ** 2), "subtract, do not add"),
            (
                lambda p, t: 2 * np.mean(_differences(p, t)),
                "this doubles each difference; a square is written **2",
            ),
            (
                lambda p, t: np.mean(np.square(p) - np.square(t)),
                "square the difference, not each by itself",
            ),
            (
                lambda p, t: np.mean(np.subtract(p, np.square(t))),
                "a power binds first: brackets around the difference",
            ),
            (
                lambda p, t: np.mean(_differences(p[0], t) ** 2),
                "predictions[0] is its first row alone; its one column is predictions[:, 0]",
            ),
            (lambda p, t: np.max(_differences(p, t) ** 2), "this is the largest, not the mean"),
            (
                lambda p, t: np.sum(_differences(p, t) ** 2) / 4,
                "divide by their number, which is 4 on the page alone",
            ),
            (
                lambda p, t: np.sqrt(np.sum(_differences(p, t) ** 2)),
                "this is the root of the sum",
            ),
        ],
        "print the shape of the differences before you square them",
    )
    return "Both in one shape first, so that each prediction meets its own target."


def _differences(p, t):
    return np.subtract(p, t)


def _index_hint(problem):
    """What may be behind an IndexError where predictions is a column and targets a vector."""
    said = str(problem)
    if "too many indices" in said:
        return "Only predictions has two axes; targets has one, and takes one index."
    if "with size 1" in said:
        return "Places are counted from 0: predictions has one column, column 0."
    return "Count the targets with len(targets): it should work for any n."


def _one_loss(function, predictions, targets):
    """The one number that function gives."""
    with suggest("Predictions and targets are arrays of NumPy."), array_slips():
        try:
            answer = call(function, predictions.copy(), targets.copy())
        except NameError as problem:
            if problem.name != "n":
                raise
            raise Wrong(
                "Your code stopped with NameError: name 'n' is not defined. "
                "It is the number of targets, len(targets)."
            ) from None
        except np.exceptions.AxisError as problem:
            raise Wrong(
                f"Your code stopped with {exception(problem)}. "
                "Print the shape of what you take the mean of: how many axes has it?"
            ) from None
        except IndexError as problem:
            raise Wrong(
                f"Your code stopped with {exception(problem)}. {_index_hint(problem)}"
            ) from None
        except ValueError as problem:
            raise Wrong(
                f"With {len(targets)} predictions your code stopped with "
                f"{exception(problem)}. It should work for any n."
            ) from None
    if callable(answer):
        raise Wrong(
            f"One number is wanted, and yours is {described(answer)}: are brackets missing?"
        )
    array = as_array(answer)
    if array.size != 1:
        raise Wrong(
            f"One number is wanted, and yours is an array of shape {array.shape}: "
            "the mean runs over all entries."
        )
    return float(array.item())
