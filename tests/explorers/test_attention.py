"""AttentionExplorer: shares of any function's scores or weights, the mask, and what is refused."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from traitlets import TraitError

from micrograd_lesson import Tensor
from micrograd_lesson.explorers import AttentionExplorer
from micrograd_lesson.explorers.attention import AttentionPicture, look, who_came_after
from micrograd_lesson.explorers.texts import Texts
from micrograd_lesson.tensor_nn import GPT, Attention
from tests.explorers.made import text, two_heads


def equal(name):
    return np.full((len(name), len(name)), 1 / len(name))


# What it computes.


def test_scores_made_by_hand_find_who_came_after():
    table = who_came_after("barbara")
    assert table[4].tolist() == [0, 0, 3, 0, 0, 3, 0]  # after an a: both r
    assert table[3].tolist() == [0, 3, 0, 0, 3, 0, 0]


@pytest.mark.parametrize("masked", [True, False])
def test_shares_are_the_softmax_of_what_is_not_hidden(masked):
    scores = np.random.default_rng(0).normal(size=(2, 5, 5))
    looking = look("abcde", scores, 2, head=1, masked=masked)
    powers = np.exp(scores[1]) * (np.tri(5) if masked else 1)
    assert looking.shares == pytest.approx(powers / powers.sum(axis=1, keepdims=True))
    assert looking.hidden.sum() == (10 if masked else 0)


def test_the_mean_adds_up_the_shares_of_each_letter():
    looking = look("abab", np.log([[[1, 2, 3, 4]] * 4]), 3)
    assert dict(looking.mean) == pytest.approx({"b": 0.6, "a": 0.4})
    assert [letter for letter, _ in looking.mean] == ["b", "a"]


# What it says.


def test_the_readout():
    explorer = AttentionExplorer(asks=4)
    assert text(explorer) == (
        "Place 4, a, asks. Hidden: 2 later places, with the score −∞.\n"
        "Scores: b 0.00, a 0.00, r 3.00, b 0.00, a 0.00\n"
        "Shares: e to the score, divided by the sum: b 0.042, a 0.042, r 0.834, b 0.042, a 0.042\n"
        "Weighted mean of the letters, each one-hot: r 0.834, b 0.083, a 0.083"
    )
    explorer.mask = "off"
    assert "It sees 2 later places, too." in text(explorer) and "r 0.445" in text(explorer)


def test_a_network_shows_its_weights_without_scores_or_mask():
    look_at = Attention(8, heads=2, rng=0)
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(12, 8))
    explorer = AttentionExplorer(
        ["emma", "otto"], weights=lambda name: look_at.weights(rows[None, : len(name)])[0]
    )
    assert set(explorer.controls) == {"text", "asks", "head"}
    assert text(explorer).startswith("Place 0, e, asks in head 0.\nShares: e 1.000, m 0.000")
    gpt = GPT(rng=0)
    AttentionExplorer(".emma", weights=lambda name: gpt.attention([[1] * len(name)])[0, 0])


def test_any_text_can_be_typed_or_set_and_the_slider_follows():
    explorer = AttentionExplorer(["emma", "anna"], asks=3)
    explorer.text = "christopher"
    assert explorer.controls["asks"].max == 10 and explorer.picture.most == 11
    assert explorer.controls["text"].value == "christopher" and "Place 3, i" in text(explorer)
    explorer.asks = 10
    explorer.controls["text"].value = "anna"
    assert (explorer.text, explorer.asks) == ("anna", 3)
    with pytest.raises(TraitError, match="2 to 12 letters"):
        explorer.text = "x"
    assert explorer.text == "anna"


@pytest.mark.parametrize(
    "make, kind, sentence",
    [
        (lambda: AttentionExplorer(scores=two_heads, weights=equal), ValueError, "not both"),
        (lambda: AttentionExplorer([]), ValueError, "texts is empty"),
        (lambda: AttentionExplorer([3]), TypeError, "a text is needed"),
        (lambda: AttentionExplorer("a" * 13), ValueError, "2 to 12 letters"),
        (lambda: AttentionExplorer(scores=3), TypeError, "a function from a text"),
        (lambda: AttentionExplorer(scores=lambda t: 1 / 0), ValueError, "could not be computed"),
        (lambda: AttentionExplorer(scores=lambda t: np.eye(3)), ValueError, "need the shape"),
        (lambda: AttentionExplorer(scores=lambda t: "no"), ValueError, "got str"),
        (lambda: AttentionExplorer(scores=lambda t: equal(t) * np.nan), ValueError, "nan or inf"),
        (
            lambda: AttentionExplorer(scores=lambda t: np.where(np.eye(len(t)), -np.inf, 0)),
            ValueError,
            "look nowhere",
        ),
        (
            lambda: AttentionExplorer("emma", weights=lambda t: Tensor(2 * equal(t))),
            ValueError,
            "row 0 add up to 2,",
        ),
        (lambda: AttentionExplorer(weights=lambda t: -equal(t)), ValueError, "0 or larger"),
        (lambda: AttentionExplorer(mask="maybe"), TraitError, 'mask is "on" or "off"'),
        (lambda: AttentionExplorer(head=1), TraitError, "head goes from 0 to 0"),
        (lambda: AttentionExplorer("emma", asks=4), TraitError, "asks goes from 0 to 3"),
        (lambda: AttentionExplorer(place=4), TypeError, "no state 'place'"),
    ],
)
def test_what_it_cannot_show_is_refused(make, kind, sentence):
    with pytest.raises(kind, match=sentence):
        make()


# The picture.


def made(name, asks, **options):
    picture = AttentionPicture(len(name))
    picture.update(look(name, who_came_after(name)[None], asks, **options))
    return picture


def test_bars_squares_and_what_is_hidden():
    picture = made("barbara", 4)
    heights = np.diff(np.reshape(picture.bars.get_ydata(), (7, 3))[:, :2])[:, 0] / 90
    shares = look("barbara", who_came_after("barbara")[None], 4).row
    assert heights == pytest.approx(shares)
    assert picture.numbers.shown() == {0: "0.04", 1: "0.04", 2: "0.83", 3: "0.04", 4: "0.04"}
    assert picture.numbers.bold == {2} and picture.rows.bold == {4}
    assert picture.scores[6] == "−∞" and picture.scores[2] == "3.00"
    assert len(picture.hidden.get_path().vertices) == 5 * 21
    assert len(made("barbara", 4, masked=False).hidden.get_path().vertices) == 0


def test_a_click_on_a_row_lets_its_place_ask():
    explorer = AttentionExplorer()
    picture = explorer.picture
    _, y = picture.rows.places[5]
    place = picture.locate(0.5, 1 - (y + 5) / picture.height)
    assert place == 5 and picture.locate(0.5, 0.01) is None
    explorer._clicked(0.5, 1 - (y + 5) / picture.height)
    assert explorer.asks == 5


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ab", "barbara", "wwwwwwwwwwww"])
def test_all_of_it_can_be_read_and_lies_inside(name):
    picture = made(name, 1)
    renderer = FigureCanvasAgg(picture).get_renderer()
    for texts in picture.findobj(Texts):
        assert texts.size >= 13
        for artist in texts.artists():
            box = artist.get_window_extent(renderer)
            assert 0 <= box.x0 and box.x1 <= picture.width
            assert 0 <= box.y0 and box.y1 <= picture.height


def test_whoever_asks_the_table_is_not_drawn_anew():
    explorer = AttentionExplorer(["emma", "otto"], asks=1)
    middle, moving = explorer.view.middle, explorer.view.moving
    explorer.asks = 3
    assert explorer.view.middle == middle and explorer.view.moving != moving
    for name, value in (("mask", "off"), ("text", "otto")):
        middle = explorer.view.middle
        setattr(explorer, name, value)
        assert explorer.view.middle != middle
