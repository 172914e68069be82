"""The scalar engine, checked against two witnesses: nudging (finite differences) and PyTorch.

Covered: the gradient of every operation, with a Value or a number on either side; random
graphs with shared nodes; numbers known from the lessons; repeated backward passes; very
deep graphs; memory; reproducibility; limits such as 0 ** 0.5 and infinity; the table of bad
input, where each refusal is one sentence that names the operation and the value; what may be
written to data and grad; comparisons; copies; and an engine that needs Python alone.
"""

import copy
import gc
import math
import operator
import os
import pickle
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from micrograd_lesson import engine
from micrograd_lesson.engine import Value
from micrograd_lesson.gradcheck import central_difference
from micrograd_lesson.nn import MLP
from tests.operations import operations_of
from tests.refusals import refusal

repeatable = settings(deadline=None, derandomize=True, max_examples=50)

INF, NAN = math.inf, math.nan


def tensors(torch, numbers):
    return [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in numbers]


def gradients(f, *numbers):
    """The gradient of f with respect to each number, by a backward pass."""
    leaves = [Value(x) for x in numbers]
    f(*leaves).backward()
    return [leaf.grad for leaf in leaves]


def close(x, reference):
    """Equal to rounding: 1e-12, relative to the reference where that is above 1."""
    return abs(x - reference) <= 1e-12 * max(1.0, abs(reference))


def nearly(slope):
    """What a finite difference can promise."""
    return pytest.approx(slope, rel=1e-5, abs=1e-5)


# Every operation.

ANY = st.floats(-10, 10)
NOT_ZERO = ANY.filter(lambda x: abs(x) > 0.1)
POSITIVE = st.floats(0.1, 5)
EXPONENT = st.floats(-3, 3)

BINARY = {  # symbol: the operation, which a its left side takes, which b its right side takes
    "+": (operator.add, ANY, ANY),
    "-": (operator.sub, ANY, ANY),
    "*": (operator.mul, ANY, ANY),
    "/": (operator.truediv, ANY, NOT_ZERO),
    "**": (operator.pow, POSITIVE, EXPONENT),
}
SIDES = {  # which sides of the operation are Values, the other being a plain number
    "value, value": lambda f: f,
    "value, number": lambda f: lambda a, b: f(a, float(b.data)),
    "number, value": lambda f: lambda a, b: f(float(a.data), b),
}
UNARY = {  # name: the operation, the same on plain numbers, which x it takes
    "neg": (operator.neg, operator.neg, ANY),
    "exp": (lambda x: x.exp(), math.exp, ANY),
    "log": (lambda x: x.log(), math.log, POSITIVE),
    "tanh": (lambda x: x.tanh(), math.tanh, ANY),
    "sigmoid": (lambda x: x.sigmoid(), lambda x: 1 / (1 + math.exp(-x)), ANY),
    "relu": (lambda x: x.relu(), lambda x: max(x, 0.0), NOT_ZERO),
}
every_operation_of_two = pytest.mark.parametrize("symbol", BINARY)
every_side = pytest.mark.parametrize("sides", SIDES)
every_operation_of_one = pytest.mark.parametrize("name", UNARY)


def test_every_operation_has_a_row():
    assert operations_of(engine, "_result") == BINARY.keys() | UNARY.keys()


@every_side
@every_operation_of_two
def test_operation_of_two_agrees_with_nudging(symbol, sides):
    f, left, right = BINARY[symbol]

    @repeatable
    @given(left, right)
    def check(a, b):
        by_nudging = [
            central_difference(lambda x: f(x, b), a) if sides != "number, value" else 0.0,
            central_difference(lambda x: f(a, x), b) if sides != "value, number" else 0.0,
        ]
        assert SIDES[sides](f)(Value(a), Value(b)).data == f(a, b)
        assert gradients(SIDES[sides](f), a, b) == nearly(by_nudging)

    check()


@every_side
@every_operation_of_two
def test_operation_of_two_agrees_with_pytorch(symbol, sides, torch):
    f, left, right = BINARY[symbol]

    @repeatable
    @given(left, right)
    def check(a, b):
        compare_with_pytorch(torch, SIDES[sides](f), a, b)

    check()


@every_operation_of_one
def test_operation_of_one_agrees_with_nudging(name):
    f, plain, domain = UNARY[name]

    @repeatable
    @given(domain)
    def check(x):
        assert f(Value(x)).data == pytest.approx(plain(x), rel=1e-15)
        assert gradients(f, x) == nearly([central_difference(plain, x)])

    check()


@every_operation_of_one
def test_operation_of_one_agrees_with_pytorch(name, torch):
    f, _, domain = UNARY[name]

    @repeatable
    @given(domain)
    def check(x):
        compare_with_pytorch(torch, f, x)

    check()


@repeatable
@given(st.floats(-5, -0.1), st.integers(-3, 3))
def test_whole_powers_of_a_negative_base(x, p):
    assert gradients(lambda v: v**p, x) == nearly([central_difference(lambda x: x**p, x)])


def compare_with_pytorch(torch, f, *numbers):
    mine, theirs = f(*map(Value, numbers)), f(*(leaves := tensors(torch, numbers)))
    assert close(mine.data, theirs.item())
    theirs.backward()
    for grad, leaf in zip(gradients(f, *numbers), leaves, strict=True):
        assert close(grad, 0.0 if leaf.grad is None else leaf.grad.item())


@pytest.mark.parametrize(
    "f, op",
    [
        (lambda v: v + 1, "+"),
        (lambda v: v - 1, "-"),
        (lambda v: v * 2, "*"),
        (lambda v: v / 2, "/"),
        (lambda v: v**2, "**2"),
        (lambda v: v**-0.5, "**-0.5"),
        (lambda v: v ** Value(2), "**"),
        (lambda v: 2**v, "**"),
        (lambda v: -v, "neg"),
        (Value.exp, "exp"),
        (Value.log, "log"),
        (Value.tanh, "tanh"),
        (Value.sigmoid, "sigmoid"),
        (Value.relu, "relu"),
        (lambda v: v, ""),
    ],
)
def test_each_result_names_its_operation(f, op):
    assert f(Value(1.5))._op == op


# Random graphs with shared nodes.

SMOOTH_STEPS = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: a / (b * b + 1),
    lambda a, b: (a * a + 1) ** b.tanh(),
    lambda a, b: (a * a + 1).log() - b,
    lambda a, b: a.tanh().exp() * b,
    lambda a, b: a.sigmoid() + 2 ** b.sigmoid(),
    lambda a, b: 1 - a**2,
    lambda a, b: -a * 0.5,
    lambda a, b: 1 / (a**2 + b**2 + 1),
]
STEPS = [*SMOOTH_STEPS, lambda a, b: a.relu() + b]  # nudging across the kink of relu proves nothing
LEAVES = st.lists(st.floats(-2, 2), min_size=1, max_size=4)


def recipes(steps):
    """Which operation to apply to which two of the nodes so far, a few times over."""
    node = st.integers(0, 100)  # counted modulo the number of nodes
    return st.lists(st.tuples(st.sampled_from(steps), node, node), min_size=1, max_size=10)


def grow(recipe, leaves):
    """All nodes of a graph. The last adds up the others, so that each counts and most are shared."""
    nodes = list(leaves)
    for step, i, j in recipe:
        nodes.append(step(nodes[i % len(nodes)], nodes[j % len(nodes)]))
    return [*nodes, sum(nodes)]


def assume_moderate(nodes):
    assume(all(abs(node.data) < 1000 for node in nodes))


@settings(repeatable, max_examples=150)
@given(recipes(STEPS), LEAVES)
def test_random_graph_agrees_with_pytorch(torch, recipe, numbers):
    mine = grow(recipe, map(Value, numbers))
    assume_moderate(mine)
    theirs = grow(recipe, tensors(torch, numbers))
    for node in theirs:
        node.retain_grad()
    mine[-1].backward()
    theirs[-1].backward()
    largest = max(1.0, *(node.grad.abs().item() for node in theirs))
    for node, reference in zip(mine, theirs, strict=True):
        assert close(node.data, reference.item())
        assert abs(node.grad - reference.grad.item()) <= 1e-12 * largest


@pytest.mark.slow
@settings(repeatable, max_examples=150)
@given(recipes(SMOOTH_STEPS), LEAVES)
def test_random_graph_agrees_with_nudging(recipe, numbers):
    nodes = grow(recipe, map(Value, numbers))
    assume_moderate(nodes)
    nodes[-1].backward()
    for i, leaf in enumerate(nodes[: len(numbers)]):

        def nudged(x, i=i):
            return grow(recipe, map(Value, [*numbers[:i], x, *numbers[i + 1 :]]))[-1].data

        slope = central_difference(nudged, numbers[i], h=1e-5)
        assert leaf.grad == pytest.approx(slope, rel=1e-4, abs=1e-4)


# Numbers known from the lessons.


def lesson_expression():
    a, b, c, f = Value(2.0, "a"), Value(-3.0, "b"), Value(10.0, "c"), Value(-2.0, "f")
    e = a * b
    d = e + c
    return {"a": a, "b": b, "c": c, "f": f, "e": e, "d": d, "L": d * f}


def test_expression_of_the_lesson():
    nodes = lesson_expression()
    nodes["L"].backward()
    assert nodes["L"].data == -8.0
    assert {name: node.grad for name, node in nodes.items()} == {
        "a": 6.0,
        "b": -4.0,
        "c": -2.0,
        "f": 4.0,
        "e": -2.0,
        "d": -2.0,
        "L": 1.0,
    }


def test_neuron_of_the_lesson():
    x1, x2, w1, w2 = Value(2.0), Value(0.0), Value(-3.0), Value(1.0)
    o = (x1 * w1 + x2 * w2 + 6.8813735870195432).tanh()
    o.backward()
    assert o.data == pytest.approx(0.7071, abs=1e-4)
    assert [x1.grad, w1.grad, x2.grad, w2.grad] == pytest.approx([-1.5, 1.0, 0.5, 0.0])


def test_value_added_to_itself_counts_twice():
    a = Value(3.0)
    b = a + a
    b.backward()
    assert a.grad == 2.0
    assert b._prev == (a, a)


def test_value_used_in_two_places_gets_both_contributions():
    assert gradients(lambda a, b: (a * b) * (a + b), -2.0, 3.0) == [-3.0, -8.0]


def test_backward_by_hand_gives_the_same_as_backward():
    nodes, by_hand = lesson_expression(), lesson_expression()
    nodes["L"].backward()
    by_hand["L"].grad = 1.0
    for name in "Lde":
        by_hand[name]._backward()
    assert [n.grad for n in by_hand.values()] == [n.grad for n in nodes.values()]


# What a Value holds.


def test_new_value():
    v = Value(3, label="v")
    assert (v.data, v.grad, v.label, v._prev, v._op) == (3.0, 0.0, "v", (), "")
    assert type(v.data) is float
    assert repr(v) == "Value(data=3.0, grad=0.0)"


@pytest.mark.parametrize("symbol", BINARY)
def test_parents_are_kept_in_the_order_written(symbol):
    f = BINARY[symbol][0]
    a, b = Value(2.0), Value(3.0)
    assert f(a, b)._prev == (a, b)
    left, right = f(5, a)._prev
    assert (left.data, right) == (5.0, a)


@pytest.mark.parametrize("number", [np.float64(3), np.float32(3), np.int64(3)])
def test_numpy_scalars_count_as_numbers(number):
    v = Value(2.0)
    results = [Value(number), v + number, number + v, v * number, number * v, v**number, number**v]
    assert [r.data for r in results] == [3.0, 5.0, 5.0, 6.0, 6.0, 8.0, 9.0]
    assert {type(r) for r in results} == {Value}
    assert {type(r.data) for r in results} == {float}


# The backward pass.


def test_backward_on_a_leaf():
    v = Value(5.0)
    v.backward()
    assert v.grad == 1.0
    v.backward()
    assert v.grad == 2.0


def test_second_backward_doubles_the_leaves_and_only_those():
    nodes = lesson_expression()
    nodes["L"].backward()
    once = {name: node.grad for name, node in nodes.items()}
    nodes["L"].backward()
    twice = {name: node.grad for name, node in nodes.items()}
    assert twice == {name: grad * (2 if name in "abcf" else 1) for name, grad in once.items()}


def test_backward_leaves_nodes_outside_the_graph_alone():
    a = Value(2.0)
    outside = a * 3
    outside.grad = 7.0
    (a * 4).backward()
    assert (a.grad, outside.grad) == (4.0, 7.0)


@pytest.mark.slow
def test_million_additions():
    start = total = Value(0.0)
    one = Value(1.0)
    for _ in range(1_000_000):
        total = total + one
    total.backward()
    assert (total.data, start.grad, one.grad) == (1e6, 1.0, 1e6)


def training_steps(count):
    """Train a small network; returns every parameter and gradient."""
    model = MLP(3, [4, 4, 1], rng=random.Random(0))
    for _ in range(count):
        loss = sum((model([i, 1.0, -0.5]) - 1) ** 2 for i in range(4))
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data -= 0.05 * p.grad
    return [(p.data, p.grad) for p in model.parameters()]


@pytest.mark.slow
def test_training_leaves_nothing_for_the_garbage_collector():
    gc.collect()
    gc.disable()
    try:
        training_steps(3)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.slow
def test_same_bits_in_two_processes():
    program = "from tests.test_engine import training_steps; print(training_steps(3))"
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] == f"{training_steps(3)}\n"


# Limits: the true local derivative, and no crash.


@pytest.mark.parametrize(
    "x, p, power, slope",
    [
        (0.0, 0, 1.0, 0.0),
        (0.0, 0.5, 0.0, INF),
        (-0.0, 0.5, 0.0, INF),
        (0.0, 1, 0.0, 1.0),
        (0.0, 1.5, 0.0, 0.0),
        (0.0, 2, 0.0, 0.0),
        (5e-324, 0, 1.0, 0.0),
        (1e-100, -3, 1e300, -INF),
        (-1e-100, -3, -1e300, -INF),
        (-1e-120, -2, 1e240, INF),
        (INF, 2, INF, INF),
        (INF, -1, 0.0, 0.0),
    ],
)
def test_slope_of_a_power_at_its_limits(x, p, power, slope):
    assert (Value(x) ** p).data == pytest.approx(power)
    assert gradients(lambda v: v**p, x) == [slope]
    assert gradients(lambda v, w: v**w, x, p)[0] == slope


@pytest.mark.parametrize("p, power, slope", [(0, 1.0, 0.0), (0.5, 0.0, 0.0), (2, 0.0, 0.0)])
def test_slope_of_the_exponent_when_the_base_is_zero(p, power, slope):
    assert (0 ** Value(p)).data == power
    assert gradients(lambda v: 0**v, p) == [slope]


def test_exponent_of_a_negative_base_has_no_slope():
    base, exponent = gradients(lambda v, w: v**w, -2, 3)
    assert base == 12.0
    assert math.isnan(exponent)


@pytest.mark.parametrize(
    "f, x, result, slope",
    [
        (Value.tanh, 1000, 1.0, 0.0),
        (Value.tanh, -INF, -1.0, 0.0),
        (Value.sigmoid, 1000, 1.0, 0.0),
        (Value.sigmoid, -1000, 0.0, 0.0),
        (Value.sigmoid, INF, 1.0, 0.0),
        (Value.sigmoid, -INF, 0.0, 0.0),
        (Value.exp, -1000, 0.0, 0.0),
        (Value.exp, INF, INF, INF),
        (Value.log, INF, INF, 0.0),
        (Value.relu, INF, INF, 1.0),
        (Value.relu, -INF, 0.0, 0.0),
        (Value.relu, 0.0, 0.0, 0.0),
        (lambda v: v * 1e300, 1e300, INF, 1e300),
        (lambda v: 1 / v, INF, 0.0, 0.0),
    ],
)
def test_very_large_numbers(f, x, result, slope):
    assert f(Value(x)).data == result
    assert gradients(f, x) == [slope]


@pytest.mark.parametrize(
    "f",
    [
        Value.relu,
        Value.tanh,
        Value.sigmoid,
        Value.exp,
        Value.log,
        lambda v: v + 1,
        lambda v: v * 0,
        lambda v: v**2,
    ],
)
def test_nan_stays_nan(f):
    assert math.isnan(f(Value(NAN)).data)


def test_infinity_minus_infinity_is_nan():
    assert math.isnan((Value(INF) - INF).data)


# Bad input.


@pytest.mark.parametrize(
    "bad, named",
    [
        ("3", "'3'"),
        ([1], "[1]"),
        (None, "None"),
        (1j, "1j"),
        (np.complex128(1j), "1j"),
        (Value(1), "Value(data=1.0"),
        (np.array([1.0, 2.0]), "array([1., 2.])"),
        (np.array(3.0), "array(3.)"),
    ],
)
def test_only_a_real_number_makes_a_value(bad, named):
    message = refusal(lambda: Value(bad), TypeError)
    assert message.startswith("Value needs a real number")
    assert type(bad).__name__ in message and named in message


@pytest.mark.parametrize(
    "bad, named",
    [
        (np.array([1.0, 2.0]), "array([1., 2.])"),
        (np.array(3.0), "array(3.)"),
        (np.array([Value(1)]), "ndarray"),
        ("3", "'3'"),
        ([1], "[1]"),
        (None, "None"),
        (1j, "1j"),
    ],
)
@every_operation_of_two
def test_operations_refuse_anything_else_on_either_side(symbol, bad, named):
    f = BINARY[symbol][0]
    for call in (lambda: f(Value(2), bad), lambda: f(bad, Value(2))):
        message = refusal(call, TypeError)
        assert message.startswith(f"{symbol} needs a real number")
        assert named in message


@pytest.mark.parametrize(
    "call",
    [
        lambda v: np.array([1.0, 2.0]) @ v,
        np.exp,
        np.tanh,
        float,
        int,
        lambda v: np.array([v], dtype=float),
    ],
)
def test_no_way_to_lose_the_graph_through_numpy_or_float(call):
    with pytest.raises(TypeError):
        call(Value(2.0))


@pytest.mark.parametrize("function", [math.tanh, math.exp, math.log, math.sqrt])
def test_functions_of_math_are_refused_with_advice(function):
    assert "v.tanh()" in refusal(lambda: function(Value(2.0)), TypeError)


@pytest.mark.parametrize(
    "call, exception, named",
    [
        (lambda: Value(1) / 0, ZeroDivisionError, "1.0 / 0.0"),
        (lambda: Value(1) / Value(0), ZeroDivisionError, "1.0 / 0.0"),
        (lambda: 1 / Value(0), ZeroDivisionError, "1.0 / 0.0"),
        (lambda: Value(0) ** -1, ZeroDivisionError, "0.0 ** -1.0"),
        (lambda: Value(0) ** Value(-1), ZeroDivisionError, "0.0 ** -1.0"),
        (lambda: 0 ** Value(-1), ZeroDivisionError, "0.0 ** -1.0"),
        (lambda: Value(-8) ** 0.5, ValueError, "-8.0 ** 0.5"),
        (lambda: Value(-8) ** (1 / 3), ValueError, "-8.0 ** 0.333"),
        (lambda: (-8) ** Value(0.5), ValueError, "-8.0 ** 0.5"),
        (lambda: Value(-8) ** Value(0.5), ValueError, "-8.0 ** 0.5"),
        (lambda: Value(0).log(), ValueError, "log(0.0)"),
        (lambda: Value(-1).log(), ValueError, "log(-1.0)"),
        (lambda: Value(1000).exp(), OverflowError, "exp(1000.0)"),
        (lambda: Value(10) ** 400, OverflowError, "10.0 ** 400.0"),
        (lambda: 10 ** Value(400), OverflowError, "10.0 ** 400.0"),
    ],
)
def test_impossible_arithmetic_is_refused(call, exception, named):
    assert named in refusal(call, exception)


def test_a_whole_number_too_large_for_a_float_gets_a_sentence():
    with pytest.raises(
        OverflowError, match=r"^Value got a whole number that is too large for a float\.$"
    ):
        Value(10**400)
    with pytest.raises(OverflowError, match=r"^\* got a whole number"):
        Value(1) * 10**400


# Flat places: where a function does not move, it hands on 0, whatever comes in.


@pytest.mark.parametrize(
    "flat",
    [
        lambda v: v.relu(),
        lambda v: (v * 0 + v).relu(),
        lambda v: v**0 - 1,
        lambda v: v ** Value(0) - 1,
        lambda v: 0 ** (v * v),
    ],
)
def test_a_flat_place_stops_an_infinite_gradient(flat):
    v = Value(-1.5)
    inner = flat(v)
    root = inner**0.5
    root.backward()
    assert inner.grad == INF
    assert v.grad == 0.0


def test_a_flat_place_stops_an_infinite_gradient_in_pytorch_too(torch):
    def root(x):
        return (x.relu() ** 0.5) + (x**0 - 1) ** 0.5

    (t,) = tensors(torch, [-1.5])
    root(t).backward()
    assert gradients(root, -1.5) == [t.grad.item()] == [0.0]


def test_elsewhere_zero_times_infinity_is_nan_as_in_pytorch(torch):
    def root(x):
        return (x * 0) ** 0.5

    (t,) = tensors(torch, [2.0])
    root(t).backward()
    assert math.isnan(t.grad.item()) and math.isnan(gradients(root, 2.0)[0])


def test_a_flat_slope_is_zero_for_whoever_reads_it():
    assert Value(-1).relu()._local == (0.0,)
    assert repr(Value(-1).relu()._local) == "(0.0,)"
    assert NAN * Value(-1).relu()._local[0] == 0.0


# Results that leave the floats, as Python's own do.


def test_a_product_beyond_the_floats_is_infinite():
    assert (Value(1e200) * 1e200).data == INF
    assert (Value(1e308) + 1e308).data == INF
    assert (Value(1e200) / 1e-200).data == INF
    assert gradients(lambda v: v * 1e200, 1e200) == [1e200]


# Parents and local derivatives, asked for and set.


def test_parents_and_local_derivatives_are_tuples():
    a, b = Value(2.0), Value(3.0)
    assert (a._prev, a._local) == ((), ())
    assert ((a + a)._prev, (a + a)._local) == ((a, a), (1.0, 1.0))
    assert ((a / b)._prev, (a / b)._local) == ((a, b), (1 / 3, -2 / 9))
    assert (a.exp()._prev, a.exp()._local) == ((a,), (math.exp(2.0),))


def test_parents_and_local_derivatives_can_be_set():
    a, b = Value(2.0), Value(3.0)
    out = Value(7.0)
    out._prev, out._local, out._op = (a, b), (10.0, 100.0), "mine"
    (out * 2).backward()
    assert (out._prev, out._local) == ((a, b), (10.0, 100.0))
    assert (a.grad, b.grad) == (20.0, 200.0)
    out._prev, out._local = [b], [0.5]
    assert (out._prev, out._local) == ((b,), (0.5,))
    out._prev, out._local = (), ()
    assert (out._prev, out._local) == ((), ())


def test_a_third_parent_is_refused():
    a = Value(1.0)
    message = refusal(lambda: setattr(a, "_prev", (a, a, a)), ValueError)
    assert message == "a Value has at most two parents, not 3."
    message = refusal(lambda: setattr(a, "_local", (1.0, 1.0, 1.0)), ValueError)
    assert message == "a Value has at most two local derivatives, not 3."


def test_a_backward_of_a_subclass_is_the_one_that_runs():
    class Doubling(Value):
        __slots__ = ()

        def _backward(self):
            for parent, local in zip(self._prev, self._local):
                parent.grad += 2 * local * self.grad

    a = Value(3.0)
    out = Doubling(9.0)
    out._prev, out._local = (a, a), (3.0, 3.0)
    out.backward()
    assert a.grad == 12.0


# Written to data and grad.


@pytest.mark.parametrize("number", [3, True, np.float32(2.5), np.int64(-2), np.float64(NAN), INF])
@pytest.mark.parametrize("name", ["data", "grad"])
def test_whatever_number_is_written_becomes_a_float(name, number):
    v = Value(1.0)
    setattr(v, name, number)
    assert type(getattr(v, name)) is float
    assert getattr(v, name) == pytest.approx(float(number), nan_ok=True)


@pytest.mark.parametrize(
    "bad", [None, [1.0], (), "3", 1j, Value(1), np.array([1.0, 2.0]), np.array(1.0)], ids=repr
)
@pytest.mark.parametrize("name, where", [("data", "data"), ("grad", "grad (0.0 clears it)")])
def test_whatever_else_is_written_is_refused_where_it_is_written(name, where, bad):
    v = Value(4.0)
    v.grad = 5.0
    message = refusal(lambda: setattr(v, name, bad), TypeError)
    assert message.startswith(f"{where} needs a real number, not {type(bad).__name__}")
    assert (v.data, v.grad) == (4.0, 5.0)


def test_a_step_that_forgets_grad_says_where_the_numbers_are():
    p = Value(1.0)
    with pytest.raises(TypeError) as caught:
        p.data -= 0.1 * p
    assert str(caught.value).endswith("its number is in .data, its gradient in .grad.")


# Printed.


def test_a_format_formats_the_number():
    v = Value(2 / 3)
    assert f"{v:.4f} {v:>8.2f} {v:.1e}" == "0.6667     0.67 6.7e-01"
    assert f"{v}" == str(v) == repr(v)


# Compared.


@pytest.mark.parametrize("other", [3, 3.0, np.float64(3), np.float32(3), np.int64(3)])
def test_comparisons_with_a_number_compare_numbers_on_either_side(other):
    for v, order in ((Value(2), -1), (Value(3), 0), (Value(4), 1)):
        assert (v == other, other == v) == (order == 0, order == 0)
        assert (v != other, other != v) == (order != 0, order != 0)
        assert (v < other, other > v) == (order < 0, order < 0)
        assert (v <= other, other >= v) == (order <= 0, order <= 0)
        assert (v > other, other < v) == (order > 0, order > 0)
        assert (v >= other, other <= v) == (order >= 0, order >= 0)
        assert type(v == other) is type(v < other) is bool


def test_values_are_ordered_by_their_numbers():
    a, b, also_b = Value(1), Value(2), Value(2)
    assert a < b and a <= b and b > a and b >= a
    assert b <= also_b and b >= also_b and not b < also_b and not b > also_b
    assert max([a, b]) is b and sorted([b, a]) == [a, b]


def test_equality_of_two_values_answers_where_number_and_node_agree():
    a, b = Value(1), Value(2)
    assert a == a and not a != a
    assert a != b and not a == b
    assert b in [a, b] and [a, b].index(b) == 1


@pytest.mark.parametrize("call", [operator.eq, operator.ne, lambda a, b: a in [b]])
@pytest.mark.parametrize("number", [3.0, 0.0, INF])
def test_equality_of_two_values_is_refused_where_they_disagree(call, number):
    message = refusal(lambda: call(Value(number), Value(number)), TypeError)
    assert message.startswith(f"== between two Values that hold {number} and {number}")
    assert "a.data == b.data" in message and "a is b" in message


def test_a_nan_is_not_equal_to_itself_and_says_so():
    v = Value(NAN)
    assert "nan and nan" in refusal(lambda: v == v, TypeError)
    assert not v == NAN
    assert v in [v]


@pytest.mark.parametrize("other", [None, "3", [3], {}, object()])
def test_a_value_is_not_equal_to_what_is_no_number(other):
    assert not Value(3) == other and Value(3) != other


@pytest.mark.parametrize(
    "compare", [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
)
def test_a_comparison_with_an_array_is_refused(compare):
    array = np.array([1.0, 2.0])
    for call in (lambda: compare(Value(1), array), lambda: compare(array, Value(1))):
        assert "does not work with a Value" in refusal(call, TypeError)


def test_sets_and_dicts_go_by_the_node():
    a, b = Value(2), Value(2)
    assert len({a, b, a}) == 2
    assert {a: "a", b: "b"}[b] == "b"
    assert Value(2) not in {a, b}


def test_nodes_that_hold_the_same_number_stay_apart_in_a_graph():
    a, b = Value(2.0), Value(2.0)
    root = a * b + a * b + (a + b)
    root.backward()
    assert (a.grad, b.grad) == (5.0, 5.0)
    product = Value(1.0)
    leaves = [Value(1.0) for _ in range(5)]
    for leaf in leaves:
        product = product * leaf
    product.backward()
    assert [leaf.grad for leaf in leaves] == [1.0] * 5


@pytest.mark.parametrize(
    "x, truth", [(0, False), (-0.0, False), (0.1, True), (-3, True), (NAN, True)]
)
def test_a_value_is_true_where_its_number_is(x, truth):
    assert bool(Value(x)) is truth


def test_plus_leaves_a_value_as_it_is():
    v = Value(-3)
    assert +v is v


# What is no operation.


@pytest.mark.parametrize(
    "call, name",
    [
        (abs, "abs(v)"),
        (round, "round(v)"),
        (lambda v: round(v, 2), "round(v)"),
        (int, "int(v)"),
        (math.trunc, "trunc(v)"),
        (lambda v: v // 2, "//"),
        (lambda v: 7 // v, "//"),
        (lambda v: v % 2, "%"),
        (lambda v: 7 % v, "%"),
        (lambda v: divmod(v, 2), "divmod"),
        (lambda v: divmod(7, v), "divmod"),
    ],
)
def test_what_is_no_operation_is_refused_with_advice(call, name):
    message = refusal(lambda: call(Value(2.5)), TypeError)
    assert message.startswith(f"{name} is not among the operations of a Value: use v.data")


@pytest.mark.parametrize(
    "call, name",
    [
        (np.exp, "exp"),
        (np.tanh, "tanh"),
        (np.abs, "absolute"),
        (lambda v: np.maximum(v, 0), "maximum"),
        (lambda v: np.array([1.0, 2.0]) @ v, "matmul"),
        (lambda v: np.add(1.0, v, out=np.zeros(())), "add"),
        (lambda v: np.add.outer(1.0, v), "add"),
    ],
)
def test_functions_of_numpy_are_refused_with_advice(call, name):
    message = refusal(lambda: call(Value(2.0)), TypeError)
    assert message.startswith(f"np.{name} does not work with a Value") and "v.tanh()" in message


def test_numpys_names_of_the_operators_work_with_numbers():
    v = Value(2.0)
    results = [np.add(v, 1), np.subtract(1, v), np.multiply(3, v), np.divide(1, v), np.power(v, 3)]
    assert [r.data for r in results] == [3.0, -1.0, 6.0, 0.5, 8.0]
    assert {type(r) for r in results} == {Value}
    assert np.greater(v, 1) is True and np.less_equal(3, v) is False


@pytest.mark.parametrize(
    "write", [lambda array, v: array.__setitem__(0, v), lambda array, v: array.fill(v)]
)
def test_writing_a_value_into_an_array_is_refused_with_advice(write):
    array = np.array([1.0, 2.0])
    assert "v.data for the number" in refusal(lambda: write(array, Value(3)), TypeError)
    assert array.tolist() == [1.0, 2.0]


# Copied and pickled.


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda v: pickle.loads(pickle.dumps(v))]
)
def test_a_leaf_is_copied(copied):
    v = Value(2.0, "v")
    v.grad = 3.0
    twin = copied(v)
    assert (twin.data, twin.grad, twin.label, twin._prev, twin._op) == (2.0, 3.0, "v", (), "")
    assert twin is not v
    (twin * 2).backward()
    assert (twin.grad, v.grad) == (5.0, 3.0)


def test_a_network_is_copied_after_training():
    model = MLP(2, [3, 1], rng=0)
    model([1.0, 2.0]).backward()
    for twin in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert [p.data for p in twin.parameters()] == [p.data for p in model.parameters()]
        assert not set(twin.parameters()) & set(model.parameters())
        assert twin([1.0, 2.0]).data == model([1.0, 2.0]).data


def test_a_leaf_that_stands_twice_is_one_leaf_in_the_copy():
    v = Value(2.0)
    first, second = copy.deepcopy([v, v])
    assert first is second


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("depth", [1, 5000])
def test_a_result_is_not_copied_and_says_why(copied, depth):
    v = Value(1.0)
    for _ in range(depth):
        v = v + 1
    assert "its whole graph hangs on it" in refusal(lambda: copied(v), TypeError)


# Alone.


def test_the_engine_needs_nothing_but_python():
    """In a Python that has no other packages, and in which only this folder is looked into."""
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from micrograd_lesson.engine import Value\n"
        "from micrograd_lesson.nn import MLP\n"
        "from micrograd_lesson.gradcheck import check_gradients\n"
        "from micrograd_lesson.optim import SGD\n"
        "v = Value(3.0); (v * v).backward()\n"
        "names = {name.split('.')[0] for name in sys.modules}\n"
        "print(v.grad, sorted(names - sys.stdlib_module_names))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "6.0 ['__main__', 'micrograd_lesson']\n"
