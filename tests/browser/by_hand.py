"""What the explorers of the lessons must show, worked out from their controls alone, without the package.

`check(lesson, nth, explorer)` reads the controls of the nth explorer of a lesson, computes with
plain mathematics, and compares with the numbers of the readout and with what the picture
draws, and where: a chart's scales are read off the numbers written along its axes.
"""

import functools
import math
import re
from pathlib import Path

import numpy as np
from pytest import approx
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

TICKS = """picture => [...picture.querySelectorAll('[id^=axes_]')].map(axes => ['xtick', 'ytick'].map(kind =>
    [...axes.querySelectorAll(`[id^=${kind}_]`)].map(tick => [tick.querySelector('text').textContent,
        ...tick.querySelector('path').getAttribute('d').match(/[-.\\d]+/g).slice(0, 2)])))"""
MARKS = """picture => [...picture.querySelectorAll('.ml-moving use')].filter(mark =>
    mark.getAttribute('style').includes('fill: var(--ml-moved')).map(mark =>
    [Number(mark.getAttribute('x')), Number(mark.getAttribute('y'))])"""
RINGS = MARKS.replace(
    "fill: var(--ml-moved", "stroke: var(--ml-moved"
)  # the filled ones are among them
INK = """picture => [...picture.querySelectorAll('.ml-moving rect')].map(square =>
    ['x', 'y', 'fill-opacity'].map(name => Number(square.getAttribute(name))))"""
# A slider's number box stands in the smallest part of the page that holds both; all are read at once.
CONTROLS = """explorer => {
    const found = {};
    for (const label of explorer.querySelectorAll('.widget-slider > label')) {
        let row = label;
        while (!row.querySelector('input[type=number]')) row = row.parentElement;
        found[label.textContent] = Number(row.querySelector('input[type=number]').value);
    }
    for (const choice of explorer.querySelectorAll('[role=radiogroup]')) {
        const chosen = choice.querySelector('label:has(input:checked)');
        found[choice.getAttribute('aria-label')] = chosen.textContent.trim();
    }
    return found;
}"""
TEXTS = """picture => [...picture.querySelectorAll('text')].map(text =>
    [text.textContent.trim(), Number(text.getAttribute('x')), Number(text.getAttribute('y'))])"""


def number(text):
    return float(text.replace("−", "-"))


def after(explorer, *words):
    """The number that follows the last of words, each looked for after the one before, in the readout."""
    text = explorer.element.locator(".ml-readout").inner_text()
    for word in words:
        assert word in text, f"{word!r} is not in {text!r}"
        text = text.split(word, 1)[1]
    return number(re.match(r"[ (]*([-+−]?[\d.]+(?:e[-+−]?\d+)?)", text)[1])


def said_lines(explorer):
    """The lines of the readout."""
    return explorer.element.locator(".ml-readout").inner_text().splitlines()


def look(explorer, script):
    return explorer.element.locator(".ml-picture").first.evaluate(script)


def controls(explorer):
    """{name: what its number box or its chosen option says}."""
    return explorer.element.evaluate(CONTROLS)


def place(explorer, chart, x, y):
    """Where (x, y) lies on a chart with linear axes, in the units of the picture."""
    found = []
    for side, ticks, value in zip((1, 2), look(explorer, TICKS)[chart], (x, y)):
        (low, start), (high, end) = (
            (number(tick[0]), float(tick[side])) for tick in (ticks[0], ticks[-1])
        )
        found.append(start + (value - low) / (high - low) * (end - start))
    return approx(found, abs=0.02)


def boxes(explorer):
    """{label: {"data": …, "grad": …}} of a graph's boxes: a label stands above its two numbers."""
    found, texts = {}, look(explorer, TEXTS)
    for words, x, y in texts:
        column = sorted((y2, words2) for words2, x2, y2 in texts if x2 == x and y2 > y)[:2]
        if [words2.split()[0] for _, words2 in column] == ["data", "grad"]:
            found[words] = {words2.split()[0]: number(words2.split()[1]) for _, words2 in column}
    return found


def slope(f, df):
    def check(explorer):
        x, h = (controls(explorer)[name] for name in ("x", "h"))
        assert after(explorer, ") = ") == approx(f(x), abs=1e-6)
        assert after(explorer, ") = ", ") = ") == approx(f(x + h), rel=1e-7)
        assert after(explorer, "rise / run", "/", "= ") == approx(
            (f(x + h) - f(x)) / h, rel=1e-3, abs=1e-2
        )
        assert after(explorer, "slope is") == approx(df(x), abs=1e-6)
        assert look(explorer, MARKS)[0] == place(explorer, 0, x, f(x))

    return check


def nudge(name, f, /, **start):
    def partial(leaf, h=1e-5):
        return (f(**start | {leaf: start[leaf] + h}) - f(**start | {leaf: start[leaf] - h})) / (
            2 * h
        )

    def check(explorer):
        leaf, by = controls(explorer)["leaf"], controls(explorer)["nudge"]
        moved = {**start, leaf: start[leaf] + by}
        assert after(explorer, "predicted change", "= ") == approx(partial(leaf), abs=1e-5)
        assert after(explorer, "predicted change", "= ", "= ") == approx(
            partial(leaf) * by, abs=1e-5
        )
        assert after(explorer, "real change:") == approx(f(**moved) - f(**start), abs=1e-5)
        drawn = boxes(explorer)
        assert drawn[name]["data"] == approx(f(**moved), abs=6e-5)
        for each in start:
            assert drawn[each]["data"] == approx(moved[each], abs=6e-5)
            assert drawn[each]["grad"] == approx(partial(each), abs=6e-5)

    return check


def stepper(root, **ends):
    """ends: for each order, the gradients after its last step, by label."""

    def check(explorer):
        step, drawn = controls(explorer)["step"], boxes(explorer)
        order = controls(explorer)["order"].replace(" ", "_")
        if step == 0:
            assert {label: box["grad"] for label, box in drawn.items()} == {
                label: float(label == root) for label in drawn
            }
        elif step == float(explorer.slider("step").get_attribute("aria-valuemax")):
            for label, grad in ends.get(order, {}).items():
                assert drawn[label]["grad"] == approx(grad, abs=6e-5), (
                    f"{label} in the order {order}"
                )

    return check


ACTIVATIONS = {
    "tanh": (math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2),
    "relu": (lambda z: max(z, 0.0), lambda z: float(z > 0)),
    "linear": (lambda z: z, lambda z: 1.0),
}


def neuron(explorer):
    state = controls(explorer)
    w1, w2, b, x1, x2 = (
        state[name] for name in ("weight w1", "weight w2", "bias b", "input x1", "input x2")
    )
    activation, derivative = ACTIVATIONS[state["activation"]]
    z = w1 * x1 + w2 * x2 + b
    assert after(explorer, "z = w1", " = ", " = ") == approx(z, abs=6e-5)
    assert after(explorer, "a = ", "= ") == approx(activation(z), abs=6e-5)
    for words, factor in (
        ("slope there", 1),
        ("slope · x1 =", x1),
        ("slope · x2 =", x2),
        ("da/db = slope =", 1),
    ):
        assert after(explorer, words) == approx(derivative(z) * factor, abs=6e-5)
    point, here = look(explorer, MARKS)[:2]
    assert point == place(explorer, 0, x1, x2)
    assert here == place(explorer, 1, min(max(z, -8), 8), min(max(activation(z), -1.5), 2.5))


def forward(explorer):
    state = controls(explorer)
    x1, x2 = state["input x1"], state["input x2"]
    sigmoid, slope = ACTIVATIONS["sigmoid"]
    z1, z2 = 0.3 * x1 + 0.4 * x2 + 0.1, -0.1 * x1 + 0.2 * x2 - 0.1
    a1, a2 = sigmoid(z1), sigmoid(z2)
    z3, z4 = 0.5 * a1 - 0.2 * a2 + 0.2, -0.3 * a1 + 0.6 * a2 + 0.3
    a3, a4 = sigmoid(z3), sigmoid(z4)
    loss = ((a3 - 0.7) ** 2 + (a4 - 0.6) ** 2) / 2
    for name, a in (("a1", a1), ("a2", a2), ("a3", a3), ("a4", a4)):
        assert after(explorer, f"{name} =") == approx(a, abs=6e-5)
    assert after(explorer, "loss L", "/ 2 =") == approx(loss, abs=6e-7)
    drawn = [
        number(words)
        for words, _, _ in look(explorer, TEXTS)
        if re.fullmatch(r"[-+−][\d.]+", words)
    ]
    for x in (x1, x2, z1, z2, z3, z4, a1, a2, a3, a4, a3 - 0.7, a4 - 0.6):
        assert min(abs(x - other) for other in drawn) < 6e-5
    if state["show"] == "gradients":
        back3, back4 = (a3 - 0.7) * slope(z3), (a4 - 0.6) * slope(z4)
        back1 = (back3 * 0.5 - back4 * 0.3) * slope(z1)
        grads = [
            number(words.removeprefix("grad "))
            for words, _, _ in look(explorer, TEXTS)
            if words.startswith("grad ")
        ]
        for grad in (
            back3 * a1,
            back3 * a2,
            back4 * a1,
            back4 * a2,
            back3,
            back4,
            back1 * x1,
            back1 * x2,
            back1,
        ):
            assert min(abs(grad - other) for other in grads) < 6e-6


def descent(loss, *slopes):
    """loss: of one parameter or two; slopes: its derivative by each."""

    def check(explorer):
        state = controls(explorer)
        starts = [
            state[name] for name in (["start"] if len(slopes) == 1 else ["start w1", "start w2"])
        ]
        w, v = list(starts), [0.0] * len(slopes)
        for _ in range(int(state["steps"])):
            v = [state["momentum"] * old + slope(x) for old, slope, x in zip(v, slopes, w)]
            w = [x - state["learning rate"] * speed for x, speed in zip(w, v)]
            if not all(abs(x) < 1e9 for x in w):
                return  # it has run away, and says so
        digits = 1e-5 if len(w) == 1 else 1e-3
        assert after(explorer, "after ", "w =") == approx(w[0], rel=digits, abs=1e-9)
        assert after(explorer, "loss ") == approx(loss(*starts), rel=1e-5)
        assert after(explorer, "after ", "w =", "loss ") == approx(loss(*w), rel=1e-5, abs=1e-9)
        spot = place(explorer, 0, *(w if len(w) == 2 else (w[0], loss(*w))))
        if "beyond the edge" not in explorer.picture():
            assert look(explorer, MARKS)[-1] == spot

    return check


def training(explorer):
    """Before the first step: what the controls say is on the picture, and the loss is a mean of hinges of scores near 0."""
    state = controls(explorer)
    width, words = int(state["width"]), " ".join(words for words, _, _ in look(explorer, TEXTS))
    assert (
        f"2-{width}-{width}-1 network, {state['activation']}, rate {state['learning rate']:.3g}, step 0"
        in words
    )
    assert look(explorer, RINGS)[-1] == place(explorer, 0, state["point x1"], state["point x2"])
    right, n = (int(part) for part in re.search(r"\((\d+) of (\d+)\)", explorer.readout()).groups())
    assert after(explorer, "training accuracy") == approx(100 * right / n, abs=0.06) and n == 100
    assert (
        len(explorer.element.locator(".ml-middle use").all()) == n + 1
    )  # a mark for each point, and the loss's


ENTRIES = {
    "a": [[2, -1, 3, 1], [4, 1, -2, 5], [-3, 2, 1, 4]],
    "b": [[3, 1, -2, 2], [-1, 2, 4, 1], [2, -3, 1, 5]],
}
INCOMING = [[2, 1, -1, 3], [1, -2, 1, 2], [3, 1, 2, -1]]


def broadcast(explorer):
    state = controls(explorer)
    shapes = {name: tuple(map(int, re.findall(r"\d+", state[f"shape of {name}"]))) for name in "ab"}
    sizes = {name: (1,) * (2 - len(shape)) + shape for name, shape in shapes.items()}
    along = [{size[axis] for size in sizes.values()} for axis in (0, 1)]
    if any(len(found - {1}) > 1 for found in along):
        assert "These shapes do not fit" in explorer.readout()
        return
    rows, columns = map(max, along)
    follow, nudge = state["follow"], state["nudge"]

    def entry(name, i, j):
        return i * (sizes[name][0] > 1), j * (sizes[name][1] > 1)

    followed = entry(follow, min(state["row"], rows - 1), min(state["column"], columns - 1))

    def value(name, i, j, by):
        i, j = entry(name, i, j)
        known = ENTRIES[name][j][0] if shapes[name] == (3,) else ENTRIES[name][int(i)][int(j)]
        return known + by * (name == follow and (i, j) == followed)

    def result(i, j, by):
        x, y = value("a", i, j, by), value("b", i, j, by)
        return x + y if state["operation"] == "+" else x * y

    places = [(i, j) for i in range(rows) for j in range(columns)]
    slope = sum(INCOMING[i][j] * (result(i, j, 1) - result(i, j, 0)) for i, j in places)
    assert after(explorer, "stands at") == sum(
        entry(follow, *place) == followed for place in places
    )
    assert after(explorer, "gradient · nudge =") == approx(slope)
    assert after(explorer, "loss changes by") == approx(slope * nudge)
    drawn = {
        (x, y): number(words)
        for words, x, y in look(explorer, TEXTS)
        if re.fullmatch(r"[−\d.]+", words)
    }
    seen = {
        (round((y - 85) / 32), round((x - 720) / 56)): words
        for (x, y), words in drawn.items()
        if x > 692 and y < 170
    }
    assert seen == {place: approx(result(*place, nudge), abs=1e-4) for place in places}
    i, j = followed
    assert drawn[72 + 56 * j, 273 + 32 * i] == approx(slope)


def digit_sets():
    """The digits of lesson 15, ink from 0 to 16: those for training and those for validation."""
    X, y = load_digits(return_X_y=True)
    X, _, y, _ = train_test_split(X, y, test_size=300, stratify=y, random_state=0)
    X, X_val, y, y_val = train_test_split(X, y, test_size=300, stratify=y, random_state=0)
    return (X, y), (X_val, y_val)


def digit(explorer):
    state = controls(explorer)
    _, (X, y) = digit_sets()
    example, right, down = (int(state[name]) for name in ("example", "to the right", "down"))
    ink, label = X[example].reshape(8, 8) / 16, y[example]
    moved = [
        ink[row - down, column - right] if 0 <= row - down < 8 and 0 <= column - right < 8 else 0
        for row in range(8)
        for column in range(8)
    ]
    drawn = {
        8 * round((y - 24) / 31) + round((x - 20) / 31): ink for x, y, ink in look(explorer, INK)
    }
    assert [drawn.get(place, 0) for place in range(64)] == approx(moved, abs=1e-6)
    rows = {
        y: number(words)
        for words, _, y in look(explorer, TEXTS)
        if re.fullmatch(r"[01]\.\d{3}", words)
    }
    (mark,) = (y for words, _, y in look(explorer, TEXTS) if words.startswith("it is"))
    shares = list(rows.values())
    assert len(shares) == 10 and sum(shares) == approx(1, abs=6e-3)
    assert min(range(10), key=lambda k: abs([*rows][k] - mark)) == label
    assert (
        after(explorer, "with probability")
        == max(shares)
        == shares[int(after(explorer, "network says"))]
    )
    loss = after(explorer, "Cross-entropy", ": ")
    assert math.exp(-loss) == approx(shares[label], abs=1.1e-3)


def clearing(rate=0.1):
    """A descent on (w − 3)² from 0; w.grad is cleared before each step, or never."""

    def check(explorer):
        state = controls(explorer)
        step = int(state["step"])
        losses = {}
        for clear in ("never", "before each step"):
            w, moved, held = 0.0, 0.0, 0.0
            for _ in range(step + 1):
                w, own = w + moved, 2 * (w + moved - 3)
                held = own if clear == "before each step" else held + own
                moved = -rate * held
            losses[clear] = (w - 3) ** 2
            if clear == state["clear w.grad"]:
                seen = w, own, held
        w, own, held = seen
        near = {"rel": 1e-5, "abs": 1e-9}
        assert after(explorer, f"step {step}:", "w =") == approx(w, **near)
        assert after(explorer, "own gradient", "=") == approx(own, **near)
        assert after(explorer, "in w.grad", "=") == approx(held, **near)
        assert after(explorer, "w − rate · w.grad", "=", "=") == approx(w - rate * held, **near)
        near = {"rel": 1e-3, "abs": 1e-9}
        assert after(explorer, "loss after", "cleared") == approx(
            losses["before each step"], **near
        )
        assert after(explorer, "never cleared") == approx(losses["never"], **near)
        loss = losses[state["clear w.grad"]]
        here, gradient_now, loss_now = look(explorer, MARKS)
        assert here == place(explorer, 0, w, loss)
        assert gradient_now == place(explorer, 1, step, held)
        assert loss_now == place(explorer, 2, step, loss)

    return check


def relus(f=math.sin, start=0.0, stop=6.0):
    """Relus with evenly placed kinks, laid onto f by least squares, and one of them changed."""
    xs = np.linspace(start, stop, 401)
    ys = np.array([f(x) for x in xs.tolist()])

    def check(explorer):
        state = controls(explorer)
        n = int(state["relus"])
        chosen = min(int(state["chosen relu"]), n) - 1
        kinks = start + (stop - start) * np.arange(n) / n
        columns = np.hstack([np.ones((401, 1)), np.maximum(0, xs[:, None] - kinks)])
        weights = np.linalg.lstsq(columns, ys, rcond=None)[0]
        kinks[chosen] += state["move kink"]
        weights[1 + chosen] += state["add to slope"]

        def total(x):
            return weights[0] + sum(v * max(0.0, x - k) for v, k in zip(weights[1:], kinks))

        distance = max(abs(total(x) - y) for x, y in zip(xs, ys))
        assert after(explorer, "largest distance to the curve:") == approx(distance, rel=1e-3)
        assert after(explorer, f"relu {chosen + 1}:") == approx(
            weights[1 + chosen], rel=1e-3, abs=1e-3
        )
        assert after(explorer, "b =") == approx(weights[0], rel=1e-3, abs=1e-4)
        assert after(explorer, "relus," if n > 1 else "relu,") == len({round(k, 6) for k in kinks})
        (mark,) = look(explorer, MARKS)
        room_x, room_y = 0.07 * (stop - start), 0.35 * np.ptp(ys)  # around the curve
        x, y = kinks[chosen], total(kinks[chosen])
        x = min(max(x, start - room_x), stop + room_x)
        y = min(max(y, ys.min() - room_y), ys.max() + room_y)
        assert mark == place(explorer, 0, x, y)

    return check


def factors(explorer):
    """The network of lesson 09 at x = (0.5, 0.8): one factor of a gradient after the other."""
    state = controls(explorer)
    parameter, step = state["parameter"], int(state["step"])
    sigmoid, slope = ACTIVATIONS["sigmoid"]
    x = {"x1": 0.5, "x2": 0.8}
    z1, z2 = 0.3 * 0.5 + 0.4 * 0.8 + 0.1, -0.1 * 0.5 + 0.2 * 0.8 - 0.1
    x |= {"a1": sigmoid(z1), "a2": sigmoid(z2)}
    z3 = 0.5 * x["a1"] - 0.2 * x["a2"] + 0.2
    z4 = -0.3 * x["a1"] + 0.6 * x["a2"] + 0.3
    back3, back4 = sigmoid(z3) - 0.7, sigmoid(z4) - 0.6
    d3, d4 = back3 * slope(z3), back4 * slope(z4)
    neurons = {  # number: (z, ∂L/∂a, its ways, what its weights multiply)
        1: (z1, 0.5 * d3 - 0.3 * d4, (0.5 * d3, -0.3 * d4), ("x1", "x2")),
        2: (z2, -0.2 * d3 + 0.6 * d4, (-0.2 * d3, 0.6 * d4), ("x1", "x2")),
        3: (z3, back3, (), ("a1", "a2")),
        4: (z4, back4, (), ("a1", "a2")),
    }
    number_of = int(parameter[1:])
    is_bias = parameter[0] == "b"
    k = number_of if is_bias else (number_of + 1) // 2
    z, back, ways, sources = neurons[k]
    last = 1.0 if is_bias else x[sources[(number_of - 1) % 2]]
    gradient = back * slope(z) * last
    near, nearer = {"abs": 6e-7}, {"abs": 6e-9}
    lines = explorer.element.locator(".ml-readout").inner_text().strip().split("\n")
    assert len(lines) == 1 + step + 2 * bool(ways and step)
    drawn = {words for words, _, _ in look(explorer, TEXTS)}
    if step >= 1 and ways:
        for output, way in zip("34", ways):
            assert after(explorer, f"through a{output}:", "=") == approx(way, **nearer)
        assert after(explorer, "; sum") == approx(back, **nearer)
        assert len([words for words in drawn if words.startswith("way ")]) == 2
    elif step >= 1:
        assert after(explorer, "\n1. ", "=", "=") == approx(back, **nearer)
    if step >= 2:
        assert after(explorer, "\n2. ", "=", "=") == approx(slope(z), **near)
        assert after(explorer, "so far", "=", "=") == approx(back * slope(z), **nearer)
    if step == 3:
        assert after(explorer, "\n3. ", "=") == approx(last, **near)
        assert after(explorer, "\n3. ", "; ", "=", "=") == approx(gradient, **nearer)
    seen = [number(words) for words in drawn if re.fullmatch(r"[−\d.]+", words)]
    shown = [back, slope(z), last][:step] + [gradient] * (step == 3)
    for known in shown:
        assert min(abs(known - other) for other in seen) < 6e-7
    assert len([words for words in drawn if words == "?"]) == (step < 3)


HEIGHTS = """picture => [...picture.querySelector('[id^=axes_]').querySelectorAll('[id^=ytick_]')].map(tick => [
    tick.querySelector('text').textContent, Number(tick.querySelector('path').getAttribute('d').match(/[-.\\d]+/g)[1])])"""
CELLS = """picture => [...picture.querySelectorAll('.ml-moving text')].map(text => [text.textContent.trim(),
    Number(text.getAttribute('x')), Number(text.getAttribute('y')), text.getAttribute('font-weight') === 'bold'])"""


def matrix_product(x=((1, 2), (3, -1), (0, 4)), w=((2, -1, 1, 3), (1, 5, -2, 0))):
    """x, w: the matrices, as rows of numbers; those of MatrixProductExplorer() where left out."""
    rows, inner, columns = len(x), len(w), len(w[0])
    result = [
        [sum(x[i][k] * w[k][j] for k in range(inner)) for j in range(columns)] for i in range(rows)
    ]

    def check(explorer):
        state = controls(explorer)
        row, column = (int(state.get(name, 0)) for name in ("row", "column"))
        said = "\n".join(said_lines(explorer))
        line = re.search(rf"\(X @ W\)\[{row}, {column}\] = (.*)", said)[1]
        products, _, entry = line.split(" = ")
        pairs = [
            tuple(number(factor.strip("()")) for factor in term.split("·"))
            for term in products.split(" + ")
        ]
        assert pairs == [(approx(x[row][k]), approx(w[k][column])) for k in range(inner)]
        assert number(entry) == approx(result[row][column], rel=1e-5)
        assert f"({rows}, {inner}) @ ({inner}, {columns}) → ({rows}, {columns})" in said
        drawn = [
            (words, x, y, bold)
            for words, x, y, bold in look(explorer, CELLS)
            if re.fullmatch(r"[−\d.]+", words)
        ]
        across = sorted({x for _, x, _, _ in drawn})  # first the columns of X, then those of W
        down = sorted({y for _, _, y, _ in drawn})  # first the rows of W, then those of X
        seen = {
            (down.index(y), across.index(x)): (number(words), bold) for words, x, y, bold in drawn
        }
        expected = {}
        for k in range(inner):
            expected |= {(inner + i, k): (approx(x[i][k], abs=1e-2), i == row) for i in range(rows)}
            expected |= {
                (k, inner + j): (approx(w[k][j], abs=1e-2), j == column) for j in range(columns)
            }
        for i in range(rows):
            for j in range(columns):
                expected[inner + i, inner + j] = (
                    approx(result[i][j], abs=1e-2),
                    (i, j) == (row, column),
                )
        assert seen == expected

    return check


def softmax(explorer):
    state = controls(explorer)
    scores, right = [state[f"score {k}"] for k in range(3)], int(state["right class"])
    powers = [math.exp(z - max(scores)) for z in scores]
    shares = [power / sum(powers) for power in powers]
    loss = math.log(sum(powers)) - (scores[right] - max(scores))
    lines = said_lines(explorer)

    def last_numbers(line):
        return [number(words) for words in line.rsplit(": ", 1)[1].split(", ")]

    assert last_numbers(lines[1]) == approx(shares, abs=6e-5)
    assert number(lines[2].rsplit("= ", 1)[1]) == approx(loss, abs=6e-5)
    assert last_numbers(lines[3]) == approx(
        [p - (k == right) for k, p in enumerate(shares)], abs=6e-5
    )
    ticks = look(explorer, HEIGHTS)
    (low, start), (high, end) = ((number(words), y) for words, y in (ticks[0], ticks[-1]))
    heights = [y for _, y in sorted(look(explorer, MARKS))]  # a score beyond ±5 is marked there
    assert heights == approx(
        [start + (min(max(z, -5), 5) - low) / (high - low) * (end - start) for z in scores],
        abs=0.02,
    )
    words = look(
        explorer, "picture => picture.querySelector('.ml-moving').getAttribute('aria-label')"
    )
    assert f"Class {right} is right" in words


def next_letter(explorer):
    """Bars and numbers; of the model called pairs, from the names themselves."""
    state = controls(explorer)
    temperature = state["temperature"]
    beginning = explorer.element.get_by_role("textbox", name="name so far").input_value()
    texts = sorted(look(explorer, TEXTS), key=lambda text: (text[2], text[1]))
    shares = [number(words) for words, _, _ in texts if re.fullmatch(r"[01]\.\d{3}", words)]
    rows = [words for words, _, _ in texts if re.fullmatch(r"[a-z]|point|17 others", words)]
    assert len(shares) == len(rows) == 11 and sum(shares) == approx(1, abs=6e-3)
    assert shares[:10] == sorted(shares[:10], reverse=True) and rows[10] == "17 others"
    assert after(explorer, "with probability") == approx(shares[0], abs=1e-6)
    assert after(explorer, "the loss is") == approx(-math.log(shares[0]), abs=6e-4 / shares[0])
    assert after(explorer, "together:") == approx(1 - shares[10], abs=1.1e-3)
    if state.get("model", "pairs") == "pairs":  # with one model there is nothing to choose
        last = beginning.strip(".")[-1:] or "."
        follows = dict.fromkeys(ALPHABET, 1)
        for pair in _pairs_of_names():
            if pair[0] == last:
                follows[pair[1]] += 1
        powers = {letter: n ** (1 / temperature) for letter, n in follows.items()}
        right = {letter: power / sum(powers.values()) for letter, power in powers.items()}
        for row, share in zip(rows[:10], shares):
            assert share == approx(right[row.replace("point", ".")], abs=6e-4)
        assert shares[:10] == approx(sorted(right.values())[:-11:-1], abs=6e-4)


ALPHABET = ".abcdefghijklmnopqrstuvwxyz"


@functools.cache
def _pairs_of_names():
    """Each letter of each training name with the one before it."""
    path = Path(__file__).parents[2] / "micrograd_lesson" / "data" / "first_names.txt"
    names = path.read_text("ascii").split()
    order = np.random.default_rng(0).permutation(len(names))[: len(names) - 1000]
    texts = [f".{names[i]}." for i in order]
    return [text[k : k + 2] for text in texts for k in range(len(text) - 1)]


def attention(explorer):
    """The hand-made scores of AttentionExplorer, 3 at each place that came after the asking letter."""
    state = controls(explorer)
    text, asks = state["text"], int(state["asking place"])
    last = len(text) - 1 if state["mask"] == "off" else min(asks, len(text) - 1)
    asks = min(asks, len(text) - 1)
    scores = [3.0 if j and text[j - 1] == text[asks] else 0.0 for j in range(last + 1)]
    powers = [math.exp(z) for z in scores]
    shares = [power / sum(powers) for power in powers]
    mean = {}
    for letter, share in zip(text, shares):
        mean[letter] = mean.get(letter, 0) + share
    asking, *lines = said_lines(explorer)
    assert asking.startswith(f"Place {asks}, {text[asks]}, asks")
    for line, wanted, digits in zip(lines, (scores, shares), (6e-3, 6e-4)):
        pairs = [pair.split() for pair in line.rsplit(": ", 1)[1].split(", ")]
        assert [letter for letter, _ in pairs] == list(text[: last + 1])
        assert [number(words) for _, words in pairs] == approx(wanted, abs=digits)
    parts = dict(pair.split() for pair in lines[2].rsplit(": ", 1)[1].split(", "))
    assert {letter: number(words) for letter, words in parts.items()} == approx(mean, abs=6e-4)


def attention_of_a_network(explorer):
    """Shares that only the network knows: each place up to the asking one, adding up to 1."""
    state = controls(explorer)
    text = state["text"]
    asks = min(int(state["asking place"]), len(text) - 1)
    asking, shares, mean = said_lines(explorer)
    assert asking.startswith(f"Place {asks}, {text[asks]}, asks in head {state['head']}")
    pairs = [pair.split() for pair in shares.rsplit(": ", 1)[1].split(", ")]
    assert [letter for letter, _ in pairs] == list(text)
    found = [number(words) for _, words in pairs]
    assert sum(found) == approx(1, abs=6e-3) and not any(found[asks + 1 :])


def entry_of_a_map(explorer, row, column):
    """([ink, weight] of each of nine products, their sum), as the readout says them."""
    line = next(line for line in said_lines(explorer) if line.startswith(f"z[{row}, {column}] ="))
    _, products, entry = line.split(" = ")
    terms = [term.split("·") for term in products.split(" + ")]
    return [[number(factor.strip("()")) for factor in term] for term in terms], number(entry)


def learned_convolution(explorer):
    """A trained patch, whose weights only the network knows, on validation digits, ink from 0 to 1."""
    state = controls(explorer)
    _, (X, _) = digit_sets()
    x = X[int(state.get("example", 0))].reshape(8, 8) / 16
    row, column = int(state["row"]), int(state["column"])
    pairs, entry = entry_of_a_map(explorer, row, column)
    inks = [ink for ink, _ in pairs]
    assert inks == approx(x[row : row + 3, column : column + 3].ravel(), abs=6e-4)
    assert entry == approx(sum(ink * weight for ink, weight in pairs), rel=1e-5, abs=1e-9)


def convolution(explorer):
    """The training digits of lesson 15, ink from 0 to 16, under a patch of nine weights."""
    state = controls(explorer)
    (X, _), _ = digit_sets()
    x = X[int(state.get("example", 0))].reshape(8, 8)
    row, column = int(state["row"]), int(state["column"])
    ready = {
        "vertical edge": [[-1, 0, 1]] * 3,
        "horizontal edge": [[-1] * 3, [0] * 3, [1] * 3],
        "blur": [[1 / 9] * 3] * 3,
    }
    shown = {
        (i, j): state.get(f"w[{i}, {j}]", float(i == j == 1)) for i in range(3) for j in range(3)
    }
    patch = ready.get(state["patch"], [[shown[i, j] for j in range(3)] for i in range(3)])
    z = [
        [sum(patch[i][j] * x[r + i, c + j] for i in range(3) for j in range(3)) for c in range(6)]
        for r in range(6)
    ]
    pairs, entry = entry_of_a_map(explorer, row, column)
    assert pairs == [
        approx([x[row + i, column + j], patch[i][j]], abs=6e-5) for i in range(3) for j in range(3)
    ]
    assert entry == approx(z[row][column], rel=1e-5, abs=1e-5)
    # The map's numbers, in their squares of 44 pixels: below and beside those of the others.
    drawn = {
        (round((down - 101) / 44), round((across - 602) / 44)): words
        for words, across, down in look(explorer, TEXTS)
        if across > 580 and re.fullmatch(r"[−\d.]+", words)
    }
    assert len(drawn) == 36
    for (r, c), words in drawn.items():
        assert number(words) == approx(z[r][c], rel=0.06, abs=0.006)


def _o(x1, w1, x2, w2, b):
    return math.tanh(x1 * w1 + x2 * w2 + b)


E2 = math.exp(2 * 0.8813735870195432)
BATCH = ((2, 3, -1), (3, -1, 0.5), (0.5, 1, 1), (1, 1, -1))  # of lessons 10 and 11
WEIGHTS = ((1, -1), (0.5, 2), (-2, 0))
INCOMING_OF_LAYER = ((1, 2), (0, -1), (3, 1), (-1, 2))
FILLED = """picture => [...picture.querySelectorAll('.ml-moving path')].filter(path =>
    path.style.strokeWidth.startsWith('22')).map(path => path.getAttribute('d').match(/[-.\\d]+/g).map(Number))"""


def writing(explorer):
    """The squares of each head add up to one, bars fall, and what is drawn is what is said."""
    words = explorer.element.locator(".ml-readout").inner_text()
    seen, drawn = re.search(r"after “(.*?)” it draws (\w+),", words).groups()
    texts = look(explorer, TEXTS)
    line = min(y for text, _, y in texts if text == "." and y < 100)
    letters = [text for text, _, y in sorted(texts, key=lambda text: text[1]) if y == line]
    assert letters == [*seen, "." if drawn == "point" else drawn]
    rows = sorted((y, text) for text, _, y in texts if re.match(r"[01]\.\d{3}", text))
    shares = [number(text[:5]) for _, text in rows]
    assert shares[:10] == sorted(shares[:10], reverse=True) and sum(shares) <= 1.006
    (marked,) = (share for share, (_, text) in zip(shares, rows) if "drawn" in text)
    assert after(explorer, "with probability") == marked
    heads = {}
    for places in look(explorer, FILLED):
        for _, bottom, _, top in zip(*[iter(places)] * 4):
            heads[bottom] = heads.get(bottom, 0) + (bottom - top) / 22
    assert list(heads.values()) == approx([1.0] * len(heads), abs=2e-3)


CHECKS = {  # lesson: one for each of its explorers, in reading order
    "00": [training],
    "01": [slope(lambda x: 3 * x**2 - 4 * x + 5, lambda x: 6 * x - 4)],
    "02": [
        nudge("d", lambda a, b, c: a * b + c, a=2, b=-3, c=10),
        nudge("L", lambda a, b, c, f: (a * b + c) * f, a=2, b=-3, c=10, f=-2),
    ],
    "03": [nudge("o", _o, x1=1, w1=-1, x2=2, w2=0.5, b=0.5)],
    "04": [
        stepper(
            "o",
            backward=dict(x1=-1.5, w1=1, x2=0.5, w2=0, b=0.5, n=0.5, o=1),
            forward=dict(x1=0, w1=0, b=0, n=0.5),
            nearest_first=dict(x1=-1.5, w1=1, x2=0.5, w2=0, b=0.5, n=0.5),
        ),
        stepper("d", backward=dict(a=6, b=3, c=1), nearest_first=dict(a=2, b=3, c=1)),
    ],
    "05": [
        stepper("f", backward=dict(a=-3, b=-8), nearest_first=dict(a=-3, b=-8)),
        clearing(),
    ],
    "06": [
        nudge("L", lambda a, b, c: math.log(a * b + 2) ** 2 / c, a=2, b=3, c=0.5),
        stepper("o", backward=dict(n=0.5, power=2 / (E2 + 1) ** 2)),
    ],
    "07": [neuron, relus()],
    "08": [descent(lambda w: (w - 1.5) ** 2, lambda w: 2 * (w - 1.5))],
    "09": [forward, factors],
    "10": [broadcast, matrix_product(BATCH, WEIGHTS)],
    "11": [broadcast, matrix_product(INCOMING_OF_LAYER, list(zip(*WEIGHTS)))],
    "12": [neuron],
    "13": [training],
    "14": [descent(lambda w1, w2: 0.1 * w1**2 + w2**2, lambda w1: 0.2 * w1, lambda w2: 2 * w2)],
    "15": [softmax, digit],
    "16": [convolution, learned_convolution],
    "17": [next_letter, next_letter],
    "18": [attention, attention_of_a_network],
    "19": [writing, writing],
}


def check(lesson, nth, explorer):
    CHECKS[lesson[:2]][nth](explorer)
