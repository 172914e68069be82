"""FactorsExplorer: one factor a step, in its readout and on the network."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from traitlets import TraitError

from micrograd_lesson import MLP
from micrograd_lesson.explorers import FactorsExplorer
from micrograd_lesson.explorers.passes import PARAMETERS
from micrograd_lesson.explorers.texts import Texts
from tests.explorers.made import reused, text
from tests.explorers.test_passes import by_hand

# The readout.


def test_an_output_weight_step_by_step():
    explorer = reused(FactorsExplorer)
    assert text(explorer) == (
        "∂L/∂w5 = ∂L/∂a3 · ∂a3/∂z3 · ∂z3/∂w5: three factors. Each step shows one of them."
    )
    explorer.step = 3
    assert text(explorer).split("\n") == [
        "∂L/∂w5 = ∂L/∂a3 · ∂a3/∂z3 · ∂z3/∂w5",
        "1. ∂L/∂a3 = a3 − y1 = −0.09678441",
        "2. ∂a3/∂z3 = a3 · (1 − a3) = 0.239347; so far ∂L/∂z3 = (−0.09678441) · 0.239347 = −0.02316501",
        "3. ∂z3/∂w5 = 0.638763, what w5 multiplies: a1; "
        "∂L/∂w5 = (−0.09678441) · 0.239347 · 0.638763 = −0.01479696",
    ]


def test_a_hidden_weight_has_a_sum_in_its_first_factor():
    explorer = reused(FactorsExplorer, parameter="w1", step=1)
    assert text(explorer).split("\n") == [
        "∂L/∂w1 = ∂L/∂a1 · ∂a1/∂z1 · ∂z1/∂w1",
        "1. a1 is used twice, so two ways add: "
        "∂L/∂a1 = ∂L/∂a3 · ∂a3/∂z3 · w5 + ∂L/∂a4 · ∂a4/∂z4 · w7",
        "through a3: (−0.09678441) · 0.239347 · 0.5 = −0.01158251",
        "through a4: 0.00105696 · 0.239787 · (−0.3) = −0.00007603; sum −0.01165854",
    ]


def test_the_steps_number_so_many_factors():
    explorer = reused(FactorsExplorer, parameter="b4")
    for step in range(4):
        explorer.step = step
        assert len(text(explorer).split("\n")) == step + 1
    assert text(explorer).endswith(
        "= 1, b4 is added as it is; ∂L/∂b4 = 0.00105696 · 0.239787 · 1 = 0.00025344"
    )


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_the_last_number_is_the_gradient(parameter):
    shown = text(reused(FactorsExplorer, parameter=parameter, step=3))
    gradient = by_hand(0.5, 0.8)[1][parameter]
    assert float(shown.split(" = ")[-1].replace("−", "-")) == pytest.approx(gradient, abs=5e-9)


def test_another_network_other_inputs_and_targets():
    net = MLP(2, [2, 2], "tanh", rng=1)
    for p in net.parameters():
        p.grad = 42.0
    explorer = FactorsExplorer(net, x=[0.1, -0.4], targets=[1.0, -1.0], parameter="w4", step=3)
    assert "slope of tanh at z2" in text(explorer) and "what w4 multiplies: x2" in text(explorer)
    assert "∂z2/∂w4 = −0.4" in text(explorer)
    assert {p.grad for p in net.parameters()} == {42.0}
    h = 1e-6
    weight = net.parameters()[4]

    def loss():
        a3, a4 = (a.data for a in net([0.1, -0.4]))
        return ((a3 - 1) ** 2 + (a4 + 1) ** 2) / 2

    weight.data += h
    up = loss()
    weight.data -= 2 * h
    slope = (up - loss()) / (2 * h)
    assert float(text(explorer).split(" = ")[-1].replace("−", "-")) == pytest.approx(
        slope, abs=1e-7
    )


def test_what_it_cannot_show_is_refused_when_it_is_built():
    with pytest.raises(ValueError, match=r"room for MLP\(2, \[2, 2\]\)"):
        FactorsExplorer(MLP(2, [2]))
    with pytest.raises(ValueError, match=r"^x holds two numbers, one an input, .* not \[1\]\.$"):
        FactorsExplorer(x=[1])
    with pytest.raises(ValueError, match="^targets are two numbers"):
        FactorsExplorer(targets="12")
    with pytest.raises(TraitError):
        FactorsExplorer(parameter="w9")
    explorer = reused(FactorsExplorer)
    with pytest.raises(TraitError):
        explorer.parameter = "a1"
    assert explorer.parameter == "w5" and explorer.error == ""


# The picture.


def test_each_step_shows_one_factor_more():
    explorer = reused(FactorsExplorer, parameter="w1")
    picture = explorer.picture
    assert picture.names.shown() == {
        "result": "∂L/∂w1",
        "first": "∂L/∂a1",
        "second": "∂a1/∂z1",
        "third": "∂z1/∂w1",
    }
    columns = ["first", "second", "third"]
    for step in range(4):
        explorer.step = step
        shown = picture.values.shown()
        assert [shown[column] != "?" for column in columns] == [i < step for i in range(3)]
        assert (shown["result"] != "?") == (step == 3)
        assert picture.names.bold == set(columns[step - 1 : step])
        assert set(picture.words.shown()) == set(columns[:step])
    assert picture.values["first"] == "−0.01165854" and picture.values["result"] == "−0.00134507"
    assert picture.words["first"] == "two ways: −0.01158251 + (−0.00007603)"


def test_the_products_stand_below_the_numbers_that_they_belong_to():
    _, gradients = by_hand(0.5, 0.8)
    explorer = reused(FactorsExplorer, parameter="w7")
    for step, names in enumerate([set(), {"a4"}, {"a4", "z4"}, {"a4", "z4", "w7"}]):
        explorer.step = step
        shown = explorer.picture.gradients.shown()
        assert set(shown) == names
        for name in names:
            assert shown[name] == f"grad {gradients[name]:+.5f}".replace("-", "−")


def test_so_do_the_two_ways():
    explorer = reused(FactorsExplorer, parameter="w2", step=1)
    shown = explorer.picture.gradients.shown()
    assert set(shown) == {"a1", "a3", "z3", "a4", "z4", "w5", "w7"}
    assert (shown["w5"], shown["w7"]) == ("way −0.01158", "way −0.00008")
    explorer.parameter = "w6"
    assert set(explorer.picture.gradients.shown()) == {"a3"}


def lit(line):
    """The pieces of a line, as a set of pairs of points."""
    xs, ys = line.get_data()
    points = list(zip(np.round(xs, 6), np.round(ys, 6)))
    ends = [i for i, (x, _) in enumerate(points) if np.isnan(x)]
    starts = [0, *(i + 1 for i in ends[:-1])]
    return {tuple(points[i:j]) for i, j in zip(starts, ends)}


def test_what_a_factor_belongs_to_is_lit():
    explorer = reused(FactorsExplorer, parameter="w5")
    picture = explorer.picture
    seen = []
    for step in range(4):
        explorer.step = step
        seen.append((lit(picture.now), list(zip(*picture.now_rings.get_data()))))
        before = set().union(*(lines for lines, _ in seen[:-1]))
        assert lit(picture.before) == before
    nothing, to_the_loss, circle, edge = seen
    assert nothing == (set(), [])
    assert len(to_the_loss[0]) == 2 and to_the_loss[1] == []  # with room for its numbers between
    assert circle == (set(), [(600, 398)])
    assert len(edge[0]) == 1 and edge[1] == []
    explorer.parameter, explorer.step = "w3", 1
    assert len(lit(picture.now)) == 2 * 2 + 2 + 1  # w6 has a gap, w8 has none
    assert list(zip(*picture.now_rings.get_data())) == [(600, 398), (600, 108)]
    explorer.parameter, explorer.step = "b2", 3
    assert lit(picture.now) == lit(picture.box)


def boxes(picture):
    """The box of every text on the picture, in pixels."""
    renderer = FigureCanvasAgg(picture).get_renderer()
    artists = [artist for texts in picture.findobj(Texts) for artist in texts.artists()]
    artists += [artist for artist in picture.findobj(Text) if artist.get_text()]
    return [artist.get_window_extent(renderer) for artist in artists]


@pytest.mark.slow
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_nothing_overlaps_or_leaves_the_picture(parameter):
    picture = reused(FactorsExplorer, parameter=parameter, step=3).picture
    seen = boxes(picture)
    for i, one in enumerate(seen):
        assert 0 < one.x0 and one.x1 < picture.width and 0 < one.y0 and one.y1 < picture.height
        for other in seen[:i]:
            apart = min(one.x1, other.x1) <= max(one.x0, other.x0)
            assert apart or min(one.y1, other.y1) - max(one.y0, other.y0) < 3


def test_it_says_what_it_shows():
    explorer = reused(FactorsExplorer, parameter="w1")
    assert explorer.picture.alt == (
        "A 2-2-2 network, and ∂L/∂w1 = ∂L/∂a1 · ∂a1/∂z1 · ∂z1/∂w1. No factor is shown yet."
    )
    explorer.step = 3
    assert explorer.picture.alt.endswith(
        "∂L/∂a1 = −0.011659, ∂a1/∂z1 = 0.23074, ∂z1/∂w1 = 0.5; the first is a sum of two ways, "
        "−0.01158 through output 3 and −7.603e−05 through output 4; the product is −0.0013451."
    )


def test_its_moving_layer_stays_small():
    picture = reused(FactorsExplorer, parameter="w1", step=3).picture
    still, moving = picture.svg("still"), picture.svg("moving")
    assert "neuron 4: vanilla" in still and "neuron 4: vanilla" not in moving
    assert len(moving) < len(still) and moving == picture.svg("moving")
