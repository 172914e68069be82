"""The picture of BroadcastExplorer: six arrays, cell by cell, forward above and backward below."""

import numpy as np

from ...palette import DATA, GRADIENT, INK, MOVED, MUTED, OPERATION
from ...plots.picture import TEXT
from ...words import count, fitting, number, sum_of_products
from ..picture import MovingFigure
from ..texts import Texts

ROWS = 3  # the picture has room for arrays of this size
COLUMNS = 4
# All in pixels.
CELL_WIDTH = 56
CELL_HEIGHT = 32
CELL_TEXT = 14
MARK_INSIDE = 6.5  # from the corner of a cell, within its thick frame
CELL_LETTERS = 5  # what a cell has room for
DIGITS = 5
LEFT = (44, 368, 692)  # where the three arrays of a row start
BETWEEN = (318, 642)  # the middle of the gaps beside them
DOWN = {"forward": 64, "backward": 252}  # from the picture's top to that of the arrays
HEIGHT = 374

ABOVE = ("a", "b", "result")
BELOW = ("gradient", "share", "incoming")
LEGEND = (
    "full frame: an entry in its first place; dashed: its further copies; "
    "thick: the entry that you follow, and what it reaches"
)


class BroadcastPicture(MovingFigure):
    """Two arrays as they are stretched and combined, and the gradient of one.

    Above, the forward pass: a, b and the result, each in the result's shape; further copies are
    pale, in dashed frames. Below, the backward pass, from right to left: the incoming gradient,
    the share of each copy, and the shares summed over the copies. Where the shapes do not fit,
    a and b stand alone. The numbers of the forward pass, which follow a nudge, are the moving
    layer; all else that changes is the middle one.

    Args:
        state: a `Combination`, the first to be shown.

    Attributes: the artists that move.
        above, below: Texts of the forward and of the backward pass; below["share", 0, 2] is the
            number in row 0, column 2 of that array.
        headings: Texts, of each array, and of the backward pass ("backward").
        signs: Texts of the forward pass, "op" and "equals".
        arrows: Texts of the backward pass, "summed", "over copies", "incoming" and "times".
        own, copied, followed: lines, the frames around cells of each kind.
        marks: small triangles in the cells at the place that you point at.

    Raises:
        ValueError: an array is too large for the picture.
    """

    def __init__(self, state):
        super().__init__(960, HEIGHT)
        self._ax = self.add_axes((0, 0, 1, 1))
        self._ax.set(xlim=(0, self.width), ylim=(0, self.height))
        self._ax.axis("off")
        self._add_frames()
        self._add_words()
        self.moves(self.own, self.copied, self.followed, self.marks, layer="middle")
        self.moves(self.headings, self.signs, self.arrows, self.below, layer="middle")
        self.moves(self.above)
        self.update(state)

    def corner(self, name):
        """The upper left corner of an array, in pixels from the lower left of the picture."""
        row = "forward" if name in ABOVE else "backward"
        column = (ABOVE + BELOW).index(name) % len(LEFT)
        return LEFT[column], self.height - DOWN[row]

    def middle(self, name, i, j):
        """The middle of the cell in row i, column j of an array, in pixels."""
        x, y = self.corner(name)
        return x + (j + 0.5) * CELL_WIDTH, y - (i + 0.5) * CELL_HEIGHT

    def _add_frames(self):
        self.own = self._line(INK, 1.5)
        self.copied = self._line(MUTED, 1, linestyle=(0, (3, 3)))
        self.followed = self._line(MOVED, 3)
        triangle = [(0, 0), (1, 0), (0, -1)]
        self.marks = self._line(MOVED, 0, marker=triangle, markersize=16, markeredgewidth=0)

    def _line(self, colour, width, **options):
        (line,) = self._ax.plot([], [], color=colour, linewidth=width, **options)
        return line

    def _add_words(self):
        title = LEFT[0], self.height - 26
        still = self._texts({"forward": title, "legend": (LEFT[0], 8)}, TEXT, INK, "left")
        still.write({"forward": "forward pass, from left to right", "legend": LEGEND})
        still.colours = {"legend": MUTED}

        corners = {name: self.corner(name) for name in ABOVE + BELOW}
        places = {name: (x, y + 12) for name, (x, y) in corners.items()}
        places["backward"] = LEFT[0], self.height - 214
        self.headings = self._texts(places, TEXT, INK, "left")

        beside = self.middle("a", 1, 0)[1] - 6
        signs = {"op": (BETWEEN[0], beside), "equals": (BETWEEN[1], beside)}
        self.signs = self._texts(signs, 20, OPERATION, "center")

        beside = self.middle("gradient", 1, 0)[1]
        arrows = {
            "summed": (BETWEEN[0], beside + 4),
            "over copies": (BETWEEN[0], beside - 13),
            "incoming": (BETWEEN[1], beside + 4),
            "times": (BETWEEN[1], beside - 13),
        }
        self.arrows = self._texts(arrows, TEXT, OPERATION, "center")
        self.above = self._texts(self._cell_places(ABOVE), CELL_TEXT, DATA, "center")
        self.below = self._texts(self._cell_places(BELOW), CELL_TEXT, GRADIENT, "center")

    def _cell_places(self, names):
        places = {}
        for name in names:
            for i, j in np.ndindex(ROWS, COLUMNS):
                x, y = self.middle(name, i, j)
                places[name, i, j] = x, y - 5
        return places

    def _texts(self, places, size, colour, align):
        return self._ax.add_artist(Texts(places, size, colour, align))

    def update(self, state):
        """state: a `Combination`."""
        tables = {name: state.tables[name] for name in ABOVE + BELOW if name in state.tables}
        _refuse_too_large(tables)
        self.above.write(_cells(tables, ABOVE))
        self.above.colours = _pale(tables)
        self._show(state, tables, _cells(tables, BELOW))
        self.alt = _in_words(state)

    def _show(self, state, tables, below):
        """All that a nudge leaves as it is; below: the numbers of the backward pass."""
        titles = _titles(state)
        if self.shows((titles, state.op, state.spot, state.copies, below)):
            return
        self.below.write(below)
        self._frame(tables)
        self._mark(state, tables)
        self.headings.write(titles)
        self.signs.write({"op": "×" if state.op == "*" else state.op, "equals": "="})
        self.arrows.write({} if state.shape is None else _arrows(state))

    def _frame(self, tables):
        own = self._corners(tables, lambda table: table.own)
        copied = self._corners(tables, lambda table: ~table.own)
        followed = self._corners(tables, lambda table: table.followed)
        self.own.set_data(*_outlines(own, inside=2))
        self.copied.set_data(*_outlines(copied, inside=2))
        self.followed.set_data(*_outlines(followed, inside=4.5))

    def _corners(self, tables, chosen):
        """The upper left corners of all cells that chosen(table), a mask, names."""
        corners = []
        for name, table in tables.items():
            x, y = self.corner(name)
            for i, j in np.argwhere(chosen(table)).tolist():
                corners.append((x + j * CELL_WIDTH, y - i * CELL_HEIGHT))
        return corners

    def _mark(self, state, tables):
        """Mark the place that you point at, in each array where the followed entry stands there."""
        xs, ys = [], []
        for name, table in tables.items():
            # The gradient has the operand's own shape, in which the place means nothing.
            if state.spot and name != "gradient" and table.followed[state.spot]:
                x, y = self.middle(name, *state.spot)
                xs.append(x - CELL_WIDTH / 2 + MARK_INSIDE)
                ys.append(y + CELL_HEIGHT / 2 - MARK_INSIDE)
        self.marks.set_data(xs, ys)


def _cells(tables, names):
    """What stands in the cells of these arrays: a dict from (name, row, column)."""
    texts = {}
    for name in names:
        if name in tables:
            for (i, j), x in np.ndenumerate(tables[name].numbers):
                texts[name, i, j] = fitting(x, CELL_LETTERS, DIGITS)
    return texts


def _pale(tables):
    """The colour of each cell of the forward pass that holds a further copy."""
    colours = {}
    for name in ABOVE:
        if name in tables:
            for i, j in np.argwhere(~tables[name].own).tolist():
                colours[name, i, j] = MUTED
    return colours


def _refuse_too_large(tables):
    for name, table in tables.items():
        rows, columns = (1, 1, *table.shape)[-2:]
        if rows > ROWS or columns > COLUMNS:
            raise ValueError(
                f"{name} has shape {table.shape}; "
                f"the picture has room for {ROWS} rows of {COLUMNS}."
            )


def _outlines(corners, inside):
    """x and y of one line around all cells; it stays so many pixels inside of each."""
    xs, ys = [], []
    for x, y in corners:
        left, right = x + inside, x + CELL_WIDTH - inside
        top, bottom = y - inside, y - CELL_HEIGHT + inside
        xs += [left, right, right, left, left, np.nan]
        ys += [top, top, bottom, bottom, top, np.nan]
    return xs, ys


# What the picture says.


def _titles(state):
    if state.shape is None:
        titles = {name: f"{name} {table.shape}" for name, table in state.tables.items()}
        first, second = state.clash
        return titles | {"result": f"no result: {first} against {second}"}
    titles = {name: _stretched_title(name, state) for name in ("a", "b")}
    titles["result"] = f"result {state.shape}"
    titles["gradient"] = f"gradient of {state.follow} {state.tables['gradient'].shape}"
    titles["share"] = f"share of each copy {state.shape}"
    titles["incoming"] = f"incoming gradient {state.shape}"
    titles["backward"] = "backward pass, from right to left"
    return titles


def _stretched_title(name, state):
    shape = state.tables[name].shape
    if shape == state.shape:
        return f"{name} {shape}"
    return f"{name} {shape} → {state.shape}"


def _arrows(state):
    other = "b" if state.follow == "a" else "a"
    return {
        "summed": "← summed",
        "over copies": "over copies",
        "incoming": "← incoming",
        "times": f"× {other}" if state.op == "*" else "× 1",
    }


def _in_words(state):
    a, b = (f"{name} of shape {state.tables[name].shape}" for name in ("a", "b"))
    if state.shape is None:
        return f"{a} {state.op} {b}: these shapes do not fit, so there is no result."
    places = ", ".join(f"row {i} column {j}" for i, j in state.copies)
    return (
        f"{a} {state.op} {b} gives a result of shape {state.shape}. {state.entry_name} stands at "
        f"{count(len(state.copies), 'place')} of it: {places}. "
        f"Its gradient is {_sum_of_shares(state)}."
    )


def _sum_of_shares(state):
    terms = [(share,) for share in state.at_copies("share")]
    shares = sum_of_products(terms, state.gradient, DIGITS)
    if len(state.copies) == 1:
        return shares
    return f"{shares} = {number(state.gradient, DIGITS)}"
