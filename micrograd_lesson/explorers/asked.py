"""What is asked of a learner's own functions and models, and what is said where one does not do."""

from contextlib import contextmanager

from ..words import exception, number


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
        raise Stopped(f"{what} stopped with {exception(problem)}.") from problem


def asking(name, function):
    """function, of numbers alone, as one that says what stopped; name: what to call it."""

    def ask(*inputs):
        with asked(f"{name}({', '.join(number(x, 4) for x in inputs)})"):
            return function(*inputs)

    return ask


def checked_by_name(name, models, needed, example, try_one):
    """A learner's models as a dict of its own, each tried.

    Args:
        name: of the argument, such as "models".
        models: what should be a dict from names.
        needed: the start of a sentence, such as "models is a dict from names to functions".
        example: of what is needed, such as '{"mine": net}'.
        try_one: a function of a model's name and the model; ValueError where it does not do.

    Raises:
        TypeError: models is no dict from texts.
        ValueError: it is empty, or try_one refuses one of them.
    """
    if not isinstance(models, dict) or not all(isinstance(key, str) for key in models):
        raise TypeError(f"{needed}, such as {example}, not {type(models).__name__} {models!r:.80}.")
    if not models:
        raise ValueError(f"{name} is empty; at least one is needed, such as {example}.")
    for key, model in models.items():
        try_one(key, model)
    return dict(models)


@contextmanager
def trying(what):
    """Whatever a learner's model raises in here becomes a ValueError that begins with what."""
    try:
        yield
    except Exception as problem:
        raise ValueError(f"{what}: {problem}") from problem


def described(found):
    """What a learner's model gave, by its kind and, where it has one, its shape."""
    kind = type(found).__name__
    shape = getattr(found, "shape", None)
    return kind if shape is None else f"{kind} of shape {shape}"
