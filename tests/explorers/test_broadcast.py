"""BroadcastExplorer: its copies and gradients are those of plain loops and of nudges."""

import itertools
import math

import numpy as np
import pytest
from traitlets import TraitError

from micrograd_lesson.explorers import BroadcastExplorer
from micrograd_lesson.explorers.broadcast import INCOMING, NUMBERS
from tests.explorers.made import shown, text

SHAPES = {
    "(3, 4)": (3, 4),
    "(1, 4)": (1, 4),
    "(3, 1)": (3, 1),
    "(4,)": (4,),
    "(3,)": (3,),
    "()": (),
}


def entries(name, shape):
    """{index: number} of an operand."""
    indices = list(itertools.product(*map(range, SHAPES[shape])))
    places = {
        2: lambda i, j: (i, j),
        1: lambda j: (0, j) if shape == "(4,)" else (j, 0),
        0: lambda: (0, 0),
    }
    return {index: float(NUMBERS[name][places[len(index)](*index)]) for index in indices}


def size(shapes, axis):
    """How long the result is along an axis counted from the end, or None where the shapes do not fit."""
    sizes = {SHAPES[shape][-axis] for shape in shapes if len(SHAPES[shape]) >= axis} - {1}
    return None if len(sizes) > 1 else max(sizes, default=1)


def by_loops(a, b, op, a_shape, b_shape):
    """The loss, and for each place of the result the indices of the two entries that meet there."""
    rows, columns = (size((a_shape, b_shape), axis) for axis in (2, 1))
    loss, meet = 0.0, {}
    for i, j in itertools.product(range(rows), range(columns)):
        one, other = (
            tuple(at if n > 1 else 0 for at, n in zip((i, j)[2 - len(s) :], s))
            for s in (SHAPES[a_shape], SHAPES[b_shape])
        )
        meet[i, j] = one, other
        loss += INCOMING[i, j] * (a[one] + b[other] if op == "+" else a[one] * b[other])
    return loss, meet


@pytest.mark.parametrize("op", "+*")
@pytest.mark.parametrize("follow", "ab")
@pytest.mark.parametrize("a, b", list(itertools.product(SHAPES, SHAPES)))
def test_every_pair_of_shapes(a, b, op, follow):
    explorer = BroadcastExplorer(a=a, b=b, op=op, follow=follow, row=1, column=2, nudge=0.5)
    assert explorer.error == ""
    if None in (size((a, b), 1), size((a, b), 2)):
        assert f"{op} cannot combine shapes {a} and {b}: from the last axis on" in text(explorer)
        assert "do not fit" in explorer.picture.alt and not np.size(
            explorer.picture._moving[2].get_xdata()
        )
        return
    numbers = {"a": entries("a", a), "b": entries("b", b)}
    start, meet = by_loops(**numbers, op=op, a_shape=a, b_shape=b)
    rows, columns = max(i for i, _ in meet) + 1, max(j for _, j in meet) + 1
    side = "ab".index(follow)
    entry = meet[min(1, rows - 1), min(2, columns - 1)][side]
    copies = {place for place, both in meet.items() if both[side] == entry}
    numbers[follow][entry] += 0.5
    change = (
        by_loops(**numbers, op=op, a_shape=a, b_shape=b)[0] - start
    )  # exact: the loss is linear in one entry
    numbers[follow][entry] += 0.5
    slope = by_loops(**numbers, op=op, a_shape=a, b_shape=b)[0] - start
    name = follow + (str(list(entry)) if entry else "")
    say = text(explorer).replace("\N{MINUS SIGN}", "-")
    assert say.startswith(
        f"{name} = {numbers[follow][entry] - 0.5:g} stands at {len(copies)} place"
    )
    assert f" = {slope:g}\ngradient · nudge = {slope:g} · 0.5 = {slope / 2:g}; " in say
    assert say.endswith(f"in fact the loss changes by {change:g}")
    assert change == slope / 2
    frames = np.reshape(np.transpose(explorer.picture._moving[2].get_data()), (-1, 6, 2))[
        :, :4
    ].mean(axis=1)
    result = {
        (round((310 - y) / 32 - 0.5), round((x - 692) / 56 - 0.5))
        for x, y in frames
        if x > 692 and y > 200
    }
    assert result == copies and len(frames) == 4 * len(copies) + 1


def test_the_sum_is_written_term_by_term():
    explorer = BroadcastExplorer(column=1)
    assert "1·(−1) + (−2)·1 + 1·2 = −1\n" in text(explorer)
    explorer.op = "+"
    assert "1·1 + (−2)·1 + 1·1 = 0\n" in text(explorer)
    assert "Its gradient is 1 + (−2) + 1 = 0." in explorer.picture.alt


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
