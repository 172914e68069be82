"""What all pictures that move share: layers, colours of the page, one drawing at a time."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.text import Text

from micrograd_lesson.explorers.neuron import NeuronPicture, find_answer
from micrograd_lesson.explorers.picture import MovingFigure
from micrograd_lesson.palette import COLOURS


class Plain(MovingFigure):
    def update(self, state):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("layer", ["still", "moving"])
def test_its_colours_follow_the_page(layer):
    picture = NeuronPicture()
    picture.update(find_answer(1, -1, 0.5, 2, 1))
    svg = picture.svg(layer)
    ElementTree.fromstring(svg)
    fixed = re.sub(r"var\(--ml-\w+, #\w+\)", "", svg)
    assert len(fixed) < len(svg)
    assert not [light for light, _ in COLOURS.values() if light in fixed]


@pytest.mark.slow
def test_layers_lie_on_one_another():
    picture = NeuronPicture()
    picture.update(find_answer(1, -1, 0.5, 2, 1))
    boxes = {re.search('viewBox="[^"]*"', picture.svg(layer))[0] for layer in ("still", "moving")}
    assert len(boxes) == 1


def test_what_moves_is_not_on_the_still_layer_and_comes_back_after_it():
    picture = Plain(200, 100)
    words, hidden = (picture.text(0.5, 0.5, text) for text in ("moves", "hidden"))
    hidden.set_visible(False)
    picture.text(0.5, 0.2, "stands")
    picture.moves(words)
    picture.moves(hidden, layer="middle")
    assert "stands" in picture.svg("still") and "moves" not in picture.svg("still")
    assert "moves" in picture.svg("moving") and "stands" not in picture.svg("moving")
    assert "hidden" not in picture.svg("middle") and not hidden.get_visible()


class Slow(Text):
    """An artist that is drawn while the other one is, if that were possible, and ends first."""

    def __init__(self, own, other):
        super().__init__()
        self.own = own
        self.other = other

    def draw(self, _):
        self.own.set()
        self.other.wait(0.3)


@pytest.mark.slow
def test_pictures_drawn_in_two_threads_leave_matplotlibs_settings_as_they_were():
    def draw(own, other):
        picture = Plain(100, 100)
        picture.moves(Slow(own, other))
        picture.svg("moving")
        own.set()

    before = dict(matplotlib.rcParams)
    first, second, never = (threading.Event() for _ in range(3))
    with ThreadPoolExecutor(2) as threads:
        threads.submit(draw, first, second)
        first.wait()
        threads.submit(draw, second, never).result()
    assert dict(matplotlib.rcParams) == before
