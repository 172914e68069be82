"""SoftmaxExplorer: probabilities, loss and gradient of three scores, those of ±1000 too."""

import functools
import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from traitlets import TraitError

from micrograd_lesson import Tensor
from micrograd_lesson.explorers import SoftmaxExplorer
from micrograd_lesson.explorers.softmax import SoftmaxPicture, share
from micrograd_lesson.losses import softmax, softmax_cross_entropy
from tests.explorers.made import (
    assert_apart_and_inside,
    boxes_of_texts,
    reused,
    text,
)

# What it computes.


@pytest.mark.parametrize("scores", [(2.0, 1.0, 0.1), (0, 0, 0), (-3, 5, 4.9), (1000, -1000, 0)])
@pytest.mark.parametrize("right", [0, 1, 2])
def test_its_numbers_are_the_engines(scores, right):
    shares = share(scores, right)
    row = Tensor([list(scores)])
    loss = softmax_cross_entropy(row, [right])
    loss.backward()
    assert shares.loss == loss.item() and np.array_equal(shares.gradient, row.grad[0])
    assert shares.probabilities == pytest.approx(softmax(row).data[0], rel=1e-14)
    one_hot = np.arange(3) == right
    assert shares.gradient == pytest.approx(shares.probabilities - one_hot)
    assert shares.loss == pytest.approx(-shares.logs[right])


def test_heights_and_the_sum_are_those_of_the_powers():
    shares = share((2.0, 1.0, 0.1), 0)
    powers = np.exp([2.0, 1.0, 0.1])
    assert shares.heights == pytest.approx(powers / powers.max())
    assert math.exp(shares.log_sum) == pytest.approx(powers.sum())
    assert share((1000, 0, -1000), 0).log_sum == 1000


# What it says.


def test_the_readout():
    assert text(reused(SoftmaxExplorer)) == (
        "e to the power of the scores: 7.389, 2.718, 1.105; their sum 11.21\n"
        "p, each divided by the sum: 0.6590, 0.2424, 0.0986\n"
        "cross-entropy = −log p of class 0 = −log 0.6590 = 0.4170\n"
        "gradient = p − (1 at class 0, 0 elsewhere): −0.3410, +0.2424, +0.0986"
    )


def test_a_thousand_overflows_nothing():
    explorer = SoftmaxExplorer((1000, -1000, 0), right=1)
    assert explorer.error == "" and "nan" not in text(explorer) and "inf" not in text(explorer)
    assert "= 2000.0000" in text(explorer) and "1.97e+434, 5.076e−435, 1;" in text(explorer)
    assert explorer.controls["score0"].value == 5  # the slider stands at its end
    explorer.controls["score0"].value = 4.9
    assert explorer.score0 == 4.9


def test_all_scores_can_be_set_at_once():
    explorer = reused(SoftmaxExplorer)
    explorer.scores = 1, 2, 3
    assert explorer.scores == (1, 2, 3) and explorer.controls["score2"].value == 3
    with pytest.raises(TraitError, match="score1 goes from −1000 to 1000; 1001 lies outside"):
        explorer.scores = 4, 1001, 4
    assert explorer.scores == (1, 2, 3)


@pytest.mark.parametrize(
    "make, kind, sentence",
    [
        (lambda: SoftmaxExplorer((1, 2)), ValueError, "three scores are needed, .* not 2"),
        (lambda: SoftmaxExplorer(3), TypeError, "three scores are needed, .* not int 3"),
        (lambda: SoftmaxExplorer("abc"), TypeError, "three scores are needed, .* not str 'abc'"),
        (
            lambda: SoftmaxExplorer((1, math.nan, 2)),
            TraitError,
            "score1 goes from −1000 to 1000; nan",
        ),
        (lambda: SoftmaxExplorer(right=3), TraitError, "right goes from 0 to 2; 3 lies outside"),
        (lambda: SoftmaxExplorer(right="cat"), TraitError, "right"),
    ],
)
def test_what_it_cannot_show_is_refused(make, kind, sentence):
    with pytest.raises(kind, match=sentence):
        make()


# The picture.


the_picture = functools.cache(SoftmaxPicture)


def made(scores, right):
    picture = the_picture()
    picture.update(share(scores, right))
    return picture


def points(line):
    return [tuple(place) for place in np.transpose(line.get_data()).tolist()]


def test_arrows_go_down_where_p_is_too_high_and_up_at_the_right_class():
    picture = made((2.0, 1.0, 0.1), 1)
    assert points(picture.scores) == [(0, 2.0), (1, 1.0), (2, 0.1)]
    assert [k for k, _ in points(picture.up)] == [1] and [k for k, _ in points(picture.down)] == [
        0,
        2,
    ]
    shafts = np.array(points(picture.shafts)).reshape(3, 3, 2)[:, :2, 1]  # from, to; up first
    gradient = share((2.0, 1.0, 0.1), 1).gradient[[1, 0, 2]]
    assert np.diff(shafts)[:, 0] == pytest.approx(-4 * gradient)
    assert [picture.pulls[k] for k in range(3)] == ["+0.659", "−0.758", "+0.099"]


def test_bars_and_what_they_should_be():
    picture = made((2.0, 1.0, 0.1), 1)
    shares = share((2.0, 1.0, 0.1), 1)
    for line, heights in (
        (picture.powers, shares.heights),
        (picture.probabilities, shares.probabilities),
    ):
        assert np.array(points(line)).reshape(3, 3, 2)[:, 1, 1] == pytest.approx(heights)
    targets = np.array(points(picture.targets)).reshape(3, 3, 2)
    assert targets[:, 0, 1].tolist() == [0, 1, 0]
    assert [picture.shares[k] for k in range(3)] == ["0.659", "0.242", "0.099"]
    assert picture.shares.bold == {1} and picture.right.places["class"][0] == 1


def test_scores_beyond_the_axes_are_triangles_at_the_edge():
    picture = made((1000, -7, 5), 0)
    assert points(picture.above) == [(0, 5)] and points(picture.below) == [(1, -5)]
    assert points(picture.scores) == [(2, 5)]


def test_where_nothing_pulls_no_arrow_is_drawn():
    picture = made((1000, 0, 0), 0)
    assert points(picture.up) == points(picture.down) == []
    assert picture.alt.endswith("+0.000: there is nothing left to learn here.")


def test_the_alt_text_says_the_numbers():
    assert made((2.0, 1.0, 0.1), 0).alt == (
        "Class 0 is right. The softmax gives the three classes the probabilities 0.659, 0.242, "
        "0.099; the cross-entropy is 0.417. The gradients of the scores are −0.341, +0.242, "
        "+0.099: a step against them raises the score of class 0 and lowers the others."
    )


@pytest.mark.slow
@pytest.mark.parametrize("scores", [(2.0, 1.0, 0.1), (5, 5, 5), (1000, -1000, 5), (-5, -5, 5)])
def test_all_of_it_can_be_read_and_lies_inside(scores):
    picture = made(scores, 1)
    renderer = FigureCanvasAgg(picture).get_renderer()
    seen = boxes_of_texts(picture)
    for ax in picture.axes:
        seen += [label.get_window_extent(renderer) for label in ax.get_xticklabels() if ax.axison]
    assert_apart_and_inside(seen, picture)
