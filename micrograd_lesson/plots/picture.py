"""What all pictures share: a Figure of two layers or three, axes in the house style, samples of a function."""

import base64
import io
import math
import re
import threading
from uuid import uuid4

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

from ..palette import GRID, INK, MUTED, PAPER, TYPEFACE, themed

NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
STYLE = {"svg.fonttype": "none", "font.family": TYPEFACE, "axes.unicode_minus": False}
ONE_AT_A_TIME = (
    threading.RLock()
)  # matplotlib's settings are one for all threads; widgets answer in one of their own


class Picture(Figure):
    """A matplotlib Figure that shows itself, in words too, and knows what moves in it.

    Attributes:
        width: its width in pixels, where there is room for it.
        alt: the picture in a sentence or two; for screen readers, and where no picture shows.
        update: a function; called with the state that the picture shows, it moves the
            moving artists and sets alt.
    """

    def __init__(self, width=640, height=400, alt=""):
        """width and height in pixels."""
        super().__init__(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
        self.width, self.alt, self.update, self._moving, self._middle = width, alt, None, [], []
        self._ids = {
            "svg.hashsalt": uuid4().hex
        }  # the same ids in every frame, others in every picture

    def moving(self, *artists):
        """Put artists in the moving layer; returns them."""
        self._moving += artists
        return artists

    def middle(self, *artists):
        """Put artists that move less often in a layer of their own, below the moving one; returns them."""
        self._middle += artists
        return artists

    def __repr__(self):
        return self.alt

    __str__ = __repr__

    def _repr_mimebundle_(self, **_):
        width, height = (int(72 * inches) for inches in self.get_size_inches())
        return (
            {"image/png": base64.b64encode(self.png()).decode(), "text/plain": self.alt},
            {"image/png": {"width": width, "height": height, "alt": self.alt}},
        )

    def png(self, scale=2):
        """The whole picture as PNG, `scale` dots to a pixel."""
        with ONE_AT_A_TIME, matplotlib.rc_context(STYLE), io.BytesIO() as file:
            self.savefig(file, format="png", dpi=72 * scale)
            return file.getvalue()

    def svg(self, layer=None):
        """The picture as SVG for a page, its colours as CSS variables.

        layer: "still", "middle", "moving", or None for all.
        """
        width, height = 72 * self.get_size_inches()
        with ONE_AT_A_TIME, matplotlib.rc_context(STYLE | self._ids), io.StringIO() as file:
            renderer = RendererSVG(width, height, file, metadata=NO_METADATA)
            if layer in ("middle", "moving"):
                for artist in self._moving if layer == "moving" else self._middle:
                    artist.draw(renderer)
            else:
                hidden = self.patch, *self._middle, *self._moving
                for artist in hidden:
                    artist.set_visible(layer is None)
                self.draw(renderer)
                for artist in hidden:
                    artist.set_visible(True)
            renderer.finalize()
            text = file.getvalue()
        # Matplotlib's style sheet would count for the whole page, which is styled anew whenever one is put in.
        text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", text, count=1, flags=re.DOTALL)
        size = f'style="width:100%;max-width:{width:g}px;height:auto;stroke-linejoin:round;stroke-linecap:butt"'
        return themed(
            re.sub(r'width="\S+pt" height="\S+pt"', size, text[text.index("<svg") :], count=1)
        )


class Texts(Artist):
    """Many short texts of one size: a single artist, drawn to SVG in a fraction of the time of as many Texts.

    Attributes:
        texts: a list, one text for each place; "" draws nothing.
        colours: a list, likewise.
        bold: the index of a text in bold, None for none.
    """

    def __init__(self, places, size, colour, ha="center"):
        """places: (x, y) of each text's baseline; ha: "left" or "center", where on it x is."""
        super().__init__()
        self.places, self.size, self.ha = places, size, ha
        self.texts, self.colours, self.bold = [""] * len(places), [colour] * len(places), None

    def draw(self, renderer):
        if not self.get_visible():
            return
        weights = ["bold" if i == self.bold else "normal" for i in range(len(self.texts))]
        places = self.get_transform().transform(self.places)
        shown = [part for part in zip(places, self.texts, self.colours, weights) if part[1]]
        if not isinstance(renderer, RendererSVG):
            for (x, y), text, colour, weight in shown:
                artist = Text(
                    x, y, text, color=colour, fontsize=self.size, fontweight=weight, ha=self.ha
                )
                artist.set_figure(self.get_figure())
                artist.draw(renderer)
            return
        anchor = {"left": "start", "center": "middle"}[self.ha]
        renderer.writer.start(
            "g", style=f"font: {self.size}px '{TYPEFACE}', sans-serif; text-anchor: {anchor}"
        )
        for (x, y), text, colour, weight in shown:
            more = {"font-weight": weight} if weight == "bold" else {}
            renderer.writer.element(
                "text", text, x=f"{x:g}", y=f"{renderer.height - y:g}", fill=colour, **more
            )
        renderer.writer.end("g")


def new_axes(picture, box, xlim=None, ylim=None, xlabel="", ylabel="", title=""):
    """Axes in the house style. box: left, bottom, width, height as fractions of the picture."""
    ax = picture.add_axes(box, facecolor="none")
    if xlim:
        ax.set(xlim=xlim, ylim=ylim)
    ax.set_xlabel(xlabel, color=INK, fontsize=11)
    ax.set_ylabel(ylabel, color=INK, fontsize=11)
    ax.set_title(title, color=INK, fontsize=12, loc="left")
    ax.grid(color=GRID, linewidth=1)
    ax.set_axisbelow(True)
    ax.tick_params(colors=MUTED, labelsize=10, length=0)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(MUTED)
    return ax


def at_edge(x, y, ax):
    """Where (x, y) is marked on ax, and how: beyond the edge, on the edge, by a triangle that points that way."""
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    spot = min(max(x, x0), x1), min(max(y, y0), y1)
    return spot, "o" if spot == (
        x,
        y,
    ) else "^" if y > y1 else "v" if y < y0 else ">" if x > x1 else "<"


def limits_of(y, margin=0.08):
    """Limits that hold every finite number of y, and some room."""
    y = np.asarray(y, float)
    y = y[np.isfinite(y)]
    if not y.size:
        return 0.0, 1.0
    low, high = y.min(), y.max()
    room = (high - low or abs(high) or 1.0) * margin
    return low - room, high + room


def sample(f, xs):
    """[f(x) for x in xs], nan where f has no value."""
    ys = []
    for x in xs:
        try:
            ys.append(float(f(float(x))))
        except Exception:  # f may be the learner's own; where it matters, its error is shown
            ys.append(math.nan)
    return np.array(ys)
