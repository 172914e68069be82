"""What a network says to a digit, without widgets; and what a learner's data must be."""

import math

import numpy as np
import pytest

from micrograd_lesson import MLP, Tensor
from micrograd_lesson.data import digits
from micrograd_lesson.explorers.digits import Reading, read
from micrograd_lesson.explorers.digits.reading import checked_digits, checked_networks
from micrograd_lesson.losses import softmax, softmax_cross_entropy
from tests.explorers.made import readers

X, y = digits()[1]


@pytest.mark.parametrize("example", [0, 7, 299])
def test_probabilities_and_loss_are_those_of_the_losses(example):
    network = readers()["one"]
    scores = network(X[[example]])
    seen = read(network, X[example], y[example])
    shares = softmax(scores).data[0]
    assert seen.probabilities == pytest.approx(shares)
    assert seen.answer == shares.argmax() and seen.is_right == (seen.answer == y[example])
    assert seen.probability(3) == pytest.approx(shares[3])
    assert seen.cross_entropy == pytest.approx(softmax_cross_entropy(scores, y[[example]]).item())
    assert seen.label == y[example] and isinstance(seen.label, int)


def test_scores_far_out_do_not_overflow():
    seen = read(lambda image: Tensor([[1e5, *[0] * 9]]), X[0], 3)
    assert seen.cross_entropy == 1e5 and seen.probability(0) == 1 and seen.probability(3) == 0


def test_the_loss_of_a_sure_answer_is_zero_without_a_sign():
    sure = Reading(X[0], 0, np.array([-0.0, *[-math.inf] * 9]))
    assert math.copysign(1, sure.cross_entropy) == 1 and sure.is_right


@pytest.mark.parametrize(
    "scores, words",
    [
        (Tensor(np.zeros((1, 9))), r"not Tensor of shape \(1, 9\)\.$"),
        (Tensor(np.zeros(10)), r"not Tensor of shape \(10,\)\.$"),
        (np.zeros((1, 10)), r"not ndarray of shape \(1, 10\)\.$"),
        ([0] * 10, r"not list\.$"),
    ],
)
def test_other_scores_are_refused(scores, words):
    with pytest.raises(ValueError, match=r"^a Tensor of shape \(1, 10\) is needed, " + words):
        read(lambda image: scores, X[0], 0)


def test_networks_are_tried_before_anything_is_shown():
    kept = checked_networks(readers(), X[0])
    assert list(kept) == ["one", "other"]
    for networks in (readers()["one"], [readers()["one"]], {1: readers()["one"]}):
        with pytest.raises(
            TypeError, match='^networks is a dict from names to networks, such as {"'
        ):
            checked_networks(networks, X[0])
    with pytest.raises(ValueError, match="^networks is empty; at least one is needed"):
        checked_networks({}, X[0])
    for network in (MLP(64, [10]), MLP(2, [2, 2]), lambda image: [][1], None):
        with pytest.raises(
            ValueError, match=r"^the network 'mine' does not take an array of shape \(1, 64\) and "
        ):
            checked_networks({"good": readers()["one"], "mine": network}, X[0])


def test_digits_are_taken_as_they_are():
    X2, y2 = checked_digits(X[:5].tolist(), [int(label) for label in y[:5]])
    assert np.array_equal(X2, X[:5]) and np.array_equal(y2, y[:5]) and y2.dtype == int


@pytest.mark.parametrize(
    "X, y, words",
    [
        (X[:0], y[:0], r"^X needs the shape \(n, 64\), .* not \(0, 64\)\.$"),
        (X[0], y[:1], r"^X needs the shape \(n, 64\), .* not \(64,\)\.$"),
        (X[:, :63], y, r"not \(300, 63\)\.$"),
        (X[:2].reshape(2, 8, 8), y[:2], r"not \(2, 8, 8\)\.$"),
        ([[0.5] * 64, [0.5]], y[:2], "^X is no array: its rows differ in length"),
        (X, y[:-1], r"^y needs one label for each of 300 digits, not the shape \(299,\)\.$"),
        (X[:1], 3, r"^y needs one label for each of 1 digits, not the shape \(\)\.$"),
        (16 * X, y, "^the ink in X goes from 0 to 1; divide by 16 where"),
        (X - 0.1, y, "^the ink in X goes from 0 to 1"),
        (np.full((1, 64), np.nan), y[:1], "^the ink in X goes from 0 to 1"),
        (X, y + 1, "^each label in y is a whole number from 0 to 9"),
        (X, y + 0.5, "^each label in y is a whole number from 0 to 9"),
        (X[:2], ["1", "2"], "^each label in y is a whole number from 0 to 9"),
    ],
)
def test_other_digits_are_refused(X, y, words):
    with pytest.raises(ValueError, match=words):
        checked_digits(X, y)
