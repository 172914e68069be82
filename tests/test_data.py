"""The data sets of the lessons: shapes, values, the same numbers every time, bad input."""

import inspect
import re
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from micrograd_lesson import MLP, data
from micrograd_lesson.data import (
    FARTHEST,
    LETTERS,
    MOST_BYTES,
    MOST_POINTS,
    batches,
    checked_points,
    checked_training_points,
    contexts,
    decode,
    digits,
    encode,
    first_names,
    four_examples,
    ice_cream,
    load_points,
    load_table,
    on_their_side,
    read_points,
    read_table,
    rows,
    shift,
    two_moons,
)
from micrograd_lesson.tensor import Tensor
from tests.refusals import refusal


def test_every_function_is_called_here():
    here = inspect.getsource(sys.modules[__name__])
    functions = [name for name in data.__all__ if callable(getattr(data, name))]
    assert [name for name in functions if not re.search(rf"\b{name}\(", here)] == []


def test_four_examples_are_those_of_the_lecture():
    assert four_examples() == (
        [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]],
        [1.0, -1.0, -1.0, 1.0],
    )


def test_ice_cream_is_the_worked_example_in_the_order_of_a_networks_parameters():
    x, y, parameters = ice_cream()
    assert (x, y) == ([0.5, 0.8], [0.7, 0.6])
    assert list(parameters) == [
        "w1",
        "w2",
        "b1",
        "w3",
        "w4",
        "b2",
        "w5",
        "w6",
        "b3",
        "w7",
        "w8",
        "b4",
    ]
    assert [parameters[f"w{i}"] for i in range(1, 9)] == [0.3, 0.4, -0.1, 0.2, 0.5, -0.2, -0.3, 0.6]
    assert [parameters[f"b{i}"] for i in range(1, 5)] == [0.1, -0.1, 0.2, 0.3]
    assert len(parameters) == MLP(2, [2, 2]).num_parameters()


def test_ice_cream_is_new_each_time():
    x, y, parameters = ice_cream()
    x[0] = y[0] = parameters["w1"] = 99.0
    assert ice_cream()[0][0] == 0.5 and ice_cream()[1][0] == 0.7 and ice_cream()[2]["w1"] == 0.3


def test_four_examples_are_new_lists_each_time():
    four_examples()[0][0][0] = 99.0
    assert four_examples()[0][0][0] == 2.0


@pytest.mark.parametrize("n", [2, 3, 100])
def test_two_moons_shapes(n):
    X, y = two_moons(n)
    assert X.shape == (n, 2) and X.dtype == np.float64
    assert y.shape == (n,) and y.dtype == np.float64


def test_two_moons_labels_are_one_and_minus_one_in_equal_parts():
    _, y = two_moons(100)
    assert np.unique(y, return_counts=True)[0].tolist() == [-1.0, 1.0]
    assert np.unique(y, return_counts=True)[1].tolist() == [50, 50]


def test_two_moons_are_half_circles_of_radius_one():
    X, y = two_moons(100, noise=0)
    upper, lower = X[y == -1], X[y == 1]
    assert np.hypot(upper[:, 0], upper[:, 1]) == pytest.approx(1)
    assert np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5) == pytest.approx(1)
    assert upper[:, 1].min() > -1e-12 and lower[:, 1].max() < 0.5 + 1e-12


def test_two_moons_noise_moves_the_points_about_as_far_as_asked():
    X, y = two_moons(1000, noise=0.1)
    upper = X[y == -1]
    assert np.std(np.hypot(upper[:, 0], upper[:, 1])) == pytest.approx(0.1, rel=0.1)


def test_two_moons_are_a_hundred_points_a_little_noisy_unless_it_is_said():
    for stored, asked in zip(two_moons(), two_moons(100, 0.1, 0)):
        assert np.array_equal(stored, asked)


def test_two_moons_same_seed_same_points():
    for first, second in zip(two_moons(50, seed=3), two_moons(50, seed=3)):
        assert np.array_equal(first, second)
    assert not np.array_equal(two_moons(50, seed=3)[0], two_moons(50, seed=4)[0])


@pytest.mark.parametrize("n", [1, 0, -5])
def test_two_moons_need_two_points(n):
    with pytest.raises(ValueError, match=rf"^two moons need at least 2 points, not {n}\.$"):
        two_moons(n)


def as_a_set(X):
    return {row.tobytes() for row in X}


def test_digits_are_those_of_scikit_learn_each_in_one_set():
    sets = digits()
    assert [(X.shape, y.shape) for X, y in sets] == [
        ((1197, 64), (1197,)),
        ((300, 64), (300,)),
        ((300, 64), (300,)),
    ]
    X, y = load_digits(return_X_y=True)
    assert len(as_a_set(X)) == 1797  # no two alike, so that an example can be told by its pixels
    parts = [as_a_set(X * 16) for X, _ in sets]
    assert set.union(*parts) == as_a_set(X) and sum(map(len, parts)) == 1797
    labels = {row.tobytes(): label for row, label in zip(X, y)}
    assert all(labels[row.tobytes()] == label for X, y in sets for row, label in zip(X * 16, y))
    assert all(
        X.min() == 0 and X.max() == 1 and X.dtype == np.float64 and y.dtype.kind == "i"
        for X, y in sets
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_each_set_of_digits_has_the_ten_in_equal_shares_and_in_no_order(seed):
    shares = np.bincount(load_digits(return_X_y=True)[1]) / 1797
    for _, y in digits(seed=seed):
        assert np.abs(np.bincount(y) - shares * len(y)).max() <= 1.5
        assert len(set(y[:30])) > 5


@pytest.mark.slow
def test_digits_same_seed_same_sets():
    for (X, y), (X2, y2) in zip(digits(), digits()):
        assert np.array_equal(X, X2) and np.array_equal(y, y2)
    assert not np.array_equal(digits()[2][0], digits(seed=1)[2][0])
    assert digits()[0][1][:10].tolist() == [7, 6, 6, 1, 9, 7, 9, 2, 2, 0] and digits()[2][1][
        :10
    ].tolist() == [4, 0, 7, 8, 7, 2, 3, 6, 1, 5]


def test_the_sizes_of_the_sets_can_be_chosen():
    assert [len(y) for _, y in digits(validation=10, test=1000)] == [787, 10, 1000]


@pytest.mark.parametrize("sizes", [(300, 9), (9, 300), (900, 900), (-20, 300)])
def test_digits_refuses_a_set_that_is_too_small(sizes):
    with pytest.raises(
        ValueError,
        match=rf"validation={sizes[0]} and test={sizes[1]} leave {1797 - sum(sizes)} for training",
    ):
        digits(*sizes)


def test_shift_moves_the_ink():
    dot = np.zeros((1, 8, 8))
    dot[0, 2, 5] = 1
    for right, down in ((0, 0), (1, 0), (-2, 0), (0, 3), (2, -2)):
        moved = shift(dot.reshape(1, 64), right, down).reshape(8, 8)
        assert moved[2 + down, 5 + right] == 1 and moved.sum() == 1
    for right, down in ((3, 0), (-6, 0), (0, 6), (0, -3), (8, 8), (-8, -8)):
        assert (
            shift(dot.reshape(1, 64), right, down).sum() == 0
        )  # lost at the edge, not back on the other side
    X = digits()[1][0]
    assert np.array_equal(shift(X), X) and shift(X, 1, 1).shape == X.shape
    assert np.array_equal(shift(X, 1).reshape(-1, 8, 8)[:, :, 1:], X.reshape(-1, 8, 8)[:, :, :-1])


@pytest.mark.parametrize(
    "arguments, words",
    [
        ((np.ones((2, 8, 8)),), r"not \(2, 8, 8\)"),
        ((np.ones(64),), r"not \(64,\)"),
        ((np.ones((1, 64)), 0.5), "by 0.5 and 0"),
        ((np.ones((1, 64)), 0, 9), "by 0 and 9"),
        ((np.ones((1, 64)), 0, -9), "by 0 and -9"),
        ((np.ones((1, 64)), 9), "by 9 and 0"),
        ((np.ones((1, 64)), -9), "by -9 and 0"),
    ],
)
def test_shift_refuses_what_it_cannot_move(arguments, words):
    with pytest.raises(ValueError, match=words):
        shift(*arguments)


@pytest.mark.parametrize(
    "text",
    [
        "0.5,-1.2,1\n3,4e-1,-1\n",
        "x1,x2,class\n0.5,-1.2,1\n3,0.4,-1",
        "0.5, -1.2 ,1.0\r\n\r\n 3 ,0.40,-1\r\n",
        "0.5,-1.2,+1\n3,.4,0\n",
        '"x1","x2","y"\n"0.5","-1.2","1"\n3,0.4,"-1"',
        b"\xef\xbb\xbf0.5,-1.2,1\n3,0.4,-1",
        "größe,länge,klasse\n0.5,-1.2,1\n3,0.4,-1".encode(),
        memoryview(b"0.5,-1.2,1\n3,0.4,0"),
        "\ufeff0.5,-1.2,1\n3,0.4,-1",
        "\ufeffx1,x2,class\n0.5,-1.2,1\n3,0.4,-1",
        "0.5,-1.2,1\r3,0.4,-1\r",
        "x1,x2,class\r0.5,-1.2,1\r\r3,0.4,-1",
        "0.5;-1.2;1\n3;0.4;-1",
        "x1;x2;class\n0,5;-1,2;1\n3;0,4;-1\n",
        "0,5;-1.2;1,0\n3;,4;-1",
        "0.5\t-1.2\t1\n3\t0.4\t-1",
        "x1\tx2\tclass\r\n0,5\t-1,2\t1\r\n3\t0,4\t0\r\n",
        '"0,5";"-1,2";"1"\n3;"0,4";-1',
        "length,l in m,label\n0.5,−1.2,1\n3,0.4,−1",
    ],
)
def test_points_are_read(text):
    X, y = read_points(text)
    assert X.tolist() == [[0.5, -1.2], [3.0, 0.4]] and y.tolist() == [1.0, -1.0]


@pytest.mark.parametrize(
    "text, sentence",
    [
        (
            "",
            "there are no points in it; each line needs x1, x2 and the class, such as 0.5,-1.2,1.",
        ),
        (
            "\n \n",
            "there are no points in it; each line needs x1, x2 and the class, such as 0.5,-1.2,1.",
        ),
        (
            "x1,x2,class\n",
            "there are no points in it; each line needs x1, x2 and the class, such as 0.5,-1.2,1.",
        ),
        ("1,2,1\n\n1,2\n", "line 3 has 2 columns instead of three: x1, x2 and the class."),
        ("1\n", "line 1 has 1 column instead of three: x1, x2 and the class."),
        ("1,2,1,\n", "line 1 has 4 columns instead of three: x1, x2 and the class."),
        ("x1,x2\n1,2\n", "line 1 has 2 columns instead of three: x1, x2 and the class."),
        ("1,5;2,5;1,0;\n", "line 1 has 4 columns instead of three: x1, x2 and the class."),
        (
            "1;2;1\n1,2,1\n",
            "line 2 has 1 column instead of three: x1, x2 and the class; the first line is separated by semicolons.",
        ),
        (
            "x1,x2,class\n1\t2\t1\n",
            "line 2 has 1 column instead of three: x1, x2 and the class; the first line is separated by commas.",
        ),
        (
            "0,5,-1,2,1\n",
            "line 1 has 5 columns instead of three: x1, x2 and the class; with decimal commas, put semicolons between, as in 0,5;-1,2;1.",
        ),
        (
            '"0,5","-1,2","1,0"\n',
            "line 1 has 6 columns instead of three: x1, x2 and the class; with decimal commas, put semicolons between, as in 0,5;-1,2;1.",
        ),
        ("1.234,5;2;1\n", "line 1: '1.234,5' is not a number."),
        ("1,234,5;2;1\n", "line 1: '1,234,5' is not a number."),
        (
            "O.5,l,one\n1,2,1\n",
            "line 1: 'O.5' is not a number: there is a letter where a digit should be.",
        ),
        (
            "l,O,one\n1,2,1\n",
            "line 1: 'l' is not a number: there is a letter where a digit should be.",
        ),
        ("0.5.1,two,one\n1,2,1\n", "line 1: '0.5.1' is not a number."),
        (".5x,two,one\n1,2,1\n", "line 1: '.5x' is not a number."),
        ("a,-b,one\n1,2,1\n", "line 1: 'a' is not a number."),
        ("a,−b,one\n1,2,1\n", "line 1: 'a' is not a number."),
        ("x1,x2,class\n1,two,1\n", "line 2: 'two' is not a number."),
        ("1,,1\n", "line 1: '' is not a number."),
        ("1,2,1\nnan,2,1\n", "line 2: 'nan' is not a number."),
        ("nan,nan,nan\n", "line 1: 'nan' is not a number."),
        ("1_0,2,1\n", "line 1: '1_0' is not a number."),
        ("1,-inf,1\n", "line 1: '-inf' is farther out than 1000000."),
        ("1e300,2,1\n", "line 1: '1e300' is farther out than 1000000."),
        ("1,2,2\n", "line 1: '2' is no class; classes are 1 and −1, or 1 and 0."),
        ("1,2,blue\n", "line 1: 'blue' is no class; classes are 1 and −1, or 1 and 0."),
        ("1,2,\n", "line 1: '' is no class; classes are 1 and −1, or 1 and 0."),
        (
            "1,2,1\n1,2,0\n3,4,0\n1,2,-1\n",
            "line 4 has class −1, an earlier one 0: both stand for the same class, so use one of them.",
        ),
        (
            "1,2,-1\n1,2,0\n",
            "line 2 has class 0, an earlier one −1: both stand for the same class, so use one of them.",
        ),
        ("1,2,1\n" * 1001, "there are 1001 points in it; 1000 are the most."),
        (
            b"1,2,1\n" * 200_000,
            "the file has 1200000 bytes; 1000000 are the most for points in the plane.",
        ),
        (b"\x89PNG\r\n\x1a\n", "the file is no text in UTF-8; save the table as CSV."),
        (b"PK\x03\x04\x00\x00", "the file is no text; save the table as CSV."),
    ],
)
def test_a_file_of_no_points_gets_a_sentence_that_names_the_line(text, sentence):
    assert refusal(lambda: read_points(text), ValueError) == sentence


@pytest.mark.slow
def test_a_file_of_the_most_bytes_is_read():
    text = b"1,2,1".ljust(MOST_BYTES, b"\n")
    assert len(text) == MOST_BYTES and read_points(text)[0].tolist() == [[1.0, 2.0]]


def test_points_are_read_from_text_alone():
    assert (
        refusal(lambda: read_points([1, 2, 1]), TypeError)
        == "read_points needs the text of a CSV file, not list."
    )


@pytest.mark.parametrize("name", ["points.csv", "with, comma.csv"])
def test_points_are_loaded_from_a_file(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbfx1,x2,class\r\n0.5,-1.2,1\r\n3,0.4,0\r\n")
    for given_path in (path, str(path)):
        X, y = load_points(given_path)
        assert X.tolist() == [[0.5, -1.2], [3.0, 0.4]] and y.tolist() == [1.0, -1.0]


def test_a_path_is_never_taken_for_a_text_nor_a_text_for_a_path(tmp_path):
    with pytest.raises(OSError):
        load_points(tmp_path / "nowhere.csv")
    with pytest.raises(OSError):
        load_points("0.5,-1.2,1")
    path = tmp_path / "points.csv"
    path.write_text("1,2,1")
    assert "instead of three" in refusal(lambda: read_points(str(path)), ValueError)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(10**12)  # a hole of a terabyte, which takes no room
    assert (
        refusal(lambda: load_points(path), ValueError)
        == f"the file has 1000000000000 bytes; {MOST_BYTES} are the most for points in the plane."
    )


# Checks of points.


TABLES = [
    "age,price\n1,2.5\n3,4\n",
    "\ufeffage;price\r\n1;2,5\r\n\r\n3;4\r\n",
    'age\tprice\n"1"\t2,5\n3\t4',
    b"age , price\n 1,2.5\n3,4e0",
]


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_read_with_its_names(text):
    names, table = read_table(text)
    assert names == ["age", "price"]
    assert table.dtype == float and table.tolist() == [[1.0, 2.5], [3.0, 4.0]]


def test_a_table_of_one_column_is_one():
    names, table = read_table("x\n1\n−2\n")
    assert names == ["x"] and table.tolist() == [[1.0], [-2.0]]


def test_a_table_is_loaded_from_a_file(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TABLES[0], "utf-8")
    assert load_table(str(path))[1].shape == (2, 2)
    with pytest.raises(OSError):
        load_table(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "a table needs a line with the names of its columns, and examples below."),
        ("a,b", "a table needs a line with the names of its columns, and examples below."),
        ("1,2\n3,4", "line 1 should name the columns, and holds the number 1."),
        ("a,2\n3,4", "line 1 should name the columns, and holds the number 2."),
        ("a,\n3,4", "line 1 gives no name to column 2."),
        ("a,a\n3,4", "line 1 gives the name 'a' to two columns."),
        ("a,b\n1,2\n\n3", "line 4 has 1 columns, and the first line names 2."),
        (
            "a,b\n1,2,5",
            "line 2 has 3 columns, and the first line names 2; "
            "with decimal commas, put semicolons between the columns.",
        ),
        ("a;b\n1,2", "line 2 has 1 columns, and the first line names 2, separated by semicolons."),
        (
            "a,b\n1,",
            "line 2, column 'b': the number is missing; "
            "fill it in, or leave out the line or the column.",
        ),
        (
            "a,b\n1,NaN",
            "line 2, column 'b': the number is missing; "
            "fill it in, or leave out the line or the column.",
        ),
        ("a,b\n1,red", "line 2, column 'b': 'red' is not a number."),
        (
            "a,b\n1,1O",
            "line 2, column 'b': '1O' is not a number: there is a letter where a digit should be.",
        ),
        ("a,b\n1,inf", "line 2, column 'b': 'inf' is not a number."),
        (b"a,b\n1,\xff", "the file is no text in UTF-8; save the table as CSV."),
    ],
)
def test_a_table_that_is_none_gets_a_sentence_that_names_the_line(text, sentence):
    assert refusal(lambda: read_table(text), ValueError) == sentence


def test_a_table_is_read_from_text_alone():
    said = refusal(lambda: read_table([["a"], [1]]), TypeError)
    assert said == "read_table needs the text of a CSV file, not list."


def test_checked_points_are_arrays_of_floats():
    X, y = checked_points([[0, 1], [2, 3]], [1, -1])
    assert X.tolist() == [[0.0, 1.0], [2.0, 3.0]] and X.dtype == float
    assert y.tolist() == [1.0, -1.0] and y.dtype == float
    assert checked_points([])[0].shape == (0, 2) and checked_points([])[1] is None
    assert checked_points([], [])[1].shape == (0,)
    given = np.ones((3, 2))
    assert checked_points(given)[0] is given


@pytest.mark.parametrize("check", [checked_points, checked_training_points])
@pytest.mark.parametrize(
    "X, y, exception, sentence",
    [
        ([[1, 2, 3]], [1], ValueError, "points in the plane have shape (n, 2), not (1, 3)."),
        ([1, 2], [1], ValueError, "points in the plane have shape (n, 2), not (2,)."),
        (
            [[0, 1], [0, np.nan]],
            [1, 1],
            ValueError,
            "every point needs two finite numbers, not (0, nan).",
        ),
        ([[np.inf, 1]], [1], ValueError, "every point needs two finite numbers, not (inf, 1)."),
        ([[0, 1]], [1, 1], ValueError, "1 points need as many classes; y has shape (2,)."),
        ([[0, 1]], [[1]], ValueError, "1 points need as many classes; y has shape (1, 1)."),
        ([[0, 1], [1, 1]], [0, -1], ValueError, "every class must be 1 or −1, not 0."),
        ([[0, 1]], [np.nan], ValueError, "every class must be 1 or −1, not nan."),
        ([[0, 1]], [2], ValueError, "every class must be 1 or −1, not 2."),
        ([["a", 1]], [1], TypeError, "points must be numbers in a regular shape, not [['a', 1]]."),
        (
            [["0", "1"]],
            [1],
            TypeError,
            "points must be numbers in a regular shape, not [['0', '1']].",
        ),
        ([[1j, 1]], [1], TypeError, "points must be numbers in a regular shape, not [[1j, 1]]."),
        (
            [[1, 2], [1]],
            [1],
            TypeError,
            "points must be numbers in a regular shape, not [[1, 2], [1]].",
        ),
        (None, [1], TypeError, "points must be numbers in a regular shape, not None."),
        (
            [[0, 1]],
            ["blue"],
            TypeError,
            "classes must be numbers in a regular shape, not ['blue'].",
        ),
    ],
)
def test_points_that_are_none_are_refused(check, X, y, exception, sentence):
    assert refusal(lambda: check(X, y), exception) == sentence


def test_a_tensor_is_no_array_of_points():
    assert "points must be numbers" in refusal(lambda: checked_points(Tensor([[0, 1]])), TypeError)


def test_points_to_train_on_are_arrays_of_ones_own():
    X, y = np.array([[0.0, 1.0], [FARTHEST, -FARTHEST]]), np.array([1.0, -1.0])
    mine, labels = checked_training_points(X, y)
    assert np.array_equal(mine, X) and np.array_equal(labels, y)
    mine[0] = labels[0] = 7
    assert X[0].tolist() == [0.0, 1.0] and y[0] == 1.0
    assert checked_training_points([], [])[0].shape == (0, 2)


def test_points_to_train_on_may_have_the_classes_1_and_0_as_a_file_may():
    X, y = checked_training_points([[0, 1], [2, 3], [4, 5]], [1, 0, 1])
    assert y.tolist() == [1.0, -1.0, 1.0]
    assert "not 0." in refusal(lambda: checked_points([[0, 1]], [0]), ValueError)


def test_points_to_train_on_are_near_enough_and_few_enough():
    far = [[0.0, -1.1e6]]
    assert (
        refusal(lambda: checked_training_points(far, [1]), ValueError)
        == "the plane goes as far as 1000000; a point at 1100000 lies outside."
    )
    assert refusal(lambda: checked_training_points([[0.0, 1000000.5]], [1]), ValueError)
    most = np.zeros((MOST_POINTS, 2))
    assert len(checked_training_points(most, np.ones(MOST_POINTS))[0]) == MOST_POINTS
    more = np.zeros((MOST_POINTS + 1, 2))
    assert (
        refusal(lambda: checked_training_points(more, np.ones(MOST_POINTS + 1)), ValueError)
        == "1000 points are the most; these would be 1001."
    )


def test_who_lies_on_the_side_of_its_class_is_counted():
    scores = np.array([2.0, 0.0, -1.0, -0.5, np.nan, np.inf])
    assert on_their_side(scores, np.array([1, 1, 1, -1, 1, 1])) == 3
    assert on_their_side(scores, np.array([-1, -1, 1, 1, -1, -1])) == 0
    assert on_their_side(np.empty(0), np.empty(0)) == 0


# Batches; what they hold is tested in test_optim.py.


def test_batches_from_the_same_seed_come_in_the_same_order():
    X, y = np.arange(10.0)[:, None], np.arange(10)

    def order(rng):
        return [n for _, batch in batches(X, y, 3, rng) for n in batch.tolist()]

    assert order(0) == order(0) == order(np.random.default_rng(0)) == order(np.int64(0))
    assert order(0) != order(1) and sorted(order(None)) == list(range(10))
    assert [len(batch) for _, batch in batches(X, y, 3)] == [3, 3, 3, 1]


@pytest.mark.parametrize("rng", ["a", 1.5, -1])
def test_batches_refuse_what_is_no_source_of_random_numbers(rng):
    assert (
        refusal(lambda: batches([1], [1], 1, rng), TypeError)
        == f"rng is a numpy.random.Generator or a whole number from 0 on, not {rng!r}."
    )


coordinates = st.floats(-1e6, 1e6)


@pytest.mark.slow
@given(
    st.lists(st.tuples(coordinates, coordinates, st.sampled_from([-1, 1])), min_size=1, max_size=20)
)
def test_points_written_are_the_points_read(points):
    X, y = read_points("\n".join(f"{x1!r},{x2!r},{label}" for x1, x2, label in points))
    assert X.tolist() == [[x1, x2] for x1, x2, _ in points] and y.tolist() == [
        label for *_, label in points
    ]


@pytest.mark.slow
@given(st.one_of(st.text(), st.binary(), st.text('01-.,;\n\r\t exna"lO\ufeff')))
def test_whatever_the_text_there_are_points_or_a_sentence(text):
    try:
        X, y = read_points(text)
    except ValueError as problem:
        assert str(problem).endswith(".") and "\n" not in str(problem)
    else:
        assert X.shape == (len(y), 2) and len(y) and np.isfinite(X).all() and set(y) <= {-1.0, 1.0}


# Names.


def test_first_names_are_divided_without_loss():
    training, validation, test = first_names()
    assert [len(part) for part in (training, validation, test)] == [4163, 500, 500]
    everyone = training + validation + test
    assert len(set(everyone)) == len(everyone) == 5163
    assert {"emma", "christopher", "jo"} <= set(everyone)
    assert all(set(name) <= set(LETTERS[1:]) and 2 <= len(name) <= 11 for name in everyone)
    # Mixed: the three parts have about as many letters a name.
    assert np.ptp([np.mean([len(name) for name in part]) for part in (validation, test)]) < 0.5


def test_names_are_divided_the_same_each_time_and_otherwise_by_another_seed():
    assert first_names() == first_names(seed=0)
    assert first_names(seed=1) != first_names()
    assert sorted(sum(first_names(seed=1), [])) == sorted(sum(first_names(), []))
    assert [len(part) for part in first_names(validation=10, test=20)] == [5133, 10, 20]
    assert [len(part) for part in first_names(validation=1, test=5161)] == [1, 1, 5161]


@given(st.text(LETTERS, max_size=12))
def test_letters_become_numbers_and_back(text):
    assert decode(encode(text)) == text
    assert all(0 <= number < 27 for number in encode(text))


def test_letters_are_numbered_from_the_point():
    assert encode(".az") == [0, 1, 26]
    assert encode("emma") == [5, 13, 13, 1]
    assert decode(np.array([5, 13, 13, 1])) == "emma"


def test_contexts():
    X, y = contexts(["emma", "bo"], 2)
    pairs = [(decode(row), LETTERS[letter]) for row, letter in zip(X, y)]
    assert pairs == [
        ("..", "e"),
        (".e", "m"),
        ("em", "m"),
        ("mm", "a"),
        ("ma", "."),
        ("..", "b"),
        (".b", "o"),
        ("bo", "."),
    ]
    assert contexts(["bo"], 1)[0].tolist() == [[0], [2], [15]]


def test_rows():
    assert [part.shape for part in rows(["emma"])] == [(1, 12)] * 3
    X, y, real = rows(["emma", "bo"], places=6)
    assert [decode(row) for row in X] == [".emma.", ".bo..."]
    assert [decode(row) for row in y] == ["emma..", "bo...."]
    assert real.tolist() == [[True] * 5 + [False], [True] * 3 + [False] * 3]


def test_rows_and_contexts_ask_for_the_same_letters():
    names = first_names()[1]
    _, y, real = rows(names)
    assert np.array_equal(y[real], contexts(names, 3)[1])


@pytest.mark.parametrize(
    "call, exception, words",
    [
        (lambda: first_names(0, 10), ValueError, "validation=0 and test=10 leave 5153"),
        (lambda: first_names(5000, 163), ValueError, "leave 0 for training."),
        (lambda: encode("Emma"), ValueError, "written with a to z here, not with 'E'."),
        (lambda: encode("zoë"), ValueError, "not with 'ë'."),
        (lambda: decode([27]), ValueError, "have the numbers 0 to 26, not 27."),
        (lambda: decode([-1]), ValueError, "not -1."),
        (lambda: contexts("emma", 2), TypeError, "such as ['emma'], not a single text."),
        (lambda: contexts([], 2), ValueError, "at least one name"),
        (lambda: contexts(["emma"], 0), ValueError, "at least 1 letter, not 0."),
        (lambda: rows("emma"), TypeError, "such as ['emma'], not a single text."),
        (lambda: rows([]), ValueError, "at least one name"),
        (
            lambda: rows(["emma"], 4),
            ValueError,
            "'emma' has 4 letters; with its point it needs 5 places, and there are 4.",
        ),
    ],
)
def test_names_refused_in_a_sentence(call, exception, words):
    assert words in refusal(call, exception)
