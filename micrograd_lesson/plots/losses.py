"""How the loss falls."""

from ..palette import DATA, GRADIENT, INK, MOVED, OPERATION
from ..words import count, number
from .picture import Picture, legend_above, new_axes

LOOKS = [  # colour and dashes, for one history after the other
    (DATA, "-"),
    (GRADIENT, (0, (5, 2))),
    (OPERATION, (0, (1, 1.5))),
    (MOVED, (0, (6, 2, 1, 2))),
    (INK, (0, (2, 2))),
]
LETTER = 8  # pixels, about
ROOM = 45  # pixels, for the line before a name and the gap behind it


def losses(histories, per="step", first=0):
    """Loss against step, one curve for each history.

    Args:
        histories: dict from a name to the list of losses, in order.
        per: what there is a loss for, "step" or "epoch".
        first: after how many steps or epochs the first loss of a history was taken: 0 where it
            was taken before any, 1 where it was taken after one.

    Returns:
        A Picture. Its `curves` is a dict from the name of a history to its line.

    Raises:
        ValueError: there is no history, or one of them is empty.
    """
    if not histories or not all(len(history) for history in histories.values()):
        raise ValueError("losses needs at least one history, each with at least one loss.")
    said = [_in_words(name, history, per, first) for name, history in histories.items()]
    picture = Picture(alt=f"Loss against {per}. {'; '.join(said)}.")
    picture.curves = {}
    ax = new_axes(picture, (0.11, 0.13, 0.85, 0.72), xlabel=per, ylabel="loss")
    ax.xaxis.get_major_locator().set_params(integer=True)
    for i, (name, history) in enumerate(histories.items()):
        colour, dashes = LOOKS[i % len(LOOKS)]
        steps = range(first, first + len(history))
        (line,) = ax.plot(steps, history, color=colour, linestyle=dashes, linewidth=2.5)
        line.set_label(name)
        picture.curves[name] = line
    lowest = min(min(history) for history in histories.values())
    ax.set_ylim(bottom=min(0.0, lowest))
    if len(histories) > 1:
        _name(ax, histories)
    return picture


def _in_words(name, history, per, first):
    """The ends of a history."""
    start = number(history[0], 3)
    end = number(history[-1], 3)
    at_start = f"after {count(first, per)}" if first else "at the start"
    last = count(first + len(history) - 1, per)
    if len(history) == 1:
        return f"{name}: {start} {at_start}"
    if first == 0:
        return f"{name}: from {start} to {end} in {last}"
    return f"{name}: from {start} {at_start} to {end} after {last}"


def _name(ax, names):
    """A legend above the axes, in as many columns as there is room for; the axes make room."""
    longest = max(len(str(name)) for name in names)
    columns = max(1, int(ax.bbox.width / (LETTER * longest + ROOM)))
    rows = -(-len(names) // columns)
    if rows > 2:
        left, bottom, width, height = ax.get_position().bounds
        room = 20 * (rows - 2) / ax.figure.height
        ax.set_position((left, bottom, width, max(0.3, height - room)))
    legend_above(ax, columns=columns)
