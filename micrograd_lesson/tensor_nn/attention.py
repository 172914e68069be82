"""Attention: each place takes a weighted mean of all places, with weights from the data."""

import math

import numpy as np

from ..losses import softmax
from ..module import check_count, random_source
from ..tensor import tensor
from .linear import Linear
from .weights import Module, names_of


class Attention(Module):
    """softmax(q @ kᵀ / √d) @ v in several heads, and a linear layer after them.

    Each place asks with its query q, every place answers with its key k, and what the asking
    place receives is the mean of the values v, weighted by the softmax of the products q·k. Each
    head has size / heads numbers of q, k and v for itself, which is d. (A. Vaswani et al.,
    Attention is all you need, 2017.)

    Args:
        size: how many numbers there are at each place.
        heads: into how many parts they are divided; size must be a multiple of it.
        causal: whether a place sees itself and the places before it only.
        rng: a seed or a `random.Random`, as for Linear.

    Attributes:
        query, key, value, out: Linear layers, size to size.

    Raises:
        TypeError: an rng of another kind, or a call with something else than real numbers.
        ValueError: a count below 1, heads that do not divide size, or a call with inputs of
            another shape.
    """

    def __init__(self, size, heads=1, causal=True, rng=None):
        size = check_count(size, "the size of a place")
        heads = check_count(heads, "the number of heads")
        if size % heads:
            raise ValueError(f"{heads} heads cannot share {size} numbers equally.")
        rng = random_source(rng)
        self.heads = heads
        self.causal = causal
        self.query = Linear(size, size, rng, scaled=True)
        self.key = Linear(size, size, rng, scaled=True)
        self.value = Linear(size, size, rng, scaled=True)
        self.out = Linear(size, size, rng, scaled=True)

    def __call__(self, x):
        """Returns a Tensor of x's shape, (n, places, size)."""
        x = self._checked(x)
        v = self._in_heads(self.value(x))  # (n, heads, places, d)
        mixed = self.weights(x) @ v  # (n, heads, places, d)
        joined = mixed.transpose(0, 2, 1, 3).reshape(x.shape)
        return self.out(joined)

    def weights(self, x):
        """The weights of the mean: a Tensor of shape (n, heads, places that ask, places seen).

        The numbers of an asking place are positive and add up to 1; where it is causal, they
        are 0 for the places after it.
        """
        x = self._checked(x)
        q = self._in_heads(self.query(x))  # (n, heads, places, d)
        k = self._in_heads(self.key(x))
        d = q.shape[-1]
        scores = q * (1 / math.sqrt(d)) @ k.transpose(0, 1, 3, 2)  # (n, heads, places, places)
        if self.causal:
            scores = scores + future(x.shape[1])
        return softmax(scores)

    def _in_heads(self, x):
        """x of shape (n, places, size) as (n, heads, places, size / heads)."""
        n, places, size = x.shape
        return x.reshape(n, places, self.heads, size // self.heads).transpose(0, 2, 1, 3)

    def _checked(self, x):
        x = tensor(x, "Attention")
        size = len(self.out.b)
        if x.ndim != 3 or x.shape[2] != size:
            raise ValueError(
                f"{self!r} needs inputs of shape (n, places, {size}), not of shape {x.shape}."
            )
        return x

    def named_parameters(self):
        """query.w, query.b, key.w and so on."""
        return names_of(query=self.query, key=self.key, value=self.value, out=self.out)

    def __repr__(self):
        return f"Attention({len(self.out.b)}, heads={self.heads}, causal={self.causal})"


def future(places):
    """The mask: −inf right of the diagonal, where a later place would be seen, and else 0.

    Added to the scores, −inf becomes a weight of exactly 0.
    """
    later = np.triu(np.ones((places, places), bool), k=1)
    return np.where(later, -np.inf, 0.0)
