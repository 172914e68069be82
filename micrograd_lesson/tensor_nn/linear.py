"""A linear layer, and a stack of them: the multi-layer perceptron.

From the same seed they draw the same weights as `nn`'s, in the same order, so that both can be
compared number by number: column j of a layer's w, and entry j of its b, are the weights and
the bias of neuron j.
"""

import math

import numpy as np

from ..module import activate, check_count, plan_layers, random_source
from ..tensor import Tensor, operation, sum_of_rows, tensor
from .weights import Module


class Linear(Module):
    """x @ w + b, with w of shape (nin, nout) and b of shape (nout,), drawn from U(-1, 1).

    Args:
        nin, nout: the numbers of inputs and outputs, each at least 1.
        rng: a seed or a `random.Random`, to get the same weights again; None for others each time.
        scaled: draw from U(-1/√nin, 1/√nin) instead, as PyTorch's Linear does, so that
            the sums of many inputs do not saturate what follows. (LeCun et al., Efficient
            BackProp, 1998, divide by √nin too; their weights are √3 times as large.)

    Raises:
        TypeError: an rng of another kind, or a call with something else than real numbers.
        ValueError: nin or nout below 1, or a call with inputs of another number.
    """

    def __init__(self, nin, nout, rng=None, scaled=False):
        nin = check_count(nin, "the number of inputs")
        nout = check_count(nout, "the number of neurons in a layer")
        rng = random_source(rng)
        neurons = []
        for _ in range(nout):  # neuron by neuron, as nn does: its weights, and then its bias
            neurons.append([rng.uniform(-1, 1) for _ in range(nin + 1)])
        drawn = np.array(neurons)  # (nout, nin + 1)
        if scaled:
            drawn /= math.sqrt(nin)
        self.w = Tensor(drawn[:, :-1].T, label="w")  # (nin, nout)
        self.b = Tensor(drawn[:, -1], label="b")  # (nout,)

    def __call__(self, x):
        """Returns a Tensor of shape (…, nout), for x an array, Tensor or list of shape (…, nin)."""
        x = tensor(x, "Linear")
        shape = x.data.shape
        if not shape or shape[-1] != len(self.w.data):
            raise ValueError(
                f"{self!r} needs inputs of shape (…, {len(self.w)}), not of shape {shape}."
            )
        if len(shape) == 2:
            return _linear_of_rows(x, self.w, self.b)
        if len(shape) == 1:
            return x @ self.w + self.b
        return linear(x, self.w, self.b)

    def named_parameters(self):
        """w and b."""
        return {"w": self.w, "b": self.b}

    def __repr__(self):
        nin, nout = self.w.shape
        return f"Linear({nin}, {nout})"


class MLP(Module):
    """A multi-layer perceptron: each layer's outputs are the next layer's inputs.

    Args:
        nin: the number of inputs.
        nouts: the sizes of the layers in order, hidden layers first: [4, 4, 1] has
            two hidden layers of 4 neurons and an output layer of 1.
        activation: of the hidden layers: "tanh", "relu", "sigmoid" or "linear".
        output_activation: of the last layer; None means the same as `activation`.
        rng: a seed or a `random.Random`, as for Linear.
        scaled: smaller first weights, as for Linear; wide networks need them.

    Raises:
        TypeError: nouts is not a list of sizes, or an rng of another kind.
        ValueError: no layer, a size below 1, or an unknown activation.
    """

    def __init__(
        self, nin, nouts, activation="tanh", output_activation=None, rng=None, scaled=False
    ):
        plan = plan_layers(nin, nouts, activation, output_activation)
        rng = random_source(rng)
        self.layers = []
        self.activations = []
        for layer_nin, layer_nout, layer_activation in plan:
            self.layers.append(Linear(layer_nin, layer_nout, rng, scaled))
            self.activations.append(layer_activation)
        for name, p in self.named_parameters().items():
            p.label = name

    def __call__(self, x):
        """x: array, Tensor or nested list of shape (…, nin), one row for each example.

        Returns:
            A Tensor of shape (…, nouts[-1]); of shape (…) where nouts ends in 1.
        """
        for layer, activation in zip(self.layers, self.activations):
            x = activate(layer(x), activation)
        return _only_column(x) if x.shape[-1] == 1 else x

    def named_parameters(self):
        """w1, b1, w2, b2 and so on, layer by layer."""
        named = {}
        for i, layer in enumerate(self.layers, 1):
            named[f"w{i}"] = layer.w
            named[f"b{i}"] = layer.b
        return named

    def __repr__(self):
        nin = self.layers[0].w.shape[0]
        nouts = [layer.w.shape[1] for layer in self.layers]
        return f"MLP({nin}, {nouts}, {self.activations[0]!r}, {self.activations[-1]!r})"


def linear(x, w, b):
    """x @ w + b for x of shape (…, n, nin), all axes of x but the last taken as one."""
    nin, nout = w.shape
    return _linear_of_rows(x.reshape(-1, nin), w, b).reshape(*x.shape[:-1], nout)


def _linear_of_rows(x, w, b):
    """x @ w + b as one operation, x of shape (n, nin): one array and one step back less."""
    x_data = x.data
    w_data = w.data
    out = x_data.dot(w_data)  # (n, nout)
    out += b.data

    def rule_x(g):  # (n, nout) @ (nout, nin)
        return g.dot(w_data.T)

    def rule_w(g):  # (nin, n) @ (n, nout)
        return x_data.T.dot(g)

    return operation(out, "linear", (x, w, b), (rule_x, rule_w, sum_of_rows))


def _only_column(x):
    """x of shape (…, 1) as shape (…)."""

    def rule(g):
        return g[..., None]

    return operation(x.data[..., 0], "reshape", (x,), (rule,))
