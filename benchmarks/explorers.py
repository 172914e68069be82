"""From key press to changed picture in JupyterLab: each explorer beside an empty round trip and `interact`.

Needs Chromium, as the browser tests do. In one run, each explorer on a page of its own, as a
lesson has few, and in turns with what it is compared with:

    echo       a slider that writes its number into an HTML widget: the empty round trip
    explorer   ours
    interact   the same picture, drawn anew for every value by `ipywidgets.interact` and pyplot,
               as `%matplotlib inline` shows it
    draw_dot   for graphs, also by `interact` and draw_dot, which sends SVG

The page itself keeps the time: it presses an arrow key, waits until the target holds another
picture, and stops when the browser has painted the frame after that.
"""

import statistics

import nbformat

from micrograd_lesson import explorers

ROUNDS, PRESSES = 6, 10
OF_RIVALS = 2  # rounds: a picture by pyplot takes half a second

SETUP = """
%matplotlib inline
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from micrograd_lesson import Value, draw_dot, plots, trace
from micrograd_lesson.data import digits
from micrograd_lesson.explorers import *
from micrograd_lesson.explorers.attention import AttentionPicture, who_came_after
from micrograd_lesson.explorers.attention import look as ask
from micrograd_lesson.explorers.broadcast import INCOMING, NUMBERS, BroadcastPicture, combine
from micrograd_lesson.explorers.clearing import ClearingPicture, Moment
from micrograd_lesson.explorers.clearing import run as run_clearing
from micrograd_lesson.explorers.convolution import READY, ConvolutionPicture, look
from micrograd_lesson.explorers.descent import CurvePicture, Landscape
from micrograd_lesson.explorers.digits import ReadingPicture, read
from micrograd_lesson.explorers.factors import FactorsPicture, find_factors
from micrograd_lesson.explorers.forward import ForwardPicture, run
from micrograd_lesson.explorers.matrix_product import MatrixProductPicture, multiply
from micrograd_lesson.explorers.neuron import NeuronPicture, find_answer
from micrograd_lesson.explorers.next_letter import NextLetterPicture, guess
from micrograd_lesson.explorers.relus import Curve, RelusPicture, fit
from micrograd_lesson.explorers.slope import SecantMeter, SlopePicture
from micrograd_lesson.explorers.softmax import SoftmaxPicture, share
from micrograd_lesson.explorers.writing import WritingPicture, draws
from micrograd_lesson.gradcheck import sample
from micrograd_lesson.tensor_nn import GPT, MLP

def f(x): return 3*x**2 - 4*x + 5

def loss(x1, w1, x2, w2, b): return ((x1*w1 + x2*w2 + b).tanh() - 1)**2  # of a neuron whose output should be 1

def loss_graph(nudge):
    L = loss(Value(2 + nudge, "x1"), Value(-3, "w1"), Value(0, "x2"), Value(1, "w2"), Value(6.88, "b"))
    L.backward()
    return L

def graph():
    a, b, c, g = Value(2, "a"), Value(-3, "b"), Value(10, "c"), Value(-2, "f")
    return (a*b + c)*g

def show(make, *state):  # the same picture, made anew and shown as every figure of pyplot
    plt.figure(FigureClass=lambda *_, **__: make(*state))
    plt.show()

def updated(picture, state):
    picture.update(state)
    return picture

def slope_picture(x, h):
    xs = np.linspace(-5, 5, 201)
    return updated(SlopePicture(xs, sample(f, xs)), SecantMeter(f)(x, h))

def slope_by_interact(x=0.0): show(slope_picture, x, 1.0)

def neuron_picture(*state): return updated(NeuronPicture(), find_answer(*state))

def neuron_by_interact(w1=1.0): show(neuron_picture, w1, -1.0, 0.5, 2.0, 1.0)

def parabola(w): return (w - 1.5)**2

def descent_picture(rate):
    hill = Landscape(parabola, lambda w: 2*(w - 1.5))
    walk = hill.walk(np.array([-3.0]), rate, 10, 0.0)
    return updated(CurvePicture(*hill.curve((-4, 7))), walk)

def descent_by_interact(rate=0.1): show(descent_picture, rate)

numbers = ForwardExplorer()  # for its network and targets

def forward_by_interact(x1=0.5): show(ForwardPicture, run(numbers.net, [x1, 0.8], numbers.targets).numbers)

def broadcast_picture(nudge):
    a, b = NUMBERS["a"], NUMBERS["b"][:1]
    return BroadcastPicture(combine(a, b, "*", INCOMING, "b", (1, 1), nudge))

def broadcast_by_interact(nudge=0.0): show(broadcast_picture, nudge)

tall = np.arange(24.0).reshape(12, 2)  # so that ten presses stay inside
def product_picture(row): return MatrixProductPicture(multiply(tall, np.ones((2, 4)), row, 1))
def product_by_interact(row=12): show(product_picture, row % 12)

def softmax_picture(score): return updated(SoftmaxPicture(), share((score, 1.0, 0.1), 0))
def softmax_by_interact(score=2.0): show(softmax_picture, score)

learning = TrainingExplorer()  # for its network and its points
def training_by_interact(x1=0.5):
    show(plots.boundary, learning.model, *learning.points, [[x1, 0.2]], [1])

def show_graph(root):  # the boxes and arrows of draw_dot, placed and drawn as one does with pyplot
    nodes, edges = trace(root)
    columns, place = {}, {}
    for node in nodes:
        column = max((place[id(p)][0] + 1 for p in node._prev), default=0)
        columns[column] = columns.get(column, 0) + 1
        place[id(node)] = column, -columns[column]
    plt.figure(figsize=(13.3, 6))
    plt.axis("off")
    plt.xlim(-0.5, len(columns) - 0.5)
    plt.ylim(-max(columns.values()) - 0.5, -0.5)
    for parent, child in edges:
        plt.annotate("", place[id(child)], place[id(parent)], arrowprops={"arrowstyle": "->"})
    for node in nodes:
        plt.text(*place[id(node)], f"{node.label or node._op}\\ndata {node.data:.4f}\\ngrad {node.grad:.4f}",
                 ha="center", va="center", bbox={"facecolor": "white"})
    plt.show()

def graph_by_interact(nudge=0.1): show_graph(loss_graph(nudge))
def graph_by_draw_dot(nudge=0.1): display(draw_dot(loss_graph(nudge)))

many = sum((graph() for _ in range(6)), Value(0))  # 24 steps, so that ten presses stay inside
def stepped(step):
    nodes = trace(many)[0]
    for node in nodes: node.grad = 0.0
    many.grad, many.label = 1.0, f"step {step}"
    for node in [node for node in reversed(nodes) if node._prev][:step]: node._backward()
    return many
def stepper_by_interact(step=12): show_graph(stepped(step))
def stepper_by_draw_dot(step=12): display(draw_dot(stepped(step)))

X, y = digits()[1]
reader = MLP(64, [256, 10], "relu", "linear", scaled=True)
def digit_picture(example): return updated(ReadingPicture(), read(reader, X[example], y[example]))
def digit_by_interact(example=0): show(digit_picture, example)

letters = np.random.default_rng(0).normal(0, 2, (27, 27))
def of_last(text): return letters[ord(text[-1]) - 96]
def next_picture(temperature): return updated(NextLetterPicture(), guess(of_last, "em", temperature))
def next_by_interact(temperature=1.0): show(next_picture, temperature)


def convolution_picture(row): return updated(ConvolutionPicture(), look(X[0].reshape(8, 8), READY["blur"], row % 6, 2, 1.0))
def convolution_by_interact(row=12): show(convolution_picture, row)

def clearing_picture(step):
    cleared, never = run_clearing(0.1, 30, True), run_clearing(0.1, 30, False)
    return updated(ClearingPicture(cleared, never), Moment(step, 0.1, False, cleared, never))

def clearing_by_interact(step=15): show(clearing_picture, step)

def relus_picture(shift):
    fits = [fit(Curve.of(np.sin, 0.0, 6.0), n) for n in range(1, 9)]
    return updated(RelusPicture(fits), fits[-1].with_chosen(3).changed(shift, 0.0))

def relus_by_interact(shift=0.0): show(relus_picture, shift)

def factors_picture(step):
    passes = run(numbers.net, [0.5, 0.8], numbers.targets)
    return updated(FactorsPicture(passes.numbers), find_factors(numbers.net, passes, "w1", step))

def factors_by_interact(step=0): show(factors_picture, step)

long_text = "abracadabrab"
def attention_picture(asks):
    return updated(AttentionPicture(12), ask(long_text, who_came_after(long_text)[None], asks))
def attention_by_interact(asks=12): show(attention_picture, asks % 12)


writer = GPT(rng=0)
def writing_picture(letter):
    written = draws(writer, 6, 1.0)
    return updated(WritingPicture(), written[min(letter, len(written)) - 1])
def writing_by_interact(letter=6): show(writing_picture, letter)

def by_interact(function, name, low, high, by):
    kind = widgets.IntSlider if isinstance(by, int) else widgets.FloatSlider
    box = widgets.interactive(function, **{name: kind(min=low, max=high, step=by, value=(low + high) / 2)})
    box.add_class(function.__name__)
    return box

slider, number = widgets.IntSlider(min=0, max=100, value=50), widgets.HTML("50")
slider.observe(lambda change: setattr(number, "value", str(change.new)), "value")
echo = widgets.VBox([slider, number]); echo.add_class("echo")
"""

RIVALS = {  # explorer: (how it is made, its interact version, and another)
    "SlopeExplorer": (
        "SlopeExplorer(f, x=0.0)",
        "by_interact(slope_by_interact, 'x', -5.0, 5.0, 0.1)",
    ),
    "NudgeExplorer": (
        "NudgeExplorer(loss, x1=2, w1=-3, x2=0, w2=1, b=6.88)",
        "by_interact(graph_by_interact, 'nudge', -1.0, 1.0, 0.01)",
        "by_interact(graph_by_draw_dot, 'nudge', -1.0, 1.0, 0.01)",
    ),
    "BackwardStepper": (
        "BackwardStepper(many, step=12)",
        "by_interact(stepper_by_interact, 'step', 0, 24, 1)",
        "by_interact(stepper_by_draw_dot, 'step', 0, 24, 1)",
    ),
    "NeuronExplorer": ("NeuronExplorer()", "by_interact(neuron_by_interact, 'w1', -4.0, 4.0, 0.1)"),
    "DescentExplorer": (
        "DescentExplorer(rate=0.6)",
        "by_interact(descent_by_interact, 'rate', 0.0, 1.2, 0.01)",
    ),
    "DigitExplorer": (
        "DigitExplorer({'one': reader}, X, y)",
        "by_interact(digit_by_interact, 'example', 0, 100, 1)",
    ),
    "NextLetterExplorer": (
        "NextLetterExplorer({'pairs': lambda text: of_last(text or 'a')}, 'em')",
        "by_interact(next_by_interact, 'temperature', 0.1, 3.0, 0.05)",
    ),
    "ForwardExplorer": (
        "ForwardExplorer()",
        "by_interact(forward_by_interact, 'x1', 0.0, 1.0, 0.01)",
    ),
    "BroadcastExplorer": (
        "BroadcastExplorer(row=1)",
        "by_interact(broadcast_by_interact, 'nudge', -2.0, 2.0, 0.1)",
    ),
    "MatrixProductExplorer": (
        "MatrixProductExplorer(tall, row=1)",
        "by_interact(product_by_interact, 'row', 0, 24, 1)",
    ),
    "SoftmaxExplorer": (
        "SoftmaxExplorer()",
        "by_interact(softmax_by_interact, 'score', -5.0, 5.0, 0.1)",
    ),
    "AttentionExplorer": (
        "AttentionExplorer(long_text, asks=1)",
        "by_interact(attention_by_interact, 'asks', 0, 24, 1)",
    ),
    "TrainingExplorer": (
        "TrainingExplorer()",
        "by_interact(training_by_interact, 'x1', -1.3, 2.3, 0.1)",
    ),
    "ConvolutionExplorer": (
        "ConvolutionExplorer(X, example=30)",
        "by_interact(convolution_by_interact, 'row', 0, 24, 1)",
    ),
    "ClearingExplorer": (
        "ClearingExplorer(step=15, clear='never')",
        "by_interact(clearing_by_interact, 'step', 0, 30, 1)",
    ),
    "RelusExplorer": (
        "RelusExplorer(relus=8, chosen=4)",
        "by_interact(relus_by_interact, 'shift', -3.0, 3.0, 0.05)",
    ),
    "WritingExplorer": (
        "WritingExplorer(writer, seed=6, letter=6)",
        "by_interact(writing_by_interact, 'letter', 1, 12, 1)",
    ),
    "FactorsExplorer": (
        "FactorsExplorer(parameter='w1', step=1)",
        "by_interact(factors_by_interact, 'step', 0, 2, 1)",
    ),
}

SLIDER = {
    "BroadcastExplorer": ".widget-hbox:has([aria-label=nudge])",
    "RelusExplorer": ".widget-hbox:has([aria-label='move kink'])",
    "ConvolutionExplorer": ".widget-hbox:has([aria-label='w[1, 1]'])",
}  # to be pressed where it is not the first
SHORT = {
    "FactorsExplorer",
    "WritingExplorer",
}  # whose sliders have fewer places than there are presses

PRESS = """([box, target, key]) => new Promise((resolve, reject) => {
  const handle = document.querySelector(box + ' [role=slider]'), seen = document.querySelector(target);
  const picture = () => seen.querySelector('img')?.src ?? seen.querySelector('svg')?.outerHTML ?? seen.textContent.trim();
  const before = picture();
  let start;
  const watch = new MutationObserver(() => {
    if (!picture() || picture() === before) return;  // also while an output is cleared
    watch.disconnect();
    requestAnimationFrame(() => {  // the frame is painted before the next message arrives
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - start);
      channel.port2.postMessage(0);
    });
  });
  watch.observe(seen, {childList: true, subtree: true, characterData: true, attributes: true});
  handle.focus();
  start = performance.now();
  handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  setTimeout(() => reject('nothing changed at ' + box), 5000);
})"""


def write_notebook(path, name):
    """The page of one explorer and its rivals."""
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
            }
        }
    )
    notebook.cells = [
        nbformat.v4.new_code_cell(source) for source in (SETUP, "echo", *RIVALS[name])
    ]
    nbformat.write(notebook, path)


def measure(lab, name):
    """{what: [milliseconds, …]} of one explorer's page, all taken in turns."""
    targets = {"echo": (".echo", ".echo .widget-html-content")}
    targets[name] = f".{name} {SLIDER.get(name, '')}", f".{name} .ml-moving"
    for version in RIVALS[name][1:]:
        function = version.split("(")[1].split(",")[0]
        rival = "by " + function.split("_by_")[1]
        targets[rival] = f".{function}", f".{function} .jp-OutputArea"
    times = {what: [] for what in targets}
    for i in range(ROUNDS + 1):
        for what, (box, target) in targets.items():
            if what.startswith("by ") and i > OF_RIVALS:
                continue
            for press in range(PRESSES):
                back = press % 2 if name in SHORT and what != "echo" else i % 2
                lab.page.wait_for_timeout(40)
                taken = lab.page.evaluate(
                    PRESS, [box, target, "ArrowLeft" if back else "ArrowRight"]
                )
                if i:  # the first round warms up
                    times[what].append(taken)
    return times


HEAD = f"""From key press to changed picture, in turns: {ROUNDS * PRESSES} presses of ours and of the echo, {OF_RIVALS * PRESSES} of rivals
{"":30}{"median":>8}{"95 %":>8}   ratio to the echo beside it: {"median":>8}{"95 %":>7}{"to ours":>9}"""


def report(name, times):
    """The lines of one explorer: of its echo, its own, and of each rival."""

    def both(what):
        ordered = sorted(times[what])
        return statistics.median(ordered), ordered[round(0.95 * (len(ordered) - 1))]

    echo, late = both("echo")
    for what in (name, *(each for each in times if each != name)):
        m, q = both(what)
        to_ours = f"{m / both(name)[0]:9.1f}" if what.startswith("by ") else ""
        words = what if what == name else f"  {what}"
        yield f"{words:30}{m:8.1f}{q:8.1f}{m / echo:41.2f}{q / late:7.2f}{to_ours}"


def main():
    assert set(RIVALS) == set(explorers.__all__) - {"Explorer", "progress"}, (
        "an explorer is not measured"
    )
    try:
        from playwright.sync_api import sync_playwright

        from tests.browser.lab import FLAGS, Lab, LabServer, find_chromium
    except ModuleNotFoundError as missing:
        print(
            f"The module {missing.name} was not found, so the explorers are not measured. "
            "To measure them: python -m pip install -r requirements-test.txt"
        )
        return

    with sync_playwright() as playwright:
        chromium = find_chromium(playwright)
        if chromium is None:
            print(
                "No Chromium was found, so the explorers are not measured. To measure them: "
                "python -m playwright install chromium"
            )
            return
        with LabServer() as server:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
            print(HEAD)
            for name in RIVALS:
                write_notebook(server.root / "my_lessons" / f"{name}.ipynb", name)
                lab.open(f"{name}.ipynb").run_all()
                assert not lab.problems(), lab.problems()
                print(*report(name, measure(lab, name)), sep="\n", flush=True)
            print(f"Chromium {browser.version}")
            browser.close()
