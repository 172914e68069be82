"""What the networks of both engines share: their base class, activations, sizes and seeds.

`nn` builds networks of scalar Values from it, `tensor_nn` networks of Tensors. Nothing
here computes, and nothing here needs more than Python's standard library.
"""

import operator
import random

ACTIVATIONS = ("tanh", "relu", "sigmoid", "linear")


class Module:
    """Whatever has parameters to train: a neuron, a layer, a whole network."""

    def parameters(self):
        """The trainable values, in a fixed order."""
        raise NotImplementedError

    def num_parameters(self):
        """How many there are."""
        return len(self.parameters())

    def zero_grad(self):
        """Set every parameter's gradient to 0, as each training step must."""
        for p in self.parameters():
            p.grad = 0.0


def activate(z, activation):
    """z.tanh(), z.relu() or z.sigmoid(), by name; "linear" leaves z as it is."""
    if activation == "linear":
        return z
    method = getattr(z, activation)
    return method()


def check_activation(name):
    """Raises ValueError, with the names that are known, for any other name."""
    if name not in ACTIVATIONS:
        raise ValueError(f"unknown activation {name!r}; known are {', '.join(ACTIVATIONS)}.")


def check_count(n, what):
    """n as an int: Python's whole numbers and NumPy's count. Raises ValueError below 1."""
    try:
        count = operator.index(n)
    except TypeError:
        count = 0
    if count < 1:
        raise ValueError(f"{what} must be a whole number of at least 1, not {n!r}.")
    return count


def plan_layers(nin, nouts, activation, output_activation):
    """The layers of a multi-layer perceptron, in order: a list of (nin, nout, activation).

    Args:
        nin: the number of inputs.
        nouts: the sizes of the layers, hidden layers first.
        activation: of the hidden layers.
        output_activation: of the last layer; None means the same as `activation`.

    Raises:
        TypeError: nouts is not a list of sizes.
        ValueError: nouts is empty, or an activation is unknown.
    """
    if not hasattr(nouts, "__len__"):
        raise TypeError(f"nouts is a list of layer sizes, such as [4, 1], not {nouts!r}.")
    if len(nouts) == 0:
        raise ValueError("nouts is empty; an MLP needs at least one layer, such as [4, 1].")
    if output_activation is None:
        output_activation = activation
    check_activation(activation)
    check_activation(output_activation)

    layers = []
    last = len(nouts) - 1
    for i, nout in enumerate(nouts):
        layers.append((nin, nout, output_activation if i == last else activation))
        nin = nout
    return layers


def random_source(rng):
    """Where first weights are drawn from: something with uniform(a, b).

    Args:
        rng: None for other weights each time; a whole number, the seed, for the same
            again; or a `random.Random` (or NumPy's Generator), which is used as it is.

    Raises:
        TypeError: rng is anything else.
    """
    if rng is None:
        return random.Random()
    if hasattr(rng, "uniform"):
        return rng
    try:
        seed = operator.index(rng)
    except TypeError:
        raise TypeError(
            f"rng needs a whole number, the seed, or a random.Random, "
            f"not {type(rng).__name__} {rng!r:.60}."
        ) from None
    return random.Random(seed)
