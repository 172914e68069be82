"""What an exception, or the code of a function that was given, says of natural slips."""

import builtins
import dis
import math
import sysconfig
from pathlib import Path
from types import CodeType, ModuleType

from ..engine import Value
from ..words import exception
from ._limit import SECONDS, GivenUp, MemoryUp

PACKAGE = str(Path(__file__).resolve().parents[1])
# Python's own code and that of installed packages; this package may lie there, too.
INSTALLED = tuple(
    {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
)
POWER = "In Python a power is written with two stars, x**2; the sign ^ is another operation."


def stopped(problem):
    """One sentence or two on an exception that was raised while an answer was checked."""
    if isinstance(problem, GivenUp):
        return _given_up(problem)
    if not is_the_learners(problem):
        seen = exception(problem)
        return ended(f"Your answer could not be judged: with it the check itself ends in {seen}")
    advice = _advice(problem)
    said = ended(code_stopped(problem))
    return f"{said} {advice}" if advice else said


def ended(sentence):
    """The sentence with a full stop, where it has no end yet."""
    # A bracket or quotation mark may stand behind the full stop.
    has_end = sentence.rstrip(")\"'”’").endswith((".", "?", "!", "…"))
    return sentence if has_end else sentence + "."


def code_stopped(problem):
    """That the learner's code stopped, and with what; without a full stop, for a hint to follow."""
    return f"Your code stopped with {exception(problem)}"


def is_the_learners(problem):
    """Whether it was the learner's code that stopped, and not the check around it."""
    if getattr(problem, "raised_by_answer", False):
        return True
    return any(_is_learners(frame) for frame in _frames(problem))


def hints(answers, said):
    """Sentences on slips that stand in the functions among the answers, whatever they led to.

    said: what the verdict says already; nothing of it is said twice.
    """
    found = []
    for answer in answers:
        for function in _functions(answer):
            code = function.__code__
            found += [_from_outside(*pair) for pair in _other_case(code)]
            unknown = _unknown_names(code, function.__globals__)
            unknown = [name for name in unknown if f".{name}" not in said]
            found += [_where_it_is(name, function.__globals__) for name in unknown]
            if _has_caret(code):
                found.append(POWER)
    return [hint for hint in dict.fromkeys(found) if hint and hint not in said]


def _functions(answer):
    """The functions in an answer: itself, or those of a class."""
    if isinstance(answer, type):
        return [part for part in vars(answer).values() if hasattr(part, "__code__")]
    return [answer] if hasattr(answer, "__code__") else []


def _from_outside(capital, small):
    """The sentence on a name that is an input's in the other case."""
    return (
        f"Your function reads {capital}, a name from outside it; "
        f"its own input is called {small} here."
    )


def _where_it_is(name, page):
    """Where a name is to be had that Python does not know alone, sqrt; nothing where nowhere.

    page: the names of the page, with what they stand for.
    """
    places = []
    for module in ("math", "numpy"):
        places += [
            f"{known}.{name}"
            for known, thing in page.items()
            if isinstance(thing, ModuleType) and thing.__name__ == module and hasattr(thing, name)
        ]
    after = ""
    if not places and name in vars(math):
        places = [f"math.{name}"]
        after = ", after `import math`"
    if not places:
        return ""
    said = f"Python does not know {name} alone: write {' or '.join(places)}{after}"
    if any(thing is Value for thing in page.values()) and callable(getattr(Value, name, None)):
        said += f"; of a Value v it is v.{name}()"
    return f"{said}."


def _given_up(problem):
    is_learners = False
    step = problem
    while step is not None:  # it may be raised again while the first one is on its way out
        is_learners = is_learners or any(_is_learners(frame) for frame in _frames(step))
        step = step.__context__
    if isinstance(problem, MemoryUp):
        what = "needed more and more memory"
    else:
        what = f"was still running after {SECONDS:g} seconds"
    if is_learners:
        return f"Your code {what}, and was stopped: does each loop in it come to an end?"
    return (
        f"The check {what} while it went through your answer, and gave up: does a value lead back "
        "to itself, or does a list grow while it is read?"
    )


def _advice(problem):
    """What to say after the words of an exception; nothing where they say it all."""
    if isinstance(problem, NameError):
        return _advice_on_name(problem)
    if isinstance(problem, TypeError) and "for ^" in str(problem):
        return POWER
    if isinstance(problem, RecursionError):
        return "A function calls itself again and again: what should end it?"
    if isinstance(problem, MemoryError):
        return "It asked for more memory than a check may take: does a list grow without end?"
    return ""


def _advice_on_name(problem):
    """What to say of a name that is not known where the learner's code stopped."""
    name = getattr(problem, "name", None) or ""
    frames = [frame for frame in reversed(_frames(problem)) if _is_learners(frame)]
    for frame in frames:
        if name.swapcase() in _inputs(frame.f_code):
            return _from_outside(name, name.swapcase())
    if not frames or isinstance(problem, UnboundLocalError):
        return ""
    return _where_it_is(name, frames[0].f_globals)


def _frames(problem):
    """The frames that an exception came through, the innermost last."""
    found = []
    step = problem.__traceback__
    while step is not None:
        found.append(step.tb_frame)
        step = step.tb_next
    return found


def _is_learners(frame):
    """Whether a frame belongs neither to this package nor to what is installed."""
    file = frame.f_code.co_filename
    if file.startswith((PACKAGE, "<frozen")):
        return False
    return not file.startswith(INSTALLED)


def _inputs(code):
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def _other_case(code):
    """(name, input) for each name from outside that is an input in the other case: X for x."""
    inputs = _inputs(code)
    found = {}
    for step in dis.get_instructions(code):
        name = step.argval
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF") and name.swapcase() in inputs:
            found[name] = name.swapcase()
    return found.items()


def _unknown_names(code, page):
    """The names that a function, or one inside it, reads and that neither page nor Python has."""
    found = {
        step.argval
        for step in dis.get_instructions(code)
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    unknown = [name for name in sorted(found) if name not in page and not hasattr(builtins, name)]
    for part in code.co_consts:
        if isinstance(part, CodeType):
            unknown += _unknown_names(part, page)
    return unknown


def _has_caret(code):
    return any(
        step.argrepr in ("^", "^=")
        for step in dis.get_instructions(code)
        if step.opname == "BINARY_OP"
    )
