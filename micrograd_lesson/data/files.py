"""Points in the plane from a table: what a spreadsheet saves as CSV.

A line is x1, x2, class. The first line says how columns are separated: by semicolons or
tabs where it has any, else by commas. Between semicolons or tabs a number may be written
with a decimal comma, as much of Europe does.
"""

import math
from pathlib import Path

import numpy as np

from .. import words
from .points import FARTHEST, MOST_POINTS

MOST_BYTES = 1_000_000
PURPOSE = "points in the plane"
SEPARATORS = {";": "semicolons", "\t": "tabs", ",": "commas"}
EXAMPLE = "0.5,-1.2,1"
MISTYPED = str.maketrans("OoIl", "0011")  # letters that look like a digit


def load_points(path):
    """Points in the plane and their classes, from a file: (X, y), as `read_points` returns them.

    Raises:
        OSError: there is no such file, or it cannot be read.
        ValueError: it holds no such points; the message names the first line that is wrong.
    """
    return read_points(content(path, MOST_BYTES, PURPOSE))


def read_points(text):
    """Points in the plane and their classes, from lines of x1, x2, class: (X, y).

    Args:
        text: the content of a CSV file, as a string or as bytes in UTF-8; for a path there is
            `load_points`. Columns are separated by commas, semicolons or tabs. The class is
            1 or −1, or 1 or 0, which then stands for −1. The first line may name the columns;
            empty lines are passed over.

    Returns:
        X of shape (n, 2) and y of shape (n,), each entry −1 or 1.

    Raises:
        TypeError: text is neither a string nor bytes.
        ValueError: it is no such table; the message names the first line that is wrong.
    """
    rows = numbered_lines(decoded(text, "read_points", MOST_BYTES, PURPOSE))
    separator = separator_of(rows[0][1]) if rows else ","
    if rows and _names_columns(rows[0][1], separator):
        del rows[0]
    if not rows:
        raise ValueError(
            f"there are no points in it; each line needs x1, x2 and the class, such as {EXAMPLE}."
        )
    if len(rows) > MOST_POINTS:
        raise ValueError(f"there are {len(rows)} points in it; {MOST_POINTS} are the most.")

    points = [_point(number, line, separator) for number, line in rows]
    table = np.array(points, float)  # shape (n, 3)
    _check_one_name_for_each_class(rows, table[:, 2])
    return table[:, :2], np.where(table[:, 2] == 1, 1.0, -1.0)


def content(path, most_bytes, purpose):
    """The bytes of a file, which is not read where it is too large; purpose as for `decoded`."""
    path = Path(path)
    check_size(path.stat().st_size, most_bytes, purpose)
    return path.read_bytes()


def decoded(text, reader, most_bytes, purpose):
    """The text as one string, from bytes where it is not one yet.

    reader: the function that was asked. purpose: what may have most_bytes.
    """
    if isinstance(text, (bytes, bytearray, memoryview)):
        text = bytes(text)
        check_size(len(text), most_bytes, purpose)
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError:
            raise ValueError("the file is no text in UTF-8; save the table as CSV.") from None
    if not isinstance(text, str):
        raise TypeError(f"{reader} needs the text of a CSV file, not {type(text).__name__}.")
    if "\0" in text:
        raise ValueError("the file is no text; save the table as CSV.")
    return text.removeprefix("\ufeff")  # the byte-order mark that some programs put first


def check_size(size, most_bytes, purpose):
    """Refuse a file that is too large.

    Raises:
        ValueError: size, in bytes, is above most_bytes. purpose: what is said to need less.
    """
    if size > most_bytes:
        raise ValueError(f"the file has {size} bytes; {most_bytes} are the most for {purpose}.")


def numbered_lines(text):
    """The lines that are not empty, each with its number: [(1, "0.5,-1.2,1"), …]."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [(number, line.strip(" \n")) for number, line in enumerate(text.split("\n"), 1)]
    return [(number, line) for number, line in lines if line.strip()]


def separator_of(line):
    """What separates the columns of this line."""
    for separator in SEPARATORS:
        if separator in line:
            return separator
    return ","


def _names_columns(line, separator):
    """Whether the first line is a header: three names, none of which looks like a number.

    A row with a slip of the finger in it, O.5,l,one, is no header: it must be refused, not dropped.
    """
    fields = fields_of(line, separator)
    return len(fields) == 3 and not any(_looks_like_a_number(field) for field in fields)


def _looks_like_a_number(field):
    begins_like_one = field[:1].isdigit() or field[:1] in ("+", "-", "−", ".", ",")
    is_one_when_letters_are_digits = not math.isnan(number_in(field.translate(MISTYPED)))
    return begins_like_one or is_one_when_letters_are_digits or field.lower() == "nan"


def fields_of(line, separator):
    """The texts between the separators, without quotes and spaces around them: a list."""
    return [field.strip().strip('"').strip() for field in line.split(separator)]


def _point(number, line, separator):
    """(x1, x2, class) of one line of a table of points."""
    fields = fields_of(line, separator)
    if len(fields) != 3:
        raise ValueError(_wrong_columns(number, line, separator, len(fields)))
    for field in fields[:2]:
        x = number_in(field, separator)
        if math.isnan(x):
            raise ValueError(f"line {number}: {field!r:.40} is not a number{advice_on(field)}.")
        if abs(x) > FARTHEST:
            raise ValueError(
                f"line {number}: {field!r:.40} is farther out than {words.number(FARTHEST, 7)}."
            )
    label = number_in(fields[2], separator)
    if label not in (-1, 0, 1):
        raise ValueError(
            f"line {number}: {fields[2]!r:.40} is no class; classes are 1 and −1, or 1 and 0."
        )
    return number_in(fields[0], separator), number_in(fields[1], separator), label


def _wrong_columns(number, line, separator, count):
    """The sentence for a line that has not three columns, and what may have gone wrong."""
    columns = "1 column" if count == 1 else f"{count} columns"
    sentence = f"line {number} has {columns} instead of three: x1, x2 and the class"
    if separator == "," and count in (5, 6):
        return f"{sentence}; with decimal commas, put semicolons between, as in 0,5;-1,2;1."
    if separator_of(line) != separator:
        return f"{sentence}; the first line is separated by {SEPARATORS[separator]}."
    return f"{sentence}."


def advice_on(field):
    """What a complaint of a field adds: that it has a letter in a number; "" where it has none."""
    if math.isnan(number_in(field.translate(MISTYPED))):
        return ""
    return ": there is a letter where a digit should be"


def number_in(field, separator=","):
    """The number in a field; nan where there is none."""
    if separator != "," and "." not in field:
        field = field.replace(",", ".", 1)
    field = field.replace("−", "-")
    if "_" in field:  # Python alone reads 1_0 as 10
        return math.nan
    try:
        return float(field)
    except ValueError:
        return math.nan


def _check_one_name_for_each_class(rows, labels):
    """−1 and 0 name the same class; a table uses one of them. labels: shape (n,)."""
    first_minus_one = _first_place(labels, -1)
    first_zero = _first_place(labels, 0)
    if first_minus_one is None or first_zero is None:
        return
    later = max(first_minus_one, first_zero)
    number = rows[later][0]
    earlier = min(first_minus_one, first_zero)
    raise ValueError(
        f"line {number} has class {words.number(labels[later])}, "
        f"an earlier one {words.number(labels[earlier])}: "
        "both stand for the same class, so use one of them."
    )


def _first_place(labels, label):
    places = np.flatnonzero(labels == label)
    return places[0] if places.size else None
