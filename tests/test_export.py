"""A lesson on a page with no kernel, as `jupyter nbconvert --to html` writes it: pictures, no blanks."""

import re

import nbformat
import pytest

from tests.notebooks import LESSONS, as_parameters, execute_as_papermill, exported_page, read

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
CELLS = [
    "from micrograd_lesson.explorers import SlopeExplorer, TrainingExplorer, progress",
    "SlopeExplorer(lambda x: x**2)",
    "for _ in progress(range(3), 'waiting'):\n    pass",
    "TrainingExplorer()",
]


@pytest.mark.slow
@pytest.mark.parametrize("path", as_parameters(LESSONS))
def test_every_picture_and_every_explorer_is_on_the_exported_page(path):
    outputs = [
        output.data
        for cell in read(path).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    pictures = [data for data in outputs if {"image/png", "image/svg+xml"} & set(data)]
    assert pictures
    for data in outputs:  # a loop's bar leaves its words; every other widget a picture
        assert (
            WIDGET not in data
            or data in pictures
            or re.fullmatch(r"[\w ]+: \d+ rounds", data["text/plain"])
        )
    page = exported_page(path)
    shown = re.findall(
        r'<div class="jp-RenderedImage|<div class="jp-RenderedSVG|<img [^>]*class="ml-image"|'
        r'<div [^>]*class="ml-explorer ml-page [^>]*><img ',
        page,
    )
    assert len(shown) == len(pictures)
    assert WIDGET not in page  # nothing that waits for a kernel


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """One that nobody has executed."""
    path = tmp_path_factory.mktemp("export") / "notebook.ipynb"
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("by", ["nbconvert", "papermill"])
def test_executed_by_others_a_notebook_keeps_explorers_and_words(notebook, by):
    """`jupyter nbconvert --execute --to html`, or papermill before it, as the README says it."""
    page = exported_page(notebook, executed_by=by)
    explorers = re.findall(r'class="ml-explorer ml-page (\w+)"', page)
    assert explorers == ["SlopeExplorer", "TrainingExplorer"]
    assert "waiting: 3 rounds" in page
    assert f'<script type="{WIDGET}">' not in page


@pytest.mark.slow
def test_what_papermill_stores_is_played_here(notebook, tmp_path):
    """It keeps the state of every widget, which a page would show instead of what is drawn ahead."""
    executed = tmp_path / notebook.name
    execute_as_papermill(notebook, executed)
    stored = nbformat.read(executed, as_version=4)
    assert len(stored.metadata.widgets[STATE]["state"]) > 20
    outputs = [output for cell in stored.cells for output in cell.outputs]
    assert len(outputs) == 3 and not any(WIDGET in output.data for output in outputs)
