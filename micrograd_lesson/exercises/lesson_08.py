"""Lesson 08, training."""

import math

from .. import words
from ._check import (
    Wrong,
    choose,
    close,
    compare,
    decide,
    exercise,
    number,
    numbers,
    reason,
    suggest,
)
from .lesson_02 import step

# Other words for the direction of a step; lesson 09 asks for one again.
DIRECTIONS = {"rises": "up", "higher": "up", "falls": "down", "lower": "down"}


@exercise("08.a")
def positive_gradient(answer):
    return choose(
        answer,
        "down",
        {
            "up": "The sign of a gradient says what the loss does when the weight goes up. "
            "Positive: the loss goes up too, and that is what you do not want.",
            "down": "Raising w2 would raise the loss, so it goes down: against the gradient.",
        },
        also=DIRECTIONS,
    )


@exercise("08.b")
def three_quarters(answer):
    return choose(
        answer,
        "bounces",
        {
            "crawls": "It would crawl if the factor 1 - 2*rate were a little below 1. Put 0.75 in.",
            "lands": "It lands at once where the factor 1 - 2*rate is 0. Put 0.75 in: "
            "what is it here?",
            "bounces": "The factor is −0.5: to the other side each time, at half the distance.",
            "blows up": "It blows up where the factor is larger than 1 in size. "
            "Here it is 1 - 1.5.",
        },
        also={"bounces and closes in": "bounces", "lands at once": "lands"},
    )


@exercise("08.1")
def squared_error(function):
    right = _of_misses(lambda misses: sum(m * m for m in misses))
    points = (
        ([0.5, -2.5, 1.0], [1.0, -1.0, -1.0]),
        ([0.2, -0.4, 0.9, 3.0], [1.0, 0.0, -1.0, 1.0]),
        ([1.0, -1.0], [1.0, -1.0]),
    )
    with suggest("answers and targets are lists: go through them in pairs, with zip."):
        seen = numbers(function, points)
    compare(
        "For the answers {0} and the targets {1} the loss is {wanted}, and yours is {seen}",
        points,
        seen,
        right,
        [
            (
                lambda answers, targets: right(answers, targets) / len(answers),
                "this is the mean; asked for is the sum (the mean is a good loss too)",
            ),
            (_of_misses(sum), "the squares are missing, so misses of opposite sign cancel"),
            (
                _of_misses(lambda misses: -sum(misses)),
                "the squares are missing, so misses of opposite sign cancel",
            ),
            (
                _of_misses(lambda misses: sum(map(abs, misses))),
                "these are the distances; each is to be squared",
            ),
            (
                _of_misses(lambda misses: sum(misses) ** 2),
                "square each miss, then add; you added first",
            ),
            (
                lambda answers, targets: sum(a * a - t * t for a, t in zip(answers, targets)),
                "square the difference, not answer and target each",
            ),
            (
                lambda answers, targets: sum((a + t) ** 2 for a, t in zip(answers, targets)),
                "the difference is wanted, not the sum of answer and target",
            ),
            (
                lambda answers, targets: math.sqrt(right(answers, targets)),
                "this is the square root of the loss; leave the root away",
            ),
            (lambda answers, targets: right(answers, targets) / 2, "this is half of it"),
            (
                lambda answers, targets: -right(answers, targets),
                "the sign: a loss is never negative",
            ),
            (
                _of_misses(lambda misses: misses[0] ** 2),
                "only the first example is in it; perhaps the return stands inside the loop",
            ),
            (
                _of_misses(lambda misses: misses[-1] ** 2),
                "only the last example is in it: add them up",
            ),
        ],
        "take each difference, square it, add up",
    )
    return "Each difference squared, then the sum."


def _of_misses(formula):
    """The function of answers and targets that goes by their differences."""

    def of_both(answers, targets):
        return formula([a - t for a, t in zip(answers, targets)])

    return of_both


@exercise("08.2")
def one_step(answer):
    mistakes = {
        1.7: "you added rate times gradient, or lost the sign of the gradient. Minus times minus "
        "is plus: raising this weight lowers the loss, so it goes up",
        5.0: "the learning rate is missing: that is a step of the whole gradient",
        -1.0: "the learning rate is missing, and the sign is the wrong way round",
        0.3: "this is the step alone; add it to where the weight was",
        -0.3: "this is rate times gradient alone; the weight starts at 2.0 and goes against it",
        1.9: "the gradient is missing: the step is rate times gradient",
        2.1: "the gradient is missing: the step is rate times gradient",
        2.03: "check the rate: it is 0.1, not 0.01",
    }
    return decide(
        "The new weight",
        answer,
        2.3,
        mistakes,
        "2.0 - 0.1 * (-3.0) = 2.3: a negative gradient, so the weight goes up.",
        otherwise="new weight = old weight - rate * gradient",
    )


@exercise("08.3")
def a_third(answer):
    rate = number(answer)
    if close(rate, 1 / 3, 5e-3):
        return "1 - 2/3 = 1/3: a third of the distance, and on the same side."
    factor = 1 - 2 * rate
    mistakes = {
        2 / 3: "a third of the distance is left, but on the other side: "
        "it crosses the floor with every step",
        1 / 6: "two thirds of the distance are left: you took a third off",
    }
    hint = reason(rate, mistakes, "solve 1 - 2*rate = 1/3", 1e-2)
    raise Wrong(
        f"With a rate of {words.number(rate)} each step multiplies the distance "
        f"by {words.number(factor)}: {hint}."
    )


@exercise("08.4")
def update(function):
    step(function, "p", "parameters")
    return "Every parameter takes its own step, against its own gradient."


FAULTS = {  # what makes training fail, and how its losses look; in the order of the page
    "sign": "A flipped sign makes the loss rise smoothly from the start",
    "rate too low": "A rate too low gives small even steps in the right direction",
    "rate too high": "A rate too high throws the loss up and down, "
    "or away from the start with the first step",
    "saturated": "Saturated neurons let no gradient through, so the loss stays where it started",
}
ALSO_FAULTS = {
    "flipped": "sign",
    "sign flipped": "sign",
    "low": "rate too low",
    "too low": "rate too low",
    "high": "rate too high",
    "too high": "rate too high",
    "saturated tanh": "saturated",
}


@exercise("08.5")
def diagnose(a, b, c, d):
    cases = (
        ("A climbs, step by step, to the worst there is", a, "sign"),
        ("B falls by the same little bit each time", b, "rate too low"),
        ("C jumps up and down before it settles", c, "rate too high"),
        (
            "D does not move at all, not even with its first step, and 12 says that three answers "
            "of four are at the wrong end of tanh",
            d,
            "saturated",
        ),
    )
    for seen, answer, right in cases:
        choices = {word: f"{seen}. {looks}: does that fit?" for word, looks in FAULTS.items()}
        choose(answer, right, choices, also=ALSO_FAULTS)
    return "Rising: sign. Even little steps: rate too low. Jumping: rate too high. Flat: saturated."
