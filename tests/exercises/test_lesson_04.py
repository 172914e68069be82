"""The exercises of lesson 04: right answers pass, and wrong ones are told why."""

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


def clear_all(p):
    p.data = p.grad = 0.0


def clear_with_value(p):
    p.grad = Value(0.0)


def clear_with_nothing(p):
    p.grad = None


def clear_and_rename(p):
    p.grad, p.label = 0, ""


RIGHT = [
    ("04.a", 0.002),
    ("04.a", 2 * 3.001 - 6),
    ("04.a", "0.002"),
    ("04.b", -9),
    ("04.b", Value(-9.0)),
    ("04.1", 3, 12),
    ("04.1", 3.0, 12.0),
    ("04.2", lambda a, b: (a**2 + 2 * a * (a + b), a**2)),
    ("04.2", lambda a, b: [3 * a * a + 2 * a * b, a * a]),
    ("04.2", lambda a, b: (Value(3 * a * a + 2 * a * b), a * a)),
    ("04.3", 9, 2, 6),
    ("04.3", 9.0, Value(2.0), 6.0),
    ("04.4", each(clear)),
    ("04.4", lambda parameters: [setattr(p, "grad", 0) for p in parameters]),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("04.a", 0.001, "sum"),
    ("04.a", 2, "slope times nudge"),
    ("04.a", 1e-6, "multiplied"),
    ("04.a", 6.002, "arrives"),
    ("04.a", 0.0021, "paper"),
    ("04.b", -6, "inner nodes"),
    ("04.b", -3, "nobody cleared"),
    ("04.b", "minus nine", "number"),
    ("04.1", 2, 12, "outer"),
    ("04.1", 1, 12, "every use"),
    ("04.1", 4, 12, "count"),
    ("04.1", 3, 4, "one of the three"),
    ("04.1", 3, 8, "Each way"),
    ("04.1", 3, 6, "other two factors"),
    ("04.1", 3, 5, "paper"),
    ("04.2", lambda a, b: (a**2, a**2), "twice"),
    ("04.2", lambda a, b: (2 * a * (a + b), a**2), "also in u"),
    ("04.2", lambda a, b: (a**2 + a * (a + b), a**2), "two ways lead"),
    ("04.2", lambda a, b: (a**2, a**2 + 2 * a * (a + b)), "swapped"),
    ("04.2", lambda a, b: (2 * a, a**2), "local derivative"),
    ("04.2", lambda a, b: (a**2 + 2 * a * (a + b), 1), "hands to u"),
    ("04.2", lambda a, b: (a**2 + 2 * a * (a + b), a + b), "data of v"),
    ("04.2", lambda a, b: (39, 9), "the slope for a is"),
    ("04.2", lambda a, b: a**2, "Two numbers"),
    ("04.2", lambda a, b: ("x", "y"), "number"),
    ("04.2", (24, 4), "function"),
    ("04.3", 6, 2, 6, "holds 2"),
    ("04.3", 3, 1, 3, "one call"),
    ("04.3", 9, 1, 6, "one call"),
    ("04.3", 9, 3, 6, "each call"),
    ("04.3", 9, 2, 9, "clears the inner node"),
    ("04.3", 9, 2, 3, "leaf"),
    ("04.4", name_only, "attribute"),
    ("04.4", compared, "No gradient has changed"),
    ("04.4", lambda parameters: [0.0 for p in parameters], "No gradient has changed"),
    ("04.4", whole_graph, "not in the list"),
    ("04.4", in_the_list, "changed the list"),
    ("04.4", list.clear, "changed the list"),
    ("04.4", first_only, "whole list"),
    ("04.4", each(clear_all), "changed the data"),
    ("04.4", each(clear_with_value), "plain number"),
    ("04.4", each(clear_with_nothing), "plain number"),
    ("04.4", each(clear_and_rename), "more than"),
    ("04.4", 0.0, "function"),
]

WAITING = [
    ("04.a", ...),
    ("04.b", ...),
    ("04.1", ..., ...),
    ("04.2", lambda a, b: (..., ...)),
    ("04.3", ..., ..., ...),
    ("04.4", dots),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)
