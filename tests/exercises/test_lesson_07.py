"""The exercises of lesson 07: right answers pass, wrong ones are told why, empty ones wait."""

import math

import numpy as np

from micrograd_lesson import MLP, Value, trace
from tests.exercises.answers import check_tables


def right_sum(w, x, b):
    for wi, xi in zip(w, x):
        b = b + wi * xi
    return b


def right_count(nin, nouts):
    return sum(nout * (n + 1) for n, nout in zip([nin] + nouts, nouts))


def first_layer_only(nin, nouts):
    for nout in nouts:
        return nout * (nin + 1)


def first_product_only(w, x, b):
    for wi, xi in zip(w, x):
        return wi * xi + b


RIGHT = [
    ("07.a", "line"),
    ("07.a", " Line"),
    ("07.b", "stays"),
    ("07.c", 3),
    ("07.c", "three"),
    ("07.c", 3.0),
    ("07.1", right_sum),
    ("07.1", lambda w, x, b: float(np.dot(w, x) + b)),
    ("07.1", lambda w, x, b: np.dot(w, x) + b),
    ("07.1", lambda w, x, b: right_sum([Value(wi) for wi in w], x, Value(b))),
    ("07.2", right_count),
    ("07.2", lambda nin, nouts: MLP(nin, nouts).num_parameters()),
    ("07.2", lambda nin, nouts: np.sum([right_count(nin, nouts)])),
    ("07.3", 37),
    ("07.3", len(trace(MLP(2, [3, 1])([Value(1.0), Value(2.0)]))[0])),
    ("07.4", lambda w1, b1, w2, b2: (w1 * w2, b1 * w2 + b2)),
    ("07.4", lambda w1, b1, w2, b2: [w1 * w2, w2 * (0 * w1 + b1) + b2]),
    ("07.5", 1.0, 1.0, -1.5),
    ("07.5", 3, 2, -4),
    ("07.5", 0.5, 0.5, -0.75),
    ("07.5", Value(1.0), Value(1.0), Value(-1.9)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("07.a", "parabola", "x times x"),
    ("07.a", "corner", "relu"),
    ("07.a", "circle", "choices"),
    ("07.b", "shifts", "b alone"),
    ("07.b", "turns", "proportion of the weights changes"),
    ("07.c", 4, "output layer"),
    ("07.c", 5, "Inputs"),
    ("07.c", "two", "same size"),
    ("07.1", lambda w, x, b: right_sum(w, x, 0), "bias is missing"),
    ("07.1", lambda w, x, b: math.tanh(right_sum(w, x, b)), "activation"),
    ("07.1", lambda w, x, b: sum(wi * xi + b for wi, xi in zip(w, x)), "add it once"),
    ("07.1", first_product_only, "inside the loop"),
    ("07.1", lambda w, x, b: sum(w) * sum(x) + b, "pair by pair"),
    ("07.1", lambda w, x, b: w * x + b, "with zip"),
    (
        "07.1",
        lambda w, x, b: sum(wi + xi for wi, xi in zip(w, x)),
        "multiplies its input, and the bias",
    ),
    (
        "07.1",
        lambda w, x, b: sum(wi + xi for wi, xi in zip(w, x)) + b,
        "a weight multiplies its input.",
    ),
    ("07.1", lambda w, x, b: 6.5, "write down each"),
    ("07.1", lambda w, x, b: print(w), "return missing"),
    ("07.1", lambda w, x, b: [1.0], "number is wanted"),
    ("07.1", 2.0, "function"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) - sum(nouts), "weights alone"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) - sum(nouts) + len(nouts), "each layer"),
    ("07.2", lambda nin, nouts: sum(nout * (nin + 1) for nout in nouts), "the one before it"),
    ("07.2", first_layer_only, "first layer alone"),
    ("07.2", lambda nin, nouts: sum(nouts), "number of neurons"),
    ("07.2", lambda nin, nouts: 41, "one weight for each"),
    ("07.3", 13, "parameters alone"),
    ("07.3", 41, "plain numbers"),
    ("07.3", 33, "tanh"),
    ("07.3", 50, "2n + 1"),
    ("07.4", lambda w1, b1, w2, b2: (w1 + w2, b1 + b2), "weights multiply"),
    ("07.4", lambda w1, b1, w2, b2: (w1 * w2, b1 + b2), "all of h"),
    ("07.4", lambda w1, b1, w2, b2: (w1 * w2, b2), "b1 is lost"),
    ("07.4", lambda w1, b1, w2, b2: (b1 * w2 + b2, w1 * w2), "swapped"),
    ("07.4", lambda w1, b1, w2, b2: w1 * w2, "Two numbers"),
    ("07.5", 1, 1, -2, "exactly 0"),
    ("07.5", 1, 1, -3, "should be positive"),
    ("07.5", 1, 1, 0.5, "bias must be negative"),
    ("07.5", 2, 1, -1.5, "One weight alone"),
    ("07.5", "one", 1, -1.5, "number is wanted"),
    ("07.5", math.nan, 1, -1.5, "should be negative"),
]

WAITING = [
    ("07.a", ...),
    ("07.1", lambda w, x, b: ...),
    ("07.2", lambda nin, nouts: ...),
    ("07.4", lambda w1, b1, w2, b2: (..., ...)),
    ("07.5", 1, ..., ...),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)
