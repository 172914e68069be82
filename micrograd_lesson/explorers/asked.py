"""What is said where a learner's own function stops: one sentence that names what it did."""

from contextlib import contextmanager

from ..words import number


class Stopped(ValueError):
    """A learner's own function stopped; the message is the whole sentence for the learner."""


@contextmanager
def asked(what):
    """Say what stopped, where what is done inside raises an exception.

    what: how the call is named in the sentence, such as "loss(3)".

    Raises:
        Stopped: with the exception as its cause.
    """
    try:
        yield
    except Stopped:
        raise
    except Exception as problem:
        seen = f"{type(problem).__name__}: {problem}".rstrip(" :.")
        raise Stopped(f"{what} stopped with {seen}.") from problem


def asking(name, function):
    """function, of numbers alone, as one that says what stopped; name: what to call it."""

    def ask(*inputs):
        with asked(f"{name}({', '.join(number(x, 4) for x in inputs)})"):
            return function(*inputs)

    return ask
