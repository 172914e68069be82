"""DigitExplorer: its probabilities are the network's, of the digit as it was moved."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from traitlets import TraitError

from micrograd_lesson.data import digits, shift
from micrograd_lesson.explorers import DigitExplorer
from micrograd_lesson.explorers.digits import Reading, ReadingPicture
from micrograd_lesson.explorers.page import page
from micrograd_lesson.explorers.texts import Texts
from micrograd_lesson.losses import softmax, softmax_cross_entropy
from micrograd_lesson.words import signed
from tests.explorers.made import readers, reused, text

X, y = digits()[1]


def with_both():
    return DigitExplorer(readers(), X, y)


@pytest.mark.slow
@pytest.mark.parametrize(
    "example, right, down, network", [(0, 0, 0, "one"), (7, 1, -2, "other"), (299, -3, 3, "one")]
)
def test_it_shows_what_the_network_says_to_the_moved_digit(example, right, down, network):
    explorer = reused(with_both)
    explorer.network = network
    explorer.example, explorer.right, explorer.down = example, right, down
    scores = readers()[network](shift(X[[example]], right, down))
    shares, label = softmax(scores).data[0], y[example]
    best = shares.argmax()
    moved = f"moved {signed(right, 0)} to the right and {signed(down, 0)} down"
    assert f"Example {example}, a {label}, {moved}" in text(explorer)
    assert f"says {best}, with probability {shares[best]:.3f}: " + (
        "right" if best == label else "wrong"
    ) in text(explorer)
    assert text(explorer).endswith(
        f"probability of {label}: {softmax_cross_entropy(scores, [label]).item():.3f}"
    )
    numbers = explorer.picture.numbers
    assert [numbers[digit] for digit in range(10)] == [f"{p:.3f}" for p in shares]


def test_scores_far_out_do_not_overflow():
    far = {"far": lambda image: readers()["one"](image) * 1e4}
    explorer = DigitExplorer(far, X, y)
    assert explorer.error == "" and "nan" not in text(explorer) and "inf" not in text(explorer)


def test_its_state_can_be_given_at_the_start():
    explorer = DigitExplorer(readers(), X[:5], y[:5], example=4, right=-1, network="other")
    assert (explorer.controls["example"].value, explorer.controls["network"].value) == (4, "other")
    assert f"Example 4, a {y[4]}, moved −1 to the right" in text(explorer)
    assert explorer.controls["example"].max == 4


def test_it_refuses_what_it_cannot_show():
    with pytest.raises(ValueError, match="networks is empty"):
        DigitExplorer({}, X, y)
    with pytest.raises(ValueError, match="one label for each of 300 digits"):
        DigitExplorer(readers(), X, y[:-1])
    with pytest.raises(ValueError, match="the network 'small' does not take"):
        DigitExplorer({"small": lambda image: readers()["one"](image[:, :32])}, X, y)


def test_an_unknown_network_is_refused_and_changes_nothing():
    explorer = reused(with_both)
    before = text(explorer)
    with pytest.raises(TraitError, match="^there is no network 'best'; there are 'one', 'other'.$"):
        explorer.network = "best"
    assert (explorer.network, text(explorer)) == ("one", before)
    with pytest.raises(TraitError, match="there is no network"):
        DigitExplorer(readers(), X, y, network="best")


@pytest.mark.slow
def test_a_name_is_no_markup():
    names = {"<b onclick=alert(1)>&": readers()["one"]}
    explorer = DigitExplorer(names, X, y)
    assert "<b onclick" not in page(explorer, "data:,")
    assert "onclick" not in explorer.view.readout + explorer.view.moving + explorer.view.still


def test_it_leaves_the_digits_as_they_are():
    kept = X.copy()
    explorer = reused(with_both)
    explorer.right = 3
    assert np.array_equal(kept, X)


# The picture.


def reading(image, shares, label):
    return Reading(np.ravel(image), label, np.log(shares))


def test_the_picture_shows_the_digit_and_its_probabilities():
    picture = ReadingPicture()
    image, shares = np.random.default_rng(1).random((8, 8)), np.array([0.05] * 9 + [0.55])
    picture.update(reading(image, shares, 4))
    squares = picture.pixels
    assert squares.middles == pytest.approx(
        np.array([(x + 0.5, y + 0.5) for y in range(8) for x in range(8)])
    )
    assert squares.shares == pytest.approx(image.ravel())
    assert squares.axes.get_ylim() == (8, 0)  # the first row is on top
    size = np.array([picture.width, picture.height]) * squares.axes.get_position().size
    assert squares.edge / size == pytest.approx(1 / 8)

    ends = picture.bars.get_xydata()[[k for k in range(30) if k % 3 < 2]]
    assert ends == pytest.approx(np.array([(x, k) for k, p in enumerate(shares) for x in (0, p)]))
    numbers = picture.numbers
    assert [numbers[k] for k in range(10)] == ["0.050"] * 9 + ["0.550"] and numbers.bold == {9}
    for digit, p in enumerate(shares):
        x, y = numbers.places[digit]
        assert round(y) == digit and x == pytest.approx(p + 0.02)
    assert picture.mark["label"].startswith("it is")
    assert round(picture.mark.places["label"][1]) == 4
    assert (
        picture.alt
        == "A handwritten 4. The network says 9, with probability 0.550; to 4 it gives 0.050."
    )
    picture.update(reading(image, shares, 9))
    assert picture.alt.endswith("says 9, with probability 0.550.")
    picture.update(reading(image * (image > 0.5), shares, 9))
    assert len(squares.middles) == len(squares.shares) == (image > 0.5).sum()


@pytest.mark.slow
def test_all_of_it_can_be_read_and_lies_inside():
    picture = ReadingPicture()
    picture.update(reading(np.zeros(64), [1 - 9e-9, *[1e-9] * 9], 0))
    renderer = FigureCanvasAgg(picture).get_renderer()
    picture.draw(renderer)  # it makes the labels of the ticks
    artists = [artist for texts in picture.findobj(Texts) for artist in texts.artists()]
    labels = picture.findobj(Text)
    artists += [artist for artist in labels if artist.get_text() and artist.get_visible()]
    seen = [artist.get_window_extent(renderer) for artist in artists]
    assert len(seen) == 10 + 1 + 10 + 3 + 1  # numbers, mark, digits, ticks, "probability"
    assert min(artist.get_fontsize() for artist in artists) >= 13
    for i, one in enumerate(seen):
        assert 268 < one.x0 and one.x1 < 640 and 0 < one.y0 and one.y1 < 320
        for other in seen[:i]:
            apart = min(one.x1, other.x1) <= max(one.x0, other.x0)
            assert apart or min(one.y1, other.y1) <= max(one.y0, other.y0)
