"""The drawing of an expression, moved: Graphviz places it once, then numbers and marks change."""

import re
from dataclasses import dataclass, field
from html import escape
from xml.etree import ElementTree

from ..graph import nodes as read
from ..graph.dot import (
    FONT,
    FONT_SIZE,
    MAX_NODES,
    box,
    circle,
    draw_expression,
    far_edges,
    line,
)
from ..graph.drawing import PIXELS
from ..palette import DATA, GRADIENT, MUTED, PAPER, themed
from .moving import MovingPicture

SVG = "{http://www.w3.org/2000/svg}"
COLOURS = {"data": DATA, "grad": GRADIENT}
READABLE_TEXT = 9  # pixels: the picture is not shown so narrow that its letters get smaller
WIDEST, TALLEST = 16_000, 1_800  # pixels, with letters of that size; the page scrolls to the side


@dataclass(frozen=True)
class GraphState:
    """What a GraphPicture shows. Values are named by their places in `Expression.nodes`.

    Attributes:
        numbers: for each value the number that moves, its data or its grad.
        marked: dict from a value to the colour of its outline.
        lines: dict from (parent, child) to a colour; (i, i) is the line from i's operation to i.
        pale: the values whose number is not known yet.
        alt: the state in words.
    """

    numbers: list
    marked: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    pale: frozenset = frozenset()
    alt: str = ""


class GraphPicture(MovingPicture):
    """An expression as a graph: boxes stand still, one number in each of them moves.

    Attributes:
        expression: the `Expression` drawn.
        state: the `GraphState` shown.
        width: its width in pixels, where there is room for it.
        alt: the picture in words.
    """

    def __init__(self, expression, moving):
        """Draw expression as it is now.

        Args:
            expression: an `Expression`.
            moving: which line of each box moves, "data" or "grad".

        Raises:
            ValueError: the graph has too many values, or its drawing would be too large, to be
                read step by step.
        """
        count = len(expression.nodes)
        if count > MAX_NODES:
            raise ValueError(
                f"this graph has {count} values; an explorer shows at most {MAX_NODES}. "
                "Take a smaller expression."
            )
        self.expression = expression
        self._line = moving
        dot = draw_expression(expression)
        svg = ElementTree.fromstring(dot.pipe("svg"))
        self._corner_and_size = [float(number) for number in svg.get("viewBox").split()]
        self.width = round(PIXELS * self._corner_and_size[2])
        self._refuse_too_large()
        self._drawing = svg.find(f"{SVG}g")
        self._drawing.remove(self._drawing.find(f"{SVG}polygon"))  # the paper
        self._take_apart()
        self._still = _markup(self._drawing)
        now = [getattr(node, moving, None) for node in expression.nodes]
        self.update(GraphState(now, alt=dot.description))

    @property
    def least(self):
        natural = PIXELS * FONT_SIZE  # the height of its letters at full width
        return round(self.width * READABLE_TEXT / natural)

    def _refuse_too_large(self):
        """Raise a ValueError where the drawing with readable letters fits no page."""
        width, height = self._corner_and_size[2:]
        tall = round(self.least * height / width)
        if self.least > WIDEST or tall > TALLEST:
            raise ValueError(
                f"with letters that can be read, this graph of {len(self.expression.nodes)} values "
                f"is {self.least} × {tall} pixels large; an explorer shows at most "
                f"{WIDEST} × {TALLEST}. Take a smaller expression."
            )

    def _take_apart(self):
        """Find each value's outline, the place of its number, and the lines between values."""
        parts = {}  # the elements of Graphviz's drawing, by the title of their group
        for group in self._drawing.findall(f"{SVG}g"):
            parts.setdefault(group.find(f"{SVG}title").text, []).append(group)
        self._outlines = []
        self._places = []
        for i, node in enumerate(self.expression.nodes):
            (group,) = parts[box(i)]
            self._outlines.append(group.find(f"{SVG}polygon").get("points"))
            self._places.append(self._take_number_out(group, node))
        self._paths = self._find_lines(parts)

    def _take_number_out(self, group, node):
        """Remove the moving number from a box; return where it stood, None where there is none."""
        if self._line == "grad" and not read.has_gradient(node):
            return None
        texts = group.findall(f"{SVG}text")
        from_the_end = {"grad": -1, "data": -2 if read.has_gradient(node) else -1}
        text = texts[from_the_end[self._line]]
        group.remove(text)
        return text.get("x"), text.get("y")

    def _find_lines(self, parts):
        """The paths of each line, as dict from (parent, child) to the `d` of its paths."""
        expression = self.expression
        far = far_edges(expression, expression.edges)
        titles = {edge: "->".join(line(expression, *edge, far)) for edge in expression.edges}
        for i, node in enumerate(expression.nodes):
            if read.operation(node):
                titles[i, i] = f"{circle(i)}->{box(i)}"
        paths = {}
        for edge, title in titles.items():
            shapes = [path for group in parts[title] for path in group.findall(f"{SVG}path")]
            paths[edge] = [path.get("d") for path in shapes]
        return paths

    def update(self, state):
        """state: a `GraphState`."""
        self.state = state
        self.alt = state.alt

    def text(self, i):
        """The moving text of box i, such as "grad 1.0000"; "" where there is none."""
        if self._places[i] is None:
            return ""
        return f"{self._line} {read.entry(self.state.numbers[i])}"

    def svg(self, layer=None):
        """One layer as SVG, its colours as CSS variables; with None, both in one."""
        content = ""
        if layer in ("still", None):
            content += self._still
        if layer in ("moving", None):
            content += self._moving()
        left, top, width, height = self._corner_and_size
        return themed(
            '<svg xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="{left:g} {top:g} {width:g} {height:g}" '
            f'style="width:100%;max-width:{self.width}px;height:auto">'
            f'<g text-anchor="middle" font-size="{FONT_SIZE}" font-family="{FONT}">'
            f"{content}</g></svg>"
        )

    def _moving(self):
        shapes = [*self._lit_lines(), *self._marks(), *self._numbers()]
        return f'<g transform="{self._drawing.get("transform")}">{"".join(shapes)}</g>'

    def _lit_lines(self):
        for edge, colour in self.state.lines.items():
            for path in self._paths.get(edge, ()):
                yield f'<path d="{path}" fill="none" style="stroke:{colour}" stroke-width="3"/>'

    def _marks(self):
        for i, colour in self.state.marked.items():
            yield (
                f'<polygon class="ml-mark" points="{self._outlines[i]}" fill="none" '
                f'style="stroke:{colour}" stroke-width="3"/>'
            )

    def _numbers(self):
        for i, place in enumerate(self._places):
            if place is not None:
                colour = MUTED if i in self.state.pale else COLOURS[self._line]
                x, y = place
                text = escape(self.text(i))
                yield f'<text x="{x}" y="{y}" style="fill:{colour}">{text}</text>'

    def _repr_mimebundle_(self, **_):
        svg = re.sub(r"var\(--ml-\w+, (#\w+)\)", r"\1", self.svg())
        svg = svg.replace("width:100%;", f"width:{self.width}px;", 1)
        left, top, width, height = self._corner_and_size
        paper = (
            f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="{PAPER}"/>'
        )
        return {"image/svg+xml": svg.replace(">", ">" + paper, 1), "text/plain": self.alt}, {}


def _markup(element):
    """An SVG element as text, without what a page has no use for.

    Ids would be there twice with a second graph on the page; the font is the same in all texts,
    and the element around them states it once.
    """
    text = ElementTree.tostring(element, encoding="unicode")
    text = re.sub(r' xmlns:ns\d="[^"]*"|ns\d:| id="[^"]*"', "", text)
    text = re.sub(r' text-anchor="middle"| font-(?:family|size)="[^"]*"', "", text)
    return re.sub(r"<title>[^<]*</title>|\n", "", text)
