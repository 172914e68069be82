"""A training that can be watched: a network, points, and one step of gradient descent at a time.

It shows nothing and needs no notebook:

    trainer = Trainer(*two_moons())
    trainer.step(200)
    print(trainer.losses[-1], trainer.verdict().word)
"""

import math
import operator
import random
from dataclasses import dataclass

import numpy as np

from ...data import on_their_side
from ...losses import hinge
from ...module import check_activation, check_count
from ...optim import SGD, check_rate
from ...tensor_nn import MLP
from ...words import class_name
from .points import Points
from .surgery import checked_network, set_activation, set_width, sizes_of
from .verdict import judge

TOGETHER = "points and their classes go together: give both X and y, and both Xtest and ytest."
NO_POINTS = "there are no points to learn from: add some."
NO_LOSS = (
    "the loss is no number any more, so this step was not taken: the rate is too large; "
    "lower it, then press Reset."
)


@dataclass(frozen=True, eq=False)
class Learned:
    """What a training has come to; equal only to itself.

    Attributes:
        sizes: the numbers of inputs, of neurons in each layer, and of outputs: (2, 16, 16, 1).
        activation: of the hidden layers.
        losses: the loss before the first step, and after each; nan where there is none.
        points: the Points learned from. right: how many of them lie on their side.
        held_out, right_held_out: likewise, of points not learned from; None where there are none.
        scores: array of shape (m,), the network's scores at the m points asked for.
    """

    sizes: tuple
    activation: str
    losses: list
    points: Points
    right: int
    held_out: Points | None
    right_held_out: int | None
    scores: np.ndarray

    @property
    def steps(self):
        """How many steps have been taken."""
        return len(self.losses) - 1


class Trainer:
    """Trains a network to tell two classes of points in the plane apart.

    A step is gradient descent on all points at once, weight ← weight − rate · gradient, and the
    loss is the hinge loss. Everything may be changed between steps.

    Args:
        X, y: the points, of shape (n, 2), and their classes, each 1 or −1; or 1 or 0.
        model: a `tensor_nn.MLP` of 2 inputs, hidden layers of one width, and 1 output; it is
            trained in place. Where None, a new one with two hidden layers of 16.
        rate: the learning rate, above 0.
        seed: of the weights that are drawn, a whole number.
        Xtest, ytest: points to measure by that are not learned from.

    Attributes:
        rate, width, activation: settable, from the next step on. More neurons change at first
            nothing that the network computes; fewer are the first ones; weights stay.
        points: the Points; settable.
        held_out: the Points that are not learned from, or None.
        model: the network.
        losses: the loss before the first step, and after each; the last follows every change.
        since: the step at which anything but the weights last changed.
        problem: why the last step was not taken; "" where it was.

    Whatever is refused changes nothing.

    Raises:
        TypeError, ValueError: a model, points, a rate, a seed, a width or an activation of
            another kind.
    """

    def __init__(self, X, y, model=None, *, rate=0.3, seed=0, Xtest=None, ytest=None):
        if X is None or y is None or (Xtest is None) != (ytest is None):
            raise ValueError(TOGETHER)
        check_rate(rate)
        self._points = Points.of(X, y)
        self.held_out = None if Xtest is None else Points.of(Xtest, ytest)
        self._seed = _checked_seed(seed)
        self.model = self._new_network() if model is None else checked_network(model)
        self._start = [p.data for p in self.model.parameters()]
        self._rate = rate
        self.losses = [math.nan]
        self.problem = ""
        self._changed()

    def _new_network(self):
        rng = random.Random(self._seed)
        return MLP(2, [16, 16, 1], "relu", "linear", rng, scaled=True)

    # What may be changed.

    @property
    def rate(self):
        """The learning rate, above 0."""
        return self._rate

    @rate.setter
    def rate(self, rate):
        check_rate(rate)
        if rate != self._rate:
            self._rate = rate
            self.since = self.steps

    @property
    def width(self):
        """The number of neurons in each hidden layer."""
        return sizes_of(self.model)[1]

    @width.setter
    def width(self, width):
        width = check_count(width, "the width")
        if width == self.width:
            return
        if self.steps == 0:  # nothing is learned yet, so the first weights are there to return to
            self._put_weights(self._start)
        set_width(self.model, width, random.Random(self._seed))
        self._changed()

    @property
    def activation(self):
        """The activation of the hidden layers."""
        return self.model.activations[0]

    @activation.setter
    def activation(self, activation):
        check_activation(activation)
        if activation != self.activation:
            set_activation(self.model, activation)
            self._changed()

    @property
    def points(self):
        """The `Points` learned from."""
        return self._points

    @points.setter
    def points(self, points):
        if not isinstance(points, Points):
            kind = class_name(type(points))
            raise TypeError(f"points must be Points, as Points.of(X, y) makes them, not {kind}.")
        self._points = Points.of(points.X, points.y)  # which checks those made in another way
        self._changed()

    @property
    def steps(self):
        """How many steps have been taken."""
        return len(self.losses) - 1

    # What it does.

    def step(self, n=1):
        """Take n steps; fewer where one would leave no loss.

        That one is not taken, and `problem` says why.

        Returns:
            How many were taken.

        Raises:
            ValueError: n is not a whole number of at least 1.
        """
        n = check_count(n, "the number of steps")
        for taken in range(n):
            self.problem = self._why_no_step()
            if not self.problem:
                self._descend()
            if self.problem:
                return taken
        return n

    def reset(self):
        """Go back to step 0 and the first weights, in the present width and activation."""
        width = self.width
        self.losses = [math.nan]
        self.problem = ""
        self._put_weights(self._start)
        set_width(self.model, width, random.Random(self._seed))
        self._changed()

    def learned(self, grid):
        """What there is to show. The same object again, as long as nothing has changed.

        Args:
            grid: array of shape (m, 2), points for which the scores are wanted.
        """
        if self._learned is None or self._grid is not grid:
            self._learned = self._look(grid)
            self._grid = grid
        return self._learned

    def verdict(self):
        """What the training does, a Verdict."""
        right = self._right(self.points)
        return judge(self.losses[self.since :], self.steps, len(self.points), right)

    # How it does that.

    def _why_no_step(self):
        if not len(self.points):
            return NO_POINTS
        if not math.isfinite(self.losses[-1]):
            return NO_LOSS
        return ""

    def _descend(self):
        """One step. Where it leaves no loss, or is interrupted, the weights stay as they were."""
        parameters = self.model.parameters()
        before = [p.data for p in parameters]
        loss = math.nan
        try:
            with np.errstate(all="ignore"):
                gap = hinge(self.model(self.points.X), self.points.y)
                self.model.zero_grad()
                gap.backward()
                SGD(parameters, self.rate).step()
            loss = self._loss()
        finally:
            if not math.isfinite(loss):
                self._put_weights(before)
        if math.isfinite(loss):
            self.losses.append(loss)
            self._learned = None
        else:
            self.problem = NO_LOSS

    def _put_weights(self, arrays):
        for parameter, data in zip(self.model.parameters(), arrays):
            parameter.data = data
            parameter.grad = 0.0

    def _changed(self):
        """The points or the network are others: so is the last loss; judging starts anew."""
        self._learned = None
        self._grid = None
        self.losses[-1] = self._loss()
        self.since = self.steps

    def _scores(self, X):
        """The network's scores for points of shape (n, 2): shape (n,)."""
        with np.errstate(all="ignore"):
            return self.model(X).data

    def _right(self, points):
        """How many points lie on the side of their class."""
        return on_their_side(self._scores(points.X), points.y)

    def _loss(self):
        if not len(self.points):
            return math.nan
        with np.errstate(all="ignore"):
            return hinge(self.model(self.points.X), self.points.y).item()

    def _look(self, grid):
        right_held_out = None
        if self.held_out is not None:
            right_held_out = self._right(self.held_out)
        return Learned(
            sizes_of(self.model),
            self.activation,
            list(self.losses),
            self.points,
            self._right(self.points),
            self.held_out,
            right_held_out,
            self._scores(grid),
        )


def _checked_seed(seed):
    """seed as an int; TypeError where it is none."""
    try:
        return operator.index(seed)
    except TypeError:
        raise TypeError(f"the seed must be a whole number, such as 0, not {seed!r:.60}.") from None
