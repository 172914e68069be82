"""The pictures of lessons: what they show is what was computed."""

import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from micrograd_lesson import plots
from micrograd_lesson.data import two_moons
from micrograd_lesson.module import ACTIVATIONS
from micrograd_lesson.plots.picture import TEXT
from tests.painted import check_dark_pairs, svg_in


def f(x):
    return 3 * x**2 - 4 * x + 5


def tilted(X):
    return X @ (1, -2) + 0.5


def bowl(w1, w2):
    return w1**2 + 3 * w2**2


PICTURES = {
    "function": lambda: plots.function(f, points=[-3, 3], tangents=lambda x: 6 * x - 4),
    "difference_errors": lambda: plots.difference_errors(math.sin, 1.0),
    "activations": plots.activations,
    "network": lambda: plots.network([3, 4, 4, 1]),
    "losses": lambda: plots.losses({"a": [3, 2, 1], "b": [4, 5, 6]}),
    "paths": lambda: plots.paths(bowl, {"a": [(2, 1), (1, 0.5)], "b": [(2, 1), (0, 0)]}),
    "digits": lambda: plots.digits(
        np.linspace(0, 1, 12 * 64).reshape(12, 64), range(12), [*range(11), 5]
    ),
    "confusion": lambda: plots.confusion([[9, 1], [0, 8]]),
    "pairs": lambda: plots.pairs(np.arange(729.0).reshape(27, 27) % 5),
    "boundary": lambda: plots.boundary(tilted, *two_moons(20), *two_moons(9, seed=1)),
}


def test_every_public_picture_is_tested():
    public = {
        name for name, thing in vars(plots).items() if callable(thing) and not name.startswith("_")
    }
    assert public == set(PICTURES) | {"Picture"}


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_it_displays_as_an_image_and_in_words(name):
    picture = PICTURES[name]()
    data, metadata = picture._repr_mimebundle_()
    assert picture.png().startswith(b"\x89PNG") and data["image/png"].startswith("iVBOR")
    assert data["text/plain"] == picture.alt == repr(picture) and len(picture.alt) > 30
    assert metadata["image/png"]["width"] * 2 == int.from_bytes(picture.png()[16:20])
    assert f'alt="{picture.alt}"' in data["text/html"]
    assert f'width="{picture.width:.0f}" height="{picture.height:.0f}"' in data["text/html"]


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_it_draws_the_same_twice(name):
    assert PICTURES[name]().png() == PICTURES[name]().png()
    assert PICTURES[name]().svg() == PICTURES[name]().svg()


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_every_colour_has_its_dark_pair(name):
    html = PICTURES[name]()._repr_mimebundle_()[0]["text/html"]
    check_dark_pairs(html)
    assert "<text" not in svg_in(html)  # outlines look alike on every system


LESSONS = [
    "function",
    "difference_errors",
    "activations",
    "network",
    "losses",
    "paths",
    "pairs",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_its_texts_can_be_read_and_none_is_cut_off(name):
    picture = PICTURES[name]()
    box = picture.get_tightbbox(FigureCanvasAgg(picture).get_renderer())  # in inches
    width, height = picture.get_size_inches()
    assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height
    sizes = [words.get_fontsize() for words in picture.findobj(Text) if words.get_text()]
    assert min(sizes) >= TEXT


def places(line):
    """(x, y) of a line, as two lists."""
    x, y = line.get_data()
    return list(x), list(y)


def legend(axes):
    """The names in the legend, as they are read, which stands above the axes."""
    axes.figure.draw(FigureCanvasAgg(axes.figure).get_renderer())
    assert axes.get_legend().get_window_extent().y0 >= axes.bbox.y1 - 1
    places = []
    for words in axes.get_legend().get_texts():
        box = words.get_window_extent()
        assert box.x1 <= axes.figure.bbox.x1 and box.y1 <= axes.figure.bbox.y1
        places.append((-round(box.y0 / 8), box.x0, words.get_text()))
    return [name for _, _, name in sorted(places)]


def test_function_draws_the_curve_the_points_and_their_tangents():
    picture = plots.function(f, points=[-3], tangents=lambda x: 6 * x - 4)
    x, y = places(picture.curve)
    assert y == pytest.approx([f(x) for x in x])
    (tangent,) = picture.tangents
    (x, x2), (y, y2) = places(tangent)
    assert (y2 - y) / (x2 - x) == pytest.approx(-22)
    assert (x + x2) / 2 == pytest.approx(-3) and (y + y2) / 2 == pytest.approx(f(-3))
    (mark,) = picture.marks
    assert places(mark) == ([-3], [f(-3)])
    assert plots.function(f, points=[-3]).tangents == []


def test_function_says_where_its_points_are():
    picture = plots.function(f, points=[-3, 3], tangents=lambda x: 6 * x - 4)
    assert picture.alt == (
        "The curve of f(x) for x from −5 to 5; marked: (−3, 44), slope −22; "
        "marked: (3, 20), slope 14."
    )
    assert [words.get_text() for words in picture.labels] == [
        "(−3, 44), slope −22",
        "(3, 20), slope 14",
    ]
    assert plots.function(math.tanh).alt == "The curve of f(x) for x from −5 to 5."


@pytest.mark.parametrize(
    "g, x, above, left",
    [
        (lambda x: -x, 0, True, False),
        (lambda x: x, 0, False, False),
        (lambda x: x, 5, True, True),
        (lambda x: -x, 5, False, True),
        (abs, 0, False, False),  # no slope there
    ],
)
def test_a_label_stands_beside_the_curve(g, x, above, left):
    (label,) = plots.function(g, points=[x]).labels
    assert (label.get_position()[1] > 0) == above
    assert (label.get_position()[0] < 0) == left == (label.get_ha() == "right")


@pytest.mark.slow
def test_difference_errors_draws_each_error_under_its_name():
    picture = plots.difference_errors(lambda x: x**3, 2.0)
    errors = {name: dict(zip(*places(line))) for name, line in picture.errors.items()}
    h = min(errors["forward difference"], key=lambda h: abs(h - 0.01))
    assert errors["forward difference"][h] == pytest.approx(6 * h + h * h, rel=1e-6)
    assert errors["central difference"][h] == pytest.approx(h * h, rel=1e-6)
    (axes,) = picture.axes
    assert legend(axes) == list(errors) == ["forward difference", "central difference"]
    assert [line.get_label() for line in picture.errors.values()] == list(errors)


def test_difference_errors_says_what_the_curves_do():
    bends = "less for smaller h, and then more again where rounding takes over"
    assert plots.difference_errors(lambda x: x**3, 2.0).alt == (
        "Error of the slope at x = 2 against h, both on logarithmic scales; "
        f"forward difference: 0.6 at h = 0.1, {bends}; "
        f"central difference: 0.01 at h = 0.1, {bends}."
    )
    assert "less for" not in plots.difference_errors(lambda x: 0.0, 2.0).alt


BY_HAND = {  # an activation and its slope, as functions of z
    "tanh": (math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "relu": (lambda z: max(z, 0.0), lambda z: float(z > 0)),
    "sigmoid": (
        lambda z: 1 / (1 + math.exp(-z)),
        lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    ),
    "linear": (lambda z: z, lambda z: 1.0),
}


def test_activations_show_each_function_above_its_slope():
    picture = plots.activations()
    assert list(picture.curves) == list(picture.slopes) == list(BY_HAND) == list(ACTIVATIONS)
    for name, (activation, slope) in BY_HAND.items():
        curve, below = picture.curves[name], picture.slopes[name]
        assert curve.axes.get_title(loc="left") == name
        assert below.axes.get_title(loc="left") == "slope"
        above_box, below_box = curve.axes.get_position(), below.axes.get_position()
        assert above_box.x0 == below_box.x0 and above_box.y0 > below_box.y1
        for line, function in ((curve, activation), (below, slope)):
            z, y = places(line)
            known = [k for k, value in enumerate(y) if not math.isnan(value)]
            assert len(known) >= 400
            assert [y[k] for k in known] == pytest.approx([function(z[k]) for k in known])


def test_network_draws_a_circle_a_neuron_and_a_line_a_weight():
    (axes,) = plots.network([3, 4, 1]).axes
    circles = [line for line in axes.lines if line.get_marker() == "o"]
    assert [len(column.get_xdata()) for column in circles] == [3, 4, 1]
    assert len(axes.lines) - len(circles) == 3 * 4 + 4 * 1
    words = [text.get_text() for text in axes.texts]
    assert {"inputs", "hidden layer\n16 parameters", "output layer\n5 parameters"} <= set(words)
    assert {"x1", "x2", "x3"} <= set(words)


def test_network_counts_layers_and_parameters():
    alt = plots.network([3, 4, 4, 1]).alt
    assert "hidden layer 2" in alt and "hidden layer 3" not in alt and "41 parameters" in alt
    for bad in ([3], [3, 0], []):
        with pytest.raises(ValueError, match="sizes needs inputs and at least one layer"):
            plots.network(bad)


def test_losses_draws_each_history_in_order():
    curves = plots.losses({"a": [3, 2, 1], "b": [4, 5]}).curves
    assert {name: places(line) for name, line in curves.items()} == {
        "a": ([0, 1, 2], [3, 2, 1]),
        "b": ([0, 1], [4, 5]),
    }
    assert [line.get_label() for line in curves.values()] == ["a", "b"]
    for nothing in ({}, {"a": []}):
        with pytest.raises(ValueError, match="at least one"):
            plots.losses(nothing)


def test_losses_counts_from_where_the_first_was_taken():
    before = plots.losses({"a": [3, 2, 1]}, per="epoch")
    (axes,) = before.axes
    assert axes.get_xlabel() == "epoch"
    assert before.alt == "Loss against epoch. a: from 3 to 1 in 2 epochs."
    after = plots.losses({"a": [3, 2, 1], "b": [5]}, per="epoch", first=1)
    assert after.alt == (
        "Loss against epoch. a: from 3 after 1 epoch to 1 after 3 epochs; b: 5 after 1 epoch."
    )
    assert places(after.curves["a"]) == ([1, 2, 3], [3, 2, 1])
    assert places(after.curves["b"]) == ([1], [5])
    assert plots.losses({"a": [4]}).alt == "Loss against step. a: 4 at the start."


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [
        [f"rate {rate}" for rate in (0.001, 0.05, 0.2, 1.0)],
        ["as it should be", "sign flipped", "rate 1.0", "dead relus", "saturated"],
        [f"a rather long name of a network, number {i}" for i in range(4)],
        [f"network {i}" for i in range(11)],
    ],
)
def test_the_legend_of_losses_is_read_in_order_and_stands_outside(names):
    (axes,) = plots.losses({name: [3, 2, 1] for name in names}).axes
    assert legend(axes) == names


def inked(axes):
    """The ink of a drawn digit, row by row from the top left; 0 where no patch stands."""
    ink = np.zeros((8, 8))
    for patch in axes.patches:
        for square in patch.get_path().to_polygons():
            assert (np.ptp(square, axis=0) == (1, 1)).all()
            x, y = square.min(axis=0).astype(int)
            assert ink[y, x] == 0
            ink[y, x] = patch.get_alpha()
    assert axes.get_ylim() == (8, 0)  # the first row is on top
    return ink


@pytest.mark.slow
def test_digits_draws_each_image_over_its_own_caption():
    images = np.random.default_rng(0).random((12, 64)) * (np.arange(64) % 3 > 0)
    for given in (images, images.reshape(12, 8, 8)):
        picture = plots.digits(given, range(12), [*range(11), 5], columns=5)
        for i, (ax, words) in enumerate(zip(picture.frames, picture.captions, strict=True)):
            assert inked(ax).ravel() == pytest.approx(images[i])
            assert words.get_text() == (f"{i} \N{CHECK MARK}" if i < 11 else "11, not 5")
            box, (x, y) = ax.get_position(), words.get_position()
            assert x == pytest.approx((box.x0 + box.x1) / 2) and 0 < box.y0 - y < 0.03
        assert [round(5 * ax.get_position().x0) for ax in picture.frames[:6]] == [0, 1, 2, 3, 4, 0]


@pytest.mark.slow
def test_digits_marks_what_is_wrong_with_more_than_colour():
    picture = plots.digits(np.ones((2, 64)), [3, 4], [3, 9])
    right, wrong = (ax.spines["left"].get_linewidth() for ax in picture.frames)
    assert wrong >= 2 * right
    right, wrong = (words.get_fontweight() for words in picture.captions)
    assert wrong == "bold" != right
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


def test_paths_show_every_step_and_say_where_they_end():
    ways = {"plain": [(2, 1), (1, 0.5), (0.5, 0)], "other": np.array([(2.0, 1.0), (0.0, 0.0)])}
    picture = plots.paths(bowl, ways)
    assert places(picture.ways["plain"]) == ([2, 1, 0.5], [1, 0.5, 0])
    assert places(picture.ways["other"]) == ([2, 0], [1, 0])
    assert "plain: 2 steps from (2, 1) to (0.5, 0), loss 0.25" in picture.alt
    assert "other: 1 step from (2, 1) to (0, 0), loss 0" in picture.alt


def test_paths_lie_on_lines_of_equal_loss_which_are_never_dashed():
    picture = plots.paths(lambda a, b: a * a + b * b - 1, {"a": [(2, 1), (-2, -1)]})
    (axes,) = picture.axes
    (lines,) = [drawn for drawn in axes.collections if hasattr(drawn, "levels")]
    assert lines.levels[0] < 0 < lines.levels[-1]
    assert len(lines.levels) == 11 and (np.diff(lines.levels, 2) > 0).all()
    assert {dashes for _, dashes in lines.get_linestyles()} == {None}


@pytest.mark.parametrize("height", [1.0, math.nan])
def test_paths_over_a_loss_that_is_flat_or_unknown_have_no_such_lines(height):
    picture = plots.paths(lambda a, b: height, {"a": [(2, 1), (0, 0)]})
    assert not picture.findobj(lambda artist: hasattr(artist, "levels"))
    assert picture.alt.startswith(
        "The steps on a loss that is flat or unknown here. a: 1 step from"
    )


@pytest.mark.parametrize("ways", [{}, {"a": [1, 2]}, {"a": []}, {"a": [(1, 2, 3)]}])
def test_paths_need_places(ways):
    with pytest.raises(ValueError, match="places"):
        plots.paths(bowl, ways)
