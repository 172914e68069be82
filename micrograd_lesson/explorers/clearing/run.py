"""Gradient descent on the loss (w − 3)² from w = 0, with and without clearing w.grad."""

from dataclasses import dataclass

from ...engine import Value

START = 0.0
LOWEST = 3.0  # the w of the smallest loss


@dataclass(frozen=True)
class Run:
    """A descent; entry k of each list belongs to step k, before it is taken.

    Attributes:
        w: the parameter.
        losses: the loss at w.
        own: the gradient of the loss at w: what this step's backward pass brings.
        held: what w.grad holds after that backward pass, and what the step uses.
    """

    w: list
    losses: list
    own: list
    held: list


@dataclass(frozen=True)
class Moment:
    """One step of two descents that differ in one line only: `w.grad = 0.0`.

    Attributes:
        step: how many steps were taken.
        rate: the learning rate.
        clears: which of the two is looked at: whether it clears.
        cleared, never: the two, each a `Run`.
    """

    step: int
    rate: float
    clears: bool
    cleared: Run
    never: Run

    @property
    def run(self):
        """The one that is looked at."""
        return self.cleared if self.clears else self.never

    @property
    def w(self):
        """The parameter after this step."""
        return self.run.w[self.step]

    @property
    def loss(self):
        """The loss after this step."""
        return self.run.losses[self.step]

    @property
    def own(self):
        """The gradient that belongs to this step."""
        return self.run.own[self.step]

    @property
    def held(self):
        """What w.grad holds when the step is taken."""
        return self.run.held[self.step]

    @property
    def before(self):
        """What w.grad held when this step's backward pass began."""
        return 0.0 if self.clears or self.step == 0 else self.run.held[self.step - 1]

    @property
    def move(self):
        """What the step adds to w."""
        return -self.rate * self.held

    @property
    def own_move(self):
        """What it would add, if w.grad held this step's own gradient alone."""
        return -self.rate * self.own


def loss_of(w):
    """(w − 3)² as lesson 05 writes it; w: a Value."""
    d = w - LOWEST
    return d * d


def run(rate, steps, clears):
    """The Run of so many steps, and of the one to come.

    clears: whether w.grad is set to 0 before each backward pass.
    """
    w = Value(START, "w")
    taken = Run([], [], [], [])
    for _ in range(steps + 1):
        if clears:
            w.grad = 0.0
        loss = loss_of(w)
        loss.backward()
        taken.w.append(w.data)
        taken.losses.append(loss.data)
        taken.own.append(_gradient_at(w.data))
        taken.held.append(w.grad)
        w.data -= rate * w.grad
    return taken


def _gradient_at(place):
    """The gradient of the loss there, by a Value that holds nothing from before."""
    w = Value(place)
    loss_of(w).backward()
    return w.grad
