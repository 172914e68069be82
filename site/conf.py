"""Sphinx's settings for the web site; `python site/build.py` calls Sphinx."""

import re
import sys
from importlib.metadata import version as version_of

project = "How neural networks learn"
author = "The micrograd_lesson contributors"
copyright = "the micrograd_lesson contributors, MIT licence"  # noqa: A001 - Sphinx's name for it
version = release = version_of("micrograd_lesson")
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",  # docstrings with Args: and Returns:
    "sphinx.ext.mathjax",
]
exclude_patterns = ["_static"]
autodoc_default_options = {"members": True}

# Notebooks are shown as they are stored: `make notebooks` executes them, and the tests compare.
nb_execution_mode = "off"
# Where a cell left a moving page and a widget's view, the page is what moves without Python.
nb_mime_priority_overrides = [
    ("html", "text/html", 0),
    ("html", "application/vnd.jupyter.widget-view+json", None),
]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
# A lesson's headings go from its title to the sections of its gallery, some a step deeper.
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]

# Served from the site itself: nothing is asked from outside.
mathjax_path = "mathjax/tex-svg.js"

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "sphinx_book_theme"
html_title = project
html_css_files = ["look.css"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # the search stands in the side bar
    "navigation_with_keys": False,  # the arrow keys move the explorers
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def as_restructured_text(app, what, name, obj, options, lines):
    """Docstrings here are written to be read as they stand; Sphinx wants its own marks in them.

    `name` is code; a star or an underscore is no emphasis; "Attributes, besides x:" is a section.
    """
    for i, line in enumerate(lines):
        line = re.sub(r"^Attributes, [^:]+:$", "Attributes:", line)
        parts = re.split(r"(`[^`]+`)", line)
        for k, part in enumerate(parts):
            if k % 2:
                parts[k] = f"`{part}`\\ " if parts[k + 1][:1].isalnum() else f"`{part}`"
            else:
                parts[k] = re.sub(r"([*|]|_(?=\W|$))", r"\\\1", part)
        lines[i] = "".join(parts)


def is_listed_by_its_class(app, what, name, obj, skip, options):
    """Whether to leave out a property: its class lists it under Attributes: already."""
    if not isinstance(obj, property):
        return skip
    owner = obj.fget.__qualname__.rpartition(".")[0]
    words = getattr(sys.modules[obj.fget.__module__], owner).__doc__ or ""
    attributes = words.partition("Attributes")[2].partition("\n\n")[0]
    return skip or re.search(rf"\b{name}\b[\w, ]*:", attributes) is not None


def setup(app):
    app.connect("autodoc-skip-member", is_listed_by_its_class)
    app.connect("autodoc-process-docstring", as_restructured_text, priority=400)
