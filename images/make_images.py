"""Draw every image in this folder: python images/make_images.py

Each comes from the function that draws the same picture in a lesson or an explorer.
"""

from pathlib import Path

from micrograd_lesson import Value, draw_dot, plots

HERE = Path(__file__).parent


def slope():
    """Lesson 01: the secant, the tangent, and the error for every h."""
    return plots.secant(lambda x: 3 * x**2 - 4 * x + 5, 3.0, 1.0, slope=lambda x: 6 * x - 4).png()


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
    return plots.neuron(1.0, -1.0, 0.5, 2.0, 1.0).png()


def network():
    """Lesson 07: MLP(3, [4, 4, 1])."""
    return plots.network([3, 4, 4, 1]).png()


def descent():
    """Lesson 08: a learning rate at which every step jumps over the floor."""
    return plots.descent(lambda w: (w - 1.5) ** 2, 0.9, -3.0, 10, slope=lambda w: 2 * (w - 1.5)).png()


IMAGES = {"slope.png": slope, "backward.svg": backward, "neuron.png": neuron,
          "network.png": network, "descent.png": descent}

if __name__ == "__main__":
    for name, draw in IMAGES.items():
        (HERE / name).write_bytes(draw())
        print("drawn:", name)
