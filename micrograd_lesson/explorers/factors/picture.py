"""The picture of FactorsExplorer: the three factors, and where on the network each belongs."""

import math

from ...palette import GRADIENT, INK, MOVED, MUTED
from ...plots.picture import HEADING
from ...words import evenly_wide, in_brackets, number, telling
from ..network_picture import (
    HEIGHT,
    HIDDEN,
    NEURON_RADIUS,
    OUTPUTS,
    NetworkPicture,
    edge_pieces,
    entry_places,
    loss_pieces,
)

ABOVE = 74  # pixels for the formula above the network
ROWS = {"names": HEIGHT + 44, "numbers": HEIGHT + 20, "words": HEIGHT - 4}
COLUMNS = {"result": 110, "first": 355, "second": 605, "third": 830}
SIGNS = {"=": 215, "· 1": 480, "· 2": 730}
SIGN_SIZE = 20  # pixels, so that a dot is seen
FACTORS = ("first", "second", "third")
NEURONS = HIDDEN + OUTPUTS
BOX = (-60, 52, -17, 17)  # left, right, bottom, top of the frame around a parameter


class FactorsPicture(NetworkPicture):
    """A 2-2-2 network, and above it one parameter's gradient as a product of three factors.

    Args:
        numbers: dict from each name in `passes.NAMES` to its number.

    Attributes: those of `NetworkPicture`, and
        names, values, words: `Texts`: of "result", "first", "second" and "third", how it is
            written, its number, and what it is.
        box: the frame around the parameter.
        now, now_rings: lines and circles that the present factor belongs to.
        before, before_rings: those of the factors before it.
    """

    def __init__(self, numbers):
        super().__init__(numbers, ABOVE)
        self._add_formula()
        self._add_marks()

    def _add_formula(self):
        places = {sign: (x, ROWS["names"] - 2) for sign, x in SIGNS.items()}
        signs = self._texts(places, INK, "center", SIGN_SIZE)
        signs.write({sign: sign[0] for sign in SIGNS})
        self.names = self._row("names", INK, HEADING)
        self.values = self._row("numbers", GRADIENT, HEADING)
        self.words = self._row("words", MUTED)
        self.moves(self.names, self.values, self.words)

    def _row(self, row, colour, *size):
        places = {column: (x, ROWS[row]) for column, x in COLUMNS.items()}
        return self._texts(places, colour, "center", *size)

    def _add_marks(self):
        (self.before,) = self._ax.plot([], [], color=GRADIENT, linewidth=2)
        (self.now,) = self._ax.plot([], [], color=GRADIENT, linewidth=5)
        self.before_rings = self._add_rings(3)
        self.now_rings = self._add_rings(6)
        (self.box,) = self._ax.plot([], [], color=MOVED, linewidth=2)
        self.moves(self.before, self.now, self.before_rings, self.now_rings, self.box)

    def _add_rings(self, width):
        (rings,) = self._ax.plot([], [], "o", color=GRADIENT, fillstyle="none")
        rings.set(markersize=2 * NEURON_RADIUS, markeredgewidth=width)
        return rings

    def update(self, state):
        """state: a `Factors`."""
        self.write_numbers(state.passes)
        self._write_formula(state)
        self._write_gradients(state)
        self._light(state)
        self.alt = _in_words(state)

    def _write_formula(self, state):
        names = dict(zip(FACTORS, state.names))
        self.names.write(names | {"result": f"∂L/∂{state.parameter}"})
        self.names.bold = set(FACTORS[state.step - 1 : state.step])
        seen = dict.fromkeys(COLUMNS, "?")
        words = zip(FACTORS, (_first_words(state), slope_words(state), last_words(state)))
        for factor, x, decimals in zip(FACTORS[: state.step], state.values, (8, 6, 6)):
            seen[factor] = telling(x, decimals)
        if state.step == len(FACTORS):
            seen["result"] = telling(state.gradient, 8)
        self.values.write(seen)
        self.words.write(dict(list(words)[: state.step]))

    def _write_gradients(self, state):
        """Below the numbers of the network: the products as far as they are known."""
        k = state.neuron
        known = [f"a{k}", f"z{k}", state.parameter][: state.step]
        if state.step:
            known += [f"{letter}{way.output}" for way in state.ways for letter in "az"]
        self.write_gradients({name: state.passes.gradients[name] for name in known})
        if state.step:
            for way in state.ways:
                self.gradients[way.weight] = f"way {evenly_wide(way.share, 5)}"

    def _light(self, state):
        """Mark the parts of the network that the factors belong to."""
        frame = _frame(state.parameter)
        self.box.set_data(*_as_line([frame]))
        lines, rings = _parts(state, frame)
        before = slice(0, max(0, state.step - 1))
        now = slice(before.stop, state.step)
        self.before.set_data(*_as_line(sum(lines[before], [])))
        self.now.set_data(*_as_line(sum(lines[now], [])))
        self.before_rings.set_data(*_as_points(sum(rings[before], [])))
        self.now_rings.set_data(*_as_points(sum(rings[now], [])))


def _parts(state, frame):
    """(lines, rings): for each factor a list of the pieces of line, and one of the circles."""
    here = NEURONS[state.neuron - 1]
    if not state.ways:
        first = list(loss_pieces(state.neuron))
    else:
        first = []
        for way in state.ways:
            first += [*loss_pieces(way.output), *edge_pieces(int(way.weight[1:]))]
    ways = [NEURONS[way.output - 1] for way in state.ways]
    is_bias = not state.source
    last = [frame] if is_bias else list(edge_pieces(int(state.parameter[1:])))
    return [first, [], last], [ways, [here], []]


def _frame(parameter):
    """The corners of the frame around a parameter, the first one again at the end."""
    x, y = entry_places()[parameter]
    left, right, bottom, top = BOX
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return [(x + across, y + up) for across, up in corners]


def _as_line(pieces):
    """(xs, ys) of pieces of line, each a list of points, with a gap after each."""
    xs, ys = [], []
    for piece in pieces:
        xs += [x for x, _ in piece] + [math.nan]
        ys += [y for _, y in piece] + [math.nan]
    return xs, ys


def _as_points(places):
    return [x for x, _ in places], [y for _, y in places]


# What each factor is.


def _first_words(state):
    if not state.ways:
        k = state.neuron
        return f"a{k} − y{k - 2}"
    one, other = state.ways
    return f"two ways: {telling(one.share, 8)} + {in_brackets(telling(other.share, 8))}"


def slope_words(state):
    """What the second factor is."""
    k = state.neuron
    if state.activation == "sigmoid":
        return f"a{k} · (1 − a{k})"
    return f"slope of {state.activation} at z{k}"


def last_words(state):
    """What the third factor is."""
    if state.source:
        return f"what {state.parameter} multiplies: {state.source}"
    return f"{state.parameter} is added as it is"


def _in_words(state):
    formula = " · ".join(state.names)
    words = f"A 2-2-2 network, and ∂L/∂{state.parameter} = {formula}."
    if state.step == 0:
        return f"{words} No factor is shown yet."
    seen = zip(state.names[: state.step], state.values)
    words += " " + ", ".join(f"{name} = {number(x, 5)}" for name, x in seen)
    if state.ways:
        shares = (f"{number(w.share, 4)} through output {w.output}" for w in state.ways)
        words += f"; the first is a sum of two ways, {' and '.join(shares)}"
    if state.step == len(FACTORS):
        words += f"; the product is {number(state.gradient, 5)}"
    return words + "."
