"""Lesson 08, training."""

import math

from .. import words
from ._check import Wrong, choose, close, compare, decide, exercise, numbers, reason
from ._hints import never_uses, slips
from ._spoken import fraction
from .lesson_02 import step

# Other words for the direction of a step; lesson 09 asks for one again.
DIRECTIONS = {
    **dict.fromkeys(["rises", "raise", "higher", "more", "increase", "upwards", "it rises"], "up"),
    **dict.fromkeys(["falls", "lower", "less", "decrease", "downwards", "it falls"], "down"),
    **dict.fromkeys(["lowered", "reduce", "reduced", "downward", "decreased"], "down"),
    **dict.fromkeys(["raised", "upward", "increased"], "up"),
}


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
def one_step(answer):
    mistakes = {
        1.7: "it went the wrong way. The gradient is negative: "
        "what does the loss do when this weight is raised?",
        5.0: "the learning rate is missing: that is a step of the whole gradient",
        -1.0: "the learning rate is missing, and the sign is the wrong way round",
        0.3: "this is how far it moves; the weight starts at 2.0",
        -0.3: "this is rate times gradient; the weight starts at 2.0 and goes against it",
        1.9: "the gradient is missing: the step is rate times gradient",
        2.1: "the gradient is missing: the step is rate times gradient",
        32: "you divided by the rate: the step is rate times gradient",
        -28: "you divided by the rate: the step is rate times gradient, against the gradient",
        2.03: "check the rate: it is 0.1, not 0.01",
        1.97: "check the rate, which is 0.1 and not 0.01, and the sign",
    }
    return decide(
        "The new weight",
        answer,
        2.3,
        mistakes,
        "2.0 - 0.1 * (-3.0) = 2.3: a negative gradient, so the weight goes up.",
        otherwise="put the three numbers into the rule of gradient descent above",
    )


@exercise("08.c")
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
        also={
            "crawl": "crawls",
            "bounces (and closes in)": "bounces",
            "bounces and closes in": "bounces",
            "bounce": "bounces",
            "lands (at once)": "lands",
            "lands at once": "lands",
            "land": "lands",
            "blow up": "blows up",
            "explodes": "blows up",
            "diverges": "blows up",
            "bouncing": "bounces",
            "oscillates": "bounces",
            "jumps from side to side": "bounces",
            "crawling": "crawls",
            "blow-up": "blows up",
            "bounces, closes in": "bounces",
            '"bounces" and closes in': "bounces",
            '"lands" at once': "lands",
        },
    )


@exercise("08.1")
def squared_error(function):
    right = _of_misses(lambda misses: sum(m * m for m in misses))
    points = (
        ([1.0, -2.5, 0.5], [-1.0, -1.0, 1.0]),
        ([0.25, -0.4, 0.9, 3.0], [1.0, 0.0, -1.0, 1.0]),
        ([1.0, -1.0], [1.0, -1.0]),
    )
    with slips(PLAIN_LISTS, LENGTHS):
        seen = numbers(function, points)
    if not any(seen):
        raise Wrong(
            "It gives 0 whatever it is given. "
            "Where there is a loop: does each turn keep the square that it makes?"
        )
    never_uses(seen, "loss")
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
            (lambda answers, targets: 2 * right(answers, targets), "this is twice as much"),
            (
                lambda answers, targets: right(answers, targets) / 4,
                "this is a fourth of it; asked for is the sum",
            ),
            (
                lambda answers, targets: right(answers, targets) + 1,
                "one too much: does the sum start at 1?",
            ),
            (_of_misses(lambda misses: max(m * m for m in misses)), "this is the largest square"),
            (
                _of_misses(lambda misses: sum(m * m for m in misses[1:])),
                "the first example is missing; Python counts the entries of a list from 0",
            ),
            (
                _of_misses(lambda misses: sum(m * m for m in misses[:-1])),
                "the last example is missing; range(len(answers)) already ends at the last entry",
            ),
            (
                _of_misses(lambda misses: 2 * sum(misses)),
                "this doubles each difference; a square is written **2",
            ),
            (
                lambda answers, targets: sum(a - t**2 for a, t in zip(answers, targets)),
                "a power binds first: brackets around the difference",
            ),
            (
                lambda answers, targets: sum((a - t) ** 2 for a in answers for t in targets),
                "each answer has one target of its own: go through both in pairs",
            ),
            (
                lambda answers, targets: right(answers, PAGE_TARGETS),
                "so it is with the page's ys in place of the targets that it is given",
            ),
            (
                lambda answers, targets: math.prod((a - t) ** 2 for a, t in zip(answers, targets)),
                "the squares are to be added, not multiplied",
            ),
            (
                lambda answers, targets: -right(answers, targets),
                "the sign: a loss is never negative",
            ),
            (
                lambda answers, targets: right(answers, targets) - 1,
                "one too little: does the sum start at −1?",
            ),
            (
                lambda answers, targets: sum(a * t for a, t in zip(answers, targets)),
                "this multiplies answer and target; their difference is wanted",
            ),
            (
                _of_misses(lambda misses: sum(m**3 for m in misses)),
                "a square is written **2",
            ),
            (lambda answers, targets: round(right(answers, targets), 1), ROUNDED),
            (lambda answers, targets: round(right(answers, targets), 2), ROUNDED),
            (
                _of_misses(lambda misses: misses[0] ** 2),
                "only the first example is in it; perhaps the return stands inside the loop",
            ),
            (
                _of_misses(lambda misses: misses[-1] ** 2),
                "only the last example is in it: add them up",
            ),
        ],
        "work it out by hand for these numbers, one example after the other",
    )
    return "Each difference squared, then the sum."


ROUNDED = "this looks rounded; leave it as it is"
PLAIN_LISTS = "answers and targets are lists of plain numbers: go through them in pairs, with zip."
LENGTHS = (
    "The two lists can have any length: they are tried with two, three and four entries. "
    "Go through them with zip."
)
PAGE_TARGETS = [1.0, -1.0, -1.0, 1.0]


def _of_misses(formula):
    """The function of answers and targets that goes by their differences."""

    def of_both(answers, targets):
        return formula([a - t for a, t in zip(answers, targets)])

    return of_both


@exercise("08.2")
def a_third(answer):
    rate = fraction(answer)
    if close(rate, 1 / 3, 5e-3):
        return "1 - 2/3 = 1/3: a third of the distance, and on the same side."
    factor = 1 - 2 * rate
    mistakes = {
        2 / 3: "a third of the distance is left, but on the other side: "
        "it crosses the floor with every step",
        1 / 6: "two thirds of the distance are left: you took a third off",
    }
    hint = reason(rate, mistakes, "which factor do you want, and which rate gives it?", 5e-3)
    ended = hint if hint.endswith("?") else f"{hint}."
    raise Wrong(
        f"With a rate of {words.number(rate)} each step multiplies the distance "
        f"by {words.number(factor)}: {ended}"
    )


@exercise("08.3")
def update(function):
    step(function, "p", "parameters")
    return "Every parameter takes its own step, against its own gradient."


FAULTS = {  # what makes training fail, and how its losses look; in the order of the page
    "saturated": "Saturated neurons let no gradient through, so the loss stays where it started",
    "rate too high": "A rate too high throws the loss up and down, "
    "or away from the start with the first step",
    "rate too low": "A rate too low gives small even steps in the right direction",
    "sign": "A flipped sign makes the loss rise smoothly from the start",
}
ALSO_FAULTS = {
    "flipped": "sign",
    "sign flipped": "sign",
    "the sign": "sign",
    "wrong sign": "sign",
    "flipped sign": "sign",
    "low": "rate too low",
    "too low": "rate too low",
    "low rate": "rate too low",
    "learning rate too low": "rate too low",
    "high": "rate too high",
    "too high": "rate too high",
    "high rate": "rate too high",
    "learning rate too high": "rate too high",
    "saturated tanh": "saturated",
    "saturation": "saturated",
    "rate too small": "rate too low",
    "too small": "rate too low",
    "too slow": "rate too low",
    "rate too large": "rate too high",
    "too large": "rate too high",
    "too fast": "rate too high",
    "plus in place of minus": "sign",
    "negative rate": "sign",
    "uphill": "sign",
    "too big": "rate too high",
    "slow": "rate too low",
}


@exercise("08.4")
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
