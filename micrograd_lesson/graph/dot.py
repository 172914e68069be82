"""draw_dot: an expression in the language of Graphviz, box by box."""

import re

from .. import words
from ..palette import INK, MUTED, OPERATION, PAPER, TYPEFACE
from . import nodes as read
from .walk import Expression

FONT = f"{TYPEFACE},Verdana,sans-serif"
FONT_SIZE = 11  # points, so 14.7 pixels on a page
MAX_NODES = 400  # more than this, nobody reads
MOST_DESCRIBED = 20  # values that the description lists

CONTROL = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f]")
ESCAPES = {ord(special): "\\" + special for special in "\\{}|<>"}
ESCAPES |= {ord("&"): "&amp;", ord("\n"): "\\n"}

# Graphviz splits a line that passes over other columns into a piece for each column, and its
# time grows with the square of their number. A graph with few such pieces is drawn as it is;
# in one with many, the lines that pass over more columns than FAR end at a stand-in.
MOST_PIECES = 2000
FAR = 16
QUICK_PIECES = 400  # with more, the layout gets a process of its own, and a bound

PAGE = {
    "bgcolor": PAPER,
    "nodesep": "0.15",
    "ranksep": "0.3",
    "pad": "0.15",
}
# What is not said of a node is as in BOX: so a large graph is written faster. "" is Graphviz's own.
BOX = {"shape": "record", "width": "1.45", "margin": "0.06,0.03", "height": "0.2"}
CIRCLE = {
    "shape": "circle",
    "width": "0.3",
    "height": "0.3",
    "margin": "0.02",
    "color": OPERATION,
    "fontcolor": OPERATION,
    "penwidth": "1.5",
}
STAND_IN = {"shape": "box", "style": "dashed", "width": ""}
NOTE = {"shape": "plaintext", "width": "", "margin": "", "height": "", "fontcolor": MUTED}


def draw_dot(root, format="svg", rankdir="LR"):
    """Draw the expression that ends in root.

    Each value is a record `label | data | grad`; an operation is a circle before its
    result. Of a graph of more than 400 values, the 400 nearest to root are drawn, and
    a note says how many are not. Where many lines would run along most of the drawing,
    each of them starts at a dashed box with the value's name instead.

    Args:
        root: the last value of the expression.
        format: what `render` writes: svg, png, pdf, …
        rankdir: "LR" draws from left to right, "TB" from top to bottom.

    Returns:
        A `graphviz.Digraph`; a notebook shows it as a picture.

    Raises:
        ImportError: the package graphviz is missing.
        TypeError: root has no `_prev`, so it is not part of an expression; or a value in the
            expression has no data.
        ValueError: an unknown rankdir.
    """
    if not hasattr(root, "_prev"):
        raise TypeError(f"draw_dot draws a Value, not {type(root).__name__} {root!r:.60}.")
    return draw_expression(Expression(root), format, rankdir)


def draw_expression(expression, format="svg", rankdir="LR"):
    """The same for an Expression that was read already; its boxes are named as below."""
    if rankdir not in ("LR", "TB", "RL", "BT"):
        raise ValueError(f"unknown rankdir {rankdir!r}; known are LR, TB, RL, BT.")
    shown = set(expression.nearest_first()[:MAX_NODES])
    edges = [(p, c) for p, c in expression.edges if p in shown and c in shown]
    far = far_edges(expression, edges)
    dot = _empty_page(format, rankdir)
    dot.takes_long = False
    for i in sorted(shown):
        _draw_value(dot, expression.nodes[i], i)
    for parent, child in edges:
        if (parent, child) in far:
            _draw_stand_in(dot, expression.nodes[parent], parent, child)
        dot.edge(*line(expression, parent, child, far))
    _draw_notes(dot, len(expression.nodes) - len(shown), far)
    dot.description = describe(expression)
    if sum(_pieces(expression, *edge) for edge in edges) > QUICK_PIECES:
        dot.takes_long = True
        dot.attr(nslimit="1")  # a bound on the search for the best places
    return dot


# What the boxes are called.


def box(i):
    """The name of a value's box; i: its place in the expression's nodes."""
    return f"v{i}"


def circle(i):
    """The name of the circle of the operation that made value i."""
    return f"v{i}op"


def stand_in(parent, child):
    """The name of the box that stands for a value far away, at the operation that uses it."""
    return f"v{parent}at{child}"


def line(expression, parent, child, far):
    """The names at the two ends of the line from a parent to its child; see far_edges for far."""
    start = stand_in(parent, child) if (parent, child) in far else box(parent)
    end = circle(child) if read.operation(expression.nodes[child]) else box(child)
    return start, end


def far_edges(expression, edges):
    """The edges that are not drawn whole, as a set of pairs (parent, child); mostly empty."""
    pieces = {edge: _pieces(expression, *edge) for edge in edges}
    if sum(pieces[edge] for edge in edges) <= MOST_PIECES:
        return set()
    return {edge for edge in edges if pieces[edge] > FAR}


def _pieces(expression, parent, child):
    """The number of columns that the line from parent to child passes over; 0 for neighbours."""
    steps = expression.steps[parent] - expression.steps[child]
    return 2 * (steps - 1)  # a column of circles and one of boxes for each operation


# The parts of the drawing.


def _empty_page(format, rankdir):
    from .drawing import Drawing  # here, since it loads graphviz

    dot = Drawing(format=format, graph_attr={"rankdir": rankdir, **PAGE})
    dot.attr("node", fontname=FONT, fontsize=str(FONT_SIZE), color=MUTED, fontcolor=INK, **BOX)
    dot.attr("edge", color=MUTED, arrowsize="0.6")
    return dot


def _draw_value(dot, node, i):
    """A box, and before it the circle of the operation that made it."""
    lines = read.numbers(node)
    if read.label(node):
        lines = [read.label(node), *lines]
    dot.node(box(i), label=" | ".join(_escape(text) for text in lines))
    operation = read.operation(node)
    if operation:
        dot.node(circle(i), label=_escape(operation), **CIRCLE)
        dot.edge(circle(i), box(i))


def _draw_stand_in(dot, node, parent, child):
    dot.node(stand_in(parent, child), label=_escape(read.name(node)), **STAND_IN)


def _draw_notes(dot, left_out, far):
    if left_out:
        text = f"{left_out} more values, further from the result, are not drawn."
        dot.node("rest", label=_escape(text), **NOTE)
    if far:
        text = "A dashed box stands for a value that is drawn elsewhere."
        dot.node("far", label=_escape(text), **NOTE)


def _escape(text):
    """text as a record label shows it to the letter; control characters become spaces."""
    return CONTROL.sub(" ", text).translate(ESCAPES)


# The drawing in words.


def describe(expression):
    """The graph in words, for a screen reader or a page that cannot show it."""
    total = len(expression.nodes)
    lines = [f"A graph of {words.count(total, 'value')}:"]
    for i in range(min(total, MOST_DESCRIBED)):
        lines.append(f"  {_sentence(expression, i)}")
    if total > MOST_DESCRIBED:
        lines.append(f"  … and {total - MOST_DESCRIBED} more")
    return "\n".join(lines)


def _sentence(expression, i):
    """One value in words: L = * of d, f: data −8.0000, grad 1.0000."""
    node = expression.nodes[i]
    made = ""
    if read.operation(node):
        parents = (read.name(expression.nodes[parent]) for parent in expression.parents[i])
        made = f" = {read.operation(node)} of {', '.join(parents)}"
    return f"{read.name(node)}{made}: {', '.join(read.numbers(node))}"
