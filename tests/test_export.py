"""A lesson on a page with no kernel, as `jupyter nbconvert --to html` writes it: pictures, no blanks."""

import re
import subprocess
import sys

import pytest

from tests.notebooks import LESSONS, as_parameters, read

WIDGET = "application/vnd.jupyter.widget-view+json"


def exported(path):
    from nbconvert import HTMLExporter  # slow to import, and only needed here

    return HTMLExporter().from_filename(str(path))[0]


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
    page = exported(path)
    shown = re.findall(
        r'<div class="jp-RenderedImage|<div class="jp-RenderedSVG|<img [^>]*class="ml-image"|'
        r'<div [^>]*class="ml-explorer ml-page [^>]*><img ',
        page,
    )
    assert len(shown) == len(pictures)
    assert WIDGET not in page  # nothing that waits for a kernel


@pytest.mark.slow
def test_a_lesson_executed_by_nbconvert_keeps_its_explorers(tmp_path):
    """`jupyter nbconvert --execute --to html`, as the README says it."""
    path = next(lesson for lesson in LESSONS if lesson.stem.startswith("01"))
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--execute", "--to", "html"]
    subprocess.run([*command, "--output-dir", str(tmp_path), str(path)], check=True)
    executed = (tmp_path / f"{path.stem}.html").read_text("utf-8")
    stored = exported(path)
    explorer = re.compile(r'class="ml-explorer ml-page (\w+)"')
    assert explorer.findall(executed) == explorer.findall(stored) != []
