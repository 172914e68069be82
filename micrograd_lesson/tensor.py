"""The array engine: one class, `Tensor`, an N-dimensional array that knows its gradient.

The words are those of the scalar engine. In place of a local derivative, which would be
a table of every output by every input, a result keeps for each parent a gradient rule,
from its own gradient to the parent's share of it (A. Griewank and A. Walther, Evaluating
Derivatives, 2nd ed., SIAM 2008). Every operation is written in the same three parts:

    def exp(self):
        out = np.exp(self._data)            # the result, an array

        def rule(g):                        # from the result's gradient g to self's share
            return g * out

        return operation(out, "exp", (self,), (rule,))

`_data` is `data` past the check that guards what is written to it: here it is only read.
A rule keeps arrays, never the Tensor that it belongs to: so no graph refers back to
itself, and one that is out of use is freed at once.
"""

import numpy as np

FLOAT = np.dtype(np.float64)  # of every array here: PyTorch's default, float32, has half the digits
CONSTANT = "constant"  # the _op of a number or an array beside an operator

# glibc gives large freed blocks back to the system, and fetching them again is slow.
# Freeing one of 24 MB, as this line does, ends that.
np.empty(3 << 20)

_MANY_ONES = np.ones(1024)  # for sums over as many rows as examples are mostly taken at once

_ages = iter(range(1 << 62))  # 0, 1, 2, …: a Tensor is older than all that is computed from it


class Tensor:
    """An array of float64 with a gradient of the same shape.

    Args:
        data: a number, a list of lists, or an array; it is copied.
        label: the name shown in drawings.

    Raises:
        TypeError: data is anything but real numbers in a regular shape.

    After `root.backward()`, grad is d(root)/d(self). Numbers and arrays beside an operator
    are constants, outside the graph. Log of zero, overflow and the like give inf or nan,
    and NumPy's warning. Do not change data in place between a forward pass and its backward pass.
    """

    __slots__ = ("_data", "_grad", "label", "_prev", "_op", "_rules", "_age")
    __array_priority__ = 1000  # makes NumPy leave `array * tensor` to us

    def __init__(self, data, label=""):
        self._data = np.array(real_numbers(data, "Tensor"), FLOAT, order="C")
        self._grad = None
        self.label = label
        self._prev = ()
        self._op = ""
        self._rules = ()
        self._age = next(_ages)

    # What it holds.

    @property
    def data(self):
        """The array. What is put in its place is kept as an array of float64.

        Raises:
            TypeError: something else than real numbers in a regular shape.
            ValueError: another number of axes. Sizes may change, as when a layer grows; the
                gradient is then cleared.
        """
        return self._data

    @data.setter
    def data(self, value):
        if type(value) is not np.ndarray or value.dtype is not FLOAT:
            value = np.asarray(real_numbers(value, "data"))
        if value.shape != self._data.shape:
            if value.ndim != self._data.ndim:
                raise ValueError(
                    f"data has shape {self.shape}, and shape {value.shape} cannot take its place."
                )
            self._grad = None
        self._data = value

    @property
    def grad(self):
        """The gradient, an array of data's shape. Set it to 0.0 to clear it.

        Raises:
            TypeError: something else than real numbers in a regular shape.
            ValueError: an array of another shape; a single number stands for every entry.
        """
        if type(self._grad) is not np.ndarray:
            if self._grad is None:  # zeros, made when they are looked at
                self._grad = np.zeros(self._data.shape)
            else:  # a single number that NumPy made of an array of shape ()
                self._grad = np.asarray(self._grad)
        return self._grad

    @grad.setter
    def grad(self, value):
        if type(value) is float and value == 0:
            self._grad = None
            return
        value = np.asarray(real_numbers(value, "grad (0.0 clears it)"))
        if value.shape not in ((), self.shape):
            raise ValueError(
                f"grad cannot have shape {value.shape} where data has shape {self.shape}."
            )
        self._grad = np.full(self.shape, value)

    @property
    def shape(self):
        """How many entries along each axis, a tuple."""
        return self._data.shape

    @property
    def ndim(self):
        """How many axes."""
        return self._data.ndim

    def item(self):
        """The only entry, as a Python float. ValueError: there are several, or none."""
        if self._data.size != 1:
            raise ValueError(f"item() needs a Tensor of one number, not of shape {self.shape}.")
        return self._data.item()

    def __len__(self):
        """How many entries along the first axis. TypeError: there is no axis."""
        if not self.ndim:
            raise TypeError("a Tensor of shape () is a single number and has no length.")
        return len(self._data)

    def __iter__(self):
        """The rows one after the other, each a Tensor in the graph."""
        for i in range(len(self)):
            yield self[i]

    def __repr__(self):
        data = np.array2string(self._data, separator=", ", threshold=100)
        grad = np.array2string(self.grad, separator=", ", threshold=100)
        return f"Tensor(data={data}, grad={grad})"

    def __format__(self, spec):
        """f"{t:.4f}" for a single number. TypeError: a format for several numbers."""
        if not spec:
            return str(self)
        if self.ndim:
            raise TypeError(
                f"a format such as {spec!r:.40} is for a single number, not for shape "
                f"{self.shape}: print t.data.round(4), or one entry."
            )
        return format(self.item(), spec)

    # Operations of two. Shapes that differ are broadcast: from the last axis on, sizes must be
    # equal or 1. Each has a twin for a number or an array on its left.

    def __add__(self, other):
        """self + other, entry by entry. ValueError: the shapes do not broadcast."""
        other = tensor(other, "+")
        out = _combined("+", np.add, self._data, other._data)

        def rule_self(g):
            return g

        def rule_other(g):
            return g

        return operation(out, "+", (self, other), (rule_self, rule_other))

    def __radd__(self, other):
        """other + self, for a number or an array on the left."""
        return tensor(other, "+") + self

    def __sub__(self, other):
        """self − other, entry by entry. ValueError: the shapes do not broadcast."""
        other = tensor(other, "-")
        out = _combined("-", np.subtract, self._data, other._data)

        def rule_self(g):
            return g

        def rule_other(g):
            return -g

        return operation(out, "-", (self, other), (rule_self, rule_other))

    def __rsub__(self, other):
        """other − self, for a number or an array on the left."""
        return tensor(other, "-") - self

    def __mul__(self, other):
        """self · other, entry by entry. ValueError: the shapes do not broadcast."""
        other = tensor(other, "*")
        x, y = self._data, other._data
        out = _combined("*", np.multiply, x, y)

        def rule_self(g):
            return g * y

        def rule_other(g):
            return g * x

        return operation(out, "*", (self, other), (rule_self, rule_other))

    def __rmul__(self, other):
        """other · self, for a number or an array on the left."""
        return tensor(other, "*") * self

    def __truediv__(self, other):
        """self / other, entry by entry. ValueError: the shapes do not broadcast."""
        other = tensor(other, "/")
        x, y = self._data, other._data
        out = _combined("/", np.divide, x, y)

        def rule_self(g):
            return g / y

        def rule_other(g):
            return -g * out / y

        return operation(out, "/", (self, other), (rule_self, rule_other))

    def __rtruediv__(self, other):
        """other / self, for a number or an array on the left."""
        return tensor(other, "/") / self

    def __pow__(self, other):
        """self to the power of other, entry by entry. ValueError: the shapes do not broadcast.

        d(xᵖ)/dx = p·xᵖ⁻¹, but 0 where p is 0. d(xᵖ)/dp = xᵖ·log x, but 0 where x is 0 and p ≥ 0;
        below 0 a number has no logarithm, and that gradient is nan.
        """
        other = tensor(other, "**")
        x, p = self._data, other._data
        if other._op is CONSTANT and not p.ndim:
            p = p.item()  # NumPy is faster, and a drawing says more, where it is a plain number
        out = _combined("**", pow, x, p)

        def rule_self(g):
            with np.errstate(all="ignore"):  # the warning came with the result
                slope = p * x ** (p - 1.0)
                return g * np.where(np.equal(p, 0), 0.0, slope)

        def rule_other(g):
            with np.errstate(all="ignore"):
                slope = out * np.log(x)
                return g * np.where(np.equal(x, 0) & (p >= 0), 0.0, slope)

        op = f"**{p:g}" if type(p) is float else "**"
        return operation(out, op, (self, other), (rule_self, rule_other))

    def __rpow__(self, other):
        """other to the power of self, for a number or an array on the left."""
        return tensor(other, "**") ** self

    def __matmul__(self, other):
        """self @ other, the matrix product over the last two axes; axes before them broadcast.

        A vector is a row on the left, and a column on the right; that axis is not in the result.

        Raises:
            ValueError: the left rows are not as long as the right columns, or one side is a
                single number.
        """
        other = tensor(other, "@")
        x, y = self._data, other._data
        if x.ndim == 2 and y.ndim == 2:
            out = _combined("@", np.dot, x, y)  # for two axes, dot is @ with a shorter start
            rules = _matrix_rules(x, y)
        elif x.ndim > 2 and y.ndim == 2:
            out = _combined("@", _every_row_times, x, y)
            rules = _every_row_rules(x, y)
        else:
            out = _combined("@", np.matmul, x, y)
            rules = _stack_rules(x, y)
        return operation(out, "@", (self, other), rules)

    def __rmatmul__(self, other):
        """other @ self, for an array on the left."""
        return tensor(other, "@") @ self

    # Operations of one.

    def __pos__(self):
        """+self: the same Tensor."""
        return self

    def __neg__(self):
        """−self."""

        def rule(g):
            return -g

        return operation(-self._data, "neg", (self,), (rule,))

    def exp(self):
        """e to the power of self, entry by entry: a Tensor of the same shape. inf above 709."""
        out = np.exp(self._data)

        def rule(g):
            return g * out

        return operation(out, "exp", (self,), (rule,))

    def log(self):
        """The natural logarithm, entry by entry: a Tensor of the same shape.

        -inf at 0, nan below.
        """
        x = self._data

        def rule(g):
            return g / x

        return operation(np.log(x), "log", (self,), (rule,))

    def tanh(self):
        """The hyperbolic tangent, entry by entry: a Tensor of the same shape, from −1 to 1.

        Its slope is 1 − tanh².
        """
        out = np.tanh(self._data)

        def rule(g):  # g · (1 − out²), the product in place: one array less to make
            share = 1.0 - out * out
            share *= g
            return share

        return operation(out, "tanh", (self,), (rule,))

    def sigmoid(self):
        """1 / (1 + e⁻ˣ), entry by entry: a Tensor of the same shape, from 0 to 1.

        Its slope is sigmoid·(1 − sigmoid).
        """
        out = sigmoid(self._data)

        def rule(g):
            return g * out * (1 - out)

        return operation(out, "sigmoid", (self,), (rule,))

    def relu(self):
        """The larger of self and 0, entry by entry: a Tensor of the same shape.

        Its slope is 1 above 0, and 0 at 0 and below. A slope of 0 lets nothing through, not even
        an infinite gradient. nan stays nan.
        """
        x = self._data
        out = np.maximum(x, 0)

        def rule(g):  # no product: inf times a slope of 0 would be nan
            return np.where(x <= 0, 0, g)

        return operation(out, "relu", (self,), (rule,))

    # Reductions.

    def sum(self, axis=None, keepdims=False):
        """The sum along an axis, along several, or of all entries.

        Args:
            axis: a number, a tuple of numbers, or None for all axes. From the shape they go away.
            keepdims: let them stay, with size 1.

        Raises:
            TypeError, ValueError: axis is no axis, or none of these.
        """
        x = self._data
        out = _reduced("sum", np.add, x, axis, keepdims)

        def rule(g):
            return _stretched(g, x, axis, keepdims)

        return operation(out, "sum", (self,), (rule,))

    def mean(self, axis=None, keepdims=False):
        """The mean along an axis, along several, or of all entries; nan where there is no entry.

        axis, keepdims and errors are those of `sum`.
        """
        x = self._data
        total = _reduced("mean", np.add, x, axis, keepdims)
        count = x.size / max(total.size, 1) or np.nan  # how many entries each mean is of

        def rule(g):
            return _stretched(g / count, x, axis, keepdims)

        return operation(total / count, "mean", (self,), (rule,))

    def max(self, axis=None, keepdims=False):
        """The largest entry along an axis, along several, or of all.

        Where several tie, they share its gradient equally, as in PyTorch's amax. axis, keepdims
        and errors are those of `sum`; where there is no entry, there is none to choose: ValueError.
        """
        x = self._data
        out = _reduced("max", np.maximum, x, axis, keepdims)

        def rule(g):
            ties = x == _stretched(out, x, axis, keepdims)  # the shape of x
            count = np.add.reduce(ties, axis, keepdims=True)
            return _stretched(g, x, axis, keepdims) * ties / count

        return operation(out, "max", (self,), (rule,))

    # The same entries in another shape, or some of them.

    def reshape(self, *shape):
        """The same entries in another shape, given as numbers or as one tuple; -1: what is left.

        ValueError: another number of entries. TypeError: what is no shape.
        """
        x = self._data
        if len(shape) == 1:
            shape = shape[0]
        try:
            out = x.reshape(shape)
        except (TypeError, ValueError) as problem:
            raise _refusal(problem, f"reshape cannot turn shape {x.shape} into {shape}.") from None

        def rule(g):
            return g.reshape(x.shape)

        return operation(out, "reshape", (self,), (rule,))

    def transpose(self, *axes):
        """The axes in the order given, as numbers or as one tuple; without any, in reverse.

        ValueError: not every axis once. TypeError: what is no axis.
        """
        x = self._data
        order = axes[0] if len(axes) == 1 else axes or None
        try:
            out = np.transpose(x, order)
        except (TypeError, ValueError) as problem:
            raise _refusal(
                problem, f"transpose cannot put axes of shape {x.shape} in order {order}."
            ) from None
        back = None
        if order is not None:  # where each axis came from, so that the gradient goes back there
            back = np.argsort(np.atleast_1d(order) % max(x.ndim, 1))

        def rule(g):
            return g.transpose(back)

        return operation(out, "transpose", (self,), (rule,))

    @property
    def T(self):
        """The transpose: all axes in reverse."""
        return self.transpose()

    def __getitem__(self, key):
        """Any index that NumPy takes. An entry that is picked twice receives both gradients.

        IndexError, ValueError or TypeError: an index that is not there, or is none.
        """
        x = self._data
        try:
            out = x[key]
        except (IndexError, TypeError, ValueError) as problem:
            shown = " ".join(repr(key).split())
            raise _refusal(problem, f"[] cannot take {shown:.60} from shape {x.shape}.") from None

        def rule(g):
            share = np.zeros(x.shape)
            _add_picked(share, key, g)
            return share

        return operation(out, "[]", (self,), (rule,))

    # Comparisons compare numbers, entry by entry; they have no gradient. Sets and dictionaries
    # find a Tensor by identity; in a list, look for it with `is`.

    def __eq__(self, other):
        """self == other, entry by entry: an array of bools."""
        return _compared("==", np.equal, self, other)

    def __ne__(self, other):
        """self != other, entry by entry: an array of bools."""
        return _compared("!=", np.not_equal, self, other)

    def __lt__(self, other):
        """self < other, entry by entry: an array of bools."""
        return _compared("<", np.less, self, other)

    def __le__(self, other):
        """self <= other, entry by entry: an array of bools."""
        return _compared("<=", np.less_equal, self, other)

    def __gt__(self, other):
        """self > other, entry by entry: an array of bools."""
        return _compared(">", np.greater, self, other)

    def __ge__(self, other):
        """self >= other, entry by entry: an array of bools."""
        return _compared(">=", np.greater_equal, self, other)

    __hash__ = object.__hash__

    def __bool__(self):
        """Whether a single number is not 0. ValueError: several numbers, or none."""
        if self._data.size != 1:
            raise ValueError(
                f"shape {self.shape} is not one number, so it is neither true nor false as a "
                "whole: ask for t.data.any() or t.data.all()."
            )
        return bool(self._data.item())

    # What would lose the gradient without a word.

    def __array__(self, *_, **__):
        raise TypeError(
            "A Tensor is not a plain array, and the functions of NumPy and math would lose its "
            "gradient: use a method such as t.tanh(), or t.data for the array."
        )

    def __array_function__(self, function, types, args, kwargs):
        """np.sum(t), np.concatenate([t, t]) and all their kind: refused."""
        self.__array__()

    def __float__(self):
        """float(t), math.tanh(t): refused."""
        self.__array__()

    def __int__(self):
        """int(t): refused."""
        self.__array__()

    def __round__(self, digits=None):
        """round(t): refused."""
        self.__array__()

    def __abs__(self):
        """abs(t): refused."""
        raise TypeError(
            "abs() is no operation of Tensor: write t.relu() + (-t).relu(), or abs(t.data) for "
            "the array."
        )

    def __reduce__(self):
        """What copy and pickle keep. TypeError: a result, whose rules cannot be copied."""
        if self._prev:
            raise TypeError(
                "a Tensor that was computed cannot be copied or pickled with its graph: take its "
                "data, as in Tensor(t.data), or the parameters it was computed from."
            )
        return _restored, (self._data, self._grad, self.label)

    # The backward pass.

    def backward(self):
        """Fill in grad, d(self)/d(node), for every node that self was computed from.

        Inner nodes start from 0 on every call; leaves add to what they hold, so a second call
        doubles them (in PyTorch too, with retain_graph=True).

        Raises:
            ValueError: self is not a single number. From a given gradient, start with
                (t * gradient).sum().backward().
        """
        if self._data.size != 1:
            raise ValueError(
                f"backward() starts from a single number, not from shape {self.shape}: "
                "reduce it first, for example with .sum()."
            )
        if not self._prev:
            self.grad = self.grad + 1.0
            return
        nodes = _results(self)
        for node in nodes:
            node._grad = None
        self._grad = _ones(self.shape)
        for node in nodes:
            node._backward()

    def _backward(self):
        """Hand each parent its share of the gradient: apply the rule, undo broadcasting, add."""
        g = np.asarray(self._grad)  # NumPy makes a number of an array of shape ()
        for parent, rule in zip(self._prev, self._rules):
            share = rule(g)
            shape = parent._data.shape
            if share.shape != shape:
                share = _summed_to(shape, share)
            if parent._grad is not None:
                share = parent._grad + share
            elif not parent._prev and (share is g or share.base is not None):
                share = share.copy()  # a leaf's gradient is an array of its own
            parent._grad = share  # perhaps g itself: nothing here changes a gradient in place


def operation(data, op, parents, rules):
    """The Tensor that an operation returns.

    Args:
        data: the result, an array or a number.
        op: the operation's name.
        parents: a tuple of the Tensors that it was computed from; constants are left out, and
            the result of constants alone is a constant.
        rules: a tuple with a function for each parent. It takes the result's gradient, an array
            of the result's shape that it must not change, and returns the parent's share, an
            array of the parent's shape or of one that the parent was broadcast to.
    """
    i = 0
    for parent in parents:
        if parent._op is CONSTANT:  # leave it out
            parents = parents[:i] + parents[i + 1 :]
            rules = rules[:i] + rules[i + 1 :]
        else:
            i += 1
    if type(data) is not np.ndarray or data.dtype is not FLOAT:
        data = np.asarray(data, FLOAT)
    out = Tensor.__new__(Tensor)
    out._data = data
    out._grad = None
    out.label = ""
    out._prev = parents
    out._op = op if parents else CONSTANT
    out._rules = rules
    out._age = next(_ages)
    return out


def tensor(x, op):
    """x as a Tensor for the operation op; a number or an array becomes a constant."""
    if isinstance(x, Tensor):
        return x
    out = Tensor.__new__(Tensor)
    out._data = np.asarray(real_numbers(x, op))
    out._op = CONSTANT
    return out


def real_numbers(x, where):
    """x as a Python float where it is a number, else as an array of float64.

    Raises:
        TypeError: anything but real numbers in a regular shape; where says who needs them.
    """
    if type(x) is np.ndarray and x.dtype is FLOAT:
        return x
    if isinstance(x, (int, float)):
        return float(x)
    try:
        array = np.asarray(x)
    except ValueError:  # rows of different lengths
        array = np.array(None)
    if array.dtype.kind not in "fiub":
        shown = " ".join(repr(x).split())
        raise TypeError(
            f"{where} needs real numbers in a regular shape, not {type(x).__name__} {shown:.60}."
        )
    if array.dtype is not FLOAT:
        array = array.astype(FLOAT)
    return array


def _results(root):
    """All results that root depends on, youngest first: each before its parents, which are older.

    root: a Tensor that was computed.
    """
    by_age = {root._age: root}
    waiting = [root]
    for node in waiting:  # grows as we walk along it
        for parent in node._prev:
            if parent._prev and parent._age not in by_age:
                by_age[parent._age] = parent
                waiting.append(parent)
    return [by_age[age] for age in sorted(by_age, reverse=True)]


def sigmoid(x):
    """1 / (1 + e⁻ˣ) of an array, entry by entry."""
    small = np.exp(-np.abs(x))  # at most 1, so it cannot overflow
    return np.where(x >= 0, 1, small) / (1 + small)


def _combined(op, compute, x, y):
    """compute(x, y); where the shapes of the arrays do not fit, a sentence that names them."""
    try:
        return compute(x, y)
    except ValueError:
        fit = "from the last axis on, sizes must be equal or 1"
        if op == "@":
            fit = "left rows must be as long as right columns"
        raise ValueError(
            f"{op} cannot combine shapes {x.shape} and {np.shape(y)}: {fit}."
        ) from None


def _compared(op, compare, a, b):
    """An array of bools; NotImplemented, Python's way to say False to ==, for what is no number."""
    if isinstance(b, str) or b is None:
        return NotImplemented
    return _combined(op, compare, a._data, tensor(b, op)._data)


def _matrix_rules(x, y):
    """The two rules of x @ y for x of shape (m, n) and y of shape (n, k)."""

    def rule_x(g):  # (m, k) @ (k, n)
        return g.dot(y.T)

    def rule_y(g):  # (n, m) @ (m, k)
        return x.T.dot(g)

    return rule_x, rule_y


def _every_row_times(x, y):
    """x @ y for x of shape (…, n) and y of shape (n, k): one product of all rows with y.

    np.matmul takes a product for each entry of the axes before, which is much slower.
    """
    out = _rows(x).dot(y)
    return out.reshape(*x.shape[:-1], y.shape[1])


def _every_row_rules(x, y):
    """The two rules of x @ y in that case; for y they also sum over the axes before."""

    def rule_x(g):
        return _every_row_times(g, y.T)

    def rule_y(g):
        return _rows(x).T.dot(_rows(g))

    return rule_x, rule_y


def _rows(a):
    """a of shape (…, n) as a matrix of shape (rows, n)."""
    if a.ndim == 2:
        return a
    *before, n = a.shape
    return a.reshape(np.prod(before), n)


def _stack_rules(x, y):
    """The two rules of x @ y in every other case: vectors, and stacks of matrices on the right.

    With x as rows (…, m, n) and y as columns (…, n, k), the gradient G has shape (…, m, k), and
    the shares are G @ yᵀ and xᵀ @ G.
    """
    rows = x if x.ndim > 1 else x[None, :]  # (m, n), m = 1 for a vector
    columns = y if y.ndim > 1 else y[:, None]  # (n, k), k = 1 for a vector
    stack = np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2])
    full = (*stack, rows.shape[-2], columns.shape[-1])

    def rule_x(g):
        return g.reshape(full) @ columns.mT

    def rule_y(g):
        share = rows.mT @ g.reshape(full)
        return share if y.ndim > 1 else share[..., 0]

    return rule_x, rule_y


def _add_picked(share, key, g):
    """share[key] += g, but an entry that the key names twice receives both of its numbers.

    np.add.at does this for every key. It goes number by number; two kinds of key need not.
    """
    if isinstance(key, np.ndarray) and key.dtype.kind in "iu" and key.ndim and share.ndim > 1:
        _add_rows(share, key.ravel(), g.reshape(-1, *share.shape[1:]))
    elif _picks_once(key):
        share[key] = g
    else:
        np.add.at(share, key, g)


def _picks_once(key):
    """Whether a key is of slices, numbers and masks alone, which name no entry twice."""
    parts = key if type(key) is tuple else (key,)
    masks = [part for part in parts if isinstance(part, np.ndarray)]
    if masks:
        return len(parts) == 1 and masks[0].dtype.kind == "b"
    return all(part is None or isinstance(part, (int, slice, type(...))) for part in parts)


def _add_rows(share, rows, g):
    """share[rows[i]] += g[i] for all i: sorted by rows, those of one row stand together."""
    if not len(rows):
        return
    rows = rows % len(share)  # −1 is the last
    order = np.argsort(rows, kind="stable")
    picked, starts = np.unique(rows[order], return_index=True)
    share[picked] = np.add.reduceat(g[order], starts)


def _summed_to(shape, g):
    """g summed over the copies into which broadcasting stretched an operand of this shape."""
    if shape == g.shape[-1:]:
        return sum_of_rows(_rows(g))
    extra = g.ndim - len(shape)
    if extra:
        g = np.add.reduce(g, axis=tuple(range(extra)))
    stretched = tuple(i for i, size in enumerate(shape) if size != g.shape[i])
    if stretched:
        g = np.add.reduce(g, axis=stretched, keepdims=True)
    return g


def sum_of_rows(g):
    """g of shape (n, k) summed over its rows: ones @ g, which is faster than g.sum(axis=0)."""
    n = len(g)
    ones = _MANY_ONES[:n] if n <= len(_MANY_ONES) else _ones(n)
    return ones.dot(g)


def _ones(shape):
    """What np.ones returns, in half the time where there are few."""
    out = np.empty(shape)
    out.fill(1.0)
    return out


def _reduced(name, ufunc, x, axis, keepdims):
    try:
        return ufunc.reduce(x, axis, keepdims=keepdims)
    except (TypeError, ValueError) as problem:
        raise _refusal(problem, f"{name} cannot reduce axis {axis} of shape {x.shape}.") from None


def _stretched(g, x, axis, keepdims):
    """g, of the shape of a reduction of x, copied along the reduced axes to the shape of x."""
    out = np.empty(x.shape)
    if keepdims or axis is None or not x.ndim:
        out[...] = g
    else:
        out[...] = np.expand_dims(g, axis)
    return out


def _refusal(problem, sentence):
    """The sentence as an exception of the same kind as NumPy's."""
    for kind in (ValueError, TypeError, IndexError):
        if isinstance(problem, kind):
            return kind(sentence)


def _restored(data, grad, label):
    """The leaf that copy or pickle took apart."""
    out = Tensor(data, label)
    if grad is not None:
        out.grad = grad
    return out
