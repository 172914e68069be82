"""Graphviz in a browser's Python, where there is no pygraphviz: the script of npm's @viz-js/viz.

The live version's wheel brings the script beside this file. It takes a moment to be made ready, and
Python cannot wait there as it does elsewhere. So that starts when the package is imported, in a
lesson's first cell, and a drawing in a later cell finds it ready.
"""

from functools import cache
from pathlib import Path

try:
    import js
    from pyodide.code import run_js
    from pyodide.ffi import can_run_sync, run_sync, to_js
except ImportError:  # this Python does not run in a browser
    js = None

SCRIPT = Path(__file__).with_name("viz-global.js")
FORMATS = {"svg", "dot", "gv", "xdot", "plain", "json"}
NO_SCRIPT = (
    "Graphs cannot be drawn in this live version: it was built without @viz-js/viz. "
    "On your own machine, `make lab` draws them."
)
NOT_READY = "What draws graphs is not ready yet: run this cell again."


@cache
def prepare():
    """Start to make the script ready; returns a promise of what draws, or None without a script."""
    if js is None or not SCRIPT.exists():
        return None
    run_js(SCRIPT.read_text("utf-8"))
    return js.Viz.instance().then(_keep)


def _keep(viz):
    js.viz = viz
    return viz


def laid_out(source, format, engine):
    """The drawing of a DOT source, as bytes.

    Raises:
        RuntimeError: this copy cannot draw, or not yet.
        ValueError: Graphviz does not read this source, or does not write this format here.
    """
    viz = _viz()
    if format not in FORMATS:
        raise ValueError(f"In a browser a graph can be drawn as svg, and not as {format}.")
    options = to_js({"format": format, "engine": engine}, dict_converter=js.Object.fromEntries)
    done = viz.render(source, options)
    if done.status != "success":
        said = "; ".join(error.message for error in done.errors)
        raise ValueError(f"Graphviz cannot draw this graph with {engine} as {format}: {said}")
    return done.output.encode()


def _viz():
    promise = prepare()
    if promise is None:
        raise RuntimeError(NO_SCRIPT)
    viz = getattr(js, "viz", None)
    if viz is not None:
        return viz
    if not can_run_sync():
        raise RuntimeError(NOT_READY)
    return run_sync(promise)
