"""First names, letter by letter: for predicting the next letter.

The letters are numbered: 0 is the point, which stands before a name and ends it, and 1 to 26
are a to z.
"""

from pathlib import Path

import numpy as np

LETTERS = ".abcdefghijklmnopqrstuvwxyz"


def first_names(validation=500, test=500, seed=0):
    """5,163 first names of 2 to 11 letters, a to z, in three lists: training, validation, test.

    All names that the US Census Bureau listed as first names after the census of 1990, women's
    and men's, each once (census.gov, Genealogy Data, Names Files of 1990): a work of the United
    States government, in the public domain.

    Args:
        validation, test: how many names go into these lists; the rest is for training.
        seed: which of the random divisions.

    Raises:
        ValueError: a list would hold no name.
    """
    text = Path(__file__).with_name("first_names.txt").read_text("ascii")
    names = text.split()
    training = len(names) - validation - test
    if min(validation, test, training) < 1:
        raise ValueError(
            f"each of the three lists needs at least 1 of the {len(names)} names; "
            f"validation={validation} and test={test} leave {training} for training."
        )
    order = np.random.default_rng(seed).permutation(len(names))
    mixed = [names[i] for i in order]
    return (
        mixed[:training],
        mixed[training : training + validation],
        mixed[training + validation :],
    )


def encode(text):
    """The numbers of the letters, a list: encode("emma") is [5, 13, 13, 1].

    ValueError: something else than a to z and the point.
    """
    for letter in text:
        if letter not in LETTERS:
            raise ValueError(f"names are written with a to z here, not with {letter!r}.")
    return [LETTERS.index(letter) for letter in text]


def decode(numbers):
    """The text of such numbers: decode([5, 13, 13, 1]) is "emma".

    ValueError: a number outside 0 to 26.
    """
    for number in numbers:
        if not 0 <= number < len(LETTERS):
            raise ValueError(f"letters have the numbers 0 to {len(LETTERS) - 1}, not {number}.")
    return "".join(LETTERS[number] for number in numbers)


def contexts(names, length):
    """Every letter of every name, its point at the end too, with the letters before it.

    Args:
        names: a list of names.
        length: how many letters before it; where there are none, points stand.

    Returns:
        X: whole numbers of shape (n, length), the contexts. y: of shape (n,), what comes next.

    Raises:
        TypeError: names is a single text.
        ValueError: length below 1, or no names.
    """
    _check_names(names)
    if length < 1:
        raise ValueError(f"a context has at least 1 letter, not {length!r}.")
    X = []
    y = []
    for name in names:
        numbers = [0] * length + encode(name) + [0]
        for i in range(len(name) + 1):
            X.append(numbers[i : i + length])
            y.append(numbers[i + length])
    return np.array(X), np.array(y)


def rows(names, places=12):
    """A row for each name: its letters, and at each place the letter that comes next.

    Args:
        names: a list of names, each shorter than `places`.
        places: how long the rows are.

    Returns:
        X: whole numbers of shape (n, places): the point, the name, and zeros to the end.
        y: of the same shape: the name, the point, and zeros.
        real: bools of the same shape: False where X and y are filled up with zeros.

    Raises:
        TypeError: names is a single text.
        ValueError: a name is too long, or there is none.
    """
    _check_names(names)
    X = np.zeros((len(names), places), int)
    y = np.zeros((len(names), places), int)
    real = np.zeros((len(names), places), bool)
    for i, name in enumerate(names):
        length = len(name)
        if length >= places:
            raise ValueError(
                f"{name!r} has {length} letters; with its point it needs {length + 1} places, "
                f"and there are {places}."
            )
        numbers = encode(name)
        X[i, 1 : length + 1] = numbers
        y[i, :length] = numbers
        real[i, : length + 1] = True
    return X, y, real


def _check_names(names):
    if isinstance(names, str):
        raise TypeError(f"a list of names is needed, such as [{names!r}], not a single text.")
    if not len(names):
        raise ValueError("a list with at least one name is needed; it is empty.")
