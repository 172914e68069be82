"""MatrixProductExplorer and SoftmaxExplorer in JupyterLab: keys, clicks, typed numbers, widths, themes."""

import nbformat
import pytest

from tests.browser import by_hand

CELLS = [
    "from micrograd_lesson.explorers import MatrixProductExplorer, SoftmaxExplorer",
    "MatrixProductExplorer()",
    "SoftmaxExplorer()",
    "MatrixProductExplorer([[1, 2, -3]], [[2], [0.5], [1]])",  # one cell: nothing to choose
    "MatrixProductExplorer([[1, 2, 3]], [[1, 2]])",
]


@pytest.fixture(scope="module")
def opened(lab, lab_server):
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    cells[-1].metadata["tags"] = ["raises-exception"]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, lab_server.root / "my_lessons" / "product_and_softmax.ipynb")
    lab.set_width(1280).open("product_and_softmax.ipynb").run_all()
    yield lab
    lab.set_width(1280).set_theme("light")


CHECKS = {"MatrixProductExplorer": by_hand.matrix_product(), "SoftmaxExplorer": by_hand.softmax}


@pytest.mark.parametrize("name", CHECKS)
def test_it_shows_what_mathematics_says(opened, name):
    """As it starts here; test_lessons.py moves every control of both."""
    CHECKS[name](opened.explorer(name))
    assert opened.problems() == []


def test_a_click_chooses_a_cell_and_beside_the_result_nothing(opened):
    explorer = opened.explorer("MatrixProductExplorer")
    explorer.type("row", 0).type("column", 0)
    cell = explorer.element.locator(".ml-moving text", has_text="20").bounding_box()
    shown = explorer.shown()
    x, y = cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2
    opened.page.mouse.click(x, y)
    explorer.wait_for_change(shown)
    assert (explorer.value("row"), explorer.value("column")) == (2, 1)
    by_hand.matrix_product()(explorer)
    shown = explorer.shown()
    opened.page.mouse.click(x, y - 100)
    opened.page.wait_for_timeout(300)
    assert explorer.shown() == shown


def test_one_cell_alone_has_no_sliders(opened):
    explorer = opened.explorer("MatrixProductExplorer", 1)
    assert explorer.labels() == []
    by_hand.matrix_product(((1, 2, -3),), ((2,), (0.5,), (1,)))(explorer)


def test_shapes_that_do_not_fit_are_refused_with_both(opened):
    opened.page.get_by_text("X of shape (1, 3) and W of shape (1, 2) do not fit").last.wait_for()


def test_a_thousand_can_be_typed_and_the_slider_leads_back(opened):
    explorer = opened.explorer("SoftmaxExplorer")
    explorer.type("score 0", 1000).type("score 1", -1000).type("score 2", 0.1)
    explorer.choose(explorer.options()[1])
    by_hand.softmax(explorer)
    assert "2000.0000" in explorer.readout() and explorer.value("score 0") == 5
    explorer.press("score 0", "ArrowLeft")
    assert float(explorer.box("score 0").input_value()) == 4.9
    by_hand.softmax(explorer)
    explorer.type("score 0", 2).type("score 1", 1)


@pytest.mark.parametrize("theme, widths", [("dark", [400]), ("light", [400, 800, 1280])])
def test_nobody_is_kept_out_and_nothing_is_cut_off(opened, theme, widths):
    opened.set_theme(theme)
    opened.page.keyboard.press("Control+b")  # the list of files goes, as one does on a phone
    for width in widths:  # a theme makes nothing wider
        opened.set_width(width)
        for name in CHECKS:
            explorer = opened.explorer(name)
            assert explorer.fits()
            opened.screenshot(f"{name}_{theme}_{width}", of=explorer)
    assert opened.barriers() == []
    opened.set_width(1280).page.keyboard.press("Control+b")
