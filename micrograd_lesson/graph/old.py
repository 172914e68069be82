"""Drawing an expression: every value a box, every operation a small circle.

Works on anything that has `data`, `grad`, `_prev` (its parents), `_op` and `label`, so
the class that you type into a lesson draws like the package's own. Layout and rendering
go through pygraphviz, which brings Graphviz along: no `dot` program is needed.
"""

import os
import re
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import graphviz
import numpy as np
import pygraphviz

from ..palette import DATA, GRADIENT, INK, MUTED, OPERATION, PAPER, TYPEFACE, themed

FONT = f"{TYPEFACE},Verdana,sans-serif"
SVG = "{http://www.w3.org/2000/svg}"
MAX_NODES = 400  # more than this, nobody reads
PAGE_WIDTH = 820  # pixels that a wide drawing is shrunk to,
SMALLEST = 0.6  # but not below this part of its size: then the page scrolls


def trace(root):
    """Walk from root to its leaves.

    Returns:
        (nodes, edges): the nodes, each after its parents, root last; and one
        (parent, child) pair for each use, so `a + a` gives two. The order depends
        on the expression alone where parents are kept in order; from a set, parents
        come by label and data.
    """
    nodes, edges, seen, path = [], [], {id(root)}, [(root, iter(_parents(root)))]
    while path:
        node, parents = path[-1]
        for parent in parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                path.append((parent, iter(_parents(parent))))
                break
        else:
            nodes.append(node)
            edges += [(parent, node) for parent in _parents(node)]
            path.pop()
    return nodes, edges


def _parents(node):
    """node's parents in a fixed order, also where a class keeps them in a set."""
    if isinstance(node._prev, (set, frozenset)):
        return sorted(node._prev, key=lambda p: (str(p.label), repr(p.data)))
    return node._prev


class Drawing(graphviz.Digraph):
    """A `graphviz.Digraph` that renders without the `dot` program and describes itself."""

    description = "An empty graph."

    def __repr__(self):
        return self.description

    def _repr_mimebundle_(self, **_):
        svg = self.pipe("svg", encoding="utf-8")
        width, height = map(
            float, re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()
        )
        scale = 4 / 3 * min(1.0, max(PAGE_WIDTH / (width * 4 / 3), SMALLEST))
        size = f'width="{width * scale:.0f}" height="{height * scale:.0f}"'
        return {
            "image/svg+xml": re.sub(r'width="\S+pt" height="\S+pt"', size, svg, count=1),
            "text/plain": self.description,
        }

    def pipe(self, format=None, encoding=None, engine=None, **_):
        """The rendered graph as bytes, or as text where an encoding is given.

        Raises:
            ValueError: a format that Graphviz here cannot write.
        """
        format = (format or self.format).lower()
        if format not in graphviz.FORMATS:
            raise ValueError(f"unknown format {format!r}; use one such as svg, png or pdf.")
        with _quiet():
            drawn = pygraphviz.AGraph(string=self.source).draw(
                format=format, prog=engine or self.engine
            )
        if format == "svg":
            drawn = _coloured(drawn.decode()).encode()
        return drawn.decode(encoding) if encoding else drawn

    def render(self, filename=None, directory=None, view=False, cleanup=False, format=None, **_):
        """Save the source and the rendered graph beside it; returns the latter's path."""
        source = self.save(filename, directory=directory)
        rendered = f"{source}.{format or self.format}"
        Path(rendered).write_bytes(self.pipe(format))
        if cleanup:
            Path(source).unlink()
        if view:
            graphviz.view(rendered)
        return rendered


@contextmanager
def _quiet():
    """Drop what Graphviz's libraries print about the fonts of this machine; errors still raise."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def draw_dot(root, format="svg", rankdir="LR"):
    """Draw the expression that ends in root.

    Each value is a record `label | data | grad`; an operation is a circle before its
    result. Of a graph of more than 400 values, the 400 nearest to root are drawn, and
    a note says how many are not.

    Args:
        root: the last value of the expression.
        format: what `render` writes: svg, png, pdf, …
        rankdir: "LR" draws from left to right, "TB" from top to bottom.

    Returns:
        A `graphviz.Digraph`; a notebook shows it as a picture.

    Raises:
        TypeError: root has no `_prev`, so it is not part of an expression.
        ValueError: an unknown rankdir.
    """
    if not hasattr(root, "_prev"):
        raise TypeError(f"draw_dot draws a Value, not {type(root).__name__} {root!r:.60}.")
    if rankdir not in ("LR", "TB", "RL", "BT"):
        raise ValueError(f"unknown rankdir {rankdir!r}; known are LR, TB, RL, BT.")
    nodes, edges = trace(root)
    total = len(nodes)
    if total > MAX_NODES:
        nodes, edges = _nearest(root, nodes, edges)
    dot = Drawing(
        format=format,
        graph_attr={
            "rankdir": rankdir,
            "bgcolor": PAPER,
            "nodesep": "0.15",
            "ranksep": "0.3",
            "pad": "0.15",
        },
    )
    dot.attr("node", fontname=FONT, fontsize="11", color=MUTED, fontcolor=INK)
    dot.attr("edge", color=MUTED, arrowsize="0.6")
    names = {id(node): f"v{i}" for i, node in enumerate(nodes)}
    for node in nodes:
        name = names[id(node)]
        fields = [node.label] * (node.label not in ("", None))
        fields += [f"data {number(node.data)}", f"grad {number(node.grad)}"]
        dot.node(
            name,
            label=" | ".join(map(_escape, fields)),
            shape="record",
            width="1.45",
            margin="0.06,0.03",
            height="0.2",
        )
        if node._op:
            dot.node(
                name + "op",
                label=_escape(node._op),
                shape="circle",
                width="0.3",
                margin="0.02",
                color=OPERATION,
                fontcolor=OPERATION,
                penwidth="1.5",
            )
            dot.edge(name + "op", name)
    for parent, child in edges:
        dot.edge(names[id(parent)], names[id(child)] + "op")
    if total > len(nodes):
        dot.node(
            "rest",
            shape="plaintext",
            fontcolor=MUTED,
            label=_escape(
                f"{total - len(nodes)} more values, further from the result, are not drawn."
            ),
        )
    dot.description = _describe(nodes, total)
    return dot


def _coloured(svg):
    """svg with the lines `data …` and `grad …` of each box in the colours that they have everywhere."""
    for word, colour in (("data", DATA), ("grad", GRADIENT)):
        svg = re.sub(rf'(<text [^>]*?)(?: fill="[^"]*")?>(?={word} )', rf'\1 fill="{colour}">', svg)
    return svg


def number(x):
    """A number as the drawings print it: four decimals, or powers of ten where these say more."""
    if isinstance(x, np.ndarray) and x.ndim:
        return np.array2string(x, precision=4, suppress_small=True, threshold=12, edgeitems=2)
    x = float(x)
    if x == 0 or 1e-4 <= abs(x) < 1e4 or x != x or abs(x) == float("inf"):
        return f"{x:.4f}"
    return f"{x:.2e}"


class GraphPicture:
    """The drawing of an expression in two layers, for an explorer.

    The still layer has boxes, labels, operations and edges, laid out once; the moving
    layer has the numbers and what is marked, so nothing jumps when a number changes.

    Attributes:
        nodes: the values drawn, in the order of `trace`.
        width: its width in pixels, where there is room for it.
        alt: the picture in words.
    """

    def __init__(self, root):
        """Raises ValueError where the graph is too large to be read."""
        self.least = 680
        self.nodes, edges = trace(root)
        if len(self.nodes) > MAX_NODES:
            raise ValueError(
                f"this graph has {len(self.nodes)} values; "
                f"an explorer shows at most {MAX_NODES}. Take a smaller expression."
            )
        dot = draw_dot(root)
        self.alt = dot.description
        self._svg = ElementTree.fromstring(dot.pipe("svg"))
        self.width = round(float(self._svg.get("viewBox").split()[2]) * 4 / 3)
        self._drawing = self._svg.find(f"{SVG}g")
        self._drawing.remove(self._drawing.find(f"{SVG}polygon"))  # the paper
        self._places, self._boxes, self._paths, self._moving = [], [], {}, []
        parts = {
            group.find(f"{SVG}title").text: group for group in self._drawing.findall(f"{SVG}g")
        }
        for i, node in enumerate(self.nodes):
            box = parts[f"v{i}"]
            self._boxes.append(box.find(f"{SVG}polygon").get("points"))
            self._places.append(
                [(text.get("x"), text.get("y")) for text in box.findall(f"{SVG}text")[-2:]]
            )
            for text in box.findall(f"{SVG}text")[-2:]:
                box.remove(text)
            if node._op:
                self._paths[i, i] = parts[f"v{i}op->v{i}"]
        index = {id(node): i for i, node in enumerate(self.nodes)}
        for parent, child in edges:
            key = index[id(parent)], index[id(child)]
            self._paths[key] = parts[f"v{key[0]}->v{key[1]}op"]
        self.show([(node.data, node.grad) for node in self.nodes])

    def show(self, numbers, marked=(), lines=(), pale=()):
        """Set the moving layer.

        Args:
            numbers: for each node (data, grad).
            marked: dict from a node's index to the colour of its outline.
            lines: dict from (parent's index, child's index) to a colour; (i, i) is the
                line from i's operation to i.
            pale: indices of nodes whose gradient is not known yet.
        """
        self._moving = []
        for (i, j), colour in dict(lines).items():
            for shape in self._paths.get((i, j), ()):
                if shape.tag == f"{SVG}path":
                    self._moving.append(
                        f'<path d="{shape.get("d")}" fill="none" style="stroke:{colour}" '
                        'stroke-width="3"/>'
                    )
        for i, colour in dict(marked).items():
            self._moving.append(
                f'<polygon points="{self._boxes[i]}" fill="none" style="stroke:{colour}" '
                'stroke-width="3"/>'
            )
        for i, pair in enumerate(numbers):
            colours = DATA, MUTED if i in pale else GRADIENT
            for word, x, (left, top), colour in zip(
                ("data", "grad"), pair, self._places[i], colours
            ):
                self._moving.append(
                    f'<text x="{left}" y="{top}" style="fill:{colour}">{word} {number(x)}</text>'
                )

    def svg(self, layer=None):
        """The picture as SVG for a page, its colours as CSS variables; layer: "still", "moving" or None."""
        left, top, width, height = map(float, self._svg.get("viewBox").split())
        still = "" if layer == "moving" else _markup(self._drawing)
        moving = "" if layer == "still" else "".join(self._moving)
        return themed(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}" '
            f'style="width:100%;max-width:{self.width}px;height:auto">{still}'
            f'<g transform="{self._drawing.get("transform")}" text-anchor="middle" font-size="11" '
            f'font-family="{FONT}">{moving}</g></svg>'
        )

    def _repr_mimebundle_(self, **_):
        svg = re.sub(r"var\(--ml-\w+, (#\w+)\)", r"\1", self.svg())
        x, y, width, height = self._svg.get("viewBox").split()
        paper = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{PAPER}"/>'
        svg = svg.replace("width:100%;", f"width:{self.width}px;", 1)
        return {"image/svg+xml": svg.replace(">", ">" + paper, 1), "text/plain": self.alt}, {}


def _markup(element):
    """An SVG element as text, without the ids that a second graph on the page would repeat."""
    text = ElementTree.tostring(element, encoding="unicode", default_namespace=None)
    text = re.sub(r' xmlns:ns\d="[^"]*"|ns\d:| id="[^"]*"', "", text)
    return re.sub(r"<title>[^<]*</title>", "", text)


def _escape(text):
    """text as a record label shows it to the letter; control characters become spaces."""
    text = re.sub(r"[^\S\n]|[\x00-\x09\x0b-\x1f]", " ", str(text))
    for special in "\\{}|<>":
        text = text.replace(special, "\\" + special)
    return text.replace("&", "&amp;").replace("\n", "\\n")


def _nearest(root, nodes, edges):
    """The MAX_NODES nodes fewest steps from root, in trace's order, and the edges between them."""
    kept, ring = {id(root): root}, [root]
    while ring and len(kept) < MAX_NODES:
        ring = [p for node in ring for p in _parents(node)]
        ring = [p for p in {id(p): p for p in ring}.values() if id(p) not in kept]
        kept |= {id(p): p for p in ring[: MAX_NODES - len(kept)]}
    return (
        [node for node in nodes if id(node) in kept],
        [(p, c) for p, c in edges if id(p) in kept and id(c) in kept],
    )


def _describe(nodes, total):
    """The graph in words, for a screen reader or a page that cannot show it."""
    lines = [f"A graph of {total} value{'s' * (total != 1)}:"]
    for node in nodes[:20]:
        made = f" = {node._op} of " + ", ".join(map(_name, _parents(node))) if node._op else ""
        lines.append(f"  {_name(node)}{made}: data {number(node.data)}, grad {number(node.grad)}")
    if total > 20:
        lines.append(f"  … and {total - 20} more")
    return "\n".join(lines)


def _name(node):
    return node.label or f"({node._op})" if node._op else node.label or number(node.data)
