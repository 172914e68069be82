"""How an exercise is registered, checked and answered."""

import copy
import dis
import inspect
import math
import re
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Integral, Real

from .. import words
from ..engine import Value
from . import _record, _slips
from ._limit import GivenUp, limited
from ._slips import ended

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
    verdict = _judged(name, answer)
    problem = _record.keep(name, verdict.right)
    if problem:
        return Verdict(verdict.right, f"{verdict.message} {problem}")
    return verdict


def _judged(name, answer):
    """The Verdict on an answer that is there."""
    try:
        return Verdict(True, limited(_CHECKS[name], *answer))
    except NotYet:
        return Verdict(None, WAITING)
    except Wrong as wrong:
        said = str(wrong)
    except (Exception, GivenUp, SystemExit) as problem:  # the learner's code may raise anything
        said = _slips.stopped(problem)
    sentences = [ended(said), *_slips.hints(answer, said)]
    return Verdict(False, " ".join(sentences))


def _is_missing(part):
    """True for what stands in the cell before it is answered, and for an empty text."""
    if isinstance(part, str):
        return not part.strip()
    return part is ... or part is None


# Running the learner's code.


def call(function, *inputs, returns=True):
    """function(*inputs), where the learner has written it.

    returns: whether it should return something.
    """
    if not callable(function):
        raise Wrong(f"This exercise asks for a function, and got {described(function)}.")
    answer = _run(function, inputs)
    if answer is ...:
        raise NotYet
    if answer is None and _is_empty(function):
        raise NotYet
    if answer is None and returns:
        name = getattr(function, "__name__", "")
        raise Wrong(f"Your function {name} returns nothing: is the return missing?")
    return answer


def _run(function, inputs):
    """function(*inputs); what it raises is marked as the learner's, whose code it is."""
    try:
        return function(*inputs)
    except TypeError as problem:
        if problem.__traceback__.tb_next is None:  # it was not even entered
            _check_inputs(function, inputs)
        problem.raised_by_answer = True
        raise
    except Exception as problem:
        problem.raised_by_answer = True
        raise


def _check_inputs(function, inputs):
    """Wrong where function cannot take so many inputs."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # one of Python's own may hide it
        return
    try:
        signature.bind(*inputs)
    except TypeError:
        name = getattr(function, "__name__", "")
        given = words.count(len(inputs), "input")
        taken = words.count(len(signature.parameters), "input")
        outside = getattr(function, "__qualname__", name).rpartition(".")[0]
        is_method = outside and not outside.endswith("<locals>")
        misses_self = is_method and len(signature.parameters) == len(inputs) - 1
        hint = " Is self missing among its parameters?" if misses_self else ""
        raise Wrong(
            f"The check calls your function {name} with {given}, and yours has {taken}.{hint}"
        ) from None


def _is_empty(function):
    """True where the body is `...`, `pass` or a docstring."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    steps = {step.opname for step in dis.get_instructions(code)}
    return steps <= EMPTY


def described(thing):
    """What the learner gave, for a sentence: its type, and the start of its repr."""
    if isinstance(thing, type):
        return f"the class {thing.__name__}"
    if callable(thing) and hasattr(thing, "__name__"):
        return f"the function {thing.__name__}"
    try:
        text = repr(thing)
    except Exception:  # a class of the learner's may have a __repr__ that fails
        text = ""
    if not text or " at 0x" in text:
        return f"an object of the class {type(thing).__name__}"
    text = " ".join(text.split())  # in one line
    if len(text) > 60:
        text = text[:59].rstrip(" .") + "…"
    return f"{type(thing).__name__} {text}"


class OpenLeaf(Value):
    """A leaf that keeps whatever is written into data and grad, for a check to look at.

    Value itself refuses what is not a number, in words that cannot know the exercise. Python's
    own messages call it Value too.
    """

    __qualname__ = "Value"

    # Plain attributes, in the place of Value's checked properties.
    data = None
    grad = None

    def __init__(self, data, label="", grad=0.0):
        super().__init__(data, label)
        self.data = data
        self.grad = grad

    def backward(self):
        """As Value's own for a leaf: its gradient rises by 1."""
        self.grad = self.grad + 1.0


OpenLeaf.__name__ = "Value"  # the name that Python's messages use


@contextmanager
def suggest(hint):
    """Add a hint where the learner's code stops because something has the wrong type."""
    try:
        yield
    except (TypeError, AttributeError) as problem:
        if not _slips.is_the_learners(problem):
            raise
        raise Wrong(f"{_slips.stopped(problem)} {hint}") from None


# Reading an answer.


def plain(answer):
    """What a Value or a Tensor holds; anything else as it is, if it is there at all."""
    if answer is ...:
        raise NotYet
    is_node = hasattr(answer, "_prev") and not isinstance(answer, type)
    return answer.data if is_node else answer


def number(answer):
    """The answer as a float: a number of any kind, a Value (its data), or the text of a number."""
    held = plain(answer)
    if isinstance(held, str):
        return _number_of_text(held)
    if _is_array(held) and held.size == 1:
        held = held.item()
    try:
        return float(held)
    except OverflowError:
        raise Wrong("This number is too large: a float ends near 1.8e308.") from None
    except (TypeError, ValueError):
        raise Wrong(f"A number is wanted here, and this is {_no_number(held)}.") from None


def _number_of_text(text):
    """The number that a text holds, with any kind of minus."""
    bare = text.strip().strip("\"'`").replace("−", "-").replace("–", "-").rstrip(".")
    try:
        return float(bare)
    except ValueError:
        pass
    if re.fullmatch(r"[-+]?\d+,\d+", bare):
        raise Wrong(f"Python writes a decimal point, {bare.replace(',', '.')}, and no comma.")
    advice = ""
    if re.search(r"\d", bare) and re.search(r"[-+*/(]", bare):
        advice = " Without the quotes Python computes it"
    raise Wrong(ended(f"A number is wanted here, and this is the text {text!r:.60}.{advice}"))


def _no_number(thing):
    """What stands where a number is wanted, with a word on how it may have come there."""
    if isinstance(thing, tuple) and len(thing) == 2:
        if all(isinstance(part, int) for part in thing) and thing[1] >= 0:
            return f"{described(thing)}, two numbers; a decimal point is a point in Python"
    if callable(thing) and not isinstance(thing, type):
        return f"{described(thing)}; its result has brackets behind the name"
    return described(thing)


def _is_array(thing):
    """Whether it is an array of numpy's, or something that looks like one."""
    return isinstance(getattr(thing, "size", None), int) and hasattr(thing, "item")


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
        if not isinstance(x, (tuple, list)):
            return False
        return len(x) == len(y) and all(close(*parts, tolerance) for parts in zip(x, y))
    if _is_array(x) and x.size == 1 and not isinstance(x, Real):
        x = x.item()
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
            raise Wrong(f"{say.format(*parts, wanted=wanted, seen=value)}: {ended(why)}")


def _explains(formula, points, seen, tolerance=1e-6):
    """Whether formula gives at each of points what was seen there."""
    return all(close(value, formula(*point), tolerance) for value, point in zip(seen, points))


def _written(part):
    """An argument as it stands in a sentence; a list as Python writes it."""
    if isinstance(part, Real):
        return words.number(part)
    if isinstance(part, tuple):
        return _bracketed(_written(x) for x in part)
    return str(part)


def _apart(a, b):
    """Two numbers, or two tuples of numbers, written so that one can tell them apart."""
    if isinstance(a, Real) and isinstance(b, Real):
        return words.apart(a, b)
    if not (isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b)):
        return _written(a), _written(b)
    texts = [_apart(*parts) for parts in zip(a, b)]
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
    if _looks_rounded(seen, right):
        otherwise = "if you have rounded it, give it with more digits"
    why = reason(seen, mistakes, otherwise, mistake_tolerance)
    written, _ = words.apart(seen, right)
    raise Wrong(f"{what} is not {written}: {ended(why)}")


def _looks_rounded(seen, right):
    """Whether seen, which has two digits or more, is what rounding makes of right."""
    digits = len(repr(abs(seen)).replace(".", "").strip("0"))
    return 2 <= digits <= 8 and float(f"{right:.{digits}g}") == seen


def choose(answer, right, choices, also=None):
    """The check of a prediction: praise, or Wrong with the reason.

    Args:
        answer: a word; a Value stands for its label.
        right: the right word.
        choices: {word: what to say to it}, in the order of the page. For the right word that is
            praise, for another one why it is a natural thought.
        also: {another way to say a word: the word}.
    """
    word = chosen_word(answer, choices, also)
    if word is None:
        given = answer if isinstance(answer, str) else _unwrapped(answer)
        shown = repr(given)[:60] if isinstance(given, (str, Real)) else described(given)
        raise Wrong(f"{shown} is not one of the choices: {', '.join(choices)}.")
    if word != right:
        raise Wrong(choices[word])
    return choices[word]


# Words that say the same. A group speaks for a choice only where one choice alone is in it.
SAME = (
    "stays|stay|same|unchanged|no change|not change|not changed|remains|constant|equal|equals",
    "less|lower|smaller|fewer|falls|fall|falling|decreases|decrease|down|downwards|drops|shrinks",
    "more|higher|greater|larger|bigger|rises|rise|rising|increases|increase|up|upwards|grows",
    "positive|+|plus|above 0|above zero",
    "negative|-|minus|below 0|below zero",
    "yes|true",
    "no|false",
    "worse|worst",
    "better|best",
    "0|zero|none|nothing|null",
    "1|one|once",
    "2|two|twice|double|doubled|two times|2 times",
    "3|three|three times|3 times",
    "4|four|four times|4 times",
    "5|five",
    "6|six",
    "7|seven",
    "8|eight",
    "9|nine",
    "10|ten",
)
GROUPS = [group.split("|") for group in SAME]
FILLERS = {
    "it",
    "its",
    "the",
    "they",
    "is",
    "are",
    "will",
    "be",
    "goes",
    "go",
    "does",
    "gets",
    "at",
    "a",
    "an",
}
# Behind a choice and a comma stands an explanation, unless it begins so: "rises, or falls".
NO_EXPLANATION = {
    "or",
    "and",
    "but",
    "then",
    "if",
    "unless",
    "maybe",
    "perhaps",
    "probably",
    "both",
}
NEGATIONS = {
    "not",
    "never",
    "no",
    "neither",
    "nor",
    "without",
    "cannot",
    "isn't",
    "doesn't",
    "don't",
}


def chosen_word(answer, choices, also=None):
    """Which of the choices an answer means; None where it may be none or several.

    Args:
        answer: as for `choose`.
        choices: the words.
        also: {another way to say a word: the word}.
    """
    known = {plain_word(choice): choice for choice in choices}
    for other, choice in (also or {}).items():
        known.setdefault(plain_word(other), choice)
    word = plain_word(answer)
    without_brackets = " ".join(re.sub(r"\(.*?\)", " ", word).split())
    for form in (word, without_brackets, _without_fillers(without_brackets)):
        found = _meant(form, known)
        if found is not None:
            return found
    return _before_explanation(word, known)


def _before_explanation(word, known):
    """The choice that stands first in "rises, because …"; None where another one is named too."""
    head, mark, tail = _split_at_explanation(word)
    if not mark:
        return None
    found = _meant(_without_fillers(head), known)
    first = tail.split(maxsplit=1)[0] if tail else ""
    if found is None or first in NO_EXPLANATION | NEGATIONS:
        return None
    named = " ".join(re.findall(r"[\w'+-]+", tail))
    others = {other for other, choice in known.items() if choice != found}
    for group in GROUPS:
        if any(other in group or _without_fillers(other) in group for other in set(others)):
            others.update(group)
    if any(f" {other} " in f" {named} " for other in others):
        return None
    return found


def _split_at_explanation(word):
    """(what stands before an explanation, the mark or word between, the explanation)."""
    parts = re.split(r"([,;:.]\s+|\s+[-–—]\s+|\s+(?=(?:because|since|as)\s))", word, maxsplit=1)
    return parts if len(parts) == 3 else (word, "", "")


def _meant(form, known):
    """The choice that a form of an answer means: by itself, a synonym or a part of the words."""
    if form in known:
        return known[form]
    for group in GROUPS:
        if form in group:
            found = {known[word] for word in group if word in known}
            found |= {known[word] for word in known if _without_fillers(word) in group}
            if len(found) == 1:
                return found.pop()
    said = form.split()
    if not said or not any(len(word) > 2 for word in said):
        return None
    # "high" for "rate too high", and "bounces and closes in" for "bounces"
    part_of = {known[word] for word in known if set(said) < set(word.split())}
    if len(part_of) == 1 and len(form) > 2:
        return part_of.pop()
    if NEGATIONS & set(said):
        return None
    unmarked = re.sub(r"[,;:.!?](?=\s)", "", form)
    words_known = [word for word in known if len(word) > 2 or len(word) == 2 and word.isalpha()]
    holds = {known[word] for word in words_known if f" {word} " in f" {unmarked} "}
    return holds.pop() if len(holds) == 1 else None


def _without_fillers(text):
    kept = [word for word in text.split() if word not in FILLERS]
    return " ".join(kept)


def _unwrapped(answer):
    """The one thing in a list, a tuple or a set of one; a 0-d array's number; else the answer."""
    if isinstance(answer, (list, tuple, set, frozenset)) and len(answer) == 1:
        return next(iter(answer))
    if _is_array(answer) and answer.size == 1 and not isinstance(answer, Real):
        return answer.item()
    return answer


def plain_word(answer):
    """The answer as a word in lower case, without quotes: a Value by its label, 3.0 as 3."""
    answer = _unwrapped(answer)
    if isinstance(answer, bool):
        return str(answer).lower()
    if isinstance(answer, Real):
        try:
            return f"{float(answer):g}"
        except OverflowError:
            return str(answer)
    named = getattr(answer, "label", answer)
    text = str(named).casefold().replace("−", "-").replace("’", "'").replace("_", " ")
    text = text.strip(" \t\n\"'`“”‘*.,;:!?")
    return " ".join(text.split())


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
    answer = _unwrapped(answer) if _is_array(answer) else answer
    is_whole = isinstance(answer, Integral) and not isinstance(answer, bool)
    if is_whole and right == (answer,):
        raise Wrong(
            f"{what}: the number is right; written as a tuple of one it needs a comma, ({answer},)."
        )
    if is_whole and right == ():
        raise Wrong(
            f"{what} is not {answer}: a single number has no direction at all, "
            "and its shape is the empty tuple, ()."
        )
    seen = _sizes(answer)
    if seen == right:
        return praise
    why = mistakes.get(seen, otherwise)
    raise Wrong(f"{what} is not {seen}: {ended(why)}")


def _sizes(answer):
    """A shape as a tuple of whole numbers."""
    if isinstance(answer, str):
        return _sizes_of_text(answer)
    if isinstance(answer, (tuple, list)) and all(isinstance(n, Integral) for n in answer):
        return tuple(int(n) for n in answer)
    raise Wrong(
        f"A shape is a tuple of whole numbers, such as (7,), and this is {described(answer)}."
    )


def _sizes_of_text(text):
    """The shape that a text writes: "(4, 2)", "4 x 2", "()"."""
    inside = re.sub(r"^(torch\.)?size(?=[(\[])", "", text.strip().casefold()).strip("()[]\"' ,")
    parts = [part for part in re.split(r"[\s,x×*]+", inside) if part]
    has_brackets = re.search(r"[(\[]", text) is not None
    if all(part.isdecimal() for part in parts) and (parts or has_brackets):
        return tuple(int(part) for part in parts)
    raise Wrong(
        f"A shape is a tuple of whole numbers, such as (7,), and this is the text {text!r:.60}."
    )
