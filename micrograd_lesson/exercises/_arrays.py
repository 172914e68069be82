"""Checks of functions of arrays: what they gave at several points, in shape and in numbers."""

import copy
import re
from dataclasses import dataclass

import numpy as np

from ._check import Wrong, call, described, plain
from ._slips import code_stopped


@dataclass(frozen=True)
class Tried:
    """What the learner's function gave.

    points: tuples of its arguments.
    answers: what it gave at each.
    stopped: the sentence with which it stopped before, at points where shapes differ; or None.
    """

    points: list
    answers: list
    stopped: str | None = None

    def part(self, k):
        """The same for part k of each answer."""
        return Tried(self.points, [answer[k] for answer in self.answers], self.stopped)

    def gave(self, formula):
        """Whether formula explains, in shape and numbers, what was seen at every point."""
        return same(formula, self.points, [as_array(answer) for answer in self.answers])


def tried(function, points, squares=()):
    """Try function at points.

    Where it stops because shapes do not fit, as with a wrong order of factors, it is tried at
    squares instead, points at which all sizes are equal, so that the order shows in the numbers.
    """
    try:
        return Tried(points, _answers(function, points))
    except ValueError as problem:
        if not squares:
            raise
        return Tried(squares, _answers(function, squares), _stopped(problem))


def _stopped(problem):
    """That the learner's code stopped; where @ found no fit, with the sizes in plain words."""
    sizes = re.search(r"matmul: .*size (\d+) is different from (\d+)", str(problem))
    if sizes is None:
        return code_stopped(problem)
    right, left = sizes.groups()
    return (
        f"Your code stopped at @ with {type(problem).__name__}: "
        f"the rows on its left are {left} long, and the columns on its right {right}"
    )


def _answers(function, points):
    return [call(function, *copy.deepcopy(point)) for point in points]


def compare_arrays(what, seen, right, mistakes, otherwise):
    """Silent where a Tried has right's shape and numbers at every point; else Wrong.

    mistakes: pairs of a wrong function and what to say about it; otherwise: what to say else.
    """
    if seen.gave(right):
        return
    why = otherwise
    for wrong, hint in mistakes:
        if seen.gave(wrong):
            why = hint
            break
    why = why if why.endswith("?") else f"{why}."
    if seen.stopped:
        raise Wrong(f"{seen.stopped}. In {what}: {why}")
    for point, answer in zip(seen.points, seen.answers):
        array = as_array(answer)
        wanted = np.shape(right(*point))
        if array.shape != wanted:
            raise Wrong(
                f"The shape of {what} should be {wanted} here, and yours is {array.shape}: {why}"
            )
        if not same(right, [point], [array]):
            raise Wrong(f"The shape of {what} is right, and its numbers are not: {why}")


def check_all_sizes(seen):
    """Wrong where the function stopped, although it is right where all sizes are equal."""
    if seen.stopped:
        raise Wrong(f"{seen.stopped}. It should work for arrays of any sizes.")


def same(formula, points, arrays):
    """Whether formula gives what was seen at every point, in shape and numbers."""
    for point, array in zip(points, arrays):
        try:
            wanted = np.asarray(formula(*point))
        except ValueError:  # a wrong formula may not fit these shapes
            return False
        if wanted.shape != array.shape or not np.allclose(array, wanted, 1e-6, 1e-9):
            return False
    return True


def as_array(answer):
    """The answer as an array of floats: an array, a list, a number, a Value or a Tensor."""
    try:
        return np.asarray(plain(answer), float)
    except (TypeError, ValueError):
        raise Wrong(f"An array is wanted here, and this is {described(answer)}.") from None
