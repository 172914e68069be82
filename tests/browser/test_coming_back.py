"""The next day, after a restart, a reload, or with another page's kernel: the last picture is there,
and where no Python is behind it, one sentence says what to do."""

import shutil

LESSON = "01_derivatives.ipynb"
OTHER = "02_backprop_by_hand.ipynb"
KEPT = "the_next_day.ipynb"
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


def seen_again(lab):
    """The first explorer of the page that the browser has loaded anew."""
    lab.page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=30_000)
    return lab.explorer("SlopeExplorer")


def open_a_copy(lab, name):
    """A copy of the lesson, run; other tests open the lesson as shipped."""
    mine = lab.server.root / "my_lessons"
    shutil.copy(mine / LESSON, mine / name)
    return lab.open(name).run_all().explorer("SlopeExplorer")


def test_after_a_restart_and_on_the_next_day_the_last_picture_is_there(lab):
    slope = open_a_copy(lab, KEPT)
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


def test_a_page_reloaded_shows_what_was_moved_and_goes_on_moving(lab):
    slope = open_a_copy(lab, "reloaded.ipynb")
    save(lab)
    shown = slope.press("x", "ArrowLeft", "ArrowLeft").shown()  # after the page was saved
    lab.page.reload()
    again = seen_again(lab)
    again.element.page.wait_for_timeout(1000)  # until the kernel has told where it stands
    assert again.shown() == shown
    assert not says_no_python(again)
    assert again.press("x", "ArrowRight").shown() != shown
    assert lab.problems() == []
    lab.screenshot("coming_back_reloaded", of=again)


def test_with_another_notebooks_kernel_the_last_picture_stands_and_says_so(lab):
    slope = open_a_copy(lab, "another_kernel.ipynb")
    shown = slope.press("x", "ArrowLeft").shown()
    save(lab)
    lab.open(OTHER)
    # without the reset of lab.open: the other page stays open, and its kernel can be chosen
    lab.page.goto(
        f"{lab.server.base}/lab/tree/my_lessons/another_kernel.ipynb?token={lab.server.token}"
    )
    seen_again(lab)
    lab.menu("Kernel", "Change Kernel…")
    kernels = lab.page.locator(".jp-Dialog select")
    kernels.select_option(kernels.locator("option", has_text=OTHER).first.get_attribute("value"))
    lab.page.locator(".jp-Dialog .jp-mod-accept").click()
    opened = lab.explorer("SlopeExplorer")
    opened.element.get_by_text(NO_PYTHON).wait_for()
    assert opened.shown() == shown
    assert lab.problems() == []
    lab.screenshot("coming_back_other_kernel", of=opened)
