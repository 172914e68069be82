"""Each explorer in a narrow window, in the ears of a screen reader, and on a learner's own function."""

import math
import re

import nbformat
import pytest

from tests.explorers.made import MAKE

TRACK = 150  # pixels: a slider's, in the narrowest window

SHOWN = [("NudgeExplorer", "nudge"), ("DescentExplorer", "start"), ("SlopeExplorer", "h")]
OWN = """\
from micrograd_lesson.explorers import SlopeExplorer, DescentExplorer, NudgeExplorer, NextLetterExplorer

calls = {"f": 0, "loss": 0, "expression": 0, "model": 0}

def f(x):
    calls["f"] += 1
    print("noise")
    if x > 4:
        raise KeyError("w")
    return x * x

def loss(w):
    calls["loss"] += 1
    time.sleep(0.001)
    if w > 2:
        raise ValueError("too far")
    return w * w

def expression(a, b):
    calls["expression"] += 1
    if a.data > 2.5:
        raise ZeroDivisionError
    return a * b

def model(text):
    calls["model"] += 1
    if text.endswith("q"):
        raise KeyError(text)
    return range(27)"""
# explorer, what makes it, the slider and the key that lead to where it stops, what is said then
STOPS = [
    ("SlopeExplorer(f)", "x", "f(5) stopped with KeyError: 'w'."),
    ("DescentExplorer(loss, start=0.0)", "start", "loss(7) stopped with ValueError: too far."),
    (
        "NudgeExplorer(expression, a=2, b=3)",
        "nudge",
        "the expression of a, b stopped with ZeroDivisionError.",
    ),
]
TYPED = 'NextLetterExplorer({"mine": model}, "jo")'


@pytest.fixture(scope="module")
def opened(lab):
    """A notebook with one explorer of each kind, then those on functions that stop somewhere."""
    made = [f"MAKE[{name!r}]()" for name in MAKE]
    own = [make for make, _, _ in STOPS] + [TYPED]
    sources = ["%cd -q ..\nimport time\nfrom tests.explorers.made import MAKE", *made, OWN, *own]
    cells = [nbformat.v4.new_code_cell(source) for source in [*sources, "print(calls)"]]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, lab.server.root / "my_lessons" / "every_explorer.ipynb")
    return lab.set_width(1280).open("every_explorer.ipynb").run_all()


def test_in_a_narrow_window_a_slider_is_long_enough(opened):
    opened.page.keyboard.press("Control+b")  # the list of files goes, as one does on a phone
    opened.set_width(400)
    short = []
    for explorer in opened.explorers():
        explorer.scroll_into_view()
        assert explorer.fits(), explorer.name
        for track in explorer.element.locator(".noUi-target").all():
            width = track.bounding_box()["width"]
            if width < TRACK:
                short.append((explorer.name, width))
        opened.screenshot(f"narrow_{explorer.name}", of=explorer)
    opened.set_width(1280).page.keyboard.press("Control+b")
    assert short == []


@pytest.mark.parametrize("name, label", SHOWN)
def test_a_screen_reader_hears_the_number_of_the_box(opened, name, label):
    explorer = opened.explorer(name)
    handle = explorer.slider(label)
    explorer.press(label, *["ArrowLeft"] * 12)
    for _ in range(45):  # over 0, where a descent's steps leave −4e-16
        handle.press("ArrowRight")
        said = handle.get_attribute("aria-valuetext")
        assert re.fullmatch(r"-?\d{1,2}(\.\d{1,8})?", said), said
    explorer.page.wait_for_timeout(500)
    shown = float(explorer.box(label).input_value())
    assert float(said) == pytest.approx(shown if label != "h" else by_power(shown), abs=1e-9)


@pytest.mark.parametrize("nth", range(len(STOPS)))
def test_where_a_learners_function_stops_its_sentence_is_there(opened, nth):
    make, label, sentence = STOPS[nth]
    name = make.split("(")[0]
    explorer = opened.explorer(name, nth=how_many(name))
    assert not is_pale(explorer)
    good = explorer.press(label, "Home").shown()
    explorer.press(label, "End")
    assert sentence in explorer.readout() and is_pale(explorer)
    opened.screenshot(f"stopped_{name}", of=explorer)
    explorer.press(label, "Home")
    assert explorer.shown() == good and not is_pale(explorer)


def test_where_a_learners_model_stops_its_sentence_is_there(opened):
    explorer = opened.explorer("NextLetterExplorer", nth=how_many("NextLetterExplorer"))
    box = explorer.element.locator("input[type=text]")
    shown = explorer.shown()
    box.fill("q")
    explorer.wait_for_change(shown)
    assert "model(\"q\") stopped with KeyError: 'q'." in explorer.readout() and is_pale(explorer)
    opened.screenshot("stopped_NextLetterExplorer", of=explorer)


def test_a_learners_function_is_called_a_few_hundred_times(opened):
    opened.page.locator(".jp-CodeCell").last.click()
    opened.page.keyboard.press("Control+Enter")
    printed = opened.page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output")
    calls = [int(number) for number in re.findall(r"\d+", printed.inner_text())]
    assert len(calls) == 4 and max(calls) < 1000, calls


def how_many(name):
    """How many explorers of that name stand above those of a learner."""
    return sum(made.split(",")[0] == name for made in MAKE)


def is_pale(explorer):
    return explorer.element.locator(".ml-outdated").count() == 1


def by_power(x):
    return math.log10(x)
