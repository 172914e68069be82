"""Lesson 17, the next letter."""

import math
import re
from numbers import Real

import numpy as np

from ._arrays import compare_arrays, tried
from ._check import (
    NotYet,
    Wrong,
    call,
    choose,
    decide,
    described,
    exercise,
    plain_word,
    suggest,
)
from ._slips import code_stopped


@exercise("17.a")
def last_letter(answer):
    letter = re.sub("^((it is|the|an?|letter) )+", "", plain_word(answer))
    if letter == "a":
        return "About a third of these names end in a, and more than a fifth in e."
    if len(letter) != 1 or not "a" <= letter <= "z":
        raise Wrong('A single letter is wanted, such as "x".')
    women = "Four in five names of this list are women's names: how do those end most often?"
    hints = {
        "e": f"Many do, and only one letter ends more. {women}",
        "n": f"Many names of men end so, and it comes third here. {women}",
        "y": f"It comes fourth. {women}",
        "s": f"So end many words of English, in the plural, but few names. {women}",
    }
    raise Wrong(hints.get(letter, women))


@exercise("17.b")
def never_counted(answer):
    return choose(
        _in_words(answer),
        "infinite",
        {
            "about 2.3": "Nearly every letter of the new names would give that. But the mean is "
            "over all of them: what is -log p for a pair that no training name has?",
            "about 3.3": "That is the loss of a model that knows nothing, and this one knows how "
            "often letters follow each other. Think of one rare pair: what p does it get?",
            "infinite": "One pair that was never counted has p = 0, and -log 0 is infinite.",
        },
        also={
            "2.3": "about 2.3",
            "2.34": "about 2.3",
            "2.35": "about 2.3",
            "2.4": "about 2.3",
            "3.3": "about 3.3",
            "3.30": "about 3.3",
            "inf": "infinite",
            "infinity": "infinite",
            "∞": "infinite",
            "+inf": "infinite",
            "infinitely large": "infinite",
            "it is infinite": "infinite",
        },
    )


def _in_words(answer):
    """A number near one of the two that are offered, as that choice."""
    try:
        number = float(answer) if isinstance(answer, (str, Real)) else None
    except ValueError:
        number = None
    if number is None:
        return answer
    if number == -math.inf:
        raise Wrong("The sign: log 0 is −∞, and the loss is minus a logarithm.")
    for near in (2.3, 3.3):
        if abs(number - near) < 0.15:
            return f"about {near}"
    return answer


@exercise("17.c")
def copies(answer):
    return choose(
        answer,
        "rises",
        {
            "falls": "A lower temperature makes likely letters likelier still. Does that lead away "
            "from what is common in the training names, or towards it?",
            "stays": "The scores stay, and the probabilities do not: at 0.5 likely letters get "
            "more of the probability. What does that do to unusual names?",
            "rises": "Likely letters become likelier, and so it keeps to what it has seen often.",
        },
        also={"more copies": "rises", "doubles": "rises", "fewer copies": "falls"},
    )


# 17.1


@exercise("17.1")
def examples_of_a_name(function):
    for name, length in (
        ("al", 2),
        ("emma", 3),
        ("jo", 1),
        ("banana", 2),
        ("nana", 1),
        ("ed", 4),
        ("christopher", 3),
    ):
        answer = _called(function, name, length)
        _check_examples(name, length, _as_pairs(answer))
    return "One example for each letter, and one for the end."


def _called(function, name, length):
    """What the learner's function returns, with a hint where it stops."""
    try:
        with suggest("name is a text, such as 'al', and length is a whole number."):
            answer = call(function, name, length)
            return list(answer) if hasattr(answer, "__next__") else answer
    except IndexError as problem:
        raise Wrong(
            f"{code_stopped(problem)}. Does a loop go on behind the last letter of the text? "
            "A name of two letters gives three examples."
        ) from None


def _as_pairs(answer):
    """The learner's examples, as a list of pairs of texts."""
    if isinstance(answer, (set, frozenset, dict)):
        raise Wrong(
            f"A list is wanted, and this is a {type(answer).__name__}: "
            "it keeps of equal examples only one, and a name may have the same pair twice."
        )
    try:
        parts = list(answer)
        if any(part is ... for part in parts):
            raise NotYet
        if any(isinstance(part, (set, frozenset, dict)) for part in parts):
            raise Wrong(
                "The two parts of an example have an order, and in curly brackets they have none: "
                "write (context, letter)."
            )
        examples = [part if isinstance(part, str) else tuple(part) for part in parts]
    except TypeError:
        raise Wrong(
            f"A list of pairs (context, next letter) is wanted, and this is {described(answer)}."
        ) from None
    if any(part is ... for example in examples for part in example):
        raise NotYet
    for example in examples:
        _check_pair(example, examples)
    return examples


def _check_pair(example, examples):
    if len(examples) == 2 and not isinstance(example, str) and len(example) != 2:
        raise Wrong(
            "Two lists are here, as from `contexts`. Wanted is one list of pairs, "
            "(context, next letter)."
        )
    if isinstance(example, str) or len(example) != 2:
        raise Wrong(f"Each example is a pair (context, next letter), and one is {example!r:.60}.")
    context, letter = example
    if not isinstance(context, str) or not isinstance(letter, str):
        raise Wrong(
            'Context and letter are texts here, such as ("..", "a"), '
            f"and one example is {example!r:.60}."
        )


def _check_examples(name, length, seen):
    right = _examples(name, length)
    if seen == right:
        return
    known = [hint for slip, hint in SLIPS if seen == slip(name, length)]
    hint = known[0] if known else _difference(seen, right)
    raise Wrong(f"For {name!r} and {length}: {hint}")


def _examples(name, length, before=None, after="."):
    text = ("." * length if before is None else before) + name + after
    start = len(text) - len(name + after)
    return [(text[max(0, i - length) : i], text[i]) for i in range(start, len(text))]


def _with_itself(name, length):
    """The context ends with the letter that is to be predicted."""
    return [((context + letter)[-length:], letter) for context, letter in _examples(name, length)]


def _one_before(name, length):
    """The letter right before the one to be predicted is left out."""
    text = "." * (length + 1) + name + "."
    return [(text[i - length - 1 : i - 1], text[i]) for i in range(length + 1, len(text))]


def _backwards(name, length):
    return [(context[::-1], letter) for context, letter in _examples(name, length)]


def _with_one_more(name, length):
    """The context, and the letter that is to be predicted behind it."""
    return [(context + letter, letter) for context, letter in _examples(name, length)]


def _swapped(name, length):
    return [(letter, context) for context, letter in _examples(name, length)]


def _only_full(name, length):
    """Without points before the name: only where the context is full of letters."""
    return [example for example in _examples(name, length) if "." not in example[0]]


def _all_before(name, length):
    text = "." * length + name + "."
    return [(text[:i], text[i]) for i in range(length, len(text))]


def _one_point(name, length):
    return _examples(name, length, before=".")


def _points_behind(name, length):
    plain = _examples(name, length, before="")
    return [(context.ljust(length, "."), letter) for context, letter in plain]


END = "the name has an end, and that has to be predicted, too: the last letter is a point."
SHORT = "the contexts at the beginning are too short. Where there is no letter, a point stands."
SLIPS = (
    (lambda name, length: _examples(name, length, after=""), END),
    (lambda name, length: _examples(name, length, before="", after=""), f"{SHORT} And {END}"),
    (lambda name, length: _examples(name, length, before=""), SHORT),
    (
        _one_point,
        "one point before the name is not enough: each context has `length` letters or points.",
    ),
    (
        _with_itself,
        "each context ends with the very letter that is to be predicted, so the answer is among "
        "the inputs. It should end one letter earlier.",
    ),
    (
        lambda name, length: _with_itself(name, length)[:-1],
        "each context ends with the very letter that is to be predicted, so the answer is among "
        f"the inputs. And {END}",
    ),
    (
        _with_one_more,
        "each context holds the very letter that is to be predicted, as its last one. It should "
        "end one letter earlier.",
    ),
    (
        lambda name, length: _examples(name, length)[:1],
        "this is the first example alone: does the return stand inside the loop?",
    ),
    (
        lambda name, length: _examples(name, length)[1:],
        "the first letter of the name has to be predicted, too, from points alone.",
    ),
    (
        lambda name, length: _examples(name, length)[1:-1],
        "the first letter of the name has to be predicted, too, from points alone; "
        "and so has its end, the point.",
    ),
    (
        _only_full,
        "examples are missing at the beginning. There are as many as letters, and one for the end.",
    ),
    (
        _one_before,
        "each context ends one letter too early: the letter right before the predicted one "
        "belongs to it.",
    ),
    (_backwards, "the letters of a context stand backwards; they come as in the name."),
    (_swapped, "the two parts are swapped: first the context, then the letter."),
    (_all_before, "a context has `length` letters, the last ones, and not all that came before."),
    (_points_behind, "the points stand on the wrong side: they come before the first letter."),
)


def _difference(seen, right):
    if len(seen) != len(right):
        many = "example is" if len(right) == 1 else "examples are"
        return f"{len(right)} {many} wanted, and yours are {len(seen)}: {seen!r:.80}."
    for i, (wanted, got) in enumerate(zip(right, seen), 1):
        if wanted != got:
            return f"example {i} should be {wanted}, and yours is {got}."
    return "the examples differ."


# 17.2


@exercise("17.2")
def two_losses(first, second):
    log = math.log
    shared = {
        2: "this is in bits, by the logarithm to base 2; nats go by the natural one, np.log",
        3 * log(4): "this is the sum; there are three letters to predict, so divide by 3",
        -log(4): "the sign: a logarithm of a probability is negative, and the loss is minus it",
        log(4) / log(10): "this is the logarithm to base 10; nats go by the natural one, np.log",
        4: "this is e to the power of the loss; asked for is the loss itself",
        0.25: "this is a mean of probabilities; the loss is the mean of their -log",
        1 / 64: "this is the product of the three probabilities; take -log, and divide by 3",
        6: "this is the sum, and in bits",
    }
    decide(
        "The first loss",
        _without_nats(first),
        log(4),
        {
            -log((1 / 4 + 1 / 2 + 1 / 8) / 3): "this is -log of the mean probability; "
            "first take -log of each, then the mean",
            (log(4) + log(2)) / 2: "the end is missing: its 1/8 counts as well",
            (1 / 4 + 1 / 2 + 1 / 8) / 3: "this is the mean probability; take -log of each first",
            log(8): "this is the end alone, the sum of the other two, or the sum of all divided "
            "by 2; wanted is the mean over the three letters",
            log(2): "this is the o alone, and also the sum without the end, divided by 3; "
            "the mean is over the three letters",
            **shared,
        },
        tolerance=4.5e-3,
        otherwise="take -log of 1/4, of 1/2 and of 1/8, and then the mean of the three",
    )
    decide(
        "The second loss",
        _without_nats(second),
        log(4),
        {
            1.5 * log(4): "the sum is divided by 2. The end is predicted, too: three letters",
            **shared,
        },
        tolerance=4.5e-3,
        otherwise="take -log of 1/4 for each of the three letters, and then the mean",
    )
    return (
        "log 4 both times. The mean of logarithms asks for the geometric mean of the "
        "probabilities, and that is 1/4 for both: 1/4 · 1/2 · 1/8 = (1/4)³."
    )


def _without_nats(answer):
    return answer.casefold().replace("nats", "") if isinstance(answer, str) else answer


# 17.3


@exercise("17.3")
def gradient_of_a_table(function):
    rng = np.random.default_rng(0)
    points = []
    for picked, size, count in (
        ([2, 0, 2], 2, 4),
        ([1, 1, 1], 3, 2),
        ([0], 2, 1),
        ([3, 1, 0, 3, 1], 5, 7),
        ([0, 1, 2], 3, 3),
        ([5, 5, 0, 2, 2, 2], 1, 6),
    ):
        points.append((picked, rng.normal(size=(len(picked), size)).round(2), count))
    compare_arrays(
        "the gradient",
        _tried(function, points),
        _summed,
        [
            (
                _last,
                "a row that is picked several times has only one of its gradients here, the last "
                "one. In NumPy `table[picked] += G` does just that, without an error",
            ),
            (_first, "a row that is picked several times has only the first of its gradients"),
            (_mean, "a row that is picked several times gets the sum of its gradients, no mean"),
            (_times, "these are the numbers of picks; what arrives there, G, is missing"),
            (_too_short, "`count` says how many rows the table has; rows not picked get 0"),
            (
                _rows_of_g,
                "`count` says how many rows the table has; here it has as many as G",
            ),
            (
                _by_row,
                "G is read at the row numbers, and it stands in the order of the picks: "
                "row k of G belongs to row picked[k] of the table",
            ),
            (
                lambda p, G, n: G[p],
                "this picks rows out of G, as the forward pass does with the table. Backward, "
                "the rows of G go into the table",
            ),
            (_as_it_came, "this is G itself; row k of G belongs to row picked[k] of the table"),
            (
                _in_order,
                "row k of G was put into row k; it belongs to row picked[k] of the table",
            ),
            (
                lambda p, G, n: _summed(p[:1], G[:1], n),
                "only the first pick has arrived: does the return stand inside the loop?",
            ),
            (
                _in_whole_numbers,
                "your array holds whole numbers only; without int, np.zeros makes one of floats",
            ),
            (
                lambda p, G, n: _summed([(row - 1) % n for row in p], G, n),
                "each row of G has landed one row too high; rows are counted from 0, as the picks",
            ),
            (
                lambda p, G, n: _summed(p, G, n) + 1,
                "every number is 1 too large: a sum starts at 0",
            ),
            (lambda p, G, n: -_summed(p, G, n), "the sign: this is minus the gradient"),
            (
                lambda p, G, n: _summed(p, G, n).T,
                "rows and columns are swapped: the table has a row for each letter",
            ),
            (
                lambda p, G, n: np.tile(G.sum(axis=0), (n, 1)),
                "every row has the sum of all of G; each gets only what arrived at its own picks",
            ),
            (
                lambda p, G, n: _summed(p, G, n) / len(p),
                "this is divided by the number of picks; G has arrived there already, so it adds",
            ),
            (
                lambda p, G, n: np.repeat(_summed(p, G, n).sum(axis=1)[:, None], G.shape[1], 1),
                "the columns are added up; each number of a row has a gradient of its own",
            ),
        ],
        "row picked[k] of the table receives row k of G, and what a row receives adds up",
    )
    return "A row picked twice gets both, and one that is not picked gets 0."


def _tried(function, points):
    """The learner's function at points, with a hint where it stops."""
    try:
        with suggest(
            "picked is a list of whole numbers, G an array of floats, and count a whole number."
        ):
            return tried(function, points)
    except (ValueError, IndexError) as problem:
        hint = "The table has `count` rows, and as many columns as G."
        if "matmul" in str(problem):
            hint = "With one-hot rows the shapes tell what to multiply: which is transposed?"
        elif "used as indices" in str(problem):
            hint = "The row numbers stand in picked, and what is added stands in G."
        elif isinstance(problem, IndexError):
            hint += " Row k of G belongs to row picked[k] of the table."
        raise Wrong(f"{code_stopped(problem)}. {hint}") from None


def _summed(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    np.add.at(table, picked, G)
    return table


def _in_whole_numbers(picked, G, count):
    """Added up in an array of whole numbers, which cuts after each step."""
    table = np.zeros((count, G.shape[1]), int)
    for row, g in zip(picked, G):
        table[row] = table[row] + g
    return table


def _last(picked, G, count):
    table = np.zeros((count, G.shape[1]))
    table[picked] = G
    return table


def _first(picked, G, count):
    return _last(picked[::-1], G[::-1], count)


def _mean(picked, G, count):
    times = np.bincount(picked, minlength=count)
    return _summed(picked, G, count) / np.maximum(times, 1)[:, None]


def _times(picked, G, count):
    return _summed(picked, np.ones_like(G), count)


def _too_short(picked, G, count):
    return _summed(picked, G, max(picked) + 1)


def _rows_of_g(picked, G, count):
    return _summed(picked, G, len(G))


def _by_row(picked, G, count):
    return _summed(picked, G[picked], count)


def _as_it_came(picked, G, count):
    return G


def _in_order(picked, G, count):
    """Row k of G in row k, and zip(table, G) ends with the shorter of the two."""
    table = np.zeros((count, G.shape[1]))
    table[: len(G)] = G[:count]
    return table
