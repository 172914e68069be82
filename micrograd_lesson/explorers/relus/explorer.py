"""RelusExplorer: how many relus, and one of them under your hands."""

import math
from numbers import Real

import ipywidgets as widgets
from traitlets import Float, Int

from ...words import MINUS, count, number
from ..base import Explorer
from .bends import MOST, Curve, fit
from .picture import RelusPicture


class RelusExplorer(Explorer):
    """A sum of one to eight relus, bent onto a curve.

    b + v1·relu(x − k1) + v2·relu(x − k2) + …, which is a network of one input, one hidden layer of
    relus and one output. It follows the curve by least squares, with its kinks evenly placed; of
    one relu you can move the kink and change the slope, away from that and back.

    Args:
        curve: a function of one number; the sine where None.
        start, stop: from where to where the sum should follow it.
        relus: how many, from 1 to 8.
        chosen: which of them you bend, from 1; beyond the last one, the last.
        shift: how far its kink is moved. extra: how much is added to its slope.

    Raises:
        TypeError: curve is no function.
        ValueError: start and stop are no smaller and larger number, or the curve has no value
            somewhere between them.
    """

    relus = Int(3)
    chosen = Int(2)
    shift = Float(0.0)
    extra = Float(0.0)

    def __init__(self, curve=None, start=0.0, stop=6.0, *, relus=3, chosen=2, shift=0.0, extra=0.0):
        if curve is not None and not callable(curve):
            raise TypeError(f"curve is a function of one number, not {curve!r:.80}.")
        _check_ends(start, stop)
        followed = Curve.of(curve or math.sin, start, stop)
        self._fits = [fit(followed, count) for count in range(1, MOST + 1)]
        self.relus = relus
        self.chosen = chosen
        self.shift = shift
        self.extra = extra
        farthest = _round_figure(followed.width / 2)
        steepest = _round_figure(10 * followed.height / followed.width or 1.0)
        self.on_page = {
            "relus": MOST,
            "shift": _stops(farthest / 2),
            "extra": _stops(steepest / 2),
        }
        rows = (
            self.slider("relus", 1, MOST, 1, "relus", kind=widgets.IntSlider),
            self.slider("chosen", 1, MOST, 1, "chosen relu", kind=widgets.IntSlider),
            self.slider("shift", -farthest, farthest, farthest / 60, "move kink"),
            self.slider("extra", -steepest, steepest, steepest / 60, "add to slope"),
        )
        super().__init__(RelusPicture(self._fits), *rows)

    def draw(self):
        fitted = self._fits[self.relus - 1]
        fitted = fitted.with_chosen(min(self.chosen, self.relus) - 1)
        bent = fitted.changed(self.shift, self.extra)
        self.picture.update(bent)
        return "<br>".join([_how_many(bent), _chosen(bent, fitted), _distance(bent, fitted)])


def _check_ends(start, stop):
    """Raise a ValueError where start and stop are no ends of a piece of curve."""
    are_numbers = isinstance(start, Real) and isinstance(stop, Real)
    if not are_numbers or not start < stop or not math.isfinite(stop - start):
        raise ValueError(
            f"start and stop must be a smaller and a larger number, not {start!r} and {stop!r}."
        )


def _round_figure(x):
    """x in one significant digit, of those that divide well: 1, 2, 3 or 6, times a power of ten."""
    power = 10.0 ** math.floor(math.log10(x))
    figure = max(figure for figure in (1, 2, 3, 6) if figure <= x / power)
    return float(f"{figure * power:.12g}")


def _stops(most):
    """Five places, evenly spaced around 0."""
    return [most * i / 2 for i in range(-2, 3)]


def _how_many(bent):
    bends = len(bent.kinks)
    line = f"{count(len(bent.relus), 'relu')}, <b>{count(bends, 'bend')}</b>"
    if bends:
        line += f" at x = {', '.join(number(kink, 4) for kink in bent.kinks)}"
    return f"{line}; left of all kinks the sum is its bias b = {number(bent.bias, 4)}"


def _chosen(bent, fitted):
    relu = bent.relus[bent.chosen]
    v = f'<b class="ml-moved">{number(relu.v, 4)}</b>'
    alone = f"{v} · relu({_from_kink(relu.kink)})"
    line = f"relu {bent.chosen + 1}: {alone}, so the sum's slope changes by {v} there"
    was = fitted.relus[bent.chosen]
    if relu == was:
        return line
    return f"{line} (as fitted: {number(was.v, 4)} at x = {number(was.kink, 4)})"


def _from_kink(kink):
    """x − kink, as one writes it."""
    if kink == 0:
        return "x"
    return f"x {MINUS if kink > 0 else '+'} {number(abs(kink), 4)}"


def _distance(bent, fitted):
    line = (
        f'largest distance to the curve: <b class="ml-data">{number(bent.distance, 4)}</b>, '
        f"at x = {number(bent.farthest_x, 4)}"
    )
    if bent.relus == fitted.relus:
        return line
    return f"{line} (as fitted: {number(fitted.distance, 4)})"
