"""Finite differences, and check_gradients, which must catch an engine that is wrong.

Covered: both differences on slopes known from calculus, their errors for large and small
h, the refusal of h = 0, the extrapolated slope and where there is none, agreement for a right
engine, DIFFER for wrong ones, and the table.
"""

import math
import warnings

import numpy as np
import pytest

from micrograd_lesson.engine import Value
from micrograd_lesson.gradcheck import (
    GradientReport,
    GradientRow,
    central_difference,
    check_gradients,
    forward_difference,
    reference_slope,
    sample,
)

both_differences = pytest.mark.parametrize("difference", [forward_difference, central_difference])


def parabola(x):
    return 3 * x**2 - 4 * x + 5


# Differences.


@both_differences
@pytest.mark.parametrize(
    "f, x, slope",
    [
        (parabola, 3.0, 14.0),
        (parabola, 2 / 3, 0.0),
        (math.sin, 0.0, 1.0),
        (math.exp, 1.0, math.e),
        (lambda x: 7.0, 5.0, 0.0),
    ],
)
def test_slopes_known_from_calculus(difference, f, x, slope):
    assert difference(f, x) == pytest.approx(slope, abs=1e-5)


def test_forward_difference_is_the_slope_of_the_secant():
    assert forward_difference(parabola, 3.0, h=1.0) == 17.0  # (37 - 20) / 1
    assert forward_difference(parabola, 3.0, h=-1.0) == 11.0  # (9 - 20) / -1


def test_central_difference_is_exact_for_a_parabola():
    assert central_difference(parabola, 3.0, h=1.0) == 14.0


@pytest.mark.parametrize("difference, order", [(forward_difference, 1), (central_difference, 2)])
def test_error_falls_with_the_promised_power_of_h(difference, order):
    def error(h):
        return abs(difference(math.exp, 1.0, h) - math.e)

    assert error(1e-2) / error(1e-3) == pytest.approx(10**order, rel=0.05)


@both_differences
def test_rounding_ruins_a_tiny_step(difference):
    assert difference(parabola, 3.0, h=1e-17) == 0.0  # x + h is x


@both_differences
def test_step_of_zero_is_refused(difference):
    with pytest.raises(
        ValueError,
        match=r"^h is 0: a slope needs two different points; take a small h such as 1e-6\.$",
    ):
        difference(parabola, 3.0, h=0)


def test_check_gradients_refuses_a_step_of_zero():
    with pytest.raises(ValueError, match="^h is 0"):
        check_gradients(lambda v: v * v, 3.0, h=0)


# The extrapolated slope.


@pytest.mark.parametrize(
    "g, dg",
    [
        (math.sin, math.cos),
        (math.exp, math.exp),
        (parabola, lambda x: 6 * x - 4),
        (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
        (lambda x: 7.0, lambda x: 0.0),
    ],
)
@pytest.mark.parametrize("x", [-2.0, 0.0, 0.3, 4.0, 1000 / 3])
def test_reference_slope(g, dg, x):
    assert reference_slope(g, x) == pytest.approx(dg(x), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    "g, x, slope",
    [
        (lambda x: 1 / x, 0.03, -1 / 0.03**2),
        (math.exp, 50.0, math.exp(50)),
        (lambda x: math.sin(200 * x), 1.0, 200 * math.cos(200)),
        (math.sqrt, 0.01, 5.0),
    ],
)
def test_reference_slope_of_steep_and_bounded_functions(g, x, slope):
    assert reference_slope(g, x) == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize(
    "g, x", [(abs, 0), (math.floor, 1), (lambda x: max(x, 0), 0), (math.sqrt, 0), (math.log, -1)]
)
def test_reference_slope_where_there_is_none(g, x):
    assert math.isnan(reference_slope(g, x))


def test_reference_slope_comes_as_near_to_an_edge_as_either_side_asks():
    assert reference_slope(math.log, 1e-5) == pytest.approx(1e5, rel=1e-6)
    assert reference_slope(lambda x: math.log(-x), -1e-5) == pytest.approx(-1e5, rel=1e-6)


def test_reference_slope_gives_no_slope_that_it_knows_to_few_digits_only():
    assert reference_slope(lambda x: math.sin(4000 * x), 0.0) == pytest.approx(4000, rel=1e-5)
    assert math.isnan(reference_slope(lambda x: math.sin(5500 * x), 0.0))


def test_reference_slope_is_not_fooled_by_a_function_that_repeats_itself_between_its_steps():
    for x in (0.1234, -0.4, 3.0):
        assert math.isnan(reference_slope(lambda x: math.sin(100 * math.pi * x), x))


@pytest.mark.parametrize("g, calls", [(parabola, 10), (math.exp, 16), (math.tanh, 20)])
def test_reference_slope_of_a_smooth_function_takes_few_calls(g, calls):
    asked = []
    reference_slope(lambda x: asked.append(x) or g(x), 0.7)
    assert len(asked) <= calls


def test_reference_slope_is_a_float_and_asks_for_floats():
    asked = []

    def square(x):
        asked.append(type(x))
        return np.float64(x) ** 2

    assert type(reference_slope(square, 3)) is float
    assert set(asked) == {float}
    assert len(asked) < 30


def test_samples_are_nan_where_f_has_no_value():
    def f(x):
        return math.log(x) if x < 10 else "many"

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert sample(f, [-1, 0, 1, 20]) == pytest.approx(
            [math.nan, math.nan, 0.0, math.nan], nan_ok=True
        )
        assert sample(np.log, [1.0, -1.0]) == pytest.approx([0.0, math.nan], nan_ok=True)
    assert sample(f, []).shape == (0,)


# check_gradients on engines right and wrong.


class TinyValue:
    """A closure engine with + and * only; each wrong engine below changes one line of it.

    It has no label: check_gradients asks for no more than data, grad and backward().
    """

    def __init__(self, data, parents=(), local=()):
        self.data, self.grad, self.parents, self.local = data, 0.0, parents, local

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def receive(self, contribution):
        self.grad += contribution

    def backward(self, incoming=1.0):
        self.receive(incoming)
        for parent, local in zip(self.parents, self.local):
            parent.backward(local * incoming)


class Overwrites(TinyValue):
    """The classic mistake: = in place of +=."""

    def receive(self, contribution):
        self.grad = contribution


class WrongProduct(TinyValue):
    """Each factor's local derivative is its own data, not the other's."""

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (self.data, other.data))


class WrongTanh(Value):
    """The local derivative of tanh without the square."""

    __slots__ = ()

    def tanh(self):
        out = super().tanh()
        out._local = (1 - out.data,)
        return out


def a_used_twice(a, b):
    return a * b + a


def test_our_engine_agrees():
    report = check_gradients(lambda a, b: (a * b + a.tanh()) / (b * b + 1), 2.0, -3.0)
    assert report.ok and [row.ok for row in report] == [True, True]


def test_each_row_holds_the_name_the_gradient_and_the_slope():
    first, second = check_gradients(lambda a, b: a * b + a, 2.0, -3.0)
    assert (first.name, first.gradient) == ("input 1", -2.0)
    assert (second.name, second.gradient) == ("input 2", 2.0)
    assert [first.difference, second.difference] == pytest.approx([-2.0, 2.0])


def test_a_label_given_inside_the_function_names_the_row():
    def f(a):
        a.label = "a"
        return a * a

    assert [row.name for row in check_gradients(f, 3.0)] == ["a"]


def test_a_right_engine_of_another_class_agrees():
    assert check_gradients(a_used_twice, 2.0, -3.0, value=TinyValue).ok


@pytest.mark.parametrize(
    "engine, verdicts", [(Overwrites, [False, True]), (WrongProduct, [False, False])]
)
def test_a_wrong_engine_differs(engine, verdicts):
    report = check_gradients(a_used_twice, 2.0, -3.0, value=engine)
    assert not report.ok and [row.ok for row in report] == verdicts


def test_a_wrong_local_derivative_differs():
    report = check_gradients(lambda v: v.tanh(), 0.5, value=WrongTanh)
    assert not report.ok and "DIFFER" in repr(report)


def test_nan_never_agrees():
    assert not check_gradients(lambda v: v * math.nan, 1.0).ok


@pytest.mark.parametrize("tolerance, ok", [(1e-5, False), (0.1, True)])
def test_tolerance_decides(tolerance, ok):
    assert (
        check_gradients(lambda v: v**3, 1.0, h=0.1, tolerance=tolerance).ok is ok
    )  # the nudge is off by h²


def test_tolerance_is_relative_for_steep_slopes():
    assert check_gradients(
        lambda v: v**3, 1000.0, h=1e-3
    ).ok  # the step is 1: off by 1 in 3 million


def test_a_large_input_is_nudged_in_proportion():
    assert check_gradients(lambda v: v * 3, 1e12).ok  # 1e12 + 1e-6 would round to 1e12


@pytest.mark.parametrize("x, step", [(0.0, 0.5), (-0.75, 0.5), (1.0, 0.5), (-8.0, 4.0)])
def test_the_nudge_is_h_times_the_larger_of_one_and_the_input(x, step):
    asked = []

    def f(v):
        asked.append(v.data)
        return v * 3

    assert check_gradients(f, x, h=0.5).ok
    assert asked == [x, x + step, x - step]


def test_each_input_is_nudged_while_the_others_hold_still():
    asked = []

    def f(a, b):
        asked.append((a.data, b.data))
        return a * b

    assert check_gradients(f, 1.0, -1.0, h=0.5).ok
    assert asked == [(1.0, -1.0), (1.5, -1.0), (0.5, -1.0), (1.0, -0.5), (1.0, -1.5)]


# The report.


def test_report_prints_as_a_table():
    report = GradientReport([GradientRow("a", 6.0, 6.0, True), GradientRow("b", -4.0, 4.0, False)])
    assert repr(report) == (
        "   input       gradient     by nudging\n"
        "       a       6.000000       6.000000  agree\n"
        "       b      -4.000000       4.000000  DIFFER"
    )
    assert not report.ok
