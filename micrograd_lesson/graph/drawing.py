"""A graph that shows itself in a notebook and is saved to a file, with no `dot` program."""

import re
from pathlib import Path

from ..image import image
from ..palette import DATA, GRADIENT
from .layout import MISSING, laid_out

try:
    import graphviz
except ImportError:
    raise ImportError(MISSING.format(name="graphviz")) from None

PAGE_WIDTH = 820  # pixels that a wide drawing is shrunk to,
SMALLEST = 0.75  # but not below this part of its size: letters of 11 pixels; then the page scrolls
PIXELS = 4 / 3  # in a point
QUICK = 150  # statements in a graph made by hand that take no time worth speaking of


class Drawing(graphviz.Digraph):
    """A `graphviz.Digraph` that renders without the `dot` program and describes itself.

    Attributes:
        description: the graph in words, for a screen reader and a page that cannot show it.
        takes_long: whether the layout needs a process of its own, so that an interrupt ends
            it; None lets the number of statements decide.
    """

    description = "An empty graph."
    takes_long = None

    def __repr__(self):
        return self.description

    def _repr_mimebundle_(self, **_):
        svg = self.pipe("svg", encoding="utf-8")
        size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
        width = PIXELS * float(size[1])
        height = PIXELS * float(size[2])
        scale = min(1.0, max(PAGE_WIDTH / width, SMALLEST))
        in_pixels = f'width="{width * scale:.0f}" height="{height * scale:.0f}"'
        svg = svg.replace(size[0], in_pixels, 1)
        svg = svg[svg.index("<svg") :]
        least = width * SMALLEST
        return {
            "text/html": image(svg, self.description, width * scale, height * scale, least),
            "image/svg+xml": svg,
            "text/plain": self.description,
        }

    def pipe(self, format=None, encoding=None, engine=None, **_):
        """The rendered graph as bytes, or as text where an encoding is given.

        Raises:
            ImportError: pygraphviz is missing.
            ValueError: a format that Graphviz here cannot write.
            TimeoutError: Graphviz found no layout in reasonable time.
        """
        format = (format or self.format).lower()
        if format not in graphviz.FORMATS:
            raise ValueError(f"unknown format {format!r}; use one such as svg, png or pdf.")
        takes_long = self.takes_long
        if takes_long is None:
            takes_long = len(self.body) > QUICK
        drawn = laid_out(self.source, format, engine or self.engine, takes_long)
        if format == "svg":
            drawn = _coloured(drawn.decode()).encode()
        return drawn.decode(encoding) if encoding else drawn

    def render(
        self,
        filename=None,
        directory=None,
        view=False,
        cleanup=False,
        format=None,
        *,
        outfile=None,
        engine=None,
        raise_if_result_exists=False,
        **_,
    ):
        """Save the source, and the rendered graph beside it.

        Args:
            filename, directory: where the source goes.
            view: open the drawing afterwards.
            cleanup: delete the source afterwards.
            format: svg, png, pdf, …; as a rule the graph's own, or outfile's ending.
            outfile: where the drawing goes; as a rule the source's name and the format.
            engine: the program that finds the layout, as a rule dot.
            raise_if_result_exists: never write over an older drawing.

        Returns:
            The drawing's path.

        Raises:
            ValueError: a format that Graphviz here cannot write; outfile without an ending.
            FileExistsError: the drawing is there already, and raise_if_result_exists is set.
        """
        if outfile is not None:
            outfile = Path(directory or self.directory, outfile)
            format = format or outfile.suffix[1:]
            if not format:
                raise ValueError(f"outfile {str(outfile)!r} needs an ending such as .svg or .png.")
            filename = filename or outfile.with_suffix(".gv").name
            directory = directory or outfile.parent
        drawn = self.pipe(format, engine=engine)  # first, so that a refusal leaves no file behind
        source = self.save(filename, directory=directory)
        rendered = outfile or Path(f"{source}.{format or self.format}")
        if raise_if_result_exists and rendered.exists():
            raise FileExistsError(f"{rendered} exists already.")
        rendered.write_bytes(drawn)
        if cleanup:
            Path(source).unlink()
        if view:
            graphviz.view(rendered)
        return str(rendered)


def _coloured(svg):
    """svg with the lines `data …` and `grad …` of each box in their own colours."""
    for word, colour in (("data", DATA), ("grad", GRADIENT)):
        line = rf'(<text [^>]*?)(?: fill="[^"]*")?>(?={word} )'
        svg = re.sub(line, rf'\1 fill="{colour}">', svg)
    return svg
