"""Lesson 13, two moons."""

import numpy as np

from ..words import exception
from ._check import (
    Wrong,
    call,
    choose,
    compare,
    decide,
    described,
    exercise,
    numbers,
    pairs,
    plain,
    plain_word,
)
from ._hints import slips


@exercise("13.a")
def hinge_of_one(answer):
    return decide(
        "The loss",
        answer,
        0.6,
        {
            0: "the sign is right, and a loss of 0 takes more: "
            "y times s must reach the margin of 1.",
            1.4: "put y in with its sign: y times s is (−1) times (−0.4), which is positive.",
            0.4: "this is y times s. The loss is what it lacks to 1.",
            -0.4: "this is the score. The loss is 1 - y*s, where that is above 0.",
            -0.6: "a loss is never below 0; it is 1 - y*s.",
            1: "1 is the loss where the score is 0; this one is on the right side already.",
        },
        "On the right side, and short of the margin by 0.6.",
        tolerance=1e-3,
        otherwise="first y times s, with both signs; then what that lacks to the margin",
    )


@exercise("13.b")
def how_often_l2_helps(answer):
    return choose(
        _of_twenty(answer),
        "most",
        {
            "all": "A pull towards 0 knows nothing of these points. In some draws the bend that it "
            "takes away was a right one.",
            "most": "More often than not, where points are few and noisy. And in the others it "
            "hurts: that is why one checks.",
            "half or fewer": "These points are few and noisy, and without a price a network "
            "follows every one of them. How often will a smoother border be nearer to the source?",
        },
        also={
            "all of them": "all",
            "always": "all",
            "most of them": "most",
            "more than half": "most",
            "more than half of them": "most",
            "mostly": "most",
            "majority": "most",
            "a majority": "most",
            "the majority": "most",
            "more often than not": "most",
            "most, not all": "most",
            "almost all": "most",
            "nearly all": "most",
            "nearly all of them": "most",
            "almost all of them": "most",
            "many": "most",
            "few": "half or fewer",
            "never": "half or fewer",
            "every": "all",
            "every one": "all",
            "half": "half or fewer",
            "fewer": "half or fewer",
            "half or less": "half or fewer",
            "less than half": "half or fewer",
            "less than half of them": "half or fewer",
            "half of them": "half or fewer",
            "none": "half or fewer",
        },
    )


def _of_twenty(answer):
    """The answer; a number of draws of twenty, such as 12 or "12 of 20", as the choice it means."""
    said = plain_word(answer).removeprefix("about ").removesuffix(" draws")
    said = said.removesuffix(" of 20").removesuffix("/20")
    if not said.isdecimal() or int(said) > 20:
        return answer
    if int(said) == 20:
        return "all"
    return "most" if int(said) > 10 else "half or fewer"


@exercise("13.1")
def hinge_and_slope(function):
    def loss(s, y):
        return max(0.0, 1 - y * s)

    def slope(s, y):
        return -y if loss(s, y) > 0 else 0

    def where_something_is_missing(formula):
        return lambda s, y: formula(s, y) if 1 - y * s > 0 else 0

    # Off the round numbers, and on both sides of the margin and of 0.
    ones = (-2.1, -0.04, 0.03, 0.25, 0.52, 0.97, 1.04, 1.6, 3.3)
    points = [(s, 1) for s in ones] + [(s, -1) for s in ones] + [(-s, -1) for s in ones]
    with slips("s and y are single numbers."):
        losses, slopes = pairs(function, points, "the loss and its slope", loss, slope)
    compare(
        "At s = {0}, y = {1} the loss is {wanted}, and yours is {seen}",
        points,
        losses,
        loss,
        [
            (lambda s, y: 1 - y * s, "beyond the margin it is below 0; the loss stops at 0"),
            (
                lambda s, y: max(0.0, -y * s),
                "the margin is missing: a right score of less than 1 still costs something",
            ),
            (lambda s, y: max(0.0, 1 - s), "y is missing; this is right for class 1 alone"),
            (
                lambda s, y: max(0.0, 1 + y * s),
                "the sign: a score on the right side lowers the loss",
            ),
            (lambda s, y: max(0.0, y - s), "y multiplies the score: 1 - y*s"),
            (lambda s, y: max(1.0, 1 - y * s), "the smallest loss is 0, not 1"),
            (lambda s, y: min(0.0, 1 - y * s), "max, not min: the loss is never below 0"),
            (
                lambda s, y: abs(1 - y * s),
                "beyond the margin there is no loss; an absolute value would punish it",
            ),
            (lambda s, y: max(0.0, 1 - y * s) ** 2, "this one is squared; ours is not"),
            (
                lambda s, y: (1 - y * s) ** 2,
                "this one is squared; ours is not, and stops at 0",
            ),
            (lambda s, y: max(0.0, 2 - y * s), "this margin is 2; the page's is 1"),
            (lambda s, y: y * s, "this is y times s; the loss is what that lacks to 1"),
            (lambda s, y: max(0.0, y * s), "this is y times s; the loss is what that lacks to 1"),
            (lambda s, y: max(0.0, y * s - 1), "this is what the score has beyond the margin"),
            (lambda s, y: max(0.0, 1 - abs(s)), "a large score on the wrong side costs most"),
        ],
        "y times s says how far the score is on the right side. What does that lack to 1, and "
        "from where on is there no loss",
    )
    compare(
        "At s = {0}, y = {1} the slope is {wanted}, and yours is {seen}",
        points,
        slopes,
        slope,
        [
            (lambda s, y: -y, "beyond the margin the loss is flat: slope 0"),
            (
                lambda s, y: -slope(s, y),
                "the sign: where something is missing the loss is 1 - y*s, and its slope is -y",
            ),
            (
                where_something_is_missing(lambda s, y: -s),
                "-s is the slope with respect to y; asked for is the one with respect to s",
            ),
            (
                where_something_is_missing(lambda s, y: -1),
                "−1 is right for class 1; for class −1 the score must go down",
            ),
            (
                lambda s, y: -y if -y * s > 0 else 0,
                "a score on the right side, but short of the margin, is pulled as well",
            ),
            (
                where_something_is_missing(lambda s, y: 1),
                "this is the slope of the relu alone; the chain rule has another factor",
            ),
            (
                where_something_is_missing(lambda s, y: 1 - y * s),
                "this is the loss again, not its slope",
            ),
            (
                lambda s, y: -y * s,
                "-y*s is the changing part of the loss; its slope with respect to s has no s in it",
            ),
            (
                where_something_is_missing(lambda s, y: -y * s),
                "-y*s is the changing part of the loss; its slope with respect to s has no s in it",
            ),
            (lambda s, y: slope(s, y) * loss(s, y), "the slope does not grow with the loss"),
            (
                lambda s, y: 2 * slope(s, y) * loss(s, y),
                "this is the slope of the squared loss; ours is not squared",
            ),
            (
                lambda s, y: -y if s < 1 else 0,
                "the margin is asked of y times s; s alone is right for class 1",
            ),
            (lambda s, y: 0, "a slope of 0 everywhere would train nothing"),
        ],
        "where the loss is 0 it stays 0 if the score moves a little; elsewhere follow 1 - y*s",
    )
    return "Full force until the margin is reached, then none."


@exercise("13.2")
def accuracy_of(function):
    points = (
        ([2.0, -1.0, 0.5, -3.0], [1, -1, -1, -1]),
        ([0.3, -0.2, -4.0], [1, 1, 1]),
        ([1.5, 2.5], [1, 1]),
        ([-0.1, 0.2, 0.7, -2.0, 5.0], [1, -1, -1, 1, -1]),
        ([0.02, -0.03, 0.04, -0.01, 0.98, -1.02, 0.6], [1, -1, -1, -1, 1, -1, 1]),
        ([0.0, 2.0], [1, 1]),
        ([-0.5], [-1]),
    )
    arrays = [tuple(np.array(part, float) for part in point) for point in points]
    compare(
        "For the scores {0} and the classes {1} the accuracy is {wanted}, and yours is {seen}",
        points,
        _shares(function, arrays),
        _share(lambda s, y: s * y > 0),
        [
            (
                _share(lambda s, y: s * y > 0, mean=False),
                "this is how many are right; divide by how many there are",
            ),
            (
                _share(lambda s, y: s * y > 0, scale=100),
                "this is in per cent; give the share, from 0 to 1",
            ),
            (
                _share(lambda s, y: s * y < 0),
                "these are the wrong ones; take those where both signs agree",
            ),
            (_share(lambda s, y: s * y >= 0), "a score of 0 is on neither side; count s*y above 0"),
            (
                _share(lambda s, y: s > 0),
                "this is how often the score is above 0; y has no say in it",
            ),
            (
                _share(lambda s, y: s == y),
                "a score is seldom exactly 1 or −1; its sign is what counts",
            ),
            (
                _share(lambda s, y: s * y >= 1),
                "that asks for the margin of the hinge; the right side is enough here",
            ),
            (
                _share(lambda s, y: (s > 0) == y),
                "s > 0 is True or False, which count as 1 and 0; the classes are 1 and −1",
            ),
            (
                _share(lambda s, y: s * y > 0.5),
                "a score of 0.3 for class 1 is on the right side already",
            ),
            (_share(lambda s, y: s < 0), "this is how often the score is below 0"),
            (_share(lambda s, y: y > 0), "this is the share of class 1; the scores have no say"),
            (_share(lambda s, y: s > y), "which is larger says little; compare their signs"),
        ],
        "a point is right where score and class have the same sign; what share of them is that",
    )
    return "A share of right signs. It has no useful slope, which is why a loss does the training."


NEXT_STEPS = {  # what to do next, and where it helps; in the order of the page
    "more points": "More points help where training is right and held-out is not",
    "train longer": "Training longer helps where the loss still falls",
    "lower the rate": "A lower rate helps where the loss was thrown up",
    "done": "It is done where held-out points are nearly all right",
}
ALSO_NEXT_STEPS = {
    "more data": "more points",
    "add points": "more points",
    "add more points": "more points",
    "more examples": "more points",
    "more training points": "more points",
    "more training data": "more points",
    "train more": "train longer",
    "more training": "train longer",
    "reduce the rate": "lower the rate",
    "reduce learning rate": "lower the rate",
    "lower learning rate": "lower the rate",
    "finished": "done",
    "ready": "done",
    "longer": "train longer",
    "keep training": "train longer",
    "train on": "train longer",
    "more steps": "train longer",
    "lower rate": "lower the rate",
    "smaller learning rate": "lower the rate",
    "decrease the rate": "lower the rate",
    "decrease learning rate": "lower the rate",
    "smaller rate": "lower the rate",
    "nothing": "done",
    "stop": "done",
    "all done": "done",
}
# Case, the right next step, and why.
CASES = (
    (
        "A",
        "more points",
        "perfect on its 12 points, and wrong on about every sixth new one: "
        "it has learned them by heart",
    ),
    (
        "B",
        "train longer",
        "equally far off on both, and the loss still falls: it has not finished",
    ),
    (
        "C",
        "lower the rate",
        "thrown up by its first steps, and since then half of all points are wrong, "
        "as with the same answer for every point",
    ),
    (
        "D",
        "done",
        "right on nearly all points that it has never seen, and the loss is level",
    ),
)


@exercise("13.3")
def what_next(a, b, c, d):
    for (name, right, why), answer in zip(CASES, (a, b, c, d)):
        choices = {
            word: f"{name}: not {word!r}. {helps}; here: {why}."
            for word, helps in NEXT_STEPS.items()
        }
        choose(answer, right, choices, also=ALSO_NEXT_STEPS)
    return (
        "Two accuracies and the shape of the loss: "
        "the first things to ask for, whatever the network."
    )


def _shares(function, points):
    """The number that function gives for each pair of scores and classes."""
    for scores, y in points:
        try:
            answer = call(function, scores.copy(), y.copy())
        except ValueError as problem:
            why = "Does it use anything besides scores and y?"
            if "truth value" in str(problem):
                why = "`if`, `and` and `not` ask one answer; here are as many as there are points."
            raise Wrong(
                f"With {len(scores)} scores and {len(y)} classes your code stopped with "
                f"{exception(problem)}. {why}"
            ) from None
        _check_one_number(answer, len(y))
    return numbers(function, points)


def _check_one_number(answer, n):
    """Wrong where a function of n points gave several numbers."""
    size = np.size(plain(answer))
    if isinstance(answer, tuple):
        raise Wrong(f"The accuracy is one number, and yours returned {described(answer)}.")
    if size == n > 1:
        raise Wrong(
            f"For {n} points yours gave {size} entries, one for each point. "
            "The accuracy is one number: the mean of such entries."
        )


def _share(right, mean=True, scale=1):
    """The function of scores and classes that counts where right(score, class) holds.

    It gives a share, times scale; without mean, how many there are.
    """

    def of(scores, y):
        count = sum(bool(right(s, label)) for s, label in zip(scores, y))
        if mean:
            return scale * count / len(y)
        return count

    return of
