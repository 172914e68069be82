"""A picture that moves and is drawn by matplotlib: what stands still is drawn once."""

import io
import itertools
import re

from matplotlib.backends.backend_svg import RendererSVG

from ..palette import themed
from ..plots.picture import NO_METADATA, Picture, drawn_with
from .moving import MovingPicture


class MovingFigure(Picture, MovingPicture):
    """A matplotlib figure in layers: what stands still is drawn once, what moves is drawn anew.

    A subclass makes its artists in `__init__`, keeps those that it moves as attributes, and
    hands them to `moves`; whatever it does not hand over stands still.
    """

    _numbers = itertools.count(1)

    def __init__(self, width, height):
        """width and height in pixels."""
        super().__init__(width, height)
        self._artists = {"middle": [], "moving": []}
        # matplotlib makes the ids in an SVG from this: in every run the same ones, in each
        # picture of a page others.
        self._id_salt = f"picture {next(MovingFigure._numbers)}"

    def moves(self, *artists, layer="moving"):
        """Put artists in a layer that is drawn anew.

        layer: "moving", or "middle" for what moves less often; it lies below.
        """
        self._artists[layer] += artists

    def svg(self, layer):
        width, height = 72 * self.get_size_inches()
        with drawn_with(salt=self._id_salt), io.StringIO() as file:
            renderer = RendererSVG(width, height, file, metadata=NO_METADATA)
            if layer == "still":
                self._draw_still(renderer)
            else:
                for artist in self._artists[layer]:
                    artist.draw(renderer)
            renderer.finalize()
            text = file.getvalue()
        return _for_page(text, width)

    def _draw_still(self, renderer):
        hidden = [self.patch, *self._artists["middle"], *self._artists["moving"]]
        seen = [artist for artist in hidden if artist.get_visible()]
        for artist in seen:
            artist.set_visible(False)
        self.draw(renderer)
        for artist in seen:
            artist.set_visible(True)

    def _repr_mimebundle_(self, **_):
        return self.as_png()


def at_edge(x, y, ax):
    """Where (x, y) is marked on ax, and by which marker.

    A point beyond the edge is marked on the edge, by a triangle that points its way.
    """
    left, right = ax.get_xlim()
    bottom, top = ax.get_ylim()
    spot = min(max(x, left), right), min(max(y, bottom), top)
    if y > top:
        return spot, "^"
    if y < bottom:
        return spot, "v"
    if x > right:
        return spot, ">"
    if x < left:
        return spot, "<"
    return spot, "o"


def _for_page(text, width):
    """matplotlib's SVG as it stands in a page: as wide as there is room, in the page's colours."""
    svg = text[text.index("<svg") :]
    # A style sheet would count for the whole page, which is styled anew whenever one is put in.
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, count=1, flags=re.DOTALL)
    style = (
        f"width:100%;max-width:{width:g}px;height:auto;stroke-linejoin:round;stroke-linecap:butt"
    )
    return themed(re.sub(r'width="\S+pt" height="\S+pt"', f'style="{style}"', svg, count=1))
