"""DigitExplorer: its probabilities are the network's, of the digit as it was moved."""

import re

import numpy as np
import pytest

from micrograd_lesson.data import digits, shift
from micrograd_lesson.explorers import DigitExplorer
from micrograd_lesson.losses import softmax, softmax_cross_entropy
from tests.explorers.made import readers, text

X, y = digits()[1]


@pytest.mark.parametrize(
    "example, right, down, network", [(0, 0, 0, "one"), (7, 1, -2, "other"), (299, -3, 3, "one")]
)
def test_it_shows_what_the_network_says_to_the_moved_digit(example, right, down, network):
    explorer = DigitExplorer(readers(), X, y)
    explorer.network = network
    explorer.example, explorer.right, explorer.down = example, right, down
    scores = readers()[network](shift(X[[example]], right, down))
    shares, label = softmax(scores).data[0], y[example]
    best = shares.argmax()
    assert (
        f"Example {example}, a {label}, moved {right:+d} to the right and {down:+d} down"
        in text(explorer)
    )
    assert f"says {best}, with probability {shares[best]:.3f}: " + (
        "right" if best == label else "wrong"
    ) in text(explorer)
    assert text(explorer).endswith(
        f"probability of {label}: {softmax_cross_entropy(scores, [label]).item():.3f}"
    )
    shown = [words[:5] for words in re.findall(r">([01]\.\d{3}[^<]*)<", explorer.view.moving)]
    assert shown == [f"{p:.3f}" for p in shares]


def test_scores_far_out_do_not_overflow():
    far = {"far": lambda image: readers()["one"](image) * 1e4}
    explorer = DigitExplorer(far, X, y)
    assert explorer.error == "" and "nan" not in text(explorer) and "inf" not in text(explorer)


def test_its_state_can_be_given_at_the_start():
    explorer = DigitExplorer(readers(), X[:5], y[:5], example=4, right=-1, network="other")
    assert (explorer.controls["example"].value, explorer.controls["network"].value) == (4, "other")
    assert f"Example 4, a {y[4]}, moved -1 to the right" in text(explorer)
    assert explorer.controls["example"].max == 4


@pytest.mark.parametrize(
    "networks, X, y", [({}, X, y), (readers(), X, y[:-1]), (readers(), X[:0], y[:0])]
)
def test_it_refuses_what_it_cannot_show(networks, X, y):
    with pytest.raises(
        ValueError, match=f"not {len(networks)} networks, {len(X)} digits and {len(y)} labels"
    ):
        DigitExplorer(networks, X, y)


def test_it_leaves_the_digits_as_they_are():
    kept = X.copy()
    explorer = DigitExplorer(readers(), X, y)
    explorer.right = 3
    assert np.array_equal(kept, X)
