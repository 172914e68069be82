"""Lesson 12, PyTorch agrees. No check needs PyTorch."""

import math
import re
from numbers import Integral, Real

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
from ._slips import code_stopped

# Other ways to say the choices of the page.
ALMOST = {
    "the same": "equal",
    "same": "equal",
    "identical": "equal",
    "exactly equal": "equal",
    "the last but one": "equal",
    "last digit but one": "equal",
    "nearly equal": "close",
    "almost equal": "close",
    "nearly identical": "close",
    "almost identical": "close",
    "not exactly equal": "close",
    "not identical": "close",
    "near": "close",
    "similar": "close",
    "nearly the same": "close",
    "almost the same": "close",
    "about the same": "close",
    "about equal": "close",
    "roughly equal": "close",
    "roughly the same": "close",
    "approximately equal": "close",
    "approximately": "close",
    "close, not equal": "close",
    "close but not equal": "close",
    "seven digits": "close",
    "7 digits": "close",
    "the first seven digits": "close",
    "not close": "far",
    "different": "far",
    "far off": "far",
    "far away": "far",
}
AT_SECOND_CALL = {
    "8": "adds",
    "add": "adds",
    "doubles": "adds",
    "sum": "adds",
    "sums": "adds",
    "accumulates": "adds",
    "overwrites": "same",
    "replaces": "same",
    "it is replaced": "same",
    "doubled": "adds",
    "8.0": "adds",
    "4.0": "same",
    "4": "same",
    "the same": "same",
    "stays": "same",
    "unchanged": "same",
    "an error": "error",
    "raises": "error",
    "raises an error": "error",
    "runtimeerror": "error",
    "exception": "error",
    "an exception": "error",
    "raises an exception": "error",
    "raise": "error",
    "fails": "error",
    "it fails": "error",
    "crashes": "error",
    "crash": "error",
    "stops": "error",
    "it stops": "error",
}


@exercise("12.a")
def how_near(answer):
    return choose(
        answer,
        "close",
        {
            "equal": "Both compute the same operations in the same order. But does PyTorch keep as "
            "many digits of each number, unless you ask for them?",
            "close": "PyTorch keeps about seven digits of each number, unless you ask for more.",
            "far": "The formula is the same, and so are the numbers that go in. Where would a "
            "large difference come from?",
        },
        ALMOST,
    )


@exercise("12.b")
def second_backward(answer):
    is_class = isinstance(answer, type) and issubclass(answer, Exception)
    if is_class or isinstance(answer, Exception):
        answer = "error"
    return choose(
        answer,
        "error",
        {
            "adds": "It would add, as ours does, if all that the rules need were still there. In "
            "training a graph is used once, and memory is short.",
            "same": "No backward pass clears a leaf, neither here nor there. Think of what else "
            "the first call may throw away.",
            "error": "The first call freed what it had saved for the square. retain_graph=True "
            "would have kept it.",
        },
        AT_SECOND_CALL,
    )


@exercise("12.1")
def shapes_of_a_layer(shape_weight, shape_bias, shape_result):
    shape(
        "The shape of layer.weight",
        _as_shape(shape_weight, "layer.weight"),
        (2, 5),
        {
            (5, 2): "so our layers keep it; what has PyTorch exchanged",
            (7, 5): "this is the shape of X; a layer does not know how many examples will come",
            (7, 2): "a layer does not know how many examples will come",
            (10,): "there are ten weights, but in rows",
            (2,): "each neuron has a weight for each of its inputs",
            (5,): "each of the neurons has five weights",
        },
        otherwise="Linear(5, 2) has five inputs and two neurons",
    )
    shape(
        "The shape of layer.bias",
        _as_shape(shape_bias, "layer.bias"),
        (2,),
        {
            (5,): "a bias belongs to a neuron, and not to an input",
            (7,): "a bias belongs to a neuron, and not to an example",
            (2, 1): "the biases are a vector, with one axis",
            (1, 2): "the biases are a vector, with one axis",
            (1,): "each neuron has a bias of its own",
            (): "each neuron has a bias of its own",
            (
                7,
                2,
            ): "the biases are stretched along the examples; they have no such axis themselves",
            (2, 5): "a neuron has one bias, whatever the number of its inputs",
        },
        otherwise="one bias for each neuron",
    )
    return shape(
        "The shape of layer(X)",
        _as_shape(shape_result, "layer(X)"),
        (7, 2),
        {
            (2, 7): "examples go along axis 0",
            (7, 5): "the five inputs are summed over, and the neurons take their place",
            (5, 2): "the examples stay, and the inputs are summed over",
            (7,): "each example gets a number from each neuron",
            (2,): "each of the examples gets a number from each neuron",
            (7, 2, 5): "the five inputs are summed over",
            (7, 5, 2): "the five inputs are summed over",
        },
        "A row of weights and a bias for each neuron; a row of the result for each example.",
        "every example meets every neuron",
    )


def _as_shape(answer, name):
    """The answer with "by" as x, and an array of whole numbers as a tuple.

    Wrong where it is a tensor of PyTorch's, or its method, in place of a shape.
    """
    if isinstance(answer, str):
        return re.sub(r"\s+by\s+|;", " x ", answer)
    if hasattr(answer, "requires_grad"):
        raise Wrong(f"This is {name} itself; asked for is its shape.")
    if getattr(answer, "__name__", "") in ("size", "shape") and callable(answer):
        raise Wrong(f"{name}.{answer.__name__} is a function here; its result has brackets.")
    if type(answer).__name__ == "ndarray" and answer.ndim == 1:
        return answer.tolist()
    if isinstance(answer, (tuple, list)) and all(_is_whole(n) for n in answer):
        return tuple(int(n) for n in answer)
    return answer


def _is_whole(number_):
    return isinstance(number_, float) and number_.is_integer() or isinstance(number_, Integral)


@exercise("12.2")
def softplus_for_both(softplus):
    points = ((-2.0,), (1.5,), (4.0,), (0.0,))
    seen = []
    grads = []
    for (x,) in points:
        v = Value(x)
        with suggest(
            "Use only the methods that Values and tensors share, x.exp() and .log(), "
            "with their brackets."
        ):
            out = _softplus_of(softplus, v)
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
            (lambda x: 1 / (1 + math.exp(-x)), "this is the sigmoid, the slope of softplus"),
            (lambda x: -math.log1p(math.exp(x)), "the sign in front"),
            (lambda x: math.exp(x), "this is e^x; the 1 and the logarithm are missing"),
            *[
                (
                    lambda x, e=e: math.log1p(e**x),
                    f"{e} is too short for e; the method x.exp() has all digits",
                )
                for e in (2.7, 2.71, 2.718, 2.7183, 2.72)
            ],
            (lambda x: 2 + x, "log(e^x) is x again; the 1 belongs inside the logarithm"),
        ],
        "build it from the inside: e to the x, then the 1, and the logarithm of all that",
    )
    compare(
        "At x = {0} the gradient should be {wanted}, and is {seen}",
        points,
        grads,
        lambda x: 1 / (1 + math.exp(-x)),
        [
            (
                lambda x: 1 / (1 + math.exp(-x)) if x else 0.0,
                "everywhere else it is right. Is there a relu in it? That has a corner at 0, "
                "where its slope counts as 0",
            ),
        ],
        "the value is right, so some part of the graph is lost; was it computed with x.data?",
    )
    if not _works_on_a_tensor(softplus):
        raise Wrong(
            "It works on a Value, and would not work on every tensor: "
            "use only what both have, such as +, x.exp() and .log()."
        )
    return "It uses only what Values and tensors share. Its slope is the sigmoid."


def _softplus_of(function, v):
    """What the learner's softplus makes of the Value v; Wrong where that is no Value."""
    try:
        out = call(function, v)
    except NameError as problem:
        if problem.name not in ("exp", "log"):
            raise
        raise Wrong(
            f"There is no function {problem.name} here; it is a method, such as x.{problem.name}()."
        ) from None
    except ValueError as problem:
        if "above zero" not in str(problem):
            raise
        raise Wrong(
            f"{code_stopped(problem)}. The softplus takes the logarithm of 1 + e^x, "
            "which is always above 0."
        ) from None
    if isinstance(out, Value):
        return out
    why = ""
    if callable(out):
        why = ": the brackets behind the method's name are missing"
    elif isinstance(out, Real):
        why = ": without the graph there is no gradient. Use x itself, not a number taken from it"
    raise Wrong(f"softplus of a Value should be a Value, and yours is {described(out)}{why}.")


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
            15: "15 is the loss. Asked is its slope, added up over four calls.",
            60: "60 is the loss, four times. Add up the gradient.",
            81: "gradients are added, not multiplied.",
            30: "each new graph has new inner nodes, which start at 0: nothing but w adds up, "
            "by as much in each call.",
            6: "that is after two calls.",
            9: "that is after three calls.",
            20: "20 is 4 times w. Each call adds the slope of 3w.",
            5: "5 is w. Asked is the slope of 3w, from all calls together.",
            4: "four calls, and each brings the slope of 3w.",
            0: "nobody clears, so all that came is there.",
        },
        otherwise="each call brings the slope of 3w, and nobody clears",
    )
    return decide(
        "w.grad with clearing",
        always,
        3,
        {
            12: "clearing takes away what earlier calls left.",
            0: "clear, then backward: the last call still brings its gradient.",
            15: "15 is the loss; its slope is asked.",
            5: "5 is w; the slope of 3w is asked.",
        },
        "Four times 3 add up to 12; cleared each time, the 3 of the last call is left.",
        otherwise="clear, then one call: what does that one bring",
    )


AGREEMENT = (  # x, y, the tolerance, whether they agree, and why
    (1.0, 1.0, 1e-9, True, "equal numbers agree"),
    (0.0, 0.0, 1e-9, True, "two zeros agree: they differ by 0, and a size of 0 counts as 1"),
    (0.5, 0.49999999999999994, 1e-12, True, "they differ in the last digit only"),
    (3.0, 1.0, 0.1, False, "they differ by 2, and 0.1 is allowed"),
    (1.1, 1.0, 1e-6, False, "they differ by 0.1, and 0.000001 is allowed"),
    (1.0, 3.0, 0.1, False, "x is far below y. Is it abs() of the difference that you compare?"),
    (1.0, 1.1, 1e-6, False, "they differ by 0.1"),
    (
        -2.0,
        2.0,
        0.1,
        False,
        "opposite signs: they differ by 4. Is it abs() of the difference, "
        "and not the difference of the sizes?",
    ),
    (
        2.0,
        -2.0,
        0.1,
        False,
        "opposite signs: they differ by 4. Is it abs() of the difference, "
        "and not the difference of the sizes?",
    ),
    (1e6, 1e6 + 0.5, 1e-6, True, "y is near a million, so 0.5 is less than 1e-6 of its size"),
    (1e6, 1e6 + 5, 1e-6, False, "y is near a million, and 5 is more than 1e-6 of its size"),
    (
        -1e6,
        -1e6 - 0.5,
        1e-6,
        True,
        "their sizes are near a million, so 0.5 is less than 1e-6 of it; the size of a negative "
        "y is abs(y)",
    ),
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
    (0.9, 1.1, 0.19, True, "the size of y is above 1, so it counts: 0.2 is less than 0.209"),
    (-0.9, -1.1, 0.19, True, "the size of y is above 1, so it counts: 0.2 is less than 0.209"),
    (0.3, 0.5, 0.19, False, "the size of y is below 1, so 1 counts: 0.2 is more than 0.19"),
    (0.5, 0.7, 0.21, True, "the size of y is below 1, so 1 counts: 0.2 is less than 0.21"),
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
        seen = _judgement(agree, x, y, tolerance)
        if not _is_truth(seen):
            raise Wrong(f"agree should return True or False, and returned {described(seen)}.")
        if bool(seen) != right:
            end = "" if why.endswith("?") else "."
            raise Wrong(f"agree({x!r}, {y!r}, {tolerance!r}) should be {right}: {why}{end}")
    return "Relative where numbers are large, absolute where they are small."


def _judgement(agree, x, y, tolerance):
    """What agree says; Wrong where it divides by 0."""
    plain_numbers = "x and y are plain numbers here, and the size of y is its distance from 0."
    try:
        with suggest(plain_numbers):
            return call(agree, x, y, tolerance)
    except ZeroDivisionError:
        raise Wrong(
            f"agree({x!r}, {y!r}, {tolerance!r}) stops with ZeroDivisionError: y may be 0. "
            "Multiply the tolerance in place of dividing the difference."
        ) from None


def _is_truth(answer):
    """Whether answer is True or False, Python's or NumPy's, which goes by two names."""
    if getattr(answer, "shape", None) == () and hasattr(answer, "item"):
        answer = answer.item()
    return isinstance(answer, bool)


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


for _name in ("add", "sub", "mul", "truediv", "pow"):
    setattr(_Shared, f"__{_name}__", _shared(f"__{_name}__"))
    setattr(_Shared, f"__r{_name}__", _shared(f"__r{_name}__"))
for _name in ("__neg__", "exp", "log", "tanh", "sigmoid", "relu"):
    setattr(_Shared, _name, _shared(_name))
