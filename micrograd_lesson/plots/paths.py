"""Ways downhill, seen from above."""

import numpy as np

from ..gradcheck import sample
from ..palette import MOVED
from ..words import count, number, point
from .levels import add_levels
from .losses import LOOKS
from .picture import Picture, legend_above, limits_of, new_axes

GRID = 61  # places along each parameter where the loss is asked for
MARKERS = "osD^v"  # one for each way, so that colour is not all that tells them apart


def paths(loss, ways):
    """The ways that several descents took over a loss of two parameters, seen from above.

    The lines are lines of equal loss; a marker stands at each step. What is shown holds all
    places, and some room.

    Args:
        loss: a function of two numbers, w1 and w2.
        ways: dict from a name to its places, of shape (steps + 1, 2).

    Returns:
        A Picture. Its `ways` is a dict from a name to the line of its steps.

    Raises:
        ValueError: there is no way, or one is not a list of places (w1, w2).
    """
    ways = {name: _checked(name, way) for name, way in ways.items()}
    if not ways:
        raise ValueError("paths needs at least one way, a list of places (w1, w2).")
    places = np.concatenate(list(ways.values()))
    xlim = limits_of(places[:, 0])
    ylim = limits_of(places[:, 1])
    picture = Picture()
    picture.ways = {}
    ax = new_axes(picture, (0.11, 0.13, 0.85, 0.72), xlim, ylim, "w1", "w2")
    lines = _add_lines(ax, loss, xlim, ylim)
    said = []
    for i, (name, way) in enumerate(ways.items()):
        picture.ways[name] = _add_way(ax, name, way, i)
        said.append(_in_words(name, way, loss))
    ax.plot(*places[0], "o", color=MOVED, markersize=11, zorder=1)
    legend_above(ax)
    ground = "Lines of equal loss, and on them the steps"
    if lines is None:
        ground = "The steps on a loss that is flat or unknown here"
    picture.alt = f"{ground}. {'; '.join(said)}."
    return picture


def _checked(name, way):
    """The places of a way as an array of shape (steps + 1, 2)."""
    places = np.asarray(way, float)
    if places.ndim != 2 or places.shape[1] != 2 or not len(places):
        raise ValueError(f"{name} needs places (w1, w2), not an array of shape {places.shape}.")
    return places


def _add_lines(ax, loss, xlim, ylim):
    w1 = np.linspace(*xlim, GRID)
    w2 = np.linspace(*ylim, GRID)
    rows = [sample(lambda x, y=y: loss(x, y), w1) for y in w2.tolist()]
    return add_levels(ax, w1, w2, np.array(rows), alpha=0.5)


def _add_way(ax, name, way, i):
    colour, dashes = LOOKS[(i + 1) % len(LOOKS)]  # the first colour is that of the lines
    (line,) = ax.plot(*way.T, color=colour, linestyle=dashes, linewidth=2, label=name)
    line.set(marker=MARKERS[i % len(MARKERS)], markersize=5)
    return line


def _in_words(name, way, loss):
    steps = count(len(way) - 1, "step")
    end = number(float(loss(*way[-1].tolist())), 3)
    return f"{name}: {steps} from {point(way[0], 3)} to {point(way[-1], 3)}, loss {end}"
