"""The exercises of lesson 03: right answers pass, and wrong ones are told why."""

import math

import numpy as np
import pytest

from micrograd_lesson import Value
from micrograd_lesson.exercises import check
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


class SharedDefault:
    """The classic: a default list is made once, and all nodes share it."""

    def __init__(self, data, label="", prev=[], op=""):  # noqa: B006
        self.data, self.grad, self.label, self._prev, self._op = data, 0.0, label, prev, op

    def __add__(self, other):
        out = SharedDefault(self.data + other.data, op="+")
        out._prev.extend((self, other))
        return out

    __sub__ = __mul__ = __add__

    def tanh(self):
        return self


class InPlace(Right):
    def __add__(self, other):
        self.data = self.data + other.data
        self._prev = (self, other)
        self._op = "+"
        return self


class OwnParent(Right):
    def __add__(self, other):
        out = OwnParent(self.data + other.data, "", (), "+")
        out._prev = (self, other, out)
        return out


class ParentsOfTheLeaf(Right):
    def __mul__(self, other):
        self._prev = (other,)
        return ParentsOfTheLeaf(self.data * other.data, "", (self, other), "*")


class InputMoved(Right):
    def __mul__(self, other):
        out = InputMoved(self.data * other.data, "", (self, other), "*")
        self.data = out.data
        return out


class ParentsAreData(Right):
    def __add__(self, other):
        return ParentsAreData(self.data + other.data, "", (self.data, other.data), "+")


class PrevNone(Right):
    def __init__(self, data, label="", prev=None, op=""):
        super().__init__(data, label, (), op)
        self._prev = prev


class PrevText(Right):
    def tanh(self):
        return PrevText(math.tanh(self.data), "", "self", "tanh")


class TanhOfSelf(Right):
    def tanh(self):
        return TanhOfSelf(math.tanh(self), "", (self,), "tanh")


class Endless(Right):
    def __add__(self, other):
        return Endless(self + other, "", (self, other), "+")


class NoSelf(Right):
    def __mul__(other):
        return NoSelf(other.data, "", (other,), "*")


class NearlyTanh(Right):
    def tanh(self):
        return NearlyTanh(0.46211, "", (self,), "tanh")


class OneArgument(Right):
    def __init__(self, data):
        super().__init__(data)


class RightAtOnePlaceOnly(Right):
    def __mul__(self, other):
        return RightAtOnePlaceOnly(-1.5, "", (self, other), "*")


class TanhTwice(Right):
    def tanh(self):
        return TanhTwice(math.tanh(self.data), "", (self, self), "tanh")


class RoundedSum(Right):
    def __add__(self, other):
        return RoundedSum(round(self.data + other.data, 1), "", (self, other), "+")


class MinusOfAValue(Right):
    def __sub__(self, other):
        return MinusOfAValue(self.data - other, "", (self, other), "-")


class InitWithoutSelf(Right):
    def __init__(data, label="", prev=(), op=""):
        self.data = data  # noqa: F821


class SlopeForTanh(Right):
    def tanh(self):
        return SlopeForTanh(1 - math.tanh(self.data) ** 2, "", (self,), "tanh")


class OnceOnly(Right):
    def __init__(self, data, label="", prev=(), op=""):
        super().__init__(data, label, tuple(dict.fromkeys(prev)), op)


class ParentsInAList(Right):
    def __init__(self, data, label="", prev=(), op=""):
        super().__init__(data, label, list(prev), op)


class OtherSigns(Right):
    def __sub__(self, other):
        return OtherSigns(self.data - other.data, "", (self, other), "−")

    def __mul__(self, other):
        return OtherSigns(self.data * other.data, "", (self, other), "×")


class TanhFromExp(Right):
    def tanh(self):
        power = math.exp(2 * self.data)
        return TanhFromExp((power - 1) / (power + 1), "", (self,), "Tanh")


class BareData(Right):
    def tanh(self):
        return BareData(math.tanh(data), "", (self,), "tanh")  # noqa: F821


class SelfTimesNumber(Right):
    def __mul__(self, other):
        return SelfTimesNumber(self * other.data, "", (self, other), "*")


class DataIsSelf(Right):
    def __init__(self, data, label="", prev=(), op=""):
        super().__init__(self, label, prev, op)


class FromThePage(Right):
    def __add__(self, other):
        return Right(self.data + other.data, "", (self, other), "+")


class Plus(Right):
    def __sub__(self, other):
        return Plus(self.data - other.data, "", (self, other), "+")


class Caret(Right):
    def __mul__(self, other):
        return Caret(self.data ^ other.data, "", (self, other), "*")


class NoneAsParent(Right):
    def __init__(self, data, label="", prev=(None,), op=""):
        super().__init__(data, label, prev, op)


class ResultAtOne(Right):
    def __add__(self, other):
        out = ResultAtOne(self.data + other.data, "", (self, other), "+")
        out.grad = 1.0
        return out


def same(x, y, grad):
    return grad, grad


SATURATED = 1 - math.tanh(2.0) ** 2
N1 = 1 - math.tanh(-1.0) ** 2  # the slope of tanh in exercise 1

RIGHT = [
    ("03.a", "< 1.3"),
    ("03.a", "by less than 1.3"),
    ("03.b", "w2.grad"),
    ("03.b", "the weight w2"),
    ("03.b", "w 2"),
    ("03.b", "w2 is 0"),
    ("03.a", "by less"),
    ("03.b", "w_2"),
    ("03.b", "$w_2$"),
    ("03.b", "w₂"),
    ("03.b", "w2"),
    ("03.b", "W2"),
    ("03.b", Value(1.0, "w2")),
    ("03.2", 2 * SATURATED, SATURATED),
    ("03.2", 0.141, 0.071),
    ("03.2", Value(0.1413), Value(0.0707)),
    ("03.3", lambda x, y, grad: (grad, -grad)),
    ("03.3", lambda x, y, grad: (Value(grad), -1.0 * grad)),
    ("03.4", Right),
    ("03.4", ParentsInASet),
    ("03.4", MinusFromOthers),
    ("03.4", LabelNeeded),
    ("03.4", Value),
    ("03.a", "less"),
    ("03.a", "Lower"),
    ("03.a", "less than 1.3"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, N1),
    ("03.1", "-1,26", "0,84", "0,420", "-0,42", "0,42"),
    ("03.1", -1.26, 0.84, 0.42, -0.42, 0.42),
    ("03.1", "−1.26", "0.84", Value(0.42), np.float32(-0.42), np.array(0.42)),
    ("03.2", np.float32(0.1413), "0.0707"),
    ("03.3", lambda x, y, grad: [1.0 * grad, -1.0 * grad]),
    ("03.4", ParentsInAList),
    ("03.a", "lower than 1.3"),
    ("03.a", "not as much"),
    ("03.a", "rises less"),
    ("03.b", "w2, because x2 is 0"),
    ("03.b", "w2: x2 = 0"),
    ("03.b", "the second weight"),
    ("03.b", "weight 2"),
    ("03.1", "x1 = -1.26", ".84", "0.42", "−.42", 0.42),
    ("03.2", "w1 = 0.1413", "b = 0.0707"),
    ("03.3", lambda x, y, grad: np.array([1, -1]) * grad),
    ("03.4", OtherSigns),
    ("03.4", TanhFromExp),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("03.b", "x2", "partner"),
    ("03.b", "x1", "reaches n three times"),
    ("03.b", "w1", "twice"),
    ("03.b", "b", "plus"),
    ("03.2", 1.0, 0.5, "old bias"),
    ("03.2", 2.0, 1.0, "still multiplies"),
    ("03.2", 1.928, 0.964, "output o"),
    ("03.2", 0.0, 0.0, "n is −6 + 8"),
    ("03.2", 2 * SATURATED, 2 * SATURATED, "twice too much"),
    ("03.2", SATURATED, SATURATED, "arrives at x1·w1"),
    ("03.2", -3 * SATURATED, SATURATED, "gradient of x1"),
    ("03.2", 2.0, SATURATED, "local derivative"),
    ("03.3", same, "with x = 2, y = −3 and grad = 1 should give (1, −1), and yours gives (1, 1)"),
    ("03.3", same, "rule of plus"),
    ("03.3", lambda x, y, grad: (-grad, grad), "swapped"),
    ("03.3", lambda x, y, grad: (1, -1), "local derivatives"),
    ("03.3", lambda x, y, grad: (-grad, -grad), "not taken away"),
    ("03.3", lambda x, y, grad: (x * grad, -y * grad), "data do not matter"),
    ("03.4", NoGrad, "self.grad"),
    ("03.4", GradOne, "grad should be 0.0"),
    ("03.4", Forgetful, "forgotten its parents"),
    ("03.4", ParentsAsNumbers, "very objects"),
    ("03.4", Plain, "should be a new"),
    ("03.4", NoComma, "comma"),
    ("03.4", WrongTanh, "should hold"),
    ("03.4", WrongName, "_op"),
    ("03.4", NoName, "which operation"),
    ("03.4", MinusTheOtherWay, "should hold"),
    ("03.4", ParentsTheOtherWay, "wrong order"),
    ("03.4", NoTanh, "no tanh"),
    ("03.4", NoInit, "__init__"),
    ("03.4", ForgotReturn, "__add__ returns nothing"),
    ("03.4", TanhForgotReturn, "tanh returns nothing"),
    ("03.4", NoSub, "__sub__"),
    ("03.4", Right(1.0), "class itself"),
    ("03.a", "more", "steeper"),
    ("03.a", "the same", "each 1 to the right"),
    ("03.a", "0.36", "choices"),
    ("03.1", -1.5, 1.0, 0.5, 0.0, 0.5, "numbers of the page"),
    ("03.1", 2 * N1, -3 * N1, N1, -N1, N1, "gradient of x1"),
    ("03.1", 2 * N1, 2 * N1, N1, -N1, N1, "gradient of w1"),
    ("03.1", N1, 2 * N1, N1, -N1, N1, "arrives"),
    ("03.1", 3 * N1, 2 * N1, N1, -N1, N1, "sign of its partner"),
    ("03.1", -3 * N1, 2 * N1, N1, N1, N1, "x2 is not 1"),
    ("03.1", -3 * N1, 2 * N1, N1, 0, N1, "another number"),
    ("03.1", -3 * N1, 2 * N1, -N1, -N1, N1, "not −1"),
    ("03.1", -3 * N1, 2 * N1, 0, -N1, N1, "is not 0"),
    ("03.1", 0, 0, 0, 0, 0, "1 - n²"),
    ("03.1", -3, 2, 1, -1, 1, "arrives at o"),
    ("03.1", -3 * 1.58, 2 * 1.58, 1.58, -1.58, 1.58, "taken away"),
    ("03.1", 1, 1, 1, 1, -0.7616, "output o"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, 0.7, "walk back"),
    ("03.2", 1.0, SATURATED, "old bias"),
    ("03.2", 2 * SATURATED, -SATURATED, "sign is not"),
    ("03.3", lambda x, y, grad: (y * grad, -x * grad), "data do not matter"),
    ("03.3", lambda x, y, grad: (grad, grad - 1), "not added"),
    ("03.3", lambda x, y, grad: (x.grad, -y.grad), "plain numbers"),
    ("03.3", lambda x, y, grad: grad - grad, "Two numbers"),
    ("03.4", SharedDefault, "prev=[]"),
    ("03.4", InPlace, "returns one of its inputs"),
    ("03.4", OwnParent, "own parent"),
    ("03.4", ParentsOfTheLeaf, "Only the new MyValue"),
    ("03.4", InputMoved, "changed its inputs"),
    ("03.4", ParentsAreData, "not their data"),
    ("03.4", PrevNone, "_prev is None"),
    ("03.4", PrevText, "is str 'self'. Are the arguments in the same order"),
    ("03.4", TanhTwice, "uses x once"),
    ("03.4", RoundedSum, "should hold"),
    ("03.4", MinusOfAValue, "self.data and other.data"),
    ("03.4", InitWithoutSelf, "Is self missing"),
    ("03.4", SlopeForTanh, "slope of tanh"),
    ("03.1", -1.26, 0.84, 0.42, -0.42, 0.58, "that is o²"),
    ("03.1", 2, 0.84, 0.42, -0.42, 0.42, "x1's own data"),
    ("03.2", 0.141, 0.929, "that is o²"),
    ("03.2", 0, 0.0707, "whose partner is 0"),
    ("03.4", TanhOfSelf, "takes and gives a plain number"),
    ("03.4", Endless, "without end"),
    ("03.4", NoSelf, "Is self missing"),
    ("03.4", NearlyTanh, "should hold 0.46212, and yours holds 0.46211"),
    ("03.4", OneArgument, "a number and a label"),
    ("03.4", RightAtOnePlaceOnly, "With x = −1.27 and y = 0.75"),
    ("03.4", OnceOnly, "keep both"),
    ("03.a", "falls", "rises everywhere"),
    ("03.a", "o rises", "rises everywhere"),
    ("03.a", "as much", "each 1 to the right"),
    ("03.b", "not w2", "choices"),
    ("03.b", "w2 or x2", "choices"),
    ("03.b", "x2 is 0, so w2", "choices"),
    ("03.b", "x2, because it is 0", "partner"),
    ("03.b", "w1, because x1 is 2", "twice"),
    ("03.1", -3 * N1, -6 * N1, N1, -N1, N1, "own data does not belong"),
    ("03.1", -6 * N1, 2 * N1, N1, -N1, N1, "own data does not belong"),
    ("03.1", -3 * N1, 2 * N1, -1, -N1, N1, "x2's own data"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, 6, "b's own data"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, 0.986, "here b is 6"),
    ("03.2", 0.84, 0.42, "x2 is 0"),
    ("03.2", 2 * SATURATED, 8, "b's own data"),
    ("03.2", 4 * SATURATED, SATURATED, "once"),
    ("03.2", -6 * SATURATED, SATURATED, "own data does not belong"),
    ("03.3", lambda x, y, grad: (y * grad, x * grad), "rule of times"),
    ("03.3", lambda x, y, grad: (x, -y), "these are data"),
    ("03.3", lambda x, y, grad: (x - grad, y - grad), "nothing is taken from data"),
    ("03.3", lambda x, y, grad: (grad / 2, -grad / 2), "not shared out"),
    ("03.3", lambda x, y, grad: (abs(grad), -abs(grad)), "sign of what arrives"),
    ("03.3", lambda x, y, grad: (1e-6, -1e-6), "same two numbers everywhere"),
    ("03.4", BareData, "self.data, or other.data"),
    ("03.4", SelfTimesNumber, "What stands there is a plain number"),
    ("03.4", DataIsSelf, "an object of the class DataIsSelf"),
    ("03.4", FromThePage, "made by calling FromThePage"),
    ("03.4", Plain, "further operation"),
    ("03.4", Plus, "_op of x - y should be '-', and yours is '+'"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, 1 - math.tanh(-1.0), "is squared"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, 0.238, "is squared"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, -N1, "that of the slope of tanh"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, 0.762, "without its sign"),
    ("03.1", -1.267, 0.845, 0.422, -0.422, 0.422, "more digits of o"),
    ("03.1", -3 * N1, 2 * N1, N1, -N1, 2 * N1, "nothing multiplies it"),
    ("03.1", -3 * N1, N1, N1, -N1, N1, "arrives at the product"),
    ("03.1", -3 * N1, -2 * N1, N1, -N1, N1, "sign of its partner"),
    ("03.1", -3 * N1, 1, N1, -N1, N1, "numbers of the page"),
    ("03.1", -1.5, 2 * N1, N1, -N1, N1, "numbers of the page"),
    ("03.1", -3 * N1, 2 * N1, 0.5, -N1, N1, "numbers of the page"),
    ("03.1", -3 * N1, 2, N1, -N1, N1, "gradient of w1 is not 2: this is the local derivative"),
    ("03.1", -3, 2 * N1, N1, -N1, N1, "gradient of x1 is not −3: this is the local derivative"),
    ("03.1", -3 * N1, 2 * N1, N1, -1, N1, "gradient of w2 is not −1: this is the local derivative"),
    ("03.1", -3 * N1, 2 * N1, 1, -N1, N1, "gradient of x2 is not 1: this is the local derivative"),
    ("03.1", -3 * N1, 2 * N1, N1, 1, N1, "w2's own data"),
    ("03.2", 0.072, 0.036, "is squared"),
    ("03.2", -6, -3, "and not 1 - n²"),
    ("03.2", 3.858, 1.929, "and not added"),
    ("03.2", 0.157, 0.078, "more digits of o"),
    ("03.2", 0.02, 0.0099, "the pluses pass that on"),
    ("03.2", -0.1413, 0.0707, "sign of its partner"),
    ("03.2", 2 + SATURATED, SATURATED, "b is right"),
    ("03.4", Caret, "two stars"),
    ("03.4", NoneAsParent, "must be empty"),
    ("03.4", ResultAtOne, "starts with a gradient of 1"),
]

WAITING = [
    ("03.1", 1, 1, ..., 1, 1),
    ("03.4", Unfinished),
    ("03.4", Half),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


@pytest.mark.parametrize("cls", [PrevNone, PrevText, ParentsAreData])
def test_a_comma_is_asked_for_only_where_it_is_missing(cls):
    assert "comma" not in check("03.4", cls).message
