"""What a model says to the beginning of a name: a probability for each letter that may follow.

A model is any function from the text so far, such as "emm", to 27 scores: of the point, which
ends a name, and of the letters a to z. Its probabilities are softmax(scores / temperature).
"""

import math
from dataclasses import dataclass

import numpy as np

from ...data import LETTERS
from ...losses import log_softmax
from ...tensor import Tensor
from ..asked import asked, checked_by_name, described, trying

SHOWN = 10  # letters
LONGEST = 30  # letters of a beginning


@dataclass(frozen=True)
class Guess:
    """The beginning of a name, and the logarithms of the probabilities of what follows.

    Attributes:
        text: the beginning, letters a to z.
        temperature: what the scores were divided by.
        logs: array of shape (27,), of the probabilities at that temperature.
        plain: the same at temperature 1.
    """

    text: str
    temperature: float
    logs: np.ndarray
    plain: np.ndarray

    @property
    def likeliest(self):
        """The numbers of the ten likeliest letters, the likeliest first; of equals the first."""
        return np.argsort(-self.logs, kind="stable")[:SHOWN].tolist()

    @property
    def together(self):
        """The probability that one of those ten comes."""
        return min(1.0, sum(self.probability(k) for k in self.likeliest))

    def probability(self, k):
        """The probability of letter k at this temperature."""
        return math.exp(self.logs[k])

    def probability_at_1(self, k):
        """The probability of letter k at temperature 1."""
        return math.exp(self.plain[k])

    def surprise(self, k):
        """The loss in nats if letter k comes."""
        return abs(float(self.logs[k]))  # never −0


def guess(model, text, temperature=1.0):
    """The Guess of a model, after a text.

    Raises:
        ValueError: the text holds something else than letters, or the model does not return 27
            scores.
        Stopped: the model raises an exception.
    """
    text = checked_text(text)
    with asked(f'model("{text}")'):
        found = model(text)
    scores = checked_scores(found)
    plain = log_softmax(Tensor(scores)).data
    logs = log_softmax(Tensor(scores / temperature)).data
    return Guess(text, temperature, logs, plain)


# What comes from a learner.


def checked_text(text):
    """A text as the beginning of a name: in small letters, without the point before it.

    Raises:
        ValueError: something in it is no letter, or it is too long.
    """
    text = text.strip().lower().removeprefix(LETTERS[0])
    if LETTERS[0] in text:
        raise ValueError("the point ends a name, and no letter follows it. Take it out.")
    for letter in text:
        if letter not in LETTERS:
            raise ValueError(f"the letters go from a to z, and {letter!r} is none of them.")
    if len(text) > LONGEST:
        raise ValueError(f"a beginning has at most {LONGEST} letters, and this one {len(text)}.")
    return text


def checked_scores(scores):
    """What a model returned, as an array of shape (27,).

    Raises:
        ValueError: it is not 27 scores; −∞ is a score too, of what cannot come.
    """
    array = _numbers(scores)
    if array is None or array.size != len(LETTERS) or array.shape[-1] != len(LETTERS):
        raise ValueError(f"27 scores are needed, for the point and a to z, not {_said(scores)}.")
    array = array.ravel()
    if np.isnan(array).any() or array.max() in (np.inf, -np.inf):
        raise ValueError(
            "scores are numbers, or −∞ for what cannot come; these hold nan or +∞, or nothing "
            "can come at all."
        )
    if array.min() >= 0 and math.isclose(array.sum(), 1):
        raise ValueError(
            "these 27 numbers look like probabilities: none is negative, and their sum is 1. "
            "Scores are needed, for instance the logarithms of probabilities."
        )
    return array


def _numbers(scores):
    """The scores as an array of floats; None where they are no numbers."""
    held = scores.data if isinstance(scores, Tensor) else scores
    try:
        array = np.asarray(held, float)
    except (TypeError, ValueError):
        return None
    return array if array.ndim else None


def _said(scores):
    if isinstance(scores, (list, tuple)):
        return f"{type(scores).__name__} of {len(scores)}"
    return described(scores)


def checked_models(models, text):
    """models as a dict of its own, each tried with nothing and with text.

    Raises:
        TypeError: it is no dict from names to functions.
        ValueError: it is empty, or one of them does not give 27 scores.
    """

    def try_one(name, model):
        for beginning in ("", text):
            wanted = f'does not take a text such as "{beginning}" and give 27 scores'
            with trying(f"the model {name!r} {wanted}"):
                guess(model, beginning)

    needed = "models is a dict from names to functions"
    return checked_by_name("models", models, needed, '{"pairs": next_scores}', try_one)
