"""Lesson 16, convolution."""

import re

import numpy as np

from ._arrays import compare_arrays, tried
from ._check import Wrong, choose, decide, exercise, shape
from ._slips import code_stopped


@exercise("16.a")
def one_number(answer):
    return decide(
        "The number",
        answer,
        -19,
        {
            19: "these are the right squares, and the sign is the other way round: "
            "which column of the patch holds −1, and which 1?",
            35: "the weights on the left are −1: what lies under them is subtracted.",
            -9: "this is the number at row 2, column 1; the row is named first.",
            -16: "this is the number at row 0, column 1, and also at row 1, column 1. We count "
            "from 0, and the place is that of the upper left square of the patch.",
            -22: "this is the number at row 0, column 2; we count from 0.",
            -10: "this is the number at row 2, column 2; we count from 0.",
            17: "this is the number at row 2, column 0; which row and which column are asked for?",
            1: "this is the horizontal edge, lower row minus upper row; this patch has its −1 "
            "one below the other.",
            46: "this adds up all nine squares; each is multiplied with the weight on it first.",
            8: "this is what the right column sees; what the left one sees is subtracted.",
            27: "this is the ink under the left column, and its weights are −1; what does the "
            "right one see?",
            -27: "this is what the left column sees; what the right one sees is added.",
            11: "this is the ink under the middle column, and its weights are 0.",
            0: "left and right are not equal there: three squares are inside the stroke.",
        },
        "Right minus left: 8 − 27.",
        otherwise="the patch sees rows 1 to 3 and columns 2 to 4; write the nine products down",
    )


@exercise("16.b")
def slope_of_a_corner(answer):
    return decide(
        "The factor",
        _without_unit(answer, "times"),
        54,
        {
            0: "this is the square under it at one place. The patch is used at nine places.",
            9: "at how many places is the weight used, and what lies under it at each?",
            6: "six of the squares that it meets are not empty. How much ink do they hold?",
            1: "a nudge of a weight is multiplied with the square under it, at every place.",
            -1: "this is the weight; its slope is what it is multiplied with.",
            81: "81 would be a 9 at each of nine places; look at what lies under it.",
            92: "this is all the ink of the picture. At which squares can the *upper left* weight "
            "of the patch lie? The patch stays inside.",
            35: "this is what the weight in the lower right corner meets.",
            37: "this is what the weight in the lower left corner meets.",
            65: "this is what a weight in the middle column meets; the corner meets other squares.",
            43: "this is what the weight in the upper right corner meets.",
            444: "what the other weights meet does not matter: only this one is nudged.",
            33: "this is the loss after a nudge of 1; how far has it moved?",
            -54: "the size is right. Does a nudge upwards raise the loss here, or lower it?",
            -21: "this is the loss itself; how much does it move for a nudge of one weight?",
            0.054: "this is the move of the loss for a nudge of 0.001; divide by the nudge.",
            0.108: "this is how far apart the loss is after a nudge of 0.001 up and one down; "
            "divide by the way between them.",
        },
        "The sum of what lies under it at all nine places, x[0:3, 0:3].",
        otherwise="go through the nine places of the patch: which square lies under w[0, 0]? "
        "What happens to the nine moves in the sum?",
    )


@exercise("16.c")
def parameters_of_eight_patches(answer):
    if isinstance(answer, str):
        answer = answer.replace(",", "")
    return decide(
        "The number of parameters",
        _without_unit(answer, "parameters"),
        80,
        {
            72: "the weights are right. What else does `MyConvolution` make?",
            73: "how many biases does `MyConvolution` make?",
            10: "this is one patch with its bias; there are eight.",
            9: "these are the weights of one patch; there are eight, and each has a bias.",
            8: "each patch has more than one number.",
            18720: "this is the full layer. The patch has no weight for each square.",
            18432: "these are the weights of the full layer. The patch has no weight for each "
            "square.",
            2880: "this is a new patch for each place; the places share one.",
            2592: "this is a new patch for each place; the places share one. And the biases?",
            360: "the bias is shared, too, and the weights are one set for all places.",
            368: "the bias is shared, too, and the weights are one set for all places.",
            520: "a patch is not as large as the picture.",
            512: "a patch is not as large as the picture. And the biases?",
            640: "this is 64 times a patch with its bias; the squares of the picture share "
            "the patches.",
            576: "one factor of 8 too many: a grey picture is one channel.",
            584: "one factor of 8 too many: a grey picture is one channel.",
            288: "these are the numbers that come out. How many were needed to make them?",
        },
        "Eight times nine weights, and eight biases, for a picture of any size.",
        otherwise="what shapes have w and b in `MyConvolution(1, 8, …)`?",
    )


def _without_unit(answer, unit):
    """A text such as "54 times as much" without what stands behind the number."""
    if not isinstance(answer, str):
        return answer
    return re.sub(rf"(?<=\d)\s*{unit}\b[^\d]*$", "", answer)


@exercise("16.d")
def full_layer_on_moved_digits(answer):
    return choose(
        answer,
        "about the same",
        {
            "better": "It is a natural hope: the map does move along. But what comes after it? "
            "How many weights has the full layer for one map, and what are they for?",
            "about the same": "The map moves along, and the full layer has another weight for "
            "each of its places.",
            "worse": "There is no reason for that: its numbers are made from the same squares. "
            "What does the full layer see of a map that has moved along?",
        },
        also={
            "same": "about the same",
            "the same": "about the same",
            "about equal": "about the same",
            "nearly the same": "about the same",
            "nearly equal": "about the same",
            "similar": "about the same",
            "comparable": "about the same",
            "identical": "about the same",
            "no difference": "about the same",
            "equally good": "about the same",
            "equally bad": "about the same",
            "as good": "about the same",
            "as bad": "about the same",
            "higher": "better",
            "more": "better",
            "lower": "worse",
            "less": "worse",
        },
    )


@exercise("16.1")
def first_layer_of_lenet(size, parameters):
    if isinstance(size, np.ndarray):
        size = size.tolist()
    shape(
        "The result",
        size,
        (28, 28, 6),
        {
            (32, 32, 6): "the patch stays inside, so the map is smaller than the picture",
            (27, 27, 6): "one place is missing: the first one counts, too",
            (30, 30, 6): "this is for a patch of 3 × 3; here it is 5 × 5",
            (29, 29, 6): "count the places of a patch of 5 rows in 6 rows: two",
            (28, 28): "there are six maps, along an axis of their own",
            (28, 28, 1): "each patch makes a map of its own",
            (6, 28, 28): "here the channels lie along the last axis",
            (28, 28, 5): "how many patches are there?",
            (1, 28, 28, 6): "for one picture three numbers are asked for, without the axis of "
            "the pictures",
            (36, 36, 6): "the patch stays inside, so the map is smaller, not larger",
            (5, 5, 6): "this is the shape of the weights",
            (5, 5, 1, 6): "this is the shape of the weights",
        },
        otherwise="at how many places can 5 rows lie in 32? And what does each patch make?",
    )
    return decide(
        "The number of parameters",
        parameters,
        156,
        {
            150: "these are the weights; each patch has a bias, too.",
            151: "each patch has a bias of its own.",
            31: "one patch has 25 weights, and these are six biases: how many patches are there?",
            26: "this is one patch with its bias; there are six.",
            25: "this is one patch without its bias; there are six.",
            60: "this is for patches of 3 × 3.",
            936: "one factor of 6 too many: the picture is one channel.",
            906: "one factor of 6 too many: the picture is one channel.",
            900: "one factor of 6 too many: the picture is one channel. And the biases?",
            122304: "this is a new patch for each place; the places share one.",
            117600: "this is a new patch for each place; the places share one. And the biases?",
            4704: "these are the numbers that come out.",
            4821600: "this is a full layer. The size of the picture does not matter here.",
            4816896: "this is a full layer. The size of the picture does not matter here.",
            6150: "a patch is not as large as the picture.",
            6144: "a patch is not as large as the picture. And the biases?",
        },
        "6 · 25 weights and 6 biases. A full layer would have 4,821,600.",
        otherwise="how many weights has one patch of 5 × 5, and what else has it?",
    )


# 16.2. Every formula takes a picture x and the incoming gradient g of its map.


def _gradient(x, g):
    rows, columns = g.shape
    found = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            found[i, j] = (x[i : i + rows, j : j + columns] * g).sum()
    return found


def _gradient_without_g(x, g):
    return _gradient(x, np.ones(g.shape))


def _of_each_place(x, g):
    """What each weight sees at each place, side by side."""
    rows, columns = g.shape
    return np.array([[x[i : i + rows, j : j + columns] * g for j in range(3)] for i in range(3)])


PICTURES = (  # no two alike, not square, and nothing in them symmetric
    np.array(
        [
            [1.0, -2.0, 0.5, 3.0, 1.5],
            [0.0, 4.0, -1.0, 2.5, -3.0],
            [2.0, 1.0, 5.0, -0.5, 0.25],
            [-1.5, 3.0, 0.75, 1.0, 6.0],
        ]
    ),
    np.array(
        [
            [0.5, 2.0, -1.0],
            [3.0, 0.25, 1.5],
            [-2.0, 1.0, 4.0],
            [1.25, -0.5, 2.5],
            [0.0, 5.0, -3.0],
            [1.0, 0.75, 2.0],
        ]
    ),
    np.arange(64.0).reshape(8, 8) % 7 - 2.0,
)
INCOMING = (
    np.array([[2.0, -1.0, 0.5], [1.0, 3.0, -0.25]]),
    np.array([[1.0], [-2.0], [0.5], [3.0]]),
    np.arange(36.0).reshape(6, 6) % 5 - 1.5,
)


def _tried(function, points, sizes):
    """The function, tried at pictures of several sizes; sizes: what to say if none fits."""
    try:
        return tried(function, points)
    except (ValueError, IndexError) as problem:
        raise Wrong(f"{code_stopped(problem)}. {_cause(problem) or sizes}") from None


def _cause(problem):
    """What is natural to have led to an exception of NumPy's; nothing where that is not known."""
    said = str(problem)
    if "setting an array element" in said:
        return "Each place of your array holds one number: is something still to be added up?"
    if "matmul" in said:
        return "Here arrays are multiplied square by square, with a star; @ is the matrix product."
    return ""


def _whole(formula):
    """The formula, put into an array of whole numbers: what stands behind the point is lost."""
    return lambda a, b: formula(a, b).astype(int)


def _only(formula, rows, columns):
    """The formula's first rows and columns; the others stay 0."""

    def part(a, b):
        whole = formula(a, b)
        found = np.zeros(whole.shape)
        found[:rows, :columns] = whole[:rows, :columns]
        return found

    return part


TOO_EARLY = "only the beginning is filled: does the return stand inside a loop?"
WHOLE = "your array holds whole numbers only; without int, np.zeros makes one of floats"


@exercise("16.2")
def patch_gradient(function):
    sizes = "Here x and G have any number of rows and columns: each part of x is as large as G."
    if "feature_map" in getattr(getattr(function, "__code__", None), "co_names", ()):
        sizes += " And `feature_map` of the page is made for 3 × 3 weights."
    compare_arrays(
        "the gradient of the patch",
        _tried(function, list(zip(PICTURES, INCOMING)), sizes),
        _gradient,
        [
            (
                _gradient_without_g,
                "this adds up what each weight meets. Each number of the map has an incoming "
                "gradient of its own: where does G come in?",
            ),
            (
                lambda x, g: _gradient(x, g).T,
                "i and j are exchanged: i moves along the rows, j along the columns",
            ),
            (
                lambda x, g: _gradient(x, g)[::-1, ::-1],
                "it is turned by half a turn: w[0, 0] meets the part that begins at x[0, 0]",
            ),
            (
                lambda x, g: _gradient(x, g[::-1, ::-1]),
                "G is turned by half a turn here; it lies on x as it is",
            ),
            (
                lambda x, g: _gradient(x, g) / g.size,
                "this is the mean over the places; the uses of a weight add",
            ),
            (
                lambda x, g: x[:3, :3] * g[0, 0],
                "this is the share of the first place; the weight is used at all of them",
            ),
            (
                lambda x, g: x[-3:, -3:] * g[-1, -1],
                "this is the share of the last place. Does each place write over the one before? "
                "The uses of a weight add",
            ),
            (
                lambda x, g: x[:3, :3],
                "this is what the patch sees at the first place; it is used at all places, and "
                "each has its number in G",
            ),
            (
                lambda x, g: _gradient(x, g) * 0,
                "all are 0. Was nothing written into it? Or is it the Tensor itself? Its gradient "
                "is in .grad",
            ),
            (_only(_gradient, 1, 1), TOO_EARLY),
            (_only(_gradient, 1, 3), TOO_EARLY),
            (_whole(_gradient), WHOLE),
            (
                lambda x, g: -_gradient(x, g),
                "the sign: the gradient is asked for, and no step against it",
            ),
            (
                _of_each_place,
                "these are the shares of all places, side by side; they are still to be added up",
            ),
            (
                lambda x, g: _gradient(x, g).sum(),
                "this is one number; each of the nine weights has a slope of its own",
            ),
        ],
        "which part of x does w[i, j] meet? It is as large as G, and begins at row i, column j",
    )
    return "Each use contributes its square times the incoming gradient there, and the uses add."


# 16.3. Every formula takes a picture x and a patch w.


def _map(x, w):
    rows, columns = x.shape[0] - 2, x.shape[1] - 2
    if rows < 1 or columns < 1:
        return np.zeros((max(rows, 0), max(columns, 0)))
    total = np.zeros((rows, columns))
    for i in range(3):
        for j in range(3):
            total += x[i : i + rows, j : j + columns] * w[i, j]
    return total


def _map_of_framed(x, w):
    return _map(np.pad(x, 1), w)


PATCHES = (
    np.array([[1.0, 2.0, -1.0], [0.5, 3.0, 0.0], [-2.0, 0.25, 1.5]]),
    np.array([[0.0, 1.0, 4.0], [-3.0, 0.5, 2.0], [1.0, -1.0, 0.75]]),
    np.array([[2.0, 0.5, 1.0], [1.0, -1.0, 3.0], [0.0, 4.0, -2.0]]),
)


@exercise("16.3")
def map_as_large(function):
    sizes = (
        "Here x has any number of rows and columns, and w has three of each. Without a frame "
        "around x the patch sticks out at the edge."
    )
    compare_arrays(
        "the map",
        _tried(function, list(zip(PICTURES, PATCHES)), sizes),
        _map_of_framed,
        [
            (_map, "this is the map without a frame, which is smaller than the picture"),
            (
                lambda x, w: np.pad(_map(x, w), 1),
                "the frame was laid around the map. Around the picture, the patch sees ink at the "
                "edge, too",
            ),
            (
                lambda x, w: _map(np.pad(x, 2), w),
                "the frame is two squares wide; one on each side makes up for 3 × 3",
            ),
            (
                lambda x, w: _map(np.pad(x, ((0, 2), (0, 2))), w),
                "the two rows and columns are all on one side; np.pad(x, 1) puts one on each",
            ),
            (
                lambda x, w: _map(np.pad(x, ((2, 0), (2, 0))), w),
                "the two rows and columns are all on one side; np.pad(x, 1) puts one on each",
            ),
            (
                lambda x, w: _map(np.pad(x, 1, mode="edge"), w),
                "the squares of the frame are empty, 0; here they repeat the edge",
            ),
            (
                lambda x, w: _map(np.pad(x, 1, constant_values=1), w),
                "the squares of the frame are empty, 0",
            ),
            (
                lambda x, w: _map(np.pad(x, 1, mode="wrap"), w),
                "the squares of the frame are empty, 0; here they hold ink of the picture",
            ),
            (
                lambda x, w: _map(np.pad(x, 1, mode="reflect"), w),
                "the squares of the frame are empty, 0; here they hold ink of the picture",
            ),
            (_only(_map_of_framed, 1, 1), TOO_EARLY),
            (_only(_map_of_framed, 1, None), TOO_EARLY),
            (_whole(_map_of_framed), WHOLE),
            (lambda x, w: np.pad(x, 1), "this is the picture with its frame; now the map of it"),
            (
                lambda x, w: _map(np.pad(x, 1), w.T),
                "rows and columns of the patch are exchanged: w[i, j], with i along the rows",
            ),
            (
                lambda x, w: _map(np.pad(x, 1), w[::-1, ::-1]),
                "the patch is turned by half a turn, as in mathematics; here it lies as it is",
            ),
            (
                lambda x, w: _map(np.pad(x, 1), np.ones((3, 3))),
                "each square is multiplied with its weight; here all weights count as 1",
            ),
        ],
        "lay the frame around x, then take the map of what you have: one line each",
    )
    return "One empty square on each side, and the map has the rows and columns of the picture."
