"""The letters that a model draws for one name, and what it looked at for each."""

from dataclasses import dataclass

import numpy as np

from ...data import LETTERS, encode
from ...losses import softmax
from ...tensor import Tensor
from ...tensor_nn import sample
from ..asked import asked, checked_by_name, described, trying

MOST_LETTERS = 12  # a name ends after so many, as in `tensor_nn.write`
MOST_HEADS = 8  # the picture has room for them


@dataclass(frozen=True)
class Draw:
    """One letter, drawn.

    Attributes:
        text: the letters before it, "" at first.
        probabilities: array of shape (27,), one for each of LETTERS, at the temperature.
        drawn: the number of the letter that was drawn.
        weights: array of shape (heads, T), for each head of the last block the weights of the
            last place on all T places: the point and the letters of text. None where the model
            has no attention.
    """

    text: str
    probabilities: np.ndarray
    drawn: int
    weights: np.ndarray | None

    @property
    def letter(self):
        """What was drawn; the point ends the name."""
        return LETTERS[self.drawn]

    @property
    def seen(self):
        """The point and the letters that the model has read."""
        return "." + self.text

    @property
    def after(self):
        """The text with what was drawn."""
        return self.text + self.letter

    @property
    def order(self):
        """The numbers of the letters, the likeliest first."""
        return np.argsort(-self.probabilities, kind="stable")

    @property
    def rank(self):
        """How many letters were likelier, and 1: 1 for the likeliest."""
        return int(np.flatnonzero(self.order == self.drawn)[0]) + 1

    @property
    def is_last(self):
        """Whether the name ends with it: at the point, or because it is as long as allowed."""
        return self.drawn == 0 or len(self.after) == MOST_LETTERS

    def looks_at(self, head):
        """(place, weight): where this head looks most."""
        place = int(np.argmax(self.weights[head]))
        return place, float(self.weights[head, place])


def draws(model, seed, temperature):
    """The Draws of one name, as `tensor_nn.write` with np.random.default_rng(seed) writes it.

    Raises:
        ValueError: the model does not give a Tensor of shape (1, T, 27) for letters of shape
            (1, T), or has a method `attention` that gives another shape.
        Stopped: one of the two raises an exception.
    """
    rng = np.random.default_rng(seed)
    found = []
    text = ""
    while not found or not found[-1].is_last:
        x = [[0, *encode(text)]]
        scores = _scores(model, x)
        drawn = sample(scores, rng, temperature)
        shares = softmax(Tensor(scores / temperature)).data
        found.append(Draw(text, shares, drawn, _weights(model, x)))
        text = found[-1].after
    return found


def _scores(model, x):
    """The scores of the next letter: an array of shape (27,)."""
    with asked(f"model({x})"):
        scores = model(x)
    wanted = (1, len(x[0]), len(LETTERS))
    if not isinstance(scores, Tensor) or scores.shape != wanted:
        raise ValueError(f"a Tensor of shape {wanted} is needed, not {described(scores)}.")
    last = scores.data[0, -1]
    if not np.isfinite(last).all():
        raise ValueError("some of its scores are no finite numbers.")
    return last


def _weights(model, x):
    """The attention weights of the last place in the last block, or None."""
    if not hasattr(model, "attention") or not callable(model.attention):
        return None
    with asked(f"attention({x})"):
        weights = np.asarray(model.attention(x))
    T = len(x[0])
    if weights.ndim != 5 or weights.shape[1] != 1 or weights.shape[3:] != (T, T):
        raise ValueError(
            f"its attention has shape {weights.shape}; needed is (blocks, 1, heads, {T}, {T})."
        )
    return weights[-1, 0, :, -1]


def heads_of(model):
    """How many heads the model has to show; 0 where it has no attention."""
    weights = _weights(model, [[0]])
    return 0 if weights is None else len(weights)


# What comes from a learner.


def checked_models(models):
    """models as a dict from names, each tried with the shortest and the longest text.

    models: one model, or a dict from names to models.

    Raises:
        TypeError: it is neither.
        ValueError: it is empty, or one of them does not read letters.
    """
    if callable(models):
        models = {"model": models}
    needed = "a model is needed, or a dict from names to models"
    return checked_by_name("models", models, needed, '{"mine": gpt}', _check_model)


def _check_model(name, model):
    for x in ([[0]], [[0] + [1] * (MOST_LETTERS - 1)]):
        wanted = f"take letters of shape (1, {len(x[0])}) and give 27 scores at each place"
        with trying(f"the model {name!r} does not {wanted}"):
            _scores(model, x)
            weights = _weights(model, x)
        if weights is not None and len(weights) > MOST_HEADS:
            raise ValueError(
                f"the model {name!r} has {len(weights)} heads in a block; "
                f"the picture has room for {MOST_HEADS}."
            )
