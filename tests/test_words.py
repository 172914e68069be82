"""How numbers, signs and plurals are written."""

import ast
import math
import re
from pathlib import Path

import numpy as np
import pytest

from micrograd_lesson import nn, tensor_nn, words


@pytest.mark.parametrize(
    "written, expected",
    [
        (words.number(0.5), "0.5"),
        (words.number(-7 / 3), "−2.33333"),
        (words.number(-7 / 3, 3), "−2.33"),
        (words.number(-0.0), "0"),
        (words.number(1e-16), "1e−16"),
        (words.number(math.nan), "nan"),
        (words.number(-math.inf), "−inf"),
        (words.number(np.float64(2)), "2"),
        (words.fixed(-1.5), "−1.5000"),
        (words.fixed(-0.00001), "0.0000"),
        (words.fixed(1e300, 6), "1.000000e+300"),
        (words.fixed(-math.inf), "−inf"),
        (words.fixed(2.0, 1), "2.0"),
        (words.probability(0.0419), "0.042"),
        (words.probability(1), "1.000"),
        (words.percent(28 / 30), "93.3%"),
        (words.percent(1), "100.0%"),
        (words.signed(0.25), "+0.2500"),
        (words.signed(-0.25, 2), "−0.25"),
        (words.signed(-0.0), "+0.0000"),
        (words.bracketed(-3.0), "(−3)"),
        (words.bracketed(3.0), "3"),
        (words.bracketed(-0.0), "0"),
        (words.point((0.5, -2)), "(0.5, −2)"),
        (words.entry(6.8813735870195432), "6.8814"),
        (words.entry(-3), "−3.0000"),
        (words.entry(-0.00001), "−1.00e−05"),
        (words.entry(12345), "1.23e+04"),
        (words.entry(0), "0.0000"),
        (words.entry(math.nan), "nan"),
        (words.entry(-math.inf), "−inf"),
        (words.entry(np.array([1.0, -2.0])), "[ 1. −2.]"),
        (words.fixed(1e7), "1.0000e+07"),
        (words.bracketed(-7 / 3), "(−2.33333)"),
        (words.entry(1e-4), "0.0001"),
        (words.entry(0.5), "0.5000"),
        (words.entry(1e4), "1.00e+04"),
        (words.entry(10000.5), "1.00e+04"),
        (words.entry(np.array(2.0)), "2.0000"),
        (words.entry(np.array([1e-8, 1.0])), "[0. 1.]"),
        (words.entry(np.arange(12.0)), "[ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11.]"),
        (words.entry(np.arange(13.0)), "[ 0.  1. ... 11. 12.]"),
        (words.number(0.1 + 0.2), "0.3"),
        (words.number(3e-10), "3e−10"),
        (words.in_brackets("−0.50"), "(−0.50)"),
        (words.in_brackets("0.50"), "0.50"),
        (words.fitting(-0.34567, 5, 5), "−0.35"),
        (words.fitting(0.1 + 0.2, 5, 5), "0.3"),
        (words.fitting(-1.2345, 5, 3), "−1.23"),
        (words.fitting(1.23456, 9, 3), "1.23"),
        (words.fitting(12345, 5, 5), "12345"),
        (words.fitting(12345, 9, 3), "…"),
        (words.fitting(-0.001, 5, 5), "…"),
        (words.fitting(1e-7, 5, 5), "…"),
        (words.fitting(1e6, 5, 5), "…"),
        (words.fitting(-0.0, 5, 5), "0"),
        (words.fixed_fitting(-1.234, 5), "−1.23"),
        (words.fixed_fitting(-12.34, 5), "−12.3"),
        (words.fixed_fitting(-1234.4, 5), "−1234"),
        (words.fixed_fitting(-123456.0, 5), "−1e+05"),
        (words.fixed_fitting(2.0, 5, 1), "2.0"),
        (words.evenly_wide(1.5), "+1.5000"),
        (words.evenly_wide(-123.456), "−123.46"),
        (words.evenly_wide(123456.0), "+123456"),
        (words.evenly_wide(2.5, 6, words.fixed), "2.500000"),
        (words.evenly_wide(-1e9), "−1.0e+09"),
        (words.telling(0.25, 6), "0.250000"),
        (words.telling(-0.0001, 6), "−0.000100"),
        (words.telling(-0.00001234, 6), "−1.234e−05"),
        (words.telling(0.0, 6), "0.000000"),
        (words.telling(-0.00007603, 6), "−7.603e−05"),
        (words.telling(-0.00007603, 8), "−0.00007603"),
        (words.telling(1e-12, 8), "1e−12"),
        (words.power_of_e(2), "7.389"),
        (words.power_of_e(2, 2), "7.4"),
        (words.power_of_e(0), "1"),
        (words.power_of_e(-5), "0.006738"),
        (words.power_of_e(-50), "1.929e−22"),
        (words.power_of_e(1000), "1.97e+434"),
        (words.power_of_e(-1000), "5.076e−435"),
        (words.power_of_e(701), "2.757e+304"),
        (words.power_of_e(1000 * math.log(10) - 1e-9), "1e+1000"),
        (words.without_noise(0.1 + 0.2 - 0.3, 0.6), 0.0),
        (words.without_noise(3e-10, 20), 3e-10),
        (words.without_noise(-1e-300, 1e-300), -1e-300),
        (words.without_noise(math.inf, math.inf), math.inf),
        (words.count(1, "step"), "1 step"),
        (words.count(0, "step"), "0 steps"),
        (words.count(2, "step"), "2 steps"),
    ],
)
def test_written(written, expected):
    assert written == expected


def test_no_hyphen_stands_for_a_minus():
    def fitting(x):
        return words.fitting(x, 5, 3)

    def fixed_fitting(x):
        return words.fixed_fitting(x, 5)

    def telling(x):
        return words.telling(x, 6)

    of_any = (words.number, words.fixed, words.signed, words.bracketed, words.entry)
    for write in (*of_any, fitting, fixed_fitting, telling, words.evenly_wide):
        for x in (-1.0, -1e-9, -1e9, -math.inf):
            assert "-" not in write(x)
    for x in (-5, -50, -1000):
        assert "-" not in words.power_of_e(x)


def test_noise_leaves_an_array_entry_by_entry():
    x = words.without_noise(np.array([0.1 + 0.2 - 0.3, 3e-17, -2.0]), np.array([0.6, 3e-17, 2.0]))
    assert x.tolist() == [0.0, 3e-17, -2.0]


NOT_FOR_A_READER = {  # files that format numbers for a machine
    "explorers/controls.py",  # a number without its last digits
    "explorers/graph_picture.py",  # SVG
    "explorers/page.py",  # stops of a slider
    "explorers/picture.py",  # CSS
    "explorers/relus/explorer.py",  # a round number
    "explorers/squares.py",  # SVG
    "explorers/texts.py",  # SVG
    "explorers/training/film.py",  # SVG
}


def formatted_numbers(source):
    """The lines of a Python source in which an f-string formats a number by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            if re.search(r"[efg%]'$", ast.unparse(node.format_spec)):
                yield node.lineno


def test_explorers_plots_and_data_leave_it_to_words_how_a_number_is_written():
    package = Path(words.__file__).parent
    found = set()
    for folder in ("explorers", "plots", "data", "graph"):
        for path in (package / folder).rglob("*.py"):
            if list(formatted_numbers(path.read_text("utf-8"))):
                found.add(path.relative_to(package).as_posix())
    drawing = {"graph/drawing.py"}  # widths of an SVG
    assert found - drawing == NOT_FOR_A_READER


def test_a_number_formatted_by_itself_would_be_found():
    for source in ('f"{x:g}"', 'f"a {x:.4f} b"', 'f"{x:.{digits}g}"', 'f"{x:.1%}"', 'f"{x:+.2e}"'):
        assert list(formatted_numbers(source)) == [1], source
    for source in ('f"{x}"', 'f"{x!r:.60}"', 'f"{number(x, 4)}"', 'f"{n:,}"', 'f"{text:>8}"'):
        assert list(formatted_numbers(source)) == [], source


@pytest.mark.parametrize(
    "products, digits, written",
    [
        ([(1, 2), (3, -1)], 6, "1·2 + 3·(−1)"),
        ([(-3.0,), (0.5,)], 6, "(−3) + 0.5"),
        ([(0.1, 1), (0.2, 1), (-0.3, 1)], 4, "0.1·1 + 0.2·1 + (−0.3)·1"),
        ([(9, 1 / 9), (5, 1 / 9)], 4, "9·0.1111111 + 5·0.1111111"),
        ([(1, 1e-10), (2, 1e-10)], 4, "1·1e−10 + 2·1e−10"),
        ([(1e300, 1e300)], 4, "1e+300·1e+300"),
        ([(1, 1.00000004), (1, -1)], 4, "1·1.00000004 + 1·(−1)"),
    ],
)
def test_a_sum_is_written_so_that_its_terms_give_it(products, digits, written):
    total = sum(math.prod(factors) for factors in products)
    assert words.sum_of_products(products, total, digits) == written


def test_a_long_array_is_cut():
    assert "..." in words.entry(np.arange(100.0))


@pytest.mark.parametrize(
    "a, b, texts",
    [
        (12.0, 13.0, ("12", "13")),
        (1 / 3, 1.0, ("0.333333", "1")),
        (0.1, 0.1, ("0.1", "0.1")),
        (2**60, 2**60 + 1, ("1.152921504606847e+18", "1.152921504606847e+18")),  # one float
        (12.0, 12.0000123, ("12", "12.00001")),
        (-12.0000123, -12.0, ("−12.00001", "−12")),
        (1 / 3, 0.3333333, ("0.33333333", "0.3333333")),
        (0.1 + 0.2, 0.3, ("0.30000000000000004", "0.29999999999999999")),
        (12.0, 12.0, ("12", "12")),
        (-0.0, 0.0, ("0", "0")),
        (2.0, math.nan, ("2", "nan")),
        (math.nan, math.nan, ("nan", "nan")),
        (math.inf, -math.inf, ("inf", "−inf")),
    ],
)
def test_different_numbers_are_told_apart(a, b, texts):
    assert words.apart(a, b) == texts


def test_neighbouring_floats_are_told_apart():
    for x in (1.0, -7 / 3, 1e-300, 1e300, 0.1):
        a, b = words.apart(x, math.nextafter(x, math.inf))
        assert a != b


def test_apart_starts_with_the_digits_asked_for():
    assert words.apart(7 / 3, 2.0, digits=3) == ("2.33", "2")


def test_an_exception_is_told_without_its_own_end():
    assert words.exception(KeyError("w")) == "KeyError: 'w'"
    assert words.exception(ValueError("no. Not so.")) == "ValueError: no. Not so"
    assert words.exception(RuntimeError()) == "RuntimeError"


def test_a_class_is_named_as_it_is_imported():
    assert words.class_name(tensor_nn.MLP) == "micrograd_lesson.tensor_nn.MLP"
    assert words.class_name(nn.MLP) == "micrograd_lesson.nn.MLP"
    assert words.class_name(int) == "int"

    class Own:
        pass

    assert words.class_name(Own) == f"{__name__}.Own"
