"""The interactive pieces: one class, one idea.

Each is an ipywidgets box of sliders over one picture, and a line of text that says in
numbers what the picture shows. Set its state from Python (`explorer.x = 2.0`), by
mouse or by keyboard; a page made of an executed notebook moves without Python.

Each is loaded when it is first asked for: those on the drawing of a graph need no matplotlib.
"""

from importlib import import_module

HOMES = {  # public name: the module that it comes from
    "Explorer": "base",
    "AttentionExplorer": "attention",
    "BroadcastExplorer": "broadcast",
    "ClearingExplorer": "clearing",
    "ConvolutionExplorer": "convolution",
    "DescentExplorer": "descent",
    "DigitExplorer": "digits",
    "FactorsExplorer": "factors",
    "ForwardExplorer": "forward",
    "MatrixProductExplorer": "matrix_product",
    "NeuronExplorer": "neuron",
    "NextLetterExplorer": "next_letter",
    "NudgeExplorer": "nudge",
    "progress": "progress",
    "RelusExplorer": "relus",
    "SlopeExplorer": "slope",
    "SoftmaxExplorer": "softmax",
    "BackwardStepper": "stepper",
    "TrainingExplorer": "training",
    "WritingExplorer": "writing",
}
__all__ = [
    "AttentionExplorer",
    "BackwardStepper",
    "BroadcastExplorer",
    "ClearingExplorer",
    "ConvolutionExplorer",
    "DescentExplorer",
    "DigitExplorer",
    "Explorer",
    "FactorsExplorer",
    "ForwardExplorer",
    "MatrixProductExplorer",
    "NeuronExplorer",
    "NextLetterExplorer",
    "NudgeExplorer",
    "RelusExplorer",
    "SlopeExplorer",
    "SoftmaxExplorer",
    "TrainingExplorer",
    "WritingExplorer",
    "progress",
]


def __getattr__(name):
    """Python asks here for a name that the package does not hold yet."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{HOMES[name]}", __name__), name)
    globals()[name] = value  # next time it is found without asking
    return value


def __dir__():
    return sorted({*globals(), *HOMES})
