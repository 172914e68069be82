"""How a number, a sign and a plural are written: one way for all pictures and readouts.

A minus is written "−" (U+2212): as wide as a plus, and read aloud as "minus". Zero has no
sign. Where a text is Python's to read, as in a `repr`, numbers keep Python's own form.
"""

import math
import sys

MINUS = "−"
ALL_DIGITS = 17  # so many tell any two floats apart
LARGEST_FIXED = 1e7  # from here on, digits before the point say less than a power of ten
LARGEST_EXPONENT = 700  # e to the power of more is no float any more
NOISE = 1e-14  # a sum of a dozen numbers is off by less than this part of them
NO_ROOM = "…"


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


def percent(share):
    """A share of 1 in percent, with one decimal: 93.3%."""
    return f"{share:.1%}"


def signed(x, decimals=4):
    """x with its sign, + or −, and so many decimals; 0 counts as +."""
    text = fixed(x, decimals)
    return text if text.startswith(MINUS) else "+" + text


def bracketed(x, digits=6):
    """x as it stands in a sum or a product: a negative number in brackets."""
    return in_brackets(number(x, digits))


def in_brackets(text):
    """A number that is written already, as it stands in a sum or a product: (−0.50), 0.50."""
    return f"({text})" if text.startswith(MINUS) else text


def sum_of_products(products, total, digits=6):
    """Products, added up, as they stand before "= total": 1·2 + 3·(−1).

    Args:
        products: the factors of each, as a tuple; a tuple of one number is that number.
        total: their sum.
        digits: the least number of significant digits of a factor. It gets more where it takes
            more to come from what is written to the total, in the six digits of `number`.
    """
    while digits < ALL_DIGITS and not _gives(total, products, digits):
        digits += 1
    terms = ("·".join(bracketed(x, digits) for x in factors) for factors in products)
    return " + ".join(terms)


def _gives(total, products, digits):
    """Whether products whose factors are cut to so many digits add up to total as it is written."""
    terms = []
    for factors in products:
        terms.append(math.prod(float(f"{x:.{digits}g}") for x in factors))
    size = sum(map(abs, terms))
    if not math.isfinite(size):
        return True
    seen = math.fsum(terms)
    noise = max(NOISE * size, 1e-7 * abs(total))  # as 0.5 may round down and 0.5000000001 up
    return number(seen) == number(total) or abs(seen - total) <= noise


def fitting(x, letters, digits):
    """x in at most so many significant digits, in fewer where it needs more than these letters.

    Where one digit and its zeros need more, or a power of ten would be written, it is "…": five
    letters and three digits make −1.23 of −1.2345, and "…" of 1e−7.
    """
    for fewer in range(digits, 0, -1):
        text = number(x, fewer)
        if len(text) <= letters and "e" not in text:
            return text
    return NO_ROOM


def fixed_fitting(x, letters, decimals=2):
    """x with at most so many decimals, with fewer where it needs more than these letters.

    Where it has no room without any, it is a power of ten: five letters make −1.23, −12.3, −1234
    and −1e+05.
    """
    for fewer in range(decimals, -1, -1):
        text = fixed(x, fewer)
        if len(text) <= letters:
            return text
    return number(x, 1)


def evenly_wide(x, decimals=4, write=signed):
    """x always about as wide: each digit before the point beyond the first costs a decimal.

    write: `signed` or `fixed`. By `signed` and four decimals, +1.5000 and +123.46.
    """
    if abs(x) >= LARGEST_FIXED:  # written as a power of ten
        return write(x, 1)
    before_the_point = len(f"{abs(x):.0f}")
    return write(x, max(0, decimals - before_the_point + 1))


def telling(x, decimals):
    """x with so many decimals; where they would show little of it, in four digits.

    With six decimals, 0.250000 and 1.234e−05.
    """
    shows_little = 0 < abs(x) < 10.0 ** (2 - decimals)
    return number(x, 4) if shows_little else fixed(x, decimals)


def power_of_e(x, digits=4):
    """e to the power of x in at most so many digits, also beyond all floats: 7.389, 1.97e+434."""
    if abs(x) <= LARGEST_EXPONENT:
        return number(math.exp(x), digits)
    tens = x / math.log(10)
    whole = math.floor(tens)
    first = number(10 ** (tens - whole), digits)
    if first == "10":  # by rounding
        first = "1"
        whole += 1
    return _with_minus(f"{first}e{whole:+}")


def without_noise(x, size):
    """x; 0 where it is what rounding leaves of larger numbers: 5.6e-17 of 0.1 + 0.2 − 0.3.

    x: a number or an array. size: how large the numbers are that x is the sum of, all added up
    without their signs; of the shape of x.
    """
    return x * (abs(x) >= NOISE * size)


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
