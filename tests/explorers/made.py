"""One of each explorer, and what it shows."""

import random
import re

from micrograd_lesson import Value
from micrograd_lesson.data import digits
from micrograd_lesson.explorers import (
    BackwardStepper,
    BroadcastExplorer,
    ClearingExplorer,
    ConvolutionExplorer,
    DescentExplorer,
    DigitExplorer,
    FactorsExplorer,
    ForwardExplorer,
    MatrixProductExplorer,
    NeuronExplorer,
    NudgeExplorer,
    RelusExplorer,
    SlopeExplorer,
    SoftmaxExplorer,
    TrainingExplorer,
)
from micrograd_lesson.palette import COLOURS
from micrograd_lesson.tensor_nn import MLP


def f(x):
    return 3 * x**2 - 4 * x + 5


def twice_used():
    a, b = Value(-2, "a"), Value(3, "b")
    d, e = a * b, a + b
    d.label, e.label = "d", "e"
    root = d * e
    root.label = "f"
    return root


class Overwriting(Value):
    """Lesson 05's mistake: = where += belongs."""

    __slots__ = ()

    def __add__(self, other):
        return Overwriting.made(super().__add__(other))

    def __mul__(self, other):
        return Overwriting.made(super().__mul__(other))

    @staticmethod
    def made(value):
        out = Overwriting(value.data)
        out._prev, out._op, out._local = value._prev, value._op, value._local
        return out

    def _backward(self):
        for parent, local in zip(self._prev, self._local):
            parent.grad = local * self.grad


def valley(w1, w2):
    """Ten times as steep in w2 as in w1: slopes 0.2·w1 and 2·w2."""
    return 0.1 * w1**2 + w2**2


def readers():
    """Two untrained networks that tell digits apart, each in its own way."""
    return {name: MLP(64, [10], "linear", rng=random.Random(name)) for name in ("one", "other")}


MAKE = {  # a class name, and after a comma what is special
    "SlopeExplorer": lambda: SlopeExplorer(f, x=3.0, h=1.0),
    "NudgeExplorer": lambda: NudgeExplorer("(a*b + c)*f", a=2, b=-3, c=10, f=-2),
    "BackwardStepper": lambda: BackwardStepper(twice_used(), step=2),
    "NeuronExplorer": NeuronExplorer,
    "DescentExplorer": DescentExplorer,
    "DescentExplorer, two parameters": lambda: DescentExplorer(valley, momentum=0.5),
    "ForwardExplorer": ForwardExplorer,
    "BroadcastExplorer": BroadcastExplorer,
    "MatrixProductExplorer": MatrixProductExplorer,
    "SoftmaxExplorer": SoftmaxExplorer,
    "DigitExplorer": lambda: DigitExplorer(readers(), *digits()[1]),
    "ConvolutionExplorer": lambda: ConvolutionExplorer(digits()[0][0][:20], example=1),
    "TrainingExplorer": TrainingExplorer,
    "ClearingExplorer": lambda: ClearingExplorer(step=4),
    "RelusExplorer": RelusExplorer,
    "FactorsExplorer": lambda: FactorsExplorer(parameter="w1", step=2),
}


def text(explorer):
    """The readout without its markup."""
    return re.sub(r"<br>", "\n", re.sub(r"<(?!br)[^>]*>", "", explorer.view.readout))


def without_ids(svg):
    """svg without the ids that each picture makes anew."""
    return re.sub(r'(id="|url\(#|href="#)\w+', "", svg)


def fixed_colours(explorer):
    """Our colours that a page's theme could not change, in the layers of its picture."""
    layers = explorer.picture.svg("still") + explorer.picture.svg("moving")
    rest = re.sub(r"var\(--ml-\w+, #\w+\)", "", layers)
    assert len(rest) < len(layers)
    return [light for light, _ in COLOURS.values() if light in rest]


def shown(explorer):
    """(picture, readout), without ids."""
    return without_ids(explorer.view.moving), explorer.view.readout
