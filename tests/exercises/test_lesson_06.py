"""The exercises of lesson 06: right answers pass, and wrong ones are told why."""

import math

import numpy as np

from micrograd_lesson import Value
from tests.exercises.answers import check_tables


class Local:
    """What exercise 1 needs of the class that the lesson builds."""

    def __init__(self, data, label="", prev=(), op="", local=()):
        self.data, self.grad, self.label = data, 0.0, label
        self._prev, self._op, self._local = prev, op, local

    def _backward(self):
        for parent, local in zip(self._prev, self._local):
            parent.grad += local * self.grad


def sine(slope=lambda v: (math.cos(v.data),), prev=lambda v: (v,), op="sin", value=math.sin):
    return lambda v: Local(value(v.data), "", prev(v), op, slope(v))


def eager(v):
    v.grad += math.cos(v.data)
    return sine()(v)


def by_sign(x):
    if x >= 0:
        return -math.log(1 + math.exp(-x))
    return x - math.log(1 + math.exp(x))


def by_absolute(x):
    return min(x, 0) - math.log1p(math.exp(-abs(x)))


def caught(x):
    try:
        return -math.log(1 + math.exp(-x))
    except OverflowError:
        return x


def on_the_right_alone(x):
    return 0 if x >= 0 else by_sign(x)


def on_the_left_alone(x):
    return x if x < 0 else by_sign(x)


def added_on_the_left(x):
    return x + math.log(1 + math.exp(x)) if x < 0 else by_sign(x)


def quotient_of_logarithms(x):
    return math.log(1) / math.log(1 + math.exp(-x))


def above_itself(x):
    return by_sign(x) if x >= 0 else math.exp(x) - math.log(1 + math.exp(x))


def product_of_logarithms(x):
    return by_sign(x) if x >= 0 else x * math.log(1 + math.exp(x))


def with_powers_of_e(x):
    return -math.log(1 + math.e**-x) if x >= 0 else x - math.log(1 + math.e**x)


def calls_itself(x):
    return x + calls_itself(-x) if x < 0 else -math.log1p(math.exp(-x))


def half_without_brackets(x, y):
    return x / (x**2 + y**2) ** 1 / 2, y / (x**2 + y**2) ** 1 / 2


def by_angle(x, y):
    angle = math.atan2(y, x)
    return math.cos(angle), math.sin(angle)


def set_afterwards(v):
    out = Local(math.sin(v.data))
    out._prev, out._op, out._local = (v,), "sin", (math.cos(v.data),)
    return out


def on_parent(v):
    out = sine()(v)
    v._backward = lambda: None
    return out


def with_a_rule_that_puts(v):
    out = sine()(v)

    def _backward():
        v.grad = math.cos(v.data) * out.grad

    out._backward = _backward
    return out


def distance(for_x=lambda x, y, out: x / out, for_y=None):
    if for_y is None:
        return lambda x, y: (for_x(x, y, math.hypot(x, y)), for_x(y, x, math.hypot(x, y)))
    return lambda x, y: (for_x(x, y, math.hypot(x, y)), for_y(x, y, math.hypot(x, y)))


RIGHT = [
    ("06.a", -7),
    ("06.a", Value(-7.0)),
    ("06.a", "-7"),
    ("06.b", 0.5),
    ("06.b", "1/2"),
    ("06.b", 1 / 2),
    ("06.1", sine(), Local),
    ("06.1", sine(op="sine", slope=lambda v: [math.cos(v.data)]), Local),
    ("06.2", 3, -1.5),
    ("06.2", 3.0, -6 / 4),
    ("06.2", Value(3.0), "-1.5"),
    ("06.a", np.int64(-7)),
    ("06.a", "minus seven"),
    ("06.b", "half"),
    ("06.b", "½"),
    ("06.b", ".5"),
    ("06.2", "three", "-3/2"),
    ("06.2", "3.", "minus 1.5"),
    ("06.1", set_afterwards, Local),
    ("06.1", sine(slope=lambda v: (np.cos(v.data),), value=np.sin), Local),
    ("06.3", with_powers_of_e),
    ("06.3", calls_itself),
    ("06.4", by_angle),
    ("06.b", np.float64(0.5)),
    ("06.2", np.float64(3), np.array(-1.5)),
    ("06.3", by_sign),
    ("06.3", by_absolute),
    ("06.3", lambda x: np.float64(by_sign(x))),
    ("06.3", lambda x: np.array(-np.logaddexp(0, -x))),
    ("06.3", lambda x: Value(by_sign(x))),
    ("06.4", distance()),
    ("06.4", lambda x, y: [x * (x**2 + y**2) ** -0.5, y / math.sqrt(x * x + y * y)]),
    ("06.4", lambda x, y: np.array([x, y]) / np.hypot(x, y)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("06.a", 7, "should be"),
    ("06.a", 13, "sum"),
    ("06.a", 8, "a for self"),
    ("06.a", -3, "-a is"),
    ("06.a", "seven", "should be"),
    ("06.a", "many", "number"),
    ("06.a", (10, 3), "two numbers"),
    ("06.b", "undefined", "all the same"),
    ("06.b", "No slope.", "all the same"),
    ("06.b", "nan", "all the same"),
    ("06.b", "1/0", "number is wanted"),
    ("06.1", sine(lambda v: (math.cos(v.data) ** 2,)), Local, "same as 1 - out**2"),
    ("06.1", lambda v: (sine()(v),), Local, "comma behind"),
    ("06.1", sine(lambda v: (math.cos(v.data) * out.grad,)), Local, "out = "),  # noqa: F821
    ("06.1", lambda v: v.sin(), Local, "no attribute 'sin'"),
    ("06.2", 8, -1.5, "6 plus v"),
    ("06.2", 4, -1.5, "6 minus v"),
    ("06.2", 2, -1.5, "v itself"),
    ("06.2", -1.5, 3, "that is a slope"),
    ("06.2", 36, -1.5, "put 2"),
    ("06.2", 3, -0.75, "not by 8"),
    ("06.2", 3, 0, "does move"),
    ("06.3", lambda x: by_sign(max(x, -500)), "near 0 yours is right"),
    ("06.3", lambda x: by_sign(x) if x >= 0 else math.log(1 + math.exp(x)), "above it is missing"),
    ("06.3", above_itself, "and not what stands there"),
    ("06.3", lambda x: by_sign(x) + (x >= 0), "its logarithm is 0"),
    ("06.3", lambda x: -by_sign(x) if x >= 0 else by_sign(x), "right of 0 the sign"),
    ("06.3", lambda x: by_sign(x) if x >= 0 else -by_sign(x), "left of 0 the sign"),
    ("06.3", product_of_logarithms, "not a product"),
    ("06.3", lambda x: round(by_sign(x), 2), "looks rounded"),
    ("06.3", lambda x: -math.log(1 - math.exp(-x)), "or less?"),
    ("06.4", lambda x, y: (x / out, y / out), "compute it first"),  # noqa: F821
    ("06.4", lambda x, y: (x.data, y.data), "plain numbers here"),
    ("06.4", lambda x, y: (math.sqrt(x), math.sqrt(y)), "may be negative"),
    ("06.4", half_without_brackets, "z**0.5"),
    ("06.4", distance(lambda x, y, out: abs(x) / out), "sign of the coordinate"),
    ("06.4", distance(lambda x, y, out: x / out**3), "by the root once"),
    ("06.4", distance(lambda x, y, out: x / (x + y)), "is not the sum"),
    ("06.4", distance(lambda x, y, out: round(x / out, 2)), "looks rounded"),
    ("06.b", 0, "left"),
    ("06.b", 1, "right"),
    ("06.b", 0.25, "relu(h) and relu(-h)"),
    ("06.1", lambda v: math.sin(v.data), Local, "new Value"),
    ("06.1", sine(value=lambda x: math.sin(math.radians(x))), Local, "radians"),
    ("06.1", sine(value=math.cos), Local, "sine of"),
    ("06.1", lambda v: Local(math.sin(v)), Local, "v.data"),
    ("06.1", lambda v: print(v), Local, "return missing"),
    ("06.1", sine(prev=lambda v: ()), Local, "0 parents"),
    ("06.1", sine(prev=lambda v: v), Local, "comma"),
    ("06.1", sine(op=""), Local, "operation"),
    ("06.1", sine(lambda v: math.cos(v.data)), Local, "comma"),
    ("06.1", sine(lambda v: ()), Local, "keeps 0"),
    ("06.1", sine(lambda v: (-math.sin(v.data),)), Local, "slope of the cosine"),
    ("06.1", sine(lambda v: (math.sin(v.data),)), Local, "sine itself"),
    ("06.1", sine(lambda v: (-math.cos(v.data),)), Local, "sign"),
    ("06.1", sine(lambda v: (math.cos(math.sin(v.data)),)), Local, "in v"),
    ("06.1", sine(lambda v: (1.0,)), Local, "nudge"),
    ("06.1", eager, Local, "before the backward pass"),
    ("06.1", 0.5, Local, "function"),
    ("06.2", 1 / 3, -1.5, "divided by 6"),
    ("06.2", 12, -1.5, "times"),
    ("06.2", 3, 1.5, "larger divisor"),
    ("06.2", 3, -0.25, "the 6"),
    ("06.2", 3, 0.5, "below"),
    ("06.2", 3, 7, "rule of the power"),
    ("06.2", 3, -3, "−6/v"),
    ("06.2", 3, -0.5, "−1/v"),
    ("06.a", -13, "one of the two"),
    ("06.a", 3, "a itself"),
    ("06.a", 10, "other itself"),
    ("06.b", -0.5, "rises"),
    ("06.b", 2, "run divided by the rise"),
    ("06.3", lambda x: -math.log(1 + math.exp(-x)), "too large for a float"),
    ("06.3", lambda x: x - math.log(1 + math.exp(x)), "too large for a float"),
    ("06.3", lambda x: math.log(1 / (1 + math.exp(-x))), "too large for a float"),
    ("06.3", lambda x: math.log(Value(x).sigmoid().data), "ValueError"),
    ("06.3", lambda x: by_sign(-x), "−x"),
    ("06.3", lambda x: -by_sign(x), "sign is wrong"),
    ("06.3", lambda x: -by_sign(-x), "two minus signs"),
    ("06.3", lambda x: math.exp(by_sign(x)), "sigmoid itself"),
    ("06.3", lambda x: by_sign(abs(x)), "above the line"),
    ("06.3", lambda x: by_sign(x) / math.log(10), "base 10"),
    ("06.3", lambda x: x, "x itself"),
    ("06.3", lambda x: 0.5, "near 0"),
    ("06.3", lambda x: math.nan, "nan"),
    ("06.3", lambda x: -math.inf if x < -900 else by_sign(x), "inf"),
    ("06.3", caught, "called with"),
    ("06.3", lambda x: x if x < -300 else -math.log(1 + math.exp(-x)), "called with"),
    ("06.3", -0.5, "function"),
    ("06.4", distance(lambda x, y, out: 2 * x), "slope of the root"),
    ("06.4", distance(lambda x, y, out: 1 / (2 * out)), "under it"),
    ("06.4", distance(lambda x, y, out: x / (2 * out)), "factor 2"),
    ("06.4", distance(lambda x, y, out: 2 * x / out), "2 below"),
    ("06.4", distance(lambda x, y, out: x * out), "divide by the root"),
    ("06.4", distance(lambda x, y, out: x / out**2), "not by what stands under"),
    ("06.4", distance(lambda x, y, out: y / out), "swapped"),
    ("06.4", distance(lambda x, y, out: x / out, lambda x, y, out: x / out), "the other one"),
    ("06.4", distance(lambda x, y, out: 1), "not the sum"),
    ("06.4", distance(lambda x, y, out: out), "output"),
    ("06.4", distance(lambda x, y, out: 0.6), "chain rule"),
    ("06.4", lambda x, y: x / (x**2 + y**2) ** 0.5, "Two numbers"),
    ("06.4", (0.6, 0.8), "function"),
    ("06.1", lambda v: Local(math.sin(v.data), (v,), "sin", (math.cos(v.data),)), Local, "label"),
    (
        "06.1",
        lambda v: Local(math.sin(v.data), "", (v,), (math.cos(v.data),), "sin"),
        Local,
        "its name",
    ),
    ("06.1", lambda v: Value(math.sin(v.data), "", (v,), "sin"), Local, "takes, in order"),
    ("06.1", sine(prev=lambda v: (v.data,)), Local, "node v itself"),
    ("06.1", sine(prev=lambda v: (v, v)), Local, "2 parents"),
    ("06.1", sine(lambda v: (v,)), Local, "plain number"),
    ("06.1", sine(lambda v: (math.cos(v.data) * v.grad,)), Local, "v.grad"),
    ("06.1", sine(lambda v: (0.0,)), Local, "leave it"),
    ("06.1", sine(lambda v: (v.data * math.cos(v.data),)), Local, "once too often"),
    ("06.1", on_parent, Local, "stored on v"),
    ("06.1", lambda v: v, Local, "itself"),
    ("06.1", sine(lambda v: (1 - math.sin(v.data) ** 2,)), Local, "slope of tanh"),
    ("06.1", sine(lambda v: (abs(math.cos(v.data)),)), Local, "never negative"),
    ("06.2", 3, 24, "makes a smaller y"),
    ("06.3", on_the_right_alone, "not equal to 0"),
    ("06.3", on_the_left_alone, "not equal to x"),
    ("06.3", added_on_the_left, "taken away"),
    ("06.3", lambda x: min(x, 0) + math.log1p(math.exp(-abs(x))), "and not added"),
    ("06.3", lambda x: max(x, 0) - math.log1p(math.exp(-abs(x))), "other side of 0"),
    ("06.3", lambda x: x - math.log1p(math.exp(-abs(x))), "two forms alone"),
    ("06.3", lambda x: min(x, 0) - math.log10(1 + math.exp(-abs(x))), "to base 10 in it"),
    ("06.3", lambda x: -x, "other sign"),
    ("06.3", lambda x: round(by_sign(x), 6), "looks rounded"),
    ("06.3", quotient_of_logarithms, "difference of two logarithms"),
    ("06.3", lambda x: math.log(x.data), "plain number here"),
    ("06.3", lambda x: Value(x).sigmoid().log(), "above zero. Does"),
    ("06.4", distance(lambda x, y, out: -x / out), "sign is wrong"),
    ("06.4", distance(lambda x, y, out: x), "divide by the root"),
    ("06.4", distance(lambda x, y, out: 1 / out), "coordinate in it"),
    ("06.4", distance(lambda x, y, out: 2 * x * out), "do not multiply"),
    ("06.4", distance(lambda x, y, out: x**2 / out), "above the line once"),
    ("06.4", distance(lambda x, y, out: out / x), "may be 0"),
    ("06.4", distance(lambda x, y, out: x / out + 1e-5), "finite size"),
    ("06.1", with_a_rule_that_puts, Local, "did not add local × incoming"),
    ("06.1", sine(lambda v: math.cos), Local, "and are the function cos"),
    ("06.1", sine(lambda v: (math.cos(math.radians(v.data)),)), Local, "functions of math"),
    ("06.2", -3, -1.5, "both positive"),
    ("06.2", 3, 0.25, "and the sign"),
    ("06.2", 3, 1 / 6, "slope of v / 6"),
    ("06.2", 3, 6, "6 * v"),
    ("06.2", 3, 3, "y itself"),
    ("06.2", 3, -6, "divide by v squared"),
    ("06.2", 3, -12, "falls from −1 to −2"),
    ("06.2", 3, -24, "do not multiply"),
]

WAITING = [
    ("06.a", ...),
    ("06.b", ...),
    ("06.1", lambda v: ..., Local),
    ("06.2", ..., ...),
    ("06.3", lambda x: ...),
    ("06.4", lambda x, y: (..., ...)),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
