"""The exercises of lesson 08: right answers pass, wrong ones are told why, empty ones wait."""

import math

import numpy as np

from micrograd_lesson import Value
from tests.exercises.answers import check_tables


def loop_error(answers, targets):
    total = 0
    for a, t in zip(answers, targets):
        total += (t - a) ** 2
    return total


def first_error(answers, targets):
    for a, t in zip(answers, targets):
        return (a - t) ** 2


def last_error(answers, targets):
    for a, t in zip(answers, targets):
        loss = (a - t) ** 2
    return loss


def error_not_kept(answers, targets):
    total = 0
    for a, t in zip(answers, targets):
        total + (a - t) ** 2
    return total


def change(rule):
    """An update that sets each p.data to rule(data, grad, rate)."""

    def update(parameters, rate):
        for p in parameters:
            p.data = rule(p.data, p.grad, rate)

    return update


def in_place(parameters, rate):
    for p in parameters:
        p.data -= rate * p.grad
    return parameters


def and_clear(parameters, rate):
    for i in range(len(parameters)):
        parameters[i].data += -rate * parameters[i].grad
        parameters[i].grad = 0.0


def rebound(parameters, rate):
    for p in parameters:
        p = p.data - rate * p.grad


def gradient_changed(parameters, rate):
    for p in parameters:
        p.grad -= rate * p.grad


def holds_values(parameters, rate):
    for p in parameters:
        p.data = p - rate * p.grad


def returned(parameters, rate):
    for p in parameters:
        return p.data - rate * p.grad


def cleared_first(parameters, rate):
    for p in parameters:
        p.grad = 0.0
    in_place(parameters, rate)


def dots(parameters, rate): ...


def first_only(parameters, rate):
    for p in parameters:
        p.data -= rate * p.grad
        return p


def last_only(parameters, rate):
    for p in parameters:
        pass
    p.data -= rate * p.grad


def by_hand_of_three(answers, targets):
    return sum((answers[i] - targets[i]) ** 2 for i in range(4))


def backward_again(parameters, rate):
    for p in parameters:
        p.backward()
        p.data -= rate * p.grad


def by_while(parameters, rate):
    i = 0
    while i < len(parameters):
        parameters[i].data -= rate * parameters[i].grad
        i += 1


YS = [1.0, -1.0, -1.0, 1.0]  # as on the page

RIGHT = [
    ("08.a", "down"),
    ("08.a", "Lower"),
    ("08.a", "less"),
    ("08.b", 2.3),
    ("08.b", 2.0 - 0.1 * (-3.0)),
    ("08.b", Value(2.3)),
    ("08.b", "2.3"),
    ("08.c", "bounces"),
    ("08.c", "Bounces and closes in"),
    ("08.c", "bounces (and closes in)"),
    ("08.c", '"bounces" and closes in'),
    ("08.c", "bounces, closes in"),
    ("08.a", "down, against the gradient"),
    ("08.4", "sign", "rate too small", "too large", "saturated"),
    ("08.1", loop_error),
    ("08.1", lambda answers, targets: sum((Value(a) - t) ** 2 for a, t in zip(answers, targets))),
    ("08.1", lambda answers, targets: ((np.array(answers) - np.array(targets)) ** 2).sum()),
    ("08.1", lambda answers, targets: np.array(loop_error(answers, targets))),
    ("08.2", 1 / 3),
    ("08.2", 0.333),
    ("08.2", 0.33),
    ("08.2", "1/3"),
    ("08.2", np.float64(1 / 3)),
    ("08.3", change(lambda data, grad, rate: data - rate * grad)),
    ("08.3", in_place),
    ("08.3", and_clear),
    ("08.4", "sign", "rate too low", "rate too high", "saturated"),
    ("08.4", "Sign flipped", "too low", "too high", "saturated tanh"),
    ("08.4", "wrong sign", "learning rate too low", "high rate", "saturation"),
    ("08.a", "w2 should go down"),
    ("08.a", "downward"),
    ("08.c", "oscillates"),
    ("08.c", "jumps from side to side and closes in"),
    ("08.1", lambda answers, targets: math.dist(answers, targets) ** 2),
    ("08.2", "one third"),
    ("08.2", "⅓"),
    ("08.2", Value(1 / 3)),
    ("08.3", by_while),
    ("08.4", "negative rate", "slow", "too big", "saturated"),
    ("08.4", "the sign is flipped", "rate is too low", "the rate is too high", "it is saturated"),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("08.a", "up", "does when the weight goes up"),
    ("08.a", "left", "choices: up, down"),
    ("08.b", 1.7, "wrong way"),
    ("08.b", 5, "learning rate is missing"),
    ("08.b", -1, "wrong way round"),
    ("08.b", 0.3, "starts at 2.0"),
    ("08.b", 2.1, "gradient is missing"),
    ("08.b", 7, "rule of gradient descent"),
    ("08.b", "up", "number is wanted"),
    ("08.c", "lands", "factor 1 - 2*rate is 0"),
    ("08.c", "lands (at once)", "factor 1 - 2*rate is 0"),
    ("08.c", "crawls", "a little below 1"),
    ("08.c", "blows up", "larger than 1"),
    ("08.c", "zzz", "choices: crawls, lands, bounces, blows up"),
    ("08.1", lambda answers, targets: loop_error(answers, targets) / len(answers), "mean"),
    ("08.1", lambda answers, targets: sum(a - t for a, t in zip(answers, targets)), "cancel"),
    ("08.1", lambda answers, targets: sum(abs(a - t) for a, t in zip(answers, targets)), "squared"),
    (
        "08.1",
        lambda answers, targets: sum(a - t for a, t in zip(answers, targets)) ** 2,
        "added first",
    ),
    (
        "08.1",
        lambda answers, targets: sum(a**2 - t**2 for a, t in zip(answers, targets)),
        "difference",
    ),
    ("08.1", lambda answers, targets: sum(a - t**2 for a, t in zip(answers, targets)), "brackets"),
    ("08.1", lambda answers, targets: sum((a - t) * 2 for a, t in zip(answers, targets)), "**2"),
    (
        "08.1",
        lambda answers, targets: sum((a - t) ^ 2 for a, t in zip(answers, targets)),
        "two stars",
    ),
    ("08.1", lambda answers, targets: loop_error(answers, YS), "page's ys"),
    ("08.1", lambda answers, targets: 10.5968, "whatever it is given"),
    (
        "08.1",
        lambda answers, targets: sum((a.data - t) ** 2 for a, t in zip(answers, targets)),
        "have no .data",
    ),
    ("08.1", by_hand_of_three, "any length"),
    (
        "08.1",
        lambda answers, targets: sum((a - t) ** 2 for a in answers for t in targets),
        "in pairs",
    ),
    ("08.1", first_error, "inside the loop"),
    ("08.1", lambda answers, targets: (answers - targets) ** 2, "with zip"),
    ("08.1", lambda answers, targets: loop_error(answers, targets) / 2, "half of it"),
    ("08.1", lambda answers, targets: loop_error(answers, targets) + 1, "start at 1"),
    ("08.1", lambda answers, targets: loop_error(answers, targets) + 3, "one example after"),
    ("08.1", lambda answers, targets: print(loop_error(answers, targets)), "return missing"),
    ("08.1", 0.25, "function"),
    ("08.2", 2 / 3, "other side"),
    ("08.2", 1 / 6, "two thirds"),
    ("08.2", "2/3", "other side"),
    ("08.2", 0.5, "which rate gives it?"),
    ("08.2", 0.3, "0.4"),
    ("08.2", 0.25, "0.5"),
    ("08.2", "a/b", "number is wanted"),
    ("08.2", math.nan, "which factor"),
    ("08.3", change(lambda data, grad, rate: data + rate * grad), "uphill"),
    ("08.3", change(lambda data, grad, rate: data - grad), "the rate is missing"),
    ("08.3", change(lambda data, grad, rate: data - rate), "gradient is missing"),
    ("08.3", change(lambda data, grad, rate: -rate * grad), "in the place"),
    ("08.3", change(lambda data, grad, rate: data - rate * abs(grad)), "sign of the gradient"),
    ("08.3", rebound, "No p has moved"),
    ("08.3", gradient_changed, "gradients have changed"),
    ("08.3", backward_again, "gradients have changed"),
    ("08.3", holds_values, "not with p itself"),
    ("08.3", returned, "what a function returns"),
    ("08.3", cleared_first, "cleared before"),
    ("08.3", first_only, "only the first"),
    ("08.3", last_only, "only the last"),
    ("08.3", 0.1, "function"),
    ("08.4", "rate too high", "rate too low", "sign", "saturated", "A climbs"),
    ("08.4", "sign", "rate too low", "saturated", "rate too high", "C jumps"),
    ("08.4", "sign", "saturated", "rate too high", "rate too low", "B falls"),
    (
        "08.4",
        "sign",
        "rate too low",
        "rate too high",
        "rate too high",
        "not even with its first step",
    ),
    ("08.4", "sign", "rate too low", "rate too high", "dead", "choices: saturated, rate too high"),
    ("08.c", '"lands" at once', "factor 1 - 2*rate is 0"),
    ("08.c", "explodes", "larger than 1"),
    ("08.1", lambda answers, targets: 2 * loop_error(answers, targets), "twice as much"),
    ("08.1", lambda answers, targets: loop_error(answers, targets) / 4, "a fourth"),
    (
        "08.1",
        lambda answers, targets: max((a - t) ** 2 for a, t in zip(answers, targets)),
        "largest square",
    ),
    ("08.1", lambda answers, targets: loop_error(answers[1:], targets[1:]), "from 0"),
    ("08.1", lambda answers, targets: loop_error(answers[:-1], targets[:-1]), "last entry"),
    ("08.a", "up or down", "choices: up, down"),
    ("08.a", "along the gradient", "choices: up, down"),
    ("08.b", 32, "divided by the rate"),
    ("08.b", -28, "divided by the rate"),
    ("08.c", "blow-up", "larger than 1"),
    ("08.c", "crawling", "a little below 1"),
    ("08.c", "bounces and blows up", "choices: crawls"),
    ("08.1", lambda answers, targets: loop_error(answers, targets) - 1, "start at −1"),
    ("08.1", lambda answers, targets: sum(a * t for a, t in zip(answers, targets)), "difference"),
    ("08.1", lambda answers, targets: sum((a - t) ** 3 for a, t in zip(answers, targets)), "**2"),
    ("08.1", lambda answers, targets: round(loop_error(answers, targets), 1), "looks rounded"),
    ("08.1", lambda answers, targets: [(a - t) ** 2 for a, t in zip(answers, targets)], "is list"),
    ("08.1", lambda answers, targets: sum(len(a) - t for a, t in zip(answers, targets)), "plain"),
    ("08.2", "two thirds", "other side"),
    ("08.2", -1 / 3, "1.66667"),
    ("08.a", "up, against the gradient", "does when the weight goes up"),
    ("08.b", -0.3, "goes against it"),
    ("08.b", 2.03, "it is 0.1, not 0.01"),
    ("08.b", 1.97, "and the sign"),
    (
        "08.1",
        lambda answers, targets: sum((a + t) ** 2 for a, t in zip(answers, targets)),
        "not the sum of answer and target",
    ),
    ("08.1", lambda answers, targets: math.dist(answers, targets), "leave the root away"),
    (
        "08.1",
        lambda answers, targets: math.prod((a - t) ** 2 for a, t in zip(answers, targets)),
        "added, not multiplied",
    ),
    ("08.1", lambda answers, targets: -loop_error(answers, targets), "never negative"),
    ("08.1", last_error, "only the last example"),
    ("08.1", lambda answers, targets: round(loop_error(answers, targets), 2), "looks rounded"),
    ("08.1", error_not_kept, "keep the square"),
    ("08.4", "sign", "rate too low", "rate too low", "saturated", "small even steps"),
    ("08.4", "sign", "rate too low", "rate too high", "sign", "rise smoothly"),
]

WAITING = [
    ("08.a", ...),
    ("08.b", ...),
    ("08.1", lambda answers, targets: ...),
    ("08.3", lambda parameters, rate: ...),
    ("08.3", dots),
    ("08.4", "sign", ..., ..., ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
