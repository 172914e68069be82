"""TrainingExplorer in JupyterLab: it plays, stays responsive, takes points by mouse, keyboard and file, and stops."""

import re

import nbformat
import pytest

MAKE = """from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers import TrainingExplorer
explorers = []"""
SHOW = """explorers.append(TrainingExplorer(*two_moons(40)))
explorers[-1]"""
ASK = """print("playing:", [explorer.playing for explorer in explorers])"""


@pytest.fixture(scope="module")
def opened(lab):
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
            }
        }
    )
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in (MAKE, SHOW, ASK)]
    nbformat.write(notebook, lab.server.root / "my_lessons" / "training.ipynb")
    return lab.open("training.ipynb").run_all()


@pytest.fixture
def training(opened):
    """The explorer, paused, at step 0."""
    explorer = opened.explorer("TrainingExplorer")
    press(explorer, "Reset")
    wait_for(explorer, r"^step 0:")
    yield explorer
    assert opened.problems() == []


def press(explorer, name, key="Space"):
    """Press a button as the keyboard does."""
    button = explorer.element.get_by_role("button", name=name)
    button.focus()
    button.press(key)


def step(explorer):
    return int(re.match(r"step (\d+):", explorer.readout())[1])


def wait_for(explorer, pattern):
    """Wait until the readout matches; returns the match."""
    for _ in range(200):
        if found := re.search(pattern, explorer.readout()):
            return found
        explorer.page.wait_for_timeout(25)
    raise AssertionError(f"{pattern!r} is not in {explorer.readout()!r}")


def words(explorer):
    return explorer.element.locator(".ml-moving[role=img]").get_attribute("aria-label")


def points(explorer):
    """How many there are of class 1 and of class −1."""
    found = re.search(r"(\d+) points? of class 1 and (\d+) of", words(explorer))
    return int(found[1]), int(found[2])


def spot(explorer, x1, x2):
    """Where a point of the plane is on the page, found from the ring, which the sliders put there first."""
    explorer.type("point x1", x1)
    explorer.type("point x2", x2)
    ring = explorer.element.locator(".ml-moving use").last.bounding_box()
    return ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2


def test_every_slider_has_an_effect_and_nobody_is_kept_out(opened, training):
    for label in training.labels():
        start = float(training.box(label).input_value())
        smallest, largest = (training.press(label, key).shown() for key in ("Home", "End"))
        assert smallest != largest, f"the slider {label} changes nothing"
        training.type(label, start)
    for theme in ("dark", "light"):
        assert opened.set_theme(theme).barriers() == []


def test_it_plays_hears_sliders_meanwhile_and_pauses(training):
    press(training, "▶ Play")
    wait_for(training, r"^step [1-9]\d+:")
    training.slider("learning rate").focus()
    for _ in range(5):  # the picture never rests, so press() cannot wait for it
        training.slider("learning rate").press("ArrowRight")
    for _ in range(100):
        if "rate 0.562," in words(training):
            break
        training.page.wait_for_timeout(20)
    else:
        raise AssertionError(f"the rate was not taken while playing: {words(training)}")
    before = step(training)
    wait_for(training, rf"^step (?!{before}:)")
    press(training, "Pause")
    training.element.get_by_role("button", name="▶ Play").wait_for(timeout=2000)
    paused, stands = training.shown(), step(training)
    training.page.wait_for_timeout(500)
    assert training.shown() == paused and stands > before
    press(training, "Step")
    assert wait_for(training, rf"^step {stands + 1}:")


def settled_points(training):
    """The points, once no click is on its way any more: they have stayed for half a second."""
    seen = None
    while seen != points(training):
        seen = points(training)
        training.page.wait_for_timeout(500)
    return seen


def test_a_click_adds_a_point_and_a_click_on_it_removes_it(training):
    assert points(training) == (20, 20)
    x, y = spot(training, 0.5, 0.9)
    training.page.mouse.click(x, y)
    added = wait_for(training, r"Added the point of class 1 at \((0\.\d+), (0\.\d+)\)")
    pixel = 0.01  # a click is reported in whole pixels
    assert float(added[1]) == pytest.approx(0.5, abs=pixel)
    assert float(added[2]) == pytest.approx(0.9, abs=pixel)
    assert points(training) == (21, 20)
    training.page.mouse.click(x, y)
    wait_for(training, r"Removed the point of class 1")
    assert points(training) == (20, 20)
    for dx in (-150, -100, -50, 50, 100):  # faster than messages come and go
        training.page.mouse.click(x + dx, y - 4)
    before = settled_points(training)
    assert sum(before) != 40
    box = training.element.locator(".ml-picture").bounding_box()
    training.page.mouse.click(
        box["x"] + 0.85 * box["width"], box["y"] + box["height"] / 2
    )  # the curve is no plane
    assert settled_points(training) == before


def test_points_by_keyboard_alone(training):
    before = points(training)
    training.element.get_by_role("radio", name="-1", exact=True).press("Space")
    training.press("point x1", "Home")
    press(training, "Add point", "Enter")
    wait_for(training, r"Added the point of class −1 at \(−1")
    assert points(training) == (before[0], before[1] + 1)
    press(training, "Remove nearest")
    wait_for(training, r"Removed the point of class −1")
    assert points(training) == before


def test_a_file_of_points_good_and_bad(training):
    upload = training.element.get_by_role("button", name="Load CSV")
    assert upload.inner_text() == "Load CSV"  # without the number of files that ipywidgets adds

    def load(content):
        with training.page.expect_file_chooser() as chooser:
            press(training, "Load CSV", "Enter")
        chooser.value.set_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": content})

    load(b"x1,x2,class\n1,2,1\n3,four,-1\n")
    wait_for(training, r"Line 3: 'four' is not a number\.")
    assert points(training) != (2, 1)
    training.element.locator(".ml-problem").wait_for()
    load(b"x1,x2,class\n1,2,1\n30,4,0\n5,6,1\n")
    wait_for(training, r"Loaded 3 points\. Networks learn best")
    assert points(training) == (2, 1) and training.element.locator(".ml-problem").count() == 0
    assert upload.inner_text() == "Load CSV"
    assert (
        training.value("point x1") <= 30
        and float(training.slider("point x1").get_attribute("aria-valuemax")) > 25
    )


def test_the_cell_run_again_leaves_nothing_playing(opened, training):
    press(training, "▶ Play")
    wait_for(training, r"^step [1-9]")
    for cell in (1, 2):
        if cell == 2:
            opened.page.wait_for_timeout(4000)  # it gives the page some time
        opened.page.locator(".jp-Notebook .jp-CodeCell").nth(cell).locator(".cm-content").click()
        opened.page.keyboard.press("Control+Enter")
    opened.page.locator(".jp-OutputArea-output", has_text="playing: [False, False]").wait_for(
        timeout=5000
    )
    again = opened.explorer("TrainingExplorer")
    press(again, "▶ Play")
    wait_for(again, r"^step [1-9]")
    press(again, "Pause")
