"""Linear and MLP over Tensor.

Covered: the same weights, outputs, loss and gradients as the scalar networks from the same
seed, and as PyTorch on those weights; shapes in and out; bad input; and weights saved and
loaded, where a damaged or mismatched file is refused and changes nothing.
"""

import gc
import json
import os
import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd_lesson import nn
from micrograd_lesson.losses import squared_error
from micrograd_lesson.optim import SGD
from micrograd_lesson.tensor import Tensor
from micrograd_lesson.tensor_nn import ACTIVATIONS, MLP, Linear
from tests.refusals import refusal

repeatable = settings(deadline=None, derandomize=True, max_examples=40)


def seeded(*shape, **options):
    return MLP(*shape, rng=random.Random(0), **options)


def in_scalar_order(model, part):
    """The data or the gradients of a network's parameters, neuron by neuron as the scalar one has them."""
    rows = [np.vstack([getattr(layer.w, part), getattr(layer.b, part)]).T for layer in model.layers]
    return np.concatenate([row.ravel() for row in rows])


# One network, three engines.


@st.composite
def networks(draw):
    """Sizes, activations, a seed for the weights, and a seed for the inputs."""
    known = st.sampled_from(list(ACTIVATIONS))
    return (
        draw(st.integers(1, 4)),
        draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)),
        draw(known),
        draw(known),
        draw(st.integers(0, 10**6)),
        draw(st.integers(1, 4)),
    )


@pytest.mark.slow
@repeatable
@given(networks())
def test_scalar_network_array_network_and_pytorch_agree(network):
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install -r requirements-torch.txt"
    )
    nin, nouts, inner, last, seed, examples = network
    scalar = nn.MLP(nin, nouts, inner, last, random.Random(seed))
    array = MLP(nin, nouts, inner, last, random.Random(seed))
    rng = np.random.default_rng(seed)
    X = rng.uniform(-2, 2, (examples, nin))
    y = rng.uniform(-1, 1, (examples, nouts[-1]) if nouts[-1] > 1 else examples)
    assert in_scalar_order(array, "data").tolist() == [p.data for p in scalar.parameters()]

    outputs = [scalar(row) for row in X.tolist()]
    flat = [o for row in outputs for o in (row if isinstance(row, list) else [row])]
    loss = sum((o - t) ** 2 for o, t in zip(flat, y.ravel().tolist(), strict=True)) / y.size
    loss.backward()
    mine = array(X)
    my_loss = squared_error(mine, y)
    my_loss.backward()

    x, weights = torch.tensor(X), []
    for layer, activation in zip(array.layers, array.activations):
        w, b = (torch.tensor(p.data, requires_grad=True) for p in (layer.w, layer.b))
        weights += [w, b]
        x = x @ w + b
        x = x if activation == "linear" else getattr(torch, activation)(x)
    their_loss = torch.nn.functional.mse_loss(x.reshape(y.shape), torch.tensor(y))
    their_loss.backward()

    def agree(a, b):
        b = np.asarray(b)
        assert np.abs(np.asarray(a) - b).max() <= 1e-12 * max(1.0, np.abs(b).max())

    assert mine.shape == y.shape
    agree(mine.data.ravel(), [o.data for o in flat])
    agree(mine.data.ravel(), x.detach().numpy().ravel())
    agree(my_loss.item(), loss.data)
    agree(my_loss.item(), their_loss.item())
    agree(in_scalar_order(array, "grad"), [p.grad for p in scalar.parameters()])
    for p, w in zip(array.parameters(), weights, strict=True):
        agree(p.grad, w.grad.numpy())


def test_training_stays_equal_to_the_scalar_network():
    X, y = (
        [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]],
        [1.0, -1.0, -1.0, 1.0],
    )
    scalar, array = (
        nn.MLP(3, [4, 4, 1], rng=random.Random(3)),
        MLP(3, [4, 4, 1], rng=random.Random(3)),
    )

    def loss_of_scalar():
        return sum((scalar(x) - target) ** 2 for x, target in zip(X, y)) * (1 / len(X))

    def loss_of_array():
        return squared_error(array(X), y)

    for model, loss_now in ((scalar, loss_of_scalar), (array, loss_of_array)):
        optimiser = SGD(model.parameters(), 0.2)
        for _ in range(20):
            loss = loss_now()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    assert in_scalar_order(array, "data") == pytest.approx(
        [p.data for p in scalar.parameters()], rel=1e-12
    )


def trained(seed):
    """The losses of twenty steps."""
    model = MLP(2, [4, 1], rng=seed)
    optimiser = SGD(model.parameters(), 0.1)
    losses = []
    for _ in range(20):
        loss = squared_error(model([[1.0, 2.0], [-1.0, 0.5]]), [1.0, -1.0])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def test_threads_train_as_each_does_alone():
    """No setting is common to all: a switch that stops recording once took the graphs of others."""
    alone = [trained(seed) for seed in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(trained, range(4))) == alone
    assert all(losses[-1] < losses[0] for losses in alone)


@pytest.mark.parametrize("shape", [(3,), (5, 3), (1, 3), (0, 3), (2, 5, 3)])
@pytest.mark.parametrize("nout", [1, 2])
def test_layer_is_the_product_plus_the_bias_with_the_same_gradients(shape, nout):
    layer = Linear(3, nout, random.Random(0))
    rng = np.random.default_rng(0)
    x, incoming = rng.normal(size=shape), rng.normal(size=(*shape[:-1], nout))
    for inputs in (Tensor(x), x, x.tolist() if x.size else x):
        w, b = Tensor(layer.w.data), Tensor(layer.b.data)
        twin = Tensor(x)
        reference = twin @ w + b
        out = layer(inputs)
        layer.zero_grad()
        (reference * incoming).sum().backward()
        (out * incoming).sum().backward()
        pairs = [(out.data, reference.data), (layer.w.grad, w.grad), (layer.b.grad, b.grad)]
        if isinstance(inputs, Tensor):
            pairs.append((inputs.grad, twin.grad))
        for mine, expected in pairs:
            assert mine.shape == expected.shape
            np.testing.assert_allclose(mine, expected, rtol=1e-13, atol=1e-13)


def test_scaled_weights_are_the_same_draws_made_smaller():
    assert seeded(16, [1], scaled=True).layers[0].w.data * 4 == pytest.approx(
        seeded(16, [1]).layers[0].w.data
    )


# Sizes, names, what comes back.


@pytest.mark.parametrize(
    "model, count", [(MLP(3, [4, 4, 1]), 41), (MLP(2, [16, 16, 1]), 337), (Linear(3, 4), 16)]
)
def test_number_of_parameters(model, count):
    assert model.num_parameters() == count == sum(p.data.size for p in model.parameters())


def test_parameters_are_named_and_labelled():
    model = seeded(2, [3, 1])
    assert (
        list(model.named_parameters())
        == ["w1", "b1", "w2", "b2"]
        == [p.label for p in model.parameters()]
    )
    layer = Linear(2, 3, 0)
    assert [(name, p.label) for name, p in layer.named_parameters().items()] == [
        ("w", "w"),
        ("b", "b"),
    ]
    assert [p.shape for p in model.parameters()] == [(2, 3), (3,), (3, 1), (1,)]
    assert (
        repr(model) == "MLP(2, [3, 1], 'tanh', 'tanh')" and repr(model.layers[0]) == "Linear(2, 3)"
    )


@pytest.mark.parametrize(
    "nouts, shape, expected",
    [
        ([4, 1], (5, 3), (5,)),
        ([4, 2], (5, 3), (5, 2)),
        ([1], (3,), ()),
        ([2], (3,), (2,)),
        ([2, 1], (2, 5, 3), (2, 5)),
    ],
)
def test_shape_of_the_outputs(nouts, shape, expected):
    assert MLP(3, nouts)(np.ones(shape)).shape == expected


def test_zero_grad_clears_every_parameter():
    model = seeded(2, [3, 1])
    model([[1.0, 2.0]]).sum().backward()
    assert all(p.grad.any() for p in model.parameters())
    model.zero_grad()
    assert not any(p.grad.any() for p in model.parameters())


@pytest.mark.slow
def test_training_leaves_nothing_for_the_garbage_collector():
    model, X, y = seeded(3, [4, 4, 1]), np.ones((5, 3)), np.zeros(5)
    optimiser = SGD(model.parameters(), 0.1)
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            loss = squared_error(model(X), y)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        del loss
        assert gc.collect() == 0
    finally:
        gc.enable()


# Bad input.


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: MLP(2, []), r"^nouts is empty; .*at least one layer"),
        (lambda: MLP(0, [1]), r"^the number of inputs must be .* at least 1, not 0\.$"),
        (lambda: MLP(2.0, [1]), r"^the number of inputs must be .* at least 1, not 2\.0\.$"),
        (
            lambda: MLP(2, [4, 0]),
            r"^the number of neurons in a layer must be .* at least 1, not 0\.$",
        ),
        (
            lambda: MLP(2, [1], "step"),
            r"^unknown activation 'step'; known are tanh, relu, sigmoid, linear\.$",
        ),
        (
            lambda: MLP(2, [1], output_activation="step"),
            r"^unknown activation 'step'; known are tanh, ",
        ),
    ],
)
def test_impossible_networks_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.uint8])
def test_whole_numbers_of_numpy_are_sizes(kind):
    y = np.array([0, 3, 9])
    model = MLP(kind(64), [kind(16), y.max() + 1], rng=0)
    assert repr(model) == "MLP(64, [16, 10], 'tanh', 'tanh')"
    assert model.layers[1].w.shape == (16, 10) and Linear(kind(2), kind(3)).w.shape == (2, 3)
    assert type(model.layers[1].w.shape[1]) is int


def test_a_seed_is_as_good_as_a_source_of_random_numbers():
    for make in (lambda rng: MLP(2, [3, 1], rng=rng), lambda rng: Linear(2, 3, rng)):
        for seed in (0, 42, np.int64(7)):
            assert weights(make(seed)) == weights(make(random.Random(int(seed))))
            assert weights(make(seed)) == weights(make(seed))
        assert weights(make(None)) != weights(make(None))


@pytest.mark.parametrize("rng", ["0", 0.5, [1]])
def test_what_is_no_source_of_random_numbers_is_refused(rng):
    for make in (lambda: MLP(2, [3, 1], rng=rng), lambda: Linear(2, 3, rng)):
        assert "rng needs a whole number, the seed, or a random.Random" in refusal(make, TypeError)


def test_a_bias_of_one_number_is_an_array_after_every_update():
    model = MLP(2, [1], rng=0)
    optimiser = SGD(model.parameters(), 0.1)
    b = model.layers[0].b
    b.data = b.data.reshape(1)
    single = Tensor(0.5)
    for _ in range(2):
        loss = squared_error(model(np.ones((3, 2))) + single, np.zeros(3))
        optimiser.zero_grad()
        single.grad = 0.0
        loss.backward()
        optimiser.step()
        single.data = single.data - 0.1 * single.grad
    assert b[0].shape == () and b[None].shape == (1, 1) and single[None].shape == (1,)


def test_sizes_must_be_a_list():
    with pytest.raises(
        TypeError, match=r"^nouts is a list of layer sizes, such as \[4, 1\], not 3\.$"
    ):
        MLP(2, 3)
    assert MLP(2, (3, 1)).num_parameters() == 13


@pytest.mark.parametrize(
    "x, shape",
    [(np.ones((5, 2)), "(5, 2)"), ([1.0, 2.0], "(2,)"), (3.0, "()"), (Tensor([1.0]), "(1,)")],
)
def test_inputs_of_another_size_are_refused_with_both_shapes(x, shape):
    with pytest.raises(
        ValueError,
        match=re.escape(f"Linear(3, 4) needs inputs of shape (…, 3), not of shape {shape}."),
    ):
        MLP(3, [4, 1])(x)


@pytest.mark.parametrize("x", ["abc", None, [["a", "b", "c"]], [[1, 2, 3], [1]], [1j, 2, 3]])
def test_inputs_that_are_no_numbers_are_refused(x):
    with pytest.raises(TypeError, match="Linear needs real numbers in a regular shape, not "):
        MLP(3, [4, 1])(x)


# Saving and loading.


def weights(model):
    return [p.data.tolist() for p in model.parameters()]


@pytest.mark.parametrize(
    "make",
    [
        lambda seed: MLP(2, [3, 1], "relu", "linear", random.Random(seed)),
        lambda seed: Linear(2, 3, random.Random(seed)),
    ],
)
def test_saved_weights_come_back_bit_for_bit(make, tmp_path):
    model, other = make(0), make(1)
    model.save(tmp_path / "weights.npz")
    assert weights(other) != weights(model)
    other.load(tmp_path / "weights.npz")
    assert weights(other) == weights(model)


def test_file_has_the_exact_name_and_opens_with_numpy_alone(tmp_path):
    model = seeded(2, [3, 1])
    model.save(str(tmp_path / "w"))
    assert [path.name for path in tmp_path.iterdir()] == ["w"]
    with np.load(tmp_path / "w", allow_pickle=False) as archive:
        assert set(archive) == {"header", "w1", "b1", "w2", "b2"}
        assert json.loads(archive["header"].item()) == {
            "format": "micrograd_lesson weights",
            "version": 1,
            "model": "MLP(2, [3, 1], 'tanh', 'tanh')",
        }
        assert np.array_equal(archive["w1"], model.layers[0].w.data)


def refused(model, path):
    before = weights(model)
    with pytest.raises(ValueError) as caught:
        model.load(path)
    assert weights(model) == before
    message = str(caught.value)
    assert message.startswith(str(path)) and message.endswith(".") and "\n" not in message
    return message.removeprefix(str(path))


def test_damaged_files_are_refused(tmp_path):
    """Cut off anywhere, or with any one byte changed: refused, or the weights are still right."""
    model, path = seeded(2, [3, 1]), tmp_path / "weights.npz"
    model.save(path)
    whole, right = path.read_bytes(), weights(model)
    for length in [0, 1, 100, len(whole) // 2, len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert "is damaged" in refused(model, path)
    caught = 0
    for i in range(0, len(whole), 7):
        path.write_bytes(whole[:i] + bytes([whole[i] ^ 0xFF]) + whole[i + 1 :])
        try:
            model.load(path)
        except ValueError:
            caught += 1
        assert weights(model) == right
    assert caught > 100


class Opened:
    """What a pickle of it does when it is read."""

    def __reduce__(self):
        return os.mkdir, (self.folder,)


def test_a_file_with_code_in_it_is_refused_and_the_code_not_run(tmp_path):
    thing = Opened()
    thing.folder = str(tmp_path / "made")
    path = tmp_path / "weights.npz"
    np.savez(path, header=np.array([thing], dtype=object))
    assert "is damaged" in refused(seeded(2, [1]), path)
    assert not os.path.exists(thing.folder)


def test_other_files_are_refused(tmp_path):
    model, path = seeded(2, [3, 1]), tmp_path / "other"
    path.write_text("not an archive")
    assert "is damaged, or is not a file of weights" in refused(model, path)
    for save in (
        lambda f: np.save(f, np.ones(3)),
        lambda f: np.savez(f, w1=np.ones(3)),
        lambda f: np.savez(f, header=np.array([None], dtype=object)),
    ):
        with path.open("wb") as file:
            save(file)
        assert "is damaged, or is not a file of weights" in refused(model, path)


def test_weights_of_another_model_are_refused(tmp_path):
    path = tmp_path / "weights.npz"
    MLP(2, [4, 1]).save(path)
    assert "holds the weights of MLP(2, [4, 1], 'tanh', 'tanh'), not of MLP(2, [3, 1]" in refused(
        seeded(2, [3, 1]), path
    )
    MLP(2, [3, 1], "relu").save(path)
    assert "MLP(2, [3, 1], 'relu', 'relu')" in refused(seeded(2, [3, 1]), path)


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda a: a.pop("b2"), "is damaged: its arrays are not those of MLP(2, [3, 1]"),
        (lambda a: a.update(w3=np.ones(2)), "is damaged: its arrays are not those of"),
        (lambda a: a.update(w1=np.ones((3, 2))), "is damaged: its arrays are not those of"),
        (
            lambda a: a["w1"].put(3, np.nan),
            "holds nan or inf in its array w1: no network can use such a weight",
        ),
        (lambda a: a["b2"].put(0, -np.inf), "holds nan or inf in its array b2"),
        (lambda a: a.update(b2=np.array(["x"])), "is damaged: its arrays are not those of"),
        (lambda a: a.update(header=np.array("{}")), "is damaged, or is not a file of weights"),
        (
            lambda a: a.update(header=np.array(a["header"].item().replace("1,", "2,", 1))),
            "version 2, not",
        ),
    ],
)
def test_files_with_the_wrong_contents_are_refused(change, message, tmp_path):
    model, path = seeded(2, [3, 1]), tmp_path / "weights.npz"
    model.save(path)
    with np.load(path) as archive:
        arrays = dict(archive)
    change(arrays)
    with path.open("wb") as file:
        np.savez(file, **arrays)
    assert message in refused(model, path)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_weights_that_are_not_finite_are_not_saved(bad, tmp_path):
    model, path = seeded(2, [3, 1]), tmp_path / "weights.npz"
    model.save(path)
    before = path.read_bytes()
    model.layers[1].b.data = [bad]
    assert (
        refusal(lambda: model.save(path), ValueError)
        == "b2 holds nan or inf, so these weights are of no use and are not saved."
    )
    assert path.read_bytes() == before


def test_whole_numbers_put_in_as_weights_are_saved_as_floats(tmp_path):
    model, other = seeded(2, [3, 1]), MLP(2, [3, 1], rng=1)
    model.layers[0].w.data = np.arange(6).reshape(2, 3)
    model.save(tmp_path / "w")
    other.load(tmp_path / "w")
    assert other.layers[0].w.data.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]


def test_weights_of_single_precision_are_taken_as_double(tmp_path):
    model, path = seeded(2, [3, 1]), tmp_path / "w"
    model.save(path)
    with np.load(path) as archive:
        arrays = {
            name: a.astype(np.float32) if a.dtype.kind == "f" else a for name, a in archive.items()
        }
    with path.open("wb") as file:
        np.savez(file, **arrays)
    model.load(path)
    assert {p.data.dtype for p in model.parameters()} == {np.dtype(np.float64)}


def test_a_disk_that_fills_up_leaves_the_file_that_was_there(tmp_path, monkeypatch):
    model, path = seeded(2, [3, 1]), tmp_path / "weights.npz"
    model.save(path)
    before = path.read_bytes()

    def half_written(file, **arrays):
        file.write(before[:200])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", half_written)
    with pytest.raises(OSError, match="No space left"):
        model.save(path)
    with pytest.raises(OSError, match="No space left"):
        model.save(tmp_path / "new.npz")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["weights.npz"]


def test_the_file_is_on_the_disk_before_it_takes_the_name(tmp_path, monkeypatch):
    calls = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, n=name, f=real: (calls.append(n), f(*a)))
    seeded(2, [1]).save(tmp_path / "w")
    assert calls == ["fsync", "replace"]


@pytest.mark.slow
def test_a_reader_beside_a_writer_never_meets_half_a_file(tmp_path):
    first, second = MLP(8, [32, 1], rng=0), MLP(8, [32, 1], rng=1)
    path, known = tmp_path / "weights.npz", [weights(first), weights(second)]
    first.save(path)
    done = threading.Event()

    def write():
        for _ in range(50):
            second.save(path)
            first.save(path)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    reader, reads = MLP(8, [32, 1], rng=2), 0
    while reads < 5 or not done.is_set():
        reader.load(path)
        assert weights(reader) in known
        reads += 1
    writer.join()


def test_a_link_stays_a_link_and_the_file_can_be_read_by_others(tmp_path):
    target, link, plain = tmp_path / "target", tmp_path / "link", tmp_path / "plain"
    target.write_bytes(b"old")
    plain.write_bytes(b"")
    link.symlink_to(target)
    seeded(2, [1]).save(link)
    assert link.is_symlink() and target.read_bytes()[:2] == b"PK"
    assert target.stat().st_mode == plain.stat().st_mode


def test_weights_are_not_saved_in_the_place_of_a_folder(tmp_path):
    (tmp_path / "w").mkdir()
    assert "is not a file" in refusal(lambda: seeded(2, [1]).save(tmp_path / "w"), OSError)
    with pytest.raises(FileNotFoundError):
        seeded(2, [1]).save(tmp_path / "nowhere" / "w")


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        seeded(2, [1]).load(tmp_path / "nowhere.npz")
