"""Numbers that a learner wrote as a text: "minus nine", "-3/2", "3 layers"."""

import re
from fractions import Fraction

from .lesson_01 import as_text

NUMBERS = {
    "zero": 0.0,
    "half": 0.5,
    "a half": 0.5,
    "one half": 0.5,
    "½": 0.5,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "twelve": 12.0,
}


def spoken(answer, units=()):
    """The number that a text says; anything else as it is.

    units: words that may stand behind the number, longer ones first.
    """
    if not isinstance(answer, str):
        return answer
    text = re.sub(r"^(minus|negative) +", "-", as_text(answer.strip().casefold()))
    for unit in units:
        text = text.removesuffix(unit).rstrip()
    size = NUMBERS.get(text.removeprefix("-").strip())
    if size is not None:
        return -size if text.startswith("-") else size
    try:
        return float(Fraction(text.replace(" ", "")))
    except (ValueError, ZeroDivisionError, OverflowError):
        return answer
