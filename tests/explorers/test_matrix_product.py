"""MatrixProductExplorer: a cell of the result, its row and its column."""

import numpy as np
import pytest
from traitlets import TraitError

from micrograd_lesson.explorers import MatrixProductExplorer
from micrograd_lesson.explorers.matrix_product import MatrixProductPicture, multiply
from micrograd_lesson.explorers.page import page
from tests.explorers.made import (
    assert_apart_and_inside,
    boxes_of_texts,
    reused,
    text,
)


def test_the_readout_writes_the_sum_of_products():
    explorer = reused(MatrixProductExplorer)
    explorer.row, explorer.column = 1, 1
    assert text(explorer) == (
        "Row 1 of X: 3, −1; column 1 of W: −1, 5\n"
        "(X @ W)[1, 1] = 3·(−1) + (−1)·5 = (−3) + (−5) = −8\n"
        "Shapes: (3, 2) @ (2, 4) → (3, 4)"
    )
    assert explorer.view.alt == (
        "X of shape (3, 2) times W of shape (2, 4) gives a result of shape (3, 4). Row 1 of X and "
        "column 1 of W give (X @ W)[1, 1] = 3·(−1) + (−1)·5 = −8."
    )


def test_arrays_of_ones_own_and_a_start():
    explorer = MatrixProductExplorer([[0.1, 0.2]], [[1, 2, 3], [1, 1, 1]], column=2)
    assert "0.1·3 + 0.2·1 = 0.3 + 0.2 = 0.5\n" in text(explorer)
    assert list(explorer.controls) == ["column"]  # one row: nothing to choose
    assert explorer.on_page == {"column": range(3)}
    with pytest.raises(TraitError, match="row goes from 0 to 0; 1 lies outside"):
        explorer.row = 1


def test_noise_is_0_and_a_small_number_is_not():
    explorer = MatrixProductExplorer([[0.1, 0.2, 0.3]], [[1, 1e-10], [1, 0], [-1, 0]])
    assert "0.1·1 + 0.2·1 + 0.3·(−1) = 0.1 + 0.2 + (−0.3) = 0\n" in text(explorer)
    assert explorer.picture.cells["result", 0, 0] == "0"
    explorer.column = 1
    assert "0.1·1e−10 + 0.2·0 + 0.3·0 = 1e−11 + 0 + 0 = 1e−11\n" in text(explorer)


def test_one_cell_alone_stands_still():
    explorer = MatrixProductExplorer([[1, 2]], [[3], [4]])
    assert explorer.controls == {} and page(explorer, "data:,") is None
    assert "1·3 + 2·4 = 3 + 8 = 11" in text(explorer)


def test_a_click_chooses_the_cell_below_it():
    explorer = reused(MatrixProductExplorer)
    picture = explorer.picture

    def click(x, y):
        message = {"kind": "click", "across": x / picture.width, "down": 1 - y / picture.height}
        explorer.view._handle_custom_msg(message, [])

    click(*picture.middle("result", 2, 3))
    assert (explorer.row, explorer.column) == (2, 3) and explorer.controls["row"].value == 2
    for name in ("x", "w"):
        click(*picture.middle(name, 0, 0))
        assert (explorer.row, explorer.column) == (2, 3)


@pytest.mark.parametrize(
    "make, kind, sentence",
    [
        (
            lambda: MatrixProductExplorer(np.ones((2, 3)), np.ones((2, 3))),
            ValueError,
            r"^X of shape \(2, 3\) and W of shape \(2, 3\) do not fit: a row of X has 3 numbers, ",
        ),
        (
            lambda: MatrixProductExplorer(np.ones((13, 2))),
            ValueError,
            r"X has shape \(13, 2\); the",
        ),
        (
            lambda: MatrixProductExplorer(w=np.ones((2, 7))),
            ValueError,
            r"W has shape \(2, 7\); the",
        ),
        (lambda: MatrixProductExplorer(row=3), TraitError, "row goes from 0 to 2; 3 lies outside"),
        (lambda: MatrixProductExplorer(column=-1), TraitError, "column goes from 0 to 3; −1 lies"),
        (lambda: MatrixProductExplorer(row="b"), TraitError, "row"),
    ],
)
def test_what_it_cannot_show_is_refused(make, kind, sentence):
    with pytest.raises(kind, match=sentence):
        make()


# The picture.


def made(x, w, row=0, column=0):
    return MatrixProductPicture(multiply(x, w, row, column))


def outline(line):
    return [(min(part), max(part)) for part in line.get_data()]


def test_the_row_the_column_and_the_entry_are_framed_and_bold():
    x, w = np.arange(6).reshape(3, 2), np.arange(8).reshape(2, 4)
    picture = made(x, w, 2, 1)
    (left, right), (bottom, top) = outline(picture.row)
    for name, (i, j) in {"x": (2, 0), "x ": (2, 1)}.items():
        across, up = picture.middle(name.strip(), i, j)
        assert left < across < right and bottom < up < top
    assert not bottom < picture.middle("x", 1, 0)[1] < top
    (left, right), (bottom, top) = outline(picture.column)
    for k in range(2):
        across, up = picture.middle("w", k, 1)
        assert left < across < right and bottom < up < top
    (left, right), (bottom, top) = outline(picture.entry)
    across, up = picture.middle("result", 2, 1)
    assert left < across < right and bottom < up < top
    assert picture.cells.bold == {
        *(("x", 2, k) for k in range(2)),
        *(("w", k, 1) for k in range(2)),
        ("result", 2, 1),
    }
    styles = {line.get_linestyle() for line in (picture.row, picture.column)}
    assert len(styles) == 2  # colour is not the only sign
    assert picture.cells["result", 2, 1] == str((x @ w)[2, 1])


def test_the_row_and_the_column_meet_at_the_entry():
    picture = made(np.ones((3, 2)), np.ones((2, 4)), 1, 3)
    assert picture.middle("x", 1, 0)[1] == picture.middle("result", 1, 3)[1]
    assert picture.middle("w", 0, 3)[0] == picture.middle("result", 1, 3)[0]


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(3, 2, 4), (1, 1, 1), (12, 6, 6), (1, 6, 1)])
def test_all_of_it_can_be_read_and_lies_inside(shape):
    rows, inner, columns = shape
    x, w = np.full((rows, inner), -1.23456), np.full((inner, columns), 9999.9)
    picture = made(x, w)
    seen = boxes_of_texts(picture)
    assert len(seen) == rows * inner + inner * columns + rows * columns + 3 + 2 + 2
    assert_apart_and_inside(seen, picture)


@pytest.mark.parametrize(
    "x, written",
    [
        (-0.34567, "−0.35"),
        (12345, "12345"),
        (1e6, "…"),
        (0.1 + 0.2, "0.3"),
        (-1e-3, "…"),
        (-0.0, "0"),
    ],
)
def test_a_cell_shows_what_it_has_room_for(x, written):
    assert made([[x]], [[1]]).cells["x", 0, 0] == written
