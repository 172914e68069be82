"""Optimisers: how to change the parameters, once the gradients are known.

They work on anything with `data` and `grad`: scalar Values and Tensors alike. The loop:

    optimiser.zero_grad()
    loss.backward()
    optimiser.step()

`descend` is the same walk for a plain function of numbers, and keeps every step of it.
"""

import math
from dataclasses import dataclass

FAR_AWAY = 1e9  # a descent that comes this far has blown up


def check_rate(rate):
    """Raises ValueError unless the learning rate is a finite number above 0."""
    if not is_number(rate) or not (rate > 0 and math.isfinite(rate)):
        raise ValueError(f"the learning rate must be a number above 0, not {rate!r}.")


class Optimiser:
    """What the optimisers share: the parameters, and the learning rate.

    The rate may be changed at any time.

    Raises:
        TypeError: parameters is not a list of things with data and grad.
        ValueError: there are none, one is there twice, or the learning rate is not a
            number above 0.
    """

    def __init__(self, parameters, rate):
        name = type(self).__name__
        if hasattr(parameters, "grad") or not hasattr(parameters, "__iter__"):
            raise TypeError(
                f"{name} needs a list of parameters, such as model.parameters(), "
                f"not {type(parameters).__name__}."
            )
        self.parameters = list(parameters)
        self.rate = rate
        for p in self.parameters:
            if not hasattr(p, "data") or not hasattr(p, "grad"):
                raise TypeError(
                    f"{name} needs parameters with data and grad, not {type(p).__name__}."
                )
        if not self.parameters:
            raise ValueError(f"{name} was given no parameters.")
        different = {id(p) for p in self.parameters}
        if len(different) < len(self.parameters):
            raise ValueError(
                f"{name} was given the same parameter twice, and would move it twice in each step."
            )
        check_rate(rate)

    def zero_grad(self):
        """Set every parameter's gradient to 0, as each training step must."""
        for p in self.parameters:
            p.grad = 0.0

    def step(self):
        """Change every parameter's data, once."""
        raise NotImplementedError


class SGD(Optimiser):
    """Stochastic gradient descent: v ← momentum·v + gradient, then data ← data − rate·v.

    momentum from 0 (none) to below 1 keeps some of the earlier steps' direction: Polyak,
    Some methods of speeding up the convergence of iteration methods, 1964; Sutskever,
    Martens, Dahl and Hinton, On the importance of initialization and momentum in deep
    learning, 2013. As in PyTorch, the rate multiplies v as a whole.
    """

    def __init__(self, parameters, rate, momentum=0.0):
        super().__init__(parameters, rate)
        _check_share(momentum, "momentum")
        self.momentum = momentum
        self._velocities = [0.0] * len(self.parameters)

    def step(self):
        """Change every parameter's data, once."""
        rate = self.rate
        momentum = self.momentum
        for i, p in enumerate(self.parameters):
            velocity = p.grad
            if momentum != 0:
                velocity = new_velocity(self._velocities[i], velocity, momentum)
                self._velocities[i] = velocity
            # A new array each time, so that what was kept of p.data earlier stays as it was.
            p.data = p.data - rate * velocity


class Adam(Optimiser):
    """Adam: steps of about the learning rate, whatever the size of the gradients.

    Running means of the gradient, m, and of its square, v, start from 0; dividing by
    1 − βᵗ makes up for that start. Then data ← data − rate·m / (√v + eps). Kingma and
    Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1.
    """

    def __init__(self, parameters, rate=0.001, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(parameters, rate)
        for beta in betas:
            _check_share(beta, "each of betas")
        self.betas = betas
        self.eps = eps
        self._t = 0
        self._means = [0.0] * len(self.parameters)
        self._squares = [0.0] * len(self.parameters)

    def step(self):
        """Change every parameter's data, once."""
        self._t += 1
        beta1, beta2 = self.betas
        for i, p in enumerate(self.parameters):
            mean = beta1 * self._means[i] + (1 - beta1) * p.grad
            square = beta2 * self._squares[i] + (1 - beta2) * (p.grad * p.grad)
            self._means[i] = mean
            self._squares[i] = square
            m = mean / (1 - beta1**self._t)
            v = square / (1 - beta2**self._t)
            p.data = p.data - self.rate * m / (v**0.5 + self.eps)


def new_velocity(velocity, gradient, momentum):
    """v ← momentum·v + gradient, for a number or an array."""
    if momentum == 0:
        return gradient
    return momentum * velocity + gradient


@dataclass
class Path:
    """The way that `descend` took.

    Attributes:
        w: the parameter at the start and after each step; a list of numbers or of arrays.
        losses: the loss at each w, nan where it has no value there.
        slopes: the slope at each w.
        velocity: v after the last step, 0 where no step was taken.
        finite: whether all steps were taken; False where the descent blew up and ended early.
    """

    w: list
    losses: list
    slopes: list
    velocity: object
    finite: bool


def descend(loss, slope, start, rate, steps, momentum=0.0):
    """Gradient descent on a plain function, by the rule of `SGD`, with every step kept.

    Args:
        loss: a function of the parameter that gives a number.
        slope: its derivative: a number, or an array like start.
        start: where the parameter starts: one number, or an array of several.
        rate: the learning rate.
        steps: how many steps to take.
        momentum: as for SGD.

    Returns:
        A Path. It ends before the first step that would lead 1e9 or further from 0.

    Raises:
        TypeError: the loss is not a number at start.
        ValueError: steps is not a whole number of at least 0.
    """
    if not hasattr(steps, "__index__") or steps < 0:
        raise ValueError(f"steps must be a whole number of at least 0, not {steps!r}.")
    import numpy as np  # here, so that the optimisers need Python alone

    w = start
    velocity = 0.0 * start
    path = [w]
    slopes = [slope(w)]
    check_loss(loss(w))  # an error here is the learner's to see; further on it ends up as nan
    with np.errstate(all="ignore"):
        for _ in range(steps):
            next_velocity = new_velocity(velocity, slopes[-1], momentum)
            next_w = w - rate * next_velocity
            if not np.all(np.abs(next_w) < FAR_AWAY):  # nan counts as far away
                break
            w = next_w
            velocity = next_velocity
            path.append(w)
            slopes.append(slope(w))
        losses = [_loss_or_nan(loss, w) for w in path]
    return Path(path, losses, slopes, velocity, finite=len(path) == steps + 1)


def check_loss(height):
    """Refuse what a loss gave, unless it is a number.

    Raises:
        TypeError: it is none.
    """
    if not is_number(height):
        raise TypeError(f"the loss must give a number, not {type(height).__name__}.")


def is_number(x):
    """Whether x can be read as one real number; a text, a Value and an array with axes cannot."""
    try:
        float(x)
    except (TypeError, ValueError):  # a Value, an array of several numbers
        return False
    return hasattr(x, "__float__") and getattr(x, "ndim", 0) == 0


def _loss_or_nan(loss, w):
    try:
        return float(loss(w))
    except Exception:  # loss may be a learner's own function, and w may leave its domain
        return math.nan


def _check_share(x, what):
    if not hasattr(x, "__float__") or not 0 <= x < 1:
        raise ValueError(f"{what} must be at least 0 and below 1, not {x!r}.")
