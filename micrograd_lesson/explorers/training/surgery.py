"""Another width or another activation for a network in the middle of its training.

More neurons leave what it computes as it is: a simple case of Chen, Goodfellow and Shlens,
Net2Net: Accelerating learning via knowledge transfer, ICLR 2016.
"""

from ...tensor_nn import MLP, Linear
from ...words import class_name

WANTED = "2 inputs, hidden layers of one width and 1 output, as MLP(2, [16, 16, 1]) has"


def checked_network(model):
    """The model, where it is one that can be trained on points in the plane and operated on.

    Raises:
        TypeError: it is no `tensor_nn.MLP`.
        ValueError: it has other inputs or outputs, or hidden layers of different widths.
    """
    if not isinstance(model, MLP):
        raise TypeError(
            "the model must be a network over arrays, such as tensor_nn.MLP(2, [16, 16, 1]), "
            f"not {_kind(model)}."
        )
    sizes = sizes_of(model)
    hidden = sizes[1:-1]
    if sizes[0] != 2 or sizes[-1] != 1 or len(set(hidden)) != 1:
        raise ValueError(f"the model must have {WANTED}, not be {model!r}.")
    return model


def _kind(thing):
    """What a thing is, with its module: there are two classes MLP in this package."""
    if isinstance(thing, type):
        return f"the class {thing.__name__} itself"
    return class_name(type(thing))


def sizes_of(model):
    """The numbers of inputs, of neurons in each hidden layer, and of outputs: (2, 16, 16, 1)."""
    inputs = model.layers[0].w.shape[0]
    return (inputs, *(layer.w.shape[1] for layer in model.layers))


def set_activation(model, activation):
    """Another activation in all hidden layers; all weights stay."""
    hidden = len(model.layers) - 1
    model.activations = [activation] * hidden + [model.activations[-1]]


def set_width(model, width, rng):
    """Give each hidden layer this many neurons.

    Where they become fewer, the first ones stay. Where they become more, the weights from new
    neurons to old ones are 0, so that the network computes what it did.

    Args:
        rng: a `random.Random`, from which the other new weights are drawn.
    """
    for layer in model.layers:
        nin, nout = layer.w.shape
        is_first = layer is model.layers[0]
        is_last = layer is model.layers[-1]
        new_nin = nin if is_first else width
        new_nout = nout if is_last else width
        if (new_nin, new_nout) != (nin, nout):
            _resize(layer, new_nin, new_nout, rng)


def _resize(layer, new_nin, new_nout, rng):
    nin, nout = layer.w.shape
    drawn = Linear(new_nin, new_nout, rng, scaled=True)
    w = drawn.w.data  # shape (new_nin, new_nout)
    b = drawn.b.data  # shape (new_nout,)
    w[:nin, :nout] = layer.w.data[:new_nin, :new_nout]
    w[nin:, :nout] = 0  # from new neurons to old ones
    b[:nout] = layer.b.data[:new_nout]
    _replace(layer.w, w)
    _replace(layer.b, b)


def _replace(parameter, data):
    parameter.data = data
    parameter.grad = 0.0  # the old gradient has the old shape
