"""An expression typed as text, such as "(a*b + c)*f", as a function of its leaves."""

import re

from ..asked import Stopped

FUNCTIONS = ("exp", "log", "tanh", "sigmoid", "relu")


def function_of(text, leaves):
    """The function that an expression's text stands for.

    Args:
        text: in Python's words; it may call the FUNCTIONS.
        leaves: the names that it may use.

    Raises:
        ValueError: Python cannot read the text, or it uses another name.
    """
    _refuse_other_notation(text)
    try:
        code = compile(text.strip(), "expression", "eval")
    except (SyntaxError, ValueError):  # ValueError: a null character
        raise ValueError(
            f"{text!r} is no expression that Python can read; write all signs out, as in 2*x + 1."
        ) from None
    unknown = [name for name in code.co_names if name not in leaves and name not in FUNCTIONS]
    if unknown:
        raise ValueError(
            f"{text!r} uses {unknown[0]}, which is not a leaf; leaves are {', '.join(leaves)}, "
            f"functions {', '.join(FUNCTIONS)}."
        )
    known = {"__builtins__": {}, **{name: _method(name) for name in FUNCTIONS}}
    return lambda **values: eval(code, known, values)


def _method(name):
    """A function that calls a value's method of this name."""

    def call(value):
        method = getattr(value, name, None)
        if method is None:
            kind = type(value).__name__
            raise Stopped(f"{name}(…) calls a method {name}(), and {kind} has none.")
        return method()

    return call


def _refuse_other_notation(text):
    """Raise a ValueError for what means something else in Python than on paper."""
    comma = re.search(r"\d+\s*,\s*\d+", text)
    if comma:
        point = re.sub(r"\s*,\s*", ".", comma[0])
        raise ValueError(f"write a decimal point: {point}, not {comma[0]}, in {text!r}.")
    if "^" in text:
        raise ValueError(f"a power is written **, as in x**2; in {text!r} stands ^.")
