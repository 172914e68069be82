"""The picture of where a class is stuck: a bar for each exercise that somebody has tried."""

from matplotlib.figure import Figure

from .. import palette
from .table import counts

ROW = 0.26  # inches
HATCH = "////"  # not yet: told by the pattern too


def stuck(results):
    """A figure: of each exercise, how many have it right, have tried it, and have not come to it.

    Args:
        results: a list of Result.

    Returns:
        A matplotlib Figure. Each part of a bar has a label: "01.a right", "01.a not yet" and
        "01.a not tried".
    """
    table = counts(results)
    size = len({result.learner for result in results})
    figure = Figure(figsize=(8, 1.6 + ROW * len(table)), layout="constrained")
    axes = figure.add_subplot()
    for place, (name, (right, wrong, tries)) in enumerate(table.items()):
        draw_bar(axes, place, name, right, wrong, size)
        axes.text(size, place, f"  {note(right, wrong, tries)}", va="center", fontsize=9)
    axes.set_yticks(range(len(table)), table, fontsize=9)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_xlim(0, max(size, 1) * 1.6)
    axes.set_xticks(whole_numbers(size))
    axes.set_xlabel(f"of {size} learners", loc="left")
    axes.set_title("Where the class is stuck", loc="left", color=palette.INK)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    add_legend(figure)
    return figure


def draw_bar(axes, place, name, right, wrong, size):
    """One row: right, then not yet, then who has not tried."""
    shape = {"height": 0.7, "edgecolor": palette.PAPER}
    bar = axes.barh(place, right, color=palette.OPERATION, **shape)
    bar.set_label(f"{name} right")
    bar = axes.barh(place, wrong, left=right, color=palette.GRADIENT, hatch=HATCH, **shape)
    bar.set_label(f"{name} not yet")
    others = size - right - wrong
    bar = axes.barh(place, others, left=right + wrong, color=palette.GRID, **shape)
    bar.set_label(f"{name} not tried")


def note(right, wrong, tries):
    """What stands beside a bar."""
    text = f"{right} right"
    if wrong:
        text += f", {wrong} not yet"
    if tries is not None:
        text += f", median {tries:g} tries" if tries != 1 else ", median 1 try"
    return text


def whole_numbers(size):
    """Ticks from 0 to size: five steps at most."""
    step = max(1, -(-size // 5))
    return list(range(0, size + 1, step))


def add_legend(figure):
    """Below the picture: what each part of a bar says."""
    from matplotlib.patches import Patch

    shape = {"edgecolor": palette.PAPER}
    patches = [
        Patch(facecolor=palette.OPERATION, label="right", **shape),
        Patch(facecolor=palette.GRADIENT, hatch=HATCH, label="not yet", **shape),
        Patch(facecolor=palette.GRID, label="not tried", **shape),
    ]
    figure.legend(handles=patches, loc="outside lower left", ncols=3, frameon=False)
