"""Lessons as `jupyter nbconvert --to html` writes them: explorers that move with no kernel and no network."""

import math
import re

import pytest
from nbconvert import HTMLExporter

from micrograd_lesson import words
from tests.browser.by_hand import number
from tests.browser.lab import SCREENSHOTS
from tests.notebooks import FOLDER, LESSONS, as_parameters

SLOPE = re.compile(
    r"f\((.+)\) = (.+), f\(.+ \+ (.+)\) = .+\nrise / run = .* = (.+); the tangent's slope is (.+)\n"
)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request):
    return request.param


def opened(browser, tmp_path, lesson, problems=None, **options):
    """The exported lesson, in a browser that reaches no network; what its scripts raise is added to problems."""
    exporter = HTMLExporter(theme="dark" if options.pop("dark", False) else "light")
    exported = tmp_path / f"{lesson.stem}.html"
    exported.write_text(exporter.from_filename(str(lesson))[0], "utf-8")
    page = browser.new_page(**options)
    page.on("pageerror", lambda problem: problems is None or problems.append(str(problem)))
    page.route(re.compile("^http"), lambda route: route.abort())
    page.goto(exported.as_uri(), wait_until="domcontentloaded")
    return page


@pytest.mark.parametrize("lesson", as_parameters(LESSONS))
def test_every_control_moves_its_picture(browser, tmp_path, lesson):
    problems = []
    page = opened(browser, tmp_path, lesson, problems)
    explorers = page.locator(".ml-page")
    for explorer in explorers.all():
        explorer.locator(".ml-readout > *").first.wait_for()
        for control in explorer.locator("input").all():
            control.press("Home")
            first = (
                explorer.locator(".ml-moving").inner_html(),
                explorer.locator(".ml-readout").inner_text(),
            )
            control.press("End")
            assert (
                explorer.locator(".ml-moving").inner_html(),
                explorer.locator(".ml-readout").inner_text(),
            ) != first
        for control in explorer.locator("select").all():
            assert len(set(control.locator("option").all_text_contents())) > 1
            control.select_option(index=1)
        assert "That did not work" not in explorer.inner_text()
    assert not [
        problem for problem in problems if not re.search("require|MathJax|define", problem)
    ]  # not fetched
    page.close()


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
    SCREENSHOTS.mkdir(exist_ok=True)
    slope.screenshot(path=SCREENSHOTS / f"page_slope_{'dark' if dark else 'light'}.png")
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
