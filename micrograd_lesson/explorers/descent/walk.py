"""A walk downhill, as plain numbers: where it came by, and what the next step is made of."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Walk:
    """Some steps of gradient descent: v ← momentum·v + slope, then w ← w − rate·v.

    Attributes:
        w: array of shape (taken + 1, parameters): the start, and where each step led.
        losses: array of shape (taken + 1,): the loss at each w; nan where it has no value.
        slopes: array of shape (taken + 1, parameters): the derivatives there.
        velocity: array of shape (parameters,): v after the last step; 0 before the first.
        rate, momentum: of the walk.
        finite: False where the walk ended early because a step led beyond all bounds.
    """

    w: np.ndarray
    losses: np.ndarray
    slopes: np.ndarray
    velocity: np.ndarray
    rate: float
    momentum: float
    finite: bool

    @property
    def taken(self):
        """How many steps were taken."""
        return len(self.losses) - 1

    @property
    def remembered(self):
        """What momentum adds to the next v."""
        return self.momentum * self.velocity

    @property
    def next_velocity(self):
        """v in the step to come: array of shape (parameters,)."""
        return self.remembered + self.slopes[-1]

    @property
    def next_move(self):
        """What the next step adds to w."""
        with np.errstate(over="ignore"):
            return -self.rate * self.next_velocity

    @property
    def moves(self):
        """Array of shape (taken + 1, parameters): each step taken, and the one to come."""
        return np.vstack([np.diff(self.w, axis=0), self.next_move])
