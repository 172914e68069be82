"""The picture of ForwardExplorer: every number of the forward pass, and of the backward pass."""

from ...palette import INK
from ...plots.picture import HEADING
from ...words import number
from ..network_picture import HEIGHT, NetworkPicture
from ..passes import PARAMETERS, Passes

FORWARD = "forward pass, from left to right: z = Σ w·input + b, then a = activation(z)"
BACKWARD = "backward pass, from right to left: below each w, b, z and a its gradient, ∂L/∂(number)"


class ForwardPicture(NetworkPicture):
    """A 2-2-2 network with every number of its forward pass, and of the backward pass.

    Args:
        numbers: dict from each name in `passes.NAMES` (x1, w1, b1, z1, a1, y1, L, …) to its
            number.

    Attributes: those of `NetworkPicture`, and
        heading: heading["forward"] or heading["backward"] says which pass is seen.
    """

    def __init__(self, numbers):
        super().__init__(numbers)
        corner = 20, HEIGHT - 26
        corners = {"forward": corner, "backward": corner}
        self.heading = self._texts(corners, INK, "left", HEADING)
        self.moves(self.heading)
        self.update(Passes(numbers, {}))

    def update(self, state):
        """state: a `Passes`, of the network whose parameters stand on the picture."""
        self.write_numbers(state)
        self.write_gradients(state.gradients)
        self.heading.write({"backward": BACKWARD} if state.gradients else {"forward": FORWARD})
        self.alt = _in_words(state)


def _in_words(state):
    moving = ("x1", "x2", "z1", "a1", "z2", "a2", "z3", "a3", "z4", "a4")
    numbers = ", ".join(f"{name} = {number(state.numbers[name], 4)}" for name in moving)
    words = (
        f"A network of two inputs, two hidden neurons and two outputs. {numbers}; "
        f"loss L = {number(state.numbers['L'], 4)}."
    )
    if not state.gradients:
        return words
    gradients = (f"{name} {number(state.gradients[name], 3)}" for name in PARAMETERS)
    return f"{words} Gradients: {', '.join(gradients)}."
