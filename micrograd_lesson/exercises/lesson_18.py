"""Lesson 18, attention."""

import re
from contextlib import contextmanager

import numpy as np

from ..words import exception
from ..words import number as number_in_words
from ._arrays import Tried, as_array, check_all_sizes, compare_arrays, tried
from ._check import Wrong, call, choose, decide, exercise, number, plain_word
from ._slips import code_stopped


@exercise("18.a")
def spread_of_scores(answer):
    return decide(
        "The ratio of the two spreads",
        _without_times(answer),
        16,
        {
            256: "this is how many times as many products are added; "
            "some of them are positive, some negative, and they cancel in part",
            32: "this is the root of 1024; the question is how many times as large it is "
            "as for d = 4, which has a spread as well",
            1: "a sum of more products is spread wider; they do not cancel altogether",
            8: "this is the root of 64; how many times 4 is 1024?",
            4: "you took the root twice, or compared with d = 64; "
            "the ratio of the two d is 256, and a sum grows like its root",
            65536: "this is the square of the ratio; a sum of n such products grows more slowly "
            "than n",
            1024: "this is d; how does the size of a sum of d products grow with d?",
            1020: "this is the difference of the two d; how many times 4 is 1024?",
            2: "this is the spread for d = 4; how many times this is the one for 1024?",
        },
        "1024 is 256 times 4, and the spread grows like the root: 16.",
        tolerance=0.03,
        mistake_tolerance=0.002,
        otherwise="in lesson 15 the size of a sum of n such numbers grew like the root of n",
    )


def _without_times(answer):
    """A text such as "16 times" or "about 16x" as "16"; one thing in a list as it is."""
    if isinstance(answer, (list, tuple, set)) and len(answer) == 1:
        answer = next(iter(answer))
    if not isinstance(answer, str):
        return answer
    number_alone = re.fullmatch(
        r"(?:about|around|by|a factor of|factor|[~≈x×])?\s*([-−+]?[.\d]+)\s*"
        r"(?:(?:times|x|×)(?: as (?:large|much|wide)(?: as)?| larger| wider| more)?|-?\s?fold)?\.?",
        answer.strip().casefold(),
    )
    return number_alone[1] if number_alone else answer


@exercise("18.b")
def shuffled_places(answer):
    return choose(
        answer,
        "stays",
        {
            "changes": "It would, if a share depended on where a row stands. Which numbers does "
            "the share of a row come from? And does a sum change if its terms change places?",
            "stays": "Each row takes its score, its share and its value along, and a sum does "
            "not know the order of its terms.",
        },
        also={
            "change": "changes",
            "different": "changes",
            "differs": "changes",
            "is different": "changes",
            "moves": "changes",
            "is shuffled": "changes",
            "shuffled": "changes",
            "changed": "changes",
            "permuted": "changes",
            "is permuted": "changes",
            "reordered": "changes",
            "nothing": "stays",
            "nothing changes": "stays",
            "doesn't change": "stays",
            "remains the same": "stays",
            "no difference": "stays",
            "invariant": "stays",
            "the same numbers": "stays",
            "nothing happens": "stays",
            "identical": "stays",
            "stays the same": "stays",
        },
    )


@exercise("18.c")
def without_mask(answer):
    return choose(
        _loss_in_words(answer),
        "near 0",
        {
            "higher": "It has had fewer steps, true. But what stands at the place after the one "
            "that asks, and is it allowed to look there?",
            "about the same": "The later letters would have to be of no use for that. Which letter "
            "does a place have to name, and where does this letter stand?",
            "near 0": "The answer stands one place further on, and it can see it.",
        },
        also={
            "lower": "near 0",
            "much lower": "near 0",
            "much smaller": "near 0",
            "much less": "near 0",
            "very low": "near 0",
            "very small": "near 0",
            "tiny": "near 0",
            "0": "near 0",
            "about equal": "about the same",
            "similar": "about the same",
            "same": "about the same",
            "worse": "higher",
        },
    )


def _loss_in_words(answer):
    """A loss that is written as a number, such as 0.04 or "almost zero", as one of the choices."""
    word = re.sub(
        r"^(close to|nearly|almost|about|approximately|near|[~≈])\s*", "", plain_word(answer)
    )
    if word == "zero":
        return "near 0"
    try:
        loss = float(word)
    except ValueError:
        return answer
    if abs(loss) <= 0.3:
        return "near 0"
    if 1.9 <= loss <= 2.2:
        return "about the same"
    return "higher" if loss > 2.2 else answer


# Attention for one query.


def _softmax(z, axis=-1):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _received(q, K, V):
    return _softmax(K @ q / len(q) ** 0.5) @ V


def _scores(q, K):
    return K @ q / len(q) ** 0.5


QUERIES = [
    (
        np.array([1.0, -2.0, 0.5, 1.5]),
        np.array([[0.5, 1.0, -1.0, 2.0], [2.0, -0.5, 1.0, 0.25], [-1.0, 0.75, 1.5, -0.5]]),
        np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]]),
    ),
    (
        np.array([0.75, -1.25]),
        np.array([[1.0, 2.0], [-0.5, 0.25], [2.0, -1.0], [0.0, 1.5], [1.25, 1.0]]),
        np.array(
            [[1.0, 0.0, -2.0], [0.5, 2.0, 1.0], [-1.0, 3.0, 0.25], [2.0, 2.5, 1.0], [0.0, 1.0, 5.0]]
        ),
    ),
    (
        np.array([1.0, 0.5, -1.0]),
        np.array([[0.25, 1.0, 0.5], [1.5, -1.0, 2.0]]),
        np.array([[2.0, -3.0, 1.0, 0.5], [1.0, 1.5, 4.0, -2.0]]),
    ),
]
SQUARE = [
    (
        np.array([1.0, -0.5, 2.0]),
        np.array([[1.0, 0.5, -1.0], [2.0, 0.25, 1.0], [-0.5, 1.5, 0.75]]),
        np.array([[1.0, 3.0, -2.0], [0.5, -1.0, 4.0], [2.0, 1.0, 0.25]]),
    )
]
SUM_IS_MISSING = "the exponentials are not divided by their sum, so these are no shares"
ROOT_IS_MISSING = "the scores are not divided by √d"
ROUNDED = "the numbers look rounded; leave them as they are"


@exercise("18.1")
def one_query(function):
    with _explained():
        seen = tried(function, QUERIES, SQUARE)
    if all(isinstance(answer, tuple) and len(answer) == 2 for answer in seen.answers):
        if any(seen.part(k).gave(_received) for k in (0, 1)):
            raise Wrong("It returns two things. Return what the place receives, alone.")
    compare_arrays(
        "what the place receives",
        seen,
        _received,
        [
            (lambda q, K, V: _softmax(K @ q) @ V, ROOT_IS_MISSING),
            (
                lambda q, K, V: _softmax(K @ q / len(q)) @ V,
                "the scores are divided by d; its root is asked for",
            ),
            (
                lambda q, K, V: _softmax(K @ q * len(q) ** 0.5) @ V,
                "the scores are multiplied by √d; divide",
            ),
            (
                lambda q, K, V: _softmax(K @ q / len(K) ** 0.5) @ V,
                "you divide by the root of the number of places; d is how many numbers a query has",
            ),
            (
                lambda q, K, V: _softmax(K @ q / V.shape[1] ** 0.5) @ V,
                "you divide by the root of the length of a value; "
                "d is how many numbers a query has",
            ),
            (
                lambda q, K, V: _softmax(K @ q / K.size**0.5) @ V,
                "you divide by the root of all entries of K; d is how many numbers a query has",
            ),
            (
                lambda q, K, V: _softmax(K @ q) @ V / len(q) ** 0.5,
                "√d belongs to the scores, before softmax",
            ),
            (
                lambda q, K, V: _softmax(K @ q / len(q) ** 0.5) @ V / len(q) ** 0.5,
                "you divide by √d twice; it belongs to the scores alone",
            ),
            (
                lambda q, K, V: _scores(q, K) @ V,
                "softmax is missing: these are scores times values",
            ),
            (
                lambda q, K, V: (K @ q) @ V,
                "softmax is missing, and √d: these are scores times values",
            ),
            (lambda q, K, V: _softmax(_scores(q, K)), "these are the shares; now the mean"),
            (lambda q, K, V: _softmax(K @ q), "these are shares, without √d; and then the mean"),
            (lambda q, K, V: _scores(q, K), "these are the scores; softmax and the mean follow"),
            (lambda q, K, V: K @ q, "these are the products; √d, softmax and the mean follow"),
            (lambda q, K, V: np.exp(_scores(q, K)) @ V, SUM_IS_MISSING),
            (lambda q, K, V: np.exp(K @ q) @ V, f"{SUM_IS_MISSING}; and √d is missing"),
            (
                lambda q, K, V: _scores(q, K) / _scores(q, K).sum() @ V,
                "the exponentials are missing: scores divided by their sum are no shares",
            ),
            (
                lambda q, K, V: (K @ q) / (K @ q).sum() @ V,
                "the exponentials are missing: scores divided by their sum are no shares",
            ),
            (
                lambda q, K, V: V[np.argmax(K @ q)],
                "this is the value with the largest score alone; the mean is asked for",
            ),
            (lambda q, K, V: V.mean(axis=0), "this is the plain mean; weight it by the shares"),
            (lambda q, K, V: V.sum(axis=0), "this is the plain sum; weight it by the shares"),
            (
                lambda q, K, V: _softmax(_scores(q, K)) @ V / len(K),
                "the shares add up to 1 already: there is nothing to divide by any more",
            ),
            (
                lambda q, K, V: _softmax(_scores(q, K)) @ K,
                "this is a mean of the keys; the values are handed over",
            ),
            (
                lambda q, K, V: _softmax(V @ q / len(q) ** 0.5) @ K,
                "keys and values are exchanged: the query meets the keys",
            ),
            (
                lambda q, K, V: _softmax(V @ q / len(q) ** 0.5) @ V,
                "the query meets the keys, and here it met the values",
            ),
            (
                lambda q, K, V: V @ _softmax(_scores(q, K)),
                "each row of V belongs to a place, so the shares stand on the left: shares @ V",
            ),
            (
                lambda q, K, V: V.T @ _softmax(q @ K / len(q) ** 0.5),
                "each row of K is a key, so the query stands on the right: K @ q",
            ),
            (
                lambda q, K, V: _softmax(q @ K / len(q) ** 0.5) @ V,
                "each row of K is a key, so the query stands on the right: K @ q",
            ),
            (
                lambda q, K, V: V @ _softmax(q @ K / len(q) ** 0.5),
                "each row of K is a key and each row of V a value: K @ q, and shares @ V",
            ),
            (
                lambda q, K, V: _softmax(_scores(q, K))[:, None] * V,
                "these are the weighted values; add them up over the places",
            ),
            (
                lambda q, K, V: (_softmax(_scores(q, K))[:, None] * V).sum(),
                "this adds up everything; add over the places alone, axis 0",
            ),
            (
                lambda q, K, V: (_softmax(_scores(q, K))[:, None] * V).sum(axis=1),
                "add over the places, which go along axis 0",
            ),
            (
                lambda q, K, V: _softmax(-_scores(q, K)) @ V,
                "the sign of the scores: a large score is a large share",
            ),
            (lambda q, K, V: _received(q, K, V)[None], "one axis too many: q is one query"),
            (lambda q, K, V: _received(q, K, V)[:, None], "one axis too many: q is one query"),
            (
                lambda q, K, V: _softmax(K @ q / 32) @ V,
                "the scores are divided by 32 here, whatever d is: 1024 was the last d of the "
                "page, and here d is how many numbers q has",
            ),
            (
                lambda q, K, V: _softmax(K @ q / 8**0.5) @ V,
                "the scores are divided by √8 here, whatever d is: 8 was the d of a head on the "
                "page, and here d is how many numbers q has",
            ),
            (
                lambda q, K, V: _softmax(K @ q / (len(q) / 2)) @ V,
                "the scores are divided by d/2; a root is **0.5, and Python reads **1/2 as the "
                "power 1, and that divided by 2",
            ),
            (
                lambda q, K, V: _softmax(K * q / len(q) ** 0.5) @ V,
                "K * q multiplies number by number; a score is the sum of such products, K @ q",
            ),
            (
                lambda q, K, V: _softmax(_scores(q, K)) * V,
                "with * each column of V is multiplied by one share; shares @ V is the mean",
            ),
            (
                lambda q, K, V: _received(q, K, V).mean(),
                "one number is left of the mean; it should be as long as a value",
            ),
            (lambda q, K, V: _received(q, K, V).round(2), ROUNDED),
            (lambda q, K, V: _received(q, K, V).round(3), ROUNDED),
            (lambda q, K, V: _received(q, K, V).round(4), ROUNDED),
        ],
        "a product with each key, divided by √d, softmax, and the mean of the values",
    )
    check_all_sizes(seen)
    return "Scores, shares, weighted mean: an attention layer does this at every place."


@contextmanager
def _explained():
    """Add a hint where the learner's code stops."""
    try:
        yield
    except AttributeError as problem:
        said = str(problem).rstrip(".")
        if "ndarray" not in said:
            raise
        hint = "It is tried with arrays of NumPy."
        if hasattr(np, problem.name):
            hint += f" Of such an array it is np.{problem.name}(…)."
        elif problem.name == "softmax":
            hint += " softmax(…) is a function, for a Tensor: Tensor(…) makes one of an array."
        raise Wrong(f"{code_stopped(problem)}. {hint}") from None
    except TypeError as problem:
        said = str(problem).rstrip(".")
        if "not a plain array" not in said and "Tensor" not in said and "Value" not in said:
            raise
        hint = "Arrays and Tensors do not mix everywhere: .data is the array in a Tensor."
        if "needs a Tensor" in said:
            hint = "Tensor(…) makes one of an array, and .data takes the array out again."
        raise Wrong(f"{code_stopped(problem)}. {hint}") from None
    except NameError as problem:
        if problem.name not in SIZES:
            raise
        raise Wrong(f"{code_stopped(problem)}. {SIZES[problem.name]}") from None
    except ValueError as problem:
        said = str(problem)
        if "out of bounds for array of dimension 1" in said:
            hint = "An array with one axis has no other axis than 0."
        elif said.startswith("matmul"):
            hint = "In A @ B, a row of A is as long as a column of B."
        else:
            raise
        raise Wrong(f"{code_stopped(problem)}. {hint}") from None


SIZES = {  # letters for sizes, as the page's text has them
    "d": "Here d is how many numbers the query has.",
    "T": "Here T is how many places there are, the length of scores.",
}


# The mask.

TABLES = [
    (np.array([[0.5, 2.0, -1.0], [1.0, -0.5, 3.0], [2.0, 0.25, 1.0]]),),
    (
        np.array(
            [
                [-1.0, 4.0, 0.0, 1.5],
                [0.5, 1.5, 2.0, -2.0],
                [3.0, 1.0, -0.5, 2.5],
                [0.0, 1.0, 2.0, 3],
            ]
        ),
    ),
    (np.array([[2.0, -3.0], [1.0, -0.5]]),),
    (np.array([[1.5]]),),
]


def _future(scores, k=1):
    return np.triu(np.ones(scores.shape, bool), k)


def _masked(scores, axis=1):
    with np.errstate(all="ignore"):
        return _softmax(np.where(_future(scores), -np.inf, scores), axis)


def _hiding(scores, hidden, axis=1):
    """Softmax along an axis, with a score of −inf where hidden; nan where all are."""
    with np.errstate(all="ignore"):
        e = np.exp(np.where(hidden, -np.inf, scores))
        return e / e.sum(axis=axis, keepdims=True)


@exercise("18.2")
def causal(function):
    with _explained(), np.errstate(all="ignore"):
        seen = Tried(TABLES, [_table_of(function, scores) for (scores,) in TABLES])
    for answer in seen.answers:
        _check_a_number(answer)
    compare_arrays(
        "the result",
        seen,
        _masked,
        [
            (
                lambda s: _softmax(s) * np.tri(len(s)),
                "the mask came after softmax: the future is still in the sum below the line, "
                "and the rows no longer add up to 1",
            ),
            (
                lambda s: _softmax(s * np.tri(len(s))),
                "a score of 0 is not hidden: e to the power of 0 is 1. Which score gives a "
                "share of 0?",
            ),
            (
                lambda s: _softmax(s + np.tri(len(s))),  # s + np.tri(len(s)) - 1 gives the same
                "the mask sets later places back by 1 only, so they are still seen; what has to be "
                "added for a share of 0?",
            ),
            (lambda s: _softmax(s), "nothing is hidden here: each place sees all places"),
            (
                lambda s: _softmax(s, 0),
                "nothing is hidden here, and the columns add up to 1; the rows should",
            ),
            (
                lambda s: _hiding(s, _future(s), 0),
                "now the columns add up to 1; the rows should: a row belongs to the place that "
                "asks",
            ),
            (
                lambda s: _softmax(s, 0) * np.tri(len(s)),
                "softmax went along the columns, and the mask came after it",
            ),
            (
                lambda s: _hiding(s, ~_future(s, 0)),
                "this hides the places before; hide those after",
            ),
            (
                lambda s: _softmax(s) * np.tri(len(s)).T,
                "this hides the places before, and that after softmax; hide those after the asking "
                "one, before softmax",
            ),
            (
                lambda s: _ratio(_masked_e(s), _masked_e(s).sum(axis=1)),
                "the sums of the rows have the shape (T,), so they meet the columns: "
                "they have to be a column",
            ),
            (
                lambda s: _ratio(_late(s), _late(s).sum(axis=1)),
                "the sums of the rows have the shape (T,), so they meet the columns: "
                "they have to be a column",
            ),
            (
                lambda s: _ratio(_late(s), _late(s).sum(axis=0)),
                "now the columns add up to 1; the rows should: a row belongs to the place that "
                "asks",
            ),
            (
                lambda s: np.where(_future(s), -np.inf, _softmax(s)),
                "−∞ came after softmax, so it stands among the shares; it belongs to the scores, "
                "before softmax",
            ),
            (
                lambda s: _hiding(s, _future(s, 2)),
                "the next place is still seen: the mask begins one place too late",
            ),
            (
                lambda s: _ratio(_masked_e(s), _masked_e(s).sum()),
                "all entries together add up to 1; each row should",
            ),
            (lambda s: _masked_e(s), "the exponentials are not divided by the sum of their row"),
            (
                lambda s: np.where(_future(s), -np.inf, s),
                "these are the masked scores; softmax along the rows follows",
            ),
            (lambda s: np.where(_future(s), -np.inf, 0.0), "this is the mask alone"),
            (
                lambda s: _ratio(s * np.tri(len(s)), (s * np.tri(len(s))).sum(1, keepdims=True)),
                "the exponentials are missing: scores divided by their sum are no shares",
            ),
            (
                lambda s: np.tri(len(s)) / np.tri(len(s)).sum(1, keepdims=True),
                "these are equal shares, whatever the scores say",
            ),
            (
                lambda s: _masked(s / len(s) ** 0.5),
                "the scores are to be taken as they are; they were divided by √T here",
            ),
            (lambda s: _masked(s).T, "rows and columns are exchanged"),
            (lambda s: _masked(s.T), "rows and columns are exchanged before the mask"),
            (lambda s: _masked(s).round(1), ROUNDED),
            (lambda s: _masked(s).round(2), ROUNDED),
            (lambda s: _masked(s).round(3), ROUNDED),
            (lambda s: _masked(s).round(4), ROUNDED),
        ],
        _still_seen(seen)
        or "places after the asking one have the share 0, and e to the scores of the others is "
        "divided by the sum of these",
    )
    return "Hidden before softmax, so the rest of each row adds up to 1."


def _masked_e(scores):
    return np.exp(np.where(_future(scores), -np.inf, scores))


def _late(scores):
    """Shares of all places, with 0 put in for the later ones."""
    return _softmax(scores) * np.tri(len(scores))


def _ratio(above, below):
    with np.errstate(all="ignore"):
        return above / below


def _table_of(function, scores):
    """What function gives for scores, where its mask may have the size of the page's."""
    try:
        return call(function, scores.copy())
    except ValueError as problem:
        said = str(problem).replace(", ", ",")
        sizes = {"3,3", "12,12"} - {f"{len(scores)},{len(scores)}"}
        if not any(size in said for size in sizes):
            raise
        raise Wrong(
            f"For scores of shape {scores.shape} your code stopped with {exception(problem)}. "
            "Does it use a mask of the page? Make one as large as the scores."
        ) from None


def _still_seen(seen):
    """A sentence on the largest share of a later place, where the rows add up to 1; else None."""
    for (scores,), answer in zip(seen.points, seen.answers):
        table = as_array(answer)
        if table.shape != scores.shape or not np.allclose(table.sum(axis=1), 1):
            return None
        later = table[_future(scores)]
        if later.size and later.max() > 1e-6:
            return (
                f"a later place still has a share of {number_in_words(later.max(), 2)} here; "
                "which score gives a share of 0?"
            )
    return None


def _check_a_number(answer):
    array = as_array(answer)
    if not np.isnan(array).any():
        return
    if array.ndim == 2 and np.isnan(array[:1]).all() and not np.isnan(array[1:]).any():
        why = "place 0 sees nothing at all here. May a place not see itself?"
    elif array.ndim == 2 and np.isnan(array[-1:]).all() and not np.isnan(array[:-1]).any():
        why = "the last place sees nothing at all here. Which places come after the one that asks?"
    else:
        why = (
            "0 times infinity is no number, and neither is infinity minus infinity or 0 divided "
            "by 0. np.where chooses, and does not multiply."
        )
    raise Wrong(f"Your result holds nan: {why}")


# Counting.


@exercise("18.3")
def counted(scores, parameters, parameters_one_head):
    scores, parameters, parameters_one_head = [
        _with_thousands(part) for part in (scores, parameters, parameters_one_head)
    ]
    decide(
        "The number of scores",
        scores,
        300,
        {
            100: "this is one head; there are three",
            165: "the mask hides scores after they are computed; all of them are asked for",
            55: "this is one head, and the mask hides scores after they are computed",
            135: "each place has a score for itself, too; and hidden ones count",
            270: "each place has a score for itself, too",
            30: "every place asks every place, not only one",
            900: "each head has a table of its own, 10 by 10; "
            "the places of different heads do not meet",
            2400: "each score is a sum of 8 products; count the scores, not the products",
            7200: "each score is a sum of products; the scores are counted here, not the products",
            240: "this is how many numbers the text has; every place meets every place",
            1728: "a score stands for two places, whatever the size of a row is",
            5760: "a score stands for two places, whatever the size of a row is",
            576: "24 by 24 is the shape of a matrix of parameters; a score is for two places",
        },
        otherwise="each head has a table with a row and a column for each place",
    )
    decide(
        "The number of parameters",
        parameters,
        2400,
        {
            2304: "the biases are missing",
            1800: "query, key and value are counted, and out is missing",
            1728: "out is missing, and so are the biases",
            600: "this is one of the four layers",
            576: "this is one matrix without its biases; there are four layers",
            7200: "the heads divide the 24 numbers among themselves; they do not multiply them",
            6912: "the heads divide the 24 numbers among themselves; they do not multiply them; "
            "and the biases are missing",
            800: "this is a third of it: each head has 8 of the 24 columns of each matrix",
            768: "this is a third of it, without biases",
            5400: "query, key and value do not exist once for each head; "
            "the heads divide them, and out is missing",
            6000: "query, key and value do not exist once for each head; the heads divide them",
            2424: "these are 24 too many: how many layers have biases?",
            2328: "each of the four layers has 24 biases",
            2376: "each of the four layers has 24 biases, out too",
        },
        otherwise="four layers, each from 24 numbers to 24, with a bias for each output",
    )
    if plain_word(parameters_one_head) in AS_MANY:
        parameters_one_head = parameters
    if plain_word(parameters_one_head) in ("more", "fewer", "less"):
        raise Wrong(
            "With one head: a number is asked for, and no word such as "
            f"{plain_word(parameters_one_head)}. "
            "Which shape of a parameter would change with the number of heads?"
        )
    decide(
        "With one head the number",
        parameters_one_head,
        2400,
        {
            800: "one head has all 24 numbers then, and not a third of them",
            7200: "one head is not more than three: they divide the 24 numbers",
            2304: "the biases are missing",
            600: "there are four layers, whatever the number of heads",
            1800: "out stays, also with one head",
            768: "one head has all 24 numbers then, and not a third of them",
        },
        otherwise="which shape of a parameter would change with the number of heads?",
    )
    number(parameters_one_head)
    return "The heads share the numbers out; they cost no parameters, and a table of scores each."


AS_MANY = {
    "same",
    "the same",
    "same number",
    "the same number",
    "equal",
    "unchanged",
    "as many",
    "no difference",
}


def _with_thousands(answer):
    """A text such as "2,400" as "2400"; Wrong for (2, 400), which is what 2,400 means to Python."""
    if isinstance(answer, str) and re.fullmatch(r"\d{1,3}(,\d{3})+", answer.strip()):
        return answer.replace(",", "")
    if isinstance(answer, tuple) and len(answer) == 2 and all(isinstance(n, int) for n in answer):
        raise Wrong(
            f"In Python {answer[0]},{answer[1]} is two numbers: "
            "thousands are written without a comma."
        )
    return answer
