"""Networks over `Value`: a neuron, a layer of neurons, a stack of layers (MLP).

A neuron computes activation(w₁x₁ + … + wₙxₙ + b). Everything here is built from the
operations of `engine.Value`, so `backward()` on a loss reaches every parameter.
"""

import random

from .engine import Value

ACTIVATIONS = {
    "tanh": Value.tanh,
    "relu": Value.relu,
    "sigmoid": Value.sigmoid,
    "linear": lambda z: z,
}


class Module:
    """What neurons, layers and networks share: a list of parameters."""

    def parameters(self):
        """The trainable Values, in a fixed order."""
        raise NotImplementedError

    def num_parameters(self):
        return len(self.parameters())

    def zero_grad(self):
        """Set every parameter's gradient to 0, as each training step must."""
        for p in self.parameters():
            p.grad = 0.0


class Neuron(Module):
    """activation(Σ wᵢxᵢ + b), with weights and bias drawn from U(-1, 1).

    Args:
        nin: the number of inputs, at least 1.
        activation: "tanh", "relu", "sigmoid" or "linear".
        rng: a `random.Random`; pass a seeded one to get the same weights again.

    Raises:
        ValueError: nin below 1, an unknown activation, or a call with other than nin inputs.
    """

    def __init__(self, nin, activation="tanh", rng=None):
        _check_count(nin, "the number of inputs")
        _check_activation(activation)
        rng = rng or random.Random()
        self.w = [Value(rng.uniform(-1, 1), label=f"w{i + 1}") for i in range(nin)]
        self.b = Value(rng.uniform(-1, 1), label="b")
        self.activation = activation

    def __call__(self, x):
        """x: a list of nin numbers or Values. Returns one Value."""
        if not hasattr(x, "__len__"):
            raise TypeError(f"this neuron takes a list of {len(self.w)} numbers, not {x!r}.")
        if len(x) != len(self.w):
            raise ValueError(f"this neuron has {len(self.w)} inputs and was given {len(x)}.")
        z = self.b
        for w, xi in zip(self.w, x):
            z = z + w * xi
        return ACTIVATIONS[self.activation](z)

    def parameters(self):
        return [*self.w, self.b]

    def __repr__(self):
        return f"Neuron({len(self.w)}, {self.activation!r})"


class Layer(Module):
    """nout neurons that all see the same nin inputs."""

    def __init__(self, nin, nout, activation="tanh", rng=None):
        _check_count(nout, "the number of neurons in a layer")
        rng = rng or random.Random()
        self.neurons = [Neuron(nin, activation, rng) for _ in range(nout)]

    def __call__(self, x):
        """x: a list of nin numbers or Values. Returns a list of nout Values."""
        return [neuron(x) for neuron in self.neurons]

    def parameters(self):
        return [p for neuron in self.neurons for p in neuron.parameters()]

    def __repr__(self):
        return f"Layer({len(self.neurons)} × {self.neurons[0]!r})"


class MLP(Module):
    """A multi-layer perceptron: each layer's outputs are the next layer's inputs.

    Args:
        nin: the number of inputs.
        nouts: the sizes of the layers in order, hidden layers first: [4, 4, 1] has
            two hidden layers of 4 neurons and an output layer of 1.
        activation: of the hidden layers.
        output_activation: of the last layer; None means the same as `activation`.
        rng: a `random.Random`, as for Neuron.
    """

    def __init__(self, nin, nouts, activation="tanh", output_activation=None, rng=None):
        if not hasattr(nouts, "__len__"):
            raise TypeError(f"nouts is a list of layer sizes, such as [4, 1], not {nouts!r}.")
        if not len(nouts):
            raise ValueError("nouts is empty; an MLP needs at least one layer, such as [4, 1].")
        _check_activation(activation)
        rng = rng or random.Random()
        sizes = [nin, *nouts]
        activations = [activation] * (len(nouts) - 1) + [output_activation or activation]
        self.layers = [Layer(*shape, rng) for shape in zip(sizes, nouts, activations)]

    def __call__(self, x):
        """x: a list of nin numbers or Values. Returns a Value, or a list where nouts ends above 1."""
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]

    def __repr__(self):
        return f"MLP({', '.join(map(repr, self.layers))})"


def _check_activation(name):
    if name not in ACTIVATIONS:
        raise ValueError(f"unknown activation {name!r}; known are {', '.join(ACTIVATIONS)}.")


def _check_count(n, what):
    if not isinstance(n, int) or n < 1:
        raise ValueError(f"{what} must be a whole number of at least 1, not {n!r}.")
