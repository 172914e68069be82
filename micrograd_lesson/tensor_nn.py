"""Networks over `Tensor`: a linear layer, and a stack of them (MLP), for many examples at once.

The networks are those of `nn`. From the same seed they draw the same weights in the same
order, so that both can be compared number by number: column j of a layer's w, and entry j
of its b, are the weights and the bias of neuron j.

A model's weights are saved as an .npz file: one array for each name in
`named_parameters()`, and one string `header`, JSON with the keys format, version and
model. Such a file opens with `numpy.load` alone.
"""

import json
import math
import os
import tempfile
from pathlib import Path

import numpy as np

from . import module
from .module import ACTIVATIONS, activate, check_count, plan_layers, random_source
from .tensor import Tensor, operation, sum_of_rows, tensor

__all__ = ["ACTIVATIONS", "MLP", "Linear", "Module"]

FORMAT = "micrograd_lesson weights"
VERSION = 1


class Module(module.Module):
    """What layers and networks of Tensors share: named parameters, saved and loaded."""

    def named_parameters(self):
        """The trainable Tensors by name, in a fixed order."""
        raise NotImplementedError

    def parameters(self):
        """The trainable Tensors, in the same order."""
        return list(self.named_parameters().values())

    def num_parameters(self):
        """How many numbers are trained, all entries of all parameters."""
        return sum(p.data.size for p in self.parameters())

    def save(self, path):
        """Write the weights to a file; the module's docstring describes its format.

        The file is complete at once: who reads it meanwhile, or after the disk was full, finds
        the one that was there before.

        Raises:
            OSError: the file cannot be written.
            ValueError: a weight is not finite.
        """
        header = json.dumps({"format": FORMAT, "version": VERSION, "model": repr(self)})
        arrays = {name: p.data for name, p in self.named_parameters().items()}
        for name, array in arrays.items():
            if not np.isfinite(array).all():
                raise ValueError(
                    f"{name} holds nan or inf, so these weights are of no use and are not saved."
                )
        _write_whole(Path(path), lambda file: np.savez(file, header=header, **arrays))

    def load(self, path):
        """Take the weights from a file that `save` wrote.

        Raises:
            OSError: there is no such file, or it cannot be read.
            ValueError: the file is damaged, holds the weights of another model, or a weight
                that is not finite. The weights are then as they were before.
        """
        header, arrays = _read_archive(path)
        self._check_header(path, header)
        self._check_arrays(path, arrays)
        for name, p in self.named_parameters().items():
            p.data = arrays[name]

    def _check_header(self, path, header):
        """ValueError unless a file with this header is of weights for this model."""
        if header["format"] != FORMAT or header["version"] != VERSION:
            raise ValueError(
                f"{path} is of the format {header['format']!r} version {header['version']}, "
                f"not {FORMAT!r} version {VERSION}."
            )
        if header["model"] != repr(self):
            raise ValueError(f"{path} holds the weights of {header['model']}, not of {self!r}.")

    def _check_arrays(self, path, arrays):
        """ValueError unless the arrays are finite numbers in the shapes of the parameters."""
        found = {name: (a.dtype.kind, a.shape) for name, a in arrays.items()}
        expected = {name: ("f", p.shape) for name, p in self.named_parameters().items()}
        if found != expected:
            raise ValueError(f"{path} is damaged: its arrays are not those of {self!r}.")
        for name, array in arrays.items():
            if not np.isfinite(array).all():
                raise ValueError(
                    f"{path} holds nan or inf in its array {name}: "
                    "no network can use such a weight."
                )


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
        if shape[-1:] != self.w.data.shape[:1]:
            raise ValueError(
                f"{self!r} needs inputs of shape (…, {len(self.w)}), not of shape {shape}."
            )
        if len(shape) == 2:
            return _linear(x, self.w, self.b)
        return x @ self.w + self.b

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


def _linear(x, w, b):
    """x @ w + b as one operation, x of shape (n, nin): one array and one step back less."""
    x_data = x.data
    w_data = w.data
    out = x_data.dot(w_data)  # (n, nout)
    out += b.data

    def rule_x(g):  # (n, nout) @ (nout, nin)
        return g.dot(w_data.T)

    def rule_w(g):  # (nin, n) @ (n, nout)
        return x_data.T.dot(g)

    def rule_b(g):  # the same b for each of the n examples
        return sum_of_rows(g)

    return operation(out, "linear", (x, w, b), (rule_x, rule_w, rule_b))


def _only_column(x):
    """x of shape (…, 1) as shape (…)."""

    def rule(g):
        return g[..., None]

    return operation(x.data[..., 0], "reshape", (x,), (rule,))


def _write_whole(path, write):
    """Write a file aside, then rename it: at no time is there half a file at path.

    write: a function that is given the open file.
    """
    path = path.resolve()  # a link stays a link
    if path.exists() and not path.is_file():
        raise OSError(f"{path} is not a file, so nothing can be saved under that name.")
    with tempfile.TemporaryDirectory(prefix=".saving-", dir=path.parent) as folder:
        aside = Path(folder) / path.name
        with open(aside, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())  # on the disk before the name points to it
        os.replace(aside, path)


def _read_archive(path):
    """(header, arrays) of a file of weights; ValueError where it is none."""
    with open(path, "rb") as file:
        try:
            with np.load(file, allow_pickle=False) as archive:
                arrays = dict(archive)
            header = json.loads(arrays.pop("header").item())
            header = {key: header[key] for key in ("format", "version", "model")}
        except Exception:  # a damaged archive can fail in any of its many layers
            raise ValueError(f"{path} is damaged, or is not a file of weights.") from None
    return header, arrays
