"""The scalar engine: one class, `Value`, a number that knows its gradient.

Every operation makes a new `Value` and keeps beside the result

    _prev     its parents, the Values it was computed from, in order: one or two
    _local    its local derivatives, d(result)/d(parent), one for each parent

`backward()` goes from the result to the leaves; each node hands local derivative ×
its own gradient to each parent, which is the chain rule. The class and its names
follow Andrej Karpathy's micrograd.

Two things here serve speed. Parents and local derivatives lie in slots of their own,
`_parent1`, `_local1`, `_parent2`, `_local2`, and `_prev` and `_local` are made from them
when somebody asks: two tuples in each node would be two objects more for Python's garbage
collector to look through, again and again while a graph grows. And the operations read
`_data`, past the check that guards `data`.
"""

import math


class Value:
    """A scalar with a gradient.

    data is a real number, kept as a float (anything else: TypeError); label is the
    name shown in drawings. After `root.backward()`, grad is d(root)/d(self).

    Results follow Python's floats: 1e200 * 1e200 is inf, and inf - inf is nan. What has
    no real result is refused: division by zero, the log of zero or less, a broken power of
    a negative number, and exp or a power too large for a float.

    == compares numbers; between two Values that hold the same number it is refused, because
    "the same number" and "the same node" then have different answers. A set or a dict of
    Values goes by the node.
    """

    __slots__ = (
        "_data",
        "_grad",
        "label",
        "_op",
        "_parent1",
        "_local1",
        "_parent2",
        "_local2",
        "_met_by",
    )

    def __init__(self, data, label=""):
        self._data = _number(data, "Value")
        self._grad = 0.0
        self.label = label
        self._op = ""
        self._parent1 = None
        self._local1 = None
        self._parent2 = None
        self._local2 = None
        self._met_by = None

    def __repr__(self):
        return f"Value(data={self._data}, grad={self._grad})"

    def __format__(self, spec):
        """f"{v:.4f}" formats the number; without a format it is the repr."""
        return format(self._data, spec) if spec else repr(self)

    # What it holds. Whatever is written here is checked, so that it stays a float.

    @property
    def data(self):
        """The number, a float."""
        return self._data

    @data.setter
    def data(self, number):
        self._data = _number(number, "data")

    @property
    def grad(self):
        """d(root)/d(self) after root.backward(), a float; 0.0 before."""
        return self._grad

    @grad.setter
    def grad(self, number):
        self._grad = _number(number, "grad (0.0 clears it)")

    @property
    def _prev(self):
        """The parents, in order: a tuple of none, one or two; `a + a` has a twice."""
        return _without_none(self._parent1, self._parent2)

    @_prev.setter
    def _prev(self, parents):
        self._parent1, self._parent2 = _two(parents, "parents")

    @property
    def _local(self):
        """The local derivatives, one for each parent."""
        return _without_none(self._local1, self._local2)

    @_local.setter
    def _local(self, derivatives):
        self._local1, self._local2 = _two(derivatives, "local derivatives")

    # Operations: the result, its name, and for each parent the local derivative.

    def __add__(self, other):
        """self + other; local derivatives 1 and 1."""
        if not isinstance(other, Value):
            other = _constant(other, "+")
        return _result(self._data + other._data, "+", self, 1.0, other, 1.0)

    def __sub__(self, other):
        """self - other; local derivatives 1 and -1."""
        if not isinstance(other, Value):
            other = _constant(other, "-")
        return _result(self._data - other._data, "-", self, 1.0, other, -1.0)

    def __mul__(self, other):
        """self * other; the local derivative for each is the other."""
        if not isinstance(other, Value):
            other = _constant(other, "*")
        return _result(self._data * other._data, "*", self, other._data, other, self._data)

    def __truediv__(self, other):
        """out = self / other; local derivatives 1/other and -out/other."""
        if not isinstance(other, Value):
            other = _constant(other, "/")
        if other._data == 0:
            raise ZeroDivisionError(f"{self._data} / {other._data}: division by zero.")
        out = self._data / other._data
        return _result(out, "/", self, 1 / other._data, other, -out / other._data)

    def __pow__(self, other):
        """out = self ** other; local derivatives other·self**(other - 1) and out·log(self).

        The second, for an exponent that is a Value, is 0 for the base 0, and nan for a
        negative base: beside a whole exponent there are powers that are not real.
        """
        if not isinstance(other, Value):
            p = _number(other, "**")
            out = _power(self._data, p)
            return _result(out, f"**{p:g}", self, _slope_of_base(self._data, p))
        x = self._data
        p = other._data
        out = _power(x, p)
        return _result(out, "**", self, _slope_of_base(x, p), other, _slope_of_exponent(x, out))

    def __neg__(self):
        """-self; local derivative -1."""
        return _result(-self._data, "neg", self, -1.0)

    def exp(self):
        """out = eˢᵉˡᶠ; local derivative out."""
        try:
            out = math.exp(self._data)
        except OverflowError:
            raise OverflowError(f"exp({self._data}) is too large for a float.") from None
        return _result(out, "exp", self, out)

    def log(self):
        """The natural logarithm, of a number above 0; local derivative 1/self."""
        if self._data <= 0:
            raise ValueError(f"log({self._data}): log needs a number above zero.")
        return _result(math.log(self._data), "log", self, 1 / self._data)

    def tanh(self):
        """out = tanh(self), between -1 and 1; local derivative 1 - out²."""
        out = math.tanh(self._data)
        return _result(out, "tanh", self, 1 - out * out)

    def sigmoid(self):
        """out = 1 / (1 + e⁻ˢᵉˡᶠ), between 0 and 1; local derivative out·(1 - out)."""
        small = math.exp(-abs(self._data))  # at most 1, so it cannot overflow
        if self._data >= 0:
            out = 1 / (1 + small)
        else:
            out = small / (1 + small)
        return _result(out, "sigmoid", self, out * (1 - out))

    def relu(self):
        """self where it is above 0, else 0; local derivative 1 or 0. nan stays nan."""
        if self._data > 0:
            return _result(self._data, "relu", self, 1.0)
        if math.isnan(self._data):
            return _result(self._data, "relu", self, self._data)
        return _result(0.0, "relu", self, FLAT)

    # A number on the left, as in 2 * v: int does not know Values, so Python asks v.__rmul__.

    def __radd__(self, other):
        return _constant(other, "+") + self

    def __rsub__(self, other):
        return _constant(other, "-") - self

    def __rmul__(self, other):
        return _constant(other, "*") * self

    def __rtruediv__(self, other):
        return _constant(other, "/") / self

    def __rpow__(self, other):
        return _constant(other, "**") ** self

    def __pos__(self):
        """+v is v itself."""
        return self

    # The backward pass.

    def _backward(self):
        """Add local derivative × incoming gradient to each parent's gradient."""
        if self._parent1 is not None:
            self._parent1._grad += self._local1 * self._grad
        if self._parent2 is not None:
            self._parent2._grad += self._local2 * self._grad

    def backward(self):
        """Fill in grad, d(self)/d(node), for every node that self was computed from.

        Inner nodes start from 0 on every call; leaves add to what they hold, so a
        second call doubles them (in PyTorch too, which asks for retain_graph=True).
        Training clears them between steps.
        """
        order = _topological_order(self)
        for node in order:
            node._grad = 0.0
        self._grad += 1.0  # d(self)/d(self)
        for node in reversed(order):
            node._backward()

    # Comparisons compare numbers, and give True or False; a Value of 0 is false, as 0 is.

    def __eq__(self, other):
        if isinstance(other, Value):
            same_number = self._data == other._data
            same_node = self is other
            if same_number != same_node:
                raise TypeError(
                    f"== between two Values that hold {self._data} and {other._data} can mean two "
                    "things: write a.data == b.data for the numbers, a is b for the nodes, and "
                    "keep nodes that you look for in a set, not in a list."
                )
            return same_number
        return bool(self._data == other) if _is_comparable(other) else NotImplemented

    __hash__ = object.__hash__

    def __lt__(self, other):
        if isinstance(other, Value):
            return self._data < other._data
        return bool(self._data < other) if _is_comparable(other) else NotImplemented

    def __le__(self, other):
        if isinstance(other, Value):
            return self._data <= other._data
        return bool(self._data <= other) if _is_comparable(other) else NotImplemented

    def __gt__(self, other):
        if isinstance(other, Value):
            return self._data > other._data
        return bool(self._data > other) if _is_comparable(other) else NotImplemented

    def __ge__(self, other):
        if isinstance(other, Value):
            return self._data >= other._data
        return bool(self._data >= other) if _is_comparable(other) else NotImplemented

    def __bool__(self):
        return self._data != 0

    # What would lose the gradient, or the graph, is refused by a sentence.

    def __float__(self):
        raise TypeError(
            "A Value is not a plain number, and math's functions would lose its "
            "gradient: use a method such as v.tanh(), or v.data for the number."
        )

    def __int__(self):
        raise _no_operation("int(v)")

    def __round__(self, digits=None):
        raise _no_operation("round(v)")

    def __trunc__(self):
        raise _no_operation("trunc(v)")

    def __abs__(self):
        raise _no_operation("abs(v)")

    def __floordiv__(self, other):
        raise _no_operation("//")

    def __mod__(self, other):
        raise _no_operation("%")

    def __divmod__(self, other):
        raise _no_operation("divmod")

    __rfloordiv__ = __floordiv__
    __rmod__ = __mod__
    __rdivmod__ = __divmod__

    def __array_ufunc__(self, function, method, *inputs, **options):
        """NumPy's door, for `number * v`, `array * v` and np.exp(v): only numbers come in."""
        name = function.__name__
        if name in NUMPY_OPERATORS and method == "__call__" and not options:
            left, right = inputs
            operation, from_the_right = NUMPY_OPERATORS[name]
            if isinstance(left, Value):
                out = operation(left, right)
            else:
                out = from_the_right(right, left)
            if out is not NotImplemented:
                return out
        raise TypeError(
            f"np.{name} does not work with a Value: use a method such as v.tanh(), "
            "or v.data for the number."
        )

    def __reduce_ex__(self, protocol):
        """For copy and pickle: a leaf has all it needs in itself, a result would need its graph."""
        if self._parent1 is not None:
            raise TypeError(
                "a Value that was computed is not copied or pickled, because its whole graph hangs "
                "on it: take v.data, or the leaves, such as model.parameters()."
            )
        return super().__reduce_ex__(protocol)


# NumPy's names of the operators: what v does on the left of it, and what on the right.
NUMPY_OPERATORS = {
    "add": (Value.__add__, Value.__radd__),
    "subtract": (Value.__sub__, Value.__rsub__),
    "multiply": (Value.__mul__, Value.__rmul__),
    "divide": (Value.__truediv__, Value.__rtruediv__),
    "power": (Value.__pow__, Value.__rpow__),
    "equal": (Value.__eq__, Value.__eq__),
    "not_equal": (Value.__ne__, Value.__ne__),
    "less": (Value.__lt__, Value.__gt__),
    "less_equal": (Value.__le__, Value.__ge__),
    "greater": (Value.__gt__, Value.__lt__),
    "greater_equal": (Value.__ge__, Value.__le__),
}


class _Flat(float):
    """The slope 0 of a function that does not move at all: 0 times anything, inf and nan too."""

    __slots__ = ()

    def __mul__(self, incoming):
        return 0.0

    __rmul__ = __mul__


# For relu left of 0, for x ** 0 and for 0 ** p. As in PyTorch, a parent behind it gets exactly 0;
# everywhere else 0 · inf is nan.
FLAT = _Flat(0.0)


def _topological_order(root):
    """The results that root depends on, root among them, each after its parents; no leaves.

    A walk along a path that it remembers, not recursion, so that any depth works.
    """
    this_walk = object()
    order = []
    path = [root] if root._parent1 is not None else []
    while path:
        node = path[-1]
        parent = node._parent1
        if parent._parent1 is not None and parent._met_by is not this_walk:
            parent._met_by = this_walk
            path.append(parent)
            continue
        parent = node._parent2
        if parent is not None and parent._parent1 is not None and parent._met_by is not this_walk:
            parent._met_by = this_walk
            path.append(parent)
            continue
        order.append(path.pop())  # every parent is in order, so the node can follow
    return order


def _result(data, op, parent1, local1, parent2=None, local2=None):
    """The Value that an operation returns; its data needs no check, so __init__ is left out."""
    out = Value.__new__(Value)
    out._data = data
    out._grad = 0.0
    out.label = ""
    out._op = op
    out._parent1 = parent1
    out._local1 = local1
    out._parent2 = parent2
    out._local2 = local2
    out._met_by = None
    return out


def _constant(x, op):
    """A new leaf that holds the number x; op, the operation that x stands beside, for the error."""
    return Value(_number(x, op))


def _number(x, where):
    """x as a float, if it is one real number; where: what needs it, for the error."""
    if isinstance(x, Value):
        raise TypeError(
            f"{where} needs a real number, not {x!r}: "
            "its number is in .data, its gradient in .grad."
        )
    if not _is_number(x) or getattr(x, "imag", 0):
        raise TypeError(f"{where} needs a real number, not {type(x).__name__} {x!r:.60}.")
    try:
        return float(x)
    except OverflowError:
        raise OverflowError(f"{where} got a whole number that is too large for a float.") from None


def _is_number(x):
    """Whether x is one number, Python's or NumPy's; an array, even of one number, has a length."""
    return hasattr(x, "__float__") and not hasattr(x, "__len__")


def _is_comparable(x):
    """Whether x is one number; NumPy makes one of its own an array without axes to compare it."""
    return _is_number(x) or getattr(x, "shape", None) == () and not hasattr(x, "grad")


def _no_operation(name):
    return TypeError(
        f"{name} is not among the operations of a Value: use v.data for the plain number, "
        "or build what you need from the operations that have a gradient."
    )


def _power(x, p):
    """xᵖ, where it is a real number that fits a float."""
    if x == 0 and p < 0:
        raise ZeroDivisionError(f"{x} ** {p}: zero to a negative power divides by zero.")
    if x < 0 and p % 1:
        raise ValueError(f"{x} ** {p}: a negative base needs a whole exponent.")
    try:
        return x**p
    except OverflowError:
        raise OverflowError(f"{x} ** {p} is too large for a float.") from None


def _slope_of_base(x, p):
    """d(xᵖ)/dx = p·xᵖ⁻¹; where that divides by zero or overflows, its limit."""
    if p == 0:
        return FLAT
    if x == 0 and p < 1:
        return math.inf
    try:
        return p * x ** (p - 1)
    except OverflowError:
        sign = x if p % 2 == 0 else 1.0
        return p * math.copysign(math.inf, sign)


def _slope_of_exponent(x, out):
    """d(xᵖ)/dp = xᵖ·log x, where out is xᵖ; 0 for the base 0, nan for a negative base."""
    if x > 0:
        return out * math.log(x)
    if x == 0:
        return FLAT
    return math.nan


def _two(items, what):
    """items, at most two of them, as a pair with None where one is missing."""
    items = tuple(items)
    if len(items) > 2:
        raise ValueError(f"a Value has at most two {what}, not {len(items)}.")
    return (*items, None, None)[:2]


def _without_none(first, second):
    if first is None:
        return ()
    if second is None:
        return (first,)
    return first, second
