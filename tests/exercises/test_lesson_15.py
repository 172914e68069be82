"""The exercises of lesson 15: right answers pass, wrong ones are told why, empty ones wait. And its network reads."""

import math
import random

import numpy as np
import pytest

from micrograd_lesson import Tensor, Value
from micrograd_lesson.data import batches, digits, shift
from micrograd_lesson.losses import softmax_cross_entropy
from micrograd_lesson.optim import Adam
from micrograd_lesson.tensor_nn import MLP
from tests.exercises.answers import check_tables


def stable(z, label):
    top = max(z)
    return math.log(sum(math.exp(s - top) for s in z)) - (z[label] - top)


def softmax(z):
    e = [math.exp(s) for s in z]
    return [x / sum(e) for x in e]


def shifted_by_the_first(z, label):
    return math.log(sum(math.exp(s - z[0]) for s in z)) - (z[label] - z[0])


def largest_on_its_own(z, label):
    """Ties are forgotten: the largest counts once, the others only where they are smaller."""
    top = max(z)
    return math.log(1 + sum(math.exp(s - top) for s in z if s < top)) - (z[label] - top)


def shifted_in_numpy(z, label):
    with np.errstate(over="ignore"):
        return np.log(np.exp(np.subtract(z, z[0])).sum()) - (z[label] - z[0])


def far_out_by_the_distance(z, label):
    """Where scores are far apart, the distance to the largest, which forgets that two may be largest."""
    return stable(z, label) if max(z) - min(z) < 100 else max(z) - z[label]


def with_numpy(z, label):
    z = np.array(z)
    with np.errstate(all="ignore"):
        return -np.log(np.exp(z) / np.exp(z).sum())[label]


def stable_softmax(z):
    e = np.exp(np.array(z) - max(z))
    return e / e.sum()


def through_a_stable_softmax(z, label):
    with np.errstate(divide="ignore"):
        return -np.log(stable_softmax(z)[label])


RIGHT = [
    ("15.b", "lower"),
    ("15.b", " Lower"),
    ("15.a", "stays"),
    ("15.a", "the same"),
    ("15.1", stable),
    ("15.1", lambda z, label: softmax_cross_entropy(Tensor([z]), [label]).item()),
    ("15.1", lambda z, label: sum((Value(s - max(z))).exp() for s in z).log() + max(z) - z[label]),
    ("15.1", lambda z, label: np.logaddexp.reduce(z) - z[label]),
    ("15.2", 1.204, 0.6, -0.7, 0.1),
    ("15.2", 1.2, 0.6, -0.7, 0.1),
    ("15.2", Value(-math.log(0.3)), 0.6, -0.7, 0.1),
    ("15.2", 1.204, 0.6, -0.7, 0.1),
    ("15.2", 1.204, 0.6, 0.3 - 1, Value(0.1)),
    ("15.3", "training", "validation", "test", "validation"),
    ("15.3", "Train", "validation set", "Test", "val"),
    ("15.3", "the training set", "The validation set", "the test set", "the validation"),
]

RIGHT += [
    ("15.a", "unchanged"),
    ("15.a", "nothing"),
    ("15.a", "nothing changes"),
    ("15.a", "identical"),
    ("15.b", "about 0.1"),
    ("15.a", 0.659),
    ("15.b", "below"),
    ("15.b", "less"),
    ("15.2", np.float64(1.2), 0.6, np.float64(-0.7), np.array(0.1)),
    (
        "15.1",
        lambda z, label: -(z[label] - max(z) - math.log(sum(math.exp(s - max(z)) for s in z))),
    ),
    ("15.3", "training set", "validation", "TEST", "valid"),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("15.b", "higher", "uncommonly well"),
    ("15.b", "the same", "300 guessers"),
    ("15.b", "30", "choices"),
    ("15.a", "falls", "differences"),
    ("15.a", "rises", "below the line"),
    ("15.a", "nan", "choices"),
    ("15.a", "0", "choices"),
    ("15.a", 0, "choices"),
    ("15.1", lambda z, label: stable(z, label) + z[label] - max(z), "still to be subtracted"),
    ("15.1", lambda z, label: math.log(sum(map(math.exp, z))) + z[label], "the sign: the score"),
    ("15.1", lambda z, label: stable(z, label) + z[label] - z[0], "always takes the first"),
    (
        "15.1",
        lambda z, label: sum(math.exp(s - max(z)) for s in z) - (z[label] - max(z)),
        "logarithm of the sum is missing",
    ),
    ("15.1", lambda z, label: -math.log(z[label]), "an exponential never is"),
    ("15.1", lambda z, label: softmax(z)[label], "probability"),
    ("15.1", lambda z, label: -stable(z, label), "sign"),
    ("15.1", lambda z, label: -z[label], "sum over all scores is missing"),
    ("15.1", lambda z, label: math.log(sum(map(math.exp, z))), "subtract it"),
    ("15.1", lambda z, label: stable(z, label) - max(z), "label's score too"),
    ("15.1", lambda z, label: -math.log10(softmax(z)[label]), "base 10"),
    ("15.1", lambda z, label: -math.log2(softmax(z)[label]), "base 2"),
    ("15.1", lambda z, label: 1 - softmax(z)[label], "lacks"),
    ("15.1", lambda z, label: sum(stable(z, k) for k in range(len(z))), "only the label"),
    ("15.1", lambda z, label: 1.4170, "follow the formula"),
    ("15.1", lambda z, label: -math.log(softmax(z)[label]), "OverflowError"),
    ("15.1", lambda z, label: math.log(sum(map(math.exp, z))) - z[label], "larger than any float"),
    ("15.1", lambda z, label: -math.log(stable_softmax(z)[label]), "stopped with ValueError"),
    (
        "15.1",
        shifted_by_the_first,
        "Right for small scores. For [-1000.0, 1000.0] it stopped with OverflowError",
    ),
    ("15.1", shifted_in_numpy, "yours is inf"),
    ("15.1", far_out_by_the_distance, "two scores are the largest"),
    ("15.1", largest_on_its_own, "follow the formula"),
    ("15.1", with_numpy, "yours is nan"),
    ("15.1", through_a_stable_softmax, "yours is inf"),
    ("15.1", lambda z, label: -math.log(stable_softmax(z)[label] + 1e-12), "puts a limit"),
    ("15.1", 1.417, "function"),
    ("15.1", lambda z, label: z + label, "list of numbers"),
    ("15.2", math.log(0.3), 0.6, -0.7, 0.1, "sign"),
    ("15.2", -math.log(0.6), 0.6, -0.7, 0.1, "largest probability"),
    ("15.2", -math.log(0.1), 0.6, -0.7, 0.1, "counted from 0"),
    ("15.2", 0.3, 0.6, -0.7, 0.1, "probability of the label"),
    ("15.2", 0.7, 0.6, -0.7, 0.1, "lacks"),
    ("15.2", -math.log10(0.3), 0.6, -0.7, 0.1, "base 10"),
    ("15.2", 0.898, 0.6, -0.7, 0.1, "entropy of the three"),
    ("15.2", 1.21, 0.6, -0.7, 0.1, "that the label got"),
    ("15.2", 3, 0.6, -0.7, 0.1, "that the label got"),
    ("15.2", math.nan, 0.6, -0.7, 0.1, "that the label got"),
    ("15.2", 1.204, 0.6, 0.3, 0.1, "these are the probabilities"),
    ("15.2", 1.204, -0.6, 0.7, -0.1, "sign"),
    ("15.2", 1.204, -0.4, 0.3, 0.1, "largest probability"),
    ("15.2", 1.204, 0.6, 0.3, -0.9, "count from 0"),
    ("15.2", 1.204, 0, -0.7, 0, "below the line"),
    ("15.2", 1.204, 0, -1 / 0.3, 0, "before softmax"),
    ("15.2", 1.204, 0.5, -0.7, 0.1, "add up to 0"),
    ("15.2", 1.204, 0.5, -0.6, 0.1, "belongs to the label"),
    ("15.3", "test", "validation", "test", "validation", "one set only"),
    ("15.3", "training", "training", "test", "validation", "never asks you to stop"),
    ("15.3", "training", "test", "test", "validation", "only after"),
    ("15.3", "training", "validation", "validation", "validation", "decided nothing"),
    ("15.3", "training", "validation", "test", "test", "choose nothing"),
    ("15.3", "training", "validation", "test", "training", "two settings"),
    ("15.3", "training", "validation", "test", "all", "choices"),
]


def forgotten_bracket(z, label):
    top = max(z)
    return math.log(sum(math.exp(s - top) for s in z)) - z[label] - top


def logarithm_of_all(z, label):
    top = max(z)
    return math.log(sum(math.exp(s - top) for s in z) - (z[label] - top))


def mean_over_classes(z, label):
    return sum(stable(z, k) for k in range(len(z))) / len(z)


WRONG += [
    ("15.a", "becomes 1/3", "differences"),
    ("15.b", "similar", "300 guessers"),
    ("15.1", forgotten_bracket, "turns both signs"),
    ("15.1", logarithm_of_all, "inside the logarithm"),
    ("15.1", lambda z, label: sum(math.log(math.exp(s)) for s in z) - z[label], "of the sum"),
    ("15.1", lambda z, label: z[-1] - z[label], "only the last"),
    ("15.1", lambda z, label: math.log(sum(2.718**s for s in z)) - z[label], "too short for e"),
    ("15.2", 1.2, 0.6, -0.3, 0.1, "the sign alone"),
    ("15.2", 1.2, 0.6, -1, 0.1, "does not replace"),
    ("15.1", lambda z, label: stable(z, label) / len(z), "number of classes"),
    ("15.1", lambda z, label: stable(z, 1), "follow the formula"),
    ("15.1", lambda z, label: stable(z, label - 1), "counts from 0"),
    ("15.2", 1.19, 0.6, -0.7, 0.1, "that the label got"),
    ("15.2", 1.2, 0.6, 0.7, 0.1, "sign in the middle"),
    ("15.2", 1.2, -0.7, 0.6, 0.1, "belongs to the label"),
    ("15.2", 1.2, 0.4, -0.3, -0.1, "wrong way round"),
    ("15.1", lambda z, label: max(z) - z[label], "distance to the largest only"),
    ("15.1", lambda z, label: stable(z, label) + max(z), "once too often"),
    ("15.1", mean_over_classes, "mean over all classes"),
    ("15.2", -math.log2(0.3), 0.6, -0.7, 0.1, "base 2"),
    ("15.2", 4.017, 0.6, -0.7, 0.1, "adds up all three"),
    ("15.2", 1.2, -0.4, -0.7, -0.9, "at the label only"),
    ("15.2", 1.2, 0.36, 0.09, 0.01, "squared"),
    ("15.2", 1.2, 0, -1, 0, "minus one-hot"),
    ("15.2", 1.2, 0, 1, 0, "this is the one-hot"),
]

WAITING = [
    ("15.b", ...),
    ("15.a", ""),
    ("15.1", lambda scores, label: ...),
    ("15.2", ..., 0.6, -0.7, 0.1),
    ("15.2", 1.2, 0.6, ..., 0.1),
    ("15.2", 1.204, 0.6, ..., 0.1),
    ("15.3", "training", ..., "test", "validation"),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_lessons_network_reads_unseen_digits(seed):
    (X, y), _, (X_test, y_test) = digits(seed=seed)
    moves = (0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)
    X, y = np.concatenate([shift(X, *move) for move in moves]), np.tile(y, len(moves))
    net = MLP(64, [256, 10], "relu", "linear", rng=random.Random(seed), scaled=True)
    optimiser, rng = Adam(net.parameters()), np.random.default_rng(0)
    for epoch in range(20):
        optimiser.rate = 0.008 * (1 - epoch / 20)
        for X_batch, y_batch in batches(X, y, 64, rng):
            loss = softmax_cross_entropy(net(X_batch), y_batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    assert (net(X_test).data.argmax(axis=1) == y_test).mean() >= 0.97
