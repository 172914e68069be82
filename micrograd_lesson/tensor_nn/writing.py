"""Names written letter by letter, by any model that gives scores to the letters."""

import numpy as np

from ..data import LETTERS
from ..tensor import Tensor, real_numbers


def sample(scores, rng, temperature=1.0):
    """One number drawn at random, number k with the probability softmax(scores / temperature)[k].

    A temperature below 1 makes likely numbers likelier, one above 1 makes all more alike.

    Args:
        scores: an array, list or Tensor of shape (n,).
        rng: a NumPy Generator, such as np.random.default_rng(0).
        temperature: a number above 0.

    Raises:
        TypeError: scores are no real numbers, or rng is no Generator.
        ValueError: scores of another shape, nan among them, none above −inf or one of inf;
            or a temperature that is not above 0.
    """
    z = _row(scores, "sample")
    if not hasattr(rng, "integers"):  # Python's own random.Random has none
        raise TypeError(
            "rng needs a NumPy Generator, such as np.random.default_rng(0), "
            f"not {type(rng).__name__}."
        )
    if not hasattr(temperature, "__float__") or not temperature > 0:
        raise ValueError(f"the temperature must be a number above 0, not {temperature!r}.")
    powers = np.exp((z - z.max()) / temperature)
    return int(rng.choice(len(z), p=powers / powers.sum()))


def write(next_scores, rng, temperature=1.0, longest=12):
    """A name, letter by letter, until the point is drawn.

    Args:
        next_scores: a function of the text so far, "" at first, that gives a score for each
            of LETTERS, the point first.
        rng, temperature: as for `sample`.
        longest: a name ends after so many letters at the latest.

    Raises:
        TypeError, ValueError: those of `sample`; ValueError where there is not one score for
            each letter.
    """
    text = ""
    while len(text) < longest:
        scores = _row(next_scores(text), "write")
        if len(scores) != len(LETTERS):
            raise ValueError(
                f"next_scores must give {len(LETTERS)} scores, one for each of {LETTERS}, "
                f"not {len(scores)}."
            )
        drawn = sample(scores, rng, temperature)
        if drawn == 0:
            break
        text += LETTERS[drawn]
    return text


def _row(scores, where):
    """scores as an array of shape (n,), with a largest one."""
    if isinstance(scores, Tensor):
        scores = scores.data
    z = np.asarray(real_numbers(scores, where))
    if z.ndim != 1 or not z.size:
        raise ValueError(f"{where} needs a row of scores, not shape {z.shape}.")
    if not np.isfinite(z.max()):  # nan, if there is one, is the largest
        raise ValueError(f"{where} needs scores without nan, the largest a finite number.")
    return z
