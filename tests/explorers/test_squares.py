"""Squares: one artist for many squares of one size."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from micrograd_lesson.explorers.picture import MovingFigure
from micrograd_lesson.explorers.squares import Squares
from micrograd_lesson.palette import DATA, INK


class Figure(MovingFigure):
    """Squares of 20 pixels on a picture of 200 by 100, whose axes go to 20 and to 10."""

    def __init__(self):
        super().__init__(200, 100)
        ax = self.add_axes((0, 0, 1, 1), xlim=(0, 20), ylim=(0, 10), facecolor="none")
        ax.axis("off")
        self.squares = ax.add_artist(Squares(20))
        self.moves(self.squares)

    def update(self, state):
        self.squares.show(*state)


def rectangles(figure):
    """(x, y, width, height, fill, opacity) of each square in the moving layer."""
    root = ElementTree.fromstring(figure.svg("moving"))
    names = ("x", "y", "width", "height", "fill-opacity")
    return [
        (*(float(found.get(name)) for name in names), found.get("fill"))
        for found in root.iter()
        if found.tag.endswith("}rect")
    ]


def test_on_a_page_each_lies_around_its_middle_as_dark_as_its_share():
    figure = Figure()
    assert rectangles(figure) == []
    figure.update(([(1, 9), (10, 5)], [INK, DATA], [1.0, 0.25]))
    assert rectangles(figure) == [
        (0, 0, 20, 20, 1, f"var(--ml-ink, {INK})"),
        (90, 40, 20, 20, 0.25, f"var(--ml-data, {DATA})"),
    ]


def test_only_the_last_ones_are_shown_and_none_without_colour():
    figure = Figure()
    figure.update(([(1, 9), (3, 9)], [INK, DATA], [1, 1]))
    figure.update(([(1, 9), (3, 9), (5, 9)], [INK, DATA, INK], np.array([0, 0.5, 0.0001])))
    squares = figure.squares
    assert squares.middles.tolist() == [[3, 9]]
    assert (squares.colours, squares.shares) == ([DATA], [0.5])


@pytest.mark.parametrize("scale", [1, 2])
def test_a_png_holds_the_same_squares(scale):
    figure = Figure()
    figure.update(([(10, 5)], ["#000000"], [0.5]))
    pixels = np.asarray(Image.open(io.BytesIO(figure.png(scale))).convert("L"), float)
    dark = np.argwhere(pixels < 140)
    assert dark.min(axis=0).tolist() == [40 * scale, 90 * scale]
    assert dark.max(axis=0).tolist() == [60 * scale - 1, 110 * scale - 1]
    assert pixels[50 * scale, 100 * scale] == pytest.approx(128, abs=2)
    empty = Figure().png(scale)
    figure.squares.set_visible(False)
    assert figure.png(scale) == empty and not rectangles(figure)
