"""A table of numbers of one's own: what a spreadsheet saves as CSV.

The first line names the columns. Each further line is one example, with a number in each column.
Separators and decimal commas are those of `files`.
"""

import numpy as np

from .files import (
    SEPARATORS,
    advice_on,
    content,
    decoded,
    fields_of,
    number_in,
    numbered_lines,
    separator_of,
)

LARGEST_TABLE = 20_000_000  # bytes
PURPOSE = "a table"
MISSING = {"", "na", "n/a", "nan", "null", "none", "-", "?"}


def load_table(path):
    """A table of numbers from a CSV file: (names, table), as `read_table` returns them.

    Raises:
        OSError: there is no such file, or it cannot be read.
        ValueError: it holds no such table; the message names the first line that is wrong.
    """
    return read_table(content(path, LARGEST_TABLE, PURPOSE))


def read_table(text):
    """A table of numbers from the text of a CSV file: (names, table).

    Args:
        text: the content, as a string or as bytes in UTF-8. Columns are separated by commas,
            semicolons or tabs. The first line names the columns; empty lines are passed over.

    Returns:
        The names, a list, and an array of floats of shape (examples, columns).

    Raises:
        TypeError: text is neither a string nor bytes.
        ValueError: it is no such table; the message names the first line that is wrong. A number
            that is missing is refused as well: what should stand there is for you to decide.
    """
    rows = numbered_lines(decoded(text, "read_table", LARGEST_TABLE, PURPOSE))
    if len(rows) < 2:
        raise ValueError("a table needs a line with the names of its columns, and examples below.")
    (first, heading), *examples = rows
    separator = separator_of(heading)
    names = fields_of(heading, separator)
    _check_names(first, names)
    table = [_example(number, line, separator, names) for number, line in examples]
    return names, np.array(table)


def _check_names(number, names):
    if any(not np.isnan(number_in(name)) for name in names):
        raise ValueError(
            f"line {number} should name the columns, and holds the number {_first_number(names)}."
        )
    empty = [place for place, name in enumerate(names, 1) if not name]
    if empty:
        raise ValueError(f"line {number} gives no name to column {empty[0]}.")
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"line {number} gives the name {twice[0]!r:.40} to two columns.")


def _first_number(names):
    return next(name for name in names if not np.isnan(number_in(name)))


def _example(number, line, separator, names):
    """The numbers of one line."""
    fields = fields_of(line, separator)
    if len(fields) != len(names):
        raise ValueError(_wrong_count(number, line, separator, len(fields), len(names)))
    return [_cell(number, name, field, separator) for name, field in zip(names, fields)]


def _wrong_count(number, line, separator, count, wanted):
    sentence = f"line {number} has {count} columns, and the first line names {wanted}"
    if separator == "," and count > wanted:
        return f"{sentence}; with decimal commas, put semicolons between the columns."
    if separator_of(line) != separator:
        return f"{sentence}, separated by {SEPARATORS[separator]}."
    return f"{sentence}."


def _cell(number, name, field, separator):
    x = number_in(field, separator)
    if np.isfinite(x):
        return x
    where = f"line {number}, column {name!r:.40}"
    if field.lower() in MISSING:
        raise ValueError(
            f"{where}: the number is missing; fill it in, or leave out the line or the column."
        )
    advice = "" if np.isinf(x) else advice_on(field)
    raise ValueError(f"{where}: {field!r:.40} is not a number{advice}.")
