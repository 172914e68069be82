"""DigitExplorer: move a digit by a pixel, and see what a network makes of it."""

from ipywidgets import IntSlider
from traitlets import Int, Unicode, validate

from ...data import shift
from ...words import fixed, probability, signed
from ..base import Explorer
from ..controls import refuse_unknown
from .picture import ReadingPicture
from .reading import checked_digits, checked_networks, read


class DigitExplorer(Explorer):
    """A digit, moved by whole pixels, and the ten probabilities that a network gives it.

    Args:
        networks: dict from a name to a network: called with an array of shape (1, 64), it
            returns a Tensor of ten scores, the softmax of which is shown.
        X, y: the digits to choose from, as `data.digits` returns them.
        state: starting values of example, right, down and network (a name).

    Raises:
        TypeError: networks is no dict from names.
        ValueError: there is no network, one does not give ten scores, the digits are not of
            shape (n, 64), or there is not one label for each.
    """

    example = Int(0)
    right = Int(0)
    down = Int(0)
    network = Unicode()
    on_page = {"network": None, "right": 7, "down": 7}

    def __init__(self, networks, X, y, **state):
        self._X, self._y = checked_digits(X, y)
        self._networks = checked_networks(networks, self._X[0])
        self.network = next(iter(self._networks))
        for name, value in state.items():
            self.set_trait(name, value)
        rows = (
            self.slider("example", 0, len(self._X) - 1, 1, "example", IntSlider),
            self.slider("right", -3, 3, 1, "to the right", IntSlider),
            self.slider("down", -3, 3, 1, "down", IntSlider),
            self.choice("network", list(self._networks), "network"),
        )
        super().__init__(ReadingPicture(), *rows)

    @validate("network")
    def _known(self, proposal):
        refuse_unknown("network", proposal.value, self._networks)
        return proposal.value

    def draw(self):
        image = shift(self._X[[self.example]], self.right, self.down)[0]
        reading = read(self._networks[self.network], image, self._y[self.example])
        self.picture.update(reading)
        example = (
            f"Example {self.example}, a <b>{reading.label}</b>, moved {signed(self.right, 0)} "
            f"to the right and {signed(self.down, 0)} down."
        )
        return "<br>".join([example, _answer_line(reading), _loss_line(reading)])


def _answer_line(reading):
    answer = f'<b class="ml-data">{reading.answer}</b>'
    sure = f'<b class="ml-data">{probability(reading.probability(reading.answer))}</b>'
    line = f"The network says {answer}, with probability {sure}: "
    if reading.is_right:
        return line + "right."
    share = probability(reading.probability(reading.label))
    return f"{line}<b>wrong</b>. To {reading.label} it gives {share}."


def _loss_line(reading):
    loss = f'<b class="ml-data">{fixed(reading.cross_entropy, 3)}</b>'
    return f"Cross-entropy, −log of the probability of {reading.label}: {loss}"
