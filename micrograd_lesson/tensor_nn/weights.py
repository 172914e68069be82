"""What layers and networks of Tensors share: named parameters, saved to a file and loaded.

Weights are saved as an .npz file: one array for each name in `named_parameters()`, and one
string `header`, JSON with the keys format, version and model. Such a file opens with
`numpy.load` alone.
"""

import json
import os
import tempfile
from pathlib import Path

import numpy as np

from .. import module

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
        """Write the weights to a file; this file's docstring describes its format.

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


def names_of(**parts):
    """The parameters of several Modules in one dictionary: part.name for each."""
    named = {}
    for part, layer in parts.items():
        for name, p in layer.named_parameters().items():
            named[f"{part}.{name}"] = p
    return named


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
