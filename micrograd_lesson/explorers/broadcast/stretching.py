"""Two arrays, stretched to one shape and combined, and what flows back to one of them.

All gradients are the array engine's: of an operand as it is; and of the same operand written
out with every copy that stretching makes, where each copy has a gradient of its own, its share.
"""

import math
import operator
from dataclasses import dataclass, field

import numpy as np

from ...tensor import Tensor
from ...words import without_noise

OPERATIONS = {"+": operator.add, "*": operator.mul}


@dataclass(frozen=True)
class Table:
    """An array in rows and columns: a vector is one row, a single number is one cell.

    Attributes:
        shape: of the array.
        numbers: array of shape (rows, columns).
        own: of the same shape; True at the array's own entries, False at further copies.
        followed: of the same shape; True at the entry that is followed, and at what it reaches.
    """

    shape: tuple
    numbers: np.ndarray
    own: np.ndarray
    followed: np.ndarray


@dataclass(frozen=True)
class Combination:
    """a op b, and the backward pass to the operand that is followed.

    Attributes:
        op: "+" or "*". follow: "a" or "b".
        shape: of the result; None where a and b do not fit.
        misfit: why they do not, in the engine's words. clash: the two sizes that differ.
        tables: dict of Tables. "a" and "b" are in the result's shape, or in their own where they
            do not fit, and then there is no more: "result"; "incoming"; "local", what each copy is
            multiplied by; "share" = incoming · local; "gradient", of the followed operand.
        spot: row and column of the place in the result; None where there is no result.
        entry: index, in the followed operand, of the entry that stands there; None likewise.
        copies: list of (row, column): all places in the result where that entry stands.
        change: by how much the nudge changed the loss, the sum of result · incoming.

    Sums and changes are 0 where numbers cancel, without the noise of rounding.
    """

    op: str
    follow: str
    tables: dict
    shape: tuple | None = None
    misfit: str = ""
    clash: tuple | None = None
    spot: tuple | None = None
    entry: tuple | None = None
    copies: list = field(default_factory=list)
    change: float = 0.0

    @property
    def entry_name(self):
        """How the followed entry is written: b[0, 2], or b where it has no axes."""
        return self.follow + (str(list(self.entry)) if self.entry else "")

    def at_copies(self, name):
        """The numbers of one table at the copies of the followed entry, as a list of floats."""
        return [float(self.tables[name].numbers[place]) for place in self.copies]

    @property
    def value(self):
        """The followed entry."""
        return self.at_copies(self.follow)[0]

    @property
    def gradient(self):
        """The gradient of the followed entry."""
        table = self.tables["gradient"]
        return float(table.numbers[table.followed].item())


def combine(a, b, op, incoming, follow, place, nudge=0.0):
    """The Combination a op b.

    Args:
        a, b: arrays or numbers, with two axes at most.
        op: "+" or "*".
        incoming: the gradient of the result, of its shape; of a larger array the upper left part
            counts.
        follow: "a" or "b", the operand whose entry is followed.
        place: a row and a column of the result, counted from 0; the entry that stands there is
            followed. Beyond the end the last one counts.
        nudge: is added to that entry.

    Raises:
        ValueError: an unknown op or follow, an array without entries or with more axes, a place
            that is none, or an incoming gradient that is smaller than the result.
    """
    if op not in OPERATIONS or follow not in ("a", "b"):
        raise ValueError(f"op is + or *, and follow is a or b, not {op!r} and {follow!r}.")
    operands = {"a": _checked_operand("a", a), "b": _checked_operand("b", b)}
    try:
        shape = _result(operands, op).shape
    except ValueError as refusal:
        return _apart(operands, op, follow, str(refusal))
    followed = _follow(operands[follow].shape, shape, _checked_place(place))
    incoming = _cut(incoming, shape)
    nudged = _nudged(operands, follow, followed.entry, nudge)
    forward = _forward_tables(nudged, op, follow, shape, followed)
    backward = _backward_tables(nudged, op, follow, incoming, followed)
    return Combination(
        op=op,
        follow=follow,
        tables=forward | backward,
        shape=shape,
        spot=followed.spot,
        entry=followed.entry,
        copies=followed.places(),
        change=_change(operands, nudged, op, incoming),
    )


@dataclass(frozen=True)
class _Followed:
    """An entry that is followed.

    Attributes:
        spot: a place in the result where it stands. entry: its index in the operand.
        copies: True at all its places in the result, as a table.
    """

    spot: tuple
    entry: tuple
    copies: np.ndarray

    def places(self):
        return [tuple(place) for place in np.argwhere(self.copies).tolist()]


def _follow(shape, full, place):
    """The _Followed at a place in the result; shape: of the operand, full: of the result."""
    entries = np.arange(math.prod(shape)).reshape(shape)
    which = _table(np.broadcast_to(entries, full))  # which entry stands at each place
    row = min(place[0], which.shape[0] - 1)
    column = min(place[1], which.shape[1] - 1)
    chosen = which[row, column]
    entry = tuple(int(index) for index in np.unravel_index(chosen, shape))
    return _Followed((row, column), entry, which == chosen)


def _checked_operand(name, x):
    x = np.array(x, float)
    if x.ndim > 2 or not x.size:
        raise ValueError(
            f"{name} has shape {x.shape}; what is shown has one axis or two, or none, and entries."
        )
    return x


def _cut(incoming, shape):
    """The upper left part of incoming that has this shape."""
    incoming = np.array(incoming, float)
    rows, columns = (1, 1, *shape)[-2:]
    part = _table(incoming)[:rows, :columns]
    if part.shape != (rows, columns):
        raise ValueError(
            f"incoming has shape {incoming.shape}; the result, whose gradient it is, has {shape}."
        )
    return part.reshape(shape)


def _checked_place(place):
    at = np.asarray(place)
    if at.shape != (2,) or at.dtype.kind not in "iu" or at.min() < 0:
        raise ValueError(f"place is a row and a column, counted from 0, not {place!r}.")
    return at.tolist()


def _nudged(operands, name, entry, nudge):
    moved = operands[name].copy()
    moved[entry] = without_noise(moved[entry] + nudge, abs(moved[entry]) + abs(nudge))
    return operands | {name: moved}


def _apart(operands, op, follow, misfit):
    """The Combination of two arrays that do not fit: each stands alone."""
    tables = {name: _plain_table(x) for name, x in operands.items()}
    sizes = zip(operands["a"].shape[::-1], operands["b"].shape[::-1])
    clash = next((p, q) for p, q in sizes if p != q and 1 not in (p, q))
    return Combination(op, follow, tables, misfit=misfit, clash=clash)


# The tables.


def _forward_tables(operands, op, follow, shape, followed):
    nothing = np.zeros(followed.copies.shape, bool)
    tables = {}
    for name, x in operands.items():
        numbers = _table(np.broadcast_to(x, shape))
        reached = followed.copies if name == follow else nothing
        tables[name] = Table(x.shape, numbers, _own(x.shape, shape), reached)
    result = without_noise(_result(operands, op).data, _size(operands, op))
    tables["result"] = _plain_table(result, followed.copies)
    return tables


def _backward_tables(operands, op, follow, incoming, followed):
    operand = operands[follow]
    # Written out, each copy is an entry of its own, and gets a gradient of its own.
    copied = operands | {follow: np.broadcast_to(operand, incoming.shape).copy()}
    share = _gradient(copied, op, follow, incoming)
    local = _gradient(copied, op, follow, np.ones(incoming.shape))
    gradient = _gradient(operands, op, follow, incoming)
    mine = np.zeros(operand.shape, bool)
    mine[followed.entry] = True
    own = _own(operand.shape, incoming.shape)
    return {
        "incoming": _plain_table(incoming, followed.copies),
        "local": Table(local.shape, _table(local), own, followed.copies),
        "share": Table(share.shape, _table(share), own, followed.copies),
        "gradient": _plain_table(gradient, _table(mine)),
    }


def _plain_table(x, followed=None):
    """The Table of an array that is not stretched."""
    numbers = _table(x)
    if followed is None:
        followed = np.zeros(numbers.shape, bool)
    return Table(np.shape(x), numbers, np.ones(numbers.shape, bool), followed)


def _table(x):
    """x with two axes: a vector as one row, a number as one cell."""
    return np.atleast_2d(x)


def _own(shape, full):
    """Where an operand's own entries stand in the full shape: first on each stretched axis."""
    own = np.ones(full, bool)
    shape = (1,) * (len(full) - len(shape)) + shape
    for axis, (size, whole) in enumerate(zip(shape, full)):
        if size != whole:
            first = np.arange(whole) == 0
            own &= first.reshape(-1, *[1] * (len(full) - axis - 1))
    return _table(own)


# By the engine.


def _result(operands, op):
    """a op b, as a Tensor; a ValueError where the shapes do not fit."""
    return OPERATIONS[op](Tensor(operands["a"]), Tensor(operands["b"]))


def _size(operands, op):
    """How large the numbers are that each entry of the result is the sum or the product of."""
    without_signs = {name: np.abs(x) for name, x in operands.items()}
    return _result(without_signs, op).data


def _change(before, after, op, incoming):
    """By how much the sum of result · incoming is larger after than before.

    The difference of two sums would hold their noise, as large as a tiny nudge: here entries are
    compared.
    """
    changes = (_result(after, op).data - _result(before, op).data) * incoming
    sizes = (_size(before, op) + _size(after, op)) * np.abs(incoming)
    return float(without_noise(changes.sum(), sizes.sum()))


def _gradient(operands, op, name, incoming):
    """The gradient of that loss for one operand, of the operand's shape."""
    tensors = {operand: Tensor(x) for operand, x in operands.items()}
    result = OPERATIONS[op](tensors["a"], tensors["b"])
    (result * incoming).sum().backward()
    return tensors[name].grad
