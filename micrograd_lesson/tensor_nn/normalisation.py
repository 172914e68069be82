"""Normalisation: the numbers of each place brought to mean 0 and variance 1."""

import numpy as np

from ..module import check_count
from ..tensor import Tensor, operation, tensor
from .weights import Module


class LayerNorm(Module):
    """(x − mean) / √(variance + eps) · gain + shift, with mean and variance along the last axis.

    The variance divides by size. gain starts as ones, shift as zeros. (J. L. Ba, J. R. Kiros
    and G. E. Hinton, Layer normalization, 2016.)

    Args:
        size: how many numbers there are along the last axis.
        eps: keeps the quotient finite where all of them are equal.

    Raises:
        TypeError: a call with something else than real numbers.
        ValueError: size below 1, or a call with another number of numbers.
    """

    def __init__(self, size, eps=1e-5):
        size = check_count(size, "the size")
        self.eps = eps
        self.gain = Tensor(np.ones(size), label="gain")
        self.shift = Tensor(np.zeros(size), label="shift")

    def __call__(self, x):
        """Returns a Tensor of x's shape, (…, size)."""
        x = tensor(x, "LayerNorm")
        if x.shape[-1:] != self.gain.shape:
            raise ValueError(
                f"{self!r} needs inputs of shape (…, {len(self.gain)}), not of shape {x.shape}."
            )
        return _normalised(x, self.gain, self.shift, self.eps)

    def named_parameters(self):
        """gain and shift."""
        return {"gain": self.gain, "shift": self.shift}

    def __repr__(self):
        return f"LayerNorm({len(self.gain)})"


def _normalised(x, gain, shift, eps):
    """All of it as one operation: with h = g·gain, x receives (h − mean h − z·mean(h·z)) / √…"""
    centred = x.data - _mean(x.data)
    scale = 1 / np.sqrt(_mean(centred * centred) + eps)  # (…, 1)
    z = centred * scale  # (…, size)
    gains = gain.data

    def rule_x(g):
        h = g * gains
        return scale * (h - _mean(h) - z * _mean(h * z))

    def rule_gain(g):
        return g * z

    def rule_shift(g):
        return g

    out = z * gains + shift.data
    return operation(out, "normalise", (x, gain, shift), (rule_x, rule_gain, rule_shift))


def _mean(a):
    """The mean along the last axis, which stays, with size 1: as a product, which is faster."""
    size = a.shape[-1]
    means = a.reshape(-1, size).dot(np.full(size, 1 / size))
    return means.reshape(*a.shape[:-1], 1)
