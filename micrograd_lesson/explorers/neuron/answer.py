"""What one neuron of two inputs answers, and how its answer depends on its weights."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from ...engine import Value
from ...module import activate, check_activation

REACH = 8  # the curve of an activation is drawn for z from -8 to 8
CURVE_POINTS = 161


@dataclass(frozen=True)
class Answer:
    """a = activation(z) with z = w1·x1 + w2·x2 + b, by the scalar engine.

    Attributes:
        w1, w2, b: the neuron. x1, x2: its inputs. activation: its name.
        z, a: the sum, and what comes out.
        slope: da/dz.
        dw1, dw2, db: da/dw1, da/dw2 and da/db.
    """

    w1: float
    w2: float
    b: float
    x1: float
    x2: float
    activation: str
    z: float
    a: float
    slope: float
    dw1: float
    dw2: float
    db: float


def find_answer(w1, w2, b, x1, x2, activation="tanh"):
    """The Answer of this neuron.

    Raises:
        ValueError: activation is none of `module.ACTIVATIONS`.
    """
    check_activation(activation)
    weight1, weight2, bias = Value(w1), Value(w2), Value(b)
    z = weight1 * x1 + weight2 * x2 + bias
    a = activate(z, activation)
    a.backward()
    return Answer(
        w1=w1,
        w2=w2,
        b=b,
        x1=x1,
        x2=x2,
        activation=activation,
        z=z.data,
        a=a.data,
        slope=z.grad,
        dw1=weight1.grad,
        dw2=weight2.grad,
        db=bias.grad,
    )


@cache
def curve(activation):
    """(z, a), arrays of shape (161,): the curve of an activation."""
    z = np.linspace(-REACH, REACH, CURVE_POINTS)
    return z, np.array([activate(Value(x), activation).data for x in z.tolist()])
