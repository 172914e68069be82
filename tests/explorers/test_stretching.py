"""Two arrays combined, without widgets: copies and gradients are those of plain loops."""

import itertools

import numpy as np
import pytest

from micrograd_lesson.explorers.broadcast import INCOMING, NUMBERS, combine
from micrograd_lesson.explorers.broadcast.explorer import SHAPES

SIZES = {"(3, 4)": (3, 4), "(1, 4)": (1, 4), "(3, 1)": (3, 1), "(4,)": (4,), "(3,)": (3,), "()": ()}


def entries(name, shape):
    """{index: number} of an operand."""
    places = {
        2: lambda i, j: (i, j),
        1: lambda j: (0, j) if shape == "(4,)" else (j, 0),
        0: lambda: (0, 0),
    }
    indices = itertools.product(*map(range, SIZES[shape]))
    return {index: float(NUMBERS[name][places[len(index)](*index)]) for index in indices}


def size(shapes, axis):
    """How long the result is along an axis, counted from the end; None where nothing fits."""
    sizes = {SIZES[shape][-axis] for shape in shapes if len(SIZES[shape]) >= axis} - {1}
    return None if len(sizes) > 1 else max(sizes, default=1)


def by_loops(a, b, op, a_shape, b_shape):
    """The loss, and for each place of the result the indices of the two entries that meet there."""
    rows, columns = (size((a_shape, b_shape), axis) for axis in (2, 1))
    loss, meet = 0.0, {}
    for i, j in itertools.product(range(rows), range(columns)):
        one, other = (
            tuple(at if n > 1 else 0 for at, n in zip((i, j)[2 - len(s) :], s))
            for s in (SIZES[a_shape], SIZES[b_shape])
        )
        meet[i, j] = one, other
        loss += INCOMING[i, j] * (a[one] + b[other] if op == "+" else a[one] * b[other])
    return loss, meet


def of_shapes(a, b, *arguments, **options):
    return combine(NUMBERS["a"][SHAPES[a]], NUMBERS["b"][SHAPES[b]], *arguments, **options)


@pytest.mark.parametrize("op", "+*")
@pytest.mark.parametrize("follow", "ab")
@pytest.mark.parametrize("a, b", list(itertools.product(SIZES, SIZES)))
def test_every_pair_of_shapes(a, b, op, follow):
    seen = of_shapes(a, b, op, INCOMING, follow, place=(1, 2), nudge=0.5)
    if None in (size((a, b), 1), size((a, b), 2)):
        assert seen.shape is None and set(seen.tables) == {"a", "b"}
        assert f"{op} cannot combine shapes {a} and {b}: from the last axis on" in seen.misfit
        assert sorted(seen.clash) == [3, 4]
        return
    numbers = {"a": entries("a", a), "b": entries("b", b)}
    start, meet = by_loops(**numbers, op=op, a_shape=a, b_shape=b)
    rows, columns = max(i for i, _ in meet) + 1, max(j for _, j in meet) + 1
    side = "ab".index(follow)
    entry = meet[min(1, rows - 1), min(2, columns - 1)][side]
    assert seen.entry == entry
    copies = {place for place, both in meet.items() if both[side] == entry}
    assert set(seen.copies) == copies and len(seen.copies) == len(copies)

    numbers[follow][entry] += 0.5
    assert seen.value == numbers[follow][entry]
    change = by_loops(**numbers, op=op, a_shape=a, b_shape=b)[0] - start
    assert seen.change == change == 0.5 * seen.gradient  # exact: linear in one entry
    for place, (one, other) in meet.items():
        x, y = numbers["a"][one], numbers["b"][other]
        assert seen.tables["a"].numbers[place] == x and seen.tables["b"].numbers[place] == y
        assert seen.tables["result"].numbers[place] == (x + y if op == "+" else x * y)
        assert seen.tables["incoming"].numbers[place] == INCOMING[place]
        local = 1 if op == "+" else (y if follow == "a" else x)
        assert seen.tables["local"].numbers[place] == local
        assert seen.tables["share"].numbers[place] == local * INCOMING[place]
    assert sum(seen.at_copies("share")) == seen.gradient
    assert seen.tables["gradient"].shape == SIZES[(a, b)[side]]


def test_what_is_followed_is_marked_in_each_table_that_it_reaches():
    seen = combine([[1, 2], [3, 4]], [5, 6], "*", [[1, 1], [2, -1]], "b", (1, 0))
    column = [[True, False], [True, False]]
    for name in ("b", "result", "share", "incoming", "local"):
        assert seen.tables[name].followed.tolist() == column
    assert not seen.tables["a"].followed.any()
    assert seen.tables["gradient"].followed.tolist() == [[True, False]]
    assert (seen.entry_name, seen.copies, seen.spot) == ("b[0]", [(0, 0), (1, 0)], (1, 0))
    assert combine(1, 2, "*", 1, "b", (0, 0)).entry_name == "b"
    assert combine([[1]], 2, "*", 1, "a", (0, 0)).entry_name == "a[0, 0]"


def test_an_entry_of_its_own_stands_first_on_each_stretched_axis():
    seen = combine(np.ones((3, 1)), np.ones(4), "+", INCOMING, "b", (0, 0))
    assert seen.tables["a"].own.tolist() == [[True, False, False, False]] * 3
    assert seen.tables["b"].own.tolist() == [[True] * 4, [False] * 4, [False] * 4]
    assert seen.tables["result"].own.all()
    one = combine(np.ones((2, 2)), 5, "*", INCOMING, "b", (0, 0)).tables["b"].own
    assert one.tolist() == [[True, False], [False, False]]


def test_a_place_beyond_the_end_is_the_last_one():
    assert combine([1, 2], [3, 4], "*", INCOMING, "b", (9, 9)).spot == (0, 1)


def test_what_is_given_is_left_as_it_is():
    a, b = np.ones((2, 2)), np.ones(2)
    combine(a, b, "*", np.ones((2, 2)), "b", (0, 0), nudge=1.5)
    assert (a == 1).all() and (b == 1).all()


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ((1, 1, "-", 1, "b", (0, 0)), r"^op is \+ or \*, and follow is a or b, not '-' and 'b'\.$"),
        ((1, 1, "+", 1, "c", (0, 0)), r"not '\+' and 'c'\.$"),
        (
            (1, np.ones((1, 1, 1)), "*", 1, "b", (0, 0)),
            r"^b has shape \(1, 1, 1\); .* one axis or two, or none",
        ),
        ((np.ones((0, 4)), 1, "*", 1, "b", (0, 0)), r"^a has shape \(0, 4\); .* and entries\.$"),
        ((1, 1, "+", 1, "b", (-1, 0)), r"^place is a row and a column, .* not \(-1, 0\)\.$"),
        ((1, 1, "+", 1, "b", 3), r"^place is a row and a column, .* not 3\.$"),
        ((1, 1, "+", 1, "b", (0.5, 1)), r"^place is a row and a column, .* not \(0\.5, 1\)\.$"),
        (
            (np.ones(4), 1, "+", np.ones(3), "b", (0, 0)),
            r"^incoming has shape \(3,\); the result, .* \(4,\)\.$",
        ),
    ],
)
def test_what_cannot_be_combined_is_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        combine(*arguments)
