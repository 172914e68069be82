"""An arrow that moves, as a picture of a descent draws the parts of a step."""

import math

import numpy as np

from ..palette import GRADIENT, INK
from ..plots.picture import TEXT


class Arrow:
    """An arrow with a word beyond its tip.

    Attributes: the artists that it is drawn with.
        line, tip, words.
    """

    def __init__(self, ax, words, dash="-"):
        """ax: where it is drawn. words: what stands beyond its tip."""
        self._words = words
        self._gap = np.ptp(ax.get_xlim()) / 60
        (self.line,) = ax.plot([], [], color=GRADIENT, linewidth=2.5, linestyle=dash)
        self.line.set_solid_capstyle("butt")
        (self.tip,) = ax.plot([], [], color=GRADIENT, markersize=10)
        self.words = ax.text(0, 0, "", color=INK, fontsize=TEXT, va="center", clip_on=True)
        self.artists = [self.line, self.tip, self.words]

    def point(self, tail, way):
        """Draw it from tail, a place, along way; nothing where way has no length."""
        x, y = tail
        across, up = way
        self._show(across != 0 or up != 0)
        x2 = x + across
        y2 = y + up
        self.line.set_data([x, x2], [y, y2])
        self.tip.set_data([x2], [y2])
        self.tip.set_marker((3, 0, math.degrees(math.atan2(up, across)) - 90))
        self.words.set_text(self._words)
        self.words.set_position((x2 + math.copysign(self._gap, across), y2))
        self.words.set_horizontalalignment("left" if across >= 0 else "right")

    def _show(self, is_shown):
        """What is hidden takes no time to draw."""
        for artist in self.artists:
            artist.set_visible(is_shown)
