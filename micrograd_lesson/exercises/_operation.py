"""How an operation that a learner wrote, a function of a Value, is tried at several points."""

from contextlib import contextmanager
from dataclasses import dataclass

from ._check import Wrong, call, described
from ._slips import POWER, code_stopped

POINTS = (  # the number in v, the incoming gradient, and what v.grad holds before
    (3.0, 0.5, 1.0),
    (-2.0, 3.0, 0.0),
    (0.5, -4.0, 2.0),
    (0.0, 1.0, -1.0),
)


@dataclass(frozen=True)
class Trial:
    """One call of the learner's operation: v went in, out came back; the rest as in POINTS."""

    x: float
    incoming: float
    start: float
    v: object
    out: object


def trials(name, operation, value, arguments):
    """A Trial for each of POINTS, its backward pass still to be run.

    Args:
        name: what the operation is called.
        operation: the learner's function.
        value: the class of the page.
        arguments: what that class takes, in order, for a hint.
    """
    for x, incoming, start in POINTS:
        v = value(x)
        v.grad = start
        rule = v._backward
        out = made(name, operation, v, arguments)
        if v.grad != start:
            raise Wrong(
                f"v.grad changed before the backward pass, while {name}(v) was being computed. "
                "An operation stores what the backward pass needs, and hands on nothing yet. "
                "Where it stores a function, it leaves out the brackets."
            )
        if v._backward != rule:
            raise Wrong(
                "v._backward has changed: your rule was stored on v, the parent. It belongs to "
                "out, because it runs when the gradient of out is complete."
            )
        yield Trial(x, incoming, start, v, out)


def made(name, operation, v, arguments):
    """What the operation makes of the Value v: a new node."""
    with explained(arguments):
        out = call(operation, v)
    if not hasattr(out, "data") or not hasattr(out, "_prev"):
        comma = ""
        if isinstance(out, tuple):
            comma = " A comma behind what is returned makes a tuple of it."
        raise Wrong(f"{name}(v) should return a new Value, and returned {described(out)}.{comma}")
    if out is v:
        raise Wrong(f"{name}(v) returned v itself; an operation makes a new Value.")
    if not isinstance(out.label, str):
        raise Wrong(
            f'The second argument of Value is the label, a text such as "", and yours is '
            f"{described(out.label)}. In order: {arguments}."
        )
    return out


@contextmanager
def explained(arguments):
    """Explain the most natural slips where the learner's operation stops.

    arguments: what the Value of the page takes, in order.
    """
    try:
        yield
    except NameError as problem:
        hint = ""
        if problem.name in ("self", "V"):
            hint = " The node that comes in is called v here."
        if problem.name == "grad":
            hint = " A gradient belongs to a node: out.grad, or v.grad."
        if problem.name == "_backward":
            hint = " Which name has the function that you defined?"
        if problem.name == "out":
            hint = " No result has the name out there: give it this name first, out = …"
        if isinstance(problem, UnboundLocalError):
            hint = " To change what a node holds, name what is changed: v.grad."
        raise Wrong(f"{code_stopped(problem)}.{hint}") from None
    except (TypeError, AttributeError) as problem:
        why = _why(str(problem), arguments)
        raise Wrong(f"{code_stopped(problem)}. {why}".rstrip()) from None


def _why(message, arguments):
    """The reason behind a TypeError or an AttributeError, as far as its message shows one."""
    if "for ^" in message:
        return POWER
    if "_backward() missing" in message:
        return (
            "backward() calls the rule with nothing in its brackets: def _backward(). "
            "It knows the names of the function around it."
        )
    if "positional argument" in message:
        return f"The Value of this page takes, in order: {arguments}."
    needs_number = ("Value", "attribute 'data'", "must be real number")
    if any(words in message for words in needs_number):
        return "For arithmetic, and for the functions of math, you need the number inside, v.data."
    return ""
