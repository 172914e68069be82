"""Optimisers: how to change the parameters, once the gradients are known.

They work on anything with `data` and `grad`: scalar Values and Tensors alike. The loop:

    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
"""

import math


class Optimiser:
    """What the optimisers share: the parameters, and the learning rate, which may be changed at any time.

    Raises:
        TypeError: parameters is not a list of things with data and grad.
        ValueError: there are none, one is there twice, or the learning rate is not a number above 0.
    """

    def __init__(self, parameters, rate):
        name = type(self).__name__
        if hasattr(parameters, "grad") or not hasattr(parameters, "__iter__"):
            raise TypeError(
                f"{name} needs a list of parameters, such as model.parameters(), "
                f"not {type(parameters).__name__}."
            )
        self.parameters, self.rate = list(parameters), rate
        for p in self.parameters:
            if not hasattr(p, "data") or not hasattr(p, "grad"):
                raise TypeError(
                    f"{name} needs parameters with data and grad, not {type(p).__name__}."
                )
        if not self.parameters:
            raise ValueError(f"{name} was given no parameters.")
        if len({id(p) for p in self.parameters}) < len(self.parameters):
            raise ValueError(
                f"{name} was given the same parameter twice, and would move it twice in each step."
            )
        if not hasattr(rate, "__float__") or not (rate > 0 and math.isfinite(rate)):
            raise ValueError(f"the learning rate must be a number above 0, not {rate!r}.")

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
        self.momentum, self._velocities = momentum, [0.0] * len(self.parameters)

    def step(self):
        # A new array each time, so that what was kept of p.data earlier stays as it was.
        for i, p in enumerate(self.parameters):
            v = p.grad
            if self.momentum:
                v = self._velocities[i] = self.momentum * self._velocities[i] + v
            p.data = p.data - self.rate * v


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
        self.betas, self.eps, self._t = betas, eps, 0
        self._means, self._squares = [0.0] * len(self.parameters), [0.0] * len(self.parameters)

    def step(self):
        self._t += 1
        beta1, beta2 = self.betas
        for i, p in enumerate(self.parameters):
            m = self._means[i] = beta1 * self._means[i] + (1 - beta1) * p.grad
            v = self._squares[i] = beta2 * self._squares[i] + (1 - beta2) * (p.grad * p.grad)
            m, v = m / (1 - beta1**self._t), v / (1 - beta2**self._t)
            p.data = p.data - self.rate * m / (v**0.5 + self.eps)


def _check_share(x, what):
    if not hasattr(x, "__float__") or not 0 <= x < 1:
        raise ValueError(f"{what} must be at least 0 and below 1, not {x!r}.")
