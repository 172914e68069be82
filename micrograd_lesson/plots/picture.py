"""What all pictures share: a Figure that says itself in words, axes in the house style."""

import base64
import io
import threading
from contextlib import contextmanager

import numpy as np
from matplotlib import rcParams
from matplotlib.figure import Figure

from ..image import image
from ..palette import GRID, INK, MUTED, PAPER, TYPEFACE

NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
TEXT = 13  # pixels; a picture of full width is shown at 85 % of its size beside a sidebar
HEADING = 14
LARGEST_DRAWN = 1e300  # matplotlib's sums of larger numbers overflow
POINTS_TO_THE_INCH = 72  # so that one point, matplotlib's unit of size, is one pixel

# matplotlib's settings are one for all threads, and widgets answer in a thread of their own.
ONE_AT_A_TIME = threading.RLock()


@contextmanager
def drawn_with(letters="none", salt="picture"):
    """Within, matplotlib draws in our typeface.

    matplotlib's own rc_context keeps and restores all of its 300 settings, which takes a tenth of
    the time of a picture that moves.

    Args:
        letters: in an SVG, "none" for text, "path" for outlines, which look alike everywhere.
        salt: the ids in an SVG are made from it.
    """
    ours = {"font.family": [TYPEFACE], "svg.fonttype": letters, "svg.hashsalt": salt}
    with ONE_AT_A_TIME:
        theirs = {name: rcParams[name] for name in ours}
        rcParams.update(ours)
        try:
            yield
        finally:
            rcParams.update(theirs)


class Picture(Figure):
    """A matplotlib Figure that shows itself as an image, and in words.

    Attributes:
        width: its width in pixels, where there is room for it.
        alt: the picture in a sentence or two; for screen readers, and where no picture shows.
    """

    def __init__(self, width=640, height=400, alt=""):
        """width and height in pixels."""
        size = width / POINTS_TO_THE_INCH, height / POINTS_TO_THE_INCH
        super().__init__(figsize=size, dpi=POINTS_TO_THE_INCH, facecolor=PAPER)
        self.width = width
        self.height = height
        self.alt = alt

    def __repr__(self):
        return self.alt

    __str__ = __repr__

    def _repr_mimebundle_(self, **_):
        shown, metadata = self.as_png()
        shown["text/html"] = image(self.svg(), self.alt, self.width, self.height)
        return shown, metadata

    def as_png(self):
        """The picture as PNG and in words, and its metadata, as a notebook stores them."""
        coded = base64.b64encode(self.png()).decode()
        size = {"width": int(self.width), "height": int(self.height), "alt": self.alt}
        return {"image/png": coded, "text/plain": self.alt}, {"image/png": size}

    def png(self, scale=2):
        """The whole picture as PNG, `scale` dots to a pixel."""
        with drawn_with(), io.BytesIO() as file:
            self.savefig(file, format="png", dpi=POINTS_TO_THE_INCH * scale)
            return file.getvalue()

    def svg(self):
        """The whole picture as SVG, its letters as outlines: they look alike on every system."""
        with drawn_with("path"), io.StringIO() as file:
            self.savefig(file, format="svg", dpi=POINTS_TO_THE_INCH, metadata=NO_METADATA)
            text = file.getvalue()
        return text[text.index("<svg") :]


def new_axes(picture, box, xlim=None, ylim=None, xlabel="", ylabel="", title=""):
    """Axes in the house style. box: left, bottom, width, height as fractions of the picture."""
    ax = picture.add_axes(box, facecolor="none")
    if xlim:
        ax.set(xlim=xlim, ylim=ylim)
    ax.set_xlabel(xlabel, color=INK, fontsize=TEXT)
    ax.set_ylabel(ylabel, color=INK, fontsize=TEXT)
    ax.set_title(title, color=INK, fontsize=HEADING, loc="left")
    ax.grid(color=GRID, linewidth=1)
    ax.set_axisbelow(True)
    ax.tick_params(colors=MUTED, labelsize=TEXT, length=0)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(MUTED)
    return ax


def legend_above(ax, artists=None, columns=5, handler_map=None):
    """A row above the axes that says what each labelled artist is; no curve crosses it there.

    artists: in the order in which they are named, row by row; None for all that have a label.
    handler_map: how artists of some kinds are drawn in it, as matplotlib's legend takes it.
    """
    if artists is None:
        artists, _ = ax.get_legend_handles_labels()
    columns = min(columns, len(artists))
    by_column = [artist for i in range(columns) for artist in artists[i::columns]]
    ax.legend(
        handles=by_column,
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=columns,
        frameon=False,
        labelcolor=INK,
        fontsize=TEXT,
        handlelength=1.4,
        handletextpad=0.5,
        columnspacing=1.2,
        handler_map=handler_map,
    )


def limits_of(y, margin=0.08):
    """Limits that hold every number of y that can be drawn, and some room."""
    y = np.asarray(y, float)
    y = y[np.abs(y) <= LARGEST_DRAWN]
    if not y.size:
        return 0.0, 1.0
    low, high = y.min(), y.max()
    room = (high - low or abs(high) or 1.0) * margin
    return low - room, high + room
