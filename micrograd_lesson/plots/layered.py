"""Pictures of explorers that have no room of their own yet."""

import io
import re
from uuid import uuid4

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.text import Text

from ..palette import TYPEFACE, themed
from .picture import NO_METADATA, ONE_AT_A_TIME, STYLE, Picture


class LayeredPicture(Picture):
    middle_is_new = False

    def __init__(self, width, height):
        super().__init__(width, height)
        self.update, self._moving, self._middle = None, [], []
        self._ids = {"svg.hashsalt": uuid4().hex}

    @property
    def least(self):
        return min(680, self.width)

    def moving(self, *artists):
        """Put artists in the moving layer; returns them."""
        self._moving += artists
        return artists

    def middle(self, *artists):
        """Put artists that move less often in a layer of their own, below the moving one; returns them."""
        self._middle += artists
        return artists

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
