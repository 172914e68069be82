"""Where MathJax lies: the one file that sets formulas and needs no font files beside it."""

from importlib.metadata import files


def mathjax():
    """The path of tex-svg.js, which the package sphinx-mathjax-offline brings."""
    for file in files("sphinx-mathjax-offline"):
        if file.name == "tex-svg.js":
            return file.locate()
    raise SystemExit("sphinx-mathjax-offline has no tex-svg.js any more: which file replaces it?")
