"""One of each explorer, and what it shows."""

import functools
import random
import re

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

from micrograd_lesson import Value
from micrograd_lesson.data import LETTERS, digits
from micrograd_lesson.explorers import (
    AttentionExplorer,
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
    NextLetterExplorer,
    NudgeExplorer,
    RelusExplorer,
    SlopeExplorer,
    SoftmaxExplorer,
    TrainingExplorer,
    WritingExplorer,
)
from micrograd_lesson.explorers.texts import Texts
from micrograd_lesson.palette import COLOURS
from micrograd_lesson.tensor_nn import GPT, MLP


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


def gives_nothing(place):
    """A function that stops, in words that no version of Python changes."""
    raise ValueError("no such place")


def readers():
    """Two untrained networks that tell digits apart, each in its own way."""
    return {name: MLP(64, [10], "linear", rng=random.Random(name)) for name in ("one", "other")}


def letter_models():
    """Two models of the next letter: one looks at the last letter, one at nothing."""
    scores = np.random.default_rng(0).normal(0, 2, (27, 27))
    return {
        "pairs": lambda text: scores[LETTERS.index(text[-1:] or ".")],
        "one row": lambda text: scores[3],
    }


def two_heads(text):
    """Scores of two heads: one looks back, the other at the first letters."""
    near = [[-abs(i - j) for j in range(len(text))] for i in range(len(text))]
    return [near, [range(0, -len(text), -1)] * len(text)]


def writers():
    """Two untrained models that write names, each in its own way."""
    return {name: GPT(size=8, rng=random.Random(name)) for name in ("one", "other")}


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
    "NextLetterExplorer": lambda: NextLetterExplorer(letter_models(), "em"),
    "DigitExplorer": lambda: DigitExplorer(readers(), *digits()[1]),
    "AttentionExplorer": lambda: AttentionExplorer(asks=2),
    "AttentionExplorer, two heads": lambda: AttentionExplorer(["emma", "otto"], two_heads, asks=2),
    "ConvolutionExplorer": lambda: ConvolutionExplorer(digits()[0][0][:20], example=1),
    "TrainingExplorer": TrainingExplorer,
    "ClearingExplorer": lambda: ClearingExplorer(step=4),
    "RelusExplorer": RelusExplorer,
    "WritingExplorer": lambda: WritingExplorer(writers(), letter=3, seed=3),
    "FactorsExplorer": lambda: FactorsExplorer(parameter="w1", step=2),
}


@functools.cache
def _made(make):
    explorer = make()
    return explorer, {name: getattr(explorer, name) for name in explorer.controls}


def reused(make, **state):
    """One explorer for all tests that only look at it: where it started, but for this state.

    Making one takes many times as long as moving it.
    """
    explorer, start = _made(make)
    for name, value in (start | state).items():
        setattr(explorer, name, value)
    return explorer


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
    picture = explorer.view.middle + explorer.view.moving
    return without_ids(picture), explorer.view.readout


def boxes_of_texts(picture):
    """The box of each text that a picture's artists hold, in pixels; none is too small to read."""
    renderer = FigureCanvasAgg(picture).get_renderer()
    picture.draw(renderer)
    boxes = []
    for texts in picture.findobj(Texts):
        assert texts.size >= 13
        boxes += [artist.get_window_extent(renderer) for artist in texts.artists()]
    return boxes


def assert_apart_and_inside(boxes, picture):
    """No box overlaps another one or leaves the picture."""
    for i, one in enumerate(boxes):
        assert one.x0 >= 0 and one.x1 <= picture.width
        assert one.y0 >= 0 and one.y1 <= picture.height
        for other in boxes[:i]:
            apart = min(one.x1, other.x1) <= max(one.x0, other.x0)
            assert apart or min(one.y1, other.y1) <= max(one.y0, other.y0)
