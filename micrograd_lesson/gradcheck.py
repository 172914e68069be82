"""Slopes without calculus: nudge an input and see how far the output moves.

`check_gradients` sets these slopes beside the gradients of a backward pass, for any
class with `data`, `grad` and `backward()`. It is the first of the two witnesses that
the lessons call; PyTorch is the other.
"""

from dataclasses import dataclass

from .engine import Value


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
        return all(row.ok for row in self)

    def __repr__(self):
        lines = [f"{'input':>8} {'gradient':>14} {'by nudging':>14}"]
        lines += [
            f"{row.name:>8} {row.gradient:14.6f} {row.difference:14.6f}"
            f"  {'agree' if row.ok else 'DIFFER'}"
            for row in self
        ]
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
    leaves = [value(float(x)) for x in inputs]
    f(*leaves).backward()
    report = GradientReport()
    for i, leaf in enumerate(leaves):

        def nudged(x, i=i):
            return f(*(value(float(x if j == i else y)) for j, y in enumerate(inputs))).data

        difference = central_difference(nudged, float(inputs[i]), h * max(1.0, abs(inputs[i])))
        ok = abs(leaf.grad - difference) <= tolerance * max(1.0, abs(difference))
        name = getattr(leaf, "label", "") or f"input {i + 1}"
        report.append(GradientRow(name, leaf.grad, difference, ok))
    return report


def _check_step(h):
    if h == 0:
        raise ValueError("h is 0: a slope needs two different points; take a small h such as 1e-6.")
