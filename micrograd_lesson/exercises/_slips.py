"""What an exception, or the code of a function that was given, says of natural slips."""

import dis
import sysconfig
from pathlib import Path

from ._limit import SECONDS, GivenUp, MemoryUp

PACKAGE = str(Path(__file__).resolve().parents[1])
# Python's own code and that of installed packages; this package may lie there, too.
INSTALLED = tuple(
    {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
)
POWER = "In Python a power is written with two stars, x**2; the sign ^ is another operation"


def stopped(problem):
    """One sentence or two on an exception that was raised while an answer was checked."""
    if isinstance(problem, GivenUp):
        return _given_up(problem)
    seen = f"{type(problem).__name__}: {problem}".rstrip(": ")
    if not is_the_learners(problem):
        return f"Your answer could not be judged: with it the check itself ends in {seen}"
    return _ended(f"Your code stopped with {seen}", _advice(problem))


def code_stopped(problem):
    """That the learner's code stopped, and with what; without a full stop, for a hint to follow."""
    return f"Your code stopped with {type(problem).__name__}: {str(problem).rstrip('.')}"


def is_the_learners(problem):
    """Whether it was the learner's code that stopped, and not the check around it."""
    if getattr(problem, "raised_by_answer", False):
        return True
    return any(_is_learners(frame) for frame in _frames(problem))


def hints(answers):
    """Sentences on slips that stand in the functions among the answers, whatever they led to."""
    found = []
    for answer in answers:
        code = getattr(answer, "__code__", None)
        if code is None:
            continue
        for capital, small in _other_case(code):
            found.append(
                f"Your function reads {capital}, a name from outside it; "
                f"its own input is called {small} here"
            )
        if _has_caret(code):
            found.append(POWER)
    return found


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
        name = getattr(problem, "name", None) or ""
        for frame in reversed(_frames(problem)):
            if name.swapcase() in _inputs(frame.f_code):
                return f"The function's input is called {name.swapcase()} here"
    if isinstance(problem, TypeError) and "for ^" in str(problem):
        return POWER
    if isinstance(problem, RecursionError):
        return "A function calls itself again and again: what should end it?"
    if isinstance(problem, MemoryError):
        return "It asked for more memory than a check may take: does a list grow without end?"
    return ""


def _ended(*sentences):
    """The sentences one after the other, each with one full stop; the last one as it is."""
    parts = [sentence for sentence in sentences if sentence]
    for i in range(len(parts) - 1):
        parts[i] = parts[i].rstrip(".") + "."
    return " ".join(parts)


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


def _has_caret(code):
    return any(
        step.argrepr in ("^", "^=")
        for step in dis.get_instructions(code)
        if step.opname == "BINARY_OP"
    )
