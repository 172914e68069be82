"""BroadcastExplorer: what the engine says about copies and gradients stands at its place."""

import itertools
import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from traitlets import TraitError

from micrograd_lesson.explorers import BroadcastExplorer
from micrograd_lesson.explorers.broadcast import INCOMING, NUMBERS, BroadcastPicture, combine
from micrograd_lesson.explorers.texts import Texts
from tests.explorers.made import shown, text
from tests.explorers.test_stretching import SIZES, of_shapes


def framed(line):
    """The centre of each frame that a line draws, in pixels."""
    x, y = (np.reshape(values, (-1, 6))[:, :4].mean(axis=1) for values in line.get_data())
    return set(zip(x.tolist(), y.tolist()))


@pytest.mark.slow
@pytest.mark.parametrize("op", "+*")
@pytest.mark.parametrize("follow", "ab")
@pytest.mark.parametrize("a, b", list(itertools.product(SIZES, SIZES)))
def test_every_pair_of_shapes(a, b, op, follow):
    explorer = BroadcastExplorer(a=a, b=b, op=op, follow=follow, row=1, column=2, nudge=0.5)
    picture = explorer.picture
    assert explorer.error == ""
    seen = of_shapes(a, b, op, INCOMING, follow, place=(1, 2), nudge=0.5)
    if seen.misfit:
        assert f"{op} cannot combine shapes {a} and {b}: from the last axis on" in text(explorer)
        assert "do not fit" in picture.alt and not framed(picture.followed)
        return
    many, slope = len(seen.copies), seen.gradient
    say = text(explorer).replace("\N{MINUS SIGN}", "-")
    assert say.startswith(f"{seen.entry_name} = {seen.value:g} stands at {many} place")
    assert f" = {slope:g}\ngradient · nudge = {slope:g} · 0.5 = {slope / 2:g}; " in say
    assert say.endswith(f"in fact the loss changes by {slope / 2:g}")
    frames = framed(picture.followed)
    for name in (follow, "result", "share", "incoming"):
        assert {picture.middle(name, *place) for place in seen.copies} <= frames
    assert len(frames) == 4 * many + 1


def test_the_sum_is_written_term_by_term():
    explorer = BroadcastExplorer(column=1)
    assert "1·(−1) + (−2)·1 + 1·2 = −1\n" in text(explorer)
    explorer.op = "+"
    assert "1·1 + (−2)·1 + 1·1 = 0\n" in text(explorer)
    assert "Its gradient is 1 + (−2) + 1 = 0." in explorer.picture.alt


def test_noise_of_rounding_is_0_and_a_small_nudge_is_not():
    steps = 0.1 * 3 + 0.7  # as a slider's steps add up
    explorer = BroadcastExplorer(a="(1, 4)", b="(3, 1)", op="+", follow="a", column=1, nudge=steps)
    assert (
        explorer.picture.above["a", 0, 1] == "0" and explorer.picture.above["result", 1, 1] == "−1"
    )
    explorer = BroadcastExplorer(op="+", nudge=0.1)
    assert "= 0\ngradient · nudge = 0 · 0.1 = 0; in fact the loss changes by 0" in text(explorer)
    explorer.op, explorer.nudge = "*", 3e-10
    assert text(explorer).endswith(" = −3e−10; in fact the loss changes by −3e−10")


def test_any_copy_leads_to_its_entry():
    explorer = BroadcastExplorer(b="(1, 4)", column=3)
    readouts, pictures = set(), set()
    for explorer.row in (0, 1, 2):
        picture, readout = shown(explorer)
        readouts.add(readout)
        pictures.add(picture)
    assert len(readouts) == 1 and len(pictures) == 3  # the mark stands at another copy


def test_a_misfit_is_left_again():
    explorer = BroadcastExplorer(b="(3,)")
    assert "These shapes do not fit." in text(explorer)
    explorer.b = "(3, 1)"
    assert "4 places" in text(explorer)


def test_an_unknown_shape_is_refused_and_changes_nothing():
    explorer = BroadcastExplorer()
    before = shown(explorer)
    for name, bad in (
        ("a", "(2, 2)"),
        ("b", (3, 4)),
        ("op", "-"),
        ("follow", "c"),
        ("nudge", math.nan),
    ):
        with pytest.raises(TraitError):
            setattr(explorer, name, bad)
    assert shown(explorer) == before


def test_the_numbers_of_one_explorer_are_its_own():
    BroadcastExplorer(nudge=1.0).follow = "a"
    assert NUMBERS["a"][0, 1] == -1 and NUMBERS["b"][0, 1] == 1


# The picture.


LARGE = np.ones((3, 4))  # an incoming gradient for results of every size


def made(a, b, op="*", incoming=LARGE, follow="b", place=(0, 0)):
    return BroadcastPicture(combine(a, b, op, incoming, follow, place))


def small():
    return made([[1, 2], [3, 4]], [5, 6], incoming=[[1, 1], [2, -1]], place=(1, 0))


def test_frames_tell_entries_from_copies():
    picture = small()
    at = picture.middle
    square = list(itertools.product((0, 1), (0, 1)))
    assert framed(picture.copied) == {at(name, 1, j) for name in ("b", "share") for j in (0, 1)}
    assert framed(picture.own) == (
        {at(name, i, j) for name in ("a", "result", "incoming") for i, j in square}
        | {at(name, 0, j) for name in ("b", "gradient", "share") for j in (0, 1)}
    )
    reached = {at(name, i, 0) for name in ("b", "result", "share", "incoming") for i in (0, 1)}
    assert framed(picture.followed) == reached | {at("gradient", 0, 0)}


def test_the_place_that_you_point_at_is_marked():
    picture = small()
    marks = set(zip(*picture.marks.get_data()))
    corners = {picture.middle(name, 1, 0) for name in ("b", "result", "share", "incoming")}
    assert marks == {(x - 21.5, y + 9.5) for x, y in corners}


def test_each_number_stands_in_its_cell():
    picture = small()
    tables = {
        "a": [[1, 2], [3, 4]],
        "b": [[5, 6], [5, 6]],
        "result": [[5, 12], [15, 24]],
        "gradient": [[7, -2]],
        "share": [[1, 2], [6, -4]],
        "incoming": [[1, 1], [2, -1]],
    }
    wanted = {
        (name, i, j): f"{x}".replace("-", "−")
        for name, numbers in tables.items()
        for (i, j), x in np.ndenumerate(numbers)
    }
    assert picture.above.shown() | picture.below.shown() == wanted
    places = picture.above.places | picture.below.places
    for name, i, j in wanted:
        x, y = picture.middle(name, i, j)
        assert places[name, i, j] == (x, y - 5)


@pytest.mark.parametrize(
    "a",
    [[-82.834, 0.1 + 0.2, -12345.6, 1 / 3], [-0.01234, 1e-12, -3e9, 99999], [1e100, -1e-7, 0, -5]],
)
def test_numbers_stay_inside_their_cells(a):
    picture = made(a, 0, "+")
    renderer = FigureCanvasAgg(picture).get_renderer()
    for artist in picture.above.artists():
        box = artist.get_window_extent(renderer)
        assert box.width < 62, artist.get_text()  # a cell is 56 wide, and none is next to it
    assert picture.above["a", 0, 1] in ("0.3", "…")


def test_headings_signs_and_arrows_say_what_is_done():
    picture = small()
    assert picture.headings["b"] == "b (2,) → (2, 2)" and picture.headings["a"] == "a (2, 2)"
    assert picture.headings["gradient"] == "gradient of b (2,)"
    assert (picture.signs["op"], picture.signs["equals"]) == ("×", "=")
    assert picture.arrows["times"] == "× a" and picture.arrows["summed"] == "← summed"
    ones = np.ones((2, 2))
    picture.update(combine(ones, [5, 6], "+", ones, "a", (0, 0)))
    assert (picture.signs["op"], picture.arrows["times"]) == ("+", "× 1")
    picture.update(combine(ones, [5, 6], "*", ones, "a", (0, 0)))
    assert picture.arrows["times"] == "× b"
    picture.update(combine([1, 2, 3], [5, 6], "*", LARGE, "a", (0, 0)))  # these do not fit
    assert picture.arrows.shown() == {} and picture.headings["backward"] == ""


def test_it_says_what_it_shows():
    picture = made(np.ones((3, 1)), [5, 6, 7, 8], "+", follow="a", place=(2, 0))
    assert picture.alt == (
        "a of shape (3, 1) + b of shape (4,) gives a result of shape (3, 4). "
        "a[2, 0] stands at 4 places of it: row 2 column 0, row 2 column 1, row 2 column 2, "
        "row 2 column 3. Its gradient is 1 + 1 + 1 + 1 = 4."
    )
    picture.update(combine([1, 2], [3, 4], "*", LARGE, "b", (0, 1)))
    assert picture.alt.endswith("b[1] stands at 1 place of it: row 0 column 1. Its gradient is 2.")


def test_it_shows_shapes_that_do_not_fit():
    picture = made(np.ones((3, 4)), np.ones(3), "+")
    assert "do not fit" in picture.alt
    assert picture.headings["result"] == "no result: 4 against 3"
    assert list(picture.above.shown().values()) == ["1"] * 15 and not picture.below.shown()


def test_a_nudge_draws_the_forward_pass_alone_and_a_choice_draws_all():
    explorer = BroadcastExplorer(row=1)
    for name, value in (("nudge", 0.5), ("nudge", -2.0)):
        middle, moving = explorer.view.middle, explorer.view.moving
        setattr(explorer, name, value)
        assert explorer.view.middle == middle and explorer.view.moving != moving
    for name, value in (("row", 2), ("column", 3), ("op", "+"), ("follow", "a"), ("a", "(3, 1)")):
        middle = explorer.view.middle
        setattr(explorer, name, value)
        assert explorer.view.middle != middle, name


def test_an_array_that_is_too_large_is_refused():
    with pytest.raises(
        ValueError, match=r"a has shape \(4, 4\); the picture has room for 3 rows of 4"
    ):
        made(np.ones((4, 4)), 1, incoming=np.ones((4, 4)))
    with pytest.raises(ValueError, match=r"b has shape \(5,\)"):
        made(1, np.ones(5), incoming=np.ones(5))


@pytest.mark.slow
def test_nothing_overlaps_and_all_is_inside():
    for picture in (BroadcastExplorer(row=2, op="+").picture, BroadcastExplorer(b="(3,)").picture):
        renderer = FigureCanvasAgg(picture).get_renderer()
        artists = [artist for texts in picture.findobj(Texts) for artist in texts.artists()]
        artists += [artist for artist in picture.findobj(Text) if artist.get_text()]
        seen = [artist.get_window_extent(renderer) for artist in artists]
        assert len(seen) >= 22 and min(artist.get_fontsize() for artist in artists) >= 13
        for i, one in enumerate(seen):
            assert 0 < one.x0 and one.x1 < 960 and 0 < one.y0 and one.y1 < picture.height
            for other in seen[:i]:
                apart = min(one.x1, other.x1) <= max(one.x0, other.x0)
                assert apart or min(one.y1, other.y1) - max(one.y0, other.y0) < 3
