"""What the checks of several lessons say to slips that Python reports badly, or not at all."""

import re
from contextlib import contextmanager

from .. import words
from ._check import Wrong, close
from ._slips import code_stopped

SIDE_BY_SIDE = "To go through two lists side by side, put both into zip(…)."


@contextmanager
def slips(types, lengths=None, unpacking=SIDE_BY_SIDE):
    """Add a hint where the learner's code stops.

    types: what to say where something has the wrong type.
    lengths: what to say where an index goes beyond the end; None where there is nothing to index.
    unpacking: what to say where a list has another number of entries than names stand before it.
    """
    try:
        yield
    except UnboundLocalError as problem:
        quoted = re.search(r"'(\w+)'", str(problem))
        name = quoted[1] if quoted else "each name"
        raise Wrong(_said(problem, f"Does {name} have a value before the loop?")) from None
    except NameError as problem:
        if problem.name != "self":
            raise
        hint = "This is a function by itself, and no method: it has no self."
        raise Wrong(_said(problem, hint)) from None
    except TypeError as problem:
        if "for ^" in str(problem):  # `check` says what is wrong with it
            raise
        raise Wrong(_said(problem, types)) from None
    except AttributeError as problem:
        hint = f"It is tried with plain numbers, and those have no .{problem.name}."
        if isinstance(problem.obj, list):
            hint = f"A list has no .{problem.name}, and the numbers in it have none either."
        raise Wrong(_said(problem, hint)) from None
    except IndexError as problem:
        if lengths is None:
            raise
        raise Wrong(_said(problem, lengths)) from None
    except ValueError as problem:
        if "unknown activation" in str(problem):
            hint = "The package's classes take the source of random numbers by name: rng=."
            raise Wrong(_said(problem, hint)) from None
        if "to unpack" not in str(problem):
            raise
        raise Wrong(_said(problem, unpacking)) from None


def _said(problem, hint):
    return f"{code_stopped(problem)}. {hint}"


def never_uses(seen, name):
    """Wrong where a function gave the same number at all points, which cannot be right.

    name: something on the page that a function might use in place of its arguments.
    """
    if all(close(value, seen[0], 1e-12) for value in seen):
        raise Wrong(
            f"It gives {words.number(seen[0])} whatever it is given. "
            f"Does it use a number of the page, such as {name}, and not its own arguments?"
        )
