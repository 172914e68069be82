"""The exercises of lesson 18: right answers pass, wrong ones are told why, empty ones wait. And its attention looks right."""

import random

import numpy as np
import pytest

from micrograd_lesson import Tensor, Value
from micrograd_lesson.losses import softmax, softmax_cross_entropy
from micrograd_lesson.optim import Adam
from micrograd_lesson.tensor_nn import Embedding, Linear
from tests.exercises.answers import check_tables


def soft(z, axis=-1):
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)


def receive(q, K, V):
    return soft(K @ q / len(q) ** 0.5) @ V


def in_loops(q, K, V):
    scores = [sum(a * b for a, b in zip(q, k)) / len(q) ** 0.5 for k in K]
    powers = [np.exp(s) for s in scores]
    mean = [0.0] * len(V[0])
    for power, v in zip(powers, V):
        for i in range(len(v)):
            mean[i] += power / sum(powers) * v[i]
    return mean


def with_tensors(q, K, V):
    return softmax(Tensor(K) @ q / len(q) ** 0.5) @ V


def half_hidden(s, score, k=0):
    return np.where(np.tri(*s.shape, k) == 1, s, score)


def masked(s):
    return soft(half_hidden(s, -np.inf))


def late_but_divided(s):
    shares = soft(s) * np.tri(len(s))
    return shares / shares.sum(axis=1, keepdims=True)


def row_by_row(s):
    out = np.zeros_like(s)
    for i in range(len(s)):
        out[i, : i + 1] = soft(s[i, : i + 1])
    return out


def in_place(s):
    s[np.triu_indices(len(s), 1)] = -np.inf
    return soft(s)


def half_hidden_and_divided(s):
    e = np.tril(np.exp(s))
    return e / e.sum(axis=1)[:, None]


def root_by_one_half(q, K, V):
    return soft(K @ q / (len(q) ** 1 / 2)) @ V


RIGHT = [
    ("18.a", 16),
    ("18.a", "16"),
    ("18.a", "16 times"),
    ("18.a", "16x"),
    ("18.a", np.float64(16)),
    ("18.a", np.array(16.1)),
    ("18.a", Value(16.0)),
    ("18.a", "about 16"),
    ("18.a", "16-fold"),
    ("18.a", "16 times larger"),
    ("18.a", "a factor of 16"),
    ("18.a", [16]),
    ("18.b", "it doesn't change"),
    ("18.b", "nothing changes"),
    ("18.b", "remains the same"),
    ("18.b", "no difference"),
    ("18.c", 0.04),
    ("18.c", "0.04"),
    ("18.c", "almost zero"),
    ("18.c", "close to zero"),
    ("18.c", "very low"),
    ("18.b", "stays"),
    ("18.b", "It stays the same."),
    ("18.b", "Unchanged"),
    ("18.b", "same"),
    ("18.b", "nothing happens"),
    ("18.b", "no change"),
    ("18.b", "identical"),
    ("18.c", "near 0"),
    ("18.c", "Near 0."),
    ("18.c", "near zero"),
    ("18.c", "lower"),
    ("18.c", "less"),
    ("18.c", 0),
    ("18.1", receive),
    ("18.1", in_loops),
    ("18.1", with_tensors),
    ("18.1", lambda q, K, V: with_tensors(q, K, V).data),
    ("18.1", lambda q, K, V: (q @ K.T / np.sqrt(q.size) * 1.0, soft(K @ q / len(q) ** 0.5) @ V)[1]),
    ("18.1", lambda q, K, V: (soft(K @ q / K.shape[1] ** 0.5)[:, None] * V).sum(axis=0)),
    ("18.1", lambda q, K, V: V.T @ soft(K @ (q / len(q) ** 0.5))),
    ("18.2", masked),
    ("18.2", lambda s: soft(half_hidden(s, -1e9))),
    ("18.2", late_but_divided),
    ("18.2", row_by_row),
    ("18.2", in_place),
    ("18.2", lambda s: softmax(Tensor(half_hidden(s, -np.inf)))),
    ("18.2", lambda s: softmax(Tensor(s) + np.where(np.tri(len(s)) == 1, 0.0, -np.inf)).data),
    ("18.2", lambda s: masked(s).tolist()),
    ("18.3", 300, 2400, 2400),
    ("18.3", "300", np.int64(2400), 2400.0),
    ("18.3", 300, 2400, "the same"),
    ("18.3", np.array(300), 2400, "unchanged"),
    ("18.3", 300, "2,400", "the same number"),
    ("18.2", lambda s: half_hidden_and_divided(s)),
    ("18.1", lambda q, K, V: np.average(V, axis=0, weights=soft(K @ q / len(q) ** 0.5))),
    ("18.1", lambda q, K, V: tuple(receive(q, K, V))),
]

WRONG = [
    ("18.a", 256, "how many times as many"),
    ("18.a", 32, "root of 1024"),
    ("18.a", 8, "root of 64"),
    ("18.a", 1, "spread wider"),
    ("18.a", 4, "root twice"),
    ("18.a", 65536, "square of the ratio"),
    ("18.a", 1024, "this is d"),
    ("18.a", 15, "like the root"),
    ("18.a", "wider", "number is wanted"),
    ("18.a", 1020, "difference of the two d"),
    ("18.a", 2, "spread for d = 4"),
    ("18.b", "permuted", "change places"),
    ("18.c", 3.3, "stands at the place after"),
    ("18.c", "infinite", "choices"),
    ("18.c", 1.0, "choices"),
    ("18.1", lambda q, K, V: soft(K @ q / 1024**0.5) @ V, "divided by 32"),
    ("18.1", lambda q, K, V: soft(K @ q / 8**0.5) @ V, "divided by √8"),
    ("18.1", root_by_one_half, "power 1"),
    ("18.1", lambda q, K, V: soft(K * q / len(q) ** 0.5) @ V, "K * q multiplies"),
    ("18.1", lambda q, K, V: soft(K @ q / len(q) ** 0.5) * V, "with * each column"),
    ("18.1", lambda q, K, V: (soft(K @ q), receive(q, K, V)), "returns two things"),
    ("18.1", lambda q, K, V: receive(q, K, V).mean(), "one number is left"),
    ("18.1", lambda q, K, V: np.exp(K @ q).sum(axis=1), "no other axis than 0"),
    ("18.1", lambda q, K, V: soft(K @ q)[:, None] @ V, "as long as a column"),
    ("18.1", lambda q, K, V: soft(K @ q / d**0.5) @ V, "how many numbers the query has"),  # noqa: F821
    ("18.2", lambda s: soft(half_hidden(s, -10.0)), "still has a share"),
    ("18.2", lambda s: soft(s + half_hidden(0 * s, -5.0)), "still has a share"),
    ("18.2", lambda s: half_hidden(soft(s), -np.inf), "among the shares"),
    ("18.2", lambda s: soft(np.where(np.tri(len(s)) == 0, s, -np.inf)), "last place sees nothing"),
    ("18.2", lambda s: soft(half_hidden(s, -np.inf, 1)), "one place too late"),
    ("18.2", lambda s: soft(s) * np.tri(len(s)) / (soft(s) * np.tri(len(s))).sum(1), "a column"),
    ("18.2", lambda s: soft(s) * np.tri(len(s)) / (soft(s) * np.tri(len(s))).sum(0), "columns add"),
    ("18.2", lambda s: masked(s).round(1), "rounded"),
    ("18.2", lambda s: np.tri(T), "the length of scores"),  # noqa: F821
    ("18.2", lambda s: print(end=""), "<lambda> returns nothing"),
    ("18.2", lambda s, mask: s, "with 1 input"),
    ("18.3", 300, 2400, "more", "shape of a parameter"),
    ("18.3", 300, (2, 400), 2400, "without a comma"),
    ("18.b", "changes", "change places"),
    ("18.b", "different", "change places"),
    ("18.b", "it is shuffled", "change places"),
    ("18.b", "bananas", "choices"),
    ("18.c", "higher", "stands at the place after"),
    ("18.c", "worse", "stands at the place after"),
    ("18.c", "the same", "where does this letter stand"),
    ("18.c", 2.05, "where does this letter stand"),
    ("18.1", lambda q, K, V: soft(K @ q) @ V, "not divided by √d"),
    ("18.1", lambda q, K, V: soft(K @ q / len(q)) @ V, "its root"),
    ("18.1", lambda q, K, V: soft(K @ q * len(q) ** 0.5) @ V, "multiplied"),
    ("18.1", lambda q, K, V: soft(K @ q / len(K) ** 0.5) @ V, "number of places"),
    ("18.1", lambda q, K, V: soft(K @ q / len(V[0]) ** 0.5) @ V, "length of a value"),
    ("18.1", lambda q, K, V: soft(K @ q) @ V / len(q) ** 0.5, "before softmax"),
    ("18.1", lambda q, K, V: soft(K @ q / 2) @ V, "divided by √d"),
    ("18.1", lambda q, K, V: K @ q / len(q) ** 0.5 @ V, "softmax is missing"),
    ("18.1", lambda q, K, V: soft(K @ q / len(q) ** 0.5), "these are the shares"),
    ("18.1", lambda q, K, V: K @ q, "these are the products"),
    ("18.1", lambda q, K, V: np.exp(K @ q / len(q) ** 0.5) @ V, "not divided by their sum"),
    ("18.1", lambda q, K, V: V[np.argmax(K @ q)], "largest score alone"),
    ("18.1", lambda q, K, V: V.mean(axis=0), "plain mean"),
    ("18.1", lambda q, K, V: soft(q @ K / len(q) ** 0.5) @ V, "query stands on the right"),
    ("18.1", lambda q, K, V: V @ soft(K @ q / len(q) ** 0.5), "shares @ V"),
    ("18.1", lambda q, K, V: soft(K @ q / len(q) ** 0.5) @ K, "values are handed over"),
    ("18.1", lambda q, K, V: soft(V @ q / len(q) ** 0.5) @ K, "exchanged"),
    ("18.1", lambda q, K, V: soft(V @ q / len(q) ** 0.5) @ V, "met the values"),
    ("18.1", lambda q, K, V: soft(K @ q / len(q) ** 0.5)[:, None] * V, "add them up"),
    (
        "18.1",
        lambda q, K, V: (soft(K @ q / len(q) ** 0.5)[:, None] * V).mean(axis=0),
        "add up to 1 already",
    ),
    ("18.1", lambda q, K, V: soft(K @ q * len(q) ** -0.5 * -1) @ V, "sign of the scores"),
    ("18.1", lambda q, K, V: receive(q, K, V).round(2), "rounded"),
    ("18.1", lambda q, K, V: softmax(K @ q), "Tensor(…)"),
    ("18.1", lambda q, K, V: np.exp(Tensor(K) @ q), ".data is the array"),
    ("18.1", lambda q, K, V: (K @ q / len(q) ** 0.5).exp(), "it is np.exp"),
    ("18.1", lambda q, K, V: (K @ q / len(q) ** 0.5).softmax(), "is a function, for a Tensor"),
    ("18.1", lambda q, K, V: soft(K @ q / K.size**0.5) @ V, "all entries of K"),
    ("18.1", lambda q, K, V: receive(q, K, V) / len(q) ** 0.5, "√d twice"),
    ("18.1", lambda q, K, V: K @ q @ V, "missing, and √d"),
    ("18.1", lambda q, K, V: soft(K @ q), "shares, without √d"),
    ("18.1", lambda q, K, V: K @ q / len(q) ** 0.5, "these are the scores"),
    ("18.1", lambda q, K, V: K @ q / sum(K @ q) @ V, "are no shares"),
    (
        "18.1",
        lambda q, K, V: K @ q / len(q) ** 0.5 / sum(K @ q / len(q) ** 0.5) @ V,
        "are no shares",
    ),
    ("18.1", lambda q, K, V: V.sum(axis=0), "plain sum"),
    ("18.1", lambda q, K, V: V @ soft(q @ K / len(q) ** 0.5), "each row of V a value"),
    (
        "18.1",
        lambda q, K, V: (soft(K @ q / len(q) ** 0.5)[:, None] * V).sum(),
        "adds up everything",
    ),
    (
        "18.1",
        lambda q, K, V: (soft(K @ q / len(q) ** 0.5)[:, None] * V).sum(axis=1),
        "along axis 0",
    ),
    ("18.1", lambda q, K, V: soft(q[None] @ K.T / len(q) ** 0.5) @ V, "one axis too many"),
    ("18.1", lambda q, K, V: V.T @ soft(K @ q[:, None] / len(q) ** 0.5, 0), "one axis too many"),
    ("18.1", lambda q, K: q, "with 3 inputs"),
    ("18.1", np.array([1.0]), "asks for a function"),
    ("18.1", lambda q, K, V: print(end=""), "returns nothing"),
    ("18.2", lambda s: soft(s) * np.tri(len(s)), "came after softmax"),
    ("18.2", lambda s: soft(s * np.tri(len(s))), "0 is not hidden"),
    ("18.2", lambda s: soft(half_hidden(s, 0.0)), "0 is not hidden"),
    ("18.2", lambda s: soft(s + np.tri(len(s))), "back by 1 only"),
    ("18.2", lambda s: soft(s + np.tri(len(s)) - 1), "back by 1 only"),
    ("18.2", lambda s: soft(s, 0) * np.tri(len(s)), "the mask came after it"),
    ("18.2", lambda s: soft(s) * np.tri(len(s)).T, "and that after softmax"),
    ("18.2", lambda s: np.tril(np.exp(s)) / np.tril(np.exp(s)).sum(), "all entries together"),
    ("18.2", lambda s: np.tril(s) / np.tril(s).sum(axis=1)[:, None], "are no shares"),
    ("18.2", lambda s: np.tri(len(s)) / np.tri(len(s)).sum(axis=1)[:, None], "equal shares"),
    ("18.2", lambda s: masked(s.T), "before the mask"),
    ("18.2", soft, "nothing is hidden"),
    ("18.2", lambda s: soft(s, 0), "columns add up to 1"),
    ("18.2", lambda s: soft(half_hidden(s, -np.inf), 0), "columns add up to 1"),
    ("18.2", lambda s: soft(np.where(np.tri(len(s)).T == 1, s, -np.inf)), "places before"),
    ("18.2", lambda s: soft(half_hidden(s, -np.inf, -1)), "May a place not see itself"),
    ("18.2", lambda s: soft(s + (1 - np.tri(len(s))) * -np.inf), "0 times infinity"),
    ("18.2", lambda s: np.exp(half_hidden(s, -np.inf)), "not divided by the sum"),
    ("18.2", lambda s: half_hidden(s, -np.inf), "masked scores"),
    ("18.2", lambda s: masked(s).T, "exchanged"),
    ("18.2", lambda s: masked(s).round(2), "rounded"),
    ("18.2", lambda s: masked(s / len(s) ** 0.5), "as they are"),
    ("18.2", lambda s: s + np.where(np.tri(3) == 1, 0.0, -np.inf), "as large as the scores"),
    ("18.2", lambda s: softmax(s), "Tensor(…)"),
    (
        "18.2",
        lambda s: np.exp(half_hidden(s, -np.inf)) / np.exp(half_hidden(s, -np.inf)).sum(axis=1),
        "have to be a column",
    ),
    ("18.2", lambda s: masked(s)[-1], "shape of the result"),
    ("18.3", 100, 2400, 2400, "one head"),
    ("18.3", 165, 2400, 2400, "after they are computed"),
    ("18.3", 900, 2400, 2400, "table of its own"),
    ("18.3", 2400, 2400, 2400, "not the products"),
    ("18.3", 30, 2400, 2400, "every place asks"),
    ("18.3", 55, 2400, 2400, "and the mask hides"),
    ("18.3", 135, 2400, 2400, "and hidden ones count"),
    ("18.3", 270, 2400, 2400, "a score for itself"),
    ("18.3", 7200, 2400, 2400, "sum of products"),
    ("18.3", 240, 2400, 2400, "how many numbers the text has"),
    ("18.3", 1728, 2400, 2400, "stands for two places"),
    ("18.3", 5760, 2400, 2400, "stands for two places"),
    ("18.3", 576, 2400, 2400, "shape of a matrix of parameters"),
    ("18.3", 301, 2400, 2400, "each head has a table"),
    ("18.3", 300, 2304, 2304, "biases are missing"),
    ("18.3", 300, 1800, 2400, "out is missing"),
    ("18.3", 300, 600, 2400, "one of the four"),
    ("18.3", 300, 1728, 2400, "and so are the biases"),
    ("18.3", 300, 576, 2400, "one matrix without its biases"),
    ("18.3", 300, 6912, 2400, "multiply them; and the biases"),
    ("18.3", 300, 768, 2400, "third of it, without biases"),
    ("18.3", 300, 5400, 2400, "divide them, and out"),
    ("18.3", 300, 6000, 2400, "once for each head"),
    ("18.3", 300, 2424, 2400, "24 too many"),
    ("18.3", 300, 2328, 2400, "has 24 biases"),
    ("18.3", 300, 2376, 2400, "biases, out too"),
    ("18.3", 300, 7200, 2400, "do not multiply"),
    ("18.3", 300, 800, 2400, "third of it"),
    ("18.3", 300, 2401, 2400, "four layers"),
    ("18.3", 300, 2400, 800, "all 24 numbers"),
    ("18.3", 300, 2400, 7200, "not more than three"),
    ("18.3", 300, 2400, 600, "whatever the number of heads"),
    ("18.3", 300, 2400, 1800, "also with one head"),
    ("18.3", 300, 2400, 2500, "number of heads"),
]

WAITING = [
    ("18.a", ...),
    ("18.b", ""),
    ("18.c", ...),
    ("18.1", lambda q, K, V: ...),
    ("18.2", lambda scores: ...),
    ("18.3", 300, ..., 2400),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


def repeats(n, rng):
    alphabet = np.tile(np.arange(1, 27), (n, 1))
    seven = rng.permuted(alphabet, axis=1)[:, :7]
    first, row = rng.integers(0, 6, n), np.arange(n)
    return np.column_stack([seven, seven[row, first]]), seven[row, first + 1]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_lessons_attention_finds_what_came_after(seed):
    source, rng = random.Random(seed), np.random.default_rng(seed)
    letter, previous = Embedding(27, 32, source), Embedding(27, 32, source)
    out = Linear(32, 27, source, scaled=True)
    wq, wk, wv = [Tensor(w) for w in rng.uniform(-1, 1, (3, 32, 32)) / 32**0.5]

    def answer(X):
        x = letter(X) + previous(np.column_stack([0 * X[:, 0], X[:, :-1]]))
        q, k, v = x @ wq, x @ wk, x @ wv
        shares = softmax(q @ k.transpose(0, 2, 1) / 32**0.5)
        return out((shares @ v)[:, -1]), shares.data[:, -1]

    optimiser = Adam([letter.w, previous.w, wq, wk, wv, out.w, out.b], 0.01)
    for step in range(300):
        optimiser.rate = 0.01 * (1 - step / 300)
        X, y = repeats(64, rng)
        loss = softmax_cross_entropy(answer(X)[0], y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    X, y = repeats(500, rng)
    scores, shares = answer(X)
    first = (X[:, :-1] == X[:, -1:]).argmax(axis=1)
    assert (scores.data.argmax(axis=1) == y).mean() >= 0.98
    assert shares[np.arange(500), first + 1].mean() >= 0.9
