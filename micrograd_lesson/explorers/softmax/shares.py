"""The softmax of a few scores, the cross-entropy of one class, and the gradient of each score.

All three are the array engine's, and hold for scores of ±1000 too.
"""

from dataclasses import dataclass

import numpy as np

from ...losses import log_softmax, softmax_cross_entropy
from ...tensor import Tensor


@dataclass(frozen=True)
class Shares:
    """What the softmax makes of scores, and what the cross-entropy says to it.

    Attributes:
        scores: array of shape (classes,).
        right: the right class, counted from 0.
        logs: the logarithms of the probabilities; these stay finite where one is nearly 0.
        loss: the cross-entropy, −log of the right class's probability.
        gradient: array of shape (classes,), of the loss for each score.
    """

    scores: np.ndarray
    right: int
    logs: np.ndarray
    loss: float
    gradient: np.ndarray

    @property
    def probabilities(self):
        """e^score of each, divided by their sum."""
        return np.exp(self.logs)

    @property
    def heights(self):
        """e^score of each, as a share of the largest."""
        return np.exp(self.scores - self.scores.max())

    @property
    def log_sum(self):
        """The logarithm of the sum of e^score."""
        return float(self.scores[0] - self.logs[0])


def share(scores, right):
    """The Shares of scores, a sequence of numbers; right: the right class, counted from 0."""
    row = Tensor([list(scores)])
    loss = softmax_cross_entropy(row, [right])
    loss.backward()
    logs = log_softmax(Tensor(row.data)).data[0]
    return Shares(row.data[0], right, logs, abs(loss.item()), row.grad[0])
