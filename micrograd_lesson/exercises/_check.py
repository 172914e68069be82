"""How an exercise is registered, checked and answered."""

import math
from dataclasses import dataclass

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
        for part in answer:
            _given(part)
        return Verdict(True, _CHECKS[name](*answer))
    except NotYet:
        return Verdict(None, "Waiting for your answer: replace the ... in this cell and run it again.")
    except Wrong as wrong:
        return Verdict(False, str(wrong))
    except Exception as problem:  # the learner's own code may raise anything
        return Verdict(False, f"Your code stopped with {type(problem).__name__}: {problem}")


def call(function, *inputs):
    """function(*inputs), where the learner has written it."""
    if not callable(function):
        raise Wrong(f"This exercise asks for a function, and got {type(function).__name__} {function!r:.60}.")
    return _given(function(*inputs))


def _given(answer):
    if answer is None or answer is ...:
        raise NotYet
    return answer


def close(x, y, tolerance=1e-6):
    """True where x is within tolerance of y, relative to the larger of 1 and |y|."""
    return isinstance(x, (int, float)) and math.isclose(
        x, y, rel_tol=tolerance, abs_tol=tolerance)


def number(answer):
    """The answer as a float: a number, a Value (its data), or the text of a number."""
    x = _given(answer)
    try:
        return float(x.data if hasattr(x, "_prev") else x)
    except (TypeError, ValueError):
        raise Wrong(f"A number is wanted here, and this is {type(answer).__name__} {answer!r:.60}.") from None


def reason(seen, mistakes, otherwise, tolerance=1e-6):
    """The reason that mistakes, {wrong number: reason}, gives for the number seen; else otherwise."""
    return next((why for wrong, why in mistakes.items() if close(seen, wrong, tolerance)), otherwise)


def decide(what, answer, right, mistakes, praise="", tolerance=1e-6):
    """The check of one number: praise, or Wrong with the reason from mistakes."""
    seen = number(answer)
    if close(seen, right, tolerance):
        return praise
    why = reason(seen, mistakes, "follow it step by step on paper.", tolerance)
    raise Wrong(f"{what} is not {seen:g}: {why}")


def choose(answer, right, options, praise):
    """The check of a prediction: options maps each wrong word to why it is a natural thought."""
    word = str(answer).strip().lower()
    if word == right:
        return praise
    if word in options:
        raise Wrong(options[word])
    raise Wrong(f"{answer!r} is not one of the choices: {', '.join([right, *options])}.")
