"""A still picture as it stands on a page: an image with its words, light or dark as the page is."""

import base64
from html import escape
from pathlib import Path

from .palette import in_either_scheme

# An SVG image takes the scheme of the element that shows it; left to itself, the system's, which
# may be dark on a light page. The style sheet follows the page: so mark a dark one JupyterLab and
# Notebook, and Sphinx's themes.
STYLE_SHEET = Path(__file__).with_name("image.css").read_text("utf-8").rstrip()


def image(svg, alt, width, height, least=0):
    """The HTML of svg as an image.

    Args:
        svg: a picture in the colours of palette.py.
        alt: the picture in words.
        width, height: in pixels, where there is room.
        least: the smallest width in pixels; where there is less room, the page scrolls.
    """
    coded = base64.b64encode(in_either_scheme(svg).encode()).decode()
    fitting = f"max-width:100%;min-width:{least:.0f}px;height:auto"
    return (
        f'<img class="ml-image" src="data:image/svg+xml;base64,{coded}" alt="{escape(alt)}" '
        f'width="{width:.0f}" height="{height:.0f}" style="{fitting}">'
        f"<style>{STYLE_SHEET}</style>"
    )
