"""Pictures of explorers that have no room of their own yet."""

import io
import re
from uuid import uuid4

import matplotlib
from matplotlib.backends.backend_svg import RendererSVG

from ..palette import themed
from .picture import NO_METADATA, ONE_AT_A_TIME, STYLE, Picture


class LayeredPicture(Picture):
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
