"""The exercises of lesson 16: right answers pass, wrong ones are told why, empty ones wait."""

import numpy as np

from micrograd_lesson import Tensor, Value
from tests.exercises.answers import check_tables


def feature_map(x, w):
    rows, columns = x.shape[0] - 2, x.shape[1] - 2
    z = 0
    for i in range(3):
        for j in range(3):
            z = z + x[i : i + rows, j : j + columns] * w[i, j]
    return z


def patch_gradient(x, G):
    rows, columns = G.shape
    return np.array(
        [[(x[i : i + rows, j : j + columns] * G).sum() for j in range(3)] for i in range(3)]
    )


def by_the_engine(x, G):
    w = Tensor(np.zeros((3, 3)))
    (feature_map(x, w) * G).sum().backward()
    return w.grad


def by_places(x, G):
    gradient = np.zeros((3, 3))
    for r in range(len(G)):
        for c in range(len(G[0])):
            gradient += G[r, c] * x[r : r + 3, c : c + 3]
    return gradient


def only_the_last_place(x, G):
    gradient = np.zeros((3, 3))
    for r in range(len(G)):
        for c in range(len(G[0])):
            gradient = G[r, c] * x[r : r + 3, c : c + 3]
    return gradient


def side_by_side(x, G):
    rows, columns = G.shape
    return [[x[i : i + rows, j : j + columns] * G for j in range(3)] for i in range(3)]


def for_eight_rows_only(x, G):
    return np.array([[(x[i : i + 6, j : j + 6] * G).sum() for j in range(3)] for i in range(3)])


def rows_for_columns(x, G):
    columns, rows = G.shape
    return np.array(
        [[(x[i : i + rows, j : j + columns] * G).sum() for j in range(3)] for i in range(3)]
    )


def large(x, w):
    return feature_map(np.pad(x, 1), w)


def framed_by_hand(x, w):
    rows, columns = x.shape
    frame = np.zeros((rows + 2, columns + 2))
    frame[1:-1, 1:-1] = x
    z = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            z[r, c] = (frame[r : r + 3, c : c + 3] * w).sum()
    return z


RIGHT = [
    ("16.a", -19),
    ("16.a", "−19"),
    ("16.a", np.float64(-19.0)),
    ("16.a", np.array(-19.0)),
    ("16.a", Value(-19)),
    ("16.b", 54),
    ("16.b", 54.0),
    ("16.b", np.int64(54)),
    ("16.b", "54 times as much"),
    ("16.c", "80 parameters"),
    ("16.c", 80),
    ("16.c", "80"),
    ("16.d", "about the same"),
    ("16.d", "About the same."),
    ("16.d", "same"),
    ("16.d", "the same"),
    ("16.d", "unchanged"),
    ("16.d", "equal"),
    ("16.d", "similar"),
    ("16.d", "no difference"),
    ("16.d", "equally bad"),
    ("16.1", (28, 28, 6), 156),
    ("16.1", [28, 28, 6], 156.0),
    ("16.1", "28 × 28 × 6", "156"),
    ("16.1", np.array([28, 28, 6]), np.int64(156)),
    ("16.2", patch_gradient),
    ("16.2", by_the_engine),
    ("16.2", by_places),
    ("16.2", lambda x, G: patch_gradient(x, G).tolist()),
    ("16.2", lambda x, G: feature_map_of(x, G)),
    ("16.2", lambda x, G: Tensor(patch_gradient(x, G))),
    ("16.3", large),
    ("16.3", framed_by_hand),
    ("16.3", lambda x, w: large(x, Tensor(w))),
    ("16.3", lambda x, w: large(x, w).tolist()),
]


def feature_map_of(x, G):
    """The map of x with G as its patch, of any size."""
    rows, columns = x.shape[0] - G.shape[0] + 1, x.shape[1] - G.shape[1] + 1
    z = np.zeros((rows, columns))
    for i, j in np.ndindex(G.shape):
        z += x[i : i + rows, j : j + columns] * G[i, j]
    return z


def filled(rule, rows, columns, kind=float):
    """A gradient of which the first rows and columns are filled, each by rule(part of x, G)."""

    def gradient(x, G):
        found = np.zeros((3, 3), kind)
        for i in range(rows):
            for j in range(columns):
                found[i, j] = rule(x[i : i + len(G), j : j + len(G[0])], G)
        return found

    return gradient


def first_row_alone(x, w):
    z = np.zeros(x.shape)
    z[0] = large(x, w)[0]
    return z


def sticks_out(x, w):
    return [[(x[r : r + 3, c : c + 3] * w).sum() for c in range(8)] for r in range(8)]


WRONG = [  # the answer, and a word of the hint that it must bring
    ("16.a", 19, "the other way round"),
    ("16.a", 35, "subtracted"),
    ("16.a", -9, "the row is named first"),
    ("16.a", -16, "count from 0"),
    ("16.a", -22, "count from 0"),
    ("16.a", 1, "horizontal edge"),
    ("16.a", 46, "all nine squares"),
    ("16.a", 8, "right column"),
    ("16.a", -27, "left column"),
    ("16.a", 0, "not equal"),
    ("16.a", 3, "rows 1 to 3"),
    ("16.a", 27, "what does the right one see"),
    ("16.a", 11, "middle column"),
    ("16.a", -10, "row 2, column 2"),
    ("16.a", 17, "row 2, column 0"),
    ("16.a", -16, "row 1, column 1"),
    ("16.b", 37, "lower left"),
    ("16.b", 65, "middle column"),
    ("16.b", -54, "size is right"),
    ("16.b", -21, "loss itself"),
    ("16.b", 0.108, "one down"),
    ("16.b", "54 weights", "is the text"),
    ("16.c", 512, "And the biases"),
    ("16.c", 18432, "weights of the full layer"),
    ("16.b", 0, "nine places"),
    ("16.b", 9, "what lies under it"),
    ("16.b", 6, "not empty"),
    ("16.b", -1, "multiplied with"),
    ("16.b", 81, "look at what lies"),
    ("16.b", 92, "stays inside"),
    ("16.b", 35, "lower right"),
    ("16.b", 43, "upper right"),
    ("16.b", 0.054, "divide by the nudge"),
    ("16.b", 17, "nine places"),
    ("16.b", 1, "with the square under it"),
    ("16.b", 444, "what the other weights meet"),
    ("16.b", 33, "after a nudge of 1"),
    ("16.c", 8, "more than one number"),
    ("16.c", 360, "the bias is shared"),
    ("16.c", 640, "64 times"),
    ("16.c", 288, "numbers that come out"),
    ("16.c", 72, "What else"),
    ("16.c", 73, "how many biases"),
    ("16.c", 9, "there are eight"),
    ("16.c", 10, "there are eight"),
    ("16.c", "18,720", "full layer"),
    ("16.c", 2880, "places share one"),
    ("16.c", 2592, "And the biases"),
    ("16.c", 520, "not as large as the picture"),
    ("16.c", 576, "one channel"),
    ("16.c", 368, "one set for all places"),
    ("16.c", 81, "shapes have w and b"),
    ("16.d", "better", "natural hope"),
    ("16.d", "higher", "natural hope"),
    ("16.d", "worse", "no reason"),
    ("16.d", "lower", "no reason"),
    ("16.d", 45, "choices"),
    ("16.1", (32, 32, 6), 156, "stays inside"),
    ("16.1", (27, 27, 6), 156, "one place is missing"),
    ("16.1", (30, 30, 6), 156, "3 × 3"),
    ("16.1", (28, 28), 156, "six maps"),
    ("16.1", (28, 28, 1), 156, "map of its own"),
    ("16.1", (6, 28, 28), 156, "last axis"),
    ("16.1", (1, 28, 28, 6), 156, "one picture"),
    ("16.1", (5, 5, 6), 156, "shape of the weights"),
    ("16.1", (7, 7, 6), 156, "how many places"),
    ("16.1", 28, 156, "tuple"),
    ("16.1", (29, 29, 6), 156, "5 rows in 6"),
    ("16.1", (36, 36, 6), 156, "not larger"),
    ("16.1", (28, 28, 6), 25, "without its bias"),
    ("16.1", (28, 28, 6), 936, "one factor of 6"),
    ("16.1", (28, 28, 6), 906, "one factor of 6"),
    ("16.1", (28, 28, 6), 900, "one channel. And the biases"),
    ("16.1", (28, 28, 6), 150, "bias"),
    ("16.1", (28, 28, 6), 151, "of its own"),
    ("16.1", (28, 28, 6), 26, "there are six"),
    ("16.1", (28, 28, 6), 60, "3 × 3"),
    ("16.1", (28, 28, 6), 122304, "new patch for each place"),
    ("16.1", (28, 28, 6), 4704, "come out"),
    ("16.1", (28, 28, 6), 4821600, "full layer"),
    ("16.1", (28, 28, 6), 7, "how many weights"),
    ("16.1", (28, 28, 6), 31, "how many patches"),
    ("16.1", (28, 28, 6), 6144, "And the biases"),
    ("16.1", (28, 28, 6), 4816896, "full layer"),
    ("16.2", lambda x, G: patch_gradient(x, np.ones(G.shape)), "where does G come in"),
    ("16.2", lambda x, G: patch_gradient(x, G).T, "exchanged"),
    ("16.2", lambda x, G: patch_gradient(x, G)[::-1, ::-1], "half a turn"),
    ("16.2", lambda x, G: patch_gradient(x, G[::-1, ::-1]), "half a turn"),
    ("16.2", lambda x, G: patch_gradient(x, G) / G.size, "mean"),
    ("16.2", lambda x, G: x[:3, :3] * G[0, 0], "first place"),
    ("16.2", only_the_last_place, "last place"),
    ("16.2", lambda x, G: x[:3, :3], "first place"),
    ("16.2", lambda x, G: np.zeros((3, 3)), "nothing written"),
    ("16.2", lambda x, G: -patch_gradient(x, G), "sign"),
    ("16.2", lambda x, G: patch_gradient(x, G).sum(), "slope of its own"),
    ("16.2", for_eight_rows_only, "any number of rows"),
    ("16.2", rows_for_columns, "rows and columns"),
    ("16.2", lambda x, G: (x * G).sum(), "any number of rows"),
    ("16.2", lambda x, g: G, "NameError"),  # noqa: F821
    ("16.2", lambda x, G: patch_gradient(x, G) + 1, "begins at row i"),
    ("16.2", lambda x, G: feature_map(x, G), "made for 3 × 3"),
    ("16.2", filled(lambda x, G: x * G, 3, 3), "still to be added up"),
    ("16.2", side_by_side, "of all places, side by side"),
    ("16.2", filled(lambda x, G: (x @ G).sum(), 3, 3), "with a star"),
    ("16.2", filled(lambda x, G: (x * G).sum(), 1, 1), "inside a loop"),
    ("16.2", filled(lambda x, G: (x * G).sum(), 1, 3), "inside a loop"),
    ("16.2", filled(lambda x, G: (x * G).sum(), 3, 3, int), "whole numbers only"),
    ("16.2", lambda x, G: Tensor(np.zeros((3, 3))), "in .grad"),
    ("16.2", 3, "function"),
    ("16.3", feature_map, "without a frame"),
    ("16.3", lambda x, w: np.pad(feature_map(x, w), 1), "around the map"),
    ("16.3", lambda x, w: feature_map(np.pad(x, 2), w), "two squares wide"),
    ("16.3", lambda x, w: feature_map(np.pad(x, ((0, 2), (0, 2))), w), "on one side"),
    ("16.3", lambda x, w: feature_map(np.pad(x, 1, mode="edge"), w), "repeat the edge"),
    ("16.3", lambda x, w: feature_map(np.pad(x, 1, constant_values=1), w), "are empty, 0."),
    ("16.3", lambda x, w: feature_map(np.pad(x, 1, mode="wrap"), w), "ink of the picture"),
    ("16.3", lambda x, w: feature_map(np.pad(x, 1, mode="reflect"), w), "ink of the picture"),
    ("16.3", first_row_alone, "inside a loop"),
    ("16.3", lambda x, w: large(x, w).astype(int), "whole numbers only"),
    ("16.3", sticks_out, "sticks out"),
    ("16.3", lambda x, w: np.pad(x, 1) @ w, "with a star"),
    ("16.3", lambda x, w: np.pad(x, 1), "now the map of it"),
    ("16.3", lambda x, w: large(x, w.T), "exchanged"),
    ("16.3", lambda x, w: large(x, w[::-1, ::-1]), "half a turn"),
    ("16.3", lambda x, w: large(x, np.ones((3, 3))), "its weight"),
    ("16.3", lambda x, w: large(x, np.pad(w, 1)), "lay the frame around x"),
    ("16.3", lambda x, w: large(x.reshape(8, 8), w), "reshape"),
    ("16.3", lambda X, w: x, "NameError"),  # noqa: F821
]

WAITING = [
    ("16.a", ...),
    ("16.b", ...),
    ("16.c", ""),
    ("16.d", ...),
    ("16.1", ..., 156),
    ("16.1", (28, 28, 6), ...),
    ("16.2", lambda x, G: ...),
    ("16.3", lambda x, w: ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
