"""Lesson 07, neurons, layers, networks."""

import math

from .. import words
from ._check import Wrong, choose, compare, decide, exercise, number, numbers, pairs, suggest


@exercise("07.a")
def linear_stack(answer):
    return choose(
        answer,
        "line",
        {
            "line": "Equal steps of −1.5 make a straight line: -0.5*(3x - 2) + 4 = -1.5x + 5.",
            "parabola": "A parabola needs x times x. Here x is only ever multiplied by numbers: "
            "from row to row the result changes by the same −1.5.",
            "corner": "A corner needs something that behaves differently on its two sides, such "
            "as relu. Both functions here do the same everywhere.",
        },
    )


@exercise("07.b")
def double_all(answer):
    return choose(
        answer,
        "stays",
        {
            "stays": "Where z is 0, twice z is 0 too: same line. Away from it z doubles, "
            "so the neuron is surer.",
            "shifts": "Doubling b alone would shift it. But w1 and w2 grow by the same factor, "
            "and where w1*x1 + w2*x2 + b is 0, twice that is 0 too.",
            "turns": "The line turns when the proportion of the weights changes. Here both are "
            "doubled: their ratio stays, and so does the direction.",
        },
    )


@exercise("07.c")
def hidden_layers(answer):
    return choose(
        answer,
        "3",
        {
            "2": "You may have counted layers of the same size as one, or taken the 2 in front, "
            "which is the number of inputs. Each entry of the list is a layer of its own.",
            "3": "Four layers of neurons, the last of which is the output layer: three are hidden.",
            "4": "The list names four layers of neurons, but the last of them is the output "
            "layer, which is not hidden.",
            "5": "Inputs and output layer are not hidden: count only what stands between them.",
        },
        also={"two": "2", "three": "3", "four": "4", "five": "5"},
    )


@exercise("07.1")
def weighted_sum(function):
    points = (
        ([-3.0, 1.0], [2.0, 0.5], 6.0),
        ([0.5, -1.0, 2.0], [4.0, 3.0, -1.5], -0.25),
        ([2.0], [-1.0], 0.75),
    )
    with suggest("w and x are lists: go through them in pairs, with zip."):
        seen = numbers(function, points)
    compare(
        "For w = {0}, x = {1}, b = {2} the sum is {wanted}, and yours is {seen}",
        points,
        seen,
        _plain_sum,
        [
            (lambda w, x, b: _plain_sum(w, x, 0), "the bias is missing"),
            (lambda w, x, b: _plain_sum(w, x, 0) * b, "the bias is added, not multiplied"),
            (
                lambda w, x, b: _plain_sum(w, x, b * len(w)),
                "the bias belongs to the neuron, not to each input: add it once",
            ),
            (lambda w, x, b: sum(w) + sum(x) + b, "a weight multiplies its input"),
            (
                lambda w, x, b: sum(w) + sum(x),
                "a weight multiplies its input, and the bias is missing",
            ),
            (
                lambda w, x, b: sum(w) * sum(x) + b,
                "multiply pair by pair, then add: the product of the two sums is another thing",
            ),
            (
                lambda w, x, b: w[0] * x[0] + b,
                "only the first input is in it; perhaps the return stands inside the loop",
            ),
            (lambda w, x, b: _plain_sum(w, x, -b), "the bias is added, not taken away"),
            (
                lambda w, x, b: math.tanh(_plain_sum(w, x, b)),
                "this is the activation's output; asked for is the sum before it",
            ),
        ],
        "write down each product w_i * x_i, add them, then add b",
    )
    return "Each input times its weight, and the bias once."


@exercise("07.2")
def count_parameters(function):
    points = ((3, [4, 4, 1]), (2, [16, 16, 1]), (5, [3]), (1, [2, 6, 4, 3]))
    compare(
        "MLP({0}, {1}) has {wanted} parameters, and you count {seen}",
        points,
        numbers(function, points),
        _over_layers(lambda n, nout: nout * (n + 1)),
        [
            (
                _over_layers(lambda n, nout: nout * n),
                "these are the weights alone; each neuron has a bias too",
            ),
            (
                _over_layers(lambda n, nout: nout * n + 1),
                "there is one bias for each neuron, not one for each layer",
            ),
            (
                lambda nin, nouts: sum(nouts) * (nin + 1),
                "only the first layer sees the inputs; each other layer sees the one before it",
            ),
            (lambda nin, nouts: sum(nouts), "this is the number of neurons"),
            (lambda nin, nouts: nin + sum(nouts), "this is the number of circles in the picture"),
            (
                _over_layers(lambda n, nout: (n + 1) * (nout + 1)),
                "the bias adds one to the inputs of each neuron, not to the neurons",
            ),
            (
                lambda nin, nouts: nouts[0] * (nin + 1),
                "this is the first layer alone; perhaps the return stands inside the loop",
            ),
            (
                lambda nin, nouts: nouts[-1] * ([nin, *nouts][-2] + 1),
                "this is the last layer alone: add the layers up",
            ),
        ],
        "each neuron has one weight for each of its inputs, and one bias",
        1e-9,
    )
    return "A layer has (inputs + 1) numbers for each of its neurons; MLP(2, [16, 16, 1]) has 337."


def _over_layers(count):
    """The function of a network's sizes that adds up count(inputs, outputs) of each layer."""

    def total(nin, nouts):
        inputs = [nin, *nouts[:-1]]
        return sum(count(n, nout) for n, nout in zip(inputs, nouts))

    return total


@exercise("07.3")
def count_values(answer):
    mistakes = {
        13: "these are the parameters alone; inputs and the results of operations are values too",
        15: "inputs and parameters are there; each product, "
        "each sum and each tanh makes a value too",
        22: "these are the values that operations make; inputs and parameters are missing",
        35: "the two inputs are missing",
        33: "four are missing: the tanh of each neuron makes a value too",
        41: "so many there are where the inputs are plain numbers, because then each neuron makes "
        "Values of its own from them; here the two inputs are Values that all three neurons share",
        24: "the parameters are missing",
        117: "this is the larger network from above; count this one in the same way",
        36: "one is missing; perhaps you started the sum with the first product: ours starts with "
        "b, so a neuron with n inputs makes n sums",
        4: "these are the neurons; each of them is an expression of several values",
    }
    return decide(
        "The number of values",
        answer,
        37,
        mistakes,
        "2 inputs, 13 parameters, and 3*5 + 7 = 22 values from operations: 37.",
        tolerance=1e-9,
        otherwise="add up inputs, parameters, and 2n + 1 for each neuron with n inputs",
    )


@exercise("07.4")
def collapse(function):
    def weight(w1, b1, w2, b2):
        return w2 * w1

    def bias(w1, b1, w2, b2):
        return w2 * b1 + b2

    points = ((3.0, -2.0, -0.5, 4.0), (2.0, 1.5, 0.25, -1.0), (-1.0, 0.5, -2.0, 0.0))
    weights, biases = pairs(function, points, "the weight and the bias", weight, bias)
    compare(
        "For w1 = {0}, b1 = {1}, w2 = {2}, b2 = {3} the weight is {wanted}, and yours is {seen}",
        points,
        weights,
        weight,
        [
            (
                lambda w1, b1, w2, b2: w1 + w2,
                "the second neuron multiplies what the first one gives, so the weights multiply",
            ),
        ],
        "put w1*x + b1 in place of h, and collect what stands before x",
    )
    compare(
        "For w1 = {0}, b1 = {1}, w2 = {2}, b2 = {3} the bias is {wanted}, and yours is {seen}",
        points,
        biases,
        bias,
        [
            (
                lambda w1, b1, w2, b2: b1 + b2,
                "the second neuron multiplies all of h by w2, also the bias b1",
            ),
            (
                lambda w1, b1, w2, b2: b2,
                "b1 is lost: it goes through the second neuron like the rest of h",
            ),
            (
                lambda w1, b1, w2, b2: w1 * b1 + b2,
                "b1 is multiplied by the weight that comes after it, w2",
            ),
            (lambda w1, b1, w2, b2: w1 * b2 + b1, "the order of the two neurons is turned round"),
            (lambda w1, b1, w2, b2: w2 * (b1 + b2), "b2 is added after the multiplication by w2"),
            (lambda w1, b1, w2, b2: b1 * b2, "the biases do not meet in a product"),
        ],
        "put x = 0 in: what comes out is the bias",
    )
    return (
        "Weights multiply, and the first bias goes through the second weight. "
        "Two linear neurons are one."
    )


# Why a sum has the wrong sign, by how many of the two inputs are 1.
WRONG_SIGNS = (
    "With both inputs 0 the sum is the bias, so the bias must be negative",
    "One weight alone already beats the bias; only both together should",
    "The bias pulls down by more than both weights together lift",
)


@exercise("07.5")
def both(w1, w2, b):
    w1 = number(w1)
    w2 = number(w2)
    b = number(b)
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        z = w1 * x1 + w2 * x2 + b
        if z == 0:
            raise Wrong(
                f"At ({x1}, {x2}) the sum is exactly 0: the line runs through this point. "
                "Move b a little."
            )
        is_one_wanted = x1 == 1 and x2 == 1
        wanted = "positive" if is_one_wanted else "negative"
        is_right = z > 0 if is_one_wanted else z < 0
        if not is_right:
            why = WRONG_SIGNS[x1 + x2]
            raise Wrong(
                f"At ({x1}, {x2}) the sum is {words.number(z)}, and should be {wanted}. {why}."
            )
    return "Neither weight beats the bias alone, and both together do: in logic this is called and."


def _plain_sum(w, x, b):
    return sum(wi * xi for wi, xi in zip(w, x)) + b
