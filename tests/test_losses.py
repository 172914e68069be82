"""Every loss: known values, its formula in Values = Tensors = PyTorch, large scores, bad input."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd_lesson.engine import Value
from micrograd_lesson.losses import (
    binary_cross_entropy,
    hinge,
    l2,
    log_softmax,
    softmax,
    softmax_cross_entropy,
    squared_error,
)
from micrograd_lesson.tensor import Tensor
from tests.refusals import refusal

repeatable = settings(deadline=None, derandomize=True, max_examples=50)

SIZES, SEEDS = st.integers(1, 5), st.integers(0, 2**32 - 1)


def close(mine, reference):
    np.testing.assert_allclose(mine, reference, rtol=1e-12, atol=1e-12)


def mean(losses):
    return sum(losses) * (1 / len(losses))


def log_sum_exp(values):
    top = max(v.data for v in values)
    return sum((v - top).exp() for v in values).log() + top


FLAT = {  # loss: ours, its formula in Values, PyTorch's, targets from a generator
    "squared_error": (
        squared_error,
        lambda z, t: mean([(p - y) ** 2 for p, y in zip(z, t)]),
        lambda f, z, t: f.mse_loss(z, t),
        lambda rng, n: rng.normal(size=n),
    ),
    "hinge": (
        hinge,
        hinge,  # which takes Values too
        lambda f, z, t: (1 - z * t).relu().mean(),
        lambda rng, n: rng.choice([-1.0, 1.0], n),
    ),
    "binary_cross_entropy": (
        binary_cross_entropy,
        lambda z, t: mean([log_sum_exp([s, s * 0]) - y * s for s, y in zip(z, t)]),
        lambda f, z, t: f.binary_cross_entropy_with_logits(z, t),
        lambda rng, n: rng.choice([0.0, 1.0, 0.3], n),
    ),
}
every_flat_loss = pytest.mark.parametrize("name", FLAT)


@every_flat_loss
def test_values_tensors_and_pytorch_agree(name, torch):
    f, formula, g, make_targets = FLAT[name]

    @repeatable
    @given(SIZES, SEEDS)
    def check(n, seed):
        rng = np.random.default_rng(seed)
        z, t = rng.normal(scale=3, size=n), make_targets(rng, n)
        z[0] = 0.0 if seed % 2 else z[0]
        values, tensor = [Value(x) for x in z.tolist()], Tensor(z)
        reference = torch.tensor(z, requires_grad=True)
        losses = (
            formula(values, t.tolist()),
            f(tensor, t),
            g(torch.nn.functional, reference, torch.tensor(t)),
        )
        for loss in losses:
            loss.backward()
        close([losses[0].data, losses[1].item()], losses[2].item())
        close([v.grad for v in values], reference.grad.numpy())
        close(tensor.grad, reference.grad.numpy())

    check()


@every_flat_loss
def test_any_shape_and_part_of_a_larger_sum(name):
    f, _, _, make_targets = FLAT[name]
    rng = np.random.default_rng(0)
    z, t = rng.normal(size=(2, 3, 4)), make_targets(rng, (2, 3, 4))
    tensor, flat = Tensor(z), Tensor(z.ravel())
    (f(tensor, t) * 3 + 1).backward()
    f(flat, t.ravel().tolist()).backward()
    close(tensor.grad.ravel(), 3 * flat.grad)


@repeatable
@given(SIZES, SIZES, SEEDS)
def test_softmax_cross_entropy_of_values_tensors_and_pytorch(torch, n, classes, seed):
    rng = np.random.default_rng(seed)
    z, labels = rng.normal(scale=3, size=(n, classes)), rng.integers(0, classes, n)
    values, tensor = [[Value(x) for x in row] for row in z.tolist()], Tensor(z)
    reference = torch.tensor(z, requires_grad=True)
    losses = (
        mean([log_sum_exp(row) - row[i] for row, i in zip(values, labels.tolist())]),
        softmax_cross_entropy(tensor, labels),
        torch.nn.functional.cross_entropy(reference, torch.tensor(labels)),
    )
    for loss in losses:
        loss.backward()
    close([losses[0].data, losses[1].item()], losses[2].item())
    close([[v.grad for v in row] for row in values], reference.grad.numpy())
    close(tensor.grad, reference.grad.numpy())


def test_softmax_cross_entropy_of_one_example():
    z = Tensor([1.0, 2.0, 3.0])
    loss = softmax_cross_entropy(z, 2)
    loss.backward()
    assert loss.item() == pytest.approx(math.log(1 + math.exp(-1) + math.exp(-2)))
    assert z.grad.sum() == pytest.approx(0, abs=1e-15)


@repeatable
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple), st.data(), SEEDS)
def test_softmax_along_any_axis_agrees_with_pytorch(torch, shape, data, seed):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    rng = np.random.default_rng(seed)
    x, weights = rng.normal(scale=3, size=shape), rng.normal(size=shape)
    for mine, theirs in ((softmax, torch.softmax), (log_softmax, torch.log_softmax)):
        a, b = Tensor(x), torch.tensor(x, requires_grad=True)
        out, reference = mine(a, axis), theirs(b, axis)
        close(out.data, reference.detach().numpy())
        (out * weights).sum().backward()
        (reference * torch.tensor(weights)).sum().backward()
        close(a.grad, b.grad.numpy())


def test_l2_of_values_and_tensors():
    arrays = [np.array([[1.0, -2.0]]), np.array([3.0])]
    tensors, values = [Tensor(a) for a in arrays], [Value(1.0), Value(-2.0), Value(3.0)]
    for loss in (l2(tensors, 0.5), l2(iter(values), 0.5)):
        assert float(loss.data) == 7.0
        loss.backward()
    assert [t.grad.tolist() for t in tensors] == [[[1.0, -2.0]], [3.0]]
    assert [v.grad for v in values] == [1.0, -2.0, 3.0]
    (l2([tensors[1]], 0.5) * 4).backward()  # part of a larger sum
    assert tensors[1].grad.tolist() == [3.0 + 12.0]


# Known values, and scores that would overflow.


def test_known_values():
    assert squared_error(Tensor([1.0, 2.0]), [0.0, 4.0]).item() == 2.5
    assert hinge(Tensor([0.5, 2.0, -1.0]), [1, 1, 1]).item() == pytest.approx(2.5 / 3)
    assert binary_cross_entropy(Tensor([0.0, 0.0]), [0, 1]).item() == pytest.approx(math.log(2))
    assert softmax_cross_entropy(Tensor(np.zeros((2, 10))), [3, 7]).item() == pytest.approx(
        math.log(10)
    )


@pytest.mark.parametrize("make", [Tensor, lambda z: [Value(x) for x in z]])
def test_hinge_asks_nothing_more_of_a_score_on_the_margin(make):
    z = make([1.0, -1.0, 1.0])
    hinge(z, [1, -1, -1]).backward()
    gradient = [v.grad for v in z] if isinstance(z, list) else z.grad.tolist()
    assert gradient == pytest.approx([0, 0, 1 / 3])


@pytest.mark.parametrize("target, expected", [([0, 1], 0.0), ([1, 0], 1000.0)])
def test_binary_cross_entropy_of_very_large_scores(target, expected):
    z = Tensor([-1000.0, 1000.0])
    loss = binary_cross_entropy(z, target)
    loss.backward()
    assert loss.item() == expected
    assert z.grad.tolist() == ([0, 0] if expected == 0 else [-0.5, 0.5])


def test_softmax_cross_entropy_of_very_large_scores():
    z = Tensor([[-1000.0, 1000.0, 0.0]])
    loss = softmax_cross_entropy(z, [0])
    loss.backward()
    assert loss.item() == 2000.0
    assert z.grad.tolist() == [[-1.0, 1.0, 0.0]]


def test_softmax_of_very_large_scores():
    assert softmax(Tensor([-1000.0, 1000.0])).data.tolist() == [0.0, 1.0]
    assert log_softmax(Tensor([-1000.0, 1000.0])).data.tolist() == [-2000.0, 0.0]
    assert softmax(Tensor([1000.0, 1000.0])).data.tolist() == [0.5, 0.5]
    assert softmax(Tensor([-2000.0, -2000.0])).data.tolist() == [0.5, 0.5]


def test_softmax_cross_entropy_where_every_score_is_very_low():
    assert softmax_cross_entropy(Tensor([[-3000.0, -2000.0]]), [0]).item() == 1000.0


# Bad input.


@every_flat_loss
@pytest.mark.parametrize(
    "predicted, shape",
    [
        (Tensor(np.ones((3, 1))), "(3, 1)"),
        (Tensor(np.ones(2)), "(2,)"),
    ],
)
def test_shapes_that_differ_are_both_named(name, predicted, shape):
    message = refusal(lambda: FLAT[name][0](predicted, [1.0, 1.0, 1.0]), ValueError)
    assert (
        message
        == f"{name} needs one target for each prediction: shapes {shape} and (3,) do not fit."
    )


def test_so_are_the_numbers_of_values_and_of_targets():
    message = refusal(lambda: hinge([Value(1), Value(2)], [1.0, 1.0, 1.0]), ValueError)
    assert message.endswith("shapes (2,) and (3,) do not fit.")


@every_flat_loss
@pytest.mark.parametrize(
    "bad", ["a", ["a", "b"], [None, 1], [Value(1), Value(1)], Tensor([1.0, 1.0])]
)
def test_targets_must_be_constants(name, bad):
    refusal(lambda: FLAT[name][0](Tensor([1.0, 1.0]), bad), TypeError)


TENSORS_ONLY = {
    "squared_error": lambda p: squared_error(p, [1.0]),
    "binary_cross_entropy": lambda p: binary_cross_entropy(p, [1.0]),
    "softmax_cross_entropy": lambda p: softmax_cross_entropy(p, [0]),
    "softmax": softmax,
}


@pytest.mark.parametrize("name", TENSORS_ONLY)
@pytest.mark.parametrize("bad", [Value(1), [Value(1)], np.ones(2), 3.0, [[1.0, 2]]])
def test_predictions_must_be_a_tensor(name, bad):
    message = refusal(lambda: TENSORS_ONLY[name](bad), TypeError)
    assert message == f"{name} needs a Tensor, not {type(bad).__name__}."


VALUES_TOO = {
    "hinge": (lambda p: hinge(p, [1.0]), "hinge needs a Tensor or a list of Values, not"),
    "l2": (l2, "l2 needs a list of Tensors or of Values, not"),
}
either = pytest.mark.parametrize("loss, sentence", VALUES_TOO.values(), ids=VALUES_TOO)


@either
@pytest.mark.parametrize("bad", [Value(1), np.ones(2), 3.0])
def test_or_a_list_of_values(loss, sentence, bad):
    assert refusal(lambda: loss(bad), TypeError) == f"{sentence} {type(bad).__name__}."


def test_one_parameter_alone_is_no_list():
    assert refusal(lambda: l2(Tensor([1.0])), TypeError).endswith("or of Values, not Tensor.")


@either
@pytest.mark.parametrize("numbers", [[0.5], [1.0, 2.0], [Value(1.0), 2.0], [np.float64(1)]])
def test_plain_numbers_have_no_gradients(loss, sentence, numbers):
    kind = type(numbers[-1]).__name__
    assert refusal(lambda: loss(numbers), TypeError) == f"{sentence} a list with a {kind} in it."


def test_l2_is_weak_unless_its_strength_is_given():
    for parameters in ([Tensor([3.0, 4.0])], [Value(3.0), Value(4.0)]):
        assert float(l2(parameters).data) == pytest.approx(25e-4)


@pytest.mark.parametrize(
    "loss, op",
    [
        (lambda: squared_error(Tensor([1.0]), [1]), "squared error"),
        (lambda: hinge(Tensor([1.0]), [1]), "hinge"),
        (lambda: binary_cross_entropy(Tensor([1.0]), [1]), "binary cross-entropy"),
        (lambda: softmax_cross_entropy(Tensor([1.0]), 0), "softmax cross-entropy"),
        (lambda: l2([Tensor([1.0])]), "L2"),
        (lambda: log_softmax(Tensor([1.0])), "log_softmax"),
    ],
)
def test_a_loss_of_tensors_is_one_operation_with_a_name(loss, op):
    out = loss()
    assert out._op == op and [parent._prev for parent in out._prev] == [()]


def test_the_logarithm_of_softmax_is_of_tensors_too():
    message = refusal(lambda: log_softmax([Value(1)]), TypeError)
    assert message == "softmax needs a Tensor, not list."


@every_flat_loss
def test_nothing_has_no_mean(name):
    assert "there is nothing in it" in refusal(lambda: FLAT[name][0](Tensor([]), []), ValueError)


def test_nor_has_an_empty_list():
    assert refusal(lambda: hinge([], []), ValueError) == "hinge was given an empty list."


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: hinge(Tensor([1.0, 1.0]), [1, 0]), "hinge needs targets of -1 or 1, not 0."),
        (lambda: hinge([Value(1.0)], [2]), "hinge needs targets of -1 or 1, not 2."),
        (lambda: hinge(Tensor([1.0]), [math.nan]), "hinge needs targets of -1 or 1, not nan."),
        (
            lambda: binary_cross_entropy(Tensor([1.0, 1.0]), [1, -1]),
            "binary_cross_entropy needs targets from 0 to 1, not -1.",
        ),
        (
            lambda: binary_cross_entropy(Tensor([1.0]), [math.nan]),
            "binary_cross_entropy needs targets from 0 to 1, not nan.",
        ),
        (
            lambda: softmax_cross_entropy(Tensor(np.ones((2, 3))), [0, 3]),
            "label 3; with 3 classes they run from 0 to 2.",
        ),
        (
            lambda: softmax_cross_entropy(Tensor(np.ones((2, 3))), [-1, 0]),
            "label -1; with 3 classes they run from 0 to 2.",
        ),
        (
            lambda: softmax_cross_entropy(Tensor(np.ones((2, 3))), [0, 1, 2]),
            "shapes (2, 3) and (3,) do not fit.",
        ),
        (
            lambda: softmax_cross_entropy(Tensor(np.ones((2, 3))), [[0], [1]]),
            "shapes (2, 3) and (2, 1) do not fit.",
        ),
        (lambda: softmax_cross_entropy(Tensor(1.0), 0), "shapes () and () do not fit."),
        (lambda: softmax_cross_entropy(Tensor(np.ones((0, 3))), []), "there is nothing in it."),
        (
            lambda: softmax(Tensor(np.ones((2, 3))), 2),
            "softmax cannot be taken along axis 2 of shape (2, 3).",
        ),
        (
            lambda: softmax(Tensor(np.ones((2, 3))), "a"),
            "softmax cannot be taken along axis a of shape (2, 3).",
        ),
        (lambda: l2([]), "l2 was given an empty list."),
    ],
)
def test_bad_labels_and_shapes_are_refused(call, message):
    assert message in refusal(call, ValueError)


@pytest.mark.parametrize("labels", [[0.0, 1.0], [True, False], np.array([0.5, 1])])
def test_labels_must_be_whole_numbers(labels):
    message = refusal(lambda: softmax_cross_entropy(Tensor(np.ones((2, 3))), labels), TypeError)
    assert re.search(r"needs whole numbers as labels, not (float64|bool) numbers\.$", message)
