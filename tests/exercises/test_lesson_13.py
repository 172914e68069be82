"""The exercises of lesson 13: right answers pass, wrong ones are told why, empty ones wait."""

import math

import numpy as np

from micrograd_lesson import Tensor, Value
from micrograd_lesson.losses import hinge
from tests.exercises.answers import check_tables


def hinge_and_slope(s, y):
    return [max(0, 1 - y * s), -y if y * s < 1 else 0]


def hinge_by_the_engine(s, y):
    s = Value(s)
    loss = hinge([s], [y])
    loss.backward()
    return loss, s.grad


RIGHT = [
    ("13.a", 0.6),
    ("13.a", 1 - 0.4),
    ("13.a", Value(0.6)),
    ("13.1", hinge_and_slope),
    ("13.1", hinge_by_the_engine),
    ("13.2", lambda scores, y: (scores * y > 0).mean()),
    ("13.2", lambda scores, y: np.mean(np.sign(scores) == y)),
    ("13.2", lambda scores, y: sum((s > 0) == (t > 0) for s, t in zip(scores, y)) / len(y)),
    ("13.2", lambda scores, y: Tensor((scores * y > 0).mean())),
    ("13.3", "more points", "train longer", "lower the rate", "done"),
    ("13.3", " More data", "more steps", "smaller rate", "Nothing"),
    ("13.a", "0.6"),
    ("13.a", np.float64(0.6)),
    ("13.a", np.array(0.6)),
    ("13.b", "most"),
    ("13.b", " Most of them"),
    ("13.b", "more than half"),
    ("13.b", "mostly"),
    ("13.b", "a majority"),
    ("13.b", "almost all"),
    *[
        ("13.b", said)
        for said in ("more than half of them", "nearly all of them", "12/20", "about 12", "many")
    ],
    ("13.3", "add points", "keep training", "decrease the rate", "all done"),
    ("13.3", "get more points", "train for longer", "smaller learning rate", "stop"),
    ("13.b", 12),
    ("13.b", "12 of 20"),
    ("13.3", "more training points", "more training", "reduce the rate", "finished"),
    ("13.3", "more examples", "train it longer", "lower learning rate", "it is done"),
    ("13.3", "more examples", "train longer", "decrease the learning rate", "done"),
    ("13.3", "more examples", "train longer", "reduce the learning rate", "done"),
    ("13.1", lambda s, y: (np.maximum(0, 1 - y * s), np.where(y * s < 1, -y, 0))),
    ("13.1", lambda s, y: (0, 0) if y * s > 1 else (1 - s * y, -1.0 * y)),
    ("13.1", lambda s, y: np.array([max(0, 1 - s * y), -y * (s * y < 1)])),
    ("13.2", lambda scores, y: np.array((scores * y > 0).mean())),
    ("13.2", lambda scores, y: 1 - (scores * y <= 0).mean()),
    ("13.2", lambda scores, y: np.where(scores > 0, 1, -1)[scores * y > 0].size / y.size),
    ("13.2", lambda scores, y: np.count_nonzero(scores * y > 0) / len(scores)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("13.a", 0, "margin"),
    ("13.a", 1.4, "with its sign"),
    ("13.a", 0.4, "lacks"),
    ("13.a", 0.5, "both signs"),
    ("13.a", math.nan, "both signs"),
    ("13.1", lambda s, y: (1 - y * s, -y), "stops at 0"),
    ("13.1", lambda s, y: (max(0, -y * s), -y if y * s < 0 else 0), "margin is missing"),
    ("13.1", lambda s, y: (max(0, 1 - s), -1 if s < 1 else 0), "class 1 alone"),
    ("13.1", lambda s, y: (max(0, 1 + y * s), y), "sign"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y), "flat"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), y if y * s < 1 else 0), "sign"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -s if y * s < 1 else 0), "respect to y"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -1 if y * s < 1 else 0), "must go down"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y if y * s < 0 else 0), "short of the margin"),
    ("13.1", lambda s, y: hinge_and_slope(s, y)[::-1], "swapped"),
    ("13.1", lambda s, y: max(0, 1 - y * s), "Two numbers"),
    ("13.1", lambda s, y: (1, 1), "lack"),
    ("13.1", 0.6, "function"),
    ("13.2", lambda scores, y: (scores * y > 0).sum(), "how many"),
    ("13.2", lambda scores, y: 100 * (scores * y > 0).mean(), "per cent"),
    ("13.2", lambda scores, y: (scores > 0).mean(), "no say"),
    ("13.2", lambda scores, y: (scores == y).mean(), "seldom"),
    ("13.2", lambda scores, y: (scores * y < 0).mean(), "wrong ones"),
    ("13.2", lambda scores, y: (scores * y >= 1).mean(), "margin"),
    ("13.2", lambda scores, y: (scores * y >= 0).mean(), "neither side"),
    ("13.2", lambda scores, y: ((scores >= 0) == (y > 0)).mean(), "neither side"),
    ("13.2", lambda scores, y: 1.0, "same sign"),
    ("13.2", lambda scores, y: "all", "text"),
    ("13.3", "done", "train longer", "lower the rate", "done", "by heart"),
    ("13.3", "more points", "more points", "lower the rate", "done", "not finished"),
    ("13.3", "more points", "train longer", "train longer", "done", "thrown"),
    ("13.3", "more points", "train longer", "lower the rate", "train longer", "never seen"),
    ("13.3", "more points", "train longer", "lower the rate", "sleep", "choices"),
    ("13.a", 0.7, "both signs"),
    ("13.b", "all", "knows nothing"),
    ("13.b", "half", "smoother"),
    ("13.b", "zzz", "choices"),
    ("13.b", 20, "knows nothing"),
    ("13.b", "10", "smoother"),
    ("13.b", 0, "smoother"),
    ("13.b", 21, "choices"),
    ("13.b", "20/20", "knows nothing"),
    ("13.b", "half of them", "smoother"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y if s < 1 else 0), "asked of y times s"),
    ("13.1", lambda s, y: ((1 - y * s).relu(), -y), "those have no .relu"),
    ("13.2", lambda scores, y: ((scores * y > 0).mean(), 1), "is one number, and yours returned"),
    ("13.2", lambda scores, y: (scores > 0 and y > 0).mean(), "ask one answer"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y * s if y * s < 1 else 0), "has no s in it"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y * s), "has no s in it"),
    ("13.1", lambda s, y: ((1 - y * s) ** 2, -2 * y * (1 - y * s)), "squared"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y if y * s < 0.9 else 0), "stays 0"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y if y * s < 1.1 else 0), "stays 0"),
    ("13.1", lambda s, y: (1 - y * s if y * s < 0.8 else 0, -y), "lack"),
    ("13.1", lambda s, y: (max(0, 2 - y * s), -y if y * s < 2 else 0), "margin is 2"),
    ("13.1", lambda s, y: (y * s, y), "lacks to 1"),
    ("13.1", lambda s, y: (max(0, 1 - y * s) ** 2, 0), "squared"),
    ("13.1", lambda s, y: (abs(1 - y * s), 0), "absolute"),
    ("13.1", lambda s, y: (max(0, y - s), 0), "multiplies"),
    ("13.1", lambda s, y: (min(0, 1 - y * s), 0), "max, not min"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), 1 if y * s < 1 else 0), "relu alone"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), max(0, 1 - y * s)), "not its slope"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), 0), "train nothing"),
    ("13.2", lambda scores, y: scores * y > 0, "the mean"),
    ("13.2", lambda scores, y: [s * t > 0 for s, t in zip(scores, y)], "the mean"),
    ("13.2", lambda scores, y: ((scores > 0) == y).mean(), "True or False"),
    ("13.2", lambda scores, y: (scores * y > 0.5).mean(), "right side already"),
    ("13.2", lambda scores, y: (scores * y > 0.05).mean(), "same sign"),
    ("13.2", lambda scores, y: (scores > 0).mean(), "no say"),
    ("13.2", lambda scores, y: (np.ones(100) * y > 0).mean(), "anything besides scores and y"),
    ("13.3", "more points", "train longer", "lower the rate", "more points", "never seen"),
    ("13.3", "more points", "lower the rate", "lower the rate", "done", "was thrown up"),
    ("13.a", -0.4, "this is the score"),
    ("13.a", -0.6, "never below 0"),
    ("13.a", 1, "where the score is 0"),
    ("13.1", lambda s, y: (sum(max(0, 1 - b * a) for a, b in zip(s, y)), -y), "single numbers"),
    ("13.1", lambda s, y: (max(1, 1 - y * s), 0), "smallest loss"),
    ("13.1", lambda s, y: (max(0, y * s - 1), 0), "has beyond the margin"),
    ("13.1", lambda s, y: (max(0, y * s), 0), "lacks to 1"),
    ("13.1", lambda s, y: (max(0, 1 - abs(s)), 0), "wrong side costs most"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -y * max(0, 1 - y * s)), "grow with the loss"),
    ("13.1", lambda s, y: (max(0, 1 - y * s), -2 * y * max(0, 1 - y * s)), "of the squared loss"),
    ("13.2", lambda scores, y: (scores < 0).mean(), "is below 0"),
    ("13.2", lambda scores, y: (y > 0).mean(), "share of class 1"),
    ("13.2", lambda scores, y: (scores > y).mean(), "compare their signs"),
]

WAITING = [
    ("13.a", ...),
    ("13.1", lambda s, y: ...),
    ("13.1", lambda s, y: (max(0, 1 - y * s), ...)),
    ("13.2", lambda scores, y: ...),
    ("13.3", "more points", ..., ..., ...),
    ("13.b", ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
