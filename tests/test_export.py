"""A lesson on a page with no kernel, as `jupyter nbconvert --to html` writes it: pictures, no blanks."""

import re

import pytest
from nbconvert import HTMLExporter

from tests.notebooks import LESSONS, as_parameters, read

WIDGET = "application/vnd.jupyter.widget-view+json"


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
    page, _ = HTMLExporter().from_filename(str(path))
    shown = re.findall(
        r'<div class="jp-RenderedImage|<div class="jp-RenderedSVG|<img class="ml-image"|'
        r'<div [^>]*class="ml-explorer ml-page [^>]*><img ',
        page,
    )
    assert len(shown) == len(pictures)
    assert WIDGET not in page  # nothing that waits for a kernel
