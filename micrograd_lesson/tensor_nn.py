"""Networks over `Tensor`: a linear layer, and a stack of them (MLP), for many examples at once.

The networks are those of `nn`. From the same seed they draw the same weights in the same
order, so that both can be compared number by number: column j of a layer's w, and entry j
of its b, are the weights and the bias of neuron j.

A model's weights are saved as an .npz file: one array for each name in
`named_parameters()`, and one string `header`, JSON with the keys format, version and
model. Such a file opens with `numpy.load` alone.
"""

import io
import json
import math
import random
from pathlib import Path

import numpy as np

from .tensor import Tensor, operation, real_numbers

ACTIVATIONS = {
    "tanh": Tensor.tanh,
    "relu": Tensor.relu,
    "sigmoid": Tensor.sigmoid,
    "linear": lambda z: z,
}
FORMAT, VERSION = "micrograd_lesson weights", 1


class Module:
    """What layers and networks share: named parameters, saved and loaded."""

    def named_parameters(self):
        """The trainable Tensors by name, in a fixed order."""
        raise NotImplementedError

    def parameters(self):
        return list(self.named_parameters().values())

    def num_parameters(self):
        """How many numbers are trained, all entries of all parameters."""
        return sum(p.data.size for p in self.parameters())

    def zero_grad(self):
        """Set every parameter's gradient to 0, as each training step must."""
        for p in self.parameters():
            p.grad = 0.0

    def save(self, path):
        """Write the weights to a file; the module's docstring describes its format."""
        header = json.dumps({"format": FORMAT, "version": VERSION, "model": repr(self)})
        file = io.BytesIO()
        np.savez(
            file, header=header, **{name: p.data for name, p in self.named_parameters().items()}
        )
        Path(path).write_bytes(file.getvalue())

    def load(self, path):
        """Take the weights from a file that `save` wrote.

        Raises:
            OSError: there is no such file, or it cannot be read.
            ValueError: the file is damaged, holds the weights of another model, or a weight
                that is not finite. The weights are then as they were before.
        """
        file = io.BytesIO(Path(path).read_bytes())
        try:
            with np.load(file, allow_pickle=False) as archive:
                arrays = dict(archive)
            header = json.loads(arrays.pop("header").item())
            kind, model = (header["format"], header["version"]), header["model"]
        except Exception:  # a damaged archive can fail in any of its many layers
            raise ValueError(f"{path} is damaged, or is not a file of weights.") from None
        if kind != (FORMAT, VERSION):
            raise ValueError(
                f"{path} is of the format {kind[0]!r} version {kind[1]}, "
                f"not {FORMAT!r} version {VERSION}."
            )
        if model != repr(self):
            raise ValueError(f"{path} holds the weights of {model}, not of {self!r}.")
        parameters = self.named_parameters()
        found = {name: a.shape for name, a in arrays.items() if a.dtype.kind == "f"}
        if found != {name: p.shape for name, p in parameters.items()} or len(found) != len(arrays):
            raise ValueError(f"{path} is damaged: its arrays are not those of {self!r}.")
        for name, a in arrays.items():
            if not np.isfinite(a).all():
                raise ValueError(
                    f"{path} holds nan or inf in its array {name}: no network can use such a weight."
                )
        for name, p in parameters.items():
            p.data = arrays[name].astype(p.data.dtype)


class Linear(Module):
    """x @ w + b, with w of shape (nin, nout) and b of shape (nout,), drawn from U(-1, 1).

    Args:
        nin, nout: the numbers of inputs and outputs, each at least 1.
        rng: a `random.Random`; pass a seeded one to get the same weights again.
        scaled: draw from U(-1/√nin, 1/√nin) instead, as PyTorch's Linear does, so that
            the sums of many inputs do not saturate what follows. (LeCun et al., Efficient
            BackProp, 1998, divide by √nin too; their weights are √3 times as large.)

    Raises:
        ValueError: nin or nout below 1, or a call with inputs of another number.
    """

    def __init__(self, nin, nout, rng=None, scaled=False):
        _check_count(nin, "the number of inputs")
        _check_count(nout, "the number of neurons in a layer")
        rng = rng or random.Random()
        drawn = np.array([[rng.uniform(-1, 1) for _ in range(nin + 1)] for _ in range(nout)])
        if scaled:
            drawn /= math.sqrt(nin)
        self.w, self.b = Tensor(drawn[:, :-1].T, label="w"), Tensor(drawn[:, -1], label="b")

    def __call__(self, x):
        """x: array, Tensor or nested list of shape (…, nin). Returns a Tensor of shape (…, nout)."""
        w, b = self.w, self.b
        X, W = x.data if isinstance(x, Tensor) else np.asarray(real_numbers(x, "Linear")), w.data
        if X.shape[-1:] != W.shape[:1]:
            raise ValueError(
                f"{self!r} needs inputs of shape (…, {len(w)}), not of shape {X.shape}."
            )
        if X.ndim != 2:
            return (x if isinstance(x, Tensor) else X) @ w + b
        # The same in one operation: for each layer, one array and one step back less.
        out = X.dot(W)  # for two axes, dot is @ with a shorter start
        out += b.data
        rules = (
            lambda g: X.T.dot(g),
            lambda g: np.ones(len(g), g.dtype).dot(g),
        )  # g.sum(0), by the faster product
        if not isinstance(x, Tensor):
            return operation(out, "linear", (w, b), rules)
        return operation(out, "linear", (x, w, b), (lambda g: g.dot(W.T), *rules))

    def named_parameters(self):
        return {"w": self.w, "b": self.b}

    def __repr__(self):
        return "Linear({}, {})".format(*self.w.shape)


class MLP(Module):
    """A multi-layer perceptron: each layer's outputs are the next layer's inputs.

    Args:
        nin: the number of inputs.
        nouts: the sizes of the layers in order, hidden layers first: [4, 4, 1] has
            two hidden layers of 4 neurons and an output layer of 1.
        activation: of the hidden layers: "tanh", "relu", "sigmoid" or "linear".
        output_activation: of the last layer; None means the same as `activation`.
        rng: a `random.Random`, as for Linear.
        scaled: smaller first weights, as for Linear; wide networks need them.

    Raises:
        ValueError: no layer, a size below 1, or an unknown activation.
    """

    def __init__(
        self, nin, nouts, activation="tanh", output_activation=None, rng=None, scaled=False
    ):
        if not hasattr(nouts, "__len__"):
            raise TypeError(f"nouts is a list of layer sizes, such as [4, 1], not {nouts!r}.")
        if not len(nouts):
            raise ValueError("nouts is empty; an MLP needs at least one layer, such as [4, 1].")
        self.activations = [activation] * (len(nouts) - 1) + [output_activation or activation]
        for name in self.activations:
            if name not in ACTIVATIONS:
                raise ValueError(
                    f"unknown activation {name!r}; known are {', '.join(ACTIVATIONS)}."
                )
        rng = rng or random.Random()
        self.layers = [Linear(*shape, rng, scaled) for shape in zip([nin, *nouts], nouts)]
        for name, p in self.named_parameters().items():
            p.label = name

    def __call__(self, x):
        """x: array, Tensor or nested list of shape (…, nin), one row for each example.

        Returns:
            A Tensor of shape (…, nouts[-1]); of shape (…) where nouts ends in 1.
        """
        for layer, activation in zip(self.layers, self.activations):
            x = ACTIVATIONS[activation](layer(x))
        if x.shape[-1] > 1:
            return x
        return operation(x.data[..., 0], "reshape", (x,), (lambda g: g[..., None],))

    def named_parameters(self):
        return {
            f"{name}{i}": p
            for i, layer in enumerate(self.layers, 1)
            for name, p in layer.named_parameters().items()
        }

    def __repr__(self):
        sizes = [layer.w.shape for layer in self.layers]
        return (
            f"MLP({sizes[0][0]}, {[nout for _, nout in sizes]}, "
            f"{self.activations[0]!r}, {self.activations[-1]!r})"
        )


def _check_count(n, what):
    if not isinstance(n, int) or n < 1:
        raise ValueError(f"{what} must be a whole number of at least 1, not {n!r}.")
