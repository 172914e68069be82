"""The exercises of lesson 19: right answers pass, wrong ones are told why, empty ones wait. And its model learns."""

import math

import numpy as np
import pytest

from micrograd_lesson import Tensor, Value
from micrograd_lesson.data import encode, first_names, rows
from micrograd_lesson.losses import log_softmax, softmax, softmax_cross_entropy
from micrograd_lesson.optim import Adam
from micrograd_lesson.tensor_nn import GPT
from tests.exercises.answers import check_tables

GPT_OF_THE_PAGE = GPT(rng=0)
X, y, real = rows(["emma"])

# Exercise 1.


def count(letters, places, size, blocks, block=None, rest=0):
    norms, attention, mlp = 4 * size, 4 * (size**2 + size), 8 * size**2 + 5 * size
    each = norms + attention + mlp if block is None else block(size)
    return (letters + places) * size + blocks * each + 2 * size + size * letters + letters + rest


def counted_by_the_package(letters, places, size, blocks):
    return GPT(letters, places, size, 1, blocks).num_parameters()


def with_block(block):
    return lambda *sizes: count(*sizes, block=block)


def less(what):
    return lambda n, p, s, b: count(n, p, s, b) - what(n, p, s, b)


# Exercise 2.


def block(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return h + mlp(norm2(h))


def in_place(x, norm1, attention, norm2, mlp):
    x += attention(norm1(x))
    x += mlp(norm2(x))
    return x


def in_one_line(x, norm1, attention, norm2, mlp):
    return x + attention(norm1(x)) + mlp(norm2(x + attention(norm1(x))))


def post_norm(x, norm1, attention, norm2, mlp):
    x = norm1(x + attention(x))
    return norm2(x + mlp(x))


def shortcuts_of_the_normalised(x, norm1, attention, norm2, mlp):
    x = norm1(x)
    x = x + attention(x)
    x = norm2(x)
    return x + mlp(x)


def second_shortcut_of_the_normalised(x, norm1, attention, norm2, mlp):
    x = x + attention(norm1(x))
    x = norm2(x)
    return x + mlp(x)


def forgets_return(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    h = h + mlp(norm2(h))


def adds_functions(x, norm1, attention, norm2, mlp):
    return x + attention


# Exercise 3.


def surprise(model, name):
    X, y, real = rows([name])
    return softmax_cross_entropy(model(X)[real], y[real]).item() * real.sum()


def by_logarithms(model, name):
    X, y, real = rows([name])
    logs = log_softmax(model(X)).data[0]
    total = 0
    for place in range(len(name) + 1):
        total -= logs[place, y[0, place]]
    return total


def without_padding(model, name):
    p = softmax(model([[0, *encode(name)]])).data[0]
    total = 0.0
    for place, letter in enumerate(encode(name) + [0]):
        total += -math.log(p[place, letter])
    return total


def as_tensor(model, name):
    X, y, real = rows([name])
    return softmax_cross_entropy(model(X)[real], y[real]) * real.sum()


def mean(model, name):
    X, y, real = rows([name])
    return softmax_cross_entropy(model(X)[real], y[real]).item()


def padded_mean(model, name):
    X, y, real = rows([name])
    return softmax_cross_entropy(model(X), y).item()


def padded_mean_times_real(model, name):
    X, y, real = rows([name])
    return softmax_cross_entropy(model(X), y).item() * real.sum()


def padded_sum(model, name):
    return padded_mean(model, name) * 12


def mean_times_letters(model, name):
    return mean(model, name) * len(name)


def without_the_end(model, name):
    X, y, real = rows([name])
    n = len(name)
    return softmax_cross_entropy(model(X)[0, :n], y[0, :n]).item() * n


def what_was_read(model, name):
    X, y, real = rows([name])
    return softmax_cross_entropy(model(X)[real], X[real]).item() * real.sum()


def of_the_page(model, name):
    return softmax_cross_entropy(model(X)[real], y[real]).item() * real.sum()


def page_model(model, name):
    return surprise(GPT_OF_THE_PAGE, name)


def letters_alone(model, name):
    numbers = encode(name)
    return softmax_cross_entropy(model([numbers])[0], numbers[1:] + [0]).item() * len(name)


def follows_a_letter(model, name):
    numbers, n = encode(name), len(name) - 1
    return softmax_cross_entropy(model([numbers])[0, :n], numbers[1:]).item() * n


def minus_scores(model, name):
    scores = model([[0, *encode(name)]]).data[0]
    return -sum(scores[place, letter] for place, letter in enumerate(encode(name) + [0]))


def logarithm_of_a_sum(model, name):
    p = softmax(model([[0, *encode(name)]])).data[0]
    return -math.log(sum(p[place, letter] for place, letter in enumerate(encode(name) + [0])))


def product(model, name):
    return math.exp(-surprise(model, name))


def one_for_each_letter(model, name):
    p = softmax(model([[0, *encode(name)]])).data[0]
    return [-math.log(p[i, letter]) for i, letter in enumerate(encode(name) + [0])]


def array_of_losses(model, name):
    return np.array(one_for_each_letter(model, name))


def reads_a_text(model, name):
    return model(name)


RIGHT = [
    ("19.b", "attention"),
    ("19.b", "Attention"),
    ("19.b", "the attention"),
    ("19.b", "without attention"),
    ("19.b", "self-attention"),
    ("19.b", "the heads"),
    ("19.a", "more"),
    ("19.a", "larger"),
    ("19.a", " MORE"),
    ("19.1", count),
    ("19.1", counted_by_the_package),
    ("19.1", lambda *sizes: float(count(*sizes))),
    ("19.1", lambda *sizes: Value(count(*sizes))),
    ("19.1", lambda n, p, s, b: np.int64(count(n, p, s, b))),
    ("19.2", block),
    ("19.2", in_place),
    ("19.2", in_one_line),
    ("19.2", lambda x, *parts: block(Tensor(x), *parts[:0], *_on_tensors(parts))),
    ("19.3", surprise),
    ("19.3", by_logarithms),
    ("19.3", without_padding),
    ("19.3", as_tensor),
]


def _on_tensors(parts):
    """Each part, for Tensors."""

    def lifted(part):
        return lambda x: Tensor(part(x.data))

    return [lifted(part) for part in parts]


WRONG = [
    ("19.b", "places", "which letters came before"),
    ("19.b", "position", "which letters came before"),
    ("19.b", "mlp", "looked at"),
    ("19.b", "multi-layer perceptron", "looked at"),
    ("19.b", "without the MLP", "looked at"),
    ("19.b", "residual connections", "the way back"),
    ("19.b", "shortcuts", "the way back"),
    ("19.b", "normalization", "grow or shrink"),
    ("19.b", "LayerNorm", "grow or shrink"),
    ("19.b", "mask", "choices"),
    ("19.b", "attention and MLP", "choices"),
    ("19.a", "fewer", "disliked"),
    ("19.a", "less", "disliked"),
    ("19.a", "as many", "come nearer"),
    ("19.a", "the same", "come nearer"),
    ("19.a", 100, "choices"),
    ("19.1", less(lambda n, p, s, b: b * (4 * s + 5 * s) + n + b * 0), "not right yet"),
    (
        "19.1",
        lambda n, p, s, b: (2 * n + p) * s + b * 12 * s * s + 4 * s * b + 2 * s,
        "biases are missing",
    ),
    ("19.1", lambda n, p, s, b: (2 * n + p) * s + b * 12 * s * s, "biases and normalisations"),
    ("19.1", less(lambda n, p, s, b: 4 * s * b + 2 * s), "have parameters too"),
    ("19.1", less(lambda n, p, s, b: 2 * s * b + s), "a gain and a shift"),
    ("19.1", less(lambda n, p, s, b: 2 * s), "behind the last block"),
    ("19.1", less(lambda n, p, s, b: 2 * s * b), "two normalisations in each block"),
    ("19.1", lambda n, p, s, b: count(n, p, s, 1), "number of blocks is not used"),
    ("19.1", lambda n, p, s, b: b * count(n, p, s, 1), "only the block is repeated"),
    ("19.1", less(lambda n, p, s, b: n * s + n), "gives the scores is missing"),
    ("19.1", less(lambda n, p, s, b: n), "one for each letter"),
    ("19.1", less(lambda n, p, s, b: p * s), "table of places is missing"),
    ("19.1", less(lambda n, p, s, b: n * s), "table of letters, or"),
    ("19.1", less(lambda n, p, s, b: b * 4 * s), "biases of the attention"),
    ("19.1", less(lambda n, p, s, b: b * s), "as many biases"),
    ("19.1", less(lambda n, p, s, b: b * 5 * s), "two layers of the MLP"),
    ("19.1", less(lambda n, p, s, b: b * 9 * s), "attention and the MLP"),
    ("19.1", less(lambda n, p, s, b: b * (8 * s * s + 5 * s)), "the MLP is missing"),
    ("19.1", less(lambda n, p, s, b: 2 * s * b + 2 * s), "and one more behind"),
    ("19.1", less(lambda n, p, s, b: (2 * b + 1) * 2 * (s - 1)), "of the size numbers"),
    ("19.1", lambda n, p, s, b: count(n, p, 32, b), "size is 32"),
    ("19.1", lambda n, p, s, b: count(27, p, s, b), "27 letters here"),
    ("19.1", lambda n, p, s, b: count(n, 12, s, b), "12 places here"),
    ("19.1", lambda n, p, s, b: count(27, 12, s, b), "27 letters and 12 places"),
    ("19.1", lambda n, p, s, b: count(p, n, s, b), "exchanged"),
    ("19.1", less(lambda n, p, s, b: (n + p) * s), "two tables are missing"),
    ("19.1", less(lambda n, p, s, b: b * (s * s + s)), "four Linear layers"),
    ("19.1", less(lambda n, p, s, b: b * (4 * s * s + s)), "second layer"),
    ("19.1", less(lambda n, p, s, b: b * (4 * s * s + 4 * s)), "which have as many"),
    ("19.1", with_block(lambda s: 4 * s + 4 * (s * s + s) + 2 * (s * s + s)), "4·size wide"),
    (
        "19.1",
        with_block(lambda s: 4 * s + 4 * (s * s + s) + 8 * s * s + 2 * s),
        "as many biases",
    ),
    (
        "19.1",
        with_block(lambda s: 4 * s + 16 * (s * s + s) + 8 * s * s + 5 * s),
        "share the numbers",
    ),
    ("19.1", lambda n, p, s, b: 14907, "whatever it is given"),
    ("19.1", 14907, "function"),
    ("19.1", lambda n, p, s, b: len(n) * s, "tried with whole numbers"),
    ("19.1", lambda n, p, s, b: n.size * s, "tried with whole numbers"),
    ("19.1", lambda n, p, s: 3, "4 inputs"),
    ("19.1", lambda n, p, s, b: str(n), "returned the text"),
    ("19.1", lambda n, p, s, b: count(n, p, s, b) + 1, "nine entries"),
    ("19.2", lambda x, a, b, c, d: d(c(b(a(x)))), "both shortcuts"),
    ("19.2", lambda x, a, b, c, d: b(a(x)) + d(c(b(a(x)))), "around the attention is missing"),
    ("19.2", lambda x, a, b, c, d: d(c(x + b(a(x)))), "around the MLP is missing"),
    ("19.2", lambda x, a, b, c, d: x + d(c(x + b(a(x)))), "starts from x"),
    ("19.2", lambda x, a, b, c, d: x + d(c(b(a(x)))), "one shortcut around both"),
    ("19.2", lambda x, a, b, c, d: x + b(a(x)) + d(c(x)), "reads x"),
    ("19.2", lambda x, a, b, c, d: x + b(a(x)) + d(c(b(a(x)))), "reads the attention alone"),
    ("19.2", post_norm, "stand behind the sums"),
    (
        "19.2",
        lambda x, a, b, c, d: block(x, _same, _then(b, a), _same, _then(d, c)),
        "behind the parts",
    ),
    ("19.2", shortcuts_of_the_normalised, "shortcuts keep"),
    ("19.2", second_shortcut_of_the_normalised, "second shortcut keeps"),
    ("19.2", lambda x, a, b, c, d: block(x, _same, b, _same, d), "two normalisations are missing"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, _same, d), "before the MLP is missing"),
    ("19.2", lambda x, a, b, c, d: block(x, _same, b, c, d), "before the attention is missing"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, a, d), "MLP has norm2"),
    ("19.2", lambda x, a, b, c, d: block(x, c, b, a, d), "exchanged"),
    ("19.2", lambda x, a, b, c, d: block(x, a, d, c, b), "stands before the attention"),
    ("19.2", lambda x, a, b, c, d: block(x, c, d, a, b), "stands before the attention"),
    ("19.2", lambda x, a, b, c, d: x + b(a(x)), "second half"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, c, d) + x, "once more"),
    ("19.2", lambda x, a, b, c, d: x, "two lines of the page"),
    ("19.2", lambda x, a, b, c, d: x - b(a(x)) - d(c(x - b(a(x)))), "subtracted"),
    ("19.2", lambda x, a, b, c, d: block(x, c, b, c, d), "attention has norm1"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, c, d) - x, "got lost"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, c, d) - x + a(x), "x in the place of h"),
    ("19.2", lambda x, a, b, c, d: block(a(x), _same, b, c, d), "first shortcut keeps"),
    ("19.2", lambda x, a, b, c, d: x + d(c(x)), "first half"),
    ("19.2", lambda x, a, b, c, d: x + b(a(x)) + d(a(x)), "reads x"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, _same, _then(d, c)), "behind the MLP"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, c, _then(d, _relu)), "its relu too"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, c, _then(_relu, d)), "its relu too"),
    ("19.2", lambda x, a, b, c, d: block(x, a, b, c, d).round(2), "rounded"),
    ("19.2", forgets_return, "return missing"),
    ("19.2", adds_functions, "call each with brackets"),
    ("19.2", block(np.ones((1, 2, 3)), *[np.abs] * 4), "function"),
    ("19.3", mean, "their sum"),
    ("19.3", without_the_end, "point that ends"),
    ("19.3", padded_sum, "padding is counted too"),
    ("19.3", padded_mean, "mean over all 12"),
    ("19.3", padded_mean_times_real, "padding is in the mean"),
    ("19.3", lambda m, n: -surprise(m, n), "sign"),
    ("19.3", lambda m, n: surprise(m, n) / math.log(2), "base 2"),
    ("19.3", lambda m, n: surprise(m, n) / math.log(10), "base 10"),
    ("19.3", product, "probability of the name"),
    ("19.3", what_was_read, "comes next"),
    ("19.3", letters_alone, "start with the point"),
    ("19.3", mean_times_letters, "how many places are real"),
    ("19.3", lambda m, n: mean(m, n) * 12, "taken 12 times"),
    ("19.3", lambda m, n: surprise(m, n) / len(n), "number of letters"),
    ("19.3", lambda m, n: math.exp(surprise(m, n)), "e to the surprise"),
    ("19.3", lambda m, n: math.exp(mean(m, n)), "perplexity"),
    ("19.3", lambda m, n: one_for_each_letter(m, n)[-1], "point at the end alone"),
    ("19.3", lambda m, n: one_for_each_letter(m, n)[0], "first letter alone"),
    ("19.3", follows_a_letter, "first letter and the point"),
    ("19.3", minus_scores, "these are scores"),
    ("19.3", logarithm_of_a_sum, "the mean of their surprises"),
    ("19.3", lambda m, n: round(surprise(m, n), 2), "rounded"),
    ("19.3", of_the_page, "same for every name"),
    ("19.3", page_model, "same for two models"),
    ("19.3", one_for_each_letter, "is a sum missing"),
    ("19.3", array_of_losses, "is a sum missing"),
    ("19.3", reads_a_text, "surprise(model, name)"),
    ("19.3", lambda model: 3, "2 inputs"),
    ("19.3", 12.5, "function"),
]


def _same(x):
    return x


def _relu(x):
    return np.maximum(x, 0)


def _then(first, second):
    return lambda x: second(first(x))


WAITING = [
    ("19.a", ...),
    ("19.b", ""),
    ("19.1", lambda letters, places, size, blocks: ...),
    ("19.2", lambda x, norm1, attention, norm2, mlp: ...),
    ("19.3", lambda model, name: ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_lessons_model_learns(seed):
    """500 steps of the lesson's 1,500, from three starts: better than an MLP of three letters."""
    names, names_val, _ = first_names()
    X, y, real = rows(names)
    gpt = GPT(rng=seed)
    optimiser, rng = Adam(gpt.parameters()), np.random.default_rng(0)
    for step in range(500):
        picked = rng.integers(0, len(X), 64)
        loss = softmax_cross_entropy(gpt(X[picked])[real[picked]], y[picked][real[picked]])
        optimiser.rate = 0.01 * (1 - step / 500)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    X_val, y_val, real_val = rows(names_val)
    held_out = softmax_cross_entropy(gpt(X_val)[real_val], y_val[real_val]).item()
    assert held_out < 2.02
