"""Lessons as `jupyter nbconvert --to html` writes them: explorers that move with no kernel and no network."""

import math
import re

import nbformat
import pytest

from micrograd_lesson import words
from tests.browser.by_hand import number
from tests.browser.lab import keep_screenshot, move_every_control
from tests.notebooks import FOLDER, LESSONS, as_parameters, execute, exported_page, read

SLOPE = re.compile(
    r"f\((.+)\) = (.+), f\(.+ \+ (.+)\) = .+\nrise / run = .* = (.+); the tangent's slope is (.+)\n"
)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request):
    return request.param


def opened(browser, tmp_path, lesson, problems=None, dark=False, executed_by=None, **options):
    """The exported lesson, in a browser that reaches no network; what its scripts raise is added to problems."""
    theme = "dark" if dark else "light"
    exported = tmp_path / f"{lesson.stem}.html"
    exported.write_text(exported_page(lesson, executed_by, theme=theme), "utf-8")
    page = browser.new_page(**options)
    page.on("pageerror", lambda problem: problems is None or problems.append(str(problem)))
    page.route(re.compile("^http"), lambda route: route.abort())
    page.goto(exported.as_uri(), wait_until="domcontentloaded")
    return page


def move_all(browser, tmp_path, lesson, executed_by=None):
    """Move every control of the exported lesson; returns its explorers' names."""
    problems = []
    page = opened(browser, tmp_path, lesson, problems, executed_by=executed_by)
    explorers = page.locator(".ml-page")
    names = [explorer.get_attribute("aria-label") for explorer in explorers.all()]
    for explorer in explorers.all():
        move_every_control(explorer)
        assert "That did not work" not in explorer.inner_text()
    assert not [
        problem for problem in problems if not re.search("require|MathJax|define", problem)
    ]  # not fetched
    page.close()
    return names


@pytest.mark.parametrize("lesson", as_parameters(LESSONS))
def test_every_control_moves_its_picture(browser, tmp_path, lesson):
    assert move_all(browser, tmp_path, lesson)


@pytest.mark.parametrize("by", ["nbconvert", "papermill"])
def test_executed_by_others_every_control_moves_too(browser, tmp_path, by):
    lesson = FOLDER / "05_gradients_add.ipynb"  # five seconds
    names = move_all(browser, tmp_path, lesson, executed_by=by)
    assert "ClearingExplorer" in names and "BackwardStepper" in names


def test_slope_moves_by_keyboard_and_its_numbers_are_right(browser, tmp_path, dark):
    page = opened(browser, tmp_path, FOLDER / "01_derivatives.ipynb", dark=dark)
    slope = page.locator(".ml-page.SlopeExplorer").first
    x, h = slope.get_by_role("slider", name="x"), slope.get_by_role("slider", name="h")
    seen = set()
    for control, key in [
        (x, "ArrowRight"),
        (x, "ArrowLeft"),
        (h, "ArrowLeft"),
        (h, "Home"),
        (h, "ArrowRight"),
        (h, "End"),
        (x, "Home"),
        (x, "End"),
        (x, "ArrowLeft"),
    ]:
        control.press(key)
        readout = SLOPE.match(slope.locator(".ml-readout").inner_text())
        at, y, step, estimate, true = map(number, readout.groups())
        assert number(x.get_attribute("aria-valuetext")) == at
        assert number(h.get_attribute("aria-valuetext")) == step
        assert y == pytest.approx(3 * at**2 - 4 * at + 5) and true == pytest.approx(6 * at - 4)
        if step >= 1e-6:
            assert estimate == pytest.approx(6 * at - 4 + 3 * step, abs=1e-3)
        assert f"x = {words.number(at, 4)}" in slope.locator(".ml-moving").get_attribute(
            "aria-label"
        )
        seen.add(slope.locator(".ml-moving").inner_html())
    assert len(seen) >= 8 and not math.isnan(estimate)
    keep_screenshot(f"page_slope_{'dark' if dark else 'light'}", slope)
    page.close()


def test_where_scripts_do_not_run_the_picture_stands(browser, tmp_path):
    page = opened(
        browser,
        tmp_path,
        FOLDER / "01_derivatives.ipynb",
        java_script_enabled=False,
    )
    picture = page.locator(".ml-page img").first
    assert picture.bounding_box()["width"] > 600 and picture.bounding_box()["height"] > 250
    assert len(picture.get_attribute("alt")) > 30
    page.close()


# A notebook of its own: the training that plays, and what moves beside it.

CELLS = [
    "from micrograd_lesson.explorers import MatrixProductExplorer, SoftmaxExplorer, TrainingExplorer",
    "TrainingExplorer()",
    "MatrixProductExplorer()",
    "SoftmaxExplorer()",
]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    path = tmp_path_factory.mktemp("exported") / "17_exported.ipynb"
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    for number_, cell in enumerate(cells):
        cell.id = f"cell-{number_}"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    execute(path)
    return path


def test_executed_twice_it_is_stored_in_the_same_bytes(executed, tmp_path):
    again = tmp_path / executed.name
    again.write_bytes(executed.read_bytes())
    execute(again)
    assert again.read_bytes() == executed.read_bytes()


def test_a_stored_training_is_small(executed):
    (output,) = read(executed).cells[1].outputs
    assert sum(len(part) for part in output.data.values()) < 400_000


def shown_step(training):
    return int(re.match(r"step (\d+):", training.locator(".ml-readout").inner_text())[1])


def test_the_training_plays_with_no_kernel_and_no_network(browser, tmp_path, executed):
    problems = []
    page = opened(browser, tmp_path, executed, problems)
    training = page.locator(".ml-page.TrainingExplorer")
    step = training.get_by_role("slider", name="step")
    play = training.get_by_role("button", name="▶ Play")
    pause = training.get_by_role("button", name="Pause")
    play.focus()
    assert shown_step(training) == 0 and training.get_by_role("button").count() == 1
    assert "in JupyterLab you can change" in training.locator(".ml-note").inner_text()
    assert training.locator(".ml-moving use").count() == 100  # the points
    sides = training.locator(".ml-middle")
    first = sides.inner_html()
    play.press("Enter")
    page.wait_for_function(
        "() => /^step [1-9]/.test(document.querySelector('.ml-readout').innerText)"
    )
    assert sides.inner_html() != first
    step.press("ArrowRight")  # whoever takes the slider pauses
    play.wait_for()
    rests = shown_step(training)
    page.wait_for_timeout(500)
    assert shown_step(training) == rests
    words = training.locator(".ml-moving").get_attribute("aria-label")
    assert f"step {rests}." in words and step.get_attribute("aria-valuetext") == str(rests)
    play.press("Space")
    pause.wait_for()
    pause.press("Space")
    play.wait_for()
    step.press("End")
    assert (
        "Learned: every point lies beyond the margin"
        in training.locator(".ml-readout").inner_text()
    )
    play.click()  # at the end: from the beginning
    page.wait_for_function(
        "() => /^step [1-9]\\d?:/.test(document.querySelector('.ml-readout').innerText)"
    )
    play.wait_for(timeout=20_000)  # it stops by itself
    assert "loss 0.0000; training accuracy 100.0%" in training.locator(".ml-readout").inner_text()
    assert not [problem for problem in problems if not re.search("require|MathJax|define", problem)]
    page.close()


def test_the_new_pages_fit_every_width(browser, tmp_path, executed, dark):
    page = opened(browser, tmp_path, executed, dark=dark)
    theme = "dark" if dark else "light"
    page.locator(".ml-page.TrainingExplorer .ml-readout > *").first.wait_for()
    page.get_by_role("slider", name="step").press("End")
    for width in (400, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for name in ("TrainingExplorer", "MatrixProductExplorer", "SoftmaxExplorer"):
            explorer = page.locator(f".ml-page.{name}")
            explorer.locator(".ml-readout > *").first.wait_for()
            assert explorer.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
            keep_screenshot(f"page_{name}_{theme}_{width}", explorer)
    page.close()


def test_matrix_product_and_softmax_move_there(browser, tmp_path, executed):
    page = opened(browser, tmp_path, executed)
    product = page.locator(".ml-page.MatrixProductExplorer")
    product.get_by_role("slider", name="row").press("End")
    product.get_by_role("slider", name="column").press("ArrowRight")
    assert (
        "(X @ W)[2, 1] = 0·(−1) + 4·5 = 0 + 20 = 20" in product.locator(".ml-readout").inner_text()
    )
    scores = page.locator(".ml-page.SoftmaxExplorer")
    scores.get_by_role("combobox").select_option("1")
    scores.get_by_role("slider", name="score 0").press("End")
    powers = [math.exp(score) for score in (5, 1, 0.1)]
    said = scores.locator(".ml-readout").inner_text()
    assert f"−log {powers[1] / sum(powers):.4f} = {-math.log(powers[1] / sum(powers)):.4f}" in said
    page.close()
