"""The ice-cream network with every number on it: what the pictures of two rooms share.

ForwardExplorer shows both passes on it, FactorsExplorer one gradient.
"""

import math

from ..palette import DATA, GRADIENT, INK, MOVED, MUTED, OPERATION, PAPER
from ..plots.picture import TEXT
from ..words import evenly_wide, fixed
from .passes import MISSES, NAMES, PARAMETERS
from .picture import MovingFigure
from .texts import Texts

# All in pixels, from the lower left corner.
WIDTH = 960
HEIGHT = 530
TOP = 398
BOTTOM = 108
INPUTS = [(60, TOP), (60, BOTTOM)]
HIDDEN = [(322, TOP), (322, BOTTOM)]
OUTPUTS = [(600, TOP), (600, BOTTOM)]
LOSS = (908, (TOP + BOTTOM) / 2)
INPUT_RADIUS = 48
NEURON_RADIUS = 64
LOSS_RADIUS = 44

# A number and its gradient stand one below the other, around the place of the two.
NUMBER_UP = 4
GRADIENT_UP = -13
ACROSS = 0.63  # where on a line that crosses another its weight stands: past the crossing

EDGES = [  # w1, w2, …: from where to where
    (source, target)
    for sources, targets in ((INPUTS, HIDDEN), (HIDDEN, OUTPUTS))
    for target in targets
    for source in sources
]


class NetworkPicture(MovingFigure):
    """A 2-2-2 network with the numbers of its forward pass, and room for what belongs to each.

    Weights, biases and targets stand still; what follows from the inputs moves.

    Args:
        numbers: dict from each of `passes.NAMES` to a float.
        above: how many pixels are left free above the network.

    Attributes: each a `Texts`, in which a text stands under its name.
        numbers: what moves: x1, z1, a1, …, the misses "a3 − y1" and "a4 − y2", and L.
        gradients: what stands below the number of each w, b, z and a; empty at first.
        parameters: what stands still: w1, b1, …, and the targets y1 and y2.
    """

    def __init__(self, numbers, above=0):
        height = HEIGHT + above
        super().__init__(WIDTH, height)
        self._ax = self.add_axes((0, 0, 1, 1))
        self._ax.set(xlim=(0, WIDTH), ylim=(0, height))
        self._ax.axis("off")
        self._add_lines()
        self._add_circles()
        self._add_names()
        self._add_parameters(numbers)
        self._add_numbers()

    def _add_lines(self):
        xs, ys = [], []
        for start, end in _lines():
            xs += [start[0], end[0], math.nan]
            ys += [start[1], end[1], math.nan]
        self._ax.plot(xs, ys, color=MUTED, linewidth=1, zorder=1)

    def _add_circles(self):
        for places, radius, colour in (
            (INPUTS, INPUT_RADIUS, MOVED),
            (HIDDEN + OUTPUTS, NEURON_RADIUS, OPERATION),
            ([LOSS], LOSS_RADIUS, INK),
        ):
            circles = self._ax.scatter(
                *zip(*places), s=(2 * radius) ** 2, color=PAPER, edgecolor=colour, linewidth=2.5
            )
            circles.set(zorder=2, clip_on=False)

    def _add_names(self):
        entries = entry_places().items()
        beside = {name: (x - 24, y + NUMBER_UP) for name, (x, y) in entries}
        beside |= _beside_numbers()
        names = self._texts(beside, INK, "right")
        names.write({name: name for name in beside} | {"y1": "target y1", "y2": "target y2"})
        loss = self._texts({"L": (LOSS[0], LOSS[1] + NUMBER_UP)}, INK, "center")
        loss["L"] = "loss L"
        captions = _captions()
        words = self._texts(captions, MUTED, "center")
        words.write({words: words for words in captions})

    def _add_parameters(self, numbers):
        places = {name: at for name, at in _number_places().items() if name in PARAMETERS}
        places |= {"y1": _right_of("y1"), "y2": _right_of("y2")}
        self.parameters = self._texts(places, DATA, "left")
        self.parameters.write({name: evenly_wide(numbers[name]) for name in places})

    def _add_numbers(self):
        places = {name: at for name, at in _number_places().items() if name not in PARAMETERS}
        places |= {name: _right_of(name) for name in ("x1", "x2", *MISSES)}
        places["L"] = LOSS[0] - 31, LOSS[1] + GRADIENT_UP
        self.numbers = self._texts(places, DATA, "left")
        self.numbers.colours = {"x1": MOVED, "x2": MOVED}

        below = {name: (x - 49, y + GRADIENT_UP) for name, (x, y) in entry_places().items()}
        self.gradients = self._texts(below, GRADIENT, "left")
        self.moves(self.numbers, self.gradients)

    def _texts(self, places, colour, align, size=TEXT):
        return self._ax.add_artist(Texts(places, size, colour, align))

    def write_numbers(self, passes):
        """Write what follows from the inputs. passes: a `Passes` of the network drawn."""
        numbers = {name: passes.numbers[name] for name in self.numbers.places if name in NAMES}
        loss = numbers.pop("L")
        texts = {name: evenly_wide(x) for name, x in (numbers | passes.misses).items()}
        self.numbers.write(texts | {"L": evenly_wide(loss, 6, fixed)})

    def write_gradients(self, gradients):
        """Write a gradient below each number named; gradients: a dict from names."""
        self.gradients.write({name: f"grad {evenly_wide(x, 5)}" for name, x in gradients.items()})


# Where things stand.


def entry_places():
    """{name: (x, y)} of each w, b, z and a: the middle of the number and its gradient."""
    places = {}
    for k, edge in enumerate(EDGES, 1):
        places[f"w{k}"] = _weight_place(*edge)
    for k, (x, y) in enumerate(HIDDEN + OUTPUTS, 1):
        places[f"b{k}"] = x, y - NEURON_RADIUS - 22
        places[f"z{k}"] = x, y + 20
        places[f"a{k}"] = x, y - 20
    return places


def _weight_place(source, target):
    (x, y), (x2, y2) = source, target
    if y != y2:
        return x + ACROSS * (x2 - x), y + ACROSS * (y2 - y)
    return _middle_of_free_part(x, x2), y + (20 if y == TOP else -20)


def _middle_of_free_part(x, x2):
    """The middle of a line from one column to the next, as far as no circle covers it."""
    from_circle = INPUT_RADIUS if x == INPUTS[0][0] else NEURON_RADIUS
    return (x + from_circle + x2 - NEURON_RADIUS) / 2


def _number_places():
    """{name: (x, y)}, where the number of each entry starts."""
    return {name: (x - 20, y + NUMBER_UP) for name, (x, y) in entry_places().items()}


def _beside_numbers():
    """{name: (x, y)}, where the names of inputs, targets and misses end."""
    places = {}
    for k, (x, y) in enumerate(INPUTS, 1):
        places[f"x{k}"] = x - 24, y - 5
    for k, ((x, y), miss) in enumerate(zip(OUTPUTS, MISSES), 1):
        places[f"y{k}"] = x + 153, y + NUMBER_UP
        places[miss] = x + 153, y + GRADIENT_UP
    return places


def _right_of(name):
    x, y = _beside_numbers()[name]
    return x + 4, y


def _captions():
    """{words: (x, y)} above the circles."""
    above = INPUT_RADIUS + 9
    captions = {"temperature": (INPUTS[0][0], INPUTS[0][1] + above)}
    captions["time of day"] = INPUTS[1][0], INPUTS[1][1] + above
    names = ("neuron 1", "neuron 2", "neuron 3: chocolate", "neuron 4: vanilla")
    for words, (x, y) in zip(names, HIDDEN + OUTPUTS):
        captions[words] = x, y + NEURON_RADIUS + 9
    return captions


def _lines():
    """(start, end) of each piece of line."""
    for k in range(1, len(EDGES) + 1):
        yield from edge_pieces(k)
    for k in range(len(OUTPUTS)):
        yield from loss_pieces(k + 3)


def edge_pieces(k):
    """(start, end) of each piece of the line of weight k, from circle to circle.

    Where the weight stands on its line, there is a gap.
    """
    source, target = EDGES[k - 1]
    start = _towards(target, source, INPUT_RADIUS if source in INPUTS else NEURON_RADIUS)
    end = _towards(source, target, NEURON_RADIUS)
    if source[1] == target[1]:
        yield start, end
        return
    half = 18 / abs(target[1] - source[1])
    yield start, _between(source, target, ACROSS - half)
    yield _between(source, target, ACROSS + half), end


def loss_pieces(k):
    """(start, end) of each piece of the line from output neuron k, 3 or 4, to the loss."""
    x, y = OUTPUTS[k - 3]
    yield (x + NEURON_RADIUS, y), (x + NEURON_RADIUS + 20, y)
    yield (x + 222, y), _towards((x + 222, y), LOSS, LOSS_RADIUS)


def _towards(start, end, radius):
    """The point on the way from start to end that lies radius before the end."""
    return _between(start, end, 1 - radius / math.dist(start, end))


def _between(start, end, share):
    """The point after this share of the way from start to end."""
    (x, y), (x2, y2) = start, end
    return x + share * (x2 - x), y + share * (y2 - y)
