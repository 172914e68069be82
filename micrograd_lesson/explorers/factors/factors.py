"""The gradient of one parameter of a 2-2-2 network, taken apart into three factors.

∂L/∂w = ∂L/∂a · ∂a/∂z · ∂z/∂w, where z and a belong to the neuron that w leads to. The activation
of a hidden neuron is used by both outputs, so its ∂L/∂a is a sum over two ways to the loss.
The names are those of `passes`.
"""

from dataclasses import dataclass

from ...engine import Value
from ...module import activate
from ..passes import INPUTS, PARAMETERS, Passes

NEURONS = {name: 1 + i // 3 for i, name in enumerate(PARAMETERS)}  # to which one each leads
OUTPUTS = (3, 4)
HIDDEN_ACTIVATIONS = ("a1", "a2")
LAST_STEP = 3


@dataclass(frozen=True)
class Way:
    """One way from a hidden activation to the loss.

    Attributes:
        output: the neuron that it leads through, 3 or 4.
        weight: the name of the weight on it.
        back: ∂L/∂a of that output. slope: ∂a/∂z of that output.
        number: the weight, which is ∂z/∂(hidden activation).
    """

    output: int
    weight: str
    back: float
    slope: float
    number: float

    @property
    def share(self):
        """What this way adds to the gradient of the hidden activation."""
        return self.back * self.slope * self.number


@dataclass(frozen=True)
class Factors:
    """The three factors of one gradient.

    Attributes:
        passes: the `Passes` that they belong to.
        parameter: its name. neuron: the one that it leads to, from 1 to 4.
        activation: the name of that neuron's activation.
        source: what a weight multiplies, "x1" or "a2" or the like; "" for a bias.
        ways: for a parameter of a hidden neuron two `Way`s; else empty.
        back, slope, last: the factors ∂L/∂a, ∂a/∂z and ∂z/∂(parameter).
        step: how many of them are seen, from 0 to 3.
    """

    passes: Passes
    parameter: str
    neuron: int
    activation: str
    source: str
    ways: tuple
    back: float
    slope: float
    last: float
    step: int = LAST_STEP

    @property
    def gradient(self):
        """The parameter's gradient, as the engine has it."""
        return self.passes.gradients[self.parameter]

    @property
    def sum_gradient(self):
        """∂L/∂z: the product of the first two factors."""
        return self.back * self.slope

    @property
    def product(self):
        """The product of all three."""
        return self.back * self.slope * self.last

    @property
    def names(self):
        """How the factors are written, in order."""
        k = self.neuron
        return f"∂L/∂a{k}", f"∂a{k}/∂z{k}", f"∂z{k}/∂{self.parameter}"

    @property
    def values(self):
        """The factors, in order."""
        return self.back, self.slope, self.last


def find_factors(net, passes, parameter, step=LAST_STEP):
    """The Factors of one parameter.

    Args:
        net: the MLP(2, [2, 2]).
        passes: its `Passes`, gradients included.
        parameter: a name of `passes.PARAMETERS`.
        step: how many factors are seen.
    """
    k = NEURONS[parameter]
    activations = [neuron.activation for layer in net.layers for neuron in layer.neurons]
    slopes = {n: _slope(passes.numbers[f"z{n}"], name) for n, name in enumerate(activations, 1)}
    source = _source(parameter)
    return Factors(
        passes=passes,
        parameter=parameter,
        neuron=k,
        activation=activations[k - 1],
        source=source,
        ways=() if k in OUTPUTS else tuple(_ways(passes, k, slopes)),
        back=passes.gradients[f"a{k}"],
        slope=slopes[k],
        last=passes.numbers[source] if source else 1.0,
        step=step,
    )


def _ways(passes, hidden, slopes):
    """The Ways from the activation of a hidden neuron, 1 or 2."""
    for output in OUTPUTS:
        weight = f"w{2 * output - 2 + hidden}"
        yield Way(
            output=output,
            weight=weight,
            back=passes.gradients[f"a{output}"],
            slope=slopes[output],
            number=passes.numbers[weight],
        )


def _source(parameter):
    """What a weight multiplies; "" for a bias."""
    if parameter.startswith("b"):
        return ""
    sources = HIDDEN_ACTIVATIONS if NEURONS[parameter] in OUTPUTS else INPUTS
    is_even = int(parameter[1:]) % 2 == 0
    return sources[1 if is_even else 0]


def _slope(z, activation):
    """The local derivative of an activation at z, by the engine."""
    place = Value(z)
    activate(place, activation).backward()
    return place.grad
