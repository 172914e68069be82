"""The exercises of lesson 17: right answers pass, wrong ones are told why, empty ones wait. And its models learn."""

import math
import random

import numpy as np
import pytest

from micrograd_lesson import Tensor, Value
from micrograd_lesson.data import LETTERS, batches, contexts, encode, first_names
from micrograd_lesson.losses import softmax_cross_entropy
from micrograd_lesson.optim import Adam
from micrograd_lesson.tensor_nn import MLP, Embedding, write
from tests.exercises.answers import check_tables

# 17.1


def examples(name, length):
    text = "." * length + name + "."
    return [(text[i - length : i], text[i]) for i in range(length, len(text))]


def by_appending(name, length):
    context, found = "." * length, []
    for letter in name + ".":
        found.append([context, letter])
        context = context[1:] + letter
    return tuple(found)


def by_yielding(name, length):
    yield from examples(name, length)


def by_zip(name, length):
    text = "." * length + name
    return zip([text[i : i + length] for i in range(len(name) + 1)], name + ".")


def two_lists(name, length):
    return [context for context, _ in examples(name, length)], list(name + ".")


def lists_of_letters(name, length):
    return [(list(context), letter) for context, letter in examples(name, length)]


def as_numbers(name, length):
    return [(encode(context), encode(letter)[0]) for context, letter in examples(name, length)]


def always_two(name, length):
    return examples(name, 2)


def itself(name, length):
    text = "." * length + name + "."
    return [(text[i - length + 1 : i + 1], text[i]) for i in range(length, len(text))]


def no_end(name, length):
    return examples(name, length)[:-1]


def one_too_many(name, length):
    text = "." * length + name + "."
    return [(text[i : i + length], text[i + length]) for i in range(len(name) + 2)]


def by_yielding_too_many(name, length):
    yield from one_too_many(name, length)


def no_padding(name, length):
    text = name + "."
    return [(text[max(0, i - length) : i], text[i]) for i in range(len(text))]


def wrapped_around(name, length):
    """Without points a negative start of the slice counts from the end."""
    text = name + "."
    return [(text[i - length : i], text[i]) for i in range(len(text))]


def one_too_early(name, length):
    text = "." * (length + 1) + name + "."
    return [(text[k - length - 1 : k - 1], text[k]) for k in range(length + 1, len(text))]


def one_point(name, length):
    text = "." + name + "."
    return [(text[max(0, i - length) : i], text[i]) for i in range(1, len(text))]


def all_before(name, length):
    text = "." * length + name + "."
    return [(text[:i], text[i]) for i in range(length, len(text))]


def points_behind(name, length):
    return [(context.ljust(length, "."), letter) for context, letter in no_padding(name, length)]


def from_the_second(name, length):
    text = "." + name + "."
    return [(text[max(0, i - length) : i].rjust(length, "."), text[i]) for i in range(2, len(text))]


# 17.3


def summed(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    for row, g in zip(picked, G):
        table[row] += g
    return table


def by_one_hot(picked, G, count):
    return np.eye(count)[picked].T @ G


def by_add_at(picked, G, count):
    table = np.zeros((count, len(G[0])))
    np.add.at(table, picked, G)
    return table


def by_the_engine(picked, G, count):
    table = Tensor(np.zeros((count, G.shape[1])))
    (table[picked] * G).sum().backward()
    return table.grad


def as_lists(picked, G, count):
    return summed(picked, G, count).tolist()


def at_once(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    table[picked] += G
    return table


def whole_numbers(picked, G, count):
    table = np.zeros((count, G.shape[1]), int)
    for row, g in zip(picked, G):
        table[row] += g
    return table


def cut_at_each_step(picked, G, count):
    table = np.zeros((count, G.shape[1]), int)
    for row, g in zip(picked, G):
        table[row] = table[row] + g
    return table


def in_order(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    for k in range(len(picked)):
        table[k] += G[k]
    return table


def in_order_by_zip(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    for row, g in zip(table, G):
        row += g
    return table


def mean_of_each_row(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    for row in set(picked):
        table[row] = G[np.equal(picked, row)].mean(axis=0)
    return table


def columns_added(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    for row, g in zip(picked, G):
        table[row] += sum(g)
    return table


def two_columns(picked, G, count):
    table = np.zeros((count, 2))
    for row, g in zip(picked, G):
        table[row] += g
    return table


def rows_of_g(picked, G, count):
    table = np.zeros(G.shape)
    for row, g in zip(picked, G):
        table[row] += g
    return table


def by_row(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    for row in picked:
        table[row] += G[row]
    return table


def halved(picked, G, count):
    return summed(picked, G, count) / 2


LOG4 = math.log(4)

RIGHT = [
    ("17.a", "a"),
    ("17.a", "A"),
    ("17.a", " 'a' "),
    ("17.a", ["a"]),
    ("17.a", "the letter A."),
    ("17.a", "an a"),
    ("17.a", "It is A."),
    ("17.b", "infinite"),
    ("17.b", "infinitely large"),
    ("17.b", "Infinity"),
    ("17.b", math.inf),
    ("17.b", np.inf),
    ("17.b", "inf"),
    ("17.b", "∞"),
    ("17.c", "rises"),
    ("17.c", "grows"),
    ("17.c", "it rises"),
    ("17.c", "more"),
    ("17.c", "more copies"),
    ("17.c", "increases"),
    ("17.1", examples),
    ("17.1", by_appending),
    ("17.1", by_yielding),
    ("17.1", by_zip),
    ("17.1", lambda name, length: np.array(examples(name, length))),
    ("17.2", 1.386, 1.386),
    ("17.2", 1.39, 1.39),
    ("17.2", "1.386 nats", "1.386 nats"),
    ("17.2", LOG4, "1.386"),
    ("17.2", np.float64(LOG4), np.array(LOG4)),
    ("17.2", Value(LOG4), Tensor(LOG4)),
    ("17.3", summed),
    ("17.3", by_one_hot),
    ("17.3", by_add_at),
    ("17.3", by_the_engine),
    ("17.3", as_lists),
    ("17.3", lambda picked, G, count: Tensor(summed(picked, G, count))),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("17.a", "e", "only one letter ends more"),
    ("17.a", "n", "third"),
    ("17.a", "y", "fourth"),
    ("17.a", "s", "plural"),
    ("17.a", "q", "women's names"),
    ("17.a", ".", "A single letter"),
    ("17.a", "ae", "A single letter"),
    ("17.a", 1, "A single letter"),
    ("17.b", "about 2.3", "what is -log p"),
    ("17.b", 2.34, "what is -log p"),
    ("17.b", "2.3", "what is -log p"),
    ("17.b", "about 3.3", "knows nothing"),
    ("17.b", 3.3, "knows nothing"),
    ("17.b", 3.2958, "knows nothing"),
    ("17.b", "2.3466", "what is -log p"),
    ("17.b", -math.inf, "minus a logarithm"),
    ("17.b", "nan", "choices"),
    ("17.b", "0", "choices"),
    ("17.c", "falls", "towards it"),
    ("17.c", "stays", "The scores stay"),
    ("17.c", "unchanged", "The scores stay"),
    ("17.c", "less", "towards it"),
    ("17.c", "fewer copies", "towards it"),
    ("17.c", "30", "choices"),
    ("17.1", itself, "answer is among the inputs"),
    ("17.1", no_end, "has an end"),
    ("17.1", one_too_many, "Does a loop go on"),
    ("17.1", by_yielding_too_many, "Does a loop go on"),
    ("17.1", lambda n, k: examples(n, k)[:1], "inside the loop"),
    ("17.1", lambda n, k: [(c + t, t) for c, t in examples(n, k)], "as its last one"),
    ("17.1", lambda n, k: [{c, t} for c, t in examples(n, k)], "curly brackets"),
    ("17.1", lambda n, k: itself(n, k)[:-1], "answer is among the inputs. And the name has"),
    ("17.1", no_padding, "too short"),
    ("17.1", lambda n, k: no_padding(n, k)[:-1], "And the name has an end"),
    ("17.1", wrapped_around, "example 1 should be"),
    ("17.1", one_point, "one point before the name"),
    ("17.1", all_before, "not all that came before"),
    ("17.1", points_behind, "on the wrong side"),
    ("17.1", one_too_early, "one letter too early"),
    ("17.1", from_the_second, "from points alone"),
    ("17.1", lambda n, k: examples(n, k)[1:-1], "and so has its end"),
    ("17.1", lambda n, k: examples(n, k)[k:], "missing at the beginning"),
    ("17.1", always_two, "For 'emma' and 3"),
    ("17.1", lambda n, k: [(c[::-1], t) for c, t in examples(n, k)], "backwards"),
    ("17.1", lambda n, k: [(t, c) for c, t in examples(n, k)], "swapped"),
    ("17.1", lambda n, k: examples(n, k)[::-1], "example 1 should be"),
    ("17.1", lambda n, k: set(examples(n, k)), "keeps of equal examples only one"),
    ("17.1", lambda n, k: dict(examples(n, k)), "keeps of equal examples only one"),
    ("17.1", lambda n, k: list(dict.fromkeys(examples(n, k))), "and yours are"),
    ("17.1", two_lists, "Two lists are here"),
    ("17.1", lambda n, k: contexts([n], k), "Two lists are here"),
    ("17.1", lists_of_letters, "are texts here"),
    ("17.1", as_numbers, "are texts here"),
    ("17.1", lambda n, k: [c + t for c, t in examples(n, k)], "is a pair"),
    ("17.1", lambda n, k: examples(n, k)[0], "is a pair"),
    ("17.1", lambda n, k: 5, "A list of pairs"),
    ("17.1", lambda n, k: [5], "A list of pairs"),
    ("17.1", lambda n, k: [], "3 examples are wanted"),
    ("17.1", lambda n, k: print(end=""), "return missing"),
    ("17.1", [("..", "a")], "asks for a function"),
    ("17.1", lambda n: examples(n, 2), "yours has 1 input"),
    ("17.1", lambda n, k: examples(n + 1, k), "name is a text"),
    ("17.2", 2, LOG4, "bits"),
    ("17.2", 3 * LOG4, LOG4, "sum"),
    ("17.2", 2.079, LOG4, "three letters"),
    ("17.2", 1.232, LOG4, "first take -log of each"),
    ("17.2", 1.04, LOG4, "the end is missing"),
    ("17.2", 0.693, LOG4, "three letters"),
    ("17.2", 2.0794, LOG4, "the end alone, the sum of the other two, or"),
    ("17.2", 0.6931, LOG4, "the o alone, and also"),
    ("17.2", -1.386, LOG4, "sign"),
    ("17.2", 0.602, LOG4, "base 10"),
    ("17.2", 4, LOG4, "e to the power"),
    ("17.2", 0.2917, LOG4, "mean probability"),
    ("17.2", 1 / 64, LOG4, "product"),
    ("17.2", 6, LOG4, "bits"),
    ("17.2", 1.5, LOG4, "of 1/2"),
    ("17.2", math.nan, LOG4, "of 1/2"),
    ("17.2", LOG4, 3 * LOG4, "sum"),
    ("17.2", LOG4, 2, "bits"),
    ("17.2", LOG4, 0.25, "mean of probabilities"),
    ("17.2", LOG4, 1.5, "three letters"),
    ("17.2", LOG4, 2.079, "sum is divided by 2"),
    ("17.2", LOG4, "log 4", "text"),
    ("17.3", at_once, "only one of its gradients"),
    ("17.3", whole_numbers, "array of floats"),
    ("17.3", two_columns, "as many columns as G"),
    ("17.3", rows_of_g, "as many as G"),
    ("17.3", halved, "adds up"),
    ("17.3", lambda p, G, n: summed(p[:1], G[:1], n), "inside the loop"),
    ("17.3", cut_at_each_step, "whole numbers only"),
    ("17.3", lambda p, G, n: summed([k - 1 for k in p], G, n), "one row too high"),
    ("17.3", lambda p, G, n: summed(p, G, n) + 1, "1 too large"),
    ("17.3", in_order, "Row k of G belongs"),
    ("17.3", in_order_by_zip, "was put into row k"),
    ("17.3", mean_of_each_row, "no mean"),
    ("17.3", columns_added, "the columns are added up"),
    ("17.3", lambda p, G, n: summed(G, p, n), "stopped with"),
    ("17.3", lambda p, G, n: np.zeros((n, 2))[G], "stand in picked"),
    ("17.3", lambda p, G, n: summed(p[::-1], G[::-1], n)[:, ::-1], "adds up"),
    ("17.3", lambda p, G, n: at_once(p[::-1], G[::-1], n), "only the first"),
    ("17.3", lambda p, G, n: summed(p, np.ones_like(G), n), "numbers of picks"),
    ("17.3", lambda p, G, n: summed(p, G, max(p) + 1), "`count` says"),
    ("17.3", lambda p, G, n: G, "G itself"),
    ("17.3", by_row, "order of the picks"),
    ("17.3", lambda p, G, n: G[p], "as the forward pass does"),
    ("17.3", lambda p, G, n: -summed(p, G, n), "sign"),
    ("17.3", lambda p, G, n: summed(p, G, n).T, "swapped"),
    ("17.3", lambda p, G, n: summed(p, G, n) / len(p), "divided by the number of picks"),
    ("17.3", lambda p, G, n: np.tile(G.sum(axis=0), (n, 1)), "every row has the sum"),
    ("17.3", lambda p, G, n: np.eye(n)[p] @ G, "which is transposed"),
    ("17.3", lambda p, G, n: "G", "An array is wanted"),
    ("17.3", 3, "asks for a function"),
]

WAITING = [
    ("17.a", ...),
    ("17.b", ""),
    ("17.c", ...),
    ("17.1", lambda name, length: ...),
    ("17.1", lambda name, length: [...]),
    ("17.2", ..., 1.386),
    ("17.2", 1.386, ...),
    ("17.3", lambda picked, G, count: ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


def test_what_the_checks_say_of_the_names_is_so():
    names, *_ = first_names()
    ends = [sum(name.endswith(letter) for name in names) for letter in LETTERS[1:]]
    order = [LETTERS[1 + k] for k in np.argsort(ends)[::-1]]
    assert order[:4] == ["a", "e", "n", "y"]
    assert 0.3 < ends[0] / len(names) < 0.37 and ends[4] / len(names) > 0.2


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_three_letters_and_an_mlp_are_better_than_pairs(seed):
    names, names_val, _ = first_names()
    X, y = contexts(names, 3)
    X_val, y_val = contexts(names_val, 3)
    counts = np.ones((27, 27))
    np.add.at(counts, (X[:, -1], y), 1)
    pairs = softmax_cross_entropy(Tensor(np.log(counts)[X_val[:, -1]]), y_val).item()
    assert 2.33 < pairs < 2.36

    source = random.Random(seed)
    embedding = Embedding(27, 10, source)
    mlp = MLP(30, [64, 27], "tanh", "linear", source, scaled=True)

    def scores(X):
        return mlp(embedding(X).reshape(len(X), 30))

    optimiser, rng = Adam(embedding.parameters() + mlp.parameters()), np.random.default_rng(0)
    for epoch in range(8):
        optimiser.rate = 0.01 * (1 - epoch / 8)
        for X_batch, y_batch in batches(X, y, 128, rng):
            loss = softmax_cross_entropy(scores(X_batch), y_batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    assert softmax_cross_entropy(scores(X_val), y_val).item() < 2.06

    def three(text):
        return scores(np.array([encode(("..." + text)[-3:])])).data[0]

    rng = np.random.default_rng(0)
    copies = sum(write(three, rng) in names for _ in range(300)) / 300
    assert 0.05 < copies < 0.2
