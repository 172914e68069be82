"""Networks over `Value`: a neuron, a layer of neurons, a stack of layers (MLP).

A neuron computes activation(w₁x₁ + … + wₙxₙ + b). Everything here is built from the
operations of `engine.Value`, so `backward()` on a loss reaches every parameter.
"""

from .engine import Value
from .module import Module, activate, check_activation, check_count, plan_layers, random_source


class Neuron(Module):
    """activation(Σ wᵢxᵢ + b), with weights and bias drawn from U(-1, 1).

    Args:
        nin: the number of inputs, at least 1.
        activation: "tanh", "relu", "sigmoid" or "linear".
        rng: a seed or a `random.Random`, to get the same weights again; None for others each time.

    Raises:
        TypeError: an rng of another kind.
        ValueError: nin below 1, an unknown activation, or a call with other than nin inputs.
    """

    def __init__(self, nin, activation="tanh", rng=None):
        nin = check_count(nin, "the number of inputs")
        check_activation(activation)
        rng = random_source(rng)
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
        return activate(z, self.activation)

    def parameters(self):
        """The weights, then the bias."""
        return [*self.w, self.b]

    def __repr__(self):
        return f"Neuron({len(self.w)}, {self.activation!r})"


class Layer(Module):
    """nout neurons that all see the same nin inputs. The arguments are those of Neuron."""

    def __init__(self, nin, nout, activation="tanh", rng=None):
        nout = check_count(nout, "the number of neurons in a layer")
        rng = random_source(rng)
        self.neurons = [Neuron(nin, activation, rng) for _ in range(nout)]

    def __call__(self, x):
        """x: a list of nin numbers or Values. Returns a list of nout Values."""
        return [neuron(x) for neuron in self.neurons]

    def parameters(self):
        """Neuron by neuron."""
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
        rng: a seed or a `random.Random`, as for Neuron.

    Raises:
        TypeError: nouts is not a list of sizes, or an rng of another kind.
        ValueError: no layer, a size below 1, or an unknown activation.
    """

    def __init__(self, nin, nouts, activation="tanh", output_activation=None, rng=None):
        plan = plan_layers(nin, nouts, activation, output_activation)
        rng = random_source(rng)
        self.layers = [Layer(*shape_and_activation, rng) for shape_and_activation in plan]

    def __call__(self, x):
        """x: a list of nin numbers or Values. Returns a Value; a list where nouts ends above 1."""
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        """Layer by layer."""
        return [p for layer in self.layers for p in layer.parameters()]

    def __repr__(self):
        return f"MLP({', '.join(map(repr, self.layers))})"
