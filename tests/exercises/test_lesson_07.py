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


def last_layer_only(nin, nouts):
    for n, nout in zip([nin] + nouts, nouts):
        total = nout * (n + 1)
    return total


def first_product_only(w, x, b):
    for wi, xi in zip(w, x):
        return wi * xi + b


def indexed(w, x, b):
    return w[0] * x[0] + w[1] * x[1] + b


def last_product(w, x, b):
    for wi, xi in zip(w, x):
        z = wi * xi
    return z + b


def first_product_alone(w, x, b):
    for wi, xi in zip(w, x):
        return wi * xi


def last_product_alone(w, x, b):
    for wi, xi in zip(w, x):
        z = wi * xi
    return z


def without_zip(w, x, b):
    for wi, xi in w, x:
        b = b + wi * xi
    return b


def without_a_start(w, x, b):
    for wi, xi in zip(w, x):
        z = z + wi * xi  # noqa: F821, F841
    return z + b


def by_recursion(w, x, b):
    return w[0] * x[0] + by_recursion(w[1:], x[1:], b) if w else b


def with_the_bias_as_a_weight(w, x, b):
    w.append(b)
    x.append(1)
    return sum(wi * xi for wi, xi in zip(w, x))


def by_shifted_list(nin, nouts):
    nouts.insert(0, nin)
    return sum((n + 1) * nout for n, nout in zip(nouts, nouts[1:]))


def at_two_points(w1, b1, w2, b2):
    bias = w2 * b1 + b2
    return w2 * (w1 + b1) + b2 - bias, bias


def unpacked(nin, nouts):
    first, second, third = nouts
    return first * (nin + 1) + second * (first + 1) + third * (second + 1)


Z = 0.8814  # as on the page

RIGHT = [
    ("07.a", "stays"),
    ("07.a", "unchanged"),
    ("07.a", "Stays the same"),
    ("07.a", "nothing"),
    ("07.a", "doesn't move"),
    ("07.a", "does not change"),
    ("07.a", "not at all"),
    ("07.a", "stays, because 2z = 0 where z = 0"),
    ("07.b", "affine"),
    ("07.b", "one straight line"),
    ("07.b", "straight lines"),
    ("07.c", "3 hidden layers"),
    ("07.c", "three layers"),
    ("07.1", by_recursion),
    ("07.1", with_the_bias_as_a_weight),
    ("07.2", by_shifted_list),
    ("07.3", at_two_points),
    ("07.4", 1, 2, -2.5),
    ("07.4", "1", "1", "−1.5"),
    ("07.b", "line"),
    ("07.b", " Line"),
    ("07.b", "a straight line"),
    ("07.c", 3),
    ("07.c", "three"),
    ("07.c", "3"),
    ("07.c", 3.0),
    ("07.c", np.int64(3)),
    ("07.1", right_sum),
    ("07.1", lambda w, x, b: sum(wi * xi for wi, xi in zip(w, x)) + b),
    ("07.1", lambda w, x, b: b + sum([w[i] * x[i] for i in range(len(w))])),
    ("07.1", lambda w, x, b: float(np.dot(w, x) + b)),
    ("07.1", lambda w, x, b: np.dot(w, x) + b),
    ("07.1", lambda w, x, b: np.array(np.dot(w, x) + b)),
    ("07.1", lambda w, x, b: right_sum([Value(wi) for wi in w], x, Value(b))),
    ("07.2", right_count),
    ("07.2", lambda nin, nouts: MLP(nin, nouts).num_parameters()),
    ("07.2", lambda nin, nouts: len(MLP(nin, nouts).parameters())),
    ("07.2", lambda nin, nouts: np.sum([right_count(nin, nouts)])),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, b1 * w2 + b2)),
    ("07.3", lambda w1, b1, w2, b2: [w1 * w2, w2 * (0 * w1 + b1) + b2]),
    ("07.3", lambda w1, b1, w2, b2: np.array([w1 * w2, w2 * b1 + b2])),
    ("07.4", 1.0, 1.0, -1.5),
    ("07.4", 3, 2, -4),
    ("07.4", 0.5, 0.5, -0.75),
    ("07.4", np.float64(1), "1", np.array(-1.5)),
    ("07.4", Value(1.0), Value(1.0), Value(-1.9)),
    ("07.4", 1e-300, 1e-300, -1.5e-300),
    ("07.4", 1e308, 1e308, -1.5e308),
    ("07.4", 1, 1, -1.999999999999),
    ("07.5", 37),
    ("07.5", "37"),
    ("07.5", np.int64(37)),
    ("07.5", len(trace(MLP(2, [3, 1])([Value(1.0), Value(2.0)]))[0])),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("07.a", "shifts", "b alone"),
    ("07.a", "turns", "proportion of the weights changes"),
    ("07.a", "zzz", "choices: shifts, turns, stays"),
    ("07.b", "parabola", "x times x"),
    ("07.b", "corner", "relu"),
    ("07.b", "two straight pieces", "relu"),
    ("07.b", "circle", "choices: corner, line, parabola"),
    ("07.c", 4, "output layer"),
    ("07.c", 5, "inputs"),
    ("07.c", "two", "layers of their own"),
    ("07.c", 1, "each entry"),
    ("07.c", 7, "between input and output"),
    ("07.c", "many", "number is wanted"),
    ("07.1", lambda w, x, b: right_sum(w, x, 0), "bias is missing"),
    ("07.1", lambda w, x, b: math.tanh(right_sum(w, x, b)), "activation"),
    ("07.1", lambda w, x, b: sum(wi * xi + b for wi, xi in zip(w, x)), "add it once"),
    ("07.1", first_product_only, "inside the loop"),
    ("07.1", last_product, "only the last product"),
    ("07.1", lambda w, x, b: sum(w) * sum(x) + b, "pair by pair"),
    ("07.1", lambda w, x, b: w * x + b, "with zip"),
    ("07.1", indexed, "any length"),
    ("07.1", without_zip, "side by side"),
    ("07.1", lambda w, x, b: b, "keep what it adds"),
    ("07.1", lambda w, x, b: sum(wi * xi for wi in w for xi in x) + b, "one input of its own"),
    ("07.1", lambda w, x, b: right_sum(w, x, b).tanh(), "have no .tanh"),
    ("07.1", lambda w, x: right_sum(w, x, 0), "with 3 inputs, and yours has 2"),
    ("07.1", lambda w, x, b: Z, "such as z"),
    ("07.1", lambda w, x, b: sum((wi * xi) ^ 1 for wi, xi in zip(w, x)), "two stars"),
    ("07.1", lambda w, x, b: sum(wi.data * xi for wi, xi in zip(w, x)) + b, "have no .data"),
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
    ("07.1", lambda w, x, b: right_sum(w, x, 2 * b), "product by product"),
    ("07.1", lambda w, x, b: print(w), "return missing"),
    ("07.1", lambda w, x, b: [1.0], "number is wanted"),
    ("07.1", 2.0, "function"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) - sum(nouts), "weights alone"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) - sum(nouts) + len(nouts), "each layer"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) - sum(nouts) + 1, "one for the network"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) + nin, "inputs are no parameters"),
    ("07.2", lambda nin, nouts: sum(nout * (nin + 1) for nout in nouts), "the one before it"),
    ("07.2", first_layer_only, "first layer alone"),
    ("07.2", lambda nin, nouts: sum(nouts), "number of neurons"),
    ("07.2", lambda nin, nouts: nin + sum(nouts), "circles"),
    ("07.2", lambda nin, nouts: len(nouts), "number of layers"),
    (
        "07.2",
        lambda nin, nouts: sum(nouts[i] * (nouts[i - 1] + 1) for i in range(len(nouts))),
        "are the network's",
    ),
    ("07.2", lambda nin, nouts: 41, "whatever it is given"),
    ("07.2", lambda nin, nouts: nin * nouts + 1 + nouts, "in a loop"),
    ("07.2", lambda nin, nouts: nin * nouts[0] + nouts[0] * nouts[1], "any length"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) + 1, "one neuron of each layer"),
    ("07.3", lambda w1, b1, w2, b2: (w1 + w2, b1 + b2), "does not add to it"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, b1 + b2), "all of a1"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, b2), "b1 is lost"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w2 * b1), "bias of its own"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w1 * b2 + b1), "turned round"),
    ("07.3", lambda w1, b1, w2, b2: (w1, w2 * b1 + b2), "second neuron has a weight"),
    ("07.3", lambda w1, b1, w2, b2: (w2, w2 * b1 + b2), "first neuron has a weight"),
    ("07.3", lambda w1, b1, w2, b2: (b1 * w2 + b2, w1 * w2), "swapped"),
    ("07.3", lambda w1, b1, w2, b2: w1 * w2, "Two numbers"),
    ("07.3", lambda w1, b1, w2, b2: (w1 @ w2, b2), "plain numbers"),
    ("07.4", 1, 1, -2, "the sum is 0: the line"),
    ("07.4", 0.1, 0.2, -0.3, "the sum is 0: the line"),
    ("07.4", 1, 1, -3, "should be positive. There it is both weights"),
    ("07.4", -1, -1, -0.5, "both weights"),
    ("07.4", 1, 1, 0.5, "the bias alone"),
    ("07.4", 2, 1, -1.5, "one weight and the bias"),
    ("07.4", "one", 1, -1.5, "number is wanted"),
    ("07.4", math.nan, 1, -1.5, "ordinary numbers"),
    ("07.4", math.inf, 1, -1.5, "ordinary numbers"),
    ("07.5", 13, "parameters alone"),
    ("07.5", 41, "plain numbers"),
    ("07.5", 33, "its tanh, or a sum"),
    ("07.5", 36, "one by one"),
    ("07.5", 38, "one by one"),
    ("07.5", 24, "a whole kind is missing"),
    ("07.5", 50, "one after the other"),
    ("07.5", "many", "number is wanted"),
    ("07.a", "gets steeper", "proportion"),
    ("07.a", "translates", "b alone"),
    ("07.a", "turns and shifts", "choices"),
    ("07.b", "two straight lines", "relu"),
    ("07.b", "two lines", "relu"),
    ("07.b", "kink", "relu"),
    ("07.c", 40, "the neurons in them"),
    ("07.c", 0, "between the inputs"),
    ("07.c", "4 layers", "output layer"),
    ("07.1", lambda w, x, b: math.prod(w) * math.prod(x) + b, "to be added up"),
    ("07.1", lambda w, x, b: sum(wi * xi for wi in w for xi in x), "and the bias is missing"),
    ("07.1", lambda w, x, b: abs(right_sum(w, x, b)), "sign is lost"),
    ("07.1", lambda w, x, b: right_sum(w, x[::-1], b), "from the end"),
    ("07.1", lambda w, x, b: sum(w) + b, "inputs are missing"),
    ("07.1", lambda w, x, b: round(right_sum(w, x, b)), "looks rounded"),
    ("07.1", lambda w, x, b: right_sum(w, x, b) > 0, "whether the sum is positive"),
    ("07.1", lambda w, x, b: w.data * x.data + b, "A list has no .data"),
    ("07.1", lambda w, x, b: [wi * xi + b for wi, xi in zip(w, x)], "number is wanted"),
    ("07.2", lambda nin, nouts: MLP(nin, nouts), "returns a network"),
    ("07.2", lambda nin, nouts: MLP(nin, nouts).parameters(), "themselves"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts[:-1]), "last layer is missing"),
    ("07.2", lambda nin, nouts: right_count(nouts[0], nouts[1:]), "first layer is missing"),
    ("07.2", lambda nin, nouts: math.prod([nin, *nouts]), "not multiplied"),
    ("07.2", lambda nin, nouts: len(nouts.parameters()), "A list has no .parameters"),
    ("07.2", lambda nin, nouts: right_count(nin, nouts) - 1, "one neuron of each layer"),
    ("07.3", lambda w1, b1, w2, b2: w2 * (w1 * x + b1) + b2, "not among"),  # noqa: F821
    ("07.3", lambda w1, b1, w2, b2: (-1.5, 5.0), "whatever it is given"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w1 * b1 + w2 * b2), "behind its own weight"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w2 * b1 * b2), "is added, and not"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w1 * w2 * b1 + b2), "w2 alone"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, 0), "at x = 0"),
    ("07.3", lambda w1, b1, w2, b2: {w1 * w2, w2 * b1 + b2}, "Two numbers"),
    ("07.4", 0, 0, 0, "both weights 0"),
    ("07.4", 0, 0, -1, "both weights 0"),
    ("07.4", 1, -1, -0.5, "one weight and the bias"),
    ("07.5", 30, "last neuron"),
    ("07.5", 31, "three inputs"),
    ("07.b", "quadratic", "x times x"),
    ("07.b", "bend", "relu"),
    ("07.1", without_a_start, "Does z have a value"),
    ("07.1", lambda w, x, b: right_sum(self.w, x, b), "no self"),  # noqa: F821
    ("07.1", lambda w, x, b: right_sum(w, x, b + 1), "start at 1"),
    ("07.1", lambda w, x, b: 2 * b - right_sum(w, x, b), "not taken away"),
    ("07.1", lambda w, x, b: b * math.prod(w) * math.prod(x), "to be added up"),
    ("07.1", lambda w, x, b: right_sum(w[1:], x[1:], b), "counts the entries of a list from 0"),
    ("07.1", lambda w, x, b: right_sum(w[:-1], x[:-1], b), "ends at the last entry"),
    ("07.1", lambda w, x, b: right_sum(w, x, b) / len(w), "number of inputs"),
    ("07.1", lambda w, x, b: max(0, right_sum(w, x, b)), "relu's output"),
    ("07.1", lambda w, x, b: Value(right_sum(w, x, b)).sigmoid(), "sigmoid's output"),
    ("07.2", unpacked, "any length: it is tried"),
    ("07.2", lambda nin, nouts: MLP(nin, nouts, 7).num_parameters(), "rng="),
    ("07.2", lambda nin, nouts: sum(n * (n + 1) for n in nouts), "not its own"),
    (
        "07.2",
        lambda nin, nouts: sum(n * (m + 1) for n, m in zip([nin] + nouts, nouts)),
        "not to an input",
    ),
    ("07.2", lambda nin, nouts: sum(n + 1 for n in [nin] + nouts[:-1]), "how many has it"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, b1), "first bias alone"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w2 * b1 - b2), "second bias is added"),
    ("07.4", 1, 1, -2.000000000001, "should be positive"),
    ("07.b", "corner (two straight pieces)", "relu"),
    ("07.1", lambda w, x, b: right_sum(w, x, 0) * b, "not multiplied"),
    ("07.1", lambda w, x, b: right_sum(w, x, 0) - b, "bias is added, not taken away"),
    ("07.1", first_product_alone, "first product is in it, and no bias"),
    ("07.1", last_product_alone, "last product is in it, and no bias"),
    ("07.2", lambda nin, nouts: nin * sum(nouts), "and the biases are missing"),
    (
        "07.2",
        lambda nin, nouts: sum((n + 1) * (m + 1) for n, m in zip([nin] + nouts, nouts)),
        "not to the neurons",
    ),
    ("07.2", last_layer_only, "last layer alone"),
    ("07.3", lambda w1, b1, w2, b2: (w2 * (w1 + b1), b2), "not before the x"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2 + b2, w2 * b1), "in place of a1"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w1 * b1 + b2), "multiplies it later"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w2 * (b1 + b2)), "after the multiplication by w2"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, b1 * b2), "do not meet"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, w2 * (w1 + b1) + b2), "put x = 0 in"),
    ("07.3", lambda w1, b1, w2, b2: (w1 * w2, b2 - w2 * b1), "a sign is wrong"),
    ("07.5", 15, "inputs and parameters are there"),
    ("07.5", 22, "inputs and parameters are missing"),
    ("07.5", 35, "the inputs are values too"),
    ("07.5", 117, "larger network"),
    ("07.5", 4, "these are the neurons"),
]

WAITING = [
    ("07.a", ...),
    ("07.1", lambda w, x, b: ...),
    ("07.2", lambda nin, nouts: ...),
    ("07.3", lambda w1, b1, w2, b2: (..., ...)),
    ("07.4", 1, ..., ...),
    ("07.5", ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
