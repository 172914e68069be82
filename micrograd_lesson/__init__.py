"""The companion package of the lessons: small, in the open, one module for one idea.

engine and nn compute with single numbers, tensor and tensor_nn with arrays; module is
what both kinds of networks share; losses, optim, gradcheck and data serve both; graph and
plots draw; explorers move what is drawn; exercises check what you tried. An engine imports
nothing that draws.

The names below are loaded when they are first used, so that each part needs only what
itself uses: `from micrograd_lesson import Value` works where NumPy is not installed.
"""

import importlib

HOMES = {  # public name: the module that it comes from
    "Value": "engine",
    "Tensor": "tensor",
    "Neuron": "nn",
    "Layer": "nn",
    "MLP": "nn",
    "trace": "graph",
    "draw_dot": "graph",
}
__all__ = ["MLP", "Layer", "Neuron", "Tensor", "Value", "draw_dot", "trace"]


def __getattr__(name):
    """Python asks here for a name that the package does not hold yet."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f".{HOMES[name]}", __name__)
    value = getattr(module, name)
    globals()[name] = value  # next time it is found without asking
    return value


def __dir__():
    return sorted({*globals(), *HOMES})
