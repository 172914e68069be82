"""Draw every image in this folder: python images/make_images.py

Each comes from the function that draws the same picture in a lesson or an explorer.
"""

import io
import random
from pathlib import Path

from PIL import Image

from micrograd_lesson import Value, draw_dot, plots
from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers import (
    DescentExplorer,
    NeuronExplorer,
    SlopeExplorer,
    TrainingExplorer,
)
from micrograd_lesson.losses import hinge, l2
from micrograd_lesson.optim import SGD
from micrograd_lesson.tensor_nn import MLP

HERE = Path(__file__).parent


def slope():
    """Lesson 01: the secant, the tangent, and the error for every h."""
    explorer = SlopeExplorer(lambda x: 3 * x**2 - 4 * x + 5, slope=lambda x: 6 * x - 4)
    return explorer.picture.png()


def backward():
    """Lesson 02: L = (a·b + c)·f with its gradients."""
    a, b, c, f = Value(2, "a"), Value(-3, "b"), Value(10, "c"), Value(-2, "f")
    e = a * b
    d = e + c
    L = d * f
    e.label, d.label, L.label = "e", "d", "L"
    L.backward()
    return draw_dot(L).pipe("svg")


def neuron():
    """Lesson 07: a neuron's line in the plane, and its point on the activation curve."""
    return NeuronExplorer(w1=1.0, w2=-1.0, b=0.5, x1=2.0, x2=1.0).picture.png()


def network():
    """Lesson 07: MLP(3, [4, 4, 1])."""
    return plots.network([3, 4, 4, 1]).png()


def descent():
    """Lesson 08: a learning rate at which every step jumps over the floor."""
    return DescentExplorer(rate=0.9, start=-3.0, steps=10).picture.png()


def moons():
    """Lesson 13: micrograd's demo after its 100 steps, with points it has not learned from."""
    X, y = two_moons(100, seed=0)
    net = MLP(2, [16, 16, 1], "relu", "linear", random.Random(0))
    for k in range(100):
        loss = hinge(net(X), y) + l2(net.parameters())
        net.zero_grad()
        loss.backward()
        SGD(net.parameters(), 1.0 - 0.9 * k / 100).step()
    return plots.boundary(net, X, y, *two_moons(200, seed=1)).png()


# After so many steps a frame is drawn: close together while much happens.
STEPS_SHOWN = [*range(0, 12), *range(12, 40, 2), *range(40, 121, 5)]


def learning():
    """Lessons 00 and 13: a network finds the border between two moons, step by step."""
    explorer = TrainingExplorer(*two_moons(100, seed=0), rate=0.3, seed=1)
    frames = []
    for step in STEPS_SHOWN:
        if step:
            explorer.step(step - explorer.steps)
        frame = Image.open(io.BytesIO(explorer.picture.png(scale=2))).convert("RGB")
        frames.append(frame.resize((900, round(900 * frame.height / frame.width)), Image.LANCZOS))
    return animated(frames, milliseconds=120, rest=2500)


def animated(frames, milliseconds, rest):
    """The frames as a GIF that repeats and rests on its last frame; one palette serves them all."""
    palette = frames[-1].quantize(128, dither=Image.Dither.NONE)
    drawn = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    written = io.BytesIO()
    times = [milliseconds] * (len(drawn) - 1) + [rest]
    drawn[0].save(
        written,
        "GIF",
        save_all=True,
        append_images=drawn[1:],
        duration=times,
        loop=0,
        optimize=True,
    )
    return written.getvalue()


IMAGES = {
    "learning.gif": learning,
    "slope.png": slope,
    "backward.svg": backward,
    "neuron.png": neuron,
    "network.png": network,
    "descent.png": descent,
    "moons.png": moons,
}

if __name__ == "__main__":
    for name, draw in IMAGES.items():
        (HERE / name).write_bytes(draw())
        print("drawn:", name)
