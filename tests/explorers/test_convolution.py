"""ConvolutionExplorer: a patch of nine weights on a digit, what it sees, and the map of its numbers."""

import re

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from traitlets import TraitError

from micrograd_lesson import Tensor
from micrograd_lesson.explorers import ConvolutionExplorer
from micrograd_lesson.explorers.convolution import OWN, READY, ConvolutionPicture, feature_map, look
from micrograd_lesson.explorers.convolution.explorer import HIGHEST
from micrograd_lesson.explorers.convolution.picture import CELL
from micrograd_lesson.explorers.page import _frames
from micrograd_lesson.tensor_nn import Convolution
from tests.explorers.made import text

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 17, (3, 8, 8)).astype(float)
PATCH = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 0.25], [-2.0, 1.5, 0.75]])


def made(**state):
    return ConvolutionExplorer(IMAGES, **state)


# What it computes.


def test_the_map_is_that_of_the_layer():
    layer = Convolution(1, 1, 3)
    layer.w.data = PATCH.reshape(3, 3, 1, 1)
    layer.b.data = np.zeros(1)
    wanted = layer(IMAGES[0].reshape(1, 8, 8, 1)).data[0, :, :, 0]
    assert np.allclose(feature_map(IMAGES[0], PATCH), wanted)


def test_every_ready_patch_can_be_shown_by_the_sliders():
    assert all(np.abs(weights).max() <= HIGHEST for weights in READY.values())


@pytest.mark.parametrize("row, column", [(0, 0), (2, 5), (5, 1)])
def test_the_products_add_up_to_the_entry(row, column):
    place = look(IMAGES[0], PATCH, row, column)
    assert place.entry == pytest.approx(place.products.sum())
    assert np.array_equal(place.window, IMAGES[0][row : row + 3, column : column + 3])


# What it says, and its state.


def test_the_readout():
    image = np.zeros((1, 8, 8))
    image[0, 2:5, 2:5] = [[9, 0, 1], [9, 0, 2], [9, 0, 3]]
    assert text(ConvolutionExplorer(image, row=2, column=2)) == (
        "Row 2, column 2: the patch lies on rows 2 to 4 and columns 2 to 4 of the digit.\n"
        "z[2, 2] = 9·(−1) + 0·0 + 1·1 + 9·(−1) + 0·0 + 2·1 + 9·(−1) + 0·0 + 3·1 = −21"
    )


TINY = np.full((3, 3), 1e-10)
BESIDE = np.array([[1e-10, 0, 0], [0, 1, 0], [0, 0, -3e-7]])
CANCELLING = np.array([[0.1, 0.2, -0.3]] * 3)
ONES = np.ones((1, 8, 8))


@pytest.mark.parametrize("images", [IMAGES, IMAGES / 16, ONES])
@pytest.mark.parametrize(
    "weights",
    [PATCH, PATCH * np.pi, READY["blur"], TINY, BESIDE, np.full((3, 3), -99.99999), CANCELLING],
)
def test_the_terms_that_are_written_add_up_to_the_sum_that_is_written(images, weights):
    said = text(ConvolutionExplorer(images, weights, row=1, column=3)).replace("−", "-")
    _, products, entry = said.splitlines()[1].split(" = ")
    factors = [re.findall(r"[-+.e\d]+", product) for product in products.split(" + ")]
    terms = [float(ink) * float(weight) for ink, weight in factors]
    assert len(terms) == 9
    noise = 1e-14 * max(map(abs, terms))
    assert f"{sum(terms):.6g}" == entry or abs(sum(terms) - float(entry)) <= noise
    place = look(images[0], weights, 1, 3)
    true = sum(ink * w for ink, w in zip(place.window.flat, place.weights.flat))
    assert float(entry) == pytest.approx(true, rel=1e-5, abs=noise)


def test_tiny_weights_are_no_zeros_and_noise_is_one():
    assert "= 1·1e−10 + 1·1e−10" in text(ConvolutionExplorer(ONES, TINY))
    assert text(ConvolutionExplorer(ONES, TINY)).endswith(" = 9e−10")
    explorer = ConvolutionExplorer(ONES, CANCELLING)
    assert text(explorer).endswith("+ 1·0.1 + 1·0.2 + 1·(−0.3) = 0")
    assert set(explorer.picture.entries.shown().values()) == {"0"}


def test_a_ready_patch_sets_the_weights_and_a_weight_makes_it_ones_own():
    explorer = made()
    explorer.patch = "horizontal edge"
    assert [explorer.w00, explorer.w11, explorer.w22] == [-1, 0, 1]
    explorer.w11 = 0.5
    assert explorer.patch == OWN and explorer.weights[1, 1] == 0.5 and explorer.w00 == -1
    explorer.patch = "blur"
    explorer.patch = OWN  # what was one's own is kept
    assert explorer.w11 == 0.5
    explorer.w11 = 0.0
    assert explorer.patch == "horizontal edge"


def test_weights_can_be_given_and_set_at_once():
    explorer = made(weights=Tensor(PATCH))
    assert explorer.patch == OWN and np.array_equal(explorer.weights, PATCH)
    explorer.weights = READY["blur"]
    assert explorer.patch == "blur" and explorer.w12 == pytest.approx(1 / 9)
    explorer.weights[0, 0] = 50.0  # a copy
    assert explorer.patch == "blur"


def test_a_choice_is_drawn_once():
    explorer = made()
    sent = []
    explorer.view.observe(sent.append, "readout")
    explorer.patch = "blur"
    assert len(sent) == 1


def test_a_click_moves_the_patch():
    explorer = made(row=0, column=0)
    picture = explorer.picture
    for name, square, place in (
        ("map", (3, 4), (3, 4)),
        ("digit", (3, 4), (2, 3)),
        ("digit", (0, 7), (0, 5)),
    ):
        x, y = picture.middle(name, *square)
        explorer._clicked(x / picture.width, 1 - y / picture.height)
        assert (explorer.row, explorer.column) == place
    explorer._clicked(0.999, 0.999)
    assert (explorer.row, explorer.column) == place


def test_ink_may_go_to_1_or_to_16_in_rows_or_squares():
    rows = ConvolutionExplorer(IMAGES.reshape(3, 64) / 16)
    assert rows.picture.ink[0, 0] in (f"{IMAGES[0, 0, 0] / 16:.3g}", "")


@pytest.mark.parametrize(
    "make, kind, sentence",
    [
        (lambda: ConvolutionExplorer(np.zeros((2, 7, 7))), ValueError, r"not \(2, 7, 7\)"),
        (lambda: ConvolutionExplorer(IMAGES[0]), ValueError, r"not \(8, 8\)"),
        (lambda: ConvolutionExplorer([[1], [1, 2]]), ValueError, "regular shape"),
        (lambda: ConvolutionExplorer(IMAGES - 1), ValueError, "from 0 to 16"),
        (lambda: ConvolutionExplorer(IMAGES * np.nan), ValueError, "from 0 to 16"),
        (lambda: made(weights=np.ones((2, 2))), ValueError, r"\(3, 3\), not \(2, 2\)"),
        (lambda: made(weights=PATCH * 1e3), TraitError, "w00 goes from −100 to 100"),
        (lambda: made(weights=PATCH * np.nan), TraitError, "w00 goes from −100 to 100"),
        (lambda: made(patch="edge"), TraitError, "no patch 'edge'; there are 'vertical edge'"),
        (lambda: made(row=6), TraitError, "row goes from 0 to 5; 6 lies outside"),
        (lambda: made(example=3), TraitError, "example goes from 0 to 2; 3 lies outside"),
    ],
)
def test_what_it_cannot_show_is_refused(make, kind, sentence):
    with pytest.raises(kind, match=sentence):
        make()


# The picture.


def test_the_frames_lie_around_what_the_patch_sees_and_its_number():
    picture = ConvolutionPicture()
    picture.update(look(IMAGES[1], PATCH, 2, 4))
    for line, name, first, last in (
        (picture.window, "digit", (2, 4), (4, 6)),
        (picture.entry, "map", (2, 4), (2, 4)),
    ):
        xs, ys = line.get_data()
        left, top = picture.middle(name, *first)
        right, bottom = picture.middle(name, *last)
        assert min(xs) == left - 22 and max(xs) == right + 22
        assert max(ys) == top + 22 and min(ys) == bottom - 22


def test_only_what_changes_is_drawn_anew():
    explorer = made()
    middle = explorer.view.middle
    for name, value in (("row", 4), ("w00", 0.5)):
        moving = explorer.view.moving
        setattr(explorer, name, value)
        assert explorer.view.middle == middle and explorer.view.moving != moving
    explorer.example = 1
    assert explorer.view.middle != middle


def test_each_frame_of_a_page_holds_the_digit_and_the_map():
    explorer = made()
    stops = {"row": [0, 1], "column": [0, 1]}
    frames = _frames(explorer, stops)
    assert [frame.middle == explorer.view.middle for frame in frames] == [True] * 4


def test_squares_that_are_empty_have_no_number():
    picture = ConvolutionPicture()
    image = np.zeros((8, 8))
    image[3, 3] = 16.0
    picture.update(look(image, READY["vertical edge"], 2, 2))
    assert picture.ink.shown() == {(3, 3): "16"}
    assert picture.entries[1, 1] == "16" and picture.entries[1, 3] == "−16"
    assert len(picture.map.middles) == 6 and len(picture.digit.middles) == 1


@pytest.mark.slow
@pytest.mark.parametrize("size", [0.01, 1, 33.333])
def test_numbers_stay_inside_their_squares(size):
    picture = ConvolutionPicture()
    picture.update(look(IMAGES[0], -PATCH * size, 2, 2))
    renderer = FigureCanvasAgg(picture).get_renderer()
    for texts in (picture.ink, picture.entries, picture.weights, picture.products):
        for artist in texts.artists():
            assert artist.get_window_extent(renderer).width <= CELL, artist.get_text()


def test_a_number_that_needs_more_room_is_shortened():
    picture = ConvolutionPicture()
    picture.update(look(IMAGES[0], PATCH * 33.333, 2, 2))
    assert all(len(words) <= 5 for words in picture.entries.shown().values())


def test_the_weights_stand_as_in_the_patch():
    explorer = made()
    (grid,) = (
        row for row in explorer.children[0].children if len(getattr(row, "children", ())) == 9
    )
    assert grid.layout.display == "grid"
    assert "30%" in grid.layout.grid_template_columns  # so that four never stand side by side
    labels = [row.slider.description for row in grid.children]
    assert labels == [f"w[{i}, {j}]" for i in range(3) for j in range(3)]
