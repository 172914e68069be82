"""The array engine: one class, `Tensor`, an N-dimensional array that knows its gradient.

The words are those of the scalar engine. In place of a local derivative, which would be
a table of every output by every input, a result keeps for each parent a gradient rule,
from its own gradient to the parent's share of it (A. Griewank and A. Walther, Evaluating
Derivatives, 2nd ed., SIAM 2008). Rules keep arrays, never the result, so that no graph
refers back to itself: out of use, it is freed.
"""

from contextlib import contextmanager

import numpy as np

# glibc gives large freed blocks back to the system, and to fetch them again is slow. Freeing one of 24 MB ends that.
np.empty(3 << 20)

_ages = iter(range(1 << 62))
_recording = True


def _operator(op, compute, rules, fit="from the last axis on, sizes must be equal or 1"):
    """The methods for `a op b` and `b op a`. compute gives the result; rules, the two gradient rules."""

    def method(a, b):
        x = a.data if isinstance(a, Tensor) else real_numbers(a, op)
        y = b.data if isinstance(b, Tensor) else real_numbers(b, op)
        try:
            out = compute(x, y)
        except ValueError:
            raise ValueError(
                f"{op} cannot combine shapes {np.shape(x)} and {np.shape(y)}: {fit}."
            ) from None
        rule_a, rule_b = rules(x, y, out)
        if not isinstance(b, Tensor):  # a constant is no part of the graph; an exponent is named
            return operation(
                out, f"**{y:g}" if op == "**" and isinstance(y, float) else op, (a,), (rule_a,)
            )
        parents, kept = ((a, b), (rule_a, rule_b)) if isinstance(a, Tensor) else ((b,), (rule_b,))
        return operation(out, op, parents, kept)

    return method, lambda b, a: method(a, b)


def _function(op, compute, rule):
    """The method for an operation of one: what to compute, and its gradient rule."""

    def method(self):
        out = compute(self.data)
        return operation(out, op, (self,), (rule(self.data, out),))

    return method


def _matmul_rules(x, y, out):
    if x.ndim == 2 == y.ndim:
        return lambda g: g @ y.T, lambda g: x.T @ g
    rows = x if x.ndim > 1 else x[None, :]  # a vector is a row on the left, a column on the right
    columns = y if y.ndim > 1 else y[:, None]
    full = (
        *np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2]),
        rows.shape[-2],
        columns.shape[-1],
    )
    pick = ... if y.ndim > 1 else (..., 0)
    return lambda g: g.reshape(full) @ columns.mT, lambda g: (rows.mT @ g.reshape(full))[pick]


def _power_rules(
    x, p, out
):  # p·xᵖ⁻¹ and xᵖ log x, but 0 where p = 0, and where 0 is raised to p ≥ 0
    quietly = np.errstate(all="ignore")
    return (
        quietly(lambda g: g * np.where(np.equal(p, 0), 0.0, p * x ** (p - 1.0))),
        quietly(lambda g: g * np.where(np.equal(x, 0) & (p >= 0), 0.0, out * np.log(x))),
    )


def _tanh_rule(x, out):
    def rule(g):  # g·(1 − out²), step by step in one array
        share = np.asarray(out * out)  # an array, where NumPy makes a single number
        np.subtract(1, share, share)
        share *= g
        return share

    return rule


def _sigmoid(x):
    small = np.exp(-np.abs(x))  # at most 1, so it cannot overflow
    return np.where(x >= 0, 1, small) / (1 + small)


class Tensor:
    """An array with a gradient of the same shape.

    data: a number, a list of lists or an array (anything else: TypeError), copied to the
    floating-point dtype given. label: the name shown in drawings.

    After `root.backward()`, grad is d(root)/d(self). Numbers and arrays beside an operator
    are constants, outside the graph. Log of zero, overflow and the like give inf or nan.
    Do not change data in place between a forward pass and its backward pass.
    """

    __slots__ = ("data", "_grad", "label", "_prev", "_op", "_rules", "_age")
    __array_ufunc__ = None  # makes NumPy leave `array * tensor` to us

    def __init__(self, data, label="", dtype=np.float64):
        if np.dtype(dtype).kind != "f":
            raise TypeError(
                f"Tensor needs a floating-point dtype, such as float64, not {np.dtype(dtype)}."
            )
        self.data, self._grad, self.label = (
            np.array(real_numbers(data, "Tensor"), dtype, order="C"),
            None,
            label,
        )
        self._prev, self._op, self._rules, self._age = (), "", (), 0

    @property
    def grad(self):
        """The gradient, an array of data's shape. Set it to 0.0 to clear it."""
        if type(self._grad) is not np.ndarray:  # None for zeros, or a NumPy scalar
            self._grad = np.zeros_like(self.data) if self._grad is None else np.asarray(self._grad)
        return self._grad

    @grad.setter
    def grad(self, value):
        if type(value) is float and value == 0:
            self._grad = None  # zeros, made when they are looked at
            return
        value = np.asarray(real_numbers(value, "grad"))
        if value.shape not in ((), self.shape):
            raise ValueError(
                f"grad cannot have shape {value.shape} where data has shape {self.shape}."
            )
        self._grad = np.full(self.shape, value, self.data.dtype)

    # Operations of two: how to compute, then the rules, from the result's gradient g to each side's share.

    __add__, __radd__ = _operator("+", np.add, lambda x, y, out: (lambda g: g, lambda g: g))
    __sub__, __rsub__ = _operator("-", np.subtract, lambda x, y, out: (lambda g: g, lambda g: -g))
    __mul__, __rmul__ = _operator(
        "*", np.multiply, lambda x, y, out: (lambda g: g * y, lambda g: g * x)
    )
    __truediv__, __rtruediv__ = _operator(
        "/", np.divide, lambda x, y, out: (lambda g: g / y, lambda g: -g * out / y)
    )
    __matmul__, __rmatmul__ = _operator(
        "@", np.matmul, _matmul_rules, "left rows must be as long as right columns"
    )
    __pow__, __rpow__ = _operator("**", lambda x, p: x**p, _power_rules)

    # Operations of one.

    __neg__ = _function("neg", np.negative, lambda x, out: lambda g: -g)
    exp = _function("exp", np.exp, lambda x, out: lambda g: g * out)
    log = _function("log", np.log, lambda x, out: lambda g: g / x)
    tanh = _function("tanh", np.tanh, _tanh_rule)
    sigmoid = _function("sigmoid", _sigmoid, lambda x, out: lambda g: g * out * (1 - out))
    relu = _function(
        "relu", lambda x: np.maximum(x, 0), lambda x, out: lambda g: np.where(x <= 0, 0, g)
    )

    # Reductions. axis: a number, a tuple of numbers, or None for all axes.

    def sum(self, axis=None, keepdims=False):
        x, out = self.data, _reduce("sum", np.add, self.data, axis, keepdims)
        return operation(out, "sum", (self,), (lambda g: _stretch(g, x, axis, keepdims),))

    def mean(self, axis=None, keepdims=False):
        x, out = self.data, _reduce("mean", np.add, self.data, axis, keepdims)
        count = x.size / max(out.size, 1) or np.nan  # the mean of nothing is nan
        return operation(
            np.divide(out, count),
            "mean",
            (self,),
            (lambda g: _stretch(g / count, x, axis, keepdims),),
        )

    def max(self, axis=None, keepdims=False):
        """The largest entry. Where several tie, they share its gradient equally, as in PyTorch's amax."""
        x, out = self.data, _reduce("max", np.maximum, self.data, axis, keepdims)

        def rule(g):
            ties = x == _stretch(out, x, axis, keepdims)
            return _stretch(g, x, axis, keepdims) * ties / np.add.reduce(ties, axis, keepdims=True)

        return operation(out, "max", (self,), (rule,))

    # The same entries in another shape, or some of them.

    def reshape(self, *shape):
        x, shape = self.data, shape if len(shape) != 1 else shape[0]
        out = _checked("reshape cannot turn shape {0.shape} into {1}.", np.reshape, x, shape)
        return operation(out, "reshape", (self,), (lambda g: g.reshape(x.shape),))

    def transpose(self, *axes):
        """The axes in the order given; without one, in reverse."""
        order = axes[0] if len(axes) == 1 else axes or None
        out = _checked(
            "transpose cannot put axes of shape {0.shape} in order {1}.",
            np.transpose,
            self.data,
            order,
        )
        back = (
            None
            if order is None
            else np.argsort([axis % out.ndim for axis in np.atleast_1d(order)])
        )
        return operation(out, "transpose", (self,), (lambda g: g.transpose(back),))

    def __getitem__(self, key):
        """Any index that NumPy takes. An entry that is picked twice receives both gradients."""
        out = _checked(
            "[] cannot take {1!r:.60} from shape {0.shape}.",
            np.ndarray.__getitem__,
            x := self.data,
            key,
        )

        def rule(g):
            share = np.zeros_like(x)
            np.add.at(share, key, g)
            return share

        return operation(out, "[]", (self,), (rule,))

    # What an array can tell about itself.

    T, shape, ndim = (
        property(transpose),
        property(lambda self: self.data.shape),
        property(lambda self: self.data.ndim),
    )

    def item(self):
        return self.data.item()

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def __repr__(self):
        return "Tensor(data={}, grad={})".format(
            *(np.array2string(a, separator=", ", threshold=100) for a in (self.data, self.grad))
        )

    def __array__(self, *_, **__):
        raise TypeError(
            "A Tensor is not a plain array, and the functions of NumPy and math would lose its "
            "gradient: use a method such as t.tanh(), or t.data for the array."
        )

    __float__ = __array__

    # The backward pass.

    def _backward(self):
        """Hand each parent its share of the gradient: apply the rule, undo broadcasting, add."""
        g = self.grad
        for parent, rule in zip(self._prev, self._rules):
            share = rule(g)
            if share.shape != parent.data.shape:
                share = _sum_to(parent.data.shape, share)
            if parent._grad is not None:
                share = parent._grad + share
            if not parent._prev:  # a leaf's gradient is an array of its own
                share = share.astype(parent.data.dtype, copy=share is g or share.base is not None)
            parent._grad = share  # perhaps g itself; nothing here changes a gradient in place

    def backward(self, gradient=1.0):
        """Fill in grad, d(self)/d(node), for every node that self was computed from.

        Inner nodes start from 0 on every call; leaves add to what they hold, so a second call doubles them (in PyTorch
        too, with retain_graph=True). Unless self is a single number, pass an array to start from, or get a ValueError.
        """
        if self.data.size != 1 and not np.shape(gradient):
            raise ValueError(
                f"backward() starts from a single number, not from shape {self.shape}: "
                "reduce it first, for example with .sum(), or pass a gradient of this shape."
            )
        nodes = _results(self)
        for node in nodes:
            node._grad = None
        before, self.grad = self._grad, gradient
        if before is not None:  # only a leaf still holds something
            self.grad = self.grad + before
        for node in nodes:
            node._backward()


def operation(data, op, parents, rules):
    """The Tensor that an operation returns, from its data, name, parents (Tensors) and a rule for each.

    A rule takes the result's gradient, which it must not change in place, and returns the
    parent's share, in the parent's shape or in one that the parent was broadcast to.
    """
    out = Tensor.__new__(Tensor)
    out.data, out._grad, out.label, out._age = np.asarray(data), None, "", next(_ages)
    out._prev, out._op, out._rules = (parents, op, rules) if _recording else ((), "", ())
    return out


@contextmanager
def no_grad():
    """`with no_grad():` results keep no parents and no rules, which saves time and memory."""
    global _recording
    before, _recording = _recording, False
    try:
        yield
    finally:
        _recording = before


def _results(root):
    """All results that root depends on, youngest first: each before its parents, which are older."""
    nodes, seen = [root] if root._prev else [], {root}
    for node in nodes:  # grows as we walk along it
        for parent in node._prev:
            if parent._prev and parent not in seen:
                seen.add(parent)
                nodes.append(parent)
    return sorted(nodes, key=lambda node: -node._age)


def _sum_to(shape, g):
    """g summed over the copies into which broadcasting stretched an operand of this shape."""
    if extra := g.ndim - len(shape):
        g = np.add.reduce(g, axis=tuple(range(extra)))
    stretched = tuple(i for i, size in enumerate(shape) if size != g.shape[i])
    return np.add.reduce(g, axis=stretched, keepdims=True) if stretched else g


def _reduce(op, ufunc, x, axis, keepdims):
    return _checked(
        op + " cannot reduce axis {1} of shape {0.shape}.", ufunc.reduce, x, axis, keepdims=keepdims
    )


def _stretch(g, x, axis, keepdims):
    """g, of the shape of a reduction of x, copied along the reduced axes to the shape of x."""
    out = np.empty_like(x)
    out[...] = g if keepdims or axis is None or not x.ndim else np.expand_dims(g, axis)
    return out


def _checked(sentence, compute, *arguments, **options):
    """What compute returns; where the arguments do not fit, the sentence, filled in with them."""
    try:
        return compute(*arguments, **options)
    except (ValueError, TypeError, IndexError) as wrong:
        kind = next(kind for kind in (ValueError, TypeError, IndexError) if isinstance(wrong, kind))
        raise kind(" ".join(sentence.format(*arguments).split())) from None


def real_numbers(x, where):
    """x as a float, which leaves the dtype of the other side as it is, or as an array of real numbers."""
    if isinstance(x, (int, float)):
        return float(x)
    try:
        array = np.asarray(x)
    except ValueError:  # rows of different lengths
        array = np.array(None)
    if array.dtype.kind not in "fiub":
        raise TypeError(
            f"{where} needs real numbers in a regular shape, not {type(x).__name__} "
            f"{' '.join(repr(x).split()):.60}."
        )
    return array
