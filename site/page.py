"""Writes a lesson as one HTML file that asks nothing from outside.

`python site/page.py notebooks/01_derivatives.ipynb` (`make page ARGS=…`) executes the lesson and
writes build/one_page/01_derivatives.html: explorers that move over states drawn ahead, formulas
set by a MathJax that travels in the file. It can be mailed, put on any server, opened from a disk.
"""

import argparse
import os
from pathlib import Path

import nbformat
from mathjax import mathjax
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

HERE = Path(__file__).resolve().parent
INTO = HERE.parent / "build" / "one_page"


def executed(path):
    """The notebook, run from top to bottom in a new kernel; no widget's state is kept."""
    notebook = nbformat.read(path, as_version=4)
    runner = ExecutePreprocessor(timeout=600, kernel_name="python3", store_widget_state=False)
    runner.preprocess(notebook, {"metadata": {"path": str(path.parent)}})
    return notebook


def one_page(notebook, name):
    """The notebook as the text of one HTML page.

    Args:
        notebook: with its outputs.
        name: the page's title.
    """
    exporter = HTMLExporter(
        template_name="one_page",
        extra_template_basedirs=[str(HERE)],
        embed_images=True,
    )
    # A script's text must not hold the end of a script.
    script = Path(mathjax()).read_text("utf-8").replace("</script", "<\\/script")
    text, _ = exporter.from_notebook_node(
        notebook, resources={"metadata": {"name": name}, "mathjax": script}
    )
    return text


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--into", type=Path, default=INTO, help="the folder to write to")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options.into.mkdir(parents=True, exist_ok=True)
    for path in options.notebooks:
        page = options.into / f"{path.stem}.html"
        page.write_text(one_page(executed(path), path.stem), "utf-8")
        print(f"{page}: {page.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
