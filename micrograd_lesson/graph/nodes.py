"""What a drawing reads of a value, whatever its class.

`data` has to be there; `_prev`, `grad`, `label` and `_op` are read where they are. A value
without `_prev`, or with None in it, has no parents.
"""

import re
from collections.abc import Collection

from .. import words

UNREADABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")  # code points that no page can show
LONGEST = 24  # characters of data that is not a number


def is_node(thing):
    """Can thing be part of a graph? A number and an array cannot: they remember no parents."""
    if hasattr(thing, "_prev"):
        return True
    return hasattr(thing, "data") and hasattr(thing, "grad")


def stored_parents(node):
    """node's parents as its class keeps them: a tuple, or a set where the class has one.

    Raises:
        TypeError: what `_prev` holds is no value, or no collection of values.
    """
    parents = getattr(node, "_prev", None)
    if parents is None:
        return ()
    if type(parents) is not tuple:
        parents = _collected(node, parents)
    for parent in parents:
        if type(parent) is not type(node) and not is_node(parent):
            raise TypeError(
                f"_prev of a {type(node).__name__} must hold values with data, grad and _prev; "
                f"it holds {type(parent).__name__} {parent!r:.60}."
            )
    return parents


def _collected(node, parents):
    """Parents that are not kept in a tuple, as a tuple; a set stays the set that it is."""
    if isinstance(parents, (set, frozenset)):
        return parents
    if isinstance(parents, Collection):
        return tuple(parents)
    if is_node(parents):  # written `_prev = (v)`, where `(v,)` was meant
        return (parents,)
    raise TypeError(
        f"_prev of a {type(node).__name__} must be a tuple of its parents, "
        f"not {type(parents).__name__} {parents!r:.60}."
    )


def label(node):
    """The name that node was given, as text; "" where it has none."""
    given = getattr(node, "label", None)
    return "" if given is None else readable(given)


def operation(node):
    """The operation that made node, as text; "" for a leaf, and where the class keeps none."""
    kept = getattr(node, "_op", None)
    return "" if kept is None else readable(kept)


def data(node):
    """node's number.

    Raises:
        TypeError: it has none.
    """
    try:
        return node.data
    except AttributeError:
        raise TypeError(
            f"a {type(node).__name__} in this graph has no data, and a drawing shows each value's "
            "data."
        ) from None


def has_gradient(node):
    """Does node's class keep gradients?"""
    return hasattr(node, "grad")


def numbers(node):
    """What stands in node's box below its label: a list of texts, one a line."""
    lines = [f"data {entry(data(node))}"]
    if has_gradient(node):
        lines.append(f"grad {entry(node.grad)}")
    return lines


def name(node):
    """What to call node in a sentence: its label, or its operation, or its number."""
    if label(node):
        return label(node)
    if operation(node):
        return f"({operation(node)})"
    return entry(data(node))


def entry(x):
    """x as it stands in a box: a number by `words.entry`, anything else as Python writes it."""
    try:
        return words.entry(x)
    except (TypeError, ValueError):
        return readable(x)[:LONGEST]


def readable(thing):
    """thing as text that every page can show; half a surrogate pair, say, becomes �."""
    return UNREADABLE.sub("�", str(thing))
