"""What colours an image on a page is painted in, and what becomes of them in the dark."""

import base64
import re
from xml.etree import ElementTree

from micrograd_lesson.palette import COLOURS

SHAPES = {"path", "use", "polygon", "ellipse", "rect", "line", "text", "circle", "image"}
STYLE = re.compile(r"(?s)(<svg[^>]*>)<style>@media \(prefers-color-scheme:dark\)\{(.*?)\}</style>")


def svg_in(html):
    """The SVG that an image in html holds."""
    return base64.b64decode(re.search('data:image/svg\\+xml;base64,([^"]+)"', html)[1]).decode()


def colours(svg):
    """The colours of all shapes in an SVG's drawing; what states none is black."""
    found = set()
    _collect(ElementTree.fromstring(svg), {"fill": "black", "stroke": "none"}, found)
    return found - {"none", "transparent"}


def _collect(element, inherited, found):
    kind = element.tag.rpartition("}")[2]
    if kind == "defs":
        return
    paint = inherited | _stated(element)
    if kind in SHAPES:
        found.update(paint.values())
    for part in element:
        _collect(part, paint, found)


def _stated(element):
    style = dict(re.findall(r"([\w-]+): ?([^;]+)", element.get("style", "")))
    return {
        name: style.get(name, element.get(name)).strip()
        for name in ("fill", "stroke")
        if name in style or name in element.keys()
    }


def check_dark_pairs(html):
    """Fail unless the image's style sheet paints in dark all that its drawing paints in light."""
    svg = svg_in(html)
    rules = STYLE.match(svg)[2]
    painted = colours(STYLE.sub(r"\1", svg))
    pairs = dict(COLOURS.values())
    assert painted and painted <= set(pairs)
    assert "<image" not in svg
    for light, dark in pairs.items():
        if light in painted:
            for paint in ("fill", "stroke"):
                assert re.search(
                    rf'\[{paint}="{light}"\],\[style\*="{paint}:{light}"\],'
                    rf'\[style\*="{paint}: {light}"\]\{{{paint}:{dark}!important\}}',
                    rules,
                )
