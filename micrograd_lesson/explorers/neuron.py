"""Weights and bias move the line in the plane, and the point on the activation curve."""

from traitlets import Float, Unicode

from .. import plots
from .base import Explorer


class NeuronExplorer(Explorer):
    """One neuron of two inputs: a = activation(w1·x1 + w2·x2 + b).

    Args:
        activation: "tanh", "sigmoid", "relu" or "linear".
        state: starting values of w1, w2, b, x1, x2.
    """

    on_page = {"w1": 9, "b": 9}
    w1, w2, b = Float(1.0), Float(-1.0), Float(0.5)
    x1, x2 = Float(2.0), Float(1.0)
    activation = Unicode("tanh")

    def __init__(self, activation="tanh", **state):
        self.activation = activation
        for name, value in state.items():
            self.set_trait(name, value)
        picture = plots.neuron(self.w1, self.w2, self.b, self.x1, self.x2, activation)
        super().__init__(
            picture,
            *(
                self.slider(name, -4.0, 4.0, 0.1, text)
                for name, text in (
                    ("w1", "weight w1"),
                    ("w2", "weight w2"),
                    ("b", "bias b"),
                    ("x1", "input x1"),
                    ("x2", "input x2"),
                )
            ),
            self.choice("activation", list(plots.ACTIVATIONS), "activation"),
        )

    def draw(self):
        w1, w2, b, x1, x2 = self.w1, self.w2, self.b, self.x1, self.x2
        seen = self.picture.update(w1, w2, b, x1, x2, self.activation)
        flat = ": so flat that little gradient gets through" if abs(seen["slope"]) < 0.01 else ""
        return (
            f"z = w1·x1 + w2·x2 + b = {_factor(w1)}·{_factor(x1)} + {_factor(w2)}·{_factor(x2)} + {_factor(b)} = "
            f'<b class="ml-data">{seen["z"]:.4f}</b><br>'
            f'a = {self.activation}(z) = <b class="ml-data">{seen["a"]:.4f}</b>, slope there '
            f'<b class="ml-gradient">{seen["slope"]:.4f}</b>{flat}<br>'
            f'so da/dw1 = slope · x1 = <b class="ml-gradient">{seen["slope"] * x1:.4f}</b>, '
            f'da/dw2 = slope · x2 = <b class="ml-gradient">{seen["slope"] * x2:.4f}</b>, '
            f'da/db = slope = <b class="ml-gradient">{seen["slope"]:.4f}</b>'
        )


def _factor(x):
    return f"{x:.3g}" if x >= 0 else f"({x:.3g})"
