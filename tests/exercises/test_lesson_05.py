"""The exercises of lesson 05: right answers pass, and wrong ones are told why."""

import numpy as np

from micrograd_lesson import Value
from tests.exercises.answers import check_tables


def each(change):
    """A learner's zero_grad that does `change` to every parameter."""

    def zero_grad(parameters):
        for p in parameters:
            change(p)

    return zero_grad


def name_only(parameters):
    for p in parameters:
        p = 0.0


def compared(parameters):
    for p in parameters:
        p.grad == 0.0


def whole_graph(parameters):
    for p in parameters:
        p.grad = 0.0
        whole_graph(p._prev)


def dots(parameters): ...


def in_the_list(parameters):
    for i in range(len(parameters)):
        parameters[i] = 0.0


def first_only(parameters):
    for p in parameters:
        p.grad = 0.0
        break


def clear(p):
    p.grad = 0.0


def clear_by_minus(p):
    p.grad -= p.grad


def clear_by_times(p):
    p.grad *= 0


def clear_all(p):
    p.data = p.grad = 0.0


def clear_with_value(p):
    p.grad = Value(0.0)


def clear_with_nothing(p):
    p.grad = None


def clear_and_rename(p):
    p.grad, p.label = 0, ""


def on_the_list(parameters):
    parameters.grad = 0.0


def over_places(parameters):
    for p in range(len(parameters)):
        p.grad = 0.0


def values_as_places(parameters):
    for p in parameters:
        parameters[p].grad = 0.0


def by_the_engine(a, b):
    a, b = Value(a), Value(b)
    g = (a + b) * (a * a)
    g.backward()
    return a.grad, b.grad


def by_place(parameters):
    i = 0
    while i < len(parameters):
        parameters[i].grad = 0
        i += 1


def from_the_end(parameters):
    for p in reversed(parameters):
        p.grad = 0.0
    return parameters


def but_one(parameters):
    for p in parameters[1:]:
        p.grad = 0.0


def map_alone(parameters):
    map(clear, parameters)  # a map does nothing before somebody goes through it


def new_ones(parameters):
    parameters = [Value(p.data, p.label) for p in parameters]


def taken_out(parameters):
    while parameters:
        parameters.pop().grad = 0.0


def three_of_them(parameters):
    for i in range(3):
        parameters[i].grad = 0.0


RIGHT = [
    ("05.a", 0.002),
    ("05.a", 2 * 3.001 - 6),
    ("05.a", "0,002"),
    ("05.b", "minus 9"),
    ("05.b", "minus nine"),
    ("05.b", "–9"),
    ("05.b", np.array([-9.0])),
    ("05.a", "1/500"),
    ("05.a", np.float32(0.002)),
    ("05.1", "three lines", "twelve"),
    ("05.1", "3 lines", 12),
    ("05.2", by_the_engine),
    ("05.2", lambda x, y: (2 * x * (x + y) + x**2, x**2)),
    ("05.4", by_place),
    ("05.4", from_the_end),
    ("05.4", each(lambda p: setattr(p, "grad", np.float64(0)))),
    ("05.4", each(lambda p: setattr(p, "grad", -0.0))),
    ("05.1", "3", "12"),
    ("05.a", "0.002"),
    ("05.b", -9),
    ("05.b", Value(-9.0)),
    ("05.1", 3, 12),
    ("05.1", 3.0, 12.0),
    ("05.2", lambda a, b: (a**2 + 2 * a * (a + b), a**2)),
    ("05.2", lambda a, b: [3 * a * a + 2 * a * b, a * a]),
    ("05.2", lambda a, b: (Value(3 * a * a + 2 * a * b), a * a)),
    ("05.3", 9, 2, 6),
    ("05.3", 9.0, Value(2.0), 6.0),
    ("05.3", np.float64(9), np.int64(2), "6"),
    ("05.b", np.array(-9.0)),
    ("05.1", np.int64(3), "12"),
    ("05.2", lambda a, b: np.array([3 * a * a + 2 * a * b, a * a])),
    ("05.4", each(clear)),
    ("05.4", lambda parameters: [setattr(p, "grad", 0) for p in parameters]),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("05.a", 0.001, "sum"),
    ("05.a", 2, "slope times nudge"),
    ("05.a", 1e-6, "multiplied"),
    ("05.a", 6.002, "arrives"),
    ("05.a", 3.001, "where a arrives"),
    ("05.a", 0.003, "where a starts"),
    ("05.a", 6, "before the nudge"),
    ("05.a", 0.006, "a * a"),
    ("05.a", -0.002, "before the nudge and after"),
    ("05.a", 0.0021, "before the nudge and after"),
    ("05.b", -6, "inner nodes"),
    ("05.b", -3, "nobody cleared"),
    ("05.b", "minus a few", "number is wanted"),
    ("05.a", 6.001, "both are the same number"),
    ("05.a", 0.0005, "before the nudge and after"),
    ("05.b", -27, "hand on"),
    ("05.1", 6, 12, "count how often"),
    ("05.1", 3, 2, "one factor"),
    ("05.1", 3, 24, "six ways"),
    ("05.2", lambda a, b: (a * a + 2 * a * b, a * a), "not b alone"),
    ("05.2", lambda a, b: (a * a + 2 * (a + b), a * a), "is 2a, not 2"),
    ("05.2", lambda a, b: (2 * a**3, a * a), "do not meet in a product"),
    ("05.2", lambda a, b: (a * a + (a + b) ** 2, a * a), "what g hands to v"),
    ("05.2", lambda a, b: (3 * a * a + 2 * a * b, 2 * a), "with respect to a"),
    ("05.2", lambda a, b: (3 * a * a + 2 * a * b,) * 2, "the slope for a; b is"),
    ("05.2", lambda a, b: (3 * a * a + 2 * a * b, (a + b) * a * a), "g itself"),
    ("05.2", lambda a, b: (3 * a * a + 2 * a * b, a * a * b), "is 1, not b"),
    ("05.2", lambda a, b: (3 * a * a + 2 * a * b, a * a + b), "one way alone"),
    ("05.2", lambda a, b: (-3 * a * a - 2 * a * b, a * a), "add what comes"),
    ("05.3", 15, 2, 6, "hold in each call"),
    ("05.3", 9, 0, 6, "hands 1 to c"),
    ("05.3", 9, 2, 18, "with u at 0"),
    ("05.4", each(lambda p: p.zero_grad()), "zero_grad is what you write"),
    ("05.4", lambda parameters: parameters.zero_grad(), "in turn, with a loop"),
    ("05.4", but_one, "1 of 3 gradients is not 0"),
    ("05.4", map_alone, "No gradient is 0"),
    ("05.4", new_ones, "No gradient is 0"),
    ("05.4", each(lambda p: p.backward()), "gradients are not 0"),
    ("05.4", taken_out, "changed the list"),
    ("05.b", 0, "nothing is lost"),
    ("05.b", -18, "third"),
    ("05.b", 9, "size is right"),
    ("05.b", -12, "hold after the second call"),
    ("05.1", 2, 12, "outer product made of"),
    ("05.1", 1, 12, "every use"),
    ("05.1", 4, 12, "count"),
    ("05.1", 3, 4, "one of the three"),
    ("05.1", 3, 8, "Each way"),
    ("05.1", 3, 6, "other two factors"),
    ("05.1", 3, 5, "along each line"),
    ("05.2", lambda a, b: (a**2, a**2), "twice"),
    ("05.2", lambda a, b: (2 * a * (a + b), a**2), "also in u"),
    ("05.2", lambda a, b: (a**2 + a * (a + b), a**2), "two ways lead"),
    ("05.2", lambda a, b: (a**2, a**2 + 2 * a * (a + b)), "swapped"),
    ("05.2", lambda a, b: (2 * a, a**2), "local derivative"),
    ("05.2", lambda a, b: (a**2 + 2 * a * (a + b), 1), "hands to u"),
    ("05.2", lambda a, b: (a**2 + 2 * a * (a + b), a + b), "data of v"),
    ("05.2", lambda a, b: (39, 9), "the slope for a is"),
    ("05.2", lambda a, b: a**2, "Two numbers"),
    ("05.2", lambda a, b: ("x", "y"), "number"),
    ("05.2", (24, 4), "function"),
    ("05.2", lambda a, b: (a * a + 2 * a, a * a), "through u is right"),
    ("05.2", lambda a, b: (1 + 2 * a * (a + b), a * a), "through v is right"),
    ("05.2", lambda a, b: (1 + 2 * a, a * a), "local derivatives of u and v"),
    ("05.2", lambda a, b: (3 * a * a, a * a), "b is missing"),
    ("05.2", lambda a, b: (4 * a * a, a * a), "add what comes"),
    ("05.2", lambda a, b: (a * a + 2 * a * a + b, a * a), "brackets around"),
    ("05.2", lambda a, b: ((a + b) * a * a, a * a), "g itself"),
    ("05.2", lambda a, b: (v + 2 * a * u, v), "Write it in a and b"),  # noqa: F821
    ("05.2", lambda a, b: (a.data, b.data), "plain numbers"),
    ("05.a", 0, "does move"),
    ("05.b", -24, "b.grad"),
    ("05.b", 6, "sign"),
    ("05.3", 2, 2, 6, "what u holds"),
    ("05.3", 7, 2, 6, "in each call"),
    ("05.3", 9, 4, 6, "hands 1 to c"),
    ("05.3", 9, 2, 4, "with u at 0"),
    ("05.4", on_the_list, "in turn, with a loop"),
    ("05.4", over_places, "list[i]"),
    ("05.4", values_as_places, "itself, and not its place"),
    ("05.4", three_of_them, "any length"),
    ("05.2", lambda a, b: (a + b + 2 * a**3, a * a), "swapped"),
    ("05.2", lambda a, b: (a * (a + b), a * a), "one way through v"),
    ("05.2", lambda a, b: (2 * a**3 * (a + b), a * a), "added, not multiplied"),
    ("05.2", lambda a, b: (3 * a * a + 2 * a * b, 2 * a * (a + b)), "does not depend on b"),
    ("05.2", lambda a, b: (3 * a * a + 2 * a * b, 0), "through u"),
    ("05.3", 6, 2, 6, "holds 2"),
    ("05.3", 3, 1, 3, "one call"),
    ("05.3", 9, 1, 6, "one call"),
    ("05.3", 9, 3, 6, "each call"),
    ("05.3", 9, 2, 9, "clears the inner node"),
    ("05.3", 9, 2, 3, "leaf"),
    ("05.4", name_only, "attribute"),
    ("05.4", compared, "No gradient is 0"),
    ("05.4", lambda parameters: [0.0 for p in parameters], "No gradient is 0"),
    ("05.4", whole_graph, "not in the list"),
    ("05.4", in_the_list, "changed the list"),
    ("05.4", list.clear, "changed the list"),
    ("05.4", first_only, "whole list"),
    ("05.4", each(clear_all), "changed the data"),
    ("05.4", each(clear_with_value), "plain number"),
    ("05.4", each(clear_with_nothing), "plain number"),
    ("05.4", each(clear_and_rename), "more than"),
    ("05.4", 0.0, "function"),
    ("05.4", each(clear_by_minus), "inf"),
    ("05.4", each(clear_by_times), "inf"),
    ("05.4", each(lambda p: p.data), "No gradient is 0"),
    ("05.a", 0.004, "two nudges"),
    ("05.a", 1, "slope of a alone"),
    ("05.b", 3, "through e alone"),
    ("05.b", -8, "b.grad, after the first call"),
    ("05.1", 3, 3, "number of ways"),
    ("05.1", 3, 1, "gradient of g itself"),
    ("05.3", 12, 2, 6, "in both calls"),
    ("05.3", 4, 2, 6, "not a"),
    ("05.3", 18, 2, 6, "three calls"),
]

WAITING = [
    ("05.a", ...),
    ("05.b", ...),
    ("05.1", ..., ...),
    ("05.2", lambda a, b: (..., ...)),
    ("05.3", ..., ..., ...),
    ("05.4", dots),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
