"""A forward and a backward pass through a 2-2-2 network, with every number by its name.

The rooms `forward` and `factors` show these numbers, each in its own way.

Neurons 1 and 2 are hidden, 3 and 4 give the outputs. Neuron k has the bias bk, the weighted sum
zk and the activation ak; the weights are numbered from 1 to 8, two for each neuron: w1 and w2
lead to neuron 1. The loss is L = ((a3 − y1)² + (a4 − y2)²) / 2.
"""

from dataclasses import dataclass

import numpy as np

from ..data import ice_cream
from ..nn import MLP
from ..words import class_name

INPUTS = ("x1", "x2")
# In the order of MLP(2, [2, 2]).parameters().
PARAMETERS = ("w1", "w2", "b1", "w3", "w4", "b2", "w5", "w6", "b3", "w7", "w8", "b4")
SUMS = ("z1", "z2", "z3", "z4")
ACTIVATIONS = ("a1", "a2", "a3", "a4")
TARGETS = ("y1", "y2")
DIFFERENTIATED = PARAMETERS + SUMS + ACTIVATIONS  # what has a gradient
NAMES = INPUTS + DIFFERENTIATED + TARGETS + ("L",)
MISSES = {"a3 − y1": ("a3", "y1"), "a4 − y2": ("a4", "y2")}


@dataclass(frozen=True)
class Passes:
    """Every number of both passes.

    Attributes:
        numbers: dict from each of NAMES to its number.
        gradients: dict from each of DIFFERENTIATED to the gradient of L; empty where no backward
            pass is to be seen.
    """

    numbers: dict
    gradients: dict

    @property
    def misses(self):
        """How far each output is from its target: a dict from each of MISSES."""
        return {miss: self.numbers[a] - self.numbers[y] for miss, (a, y) in MISSES.items()}

    @property
    def steepest(self):
        """The parameter whose gradient is the largest, whatever its sign."""
        return max(PARAMETERS, key=lambda name: abs(self.gradients[name]))

    def forward_alone(self):
        """The same without the backward pass."""
        return Passes(self.numbers, {})


def run(net, x, targets):
    """The Passes of net for the inputs x: two numbers, and two targets.

    net: an MLP(2, [2, 2]) over Values; afterwards its gradients are those of this loss.
    """
    a1, a2 = net.layers[0](x)
    a3, a4 = net.layers[1]([a1, a2])
    y1, y2 = targets
    loss = ((a3 - y1) ** 2 + (a4 - y2) ** 2) / 2
    net.zero_grad()
    loss.backward()

    activations = [a1, a2, a3, a4]
    values = dict(zip(PARAMETERS, net.parameters()))
    values |= zip(SUMS, _sums(net, activations))
    values |= zip(ACTIVATIONS, activations)
    numbers = {name: value.data for name, value in values.items()}
    numbers |= zip(INPUTS, x)
    numbers |= zip(TARGETS, targets)
    numbers["L"] = loss.data
    return Passes(numbers, {name: value.grad for name, value in values.items()})


def _sums(net, activations):
    """The weighted sum of each neuron: what its activation was computed from."""
    neurons = [neuron for layer in net.layers for neuron in layer.neurons]
    for neuron, a in zip(neurons, activations):
        yield a if neuron.activation == "linear" else a._prev[0]


def ice_cream_network():
    """The network of lesson 09, with its parameters."""
    _, _, parameters = ice_cream()
    net = MLP(2, [2, 2], "sigmoid")
    for p, given in zip(net.parameters(), parameters.values()):
        p.data = given
    return net


# What comes from a learner.


def check_network(net):
    """Raise a ValueError that says what is needed, unless net is an MLP(2, [2, 2]) over Values."""
    if _widths(net) != [[2, 2], [2, 2]]:
        raise ValueError(
            "this picture has room for MLP(2, [2, 2]) of micrograd_lesson.nn, two inputs, "
            f"two hidden neurons and two outputs, not for {net!r:.150} of {class_name(type(net))}."
        )


def _widths(net):
    """For each layer the number of weights of each neuron; None where net has no such neurons."""
    try:
        layers = [layer.neurons for layer in net.layers]
        kinds = [neuron.activation for neurons in layers for neuron in neurons]
        widths = [[len(neuron.w) for neuron in neurons] for neurons in layers]
    except (AttributeError, TypeError):
        return None
    return widths if all(isinstance(kind, str) for kind in kinds) else None


def checked_targets(targets):
    """targets as a list of two floats.

    Raises:
        ValueError: they are anything else than two finite numbers.
    """
    return _two_numbers(targets, "targets are two numbers, one an output, such as [0.7, 0.6]")


def checked_inputs(x):
    """x as a list of two floats.

    Raises:
        ValueError: they are anything else than two finite numbers.
    """
    return _two_numbers(x, "x holds two numbers, one an input, such as [0.5, 0.8]")


def _two_numbers(given, wanted):
    """given as a list of two floats; else a ValueError that says what is wanted."""
    try:
        numbers = np.asarray(given)
    except ValueError:  # lists of unequal lengths
        numbers = np.array(None)
    if numbers.shape != (2,) or numbers.dtype.kind not in "iuf" or not np.isfinite(numbers).all():
        raise ValueError(f"{wanted}, not {given!r:.80}.")
    return [float(number) for number in numbers]
