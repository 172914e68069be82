"""What the explorers of the lessons must show, worked out from their controls alone, without the package.

`check(lesson, nth, explorer)` reads the controls of the nth explorer of a lesson, computes with
plain mathematics, and compares with the numbers of the readout and with what the picture
draws, and where: a chart's scales are read off the numbers written along its axes.
"""

import math
import re

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
INK = """picture => [...picture.querySelectorAll('.ml-moving use')].filter(use => use.style.fill.includes('ink')).map(
    use => [use.getBBox().x, use.getBBox().y, Number(use.style.fillOpacity || 1)])"""
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


def look(explorer, script):
    return explorer.element.locator(".ml-picture").first.evaluate(script)


def controls(explorer):
    """{name: what its number box or its chosen option says}."""
    found = {label: float(explorer.box(label).input_value()) for label in explorer.labels()}
    for choice in explorer.element.get_by_role("radiogroup").all():
        found[choice.get_attribute("aria-label")] = (
            choice.locator("label:has(input:checked)").inner_text().strip()
        )
    return found


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


def digit(explorer):
    state = controls(explorer)
    X, y = load_digits(return_X_y=True)
    X, _, y, _ = train_test_split(X, y, test_size=300, stratify=y, random_state=0)
    _, X, _, y = train_test_split(X, y, test_size=300, stratify=y, random_state=0)
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


def _o(x1, w1, x2, w2, b):
    return math.tanh(x1 * w1 + x2 * w2 + b)


B = 6.8813735870195432
E2 = math.exp(2 * 0.8813735870195432)
CHECKS = {  # lesson: one for each of its explorers, in reading order
    "00": [training],
    "01": [slope(lambda x: 3 * x**2 - 4 * x + 5, lambda x: 6 * x - 4)],
    "02": [
        nudge("L", lambda a, b, c, f: (a * b + c) * f, a=2, b=-3, c=10, f=-2),
        nudge("o", _o, x1=2, w1=-3, x2=0, w2=1, b=B),
    ],
    "04": [
        stepper(
            "o",
            backward=dict(x1=-1.5, w1=1, x2=0.5, w2=0, b=0.5, n=0.5, o=1),
            forward=dict(x1=0, w1=0, b=0, n=0.5),
            nearest_first=dict(x1=-1.5, w1=1, x2=0.5, w2=0, b=0.5, n=0.5),
        ),
        stepper("d", backward=dict(a=6, b=3, c=1), nearest_first=dict(a=2, b=3, c=1)),
    ],
    "05": [stepper("f", backward=dict(a=-3, b=-8), nearest_first=dict(a=-3, b=-8))],
    "06": [
        nudge("L", lambda a, b, c: math.log(a * b + 2) ** 2 / c, a=2, b=3, c=0.5),
        stepper("o", backward=dict(n=0.5, e=2 / (E2 + 1) ** 2)),
    ],
    "12": [neuron],
    "07": [neuron],
    "08": [
        descent(lambda w: (w - 1.5) ** 2, lambda w: 2 * (w - 1.5)),
        descent(lambda w1, w2: 0.1 * w1**2 + w2**2, lambda w1: 0.2 * w1, lambda w2: 2 * w2),
    ],
    "09": [forward],
    "11": [broadcast],
    "13": [training],
    "15": [digit],
}


def check(lesson, nth, explorer):
    CHECKS[lesson[:2]][nth](explorer)
