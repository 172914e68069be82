"""Move the inputs of a small network, and read every number on the drawing."""

from copy import deepcopy

from traitlets import Float, Unicode

from .. import plots
from ..data import ice_cream
from ..nn import MLP
from .base import Explorer


class ForwardExplorer(Explorer):
    """The network of lesson 09: two inputs, two hidden neurons, two outputs, and the loss.

    Args:
        net: an MLP(2, [2, 2], …) whose parameters are taken as they are now; the lesson's
            network where None. Your own is left alone, gradients included.
        targets: the two numbers that the outputs should be.
        state: starting values of x1, x2 (0 to 1) and show ("forward" or "gradients").

    Raises:
        ValueError: net has other layers.
    """

    on_page = {"show": None, "x1": 11, "x2": 11}
    x1, x2 = Float(), Float()
    show = Unicode("forward")

    def __init__(self, net=None, targets=None, **state):
        x, y, parameters = ice_cream()
        if net is None:
            net = MLP(2, [2, 2], "sigmoid")
            for p, number in zip(net.parameters(), parameters.values()):
                p.data = number
        shape = [len(neuron.w) for layer in net.layers for neuron in layer.neurons]
        if len(net.layers) != 2 or shape != [2, 2, 2, 2]:
            raise ValueError(f"this picture has room for MLP(2, [2, 2]), not for {net!r}.")
        self.net, self.targets = deepcopy(net), list(targets or y)
        for name, value in {"x1": x[0], "x2": x[1], **state}.items():
            self.set_trait(name, value)
        self._names = list(parameters)
        super().__init__(
            plots.forward(*self._numbers(), self.show),
            self.slider("x1", 0.0, 1.0, 0.01, "input x1"),
            self.slider("x2", 0.0, 1.0, 0.01, "input x2"),
            self.choice("show", ["forward", "gradients"], "show"),
        )

    def _numbers(self):
        """Every number of the forward pass, and the gradient of every Value: two dicts, by name."""
        hidden = self.net.layers[0]([self.x1, self.x2])
        outputs = self.net.layers[1](hidden)
        loss = sum((a - y) ** 2 for a, y in zip(outputs, self.targets)) / 2
        self.net.zero_grad()
        loss.backward()
        values = dict(zip(self._names, self.net.parameters()))
        neurons = [neuron for layer in self.net.layers for neuron in layer.neurons]
        for i, (a, neuron) in enumerate(zip(hidden + outputs, neurons), 1):
            values[f"z{i}"] = a if neuron.activation == "linear" else a._prev[0]
            values[f"a{i}"] = a
        numbers = {name: value.data for name, value in values.items()}
        numbers |= {
            "x1": self.x1,
            "x2": self.x2,
            "y1": self.targets[0],
            "y2": self.targets[1],
            "L": loss.data,
        }
        return numbers, {name: value.grad for name, value in values.items()}

    def draw(self):
        numbers, gradients = self._numbers()
        self.picture.update(numbers, gradients, self.show)
        name = max(self._names, key=lambda name: abs(gradients[name]))
        grad = gradients[name]
        misses = " + ".join(
            f"({numbers[a] - numbers[y]:+.4f})²" for a, y in (("a3", "y1"), ("a4", "y2"))
        )
        return (
            f'x = (<b class="ml-moved">{self.x1:.4g}</b>, <b class="ml-moved">{self.x2:.4g}</b>) → '
            f"a1 = {numbers['a1']:.4f}, a2 = {numbers['a2']:.4f} → outputs "
            f'a3 = <b class="ml-data">{numbers["a3"]:.4f}</b>, a4 = <b class="ml-data">{numbers["a4"]:.4f}</b><br>'
            f'loss L = ({misses}) / 2 = <b class="ml-data">{numbers["L"]:.6f}</b><br>'
            f'largest gradient: {name}, <b class="ml-gradient">{grad:+.5f}</b>'
            + (f", so raising {name} {'raises' if grad > 0 else 'lowers'} the loss" if grad else "")
        )
