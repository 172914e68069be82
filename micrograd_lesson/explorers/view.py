"""The part of an explorer that the page draws: a picture in layers, and a readout below it.

What runs in the page is explorer.js, and what it looks like is explorer.css, both beside this
file; anywidget loads them in JupyterLab, Notebook, VS Code and Colab alike.
"""

from pathlib import Path

import anywidget
from traitlets import Bool, Int, Unicode

# Texts, not paths: to a file anywidget listens for as long as Python runs, and so it would keep
# every View, and every explorer, in memory.
SCRIPT = Path(__file__).with_name("explorer.js").read_text("utf-8")
STYLE_SHEET = Path(__file__).with_name("explorer.css").read_text("utf-8")


class View(anywidget.AnyWidget):
    """The picture and the readout of one explorer; explorer.js shows each of these traits.

    Attributes:
        name: what the explorer is called, for a screen reader.
        still, middle, moving: the layers of the picture, as SVG, from the back to the front.
        alt: the picture in words.
        readout: HTML.
        least: the smallest width in pixels; where there is less room, the picture scrolls.
        clickable: whether clicks on the picture are reported: `on_click`.
        outdated: whether the picture does not show the present state; it is greyed then.
        playing: while a picture plays, a screen reader does not read each readout.
        frame: the number of a frame; the page reports when it has shown it: `on_shown`.
    """

    _esm = SCRIPT
    _css = STYLE_SHEET

    name = Unicode().tag(sync=True)
    still = Unicode().tag(sync=True)
    middle = Unicode().tag(sync=True)
    moving = Unicode().tag(sync=True)
    alt = Unicode().tag(sync=True)
    readout = Unicode().tag(sync=True)
    least = Int(0).tag(sync=True)
    clickable = Bool(False).tag(sync=True)
    outdated = Bool(False).tag(sync=True)
    playing = Bool(False).tag(sync=True)
    frame = Int(0).tag(sync=True)

    def on_click(self, act):
        """Call act(across, down) at a click, in fractions of the picture's width and height."""
        self.clickable = True
        self.on_msg(lambda _view, message, _buffers: self._hear_click(message, act))

    def on_shown(self, act):
        """Call act(frame) when the page has shown a frame."""
        self.on_msg(lambda _view, message, _buffers: self._hear_shown(message, act))

    @staticmethod
    def _hear_click(message, act):
        if message.get("kind") == "click":
            act(message["across"], message["down"])

    @staticmethod
    def _hear_shown(message, act):
        if message.get("kind") == "shown":
            act(message["frame"])
