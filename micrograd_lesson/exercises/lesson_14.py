"""Lesson 14, better training."""

import re

import numpy as np

from ..words import exception
from ._check import (
    NotYet,
    Wrong,
    call,
    compare,
    decide,
    described,
    exercise,
    number,
    pairs,
    plain,
    plain_word,
)
from ._slips import ended


@exercise("14.a")
def first_step_of_adam(answer):
    answer = _without_about(answer)
    if plain_word(answer) in ("rate", "the rate", "by the rate", "the learning rate"):
        answer = 0.1
    seen = abs(number(answer))  # how far: down and up count alike
    return decide(
        "The distance",
        seen,
        0.1,
        {
            100: "that is rate times gradient, the step of SGD. Adam divides by the root of the "
            "mean square.",
            1: "m over the root of q is 1; the rate, 0.1, still multiplies it.",
            10: "0.1 times m = 100 is this. m is divided by 1 - 0.9 first, "
            "and then by the root of the mean square.",
            0.01: "the square is made up for here, and the mean is not: m starts at 0.1 times the "
            "gradient, and the division by 1 - 0.9 makes up for that.",
            0.1 * 100 / 1000**0.5: "both means are as they start, too small: "
            "the two divisions, by 1 - 0.9 and by 1 - 0.999, make up for that.",
            0.1 * 1000 / 1000**0.5: "the mean is made up for here, and the square is not: "
            "q is divided by 1 - 0.999 in the first step.",
            1e-4: "this is SGD's step for the other weight, 0.1 times 0.001; "
            "and it is what comes out if the root of q is forgotten.",
            0: "each weight moves: m is not 0.",
            1000: "this is the gradient; Adam divides it by its usual size.",
        },
        "In the first step gradient over its own size is 1, so every weight moves by the rate, "
        "whether its gradient is 0.001 or 1000.",
        tolerance=1e-5,
        otherwise="work out m, q and the two with hats for t = 1, then the step",
        mistake_tolerance=8e-4 if seen > 0.05 else 5e-5,
    )


@exercise("14.b")
def slope_of_a_sure_mistake(answer):
    return decide(
        "The slope",
        _without_about(answer),
        -1,
        {
            0: "the sigmoid is flat there, but the slope of this loss is sigmoid(s) - t, "
            "without the factor sigmoid*(1 - sigmoid)",
            1: "the sign: probability minus target, and the probability is the smaller one. "
            "Raising the score lowers the loss",
            -8: "−8 is the score; send it through the sigmoid first, then take off t = 1",
            8: "8 is about the loss itself, -log of the probability; asked for is its slope",
            -9: "the score goes through the sigmoid before the target is taken off",
            -0.5: "−0.5 is the slope at a score of 0, where the sigmoid is a half",
        },
        "Probability minus target: nearly 0 minus 1. "
        "The surer the mistake, the nearer to full force.",
        tolerance=0.0101,
        otherwise="put the score and the target into the slope above",
    )


def _without_about(answer):
    """The answer without "about" before a number, which is as good."""
    if not isinstance(answer, str):
        return answer
    about = r"^\s*(about|almost|nearly|approximately|roughly|close to|by|≈|~)\s*"
    return re.sub(about, "", answer)


@exercise("14.1")
def momentum_by_hand(v, w):
    decide(
        "The velocity",
        v,
        2.55,
        {
            1.745: "that is where the weight ends; v is the velocity.",
            3: "this is the gradient alone; nine tenths of the old velocity are added.",
            2.5: "the old velocity fades first: 0.9 times −0.5.",
            -0.45: "this is what is left of the old velocity; the gradient is still to be added.",
            3.45: "the old velocity is negative: 0.9 times −0.5 is −0.45.",
            -0.15: "that is 0.9 times −0.5 plus 0.1 times 3. The gradient comes in whole: "
            "no rate here, and no 1 - 0.9 as in Adam.",
            2.2: "the momentum multiplies the old velocity, not the gradient.",
            2.25: "the gradient comes in whole: the momentum multiplies the old velocity alone.",
            -0.2: "that is −0.5 plus 0.1 times 3. The old velocity fades, "
            "and the gradient comes in whole.",
            3.5: "the old velocity fades, and it is negative: 0.9 times −0.5.",
            -0.8: "that is −0.5 minus 0.1 times 3. The gradient is added, whole.",
            -0.75: "the rate has no part in v, and the gradient is added.",
            -0.5: "this is the old velocity; the new one is asked for.",
            0.255: "the rate has no part in v; it comes in with the weight.",
            2.95: "a tenth of the old velocity is kept here; the momentum, 0.9, says nine tenths.",
            -3.45: "the gradient is added to v; the minus comes in the second line.",
        },
        otherwise="first the old velocity fades, then the gradient is added",
    )
    return decide(
        "The weight",
        w,
        1.745,
        {
            2.255: "the step goes against v: w - rate*v.",
            1.7: "that is plain descent, by the gradient; step by v.",
            2.05: "that is a step by the old velocity; first v, then w.",
            -0.55: "the rate is missing: w - 0.1*v.",
            4.55: "the rate is missing, and the step goes against v.",
            2.3: "that is 0.1 times the gradient, and uphill; step by v, and against it.",
            0.255: "this is how far it moves; take it off w.",
            -0.255: "this is how far it moves; add it to w.",
            1.49: "one step only.",
            4.845: "that is (2 - 0.1) times 2.55; the rate multiplies v alone.",
            -2.35: "the rate multiplies v, not w.",
            2: "that is where it was; it moves by rate times the new v.",
        },
        "Shorter than the 0.3 of plain descent: the old velocity still leans the other way.",
        otherwise="the rate times the new v is taken off",
    )


@exercise("14.2")
def my_batches(function):
    for columns, size, order in (
        (2, 3, [4, 0, 6, 2, 5, 1, 3]),
        (2, 2, [6, 5, 3, 1, 0, 2, 4]),
        (2, 7, [1, 0, 3, 2, 5, 4, 6]),
        (2, 10, [3, 1, 0, 2, 4, 6, 5]),
        (3, 4, [7, 2, 10, 0, 5, 8, 1, 9, 3, 6, 11, 4]),
        (1, 1, [2, 0, 1]),
        (5, 3, [0]),
    ):
        rows_of_x = np.arange(float(len(order)))
        X = rows_of_x[:, None] + np.arange(columns) / 8
        y = rows_of_x + 100  # names, so that each is told from the others
        rows, names = _unpacked(_my_call(function, X, y, size, order), X, y)
        _check_batches(rows, names, size, order)
    return "Every example once, each with its own class, in the order of the day."


@exercise("14.3")
def recall_and_precision(function):
    def true_positives(answers, y):
        return sum(a == 1 and label == 1 for a, label in zip(answers, y))

    def recall(answers, y):
        return true_positives(answers, y) / list(y).count(1)

    def precision(answers, y):
        return true_positives(answers, y) / list(answers).count(1)

    def accuracy(answers, y):
        return sum(a == label for a, label in zip(answers, y)) / len(y)

    points = (
        ([1, 1, -1, -1, 1, -1, -1], [1, -1, 1, -1, 1, 1, -1]),
        ([1, 1, 1, 1, -1], [1, -1, -1, -1, -1]),
        ([-1, 1, -1, -1], [1, 1, 1, -1]),
        ([1, -1, -1, -1, -1, -1, 1, 1, 1], [-1, -1, 1, -1, -1, -1, 1, -1, -1]),
        ([1, -1], [-1, 1]),
    )
    arrays = [tuple(np.array(part) for part in point) for point in points]
    found = _two_shares(function, arrays, recall, precision)

    def right_answers(answers, y):
        return sum(a == label for a, label in zip(answers, y))

    shared = [
        (accuracy, "this is the share of all answers that are right; count one class alone"),
        (true_positives, "this is how many of the ill are found; divide"),
        (
            lambda a, y: true_positives(a, y) / len(y),
            "all patients are below the line here; which of them count",
        ),
        (
            lambda a, y: right_answers(a, y) / list(y).count(1),
            "above the line are all right answers, those about the healthy too",
        ),
        (
            lambda a, y: right_answers(a, y) / list(a).count(1),
            "above the line are all right answers, those about the healthy too",
        ),
        (lambda a, y: 100 * recall(a, y), "this is in per cent; give the share, from 0 to 1"),
        (lambda a, y: 100 * precision(a, y), "this is in per cent; give the share, from 0 to 1"),
        (
            lambda a, y: recall(-np.array(a), -np.array(y)) if -1 in y else 0,
            "this is about the healthy; the class 1 is asked for",
        ),
        (
            lambda a, y: precision(-np.array(a), -np.array(y)) if -1 in a else 0,
            "this is about the healthy; the class 1 is asked for",
        ),
    ]
    compare(
        "For the answers {0} and the classes {1} the recall is {wanted}, and yours is {seen}",
        points,
        found[0],
        recall,
        [
            *shared,
            (precision, "this is the precision; the recall asks how many of the ill are found"),
            (
                lambda a, y: 2 * recall(a, y) - 1,
                "this is a mean of 1 and −1, which is no share; count how often there is a 1",
            ),
            (
                lambda a, y: 15 / 20,
                "this is 15 of 20, whatever comes in: does it use the page's ill and found, "
                "and not answers and y?",
            ),
            (
                lambda a, y: 1 - recall(a, y),
                "this is the share of the ill that are missed",
            ),
            (
                lambda a, y: list(a).count(1) / list(y).count(1),
                "above the line are all who are called ill; count those among them who are ill",
            ),
        ],
        "of those who are ill, the share that is called ill",
    )
    compare(
        "For the answers {0} and the classes {1} the precision is {wanted}, and yours is {seen}",
        points,
        found[1],
        precision,
        [
            *shared,
            (recall, "this is the recall; the precision asks about those who are called ill"),
            (
                lambda a, y: 2 * precision(a, y) - 1,
                "this is a mean of 1 and −1, which is no share; count how often there is a 1",
            ),
            (
                lambda a, y: 1 - precision(a, y),
                "this is the share of those called ill who are healthy",
            ),
            (
                lambda a, y: list(y).count(1) / list(a).count(1),
                "above the line are all who are ill; count those among them who are called so",
            ),
        ],
        "of those who are called ill, the share that is ill",
    )
    return "Two questions in the place of one: whom it finds, and whether to believe it."


def _two_shares(function, arrays, recall, precision):
    """The recalls and the precisions that the learner's function gives."""
    try:
        return pairs(function, arrays, "recall and precision", recall, precision)
    except ValueError as problem:
        if "truth value" not in str(problem):
            raise
        raise Wrong(
            "Your code stopped because a whole array was asked whether it is true. `and` joins "
            "single answers. For arrays write (… == 1) & (… == 1), with these brackets; "
            "or go through both with zip."
        ) from None


def _my_call(function, X, y, size, order):
    try:
        return call(function, X.copy(), y.copy(), size, list(order))
    except IndexError as problem:
        raise Wrong(
            f"With {len(order)} examples, size {size} and order {order} your code stopped with "
            f"{exception(problem)}. Positions run from 0 to {len(order) - 1}."
        ) from None


def _unpacked(answer, X, y):
    """For each batch the positions in X of its points, and those in y of its classes."""
    rows = []
    names = []
    for points, classes in _batches(answer):
        if points.shape == classes.shape == (0,):  # empty lists, which have no columns
            rows.append([])
            names.append([])
            continue
        if points.shape[1:] == y.shape[1:] and classes.shape[1:] == X.shape[1:]:
            raise Wrong("The two parts of a pair are exchanged: the points, then their classes.")
        rows.append(_positions(points, X, "X"))
        names.append(_positions(classes, y, "y"))
    return rows, names


def _batches(answer):
    """What the learner's function returned, as a list of pairs of arrays."""
    try:
        pairs_of_parts = [tuple(batch) for batch in answer]
        if any(part is ... for batch in pairs_of_parts for part in batch):
            raise NotYet
        return [_pair_of_arrays(*batch) for batch in pairs_of_parts]
    except (TypeError, ValueError):
        raise Wrong(
            "A list of pairs is wanted, (X of the batch, y of the batch), "
            f"and yours returned {described(answer)}."
        ) from None


def _pair_of_arrays(points, classes):
    return np.asarray(plain(points), float), np.asarray(plain(classes), float)


def _positions(part, whole, name):
    """Where the entries of part are in whole, an array of different entries."""
    if part.ndim != whole.ndim or part.shape[1:] != whole.shape[1:]:
        wanted = str(("n", *whole.shape[1:])).replace("'", "")
        raise Wrong(
            f"What a batch of n examples takes from {name} has shape {wanted}, "
            f"and one of yours has {part.shape}."
        )
    known = whole.tolist()
    foreign = [entry for entry in part.tolist() if entry not in known]
    if foreign:
        raise Wrong(
            f"One of your batches holds {foreign[0]}, which is not in {name}. Pick from {name}, "
            "and change nothing."
        )
    return [known.index(entry) for entry in part.tolist()]


def _check_batches(rows, names, size, order):
    """Check that the batches hold the positions of order, so many at a time.

    rows and names: for each batch the positions of its points and of its classes.
    """
    right = [order[i : i + size] for i in range(0, len(order), size)]
    if rows == right and names == right:
        return
    fault = _fault(rows, names, right, order)
    raise Wrong(f"With {len(order)} examples, size {size} and order {order}: {ended(fault)}")


def _fault(rows, names, right, order):
    """What is wrong with batches whose positions should be those of right."""
    if not rows:
        return "there are no batches"
    if 0 in _sizes(rows):
        return "some of your batches are empty; the last one ends where the examples end"
    positions = _joined(rows)
    in_order = sorted(order)
    same_sizes = _sizes(rows) == _sizes(names)
    if rows == right or (same_sizes and positions != _joined(names)):
        return (
            "the classes do not belong to their points. Pick from y with the same positions as "
            "from X; no error would have told you"
        )
    if positions == in_order and order != in_order:
        return "the examples come as they stand in X. Pick them by the positions in order"
    missing = len(order) - len(positions)
    whole_batches = rows == right[: len(rows)]
    if whole_batches and missing > 0:
        are = "is" if missing == 1 else "are"
        why = "The last batch may be smaller, but it counts"
        if len(rows) < len(right) - 1:
            why = "Does the loop come to its end, or does a return inside it end the function"
        end = "?" if why.startswith("Does") else ""
        return f"{missing} of the {len(order)} examples {are} missing. {why}{end}"
    if sorted(positions) != in_order:
        return f"each example must come once, and the positions seen are {positions}"
    if positions == order:
        return f"the batches hold {_sizes(rows)} examples, and should hold {_sizes(right)}"
    return f"the positions come as {positions}, and should come as order has them"


def _joined(batches):
    return [position for batch in batches for position in batch]


def _sizes(batches):
    return [len(batch) for batch in batches]
