"""NeuronExplorer: weights, bias and inputs under your hands."""

from traitlets import Float, Unicode

from ...module import ACTIVATIONS, check_activation
from ...words import bracketed, fixed
from ..base import Explorer
from .answer import find_answer
from .picture import NeuronPicture

SLIDERS = {
    "w1": "weight w1",
    "w2": "weight w2",
    "b": "bias b",
    "x1": "input x1",
    "x2": "input x2",
}
FLAT = 0.01  # a slope below this lets little through


class NeuronExplorer(Explorer):
    """One neuron of two inputs: a = activation(w1·x1 + w2·x2 + b).

    Args:
        activation: "tanh", "relu", "sigmoid" or "linear".
        state: starting values of w1, w2, b, x1, x2, each from −4 to 4.

    Raises:
        ValueError: the activation is unknown.
        TypeError: state has another name in it.
    """

    on_page = {"w1": 9, "b": 9}
    w1 = Float(1.0)
    w2 = Float(-1.0)
    b = Float(0.5)
    x1 = Float(2.0)
    x2 = Float(1.0)
    activation = Unicode("tanh")

    def __init__(self, activation="tanh", **state):
        check_activation(activation)
        self.activation = activation
        for name, value in state.items():
            if name not in SLIDERS:
                raise TypeError(f"a neuron here has {', '.join(SLIDERS)}, but no {name}.")
            self.set_trait(name, value)
        rows = [self.slider(name, -4.0, 4.0, 0.1, text) for name, text in SLIDERS.items()]
        rows.append(self.choice("activation", list(ACTIVATIONS), "activation"))
        super().__init__(NeuronPicture(), *rows)

    def draw(self):
        answer = find_answer(self.w1, self.w2, self.b, self.x1, self.x2, self.activation)
        self.picture.update(answer)
        return "<br>".join(_lines(answer))


def _lines(answer):
    """Sum, output and slope, gradients."""
    terms = [
        f"{_factor(answer.w1)}·{_factor(answer.x1)}",
        f"{_factor(answer.w2)}·{_factor(answer.x2)}",
        _factor(answer.b),
    ]
    yield f"z = w1·x1 + w2·x2 + b = {' + '.join(terms)} = {_data(answer.z)}"
    slope = _gradient(answer.slope)
    yield (
        f"a = {answer.activation}(z) = {_data(answer.a)}, slope there {slope}"
        f"{_how_flat(answer.slope)}"
    )
    yield (
        f"so da/dw1 = slope · x1 = {_gradient(answer.dw1)}, "
        f"da/dw2 = slope · x2 = {_gradient(answer.dw2)}, "
        f"da/db = slope = {_gradient(answer.db)}"
    )


def _how_flat(slope):
    if slope == 0:
        return ": flat, so no gradient gets through"
    if abs(slope) < FLAT:
        return ": so flat that little gradient gets through"
    return ""


def _factor(x):
    return bracketed(x, 3)


def _data(x):
    return f'<b class="ml-data">{fixed(x)}</b>'


def _gradient(x):
    return f'<b class="ml-gradient">{fixed(x)}</b>'
