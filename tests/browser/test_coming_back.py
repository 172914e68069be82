"""The next day, and after a restart: the last picture is there, and one sentence says what to do."""

LESSON = "01_derivatives.ipynb"
NO_PYTHON = "No Python is behind this page"


def says_no_python(explorer):
    return explorer.element.get_by_text(NO_PYTHON).is_visible()


def restart(lab):
    lab.menu("Kernel", "Restart Kernel…")
    lab.page.locator(".jp-Dialog .jp-mod-accept").click()
    lab.page.locator(".jp-Notebook .jupyter-widgets-disconnected").first.wait_for()


def wait_for_stored_state(lab):
    """Wait until the saved file holds the widgets' state."""
    for _ in range(100):
        lab.page.wait_for_timeout(100)
        notebook = lab.server.api("GET", f"contents/notebooks/{LESSON}")["content"]
        if "widgets" in notebook["metadata"]:
            return
    raise AssertionError("no widget state was stored")


def test_a_restarted_kernel_is_said_and_running_again_mends_it(lab):
    slope = lab.open(LESSON).run_all().explorer("SlopeExplorer")
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


def test_a_saved_notebook_opened_the_next_day_shows_its_last_picture(lab):
    slope = lab.open(LESSON).run_all().explorer("SlopeExplorer")
    shown = slope.press("x", "ArrowLeft").shown()
    lab.page.keyboard.press("Control+s")
    wait_for_stored_state(lab)
    opened = lab.open(LESSON).explorer("SlopeExplorer")
    opened.element.get_by_text(NO_PYTHON).wait_for()
    assert opened.shown() == shown
    assert lab.problems() == []
    lab.screenshot("coming_back_next_day", of=opened)
