"""How an exercise is registered, checked and answered."""

import copy
import dis
import math
import re
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Real

from ..engine import Value

_CHECKS = {}


class Wrong(Exception):
    """Raised by a check; the message tells the learner what is wrong, and why it is natural."""


class NotYet(Exception):
    """Raised where the learner has not written anything yet."""


@dataclass(frozen=True)
class Verdict:
    """The answer to an answer. right is None where there is nothing to check yet."""

    right: bool | None
    message: str

    def __repr__(self):
        return {True: "✓ Right. ", False: "✗ Not yet. ", None: "… "}[self.right] + self.message


def exercise(name):
    """Register a check: a function of the answer that returns praise or raises Wrong."""

    def register(function):
        if name in _CHECKS:
            raise ValueError(f"there are two exercises {name!r}.")
        _CHECKS[name] = function
        return function

    return register


def check(name, *answer):
    """Check an answer, for instance check("01.1", my_slope).

    Args:
        name: lesson and number, as the exercise cell has it.
        answer: what the exercise asks for: numbers, words, functions or classes.

    Returns:
        A Verdict, which a notebook shows as a sentence.

    Raises:
        ValueError: there is no exercise of that name.
    """
    if name not in _CHECKS:
        raise ValueError(f"there is no exercise {name!r}; known are {', '.join(sorted(_CHECKS))}.")
    try:
        if any(
            part is ... or part is None or (isinstance(part, str) and not part.strip())
            for part in answer
        ):
            raise NotYet
        return Verdict(True, _CHECKS[name](*answer))
    except NotYet:
        return Verdict(
            None, "Waiting for your answer: replace the ... in this cell and run it again."
        )
    except Wrong as wrong:
        return Verdict(False, str(wrong))
    except Exception as problem:  # the learner's own code may raise anything
        return Verdict(False, _stopped(problem))


def call(function, *inputs, returns=True):
    """function(*inputs), where the learner has written it; returns says whether it should return something."""
    if not callable(function):
        raise Wrong(
            f"This exercise asks for a function, and got {type(function).__name__} {function!r:.60}."
        )
    answer = function(*inputs)
    if answer is ... or (answer is None and _is_empty(function)):
        raise NotYet
    if answer is None and returns:
        raise Wrong(
            f"Your function {getattr(function, '__name__', '')} returns nothing: is the return missing?"
        )
    return answer


def new_value(name, operation, v, advice):
    """What an operation called name, where the learner has written it, makes of the Value v; advice as for `suggest`."""
    with suggest(advice):
        out = call(operation, v)
    if not hasattr(out, "data") or not hasattr(out, "_prev"):
        raise Wrong(
            f"{name}(v) should return a new Value, and returned {type(out).__name__} {out!r:.60}."
        )
    return out


class OpenLeaf(Value):
    """A leaf that keeps whatever is written into data and grad, so that a check can say what it found.

    Value itself refuses what is not a number, in words that cannot know the exercise.
    """

    # Plain attributes, in the place of Value's checked properties.
    data = None
    grad = None

    def __init__(self, data, label="", grad=0.0):
        super().__init__(data, label)
        self.data = data
        self.grad = grad


@contextmanager
def suggest(hint):
    """Add a hint where the learner's code stops because something has the wrong type."""
    try:
        yield
    except (TypeError, AttributeError) as problem:
        raise Wrong(f"{_stopped(problem).rstrip('.')}. {hint}") from None


def close(x, y, tolerance=1e-6):
    """True where x is within tolerance of y, relative to the larger of 1 and |y|; tuples part by part."""
    if isinstance(y, tuple):
        return len(x) == len(y) and all(close(*parts, tolerance) for parts in zip(x, y))
    return isinstance(x, Real) and math.isclose(x, y, rel_tol=tolerance, abs_tol=tolerance)


def number(answer):
    """The answer as a float: a number of any kind, a Value (its data), or the text of a number."""
    if answer is ...:
        raise NotYet
    try:
        return float(answer.data if hasattr(answer, "_prev") else answer)
    except (TypeError, ValueError):
        raise Wrong(
            f"A number is wanted here, and this is {type(answer).__name__} {answer!r:.60}."
        ) from None


def numbers(function, points):
    """The number that function gives at each of points, which are tuples of its arguments."""
    answers = [call(function, *copy.deepcopy(point)) for point in points]
    for answer in answers:
        if isinstance(answer, str):
            raise Wrong(
                f"The function should return a number, and returned the text {answer!r:.60}."
            )
    return [number(answer) for answer in answers]


def pairs(function, points, what, right=None):
    """The two numbers that function gives at each of points; Wrong where they are those of right, swapped."""
    seen = []
    for point in points:
        answer = call(function, *copy.deepcopy(point))
        try:
            first, second = () if isinstance(answer, (str, set, dict)) else answer
        except (TypeError, ValueError):
            raise Wrong(
                f"Two numbers are wanted, {what}, with a comma between them; yours returned "
                f"{type(answer).__name__} {answer!r:.60}."
            ) from None
        seen.append((number(first), number(second)))
    if (
        right
        and not _explains(right, points, seen)
        and _explains(lambda *point: right(*point)[::-1], points, seen)
    ):
        raise Wrong(f"Your two numbers are swapped: return {what}, in this order.")
    return seen


def compare(say, points, seen, right, mistakes, otherwise, tolerance=1e-6):
    """The check of a function that was tried at several points: silent, or Wrong with a reason.

    A mistake is named only where it explains what was seen at every point. One point proves little:
    4*x and x**3 are both 8 at x = 2.

    Args:
        say: the sentence on the first wrong point, with {0}, {1} ... for its parts, {wanted} and {seen}.
        points: tuples, the arguments of right and of each mistake.
        seen: what the learner's function gave at each point, a number or a tuple of numbers.
        right: the function that the exercise asks for.
        mistakes: pairs of a wrong function and what to say about it.
        otherwise: what to say where no mistake explains what was seen.
    """
    if _explains(right, points, seen, tolerance):
        return
    why = next(
        (why for wrong, why in mistakes if _explains(wrong, points, seen, tolerance)), otherwise
    )
    point, value = next(
        pair for pair in zip(points, seen) if not close(pair[1], right(*pair[0]), tolerance)
    )
    raise Wrong(f"{say.format(*point, wanted=right(*point), seen=value)}: {why}.")


def reason(seen, mistakes, otherwise, tolerance=1e-6):
    """The reason that mistakes, {wrong number: reason}, gives for the number seen; else otherwise."""
    return next(
        (why for wrong, why in mistakes.items() if close(seen, wrong, tolerance)), otherwise
    )


def decide(
    what,
    answer,
    right,
    mistakes,
    praise="",
    tolerance=1e-6,
    otherwise="follow it step by step on paper.",
):
    """The check of one number: praise, or Wrong with the reason from mistakes."""
    seen = number(answer)
    if close(seen, right, tolerance):
        return praise
    raise Wrong(f"{what} is not {seen:g}: {reason(seen, mistakes, otherwise, tolerance)}")


def choose(answer, right, options, praise, also=()):
    """The check of a prediction: options maps each wrong word to why it is a natural thought.

    also: pairs of another way to say a word, and the word.
    """
    word = str(answer).strip().lower()
    word = dict(also).get(word, word)
    if word == right:
        return praise
    if word in options:
        raise Wrong(options[word])
    raise Wrong(f"{answer!r} is not one of the choices: {', '.join([right, *options])}.")


def shape(
    what,
    answer,
    right,
    mistakes,
    praise="",
    otherwise="count the rows, then the numbers in each row",
):
    """The check of a shape: praise, or Wrong with the reason from mistakes, {wrong shape: reason}.

    answer: a tuple, a list, a torch.Size, a whole number or the text of one of them.
    """
    if isinstance(answer, str):
        seen = tuple(map(int, re.findall(r"\d+", answer)))
    elif isinstance(answer, (tuple, list)) and all(isinstance(n, int) for n in answer):
        seen = tuple(answer)
    elif isinstance(answer, int) and right == (answer,):
        raise Wrong(
            f"{what}: the number is right; written as a tuple of one it needs a comma, ({answer},)."
        )
    elif isinstance(answer, int) and right == ():
        raise Wrong(
            f"{what} is not {answer}: a single number has no direction at all, and its shape is the empty "
            "tuple, ()."
        )
    else:
        raise Wrong(
            f"A shape is a tuple of whole numbers, such as (2,), and this is {type(answer).__name__} "
            f"{answer!r:.60}."
        )
    if seen == right:
        return praise
    why = mistakes.get(seen, otherwise)
    raise Wrong(f"{what} is not {seen}: {why}.")


def _is_empty(function):
    """True where the body is `...`, `pass` or a docstring: nothing but the return of a constant."""
    code = getattr(function, "__code__", None)
    return code is not None and {step.opname for step in dis.get_instructions(code)} <= {
        "RESUME",
        "NOP",
        "LOAD_CONST",
        "RETURN_VALUE",
        "RETURN_CONST",
    }


def _explains(formula, points, seen, tolerance=1e-6):
    return all(close(value, formula(*point), tolerance) for value, point in zip(seen, points))


def _stopped(problem):
    return f"Your code stopped with {type(problem).__name__}: {problem}"
