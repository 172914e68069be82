"""Letters drawn by chance: the right shares, the temperature, and names that end."""

import random

import numpy as np
import pytest

from micrograd_lesson.data import LETTERS
from micrograd_lesson.tensor import Tensor
from micrograd_lesson.tensor_nn import sample, write
from tests.refusals import refusal


def scores_for(letter):
    """Scores that leave no choice."""
    scores = np.full(27, -1000.0)
    scores[LETTERS.index(letter)] = 0
    return scores


def spell(name):
    """A model that writes this name whatever happens."""

    def next_scores(text):
        assert name.startswith(text)
        return scores_for((name + ".")[len(text)])

    return next_scores


def drawn_shares(scores, temperature=1.0, draws=2000):
    rng = np.random.default_rng(0)
    drawn = [sample(scores, rng, temperature) for _ in range(draws)]
    return np.bincount(drawn, minlength=len(scores)) / draws


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_letters_are_drawn_in_the_shares_of_the_softmax(temperature):
    scores = np.array([0.0, 1.0, 2.0, -1.0])
    powers = np.exp(scores / temperature)
    expected = powers / powers.sum()
    # Each share of 2,000 draws lies within 4 standard deviations.
    room = 4 * np.sqrt(expected * (1 - expected) / 2000)
    assert (np.abs(drawn_shares(scores, temperature) - expected) <= room).all()


def test_scores_may_be_large_and_infinitely_small():
    assert drawn_shares([1000.0, 1000.0 + np.log(3), -np.inf], draws=400)[2] == 0
    assert drawn_shares(np.array([1000.0, 999.0]), 1e-3, draws=50)[0] == 1


def test_the_same_seed_draws_the_same():
    runs = []
    for _ in range(2):
        rng = np.random.default_rng(5)
        runs.append([sample(Tensor([1.0, 2.0, 3.0]), rng) for _ in range(20)])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) > 1
    assert type(runs[0][0]) is int


def test_the_temperature_is_1_unless_it_is_said():
    scores = np.linspace(0, 3, 27)
    for seed in range(20):
        a, b = np.random.default_rng(seed), np.random.default_rng(seed)
        assert sample(scores, a) == sample(scores, b, temperature=1.0)
        assert write(lambda text: scores, a) == write(lambda text: scores, b, temperature=1.0)


def test_a_name_ends_at_the_point():
    assert write(spell("emma"), np.random.default_rng(0)) == "emma"
    assert write(spell(""), np.random.default_rng(0)) == ""


def test_a_name_ends_after_the_longest():
    rng = np.random.default_rng(0)
    assert write(lambda text: scores_for("a"), rng) == "a" * 12
    assert write(lambda text: scores_for("a"), rng, longest=3) == "aaa"


def test_the_temperature_reaches_every_letter():
    scores = scores_for("a") * 0.01 + np.eye(27)[1] * 2  # "a" likelier than each of the others
    cold = write(lambda text: scores, np.random.default_rng(0), temperature=0.01)
    assert cold == "a" * 12
    hot = {write(lambda text: scores, np.random.default_rng(i), temperature=100) for i in range(9)}
    assert len(hot) > 5


@pytest.mark.parametrize(
    "call, exception, words",
    [
        (lambda: sample([[1.0]], np.random.default_rng(0)), ValueError, "not shape (1, 1)."),
        (lambda: sample([], np.random.default_rng(0)), ValueError, "not shape (0,)."),
        (
            lambda: sample([np.nan, 1], np.random.default_rng(0)),
            ValueError,
            "sample needs scores without nan",
        ),
        (lambda: sample(["a"], np.random.default_rng(0)), TypeError, "sample needs real numbers"),
        (lambda: sample([1.0], 0), TypeError, "rng needs a NumPy Generator, such as"),
        (lambda: sample([1.0], random.Random(0)), TypeError, "not Random."),
        (lambda: sample([1.0], np.random.default_rng(0), 0), ValueError, "above 0, not 0."),
        (lambda: sample([1.0], np.random.default_rng(0), "1"), ValueError, "above 0, not '1'."),
        (lambda: sample([-np.inf] * 3, np.random.default_rng(0)), ValueError, "largest a finite"),
        (lambda: sample([0, np.inf], np.random.default_rng(0)), ValueError, "largest a finite"),
        (
            lambda: write(lambda text: None, np.random.default_rng(0)),
            TypeError,
            "write needs real numbers in a regular shape, not NoneType None.",
        ),
        (
            lambda: write(lambda text: [0.0] * 26, np.random.default_rng(0)),
            ValueError,
            "next_scores must give 27 scores, one for each of .abcdefghijklmnopqrstuvwxyz, not 26.",
        ),
    ],
)
def test_refused_in_a_sentence(call, exception, words):
    assert words in refusal(call, exception)
