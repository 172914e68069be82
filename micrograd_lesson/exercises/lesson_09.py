"""Lesson 09, ice cream."""

from .. import words
from ._check import Wrong, choose, close, compare, decide, exercise, number, numbers, pairs, reason
from .lesson_08 import DIRECTIONS


@exercise("09.a")
def half(answer):
    mistakes = {
        0: "the sigmoid is not 0 at 0; put z = 0 into 1 / (1 + exp(-z)). "
        "It nears 0 only far out on the left",
        1: "the sigmoid nears 1 only for large z; exp(0) is 1, so there is 1 + 1 below the line",
        0.01: "this is z2 itself; the bend is still to come",
        0.25: "0.25 is the slope of the sigmoid at 0; asked for is its height",
        2: "1 + 1 stands below the line",
    }
    return decide(
        "The height",
        answer,
        0.5,
        mistakes,
        "The sigmoid of 0 is 1 / (1 + 1), and 0.01 is almost 0.",
        tolerance=0.02,
        otherwise="put z = 0 into 1 / (1 + exp(-z))",
        mistake_tolerance=6e-3,
    )


@exercise("09.b")
def sign_of_b4(answer):
    return choose(
        answer,
        "positive",
        {
            "positive": "a4 is a little too high, and raising b4 raises it further: "
            "the loss rises.",
            "negative": "Negative would mean that raising b4 lowers the loss. Raising b4 raises "
            "a4, and a4 is already above its target.",
        },
        also={
            "+": "positive",
            "-": "negative",
            "above 0": "positive",
            "below 0": "negative",
        },
    )


@exercise("09.1")
def scale(function):
    def first(temperature, hour):
        return temperature / 40

    def second(temperature, hour):
        return (hour - 10) / 10

    points = ((20, 18), (30, 13), (0, 10), (12, 20))
    what = "x1 from the temperature and x2 from the hour"
    seen_x1, seen_x2 = pairs(function, points, what, first, second)
    compare(
        "At {0} °C and {1}:00 x1 is {wanted}, and yours is {seen}",
        points,
        seen_x1,
        first,
        [
            (lambda temperature, hour: temperature, "divide it by 40, the hottest day"),
            (lambda temperature, hour: temperature / 100, "100 is the scale of the scoops"),
            (lambda temperature, hour: temperature / 20, "40 °C is to become 1, so divide by 40"),
        ],
        "0 °C becomes 0, and 40 °C becomes 1",
    )
    compare(
        "At {0} °C and {1}:00 x2 is {wanted}, and yours is {seen}",
        points,
        seen_x2,
        second,
        [
            (lambda temperature, hour: hour, "it is not scaled yet"),
            (
                lambda temperature, hour: hour / 10,
                "the stand opens at 10:00, and that is to become 0: take 10 off first",
            ),
            (
                lambda temperature, hour: hour / 20,
                "10:00 is to become 0: take 10 off, and divide by the ten hours of the day",
            ),
            (
                lambda temperature, hour: hour / 24,
                "the scale runs over the hours of the stand, 10:00 to 20:00, "
                "not over the whole day",
            ),
            (
                lambda temperature, hour: hour - 10,
                "the day of the stand has ten hours: divide by 10",
            ),
            (lambda temperature, hour: hour - 1, "brackets: / binds tighter than -"),
            (
                lambda temperature, hour: (hour - 10) / 20,
                "from 10:00 to 20:00 it is ten hours, not twenty",
            ),
        ],
        "10:00 becomes 0, and 20:00 becomes 1",
    )
    return "Keep it with the network: every input goes through it, in training and ever after."


@exercise("09.2")
def two_ways(function):
    points = (
        (0.5, 2.0, -3.0, 0.25, 1.0),
        (-1.25, 0.5, 4.0, 2.0, -0.75),
        (0.8, 1.5, 0.0, 1.0, 3.0),
    )
    compare(
        "For a = {0}, u = {1}, v = {2}, y1 = {3}, y2 = {4} "
        "the slope is {wanted}, and yours is {seen}",
        points,
        numbers(function, points),
        _of_misses(lambda p, q, a, u, v: p * u + q * v),
        [
            (
                _of_misses(lambda p, q, a, u, v: p * u),
                "the way through q is missing: a is used twice, and the shares add",
            ),
            (
                _of_misses(lambda p, q, a, u, v: q * v),
                "the way through p is missing: a is used twice, and the shares add",
            ),
            (
                _of_misses(lambda p, q, a, u, v: p + q),
                "the last factors are missing: p moves u times as far as a, "
                "and q moves v times as far",
            ),
            (
                _of_misses(lambda p, q, a, u, v: 2 * (p * u + q * v)),
                "twice too large: the 2 of the square cancels the 2 of the mean",
            ),
            (
                _of_misses(lambda p, q, a, u, v: (p * u + q * v) / 2),
                "half of it: the square brings a factor 2, which cancels the 2 of the mean",
            ),
            (
                _of_misses(lambda p, q, a, u, v: -p * u - q * v),
                "the sign: it is output minus target",
            ),
            (_of_misses(lambda p, q, a, u, v: p * u - q * v), "the shares of the two ways add"),
            (
                _of_misses(lambda p, q, a, u, v: p * u * q * v),
                "along a way factors multiply; the two ways add",
            ),
            (_of_misses(lambda p, q, a, u, v: p * v + q * u), "u belongs to p, and v to q"),
            (
                _of_misses(lambda p, q, a, u, v: p * a + q * a),
                "dp/da is u: a times swaps its inputs. a is what u's own gradient would get",
            ),
            (
                _of_misses(lambda p, q, a, u, v: (p * p + q * q) / 2),
                "this is the loss itself, not its slope",
            ),
        ],
        "one product for the way through p, one for the way through q, then the sum",
    )
    return "One product for each way, and the sum of the two."


def _of_misses(formula):
    """The function of the exercise's numbers that goes by the misses p and q, and by a, u, v."""

    def of_all(a, u, v, y1, y2):
        p = u * a - y1
        q = v * a - y2
        return formula(p, q, a, u, v)

    return of_all


@exercise("09.3")
def three_outputs(answer):
    return decide(
        "The factor",
        answer,
        2 / 3,
        {
            1: "1 is the factor with two outputs, where 2/2 cancels. Now the mean divides by 3.",
            1 / 3: "the mean brings 1/3; the square has a derivative too, and it brings a 2.",
            2: "the square brings the 2; the mean divides by 3.",
            3 / 2: "upside down: the square brings 2 above the line, the mean 3 below it.",
            3: "the mean divides by 3.",
        },
        "The square brings 2, the mean divides by 3.",
        tolerance=6e-3,
    )


WAYS_FROM_AN_INPUT = {
    2: "two lead from x1 to the hidden layer, and each of them goes on to two outputs",
    1: "x1 is used by both hidden neurons",
    3: "count the lines to the hidden layer, then how each goes on",
    8: "8 ways lead there from both inputs together; asked for are those from x1",
}
GRADIENTS_OF_AN_INPUT = {
    0.0009266678: "the sign is the wrong way round",
    -0.0008070442: "this is the share through neuron 1; x1 is also used by neuron 2",
    -0.0001196237: "this is the share through neuron 2; x1 is also used by neuron 1",
    -0.0006874204: "the share through neuron 2 is subtracted: its weight w3 is negative, "
    "and so is the product",
    -0.0013450736: "this is the gradient of w1; a times swaps its inputs, "
    "so x1 gets w1 as its factor",
    -0.0014939098: "the weights are missing: z1 moves w1 times as far as x1, "
    "and z2 moves w3 times as far",
    -0.0018533356: "twice too large: the 2 of the square cancels the 2 of the mean",
    -0.0009176030: "the ways through vanilla are missing",
    -0.0039760689: "the slopes a*(1 - a) of the hidden neurons are missing",
    -0.0009188150: "this is after the step; asked for is the start",
}


@exercise("09.4")
def gradient_of_an_input(ways, x1_grad):
    ways = number(ways)
    if not close(ways, 4):
        written, _ = words.apart(ways, 4)
        otherwise = "count the lines to the hidden layer, then how each goes on"
        hint = reason(ways, WAYS_FROM_AN_INPUT, otherwise)
        raise Wrong(f"There are not {written} ways: {hint}.")
    return decide(
        "dL/dx1",
        x1_grad,
        -0.0009266678,
        GRADIENTS_OF_AN_INPUT,
        "w1 times the gradient of z1 plus w3 times the gradient of z2. "
        "For this line, warmer would mean less loss.",
        tolerance=4e-6,
        otherwise="w1 times the gradient of z1, plus w3 times the gradient of z2; "
        "give at least six decimals",
        mistake_tolerance=6e-7,
    )


@exercise("09.5")
def batch(gradient, direction):
    decide(
        "The gradient",
        gradient,
        -0.0048,
        {
            -0.0096: "this is the sum; the loss of the batch is the mean, so divide by 2",
            0.0048: "the sign: the larger of the two is negative",
            0.01: "add them with their signs, then halve",
            -0.01: "this is half the difference; the mean is half the sum",
            -0.02: "this is the difference",
            -0.0148: "this is the first line alone",
            0.0052: "this is the second line alone",
        },
        tolerance=1e-5,
        otherwise="the derivative of a mean is the mean of the derivatives",
    )
    return choose(
        direction,
        "up",
        {
            "up": "−0.0048 is negative, so w5 goes up: the batch goes with the larger complaint.",
            "down": "The gradient is negative: raising w5 lowers the loss. "
            "So it goes up, against the gradient.",
        },
        also=DIRECTIONS,
    )
