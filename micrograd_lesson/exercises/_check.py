"""How an exercise is registered, checked and answered."""

import copy
import dis
import math
import re
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Real

from .. import words
from ..engine import Value

MARKS = {True: "✓ Right. ", False: "✗ Not yet. ", None: "… "}
WAITING = "Waiting for your answer: replace the ... in this cell and run it again."

# What the code of an empty function consists of: nothing but the return of a constant.
EMPTY = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}

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
        return MARKS[self.right] + self.message


# Registering and running a check.


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
    if any(_is_missing(part) for part in answer):
        return Verdict(None, WAITING)
    try:
        return Verdict(True, _CHECKS[name](*answer))
    except NotYet:
        return Verdict(None, WAITING)
    except Wrong as wrong:
        return Verdict(False, str(wrong))
    except Exception as problem:  # the learner's own code may raise anything
        return Verdict(False, _stopped(problem))


def _is_missing(part):
    """True for what stands in the cell before it is answered, and for an empty text."""
    if isinstance(part, str):
        return not part.strip()
    return part is ... or part is None


def _stopped(problem):
    return f"Your code stopped with {type(problem).__name__}: {problem}"


# Running the learner's code.


def call(function, *inputs, returns=True):
    """function(*inputs), where the learner has written it.

    returns: whether it should return something.
    """
    if not callable(function):
        raise Wrong(f"This exercise asks for a function, and got {described(function)}.")
    answer = function(*inputs)
    if answer is ...:
        raise NotYet
    if answer is None and _is_empty(function):
        raise NotYet
    if answer is None and returns:
        name = getattr(function, "__name__", "")
        raise Wrong(f"Your function {name} returns nothing: is the return missing?")
    return answer


def _is_empty(function):
    """True where the body is `...`, `pass` or a docstring."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    steps = {step.opname for step in dis.get_instructions(code)}
    return steps <= EMPTY


def described(thing):
    """What the learner gave, for a sentence: its type, and the start of its repr."""
    return f"{type(thing).__name__} {thing!r:.60}"


def new_value(name, operation, v, advice):
    """What an operation called name, where the learner has written it, makes of the Value v.

    advice: as for `suggest`.
    """
    with suggest(advice):
        out = call(operation, v)
    if not hasattr(out, "data") or not hasattr(out, "_prev"):
        raise Wrong(f"{name}(v) should return a new Value, and returned {described(out)}.")
    return out


class OpenLeaf(Value):
    """A leaf that keeps whatever is written into data and grad, for a check to look at.

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


# Reading an answer.


def plain(answer):
    """What a Value or a Tensor holds; anything else as it is, if it is there at all."""
    if answer is ...:
        raise NotYet
    return answer.data if hasattr(answer, "_prev") else answer


def number(answer):
    """The answer as a float: a number of any kind, a Value (its data), or the text of a number."""
    try:
        return float(plain(answer))
    except (TypeError, ValueError):
        raise Wrong(f"A number is wanted here, and this is {described(answer)}.") from None


def numbers(function, points):
    """The number that function gives at each of points, which are tuples of its arguments."""
    answers = [call(function, *copy.deepcopy(point)) for point in points]
    for answer in answers:
        if isinstance(answer, str):
            raise Wrong(
                f"The function should return a number, and returned the text {answer!r:.60}."
            )
    return [number(answer) for answer in answers]


def pairs(function, points, what, first=None, second=None):
    """The two numbers that function gives at each of points: all the first, and all the second.

    Wrong where they are those of the functions first and second, swapped.
    """
    seen = []
    for point in points:
        answer = call(function, *copy.deepcopy(point))
        seen.append(_two_numbers(answer, what))
    firsts = [pair[0] for pair in seen]
    seconds = [pair[1] for pair in seen]
    if first is None:
        return firsts, seconds
    are_right = _explains(first, points, firsts) and _explains(second, points, seconds)
    are_swapped = _explains(second, points, firsts) and _explains(first, points, seconds)
    if are_swapped and not are_right:
        raise Wrong(f"Your two numbers are swapped: return {what}, in this order.")
    return firsts, seconds


def _two_numbers(answer, what):
    """The two numbers of an answer that is a tuple, a list or another sequence of two."""
    has_order = not isinstance(answer, (str, set, dict))
    try:
        parts = tuple(answer) if has_order else ()
    except TypeError:
        parts = ()
    if len(parts) != 2:
        raise Wrong(
            f"Two numbers are wanted, {what}, with a comma between them; "
            f"yours returned {described(answer)}."
        )
    return number(parts[0]), number(parts[1])


# Judging an answer.


def close(x, y, tolerance=1e-6):
    """True where x is within tolerance of y, relative to the larger of 1 and |y|.

    Tuples are compared part by part.
    """
    if isinstance(y, tuple):
        return len(x) == len(y) and all(close(*parts, tolerance) for parts in zip(x, y))
    return isinstance(x, Real) and math.isclose(x, y, rel_tol=tolerance, abs_tol=tolerance)


def compare(say, points, seen, right, mistakes, otherwise, tolerance=1e-6):
    """The check of a function that was tried at several points: silent, or Wrong with a reason.

    A mistake is named only where it explains what was seen at every point. One point proves little:
    4*x and x**3 are both 8 at x = 2.

    Args:
        say: the sentence on the first wrong point, with {0}, {1} ... for its parts, {wanted} and
            {seen}; numbers are written by words.py.
        points: tuples, the arguments of right and of each mistake.
        seen: what the learner's function gave at each point, a number or a tuple of numbers.
        right: the function that the exercise asks for.
        mistakes: pairs of a wrong function and what to say about it.
        otherwise: what to say where no mistake explains what was seen.
    """
    if _explains(right, points, seen, tolerance):
        return
    why = otherwise
    for wrong, hint in mistakes:
        if _explains(wrong, points, seen, tolerance):
            why = hint
            break
    for point, value in zip(points, seen):
        wanted = right(*point)
        if not close(value, wanted, tolerance):
            wanted, value = _apart(wanted, value)
            parts = [_written(part) for part in point]
            raise Wrong(f"{say.format(*parts, wanted=wanted, seen=value)}: {_ended(why)}")


def _explains(formula, points, seen, tolerance=1e-6):
    """Whether formula gives at each of points what was seen there."""
    return all(close(value, formula(*point), tolerance) for value, point in zip(seen, points))


def _ended(sentence):
    """The sentence with a full stop, where it has no end yet."""
    return sentence if sentence.endswith((".", "?", "!")) else sentence + "."


def _written(part):
    """An argument as it stands in a sentence; a list as Python writes it."""
    if isinstance(part, Real):
        return words.number(part)
    if isinstance(part, tuple):
        return _bracketed(words.number(x) for x in part)
    return str(part)


def _apart(a, b):
    """Two numbers, or two tuples of so many numbers, written so that one can tell them apart."""
    if not isinstance(a, tuple):
        return words.apart(a, b)
    texts = [words.apart(*parts) for parts in zip(a, b)]
    return _bracketed(text for text, _ in texts), _bracketed(text for _, text in texts)


def _bracketed(texts):
    return f"({', '.join(texts)})"


def reason(seen, mistakes, otherwise, tolerance=1e-6):
    """The reason that mistakes, {wrong number: reason}, gives for the number seen; else otherwise.

    Tuples of numbers do as well.
    """
    for wrong, why in mistakes.items():
        if close(seen, wrong, tolerance):
            return why
    return otherwise


def decide(
    what,
    answer,
    right,
    mistakes,
    praise="",
    tolerance=1e-6,
    otherwise="follow it step by step on paper",
    mistake_tolerance=None,
):
    """The check of one number: praise, or Wrong with the reason from mistakes.

    Args:
        what: what the number is, the start of the sentence.
        answer: the learner's.
        right: the number that is asked for.
        mistakes: {wrong number: reason}.
        praise: what to say to the right answer.
        tolerance: how far off is still right.
        otherwise: what to say where no mistake fits.
        mistake_tolerance: how far off a mistake is still named; without it, as tolerance.
    """
    seen = number(answer)
    if close(seen, right, tolerance):
        return praise
    if mistake_tolerance is None:
        mistake_tolerance = tolerance
    why = reason(seen, mistakes, otherwise, mistake_tolerance)
    written, _ = words.apart(seen, right)
    raise Wrong(f"{what} is not {written}: {_ended(why)}")


def choose(answer, right, choices, also=None):
    """The check of a prediction: praise, or Wrong with the reason.

    Args:
        answer: a word; a Value stands for its label.
        right: the right word.
        choices: {word: what to say to it}, in the order of the page. For the right word that is
            praise, for another one why it is a natural thought.
        also: {another way to say a word: the word}.
    """
    word = plain_word(answer)
    if also is not None:
        word = also.get(word, word)
    if word not in choices:
        raise Wrong(f"{answer!r} is not one of the choices: {', '.join(choices)}.")
    if word != right:
        raise Wrong(choices[word])
    return choices[word]


def plain_word(answer):
    """The answer as a word in lower case: a Value by its label, 3.0 as 3."""
    if isinstance(answer, Real):
        return f"{answer:g}"
    named = getattr(answer, "label", answer)
    return str(named).strip().lower()


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
    if isinstance(answer, int) and right == (answer,):
        raise Wrong(
            f"{what}: the number is right; written as a tuple of one it needs a comma, ({answer},)."
        )
    if isinstance(answer, int) and right == ():
        raise Wrong(
            f"{what} is not {answer}: a single number has no direction at all, "
            "and its shape is the empty tuple, ()."
        )
    seen = _sizes(answer)
    if seen == right:
        return praise
    why = mistakes.get(seen, otherwise)
    raise Wrong(f"{what} is not {seen}: {_ended(why)}")


def _sizes(answer):
    """A shape as a tuple of whole numbers."""
    if isinstance(answer, str) and not re.search(r"[A-Za-z]", answer):
        return tuple(int(digits) for digits in re.findall(r"\d+", answer))
    if isinstance(answer, (tuple, list)) and all(isinstance(n, int) for n in answer):
        return tuple(answer)
    raise Wrong(
        f"A shape is a tuple of whole numbers, such as (2,), and this is {described(answer)}."
    )
