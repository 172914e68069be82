"""trace, draw_dot and Drawing: order, edges, labels, any class, no dot program, no hang."""

import inspect
import os
import random
import re
import signal
import subprocess
import sys
import threading
from html import escape, unescape
from types import SimpleNamespace
from xml.etree import ElementTree

import graphviz
import numpy as np
import pytest

from micrograd_lesson import MLP, Value, draw_dot, graph, trace
from micrograd_lesson.graph import Drawing, drawing, layout
from micrograd_lesson.graph.dot import FAR, MAX_NODES, MOST_PIECES, far_edges
from micrograd_lesson.graph.drawing import PAGE_WIDTH
from micrograd_lesson.graph.nodes import stored_parents
from micrograd_lesson.graph.walk import Expression
from micrograd_lesson.palette import DATA, GRADIENT
from tests.painted import check_dark_pairs

SVG = "{http://www.w3.org/2000/svg}"


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


def test_an_expression_knows_places_and_ways():
    graph = Expression(expression())  # a, b, e, c, d, f, L
    assert graph.parents == [[], [], [0, 1], [], [2, 3], [], [4, 5]]
    assert graph.edges == [(0, 2), (1, 2), (2, 4), (3, 4), (4, 6), (5, 6)]
    assert graph.steps == [3, 3, 2, 2, 1, 1, 0]
    assert graph.nearest_first() == [6, 4, 5, 2, 3, 0, 1]


def test_the_longest_way_counts_as_the_steps_to_the_result():
    a = Value(2.0)
    graph = Expression(a * a * a * a)
    assert graph.steps == [3, 2, 1, 0]
    assert graph.nearest_first() == [3, 2, 0, 1]  # each once


def test_the_drawing_is_a_digraph_with_the_same_source_each_time():
    dot = draw_dot(expression())
    assert isinstance(dot, graphviz.Digraph)
    assert dot.source == draw_dot(expression()).source
    assert "L | data −8.0000 | grad 1.0000" in dot.source
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
    shown = [text.text for text in ElementTree.fromstring(svg).iter(SVG + "text")]
    assert "\n".join(shown[:-2]) == str(label)
    assert shown[-2:] == ["data 1.0000", "grad 0.0000"]


def test_it_renders_with_no_dot_program(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    dot = draw_dot(expression())
    bundle = dot._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert dot.pipe("png").startswith(b"\x89PNG")
    path = dot.render("drawing", directory=tmp_path, format="pdf", cleanup=True)
    assert open(path, "rb").read(4) == b"%PDF"
    assert not (tmp_path / "drawing").exists()


def test_it_turns_dark_where_the_page_is_dark(monkeypatch):
    html = draw_dot(expression())._repr_mimebundle_()["text/html"]
    check_dark_pairs(html)
    monkeypatch.setattr("micrograd_lesson.graph.dot.MOST_PIECES", 0)  # so that there are stand-ins
    far = draw_dot(one_leaf_in_a_chain(10))
    assert "dashed" in far.source
    check_dark_pairs(far._repr_mimebundle_()["text/html"])
    assert f'alt="{escape(draw_dot(expression()).description)}"' in html
    assert '[data-jp-theme-light="false"] .ml-image, html[data-theme="dark"]' in html


def test_it_says_in_words_what_it_shows():
    assert (
        repr(draw_dot(expression())).splitlines()[-1]
        == "  L = * of d, f: data −8.0000, grad 1.0000"
    )


def test_data_and_gradient_have_their_colours():
    svg = unescape(draw_dot(expression()).pipe("svg", encoding="utf-8"))
    assert re.search(rf'fill="{DATA}">data −8\.0000<', svg)
    assert re.search(rf'fill="{GRADIENT}">grad 6\.0000<', svg)


@pytest.mark.parametrize("keep", [tuple, list, set, frozenset])
def test_a_learners_class_draws_the_same(keep):
    def built():
        a, b = Closure(2.0, label="a"), Closure(-3.0, label="b")
        return Closure(-6.0, (b, a), "*", "e", keep)

    assert draw_dot(built()).source == draw_dot(built()).source
    assert {p.label for p, _ in trace(built())[1]} == {"a", "b"}


def test_arrays_are_printed():
    assert "[1. 2.]" in draw_dot(Closure(np.array([1.0, 2.0]))).source.replace("  ", " ")


@pytest.mark.slow
def test_a_large_graph_says_what_it_leaves_out():
    total = Value(0.0)
    for i in range(400):
        total = total + float(i)
    dot = draw_dot(total)
    assert "401 more values" in dot.source
    assert len(re.findall(r"^\tv\d+ \[", dot.source, flags=re.M)) == MAX_NODES
    assert all(
        re.search(rf"^\t{end} \[", dot.source, flags=re.M) for edge in edges_of(dot) for end in edge
    )
    assert len(edges_of(dot)) > MAX_NODES  # the nearest half of the chain is drawn whole


def test_what_is_left_out_has_no_lines(monkeypatch):
    monkeypatch.setattr("micrograd_lesson.graph.dot.MAX_NODES", 3)
    dot = draw_dot(expression())  # a, b, e, c, d, f, L, of which d, f and L are drawn
    assert edges_of(dot) == [("v4op", "v4"), ("v6op", "v6"), ("v4", "v6op"), ("v5", "v6op")]
    assert "4 more values, further from the result, are not drawn." in dot.source


def test_bad_input_gets_a_sentence():
    with pytest.raises(TypeError, match="draw_dot draws a Value, not float 3.0"):
        draw_dot(3.0)
    with pytest.raises(ValueError, match="unknown rankdir 'sideways'"):
        draw_dot(Value(1), rankdir="sideways")
    with pytest.raises(ValueError, match="unknown format 'jpgg'"):
        draw_dot(Value(1)).pipe("jpgg")


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
    assert widths.count(PAGE_WIDTH) >= 2  # shrunk just so much
    assert widths[-1] > PAGE_WIDTH  # no smaller than legible


@pytest.mark.parametrize("steps, scale", [(0, 1), (12, 0.75)])
def test_the_image_has_the_size_of_its_drawing(steps, scale):
    dot = draw_dot(one_leaf_in_a_chain(steps))
    points = [float(x) for x in re.findall(r'="([\d.]+)pt"', dot.pipe("svg", encoding="utf-8"))]
    html = dot._repr_mimebundle_()["text/html"]
    size = [float(x) for x in re.search(r'width="(\d+)" height="(\d+)"', html).groups()]
    assert size == pytest.approx([x * 4 / 3 * scale for x in points], abs=0.51)
    least = float(re.search(r"min-width:(\d+)px", html)[1])
    assert least == pytest.approx(points[0] * 4 / 3 * 0.75, abs=0.51)


@pytest.mark.slow
@pytest.mark.parametrize("terms", [1, 4, 8, 30])
def test_letters_on_the_page_have_eleven_pixels_at_least(terms):
    svg = draw_dot(sum_over_one_leaf(terms))._repr_mimebundle_()["image/svg+xml"]
    pixels = float(re.search(r'<svg width="(\d+)"', svg)[1])
    points = float(re.search(r'viewBox="\S+ \S+ (\S+) ', svg)[1])
    assert set(re.findall(r'font-size="([\d.]+)"', svg)) == {"11.00"}
    assert 11 * pixels / points > 10.95  # a drawing's size is rounded to whole pixels


def test_control_characters_in_a_label_become_spaces():
    assert "tab here" in draw_dot(Value(1, "tab\there")).source
    assert "<svg" in draw_dot(Value(1, "nul\x00")).pipe("svg", encoding="utf-8")


# What the lessons draw, and what is left out.


def network(*sizes):
    model = MLP(3, [*sizes, 1], rng=random.Random(7))
    return (model([2.0, 3.0, -1.0]) - 1.0) ** 2


def sum_over_one_leaf(terms):
    w = Value(0.5, "w")
    total = Value(0.0)
    for k in range(terms):
        total = total + w * float(k)
    return total


def one_leaf_at_each_layer(layers):
    w, h = Value(0.5, "w"), Value(1.0, "x")
    for _ in range(layers):
        h = (h * w).tanh()
    return h


def one_leaf_in_a_chain(length):
    x = total = Value(1.0, "x")
    for _ in range(length):
        total = total + x
    return total


@pytest.mark.parametrize("root", [expression(), network(4, 4), sum_over_one_leaf(10)])
def test_the_lessons_graphs_are_drawn_whole_and_in_this_process(root):
    dot = draw_dot(root)
    assert not far_edges(Expression(root), Expression(root).edges)
    assert "dashed" not in dot.source and "nslimit" not in dot.source
    assert dot.takes_long is False


@pytest.mark.slow
@pytest.mark.parametrize(
    "root",
    [sum_over_one_leaf(130), one_leaf_at_each_layer(195), one_leaf_in_a_chain(398)],
    ids=["sum", "layers", "chain"],
)
def test_a_value_used_far_away_has_a_stand_in_there(root):
    """Else Graphviz takes minutes: its time grows with the square of the columns that lines cross."""
    graph = Expression(root)
    far = far_edges(graph, graph.edges)
    assert 2 * sum(graph.steps[p] - graph.steps[c] - 1 for p, c in graph.edges) > MOST_PIECES
    whole = [edge for edge in graph.edges if edge not in far]
    assert all(2 * (graph.steps[p] - graph.steps[c] - 1) <= FAR for p, c in whole)
    dot = draw_dot(root)
    assert dot.takes_long and dot.source.count("style=dashed") == len(far)
    operations = sum(bool(node._op) for node in graph.nodes)
    assert len(edges_of(dot)) == len(graph.edges) + operations  # each use has its line still
    assert "A dashed box stands for a value that is drawn elsewhere." in dot.source
    assert "<svg" in dot.pipe("svg", encoding="utf-8")


def uses_from_afar(uses, columns):
    """A chain in which its first value is used once more, so many times, at its end.

    columns: how many each of these uses passes over; an even number.
    """
    x = end = Closure(1.0, label="x")
    for _ in range(columns // 2):
        end = Closure(1.0, (end,), "tanh")
    return Closure(1.0, (end, *[x] * uses), "+", "L")


@pytest.mark.parametrize(
    "uses, columns, takes_long, dashed",
    [
        (20, 20, False, False),  # 400 pieces of lines are drawn in this process
        (21, 20, True, False),
        (100, 20, True, False),  # 2000 are drawn whole
        (101, 20, True, True),
        (126, 16, True, False),  # and so are lines over no more than 16 columns
        (112, 18, True, True),
    ],
)
def test_from_how_many_pieces_a_drawing_takes_long(uses, columns, takes_long, dashed):
    dot = draw_dot(uses_from_afar(uses, columns))
    assert dot.takes_long is takes_long
    assert ("style=dashed" in dot.source) is dashed
    assert ("A dashed box stands for a value" in dot.source) is dashed


def test_a_stand_in_bears_the_values_name():
    far = far_edges(Expression(one_leaf_in_a_chain(60)), Expression(one_leaf_in_a_chain(60)).edges)
    source = draw_dot(one_leaf_in_a_chain(60)).source
    assert {parent for parent, _ in far} == {0}
    for _, child in far:
        assert re.search(rf"^\tv0at{child} \[label=x ", source, flags=re.M)
        assert f"\tv0at{child} -> v{child}op" in source


def endless():
    """A graph made by hand for which Graphviz finds no layout in minutes."""
    dot = Drawing()
    for k in range(150):
        dot.edge("w", f"product{k}")
        dot.edge(f"product{k}", f"sum{k}")
        dot.edge(f"sum{k}", f"sum{k + 1}")
    return dot


@pytest.mark.slow
def test_a_layout_without_end_is_given_up_with_a_sentence(monkeypatch):
    monkeypatch.setattr(layout, "TIME_LIMIT", 0.5)
    with pytest.raises(TimeoutError, match="not done with this drawing after 0.5 seconds; draw"):
        endless().pipe("svg")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupt_ends_a_layout():
    program = (
        "import signal\n"
        # a test run in the background may have been told to ignore it
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from micrograd_lesson.graph import Drawing\n"
        f"{inspect.getsource(endless)}\n"
        "dot = endless()\n"
        "print('begins', flush=True)\n"
        "try:\n"
        "    dot.pipe('svg')\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "begins\n"
        try:
            process.wait(1)  # it is at work
        except subprocess.TimeoutExpired:
            pass
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=10)[0] == "interrupted\n"


@pytest.mark.slow
def test_another_process_draws_the_same(monkeypatch, capfd):
    dot = draw_dot(expression())
    here = dot.pipe("svg")
    dot.takes_long = True
    with pytest.raises(ValueError, match="cannot draw this graph with dot as webp"):
        dot.pipe("webp")
    assert capfd.readouterr().err == ""
    monkeypatch.delattr(layout, "_in_this_process")
    assert dot.pipe("svg") == here


def test_a_small_drawing_starts_no_process_nor_does_a_python_without_a_program(monkeypatch):
    monkeypatch.delattr(subprocess, "run")
    dot = draw_dot(expression())
    assert dot.pipe("svg").startswith(b"<?xml")
    dot.takes_long = True
    monkeypatch.setattr(sys, "executable", "")
    assert dot.pipe("svg").startswith(b"<?xml")


def test_another_process_finds_the_packages_but_nothing_in_the_learners_folder(monkeypatch):
    """There a file may be called random.py."""
    asked = []

    def run(command, env, **_):
        asked.append(env["PYTHONPATH"])
        return SimpleNamespace(returncode=0, stdout=b"drawn")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "path", ["", "packages", "more"])
    assert layout.laid_out("digraph {}", "png", "dot", takes_long=True) == b"drawn"
    assert asked == [os.pathsep.join(("packages", "more"))]


@pytest.mark.parametrize(
    "statements, told, takes_long",
    [(150, None, False), (151, None, True), (151, False, False), (1, True, True)],
)
def test_a_long_graph_by_hand_gets_a_process(statements, told, takes_long, monkeypatch):
    asked = []

    def laid_out(source, format, engine, takes_long):
        asked.append(takes_long)
        return b""

    monkeypatch.setattr(drawing, "laid_out", laid_out)
    dot = Drawing(body=["\ta\n"] * statements)
    dot.takes_long = told
    dot.pipe("png")
    assert asked == [takes_long]


def test_beyond_twenty_values_the_description_counts_the_rest():
    def last_line(root):
        return repr(draw_dot(root)).splitlines()[-1]

    assert last_line(one_leaf_in_a_chain(19)).startswith("  (+) = + of (+), x: data 20.0000")
    assert last_line(one_leaf_in_a_chain(20)) == "  … and 1 more"
    assert repr(draw_dot(one_leaf_in_a_chain(30))).count("\n") == 21


# What is read of a node, whatever its class.


def node(data=2.0, **attributes):
    """A value with these attributes and no others."""
    return SimpleNamespace(data=data, **attributes)


def used(parent):
    return node(4.0, grad=0.0, label="L", _op="*", _prev=(parent, parent))


@pytest.mark.parametrize(
    "leaf, shown",
    [
        (node(grad=0.5, _prev=()), "data 2.0000 | grad 0.5000"),
        (node(_prev=(), label="x"), "x | data 2.0000"),
        (node(grad=None, _prev=None), "data 2.0000 | grad None"),
        (node(grad=0.0), "data 2.0000 | grad 0.0000"),
        (node("two", grad=0.0, label=7), "7 | data two | grad 0.0000"),
        (node([1, 2], grad=0.0), "data [1, 2] | grad 0.0000"),
        (node(Value(3.0), grad=0.0), "data Value(data=3.0, grad=0.0)"[:29] + " | grad 0.0000"),
    ],
)
def test_what_is_missing_is_left_out(leaf, shown):
    dot = draw_dot(used(leaf))
    assert f'v0 [label="{shown}"' in dot.source
    assert "<svg" in dot.pipe("svg", encoding="utf-8")


def test_where_no_operation_is_kept_the_line_goes_to_the_box():
    dot = draw_dot(node(_prev=(node(grad=0.0),)))
    assert edges_of(dot) == [("v0", "v1")]
    assert "shape=circle" not in dot.source


def test_a_parent_without_its_comma_is_the_parent():
    leaf = node(grad=0.0, label="x", _prev=())
    root = node(4.0, grad=0.0, label="L", _op="exp", _prev=(leaf))
    assert trace(root) == ([leaf, root], [(leaf, root)])


@pytest.mark.parametrize("keep", [tuple, list, set, frozenset])
def test_parents_are_read_as_a_tuple_or_as_the_set_that_they_are(keep):
    a = Closure(1.0)
    kept = stored_parents(Closure(2.0, (a,), keep=keep))
    assert kept == (keep((a,)) if keep in (set, frozenset) else (a,))


@pytest.mark.parametrize(
    "root, sentence",
    [
        (used(3.5), "must hold values with data, grad and _prev; it holds float 3.5."),
        (used(np.array([1.0])), "it holds ndarray array"),
        (node(_prev=3), "_prev of a SimpleNamespace must be a tuple of its parents, not int 3."),
        (used(SimpleNamespace(_prev=())), "SimpleNamespace in this graph has no data"),
    ],
)
def test_what_cannot_be_drawn_is_named(root, sentence):
    with pytest.raises(TypeError, match=re.escape(sentence)):
        draw_dot(root)


def test_micrograds_own_class_is_drawn():
    engine = pytest.importorskip("micrograd.engine")
    a, b = engine.Value(2.0), engine.Value(-3.0)
    dot = draw_dot((a * b + a).relu())
    assert "data −6.0000 | grad 0.0000" in dot.source and "label=ReLU" in dot.source
    assert "<svg" in dot.pipe("svg", encoding="utf-8")


def test_a_label_that_is_no_text_has_a_place_in_the_description():
    assert "  (*) = * of 5, 2.0000: data 2.0000" in repr(draw_dot(Value(1, 5) * 2))


@pytest.mark.parametrize("odd", ["\ud800", "\udfff", "\ufffe", "\uffff"])
def test_half_a_character_in_a_label_becomes_a_mark(odd):
    dot = draw_dot(Value(1, f"a{odd}b"))
    ElementTree.fromstring(dot.pipe("svg"))
    assert "a�b" in dot.source and "a�b" in repr(dot)


# Parents in a set.


def in_sets(numbers, tied=False):
    """x·2 + y·3 + x·y and more of the same form, from leaves named x and y, parents in sets."""
    x, y = (Closure(n, label=name) for n, name in zip(numbers, ("", "") if tied else "xy"))
    two, three = Closure(2.0), Closure(3.0)

    def made(op, *parents):
        value = sum(p.data for p in parents)
        return Closure(value, parents, op, keep=set)

    left, right = made("*", x, two), made("*", y, three)
    return made("+", made("+", left, right), made("*", x, y), made("tanh", left))


def numberless(dot):
    return re.sub(r"(data|grad) [^ |\"]*", "", dot.source)


def test_the_order_of_a_set_does_not_follow_the_numbers():
    drawings = {
        numberless(draw_dot(in_sets(numbers)))
        for numbers in ((1.0, 2.0), (2.0, 1.0), (-5.0, 7.0), (7.0, -5.0), (3.0, 3.0))
    }
    assert len(drawings) == 1


def test_a_leaf_without_a_label_is_known_by_its_number():
    def root(x):
        leaf = Closure(x, label="x")
        sums = [Closure(x + c, (leaf, Closure(c)), "+", keep=set) for c in (2.0, 3.0)]
        return Closure(2 * x + 5, sums, "*", "L", keep=set)

    def order(x):
        return [n.data for n in trace(root(x))[0] if not n._prev and not n.label]

    assert order(1.0) == order(7.0)  # though as texts 3.0 < 4.0 and 9.0 > 10.0


def test_where_all_else_is_equal_the_numbers_decide():
    def root():
        return Closure(3.0, (Closure(2.0, label="x"), Closure(1.0, label="x")), "+", keep=set)

    assert {tuple(n.data for n in trace(root())[0]) for _ in range(20)} == {(1.0, 2.0, 3.0)}


def test_two_of_the_same_are_described_alike():
    """Equal leaves that are used differently are told apart by their use, not by their address."""
    kept = [in_sets((1.0, 1.0), tied=True) for _ in range(20)]
    assert len({draw_dot(root).source for root in kept}) == 1
    assert len({repr(draw_dot(root)) for root in kept}) == 1


# Saved files, formats, and what Graphviz prints.


def test_rendered_files_have_the_names_that_graphviz_gives_them(tmp_path):
    dot = draw_dot(expression())
    assert dot.render("one", directory=tmp_path) == str(tmp_path / "one.svg")
    assert dot.render("two", directory=tmp_path, format="png") == str(tmp_path / "two.png")
    another = draw_dot(expression())
    assert another.render(outfile=tmp_path / "three.pdf") == str(tmp_path / "three.pdf")
    assert dot.render(outfile="four.png", directory=tmp_path) == str(tmp_path / "four.png")
    assert dot.render("5", outfile=tmp_path / "five.png") == str(tmp_path / "five.png")
    nameless = draw_dot(expression())
    assert nameless.render(directory=tmp_path) == str(tmp_path / "Drawing.gv.svg")
    begins = {path.name: path.read_bytes()[:4] for path in tmp_path.iterdir()}
    assert begins == {
        "one": b"digr",
        "one.svg": b"<?xm",
        "two": b"digr",
        "two.png": b"\x89PNG",
        "three.gv": b"digr",
        "three.pdf": b"%PDF",
        "four.gv": b"digr",
        "four.png": b"\x89PNG",
        "5": b"digr",
        "five.png": b"\x89PNG",
        "Drawing.gv": b"digr",
        "Drawing.gv.svg": b"<?xm",
    }


def test_source_and_drawing_may_lie_in_folders_of_their_own(tmp_path):
    dot = draw_dot(expression())
    dot.render(outfile=tmp_path / "one.svg", directory=tmp_path / "sources")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.svg", "sources"]
    assert [path.name for path in (tmp_path / "sources").iterdir()] == ["one.gv"]


def test_a_drawing_is_opened_only_where_that_is_asked_for(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(graphviz, "view", opened.append)
    dot = draw_dot(Value(1))
    dot.render("one", directory=tmp_path)
    dot.render("one", directory=tmp_path, view=True)  # and written over the older one
    assert opened == [tmp_path / "one.svg"]


def test_a_refused_file_is_not_written(tmp_path):
    dot = draw_dot(expression())
    with pytest.raises(ValueError, match="unknown format 'picture'"):
        dot.render(outfile=tmp_path / "a.picture")
    with pytest.raises(ValueError, match="needs an ending"):
        dot.render(outfile=tmp_path / "a")
    assert not list(tmp_path.iterdir())
    dot.render(outfile=tmp_path / "a.svg", cleanup=True)
    (tmp_path / "a.svg").write_text("mine")
    with pytest.raises(FileExistsError, match="a.svg exists already"):
        dot.render(outfile=tmp_path / "a.svg", raise_if_result_exists=True)
    assert (tmp_path / "a.svg").read_text() == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("format", sorted(graphviz.FORMATS))
def test_every_format_is_written_or_refused_with_a_sentence(format, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # as VRML, Graphviz writes a picture of each node beside it
    try:
        assert draw_dot(expression()).pipe(format)
    except ValueError as refusal:
        assert str(refusal).startswith(f"Graphviz cannot draw this graph with dot as {format}; ")


def test_an_unknown_engine_and_broken_dot_are_refused():
    with pytest.raises(ValueError, match="with nonesuch as svg"):
        draw_dot(expression()).pipe("svg", engine="nonesuch")
    with pytest.raises(ValueError, match="with nonesuch as svg"):
        draw_dot(expression()).render("drawing", engine="nonesuch")
    broken = Drawing(body=["\ta -> -> b\n"])
    with pytest.raises(ValueError, match="cannot draw this graph"):
        broken.pipe("svg")


def test_stderr_is_as_it_was_after_a_drawing(capfd):
    before = os.fstat(2)
    draw_dot(expression()).pipe("svg")
    assert os.path.samestat(os.fstat(2), before)
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


def test_what_graphviz_prints_is_dropped(capfd):
    with layout._stderr_dropped():
        os.write(2, b"a font of this machine")
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_nor_do_four_threads_lose_it(capfd):
    before = os.fstat(2)
    failures = []

    def draw():
        for _ in range(20):
            try:
                draw_dot(expression()).pipe("svg")
            except Exception as failure:
                failures.append(failure)

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert os.path.samestat(os.fstat(2), before)
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


def test_no_descriptor_is_left_open():
    draw_dot(expression()).pipe("svg")
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    for _ in range(3):
        draw_dot(expression()).pipe("svg")
    again = os.open(os.devnull, os.O_RDONLY)
    os.close(again)
    assert again == free


def run(program, **options):
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, **options
    )


@pytest.mark.slow
def test_with_stderr_closed_it_draws_all_the_same():
    done = run(
        "import os\n"
        "from micrograd_lesson import Value, draw_dot\n"
        "os.close(2)\n"
        "print(draw_dot(Value(1)).pipe('svg')[:5])"
    )
    assert (done.stdout, done.returncode) == ("b'<?xml'\n", 0)


@pytest.mark.slow
def test_graphviz_is_loaded_when_something_is_drawn():
    done = run(
        "import sys\n"
        "from micrograd_lesson.graph import trace, draw_dot\n"
        "print({'graphviz', 'pygraphviz', 'matplotlib'} & set(sys.modules))\n"
        "from micrograd_lesson.graph import Drawing\n"
        "print(Drawing.__mro__[1].__name__)"
    )
    assert done.stdout == "set()\nDigraph\n"


def test_the_package_has_no_name_besides_its_own():
    assert not hasattr(graph, "nonesuch")


@pytest.mark.slow
@pytest.mark.parametrize("missing", ["graphviz", "pygraphviz"])
def test_a_missing_package_is_named_when_something_is_drawn(missing):
    done = run(
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from micrograd_lesson import Value, draw_dot, trace\n"
        "print(len(trace(Value(1) + 2)[0]))\n"
        "try:\n"
        "    draw_dot(Value(1)).pipe('svg')\n"
        "except ImportError as sentence:\n"
        "    print(sentence)"
    )
    assert done.stdout == (
        f"3\nDrawing a graph needs the packages graphviz and pygraphviz, and {missing} is missing "
        "here; install both with: pip install graphviz pygraphviz\n"
    )
