"""WritingExplorer: what it shows is what the model says, and the names are those that `write` writes."""

import numpy as np
import pytest
from traitlets import TraitError

from micrograd_lesson import Tensor
from micrograd_lesson.data import LETTERS, encode
from micrograd_lesson.explorers import WritingExplorer
from micrograd_lesson.explorers.page import page
from micrograd_lesson.explorers.writing import WritingPicture, draws
from micrograd_lesson.tensor_nn import GPT, write
from tests.explorers.made import assert_apart_and_inside, boxes_of_texts, text


def small(seed=0, heads=4, blocks=1):
    return GPT(size=8, heads=heads, blocks=blocks, rng=seed)


def constant(scores):
    """A model without attention, that gives the same scores whatever it reads."""

    def model(x):
        return Tensor(np.broadcast_to(scores, (1, len(x[0]), 27)))

    return model


def always(letter):
    scores = np.zeros(27)
    scores[LETTERS.index(letter)] = 50
    return constant(scores)


# What it computes.


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_the_name_is_the_one_that_write_writes(seed, temperature):
    model = small()

    def next_scores(before):
        return model([[0, *encode(before)]])[0, -1]

    found = draws(model, seed, temperature)
    written = write(next_scores, np.random.default_rng(seed), temperature)
    assert found[-1].after.rstrip(".") == written
    assert [draw.text for draw in found] == [written[:i] for i in range(len(found))]
    assert [draw.is_last for draw in found] == [False] * (len(found) - 1) + [True]


def test_probabilities_and_weights_are_the_models():
    model = small()
    draw = draws(model, 3, 0.7)[2]
    x = [[0, *encode(draw.text)]]
    scores = model(x).data[0, -1] / 0.7
    assert draw.probabilities == pytest.approx(np.exp(scores) / np.exp(scores).sum())
    assert np.array_equal(draw.weights, model.attention(x)[0, 0, :, -1])
    assert draw.weights.shape == (4, 3) and draw.weights.sum(axis=1) == pytest.approx(1)
    shares = np.sort(draw.probabilities)[::-1]
    assert shares[draw.rank - 1] == draw.probabilities[draw.drawn]


def test_of_several_blocks_the_last_one_is_shown():
    model = small(heads=2, blocks=3)
    assert np.array_equal(draws(model, 0, 1.0)[0].weights, model.attention([[0]])[2, 0, :, -1])


def test_a_name_without_end_ends():
    found = draws(always("a"), 0, 1.0)
    assert len(found) == 12 and found[-1].after == "a" * 12 and found[-1].weights is None
    (empty,) = draws(always("."), 0, 1.0)
    assert empty.is_last and empty.after == "."


# What it says.


def test_the_readout_says_what_is_drawn_and_how_likely_it_was():
    explorer = WritingExplorer(always("a"), letter=3)
    assert text(explorer) == (
        "Letter 3: after “.aa” it draws a, with probability 1.000: number 1 of 27.\n"
        "So far: aaa\nThis model has no attention to show."
    )


@pytest.mark.slow
def test_a_finished_name_is_looked_up():
    explorer = WritingExplorer(small(), known=["emma"], letter=12)
    name = explorer._draws()[-1].after.rstrip(".")
    n = len(explorer._draws())
    assert f"The name is finished after {n} draws: {name}. It is not among the 1 names" in text(
        explorer
    )
    explorer = WritingExplorer(small(), known=[name, "emma"], letter=12)
    assert f": {name}. It is among the 2 names given." in text(explorer)
    assert "(empty)" in text(WritingExplorer(always("."), letter=1))
    assert "among" not in text(WritingExplorer(always("."), letter=1))


def test_where_the_heads_look_is_said():
    explorer = WritingExplorer(small(), letter=3, seed=3)
    draw = explorer._draws()[2]
    place = int(draw.weights[1].argmax())
    letter = draw.seen[place].replace(".", "point")
    assert f"head 1 at {letter} in place {place} ({draw.weights[1].max():.2f})" in text(explorer)


def buttons(explorer):
    rows = explorer.children[0].children
    return {button.description: button for button in rows[1].children}


@pytest.mark.slow
def test_next_goes_to_the_end_of_the_name_and_no_further():
    explorer = WritingExplorer(small(), seed=3)
    last = len(explorer._draws())
    for _ in range(20):
        buttons(explorer)["Next ▶"].click()
    assert explorer.letter == last and "finished" in text(explorer)
    explorer.letter = 12  # beyond: the last letter is shown
    assert text(explorer).startswith(f"Letter {last}:")
    buttons(explorer)["◀ Back"].click()
    assert explorer.letter == last - 1
    buttons(explorer)["New name"].click()
    assert (explorer.seed, explorer.letter) == (4, 1)
    explorer.seed = 99
    buttons(explorer)["New name"].click()
    assert explorer.seed == 0


def test_a_choice_of_models_only_where_there_are_several():
    assert "model" not in WritingExplorer(small()).controls
    explorer = WritingExplorer({"one": small(0), "other": small(1)}, model="other")
    assert explorer.controls["model"].value == "other"
    assert list(explorer.on_page) == ["model", "seed", "temperature", "letter"]
    before = text(explorer)
    explorer.model = "one"
    assert text(explorer) != before
    with pytest.raises(TraitError, match="there is no model 'third'; there are 'one', 'other'"):
        explorer.model = "third"


@pytest.mark.parametrize(
    "models, kind, sentence",
    [
        ({}, ValueError, "models is empty"),
        (3, TypeError, "a model is needed, .* not int 3"),
        ({1: small()}, TypeError, "a model is needed"),
        (lambda x: Tensor(np.zeros((1, 27))), ValueError, r"needed, not Tensor of shape \(1, 27\)"),
        (lambda x: np.zeros((1, len(x[0]), 27)), ValueError, "not ndarray of shape"),
        (lambda x: Tensor(np.full((1, len(x[0]), 27), np.nan)), ValueError, "no finite numbers"),
        (lambda x: x["letters"], ValueError, "the model 'model' does not take letters"),
        (GPT(places=8, size=8), ValueError, r"letters of shape \(1, 12\).*T at most 8"),
        (GPT(letters=5, size=8), ValueError, r"needed, not Tensor of shape \(1, 1, 5\)"),
        (small(heads=8), None, ""),
        (GPT(size=18, heads=9), ValueError, "has 9 heads in a block; the picture has room for 8"),
    ],
)
def test_what_does_not_read_letters_is_refused(models, kind, sentence):
    if kind is None:
        WritingExplorer(models)
        return
    with pytest.raises(kind, match=sentence):
        WritingExplorer(models)


def test_an_attention_of_another_shape_is_refused():
    class Odd:
        def __call__(self, x):
            return constant(np.zeros(27))(x)

        def attention(self, x):
            return np.ones((2, 3))

    with pytest.raises(ValueError, match=r"its attention has shape \(2, 3\)"):
        WritingExplorer(Odd())


# The picture.


def made(draw, heads=4):
    picture = WritingPicture(heads)
    picture.update(draw)
    return picture


def lengths(line, axis):
    """How long each piece of a line is along an axis."""
    places = np.transpose(line.get_data()).reshape(-1, 3, 2)
    return places[:, 1, axis] - places[:, 0, axis]


def test_squares_are_filled_by_the_weights():
    draw = draws(small(), 3, 1.0)[4]
    picture = made(draw)
    assert lengths(picture.weights, 1) == pytest.approx(22 * draw.weights.ravel())
    assert [picture.letters[i] for i in range(6)] == list(draw.seen + draw.letter)
    assert picture.letters.bold == {4, 5} and picture.heads.shown() == {
        k: f"head {k}" for k in range(4)
    }


def test_ten_letters_have_a_bar_and_the_drawn_one_is_marked():
    draw = draws(small(), 3, 1.0)[0]
    picture = made(draw)
    top = np.sort(draw.probabilities)[::-1]
    rows = picture.numbers.shown()
    assert len(rows) == (10 if draw.rank <= 10 else 11)
    assert [rows[k].split()[0] for k in range(10)] == [f"{p:.3f}" for p in top[:10]]
    marked = min(draw.rank - 1, 10)
    assert [k for k in rows if "drawn" in rows[k]] == [marked]
    assert picture.names[marked] == draw.letter.replace(".", "point")
    assert lengths(picture.drawn, 0) == pytest.approx(draw.probabilities[[draw.drawn]])


def test_an_unlikely_letter_has_a_row_of_its_own():
    for seed in range(100):
        draw = draws(small(), seed, 2.0)[0]
        if draw.rank > 10:
            break
    picture = made(draw)
    assert len(picture.numbers.shown()) == 11 and "drawn" in picture.numbers[10]
    assert len(lengths(picture.bars, 0)) == 10


def test_the_alt_text_says_the_numbers():
    draw = draws(small(), 3, 1.0)[2]
    alt = made(draw).alt
    assert f"After “{draw.seen}” the likeliest letters are" in alt
    assert f"Drawn is {draw.letter}, with probability {draw.probabilities[draw.drawn]:.3f}" in alt
    assert f"{draw.weights[3].max():.2f}." in alt
    assert made(draws(always("a"), 0, 1.0)[0], 0).alt.endswith("with probability 1.000.")


@pytest.mark.slow
@pytest.mark.parametrize(
    "model", [small(), small(heads=8), always("m"), always("w"), small(blocks=2)]
)
@pytest.mark.parametrize("seed, nth", [(0, 0), (12, -1)])
def test_all_of_it_can_be_read_and_lies_inside(model, nth, seed):
    draw = draws(model, seed, 2.0)[nth]
    picture = made(draw, 0 if draw.weights is None else len(draw.weights))
    assert_apart_and_inside(boxes_of_texts(picture), picture)


@pytest.mark.slow
def test_a_page_without_python_is_small():
    models = {"one": GPT(rng=0), "other": GPT(rng=1)}
    assert len(page(WritingExplorer(models), "")) < 250_000
