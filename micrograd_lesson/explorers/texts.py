"""Many short texts, drawn as one artist."""

from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.text import Text

from ..palette import TYPEFACE

ANCHORS = {"left": "start", "center": "middle", "right": "end"}  # matplotlib's words: SVG's


class Texts(Artist):
    """Short texts of one size, drawn in a fraction of the time of as many matplotlib Texts.

    Each text has a name, under which it is written and read: `texts["z1"] = "+0.5"`. An
    empty text is not drawn.

    Args:
        places: dict from each name to (x, y), the point on the baseline where its text stands.
        size: of the letters, in pixels.
        colour: of each text that has none of its own.
        align: "left", "center" or "right": which part of a text stands at its x.

    Attributes:
        places: as above; a text is moved by giving it another place.
        colours: dict from names to colours of their own.
        bold: the set of names whose texts are bold.
    """

    zorder = Text.zorder  # above lines, as all text

    def __init__(self, places, size, colour, align="center"):
        super().__init__()
        self.places = dict(places)
        self.size = size
        self.colour = colour
        self.align = align
        self.colours = {}
        self.bold = set()
        self._texts = dict.fromkeys(self.places, "")

    def __getitem__(self, name):
        return self._texts[name]

    def __setitem__(self, name, text):
        if name not in self._texts:
            raise KeyError(f"there is no place for {name!r}.")
        self._texts[name] = text

    def write(self, texts):
        """Write these texts, a dict from names, and empty all others."""
        self._texts = dict.fromkeys(self.places, "")
        for name, text in texts.items():
            self[name] = text

    def shown(self):
        """The texts that are not empty: a dict from names."""
        return {name: text for name, text in self._texts.items() if text}

    def artists(self):
        """Each text that is shown, as a matplotlib Text whose place is in pixels."""
        for name, text, (x, y) in self._placed():
            artist = Text(x, y, text, color=self._colour_of(name))
            artist.set(fontsize=self.size, ha=self.align)
            if name in self.bold:
                artist.set_fontweight("bold")
            artist.set_figure(self.get_figure())
            yield artist

    def draw(self, renderer):
        """Draw them: as matplotlib asks of an Artist."""
        if not self.get_visible():
            return
        if isinstance(renderer, RendererSVG):
            self._draw_svg(renderer)
            return
        for artist in self.artists():
            artist.draw(renderer)

    def _draw_svg(self, renderer):
        writer = renderer.writer
        font = f"font: {self.size}px '{TYPEFACE}', sans-serif"
        anchor = ANCHORS[self.align]
        writer.start("g", style=f"{font}; text-anchor: {anchor}", fill=self.colour)
        for name, text, (x, y) in self._placed():
            own = {"x": f"{x:g}", "y": f"{renderer.height - y:g}"}
            colour = self._colour_of(name)
            if colour != self.colour:
                own["fill"] = colour
            if name in self.bold:
                own["font-weight"] = "bold"
            writer.element("text", text, own)
        writer.end("g")

    def _placed(self):
        """(name, text, place in pixels) of each text that is shown."""
        shown = self.shown()
        if not shown:
            return []
        places = self.get_transform().transform([self.places[name] for name in shown])
        return zip(shown.keys(), shown.values(), places.tolist())

    def _colour_of(self, name):
        return self.colours.get(name, self.colour)
