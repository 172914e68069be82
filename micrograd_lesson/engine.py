"""The scalar engine: one class, `Value`, a number that knows its gradient.

Every operation makes a new `Value` and keeps beside the result

    _prev     its parents, the Values it was computed from, in order
    _local    its local derivatives, d(result)/d(parent), one for each parent

`backward()` goes from the result to the leaves; each node hands local derivative ×
its own gradient to each parent, which is the chain rule. The class and its names
follow Andrej Karpathy's micrograd; each operation is one line of calculus.
"""

import math


class Value:
    """A scalar with a gradient.

    data is a real number, kept as a float (anything else: TypeError); label is the
    name shown in drawings. After `root.backward()`, grad is d(root)/d(self).
    """

    __slots__ = ("data", "grad", "label", "_prev", "_op", "_local")
    __array_ufunc__ = None  # makes NumPy leave `array * value` to us; we refuse it

    def __init__(self, data, label=""):
        self.data, self.grad, self.label = _number(data, "Value"), 0.0, label
        self._prev, self._op, self._local = (), "", ()

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    # Operations: the result, its name, its parents, a local derivative for each parent.

    def __add__(self, other):
        other = _value(other, "+")
        return _result(self.data + other.data, "+", (self, other), (1.0, 1.0))

    def __sub__(self, other):
        other = _value(other, "-")
        return _result(self.data - other.data, "-", (self, other), (1.0, -1.0))

    def __mul__(self, other):
        other = _value(other, "*")
        return _result(self.data * other.data, "*", (self, other), (other.data, self.data))

    def __truediv__(self, other):
        other = _value(other, "/")
        if other.data == 0:
            raise ZeroDivisionError(f"{self.data} / {other.data}: division by zero.")
        out = self.data / other.data
        return _result(out, "/", (self, other), (1 / other.data, -out / other.data))

    def __pow__(self, other):
        if not isinstance(other, Value):
            p = _number(other, "**")
            return _result(_power(self.data, p), f"**{p:g}", (self,), (_power_slope(self.data, p),))
        x, p, out = self.data, other.data, _power(self.data, other.data)
        slope_p = out * math.log(x) if x > 0 else 0.0 if x == 0 else math.nan  # d(xᵖ)/dp = xᵖ log x
        return _result(out, "**", (self, other), (_power_slope(x, p), slope_p))

    def __neg__(self):
        return _result(-self.data, "neg", (self,), (-1.0,))

    def exp(self):
        try:
            out = math.exp(self.data)
        except OverflowError:
            raise OverflowError(f"exp({self.data}) is too large for a float.") from None
        return _result(out, "exp", (self,), (out,))

    def log(self):
        if self.data <= 0:
            raise ValueError(f"log({self.data}): log needs a number above zero.")
        return _result(math.log(self.data), "log", (self,), (1 / self.data,))

    def tanh(self):
        out = math.tanh(self.data)
        return _result(out, "tanh", (self,), (1 - out * out,))

    def sigmoid(self):
        small = math.exp(-abs(self.data))  # at most 1, so it cannot overflow
        out = 1 / (1 + small) if self.data >= 0 else small / (1 + small)
        return _result(out, "sigmoid", (self,), (out * (1 - out),))

    def relu(self):
        slope = self.data if math.isnan(self.data) else float(self.data > 0)
        return _result(self.data if slope else 0.0, "relu", (self,), (slope,))

    # A number on the left, as in 2 * v: int does not know Values, so Python asks v.__rmul__.

    def __radd__(self, other):
        return _value(other, "+") + self

    def __rsub__(self, other):
        return _value(other, "-") - self

    def __rmul__(self, other):
        return _value(other, "*") * self

    def __rtruediv__(self, other):
        return _value(other, "/") / self

    def __rpow__(self, other):
        return _value(other, "**") ** self

    def __float__(self):
        raise TypeError(
            "A Value is not a plain number, and math's functions would lose its "
            "gradient: use a method such as v.tanh(), or v.data for the number."
        )

    # The backward pass.

    def _backward(self):
        """Add local derivative × incoming gradient to each parent's gradient."""
        for parent, local in zip(self._prev, self._local):
            parent.grad += local * self.grad

    def backward(self):
        """Fill in grad, d(self)/d(node), for every node that self was computed from.

        Inner nodes start from 0 on every call; leaves add to what they hold, so a
        second call doubles them (in PyTorch too, which asks for retain_graph=True).
        Training clears them between steps.
        """
        order = _topological_order(self)
        for node in order:
            if node._prev:
                node.grad = 0.0
        self.grad += 1.0  # d(self)/d(self)
        for node in reversed(order):
            node._backward()


def _topological_order(root):
    """All nodes that root depends on, parents first; a path, not recursion, so any depth works."""
    order, seen, path = [], {root}, [(root, iter(root._prev))]
    while path:
        node, parents = path[-1]
        for parent in parents:
            if parent not in seen:
                seen.add(parent)
                path.append((parent, iter(parent._prev)))
                break
        else:  # every parent of this node is in order, so it can follow
            order.append(node)
            path.pop()
    return order


def _result(data, op, parents, local):
    """The Value that an operation returns; its data needs no check."""
    out = Value.__new__(Value)
    out.data, out.grad, out.label = data, 0.0, ""
    out._prev, out._op, out._local = parents, op, local
    return out


def _value(x, op):
    """x itself if it is a Value, else a new leaf that holds the number x."""
    return x if isinstance(x, Value) else Value(_number(x, op))


def _number(x, where):
    """x as a float, if it is one real number: Python's, or a NumPy scalar (an array has a length)."""
    if (
        not hasattr(x, "__float__")
        or hasattr(x, "__len__")
        or isinstance(x, Value)
        or getattr(x, "imag", 0)
    ):
        raise TypeError(f"{where} needs a real number, not {type(x).__name__} {x!r:.60}.")
    try:
        return float(x)
    except OverflowError:
        raise OverflowError(f"{where} got a whole number that is too large for a float.") from None


def _power(x, p):
    if x == 0 and p < 0:
        raise ZeroDivisionError(f"{x} ** {p}: zero to a negative power divides by zero.")
    if x < 0 and p % 1:
        raise ValueError(f"{x} ** {p}: a negative base needs a whole exponent.")
    try:
        return x**p
    except OverflowError:
        raise OverflowError(f"{x} ** {p} is too large for a float.") from None


def _power_slope(x, p):
    """d(xᵖ)/dx = p·xᵖ⁻¹; where that divides by zero or overflows, its limit."""
    if p == 0:
        return 0.0
    if x == 0 and p < 1:
        return math.inf
    try:
        return p * x ** (p - 1)
    except OverflowError:
        return p * math.copysign(math.inf, x if p % 2 == 0 else 1.0)
