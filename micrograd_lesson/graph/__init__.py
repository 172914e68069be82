"""Drawing an expression: every value a box, every operation a small circle.

Works on any class whose values remember their parents in `_prev`, so the class that you
type into a lesson draws like the package's own. One room for each question:

    nodes.py    what is read of a value: its parents, label, operation, data, gradient
    walk.py     Expression: all values that a result depends on, in order; trace
    dot.py      draw_dot: which boxes, circles and lines there are
    drawing.py  Drawing: a graph that shows itself and is saved, without the `dot` program
    layout.py  Graphviz: where everything goes
    browser.py  the same in a browser's Python

Graphviz is loaded when something is drawn, so that `trace` works where it is missing.
"""

import sys

from .dot import draw_dot
from .walk import trace

__all__ = ["Drawing", "draw_dot", "trace"]

if sys.platform == "emscripten":
    from .browser import prepare

    prepare()


def __getattr__(name):
    """Load Drawing when it is first asked for: its class is derived from one of graphviz's."""
    if name == "Drawing":
        from .drawing import Drawing

        return Drawing
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
