"""An explorer on a page that no Python stands behind: some states drawn ahead, and explorer.js.

The states travel beside the picture as compressed JSON; `openPage` in explorer.js unpacks
and shows them. Where no script runs, the picture of the present state stands there instead.
"""

import base64
import gzip
import json
import os
import re
import sys
from contextlib import contextmanager
from html import escape
from itertools import product
from typing import NamedTuple

from ..words import number
from .view import SCRIPT, STYLE_SHEET

# jupyter_client names a request by its session, its process and a number; a live page, which is
# written in JavaScript, by a UUID.
FROM_A_PROGRAM = re.compile(r"[0-9a-f-]+_\d+_\d+")


class Film(NamedTuple):
    """States in a row, drawn ahead: a page without Python plays them, and a slider moves over them.

    Attributes:
        name: what the slider counts. stops: its numbers, one for each frame, in order.
        start: which of them is shown first.
        frames: a dict for each: its middle layer as SVG, its alt, and its text, the readout.
        still, moving: the layers below and above, as SVG, which stay.
        least: the smallest width in pixels.
        note: what stands between the controls and the picture.
    """

    name: str
    stops: list
    start: int
    frames: list
    still: str
    moving: str
    least: float
    note: str


def executed_by_program():
    """Whether a program executes this notebook, to store or to export it.

    nbconvert, papermill and nbval do; nobody waits then, and nothing that needs a live kernel
    should be stored. JupyterLab, Notebook, VS Code and Colab have a page, and a person before it.
    Voila has both, and its page is live; so is the one in which a browser's Python runs.
    """
    if sys.platform == "emscripten":
        return False
    if "IPython" not in sys.modules or "VOILA_BASE_URL" in os.environ:
        return False
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    if not hasattr(kernel, "get_parent"):
        return False
    request = kernel.get_parent("shell").get("header", {})
    return FROM_A_PROGRAM.fullmatch(request.get("msg_id", "")) is not None


def page(explorer, image):
    """The HTML of explorer, movable without Python; None where it neither moves nor plays there.

    It moves along the controls that its `on_page` names, or plays its `film`.

    Args:
        explorer: an Explorer; afterwards its state is what it was.
        image: the picture as a data URI, for where no script runs.
    """
    film = explorer.film()
    if film is None and not explorer.on_page:
        return None
    content = _content(explorer) if film is None else _played(film)
    name = escape(type(explorer).__name__)
    alt = escape(explorer.picture.alt)
    packed = _packed(content)
    return (
        f'<div class="ml-explorer ml-page {name}" role="group" aria-label="{name}">'
        f'<img src="{image}" alt="{alt}" style="width:100%;max-width:960px">'
        f'<script type="application/gzip">{packed}</script></div>'
        f"<style>{STYLE_SHEET}</style>"
        f'<script type="module">{SCRIPT}</script>'
    )


def _content(explorer):
    """What explorer.js needs, as plain data: controls with their stops, a frame for each state."""
    stops = {
        name: _stops(explorer.controls[name], getattr(explorer, name), count)
        for name, count in explorer.on_page.items()
    }
    controls = [
        {
            "name": explorer.controls[name].description,
            "kind": "choice" if hasattr(explorer.controls[name], "options") else "slider",
            "stops": [_written(value) for value in values],
        }
        for name, values in stops.items()
    ]
    return {
        "least": round(explorer.picture.least),
        "still": explorer.picture.svg("still"),
        "controls": controls,
        "start": [values.index(getattr(explorer, name)) for name, values in stops.items()],
        "frames": [frame._asdict() for frame in _frames(explorer, stops)],
    }


def _played(film):
    """What explorer.js needs to play a Film, likewise."""
    stops = [_written(stop) for stop in film.stops]
    return {
        "least": round(film.least),
        "still": film.still,
        "moving": film.moving,
        "note": film.note,
        "controls": [{"name": film.name, "kind": "film", "stops": stops}],
        "start": [film.start],
        "frames": film.frames,
    }


def _frames(explorer, stops):
    """A frame for each combination of stops, the last control's running fastest."""
    kept = {name: getattr(explorer, name) for name in stops}
    frames = []
    with _unheard(explorer):
        for state in product(*stops.values()):
            for name, value in zip(stops, state):
                setattr(explorer, name, value)
            if explorer.view.middle:  # a page jumps to any frame, so each holds its middle layer
                explorer.picture.middle_is_new = True
            frames.append(explorer.render())
        for name, value in kept.items():
            setattr(explorer, name, value)
        explorer.render()
    return frames


@contextmanager
def _unheard(explorer):
    """Within, no widget and no observer of the learner's hears of a change of state."""
    explorer.notify_change = lambda change: None
    try:
        yield
    finally:
        del explorer.notify_change


def _packed(content):
    compressed = gzip.compress(json.dumps(content).encode(), mtime=0)
    return base64.b64encode(compressed).decode()


def _stops(control, present, count):
    """The values that a control takes on the page, in order: all options, or places of a slider.

    The present value is one of them. count: how many places, evenly spaced; or the values.
    """
    if hasattr(control, "options"):
        return list(control.options)
    if not isinstance(count, int):
        return sorted({*count, present})
    steps = round((control.max - control.min) / control.step)
    chosen = {round(steps * i / (count - 1)) for i in range(count)}
    places = [control.min + control.step * step for step in chosen]
    if hasattr(control, "base"):
        places = [control.base**place for place in places]
    apart = [value for value in places if abs(value - present) >= 1e-9 * abs(present)]
    return sorted({type(present)(f"{value:.12g}") for value in apart} | {present})


def _written(value):
    return value if isinstance(value, str) else number(value, 4)
