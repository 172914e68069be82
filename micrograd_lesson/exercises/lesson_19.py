"""Lesson 19, a small GPT."""

import math
from numbers import Real

import numpy as np

from ..data import encode
from ..losses import log_softmax
from ..tensor import Tensor
from ..tensor_nn import GPT
from ._arrays import Tried, as_array, compare_arrays
from ._check import (
    Wrong,
    call,
    choose,
    compare,
    exercise,
    number,
    numbers,
    suggest,
)
from ._hints import never_uses

PLACES = 12


@exercise("19.a")
def copies(answer):
    return choose(
        answer,
        "more",
        {
            "fewer": "A better model could avoid copies only if it knew which names were in the "
            "list, and disliked them. What does a low loss ask for: names like those in the list, "
            "or names that are new?",
            "as many": "It would be as many if the better model did not come nearer to the names "
            "that it learned from. What does a low loss ask for?",
            "more": "Nearer to real names is also nearer to those in the list.",
        },
        also={"same": "as many", "the same": "as many", "equally many": "as many"},
    )


@exercise("19.b")
def largest_loss(answer):
    elsewhere = "The loss without it is not the largest. "
    return choose(
        answer,
        "attention",
        {
            "places": f"{elsewhere}The model still knows which letters came before.",
            "attention": "Without it, no place knows any letter but its own.",
            "MLP": f"{elsewhere}The letters before are still looked at, and mixed.",
            "shortcuts": f"{elsewhere}In one block the way back to the tables is short anyway.",
            "normalisation": f"{elsewhere}In one block numbers have little time to grow or shrink.",
        },
        also={
            "place": "places",
            "positions": "places",
            "position": "places",
            "shortcut": "shortcuts",
            "normalization": "normalisation",
            "norm": "normalisation",
            "norms": "normalisation",
            "layernorm": "normalisation",
            "the mlp": "MLP",
            "multi-layer perceptron": "MLP",
            "without mlp": "MLP",
            "self-attention": "attention",
            "heads": "attention",
            "without attention": "attention",
            "without places": "places",
            "short cuts": "shortcuts",
            "skip connections": "shortcuts",
            "residual connections": "shortcuts",
            "without shortcuts": "shortcuts",
            "without normalisation": "normalisation",
        },
    )


# Exercise 1: how many parameters.

SIZES = [(27, 12, 64, 2), (10, 5, 8, 3), (50, 20, 6, 1)]  # letters, places, size, blocks


def _count(letters, places, size, blocks):
    tables = (letters + places) * size
    return tables + blocks * _block(size) + 2 * size + _scores(size, letters)


def _block(size):
    norms = 2 * 2 * size
    attention = 4 * (size * size + size)
    hidden = size * 4 * size + 4 * size
    out = 4 * size * size + size
    return norms + attention + hidden + out


def _scores(size, letters):
    return size * letters + letters


def _weights_alone(letters, places, size, blocks):
    norms = 4 * size * blocks + 2 * size
    return (letters + places) * size + blocks * 12 * size * size + norms + size * letters


def _less(what):
    """The count without some part, what(letters, places, size, blocks)."""
    return lambda *sizes: _count(*sizes) - what(*sizes)


COUNT_MISTAKES = [
    (_weights_alone, "the biases are missing; each Linear layer has one for each output"),
    (
        lambda letters, places, size, blocks: (
            (letters + places + letters) * size + blocks * 12 * size * size
        ),
        "biases and normalisations are missing",
    ),
    (
        _less(lambda letters, places, size, blocks: 4 * size * blocks + 2 * size),
        "the normalisations have parameters too, a gain and a shift for each of the numbers",
    ),
    (
        _less(lambda letters, places, size, blocks: 2 * size * blocks + size),
        "each normalisation has a gain and a shift, so twice as many",
    ),
    (
        _less(lambda letters, places, size, blocks: 2 * size),
        "one more normalisation stands behind the last block",
    ),
    (
        _less(lambda letters, places, size, blocks: 2 * size * blocks),
        "there are two normalisations in each block",
    ),
    (
        lambda letters, places, size, blocks: _count(letters, places, size, 1),
        "the number of blocks is not used, and each block has parameters of its own",
    ),
    (
        lambda letters, places, size, blocks: blocks * _count(letters, places, size, 1),
        "only the block is repeated; tables, last normalisation and scores are there once",
    ),
    (
        _less(lambda letters, places, size, blocks: _scores(size, letters)),
        "the layer that gives the scores is missing",
    ),
    (
        _less(lambda letters, places, size, blocks: letters),
        "the layer that gives the scores has biases too, one for each letter",
    ),
    (
        _less(lambda letters, places, size, blocks: places * size),
        "the table of places is missing: a row for each place",
    ),
    (
        _less(lambda letters, places, size, blocks: letters * size),
        "letters·size is missing: the table of letters, or the weights of the scores, which has as "
        "many",
    ),
    (
        _less(lambda letters, places, size, blocks: (letters + places) * size),
        "the two tables are missing, of letters and of places",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * (size * size + size)),
        "the attention has four Linear layers; the one behind the heads, out, is easily forgotten",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * (4 * size * size + size)),
        "the MLP has a second layer, from 4·size back to size",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * (4 * size * size + 4 * size)),
        "one layer of 4·size·size weights and 4·size biases is missing in each block: the first "
        "of the MLP, or the four of the attention, which have as many",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * (6 * size * size + 3 * size)),
        "the hidden layer of the MLP is 4·size wide, and not size",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * 4 * size),
        "4·size is missing in each block: so many are the biases of the attention, those of the "
        "MLP's first layer, and the two normalisations together",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * size),
        "size is missing in each block: a layer that gives size numbers has as many biases",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * 5 * size),
        "5·size is missing in each block: so many biases have the two layers of the MLP",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * 9 * size),
        "9·size is missing in each block: so many biases have the attention and the MLP",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * (8 * size * size + 5 * size)),
        "the MLP is missing; each block has one",
    ),
    (
        _less(lambda letters, places, size, blocks: 2 * size * (blocks + 1)),
        "there are two normalisations in each block, and one more behind the last block",
    ),
    (
        _less(lambda letters, places, size, blocks: (2 * blocks + 1) * 2 * (size - 1)),
        "a normalisation has a gain and a shift for each of the size numbers",
    ),
    (
        lambda letters, places, size, blocks: _count(letters, places, 32, blocks),
        "the size is 32 here, whatever is given",
    ),
    (
        lambda letters, places, size, blocks: _count(27, places, size, blocks),
        "there are 27 letters here, whatever is given",
    ),
    (
        lambda letters, places, size, blocks: _count(letters, 12, size, blocks),
        "there are 12 places here, whatever is given",
    ),
    (
        lambda letters, places, size, blocks: _count(27, 12, size, blocks),
        "there are 27 letters and 12 places here, whatever is given",
    ),
    (
        lambda letters, places, size, blocks: _count(places, letters, size, blocks),
        "letters and places are exchanged",
    ),
    (
        _less(lambda letters, places, size, blocks: blocks * 3 * size),
        "one of the layers of the MLP gives 4·size numbers, so it has as many biases",
    ),
]
FOUR_HEADS_AGAIN = (
    lambda letters, places, size, blocks: (
        _count(letters, places, size, blocks) + blocks * 3 * 4 * (size * size + size)
    ),
    "the four heads share the numbers of a place, so the attention has four Linear layers in all",
)


@exercise("19.1")
def parameters(count):
    hint = "It is tried with whole numbers, such as count(27, 12, 64, 2)."
    with suggest(hint):
        seen = numbers(count, SIZES)
    say = "For {0} letters, {1} places, size {2} and blocks {3} yours is {seen}, not right yet"
    never_uses(seen, "32 or 14,907")
    _compare_counts(say, seen)
    return (
        "With 50,257 letters, 1,024 places, size 768 and 12 blocks, and one table for letters and "
        "scores together, it is the smallest GPT-2: 124 million."
    )


def _compare_counts(say, seen):
    otherwise = (
        "the list of parts on the page has nine entries; which of them does your sum not hold as "
        "it is there, with the sizes as letters?"
    )
    mistakes = [*COUNT_MISTAKES, FOUR_HEADS_AGAIN]
    compare(say, SIZES, seen, _count, mistakes, otherwise, tolerance=1e-12)


# Exercise 2: a block.


def _halved(x):
    return 0.5 * x + 1


def _lowered(x):
    return 3 * x - 2


def _mixed(x):
    return np.cumsum(x, axis=1) * 0.7


def _bent(x):
    return x + 0.5 * np.abs(x) - 1  # of both signs, for numbers of both signs


def _right_block(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return h + mlp(norm2(h))


def _no_shortcut(x, norm1, attention, norm2, mlp):
    return mlp(norm2(attention(norm1(x))))


def _second_shortcut_alone(x, norm1, attention, norm2, mlp):
    h = attention(norm1(x))
    return h + mlp(norm2(h))


def _first_shortcut_alone(x, norm1, attention, norm2, mlp):
    return mlp(norm2(x + attention(norm1(x))))


def _both_from_x(x, norm1, attention, norm2, mlp):
    return x + mlp(norm2(x + attention(norm1(x))))


def _around_all(x, norm1, attention, norm2, mlp):
    return x + mlp(norm2(attention(norm1(x))))


def _side_by_side(x, norm1, attention, norm2, mlp):
    return x + attention(norm1(x)) + mlp(norm2(x))


def _x_and_h(x, norm1, attention, norm2, mlp):
    h = attention(norm1(x))
    return x + h + mlp(norm2(h))


def _normalised_after(x, norm1, attention, norm2, mlp):
    h = norm1(x + attention(x))
    return norm2(h + mlp(h))


def _parts_normalised(x, norm1, attention, norm2, mlp):
    h = x + norm1(attention(x))
    return h + norm2(mlp(h))


def _shortcuts_normalised(x, norm1, attention, norm2, mlp):
    x = norm1(x)
    h = x + attention(x)
    h = norm2(h)
    return h + mlp(h)


def _not_normalised(x, norm1, attention, norm2, mlp):
    h = x + attention(x)
    return h + mlp(h)


def _mlp_not_normalised(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return h + mlp(h)


def _attention_not_normalised(x, norm1, attention, norm2, mlp):
    h = x + attention(x)
    return h + mlp(norm2(h))


def _one_norm_twice(x, norm1, attention, norm2, mlp):
    return _right_block(x, norm1, attention, norm1, mlp)


def _norms_exchanged(x, norm1, attention, norm2, mlp):
    return _right_block(x, norm2, attention, norm1, mlp)


def _mlp_first(x, norm1, attention, norm2, mlp):
    return _right_block(x, norm1, mlp, norm2, attention)


def _mlp_first_with_its_norm(x, norm1, attention, norm2, mlp):
    return _right_block(x, norm2, mlp, norm1, attention)


def _minus(x, norm1, attention, norm2, mlp):
    h = x - attention(norm1(x))
    return h - mlp(norm2(h))


def _second_norm_twice(x, norm1, attention, norm2, mlp):
    return _right_block(x, norm2, attention, norm2, mlp)


def _h_without_x(x, norm1, attention, norm2, mlp):
    return attention(norm1(x)) + mlp(norm2(x + attention(norm1(x))))


def _first_shortcut_normalised(x, norm1, attention, norm2, mlp):
    h = norm1(x) + attention(norm1(x))
    return h + mlp(norm2(h))


def _second_shortcut_normalised(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return norm2(h) + mlp(norm2(h))


def _mlp_alone(x, norm1, attention, norm2, mlp):
    return x + mlp(norm2(x))


def _side_by_side_one_norm(x, norm1, attention, norm2, mlp):
    return x + attention(norm1(x)) + mlp(norm1(x))


def _behind_the_mlp(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return h + norm2(mlp(h))


def _relu_behind(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return h + np.maximum(mlp(norm2(h)), 0)


def _relu_before(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return h + mlp(np.maximum(norm2(h), 0))


def _attention_alone(x, norm1, attention, norm2, mlp):
    return x + attention(norm1(x))


def _second_part_alone(x, norm1, attention, norm2, mlp):
    h = x + attention(norm1(x))
    return mlp(norm2(h)) + x + h


BLOCK_MISTAKES = [
    (_no_shortcut, "both shortcuts are missing; what comes in is added to what a part makes of it"),
    (_second_shortcut_alone, "the shortcut around the attention is missing"),
    (_first_shortcut_alone, "the shortcut around the MLP is missing"),
    (
        _both_from_x,
        "the second shortcut starts from x; it should keep what stands there after the first one",
    ),
    (_around_all, "there is one shortcut around both parts; each part has its own"),
    (
        _side_by_side,
        "the MLP reads x; it should read what stands there after the attention was added",
    ),
    (
        _x_and_h,
        "the MLP reads the attention alone; it should read what stands there after x was added",
    ),
    (_normalised_after, "the normalisations stand behind the sums; here each stands before a part"),
    (
        _parts_normalised,
        "the normalisations stand behind the parts; here each stands before its part",
    ),
    (
        _shortcuts_normalised,
        "the shortcuts keep the normalised numbers; they should keep those that came in",
    ),
    (_not_normalised, "the two normalisations are missing"),
    (_mlp_not_normalised, "the normalisation before the MLP is missing"),
    (_attention_not_normalised, "the normalisation before the attention is missing"),
    (_one_norm_twice, "norm1 stands before both parts; the MLP has norm2"),
    (_norms_exchanged, "the two normalisations are exchanged"),
    (_mlp_first, "the MLP stands before the attention"),
    (_mlp_first_with_its_norm, "the MLP stands before the attention"),
    (_attention_alone, "the second half, with norm2 and mlp, is missing"),
    (_second_part_alone, "x is added once more behind the MLP; h holds it already"),
    (_minus, "the parts are subtracted; a shortcut adds"),
    (_second_norm_twice, "norm2 stands before both parts; the attention has norm1"),
    (_h_without_x, "the result holds what the two parts made, but x itself got lost in it"),
    (
        _first_shortcut_normalised,
        "the first shortcut keeps the normalised numbers; it should keep those that came in",
    ),
    (
        _second_shortcut_normalised,
        "the second shortcut keeps the normalised numbers; it should keep what stands there after "
        "the first one",
    ),
    (_mlp_alone, "the first half, with norm1 and attention, is missing"),
    (
        _side_by_side_one_norm,
        "the MLP reads x; it should read what stands there after the attention was added",
    ),
    (_behind_the_mlp, "norm2 stands behind the MLP; it should stand before it"),
    (_relu_behind, "mlp does all between the second normalisation and the sum, its relu too"),
    (_relu_before, "mlp does all between the second normalisation and the sum, its relu too"),
    (
        lambda *given: _right_block(*given).round(2),
        "the numbers look rounded; leave them as they are",
    ),
]


@exercise("19.2")
def block(function):
    rng = np.random.default_rng(0)
    parts = [_halved, _mixed, _lowered, _bent]
    points = []
    for shape in ((2, 3, 4), (1, 5, 2)):
        points.append((rng.uniform(-1, 1, shape), *parts))
    hint = "norm1, attention, norm2 and mlp are functions here: call each with brackets."
    with suggest(hint):
        answers = [as_array(call(function, x.copy(), *parts)) for x, *_ in points]
    seen = Tried(points, answers)
    otherwise = "go through the two lines of the page, with x in the place of h"
    compare_arrays("what your block returns", seen, _right_block, BLOCK_MISTAKES, otherwise)
    return "Two sums: that is the whole block of a large model, too."


# Exercise 3: how surprised a model is by a name.

TRIED_NAMES = ("al", "emma", "christopher", "aaa")


def _losses(model, name):
    """−log p of each letter of the name and of the point behind it; then of the padding."""
    numbers_read = [0, *encode(name)]
    padded = numbers_read + [0] * (PLACES - len(numbers_read))
    logs = log_softmax(model([padded])).data[0]  # (12, 27)
    wanted = [*padded[1:], 0]
    return [-float(logs[place, letter]) for place, letter in enumerate(wanted)]


def _surprise(model, name):
    return sum(_losses(model, name)[: len(name) + 1])


def _mean_surprise(model, name):
    return _surprise(model, name) / (len(name) + 1)


def _without_the_end(model, name):
    return sum(_losses(model, name)[: len(name)])


def _padding_too(model, name):
    return sum(_losses(model, name))


def _mean_with_padding(model, name):
    return sum(_losses(model, name)) / PLACES


def _itself(model, name):
    """The probability of the letter that was read, not of the one that follows."""
    read = [0, *encode(name)]
    logs = log_softmax(model([read])).data[0]
    return -sum(float(logs[place, letter]) for place, letter in enumerate(read))


def _without_the_first_point(model, name):
    """The letters alone are read, so the first of them is never guessed."""
    read = encode(name)
    logs = log_softmax(model([read])).data[0]
    wanted = [*read[1:], 0]
    return -sum(float(logs[place, letter]) for place, letter in enumerate(wanted))


def _letters_that_follow_letters(model, name):
    """Neither the first letter nor the point at the end is guessed."""
    logs = log_softmax(model([encode(name)])).data[0]
    return -sum(float(logs[place, letter]) for place, letter in enumerate(encode(name)[1:]))


def _minus_scores(model, name):
    scores = model([[0, *encode(name)]]).data[0]
    return -sum(float(scores[place, letter]) for place, letter in enumerate([*encode(name), 0]))


ROUNDED = "the number looks rounded; leave it as it is"
SURPRISE_MISTAKES = [
    (_mean_surprise, "this is the mean over the letters; the whole name is asked for, their sum"),
    (_without_the_end, "the point that ends the name is missing; the model has to guess it too"),
    (
        _padding_too,
        "the padding is counted too; only the places where real is True belong to the name",
    ),
    (
        _mean_with_padding,
        "this is the mean over all 12 places; wanted is the sum over those where real is True",
    ),
    (lambda model, name: -_surprise(model, name), "the sign: surprise is minus the logarithm"),
    (
        lambda model, name: _surprise(model, name) / math.log(2),
        "these are logarithms to the base 2; the page takes natural ones",
    ),
    (
        lambda model, name: _surprise(model, name) / math.log(10),
        "these are logarithms to the base 10; the page takes natural ones",
    ),
    (
        lambda model, name: math.exp(-_surprise(model, name)),
        "this is the probability of the name; its surprise is minus the logarithm of that",
    ),
    (
        _itself,
        "it looks up the letter that is read at each place; wanted is the one that comes next, as "
        "in y",
    ),
    (
        _without_the_first_point,
        "the row should start with the point, so that every letter is guessed",
    ),
    (
        lambda model, name: _mean_with_padding(model, name) * (len(name) + 1),
        "the padding is in the mean; take it over the places where real is True alone",
    ),
    (
        lambda model, name: _mean_surprise(model, name) * len(name),
        "the mean is over one more than the letters, as the point at the end belongs to it: how "
        "many places are real?",
    ),
    (
        lambda model, name: _surprise(model, name) / len(name),
        "it is divided by the number of letters; the sum for the whole name is asked for",
    ),
    (
        lambda model, name: math.exp(_surprise(model, name)),
        "this is e to the surprise",
    ),
    (
        lambda model, name: math.exp(_mean_surprise(model, name)),
        "this is the perplexity of lesson 17, e to the mean; the sum is asked for",
    ),
    (
        lambda model, name: _losses(model, name)[len(name)],
        "this is the surprise of the point at the end alone",
    ),
    (
        lambda model, name: _losses(model, name)[0],
        "this is the surprise of the first letter alone",
    ),
    (_letters_that_follow_letters, "the first letter and the point at the end are guessed, too"),
    (_minus_scores, "these are scores; −log p needs softmax first"),
    (lambda model, name: round(_surprise(model, name), 2), ROUNDED),
    (lambda model, name: round(_surprise(model, name), 1), ROUNDED),
    (lambda model, name: round(_surprise(model, name)), ROUNDED),
    (
        lambda model, name: _mean_surprise(model, name) * PLACES,
        "the mean is taken 12 times; how many places are real?",
    ),
]


@exercise("19.3")
def surprise(function):
    models = [GPT(size=8, heads=2, rng=seed) for seed in (1, 2)]
    points = [(model, name) for model in models for name in TRIED_NAMES]
    with suggest("It is tried as surprise(model, name), with a GPT and a name such as 'emma'."):
        seen = [number(_called(function, *point)) for point in points]
    _refuse_constants(seen)
    say = "For the name {1} yours is {seen}, and {wanted} is right"
    _compare_surprises(say, points, seen)
    return "Take a name apart with it: yours, or one that the model has never seen."


def _called(function, model, name):
    answer = call(function, model, name)
    if not isinstance(answer, (Tensor, np.ndarray, list, tuple)):
        return answer
    shape = np.shape(answer.data if isinstance(answer, Tensor) else answer)
    if shape not in ((), (1,), (1, 1)):
        raise Wrong(
            f"One number is wanted for a name, and yours has shape {shape}: is a sum missing?"
        )
    return answer


def _refuse_constants(seen):
    """Wrong where the answers do not depend on the model, or on the name."""
    half = len(TRIED_NAMES)
    if not all(isinstance(value, Real) for value in seen):
        return
    if len(set(np.round(seen[:half], 9))) == 1:
        raise Wrong(
            "It gives the same for every name. Does it use the arrays of the page, X, y and real, "
            "and not those of its own name?"
        )
    if np.allclose(seen[:half], seen[half:], 1e-9):
        raise Wrong(
            "It gives the same for two models. Does it use a model of the page, such as gpt, and "
            "not its own argument?"
        )


def _compare_surprises(say, points, seen):
    otherwise = (
        "rows([name]) has the letters, what comes next, and what is real; the loss of lesson 17 is "
        "the mean of their surprises"
    )
    compare(say, points, seen, _surprise, SURPRISE_MISTAKES, otherwise)
