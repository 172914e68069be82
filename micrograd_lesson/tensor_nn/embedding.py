"""An embedding: a table with a row of trained numbers for each letter, or whatever is counted."""

import numpy as np

from ..module import check_count, random_source
from ..tensor import Tensor, real_numbers
from .weights import Module


class Embedding(Module):
    """A table w of shape (count, size), drawn from U(-1, 1): number i becomes row i.

    The same as one-hot rows times w, without the multiplications by 0. A row that is picked
    several times receives all its gradients; one that is not picked, 0. (Y. Bengio et al., A
    neural probabilistic language model, 2003.)

    Args:
        count: how many different numbers there are, 0 to count − 1.
        size: how many trained numbers stand for each.
        rng: a seed or a `random.Random`, as for Linear.

    Raises:
        TypeError: an rng of another kind, or a call with something else than whole numbers.
        ValueError: count or size below 1, or a call with a number outside 0 to count − 1.
    """

    def __init__(self, count, size, rng=None):
        count = check_count(count, "the number of rows")
        size = check_count(size, "the size of a row")
        rng = random_source(rng)
        drawn = [[rng.uniform(-1, 1) for _ in range(size)] for _ in range(count)]
        self.w = Tensor(drawn, label="w")  # (count, size)

    def __call__(self, numbers):
        """Returns a Tensor of shape (…, size), for whole numbers of shape (…)."""
        return self.w[whole_numbers(numbers, len(self.w), "Embedding")]

    def named_parameters(self):
        """w."""
        return {"w": self.w}

    def __repr__(self):
        count, size = self.w.shape
        return f"Embedding({count}, {size})"


def whole_numbers(numbers, count, where):
    """numbers as an array of whole numbers from 0 to count − 1.

    Raises:
        TypeError: they are no whole numbers in a regular shape; where says who needs them.
        ValueError: one is outside.
    """
    real_numbers(numbers, where)
    array = np.asarray(numbers)
    if array.size == 0:
        array = array.astype(int)
    if array.dtype.kind not in "iu":
        raise TypeError(f"{where} needs whole numbers, not {array.dtype} numbers.")
    outside = (array < 0) | (array >= count)
    if outside.any():
        raise ValueError(
            f"{where} knows the numbers 0 to {count - 1}, and was given {array[outside][0]}."
        )
    return array
