"""Convolution: one small patch of weights, moved over every place of a picture."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..module import check_count, random_source
from ..tensor import Tensor, operation, tensor
from .linear import linear
from .weights import Module


class Convolution(Module):
    """A patch of weights at every place: w of shape (size, size, nin, nout), b of shape (nout,).

    out[row, column] is the sum over i, j of x[row + i, column + j] @ w[i, j], plus b. The same
    weights are used at every place, so the gradient of each is a sum over all places. There is
    no padding: the patch stays inside the picture, which becomes size − 1 smaller each way. As
    elsewhere in this field, the patch is not flipped, as mathematics does under this name. (Y.
    LeCun et al., Gradient-based learning applied to document recognition, 1998.)

    Args:
        nin, nout: the numbers of channels in and out, each at least 1. A grey picture has one.
        size: how many squares the patch is wide and high.
        rng: a seed or a `random.Random`, as for Linear. Weights and biases are drawn from
            U(-1/√n, 1/√n), n = size·size·nin being how many numbers are added up.

    Raises:
        TypeError: an rng of another kind, or a call with something else than real numbers.
        ValueError: a count below 1, or a call with pictures of another shape, or too small.
    """

    def __init__(self, nin, nout, size=3, rng=None):
        nin = check_count(nin, "the number of channels in")
        nout = check_count(nout, "the number of channels out")
        size = check_count(size, "the size of the patch")
        rng = random_source(rng)
        count = size * size * nin
        bound = 1 / math.sqrt(count)
        drawn = [[rng.uniform(-bound, bound) for _ in range(count + 1)] for _ in range(nout)]
        drawn = np.array(drawn)  # (nout, count + 1)
        self.w = Tensor(drawn[:, :-1].T.reshape(size, size, nin, nout), label="w")
        self.b = Tensor(drawn[:, -1], label="b")  # (nout,)

    def __call__(self, x):
        """x: array, Tensor or list of shape (n, rows, columns, nin).

        Returns:
            A Tensor of shape (n, rows − size + 1, columns − size + 1, nout).
        """
        x = tensor(x, "Convolution")
        size, _, nin, nout = self.w.shape
        shape = x.shape
        if len(shape) != 4 or shape[3] != nin or min(shape[1:3]) < size:
            raise ValueError(
                f"{self!r} needs pictures of shape (n, rows, columns, {nin}) with at least "
                f"{size} rows and columns, not of shape {shape}."
            )
        seen = patches(x, size)  # (n, rows − size + 1, columns − size + 1, size·size·nin)
        return linear(seen, self.w.reshape(-1, nout), self.b)

    def named_parameters(self):
        """w and b."""
        return {"w": self.w, "b": self.b}

    def __repr__(self):
        size, _, nin, nout = self.w.shape
        return f"Convolution({nin}, {nout}, {size})"


def patches(x, size):
    """What a patch of size × size squares sees at every place of pictures x.

    x: a Tensor of shape (n, rows, columns, channels).

    Returns:
        A Tensor of shape (n, rows − size + 1, columns − size + 1, size·size·channels); in the
        last axis row by row, in each square channel by channel.
    """
    pictures = x.data
    n, _, _, channels = pictures.shape
    windows = sliding_window_view(pictures, (size, size), axis=(1, 2))
    # (n, places down, places across, channels, size, size)
    _, down, across, *_ = windows.shape
    out = windows.transpose(0, 1, 2, 4, 5, 3).reshape(n, down, across, -1)

    def rule(g):
        g = g.reshape(n, down, across, size, size, channels)
        share = np.zeros(pictures.shape)
        for i in range(size):  # a square is seen from up to size · size places: their sum
            for j in range(size):
                share[:, i : i + down, j : j + across] += g[:, :, :, i, j]
        return share

    return operation(out, "patches", (x,), (rule,))
