"""A loss of one or two parameters that somebody else wrote: its values, its slopes, its shape."""

import inspect
import math
from functools import lru_cache

import numpy as np

from ...gradcheck import reference_slope, sample
from ...optim import check_loss, descend, is_number
from ...plots.picture import LARGEST_DRAWN
from ..asked import asking
from .walk import Walk

CURVE_POINTS = 121
GRID = 17, 13  # where the loss is asked for in the plane, along w1 and along w2
FINER = 6  # times as close the points are that are found between those
REMEMBERED = 1000  # places whose loss and slope are kept, so that one more step costs one more call


class Landscape:
    """A loss, and the walks on it.

    Args:
        loss: a function of one number or of two.
        slope: its derivative: of one number, a function that gives a number; of two, one that
            gives both derivatives. Where None, they are found by `reference_slope`.

    Attributes:
        parameters: how many parameters the loss has, 1 or 2.

    Raises:
        TypeError: loss is not a function of one number or of two.
    """

    def __init__(self, loss, slope=None):
        self.parameters = count_parameters(loss)
        self._loss = asking("loss", loss)
        self._slope = slope if slope is None else asking("slope", slope)
        self._remembered_loss = lru_cache(REMEMBERED)(self._loss)
        self._remembered_slopes = lru_cache(REMEMBERED)(self._slopes)

    def check(self, start):
        """Ask for the loss and the given slope at start, an array of shape (parameters,).

        Raises:
            TypeError: the loss does not give a number there.
            ValueError: slope does not give as many numbers as there are parameters.
            Stopped: one of the two raises an exception.
        """
        check_loss(self._remembered_loss(*start.tolist()))
        if self._slope is not None:
            _check_slopes(self._slope(*start.tolist()), self.parameters)

    def walk(self, start, rate, steps, momentum):
        """A `Walk` from start, an array of shape (parameters,).

        Raises:
            Stopped: the loss raises an exception at start. Further on, nan stands for no value.
        """
        with np.errstate(all="ignore"):
            path = descend(self._height, self._slope_at, start, rate, steps, momentum)
        return Walk(
            w=np.array(path.w),
            losses=np.array(path.losses),
            slopes=np.array(path.slopes),
            velocity=np.asarray(path.velocity),
            rate=rate,
            momentum=momentum,
            finite=path.finite,
        )

    def curve(self, xlim):
        """(w, losses), of shape (121,), nan where the loss of one parameter has no value."""
        w = np.linspace(*xlim, CURVE_POINTS)
        return w, sample(self._loss, w)

    def surface(self, xlim, ylim):
        """(w1, w2, losses) of a loss of two parameters; losses has shape (len(w2), len(w1)).

        The loss is asked for on a grid of 13 by 17 places, and found between them by cubic
        convolution: R. G. Keys, Cubic convolution interpolation for digital image
        processing, IEEE Transactions on Acoustics, Speech and Signal Processing 29, 1981.
        """
        across, up = GRID
        rows = []
        for w2 in np.linspace(*ylim, up).tolist():
            rows.append(sample(lambda w1, w2=w2: self._loss(w1, w2), np.linspace(*xlim, across)))
        losses = _filled_in(np.array(rows))
        height, width = losses.shape
        return np.linspace(*xlim, width), np.linspace(*ylim, height), losses

    def _height(self, w):
        return self._remembered_loss(*w.tolist())

    def _slope_at(self, w):
        return np.array(self._remembered_slopes(*w.tolist()))

    def _slopes(self, *w):
        """The derivative by each parameter, as a list; nan where there is none."""
        if self._slope is not None:
            return self._given_slopes(w)
        if self.parameters == 1:
            return [reference_slope(self._loss, w[0])]
        w1, w2 = w
        return [
            reference_slope(lambda x: self._loss(x, w2), w1),
            reference_slope(lambda x: self._loss(w1, x), w2),
        ]

    def _given_slopes(self, w):
        try:
            return np.array(self._slope(*w), float).reshape(self.parameters).tolist()
        except Exception:  # w may have left the places where the learner's function is defined
            return [math.nan] * self.parameters


def count_parameters(loss):
    """How many numbers loss takes, 1 or 2; parameters with a default value do not count.

    Raises:
        TypeError: loss is not a function of one number or of two.
    """
    if not callable(loss):
        raise TypeError(
            f"loss must be a function of one number or of two, not {type(loss).__name__}."
        )
    try:
        parameters = inspect.signature(loss).parameters.values()
    except ValueError:  # some functions written in C do not say
        return 1
    needed = [p for p in parameters if _is_needed(p)]
    if len(needed) not in (1, 2):
        raise TypeError(f"loss must be a function of one number or of two, not of {len(needed)}.")
    return len(needed)


def _is_needed(parameter):
    by_position = (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    return parameter.default is parameter.empty and parameter.kind in by_position


def _check_slopes(slopes, parameters):
    """slopes: what the learner's slope gave."""
    wanted = "one number, the derivative of the loss"
    if parameters == 2:
        wanted = "two numbers, the derivatives of the loss by w1 and by w2"
    shape = np.shape(slopes)
    if not all(is_number(slope) for slope in np.ravel(np.array(slopes, object))):
        raise ValueError(f"slope must give {wanted}, not {slopes!r:.60}.")
    if math.prod(shape) != parameters:
        raise ValueError(f"slope must give {wanted}, not an array of shape {shape}.")


def _filled_in(losses):
    """losses on a finer grid; nan near a place where a loss has no value that can be drawn."""
    rows, columns = losses.shape
    down = _cubic_weights(rows)
    across = _cubic_weights(columns)
    known = np.abs(losses) <= LARGEST_DRAWN
    with np.errstate(all="ignore"):
        finer = down @ np.where(known, losses, 0.0) @ across.T
    touched_by_unknown = (down != 0) @ ~known @ (across != 0).T
    return np.where(touched_by_unknown, np.nan, finer)


def _cubic_weights(count):
    """An array of shape (finer count, count): what each number of a row weighs in a finer row."""
    places = np.arange(FINER * (count - 1) + 1) / FINER
    distance = np.abs(places[:, None] - np.arange(-1, count + 1))
    near = 1.5 * distance**3 - 2.5 * distance**2 + 1
    farther = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
    weights = np.where(distance < 1, near, np.where(distance < 2, farther, 0.0))
    # One number beyond either end is needed: that of the parabola through the last three.
    weights[:, 1:4] += weights[:, :1] * (3, -3, 1)
    weights[:, -4:-1] += weights[:, -1:] * (1, -3, 3)
    return weights[:, 1:-1]
