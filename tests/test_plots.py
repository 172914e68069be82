"""The pictures: what they show is what was computed, in two layers that add up."""

import math
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.text import Text

from micrograd_lesson import Tensor, Value, plots
from micrograd_lesson.data import two_moons
from micrograd_lesson.optim import SGD
from micrograd_lesson.palette import COLOURS, PAPER
from tests.refusals import refusal


def f(x):
    return 3 * x**2 - 4 * x + 5


def tilted(X):
    return X @ (1, -2) + 0.5


def learning(losses, **options):
    X, y = two_moons(20)
    picture = plots.learning(X, X[:5], **options)
    picture.update((0.3, 0.4), -1, "a network", (losses, tilted, X, y, X[:5], y[:5]))
    return picture


def valley(w1, w2):
    return 0.1 * w1**2 + w2**2


PICTURES = {
    "function": lambda: plots.function(f, points=[-3, 3], tangents=lambda x: 6 * x - 4),
    "secant": lambda: plots.secant(f, 3.0, 1.0),
    "difference_errors": lambda: plots.difference_errors(math.sin, 1.0, math.cos),
    "activations": plots.activations,
    "network": lambda: plots.network([3, 4, 4, 1]),
    "losses": lambda: plots.losses({"a": [3, 2, 1], "b": [4, 5, 6]}, log=True),
    "neuron": lambda: plots.neuron(1, -1, 0.5, 2, 1),
    "descent": lambda: plots.descent(f, 0.1, -3, 5, momentum=0.5),
    "contours": lambda: plots.contours(valley, 0.1, (-4, 2), 10, momentum=0.5),
    "digits": lambda: plots.digits(
        np.linspace(0, 1, 12 * 64).reshape(12, 64), range(12), [*range(11), 5]
    ),
    "confusion": lambda: plots.confusion([[9, 1], [0, 8]]),
    "boundary": lambda: plots.boundary(tilted, *two_moons(20), *two_moons(9, seed=1)),
    "learning": lambda: learning([1.0, 0.5, 0.25]),
}


def test_every_public_picture_is_tested():
    public = {
        name for name, thing in vars(plots).items() if callable(thing) and not name.startswith("_")
    }
    assert public == set(PICTURES) | {"Picture", "reference_slope"}


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_it_displays_as_a_png_and_in_words(name):
    picture = PICTURES[name]()
    data, metadata = picture._repr_mimebundle_()
    assert picture.png().startswith(b"\x89PNG") and data["image/png"].startswith("iVBOR")
    assert data["text/plain"] == picture.alt == repr(picture) and len(picture.alt) > 30
    assert metadata["image/png"]["width"] * 2 == int.from_bytes(picture.png()[16:20])


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_it_draws_the_same_twice(name):
    assert PICTURES[name]().png() == PICTURES[name]().png()


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_its_colours_follow_the_page(name):
    svg = PICTURES[name]().svg()
    ElementTree.fromstring(svg)
    fixed = re.sub(r"var\(--ml-\w+, #\w+\)", "", svg)
    assert len(fixed) < len(svg)
    assert not [light for light, _ in COLOURS.values() if light in fixed]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["secant", "neuron", "descent", "contours"])
def test_the_layers_add_up_and_the_moving_one_is_small(name):
    picture = PICTURES[name]()
    whole, still, moving = picture.svg(), picture.svg("still"), picture.svg("moving")
    paths = [layer.count("<path") + layer.count("<use") for layer in (whole, still, moving)]
    assert len(moving) < len(still) and 0 < paths[2] < paths[1]
    assert re.search('viewBox="[^"]*"', still)[0] == re.search('viewBox="[^"]*"', moving)[0]
    assert len(picture.svg()) == len(
        whole
    )  # drawing a layer left nothing hidden; ids differ, lengths do not


@pytest.mark.slow
def test_three_layers_add_up_too():
    picture = learning([1.0, 0.5])
    whole, *layers = (
        picture.svg(layer).count("<path") + picture.svg(layer).count("<use")
        for layer in (None, "still", "middle", "moving")
    )
    assert sum(layers) == pytest.approx(whole, abs=4) and all(
        layers
    )  # what layers share, each defines for itself
    assert len(picture.svg("moving")) < len(picture.svg("middle")) / 3


def test_pictures_drawn_in_two_threads_leave_matplotlibs_settings_as_they_were():
    class Slow(Text):
        def __init__(self, own, other):
            super().__init__()
            self.own, self.other = own, other

        def draw(
            self, _
        ):  # drawn while the other one is, if that were possible, and ending in the order of beginning
            self.own.set()
            self.other.wait(0.3)

    def draw(own, other):
        picture = plots.Picture()
        picture.moving(Slow(own, other))
        picture.svg("moving")
        own.set()

    before = dict(matplotlib.rcParams)
    first, second, never = (threading.Event() for _ in range(3))
    with ThreadPoolExecutor(2) as threads:
        threads.submit(draw, first, second)
        first.wait()
        threads.submit(draw, second, never).result()
    assert dict(matplotlib.rcParams) == before


def test_secant_shows_the_numbers_it_returns():
    picture = plots.secant(f, 3.0, 1.0, slope=lambda x: 6 * x - 4)
    seen = picture.update(2.0, 0.5)
    assert seen == {"y": 9.0, "y2": 13.75, "estimate": 9.5, "true": 8.0}
    tangent, secant, run, rise, ends, point, valley, here = picture._moving
    assert rise.get_data() == ([2.5, 2.5], [9.0, 13.75])
    assert run.get_data() == ([2.0, 2.5], [9.0, 9.0])
    assert point.get_data() == ([2.0], [9.0])
    assert here.get_data() == ([0.5], [1.5])
    x, y = tangent.get_data()
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(8.0)
    x, y = secant.get_data()
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(9.5)
    steps, errors = valley.get_data()
    assert errors[steps == steps.max()][0] == pytest.approx(3 * steps.max())
    assert "slope 8" in picture.alt and "9.5" in picture.alt


def test_a_step_of_zero_gets_a_sentence():
    with pytest.raises(ValueError, match="two different points"):
        plots.secant(f, 3.0, 1.0).update(3.0, 0.0)


@pytest.mark.parametrize(
    "g, dg",
    [
        (math.sin, math.cos),
        (math.exp, math.exp),
        (f, lambda x: 6 * x - 4),
        (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    ],
)
@pytest.mark.parametrize("x", [-2.0, 0.0, 0.3, 4.0])
def test_reference_slope(g, dg, x):
    assert plots.reference_slope(g, x) == pytest.approx(dg(x), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", plots.ACTIVATIONS)
def test_activations_have_their_slopes(name):
    activation, slope = plots.ACTIVATIONS[name]
    z = np.array([-3.0, -0.5, 0.7, 2.0])
    assert (activation(z + 1e-6) - activation(z - 1e-6)) / 2e-6 == pytest.approx(slope(z), abs=1e-8)


@pytest.mark.parametrize("w1, w2, b", [(1, -1, 0.5), (0, 2, 1), (-1.5, 0.1, 3), (1, 1, 0)])
def test_the_neurons_line_is_where_z_is_zero_and_the_shade_where_it_is_positive(w1, w2, b):
    picture = plots.neuron(w1, w2, b, 0, 0)
    side, line = picture._moving[:2]
    assert np.array(line.get_data()).T @ (w1, w2) + b == pytest.approx(0.0, abs=1e-9)
    assert len(line.get_xdata()) == 2
    assert (side.get_xy() @ (w1, w2) + b >= -1e-9).all()


@pytest.mark.parametrize("b, words", [(9.0, "everywhere"), (-9.0, "nowhere")])
def test_a_neuron_whose_line_is_out_of_sight(b, words):
    picture = plots.neuron(1, 1, b, 0, 0)
    assert len(picture._moving[1].get_xdata()) == 0
    assert words in picture._moving[-1].get_text()


def test_a_neuron_without_weights_draws():
    assert plots.neuron(0, 0, 0.5, 1, 1).update(0, 0, 0.5, 1, 1)["z"] == 0.5


def test_a_neurons_numbers():
    seen = plots.neuron(1, -1, 0.5, 2, 1).update(1, -1, 0.5, 2, 1, "tanh")
    assert seen == {
        "z": 1.5,
        "a": pytest.approx(math.tanh(1.5)),
        "slope": pytest.approx(1 - math.tanh(1.5) ** 2),
    }
    with pytest.raises(ValueError, match="unknown activation 'tan'; known are tanh, sigmoid"):
        plots.neuron(1, 1, 1, 1, 1, "tan")


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.9, 1.1])
def test_descent_walks_as_the_algebra_says(rate):
    seen = plots.descent(lambda w: (w - 1.5) ** 2, 0.1, 0, 0).update(rate, -3.0, 6)
    expected = [1.5 - 4.5 * (1 - 2 * rate) ** k for k in range(7)]
    assert seen["w"] == pytest.approx(expected, abs=1e-8)
    assert seen["loss"] == pytest.approx([(w - 1.5) ** 2 for w in expected], abs=1e-8)
    assert seen["finite"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "rate, momentum", [(0.1, 0.0), (0.3, 0.5), (0.6, 0.9), (1.0, 0.0), (0.05, 0.99)]
)
def test_both_descents_walk_as_sgd_does(rate, momentum):
    def bowl(w):
        return (w - 1.5) ** 2 + 0.001 * w**4

    w, pair = Value(-2.0), [Tensor(-2.0), Tensor(1.5)]
    one, two = SGD([w], rate, momentum), SGD(pair, rate, momentum)
    ways = [[-2.0], [[-2.0, 1.5]]]
    for _ in range(12):
        for optimiser, loss in ((one, bowl(w)), (two, valley(*pair) + 0.3 * pair[0] * pair[1])):
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        ways[0].append(w.data)
        ways[1].append([float(p.data) for p in pair])
    seen = plots.descent(bowl, 0.1, -2.0, 0).update(rate, -2.0, 12, momentum)
    assert seen["w"] == pytest.approx(ways[0], rel=1e-6, abs=1e-6)
    for slope, closeness in (
        (None, 1e-6),
        (lambda a, b: (0.2 * a + 0.3 * b, 2 * b + 0.3 * a), 1e-12),
    ):
        picture = plots.contours(
            lambda a, b: valley(a, b) + 0.3 * a * b, 0.1, (0, 0), 0, slope=slope
        )
        seen = picture.update(rate, (-2, 1.5), 12, momentum)
        assert np.array(seen["w"]) == pytest.approx(np.array(ways[1]), rel=closeness, abs=closeness)


def test_the_slope_in_the_plane_is_at_right_angles_to_the_line_of_equal_loss():
    picture = plots.contours(valley, 0.1, (-4, 2), 3)
    seen = picture.update(0.1, (-4, 2), 3, 0.5)
    w = np.array(seen["w"][-1])
    assert seen["slope"][-1] == pytest.approx((0.2 * w[0], 2 * w[1]), rel=1e-9)
    level, path, downhill, _, _, remembered = picture._moving[:6]
    along, down, kept = (
        np.diff(np.array(line.get_data())).ravel() for line in (level, downhill, remembered)
    )
    assert along @ down == pytest.approx(0, abs=1e-12) and (along @ along) * (down @ down) > 0
    assert valley(*(w + along / 1e4)) == pytest.approx(
        valley(*w), rel=1e-7
    )  # the loss stays the same that way
    assert valley(*(w + down / 1e4)) < valley(*w)
    last = np.array(seen["w"][-1]) - seen["w"][-2]
    assert (
        np.cross(np.append(last, 0), np.append(kept, 0)) == pytest.approx((0, 0, 0), abs=1e-12)
        and last @ kept > 0
    )
    assert np.linalg.norm(kept) / np.linalg.norm(down) == pytest.approx(
        0.5 * np.linalg.norm(seen["v"]) / np.linalg.norm(seen["slope"][-1])
    )  # the parts in their true proportion
    x, y = picture.axes[0].transData.transform([(0, 0), (1, 1)])
    assert y[0] - x[0] == pytest.approx(y[1] - x[1])  # equal scales, so right angles look right


def test_the_contour_lines_are_lines_of_equal_loss():
    picture = plots.contours(valley, 0.1, (-4, 2), 3)
    (lines,) = picture.axes[0].collections
    for level, path in zip(lines.levels, lines.get_paths()):
        assert len(path.vertices)
        assert [valley(*w) for w in path.vertices] == pytest.approx(
            [level] * len(path.vertices), abs=0.03
        )
    assert (
        not plots.contours(lambda a, b: 1.0, 0.1, (0, 0), 3).axes[0].collections
    )  # a flat loss has none


@pytest.mark.parametrize(
    "draw, start, rate, steps, marker, words",
    [
        (plots.descent, -3.0, 1.1, 20, "^", "w = -171, loss = 2.976e+04"),
        (plots.contours, (-4, 2), 1.1, 20, "^", "w2 = 76.6"),
        (plots.contours, (-4, 2), 1.1, 19, "v", "w2 = -63.9"),
    ],
)
def test_a_point_beyond_the_edge_stands_at_it_and_says_where_it_is(
    draw, start, rate, steps, marker, words
):
    loss = (lambda w: (w - 1.5) ** 2) if draw is plots.descent else valley
    picture = draw(loss, rate, start, 0)
    seen = picture.update(rate, start, steps, 0.0)
    *_, last, beyond, history = picture._moving
    box = picture.axes[0].viewLim
    assert box.x0 <= last.get_xdata()[0] <= box.x1 and box.y0 <= last.get_ydata()[0] <= box.y1
    assert (
        last.get_marker() == marker and words in beyond.get_text() and "beyond" in beyond.get_text()
    )
    arrows = [
        a
        for a in picture._moving
        if isinstance(a, Text) and a.get_text() in ("downhill", "remembered")
    ]
    assert not arrows and seen["finite"]
    picture.update(rate, start, 0, 0.0)
    assert last.get_marker() == "o" and beyond.get_text() == ""


def test_descent_that_blows_up_stops_and_says_so():
    picture = plots.descent(lambda w: w**4, 0.1, 3.0, 0)
    seen = picture.update(1.0, 3.0, 40)
    assert not seen["finite"] and len(seen["w"]) < 10 and "blows up" in picture.alt


def test_network_counts_layers_and_parameters():
    picture = plots.network([3, 4, 4, 1])
    assert (
        "hidden layer 2" in picture.alt
        and "hidden layer 3" not in picture.alt
        and "41 parameters" in picture.alt
    )
    with pytest.raises(ValueError, match="sizes needs inputs and at least one layer"):
        plots.network([3])


def drawn(axes):
    """(x, y) of every line on the axes."""
    return [tuple(map(list, line.get_data())) for line in axes.lines]


def test_function_draws_the_curve_the_points_and_their_tangents():
    (axes,) = plots.function(f, points=[-3], tangents=lambda x: 6 * x - 4).axes
    curve, tangent, point = drawn(axes)
    assert curve[1] == pytest.approx([f(x) for x in curve[0]])
    assert (tangent[1][1] - tangent[1][0]) / (tangent[0][1] - tangent[0][0]) == pytest.approx(-22)
    assert sum(tangent[0]) / 2 == pytest.approx(-3) and sum(tangent[1]) / 2 == pytest.approx(f(-3))
    assert point == ([-3], [f(-3)])


def test_the_tangent_goes_through_its_point():
    tangent, secant = plots.secant(f, 2.0, 0.5)._moving[:2]
    for line, (x, y) in (
        (tangent, (2.0, f(2.0))),
        (secant, (2.0, f(2.0))),
        (secant, (2.5, f(2.5))),
    ):
        assert np.interp(x, *line.get_data()) == pytest.approx(y)


def test_difference_errors_draws_each_error_under_its_name():
    (axes,) = plots.difference_errors(lambda x: x**3, 2.0).axes
    errors = {line.get_label(): dict(zip(*drawn(axes)[i])) for i, line in enumerate(axes.lines)}
    h = min(errors["forward difference"], key=lambda h: abs(h - 0.01))
    assert errors["forward difference"][h] == pytest.approx(6 * h + h * h, rel=1e-6)
    assert errors["central difference"][h] == pytest.approx(h * h, rel=1e-6)


def test_activations_show_each_function_above_its_slope():
    axes = plots.activations().axes
    for i, (activation, slope) in enumerate(plots.ACTIVATIONS.values()):
        for ax, function in ((axes[2 * i], activation), (axes[2 * i + 1], slope)):
            ((z, y),) = drawn(ax)
            known = [k for k, value in enumerate(y) if not math.isnan(value)]
            assert len(known) >= 400
            assert [y[k] for k in known] == pytest.approx(
                [float(function(np.float64(z[k]))) for k in known]
            )


def test_losses_draws_each_history_in_order():
    (axes,) = plots.losses({"a": [3, 2, 1], "b": [4, 5]}).axes
    assert drawn(axes) == [([0, 1, 2], [3, 2, 1]), ([0, 1], [4, 5])]
    assert [line.get_label() for line in axes.lines] == ["a", "b"]
    epochs = plots.losses({"a": [3, 2, 1]}, per="epoch")
    assert (
        epochs.axes[0].get_xlabel() == "epoch"
        and epochs.alt == "Loss against epoch. a: from 3 to 1 in 2 epochs."
    )
    for nothing in ({}, {"a": []}):
        with pytest.raises(ValueError, match="at least one"):
            plots.losses(nothing)


@pytest.mark.parametrize("activation", plots.ACTIVATIONS)
def test_the_neurons_parts_stand_where_its_numbers_say(activation):
    picture = plots.neuron(1.5, -0.5, 0.2, 0.6, 0.4, activation)
    seen = picture.update(1.5, -0.5, 0.2, 0.6, 0.4, activation)
    side, line, arrow, point, curve, tangent, drop, here = picture._moving[:8]
    (x, x2), (y, y2) = arrow.get_data()
    assert (x2 - x, y2 - y) == pytest.approx(
        (1.5, -0.5)
    ) and 1.5 * x - 0.5 * y + 0.2 == pytest.approx(0)
    assert point.get_data() == ([0.6], [0.4])
    assert here.get_data() == ([seen["z"]], [seen["a"]]) and here.get_marker() == "o"
    function, slope = plots.ACTIVATIONS[activation]
    assert curve.get_ydata() == pytest.approx(function(curve.get_xdata()))
    (z, z2), (a, a2) = tangent.get_data()
    assert (a2 - a) / (z2 - z) == pytest.approx(seen["slope"])
    assert ((z + z2) / 2, (a + a2) / 2) == pytest.approx((seen["z"], seen["a"]))


def test_the_descents_parts_stand_where_its_numbers_say():
    picture = plots.descent(lambda w: (w - 1.5) ** 2, 0.1, -3.0, 5)
    seen = picture.update(0.1, -3.0, 5)
    tangent, path, *_, first, last, beyond, history = picture._moving
    assert list(path.get_xdata()) == seen["w"] and list(path.get_ydata()) == seen["loss"]
    assert list(history.get_xdata()) == list(range(6)) and list(history.get_ydata()) == seen["loss"]
    assert first.get_data() == ([-3.0], [20.25]) and last.get_data() == (
        [seen["w"][-1]],
        [seen["loss"][-1]],
    )
    (w, w2), (y, y2) = tangent.get_data()
    assert (
        (y2 - y) / (w2 - w)
        == pytest.approx(2 * (seen["w"][-1] - 1.5))
        == pytest.approx(seen["slope"][-1])
    )


@pytest.mark.parametrize(
    "g, x, slope",
    [
        (lambda x: 1 / x, 0.03, -1 / 0.03**2),
        (math.exp, 50.0, math.exp(50)),
        (lambda x: math.sin(200 * x), 1.0, 200 * math.cos(200)),
        (math.sqrt, 0.01, 5.0),
    ],
)
def test_reference_slope_of_steep_and_bounded_functions(g, x, slope):
    assert plots.reference_slope(g, x) == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize(
    "g, x", [(abs, 0), (math.floor, 1), (lambda x: max(x, 0), 0), (math.sqrt, 0), (math.log, -1)]
)
def test_reference_slope_where_there_is_none(g, x):
    assert math.isnan(plots.reference_slope(g, x))


def inked(axes):
    """The ink of a drawn digit, row by row from the top left; 0 where no patch stands."""
    ink = np.zeros((8, 8))
    for patch in axes.patches:
        assert (patch.get_width(), patch.get_height()) == (1, 1)
        ink[int(patch.get_y()), int(patch.get_x())] = patch.get_alpha()
    assert axes.get_ylim() == (8, 0)  # the first row is on top
    return ink


@pytest.mark.slow
def test_digits_draws_each_image_over_its_own_caption():
    images = np.random.default_rng(0).random((12, 64)) * (np.arange(64) % 3 > 0)
    for given in (images, images.reshape(12, 8, 8)):
        picture = plots.digits(given, range(12), [*range(11), 5], columns=5)
        for i, (ax, words) in enumerate(zip(picture.axes, picture.texts, strict=True)):
            assert inked(ax).ravel() == pytest.approx(images[i])
            assert words.get_text() == (f"{i} \N{CHECK MARK}" if i < 11 else "11, not 5")
            box, (x, y) = ax.get_position(), words.get_position()
            assert x == pytest.approx((box.x0 + box.x1) / 2) and 0 < box.y0 - y < 0.03
        assert [round(5 * ax.get_position().x0) for ax in picture.axes[:6]] == [0, 1, 2, 3, 4, 0]


@pytest.mark.slow
def test_digits_marks_what_is_wrong_with_more_than_colour():
    picture = plots.digits(np.ones((2, 64)), [3, 4], [3, 9])
    right, wrong = (ax.spines["left"].get_linewidth() for ax in picture.axes)
    assert (
        wrong >= 2 * right
        and picture.texts[1].get_fontweight() == "bold" != picture.texts[0].get_fontweight()
    )
    assert picture.alt == "Handwritten digits, 2 of them: 3 right, 4 taken for 9."
    assert (
        plots.digits(np.ones((2, 64)), np.array([3, 4])).alt
        == "Handwritten digits, 2 of them: 3, 4."
    )


@pytest.mark.parametrize(
    "images, labels, answers, words",
    [
        (np.ones((2, 63)), [1, 2], None, r"not \(2, 63\)"),
        (np.ones((0, 64)), [], None, r"not \(0, 64\)"),
        (np.ones((2, 64)), [1], None, "each of 2 images, not 1 and 1"),
        (np.ones((2, 64)), [1, 2], [1], "each of 2 images, not 2 and 1"),
    ],
)
def test_digits_refuses_what_does_not_fit(images, labels, answers, words):
    with pytest.raises(ValueError, match=words):
        plots.digits(images, labels, answers)


def test_confusion_writes_each_count_into_its_cell():
    counts = np.array([[7, 2, 0], [0, 5, 1], [0, 0, 9]])
    picture = plots.confusion(counts)
    (ax,) = picture.axes
    seen = np.zeros((3, 3), int)
    for words in ax.texts:
        x, y = words.get_position()
        seen[int(y), int(x)] = words.get_text()
        assert (words.get_fontweight() == "bold") == (int(x) != int(y))
    assert (seen == counts).all() and ax.get_ylim() == (3, 0)
    framed = {
        (int(patch.get_y()), int(patch.get_x())) for patch in ax.patches if patch.get_linewidth()
    }
    assert framed == {(0, 0), (1, 1), (2, 2)}
    assert picture.alt == "Right: 21 of 24. Taken for another: 0 for 1, 2 times; 1 for 2, once."
    assert "None" in plots.confusion(np.eye(3, dtype=int)).alt
    for bad in (np.ones((2, 3)), np.zeros((2, 2)), [1, 2]):
        with pytest.raises(ValueError, match="square table"):
            plots.confusion(bad)


def test_the_boundary_is_where_the_score_is_zero_and_each_side_has_its_shade():
    picture = plots.boundary(tilted, *two_moons(20))
    positive, beyond, negative, below, line = picture._moving[:5]
    on_it = np.array(line.get_data()).T
    on_it = on_it[np.isfinite(on_it).all(axis=1)]
    assert len(on_it) > 2 and tilted(on_it) == pytest.approx(0, abs=1e-9)
    for patch, low, high in ((positive, 0, 9), (beyond, 1, 9), (negative, -9, 0), (below, -9, -1)):
        corners = patch.get_path().vertices
        assert 3 <= len(corners) < 12  # of a straight line: no corner on the way
        assert ((tilted(corners) >= low - 1e-9) & (tilted(corners) <= high + 1e-9)).all()


def test_the_boundary_counts_who_is_on_the_right_side():
    X, y = [[0, 0], [1, 0], [2, 0], [3, 0]], [1, 1, -1, 1]
    picture = plots.boundary(lambda X: 1.5 - X[:, 0], X, y, [[0, 1], [1.5, 1]], [1, -1])
    assert picture.update(lambda X: 1.5 - X[:, 0], X, y, [[0, 1], [1.5, 1]], [1, -1]) == {
        "right": 3,
        "right_test": 1,
    }
    assert "3 of 4" in picture.alt and "1 of 2 held-out" in picture.alt
    assert picture.update(lambda X: X[:, 0] - 1.5, X, y, [[0, 1], [1.5, 1]], [1, -1])["right"] == 1


def test_the_boundarys_points_stand_where_they_are_by_class_and_shape():
    picture = plots.boundary(tilted, [[0, 1], [2, 3]], [1, -1], [[4, 5]], [-1])
    seen = [
        (
            line.get_label(),
            line.get_marker(),
            line.get_markerfacecolor() == PAPER,
            *np.array(line.get_data()).T.tolist(),
        )
        for line in picture._moving[5:]
    ]
    assert seen == [
        ("class 1", "o", True),
        ("class −1", "^", True, [4, 5]),  # held out: hollow
        ("class 1", "o", False, [0, 1]),
        ("class −1", "^", False, [2, 3]),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [
        lambda X: Tensor(tilted(X)),
        lambda X: Tensor(tilted(X)[:, None]),
        lambda X: tilted(X)[:, None],
        lambda X: list(tilted(X)),
    ],
)
def test_the_boundary_takes_scores_in_every_form(model):
    expected = plots.boundary(tilted, *two_moons(20))
    assert plots.boundary(model, *two_moons(20)).png() == expected.png()


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [
        lambda X: X[:, 0] * np.nan,
        lambda X: X[:, 0] / 0,
        lambda X: X[:, 0] * 0,
        lambda X: np.exp(1000 * X[:, 0]),
        lambda X: np.log(X[:, 0]) > 0,
    ],
)
def test_the_boundary_of_odd_scores_draws(model):
    assert plots.boundary(model, *two_moons(20)).png().startswith(b"\x89PNG")


def test_the_boundary_needs_no_points():
    assert "0 points" in plots.boundary(tilted, [], []).alt


@pytest.mark.parametrize(
    "arguments, exception, sentence",
    [
        (
            (None, [[0, 1]], [1]),
            TypeError,
            "the model must be a function from points to scores, not NoneType.",
        ),
        (
            (lambda X: "1", [[0, 1]], [1]),
            TypeError,
            "the model must give a number for each point, not str.",
        ),
        (
            (lambda X: X, [[0, 1]], [1]),
            ValueError,
            "the model must give one score for each of 2806 points; it gave shape (2806, 2).",
        ),
        (
            (tilted, [[0, 1, 2]], [1]),
            ValueError,
            "points in the plane have shape (n, 2), not (1, 3).",
        ),
        (
            (tilted, [[0, math.nan]], [1]),
            ValueError,
            "every point needs two finite numbers, not [0.0, nan].",
        ),
        (
            (tilted, [[0, 1]], [1, 1]),
            ValueError,
            "1 points need as many classes; y has shape (2,).",
        ),
        ((tilted, [[0, 1]], [0]), ValueError, "every class must be 1 or -1, not 0."),
    ],
)
def test_the_boundary_refuses_what_it_cannot_show(arguments, exception, sentence):
    assert refusal(lambda: plots.boundary(*arguments), exception) == sentence


def test_learning_shows_the_losses_and_the_point_that_you_move():
    picture = learning([1.0, 0.5, 0.25])
    (history, last), (yours, above) = picture._middle[-2:], picture._moving
    assert [part.tolist() for part in history.get_data()] == [[0, 1, 2], [1.0, 0.5, 0.25]]
    assert [part.tolist() for part in last.get_data()] == [[2], [0.25]] and last.get_marker() == "o"
    assert yours.get_data() == ([0.3], [0.4]) and yours.get_marker() == "^"
    assert above.get_text() == "a network" and picture.alt.startswith(
        "a network. Loss 0.2500. 10 points of class 1"
    )


def test_learning_moves_your_point_and_leaves_what_was_learned():
    picture = learning([1.0, 0.5])
    before = picture.svg("middle")
    seen = picture.update((1, 1), 1, "other words")
    assert picture.svg("middle") == before
    assert set(seen) == {"right", "right_test"} and picture.alt.startswith(
        "other words. Loss 0.5000."
    )


@pytest.mark.parametrize(
    "loss, mark, height", [(0.0, "v", 1e-3), (1e9, "^", 10), (math.nan, "o", math.nan)]
)
def test_losses_beyond_the_curve_are_marked_at_its_edge(loss, mark, height):
    last = learning([1.0, loss])._middle[-1]
    assert last.get_marker() == mark and last.get_ydata()[0] == pytest.approx(height, nan_ok=True)


def test_a_long_history_keeps_its_ends_and_few_points():
    history, last = learning(list(np.geomspace(5, 0.01, 5001)), span=6400)._middle[-2:]
    steps, losses = history.get_data()
    assert (
        len(steps) == 201
        and (steps[0], steps[-1]) == (0, 5000)
        and losses[-1] == pytest.approx(0.01)
    )
    assert losses == pytest.approx(np.geomspace(5, 0.01, 5001)[steps])


def test_learning_locates_a_click_and_measures_in_pixels():
    picture = learning([1.0])
    plane = picture.axes[0]
    across, up = plane.transData.transform((0.5, 0.25)) / picture.bbox.size
    assert picture.locate(across, 1 - up) == pytest.approx((0.5, 0.25))
    assert picture.locate(0.01, 0.5) is None and picture.locate(0.8, 0.5) is None
    (x, x2), width = plane.get_xlim(), plane.bbox.width
    assert picture.distances((x, 0), [[x2, 0], [x, 0]]) == pytest.approx([width, 0])
