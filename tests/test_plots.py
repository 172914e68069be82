"""The pictures: what they show is what was computed, in two layers that add up."""

import math
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from micrograd_lesson import Tensor, Value, plots
from micrograd_lesson.data import two_moons
from micrograd_lesson.optim import SGD
from micrograd_lesson.palette import COLOURS
from micrograd_lesson.plots.picture import Texts


def f(x):
    return 3 * x**2 - 4 * x + 5


def valley(w1, w2):
    return 0.1 * w1**2 + w2**2


def forward_numbers():
    """A number of its own, with its sign, for each place of the forward picture; and a gradient."""
    names = [
        "x1",
        "x2",
        *(f"{kind}{i}" for kind in "wbza" for i in range(1, 5)),
        "w5",
        "w6",
        "w7",
        "w8",
        "y1",
        "y2",
        "L",
    ]
    numbers = {name: (-1) ** i * (i + 1) / 30 for i, name in enumerate(names)}
    return numbers, {name: -x / 100 for name, x in numbers.items() if name[0] in "wbza"}


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
    "reading": lambda: plots.reading(np.linspace(0, 1, 64), [0.7, 0.2, *[0.0125] * 8], 1),
    "forward": lambda: plots.forward(*forward_numbers(), "gradients"),
    "broadcast": lambda: plots.broadcast(
        [[1, 2], [3, 4]], [5, 6], "*", [[1, 1], [2, -1]], [7, -2], "b", (1, 0)
    ),
    "boundary": lambda: plots.boundary(lambda X: X[:, 0], *two_moons(20), *two_moons(9, seed=1)),
}


def test_every_public_picture_is_tested():
    public = {
        name for name, thing in vars(plots).items() if callable(thing) and not name.startswith("_")
    }
    assert public == set(PICTURES) | {"Picture", "reference_slope"}


@pytest.mark.parametrize("name", PICTURES)
def test_it_displays_as_a_png_and_in_words(name):
    picture = PICTURES[name]()
    data, metadata = picture._repr_mimebundle_()
    assert picture.png().startswith(b"\x89PNG") and data["image/png"].startswith("iVBOR")
    assert data["text/plain"] == picture.alt == repr(picture) and len(picture.alt) > 30
    assert metadata["image/png"]["width"] * 2 == int.from_bytes(picture.png()[16:20])


@pytest.mark.parametrize("name", PICTURES)
def test_it_draws_the_same_twice(name):
    assert PICTURES[name]().png() == PICTURES[name]().png()


@pytest.mark.parametrize("name", PICTURES)
def test_its_colours_follow_the_page(name):
    svg = PICTURES[name]().svg()
    ElementTree.fromstring(svg)
    fixed = re.sub(r"var\(--ml-\w+, #\w+\)", "", svg)
    assert len(fixed) < len(svg)
    assert not [light for light, _ in COLOURS.values() if light in fixed]


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


def forward_texts(picture):
    """Every text on the picture and its box, in pixels."""
    renderer = FigureCanvasAgg(picture).get_renderer()
    return [
        (t.get_text(), t.get_window_extent(renderer)) for t in picture.findobj(Text) if t.get_text()
    ]


def test_forward_shows_every_number_and_every_gradient():
    numbers, gradients = forward_numbers()
    seen = [words for words, _ in forward_texts(plots.forward(numbers, gradients, "gradients"))]
    for name, x in numbers.items():
        assert (f"{x:+.4f}" if name != "L" else f"{x:.6f}").replace(
            "-", "−" if name != "L" else "-"
        ) in seen
    for name, x in gradients.items():
        assert f"grad {x:+.5f}".replace("-", "−") in seen
    for i in (1, 2):
        assert f"{numbers[f'a{i + 2}'] - numbers[f'y{i}']:+.4f}".replace("-", "−") in seen


def test_forward_shows_gradients_only_where_asked():
    numbers, gradients = forward_numbers()
    picture = plots.forward(numbers, gradients)
    assert "grad " not in str(forward_texts(picture)) and "Gradients" not in picture.alt
    picture.update(numbers, gradients, "gradients")
    assert "grad " in str(forward_texts(picture)) and "w8 " in picture.alt
    picture.update(numbers)
    assert "grad " not in str(forward_texts(picture))


def test_nothing_on_forward_overlaps_or_jumps():
    numbers, gradients = forward_numbers()
    picture = plots.forward(numbers, gradients, "gradients")
    boxes = [box for _, box in forward_texts(picture)]
    for i, one in enumerate(boxes):
        assert one.x0 > 0 and one.x1 < 960 and one.y0 > 0 and one.y1 < 430
        for other in boxes[:i]:
            assert (
                min(one.x1, other.x1) <= max(one.x0, other.x0)
                or min(one.y1, other.y1) - max(one.y0, other.y0) < 2
            )
    picture.update(
        {name: x if name == "L" else -x for name, x in numbers.items()},
        {name: -x for name, x in gradients.items()},
        "gradients",
    )
    after = [box for _, box in forward_texts(picture)]
    assert [x for b in boxes for x in (b.x0, b.width)] == pytest.approx(
        [x for b in after for x in (b.x0, b.width)], abs=1.5
    )


def test_forward_refuses_what_it_cannot_show():
    numbers, gradients = forward_numbers()
    with pytest.raises(ValueError, match="unknown show 'backward'; known are forward, gradients"):
        plots.forward(numbers, gradients, "backward")
    with pytest.raises(ValueError, match="no gradients to show"):
        plots.forward(numbers, None, "gradients")


def boxes(line):
    """The centre of each frame that a line draws, in pixels."""
    x, y = (np.reshape(values, (-1, 6))[:, :4].mean(axis=1) for values in line.get_data())
    return set(zip(x.tolist(), y.tolist()))


def at(array, i, j):
    """The middle of a cell of the broadcast picture; arrays are counted as they are read, three in a row."""
    return (44, 368, 692)[array % 3] + 56 * (j + 0.5), (310, 122)[array // 3] - 32 * (i + 0.5)


def test_broadcast_frames_copies_and_entries():
    picture = plots.broadcast(
        [[1, 2], [3, 4]], [5, 6], "*", [[1, 1], [2, -1]], [7, -2], "b", (1, 0)
    )
    own, copied, followed, marks = picture._moving[:4]
    assert boxes(copied) == {at(k, 1, j) for k in (1, 4) for j in (0, 1)}
    assert boxes(own) == (
        {at(k, i, j) for k in (0, 2, 5) for i in (0, 1) for j in (0, 1)}
        | {at(k, 0, j) for k in (1, 3, 4) for j in (0, 1)}
    )
    assert boxes(followed) == {at(3, 0, 0)} | {at(k, i, 0) for k in (1, 2, 4, 5) for i in (0, 1)}
    assert set(marks.get_ydata()) == {at(k, 1, 0)[1] + 7 for k in (1, 4)}
    cells = dict(zip(picture._moving[-1].places, picture._moving[-1].texts))
    for k, numbers in enumerate(
        (
            [[1, 2], [3, 4]],
            [[5, 6], [5, 6]],
            [[5, 12], [15, 24]],
            [[7, -2]],
            [[1, 2], [6, -4]],
            [[1, 1], [2, -1]],
        )
    ):
        for (i, j), number in np.ndenumerate(numbers):
            x, y = at(k, i, j)
            assert cells[x, y - 5] == f"{number}".replace("-", "−")


def test_broadcast_says_what_it_shows():
    picture = plots.broadcast(np.ones((3, 1)), [5, 6, 7, 8], "+")
    assert picture.alt == "a of shape (3, 1) + b of shape (4,) gives a result of shape (3, 4)."
    assert picture.get_size_inches()[1] * 72 == 200  # no room below, where nothing flows back
    seen = picture.update(np.ones((3, 1)), [5, 6, 7, 8], "+", follow="a", place=(2, 0))
    assert seen == {"shape": (3, 4), "entry": (2, 0), "copies": [(2, j) for j in range(4)]}
    assert "a[2, 0] stands at 4 places of it: row 2 column 0, row 2 column 1" in picture.alt


def test_broadcast_shows_shapes_that_do_not_fit():
    picture = plots.broadcast(np.ones((3, 4)), np.ones(3), "+", np.ones((3, 4)), np.ones(3))
    assert (
        picture.update(np.ones((3, 4)), np.ones(3)) == {"shape": None}
        and "do not fit" in picture.alt
    )
    headings, *_, cells = picture._moving[4:]
    assert "no result: 4 against 3" in headings.texts and cells.texts.count("1") == 15


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ((1, 1, "-"), r"op is \+ or \*, and follow is a or b, not '-' and 'b'"),
        ((1, 1, "+", None, None, "c"), "not '\\+' and 'c'"),
        ((np.ones((4, 4)), 1), r"a has shape \(4, 4\); the picture has room for 3 rows of 4"),
        ((1, np.ones((1, 1, 1))), r"b has shape \(1, 1, 1\)"),
    ],
)
def test_broadcast_refuses_what_it_cannot_show(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.broadcast(*arguments)


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


def test_reading_shows_the_digit_and_its_probabilities():
    picture = plots.reading(np.zeros(64), [0.1] * 10, 0)
    image, shares = np.random.default_rng(1).random((8, 8)), np.array([0.05] * 9 + [0.55])
    assert picture.update(image, shares, 4) == 9
    left, right = picture.axes
    (squares,) = left.collections
    assert squares.get_offsets() == pytest.approx(
        np.array([(x + 0.5, y + 0.5) for y in range(8) for x in range(8)])
    )
    assert squares.get_facecolors()[:, 3] == pytest.approx(image.ravel()) and left.get_ylim() == (
        8,
        0,
    )
    side = np.sqrt(squares.get_sizes()) / (
        72 * picture.get_size_inches() * left.get_position().size
    )
    assert side == pytest.approx(1 / 8)
    assert right.lines[0].get_xydata()[[k for k in range(30) if k % 3 < 2]] == pytest.approx(
        np.array([(x, k) for k, p in enumerate(shares) for x in (0, p)])
    )
    (numbers,) = (artist for artist in right.get_children() if isinstance(artist, Texts))
    assert (numbers.texts, numbers.bold) == (["0.050"] * 9 + ["0.550"], 9)
    assert [round(y) for _, y in numbers.places] == list(range(10))
    (mark,) = right.texts
    assert mark.get_text().startswith("it is") and mark.get_position()[1] == 4
    assert (
        picture.alt
        == "A handwritten 4. The network says 9, with probability 0.550; to 4 it gives 0.050."
    )
    picture.update(image, shares, 9)
    assert picture.alt.endswith("says 9, with probability 0.550.")
    picture.update(image * (image > 0.5), shares, 9)
    assert len(squares.get_offsets()) == len(squares.get_facecolors()) == (image > 0.5).sum()
