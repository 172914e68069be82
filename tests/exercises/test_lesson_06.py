"""The exercises of lesson 06: right answers pass, and wrong ones are told why."""

import math

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
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def by_absolute(x):
    small = math.exp(-abs(x))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


RIGHT = [
    ("06.a", -7),
    ("06.a", Value(-7.0)),
    ("06.a", "-7"),
    ("06.b", 0.5),
    ("06.b", 1 / 2),
    ("06.1", sine(), Local),
    ("06.1", sine(op="sine", slope=lambda v: [math.cos(v.data)]), Local),
    ("06.2", 3, -1.5),
    ("06.2", 3.0, -6 / 4),
    ("06.2", Value(3.0), "-1.5"),
    ("06.3", lambda x, p: (p * x ** (p - 1), x**p * math.log(x))),
    ("06.3", lambda x, p: [p * x**p / x, math.exp(p * math.log(x)) * math.log(x)]),
    ("06.4", by_sign),
    ("06.4", by_absolute),
    ("06.4", lambda x: 0.5 + 0.5 * math.tanh(x / 2)),
    ("06.4", lambda x: Value(x).sigmoid()),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("06.a", 7, "should be"),
    ("06.a", 13, "sum"),
    ("06.a", 8, "paper"),
    ("06.a", "seven", "number"),
    ("06.b", 0, "left"),
    ("06.b", 1, "right"),
    ("06.b", 0.25, "paper"),
    ("06.1", lambda v: math.sin(v.data), Local, "new Value"),
    ("06.1", sine(value=lambda x: math.sin(math.radians(x))), Local, "radians"),
    ("06.1", sine(value=math.cos), Local, "sine of"),
    ("06.1", lambda v: Local(math.sin(v)), Local, "v.data"),
    ("06.1", lambda v: print(v), Local, "return missing"),
    ("06.1", sine(prev=lambda v: ()), Local, "parents"),
    ("06.1", sine(prev=lambda v: v), Local, "comma"),
    ("06.1", sine(op=""), Local, "operation"),
    ("06.1", sine(lambda v: math.cos(v.data)), Local, "comma"),
    ("06.1", sine(lambda v: ()), Local, "keeps 0"),
    ("06.1", sine(lambda v: (-math.sin(v.data),)), Local, "slope of the cosine"),
    ("06.1", sine(lambda v: (math.sin(v.data),)), Local, "sine itself"),
    ("06.1", sine(lambda v: (-math.cos(v.data),)), Local, "sign"),
    ("06.1", sine(lambda v: (math.cos(math.sin(v.data)),)), Local, "v.data"),
    ("06.1", sine(lambda v: (1.0,)), Local, "cosine"),
    ("06.1", eager, Local, "before the backward pass"),
    ("06.1", 0.5, Local, "function"),
    ("06.2", 1 / 3, -1.5, "divided by 6"),
    ("06.2", 12, -1.5, "times"),
    ("06.2", 3, 1.5, "larger divisor"),
    ("06.2", 3, -0.25, "the 6"),
    ("06.2", 3, 0.5, "below"),
    ("06.2", 3, 7, "paper"),
    ("06.3", lambda x, p: (p * x ** (p - 1), math.log(x)), "multiply by the output"),
    ("06.3", lambda x, p: (p * x ** (p - 1), x**p), "factor log x"),
    ("06.3", lambda x, p: (p * x ** (p - 1), x**p * math.log10(x)), "base 10"),
    ("06.3", lambda x, p: (p * x ** (p - 1), p * x ** (p - 1)), "exponent moves"),
    ("06.3", lambda x, p: (p * x**p, x**p * math.log(x)), "p - 1"),
    ("06.3", lambda x, p: (x ** (p - 1), x**p * math.log(x)), "factor p"),
    ("06.3", lambda x, p: (p * x**p - 1, x**p * math.log(x)), "before the minus"),
    ("06.3", lambda x, p: (x**p * math.log(x), p * x ** (p - 1)), "swapped"),
    ("06.3", lambda x, p: p * x ** (p - 1), "Two numbers"),
    ("06.3", lambda x, p: (12.0, 8 * math.log(2)), "the slope for x is"),
    ("06.4", lambda x: 1 / (1 + math.exp(-x)), "overflows"),
    ("06.4", lambda x: math.exp(x) / (1 + math.exp(x)), "overflows"),
    ("06.4", lambda x: by_sign(-x), "-x"),
    ("06.4", math.tanh, "tanh"),
    ("06.4", lambda x: 1.0, "each safe on one side"),
    ("06.4", lambda x: 0.5, "each safe on one side"),
    ("06.4", lambda x: math.nan, "nan"),
    ("06.4", 0.5, "function"),
]

WAITING = [
    ("06.a", ...),
    ("06.b", ...),
    ("06.1", lambda v: ..., Local),
    ("06.2", ..., ...),
    ("06.3", lambda x, p: (..., ...)),
    ("06.4", lambda x: ...),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)
