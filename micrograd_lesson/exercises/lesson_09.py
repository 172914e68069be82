"""Lesson 09, ice cream."""

import math

from .. import words
from ._check import (
    Wrong,
    call,
    choose,
    close,
    compare,
    decide,
    described,
    exercise,
    number,
    numbers,
    pairs,
    reason,
)
from ._hints import never_uses, slips
from ._spoken import fraction, spoken
from .lesson_08 import DIRECTIONS


@exercise("09.a")
def half(answer):
    mistakes = {
        0: "the sigmoid is not 0 at 0; put z = 0 into 1 / (1 + exp(-z)). "
        "It nears 0 only far out on the left",
        1: "the sigmoid nears 1 only for large z. What is exp(0), and what stands below the line?",
        0.01: "this is z2 itself; the bend is still to come",
        0.25: "0.25 is the slope of the sigmoid at 0; asked for is its height",
        2: "that is what stands below the line",
    }
    return decide(
        "The height",
        fraction(answer),
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
            "negative": "Negative would mean that raising b4 lowers the loss. Raising b4 raises "
            "a4, and a4 is already above its target.",
            "positive": "a4 is a little too high, and raising b4 raises it further: "
            "the loss rises.",
        },
        also={
            "+": "positive",
            "plus": "positive",
            "above 0": "positive",
            "larger than 0": "positive",
            "greater than zero": "positive",
            "smaller than 0": "negative",
            "less than zero": "negative",
            "> 0": "positive",
            "-": "negative",
            "−": "negative",
            "minus": "negative",
            "below 0": "negative",
            "< 0": "negative",
        },
    )


@exercise("09.c")
def batch(gradient, direction):
    decide(
        "The gradient",
        gradient,
        -0.0048,
        {
            -0.0096: "this is the sum; the loss of the batch is the mean",
            0.0048: "the sign: the larger of the two is negative",
            0.01: "add them with their signs, then halve",
            -0.01: "this is half the difference; the mean is half the sum",
            -0.02: "this is the difference",
            0.02: "this is the difference",
            -0.0024: "one division by 2 too many",
            -0.005: "give it with four decimals",
            -0.0148: "this is the first line alone",
            0.0052: "this is the second line alone",
        },
        tolerance=1e-5,
        otherwise="the loss of the batch is a mean of two; what is the derivative of a mean?",
    )
    return choose(
        direction,
        "up",
        {
            "down": "The gradient is negative: what does raising w5 do to the loss?",
            "up": "−0.0048 is negative, so w5 goes up: the first line weighs more here.",
        },
        also=DIRECTIONS,
    )


@exercise("09.d")
def three_outputs(answer):
    return decide(
        "The factor",
        fraction(answer),
        2 / 3,
        {
            1: "1 is the factor with two outputs. What does the mean over three divide by?",
            1 / 3: "this comes from the mean; the square has a derivative too",
            2: "this comes from the square; there is a mean as well",
            3 / 2: "upside down",
            3: "the mean divides",
            6: "the mean divides",
        },
        "The square brings 2, the mean divides by 3.",
        tolerance=7e-3,
        otherwise="write the loss with its three squares, and take the derivative of the first",
    )


@exercise("09.1")
def scale(function):
    def first(temperature, hour):
        return temperature / 40

    def second(temperature, hour):
        return (hour - 10) / 10

    points = ((20, 18), (30, 13), (0, 10), (12, 20), (-4, 15), (17.5, 12.5))
    what = "x1 from the temperature and x2 from the hour"
    with slips("temperature and hour are plain numbers."):
        seen_x1, seen_x2 = pairs(function, points, what, first, second)
    never_uses(seen_x1, "x1")
    never_uses(seen_x2, "x2")
    compare(
        "At {0} °C and hour {1} x1 is {wanted}, and yours is {seen}",
        points,
        seen_x1,
        first,
        [
            (lambda temperature, hour: temperature, "divide it by 40, the hottest day"),
            (lambda temperature, hour: temperature / 100, "100 is the scale of the scoops"),
            (lambda temperature, hour: temperature // 40, "// throws away all behind the point"),
            (lambda temperature, hour: temperature / 20, "40 °C is to become 1, so divide by 40"),
            (lambda temperature, hour: int(temperature) / 40, WHOLE),
            (lambda temperature, hour: round(temperature / 40, 1), WHOLE),
            (lambda temperature, hour: round(temperature / 40, 2), WHOLE),
            (lambda temperature, hour: hour / 40, "this divides the hour; x1 is the temperature"),
            (
                lambda temperature, hour: (hour - 10) / 40,
                "this is made of the hour; x1 is the temperature",
            ),
            (
                lambda temperature, hour: max(0, temperature / 40),
                "nothing is cut off: in a frost x1 is below 0",
            ),
            (
                lambda temperature, hour: (temperature - 10) / 40,
                "10 is the hour at which the stand opens; 0 °C is 0 already",
            ),
        ],
        "0 °C becomes 0, and 40 °C becomes 1",
    )
    compare(
        "At {0} °C and hour {1} x2 is {wanted}, and yours is {seen}",
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
            (lambda temperature, hour: (hour - 10) // 10, "// throws away all behind the point"),
            (lambda temperature, hour: (int(hour) - 10) / 10, WHOLE),
            (lambda temperature, hour: round((hour - 10) / 10, 1), WHOLE),
            (lambda temperature, hour: (hour + 10) / 10, "take 10 off; this adds 10"),
            (lambda temperature, hour: (20 - hour) / 10, "the other way round: 10:00 becomes 0"),
            (
                lambda temperature, hour: (hour - 10) / 24,
                "from 10:00 to 20:00 it is ten hours, not twenty-four",
            ),
            (lambda temperature, hour: (10 - hour) / 10, "the sign: it is the hour minus 10"),
            (
                lambda temperature, hour: (hour - 10) / 20,
                "from 10:00 to 20:00 it is ten hours, not twenty",
            ),
        ],
        "10:00 becomes 0, and 20:00 becomes 1",
    )
    return "Keep it with the network: every input goes through it, in training and ever after."


WHOLE = "half a degree and half an hour count, too: do not round"


@exercise("09.2")
def two_ways(function):
    points = (
        (0.5, 2.0, -3.0, 0.25, 1.0),
        (-1.25, 0.5, 4.0, 2.0, -0.75),
        (0.8, 1.5, 0.0, 1.0, 3.0),
    )
    exact = _of_misses(lambda e3, e4, a1, w5, w7: e3 * w5 + e4 * w7)
    with slips("The five arguments are plain numbers."):
        _refuse_two(call(function, *points[0]))
        seen = numbers(function, points)
    if not any(seen):
        raise Wrong(
            "It gives 0 whatever it is given. "
            "Where the engine is asked: .grad is 0 until backward() has run."
        )
    never_uses(seen, "dL_da3")
    is_exact = all(close(one, exact(*point)) for one, point in zip(seen, points))
    is_near = all(close(one, exact(*point), 2e-3) for one, point in zip(seen, points))
    if is_near and not is_exact:
        raise Wrong(
            "Nearly, but not exactly. "
            "A nudge of finite size gives such a number, and so does rounding."
        )
    compare(
        "For a1 = {0}, w5 = {1}, w7 = {2}, y1 = {3}, y2 = {4} "
        "the slope is {wanted}, and yours is {seen}",
        points,
        seen,
        exact,
        [
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 * w5),
                "the way through a4 is missing: a1 is used twice, and the shares add",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e4 * w7),
                "the way through a3 is missing: a1 is used twice, and the shares add",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 + e4),
                "the last factors are missing: how far does a3 move when a1 moves?",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: 2 * (e3 * w5 + e4 * w7)),
                "twice what it should be: the 2 of the square cancels the 2 of the mean",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: (e3 * w5 + e4 * w7) / 2),
                "half of it: the square brings a factor 2, which cancels the 2 of the mean",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: -e3 * w5 - e4 * w7),
                "the sign: it is output minus target",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 * w5 - e4 * w7),
                "the shares of the two ways add",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 * w5 * e4 * w7),
                "along a way factors multiply; the two ways add",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 * w7 + e4 * w5),
                "w5 belongs to a3, and w7 to a4",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 * a1 + e4 * a1),
                "a1 as last factor belongs to the gradients of w5 and w7; "
                "asked for is that of a1 itself",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: (e3 * e3 + e4 * e4) / 2),
                "this is the loss itself, not its slope",
            ),
            (
                lambda a1, w5, w7, y1, y2: (PAGE_A3 - y1) * w5 + (PAGE_A4 - y2) * w7,
                "so it is with the a3 and a4 of the page; here they follow from the arguments",
            ),
            (
                _of_misses(
                    lambda e3, e4, a1, w5, w7: (
                        e3 * w5 * a1 * (1 - w5 * a1) * w5 + e4 * w7 * a1 * (1 - w7 * a1) * w7
                    )
                ),
                "a*(1 - a) is the slope of a sigmoid; here a3 and a4 have none",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: (e3 * w5 + e4 * w7) * a1),
                "a1 stands in it as one factor too many: how far does a3 move when a1 moves?",
            ),
            (
                lambda a1, w5, w7, y1, y2: (w5 * a1 - y2) * w5 + (w7 * a1 - y1) * w7,
                "y1 belongs to a3, and y2 to a4",
            ),
            (
                lambda a1, w5, w7, y1, y2: (w5 * a1 - y1) * w5 + (w7 * a1 - y1) * w7,
                "y1 belongs to a3, and y2 to a4",
            ),
            (
                lambda a1, w5, w7, y1, y2: (w5 * a1 + y1) * w5 + (w7 * a1 + y2) * w7,
                "the miss is a difference, output minus target",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: abs(e3) * w5 + abs(e4) * w7),
                "the signs of the misses are lost",
            ),
            (
                lambda a1, w5, w7, y1, y2: (w5 * a1 + 0.2 - y1) * w5 + (w7 * a1 + 0.3 - y2) * w7,
                "so it is with the biases of the page; this network has none",
            ),
            (
                lambda a1, w5, w7, y1, y2: (
                    (_sigmoid(w5 * a1) - y1) * w5 + (_sigmoid(w7 * a1) - y2) * w7
                ),
                "so it is with a sigmoid in a3 and a4; this network has no bend",
            ),
            (
                lambda a1, w5, w7, y1, y2: a1,
                "this is a1 itself; where you asked the engine, its gradient is in .grad",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 * e3 + e4 * e4),
                "this is twice the loss, not its slope",
            ),
            (_of_misses(lambda e3, e4, a1, w5, w7: e3 * w5 + e4 * w7 / 2), ONE_HALVED),
            (_of_misses(lambda e3, e4, a1, w5, w7: 2 * e3 * w5 + e4 * w7), ONE_HALVED),
            (
                lambda a1, w5, w7, y1, y2: w5 * a1 - y1 * w5 + w7 * a1 - y2 * w7,
                "* binds tighter than -: brackets around each miss",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: (e3 * w5 + e4 * w7) * a1 * (1 - a1)),
                "a1*(1 - a1) leads on to z1; asked for is the slope with respect to a1",
            ),
            (
                lambda a1, w5, w7, y1, y2: (w5 * a1 - 0.7) * w5 + (w7 * a1 - 0.6) * w7,
                "so it is with the targets of the page; here they are arguments",
            ),
            (_of_misses(lambda e3, e4, a1, w5, w7: e4 * w7 - e3 * w5), ONE_SIGN),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: e3 * e3 * w5 + e4 * e4 * w7),
                "the derivative of a square has the miss in it, not its square",
            ),
            (
                _of_misses(lambda e3, e4, a1, w5, w7: w5 + w7),
                "the first factors are missing: how far does L move when a3 moves?",
            ),
            (_bent, "so it is with a sigmoid in a3 and a4; this network has no bend"),
        ],
        "follow both ways from a1 to the loss, and write down the factors of each",
    )
    return "One product for each way, and the sum of the two."


ONE_HALVED = "the division by 2 reaches one of the two ways alone: brackets around both"
ONE_SIGN = "the two shares add, and each miss is output minus target"


def _refuse_two(answer):
    """Wrong where the shares of the two ways are there side by side."""
    if isinstance(answer, (tuple, list)) and len(answer) == 2:
        raise Wrong(f"One number is wanted, and yours is {described(answer)}: the two shares add.")


def _sigmoid(z):
    return 1 / (1 + math.exp(-z))


PAGE_A3 = _sigmoid(0.5 * _sigmoid(0.57) - 0.2 * _sigmoid(0.01) + 0.2)
PAGE_A4 = _sigmoid(-0.3 * _sigmoid(0.57) + 0.6 * _sigmoid(0.01) + 0.3)


def _bent(a1, w5, w7, y1, y2):
    """The slope if the two outputs had a sigmoid."""
    total = 0.0
    for w, y in ((w5, y1), (w7, y2)):
        out = _sigmoid(w * a1)
        total += (out - y) * out * (1 - out) * w
    return total


def _of_misses(formula):
    """The function of the exercise's numbers that goes by the misses, and by a1, w5 and w7."""

    def of_all(a1, w5, w7, y1, y2):
        return formula(w5 * a1 - y1, w7 * a1 - y2, a1, w5, w7)

    return of_all


WAYS_FROM_AN_INPUT = {
    2: "two lead from x1 to the hidden layer, and each of them goes on to two outputs",
    1: "x1 is used by both hidden neurons",
    8: "8 ways lead there from both inputs together; asked for are those from x1",
}
GRADIENTS_OF_AN_INPUT = {
    0.0009266678: "the sign is the wrong way round",
    -0.0008070442: "this is the share through neuron 1; x1 is also used by neuron 2",
    -0.0001196237: "this is the share through neuron 2; x1 is also used by neuron 1",
    -0.0006874204: "the share through neuron 2 is subtracted: its weight w3 is negative, "
    "and so is the product",
    -0.0013450736: "this is the gradient of w1; the last factor for x1 is another one",
    -0.0014939098: "the last factors are missing: how far does z1 move when x1 moves?",
    -0.0018533356: "twice what it should be: the 2 of the square cancels the 2 of the mean",
    -0.0004633340: "half of it: the square brings a 2, which cancels the 2 of the mean",
    0.00093: "the sign is the wrong way round",
    -0.0026901472: "this is the gradient of z1, and of b1; from there a factor leads on to x1",
    0.0011962374: "this is the gradient of z2, and of b2; from there a factor leads on to x1",
    -0.0116585398: "this is the gradient of a1; two factors more lead on to x1",
    -0.0009176030: "the ways through vanilla are missing",
    -0.0039760689: "the slopes a*(1 - a) of the hidden neurons are missing",
    -0.0007469549: "the inputs stand last in the gradients of w1 and w3; for x1 other numbers do",
    -0.0008368114: "this is the gradient of x2",
    -0.0003285492: "w2 leads away from x2",
    -0.0008017809: "this is one of the four ways",
    -0.0009188150: "this is after the step; asked for is the start",
}


@exercise("09.3")
def gradient_of_an_input(ways, x1_grad):
    ways = number(spoken(ways, ("ways",)))
    if not close(ways, 4):
        written, _ = words.apart(ways, 4)
        otherwise = "count the lines to the hidden layer, then how each goes on"
        hint = reason(ways, WAYS_FROM_AN_INPUT, otherwise)
        raise Wrong(f"The number of ways is not {written}: {hint}.")
    return decide(
        "dL/dx1",
        x1_grad,
        -0.0009266678,
        GRADIENTS_OF_AN_INPUT,
        "w1 times the gradient of z1 plus w3 times the gradient of z2. "
        "For this line, warmer would mean less loss.",
        tolerance=4e-6,
        otherwise="x1 is used by both hidden neurons, and the two shares add; "
        "give six decimals or more",
        mistake_tolerance=6e-7,
    )
