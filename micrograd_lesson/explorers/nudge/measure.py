"""What a nudge of one leaf does: the change that its gradient predicts, and the real one."""

import math
from dataclasses import dataclass
from functools import cache

from ...gradcheck import forward_difference
from ...graph import nodes as read
from ...graph.walk import Expression
from ..asked import asked
from .text import function_of

AGREE = 1e-9  # as near as a prediction has to come
TINY_NUDGE = 1e-6
TINY_NUDGE_AGREES = 1e-4  # and a gradient to the slope of a tiny nudge, which is less exact

# Where an expression breaks off is looked for over the whole range of the nudge.
RANGE = 1.0
PLACES = 101  # that are tried over this range
SUSPECTS = 2  # places where the result turns most sharply: there we look closer
LOOKS = 60  # how often the interval around a suspect is made smaller,
LOOKS_AT_FIRST = 12  # but no more than so often where the result does not grow there
RUNS_AWAY = 1e6  # a pole: the result is so many times as large as around it


@dataclass(frozen=True)
class Nudge:
    """One leaf nudged, all others held.

    Attributes:
        leaf: its name.
        start, nudge: the leaf's number at first, and what is added to it.
        before, after: the result at first, and after the nudge.
        gradient: of the result with respect to the leaf, at the start.
        slopes: the same, found by a tiny nudge to the left and one to the right; nan where the
            expression has no value there.
        breaks_off: the leaf's number where the expression has no value or jumps on the way;
            None where it does not.
        straight: whether half of the nudge gives half of the change.
        numbers: the data of all values, in the order of `NudgedExpression.expression`.
    """

    leaf: str
    start: float
    nudge: float
    before: float
    after: float
    gradient: float
    slopes: tuple
    breaks_off: float | None
    straight: bool
    numbers: list

    @property
    def real(self):
        """How far the result has moved."""
        return self.after - self.before

    @property
    def predicted(self):
        """How far the gradient says that it moves."""
        return self.gradient * self.nudge

    @property
    def slope(self):
        """The slope across the start."""
        return sum(self.slopes) / 2

    @property
    def wrong(self):
        """Is the gradient none of the slopes at the start? At a corner, all between two count."""
        least, most = min(self.slopes), max(self.slopes)
        if math.isnan(least + most):
            return False  # we cannot tell
        room = TINY_NUDGE_AGREES * (1 + abs(self.gradient))
        return not least - room <= self.gradient <= most + room

    @property
    def verdict(self):
        """How prediction and change compare.

        "wrong gradient", "no nudge", "breaks off", "bends", "straight", or "agree": they do
        at this nudge, and no more is known.
        """
        if self.wrong:
            return "wrong gradient"
        if self.nudge == 0:
            return "no nudge"
        if not _close(self.real, self.predicted):
            return "bends" if self.breaks_off is None else "breaks off"
        return "straight" if self.straight else "agree"


class NudgedExpression:
    """An expression whose leaves can be nudged.

    Args:
        expression: a function of the leaves that returns the result, or its text.
        start: dict from each leaf's name to its number.
        value: the class of the leaves; one of your own needs `backward()`.
        name: what the result is called.

    Raises:
        ValueError: the text cannot be read, or uses a name that is not a leaf; the expression
            does not return a value; its class has no `backward()`, or leaves no number in grad.

    Attributes:
        expression: the `Expression` at the start, with its gradients.
        places: dict from each leaf's name to its place in it; None where it is not used.
    """

    def __init__(self, expression, start, value, name):
        if isinstance(expression, str):
            expression = function_of(expression, start)
        self._function = expression
        self._value = value
        self.name = name
        self.start = start
        root, leaves = self._run(start)
        if not callable(getattr(root, "backward", None)):
            raise ValueError(
                f"the gradients come from backward(), and {type(root).__name__} has none; "
                "lesson 04 adds it."
            )
        with asked("backward()"):
            root.backward()
        self.expression = Expression(root)
        self.places = _places(self.expression, leaves)
        self._shape = _shape(self.expression, self.places)
        self._result = root.data
        self._gradients = {leaf: _gradient(node, leaf) for leaf, node in leaves.items()}
        self._slopes = {leaf: self._slopes_at_start(leaf) for leaf in start}
        self._breaks_of = cache(self._find_breaks)

    def __call__(self, leaf, nudge):
        """The Nudge of this leaf by so much.

        Raises:
            ValueError: the expression has another shape there.
            Stopped: the expression raises an exception there.
        """
        start = self.start[leaf]
        root, leaves = self._run({**self.start, leaf: start + nudge})
        there = Expression(root)
        if _shape(there, _places(there, leaves)) != self._shape:
            raise ValueError(
                "at this nudge the expression has another shape; its graph cannot follow."
            )
        agree = _close(root.data - self._result, self._gradients[leaf] * nudge)
        return Nudge(
            leaf=leaf,
            start=start,
            nudge=nudge,
            before=self._result,
            after=root.data,
            gradient=self._gradients[leaf],
            slopes=self._slopes[leaf],
            breaks_off=None if agree else self._first_break(leaf, nudge),
            straight=agree and self._halfway(leaf, nudge),
            numbers=[node.data for node in there.nodes],
        )

    def way(self, leaf):
        """The edges (parent, child) from a leaf to the result, as a list."""
        moved = {self.places[leaf]}
        edges = []
        for parent, child in self.expression.edges:  # by child: parents come before
            if parent in moved:
                moved.add(child)
                edges.append((parent, child))
        return edges

    def _run(self, numbers):
        """The forward pass: (root, {name: leaf}) for these numbers."""
        with asked(f"value, the class of the leaves {', '.join(numbers)},"):
            leaves = {name: self._value(x) for name, x in numbers.items()}
        for name, leaf in leaves.items():
            _give_label(leaf, name)
        with asked(f"the expression of {', '.join(numbers)}"):
            root = self._function(**leaves)
        if not hasattr(root, "_prev"):
            raise ValueError(
                f"the expression gives {type(root).__name__} {root!r:.60}, "
                "not a Value made from the leaves."
            )
        if not read.label(root):
            _give_label(root, self.name)
        return root, leaves

    def _at(self, leaf, nudge):
        """The result after a nudge; nan where there is none."""
        try:
            root, _ = self._run({**self.start, leaf: self.start[leaf] + nudge})
        except Exception:  # of the learner's own expression; where it matters, it is shown
            return math.nan
        return root.data

    def _slopes_at_start(self, leaf):
        """The slopes of a tiny nudge to the left and to the right; nan where there is none."""

        def result(nudge):
            return self._at(leaf, nudge)

        return (
            forward_difference(result, 0.0, -TINY_NUDGE),
            forward_difference(result, 0.0, TINY_NUDGE),
        )

    def _halfway(self, leaf, nudge):
        """Does half of the nudge give half of the change that the gradient predicts?"""
        half = self._at(leaf, nudge / 2) - self._result
        return _close(half, self._gradients[leaf] * nudge / 2)

    def _first_break(self, leaf, nudge):
        """Where the expression breaks off between the start and this nudge; None: nowhere."""
        least, most = min(0, nudge), max(0, nudge)
        on_the_way = [at for at in self._breaks_of(leaf) if least <= at <= most]
        if not on_the_way:
            return None
        return self.start[leaf] + min(on_the_way, key=abs)

    def _find_breaks(self, leaf):
        """The nudges of a leaf at which the result runs away, jumps, or has no value."""

        def result(nudge):
            return self._at(leaf, nudge)

        places = [RANGE * (2 * i / (PLACES - 1) - 1) for i in range(PLACES)]
        results = [result(place) for place in places]
        breaks = [place for place, y in zip(places, results) if not math.isfinite(y)]
        for i in _sharpest_turns(results):
            breaks += _break_within(result, places[i - 1], places[i + 1])
        return breaks


def _sharpest_turns(results):
    """The indices at which neighbouring results lie farthest from a straight line."""
    turns = {}
    for i in range(1, len(results) - 1):
        turn = abs(results[i - 1] - 2 * results[i] + results[i + 1])
        if math.isfinite(turn):
            turns[i] = turn
    return sorted(turns, key=turns.get)[-SUSPECTS:]


def _break_within(f, low, high):
    """[x] if f runs away or jumps at an x between low and high, else []."""
    pole = _pole_within(f, low, high)
    if pole is None:
        pole = _jump_within(f, low, high)
    return [] if pole is None else [pole]


def _pole_within(f, low, high):
    """Where |f| grows beyond all bounds between low and high; None where it does not."""
    around = 1 + max(abs(f(low)), abs(f(high)))
    for look in range(LOOKS):
        third = (high - low) / 3
        left, right = abs(f(low + third)), abs(f(high - third))
        largest = max(left, right)
        if not math.isfinite(left + right) or largest > RUNS_AWAY * around:
            return (low + high) / 2
        if look == LOOKS_AT_FIRST and largest < 2 * around:
            return None
        if left > right:
            high -= third
        else:
            low += third
    return None


def _jump_within(f, low, high):
    """Where f jumps between low and high; None where it runs through."""
    a, b = f(low), f(high)
    small = abs(b - a) / 100  # of a step that runs through, no more than this is soon left
    if small == 0:
        return None
    for _ in range(LOOKS):
        middle = (low + high) / 2
        m = f(middle)
        if abs(m - a) > abs(b - m):
            high, b = middle, m
        else:
            low, a = middle, m
        if abs(b - a) <= small:
            return None
    return (low + high) / 2


def _shape(expression, places):
    """The graph without its numbers: expressions of equal shape share one drawing."""
    operations = [read.operation(node) for node in expression.nodes]
    return operations, expression.parents, places


def _places(expression, leaves):
    place = {id(node): i for i, node in enumerate(expression.nodes)}
    return {name: place.get(id(leaf)) for name, leaf in leaves.items()}


def _give_label(node, label):
    """Name node for the drawing, where its class lets us."""
    try:
        node.label = label
    except AttributeError:
        pass


def _gradient(node, leaf):
    gradient = getattr(node, "grad", None)
    if gradient is None:
        raise ValueError(f"after backward() there is no number in grad of {leaf}.")
    return gradient


def _close(a, b):
    return math.isclose(a, b, rel_tol=AGREE, abs_tol=AGREE)
