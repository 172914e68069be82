"""trace, draw_dot and GraphPicture: order, edges, labels, any class, no dot program."""

import re
from html import unescape
from xml.etree import ElementTree

import graphviz
import numpy as np
import pytest

from micrograd_lesson import Value, draw_dot, graph, trace


class Closure:
    """A learner's class: parents in a set or a tuple, gradients by closure."""

    def __init__(self, data, parents=(), op="", label="", keep=tuple):
        self.data, self.grad, self.label, self._op, self._prev = data, 0.0, label, op, keep(parents)


def expression():
    a, b, c, f = (Value(x, name) for x, name in ((2, "a"), (-3, "b"), (10, "c"), (-2, "f")))
    e = a * b
    d = e + c
    L = d * f
    e.label, d.label, L.label = "e", "d", "L"
    L.backward()
    return L


def edges_of(dot):
    return re.findall(r"^\t(\w+) -> (\w+)$", dot.source, flags=re.M)


def test_trace_gives_parents_first_and_one_edge_a_use():
    nodes, edges = trace(expression())
    assert [node.label for node in nodes] == ["a", "b", "e", "c", "d", "f", "L"]
    assert [(p.label, c.label) for p, c in edges] == [
        ("a", "e"),
        ("b", "e"),
        ("e", "d"),
        ("c", "d"),
        ("d", "L"),
        ("f", "L"),
    ]


def test_a_plus_a_draws_two_edges():
    a = Value(3, "a")
    nodes, edges = trace(a + a)
    assert len(nodes) == 2 and edges == [(a, nodes[1])] * 2
    assert edges_of(draw_dot(a + a)).count(("v0", "v1op")) == 2


@pytest.mark.slow
def test_a_deep_graph_is_traced_without_recursion():
    x = total = Value(1.0)
    for _ in range(20_000):
        total = total + x
    nodes, edges = trace(total)
    assert len(nodes) == 20_001 and len(edges) == 40_000


def test_the_drawing_is_a_digraph_with_the_same_source_each_time():
    dot = draw_dot(expression())
    assert isinstance(dot, graphviz.Digraph)
    assert dot.source == draw_dot(expression()).source
    assert "L | data -8.0000 | grad 1.0000" in dot.source
    assert "a | data 2.0000 | grad 6.0000" in dot.source
    assert (
        "rankdir=LR" in dot.source and "rankdir=TB" in draw_dot(expression(), rankdir="TB").source
    )


@pytest.mark.parametrize(
    "label",
    [
        "{x}",
        "a|b",
        "<b>",
        'say "hi"',
        "two\nlines",
        "back\\slash",
        "\\n",
        "a & b",
        "ψ→",
        "%s",
        "&lt;",
        "#005fa3",
        5,
    ],
)
def test_labels_are_shown_to_the_letter(label):
    svg = draw_dot(Value(1, label)).pipe("svg", encoding="utf-8")
    shown = [text.text for text in ElementTree.fromstring(svg).iter(graph.SVG + "text")]
    assert "\n".join(shown[:-2]) == str(label)
    assert shown[-2:] == ["data 1.0000", "grad 0.0000"]


def test_it_renders_with_no_dot_program(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    dot = draw_dot(expression())
    bundle = dot._repr_mimebundle_()
    assert "<svg" in bundle["image/svg+xml"]
    assert dot.pipe("png").startswith(b"\x89PNG")
    path = dot.render("drawing", directory=tmp_path, format="pdf", cleanup=True)
    assert open(path, "rb").read(4) == b"%PDF"
    assert not (tmp_path / "drawing").exists()


def test_it_says_in_words_what_it_shows():
    assert (
        repr(draw_dot(expression())).splitlines()[-1]
        == "  L = * of d, f: data -8.0000, grad 1.0000"
    )


def test_data_and_gradient_have_their_colours():
    svg = unescape(draw_dot(expression()).pipe("svg", encoding="utf-8"))
    assert re.search(rf'fill="{graph.DATA}">data -8\.0000<', svg)
    assert re.search(rf'fill="{graph.GRADIENT}">grad 6\.0000<', svg)


@pytest.mark.parametrize("keep", [tuple, list, set, frozenset])
def test_a_learners_class_draws_the_same(keep):
    def built():
        a, b = Closure(2.0, label="a"), Closure(-3.0, label="b")
        return Closure(-6.0, (b, a), "*", "e", keep)

    assert draw_dot(built()).source == draw_dot(built()).source
    assert {p.label for p, _ in trace(built())[1]} == {"a", "b"}


def test_arrays_are_printed():
    assert "[1. 2.]" in draw_dot(Closure(np.array([1.0, 2.0]))).source.replace("  ", " ")


@pytest.mark.parametrize(
    "x, shown",
    [
        (0, "0.0000"),
        (-8, "-8.0000"),
        (1e-9, "1.00e-09"),
        (2.5e12, "2.50e+12"),
        (-123456.7, "-1.23e+05"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (0.70710678, "0.7071"),
    ],
)
def test_numbers(x, shown):
    assert graph.number(x) == shown


@pytest.mark.slow
def test_a_large_graph_says_what_it_leaves_out():
    total = Value(0.0)
    for i in range(400):
        total = total + float(i)
    dot = draw_dot(total)
    assert "401 more values" in dot.source
    assert len(re.findall(r"^\tv\d+ \[", dot.source, flags=re.M)) == graph.MAX_NODES
    assert all(
        re.search(rf"^\t{end} \[", dot.source, flags=re.M) for edge in edges_of(dot) for end in edge
    )
    assert len(edges_of(dot)) > graph.MAX_NODES  # the nearest half of the chain is drawn whole


def test_bad_input_gets_a_sentence():
    with pytest.raises(TypeError, match="draw_dot draws a Value, not float 3.0"):
        draw_dot(3.0)
    with pytest.raises(ValueError, match="unknown rankdir 'sideways'"):
        draw_dot(Value(1), rankdir="sideways")
    with pytest.raises(ValueError, match="unknown format 'jpgg'"):
        draw_dot(Value(1)).pipe("jpgg")


def test_the_two_layers_together_are_the_drawing():
    picture = graph.GraphPicture(expression())
    still, moving = picture.svg("still"), picture.svg("moving")
    words = re.findall(r"<text[^>]*>([^<]*)<", picture.svg())
    assert len(words) == 7 + 3 + 2 * 7  # labels, operations, numbers
    assert sorted(words) == sorted(re.findall(r"<text[^>]*>([^<]*)<", still + moving))
    assert "data -8.0000" in moving and "data" not in still
    assert re.search('viewBox="[^"]*"', still)[0] == re.search('viewBox="[^"]*"', moving)[0]
    for layer in (still, moving, picture.svg(), picture._repr_mimebundle_()[0]["image/svg+xml"]):
        ElementTree.fromstring(layer)  # well-formed


def test_show_moves_numbers_and_marks():
    picture = graph.GraphPicture(expression())
    picture.show([(i, -i) for i in range(7)], marked={0: "red"}, lines={(0, 2): "blue"}, pale={3})
    moving = picture.svg("moving")
    assert "data 6.0000" in moving and "grad -6.0000" in moving
    assert moving.count("stroke:red") == 1 and moving.count("stroke:blue") == 1


def test_an_explorer_refuses_a_graph_nobody_can_read():
    total = Value(0.0)
    for i in range(300):
        total = total + 1
    with pytest.raises(ValueError, match="601 values"):
        graph.GraphPicture(total)


def test_a_wide_drawing_is_shrunk_to_the_page_and_a_small_one_is_not_stretched():
    def width(root):
        return float(
            re.search(r'<svg width="(\d+)"', draw_dot(root)._repr_mimebundle_()["image/svg+xml"])[1]
        )

    x = total = Value(1.0)
    widths = [width(x)]
    for _ in range(12):
        total = total * x
        widths.append(width(total))
    assert widths[0] < 200 and widths == sorted(widths)
    assert widths.count(graph.PAGE_WIDTH) >= 2  # shrunk just so much
    assert widths[-1] > graph.PAGE_WIDTH  # no smaller than legible


def test_control_characters_in_a_label_become_spaces():
    assert "tab here" in draw_dot(Value(1, "tab\there")).source
    assert "<svg" in draw_dot(Value(1, "nul\x00")).pipe("svg", encoding="utf-8")


def test_a_label_that_is_a_colour_stays_a_label():
    assert ">#005fa3<" in graph.GraphPicture(Value(1, "#005fa3")).svg()
