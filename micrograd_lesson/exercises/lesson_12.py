"""Lesson 12, PyTorch agrees. No check needs PyTorch."""

import math

from ..engine import Value
from ._check import (
    Wrong,
    call,
    choose,
    close,
    compare,
    decide,
    described,
    exercise,
    number,
    shape,
    suggest,
)


@exercise("12.a")
def rows_then_columns(answer):
    return shape(
        "The shape",
        answer,
        (2, 3),
        {
            (3, 2): "first comes the number of rows, then how many numbers each row has",
            (6,): "there are six numbers, but they are arranged in rows",
            (1, 6): "there are six numbers, in two rows",
            (2,): "two rows, and each of them has a length too",
            (3,): "that is the shape of one row",
        },
        "Two rows of three.",
    )


@exercise("12.b")
def second_backward(answer):
    return choose(
        answer,
        "error",
        {
            "adds": "It would add, as our leaf does, if the graph were still there. What did "
            "lesson 05 say that PyTorch wants to be told beforehand?",
            "same": "Nothing is cleared by a backward pass, neither here nor there. Think of what "
            "PyTorch does with the graph after the first call.",
            "error": "After the first call the graph is spent: its saved numbers are freed. "
            "retain_graph=True would keep them.",
        },
    )


@exercise("12.1")
def three_shapes(shape_t, shape_row, shape_sum):
    shape(
        "The shape of t",
        shape_t,
        (3, 2),
        {
            (2, 3): "first the rows, then the numbers in each",
            (6,): "the six numbers are arranged in rows",
        },
    )
    shape(
        "The shape of t[0]",
        shape_row,
        (2,),
        {
            (1, 2): "taking one row out leaves one direction, not two",
            (2, 1): "taking one row out leaves one direction, not two",
            (3,): "a row has two numbers; three is how many rows there are",
            (): "t[0] is a whole row, of two numbers",
            (1,): "t[0] is a whole row, of two numbers",
        },
    )
    return shape(
        "The shape of t.sum()",
        shape_sum,
        (),
        {
            (1,): "(1,) is a row with one number in it. A single number has no direction at all",
            (1, 1): "a single number has no direction at all",
            (2,): "sum() adds all six numbers, not each column",
            (3,): "sum() adds all six numbers, not each row",
            (3, 2): "sum() adds all six numbers into one",
        },
        "Three rows of two, one row of two, and a single number.",
    )


@exercise("12.2")
def softplus_for_both(softplus):
    points = ((-2.0,), (1.5,), (4.0,), (0.0,))
    seen = []
    grads = []
    for (x,) in points:
        v = Value(x)
        with suggest(
            "The functions of math want plain numbers; use the methods that Values and tensors "
            "share, x.exp() and .log()."
        ):
            out = call(softplus, v)
        if not isinstance(out, Value):
            raise Wrong(
                f"softplus of a Value should be a Value, and yours is {described(out)}: "
                "without the graph there is no gradient. Use x itself, not x.data."
            )
        out.backward()
        seen.append(out.data)
        grads.append(v.grad)
    compare(
        "At x = {0} softplus is {wanted}, and yours is {seen}",
        points,
        seen,
        lambda x: math.log1p(math.exp(x)),
        [
            (lambda x: x, "log(e^x) is x again; the 1 belongs inside the logarithm"),
            (lambda x: 1 + x, "1 + log(e^x) is 1 + x; the 1 belongs inside the logarithm"),
            (lambda x: 1 + math.exp(x), "the logarithm is missing"),
            (lambda x: math.log1p(math.exp(-x)), "the sign in the exponent is +"),
            (lambda x: max(x, 0.0), "this is relu itself"),
            (lambda x: math.log2(1 + math.exp(x)), "this is the logarithm to base 2"),
        ],
        "it is (1 + x.exp()).log()",
    )
    compare(
        "At x = {0} the gradient should be {wanted}, and is {seen}",
        points,
        grads,
        lambda x: 1 / (1 + math.exp(-x)),
        [],
        "the value is right, but some part was computed with x.data, so its share is lost",
    )
    if not _works_on_a_tensor(softplus):
        raise Wrong(
            "It works on a Value, and would not work on a tensor: "
            "use only what both have, such as +, x.exp() and .log()."
        )
    return "It uses only what Values and tensors share. Its slope is the sigmoid."


def _works_on_a_tensor(function):
    """Whether function uses only what Values and tensors have in common."""
    try:
        out = function(_Shared(Value(1.5)))
    except (AttributeError, TypeError):
        return False
    return isinstance(out, _Shared)


@exercise("12.3")
def four_calls(never_cleared, always_cleared):
    never = number(never_cleared)
    always = number(always_cleared)
    if close(never, 3) and close(always, 12):
        raise Wrong("These are swapped: without clearing, the four gradients add up.")
    decide(
        "w.grad without clearing",
        never,
        12,
        {
            3: "3 is one gradient. The leaf keeps it, and adds the next.",
            15: "15 is the loss. Asked is the slope of 3w, added up over four calls.",
            60: "60 is the loss, four times. Add up the gradient.",
            81: "gradients are added, not multiplied.",
            30: "each new graph has new inner nodes, which start at 0: nothing but w adds up, "
            "by 3 in each call.",
            6: "that is after two calls.",
            9: "that is after three calls.",
            20: "20 is 4 times w; the slope of 3w is 3.",
        },
    )
    return decide(
        "w.grad with clearing",
        always,
        3,
        {
            12: "clearing takes away what earlier calls left.",
            0: "clear, then backward: the last call still brings its gradient.",
            15: "15 is the loss; its slope is asked.",
            5: "5 is w; the slope of 3w is 3.",
        },
        "Four times 3 add up to 12; cleared each time, the 3 of the last call is left.",
    )


AGREEMENT = (  # x, y, the tolerance, whether they agree, and why
    (1.0, 1.0, 1e-9, True, "equal numbers agree"),
    (0.0, 0.0, 1e-9, True, "two zeros agree; a division by y would fail here"),
    (0.5, 0.49999999999999994, 1e-12, True, "they differ in the last digit only"),
    (1.0, 3.0, 0.1, False, "x is far below y: take abs() of the difference"),
    (1.0, 1.1, 1e-6, False, "they differ by 0.1"),
    (1.1, 1.0, 1e-6, False, "they differ by 0.1"),
    (3.0, 1.0, 0.1, False, "x is far above y"),
    (
        -2.0,
        2.0,
        0.1,
        False,
        "opposite signs: take abs() of the difference, not the difference of the sizes",
    ),
    (
        2.0,
        -2.0,
        0.1,
        False,
        "opposite signs: take abs() of the difference, not the difference of the sizes",
    ),
    (
        -1e6,
        -1e6 - 0.5,
        1e-6,
        True,
        "their sizes are near a million, so 0.5 is less than 1e-6 of it; take abs(y), "
        "for y may be negative",
    ),
    (1e6, 1e6 + 0.5, 1e-6, True, "y is near a million, so 0.5 is less than 1e-6 of its size"),
    (1e6, 1e6 + 5, 1e-6, False, "y is near a million, and 5 is more than 1e-6 of its size"),
    (
        0.001,
        0.0015,
        1e-3,
        True,
        "both are small, so a size of 1 counts: 0.0005 is less than 1e-3",
    ),
    (0.001, 0.0, 1e-2, True, "y is 0, so a size of 1 counts"),
    (
        -0.001,
        0.0015,
        1e-3,
        False,
        "both are small, so a size of 1 counts: 0.0025 is more than 1e-3",
    ),
    (2.2, 2.0, 0.15, True, "0.2 is less than 0.15 times 2"),
    (2.4, 2.0, 0.15, False, "0.4 is more than 0.15 times 2"),
    (
        2.25,
        2.0,
        0.125,
        True,
        "they differ by exactly the tolerance, and *at most* includes that",
    ),
    (9.0, 1.0, 1.0, False, "the size of y is 1, not that of x: 8 is more than 1 times 1"),
)


@exercise("12.4")
def judge(agree):
    for x, y, tolerance, right, why in AGREEMENT:
        seen = call(agree, x, y, tolerance)
        if not _is_truth(seen):
            raise Wrong(f"agree should return True or False, and returned {described(seen)}.")
        if bool(seen) != right:
            raise Wrong(f"agree({x!r}, {y!r}, {tolerance!r}) should be {right}: {why}.")
    return "Relative where numbers are large, absolute where they are small."


def _is_truth(answer):
    """Whether answer is True or False, Python's or NumPy's, which goes by two names."""
    return isinstance(answer, bool) or type(answer).__name__ in ("bool_", "bool")


class _Shared:
    """A tensor's stand-in: a number with what Values and tensors have in common, no more."""

    def __init__(self, value):
        self._value = value


def _shared(name):
    """The method of that name, which works on what the stand-ins hold."""

    def method(self, *others):
        held = [o._value if isinstance(o, _Shared) else o for o in others]
        return _Shared(getattr(self._value, name)(*held))

    return method


for _name in "add radd sub rsub mul rmul truediv rtruediv pow rpow neg".split():
    setattr(_Shared, f"__{_name}__", _shared(f"__{_name}__"))
for _name in "exp log tanh sigmoid relu".split():
    setattr(_Shared, _name, _shared(_name))
