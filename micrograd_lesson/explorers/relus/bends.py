"""A sum of relus, laid onto a curve: a network of one input, one hidden layer and one output.

sum(x) = b + v1·relu(x − k1) + v2·relu(x − k2) + … Each relu is 0 up to its kink k; from there on
it adds v to the slope of the sum. So the sum is straight between two kinks, and bends at each.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ...gradcheck import sample
from ...words import number
from ..asked import asked

MOST = 8  # relus
CURVE_POINTS = 401  # places at which the curve and the sum are compared
SAME_PLACE = 1e-9  # kinks closer than this part of the curve's width are one bend


@dataclass(frozen=True)
class Curve:
    """What the sum is to follow.

    Attributes:
        xs, ys: arrays of shape (401,): the curve, from its start to its stop.
    """

    xs: np.ndarray
    ys: np.ndarray

    @classmethod
    def of(cls, f, start, stop):
        """The curve of a function of one number.

        Raises:
            ValueError: f has no value somewhere from start to stop, or stops with an exception.
        """
        xs = np.linspace(start, stop, CURVE_POINTS)
        ys = sample(f, xs)
        missing = xs[~np.isfinite(ys)]
        if missing.size:
            needed = f"the curve needs a number everywhere from {number(start)} to {number(stop)}"
            at = f"at x = {number(missing[0])}"
            with asked(f"{needed}; {at} it"):
                f(float(missing[0]))
            raise ValueError(f"{needed}; {at} it has none.")
        return cls(xs, ys)

    @property
    def start(self):
        """The smallest x."""
        return float(self.xs[0])

    @property
    def width(self):
        """From the smallest x to the largest."""
        return float(self.xs[-1] - self.xs[0])

    @property
    def height(self):
        """From the smallest y to the largest."""
        return float(np.ptp(self.ys))


@dataclass(frozen=True)
class Bend:
    """One relu: v·relu(x − kink).

    Attributes:
        kink: where it begins to rise or to fall.
        v: its weight in the sum: by how much it changes the slope.
    """

    kink: float
    v: float

    def at(self, x):
        """Its share of the sum at x, a number or an array."""
        return self.v * np.maximum(0.0, x - self.kink)


@dataclass(frozen=True)
class Bends:
    """A sum of relus beside the curve that it should follow.

    Attributes:
        curve: the `Curve`.
        bias: what the sum is where no relu is on.
        relus: a tuple of `Bend`s.
        chosen: the place among them of the one that is looked at.
    """

    curve: Curve
    bias: float
    relus: tuple
    chosen: int = 0

    def at(self, x):
        """The sum at x, a number or an array."""
        kinks = np.array([relu.kink for relu in self.relus])
        slopes = np.array([relu.v for relu in self.relus])
        return self.bias + np.maximum(0.0, np.asarray(x)[..., None] - kinks) @ slopes

    @cached_property
    def kinks(self):
        """The different places where the slope changes, from left to right."""
        changes = []
        for relu in sorted(self.relus, key=lambda relu: relu.kink):
            if changes and relu.kink - changes[-1][0] <= SAME_PLACE * self.curve.width:
                changes[-1][1] += relu.v
            else:
                changes.append([relu.kink, relu.v])
        return [kink for kink, change in changes if abs(change) > SAME_PLACE]

    @cached_property
    def farthest(self):
        """Which of the curve's xs it is where sum and curve are farthest apart, an index."""
        distances = np.abs(self.at(self.curve.xs) - self.curve.ys)
        return int(distances.argmax())

    @property
    def farthest_x(self):
        """The x where sum and curve are farthest apart."""
        return float(self.curve.xs[self.farthest])

    @cached_property
    def ends(self):
        """(curve, sum), both at the x where they are farthest apart."""
        return float(self.curve.ys[self.farthest]), float(self.at(self.farthest_x))

    @property
    def distance(self):
        """The largest distance between sum and curve."""
        y, y2 = self.ends
        return abs(y2 - y)

    def changed(self, shift, extra):
        """The same with the chosen relu's kink moved by shift, and its v larger by extra."""
        old = self.relus[self.chosen]
        new = Bend(old.kink + shift, old.v + extra)
        relus = (*self.relus[: self.chosen], new, *self.relus[self.chosen + 1 :])
        return replace(self, relus=relus)

    def with_chosen(self, chosen):
        """The same, with another one looked at."""
        return replace(self, chosen=chosen)


def fit(curve, count):
    """The Bends of so many relus that follow a Curve best, by least squares.

    The kinks are evenly placed, the first where the curve starts; bias and slopes follow from the
    sum of squared distances at the points of the curve, which they make as small as can be.
    """
    kinks = curve.start + curve.width * np.arange(count) / count
    columns = np.maximum(0.0, curve.xs[:, None] - kinks)
    columns = np.column_stack([np.ones(len(curve.xs)), columns])
    (bias, *slopes), *_ = np.linalg.lstsq(columns, curve.ys, rcond=None)
    relus = tuple(Bend(float(kink), float(v)) for kink, v in zip(kinks, slopes))
    return Bends(curve, float(bias), relus)
