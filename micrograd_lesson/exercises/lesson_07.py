"""Lesson 07, neurons, layers, networks."""

import math

from .. import words
from ._check import Wrong, call, choose, close, compare, decide, exercise, number, numbers, pairs
from ._hints import never_uses, slips
from ._slips import code_stopped
from ._spoken import spoken


@exercise("07.a")
def double_all(answer):
    return choose(
        answer,
        "stays",
        {
            "shifts": "Doubling b alone would shift it. But w1 and w2 grow by the same factor. "
            "Take a point on the line: how large is z there now?",
            "turns": "The line turns when the proportion of the weights changes. Here both are "
            "doubled. How large is z now at a point of the old line?",
            "stays": "Where z is 0, twice z is 0 too: same line. Away from it z doubles, "
            "so the answer changes faster there.",
        },
        also={
            "stay": "stays",
            "stays the same": "stays",
            "stays where it is": "stays",
            "same": "stays",
            "the same": "stays",
            "unchanged": "stays",
            "nothing": "stays",
            "does not move": "stays",
            "doesn't move": "stays",
            "does not change": "stays",
            "shift": "shifts",
            "moves": "shifts",
            "turn": "turns",
            "rotates": "turns",
            "tilts": "turns",
            "steeper": "turns",
            "gets steeper": "turns",
            "translates": "shifts",
            "not at all": "stays",
        },
    )


@exercise("07.b")
def linear_stack(answer):
    return choose(
        answer,
        "line",
        {
            "corner": "A corner needs something that behaves differently on its two sides, such "
            "as relu. Both functions here do the same everywhere.",
            "line": "Each step of 1 to the right changes the result by the same −1.5.",
            "parabola": "A parabola needs x times x. Here x is only ever multiplied by numbers.",
        },
        also={
            "a line": "line",
            "straight line": "line",
            "a straight line": "line",
            "straight": "line",
            "linear": "line",
            "affine": "line",
            "two straight pieces": "corner",
            "straight lines": "line",
            "two straight lines": "corner",
            "two lines": "corner",
            "two pieces": "corner",
            "kink": "corner",
            "a kink": "corner",
            "bent": "corner",
            "a corner": "corner",
            "a parabola": "parabola",
            "quadratic": "parabola",
            "bend": "corner",
        },
    )


@exercise("07.c")
def hidden_layers(answer):
    return decide(
        "The number of hidden layers",
        spoken(answer, ("layers", "layer", "hidden")),
        3,
        {
            1: "each entry of the list is a layer of its own",
            2: "layers of the same size are layers of their own, "
            "and the 2 in front is the number of inputs",
            4: "the list names the layers of neurons, and the last one is the output layer, "
            "which is not hidden",
            5: "neither the inputs nor the output layer are hidden",
            0: "the layers between the inputs and the output layer are hidden",
            40: "these are the neurons in them; asked for is the number of layers",
        },
        "Four layers of neurons, the last of which is the output layer: three are hidden.",
        tolerance=1e-9,
        otherwise="go through the list: which of these layers stand between input and output?",
    )


@exercise("07.1")
def weighted_sum(function):
    points = (
        ([-3.0, 1.0], [2.0, 0.5], 6.0),
        ([0.5, -1.0, 2.0], [4.0, 3.0, -1.5], -0.25),
        ([2.0], [-1.0], 0.75),
    )
    with slips("w and x are lists: go through them in pairs, with zip.", LENGTHS):
        seen = numbers(function, points)
    never_uses(seen, "z")
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
                "multiply pair by pair: each weight has one input of its own",
            ),
            (
                lambda w, x, b: w[0] * x[0] + b,
                "only the first input is in it; perhaps the return stands inside the loop",
            ),
            (
                lambda w, x, b: b,
                "this is the bias alone: does each turn of the loop keep what it adds?",
            ),
            (lambda w, x, b: w[0] * x[0], "only the first product is in it, and no bias"),
            (
                lambda w, x, b: w[-1] * x[-1] + b,
                "only the last product is in it: each product is to be added to those before",
            ),
            (lambda w, x, b: w[-1] * x[-1], "only the last product is in it, and no bias"),
            (lambda w, x, b: _plain_sum(w, x, -b), "the bias is added, not taken away"),
            (lambda w, x, b: 2 * b - _plain_sum(w, x, b), "the products are added, not taken away"),
            (lambda w, x, b: math.prod([b, *w, *x]), "the products are to be added up"),
            (lambda w, x, b: math.prod([*w, *x]) + b, "the products are to be added up"),
            (
                lambda w, x, b: sum(w) * sum(x),
                "multiply pair by pair: each weight has one input of its own; "
                "and the bias is missing",
            ),
            (
                lambda w, x, b: abs(_plain_sum(w, x, b)),
                "the sign is lost where the sum is negative",
            ),
            (
                lambda w, x, b: _plain_sum(w, x[::-1], b),
                "the inputs are taken from the end: the first weight belongs to the first input",
            ),
            (lambda w, x, b: sum(w) + b, "the inputs are missing"),
            (
                lambda w, x, b: round(_plain_sum(w, x, b)),
                "the number looks rounded; give it with all its digits",
            ),
            (
                lambda w, x, b: _plain_sum(w, x, b) > 0,
                "this says whether the sum is positive; asked for is the sum",
            ),
            (lambda w, x, b: _plain_sum(w, x, b + 1), "one too much: does the sum start at 1?"),
            (
                lambda w, x, b: _plain_sum(w[1:], x[1:], b),
                "the first product is missing; Python counts the entries of a list from 0",
            ),
            (
                lambda w, x, b: _plain_sum(w[:-1], x[:-1], b),
                "the last product is missing; range(len(w)) already ends at the last entry",
            ),
            (
                lambda w, x, b: _plain_sum(w, x, b) / len(w),
                "this is the sum divided by the number of inputs",
            ),
            (
                lambda w, x, b: max(0.0, _plain_sum(w, x, b)),
                "this is relu's output; asked for is the sum before it",
            ),
            (
                lambda w, x, b: 1 / (1 + math.exp(-_plain_sum(w, x, b))),
                "this is the sigmoid's output; asked for is the sum before it",
            ),
            (
                lambda w, x, b: math.tanh(_plain_sum(w, x, b)),
                "this is the activation's output; asked for is the sum before it",
            ),
        ],
        "work these numbers out by hand, product by product, and see where yours parts from it",
    )
    return "Each input times its weight, and the bias once."


LENGTHS = (
    "The lists can have any length: they are tried with three entries and with one, too. "
    "Count them with len(w), or go through them with zip."
)


@exercise("07.2")
def count_parameters(function):
    points = ((3, [4, 4, 1]), (2, [16, 16, 1]), (5, [3]), (1, [2, 6, 4, 3]))
    in_a_loop = "nin is a number, and nouts a list: go through its sizes in a loop."
    with slips(in_a_loop, SIZES, SIZES):
        _not_the_parameters(function)
        seen = numbers(function, points)
    never_uses(seen, "ours")
    compare(
        "MLP({0}, {1}) has {wanted} parameters, and you count {seen}",
        points,
        seen,
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
                lambda nin, nouts: _weights(nin, nouts) + 1,
                "there is one bias for each neuron, not one for the network",
            ),
            (
                lambda nin, nouts: _weights(nin, nouts) + sum(nouts) + nin,
                "the inputs are no parameters; they have no bias either",
            ),
            (
                lambda nin, nouts: sum(nouts) * (nin + 1),
                "only the first layer sees the inputs; each other layer sees the one before it",
            ),
            (
                lambda nin, nouts: sum(nouts) * nin,
                "only the first layer sees the inputs; and the biases are missing",
            ),
            (
                lambda nin, nouts: sum(n * (nouts[i - 1] + 1) for i, n in enumerate(nouts)),
                "the inputs of the first layer are the network's, nin",
            ),
            (lambda nin, nouts: sum(nouts), "this is the number of neurons"),
            (lambda nin, nouts: nin + sum(nouts), "this is the number of circles in the picture"),
            (lambda nin, nouts: len(nouts), "this is the number of layers"),
            (
                lambda nin, nouts: _all_parameters(nin, nouts[:-1]),
                "the last layer is missing; its neurons have weights and biases too",
            ),
            (
                lambda nin, nouts: _all_parameters(nouts[0], nouts[1:]),
                "the first layer is missing; its neurons see the nin inputs",
            ),
            (
                lambda nin, nouts: math.prod([nin, *nouts]),
                "the layers' numbers are added up, not multiplied",
            ),
            (
                _over_layers(lambda n, nout: (n + 1) * (nout + 1)),
                "the bias adds one to the inputs of each neuron, not to the neurons",
            ),
            (
                _over_layers(lambda n, nout: n * nout + n),
                "a bias belongs to a neuron, and not to an input",
            ),
            (
                lambda nin, nouts: sum(n * (n + 1) for n in nouts),
                "the inputs of a layer are the neurons of the layer before it, not its own",
            ),
            (
                _over_layers(lambda n, nout: n + 1),
                "this is one neuron for each layer: how many has it?",
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
        "count one neuron of each layer first: what does it multiply, and what does it add?",
        1e-9,
    )
    return "A layer has (inputs + 1) numbers for each of its neurons; MLP(2, [16, 16, 1]) has 337."


SIZES = "nouts can have any length: it is tried with one layer, with three and with four."


def _over_layers(count):
    """The function of a network's sizes that adds up count(inputs, outputs) of each layer."""

    def total(nin, nouts):
        inputs = [nin, *nouts[:-1]]
        return sum(count(n, nout) for n, nout in zip(inputs, nouts))

    return total


_weights = _over_layers(lambda n, nout: nout * n)
_all_parameters = _over_layers(lambda n, nout: nout * (n + 1))


def _not_the_parameters(function):
    """Wrong where the function returns a network, or its parameters, in place of their number."""
    answer = call(function, 2, [1])
    if hasattr(answer, "parameters"):
        raise Wrong("Your function returns a network. How many numbers does its parameters() give?")
    if isinstance(answer, list) and all(hasattr(part, "_prev") for part in answer):
        raise Wrong("Your function returns the parameters themselves. How many are in the list?")


@exercise("07.3")
def collapse(function):
    def weight(w1, b1, w2, b2):
        return w2 * w1

    def bias(w1, b1, w2, b2):
        return w2 * b1 + b2

    points = ((3.0, -2.0, -0.5, 4.0), (2.0, 1.5, 0.25, -1.0), (-1.0, 0.5, -2.0, 0.0))
    try:
        with slips("The four arguments are plain numbers; x is not among them."):
            weights, biases = pairs(function, points, "the weight and the bias", weight, bias)
    except NameError as problem:
        if problem.name not in ("x", "a1"):
            raise
        raise Wrong(
            f"{code_stopped(problem)}. x is not among the arguments: return what stands before it, "
            "and what stands alone."
        ) from None
    never_uses(weights, "the −0.5 of second(a)")
    compare(
        "For w1 = {0}, b1 = {1}, w2 = {2}, b2 = {3} the weight is {wanted}, and yours is {seen}",
        points,
        weights,
        weight,
        [
            (
                lambda w1, b1, w2, b2: w1 + w2,
                "the second neuron multiplies what the first one gives; it does not add to it",
            ),
            (lambda w1, b1, w2, b2: w1, "the second neuron has a weight too"),
            (lambda w1, b1, w2, b2: w2, "the first neuron has a weight too"),
            (
                lambda w1, b1, w2, b2: w1 * w2 + b1 * w2,
                "b1 stands alone in a1, not before the x",
            ),
        ],
        "put w1*x + b1 in place of a1, and collect what stands before x",
    )
    compare(
        "For w1 = {0}, b1 = {1}, w2 = {2}, b2 = {3} the bias is {wanted}, and yours is {seen}",
        points,
        biases,
        bias,
        [
            (
                lambda w1, b1, w2, b2: b1 + b2,
                "the second neuron multiplies all of a1, not its first part alone",
            ),
            (
                lambda w1, b1, w2, b2: b2,
                "b1 is lost: it goes through the second neuron like the rest of a1",
            ),
            (
                lambda w1, b1, w2, b2: w2 * b1,
                "the second neuron has a bias of its own",
            ),
            (
                lambda w1, b1, w2, b2: w1 * b1 + b2,
                "b1 comes after the multiplication by w1; what multiplies it later?",
            ),
            (lambda w1, b1, w2, b2: w1 * b2 + b1, "the order of the two neurons is turned round"),
            (
                lambda w1, b1, w2, b2: w1 * b1 + w2 * b2,
                "each bias is added behind its own weight: what multiplies b1 later, and b2?",
            ),
            (lambda w1, b1, w2, b2: w2 * b1 * b2, "b2 is added, and not multiplied"),
            (
                lambda w1, b1, w2, b2: w1 * w2 * b1 + b2,
                "b1 comes after the multiplication by w1; w2 alone multiplies it",
            ),
            (lambda w1, b1, w2, b2: 0.0, "two biases went in: what becomes of them at x = 0?"),
            (lambda w1, b1, w2, b2: w2 * (b1 + b2), "b2 is added after the multiplication by w2"),
            (lambda w1, b1, w2, b2: b1 * b2, "the biases do not meet in a product"),
            (
                lambda w1, b1, w2, b2: b1,
                "this is the first bias alone; what does the second neuron make of it?",
            ),
            (lambda w1, b1, w2, b2: w2 * b1 - b2, "the second bias is added"),
            (lambda w1, b1, w2, b2: b2 - w2 * b1, "a sign is wrong"),
        ],
        "put x = 0 in: what comes out is the bias",
    )
    return (
        "Weights multiply, and the first bias goes through the second weight. "
        "Two linear neurons are one."
    )


# What the sum consists of, by how many of the two inputs are 1.
CONSISTS_OF = (
    "There it is the bias alone",
    "There it is one weight and the bias",
    "There it is both weights and the bias",
)
ROUNDING = 1e-15  # a sum this part of its largest number differs from 0 by rounding alone


@exercise("07.4")
def both(w1, w2, b):
    w1 = number(w1)
    w2 = number(w2)
    b = number(b)
    if not all(math.isfinite(x) for x in (w1, w2, b)):
        raise Wrong("All three must be ordinary numbers, not nan and not infinite.")
    if w1 == 0 and w2 == 0:
        raise Wrong("With both weights 0 the sum is b at all four points.")
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        z = w1 * x1 + w2 * x2 + b
        if abs(z) <= ROUNDING * max(abs(w1), abs(w2), abs(b)):
            raise Wrong(
                f"At ({x1}, {x2}) the sum is 0: the line runs through this point. Move b a little."
            )
        is_one_wanted = x1 == 1 and x2 == 1
        wanted = "positive" if is_one_wanted else "negative"
        is_right = z > 0 if is_one_wanted else z < 0
        if not is_right:
            raise Wrong(
                f"At ({x1}, {x2}) the sum is {words.number(z)}, and should be {wanted}. "
                f"{CONSISTS_OF[x1 + x2]}."
            )
    return "Neither weight beats the bias alone, and both together do: in logic this is called and."


@exercise("07.5")
def count_values(answer):
    seen = number(answer)
    if close(seen, 24, 1e-9):
        raise Wrong(
            "The number of values is not 24: a whole kind is missing. "
            "Inputs, parameters, products, sums and each tanh all count."
        )
    mistakes = {
        13: "these are the parameters alone; inputs and the results of operations are values too",
        15: "inputs and parameters are there; the results of operations are values too",
        22: "these are the values that operations make; inputs and parameters are missing",
        35: "the inputs are values too",
        33: "something is missing in each neuron: either its tanh, or a sum, for ours starts "
        "with b and makes as many sums as products",
        41: "so many there are where the inputs are plain numbers, because then each neuron makes "
        "Values of its own from them; here the two inputs are Values that all three neurons share",
        117: "this is the larger network from above; count this one in the same way",
        36: "nearly; count the four neurons one by one",
        38: "nearly; count the four neurons one by one",
        30: "the values that the last neuron makes are missing: it has three inputs",
        31: "the last neuron has three inputs, and makes a product and a sum for each",
        4: "these are the neurons; each of them is an expression of several values",
    }
    return decide(
        "The number of values",
        seen,
        37,
        mistakes,
        "2 inputs, 13 parameters, and 3*5 + 7 = 22 values from operations: 37.",
        tolerance=1e-9,
        otherwise="count inputs, parameters and the results of operations one after the other",
    )


def _plain_sum(w, x, b):
    return sum(wi * xi for wi, xi in zip(w, x)) + b
