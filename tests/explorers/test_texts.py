"""Texts: one artist for many short texts, read and written by name."""

import re
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from micrograd_lesson.explorers.picture import MovingFigure
from micrograd_lesson.explorers.texts import Texts
from micrograd_lesson.palette import DATA, GRADIENT, INK


class Figure(MovingFigure):
    """Three texts on a picture of 200 by 100 pixels."""

    def __init__(self, align="left"):
        super().__init__(200, 100)
        ax = self.add_axes((0, 0, 1, 1), xlim=(0, 20), ylim=(0, 10))
        ax.axis("off")
        self.words = ax.add_artist(Texts({"a": (1, 2), "b": (10, 5), 3: (15, 9)}, 13, INK, align))
        self.moves(self.words)

    def update(self, state):
        self.words.write(state)


def elements(figure):
    """(text, x, y, fill, weight) of each text in the moving layer."""
    root = ElementTree.fromstring(figure.svg("moving"))
    (group,) = (g for g in root.iter() if g.tag.endswith("}g"))
    return [
        (
            element.text,
            float(element.get("x")),
            float(element.get("y")),
            element.get("fill", group.get("fill")),
            element.get("font-weight"),
        )
        for element in group
    ]


def test_a_text_is_written_and_read_under_its_name():
    texts = Figure().words
    assert texts["a"] == "" and texts.shown() == {}
    texts["a"] = "one"
    texts[3] = "three"
    assert texts["a"] == "one" and texts.shown() == {"a": "one", 3: "three"}
    texts.write({"b": "two"})
    assert texts.shown() == {"b": "two"}
    with pytest.raises(KeyError, match="there is no place for 'c'"):
        texts["c"] = "four"
    with pytest.raises(KeyError, match="there is no place for 'c'"):
        texts.write({"c": "four"})


def test_on_a_page_each_stands_at_its_place_in_its_colour():
    figure = Figure()
    figure.words.write({"a": "−1", 3: "< & >"})
    figure.words.colours = {3: GRADIENT}
    figure.words.bold = {3}
    ink, gradient = f"var(--ml-ink, {INK})", f"var(--ml-gradient, {GRADIENT})"
    assert elements(figure) == [
        ("−1", 10, 80, ink, None),
        ("< & >", 150, 10, gradient, "bold"),
    ]
    figure.words.places["a"] = 2, 3
    assert elements(figure)[0][1:3] == (20, 70)


@pytest.mark.parametrize(
    "align, anchor", [("left", "start"), ("center", "middle"), ("right", "end")]
)
def test_the_same_part_of_a_text_stands_at_its_x_on_a_page_and_in_a_png(align, anchor):
    figure = Figure(align)
    figure.words["b"] = "in the middle"
    assert f"text-anchor: {anchor}" in figure.svg("moving")
    box = drawn_box(figure)
    assert {"left": box.x0, "center": (box.x0 + box.x1) / 2, "right": box.x1}[align] == (
        pytest.approx(100, abs=1.5)
    )


def drawn_box(figure):
    (artist,) = figure.words.artists()
    return artist.get_window_extent(FigureCanvasAgg(figure).get_renderer())


def test_a_png_holds_the_same_texts():
    figure = Figure()
    empty = figure.png()
    figure.words.write({"a": "one", "b": "two"})
    figure.words.colours = {"b": DATA}
    figure.words.bold = {"b"}
    one, two = figure.words.artists()
    assert (one.get_text(), one.get_color(), one.get_fontweight()) == ("one", INK, "normal")
    assert (two.get_text(), two.get_color(), two.get_fontweight()) == ("two", DATA, "bold")
    assert one.get_fontsize() == two.get_fontsize() == 13
    with_texts = figure.png()
    assert with_texts != empty
    figure.words.set_visible(False)
    assert figure.png() == empty
    assert not re.search("<text", figure.svg("moving"))
