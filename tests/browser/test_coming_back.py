"""The next day, and after a restart: the last picture is there, and one sentence says what to do."""

import shutil

LESSON = "01_derivatives.ipynb"
KEPT = "the_next_day.ipynb"  # a copy: other tests open the lesson as shipped
NO_PYTHON = "No Python is behind this page"


def says_no_python(explorer):
    return explorer.element.get_by_text(NO_PYTHON).is_visible()


def restart(lab):
    lab.menu("Kernel", "Restart Kernel…")
    lab.page.locator(".jp-Dialog .jp-mod-accept").click()
    lab.page.locator(".jp-Notebook .jupyter-widgets-disconnected").first.wait_for()


def save(lab):
    lab.menu("File", "Save Notebook")
    unsaved = lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-current.jp-mod-dirty")
    unsaved.wait_for(state="detached")


def test_after_a_restart_and_on_the_next_day_the_last_picture_is_there(lab):
    mine = lab.server.root / "my_lessons"
    shutil.copy(mine / LESSON, mine / KEPT)
    slope = lab.open(KEPT).run_all().explorer("SlopeExplorer")
    shown = slope.press("x", "ArrowLeft").shown()
    assert not says_no_python(slope)
    restart(lab)
    assert says_no_python(slope)
    assert slope.shown() == shown
    assert lab.problems() == []
    lab.screenshot("coming_back_restarted", of=slope)
    again = lab.run_all().explorer("SlopeExplorer")
    assert not says_no_python(again)
    assert again.press("x", "ArrowLeft").shown() == shown
    save(lab)
    opened = lab.open(KEPT).explorer("SlopeExplorer")
    opened.element.get_by_text(NO_PYTHON).wait_for()
    assert opened.shown() == shown
    assert lab.problems() == []
    lab.screenshot("coming_back_next_day", of=opened)
