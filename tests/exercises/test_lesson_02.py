"""The exercises of lesson 02: right answers pass, and wrong ones are told why."""

import math

import numpy as np

from micrograd_lesson import Value
from tests.exercises.answers import check_tables


def down(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad


def down_with_result(leaves, rate):
    for leaf in leaves:
        leaf.data = leaf.data - leaf.grad * rate
    return leaves


def up(leaves, rate):
    for leaf in leaves:
        leaf.data += rate * leaf.grad


def no_rate(leaves, rate):
    for leaf in leaves:
        leaf.data -= leaf.grad


def sign_only(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * math.copysign(1, leaf.grad)


def replaced(leaves, rate):
    for leaf in leaves:
        leaf.data = -rate * leaf.grad


def grad_moved(leaves, rate):
    for leaf in leaves:
        leaf.grad -= rate * leaf.grad


def names_only(leaves, rate):
    for leaf in leaves:
        leaf = leaf.data - rate * leaf.grad


def holds_leaves(leaves, rate):
    for leaf in leaves:
        leaf.data = leaf - rate * leaf.grad


def grad_lost(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad
        leaf.grad = leaf * 1


def cleared_first(leaves, rate):
    for leaf in leaves:
        leaf.grad = 0.0
        leaf.data -= rate * leaf.grad


def cleared_last(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad
        leaf.grad = 0.0


def only_documented(leaves, rate):
    """Move every leaf."""
    ...


def first_only(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad
        return


def by_position(leaves, rate):
    for i in range(len(leaves)):
        leaves[i].data += -rate * leaves[i].grad


def by_a_hundredth(leaves, rate):
    for leaf in leaves:
        leaf.data -= 0.01 * leaf.grad


def up_by_a_hundredth(leaves, rate):
    for leaf in leaves:
        leaf.data += 0.01 * leaf.grad


def whole_list(leaves, rate):
    leaves.data -= rate * leaves.grad


def of_the_page(leaves, rate):
    for leaf in [Value(2.0), Value(3.0)]:
        leaf.data -= rate * leaf.grad


def three_leaves(leaves, rate):
    for i in range(3):
        leaves[i].data -= rate * leaves[i].grad


def misspelt(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.gradient


def with_a_caret(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad ^ 1


def twice_as_far(leaves, rate):
    for leaf in leaves:
        leaf.data -= 2 * rate * leaf.grad


def last_only(leaves, rate):
    for leaf in leaves:
        step = rate * leaf.grad
    leaf.data -= step


def swap(x, y, grad):
    return y * grad, x * grad


def same(x, y, grad):
    return grad, grad


def right_plus(x, y, grad):
    return grad, grad


def right_times(x, y, grad):
    return y * grad, x * grad


def over_places(leaves, rate):
    for leaf in range(len(leaves)):
        leaf.data -= rate * leaf.grad


def leaves_as_places(leaves, rate):
    for leaf in leaves:
        leaves[leaf].data -= rate * leaves[leaf].grad


def bare_grad(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * grad  # noqa: F821


def empties_the_list(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad
    leaves.clear()


def with_while(leaves, rate):
    i = 0
    while i < len(leaves):
        leaves[i].data = -rate * leaves[i].grad + leaves[i].data
        i += 1


def from_the_end(leaves, rate):
    for leaf in reversed(leaves):
        leaf.data -= rate * leaf.grad


def divided(leaves, rate):
    for leaf in leaves:
        leaf.data -= leaf.grad / rate


def rate_added(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate + leaf.grad


def times_data(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad * leaf.data


def squared(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad**2


def other_way_round(leaves, rate):
    for leaf in leaves:
        leaf.data = rate * leaf.grad - leaf.data


def only_positive(leaves, rate):
    for leaf in leaves:
        if leaf.grad > 0:
            leaf.data -= rate * leaf.grad


def from_the_second(leaves, rate):
    for i in range(1, len(leaves)):
        leaves[i].data -= rate * leaves[i].grad


def without_the_last(leaves, rate):
    for i in range(len(leaves) - 1):
        leaves[i].data -= rate * leaves[i].grad


def called(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.grad()


def as_text_in_data(leaves, rate):
    for leaf in leaves:
        leaf.data = str(leaf.data - rate * leaf.grad)


def four_leaves(leaves, rate):
    a, b, c, f = leaves
    a.data -= rate * a.grad


def rate_alone(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate


def replaced_without_minus(leaves, rate):
    for leaf in leaves:
        leaf.data = rate * leaf.grad


def by_data(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * leaf.data


def without_sign(leaves, rate):
    for leaf in leaves:
        leaf.data -= rate * abs(leaf.grad)


RIGHT = [
    ("02.a", "f = -2"),
    ("02.a", "-2 times"),
    ("02.a", "minus 2"),
    ("02.a", "- 2"),
    ("02.b", "It rises!"),
    ("02.a", -2),
    ("02.a", -2.0),
    ("02.a", "-2"),
    ("02.a", "f"),
    ("02.a", Value(-2.0)),
    ("02.b", "rises"),
    ("02.b", " Rises"),
    ("02.1", 0.5, 2, -1, -5),
    ("02.1", 0.5, 2.0, Value(-1.0), np.float32(-5)),
    ("02.2", same, swap),
    ("02.2", lambda x, y, grad: [grad * 1, grad * 1], lambda x, y, grad: [grad * y, grad * x]),
    ("02.3", down),
    ("02.3", down_with_result),
    ("02.3", cleared_last),
    ("02.a", "−2"),
    ("02.a", "f.data"),
    ("02.a", np.int64(-2)),
    ("02.a", np.array(-2.0)),
    ("02.b", "up"),
    ("02.b", "RISES"),
    ("02.1", "0.5", "2", "−1", "−5"),
    ("02.1", np.array(0.5), np.int64(2), -1, -5),
    ("02.2", lambda x, y, grad: (grad, grad), lambda x, y, grad: np.array([y * grad, x * grad])),
    ("02.3", by_position),
    ("02.a", "-2 times as far"),
    ("02.a", "-2h"),
    ("02.a", "the data of f"),
    ("02.a", "minus two"),
    ("02.a", "negative 2"),
    ("02.b", "becomes less negative"),
    ("02.b", "moves up"),
    ("02.b", "raised"),
    ("02.1", "1/2", 2, -1, -5),
    ("02.1", "p = 0.5", "q = 2", "r = −1", "s = −5."),
    ("02.2", lambda a, b, c: [c] * 2, lambda a, b, c: (b * c, a * c)),
    ("02.3", with_while),
    ("02.3", from_the_end),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("02.a", 4, "other factor"),
    ("02.a", "d", "other factor"),
    ("02.a", -8, "how fast"),
    ("02.a", 2, "negative"),
    ("02.a", "falls", "choices"),
    ("02.b", "falls", "b goes down"),
    ("02.b", "stays", "cancel"),
    ("02.b", "-7", "choices"),
    ("02.1", 0.5, -1, 2, -5, "swapped"),
    ("02.1", 1, 2, -1, -5, "local derivative of the plus"),
    ("02.1", 0.5, 4, -2, -5, "arrives from u"),
    ("02.1", 0.5, 0.5, 0.5, -5, "multiplies it by r"),
    ("02.1", 0.5, 2, -1, 0.5, "own data"),
    ("02.1", 0.5, 2, -1, -8, "that is u"),
    ("02.1", -5, -20, 10, -5, "stands behind v"),
    ("02.1", 0.5, 2, 7, -5, "start with 1"),
    ("02.1", 0.5, 2, "r", -5, "number is wanted"),
    ("02.2", lambda x, y, grad: (1, 1), swap, "local derivatives"),
    ("02.2", lambda x, y, grad: (grad / 2, grad / 2), swap, "shared out"),
    ("02.2", swap, swap, "rule of times"),
    ("02.2", lambda x, y, grad: grad, swap, "Two numbers"),
    ("02.2", same, lambda x, y, grad: (x * grad, y * grad), "not swapped"),
    ("02.2", same, lambda x, y, grad: (y, x), "local derivatives"),
    ("02.2", same, same, "rule of plus"),
    ("02.2", same, lambda x, y, grad: (y + grad, x + grad), "multiplied"),
    ("02.2", same, lambda x, y, grad: (1, 1), "multiply each"),
    ("02.2", same, lambda x, y, grad: print(x), "return missing"),
    ("02.2", same, lambda x, y, grad: (y * grad, None), "number is wanted"),
    ("02.2", (1, 1), swap, "function"),
    ("02.3", up, "against it"),
    ("02.3", no_rate, "rate is missing"),
    ("02.3", sign_only, "size"),
    ("02.3", replaced, "in the place of the leaf"),
    ("02.3", grad_moved, "goes into leaf.data"),
    ("02.3", grad_lost, "gradients have changed"),
    ("02.3", holds_leaves, "not with leaf itself"),
    ("02.3", names_only, "No leaf has moved"),
    ("02.3", first_only, "only the first"),
    ("02.3", cleared_first, "cleared before"),
    ("02.3", 0.1, "function"),
    ("02.a", "2", "size is right"),
    ("02.a", "d.data", "other factor"),
    ("02.b", "down", "b goes down"),
    ("02.b", "unchanged", "cancel"),
    ("02.1", 0.5, 2, -1, 11, "negative"),
    ("02.1", 0.5, 2, -1, 5, "size is right"),
    ("02.1", 0.5, -1, 3, -5, "own"),
    ("02.1", 0.5, 2, 2, -5, "not its own"),
    ("02.2", same, lambda x, y, grad: (y.data * grad, x.data * grad), "plain numbers"),
    ("02.2", same, lambda x, y, grad: (y * out.grad, x * out.grad), "what arrives"),  # noqa: F821
    ("02.2", same, lambda x, y, grad: (x * y * grad, x * y * grad), "own data"),
    ("02.2", same, lambda x, y, grad: (y + grad, x + grad), "not added"),
    ("02.2", same, lambda x, y, grad: (-y * grad, -x * grad), "sign"),
    ("02.2", lambda x, y, grad: (x + grad, y + grad), swap, "nothing is added"),
    ("02.2", same, lambda x, y, grad: {y * grad, x * grad}, "Two numbers"),
    ("02.3", by_a_hundredth, "0.01"),
    ("02.3", up_by_a_hundredth, "0.01"),
    ("02.3", whole_list, "in turn"),
    ("02.3", three_leaves, "any length"),
    ("02.3", misspelt, "'Value' object has no attribute 'gradient'"),
    ("02.3", with_a_caret, "two stars"),
    ("02.3", over_places, "list[i]"),
    ("02.3", leaves_as_places, "itself, and not its place"),
    ("02.3", bare_grad, "a dot, and grad"),
    ("02.3", empties_the_list, "list itself has changed"),
    ("02.a", 8, "'8' is not one of the choices"),
    ("02.1", 3, 2, -1, -5, "p's own data"),
    ("02.1", 0.5, -2, -1, -5, "q's own data"),
    ("02.1", 0.5, 2, 1, -5, "sign of its partner"),
    ("02.1", 0.5, 2, -1, 8, "without its sign"),
    ("02.2", lambda x, y, grad: (x, y), right_times, "do not matter to a plus"),
    ("02.2", lambda x, y, grad: (2 * grad, 2 * grad), right_times, "gets it once"),
    ("02.2", lambda x, y, grad: (grad, 1), right_times, "the gradient of x is right"),
    ("02.2", right_plus, lambda x, y, grad: (x, y), "themselves"),
    ("02.2", right_plus, lambda x, y, grad: (grad, x * grad), "the gradient of y is right"),
    ("02.3", twice_as_far, "compare it with"),
    ("02.3", of_the_page, "No leaf has moved"),
    ("02.3", last_only, "only the last"),
    ("02.a", "two", "choices"),
    ("02.a", "2 times as far", "size is right"),
    ("02.a", "dL/dd", "'dL/dd' is not"),
    ("02.a", "4 or -2", "choices"),
    ("02.b", "becomes more negative", "b goes down"),
    ("02.1", 0.5, 2, -1, -24, "their sum"),
    ("02.1", 0.5, 2, -1, 3, "p's own data"),
    ("02.1", 1.5, 2, -1, -5, "passes on what arrives"),
    ("02.1", -2.5, 2, -1, -5, "that is y"),
    ("02.2", same, lambda x, y, grad: (x * y, x * y), "the product itself"),
    ("02.2", same, lambda x, y, grad: (2 * y * grad, 2 * x * grad), "twice too much"),
    ("02.2", same, lambda x, y, grad: ((x + y) * grad, (x + y) * grad), "not added"),
    ("02.2", same, lambda x, y, grad: (abs(y) * grad, abs(x) * grad), "sign of the data"),
    ("02.2", lambda x, y, grad: (0.5, 0.5), swap, "same two numbers everywhere"),
    ("02.3", divided, "divided by the rate"),
    ("02.3", rate_added, "is added to"),
    ("02.3", times_data, "no part of it"),
    ("02.3", squared, "squared"),
    ("02.3", other_way_round, "changed places"),
    ("02.3", only_positive, "only where the gradient is positive"),
    ("02.3", from_the_second, "first has not moved"),
    ("02.3", without_the_last, "last has not moved"),
    ("02.3", called, "no brackets"),
    ("02.3", as_text_in_data, "holds str"),
    ("02.3", four_leaves, "any length"),
    ("02.1", 0.5, 2, -1, -2.5, "that is y; s"),
    ("02.1", 0.5, 2, -1, 1, "1 is the gradient of y"),
    ("02.1", 0.5, 2, -1, -11, "not −3"),
    ("02.1", 0.5, 2, -1, -1.25, "y times s"),
    ("02.1", -0.5, 2, -1, -5, "turns it on this way"),
    ("02.1", 0.25, 2, -1, -5, "counts once"),
    ("02.1", 2, 0.5, -1, -5, "that is the gradient of q"),
    ("02.1", 0.5, 8, -1, -5, "multiplied by what"),
    ("02.1", 0.5, -20, -1, -5, "4 × −5"),
    ("02.1", 0.5, 2, -2, -5, "local derivative, q"),
    ("02.1", 0.5, 2, 0.5, -5, "multiplies it by q"),
    ("02.1", 0.5, 2, 4, -5, "r's own data"),
    ("02.1", 0.5, 2, 10, -5, "−2 × −5"),
    ("02.2", lambda x, y, grad: (-grad, -grad), swap, "sign at a plus"),
    ("02.3", rate_alone, "the gradient is missing"),
    ("02.3", replaced_without_minus, "subtract it from what was there"),
    ("02.3", by_data, "not the leaf itself"),
    ("02.3", without_sign, "sign of the gradient is lost"),
]

WAITING = [
    ("02.1", 0.5, 2, ..., -5),
    ("02.2", same, lambda x, y, grad: ...),
    ("02.2", same, lambda x, y, grad: (y * grad, ...)),
    ("02.3", lambda leaves, rate: ...),
    ("02.3", only_documented),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)
