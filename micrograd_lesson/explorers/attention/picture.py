"""The picture of AttentionExplorer: one place's shares as bars, and those of all as a table."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ...palette import DATA, GRID, INK, MOVED, MUTED
from ...plots.picture import TEXT
from ...words import MINUS, fixed, fixed_fitting
from ..picture import MovingFigure
from ..texts import Texts

# All in pixels.
LEFT = 64  # the names of the rows stand there
CELL_WIDTH = 46
CELL_HEIGHT = 25
FULL = 21  # the edge of a square whose share is 1
BAR = 90  # the height of a bar of 1
BAR_WIDTH = 24
LETTER = 15
EDGE = 8
HEADING = 26
NARROWEST = 430  # the legend needs as much
LEGEND_ROOM = 52
NUMBER_ROOM = 5  # letters that a column has room for
LEGEND = (
    "row: the place that asks; column: the place it looks at",
    "area of a square: the share",
)
HIDDEN = "; grey: hidden by the mask"


class AttentionPicture(MovingFigure):
    """Bars over the columns of a table: what one place looks at, and what all do.

    Args:
        places: how many there is room for.
        has_scores: whether there are scores to be shown; else there are shares alone.

    Attributes: most, how many places there is room for, and the artists that move. Whoever asks,
    the table is the same: it lies in the middle layer, with letters, places and legend.
        heading: Texts; heading["asks"] says which place asks.
        bars: one line, of a piece for each place, as high as its share.
        numbers: Texts; numbers[2] is the share of place 2, above its bar; the largest is bold.
        letters: Texts; letters[2] is the letter of place 2 below its bar. places: its number.
        scores: Texts; scores[2] is the score of place 2. Empty where there are none.
        rows: Texts; rows[2] names the row of place 2, the asking place's in bold.
        squares: a patch, a square for each share of the table. hidden: likewise what is masked.
        frame: a line around the row of the place that asks.
        legend: Texts; what the squares mean.
    """

    def __init__(self, places, has_scores=True):
        width = max(LEFT + places * CELL_WIDTH + EDGE, NARROWEST)
        above = HEADING + TEXT + 8 + BAR + 2 * 20 + (20 if has_scores else 0) + 8
        super().__init__(width, above + places * CELL_HEIGHT + LEGEND_ROOM)
        self._ax = self.add_axes((0, 0, 1, 1))
        self._ax.set(xlim=(0, self.width), ylim=(0, self.height))
        self._ax.axis("off")
        self.most = places
        self._floor = self.height - HEADING - TEXT - 8 - BAR  # the feet of the bars
        self._top = self.height - above  # of the table
        self._add_bars(has_scores)
        self._add_table()
        self.moves(self.hidden, self.squares, self.letters, self.places, layer="middle")
        self.moves(self.legend, layer="middle")
        self.moves(self.bars, self.frame, self.heading, self.numbers, self.scores, self.rows)

    def _texts(self, places, size, colour, align="center"):
        return self._ax.add_artist(Texts(places, size, colour, align))

    def _line(self, **options):
        (line,) = self._ax.plot([], [], **options)
        return line

    def _across(self, place):
        """The middle of a column."""
        return LEFT + (place + 0.5) * CELL_WIDTH

    def _row_at(self, height):
        return {j: (self._across(j), height) for j in range(self.most)}

    def _add_bars(self, has_scores):
        floor = self._floor
        self.heading = self._texts({"asks": (EDGE, self.height - 18)}, TEXT, INK, "left")
        self.bars = self._line(color=DATA, linewidth=BAR_WIDTH, solid_capstyle="butt")
        self.numbers = self._texts(self._row_at(floor), TEXT, INK)
        self.letters = self._texts(self._row_at(floor - 18), LETTER, INK)
        self.places = self._texts(self._row_at(floor - 36), TEXT, MUTED)
        self.scores = self._texts(self._row_at(floor - 56), TEXT, DATA)
        beside = {"share": (EDGE, floor + 4), "place": (EDGE, floor - 36)}
        if has_scores:
            beside["score"] = (EDGE, floor - 56)
        still = self._texts(beside, TEXT, MUTED, "left")
        for name in beside:
            still[name] = name

    def _add_table(self):
        middles = {i: (LEFT - 8, self._down(i + 0.5) - 5) for i in range(self.most)}
        self.rows = self._texts(middles, TEXT, MUTED, "right")
        self.frame = self._line(color=MOVED, linewidth=2.5)
        self.squares = self._ax.add_patch(_no_squares(DATA))
        self.hidden = self._ax.add_patch(_no_squares(GRID))
        self.legend = self._texts({0: (EDGE, 28), 1: (EDGE, 9)}, TEXT, MUTED, "left")

    def _down(self, rows):
        """The height at which so many rows of the table end."""
        return self._top - rows * CELL_HEIGHT

    def locate(self, across, down):
        """The row of the table at a place of the picture; None where there is none.

        across, down: the place, in fractions of the picture's width and height.
        """
        row = int((self._top - (1 - down) * self.height) // CELL_HEIGHT)
        return row if 0 <= row < self._shown and across * self.width >= EDGE else None

    def update(self, state):
        """state: a `Looking`."""
        self._shown = len(state.text)
        self._draw_bars(state)
        self._draw_names(state)
        self._draw_table(state)
        self.alt = _in_words(state)

    def _draw_bars(self, state):
        shares = state.row
        self.heading["asks"] = f"place {state.asks}, {state.letter}, asks"
        self.heading.colour = MOVED
        xs, ys = [], []
        for j, share in enumerate(shares):
            xs += [self._across(j)] * 2 + [np.nan]
            ys += [self._floor, self._floor + BAR * share, np.nan]
            self.numbers.places[j] = self._across(j), self._floor + BAR * share + 4
        self.bars.set_data(xs, ys)
        hidden = state.hidden[state.asks]
        self.numbers.write({j: fixed(p, 2) for j, p in enumerate(shares) if not hidden[j]})
        self.numbers.bold = {j for j, share in enumerate(shares) if share >= max(shares) - 1e-9}
        if state.scores is not None:
            self.scores.write({j: written_score(z) for j, z in enumerate(state.row_of_scores)})

    def _draw_names(self, state):
        """Name the rows, and frame the one of the place that asks."""
        asks, places = state.asks, len(state.text)
        self.rows.write({i: f"{i}  {letter}" for i, letter in enumerate(state.text)})
        self.rows.bold = {asks}
        self.rows.colours = {asks: MOVED}
        left, right = LEFT, LEFT + places * CELL_WIDTH
        top, bottom = self._down(asks), self._down(asks + 1)
        self.frame.set_data([left, right, right, left, left], [top, top, bottom, bottom, top])

    def _draw_table(self, state):
        if self.shows((state.text, state.masked, state.shares.tolist())):
            return
        self.letters.write(dict(enumerate(state.text)))
        self.places.write({j: str(j) for j in range(len(state.text))})
        self.squares.set_path(self._squares(np.sqrt(state.shares) * FULL))
        self.hidden.set_path(self._squares(np.where(state.hidden, CELL_HEIGHT - 5.0, 0.0)))
        self.legend[0] = LEGEND[0]
        self.legend[1] = LEGEND[1] + (HIDDEN if state.masked else "")

    def _squares(self, edges):
        """One path: in each cell of the table a square with this edge, where it can be seen."""
        corners = []
        for (i, j), edge in np.ndenumerate(edges):
            if edge >= 0.5:
                x, y, half = self._across(j), self._down(i + 0.5), edge / 2
                corners += [(x - half, y - half), (x + half, y - half)]
                corners += [(x + half, y + half), (x - half, y + half), (x - half, y - half)]
        return _path_of(corners)


def _no_squares(colour):
    return PathPatch(_path_of([]), facecolor=colour, edgecolor="none", linewidth=0)


def _path_of(corners):
    """A path of squares, from five corners of each, the last one the first again."""
    steps = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path(np.reshape(corners, (-1, 2)), steps * (len(corners) // 5))


def written_score(score):
    """A score in as many digits as a column has room for; −∞ of what is hidden."""
    if score == -np.inf:
        return f"{MINUS}∞"
    return fixed_fitting(score, NUMBER_ROOM)


def _in_words(state):
    head = f", head {state.head}" if state.heads > 1 else ""
    mask = ""
    if state.masked is not None:
        mask = " with the mask on" if state.masked else " with the mask off"
    shares = ", ".join(
        f"place {j} {letter} {fixed(share, 2)}"
        for j, (letter, share) in enumerate(zip(state.text, state.row))
        if not state.hidden[state.asks, j]
    )
    return (
        f"A table of the {len(state.text)} places of {state.text!r}{head}, a row for each place "
        f"that asks. Place {state.asks}, {state.letter}, asks{mask}. Its shares: {shares}."
    )
