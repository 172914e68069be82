"""Small handwritten digits, and where a network errs."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..palette import DATA, INK, MUTED
from ..words import count
from .picture import TEXT, Picture, new_axes

SIDE = 8  # pixels along each edge of a digit
WIDTH = 760  # of a grid of digits
FOOT = 26  # room for a caption below each


def digits(images, labels, answers=None, columns=10):
    """A grid of digits, each with its label below it.

    Where a network's answers are given, a tick follows the label of each one that it got right;
    one that it got wrong has a thick frame, and both numbers in bold.

    Args:
        images: array of shape (n, 64) or (n, 8, 8), n at least 1, ink from 0 to 1.
        labels: the n digits that they are.
        answers: the n digits that a network takes them for.
        columns: how many stand side by side.

    Returns:
        A Picture. Its `frames`, axes, and `captions` are lists in the order of the images.

    Raises:
        ValueError: images have another shape, or there is not one label (and answer) for each.
    """
    images, labels, taken = _checked(images, labels, answers)
    cell = WIDTH / columns
    rows = -(-len(images) // columns)  # rounded up
    picture = Picture(WIDTH, rows * (cell + FOOT))
    picture.frames = []
    picture.captions = []
    words = []
    for i, (image, label, answer) in enumerate(zip(images, labels, taken)):
        row, column = divmod(i, columns)
        corner = column * cell, picture.height - row * (cell + FOOT)
        picture.frames.append(_add_digit(picture, image, corner, cell, wrong=answer != label))
        caption, word = _captions(label, answer, asked=answers is not None)
        picture.captions.append(_add_caption(picture, caption, corner, cell, answer != label))
        words.append(word)
    picture.alt = f"Handwritten digits, {len(images)} of them: {', '.join(words)}."
    return picture


def _checked(images, labels, answers):
    """images as an array, labels and answers as lists of whole numbers."""
    images = np.asarray(images, float)
    if not images.size or images.shape[1:] not in ((SIDE * SIDE,), (SIDE, SIDE)):
        raise ValueError(f"digits needs images of shape (n, 64) or (n, 8, 8), not {images.shape}.")
    labels = [int(label) for label in labels]
    taken = labels if answers is None else [int(answer) for answer in answers]
    if not len(images) == len(labels) == len(taken):
        raise ValueError(
            f"digits needs a label, and an answer if any, for each of {len(images)} images, "
            f"not {len(labels)} and {len(taken)}."
        )
    return images, labels, taken


def _captions(label, answer, asked):
    """What stands below a digit, and what the picture's words say of it."""
    if answer != label:
        return f"{label}, not {answer}", f"{label} taken for {answer}"
    if asked:
        return f"{label} \N{CHECK MARK}", f"{label} right"
    return f"{label}", f"{label}"


def _add_digit(picture, image, corner, cell, wrong):
    """Draw a digit. corner: the upper left one of its cell, in pixels."""
    left, top = corner
    colour, linewidth = (INK, 3) if wrong else (MUTED, 1)
    ax = add_square(picture, left + 0.08 * cell, top - 0.92 * cell, 0.84 * cell, colour, linewidth)
    # Patches, not a bitmap: they take the page's colour of ink. One for all pixels of a shade, so
    # that the picture stays small.
    image = image.reshape(SIDE, SIDE)
    for ink in np.unique(image[image > 0]):
        squares = [_square(x, y) for y, x in np.argwhere(image == ink)]
        pixels = Path.make_compound_path(*squares)
        ax.add_patch(PathPatch(pixels, color=INK, alpha=ink, linewidth=0, clip_on=False))
    return ax


def _square(x, y):
    """The outline of a pixel, its corner at x, y."""
    return Path([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)], closed=True)


def _add_caption(picture, caption, corner, cell, wrong):
    left, top = corner
    return picture.text(
        (left + 0.5 * cell) / picture.width,
        (top - 0.97 * cell) / picture.height,
        caption,
        ha="center",
        va="top",
        color=INK,
        fontsize=TEXT,
        fontweight="bold" if wrong else "normal",
    )


def add_square(picture, x, y, size, colour, linewidth):
    """Square axes for one digit, its lower left corner at x, y; all in pixels."""
    box = x / picture.width, y / picture.height, size / picture.width, size / picture.height
    ax = picture.add_axes(box, xlim=(0, SIDE), ylim=(SIDE, 0), facecolor="none")
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(color=colour, linewidth=linewidth)
    return ax


def confusion(counts):
    """A table of a network's answers: in row i, column j, how often digit i was taken for j.

    Right answers are on the diagonal, framed; wrong ones are bold, outside of it. On the diagonal
    a cell is darker the more it holds.

    counts: square array of whole numbers.

    Raises:
        ValueError: counts is not square, or empty.
    """
    counts = np.asarray(counts)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not counts.any():
        raise ValueError(
            f"confusion needs a square table with counts in it, not one of shape {counts.shape}."
        )
    picture = Picture(520, 500)
    ax = _confusion_axes(picture, len(counts))
    wrong = []
    for (i, j), times in np.ndenumerate(counts):
        _add_cell(ax, i, j, times, times / counts.max())
        if times and i != j:
            wrong.append(f"{i} for {j}, {'once' if times == 1 else count(times, 'time')}")
    mistakes = f"Taken for another: {'; '.join(wrong)}." if wrong else "None was taken for another."
    picture.alt = f"Right: {np.trace(counts)} of {counts.sum()}. {mistakes}"
    return picture


def _confusion_axes(picture, n):
    box = (0.11, 0.03, 0.86, 0.85)
    ax = new_axes(picture, box, (0, n), (n, 0), "the network's answer", "the digit")
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set_xticks(np.arange(n) + 0.5, range(n))
    ax.set_yticks(np.arange(n) + 0.5, range(n))
    ax.grid(False)
    return ax


def _add_cell(ax, i, j, times, share):
    """share: of the largest count."""
    right = i == j
    fill = to_rgba(INK, 0.2 if times else 0.05)
    if right:
        fill = to_rgba(DATA, 0.05 + 0.25 * share)
    cell = Rectangle((j + 0.05, i + 0.05), 0.9, 0.9, facecolor=fill, edgecolor=DATA)
    cell.set_linewidth(2 if right else 0)
    ax.add_patch(cell)
    if times:
        words = ax.text(j + 0.5, i + 0.5, f"{times}", ha="center", va="center", color=INK)
        words.set(fontsize=TEXT, fontweight="normal" if right else "bold")
