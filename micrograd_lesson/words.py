"""How a number, a sign and a plural are written: one way for all pictures and readouts.

A minus is written "−" (U+2212): as wide as a plus, and read aloud as "minus". Zero has no
sign. Where a text is Python's to read, as in a `repr`, numbers keep Python's own form.
"""

import math
import sys

MINUS = "−"
ALL_DIGITS = 17  # so many tell any two floats apart
LARGEST_FIXED = 1e7  # from here on, digits before the point say less than a power of ten


def number(x, digits=6):
    """x in at most so many significant digits: 0.5, −2.33333, 1e−16."""
    return _with_minus(f"{x + 0.0:.{digits}g}")  # adding 0.0 turns −0 into 0


def apart(a, b, digits=6):
    """a and b as two texts, in as many digits as it takes to tell different numbers apart.

    digits: the least number of significant digits, as in `number`.
    """
    if a != b:
        while number(a, digits) == number(b, digits) and digits < ALL_DIGITS:
            digits += 1
    return number(a, digits), number(b, digits)


def fixed(x, decimals=4):
    """x with so many decimals; a very large one as a power of ten."""
    if abs(x) >= LARGEST_FIXED:
        return _with_minus(f"{x:.{decimals}e}")
    return _with_minus(f"{round(x, decimals) + 0.0:.{decimals}f}")


def probability(p):
    """A probability in three decimals, as explorers write it: 0.042."""
    return fixed(p, 3)


def signed(x, decimals=4):
    """x with its sign, + or −, and so many decimals; 0 counts as +."""
    text = fixed(x, decimals)
    return text if text.startswith(MINUS) else "+" + text


def bracketed(x, digits=6):
    """x as it stands in a sum or a product: a negative number in brackets."""
    text = number(x, digits)
    return f"({text})" if text.startswith(MINUS) else text


def point(coordinates, digits=4):
    """A point in the plane: (0.5, −2)."""
    return f"({', '.join(number(x, digits) for x in coordinates)})"


def entry(x):
    """A number in the box of a graph: four decimals, or a power of ten where that says more.

    x: a number, or an array, of which a long one is cut.
    """
    if getattr(x, "ndim", 0):
        import numpy as np  # here, so that numbers are written where NumPy is not installed

        text = np.array2string(
            np.asarray(x), precision=4, suppress_small=True, threshold=12, edgeitems=2
        )
        return _with_minus(text)
    x = float(x)
    if x == 0 or 1e-4 <= abs(x) < 1e4 or not math.isfinite(x):
        return fixed(x)
    return _with_minus(f"{x:.2e}")


def count(n, what):
    """How many there are: 1 step, 2 steps."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def exception(problem):
    """An exception's kind and words, for a sentence that goes on: KeyError: 'w'."""
    return f"{type(problem).__name__}: {problem}".rstrip(" :.")


def class_name(kind):
    """A class by the name under which it is imported: micrograd_lesson.tensor_nn.MLP.

    That is the folder's name where a folder hands on what one of its files defines.
    """
    home = kind.__module__
    if home == "builtins":
        return kind.__name__
    parts = home.split(".")
    for i in range(2, len(parts)):
        folder = ".".join(parts[:i])
        if getattr(sys.modules.get(folder), kind.__name__, None) is kind:
            home = folder
            break
    return f"{home}.{kind.__name__}"


def _with_minus(text):
    return text.replace("-", MINUS)
