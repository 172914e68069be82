"""The picture of ConvolutionExplorer: a digit, a patch with its products, and the feature map."""

import numpy as np

from ...palette import DATA, GRID, INK, MOVED, MUTED
from ...plots.picture import TEXT
from ...words import fitting, number
from ..picture import MovingFigure
from ..squares import Squares
from ..texts import Texts
from .places import PLACES, SIDE, SIZE

# All in pixels.
CELL = 44
EDGE = 12
GAP = 42  # between the digit, the patch and the map
TITLE = 30  # above each of them
FOOT = 30  # for the legend
BETWEEN = 44  # the patch and the products below it
LETTERS = 5  # what a cell has room for
DIGITS = 3
DARKEST = 0.5  # how much of the colour a full square has, so that its number can be read
LEGEND = "map: blue above 0, grey below; an empty square of the digit is 0"


class ConvolutionPicture(MovingFigure):
    """On the left the digit; in the middle the patch, and its nine products; on the right the map.

    Each place of the map stands as high as the middle of what the patch sees there.

    Attributes: the artists that move; the squares and the numbers of the digit are in the middle
    layer, which is drawn anew only where another digit comes.
        digit, map: Squares, the more ink or the larger the number, the darker.
        ink, entries: Texts; ink[2, 3] and entries[2, 3] are the numbers in row 2, column 3.
        weights, products: Texts, likewise.
        window, entry: lines, the frames around what the patch sees, and around its number.
    """

    def __init__(self):
        width = 2 * EDGE + (SIDE + SIZE + PLACES) * CELL + 2 * GAP
        super().__init__(width, TITLE + SIDE * CELL + FOOT)
        self._ax = self.add_axes((0, 0, 1, 1))
        self._ax.set(xlim=(0, self.width), ylim=(0, self.height))
        self._ax.axis("off")
        self._place()
        self._add_grids()
        self._add_words()
        self.digit = self._ax.add_artist(Squares(CELL))
        self.map = self._ax.add_artist(Squares(CELL))
        self.ink = self._numbers("digit", SIDE, INK)
        self.entries = self._numbers("map", PLACES, INK)
        self.weights = self._numbers("patch", SIZE, INK)
        self.products = self._numbers("products", SIZE, DATA)
        self.window = self._line(MOVED, 3.5)
        self.entry = self._line(MOVED, 3.5)
        self.moves(self.digit, self.ink, layer="middle")
        self.moves(self.map, self.entries, self.weights, self.products, self.window, self.entry)

    def _place(self):
        """The upper left corner of each table, from the lower left of the picture."""
        top = self.height - TITLE
        middle = EDGE + SIDE * CELL + GAP
        right = middle + SIZE * CELL + GAP
        self._corners = {
            "digit": (EDGE, top),
            "patch": (middle, top),
            "products": (middle, top - SIZE * CELL - BETWEEN),
            "map": (right, top - CELL),
        }

    def _add_grids(self):
        sizes = {"digit": SIDE, "patch": SIZE, "products": SIZE, "map": PLACES}
        for name, size in sizes.items():
            xs, ys = [], []
            for k in range(size + 1):
                for across, up in (self._rule(name, size, k), self._rule(name, size, k, True)):
                    xs += [*across, np.nan]
                    ys += [*up, np.nan]
            self._line(GRID if name == "digit" else MUTED, 1).set_data(xs, ys)

    def _rule(self, name, size, k, is_upright=False):
        """Line k of a table's grid, as (xs, ys)."""
        x, y = self._corners[name]
        whole = (0, size * CELL)
        if is_upright:
            return [x + k * CELL] * 2, [y - end for end in whole]
        return [x + end for end in whole], [y - k * CELL] * 2

    def _add_words(self):
        titles = {
            "digit": "the digit, 8 × 8",
            "patch": "the patch w",
            "products": "products",
            "map": "the map z, 6 × 6",
        }
        places = {name: (x, y + 10) for name, (x, y) in self._corners.items()}
        places["legend"] = EDGE, 9
        words = self._ax.add_artist(Texts(places, TEXT, INK, "left"))
        words.write(titles | {"legend": LEGEND})
        words.colours = {"legend": MUTED}

    def _numbers(self, name, size, colour):
        places = {}
        for i, j in np.ndindex(size, size):
            x, y = self.middle(name, i, j)
            places[i, j] = x, y - 5
        return self._ax.add_artist(Texts(places, TEXT, colour))

    def _line(self, colour, width):
        (line,) = self._ax.plot([], [], color=colour, linewidth=width)
        return line

    def middle(self, name, i, j):
        """The middle of a square of the "digit", "patch", "products" or "map", in pixels."""
        x, y = self._corners[name]
        return x + (j + 0.5) * CELL, y - (i + 0.5) * CELL

    def locate(self, across, down):
        """(row, column) of the patch that a place of the picture stands for, or None.

        On the map it is the square there; on the digit, the patch lies around the square there.

        across, down: the place, in fractions of the picture's width and height.
        """
        place = self._square_at("map", PLACES, across, down)
        if place is not None:
            return place
        place = self._square_at("digit", SIDE, across, down)
        if place is None:
            return None
        row, column = (min(max(k - 1, 0), PLACES - 1) for k in place)
        return row, column

    def _square_at(self, name, size, across, down):
        x, y = self._corners[name]
        j = int((across * self.width - x) // CELL)
        i = int((y - (1 - down) * self.height) // CELL)
        return (i, j) if 0 <= i < size and 0 <= j < size else None

    def update(self, state):
        """state: a `Place`."""
        self._draw_digit(state.image, state.full)
        self._draw_map(state.map)
        for (i, j), weight in np.ndenumerate(state.weights):
            self.weights[i, j] = fitting(weight, LETTERS, DIGITS)
            self.products[i, j] = fitting(state.products[i, j], LETTERS, DIGITS)
        self.window.set_data(*self._frame("digit", state.row, state.column, SIZE))
        self.entry.set_data(*self._frame("map", state.row, state.column, 1))
        self.alt = _in_words(state)

    def _draw_digit(self, image, full):
        if self.shows(image.tolist()):
            return
        self._fill("digit", self.digit, self.ink, image, DARKEST * image / full)
        for place, ink in np.ndenumerate(image):
            if not ink:
                self.ink[place] = ""

    def _draw_map(self, entries):
        largest = np.abs(entries).max() or 1.0
        self._fill("map", self.map, self.entries, entries, DARKEST * entries / largest)

    def _fill(self, name, squares, texts, table, shares):
        """Colour and number the squares of a table. shares: how dark, negative ones in grey."""
        middles, colours = [], []
        for (i, j), share in np.ndenumerate(shares):
            texts[i, j] = fitting(table[i, j], LETTERS, DIGITS)
            middles.append(self.middle(name, i, j))
            grey = name == "digit" or share < 0
            colours.append(INK if grey else DATA)
        squares.show(middles, colours, np.abs(shares).ravel())

    def _frame(self, name, row, column, size):
        """x and y of a line around squares of a table."""
        x, y = self._corners[name]
        left, right = x + column * CELL, x + (column + size) * CELL
        top, bottom = y - row * CELL, y - (row + size) * CELL
        return [left, right, right, left, left], [top, top, bottom, bottom, top]


def _in_words(state):
    low, high = number(state.map.min(), 3), number(state.map.max(), 3)
    rows = "; ".join(", ".join(number(w, 3) for w in row) for row in state.weights.tolist())
    return (
        f"A digit of 8 by 8 squares and a patch of 3 by 3 weights: {rows}. The patch lies on row "
        f"{state.row}, column {state.column}, and gives {number(state.entry, 4)} there. The map of "
        f"6 by 6 such numbers goes from {low} to {high}."
    )
