"""The layers of the lessons beyond the MLP: convolution, embedding, normalisation, attention, GPT.

Covered: each output and gradient against loops of plain arithmetic, nudging, and PyTorch on the
same weights; what the causal mask promises; shapes in and out; bad input; the same weights from
the same seed; and weights saved and loaded.
"""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd_lesson import tensor_nn
from micrograd_lesson.data import encode, rows
from micrograd_lesson.losses import softmax_cross_entropy
from micrograd_lesson.optim import SGD
from micrograd_lesson.tensor import Tensor
from micrograd_lesson.tensor_nn import (
    GPT,
    Attention,
    Block,
    Convolution,
    Embedding,
    LayerNorm,
)
from micrograd_lesson.tensor_nn.attention import future
from micrograd_lesson.tensor_nn.convolution import patches
from tests.refusals import refusal

repeatable = settings(deadline=None, derandomize=True, max_examples=25)
SEEDS = st.integers(0, 10**6)


def numbers(shape, seed):
    return np.random.default_rng(seed).uniform(-2, 2, shape)


def weighted(out, seed=99):
    """One number from all entries, each with a weight of its own, so that none can hide."""
    return (out * numbers(out.shape, seed)).sum()


def close(mine, reference, tolerance=1e-10):
    reference = np.asarray(reference)
    assert np.shape(mine) == reference.shape
    largest = max(1.0, np.abs(reference).max(initial=0))
    assert np.abs(mine - reference).max(initial=0) <= tolerance * largest


def scramble(layer, seed):
    """Other weights everywhere: zeros and ones of a start would hide faults."""
    for i, p in enumerate(layer.parameters()):
        p.data = numbers(p.shape, seed + i)


def check_with_nudging(layer, x=None, numbers_in=None, h=1e-6):
    """Every parameter, and the input where it has a gradient, moved by ±h, one entry at a time."""
    leaves = layer.parameters()
    if x is not None:
        leaves = [x, *leaves]

    def total():
        return weighted(layer(numbers_in if x is None else x))

    layer.zero_grad()
    total().backward()
    gradients = [leaf.grad.copy() for leaf in leaves]
    for leaf, gradient in zip(leaves, gradients):
        kept = leaf.data
        for place in np.ndindex(*leaf.shape):
            ends = []
            for step in (h, -h):
                moved = kept.copy()
                moved[place] += step
                leaf.data = moved
                ends.append(total().item())
            leaf.data = kept
            slope = (ends[0] - ends[1]) / (2 * h)
            assert gradient[place] == pytest.approx(slope, rel=1e-5, abs=1e-5)


def check_with_pytorch(torch, layer, reference, x):
    """The layer, and PyTorch's formula of its input and named parameters: outputs and gradients."""
    leaf = Tensor(x)
    out = layer(leaf)
    weighted(out).backward()
    their_x = torch.tensor(x, requires_grad=True)
    theirs = {
        name: torch.tensor(p.data, requires_grad=True)
        for name, p in layer.named_parameters().items()
    }
    their_out = reference(their_x, theirs)
    close(out.data, their_out.detach().numpy())
    (their_out * torch.tensor(numbers(out.shape, 99))).sum().backward()
    close(leaf.grad, their_x.grad.numpy())
    for name, p in layer.named_parameters().items():
        close(p.grad, theirs[name].grad.numpy())


# Embedding.


def test_an_embedding_picks_rows():
    table = Embedding(4, 3, rng=0)
    out = table([[2, 0], [2, 2]])
    assert out.shape == (2, 2, 3)
    assert np.array_equal(out.data, table.w.data[[[2, 0], [2, 2]]])


def test_no_numbers_pick_no_rows():
    assert Embedding(4, 3)([]).shape == (0, 3)


def test_an_embedding_is_one_hot_rows_times_the_table():
    table = Embedding(5, 3, rng=0)
    picked = np.array([4, 1, 1, 0])
    weighted(table(picked)).backward()
    same = Tensor(table.w.data)
    weighted(np.eye(5)[picked] @ same).backward()
    close(table.w.grad, same.grad)
    assert not table.w.grad[[2, 3]].any()


@repeatable
@given(st.integers(1, 6), st.integers(1, 4), SEEDS, st.integers(0, 9))
def test_the_gradient_of_an_embedding(count, size, seed, picks):
    picked = np.random.default_rng(seed).integers(0, count, picks)
    check_with_nudging(Embedding(count, size, rng=seed), numbers_in=picked)


def test_the_gradient_of_an_embedding_as_in_pytorch(torch):
    table = Embedding(27, 4, rng=0)
    picked = np.array([encode("anna"), encode("otto")])
    weighted(table(picked)).backward()
    theirs = torch.tensor(table.w.data, requires_grad=True)
    out = torch.nn.functional.embedding(torch.tensor(picked), theirs)
    (out * torch.tensor(numbers(out.shape, 99))).sum().backward()
    close(table.w.grad, theirs.grad.numpy())


# Convolution.


def convolution_by_loops(x, w, b):
    """The sum in the docstring, number by number."""
    size, _, nin, nout = w.shape
    n, height, width, _ = x.shape
    out = np.zeros((n, height - size + 1, width - size + 1, nout))
    for e, row, column, k in np.ndindex(*out.shape):
        total = b[k]
        for i in range(size):
            for j in range(size):
                for c in range(nin):
                    total += x[e, row + i, column + j, c] * w[i, j, c, k]
        out[e, row, column, k] = total
    return out


COUNTS = st.integers(1, 3)
convolutions = given(st.tuples(COUNTS, COUNTS, COUNTS, st.integers(0, 2), SEEDS))


def one_convolution(nin, nout, size, room, seed):
    layer = Convolution(nin, nout, size, rng=seed)
    scramble(layer, seed)
    return layer, numbers((2, size + room, size + 1, nin), seed)


@repeatable
@convolutions
def test_convolution_is_the_sum_in_its_docstring(case):
    layer, x = one_convolution(*case)
    close(layer(x).data, convolution_by_loops(x, layer.w.data, layer.b.data))


@settings(repeatable, max_examples=8)
@convolutions
def test_the_gradients_of_convolution(case):
    layer, x = one_convolution(*case)
    check_with_nudging(layer, Tensor(x))


@pytest.mark.slow
def test_convolution_as_in_pytorch(torch):
    def reference(x, theirs):
        w = theirs["w"].permute(3, 2, 0, 1).contiguous()  # (nout, nin, size, size)
        out = torch.nn.functional.conv2d(x.permute(0, 3, 1, 2), w, theirs["b"])
        return out.permute(0, 2, 3, 1)

    @repeatable
    @convolutions
    def check(case):
        layer, x = one_convolution(*case)
        check_with_pytorch(torch, layer, reference, x)

    check()


def test_a_picture_moved_by_one_square_moves_the_map_by_one():
    layer = Convolution(1, 2, rng=0)
    x = np.zeros((1, 8, 8, 1))
    x[0, 2:5, 2:4, 0] = numbers((3, 2), 0)
    moved = np.roll(x, 1, axis=2)
    assert np.array_equal(layer(moved).data[:, :, 1:], layer(x).data[:, :, :-1])


def test_pictures_beside_which_nothing_is_trained_get_no_gradient():
    seen = patches(Tensor(np.ones((1, 4, 4, 1))), 3)
    assert seen.shape == (1, 2, 2, 9)
    layer = Convolution(1, 2, rng=0)
    out = layer(np.ones((1, 4, 4, 1)))
    (rows,) = out._prev  # a row for each place
    assert {id(p) for p in rows._prev} >= {id(layer.b)}
    assert all(p._op in ("", "reshape") for p in rows._prev)  # b, and w as a matrix


# Normalisation.


def test_normalised_numbers_have_mean_0_and_variance_1():
    out = LayerNorm(6)(numbers((3, 2, 6), 0) * 100 + 7).data
    assert np.abs(out.mean(axis=-1)).max() < 1e-12
    assert np.abs(out.var(axis=-1) - 1).max() < 1e-6


def test_equal_numbers_become_the_shift():
    layer = LayerNorm(3)
    layer.shift.data = np.array([1.0, 2.0, 3.0])
    assert np.array_equal(layer([[5.0, 5.0, 5.0]]).data, [[1.0, 2.0, 3.0]])


@repeatable
@given(st.lists(st.integers(1, 3), max_size=2), st.integers(1, 5), SEEDS)
def test_the_gradients_of_normalisation(before, size, seed):
    layer = LayerNorm(size)
    scramble(layer, seed)
    check_with_nudging(layer, Tensor(numbers((*before, size), seed)))


def test_normalisation_as_in_pytorch(torch):
    layer = LayerNorm(5)
    scramble(layer, 3)

    def reference(x, theirs):
        return torch.nn.functional.layer_norm(x, (5,), theirs["gain"], theirs["shift"], 1e-5)

    check_with_pytorch(torch, layer, reference, numbers((2, 3, 5), 0))


# Attention.


def attention_by_loops(layer, x):
    """Place by place and head by head, with Python's own arithmetic."""
    n, places, size = x.shape
    d = size // layer.heads
    named = {name: p.data for name, p in layer.named_parameters().items()}
    q, k, v = (x @ named[f"{part}.w"] + named[f"{part}.b"] for part in ("query", "key", "value"))
    weights = np.zeros((n, layer.heads, places, places))
    mixed = np.zeros(x.shape)
    for e, head, asks in np.ndindex(n, layer.heads, places):
        part = slice(head * d, (head + 1) * d)
        seen = range(asks + 1) if layer.causal else range(places)
        products = [math.exp(q[e, asks, part] @ k[e, s, part] / math.sqrt(d)) for s in seen]
        for s, product in zip(seen, products):
            weights[e, head, asks, s] = product / sum(products)
            mixed[e, asks, part] += weights[e, head, asks, s] * v[e, s, part]
    return mixed @ named["out.w"] + named["out.b"], weights


attentions = given(st.tuples(COUNTS, st.integers(1, 2), st.booleans(), st.integers(1, 4), SEEDS))


def one_attention(heads, d, causal, places, seed):
    layer = Attention(heads * d, heads, causal, rng=seed)
    return layer, numbers((2, places, heads * d), seed)


@repeatable
@attentions
def test_attention_place_by_place(case):
    layer, x = one_attention(*case)
    out, weights = attention_by_loops(layer, x)
    close(layer(x).data, out)
    close(layer.weights(x).data, weights)


@pytest.mark.slow
@settings(repeatable, max_examples=8)
@attentions
def test_the_gradients_of_attention(case):
    layer, x = one_attention(*case)
    check_with_nudging(layer, Tensor(x))


@pytest.mark.slow
@pytest.mark.parametrize("causal", [True, False])
def test_attention_as_in_pytorch(torch, causal):
    layer = Attention(12, heads=3, causal=causal, rng=1)

    def reference(x, theirs):
        return attention_of_pytorch(torch, x, theirs, "", 3, causal)

    check_with_pytorch(torch, layer, reference, numbers((2, 5, 12), 0))


def attention_of_pytorch(torch, x, theirs, prefix, heads, causal=True):
    n, places, size = x.shape

    def linear(name, x):
        return x @ theirs[f"{prefix}{name}.w"] + theirs[f"{prefix}{name}.b"]

    parts = []
    for name in ("query", "key", "value"):
        parts.append(linear(name, x).view(n, places, heads, size // heads).transpose(1, 2))
    mixed = torch.nn.functional.scaled_dot_product_attention(*parts, is_causal=causal)
    return linear("out", mixed.transpose(1, 2).reshape(n, places, size))


def test_attention_weights_are_shares():
    weights = Attention(8, heads=2, rng=0).weights(numbers((3, 5, 8), 0)).data
    assert weights.shape == (3, 2, 5, 5)
    assert np.abs(weights.sum(axis=-1) - 1).max() < 1e-12
    assert not np.triu(weights, k=1).any()
    assert (weights[..., 0, 0] == 1).all()  # the first place has only itself to look at


def test_without_places_the_order_does_not_matter():
    """Attention alone knows what is there, and not where."""
    layer = Attention(4, causal=False, rng=0)
    x = numbers((1, 5, 4), 0)
    order = [3, 0, 4, 2, 1]
    close(layer(x[:, order]).data, layer(x).data[:, order])


def test_the_mask_is_minus_infinity_above_the_diagonal():
    inf = -np.inf
    assert future(3).tolist() == [[0, inf, inf], [0, 0, inf], [0, 0, 0]]


# GPT.

SMALL = {"letters": 5, "places": 4, "size": 4, "heads": 2, "blocks": 2}


@pytest.mark.slow
def test_a_block_adds_to_what_comes_in():
    block = Block(4, 2, rng=0)
    x = Tensor(numbers((2, 3, 4), 0))
    check_with_nudging(block, x)
    for p in block.parameters():
        p.data = np.zeros(p.shape)
    assert np.array_equal(block(x).data, x.data)


@pytest.mark.slow
def test_the_gradients_of_a_gpt():
    model = GPT(**SMALL, rng=1)
    check_with_nudging(model, numbers_in=[[0, 3, 3, 1], [0, 2, 4, 4]])


def gpt_of_pytorch(torch, x, theirs, heads, blocks):
    """The whole model in PyTorch's own words, from named weights."""
    functional = torch.nn.functional
    places = x.shape[1]

    def linear(name, h):
        return h @ theirs[f"{name}.w"] + theirs[f"{name}.b"]

    def norm(name, h):
        gain, shift = theirs[f"{name}.gain"], theirs[f"{name}.shift"]
        return functional.layer_norm(h, gain.shape, gain, shift, 1e-5)

    h = functional.embedding(x, theirs["letter.w"]) + theirs["place.w"][:places]
    for i in range(1, blocks + 1):
        name = f"block{i}"
        normal = norm(f"{name}.attention_norm", h)
        h = h + attention_of_pytorch(torch, normal, theirs, f"{name}.attention.", heads)
        hidden = functional.relu(linear(f"{name}.hidden", norm(f"{name}.mlp_norm", h)))
        h = h + linear(f"{name}.out", hidden)
    return linear("scores", norm("norm", h))


@pytest.mark.slow
@pytest.mark.parametrize("blocks", [1, 2])
def test_loss_and_every_gradient_of_a_gpt_as_in_pytorch(torch, blocks):
    model = GPT(blocks=blocks, rng=3)
    X, y, real = rows(["emma", "bo", "christopher", "anna", "lee"])
    loss = softmax_cross_entropy(model(X)[real], y[real])
    loss.backward()

    theirs = {
        name: torch.tensor(p.data, requires_grad=True)
        for name, p in model.named_parameters().items()
    }
    scores = gpt_of_pytorch(torch, torch.tensor(X), theirs, heads=4, blocks=blocks)
    ignored = torch.tensor(np.where(real, y, -100))
    their_loss = torch.nn.functional.cross_entropy(scores.reshape(-1, 27), ignored.reshape(-1))
    their_loss.backward()
    close(loss.item(), their_loss.item())
    for name, p in model.named_parameters().items():
        close(p.grad, theirs[name].grad.numpy())
        if not name.endswith("key.b"):  # the same for all places: the softmax takes it away
            assert np.abs(p.grad).max() > 1e-6, name


def test_a_gpt_has_as_many_parameters_as_lesson_19_counts():
    assert GPT().num_parameters() == 14907


def test_what_comes_later_changes_no_earlier_score():
    model = GPT(rng=0)
    full = np.array([[0, *encode("christopher")]])
    scores = model(full).data
    for length in range(1, 12):
        close(model(full[:, :length]).data, scores[:, :length])


def test_attention_of_a_gpt_is_that_of_its_blocks():
    model = GPT(**SMALL, rng=0)
    x = [[0, 3, 1], [0, 4, 4]]
    weights = model.attention(x)
    assert weights.shape == (2, 2, 2, 3, 3)
    h = model.letter(x) + model.place.w[:3]
    for i, block in enumerate(model.blocks):
        close(weights[i], block.attention.weights(block.attention_norm(h)).data)
        h = block(h)


@pytest.mark.slow
def test_a_gpt_learns_one_name_by_heart():
    model = GPT(size=8, heads=2, rng=0)
    X, y, real = rows(["emma"])
    optimiser = SGD(model.parameters(), 0.2, momentum=0.9)
    for _ in range(60):
        loss = softmax_cross_entropy(model(X)[real], y[real])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert loss.item() < 0.01
    assert model(X).data.argmax(axis=-1)[real].tolist() == [5, 13, 13, 1, 0]


# What holds for all.

LAYERS = {
    "Embedding(5, 3)": lambda rng: Embedding(5, 3, rng=rng),
    "Convolution(2, 4, 3)": lambda rng: Convolution(2, 4, rng=rng),
    "LayerNorm(3)": lambda rng: LayerNorm(3),
    "Attention(6, heads=2, causal=False)": lambda rng: Attention(6, 2, causal=False, rng=rng),
    "Block(4, 2)": lambda rng: Block(4, 2, rng=rng),
    "GPT(5, 4, 4, 2, 2)": lambda rng: GPT(**SMALL, rng=rng),
}
WITHOUT_DRAWS = {"LayerNorm(3)"}  # every seed gives the same weights
every_layer = pytest.mark.parametrize("text", LAYERS)


def test_every_layer_has_a_row():
    public = {name for name in tensor_nn.__all__ if isinstance(getattr(tensor_nn, name), type)}
    elsewhere = {"Linear", "MLP", "Module"}  # test_tensor_nn.py
    assert {text.split("(")[0] for text in LAYERS} == public - elsewhere


@every_layer
def test_repr_and_seed(text):
    layer, again = LAYERS[text](7), LAYERS[text](random.Random(7))
    assert repr(layer) == text
    named, same = layer.named_parameters(), again.named_parameters()
    assert list(named) == list(same)
    assert all(np.array_equal(named[name].data, same[name].data) for name in named)
    pairs = zip(layer.parameters(), LAYERS[text](8).parameters())
    differs = any(not np.array_equal(p.data, q.data) for p, q in pairs)
    assert differs == (text not in WITHOUT_DRAWS), "another seed draws other weights"


@every_layer
def test_saved_and_loaded(text, tmp_path):
    layer, other = LAYERS[text](1), LAYERS[text](2)
    scramble(layer, 5)
    layer.save(tmp_path / "weights.npz")
    other.load(tmp_path / "weights.npz")
    for p, q in zip(layer.parameters(), other.parameters(), strict=True):
        assert np.array_equal(p.data, q.data)


def test_first_weights_fill_their_bounds():
    convolution, embedding = Convolution(4, 50, rng=0), Embedding(100, 10, rng=0)
    for w, bound in ((convolution.w.data, 1 / 6), (embedding.w.data, 1)):  # √(3·3·4) = 6
        assert -bound <= w.min() < -0.95 * bound and 0.95 * bound < w.max() <= bound
    assert not np.isin(convolution.b.data, convolution.w.data).any()  # each has a draw of its own


@pytest.mark.parametrize("layer", [Attention(16, rng=0), Block(16, 2, rng=0), GPT(size=16, rng=0)])
def test_first_weights_of_linear_layers_are_scaled(layer):
    """Without this, what a deep network adds up would grow from layer to layer."""
    weights = [p for name, p in layer.named_parameters().items() if name.endswith(".w")]
    linear = [p.data for p in weights if p.label not in ("letter.w", "place.w")]
    assert len(linear) >= 4
    for w in linear:
        bound = 1 / math.sqrt(len(w))
        assert 0.9 * bound < np.abs(w).max() <= bound


@pytest.mark.parametrize(
    "make",
    [
        lambda: Embedding(5, 3),
        lambda: Convolution(1, 2),
        lambda: Attention(4),
        lambda: Block(4, 2),
        lambda: GPT(**SMALL),
    ],
)
def test_without_a_seed_no_two_layers_start_alike(make):
    pairs = zip(make().parameters(), make().parameters())
    assert any(not np.array_equal(p.data, q.data) for p, q in pairs)


def test_drawings_show_the_names_of_the_parameters():
    for layer in (Embedding(5, 3), Convolution(1, 2), LayerNorm(3), GPT(**SMALL)):
        assert [p.label for p in layer.parameters()] == list(layer.named_parameters())


def test_attention_has_one_head_unless_it_is_said():
    assert repr(Attention(6)) == "Attention(6, heads=1, causal=True)"


REFUSED = [
    (
        lambda: Embedding(0, 3),
        ValueError,
        "the number of rows must be a whole number of at least 1",
    ),
    (lambda: Embedding(3, 0), ValueError, "the size of a row must be a whole number of at least 1"),
    (
        lambda: Embedding(5, 2)([5]),
        ValueError,
        "Embedding knows the numbers 0 to 4, and was given 5.",
    ),
    (lambda: Embedding(5, 2)([-1]), ValueError, "and was given -1."),
    (
        lambda: Embedding(5, 2)([1.0]),
        TypeError,
        "Embedding needs whole numbers, not float64 numbers.",
    ),
    (lambda: Embedding(5, 2)(["a"]), TypeError, "Embedding needs real numbers in a regular shape"),
    (
        lambda: Embedding(5, 2)([True]),
        TypeError,
        "Embedding needs whole numbers, not bool numbers.",
    ),
    (lambda: Convolution(0, 1), ValueError, "the number of channels in must be"),
    (lambda: Convolution(1, 0), ValueError, "the number of channels out must be"),
    (lambda: Convolution(1, 1, 0), ValueError, "the size of the patch must be"),
    (
        lambda: Convolution(1, 2)(np.ones((4, 8, 8))),
        ValueError,
        "Convolution(1, 2, 3) needs pictures of shape (n, rows, columns, 1) with at least 3 rows "
        "and columns, not of shape (4, 8, 8).",
    ),
    (lambda: Convolution(1, 2)(np.ones((4, 8, 8, 2))), ValueError, "not of shape (4, 8, 8, 2)."),
    (lambda: Convolution(1, 2)(np.ones((4, 2, 8, 1))), ValueError, "not of shape (4, 2, 8, 1)."),
    (lambda: LayerNorm(0), ValueError, "the size must be a whole number of at least 1"),
    (
        lambda: LayerNorm(3)(np.ones((2, 4))),
        ValueError,
        "LayerNorm(3) needs inputs of shape (…, 3), not of shape (2, 4).",
    ),
    (lambda: Attention(6, 4), ValueError, "4 heads cannot share 6 numbers equally."),
    (lambda: Attention(6, 0), ValueError, "the number of heads must be"),
    (
        lambda: Attention(6, 2)(np.ones((3, 6))),
        ValueError,
        "Attention(6, heads=2, causal=True) needs inputs of shape (n, places, 6), "
        "not of shape (3, 6).",
    ),
    (lambda: Attention(6).weights(np.ones((1, 3, 5))), ValueError, "not of shape (1, 3, 5)."),
    (lambda: Attention(6, rng="a"), TypeError, "rng needs a whole number, the seed"),
    (lambda: GPT(blocks=0), ValueError, "the number of blocks must be"),
    (
        lambda: GPT(rng=0)([0, 1]),
        ValueError,
        "GPT(27, 12, 32, 4, 1) needs letters of shape (n, T), T at most 12, not of shape (2,).",
    ),
    (lambda: GPT(rng=0)(np.zeros((1, 13), int)), ValueError, "not of shape (1, 13)."),
    (lambda: GPT(rng=0)([[27]]), ValueError, "GPT knows the numbers 0 to 26, and was given 27."),
    (lambda: GPT(rng=0)("emma"), TypeError, "GPT needs real numbers in a regular shape"),
]


@pytest.mark.parametrize("call, exception, words", REFUSED)
def test_refused_in_a_sentence(call, exception, words):
    assert words in refusal(call, exception)
