"""ForwardExplorer: two inputs under your hands, every number of the network on its drawing."""

from copy import deepcopy

from traitlets import Enum, Float

from ...data import ice_cream
from ...words import fixed, number, signed
from ..base import Explorer
from ..passes import MISSES, check_network, checked_targets, ice_cream_network, run
from .picture import ForwardPicture

SHOWS = ["forward", "gradients"]


class ForwardExplorer(Explorer):
    """The network of lesson 09: two inputs, two hidden neurons, two outputs, and the loss.

    Args:
        net: an MLP(2, [2, 2], …) whose parameters are taken as they are now; the lesson's
            network where None. Your own is left alone, gradients included.
        targets: the two numbers that the outputs should be; the lesson's where None.
        state: starting values of x1, x2 (0 to 1) and show ("forward" or "gradients").

    Raises:
        ValueError: net has other layers, or targets are not two numbers.
    """

    on_page = {"show": None, "x1": 11, "x2": 11}
    x1 = Float(0.5)
    x2 = Float(0.8)
    show = Enum(SHOWS, "forward")

    def __init__(self, net=None, targets=None, **state):
        _, sold, _ = ice_cream()
        net = ice_cream_network() if net is None else net
        check_network(net)
        self.targets = checked_targets(sold if targets is None else targets)
        self.net = deepcopy(net)
        for name, value in state.items():
            self.set_trait(name, value)
        rows = (
            self.slider("x1", 0.0, 1.0, 0.01, "input x1"),
            self.slider("x2", 0.0, 1.0, 0.01, "input x2"),
            self.choice("show", SHOWS, "show"),
        )
        super().__init__(ForwardPicture(self._run().numbers), *rows)

    def _run(self):
        return run(self.net, [self.x1, self.x2], self.targets)

    def draw(self):
        passes = self._run()
        self.picture.update(passes if self.show == "gradients" else passes.forward_alone())
        lines = _forward_line(passes.numbers), _loss_line(passes), _gradient_line(passes)
        return "<br>".join(lines)


def _forward_line(numbers):
    x1, x2 = (f'<b class="ml-moved">{number(numbers[x], 4)}</b>' for x in ("x1", "x2"))
    a1, a2, a3, a4 = (fixed(numbers[a], 4) for a in ("a1", "a2", "a3", "a4"))
    return (
        f"x = ({x1}, {x2}) → a1 = {a1}, a2 = {a2} → outputs "
        f'a3 = <b class="ml-data">{a3}</b>, a4 = <b class="ml-data">{a4}</b>'
    )


def _loss_line(passes):
    squares = " + ".join(f"({signed(passes.misses[miss], 4)})²" for miss in MISSES)
    loss = f'<b class="ml-data">{fixed(passes.numbers["L"], 6)}</b>'
    return f"loss L = ({squares}) / 2 = {loss}"


def _gradient_line(passes):
    name = passes.steepest
    gradient = passes.gradients[name]
    line = f'largest gradient: {name}, <b class="ml-gradient">{signed(gradient, 5)}</b>'
    if gradient == 0:
        return line
    effect = "raises" if gradient > 0 else "lowers"
    return f"{line}, so raising {name} {effect} the loss"
