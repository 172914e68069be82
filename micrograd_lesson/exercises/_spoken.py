"""Numbers that a learner wrote as a text: "minus nine", "-3/2", "two thirds", "3 layers"."""

import re
from fractions import Fraction

from ._check import number

NUMBERS = {
    "zero": 0.0,
    "half": 1 / 2,
    "½": 1 / 2,
    "third": 1 / 3,
    "⅓": 1 / 3,
    "two thirds": 2 / 3,
    "⅔": 2 / 3,
    "quarter": 1 / 4,
    "¼": 1 / 4,
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


def as_text(answer):
    """The text of a number as Python reads it, without a name before it; else as it is."""
    if not isinstance(answer, str):
        return answer
    text = answer.replace("−", "-").strip().rstrip("….")
    text = re.sub(r"^[a-z]\w* *[=≈:] *", "", text)  # x = 2
    text = re.sub(r"^(about|approximately|ca\.?|~|≈) *(?=[-\d.])", "", text)
    text = re.sub(r"\b(minus|negative) *(?=[\d.])", "-", text)
    text = re.sub(r"^- (?=[\d.])", "-", text)
    text = text.removesuffix(" times")
    return re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", text)  # a comma for the point


def spoken(answer, units=()):
    """The number that a text says; anything else as it is.

    units: words that may stand behind the number, longer ones first.
    """
    if not isinstance(answer, str):
        return answer
    text = re.sub(r"^(minus|negative) +", "-", as_text(answer.strip().casefold()))
    for unit in units:
        text = text.removesuffix(unit).rstrip()
    sign = -1.0 if text.startswith("-") else 1.0
    size = text.removeprefix("-").strip()
    in_words = size.removeprefix("a ").removeprefix("one ")
    if in_words in NUMBERS:
        return sign * NUMBERS[in_words]
    if sign < 0 and size.startswith(("-", "+")):  # a second sign
        return answer
    try:
        return sign * _of_digits(size)
    except (ValueError, ZeroDivisionError, OverflowError):
        return answer


def _of_digits(text):
    """3, 2.5, 5/2 or 2 1/3 as a float; ValueError where it is none of them."""
    whole, _, rest = text.rpartition(" ")
    if "/" in rest and "/" not in whole:
        return float(Fraction(whole or "0") + Fraction(rest))
    return float(Fraction(text.replace(" ", "")))


def fraction(answer):
    """The answer as a float; written as a text, in digits, as a fraction or in words, it will do.

    Raises:
        Wrong: it is no number.
    """
    return number(spoken(answer))
