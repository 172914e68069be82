"""The ice-cream network with every number on it."""

from matplotlib.text import Text

from ..palette import DATA, GRADIENT, INK, MOVED, MUTED, OPERATION, PAPER
from .layered import LayeredPicture as Picture


def forward(numbers, gradients=None, show="forward"):
    """A 2-2-2 network with every number of its forward pass; `update` takes the same arguments.

    The still layer holds circles, lines, weights, biases and targets, as they were in the
    first call; what follows from the inputs moves.

    Args:
        numbers: dict of x1, x2, w1 to w8, b1 to b4, z1 to z4, a1 to a4, y1, y2, L. Neurons 1
            and 2 are hidden, 3 and 4 give the outputs; w1 and w2 lead to neuron 1, and so on.
        gradients: dict of the gradient of L for each w, b, z and a.
        show: "forward", or "gradients" to write each gradient below its number.

    Raises:
        ValueError: an unknown show, or no gradients to show.
    """
    picture = Picture(960, 430)
    ax = picture.add_axes((0, 0, 1, 1), xlim=(0, 960), ylim=(0, 430))
    ax.axis("off")
    columns, rows = (66, 342, 622), (300, 108)
    inputs, hidden, outputs = ([(x, y) for y in rows] for x in columns)
    loss = (898, sum(rows) / 2)
    moving = {}

    def write(x, y, text="", colour=INK, size=10.5, **options):
        return ax.text(x, y, text, color=colour, fontsize=size, va="center", **options)

    def number(x, y, colour, size=10.5, moving=True):
        """The place of a text: it starts at x, and y is the middle of its digits."""
        artist = _Number(x, y - 0.29 * size, "", color=colour, fontsize=size)
        ax.add_artist(artist)
        return picture.moving(artist)[0] if moving else artist

    def entry(name, x, y, colour, still=False):
        """A name and its number, and below it the place of its gradient."""
        write(x - 15, y + 7, name, ha="right")
        if still:
            number(x - 11, y + 7, colour, moving=False).set_text(_signed(numbers[name]))
        else:
            moving[name] = number(x - 11, y + 7, colour)
        moving["grad " + name] = number(x - 38, y - 7, GRADIENT, 10)

    def line(start, end, gap=None):
        """A line, without the piece around the height `gap`, where a number stands."""
        (x, y), (x2, y2) = start, end
        pieces = [(0, 1)]
        if gap is not None:
            middle, half = (gap - y) / (y2 - y), 17 / abs(y2 - y)
            pieces = [(0, middle - half), (middle + half, 1)]
        for piece in pieces:
            ax.plot(
                [x + t * (x2 - x) for t in piece],
                [y + t * (y2 - y) for t in piece],
                color=MUTED,
                linewidth=1,
                zorder=1,
            )

    def circle(place, size, colour):
        ax.plot(
            *place,
            "o",
            markersize=size,
            color=PAPER,
            markeredgecolor=colour,
            markeredgewidth=2.5,
            zorder=2,
        )

    for k, (sources, targets) in enumerate(((inputs, hidden), (hidden, outputs))):
        for j, target in enumerate(targets):
            for i, source in enumerate(sources):
                x = source[0] + 0.655 * (target[0] - source[0])
                y = source[1] + 0.655 * (target[1] - source[1])
                line(source, target, y if i != j else None)
                entry(
                    f"w{4 * k + 2 * j + i + 1}",
                    x if i != j else (source[0] + target[0]) / 2,
                    y if i != j else y + (18 if j == 0 else -18),
                    DATA,
                    still=True,
                )
    for i, (place, what) in enumerate(zip(inputs, ("temperature", "time of day")), 1):
        circle(place, 82, MOVED)
        write(place[0] - 17, place[1], f"x{i}", ha="right")
        moving[f"x{i}"] = number(place[0] - 13, place[1], MOVED)
        write(place[0], place[1] + 53, what, MUTED, 10, ha="center")
    for i, (place, what) in enumerate(
        zip(hidden + outputs, ("neuron 1", "neuron 2", "neuron 3: chocolate", "neuron 4: vanilla")),
        1,
    ):
        circle(place, 104, OPERATION)
        entry(f"z{i}", place[0], place[1] + 16, DATA)
        entry(f"a{i}", place[0], place[1] - 16, DATA)
        entry(f"b{i}", place[0], place[1] - 72, DATA, still=True)
        write(place[0], place[1] + 64, what, MUTED, 10, ha="center")
    for i, place in enumerate(outputs, 1):
        line((place[0] + 52, place[1]), (place[0] + 74, place[1]))
        line((place[0] + 200, place[1]), loss)
        write(place[0] + 146, place[1] + 15, f"target y{i}", ha="right")
        write(place[0] + 150, place[1] + 15, _signed(numbers[f"y{i}"]), DATA)
        write(place[0] + 146, place[1] - 1, f"a{i + 2} − y{i}", ha="right")
        moving[f"miss{i}"] = number(place[0] + 150, place[1] - 1, DATA)
    circle(loss, 88, INK)
    write(loss[0], loss[1] + 11, "loss L", ha="center")
    moving["L"] = number(loss[0] - 26, loss[1] - 8, DATA)
    heading = number(20, 410, INK, 12)

    def update(numbers, gradients=None, show="forward"):
        if show not in ("forward", "gradients"):
            raise ValueError(f"unknown show {show!r}; known are forward, gradients.")
        if show == "gradients" and not gradients:
            raise ValueError("there are no gradients to show.")
        backward = show == "gradients"
        for name, artist in moving.items():
            if name.startswith("grad "):
                artist.set_text(f"grad {_signed(gradients[name[5:]], 5)}" if backward else "")
            elif name in numbers and name != "L":
                artist.set_text(_signed(numbers[name]))
        misses = [numbers[f"a{i + 2}"] - numbers[f"y{i}"] for i in (1, 2)]
        for i, miss in enumerate(misses, 1):
            moving[f"miss{i}"].set_text(_signed(miss))
        moving["L"].set_text(f"{numbers['L']:.6f}")
        heading.set_text(
            "backward pass, from right to left: below each number its gradient, ∂L/∂(number)"
            if backward
            else "forward pass, from left to right: z = Σ w·input + b, then a = activation(z)"
        )
        picture.alt = (
            "A network of two inputs, two hidden neurons and two outputs. "
            + ", ".join(
                f"{name} = {numbers[name]:.4g}"
                for name in ("x1", "x2", "z1", "a1", "z2", "a2", "z3", "a3", "z4", "a4")
            )
            + f"; loss L = {numbers['L']:.4g}."
        )
        if backward:
            picture.alt += (
                " Gradients: "
                + ", ".join(
                    f"{name} {gradients[name]:.3g}" for name in gradients if name[0] in "wb"
                )
                + "."
            )

    picture.update = update
    update(numbers, gradients, show)
    return picture


class _Number(Text):
    """A line of text that starts at its place: drawn without the search for its box, which takes most of the time."""

    def draw(self, renderer):
        if self.get_visible() and self.get_text():
            x, y = self.get_transform().transform(self.get_position())
            gc = renderer.new_gc()
            gc.set_foreground(self.get_color())
            height = renderer.get_canvas_width_height()[1]
            renderer.draw_text(
                gc,
                x,
                height - y if renderer.flipy() else y,
                self.get_text(),
                self.get_fontproperties(),
                0,
                mtext=self,
            )
            gc.restore()


def _signed(x, digits=4):
    """x with its sign and always as wide: a minus as broad as the plus, and no minus zero."""
    return f"{round(x, digits) + 0.0:+.{digits}f}".replace("-", "−")
