"""The picture of MatrixProductExplorer: X at the left, W above, and the result where they meet."""

import numpy as np

from ...palette import DATA, INK, MOVED, MUTED, OPERATION
from ...plots.picture import TEXT
from ...words import fitting, number, sum_of_products
from ..picture import MovingFigure
from ..texts import Texts

ROWS = 12  # the picture has room for matrices of this size
COLUMNS = 6
# All in pixels.
CELL_WIDTH = 50
CELL_HEIGHT = 32
CELL_TEXT = 13
CELL_LETTERS = 5  # what a cell has room for
CELL_DIGITS = 5
EDGE = 8
HEADING_ROOM = 30  # above X and above W, and below the result
GAP = 36  # between X and the result, and between W and the result
TITLE = 104  # the title of the result needs as much
NARROWEST = 352  # the legend needs as much
LEGEND = (
    "solid frame: row of X; dashed frame: column of W",
    "thick frame: the entry of X @ W that they give",
)
LEGEND_ROOM = 52


class MatrixProductPicture(MovingFigure):
    """Two matrices and their product, cell by cell.

    W stands above the result and X at its left: an entry of the result lies where a row of X and
    a column of W meet.

    Args:
        state: a `MatrixProduct`, the first to be shown; later ones have the same shapes.

    Attributes: the artists that move.
        cells: Texts; cells["w", 0, 2] is the number in row 0, column 2 of W; bold is what the
            entry is made of, and the entry.
        row, column, entry: lines, the frames around the row of X, the column of W and the entry.
        arrows: Texts, "row" and "column": from the two frames towards the entry.

    Raises:
        ValueError: a matrix is too large for the picture.
    """

    def __init__(self, state):
        self._shapes = {"x": state.x.shape, "w": state.w.shape, "result": state.result.shape}
        _refuse_too_large(self._shapes)
        rows, inner = state.x.shape
        columns = state.w.shape[1]
        width = 2 * EDGE + inner * CELL_WIDTH + GAP + max(columns * CELL_WIDTH, TITLE)
        cells = (inner + rows) * CELL_HEIGHT + GAP
        super().__init__(max(width, NARROWEST), 2 * HEADING_ROOM + cells + LEGEND_ROOM)
        self._ax = self.add_axes((0, 0, 1, 1))
        self._ax.set(xlim=(0, self.width), ylim=(0, self.height))
        self._ax.axis("off")
        self._place(rows, inner)
        self._add_grid()
        self._add_words()
        self.row = self._line(MOVED, 2.5)
        self.column = self._line(MOVED, 2.5, linestyle=(0, (3, 2)))
        self.entry = self._line(MOVED, 4)
        self.moves(self.row, self.column, self.entry, self.arrows, self.cells)
        self.update(state)

    def _place(self, rows, inner):
        """Where the upper left corners of the three matrices are, from the lower left."""
        left = EDGE + inner * CELL_WIDTH + GAP
        top = self.height - HEADING_ROOM
        below = top - inner * CELL_HEIGHT - GAP
        self._corners = {"x": (EDGE, below), "w": (left, top), "result": (left, below)}
        self._bottom = below - rows * CELL_HEIGHT

    def _add_grid(self):
        grid = self._line(INK, 1)
        xs, ys = [], []
        for name, shape in self._shapes.items():
            for i, j in np.ndindex(shape):
                across, up = self._frame(name, (i, i + 1), (j, j + 1), inside=2)
                xs += [*across, np.nan]
                ys += [*up, np.nan]
        grid.set_data(xs, ys)

    def _add_words(self):
        corners = self._corners
        places = {
            "x": (corners["x"][0], corners["x"][1] + 10),
            "w": (corners["w"][0], corners["w"][1] + 10),
            "result": (corners["result"][0], self._bottom - 20),
            "solid": (EDGE, 28),
            "thick": (EDGE, 8),
        }
        still = self._texts(places, TEXT, INK, "left")
        shapes = self._shapes
        still["x"] = f"X {shapes['x']}"
        still["w"] = f"W {shapes['w']}"
        still["result"] = f"X @ W {shapes['result']}"
        still["solid"], still["thick"] = LEGEND
        still.colours = {"solid": MUTED, "thick": MUTED}
        self.arrows = self._texts({"row": (0, 0), "column": (0, 0)}, 18, OPERATION, "center")
        self.arrows.write({"row": "→", "column": "↓"})
        middles = {}
        for name, shape in shapes.items():
            for i, j in np.ndindex(shape):
                x, y = self.middle(name, i, j)
                middles[name, i, j] = x, y - 5
        self.cells = self._texts(middles, CELL_TEXT, DATA, "center")

    def _texts(self, places, size, colour, align):
        return self._ax.add_artist(Texts(places, size, colour, align))

    def _line(self, colour, width, **options):
        (line,) = self._ax.plot([], [], color=colour, linewidth=width, **options)
        return line

    def middle(self, name, i, j):
        """The middle of the cell in row i, column j of "x", "w" or "result", in pixels."""
        x, y = self._corners[name]
        return x + (j + 0.5) * CELL_WIDTH, y - (i + 0.5) * CELL_HEIGHT

    def locate(self, across, down):
        """(row, column) of the result's cell at a place of the picture; None where there is none.

        across, down: the place, in fractions of the picture's width and height.
        """
        x, y = self._corners["result"]
        j = int((across * self.width - x) // CELL_WIDTH)
        i = int((y - (1 - down) * self.height) // CELL_HEIGHT)
        rows, columns = self._shapes["result"]
        return (i, j) if 0 <= i < rows and 0 <= j < columns else None

    def update(self, state):
        """state: a `MatrixProduct`."""
        row, column = state.row, state.column
        inner = len(state.pairs)
        self._fill({"x": state.x, "w": state.w, "result": state.result})
        self.row.set_data(*self._frame("x", (row, row + 1), (0, inner)))
        self.column.set_data(*self._frame("w", (0, inner), (column, column + 1)))
        self.entry.set_data(*self._frame("result", (row, row + 1), (column, column + 1)))
        x, y = self.middle("x", row, inner - 1)
        self.arrows.places["row"] = x + CELL_WIDTH / 2 + GAP / 2, y - 6
        x, y = self.middle("w", inner - 1, column)
        self.arrows.places["column"] = x, y - CELL_HEIGHT / 2 - GAP / 2 - 6
        in_row = {("x", row, k) for k in range(inner)}
        in_column = {("w", k, column) for k in range(inner)}
        self.cells.bold = in_row | in_column | {("result", row, column)}
        self.alt = _in_words(state)

    def _fill(self, matrices):
        for name, matrix in matrices.items():
            for (i, j), x in np.ndenumerate(matrix):
                self.cells[name, i, j] = fitting(x, CELL_LETTERS, CELL_DIGITS)

    def _frame(self, name, rows, columns, inside=0):
        """x and y of a line around cells, from and to a row and a column.

        inside: so many pixels within their edge.
        """
        x, y = self._corners[name]
        left = x + columns[0] * CELL_WIDTH + inside
        right = x + columns[1] * CELL_WIDTH - inside
        top = y - rows[0] * CELL_HEIGHT - inside
        bottom = y - rows[1] * CELL_HEIGHT + inside
        return [left, right, right, left, left], [top, top, bottom, bottom, top]


def written_sum(state):
    """The entry's sum with its numbers: 1·2 + 3·(−1)."""
    return sum_of_products(state.pairs, state.entry)


def _refuse_too_large(shapes):
    for name, (rows, columns) in shapes.items():
        if rows > ROWS or columns > COLUMNS:
            written = "the result" if name == "result" else name.upper()
            raise ValueError(
                f"{written} has shape {(rows, columns)}; "
                f"the picture has room for {ROWS} rows of {COLUMNS}."
            )


def _in_words(state):
    return (
        f"X of shape {state.x.shape} times W of shape {state.w.shape} gives a result of shape "
        f"{state.result.shape}. Row {state.row} of X and column {state.column} of W give "
        f"{state.name} = {written_sum(state)} = {number(state.entry)}."
    )
