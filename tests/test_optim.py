"""SGD and Adam on scalar Values and on Tensors, against torch.optim; bad input; and mini-batches."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd_lesson.data import batches
from micrograd_lesson.engine import Value
from micrograd_lesson.optim import SGD, Adam
from micrograd_lesson.tensor import Tensor

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
@pytest.mark.parametrize("rate", [0, -0.1, math.nan, math.inf, "0.1", None])
def test_bad_rates_are_refused(make, rate):
    with pytest.raises(
        ValueError, match=f"^the learning rate must be a number above 0, not {rate!r}.$"
    ):
        make([Value(1.0)], rate)


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
