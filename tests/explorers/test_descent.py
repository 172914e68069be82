"""DescentExplorer: its readout, its two pictures, and what it refuses."""

import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from micrograd_lesson.explorers import DescentExplorer
from micrograd_lesson.explorers.descent import CurvePicture, Landscape, MapPicture
from micrograd_lesson.plots.picture import TEXT
from tests.explorers.made import gives_nothing, reused, text, valley

# The readout.


def test_it_shows_the_next_step():
    descent = reused(DescentExplorer, rate=0.1, start=-3.0, steps=0)
    assert "−3 − 0.1 · −9 = −2.1" in text(descent) and "No step taken yet." in text(descent)


def test_it_counts_its_steps():
    descent = reused(DescentExplorer, steps=1)
    assert "after 1 step w" in text(descent) and descent.picture.alt.startswith("1 step of")
    descent.steps = 2
    assert "after 2 steps w" in text(descent) and descent.picture.alt.startswith("2 steps of")


@pytest.mark.slow
def test_it_judges_the_steps():
    descent = reused(DescentExplorer, rate=0.9, steps=20)
    assert text(descent).endswith("Bounces: every step jumps over the floor to the other side.")
    descent.rate = 0.0
    assert text(descent).endswith("Stands still: a rate of 0 moves nothing.")
    descent = DescentExplorer(lambda w: -w * w, rate=0.2, start=1.0, steps=40)
    assert "Runs away" in text(descent) and "loss −4.90053e+11" in text(descent)


@pytest.mark.slow
def test_on_a_loss_of_your_own():
    descent = DescentExplorer(lambda w: w**4, rate=0.01, start=1.0, steps=1, xlim=(-2, 2))
    assert "w = 0.96" in text(descent)


@pytest.mark.slow
def test_momentum_shows_both_parts_of_the_next_step():
    descent = reused(DescentExplorer, rate=0.1, start=-3.0, steps=1, momentum=0.5)
    # v = -9, w = -2.1; the slope there is -7.2
    assert "next step: v = 0.5 · −9 + −7.2 = −11.7; w − 0.1 · v = −0.93" in text(descent)
    descent.steps = 2
    assert "w = −0.93, loss 5.9049" in text(descent)


@pytest.mark.slow
def test_two_parameters_give_a_plane_and_two_starts():
    descent = DescentExplorer(valley, rate=0.5, steps=1)
    assert list(descent.controls) == ["rate", "momentum", "steps", "start", "start2"]
    assert "start w = (−4, 2), loss 5.6; after 1 step w = (−3.6, " in text(descent)
    descent.start, descent.start2 = 1.0, -1.0
    assert "start w = (1, −1), loss 1.1; after 1 step w = (0.9, " in text(descent)
    assert list(reused(DescentExplorer).controls) == ["rate", "momentum", "steps", "start"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "loss, rate",
    [
        (lambda w: 1e300 * w**9, 0.1),
        (lambda w: 1e12 * w, 1.2),
        (lambda w: w**9, 1.2),
        (lambda w: math.exp(w * w), 1.2),
        (lambda w: 1e-300 * w, 1.2),
        (lambda w: 1.5e308 * math.tanh(w), 0.1),
        (lambda w: math.nan, 0.1),
        (lambda a, b: 1.5e308 * math.tanh(a), 0.1),
        (lambda a, b: 1e300 * a**9 + b, 0.1),
        (lambda a, b: 1e200 * a * b, 1e-9),
    ],
)
@pytest.mark.filterwarnings("error")
def test_a_loss_out_of_all_proportion_is_written_short(loss, rate):
    for momentum in (0.0, 0.9):
        descent = DescentExplorer(loss, rate=rate, momentum=momentum)
        assert descent.error == ""
        assert max(len(line) for line in text(descent).split("\n")) < 160
        assert len(descent.picture.alt) < 220
        assert descent.picture.png().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_loss_without_a_value_says_so():
    def half(w):
        return math.nan if w > 0 else (w - 1) ** 2

    descent = DescentExplorer(half, rate=0.4, start=-3.0, steps=4, slope=lambda w: 2 * (w - 1))
    assert "Leaves the loss" in text(descent) and descent.error == ""
    root = DescentExplorer(lambda a, b: math.sqrt(a) + b, start=(1, 1), rate=1.2, steps=8)
    assert "Leaves the loss" in text(root)


@pytest.mark.slow
def test_a_start_where_the_loss_raises_shows_its_error():
    descent = DescentExplorer(lambda w: math.log(w), rate=0.1, start=1.0)
    descent.start = -1.0
    assert descent.error.startswith(
        "loss(−1) stopped with ValueError: "
    ) and "That did not work" in text(descent)
    descent.start = 2.0
    assert descent.error == ""


# A learner's own functions.


@pytest.mark.slow
def test_a_noisy_loss_is_quiet_once_it_is_built(capsys):
    def noisy(w):
        print(w)
        return (w - 1) ** 2

    descent = DescentExplorer(noisy)
    assert 0 < len(capsys.readouterr().out.splitlines()) < 400
    repr(descent)
    descent.picture.png()
    descent.redraw()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "loss, options, kind, sentence",
    [
        (
            lambda a, b, c: a,
            {},
            TypeError,
            "loss must be a function of one number or of two, not of 3.",
        ),
        (
            valley,
            {"start": -3.0},
            ValueError,
            "this loss has two parameters, so start must be two numbers (w1, w2), not -3.0.",
        ),
        (
            None,
            {"start": (1, 2)},
            ValueError,
            "this loss has one parameter, so start must be one number, not (1, 2).",
        ),
        (
            None,
            {"start": "left"},
            ValueError,
            "this loss has one parameter, so start must be one number, not 'left'.",
        ),
        (lambda w: [w], {}, TypeError, "the loss must give a number, not list."),
        (
            valley,
            {"slope": lambda a, b: a},
            ValueError,
            "slope must give two numbers, the derivatives of the loss by w1 and by w2, "
            "not an array of shape ().",
        ),
        (
            None,
            {"xlim": (2, -2)},
            ValueError,
            "xlim must be a smaller and a larger number, not (2, -2).",
        ),
        (
            valley,
            {"ylim": 3},
            ValueError,
            "ylim must be a smaller and a larger number, not 3.",
        ),
        (
            gives_nothing,
            {"start": -1.0},
            ValueError,
            "loss(−1) stopped with ValueError: no such place.",
        ),
    ],
)
def test_what_does_not_fit_gets_a_sentence_when_it_is_built(loss, options, kind, sentence):
    with pytest.raises(kind) as caught:
        DescentExplorer(loss, **options)
    assert str(caught.value) == sentence


@pytest.mark.slow
def test_a_loss_with_options_counts_what_it_needs():
    assert "after 10 steps" in text(DescentExplorer(lambda w, centre=1.0: (w - centre) ** 2))
    assert "start w = (−4, 2)" in text(DescentExplorer(lambda a, b, c=1.0: a * a + b * b))
    assert "after 10 steps" in text(DescentExplorer(np.cosh))


# The pictures.


def parabola(w):
    return (w - 1.5) ** 2


def on_curve(rate, start, steps, momentum=0.0, loss=parabola):
    """(picture, walk) of one parameter."""
    hill = Landscape(loss)
    picture = CurvePicture(*hill.curve((-4, 7)))
    walk = hill.walk(np.array([start]), rate, steps, momentum)
    picture.update(walk)
    return picture, walk


def on_map(rate, start, steps, momentum=0.0, loss=valley):
    """(picture, walk) of two parameters."""
    hill = Landscape(loss)
    picture = MapPicture(*hill.surface((-4.6, 4.6), (-3.0, 3.0)))
    walk = hill.walk(np.array(start, float), rate, steps, momentum)
    picture.update(walk)
    return picture, walk


def vector(line):
    """From a line's first point to its last."""
    x, y = line.get_data()
    return np.array([x[-1] - x[0], y[-1] - y[0]])


def test_the_steps_stand_where_the_walk_came_by():
    picture, walk = on_curve(0.1, -3.0, 5)
    assert np.array_equal(picture.path.get_data(), [walk.w[:, 0], walk.losses])
    assert picture.first.get_data() == ([-3.0], [20.25])
    assert picture.last.get_data() == ([walk.w[-1, 0]], [walk.losses[-1]])
    assert picture.last.get_marker() == "o" and picture.beyond.get_text() == ""
    steps, losses = picture.history.get_data()
    assert list(steps) == list(range(6)) and list(losses) == list(walk.losses)
    across, up = vector(picture.tangent)
    assert up / across == pytest.approx(2 * (walk.w[-1, 0] - 1.5))
    assert sum(picture.tangent.get_xdata()) / 2 == pytest.approx(walk.w[-1, 0])


def test_momentum_shows_the_two_parts_of_the_next_step_on_the_curve():
    picture, walk = on_curve(0.1, -3.0, 3, momentum=0.5)
    down, kept = vector(picture.downhill.line), vector(picture.remembered.line)
    assert down[1] == kept[1] == 0
    assert kept[0] / down[0] == pytest.approx(walk.remembered[0] / walk.slopes[-1, 0])
    assert down[0] > 0 and picture.downhill.words.get_text() == "downhill"
    assert picture.remembered.words.get_text() == "remembered"
    picture, _ = on_curve(0.1, -3.0, 3)
    assert not any(artist.get_visible() for artist in picture.downhill.artists)


def test_the_way_downhill_is_at_right_angles_to_the_line_of_equal_loss():
    picture, walk = on_map(0.1, (-4, 2), 3, momentum=0.5)
    w = walk.w[-1]
    assert walk.slopes[-1] == pytest.approx((0.2 * w[0], 2 * w[1]), rel=1e-9)
    along, down = vector(picture.level), vector(picture.downhill.line)
    assert along @ down == pytest.approx(0, abs=1e-12) and (along @ along) * (down @ down) > 0
    assert valley(*(w + along / 1e4)) == pytest.approx(valley(*w), rel=1e-7)
    assert valley(*(w + down / 1e4)) < valley(*w)
    x, y = picture.left.transData.transform([(0, 0), (1, 1)])
    assert y[0] - x[0] == pytest.approx(y[1] - x[1])  # equal scales, so right angles look right


def test_on_the_map_the_two_parts_stand_in_their_true_proportion():
    picture, walk = on_map(0.1, (-4, 2), 3, momentum=0.5)
    down, kept = vector(picture.downhill.line), vector(picture.remembered.line)
    last_step = walk.w[-1] - walk.w[-2]
    assert kept @ last_step == pytest.approx(np.linalg.norm(kept) * np.linalg.norm(last_step))
    assert np.linalg.norm(kept) / np.linalg.norm(down) == pytest.approx(
        np.linalg.norm(walk.remembered) / np.linalg.norm(walk.slopes[-1])
    )


def test_the_lines_are_lines_of_equal_loss():
    picture, _ = on_map(0.1, (-4, 2), 3)
    lines = picture.equal_loss
    assert len(lines.levels) == len(lines.get_paths()) > 8
    for level, path in zip(lines.levels, lines.get_paths()):
        assert len(path.vertices)
        assert [valley(*w) for w in path.vertices] == pytest.approx(
            [level] * len(path.vertices), abs=0.03
        )
    flat, _ = on_map(0.1, (-4, 2), 3, loss=lambda a, b: 1.0)
    assert flat.equal_loss is None


def saddle(a, b):
    return b * b - 0.05 * a * a


@pytest.mark.slow
@pytest.mark.parametrize(
    "draw, loss, start, rate, steps, marker, words",
    [
        (on_curve, parabola, -3.0, 1.1, 20, "^", "w = −171, loss = 2.98e+04"),
        (on_curve, lambda w: -w, 6.0, 0.2, 40, "v", "w = 14, loss = −14"),
        (on_map, valley, (-4, 2), 1.1, 20, "^", "w = (−0.0278, 76.7)"),
        (on_map, valley, (-4, 2), 1.1, 19, "v", "w = (−0.0356, −63.9)"),
        (on_map, saddle, (4, 0), 5.0, 1, ">", "w = (6, 0)"),
        (on_map, saddle, (-4, 0), 5.0, 1, "<", "w = (−6, 0)"),
    ],
)
def test_a_point_beyond_the_edge_stands_at_it_and_says_where_it_is(
    draw, loss, start, rate, steps, marker, words
):
    picture, _ = draw(rate, start, steps, loss=loss)
    box = picture.left.viewLim
    (x,), (y,) = picture.last.get_data()
    assert box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
    assert picture.last.get_marker() == marker
    assert picture.beyond.get_text() == f"beyond the edge: {words}"
    arrows = picture.downhill.artists + picture.remembered.artists
    assert not any(artist.get_visible() for artist in arrows)
    picture, _ = draw(rate, start, 0, loss=loss)
    assert picture.last.get_marker() == "o" and picture.beyond.get_text() == ""


def test_the_words_above_the_axes_have_room():
    for picture in (on_curve(1.1, -3.0, 40)[0], on_map(1.2, (-4, 2), 40, loss=valley)[0]):
        renderer = FigureCanvasAgg(picture).get_renderer()
        heading = picture.left._left_title.get_window_extent(renderer)
        picture.beyond.set_text("beyond the edge: w = (−1.23e+08, −1.23e+08)")
        assert heading.x1 + 5 < picture.beyond.get_window_extent(renderer).x0
        assert picture.beyond.get_fontsize() >= TEXT
        assert picture.downhill.words.get_fontsize() >= TEXT


@pytest.mark.parametrize(
    "draw, words",
    [
        (
            lambda: on_curve(0.1, -3.0, 2),
            "2 steps of gradient descent from w = −3 with learning rate 0.1: "
            "w is −1.38, the loss 8.294.",
        ),
        (
            lambda: on_map(0.5, (-4, 2), 1, momentum=0.25),
            "1 step of gradient descent from w = (−4, 2) with learning rate 0.5 and momentum 0.25: "
            "w is (−3.6, ",
        ),
        (
            lambda: on_curve(1.0, 3.0, 40, loss=lambda w: w**4),
            "from w = 3 with learning rate 1: the next step leads beyond all bounds.",
        ),
    ],
)
def test_the_picture_in_words(draw, words):
    picture, _ = draw()
    assert words in picture.alt


@pytest.mark.slow
@pytest.mark.parametrize("make", [lambda: on_curve(0.1, -3.0, 10), lambda: on_map(0.1, (-4, 2), 9)])
def test_the_moving_layer_is_small_and_the_layers_draw_alike_again(make):
    picture, _ = make()
    still, moving = picture.svg("still"), picture.svg("moving")
    assert len(moving) < len(still) and 0 < moving.count("<path") < still.count("<path")
    assert picture.svg("still") == still and picture.svg("moving") == moving
