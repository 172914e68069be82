"""SGD and Adam on scalar Values and on Tensors, against torch.optim; bad input; mini-batches.

And `descend`, which must walk as SGD does, and end where it blows up.
"""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd_lesson.data import batches
from micrograd_lesson.engine import Value
from micrograd_lesson.gradcheck import reference_slope
from micrograd_lesson.optim import SGD, Adam, descend
from micrograd_lesson.tensor import Tensor
from tests.refusals import refusal

CASES = {  # ours, and the same in PyTorch
    "SGD": (lambda p: SGD(p, 0.05), lambda o, p: o.SGD(p, lr=0.05)),
    "momentum": (
        lambda p: SGD(p, 0.02, momentum=0.9),
        lambda o, p: o.SGD(p, lr=0.02, momentum=0.9),
    ),
    "Adam": (lambda p: Adam(p), lambda o, p: o.Adam(p)),
    "Adam with its numbers given": (
        lambda p: Adam(p, 0.1, betas=(0.8, 0.95), eps=1e-3),
        lambda o, p: o.Adam(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3),
    ),
}
every_optimiser = pytest.mark.parametrize("name", CASES)


def loss_of(a, b, c):
    """A bent valley in three numbers, with gradients of very different sizes."""
    return (a * a - b) ** 2 + (a - 1) ** 2 * 0.3 + (b * c + 0.5) ** 2 * 0.01


@pytest.mark.slow
@every_optimiser
def test_values_tensors_and_pytorch_take_the_same_path(name, torch):
    mine, theirs = CASES[name]

    @settings(deadline=None, derandomize=True, max_examples=20)
    @given(st.lists(st.floats(-1, 1), min_size=3, max_size=3))
    def check(start):
        values, tensors = [Value(x) for x in start], [Tensor([x, x]) for x in start]
        references = [torch.tensor([x, x], dtype=torch.float64, requires_grad=True) for x in start]
        optimisers = mine(values), mine(tensors), theirs(torch.optim, references)
        for _ in range(25):
            for optimiser, numbers in zip(optimisers, (values, tensors, references)):
                optimiser.zero_grad()
                loss = loss_of(*numbers)
                (loss if isinstance(loss, Value) else loss.sum()).backward()
                optimiser.step()
        for v, t, r in zip(values, tensors, references):
            expected = r.detach().numpy()
            np.testing.assert_allclose(t.data, expected, rtol=1e-11, atol=1e-12)
            np.testing.assert_allclose([v.data, v.data], expected, rtol=1e-11, atol=1e-12)
            assert type(v.data) is float

    check()


def test_one_step_of_sgd():
    p, q = Value(2.0), Tensor([2.0])
    p.grad, q.grad = 3.0, [3.0]
    optimiser = SGD([p, q], 0.1)
    optimiser.step()
    assert p.data == q.data[0] == pytest.approx(1.7)
    optimiser.zero_grad()
    assert p.grad == q.grad[0] == 0.0


def test_momentum_keeps_the_earlier_direction():
    p = Value(0.0)
    optimiser = SGD([p], 1.0, momentum=0.5)
    steps = []
    for gradient in (1.0, 0.0, 0.0):
        before, p.grad = p.data, gradient
        optimiser.step()
        steps.append(p.data - before)
    assert steps == [-1.0, -0.5, -0.25]


@pytest.mark.parametrize("gradient", [1e-3, 1.0, 1e6])
def test_first_step_of_adam_is_as_long_as_the_rate(gradient):
    p = Value(0.0)
    p.grad = gradient
    Adam([p], 0.01).step()
    assert p.data == pytest.approx(-0.01, rel=1e-4)


@every_optimiser
def test_step_leaves_arrays_kept_from_before_as_they_were(name):
    p = Tensor([1.0, 2.0])
    kept, p.grad = p.data, [1.0, 1.0]
    CASES[name][0]([p]).step()
    assert kept.tolist() == [1.0, 2.0] and p.data.tolist() != kept.tolist()


def test_rate_can_be_changed_on_the_way():
    p = Value(0.0)
    optimiser = SGD([p], 1.0)
    p.grad, optimiser.rate = 1.0, 0.25
    optimiser.step()
    assert p.data == -0.25


@pytest.mark.parametrize("make", [SGD, Adam])
@pytest.mark.parametrize(
    "parameters, exception, message",
    [
        ([], ValueError, "was given no parameters."),
        (
            Tensor([1.0]),
            TypeError,
            "needs a list of parameters, such as model.parameters(), not Tensor.",
        ),
        (
            Value(1.0),
            TypeError,
            "needs a list of parameters, such as model.parameters(), not Value.",
        ),
        (None, TypeError, "needs a list of parameters, such as model.parameters(), not NoneType."),
        ([1.0], TypeError, "needs parameters with data and grad, not float."),
        (
            [Value(1.0), Value(1.0)] + 2 * [Tensor([1.0])],
            ValueError,
            "was given the same parameter twice, and would move it twice in each step.",
        ),
    ],
)
def test_bad_parameters_are_refused(make, parameters, exception, message):
    with pytest.raises(exception) as caught:
        make(parameters, 0.1)
    assert str(caught.value) == f"{make.__name__} {message}"


@pytest.mark.parametrize("make", [SGD, Adam])
@pytest.mark.parametrize(
    "rate", [0, -0.1, math.nan, math.inf, "0.1", None, np.array([1, 2])], ids=repr
)
def test_bad_rates_are_refused(make, rate):
    sentence = refusal(lambda: make([Value(1.0)], rate), ValueError)
    assert sentence == f"the learning rate must be a number above 0, not {rate!r}."


@pytest.mark.parametrize(
    "call",
    [
        lambda p: SGD(p, 1, momentum=1.0),
        lambda p: SGD(p, 1, momentum=-0.1),
        lambda p: SGD(p, 1, momentum="a"),
        lambda p: SGD(p, 1, momentum=math.nan),
        lambda p: Adam(p, betas=(0.9, 1.0)),
    ],
)
def test_bad_shares_are_refused(call):
    with pytest.raises(ValueError, match="must be at least 0 and below 1, not "):
        call([Value(1.0)])


# descend: the same rule on a plain function, every step kept.


def hill(w):
    return (w - 1.5) ** 2


def hill_slope(w):
    return 2 * (w - 1.5)


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.9, 1.1])
def test_descend_walks_as_the_algebra_says(rate):
    path = descend(hill, hill_slope, -3.0, rate, 6)
    expected = [1.5 - 4.5 * (1 - 2 * rate) ** k for k in range(7)]
    assert path.w == pytest.approx(expected, abs=1e-12)
    assert path.losses == [hill(w) for w in path.w]
    assert path.slopes == [hill_slope(w) for w in path.w]
    assert path.velocity == path.slopes[-2]
    assert path.finite is True


@pytest.mark.parametrize(
    "rate, momentum", [(0.1, 0.0), (0.3, 0.5), (0.6, 0.9), (1.0, 0.0), (0.05, 0.99)]
)
def test_descend_walks_as_sgd_does(rate, momentum):
    def valley(a, b):
        return 0.1 * a * a + b * b + 0.3 * a * b

    def slopes(w):
        a, b = w
        return np.array([0.2 * a + 0.3 * b, 2 * b + 0.3 * a])

    pair = [Value(-2.0), Value(1.5)]
    optimiser = SGD(pair, rate, momentum)
    way = [[-2.0, 1.5]]
    for _ in range(12):
        optimiser.zero_grad()
        valley(*pair).backward()
        optimiser.step()
        way.append([p.data for p in pair])
    start = np.array([-2.0, 1.5])
    path = descend(lambda w: valley(*w), slopes, start, rate, 12, momentum)
    np.testing.assert_allclose(path.w, way, rtol=1e-12, atol=1e-12)
    assert start.tolist() == [-2.0, 1.5]
    alone = descend(lambda a: valley(a, 0), lambda a: 0.2 * a, -2.0, rate, 12, momentum)
    np.testing.assert_allclose(alone.w[1], -2.0 + rate * 0.4, rtol=1e-15)


def test_the_velocity_is_that_of_the_last_step():
    path = descend(lambda w: w, lambda w: 1.0, 0.0, 0.5, 3, momentum=0.5)
    assert path.velocity == 1.75
    assert path.w == [0.0, -0.5, -1.25, -2.125]
    assert descend(hill, hill_slope, -3.0, 0.1, 0, momentum=0.5).velocity == 0.0


def test_a_descent_that_blows_up_ends_before_it_is_a_thousand_million_away():
    path = descend(lambda w: w**4, lambda w: 4 * w**3, 3.0, 1.0, 40)
    assert path.finite is False
    assert len(path.w) == len(path.losses) == len(path.slopes) < 10
    assert all(abs(w) < 1e9 for w in path.w)
    path = descend(lambda w: w, lambda w: math.nan, 3.0, 1.0, 40)
    assert (path.w, path.finite) == ([3.0], False)
    both = descend(lambda w: w[0], lambda w: np.array([1.0, 1e10]), np.zeros(2), 1.0, 5)
    assert (len(both.w), both.finite) == (1, False)


@pytest.mark.parametrize("reach, taken", [(0.999e9, 1), (1e9, 0)])
def test_where_a_descent_has_blown_up(reach, taken):
    path = descend(lambda w: w, lambda w: -reach, 0.0, 1.0, 1)
    assert len(path.w) == taken + 1


def test_a_loss_without_a_value_further_on_is_nan_there_and_nothing_is_printed():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = descend(math.log, lambda w: 1.0, 1.0, 0.75, 2)
        steep = descend(
            lambda w: np.exp(w).sum(), lambda w: -np.exp(w), np.array([1.0, 700.0]), 1e9, 3, 0.5
        )
    assert path.losses == pytest.approx([0.0, math.log(0.25), math.nan], nan_ok=True)
    assert path.finite and not steep.finite


def test_an_error_of_the_loss_at_the_start_is_the_learners_to_see():
    with pytest.raises(ValueError, match="math domain error|expected a positive"):
        descend(math.log, lambda w: 1.0, -1.0, 0.1, 2)


@pytest.mark.parametrize(
    "loss, kind",
    [
        (lambda w: None, "NoneType"),
        (lambda w: "3", "str"),
        (lambda w: [w], "list"),
        (lambda w: Value(w), "Value"),
        (lambda w: np.array([w, w]), "ndarray"),
        (lambda w: 1j, "complex"),
    ],
)
def test_a_loss_that_is_no_number_is_refused(loss, kind):
    message = refusal(lambda: descend(loss, lambda w: 1.0, 0.0, 0.1, 1), TypeError)
    assert message == f"the loss must give a number, not {kind}."


@pytest.mark.parametrize("steps", [-1, 1.5, None, "3"])
def test_a_number_of_steps_that_cannot_be_taken_is_refused(steps):
    message = refusal(lambda: descend(hill, hill_slope, 0.0, 0.1, steps), ValueError)
    assert message == f"steps must be a whole number of at least 0, not {steps!r}."


def test_descend_takes_slopes_found_by_nudging():
    path = descend(hill, lambda w: reference_slope(hill, w), -3.0, 0.1, 6)
    assert path.w == pytest.approx(descend(hill, hill_slope, -3.0, 0.1, 6).w, abs=1e-8)


# Mini-batches.


@pytest.mark.parametrize(
    "n, size, sizes", [(10, 4, [4, 4, 2]), (4, 4, [4]), (3, 10, [3]), (2, 1, [1, 1]), (0, 5, [])]
)
def test_every_example_comes_once_with_its_target(n, size, sizes):
    X, y = np.arange(2 * n).reshape(n, 2), np.arange(n)
    parts = list(batches(X, y, size))
    assert [len(a) for a, _ in parts] == [len(b) for _, b in parts] == sizes
    assert all((a[:, 0] == 2 * b).all() for a, b in parts)
    assert sorted(i for _, b in parts for i in b) == list(range(n))


def test_batches_follow_the_seed_and_differ_from_epoch_to_epoch():
    def orders(seed):
        rng = np.random.default_rng(seed)
        return [[i for _, y in batches(range(20), range(20), 6, rng) for i in y] for _ in range(2)]

    assert orders(0) == orders(0) != orders(1)
    assert orders(0)[0] != orders(0)[1]


@pytest.mark.parametrize(
    "X, y, size, message",
    [
        ([1, 2], [1], 1, r"^X has 2 examples and y has 1\.$"),
        ([1], [1], 0, r"^the size of a batch must be a whole number of at least 1, not 0\.$"),
        ([1], [1], 1.5, r"at least 1, not 1\.5\.$"),
    ],
)
def test_bad_batches_are_refused(X, y, size, message):
    with pytest.raises(ValueError, match=message):
        batches(X, y, size)
