"""The slope of a secant, and how far it is from the tangent's, for one step h and for all."""

import math
from dataclasses import dataclass
from numbers import Real

import numpy as np

from ...gradcheck import reference_slope, sample
from ..asked import Stopped, asking

STEPS = 10.0 ** np.linspace(-16, 0.5, 100)  # the steps h for which the error is drawn


@dataclass(frozen=True)
class Secant:
    """The secant of f from x to x + h.

    Attributes:
        x, h: where it starts, and the step.
        y, y2: f(x) and f(x + h).
        true: the slope of the tangent at x; nan where there is none.
        errors: array of shape (100,), for each of STEPS how far that secant's slope is from `true`.
    """

    x: float
    h: float
    y: float
    y2: float
    true: float
    errors: np.ndarray

    @property
    def rise(self):
        """How far f rises from x to x + h."""
        return self.y2 - self.y

    @property
    def estimate(self):
        """Rise over run, the slope of the secant."""
        return self.rise / self.h

    @property
    def error(self):
        """How far the secant's slope is from the tangent's."""
        return abs(self.estimate - self.true)

    @property
    def has_tangent(self):
        """Whether f has a slope at x."""
        return not math.isnan(self.true)


class SecantMeter:
    """Measures secants of one function.

    Args:
        f: a function of one number.
        slope: its derivative; where None, the slope is found by `reference_slope`.
    """

    def __init__(self, f, slope=None):
        self._f = asking("f", f)
        self._slope = slope if slope is None else asking("slope", slope)
        self._last = None  # what depends on x alone, of the last x

    def __call__(self, x, h):
        """The Secant from x to x + h.

        Raises:
            TypeError: f or slope gives something other than a number there.
            ValueError: h is 0.
            Stopped: f raises an exception at x or at x + h, or slope at x.
        """
        if h == 0:
            raise ValueError("h is 0: a slope needs two different points.")
        y, true, errors = self._at(x)
        return Secant(x, h, y, self._height(x + h), true, errors)

    def check(self, x):
        """Refuse what gives no number at x; an error of its own only says that x is outside.

        Raises:
            TypeError: f or slope gives something other than a number there.
        """
        try:
            self._height(x)
            if self._slope is not None:
                self._tangent(x)
        except Stopped:
            return

    def _height(self, x):
        return _number("f", self._f(x))

    def _tangent(self, x):
        """The slope at x; nan where there is none."""
        if self._slope is None:
            return reference_slope(self._f, x)
        return _number("slope", self._slope(x))

    def _at(self, x):
        """(f(x), the tangent's slope, the errors for all steps); for one x they are found once."""
        if self._last is None or self._last[0] != x:
            y = self._height(x)
            true = self._tangent(x)
            ends = sample(self._f, x + STEPS)
            with np.errstate(over="ignore", invalid="ignore"):  # f may reach the largest numbers
                errors = np.abs((ends - y) / STEPS - true)
            self._last = x, (y, true, errors)
        return self._last[1]


def _number(name, y):
    if not isinstance(y, Real) and getattr(y, "shape", None) != ():
        raise TypeError(f"{name} must give a number, not {type(y).__name__}.")
    return float(y)
