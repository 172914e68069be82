"""The exercises of lesson 02: right answers pass, and wrong ones are told why."""

import math

import numpy as np

from micrograd_lesson import Value
from tests.exercises.answers import check_tables


class Right:
    """The class that exercise 6 asks for; each class below spoils one thing in it."""

    def __init__(self, data, label="", prev=(), op=""):
        self.data, self.grad, self.label, self._prev, self._op = data, 0.0, label, prev, op

    def __add__(self, other):
        return type(self)(self.data + other.data, "", (self, other), "+")

    def __sub__(self, other):
        return type(self)(self.data - other.data, "", (self, other), "-")

    def __mul__(self, other):
        return type(self)(self.data * other.data, "", (self, other), "*")

    def tanh(self):
        return type(self)(math.tanh(self.data), "", (self,), "tanh")


class ParentsInASet(Right):
    def __init__(self, data, label="", prev=(), op=""):
        super().__init__(data, label, set(prev), op)


class MinusFromOthers(Right):
    def __sub__(self, other):
        return self + other * MinusFromOthers(-1.0)


class LabelNeeded(Right):
    def __init__(self, data, label):
        super().__init__(data, label)

    def _made(self, data, prev, op):
        out = LabelNeeded(data, "")
        out._prev, out._op = prev, op
        return out

    def __add__(self, other):
        return self._made(self.data + other.data, (self, other), "+")

    def __sub__(self, other):
        return self._made(self.data - other.data, (self, other), "-")

    def __mul__(self, other):
        return self._made(self.data * other.data, (self, other), "*")

    def tanh(self):
        return self._made(math.tanh(self.data), (self,), "tanh")


class Unfinished: ...


class Half(Right):
    def __mul__(self, other): ...


class NoInit:
    def __add__(self, other):
        return NoInit()


class ForgotReturn(Right):
    def __add__(self, other):
        ForgotReturn(self.data + other.data, "", (self, other), "+")


class TanhForgotReturn(Right):
    def tanh(self):
        TanhForgotReturn(math.tanh(self.data), "", (self,), "tanh")


class NoGrad(Right):
    def __init__(self, *args):
        super().__init__(*args)
        del self.grad


class GradOne(Right):
    def __init__(self, *args):
        super().__init__(*args)
        self.grad = 1.0


class Forgetful(Right):
    def __add__(self, other):
        return Forgetful(self.data + other.data)


class ParentsAsNumbers(Right):
    def __mul__(self, other):
        return ParentsAsNumbers(
            self.data * other.data, "", (ParentsAsNumbers(self.data), other), "*"
        )


class Plain(Right):
    def __add__(self, other):
        return self.data + other.data


class NoComma(Right):
    def tanh(self):
        return NoComma(math.tanh(self.data), "", (self), "tanh")


class WrongTanh(Right):
    def tanh(self):
        return WrongTanh(1 - math.tanh(self.data) ** 2, "", (self,), "tanh")


class WrongName(Right):
    def __mul__(self, other):
        return WrongName(self.data * other.data, "", (self, other), "+")


class NoName(Right):
    def __mul__(self, other):
        return NoName(self.data * other.data, "", (self, other))


class MinusTheOtherWay(Right):
    def __sub__(self, other):
        return MinusTheOtherWay(other.data - self.data, "", (self, other), "-")


class ParentsTheOtherWay(Right):
    def __sub__(self, other):
        return ParentsTheOtherWay(self.data - other.data, "", (other, self), "-")


class NoTanh:
    __init__, __add__, __sub__, __mul__ = (
        Right.__init__,
        Right.__add__,
        Right.__sub__,
        Right.__mul__,
    )


class NoSub:
    __init__, __add__, __mul__, tanh = Right.__init__, Right.__add__, Right.__mul__, Right.tanh


def down(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad


def down_with_result(leaves, rate):
    for leaf in leaves:
        leaf.data = leaf.data - leaf.grad * rate
    return leaves


def up(leaves, rate):
    for leaf in leaves:
        leaf.data += rate * leaf.grad


def no_rate(leaves, rate):
    for leaf in leaves:
        leaf.data -= leaf.grad


def sign_only(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * math.copysign(1, leaf.grad)


def replaced(leaves, rate):
    for leaf in leaves:
        leaf.data = -rate * leaf.grad


def grad_moved(leaves, rate):
    for leaf in leaves:
        leaf.grad -= rate * leaf.grad


def names_only(leaves, rate):
    for leaf in leaves:
        leaf = leaf.data - rate * leaf.grad


def holds_leaves(leaves, rate):
    for leaf in leaves:
        leaf.data = leaf - rate * leaf.grad


def grad_lost(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad
        leaf.grad = leaf * 1


def cleared_first(leaves, rate):
    for leaf in leaves:
        leaf.grad = 0.0
        leaf.data -= rate * leaf.grad


def cleared_last(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad
        leaf.grad = 0.0


def only_documented(leaves, rate):
    """Move every leaf."""
    ...


def first_only(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad
        return


def swap(x, y, grad):
    return y * grad, x * grad


def same(x, y, grad):
    return grad, grad


SATURATED = 1 - math.tanh(2.0) ** 2

RIGHT = [
    ("02.a", -2),
    ("02.a", -2.0),
    ("02.a", "-2"),
    ("02.a", "f"),
    ("02.a", Value(-2.0)),
    ("02.b", "rises"),
    ("02.b", " Rises"),
    ("02.c", "w2"),
    ("02.c", "W2"),
    ("02.c", Value(1.0, "w2")),
    ("02.1", 0.5, 2, -1, -5),
    ("02.1", 0.5, 2.0, Value(-1.0), np.float32(-5)),
    ("02.2", same, swap),
    ("02.2", lambda x, y, grad: [grad * 1, grad * 1], lambda x, y, grad: [grad * y, grad * x]),
    ("02.3", lambda x, y, grad: (grad, -grad)),
    ("02.3", lambda x, y, grad: (Value(grad), -1.0 * grad)),
    ("02.4", 2 * SATURATED, SATURATED),
    ("02.4", 0.141, 0.071),
    ("02.4", Value(0.1413), Value(0.0707)),
    ("02.5", down),
    ("02.5", down_with_result),
    ("02.5", cleared_last),
    ("02.6", Right),
    ("02.6", ParentsInASet),
    ("02.6", MinusFromOthers),
    ("02.6", LabelNeeded),
    ("02.6", Value),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("02.a", 4, "other factor"),
    ("02.a", "d", "other factor"),
    ("02.a", -8, "how fast"),
    ("02.a", 2, "negative"),
    ("02.a", "falls", "choices"),
    ("02.b", "falls", "b goes down"),
    ("02.b", "stays", "cancel"),
    ("02.b", "-7", "choices"),
    ("02.c", "x2", "partner"),
    ("02.c", "x1", "reaches n three times"),
    ("02.c", "w1", "twice"),
    ("02.c", "b", "plus"),
    ("02.1", 0.5, -1, 2, -5, "swapped"),
    ("02.1", 1, 2, -1, -5, "local derivative of the plus"),
    ("02.1", 0.5, 4, -2, -5, "arrives from u"),
    ("02.1", 0.5, 0.5, 0.5, -5, "multiplies it by r"),
    ("02.1", 0.5, 2, -1, 0.5, "own data"),
    ("02.1", 0.5, 2, -1, -8, "that is u"),
    ("02.1", -5, -20, 10, -5, "stands behind v"),
    ("02.1", 0.5, 2, 7, -5, "start with 1"),
    ("02.1", 0.5, 2, "r", -5, "number is wanted"),
    ("02.2", lambda x, y, grad: (1, 1), swap, "local derivatives"),
    ("02.2", lambda x, y, grad: (grad / 2, grad / 2), swap, "shared out"),
    ("02.2", swap, swap, "rule of times"),
    ("02.2", lambda x, y, grad: grad, swap, "Two numbers"),
    ("02.2", same, lambda x, y, grad: (x * grad, y * grad), "not swapped"),
    ("02.2", same, lambda x, y, grad: (y, x), "local derivatives"),
    ("02.2", same, same, "rule of plus"),
    ("02.2", same, lambda x, y, grad: (y + grad, x + grad), "multiply each"),
    ("02.2", same, lambda x, y, grad: (1, 1), "multiply each"),
    ("02.2", same, lambda x, y, grad: print(x), "return missing"),
    ("02.2", same, lambda x, y, grad: (y * grad, None), "number is wanted"),
    ("02.2", (1, 1), swap, "function"),
    ("02.3", same, "with x = 2, y = −3 and grad = 1 should give (1, −1), and yours gives (1, 1)"),
    ("02.3", same, "rule of plus"),
    ("02.3", lambda x, y, grad: (-grad, grad), "swapped"),
    ("02.3", lambda x, y, grad: (1, -1), "local derivatives"),
    ("02.3", lambda x, y, grad: (-grad, -grad), "not taken away"),
    ("02.3", lambda x, y, grad: (x * grad, -y * grad), "data do not matter"),
    ("02.4", 1.0, 0.5, "old bias"),
    ("02.4", 2.0, 1.0, "still multiplies"),
    ("02.4", 1.928, 0.964, "output o"),
    ("02.4", 0.0, 0.0, "n is −6 + 8"),
    ("02.4", 2 * SATURATED, 2 * SATURATED, "twice too much"),
    ("02.4", SATURATED, SATURATED, "arrives at x1·w1"),
    ("02.4", -3 * SATURATED, SATURATED, "gradient of x1"),
    ("02.4", 2.0, SATURATED, "local derivative"),
    ("02.5", up, "against it"),
    ("02.5", no_rate, "rate is missing"),
    ("02.5", sign_only, "size"),
    ("02.5", replaced, "in the place of the leaf"),
    ("02.5", grad_moved, "goes into leaf.data"),
    ("02.5", grad_lost, "gradients have changed"),
    ("02.5", holds_leaves, "not with leaf itself"),
    ("02.5", names_only, "No leaf has moved"),
    ("02.5", first_only, "only the first"),
    ("02.5", cleared_first, "cleared before"),
    ("02.5", 0.1, "function"),
    ("02.6", NoGrad, "self.grad"),
    ("02.6", GradOne, "grad should be 0.0"),
    ("02.6", Forgetful, "forgotten its parents"),
    ("02.6", ParentsAsNumbers, "very objects"),
    ("02.6", Plain, "should be a new"),
    ("02.6", NoComma, "comma"),
    ("02.6", WrongTanh, "should hold"),
    ("02.6", WrongName, "_op"),
    ("02.6", NoName, "which operation"),
    ("02.6", MinusTheOtherWay, "should hold"),
    ("02.6", ParentsTheOtherWay, "wrong order"),
    ("02.6", NoTanh, "no tanh"),
    ("02.6", NoInit, "__init__"),
    ("02.6", ForgotReturn, "__add__ returns nothing"),
    ("02.6", TanhForgotReturn, "tanh returns nothing"),
    ("02.6", NoSub, "__sub__"),
    ("02.6", Right(1.0), "class itself"),
]

WAITING = [
    ("02.1", 0.5, 2, ..., -5),
    ("02.2", same, lambda x, y, grad: ...),
    ("02.2", same, lambda x, y, grad: (y * grad, ...)),
    ("02.5", lambda leaves, rate: ...),
    ("02.5", only_documented),
    ("02.6", Unfinished),
    ("02.6", Half),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)
