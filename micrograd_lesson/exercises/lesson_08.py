"""Lesson 08, training."""

import math

from ._check import Wrong, choose, close, compare, exercise, number, numbers, reason, suggest
from .lesson_02 import step


@exercise("08.a")
def positive_gradient(answer):
    return choose(
        answer,
        "down",
        {
            "up": "The sign of a gradient says what the loss does when the weight goes up. Positive: the loss goes up too, "
            "and that is what you do not want.",
        },
        "Raising w2 would raise the loss, so it goes down: against the gradient.",
        also=[("lower", "down"), ("falls", "down"), ("higher", "up"), ("rises", "up")],
    )


@exercise("08.b")
def three_quarters(answer):
    word = str(answer).strip().lower()
    return choose(
        word.removesuffix(" and closes in").removesuffix(" at once"),
        "bounces",
        {
            "crawls": "It would crawl if the factor 1 - 2*rate were a little below 1. Put 0.75 in.",
            "lands": "It lands at once where the factor 1 - 2*rate is 0. Put 0.75 in: what is it here?",
            "blows up": "It blows up where the factor is larger than 1 in size. Here it is 1 - 1.5.",
        },
        "The factor is -0.5: to the other side each time, at half the distance.",
    )


@exercise("08.1")
def squared_error(function):
    def of_misses(formula):
        return lambda answers, targets: formula([a - t for a, t in zip(answers, targets)])

    right = of_misses(lambda misses: sum(m * m for m in misses))
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
            (of_misses(sum), "the squares are missing, so misses of opposite sign cancel"),
            (
                of_misses(lambda misses: -sum(misses)),
                "the squares are missing, so misses of opposite sign cancel",
            ),
            (
                of_misses(lambda misses: sum(map(abs, misses))),
                "these are the distances; each is to be squared",
            ),
            (
                of_misses(lambda misses: sum(misses) ** 2),
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
                of_misses(lambda misses: misses[0] ** 2),
                "only the first example is in it; perhaps the return stands inside the loop",
            ),
            (
                of_misses(lambda misses: misses[-1] ** 2),
                "only the last example is in it: add them up",
            ),
        ],
        "take each difference, square it, add up",
    )
    return "Each difference squared, then the sum."


@exercise("08.2")
def one_step(answer):
    seen = number(answer)
    if close(seen, 2.3):
        return "2.0 - 0.1 * (-3.0) = 2.3: a negative gradient, so the weight goes up."
    mistakes = {
        1.7: "you added rate times gradient, or lost the sign of the gradient. Minus times minus is plus: raising "
        "this weight lowers the loss, so it goes up",
        5.0: "the learning rate is missing: that is a step of the whole gradient",
        -1.0: "the learning rate is missing, and the sign is the wrong way round",
        0.3: "this is the step alone; add it to where the weight was",
        -0.3: "this is rate times gradient alone; the weight starts at 2.0 and goes against it",
        1.9: "the gradient is missing: the step is rate times gradient",
        2.1: "the gradient is missing: the step is rate times gradient",
        2.03: "check the rate: it is 0.1, not 0.01",
    }
    raise Wrong(
        f"Not {seen}: " + reason(seen, mistakes, "new weight = old weight - rate * gradient") + "."
    )


@exercise("08.3")
def a_third(answer):
    rate = number(answer)
    if close(rate, 1 / 3, 5e-3):
        return "1 - 2/3 = 1/3: a third of the distance, and on the same side."
    factor = 1 - 2 * rate
    hint = reason(
        rate,
        {
            2
            / 3: "a third of the distance is left, but on the other side: it crosses the floor with every step",
            1 / 6: "two thirds of the distance are left: you took a third off",
        },
        "solve 1 - 2*rate = 1/3",
        1e-2,
    )
    raise Wrong(
        f"With a rate of {rate:.4g} each step multiplies the distance by {factor:.4g}: {hint}."
    )


@exercise("08.4")
def update(function):
    step(function, "p", "parameters")
    return "Every parameter takes its own step, against its own gradient."


@exercise("08.5")
def diagnose(a, b, c, d):
    words = {
        "flipped": "sign",
        "sign flipped": "sign",
        "low": "rate too low",
        "too low": "rate too low",
        "high": "rate too high",
        "too high": "rate too high",
        "saturated tanh": "saturated",
    }
    looks = {
        "sign": "A flipped sign makes the loss rise smoothly from the start",
        "rate too low": "A rate too low gives small even steps in the right direction",
        "rate too high": "A rate too high throws the loss up and down, or away from the start with the first step",
        "saturated": "Saturated neurons let no gradient through, so the loss stays where it started",
    }
    seen = {
        "A": "climbs, step by step, to the worst there is",
        "B": "falls by the same little bit each time",
        "C": "jumps up and down before it settles",
        "D": "does not move at all, not even with its first step, and 12 says that three answers of four are at the "
        "wrong end of tanh",
    }
    for name, answer, right in zip(
        "ABCD", (a, b, c, d), ("sign", "rate too low", "rate too high", "saturated")
    ):
        word = str(answer).strip().lower()
        word = words.get(word, word)
        if word not in looks:
            raise Wrong(f"{answer!r} is not one of the choices: {', '.join(looks)}.")
        if word != right:
            raise Wrong(f"{name} {seen[name]}. {looks[word]}: does that fit?")
    return "Rising: sign. Even little steps: rate too low. Jumping: rate too high. Flat: saturated."
