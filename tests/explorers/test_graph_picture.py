"""GraphPicture: what stands still, what moves, and that both together are the drawing."""

import re
from xml.etree import ElementTree

import pytest

from micrograd_lesson import Value
from micrograd_lesson.explorers.graph_picture import GraphPicture, GraphState
from micrograd_lesson.graph.walk import Expression
from micrograd_lesson.palette import PAPER


def expression():
    a, b, c, f = (Value(x, name) for x, name in ((2, "a"), (-3, "b"), (10, "c"), (-2, "f")))
    e = a * b
    d = e + c
    L = d * f
    e.label, d.label, L.label = "e", "d", "L"
    L.backward()
    return Expression(L)


def words_in(svg):
    return sorted(re.findall(r"<text[^>]*>([^<]*)<", svg))


@pytest.mark.parametrize("moving, still", [("data", "grad"), ("grad", "data")])
def test_the_two_layers_together_are_the_drawing(moving, still):
    picture = GraphPicture(expression(), moving)
    layers = picture.svg("still"), picture.svg("moving")
    words = words_in(picture.svg())
    assert len(words) == 7 + 3 + 2 * 7  # labels, operations, numbers
    assert words == sorted(words_in(layers[0]) + words_in(layers[1]))
    assert moving not in layers[0] and still not in layers[1]
    boxes = {re.search('viewBox="[^"]*"', layer)[0] for layer in layers}
    assert len(boxes) == 1
    bundle, _ = picture._repr_mimebundle_()
    for svg in (*layers, picture.svg(), bundle["image/svg+xml"]):
        ElementTree.fromstring(svg)  # well-formed
    assert bundle["text/plain"] == picture.alt and "L = * of d, f" in picture.alt


def test_it_starts_with_the_numbers_of_the_graph():
    picture = GraphPicture(expression(), "data")
    assert [picture.text(i) for i in (0, 6)] == ["data 2.0000", "data −8.0000"]
    assert GraphPicture(expression(), "grad").text(0) == "grad 6.0000"


def test_update_moves_numbers_and_marks():
    picture = GraphPicture(expression(), "grad")
    lines = {(0, 2): "blue", (2, 2): "blue", (1, 6): "green"}  # there is no line from b to L
    state = GraphState(
        [-i for i in range(7)], marked={0: "red"}, lines=lines, pale=frozenset({3}), alt="words"
    )
    picture.update(state)
    moving = picture.svg("moving")
    assert picture.text(6) == "grad −6.0000" and "grad −6.0000" in moving
    assert moving.count("stroke:red") == 1 and moving.count("stroke:blue") == 2
    assert "green" not in moving
    assert moving.count("fill:var(--ml-muted") == 1
    assert (picture.alt, picture.state) == ("words", state)


def test_both_lines_of_a_value_used_twice_are_lit():
    a = Value(1.0)
    picture = GraphPicture(Expression(a + a), "data")
    picture.update(GraphState([1.0, 2.0], lines={(0, 1): "blue"}))
    assert picture.svg("moving").count("stroke:blue") == 2


@pytest.mark.slow
def test_a_line_that_starts_at_a_stand_in_is_lit():
    x = total = Value(1.0, "x")
    for _ in range(60):
        total = total + x
    picture = GraphPicture(Expression(total), "data")
    picture.update(GraphState([0.0] * 61, lines={(0, 60): "blue"}))
    assert picture.svg("moving").count("stroke:blue") == 1


def test_a_graph_nobody_can_read_is_refused():
    total = Value(0.0)
    for _ in range(300):
        total = total + 1
    with pytest.raises(ValueError, match="this graph has 601 values; an explorer shows at most"):
        GraphPicture(Expression(total), "data")


def test_a_label_that_is_a_colour_stays_a_label():
    assert ">#005fa3<" in GraphPicture(Expression(Value(1, "#005fa3")), "data").svg()


def test_what_moves_is_text_not_markup():
    picture = GraphPicture(expression(), "data")
    picture.update(GraphState(["<script>"] * 7))
    assert "<script" not in picture.svg("moving")
    ElementTree.fromstring(picture.svg("moving"))


def test_letters_have_nine_pixels_where_it_is_narrowest():
    picture = GraphPicture(expression(), "data")
    letters = 11 * 4 / 3  # pixels, at full width
    assert picture.least * letters / picture.width == pytest.approx(9, rel=0.01)


def tree(leaves):
    values = [Value(float(i)) for i in range(leaves)]
    while len(values) > 1:
        values = [a * b for a, b in zip(values[::2], values[1::2])]
    return values[0]


def chain(length):
    value = Value(1.0)
    for _ in range(length):
        value = value.tanh()
    return value


@pytest.mark.slow
@pytest.mark.parametrize("root", [tree(128), chain(250)], ids=["too tall", "too wide"])
def test_a_drawing_that_fits_no_page_is_refused(root):
    with pytest.raises(ValueError, match="pixels large; an explorer shows at most 16000 × 1800"):
        GraphPicture(Expression(root), "data")


def test_it_is_as_wide_as_there_is_room_and_no_wider_than_it_was_drawn():
    picture = GraphPicture(expression(), "data")
    for layer in ("still", "moving"):
        root = ElementTree.fromstring(picture.svg(layer))
        assert root.get("style") == f"width:100%;max-width:{picture.width}px;height:auto"
        (texts,) = root  # the group that states the font
        assert texts.get("font-size") == "11" and texts.get("text-anchor") == "middle"
        assert texts.get("font-family").startswith("DejaVu Sans,")
    bundle, _ = picture._repr_mimebundle_()
    alone = ElementTree.fromstring(bundle["image/svg+xml"])
    assert alone.get("style").startswith(f"width:{picture.width}px;")
    left, top, width, height = alone.get("viewBox").split()
    paper = alone[0].attrib
    assert (paper["x"], paper["y"], paper["width"], paper["height"]) == (left, top, width, height)
    assert paper["fill"] == PAPER and "var(" not in bundle["image/svg+xml"]
