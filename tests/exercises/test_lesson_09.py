"""The exercises of lesson 09: right answers pass, wrong ones are told why, empty ones wait."""

import math

import numpy as np

from micrograd_lesson import Value
from micrograd_lesson.exercises import check
from tests.exercises.answers import check_tables


def scale(temperature, hour):
    return [temperature / 40, (hour - 10) / 10]


def slope_by_the_engine(a, u, v, y1, y2):
    a = Value(a)
    (((u * a - y1) ** 2 + (v * a - y2) ** 2) / 2).backward()
    return a.grad


def by_nudging(a1, w5, w7, y1, y2, h=1e-6):
    def loss(a):
        return ((w5 * a - y1) ** 2 + (w7 * a - y2) ** 2) / 2

    return (loss(a1 + h) - loss(a1 - h)) / (2 * h)


def by_one_sided_nudge(a1, w5, w7, y1, y2):
    def loss(a):
        return ((w5 * a - y1) ** 2 + (w7 * a - y2) ** 2) / 2

    return (loss(a1 + 0.0001) - loss(a1)) / 0.0001


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


A3 = sigmoid(0.5 * sigmoid(0.57) - 0.2 * sigmoid(0.01) + 0.2)  # as on the page
A4 = sigmoid(-0.3 * sigmoid(0.57) + 0.6 * sigmoid(0.01) + 0.3)


def with_a_sigmoid(a1, w5, w7, y1, y2):
    a1 = Value(a1)
    ((((w5 * a1).sigmoid() - y1) ** 2 + ((w7 * a1).sigmoid() - y2) ** 2) / 2).backward()
    return a1.grad


def with_the_slope_alone(a1, w5, w7, y1, y2):
    a3 = w5 * a1
    a4 = w7 * a1
    return (a3 - y1) * a3 * (1 - a3) * w5 + (a4 - y2) * a4 * (1 - a4) * w7


RIGHT = [
    ("09.a", 0.5),
    ("09.a", "0.5"),
    ("09.a", "1/2"),
    ("09.a", 0.5025),
    ("09.a", Value(0.5)),
    ("09.b", "positive"),
    ("09.b", " Positive"),
    ("09.b", "+"),
    ("09.c", -0.0048, "up"),
    ("09.c", (-0.0148 + 0.0052) / 2, "Rises"),
    ("09.c", np.float64(-0.0048), "higher"),
    ("09.d", 2 / 3),
    ("09.d", 0.667),
    ("09.d", 0.66),
    ("09.d", "2/3"),
    ("09.d", Value(2 / 3)),
    ("09.1", scale),
    ("09.1", lambda temperature, hour: (0.025 * temperature, hour / 10 - 1)),
    ("09.1", lambda temperature, hour: np.array([temperature / 40, (hour - 10) / 10])),
    ("09.2", lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * w5 + (w7 * a1 - y2) * w7),
    ("09.2", slope_by_the_engine),
    ("09.3", 4, -0.0009266679),
    ("09.3", 4.0, -0.000927),
    ("09.3", 4, -0.00093),
    ("09.3", "four", Value(-0.0009267)),
    ("09.a", "half"),
    ("09.a", "½"),
    ("09.b", "slightly positive"),
    ("09.b", "greater than zero"),
    ("09.c", "−0.0048", "it goes up"),
    ("09.c", -0.0048, "w5 should go up"),
    ("09.d", "two thirds"),
    ("09.d", "⅔"),
    ("09.1", lambda temperature, hour: (Value(temperature) / 40, np.float32((hour - 10) / 10))),
    ("09.2", by_nudging),
    ("09.3", "4 ways", "−0.0009267"),
    ("09.3", "four ways", -9.27e-4),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("09.a", 0, "far out on the left"),
    ("09.a", 1, "large z"),
    ("09.a", 0.01, "z2 itself"),
    ("09.a", 0.25, "slope of the sigmoid"),
    ("09.a", 2, "below the line"),
    ("09.a", 0.7, "put z = 0"),
    ("09.a", math.nan, "put z = 0"),
    ("09.b", "negative", "already above"),
    ("09.b", "−", "already above"),
    ("09.b", "zero", "choices: negative, positive"),
    ("09.c", -0.0096, "up", "sum"),
    ("09.c", 0.0048, "down", "sign"),
    ("09.c", -0.01, "up", "half the difference"),
    ("09.c", -0.0148, "up", "first line alone"),
    ("09.c", 0.02, "up", "difference"),
    ("09.c", 1, "up", "derivative of a mean?"),
    ("09.c", -0.0048, "down", "negative"),
    ("09.c", -0.0048, "left", "choices: down, up"),
    ("09.d", 1, "two outputs"),
    ("09.d", 1 / 3, "derivative too"),
    ("09.d", 2, "a mean as well"),
    ("09.d", 1.5, "upside down"),
    ("09.d", "3/2", "upside down"),
    ("09.d", 0.5, "three squares"),
    ("09.1", lambda temperature, hour: (temperature, hour), "hottest day"),
    ("09.1", lambda temperature, hour: (temperature / 40, hour / 10), "take 10 off"),
    ("09.1", lambda temperature, hour: (temperature / 40, hour / 24), "whole day"),
    ("09.1", lambda temperature, hour: (temperature / 40, hour - 10 / 10), "brackets"),
    ("09.1", lambda temperature, hour: (temperature / 40, hour - 10), "ten hours"),
    ("09.1", lambda temperature, hour: (temperature / 40, (hour - 10) / 20), "not twenty"),
    ("09.1", lambda temperature, hour: (temperature / 100, (hour - 10) / 10), "scoops"),
    ("09.1", lambda temperature, hour: (temperature // 40, (hour - 10) / 10), "throws away"),
    ("09.1", lambda temperature, hour: (temperature / 40, (hour - 10) // 10), "throws away"),
    ("09.1", lambda temperature, hour: ((hour - 10) / 10, temperature / 40), "swapped"),
    ("09.1", lambda temperature, hour: temperature / 40, "Two numbers"),
    ("09.1", lambda temperature, hour: (0.5, 0.8), "such as x1"),
    ("09.1", lambda temperature, hour: (temperature / 40, 0.8), "such as x2"),
    ("09.1", 0.5, "function"),
    ("09.2", lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * w5, "way through a4 is missing"),
    ("09.2", lambda a1, w5, w7, y1, y2: (w7 * a1 - y2) * w7, "way through a3 is missing"),
    ("09.2", lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) + (w7 * a1 - y2), "last factors"),
    ("09.2", lambda *numbers: 2 * slope_by_the_engine(*numbers), "cancels"),
    ("09.2", lambda *numbers: slope_by_the_engine(*numbers) / 2, "which cancels"),
    ("09.2", lambda *numbers: -slope_by_the_engine(*numbers), "output minus target"),
    ("09.2", lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * a1 + (w7 * a1 - y2) * a1, "last factor"),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: ((w5 * a1 - y1) ** 2 + (w7 * a1 - y2) ** 2) / 2,
        "loss itself",
    ),
    ("09.2", lambda a1, w5, w7, y1, y2: (A3 - y1) * w5 + (A4 - y2) * w7, "of the page"),
    ("09.2", lambda a1, w5, w7, y1, y2: A3 - 0.7, "whatever it is given"),
    ("09.2", with_a_sigmoid, "no bend"),
    ("09.2", with_the_slope_alone, "here a3 and a4 have none"),
    ("09.2", lambda *numbers: slope_by_the_engine(*numbers) + 1e-4, "finite size"),
    ("09.2", lambda a1, w5, w7, y1, y2: a1, "in .grad"),
    ("09.2", lambda a1, w5, w7, y1, y2: a1 + w5, "follow both ways"),
    ("09.3", 2, -0.0009266679, "goes on to two outputs"),
    ("09.3", 8, -0.0009266679, "both inputs"),
    ("09.3", 5, -0.0009266679, "count the lines"),
    ("09.3", 4, 0.0009266679, "sign"),
    ("09.3", 4, -0.000807, "through neuron 1"),
    ("09.3", 4, -0.0006874, "subtracted"),
    ("09.3", 4, -0.001345, "gradient of w1"),
    ("09.3", 4, -0.0014939, "last factors"),
    ("09.3", 4, -0.0009176, "vanilla are missing"),
    ("09.3", 4, -0.0009188, "after the step"),
    ("09.3", 4, -0.003976, "slopes"),
    ("09.3", 4, -0.0018533, "twice"),
    ("09.3", 4, 0, "six decimals"),
    ("09.1", lambda temperature, hour: (int(temperature) / 40, (hour - 10) / 10), "do not round"),
    ("09.1", lambda temperature, hour: (temperature / 40, (int(hour) - 10) / 10), "do not round"),
    ("09.1", lambda temperature, hour: (temperature / 40, (10 - hour) / 10), "hour minus 10"),
    ("09.2", lambda a1, *others: a1 * slope_by_the_engine(a1, *others), "factor too many"),
    ("09.2", lambda a1, w5, w7, y1, y2: slope_by_the_engine(a1, w5, w7, y2, y1), "y2 to a4"),
    ("09.2", lambda a1, w5, w7, y1, y2: slope_by_the_engine(a1, w5, w7, y1, y1), "y2 to a4"),
    ("09.2", lambda a1, w5, w7, y1, y2: slope_by_the_engine(a1, w5, w7, -y1, -y2), "a difference"),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: slope_by_the_engine(a1, w5, w7, y1 - 0.2, y2 - 0.3),
        "network has none",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: abs(w5 * a1 - y1) * w5 + abs(w7 * a1 - y2) * w7,
        "signs of the misses",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (sigmoid(w5 * a1) - y1) * w5 + (sigmoid(w7 * a1) - y2) * w7,
        "no bend",
    ),
    ("09.3", 4, -0.00074695, "other numbers do"),
    ("09.3", 4, -0.00083681, "gradient of x2"),
    ("09.3", 4, -0.00032855, "away from x2"),
    ("09.3", 4, -0.00080178, "one of the four"),
    ("09.3", 1, -0.00092667, "number of ways is not 1"),
    ("09.a", math.exp(-0.01), "put z = 0"),
    ("09.b", "less than zero", "already above"),
    ("09.c", -0.0048, "up or down", "choices: down, up"),
    ("09.c", -0.0024, "up", "one division"),
    ("09.c", -0.005, "up", "four decimals"),
    ("09.c", "up", -0.0048, "number is wanted"),
    ("09.d", (2, 3), "decimal point"),
    ("09.1", lambda temperature, hour: (round(temperature / 40, 1), (hour - 10) / 10), "not round"),
    ("09.1", lambda temperature, hour: (temperature / 40, round(hour / 10 - 1, 1)), "not round"),
    ("09.1", lambda temperature, hour: (max(0, temperature / 40), (hour - 10) / 10), "cut off"),
    ("09.1", lambda temperature, hour: ((temperature - 10) / 40, (hour - 10) / 10), "0 already"),
    ("09.1", lambda temperature, hour: (temperature / 40, (hour + 10) / 10), "this adds 10"),
    ("09.1", lambda temperature, hour: (temperature / 40, (20 - hour) / 10), "other way round"),
    ("09.1", lambda temperature, hour: (temperature / 40, (hour - 10) / 24), "twenty-four"),
    ("09.1", lambda temperature, hour: (hour / 40, (temperature - 10) / 10), "the temperature"),
    ("09.2", by_one_sided_nudge, "finite size"),
    ("09.2", lambda *numbers: round(slope_by_the_engine(*numbers), 2), "rounding"),
    ("09.2", lambda a1, w5, w7, y1, y2: Value(a1).grad, "backward()"),
    ("09.2", lambda a1, w5, w7, y1, y2: ((w5 * a1 - y1) * w5, (w7 * a1 - y2) * w7), "shares add"),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) ** 2 + (w7 * a1 - y2) ** 2,
        "twice the loss",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * w5 + (w7 * a1 - y2) * w7 / 2,
        "brackets around both",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: w5 * a1 - y1 * w5 + w7 * a1 - y2 * w7,
        "brackets around each miss",
    ),
    ("09.2", lambda a1, *rest: slope_by_the_engine(a1, *rest) * a1 * (1 - a1), "leads on to z1"),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: slope_by_the_engine(a1, w5, w7, 0.7, 0.6),
        "targets of the page",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (y1 - w5 * a1) * w5 + (w7 * a1 - y2) * w7,
        "output minus target",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) ** 2 * w5 + (w7 * a1 - y2) ** 2 * w7,
        "not its square",
    ),
    ("09.2", lambda a1, w5, w7, y1, y2: w5 + w7, "first factors"),
    ("09.3", 4, -0.00046333, "half of it"),
    ("09.3", 4, 0.00093, "sign"),
    ("09.3", 4, -0.00269015, "gradient of z1"),
    ("09.3", 4, 0.00119624, "gradient of z2"),
    ("09.3", 4, -0.01165854, "gradient of a1"),
    ("09.c", 0.01, "up", "with their signs"),
    ("09.c", 0.0052, "up", "second line alone"),
    (
        "09.1",
        lambda temperature, hour: ([t / 40 for t in temperature], (hour - 10) / 10),
        "hour are plain numbers",
    ),
    ("09.1", lambda temperature, hour: (temperature / 20, (hour - 10) / 10), "divide by 40"),
    ("09.1", lambda temperature, hour: ((hour - 10) / 40, temperature / 10), "made of the hour"),
    ("09.1", lambda temperature, hour: (temperature / 30, (hour - 10) / 10), "40 °C becomes 1"),
    ("09.1", lambda temperature, hour: (temperature / 40, hour / 20), "hours of the day"),
    ("09.1", lambda temperature, hour: (temperature / 40, (hour - 12) / 8), "20:00 becomes 1"),
    ("09.2", lambda a1, w5, w7, y1, y2: w5(w5 * a1 - y1) + w7(w7 * a1 - y2), "five arguments"),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * w5 - (w7 * a1 - y2) * w7,
        "shares of the two ways add",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * w5 * (w7 * a1 - y2) * w7,
        "along a way factors multiply",
    ),
    (
        "09.2",
        lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * w7 + (w7 * a1 - y2) * w5,
        "w5 belongs to a3",
    ),
    ("09.3", 3, -0.0009266679, "count the lines"),
    ("09.3", 4, -0.00011962, "through neuron 2"),
]

WAITING = [
    ("09.a", ...),
    ("09.c", ..., "up"),
    ("09.1", lambda temperature, hour: ...),
    ("09.1", lambda temperature, hour: (temperature / 40, ...)),
    ("09.2", lambda a1, w5, w7, y1, y2: ...),
    ("09.3", 4, ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


def test_the_hints_of_the_input_gradient_hold_the_numbers_of_the_network():
    def slope(w5, w7, w6, w8, bent=1):
        """dL/dx1; the arguments are the weights after the hidden layer."""
        a1, a2 = sigmoid(0.57), sigmoid(0.01)
        a3, a4 = sigmoid(0.5 * a1 - 0.2 * a2 + 0.2), sigmoid(-0.3 * a1 + 0.6 * a2 + 0.3)
        d3, d4 = (a3 - 0.7) * a3 * (1 - a3), (a4 - 0.6) * a4 * (1 - a4)
        d1 = (w5 * d3 + w7 * d4) * (a1 * (1 - a1)) ** bent
        d2 = (w6 * d3 + w8 * d4) * (a2 * (1 - a2)) ** bent
        return 0.3 * d1 - 0.1 * d2

    assert check("09.3", 4, slope(0.5, -0.3, -0.2, 0.6)).right is True
    for word, wrong in (
        ("vanilla are missing", slope(0.5, 0, -0.2, 0)),
        ("through neuron 1", slope(0.5, -0.3, 0, 0)),
        ("through neuron 2", slope(0, 0, -0.2, 0.6)),
        ("slopes", slope(0.5, -0.3, -0.2, 0.6, bent=0)),
    ):
        assert word in check("09.3", 4, wrong).message
