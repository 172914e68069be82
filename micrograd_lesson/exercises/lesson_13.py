"""Lesson 13, two moons."""

import numpy as np

from ._check import (
    NotYet,
    Wrong,
    call,
    choose,
    compare,
    decide,
    described,
    exercise,
    number,
    numbers,
    pairs,
)


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
    )


@exercise("13.b")
def slope_of_a_sure_mistake(answer):
    return decide(
        "The slope",
        answer,
        -1,
        {
            0: "the sigmoid is flat there, but the slope of this loss is sigmoid(s) - t, "
            "without the factor sigmoid*(1 - sigmoid): put in sigmoid(-8), nearly 0, and t = 1",
            1: "the sign: probability minus target, and the probability is the smaller one. "
            "Raising the score lowers the loss",
            -8: "−8 is the score; send it through the sigmoid first, then take off t = 1",
            8: "8 is about the loss itself, -log of the probability; asked for is its slope",
            -9: "the score goes through the sigmoid before the target is taken off",
            -0.5: "−0.5 is the slope at a score of 0, where the sigmoid is a half",
        },
        "Probability minus target: nearly 0 minus 1. "
        "The surer the mistake, the nearer to full force.",
        tolerance=0.01,
        otherwise="it is sigmoid(s) - t, with s = -8 and t = 1",
    )


@exercise("13.c")
def first_step_of_adam(answer):
    seen = abs(number(answer))  # how far: down and up count alike
    return decide(
        "The distance",
        seen,
        0.1,
        {
            100: "that is rate times gradient, the step of SGD. Adam divides by the root of the "
            "mean square, here 1000.",
            1: "m over the root of v is 1; the rate, 0.1, still multiplies it.",
            10: "m starts at 0.1 times the gradient, "
            "and the division by 1 - 0.9 makes up for that.",
            0.01: "m starts at 0.1 times the gradient, "
            "and the division by 1 - 0.9 makes up for that.",
            1e-4: "this is the rate times 0.001, SGD's step for the other weight.",
            1e-3 * 0.1 / 1000: "the square root is missing: the step is rate * m / sqrt(v).",
            0: "each weight moves; the step is rate * m / sqrt(v), and m is not 0.",
        },
        "In the first step gradient over its own size is 1, so every weight moves by the rate, "
        "whether its gradient is 0.001 or 1000.",
        tolerance=1e-9,
    )


@exercise("13.1")
def hinge_and_slope(function):
    def loss(s, y):
        return max(0.0, 1 - y * s)

    def slope(s, y):
        return -y if loss(s, y) > 0 else 0

    def where_something_is_missing(formula):
        return lambda s, y: formula(s, y) if 1 - y * s > 0 else 0

    points = ((-2.0, 1), (0.25, 1), (3.0, 1), (-0.5, -1), (-1.75, -1), (1.5, -1))
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
        ],
        "it is max(0, 1 - y*s)",
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
                "this is the slope of the relu; times that of 1 - y*s, which is -y",
            ),
        ],
        "it is -y where 1 - y*s is above 0, and 0 elsewhere",
    )
    return "Full force until the margin is reached, then none."


@exercise("13.2")
def accuracy_of(function):
    points = (
        ([2.0, -1.0, 0.5, -3.0], [1, -1, -1, -1]),
        ([0.3, -0.2, -4.0], [1, 1, 1]),
        ([1.5, 2.5], [1, 1]),
        ([-0.1, 0.2, 0.7, -2.0, 5.0], [1, -1, -1, 1, -1]),
        ([0.0, 2.0], [1, 1]),
    )
    arrays = [tuple(np.array(part, float) for part in point) for point in points]
    compare(
        "For the scores {0} and the classes {1} the accuracy is {wanted}, and yours is {seen}",
        points,
        numbers(function, arrays),
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
            (_share(lambda s, y: s > y), "compare the signs: they agree where s*y is above 0"),
        ],
        "the share of points with s*y above 0",
    )
    return "A share of right signs. It has no useful slope, which is why a loss does the training."


@exercise("13.3")
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
            -0.15: "the rate has no part in v; it multiplies v in the second line.",
            2.2: "the momentum multiplies the old velocity, not the gradient.",
            2.25: "the gradient comes in whole: the momentum multiplies the old velocity alone.",
            -0.2: "the gradient comes in whole, not by one tenth: "
            "that is the running mean of Adam.",
            -0.75: "the rate has no part in v, and the gradient is added.",
            -3.45: "the gradient is added to v; the minus comes in the second line.",
        },
        otherwise="momentum times the old v, plus g.",
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
            0.255: "this is how far it moves; take it off w.",
            -0.255: "this is how far it moves; add it to w.",
            1.49: "one step only.",
        },
        "Shorter than the 0.3 of plain descent: the old velocity still leans the other way.",
    )


@exercise("13.4")
def my_batches(function):
    numbers_of_rows = np.arange(7.0)
    X = np.column_stack([numbers_of_rows, numbers_of_rows + 0.5])
    y = numbers_of_rows + 10  # names, so that each is told from the others
    for size, order in (
        (3, [4, 0, 6, 2, 5, 1, 3]),
        (2, [6, 5, 3, 1, 0, 2, 4]),
        (7, [1, 0, 3, 2, 5, 4, 6]),
        (10, [3, 1, 0, 2, 4, 6, 5]),
    ):
        rows, names = _unpacked(call(function, X.copy(), y.copy(), size, list(order)), X, y)
        _check_batches(rows, names, size, order)
    return "Every example once, each with its own class, in the order of the day."


NEXT_STEPS = {  # what to do next, and where it helps; in the order of the page
    "more points": "More points help where training is right and held-out is not",
    "train longer": "Training longer helps where the loss still falls",
    "lower the rate": "A lower rate helps where the loss was thrown up",
    "done": "It is done where held-out points are nearly all right",
}
ALSO_NEXT_STEPS = {
    "more data": "more points",
    "longer": "train longer",
    "more steps": "train longer",
    "lower rate": "lower the rate",
    "smaller rate": "lower the rate",
    "nothing": "done",
}
# Case, the right next step, and why.
CASES = (
    (
        "A",
        "more points",
        "perfect on its 12 points, and wrong on every fifth new one: it has learned them by heart",
    ),
    (
        "B",
        "train longer",
        "equally far off on both, and the loss still falls: it has not finished",
    ),
    (
        "C",
        "lower the rate",
        "thrown by its first steps, and then the same answer for every point: "
        "momentum 0.9 makes steps of ten times the length",
    ),
    (
        "D",
        "done",
        "right on nearly all points that it has never seen, and the loss is level",
    ),
)


@exercise("13.5")
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


def _unpacked(answer, X, y):
    """For each batch the positions in X of its points, and those in y of its classes."""
    rows = []
    names = []
    for points, classes in _batches(answer):
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
    return np.asarray(points, float), np.asarray(classes, float)


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
    raise Wrong(
        f"With 7 examples, size {size} and order {order}: {_fault(rows, names, right, order)}."
    )


def _fault(rows, names, right, order):
    """What is wrong with batches whose positions should be those of right."""
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
        return (
            f"{missing} of the 7 examples {are} missing. "
            "The last batch may be smaller, but it counts"
        )
    if sorted(positions) != in_order:
        return f"each example must come once, and the positions seen are {positions}"
    if positions == order:
        return f"the batches hold {_sizes(rows)} examples, and should hold {_sizes(right)}"
    return f"the positions come as {positions}, and should come as order has them"


def _joined(batches):
    return [position for batch in batches for position in batch]


def _sizes(batches):
    return [len(batch) for batch in batches]
