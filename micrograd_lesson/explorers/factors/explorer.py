"""FactorsExplorer: one parameter's gradient, one factor a step."""

from copy import deepcopy

import ipywidgets as widgets
from traitlets import Enum, Int

from ...data import ice_cream
from ...words import bracketed, in_brackets, number, telling
from ..base import Explorer
from ..passes import (
    PARAMETERS,
    check_network,
    checked_inputs,
    checked_targets,
    ice_cream_network,
    run,
)
from .factors import LAST_STEP, find_factors
from .picture import FactorsPicture, last_words, slope_words


class FactorsExplorer(Explorer):
    """The network of lesson 09, and the gradient of one parameter as a product of three factors.

    ∂L/∂w = ∂L/∂a · ∂a/∂z · ∂z/∂w; each step shows one factor more, and where it belongs.

    Args:
        net: an MLP(2, [2, 2], …) whose parameters are taken as they are now; the lesson's
            network where None. Your own is left alone, gradients included.
        x: the two inputs. targets: the two numbers that the outputs should be. The lesson's
            where None.
        parameter: which one, "w1" to "w8" or "b1" to "b4".
        step: how many factors are shown, from 0 to 3.

    Raises:
        ValueError: net has other layers, or x or targets are not two numbers.
    """

    on_page = {"parameter": None, "step": LAST_STEP + 1}
    parameter = Enum(list(PARAMETERS), "w5")
    step = Int(0)

    def __init__(self, net=None, x=None, targets=None, *, parameter="w5", step=0):
        inputs, sold, _ = ice_cream()
        net = ice_cream_network() if net is None else net
        check_network(net)
        inputs = checked_inputs(inputs if x is None else x)
        targets = checked_targets(sold if targets is None else targets)
        self._net = deepcopy(net)
        self._passes = run(self._net, inputs, targets)
        self.parameter = parameter
        self.step = step
        rows = (
            self.choice("parameter", list(PARAMETERS), "parameter"),
            self.slider("step", 0, LAST_STEP, 1, "step", kind=widgets.IntSlider),
        )
        super().__init__(FactorsPicture(self._passes.numbers), *rows)

    def draw(self):
        factors = find_factors(self._net, self._passes, self.parameter, self.step)
        self.picture.update(factors)
        lines = [_formula(factors), _first(factors), _second(factors), _third(factors)]
        return "<br>".join(lines[: self.step + 1])


def _formula(factors):
    names = [f"<b>{name}</b>" if i == factors.step else name for i, name in _counted(factors)]
    gradient = f'<b class="ml-moved">∂L/∂{factors.parameter}</b>'
    line = f"{gradient} = {' · '.join(names)}"
    if factors.step == 0:
        return f"{line}: three factors. Each step shows one of them."
    return line


def _counted(factors):
    return enumerate(factors.names, 1)


def _first(factors):
    """How the loss follows the neuron's output."""
    k = factors.neuron
    name = factors.names[0]
    if not factors.ways:
        return f"1. {name} = a{k} − y{k - 2} = {_gradient(factors.back, 8)}"
    formulas = []
    shares = []
    for way in factors.ways:
        n = way.output
        formulas.append(f"∂L/∂a{n} · ∂a{n}/∂z{n} · {way.weight}")
        back_and_slope = _times_slope(way)
        product = f"{back_and_slope} · {bracketed(way.number)}"
        shares.append(f"through a{n}: {product} = {_gradient(way.share, 8)}")
    return (
        f"1. a{k} is used twice, so two ways add: {name} = {' + '.join(formulas)}<br>"
        f"{'<br>'.join(shares)}; sum {_gradient(factors.back, 8)}"
    )


def _second(factors):
    k = factors.neuron
    so_far = _times_slope(factors)
    return (
        f"2. {factors.names[1]} = {slope_words(factors)} = {_gradient(factors.slope)}; "
        f"so far ∂L/∂z{k} = {so_far} = {_gradient(factors.sum_gradient, 8)}"
    )


def _third(factors):
    first_two = _times_slope(factors)
    all_three = f"{first_two} · {bracketed(factors.last)}"
    last = f'<b class="ml-gradient">{number(factors.last)}</b>'
    return (
        f"3. {factors.names[2]} = {last}, {last_words(factors)}; "
        f"∂L/∂{factors.parameter} = {all_three} = {_gradient(factors.gradient, 8)}"
    )


def _times_slope(factors):
    """The first two numbers of a product of three; factors: a `Factors`, or one of its ways."""
    return f"{in_brackets(telling(factors.back, 8))} · {in_brackets(telling(factors.slope, 6))}"


def _gradient(x, decimals=6):
    return f'<b class="ml-gradient">{telling(x, decimals)}</b>'
