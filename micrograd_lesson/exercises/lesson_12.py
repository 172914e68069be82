"""Lesson 12, digits."""

import math

from ._check import Wrong, choose, close, compare, decide, exercise, number, numbers, suggest


@exercise("12.a")
def winner(answer):
    return choose(
        answer,
        "lower",
        {
            "the same": "It would be the same if its share on the 30 had come from knowing something. None of them was "
            "trained: what does the best of 300 guessers owe its first place to?",
            "higher": "There is nothing in the other digits that would suit it better. It was chosen because it did "
            "uncommonly well on these 30.",
        },
        "Most of its lead on those 30 was luck, and luck does not carry over.",
        also=[
            ("same", "the same"),
            ("equal", "the same"),
            ("worse", "lower"),
            ("better", "higher"),
        ],
    )


@exercise("12.b")
def shifted(answer):
    return choose(
        answer,
        "stays",
        {
            "falls": "100 is a large part of 102 and of 101, so the scores look nearly equal now. But softmax sees "
            "differences, not ratios: what does exp(z + 100) have in common for all three?",
            "rises": "exp(102) is huge, but so is the sum below the line. What does exp(z + 100) have in common for all "
            "three?",
        },
        "exp(z + 100) = exp(z) * exp(100): the same factor above and below the line.",
        also=[("the same", "stays"), ("stays the same", "stays"), ("nothing", "stays")],
    )


@exercise("12.1")
def cross_entropy(function):
    def right(scores, label):
        top = max(scores)
        return math.log(sum(math.exp(z - top) for z in scores)) - (scores[label] - top)

    def share(scores, label):
        return math.exp(-right(scores, label))

    points = [([2.0, 1.0, 0.1], 1), ([0.0, 0.0, 0.0, 0.0], 3), ([-1.5, 0.5, 2.5], 0)]
    far = [
        ([1000.0, 0.0, -1000.0], 0),
        ([1000.0, -1000.0], 1),
        ([-1000.0, -1000.0, -1001.0], 2),
        ([-1000.0, 1000.0], 0),
        ([-1000.0, 0.0, 1000.0], 1),
        ([1000.0, 1000.0, -1000.0], 2),
    ]
    with suggest(
        "scores is a list of numbers, and label is the place of the right one, counted from 0."
    ):
        seen = numbers(function, points)
    say = "For the scores {0} and the label {1} the cross-entropy is {wanted}, and yours is {seen}"
    compare(
        say,
        points,
        seen,
        right,
        [
            (share, "this is the probability; the loss is minus its logarithm"),
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
                lambda z, k: sum(right(z, j) for j in range(len(z))),
                "this adds up all classes; only the label counts",
            ),
            (
                lambda z, k: sum(right(z, j) for j in range(len(z))) / len(z),
                "this is the mean over all classes; only the label counts",
            ),
            (
                lambda z, k: 1 - share(z, k),
                "this is what the probability lacks to 1; the loss is minus its logarithm",
            ),
        ],
        "the logarithm of the sum of exp(z), minus the score of the label",
    )
    trap = (
        "that is natural: {} Take the largest score off every score, and use log(sum) - z[label], "
        "which needs no probability."
    )
    for point in far:
        try:
            (value,) = numbers(function, [point])
        except (OverflowError, ValueError, ZeroDivisionError) as problem:
            why = (
                "the exponential of 1000 or more is larger than any float."
                if isinstance(problem, OverflowError)
                else "exp(-1000) is rounded to 0, and 0 has no logarithm and divides nothing."
            )
            raise Wrong(
                f"Right for small scores. For {point[0]} it stopped with {type(problem).__name__}, and "
                f"{trap.format(why)}"
            ) from None
        if not close(value, right(*point)):
            scores, label = point
            why = (
                "the exponentials overflow to infinity, or are rounded to 0."
                if not math.isfinite(value)
                else "two scores are the largest, and both count."
                if close(value, max(scores) - scores[label])
                else "a number that was added against log(0), or cut off, puts a limit on the loss."
            )
            raise Wrong(
                f"Right for small scores. For {point[0]} and the label {point[1]} it is {right(*point):g}, and "
                f"yours is {value:g}; {trap.format(why)}"
            )
    return "It holds for every score: the largest exponent is 0, and the sum at least 1."


@exercise("12.2")
def by_hand(answer):
    return decide(
        "The cross-entropy",
        answer,
        -math.log(0.3),
        {
            math.log(
                0.3
            ): "the sign is missing; a logarithm of a number below 1 is negative, and the loss is minus that.",
            -math.log(
                0.6
            ): "this is for the class with the largest probability; the loss asks for the label's.",
            -math.log(
                0.1
            ): "this is for the last class; counted from 0, the label 1 is the one in the middle.",
            0.3: "this is the probability of the label; take minus its logarithm.",
            0.7: "this is what the probability lacks to 1; take minus the logarithm of the probability.",
            -math.log10(
                0.3
            ): "this is the logarithm to base 10; the natural one is meant, math.log.",
            -math.log2(0.3): "this is the logarithm to base 2; the natural one is meant, math.log.",
            -sum(
                p * math.log(p) for p in (0.6, 0.3, 0.1)
            ): "this is the entropy of the three; the loss looks at the label only.",
            -math.log(0.6)
            - math.log(0.3)
            - math.log(0.1): "this adds up all three; only the label counts.",
        },
        "-log 0.3: the network was surprised, but not badly.",
        tolerance=4.5e-3,
    )


@exercise("12.3")
def derivative(*answers):
    seen = tuple(map(number, answers))
    if close(seen, (0.6, -0.7, 0.1), 1e-3):
        return "Softmax minus one-hot: raise the label's score, lower the others. The three add up to 0."
    mistakes = {
        (0.6, 0.3, 0.1): "these are the probabilities; take 1 off at the label",
        (
            -0.6,
            0.7,
            -0.1,
        ): "the sign is the wrong way round: a derivative that is positive at the label would lower its score",
        (
            -0.4,
            0.3,
            0.1,
        ): "you took the 1 off at the largest probability; it comes off at the label",
        (0.6, 0.3, -0.9): "the label 1 is the class in the middle: we count from 0",
        (-0.4, -0.7, -0.9): "the 1 comes off at the label only",
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
        ): "this is the derivative by the probability of the label; asked for are the scores, before softmax",
    }
    why = next(
        (why for wrong, why in mistakes.items() if close(seen, wrong, 2e-3)),
        "take the three probabilities, and 1 off at the label",
    )
    if why.startswith("take the") and abs(sum(seen)) > 1e-3:
        why += "; the three add up to 0"
    raise Wrong(f"Not {', '.join(f'{x:g}' for x in seen)}: {why}.")


@exercise("12.4")
def parameters(answer):
    return decide(
        "The number of parameters",
        answer,
        4810,
        {
            4736: "these are the weights; each of the 64 + 10 neurons has a bias too.",
            4800: "the biases of the output layer are missing.",
            4746: "the biases of the hidden layer are missing.",
            4160: "this is the hidden layer alone.",
            650: "this is the output layer alone.",
            138: "this counts the neurons and the inputs; each neuron has a weight for each input.",
            74: "this counts the neurons; each has a weight for each of its inputs, and a bias.",
            4874: "inputs have no bias: 64 + 10 biases, not 64 + 64 + 10.",
            640: "these are the weights of the output layer alone.",
            4096: "these are the weights of the hidden layer alone.",
            64 * 64 * 10: "the layers add; they do not multiply.",
            8970: "there is one hidden layer, not two.",
        },
        "64*64 + 64 for the hidden layer, 64*10 + 10 for the output layer.",
        tolerance=1e-9,
    )


@exercise("12.5")
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
            "the training loss never asks you to stop, and the test set is opened only after you have",
        ),
        (
            "The number that you report",
            report,
            "test",
            "it must come from a set that has decided nothing; the others have been learned from, or chosen by",
        ),
        (
            "Whether moved copies are worth having",
            copies,
            "validation",
            "this is a choice between two settings. The training set grows with them, and the test set may choose "
            "nothing",
        ),
    )
    for what, answer, right, why in questions:
        word = str(answer).strip().lower().removeprefix("the ").removesuffix(" set")
        word = {"train": "training", "val": "validation", "testing": "test"}.get(word, word)
        if word not in ("training", "validation", "test"):
            raise Wrong(f"{answer!r} is not one of the choices: training, validation, test.")
        if word != right:
            raise Wrong(f"{what} is not for the {word} set to decide: {why}.")
    return "Parameters, choices, report: one set for each."
