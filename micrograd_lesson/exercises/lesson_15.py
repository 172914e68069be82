"""Lesson 15, digits."""

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
    plain_word,
    reason,
    suggest,
)
from ._slips import ended

# What math.log says of 0 and of a negative number, until Python 3.13 and from 3.14 on.
OF_A_LOGARITHM = ("math domain", "expected a positive")


@exercise("15.a")
def shifted(answer):
    if plain_word(answer) in ("nothing", "nothing happens", "nothing changes"):  # that is no 0
        answer = "stays"
    return choose(
        answer,
        "stays",
        {
            "falls": "100 is a large part of 102 and of 101, "
            "so the scores look nearly equal now. But softmax sees differences, not ratios: "
            "what does exp(z + 100) have in common for all three?",
            "stays": "exp(z + 100) = exp(z) * exp(100): the same factor above and below the line.",
            "rises": "exp(102) is huge, but so is the sum below the line. What does exp(z + 100) "
            "have in common for all three?",
        },
        also={
            "the same": "stays",
            "same": "stays",
            "stays the same": "stays",
            "0.659": "stays",
            "0.66": "stays",
            "identical": "stays",
            "unchanged": "stays",
            "drops": "falls",
            "1/3": "falls",
            "becomes 1/3": "falls",
            "a third": "falls",
            "becomes larger": "rises",
            "becomes smaller": "falls",
            "lower": "falls",
            "grows": "rises",
            "higher": "rises",
        },
    )


@exercise("15.b")
def winner(answer):
    return choose(
        answer,
        "lower",
        {
            "lower": "Most of its lead on those 30 was luck, and luck does not carry over.",
            "the same": "It would be the same if its share on the 30 "
            "had come from knowing something. None of them was trained: "
            "what does the best of 300 guessers owe its first place to?",
            "higher": "There is nothing in the other digits that would suit it better. It was "
            "chosen because it did uncommonly well on these 30.",
        },
        also={
            "same": "the same",
            "equal": "the same",
            "worse": "lower",
            "below": "lower",
            "0.1": "lower",
            "about 0.1": "lower",
            "similar": "the same",
            "not lower": "the same",
            "less": "lower",
            "smaller": "lower",
            "unchanged": "the same",
            "better": "higher",
        },
    )


@exercise("15.1")
def cross_entropy(function):
    right = _cross_entropy
    points = [
        ([2.0, 1.0, 0.1], 1),
        ([0.0, 0.0, 0.0, 0.0], 3),
        ([-1.5, 0.5, 2.5], 0),
        ([3.25, -0.75], 0),
        ([0.3, 0.3, -2.2, 1.7, 0.9], 4),
    ]
    with suggest(
        "scores is a list of numbers, and label is the place of the right one, counted from 0."
    ):
        seen = _losses(function, points)
    compare(
        "For the scores {0} and the label {1} the cross-entropy is {wanted}, and yours is {seen}",
        points,
        seen,
        right,
        [
            (_share, "this is the probability; the loss is minus its logarithm"),
            (
                lambda z, k: -right(z, k),
                "the sign: the logarithm of a probability is negative, and the loss is minus that",
            ),
            (
                lambda z, k: right(z, k) / math.log(2),
                "this is the logarithm to base 2; the natural one is meant",
            ),
            (
                lambda z, k: right(z, k) / math.log(10),
                "this is the logarithm to base 10; the natural one is meant",
            ),
            (
                lambda z, k: -z[k],
                "this is minus the score of the label; the sum over all scores is missing",
            ),
            (
                lambda z, k: max(z) - z[k],
                "the sum over all scores is missing: you have the distance to the largest only",
            ),
            (lambda z, k: right(z, k) + z[k], "the score of the label is missing: subtract it"),
            (
                lambda z, k: right(z, k) - max(z),
                "you took the largest score off in the sum; take it off the label's score too",
            ),
            (lambda z, k: right(z, k) + max(z), "you added the largest score back once too often"),
            (
                lambda z, k: right(z, k) + z[k] - max(z),
                "the score of the label is still to be subtracted, less the largest as well",
            ),
            (
                lambda z, k: right(z, k) + 2 * (z[k] - max(z)),
                "the sign: the score of the label is subtracted",
            ),
            (
                lambda z, k: right(z, k) + 2 * z[k],
                "the sign: the score of the label is subtracted",
            ),
            (
                lambda z, k: math.exp(right(z, k) + z[k] - max(z)) - (z[k] - max(z)),
                "the logarithm of the sum is missing",
            ),
            (
                lambda z, k: right(z, k) + z[k] - z[k - 1],
                "the label counts from 0, so its score is scores[label]",
            ),
            (
                lambda z, k: right(z, k) + z[k] - z[0],
                "this always takes the first score; the label says which",
            ),
            (
                lambda z, k: _sum_over_classes(z),
                "this adds up all classes; only the label counts",
            ),
            (
                lambda z, k: _sum_over_classes(z) / len(z),
                "this is the mean over all classes; only the label counts",
            ),
            (
                lambda z, k: right(z, k) / len(z),
                "this is divided by the number of classes; there is one example, and one loss",
            ),
            (
                lambda z, k: right(z, k) - 2 * max(z),
                "a minus before a bracket turns both signs in it: −(z − top) is −z + top",
            ),
            (
                lambda z, k: sum(z) - z[k],
                "the logarithm of each exponential is the score again; take it of the sum",
            ),
            (
                lambda z, k: z[-1] - z[k],
                "only the last exponential is in the sum: is there = in the place of +=?",
            ),
            (
                lambda z, k: math.log(sum(_exponentials(z)) - (z[k] - max(z))),
                "the score is subtracted inside the logarithm; it comes off behind it",
            ),
            *[
                (
                    lambda z, k, e=e: math.log(sum(e**s for s in z)) - z[k],
                    f"{e} is too short for e; math.exp has all digits",
                )
                for e in (2.7, 2.71, 2.718, 2.7183, 2.72)
            ],
            (
                lambda z, k: 1 - _share(z, k),
                "this is what the probability lacks to 1; the loss is minus its logarithm",
            ),
        ],
        "follow the formula of the exercise with the scores in the order given",
    )
    for point in FAR:
        _check_far(function, *point)
    return "It holds for every score: the largest exponent is 0, and the sum at least 1."


def _losses(function, points):
    """The numbers that the learner's function gives, where a logarithm may have stopped it."""
    try:
        return numbers(function, points)
    except ValueError as problem:
        if not any(said in str(problem) for said in OF_A_LOGARITHM):
            raise
        raise Wrong(
            "Your code stopped at a logarithm of 0 or of a negative number. "
            "A score may be such a number, and an exponential never is."
        ) from None


def _cross_entropy(scores, label):
    """log of the sum of exp(z), minus the score of the label, without overflow."""
    return math.log(sum(_exponentials(scores))) - (scores[label] - max(scores))


def _exponentials(scores):
    """exp(z) of each score, with the largest taken off."""
    top = max(scores)
    return [math.exp(z - top) for z in scores]


def _share(scores, label):
    """Softmax at the label."""
    return math.exp(-_cross_entropy(scores, label))


def _sum_over_classes(scores):
    return sum(_cross_entropy(scores, label) for label in range(len(scores)))


FAR = (  # scores that a float's exponential cannot hold, and a label
    ([1000.0, 0.0, -1000.0], 0),
    ([1000.0, -1000.0], 1),
    ([-1000.0, -1000.0, -1001.0], 2),
    ([-1000.0, 1000.0], 0),
    ([-1000.0, 0.0, 1000.0], 1),
    ([1000.0, 1000.0, -1000.0], 2),
)
WAY_OUT = (
    "Take the largest score off every score, the label's too, before any exponential, "
    "and go by the formula, which needs no probability."
)


def _check_far(function, scores, label):
    """Check a cross-entropy that is right for small scores at large ones."""
    try:
        (value,) = numbers(function, [(scores, label)])
    except OverflowError as problem:
        why = "the exponential of 1000 or more is larger than any float."
        raise _stopped_far(scores, problem, why) from None
    except (ValueError, ZeroDivisionError) as problem:
        why = "exp(-1000) is rounded to 0, and 0 has no logarithm and divides nothing."
        raise _stopped_far(scores, problem, why) from None
    right = _cross_entropy(scores, label)
    if close(value, right):
        return
    if not math.isfinite(value):
        why = "the exponentials overflow to infinity, or are rounded to 0."
    elif close(value, max(scores) - scores[label]):
        why = "two scores are the largest, and both count."
    else:
        why = "a number that was added against log(0), or cut off, puts a limit on the loss."
    wanted, seen = words.apart(right, value)
    raise Wrong(
        f"Right for small scores. For {scores} and the label {label} it is {wanted}, "
        f"and yours is {seen}; that is natural: {why} {WAY_OUT}"
    )


def _stopped_far(scores, problem, why):
    return Wrong(
        f"Right for small scores. For {scores} it stopped with {type(problem).__name__}, "
        f"and that is natural: {why} {WAY_OUT}"
    )


@exercise("15.2")
def by_hand(loss, *derivatives):
    _check_loss(loss)
    _check_derivatives(derivatives)
    return (
        "-log 0.3, and softmax minus one-hot: raise the label's score, lower the others. "
        "The three add up to 0."
    )


def _check_loss(answer):
    probabilities = (0.6, 0.3, 0.1)
    logarithms = [math.log(p) for p in probabilities]
    entropy = -sum(p * log for p, log in zip(probabilities, logarithms))
    decide(
        "The cross-entropy",
        answer,
        -math.log(0.3),
        {
            math.log(0.3): "the sign is missing; a logarithm of a number below 1 is negative, "
            "and the loss is minus that.",
            -math.log(
                0.6
            ): "this is for the class with the largest probability; the loss asks for the label's.",
            -math.log(
                0.1
            ): "this is for the last class; counted from 0, the label 1 is the one in the middle.",
            0.3: "this is the probability of the label; take minus its logarithm.",
            0.7: "this is what the probability lacks to 1; "
            "take minus the logarithm of the probability.",
            -math.log10(
                0.3
            ): "this is the logarithm to base 10; the natural one is meant, math.log.",
            -math.log2(0.3): "this is the logarithm to base 2; the natural one is meant, math.log.",
            entropy: "this is the entropy of the three; the loss looks at the label only.",
            -sum(logarithms): "this adds up all three; only the label counts.",
        },
        tolerance=4.5e-3,
        otherwise="the loss is minus the logarithm of the probability that the label got",
    )


def _check_derivatives(answers):
    seen = tuple(number(answer) for answer in answers)
    if close(seen, (0.6, -0.7, 0.1), 1e-3):
        return
    mistakes = {
        (0.6, 0.3, 0.1): "these are the probabilities; take 1 off at the label",
        (
            -0.6,
            0.7,
            -0.1,
        ): "the sign is the wrong way round: a derivative that is positive at the label "
        "would lower its score",
        (
            -0.4,
            0.3,
            0.1,
        ): "you took the 1 off at the largest probability; it comes off at the label",
        (0.6, 0.3, -0.9): "the label 1 is the class in the middle: we count from 0",
        (-0.4, -0.7, -0.9): "the 1 comes off at the label only",
        (0.4, -0.3, -0.1): "the sign is the wrong way round, and the 1 came off at the largest "
        "probability; it belongs to the label",
        (0.6, 0.7, 0.1): "the sign in the middle: 0.3 minus 1 is negative",
        (0.6, -0.3, 0.1): "at the label 1 comes off, and the sign alone does not do that",
        (0.6, -1.0, 0.1): "at the label 1 comes off the probability, and does not replace it",
        (0.36, 0.09, 0.01): "the probabilities are squared here; take them as they are",
        (0.0, -1.0, 0.0): "this is minus one-hot; the probabilities are missing",
        (
            0.0,
            -0.7,
            0.0,
        ): "the other scores stand below the line of softmax, so they have a derivative too",
        (0.0, 1.0, 0.0): "this is the one-hot; subtract it from the probabilities",
        (
            0.0,
            -1 / 0.3,
            0.0,
        ): "this is the derivative by the probability of the label; "
        "asked for are the scores, before softmax",
    }
    otherwise = "which of the probabilities belongs to the label, and what comes off there?"
    if abs(sum(seen)) > 1e-3:
        otherwise += " The three add up to 0"
    why = reason(seen, mistakes, otherwise, 2e-3)
    written = ", ".join(words.number(x) for x in seen)
    raise Wrong(f"The three derivatives are not {written}: {ended(why)}")


ALSO_SETS = {
    "train": "training",
    "val": "validation",
    "valid": "validation",
    "testing": "test",
    "validate": "validation",
}


@exercise("15.3")
def which_set(weights, stop, report, copies):
    questions = (
        (
            "The value of each weight",
            weights,
            "training",
            "weights follow gradients, and the loop takes its batches from one set only",
        ),
        (
            "When to stop",
            stop,
            "validation",
            "the training loss never asks you to stop, "
            "and the test set is opened only after you have",
        ),
        (
            "The number that you report",
            report,
            "test",
            "it must come from a set that has decided nothing; "
            "the others have been learned from, or chosen by",
        ),
        (
            "Whether moved copies are worth having",
            copies,
            "validation",
            "this is a choice between two settings. The training set grows with them, "
            "and the test set may choose nothing",
        ),
    )
    for what, answer, right, why in questions:
        word = plain_word(answer).removeprefix("the ").removesuffix(" set")
        choices = {
            name: f"{what} is not for the {name} set to decide: {why}."
            for name in ("training", "validation", "test")
        }
        choose(word, right, choices, also=ALSO_SETS)
    return "Parameters, choices, report: one set for each."
