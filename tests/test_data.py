"""The data sets of the lessons: shapes, values, the same numbers every time, bad input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from micrograd_lesson import MLP
from micrograd_lesson.data import digits, four_examples, ice_cream, read_points, shift, two_moons
from tests.refusals import refusal


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


def test_two_moons_same_seed_same_points():
    for first, second in zip(two_moons(50, seed=3), two_moons(50, seed=3)):
        assert np.array_equal(first, second)
    assert not np.array_equal(two_moons(50, seed=3)[0], two_moons(50, seed=4)[0])


@pytest.mark.parametrize("n", [1, 0, -5])
def test_two_moons_need_two_points(n):
    with pytest.raises(ValueError, match=rf"^two moons need at least 2 points, not {n}\.$"):
        two_moons(n)


def rows(X):
    return {row.tobytes() for row in X}


def test_digits_are_those_of_scikit_learn_each_in_one_set():
    sets = digits()
    assert [(X.shape, y.shape) for X, y in sets] == [
        ((1197, 64), (1197,)),
        ((300, 64), (300,)),
        ((300, 64), (300,)),
    ]
    X, y = load_digits(return_X_y=True)
    assert len(rows(X)) == 1797  # no two alike, so that an example can be told by its pixels
    parts = [rows(X * 16) for X, _ in sets]
    assert set.union(*parts) == rows(X) and sum(map(len, parts)) == 1797
    labels = {row.tobytes(): label for row, label in zip(X, y)}
    assert all(labels[row.tobytes()] == label for X, y in sets for row, label in zip(X * 16, y))
    assert all(
        X.min() == 0 and X.max() == 1 and X.dtype == np.float64 and y.dtype.kind == "i"
        for X, y in sets
    )


@pytest.mark.parametrize("seed", range(3))
def test_each_set_of_digits_has_the_ten_in_equal_shares_and_in_no_order(seed):
    shares = np.bincount(load_digits(return_X_y=True)[1]) / 1797
    for X, y in digits(seed=seed):
        assert np.abs(np.bincount(y) - shares * len(y)).max() <= 1.5
        assert len(set(y[:30])) > 5


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
        ("1;2;1\n", "line 1 is separated by semicolons; use commas, as in 0.5,-1.2,1."),
        ("1,5;2,5;1,0;\n", "line 1 is separated by semicolons; use commas, as in 0.5,-1.2,1."),
        ("x1\tx2\tclass\n1\t2\t1\n", "line 1 is separated by tabs; use commas, as in 0.5,-1.2,1."),
        ("x1,x2,class\n1,two,1\n", "line 2: 'two' is not a number."),
        ("1,,1\n", "line 1: '' is not a number."),
        ("1,2,1\nnan,2,1\n", "line 2: 'nan' is not a number."),
        ("nan,nan,nan\n", "line 1: 'nan' is not a number."),
        ("1_0,2,1\n", "line 1: '1_0' is not a number."),
        ("1,-inf,1\n", "line 1: '-inf' is farther out than 1e+06."),
        ("1e300,2,1\n", "line 1: '1e300' is farther out than 1e+06."),
        ("1,2,2\n", "line 1: '2' is no class; classes are 1 and -1, or 1 and 0."),
        ("1,2,blue\n", "line 1: 'blue' is no class; classes are 1 and -1, or 1 and 0."),
        ("1,2,\n", "line 1: '' is no class; classes are 1 and -1, or 1 and 0."),
        (
            "1,2,1\n1,2,0\n3,4,0\n1,2,-1\n",
            "line 4 has class -1, an earlier one 0: both stand for the same class, so use one of them.",
        ),
        (
            "1,2,-1\n1,2,0\n",
            "line 2 has class 0, an earlier one -1: both stand for the same class, so use one of them.",
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


def test_points_are_read_from_text_alone():
    assert (
        refusal(lambda: read_points([1, 2, 1]), TypeError)
        == "read_points needs the text of a CSV file, not list."
    )


coordinates = st.floats(-1e6, 1e6)


@given(
    st.lists(st.tuples(coordinates, coordinates, st.sampled_from([-1, 1])), min_size=1, max_size=20)
)
def test_points_written_are_the_points_read(points):
    X, y = read_points("\n".join(f"{x1!r},{x2!r},{label}" for x1, x2, label in points))
    assert X.tolist() == [[x1, x2] for x1, x2, _ in points] and y.tolist() == [
        label for *_, label in points
    ]


@given(st.one_of(st.text(), st.binary(), st.text('01-.,;\n\t exna"')))
def test_whatever_the_text_there_are_points_or_a_sentence(text):
    try:
        X, y = read_points(text)
    except ValueError as problem:
        assert str(problem).endswith(".") and "\n" not in str(problem)
    else:
        assert X.shape == (len(y), 2) and len(y) and np.isfinite(X).all() and set(y) <= {-1.0, 1.0}
