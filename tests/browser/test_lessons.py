"""Every lesson opens and runs in JupyterLab, and its sliders move its pictures."""

import pytest

from tests.browser import by_hand
from tests.notebooks import LESSONS, as_parameters


def test_first_page(lab):
    """`make lab` opens the first lesson, the others beside it, and nothing lies over it."""
    lab.open()
    assert lab.open_notebook() == "00_start_here.ipynb"
    assert {path.name for path in LESSONS} <= set(lab.listed_files())
    lab.page.wait_for_timeout(2000)  # JupyterLab's questions come a moment after the page
    assert lab.problems() == []
    lab.screenshot("first_page")


@pytest.mark.parametrize("path", as_parameters(LESSONS))
def test_lesson_runs(lab, path):
    """It opens without questions, runs to its end without errors, and every control shows what mathematics says."""
    lesson = path.name
    lab.open(lesson)
    assert lab.problems() == []
    lab.run_all()
    assert lab.problems() == []
    counts = lab.execution_counts()
    assert counts == list(range(1, len(lab.filled_cells()) + 1))
    lab.screenshot(lesson.removesuffix(".ipynb"))
    for nth, explorer in enumerate(lab.explorers()):
        explorer.scroll_into_view()
        by_hand.check(lesson, nth, explorer)
        for label in explorer.labels():
            start = float(explorer.box(label).input_value())
            seen = []
            for key in ("Home", "End"):
                seen.append(explorer.press(label, key).shown())
                by_hand.check(lesson, nth, explorer)
            assert seen[0] != seen[1], f"{explorer.name}: the slider {label} changes nothing"
            explorer.type(label, start)
            by_hand.check(lesson, nth, explorer)
        explorer.press(explorer.labels()[-1], "End")
        for option in explorer.options():
            explorer.choose(option)
            by_hand.check(lesson, nth, explorer)
        assert lab.problems() == []
    for theme, width in (("dark", 800), ("light", 1280)):  # a theme makes nothing wider
        assert lab.set_theme(theme).set_width(width).barriers() == []
        for nth, explorer in enumerate(lab.explorers()):
            explorer.scroll_into_view()
            assert explorer.fits(), f"{explorer.name} is wider than a window of {width}"
            lab.screenshot(f"{lesson[:2]}_{explorer.name}_{nth}_{theme}_{width}", of=explorer)


@pytest.fixture(scope="module")
def slope(lab):
    return lab.open("01_derivatives.ipynb").run_all().explorer("SlopeExplorer")


def test_slope_explorer_by_keyboard(slope):
    for _ in range(3):
        value, picture, readout = slope.value("x"), slope.picture(), slope.readout()
        slope.press("x", "ArrowRight")
        assert slope.value("x") > value
        assert slope.picture() != picture
        assert slope.readout() != readout
    for key, end in (("Home", "aria-valuemin"), ("End", "aria-valuemax")):
        picture = slope.picture()
        slope.press("x", key)
        assert slope.value("x") == float(slope.slider("x").get_attribute(end))
        assert slope.picture() != picture


def test_an_arrow_key_held_down_leaves_the_last_state_shown(lab, slope):
    """Five seconds of key repeats: the picture moves along, and ends with the last state, nothing queued."""
    slope.type("x", -5)
    slope.slider("x").focus()
    seen = set()
    for _ in range(150):  # a keyboard repeats about thirty times a second
        lab.page.keyboard.down("ArrowRight")
        lab.page.wait_for_timeout(33)
        seen.add(slope.readout())
    lab.page.keyboard.up("ArrowRight")
    assert slope.value("x") == 5
    last = slope.element.locator(".ml-readout").get_by_text("f(5) = 60,")
    last.wait_for(timeout=5000)
    lab.page.wait_for_timeout(1000)
    assert last.count() == 1  # and it stays
    assert len(seen) > 5  # it moved along: not only the first and the last state were shown
