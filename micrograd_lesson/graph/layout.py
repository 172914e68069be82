"""Graphviz through pygraphviz, whose wheels carry it: no `dot` program is needed.

A layout cannot be interrupted: Python waits for Graphviz to return. So what may take long is
laid out in a process of its own, which ends when the learner interrupts. Starting one takes
about a tenth of a second; small graphs stay in this process.

In a browser's Python, browser.py lays out.

Run as a program, this file is that process: `python layout.py FORMAT ENGINE`, DOT source in,
drawing out.
"""

import os
import subprocess
import sys
import threading
from contextlib import contextmanager

MISSING = (
    "Drawing a graph needs the packages graphviz and pygraphviz, and {name} is missing here; "
    "install both with: pip install graphviz pygraphviz"
)
TIME_LIMIT = 30  # seconds for a layout in a process of its own
ONE_AT_A_TIME = threading.RLock()  # Graphviz's settings, and descriptor 2, are one for all threads


def laid_out(source, format, engine, takes_long=False):
    """The drawing of a DOT source, as bytes.

    Args:
        source: the graph in the DOT language.
        format: svg, png, pdf, …
        engine: dot, neato, …
        takes_long: lay it out in a process of its own, which an interrupt ends.

    Raises:
        ImportError: pygraphviz is missing.
        ValueError: Graphviz does not read this source, or does not write this format.
        TimeoutError: the layout took longer than TIME_LIMIT seconds.
    """
    if sys.platform == "emscripten":
        from . import browser  # here, as the program that this file can be is no part of a package

        return browser.laid_out(source, format, engine)
    if takes_long and sys.executable:
        return _in_another_process(source, format, engine)
    return _in_this_process(source, format, engine)


def _in_this_process(source, format, engine):
    try:
        import pygraphviz
    except ImportError:
        raise ImportError(MISSING.format(name="pygraphviz")) from None
    with ONE_AT_A_TIME, _stderr_dropped():
        try:
            drawn = pygraphviz.AGraph(string=source).draw(format=format, prog=engine)
        except (TypeError, ValueError):  # TypeError: Graphviz gave a number where a drawing belongs
            drawn = b""
    if not drawn:
        raise ValueError(_refused(format, engine))
    return drawn


def _in_another_process(source, format, engine):
    folders = os.pathsep.join(str(folder) for folder in sys.path if folder)
    environment = {**os.environ, "PYTHONPATH": folders}
    # -P: modules of this folder must not stand in for others of the same name
    command = [sys.executable, "-P", __file__, format, engine]
    try:
        done = subprocess.run(
            command,
            input=source.encode("utf-8", "replace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIME_LIMIT,
            env=environment,
        )  # ends the process whatever happens, an interrupt included
    except subprocess.TimeoutExpired:
        raise TimeoutError(
            f"Graphviz was not done with this drawing after {TIME_LIMIT} seconds; "
            "draw a smaller part of the graph."
        ) from None
    if done.returncode:
        return _in_this_process(source, format, engine)  # it says in a sentence what is wrong
    return done.stdout


def _refused(format, engine):
    return (
        f"Graphviz cannot draw this graph with {engine} as {format}; "
        "svg, png, pdf and jpg always work for a graph in correct DOT."
    )


@contextmanager
def _stderr_dropped():
    """Drop what Graphviz's libraries print about the fonts of this machine; errors still raise.

    They write to descriptor 2 past Python's sys.stderr. Where it is closed, there is nothing to
    drop.
    """
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


if __name__ == "__main__":
    sys.stdout.buffer.write(_in_this_process(sys.stdin.buffer.read().decode(), *sys.argv[1:]))
