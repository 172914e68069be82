"""NextLetterExplorer: its bars are the softmax of a model's scores, whatever the model is."""

import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from traitlets import TraitError

from micrograd_lesson import Tensor
from micrograd_lesson.data import LETTERS, encode
from micrograd_lesson.explorers import NextLetterExplorer
from micrograd_lesson.explorers.next_letter import NextLetterPicture, guess
from micrograd_lesson.explorers.page import page
from micrograd_lesson.explorers.texts import Texts
from micrograd_lesson.tensor_nn import GPT
from tests.explorers.made import assert_apart_and_inside, letter_models, text


def likes(letters):
    """A model that gives the letters of a text the probabilities 1/2, 1/4, 1/8, …, others 0."""
    scores = np.full(27, -np.inf)
    for i, k in enumerate(encode(letters)):
        scores[k] = -(i + 1) * math.log(2)
    scores[encode(letters)[-1]] += math.log(2)  # so that they add up to 1
    return lambda text: scores


# What it computes.


@pytest.mark.parametrize("beginning", ["", "e", "emm"])
@pytest.mark.parametrize("temperature", [0.1, 0.5, 1.0, 3.0])
def test_its_probabilities_are_the_softmax(beginning, temperature):
    model = letter_models()["pairs"]
    powers = np.exp(model(beginning) / temperature)
    shares = powers / powers.sum()
    state = guess(model, beginning, temperature)
    assert [state.probability(k) for k in range(27)] == pytest.approx(shares)
    assert state.likeliest == np.argsort(-shares)[:10].tolist()
    assert state.together == pytest.approx(np.sort(shares)[-10:].sum())
    plain = np.exp(model(beginning))
    assert state.probability_at_1(5) == pytest.approx(plain[5] / plain.sum())
    assert state.surprise(3) == pytest.approx(-math.log(shares[3]))


def test_a_letter_that_cannot_come_has_no_probability():
    state = guess(likes("ab."), "x", 0.5)
    assert state.likeliest[:3] == [1, 2, 0] or state.likeliest[:3] == [1, 0, 2]
    assert state.probability(26) == 0 and state.together == 1
    assert guess(likes("a"), "x").surprise(1) == 0


@pytest.mark.parametrize("far", [1000.0, 1e300])
def test_scores_far_out_do_not_overflow(far):
    explorer = NextLetterExplorer({"far": lambda text: np.linspace(-far, far, 27)})
    assert explorer.error == "" and "nan" not in text(explorer) and "inf" not in text(explorer)


@pytest.mark.parametrize(
    "typed, seen",
    [("emm", "emm"), ("Emm", "emm"), (" emm ", "emm"), (".emm", "emm"), (".", ""), ("", "")],
)
def test_what_is_typed_is_read_kindly(typed, seen):
    asked = []

    def model(beginning):
        asked.append(beginning)
        return np.zeros(27)

    explorer = NextLetterExplorer({"any": model})
    explorer.controls["text"].value = typed
    assert explorer.text == typed and asked[-1] == seen and explorer.error == ""


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("zoë", "from a to z, and 'ë' is none"),
        ("mary ann", "' ' is none"),
        ("em.", "the point ends a name"),
        ("x" * 31, "at most 30 letters, and this one 31"),
    ],
)
def test_what_is_no_beginning_gets_a_sentence(typed, sentence):
    explorer = NextLetterExplorer(letter_models(), "em")
    explorer.controls["text"].value = typed
    assert sentence in explorer.error and explorer.view.outdated
    assert "That did not work" in text(explorer)
    explorer.controls["text"].value = "em"
    assert explorer.error == "" and not explorer.view.outdated


def test_a_name_is_no_markup():
    explorer = NextLetterExplorer({"<b onclick=alert(1)>&": lambda text: np.zeros(27)})
    explorer.text = "<b onclick=alert(1)>"
    assert "<b onclick" not in page(explorer, "data:,")
    assert "onclick" not in explorer.view.moving + explorer.view.still
    assert "<b onclick" not in explorer.view.readout


# Which models it takes.


@pytest.mark.parametrize(
    "kind",
    [
        list,
        tuple,
        np.asarray,
        Tensor,
        lambda scores: np.asarray(scores)[None],
        lambda scores: Tensor([scores]),
    ],
)
def test_scores_of_any_kind_will_do(kind):
    scores = [float(k) for k in range(27)]
    assert guess(lambda text: kind(scores), "").likeliest[0] == 26


def test_a_small_gpt_will_do():
    net = GPT(rng=0)

    def gpt(beginning):
        return net([encode("." + beginning)]).data[0, -1]

    explorer = NextLetterExplorer({"GPT": gpt}, "emm")
    scores = net([[0, 5, 13, 13]]).data[0, -1]
    assert f"likeliest: {LETTERS[scores.argmax()]}," in text(explorer)
    explorer.text = "m" * 12  # longer than its places
    assert explorer.error


@pytest.mark.parametrize(
    "models, kind, sentence",
    [
        (lambda text: np.zeros(27), TypeError, "models is a dict from names to functions"),
        ({1: lambda text: np.zeros(27)}, TypeError, "models is a dict from names to functions"),
        ({}, ValueError, "models is empty"),
        ({"a": lambda text: np.zeros(26)}, ValueError, "not ndarray of shape"),
        ({"a": lambda text: np.zeros((27, 1))}, ValueError, "not ndarray of shape"),
        ({"a": lambda text: [0.0] * 3}, ValueError, "not list of 3"),
        ({"a": lambda text: 3.0}, ValueError, "not float"),
        ({"a": lambda text: None}, ValueError, "not NoneType"),
        ({"a": lambda text: "a" * 27}, ValueError, "not str"),
        ({"a": lambda text: np.full(27, np.nan)}, ValueError, "hold nan"),
        ({"a": lambda text: np.full(27, -np.inf)}, ValueError, "nothing can come"),
        ({"a": lambda text: np.full(27, np.inf)}, ValueError, "nan or \\+∞"),
        ({"a": lambda text: np.full(27, 1 / 27)}, ValueError, "look like probabilities"),
        ({"a": lambda: np.zeros(27)}, ValueError, "the model 'a' does not take a text"),
        ({"a": lambda text: 1 / 0}, ValueError, "division by zero"),
        ({"a": lambda text: np.eye(27)[encode(text[-1])[0]]}, ValueError, 'such as ""'),
        ({"a": None}, ValueError, "not callable"),
    ],
)
def test_what_is_no_model_is_refused(models, kind, sentence):
    with pytest.raises(kind, match=sentence):
        NextLetterExplorer(models)


def test_an_unknown_model_is_refused_and_changes_nothing():
    explorer = NextLetterExplorer(letter_models(), "em")
    before = text(explorer)
    with pytest.raises(TraitError, match="^there is no model 'best'; there are 'pairs', 'one row'"):
        explorer.model = "best"
    assert (explorer.model, text(explorer)) == ("pairs", before)
    with pytest.raises(TraitError, match="there is no model"):
        NextLetterExplorer(letter_models(), model="best")


def test_a_text_that_is_no_beginning_is_refused_at_the_start():
    with pytest.raises(ValueError, match="from a to z"):
        NextLetterExplorer(letter_models(), "e1")


def test_a_page_offers_the_present_beginning_too():
    explorer = NextLetterExplorer(letter_models(), "zo", beginnings=[".", "b", "ab"])
    assert explorer.controls["text"].options == [".", "b", "ab", "zo"]
    explorer.text = "b"
    assert explorer.controls["text"].options == [".", "b", "ab"]


# What it says.


def test_the_readout():
    explorer = NextLetterExplorer({"mine": likes("ab.")}, "em")
    assert text(explorer) == (
        "After em: softmax of the scores of mine\n"
        "likeliest: a, with probability 0.500; if it comes, the loss is 0.693 nats\n"
        "the name ends here: 0.250; the 10 letters shown, together: 1.000"
    )
    explorer.text = ""
    explorer.temperature = 0.5
    assert text(explorer).startswith(
        "At the beginning: softmax of the scores of mine, each divided by 0.5\nlikeliest: a, with "
        "probability 0.667;"
    )


# The picture.


def made(model, beginning="em", temperature=1.0):
    picture = NextLetterPicture()
    picture.update(guess(model, beginning, temperature))
    return picture


def test_bars_are_the_ten_likeliest_and_the_others():
    picture = made(letter_models()["pairs"])
    state = guess(letter_models()["pairs"], "em")
    shares = [state.probability(k) for k in state.likeliest]
    ends = picture.bars.get_xydata().reshape(10, 3, 2)[:, :2]
    assert ends.tolist() == [[[0, row], [pytest.approx(p), row]] for row, p in enumerate(shares)]
    assert picture.others.get_xdata()[1] == pytest.approx(1 - sum(shares))
    assert len(picture.plain.get_xdata()) == 0 and picture.legend["plain"] == ""
    named = [LETTERS[k] if k else "point" for k in state.likeliest]
    assert [picture.letters[row] for row in range(11)] == [*named, "17 others"]
    assert [picture.numbers[row] for row in range(10)] == [f"{p:.3f}" for p in shares]
    assert picture.written["text"] == "em_"
    for row in range(11):
        x, y = picture.numbers.places[row]
        assert round(y) == row and x > (shares + [1 - sum(shares)])[row]


def test_lines_across_the_bars_stand_at_the_probabilities_of_temperature_1():
    picture = made(letter_models()["pairs"], temperature=0.5)
    state = guess(letter_models()["pairs"], "em", 0.5)
    lines = picture.plain.get_xydata().reshape(10, 3, 2)[:, :2]
    plain = [state.probability_at_1(k) for k in state.likeliest]
    assert lines[:, 0, 0] == pytest.approx(plain) and lines[:, 1, 0] == pytest.approx(plain)
    assert lines.mean(axis=1)[:, 1] == pytest.approx(range(10))
    assert picture.legend["plain"].startswith("line across a bar")


def test_the_alt_text_says_the_numbers():
    assert made(likes("ab.")).alt.startswith(
        "After 'em', at temperature 1, the ten likeliest letters and their probabilities: a 0.500, "
        "point 0.250, b 0.250, c 0.000,"
    )
    assert made(likes("ab."), "").alt.startswith("At the beginning of a name, at temperature 1,")


@pytest.mark.slow
@pytest.mark.parametrize("temperature", [0.1, 1.0, 3.0])
@pytest.mark.parametrize("model", [likes("a"), lambda text: np.zeros(27), likes("w.mq")])
def test_all_of_it_can_be_read_and_lies_inside(model, temperature):
    picture = made(model, "w" * 30, temperature)
    assert picture.written["text"] == f"…{'w' * 18}_"
    renderer = FigureCanvasAgg(picture).get_renderer()
    picture.draw(renderer)
    artists = [artist for texts in picture.findobj(Texts) for artist in texts.artists()]
    labels = picture.findobj(Text)
    artists += [artist for artist in labels if artist.get_text() and artist.get_visible()]
    assert min(artist.get_fontsize() for artist in artists) >= 13
    seen = [artist.get_window_extent(renderer) for artist in artists]
    assert_apart_and_inside(seen, picture)
