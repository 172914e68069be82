"""Move a digit by a pixel, and see what a network makes of it."""

import numpy as np
from ipywidgets import IntSlider
from traitlets import Int, Unicode

from .. import plots
from ..data import shift
from ..losses import log_softmax
from .base import Explorer


class DigitExplorer(Explorer):
    """A digit, moved by whole pixels, and the ten probabilities that a network gives it.

    Args:
        networks: dict from a name to a network: called with an array of shape (1, 64), it
            returns a Tensor of ten scores, the softmax of which is shown.
        X, y: the digits to choose from, as `data.digits` returns them.
        state: starting values of example, right, down and network (a name).

    Raises:
        ValueError: there is no network, or not one label for each digit.
    """

    example, right, down = Int(0), Int(0), Int(0)
    network = Unicode()
    on_page = {"network": None, "right": 7, "down": 7}

    def __init__(self, networks, X, y, **state):
        if not networks or not len(X) == len(y) > 0:
            raise ValueError(
                "DigitExplorer needs at least one network, and a label for each digit, not "
                f"{len(networks)} networks, {len(X)} digits and {len(y)} labels."
            )
        self._networks, self._X, self._y = dict(networks), np.asarray(X), np.asarray(y)
        self.network = next(iter(networks))
        for name, value in state.items():
            self.set_trait(name, value)
        super().__init__(
            plots.reading(self._X[0], [0.1] * 10, int(y[0])),
            self.slider("example", 0, len(X) - 1, 1, "example", IntSlider),
            self.slider("right", -3, 3, 1, "to the right", IntSlider),
            self.slider("down", -3, 3, 1, "down", IntSlider),
            self.choice("network", list(networks), "network"),
        )

    def draw(self):
        image, label = (
            shift(self._X[[self.example]], self.right, self.down),
            int(self._y[self.example]),
        )
        logs = log_softmax(self._networks[self.network](image)).data[0]
        best = self.picture.update(image, np.exp(logs), label)
        verdict = (
            "right."
            if best == label
            else f"<b>wrong</b>. To {label} it gives {np.exp(logs[label]):.3f}."
        )
        return (
            f"Example {self.example}, a <b>{label}</b>, moved {self.right:+d} to the right and {self.down:+d} down."
            f'<br>The network says <b class="ml-data">{best}</b>, '
            f'with probability <b class="ml-data">{np.exp(logs[best]):.3f}</b>: {verdict}'
            f"<br>Cross-entropy, -log of the probability of {label}: "
            f'<b class="ml-data">{abs(logs[label]):.3f}</b>'
        )
