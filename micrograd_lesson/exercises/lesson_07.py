"""Lesson 07, neurons, layers, networks."""

import math

from ._check import NotYet, Wrong, call, choose, close, exercise, number


@exercise("07.a")
def linear_stack(answer):
    return choose(answer, "line", {
        "parabola": "A parabola needs x times x. Here x is only ever multiplied by numbers: from row to row the "
                    "result changes by the same -1.5.",
        "corner": "A corner needs something that behaves differently on its two sides, such as relu. "
                  "Both functions here do the same everywhere.",
    }, "Equal steps of -1.5 make a straight line: -0.5*(3x - 2) + 4 = -1.5x + 5.")


@exercise("07.b")
def double_all(answer):
    return choose(answer, "stays", {
        "shifts": "Doubling b alone would shift it. But w1 and w2 grow by the same factor, and where "
                  "w1*x1 + w2*x2 + b is 0, twice that is 0 too.",
        "turns": "The line turns when the weights change in proportion to one another. Here both are doubled: "
                 "their ratio stays, and so does the direction.",
    }, "Where z is 0, twice z is 0 too: same line. Away from it z doubles, so the neuron is surer.")


@exercise("07.c")
def hidden_layers(answer):
    words = {"two": "2", "three": "3", "four": "4", "five": "5"}
    answer = f"{answer:g}" if isinstance(answer, float) else words.get(str(answer).strip().lower(), answer)
    return choose(answer, "3", {
        "2": "You may have counted layers of the same size as one, or taken the 2 in front, which is the number of "
             "inputs. Each entry of the list is a layer of its own.",
        "4": "The list names four layers of neurons, but the last of them is the output layer, which is not hidden.",
        "5": "Inputs and output layer are not hidden: count only what stands between them.",
    }, "Four layers of neurons, the last of which is the output layer: three are hidden.")


@exercise("07.1")
def weighted_sum(function):
    for w, x, b in (([-3.0, 1.0], [2.0, 0.5], 6.0), ([0.5, -1.0, 2.0], [4.0, 3.0, -1.5], -0.25),
                    ([2.0], [-1.0], 0.75)):
        wanted, seen = _plain_sum(w, x, b), number(call(function, w, x, b))
        if close(seen, wanted):
            continue
        products = wanted - b
        mistakes = [(products, "the bias is missing"),
                    (products * b, "the bias is added, not multiplied"),
                    (sum(wi * xi + b for wi, xi in zip(w, x)), "the bias belongs to the neuron, not to each input: "
                                                              "add it once"),
                    (sum(w) + sum(x) + b, "a weight multiplies its input"),
                    (sum(w) * sum(x) + b, "multiply pair by pair, then add: the product of the two sums is another thing"),
                    (w[0] * x[0] + b, "only the first input is in it; perhaps the return stands inside the loop"),
                    (products - b, "the bias is added, not taken away"),
                    (math.tanh(wanted), "this is the activation's output; asked for is the sum before it")]
        raise Wrong(f"For w = {w}, x = {x}, b = {b} the sum is {wanted:g}, and yours is {seen:g}: "
                    + _hint(seen, mistakes, "write down each product w_i * x_i, add them, then add b") + ".")
    return "Each input times its weight, and the bias once."


@exercise("07.2")
def count_parameters(function):
    for nin, nouts in ((3, [4, 4, 1]), (2, [16, 16, 1]), (5, [3]), (1, [2, 6, 4, 3])):
        sizes = [nin, *nouts]
        pairs = list(zip(sizes, nouts))
        wanted = sum(nout * (n + 1) for n, nout in pairs)
        seen = number(call(function, nin, list(nouts)))
        if seen == wanted:
            continue
        mistakes = [(sum(nout * n for n, nout in pairs), "these are the weights alone; each neuron has a bias too"),
                    (sum(nout * n + 1 for n, nout in pairs), "there is one bias for each neuron, not one for each layer"),
                    (sum(nout * (nin + 1) for nout in nouts), "only the first layer sees the inputs; "
                                                              "each other layer sees the one before it"),
                    (sum(nouts), "this is the number of neurons"),
                    (sum(sizes), "this is the number of circles in the picture"),
                    (sum((n + 1) * (nout + 1) for n, nout in pairs), "the bias adds one to the inputs of each neuron, "
                                                                     "not to the neurons"),
                    (pairs[0][1] * (nin + 1), "this is the first layer alone; perhaps the return stands inside the loop"),
                    (pairs[-1][1] * (pairs[-1][0] + 1), "this is the last layer alone: add the layers up")]
        raise Wrong(f"MLP({nin}, {nouts}) has {wanted} parameters, and you count {seen:.15g}: "
                    + _hint(seen, mistakes, "each neuron has one weight for each of its inputs, and one bias") + ".")
    return "A layer has (inputs + 1) numbers for each of its neurons; MLP(2, [16, 16, 1]) has 337."


@exercise("07.3")
def count_values(answer):
    seen = number(answer)
    if seen == 37:
        return "2 inputs, 13 parameters, and 3*5 + 7 = 22 values from operations: 37."
    mistakes = [(13, "these are the parameters alone; inputs and the results of operations are values too"),
                (15, "inputs and parameters are there; each product, each sum and each tanh makes a value too"),
                (22, "these are the values that operations make; inputs and parameters are missing"),
                (35, "the two inputs are missing"),
                (33, "four are missing: the tanh of each neuron makes a value too"),
                (41, "so many there are where the inputs are plain numbers, because then each neuron makes Values of its "
                     "own from them; here the two inputs are Values that all three neurons share"),
                (24, "the parameters are missing"),
                (117, "this is the larger network from above; count this one in the same way"),
                (36, "one is missing; perhaps you started the sum with the first product: ours starts with b, so a neuron with n "
                     "inputs makes n sums"),
                (4, "these are the neurons; each of them is an expression of several values")]
    raise Wrong(f"Not {seen:g}: " + _hint(seen, mistakes, "add up inputs, parameters, and 2n + 1 for each neuron "
                                                          "with n inputs") + ".")


@exercise("07.4")
def collapse(function):
    for w1, b1, w2, b2 in ((3.0, -2.0, -0.5, 4.0), (2.0, 1.5, 0.25, -1.0), (-1.0, 0.5, -2.0, 0.0)):
        answer = call(function, w1, b1, w2, b2)
        if not isinstance(answer, (tuple, list)) or len(answer) != 2:
            raise Wrong(f"The function should return two numbers, a weight and a bias; it returned {answer!r:.60}.")
        if any(part is None or part is ... for part in answer):
            raise NotYet
        w, b = map(number, answer)
        where = f"For w1 = {w1:g}, b1 = {b1:g}, w2 = {w2:g}, b2 = {b2:g} "
        if not close(w, w2 * w1):
            mistakes = [(w1 + w2, "the second neuron multiplies what the first one gives, so the weights multiply"),
                        (w2 * b1 + b2, "bias and weight are in the wrong order")]
            raise Wrong(where + f"the weight is {w2 * w1:g}, and yours is {w:g}: "
                        + _hint(w, mistakes, "put w1*x + b1 in place of h, and collect what stands before x") + ".")
        if not close(b, w2 * b1 + b2):
            mistakes = [(b1 + b2, "the second neuron multiplies all of h by w2, also the bias b1"),
                        (b2, "b1 is lost: it goes through the second neuron like the rest of h"),
                        (w1 * b1 + b2, "b1 is multiplied by the weight that comes after it, w2"),
                        (w1 * b2 + b1, "the order of the two neurons is turned round"),
                        (w2 * (b1 + b2), "b2 is added after the multiplication by w2"),
                        (b1 * b2, "the biases do not meet in a product")]
            raise Wrong(where + f"the bias is {w2 * b1 + b2:g}, and yours is {b:g}: "
                        + _hint(b, mistakes, "put x = 0 in: what comes out is the bias") + ".")
    return "Weights multiply, and the first bias goes through the second weight. Two linear neurons are one."


@exercise("07.5")
def both(w1, w2, b):
    w1, w2, b = map(number, (w1, w2, b))
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        z = w1 * x1 + w2 * x2 + b
        if z == 0:
            raise Wrong(f"At ({x1}, {x2}) the sum is exactly 0: the line runs through this point. Move b a little.")
        if x1 and x2 and not z > 0:
            raise Wrong(f"At (1, 1) the sum is {z:g}, and should be positive: the bias pulls down by more than "
                        "both weights together lift.")
        if not (x1 and x2) and not z < 0:
            why = ("With both inputs 0 the sum is the bias, so the bias must be negative" if not (x1 or x2) else
                   "One weight alone already beats the bias; only both together should")
            raise Wrong(f"At ({x1}, {x2}) the sum is {z:g}, and should be negative. {why}.")
    return "Neither weight beats the bias alone, and both together do: in logic this is called and."


def _plain_sum(w, x, b):
    return sum(wi * xi for wi, xi in zip(w, x)) + b


def _hint(seen, mistakes, otherwise):
    """The reason beside the first mistake that gives just what was seen."""
    return next((why for value, why in mistakes if close(seen, value)), otherwise)
