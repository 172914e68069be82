"""Slopes without calculus: nudge an input and see how far the output moves.

    forward_difference     one nudge, to one side
    central_difference     a nudge to either side: better
    reference_slope        many nudges, extrapolated: about nine digits, or nan
    check_gradients        the gradients of a backward pass beside central differences

`check_gradients` works for any class with `data`, `grad` and `backward()`. It is the
first of the two witnesses that the lessons call; PyTorch is the other.
"""

import math
from dataclasses import dataclass

from .engine import Value

MOST_ROWS = 9  # of Ridders' table
GOOD_ENOUGH = 1e-11  # a relative error below this is not made smaller


def forward_difference(f, x, h=1e-6):
    """(f(x + h) − f(x)) / h, the slope of the secant from x to x + h.

    The error of the method falls in proportion to h; rounding adds about 1e-16/h.

    Raises:
        ValueError: h is 0.
    """
    _check_step(h)
    return (f(x + h) - f(x)) / h


def central_difference(f, x, h=1e-6):
    """(f(x + h) − f(x − h)) / 2h, the slope of the secant across x.

    The error of the method falls in proportion to h², so this is the better one.

    Raises:
        ValueError: h is 0.
    """
    _check_step(h)
    return (f(x + h) - f(x - h)) / (2 * h)


def sample(f, xs):
    """f at each x of xs: an array of floats, nan where f has no value or raises an error.

    f is called with one float at a time, so it need not know arrays. Its errors are
    dropped, because f may be a learner's own and xs may leave the place where it is defined.
    """
    import numpy as np  # here, so that the rest of this module needs Python alone

    ys = []
    with np.errstate(all="ignore"):
        for x in xs:
            try:
                ys.append(float(f(float(x))))
            except Exception:
                ys.append(math.nan)
    return np.array(ys)


def reference_slope(f, x):
    """f'(x), to about nine digits where f is smooth; nan where f has no tangent, or none is found.

    Central differences with halved steps, extrapolated to step 0, of which the entry
    with the smallest error estimate is taken: C. J. F. Ridders, Accurate computation of
    F'(x) and F'(x)F''(x), Advances in Engineering Software 4, 1982. At an edge of f's
    domain the steps shrink until both sides exist. At a corner or a jump the slopes from
    left and right differ: no tangent.
    """
    h = _largest_step(f, x)
    left, right = _slopes_of_both_sides(f, x, h / 1e4)
    slope, error = _extrapolate(f, x, h)
    scale = 1 + abs(slope)
    has_a_tangent = abs(left - right) < 0.05 * scale
    # A function that repeats itself within the steps looks flat to them, but not to its sides.
    was_found = error < 1e-4 * scale and abs(slope - (left + right) / 2) < 0.05 * scale
    if has_a_tangent and was_found:
        return slope
    return math.nan


def _largest_step(f, x):
    """A step in proportion to x, made smaller until f has a value on both sides of x."""
    h = 0.02 * max(1.0, abs(x))
    while h > 1e-7:
        below, above = sample(f, [x - h, x + h]).tolist()
        if math.isfinite(below) and math.isfinite(above):
            break
        h /= 4
    return h


def _slopes_of_both_sides(f, x, h):
    """The slopes of the secants from x - h to x, and from x to x + h."""
    left, here, right = sample(f, [x - h, x, x + h]).tolist()
    return (here - left) / h, (right - here) / h


def _extrapolate(f, x, h):
    """Ridders' table: (the best slope, an estimate of its error).

    Row i starts with the central difference for the step h/2ⁱ. Its error is a sum of terms
    in h², h⁴, h⁶, …; each entry to the right combines two entries so that one more of these
    terms cancels. An entry that differs little from those it was made of is a good one.
    """
    best = math.nan
    smallest_error = math.inf
    row = []
    for _ in range(MOST_ROWS):
        row_above = row
        below, above = sample(f, [x - h, x + h]).tolist()
        row = [(above - below) / (2 * h)]
        for column, entry_above in enumerate(row_above):
            last = row[column]
            entry = last + (last - entry_above) / (4 ** (column + 1) - 1)
            row.append(entry)
            error = max(abs(entry - last), abs(entry - entry_above))
            if error < smallest_error:
                best = entry
                smallest_error = error
        if smallest_error < GOOD_ENOUGH * abs(best):
            break  # each row costs two calls of f, which may be slow
        h /= 2
    return best, smallest_error


@dataclass(frozen=True)
class GradientRow:
    """One input: its name, its gradient from backward(), and the slope of a nudge."""

    name: str
    gradient: float
    difference: float
    ok: bool


class GradientReport(list):
    """GradientRows that print as a table; `ok` is True where all of them agree."""

    @property
    def ok(self):
        """Whether all rows agree."""
        return all(row.ok for row in self)

    def __repr__(self):
        lines = [f"{'input':>8} {'gradient':>14} {'by nudging':>14}"]
        for row in self:
            verdict = "agree" if row.ok else "DIFFER"
            numbers = f"{row.gradient:14.6f} {row.difference:14.6f}"
            lines.append(f"{row.name:>8} {numbers}  {verdict}")
        return "\n".join(lines)


def check_gradients(f, *inputs, h=1e-6, tolerance=1e-5, value=Value):
    """The gradients of f by a backward pass beside central differences.

    Args:
        f: takes as many Values as there are inputs and returns one Value.
        inputs: the numbers to check at.
        h: the nudge, for inputs up to 1 in size; a larger input is nudged in proportion.
        tolerance: the largest difference that counts as agreement, relative to the
            larger of 1 and the slope.
        value: the class of the values, for checking an engine of your own.

    Returns:
        A GradientReport, one row for each input.
    """
    inputs = [float(x) for x in inputs]
    leaves = [value(x) for x in inputs]
    f(*leaves).backward()
    report = GradientReport()
    for i, leaf in enumerate(leaves):
        difference = _slope_by_nudging(f, inputs, i, h, value)
        ok = abs(leaf.grad - difference) <= tolerance * max(1.0, abs(difference))
        name = getattr(leaf, "label", "") or f"input {i + 1}"
        report.append(GradientRow(name, leaf.grad, difference, ok))
    return report


def _slope_by_nudging(f, inputs, i, h, value):
    """The central difference of f in its input number i, the others held as they are."""

    def f_of_one(x):
        numbers = [*inputs[:i], x, *inputs[i + 1 :]]
        return f(*[value(number) for number in numbers]).data

    scale = max(1.0, abs(inputs[i]))
    return central_difference(f_of_one, inputs[i], h * scale)


def _check_step(h):
    if h == 0:
        raise ValueError("h is 0: a slope needs two different points; take a small h such as 1e-6.")
