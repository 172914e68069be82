"""ForwardExplorer: its numbers are the network's, each at its place."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from traitlets import TraitError

from micrograd_lesson import MLP
from micrograd_lesson.explorers import ForwardExplorer
from micrograd_lesson.explorers.forward import ForwardPicture, Passes
from micrograd_lesson.explorers.passes import DIFFERENTIATED, NAMES
from micrograd_lesson.explorers.texts import Texts
from micrograd_lesson.words import fixed, signed
from tests.explorers.made import reused, text
from tests.explorers.test_passes import by_hand


@pytest.mark.parametrize("x1, x2", [(0.5, 0.8), (0.0, 1.0), (0.25, 0.1)])
def test_it_shows_what_the_mathematics_says(x1, x2):
    numbers, gradients = by_hand(x1, x2)
    explorer = reused(ForwardExplorer, show="gradients")
    explorer.x1, explorer.x2 = x1, x2
    picture = explorer.picture
    for name in ("x1", "x2", "z1", "a1", "z2", "a2", "z3", "a3", "z4", "a4"):
        assert picture.numbers[name] == signed(numbers[name], 4)
    for name, gradient in gradients.items():
        assert picture.gradients[name] == f"grad {signed(gradient, 5)}"
    assert picture.numbers["L"] == fixed(numbers["L"], 6)
    shown = text(explorer)
    assert f"a3 = {numbers['a3']:.4f}, a4 = {numbers['a4']:.4f}" in shown
    assert f"= {numbers['L']:.6f}" in shown
    assert f"(({signed(numbers['a3'] - 0.7, 4)})² + (" in shown


def test_it_names_the_largest_gradient_and_what_it_says():
    steepest = signed(by_hand(0.5, 0.8)[1]["b3"], 5)
    assert steepest.startswith("−")
    said = f"largest gradient: b3, {steepest}, so raising b3 lowers the loss"
    assert said in text(reused(ForwardExplorer))
    assert "raises the loss" in text(ForwardExplorer(targets=[0.5, 0.6]))


def test_it_says_nothing_of_a_gradient_where_all_are_zero():
    numbers = by_hand(0.5, 0.8)[0]
    explorer = ForwardExplorer(targets=[numbers["a3"], numbers["a4"]])
    assert text(explorer).endswith("+0.00000")


def test_gradients_are_seen_where_they_are_asked_for():
    explorer = reused(ForwardExplorer)
    picture = explorer.picture
    assert picture.gradients.shown() == {} and "Gradients" not in picture.alt
    assert picture.heading["forward"].startswith("forward pass") and not picture.heading["backward"]
    explorer.show = "gradients"
    assert set(picture.gradients.shown()) == set(DIFFERENTIATED)
    assert (
        picture.heading["backward"].startswith("backward pass") and not picture.heading["forward"]
    )
    assert "Gradients: w1 −0.00135" in picture.alt
    explorer.show = "forward"
    assert picture.gradients.shown() == {}


def test_it_takes_a_network_and_leaves_it_alone():
    net = MLP(2, [2, 2], "tanh")
    for i, p in enumerate(net.parameters()):
        p.data, p.grad = i / 10, 42.0
    explorer = ForwardExplorer(net, targets=[0.1, 0.2], x1=0.3, x2=1.0)
    a3, a4 = (a.data for a in net([0.3, 1.0]))
    assert f"a3 = {a3:.4f}, a4 = {a4:.4f}" in text(explorer)
    assert f"= {((a3 - 0.1) ** 2 + (a4 - 0.2) ** 2) / 2:.6f}" in text(explorer)
    parameters = explorer.picture.parameters
    assert (parameters["w2"], parameters["b4"]) == ("+0.1000", "+1.1000")
    assert (parameters["y1"], parameters["y2"]) == ("+0.1000", "+0.2000")
    assert {p.grad for p in net.parameters()} == {42.0}
    net.parameters()[0].data = 5.0
    explorer.x1 = 0.31
    explorer.x1 = 0.3
    assert f"a3 = {a3:.4f}" in text(explorer)


def test_what_it_cannot_show_is_refused_when_it_is_built():
    with pytest.raises(ValueError, match=r"room for MLP\(2, \[2, 2\]\)"):
        ForwardExplorer(MLP(2, [2, 2, 2]))
    with pytest.raises(ValueError, match="targets are two numbers"):
        ForwardExplorer(targets=[0.7, 0.6, 0.5])
    with pytest.raises(TraitError):
        ForwardExplorer(show="backward")
    explorer = ForwardExplorer(targets=np.array([0.5, 0.5]))
    with pytest.raises(TraitError):
        explorer.show = "backward"
    assert explorer.show == "forward" and explorer.error == ""


# The picture.


def each_its_own():
    """A number of its own, with its sign, for each place of the picture; and gradients."""
    numbers = {name: (-1) ** i * (i + 1) / 30 for i, name in enumerate(NAMES)}
    numbers["L"] = 0.123456
    gradients = {name: -numbers[name] / 100 for name in DIFFERENTIATED}
    return numbers, gradients


def boxes(picture):
    """The box of every text on the picture, in pixels, as (words, box)."""
    renderer = FigureCanvasAgg(picture).get_renderer()
    artists = [artist for texts in picture.findobj(Texts) for artist in texts.artists()]
    artists += [artist for artist in picture.findobj(Text) if artist.get_text()]
    return [(artist.get_text(), artist.get_window_extent(renderer)) for artist in artists]


def made(numbers, gradients):
    """The picture of both passes."""
    picture = ForwardPicture(numbers)
    picture.update(Passes(numbers, gradients))
    return picture


def test_each_place_shows_its_number():
    numbers, gradients = each_its_own()
    picture = ForwardPicture(numbers)
    assert picture.gradients.shown() == {}
    picture = made(numbers, gradients)
    for name, x in numbers.items():
        texts = picture.numbers if name in picture.numbers.places else picture.parameters
        assert texts[name] == (fixed(x, 6) if name == "L" else signed(x, 4))
    for name, x in gradients.items():
        assert picture.gradients[name] == f"grad {signed(x, 5)}"
    for miss, a, y in (("a3 − y1", "a3", "y1"), ("a4 − y2", "a4", "y2")):
        assert picture.numbers[miss] == signed(numbers[a] - numbers[y], 4)


def test_each_number_stands_beside_its_name():
    seen = boxes(made(*each_its_own()))
    middles = {words: ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for words, box in seen}
    numbers, gradients = each_its_own()
    for name in DIFFERENTIATED:
        x, y = middles[name]
        x2, y2 = middles[signed(numbers[name], 4)]
        assert 20 < x2 - x < 60 and abs(y2 - y) < 4
        _, y3 = middles[f"grad {signed(gradients[name], 5)}"]
        assert 12 < y - y3 < 22


@pytest.mark.slow
@pytest.mark.parametrize("factor", [1, -1, 1e3, 1e9])
def test_nothing_overlaps_or_jumps_or_leaves_the_picture(factor):
    numbers, gradients = each_its_own()
    picture = made(numbers, gradients)
    before = boxes(picture)
    picture = made(
        {name: abs(factor) * x if name == "L" else factor * x for name, x in numbers.items()},
        {name: factor * x for name, x in gradients.items()},
    )
    seen = [box for _, box in boxes(picture)]
    for i, one in enumerate(seen):
        assert 0 < one.x0 and one.x1 < picture.width and 0 < one.y0 and one.y1 < picture.height
        for other in seen[:i]:
            apart = min(one.x1, other.x1) <= max(one.x0, other.x0)
            assert apart or min(one.y1, other.y1) - max(one.y0, other.y0) < 3
    if factor == -1:
        for (_, one), other in zip(before, seen, strict=True):
            assert (one.x0, one.width) == pytest.approx((other.x0, other.width), abs=1.5)


def test_what_stands_still_is_not_drawn_anew():
    explorer = reused(ForwardExplorer, show="gradients")
    still, moving = explorer.picture.svg("still"), explorer.picture.svg("moving")
    for words in ("+0.3000", "w1", "target y1", "neuron 4: vanilla"):
        assert words in still and words not in moving
    for words in ("grad −0.00135", "+0.5700", "backward pass"):
        assert words in moving and words not in still
    assert "<path" in still and "<path" not in moving


def test_its_letters_are_large_enough():
    picture = made(*each_its_own())
    assert min(texts.size for texts in picture.findobj(Texts)) >= 13


def test_it_says_what_it_shows():
    numbers, gradients = by_hand(0.5, 0.8)
    picture = ForwardPicture(numbers)
    assert "x1 = 0.5, x2 = 0.8, z1 = 0.57, a1 = 0.6388" in picture.alt
    assert picture.alt.endswith("loss L = 0.004684.")
    picture.update(Passes(numbers, gradients))
    assert picture.alt.endswith("w8 0.000127, b4 0.000253.")
