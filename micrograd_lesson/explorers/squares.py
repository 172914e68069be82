"""Many squares of one size, drawn as one artist."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.patches import Rectangle

from ..plots.picture import POINTS_TO_THE_INCH


class Squares(Artist):
    """Squares of one size, drawn in a fraction of the time of a scatter of as many markers.

    Args:
        edge: of each square, in pixels.

    Attributes: as `show` was given them, one of each for each square.
        middles: array of shape (n, 2). colours: list. shares: list.
    """

    zorder = Rectangle.zorder

    def __init__(self, edge):
        super().__init__()
        self.edge = edge
        self.show([], [], [])

    def show(self, middles, colours, shares):
        """Show these squares and no others.

        middles: (x, y) of each, in the units of the axes. shares: how much of its colour each
        has, from 0 to 1; what has none is left out, as it need not travel.
        """
        seen = [k for k, share in enumerate(shares) if share >= 0.001]
        self.middles = np.reshape(middles, (-1, 2))[seen]
        self.colours = [colours[k] for k in seen]
        self.shares = [float(shares[k]) for k in seen]

    def draw(self, renderer):
        """Draw them: as matplotlib asks of an Artist."""
        if not self.get_visible():
            return
        if isinstance(renderer, RendererSVG):
            self._draw_svg(renderer)
        else:
            self._draw_pixels(renderer)

    def _placed(self):
        """(left, bottom, edge, colour, share) of each square, in dots of what is drawn on."""
        edge = self.edge * self.get_figure().dpi / POINTS_TO_THE_INCH
        corners = self.get_transform().transform(self.middles) - edge / 2
        for (left, bottom), colour, share in zip(corners.tolist(), self.colours, self.shares):
            yield left, bottom, edge, colour, share

    def _draw_svg(self, renderer):
        for left, bottom, edge, colour, share in self._placed():
            attributes = {
                "x": f"{left:g}",
                "y": f"{renderer.height - bottom - edge:g}",
                "width": f"{edge:g}",
                "height": f"{edge:g}",
                "fill": colour,
                "fill-opacity": f"{share:.4g}",
            }
            renderer.writer.element("rect", attrib=attributes)

    def _draw_pixels(self, renderer):
        for left, bottom, edge, colour, share in self._placed():
            patch = Rectangle((left, bottom), edge, edge, linewidth=0, facecolor=colour)
            patch.set_alpha(share)
            patch.set_figure(self.get_figure())
            patch.draw(renderer)
