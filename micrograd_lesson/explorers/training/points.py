"""The points that a network learns from: taken from arrays or a file, one added, one removed."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...data import checked_training_points, load_points, read_points
from ...words import number, point

WIDE = 10  # a network with weights of about 1 learns numbers beyond this badly


@dataclass(frozen=True)
class Points:
    """Points in the plane and their classes. They stay what they are: one more is other Points.

    Attributes:
        X: array of shape (n, 2).
        y: array of shape (n,), each entry 1 or −1.
    """

    X: np.ndarray
    y: np.ndarray

    @classmethod
    def of(cls, X, y):
        """Points from arrays or lists, as `data.checked_training_points` takes them.

        Raises:
            TypeError, ValueError: they are no such points, too many, or too far out.
        """
        return cls(*checked_training_points(X, y))

    @classmethod
    def load(cls, path):
        """Points from a CSV file: three columns x1, x2, class, as `data.read_points` reads them.

        Raises:
            OSError: there is no such file.
            TypeError: path is none.
            ValueError: the file holds no such points.
        """
        if not isinstance(path, (str, Path)):
            raise TypeError(f"load needs the path of a file, not {type(path).__name__}.")
        if "\n" in str(path) and not Path(path).exists():
            raise ValueError("load needs the path of a file; load_text takes what is in one.")
        return cls.of(*load_points(path))

    @classmethod
    def load_text(cls, text):
        """Points from what a CSV file holds, a string or bytes.

        Raises:
            TypeError: text is neither.
            ValueError: it holds no such points.
        """
        return cls.of(*read_points(text))

    def __len__(self):
        return len(self.X)

    def plus(self, x1, x2, label):
        """These points and one more, of class 1 or −1; 0 stands for −1."""
        one = Points.of([[x1, x2]], [label])
        return Points.of(np.concatenate([self.X, one.X]), np.concatenate([self.y, one.y]))

    def without(self, i):
        """All points but the one of number i."""
        return Points(np.delete(self.X, i, axis=0), np.delete(self.y, i))

    def named(self, i):
        """The point of number i in words."""
        label = number(self.y[i])
        return f"the point of class {label} at {point(self.X[i], 3)}"

    def advice(self):
        """A sentence about points that are hard to learn from; "" where there is none to give."""
        farthest = np.abs(self.X).max(initial=0.0)
        if farthest <= WIDE:
            return ""
        reach = number(farthest, 4)
        return f"Networks learn best from numbers of about 1; here they reach {reach}."
