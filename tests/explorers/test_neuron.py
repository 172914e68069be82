"""NeuronExplorer: its numbers are the neuron's, and its picture stands where they say."""

import functools
import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from micrograd_lesson.explorers import NeuronExplorer
from micrograd_lesson.explorers.neuron import NeuronPicture, curve, find_answer
from micrograd_lesson.explorers.neuron.picture import CORNERS, half_plane
from micrograd_lesson.module import ACTIVATIONS
from micrograd_lesson.plots.picture import TEXT
from tests.explorers.made import reused, text


def test_it_shows_its_numbers():
    neuron = reused(NeuronExplorer, w1=1.0, w2=-1.0, b=0.5, x1=2.0, x2=1.0)
    a, slope = math.tanh(1.5), 1 - math.tanh(1.5) ** 2
    assert "1·2 + (−1)·1 + 0.5 = 1.5000" in text(neuron)
    assert f"a = tanh(z) = {a:.4f}, slope there {slope:.4f}" in text(neuron)
    assert f"da/dw2 = slope · x2 = {slope:.4f}, da/db = slope = {slope:.4f}" in text(neuron)
    neuron.activation = "relu"
    assert "da/dw1 = slope · x1 = 2.0000" in text(neuron)


@pytest.mark.slow
def test_it_agrees_with_the_engine():
    neuron = reused(NeuronExplorer, activation="sigmoid", w1=0.3, w2=-0.7, b=0.2, x1=1.5, x2=-2.0)
    a = 1 / (1 + math.exp(-(0.45 + 1.4 + 0.2)))
    slope = a * (1 - a)
    assert f"a = sigmoid(z) = {a:.4f}" in text(neuron)
    assert f"da/dw1 = slope · x1 = {1.5 * slope:.4f}" in text(neuron)
    assert f"da/dw2 = slope · x2 = −{2 * slope:.4f}" in text(neuron)
    assert f"da/db = slope = {slope:.4f}" in text(neuron)


@pytest.mark.slow
@pytest.mark.parametrize(
    "activation, b, words",
    [
        ("relu", -4.0, ": flat, so no gradient gets through"),
        ("relu", 0.0, ": flat, so no gradient gets through"),
        ("relu", 1.0, ""),
        ("tanh", -4.0, ": so flat that little gradient gets through"),
        ("tanh", 0.0, ""),
        ("sigmoid", -4.0, ""),
        ("linear", 4.0, ""),
    ],
)
def test_it_says_how_much_gradient_gets_through(activation, b, words):
    neuron = reused(NeuronExplorer, activation=activation, w1=0.0, w2=0.0, b=b)
    line = text(neuron).split("\n")[1]
    assert line.partition("slope there ")[2][6:] == words


@pytest.mark.parametrize(
    "make, kind, sentence",
    [
        (
            lambda: NeuronExplorer("tan"),
            ValueError,
            "unknown activation 'tan'; known are tanh, relu, sigmoid, linear.",
        ),
        (
            lambda: NeuronExplorer(w3=1.0),
            TypeError,
            "a neuron here has w1, w2, b, x1, x2, but no w3.",
        ),
    ],
)
def test_what_does_not_fit_gets_a_sentence_when_it_is_built(make, kind, sentence):
    with pytest.raises(kind) as caught:
        make()
    assert str(caught.value) == sentence


# The picture.


the_picture = functools.cache(NeuronPicture)


def drawn(*arguments):
    """(picture, answer) of find_answer's arguments."""
    picture = the_picture()
    answer = find_answer(*arguments)
    picture.update(answer)
    return picture, answer


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_its_parts_stand_where_its_numbers_say(activation):
    picture, answer = drawn(1.5, -0.5, 0.2, 0.6, 0.4, activation)
    (x, x2), (y, y2) = picture.weights.get_data()
    assert (x2 - x, y2 - y) == pytest.approx((1.5, -0.5))
    assert 1.5 * x - 0.5 * y + 0.2 == pytest.approx(0)
    assert picture.point.get_data() == ([0.6], [0.4])
    assert picture.here.get_data() == ([answer.z], [answer.a])
    assert picture.here.get_marker() == "o" and picture.beyond.get_text() == ""
    assert np.array_equal(picture.curve.get_data(), curve(activation))
    assert picture.drop.get_data() == ([answer.z, answer.z, -8], [-1.5, answer.a, answer.a])
    (z, z2), (a, a2) = picture.tangent.get_data()
    assert (a2 - a) / (z2 - z) == pytest.approx(answer.slope)
    assert ((z + z2) / 2, (a + a2) / 2) == pytest.approx((answer.z, answer.a))


@pytest.mark.parametrize("w1, w2, b", [(1, -1, 0.5), (0, 2, 1), (-1.5, 0.1, 3), (1, 1, 0)])
def test_the_line_is_where_z_is_zero_and_the_shade_where_it_is_positive(w1, w2, b):
    picture, _ = drawn(w1, w2, b, 0, 0)
    assert np.array(picture.line.get_data()).T @ (w1, w2) + b == pytest.approx(0.0, abs=1e-9)
    assert len(picture.line.get_xdata()) == 2
    assert (picture.side.get_xy() @ (w1, w2) + b >= -1e-9).all()
    assert picture.words.get_text() == "z > 0 in the shaded part"


@pytest.mark.parametrize(
    "w1, b, words", [(1, 9.0, "everywhere"), (1, -9.0, "nowhere"), (0, 1.0, "everywhere")]
)
def test_a_line_out_of_sight(w1, b, words):
    picture, _ = drawn(w1, w1, b, 0, 0)
    assert len(picture.line.get_xdata()) == 0
    assert picture.words.get_text() == f"z > 0 {words} here"


@pytest.mark.parametrize(
    "direction, offset, area, ends",
    [
        ((1, 0), 0.0, 32, [(0, -4), (0, 4)]),
        ((0, 1), -2.0, 16, [(-4, 2), (4, 2)]),
        ((1, 1), 0.0, 32, [(-4, 4), (4, -4)]),
        ((1, 1), 6.0, 62, [(-4, -2), (-2, -4)]),
        ((0, 0), 1.0, 64, []),
        ((0, 0), -1.0, 0, []),
        ((1, 1), 8.0, 64, [(-4, -4), (-4, -4)]),  # through a corner
    ],
)
def test_the_square_is_cut_in_two(direction, offset, area, ends):
    part, border = half_plane(CORNERS, np.array(direction), offset)
    x, y = part.T
    assert abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2 == pytest.approx(area)
    assert np.array(sorted(border.tolist())) == pytest.approx(np.array(sorted(ends)))


def test_a_point_beyond_the_edge_stands_at_it_and_says_where_it_is():
    picture, _ = drawn(1.0, -1.0, 0.5, 4.0, 1.0, "relu")
    assert picture.here.get_data() == ([3.5], [2.5]) and picture.here.get_marker() == "^"
    assert picture.beyond.get_text() == "beyond the edge: z = 3.5, a = 3.5"
    picture, _ = drawn(4.0, 4.0, 4.0, -4.0, -4.0)
    assert picture.here.get_marker() == "<"
    assert picture.beyond.get_text() == "beyond the edge: z = −28, a = −1"


def test_the_picture_in_words():
    picture, _ = drawn(1.0, -1.0, 0.5, 2.0, 1.0)
    assert picture.alt == (
        "A neuron with weights 1, −1 and bias 0.5, activation tanh. At the input (2, 1) z is 1.5, "
        "the output a is 0.9051, and the slope there is 0.1807."
    )


def test_no_text_is_small_and_none_overlaps():
    picture, _ = drawn(4.0, -4.0, 4.0, 4.0, -4.0, "linear")
    renderer = FigureCanvasAgg(picture).get_renderer()
    heading = picture.right._left_title.get_window_extent(renderer)
    assert heading.x1 + 5 < picture.beyond.get_window_extent(renderer).x0
    for words in (picture.words, picture.beyond):
        assert words.get_fontsize() >= TEXT


@pytest.mark.slow
def test_the_moving_layer_is_small_and_the_layers_draw_alike_again():
    picture, _ = drawn(1, -1, 0.5, 2, 1)
    still, moving = picture.svg("still"), picture.svg("moving")
    assert len(moving) < len(still) and 0 < moving.count("<path") < still.count("<path")
    assert picture.svg("still") == still and picture.svg("moving") == moving
