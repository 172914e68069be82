"""The pictures of lessons: what they show is what was computed."""

import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from tests.refusals import refusal

from micrograd_lesson import Tensor, plots
from micrograd_lesson.data import two_moons
from micrograd_lesson.module import ACTIVATIONS
from micrograd_lesson.palette import PAPER
from micrograd_lesson.plots.layered import Texts
from micrograd_lesson.plots.picture import TEXT


def f(x):
    return 3 * x**2 - 4 * x + 5


def tilted(X):
    return X @ (1, -2) + 0.5


def learning(losses, **options):
    X, y = two_moons(20)
    picture = plots.learning(X, X[:5], **options)
    picture.update((0.3, 0.4), -1, "a network", (losses, tilted, X, y, X[:5], y[:5]))
    return picture


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
    "difference_errors": lambda: plots.difference_errors(math.sin, 1.0, math.cos),
    "activations": plots.activations,
    "network": lambda: plots.network([3, 4, 4, 1]),
    "losses": lambda: plots.losses({"a": [3, 2, 1], "b": [4, 5, 6]}, log=True),
    "digits": lambda: plots.digits(
        np.linspace(0, 1, 12 * 64).reshape(12, 64), range(12), [*range(11), 5]
    ),
    "confusion": lambda: plots.confusion([[9, 1], [0, 8]]),
    "reading": lambda: plots.reading(np.linspace(0, 1, 64), [0.7, 0.2, *[0.0125] * 8], 1),
    "forward": lambda: plots.forward(*forward_numbers(), "gradients"),
    "broadcast": lambda: plots.broadcast(
        [[1, 2], [3, 4]], [5, 6], "*", [[1, 1], [2, -1]], [7, -2], "b", (1, 0)
    ),
    "boundary": lambda: plots.boundary(tilted, *two_moons(20), *two_moons(9, seed=1)),
    "learning": lambda: learning([1.0, 0.5, 0.25]),
}


def test_every_public_picture_is_tested():
    public = {
        name for name, thing in vars(plots).items() if callable(thing) and not name.startswith("_")
    }
    assert public == set(PICTURES) | {"Picture"}


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


LESSONS = ["function", "difference_errors", "activations", "network", "losses"]


@pytest.mark.parametrize("name", LESSONS)
def test_its_texts_can_be_read_and_none_is_cut_off(name):
    picture = PICTURES[name]()
    box = picture.get_tightbbox(FigureCanvasAgg(picture).get_renderer())  # in inches
    width, height = picture.get_size_inches()
    assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height
    sizes = [words.get_fontsize() for words in picture.findobj(Text) if words.get_text()]
    assert min(sizes) >= TEXT


def drawn(axes):
    """(x, y) of every line on the axes."""
    return [tuple(map(list, line.get_data())) for line in axes.lines]


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
    (axes,) = plots.function(f, points=[-3], tangents=lambda x: 6 * x - 4).axes
    curve, tangent, point = drawn(axes)
    assert curve[1] == pytest.approx([f(x) for x in curve[0]])
    assert (tangent[1][1] - tangent[1][0]) / (tangent[0][1] - tangent[0][0]) == pytest.approx(-22)
    assert sum(tangent[0]) / 2 == pytest.approx(-3) and sum(tangent[1]) / 2 == pytest.approx(f(-3))
    assert point == ([-3], [f(-3)])


def test_function_says_where_its_points_are():
    picture = plots.function(f, points=[-3, 3], tangents=lambda x: 6 * x - 4)
    assert picture.alt == (
        "The curve of f(x) for x from −5 to 5; marked: (−3, 44), slope −22; "
        "marked: (3, 20), slope 14."
    )
    assert [words.get_text() for words in picture.axes[0].texts] == [
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
    (label,) = plots.function(g, points=[x]).axes[0].texts
    assert (label.get_position()[1] > 0) == above
    assert (label.get_position()[0] < 0) == left == (label.get_ha() == "right")


def test_difference_errors_draws_each_error_under_its_name():
    (axes,) = plots.difference_errors(lambda x: x**3, 2.0).axes
    errors = {line.get_label(): dict(zip(*drawn(axes)[i])) for i, line in enumerate(axes.lines)}
    h = min(errors["forward difference"], key=lambda h: abs(h - 0.01))
    assert errors["forward difference"][h] == pytest.approx(6 * h + h * h, rel=1e-6)
    assert errors["central difference"][h] == pytest.approx(h * h, rel=1e-6)
    assert legend(axes) == ["forward difference", "central difference"]


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
    axes = plots.activations().axes
    assert [ax.get_title(loc="left") for ax in axes[::2]] == list(BY_HAND) == list(ACTIVATIONS)
    for i, (activation, slope) in enumerate(BY_HAND.values()):
        for ax, function in ((axes[2 * i], activation), (axes[2 * i + 1], slope)):
            ((z, y),) = drawn(ax)
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
    (axes,) = plots.losses({"a": [3, 2, 1], "b": [4, 5]}).axes
    assert drawn(axes) == [([0, 1, 2], [3, 2, 1]), ([0, 1], [4, 5])]
    assert [line.get_label() for line in axes.lines] == ["a", "b"]
    for nothing in ({}, {"a": []}):
        with pytest.raises(ValueError, match="at least one"):
            plots.losses(nothing)


def test_losses_counts_from_where_the_first_was_taken():
    before = plots.losses({"a": [3, 2, 1]}, per="epoch")
    assert before.axes[0].get_xlabel() == "epoch"
    assert before.alt == "Loss against epoch. a: from 3 to 1 in 2 epochs."
    after = plots.losses({"a": [3, 2, 1], "b": [5]}, per="epoch", first=1)
    assert after.alt == (
        "Loss against epoch. a: from 3 after 1 epoch to 1 after 3 epochs; b: 5 after 1 epoch."
    )
    assert drawn(after.axes[0]) == [([1, 2, 3], [3, 2, 1]), ([1], [5])]
    assert plots.losses({"a": [4]}).alt == "Loss against step. a: 4 at the start."


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
    for x in gradients.values():
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
