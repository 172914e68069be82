"""Small handwritten digits, what a network says they are, and where it errs."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from ..palette import DATA, INK, MUTED
from .layered import LayeredPicture, Texts
from .picture import Picture, new_axes

SIDE = 8  # pixels along each edge of a digit
WIDTH, FOOT = 760, 24  # of a grid of digits, and the room for a caption


def digits(images, labels, answers=None, columns=10):
    """A grid of digits, each with its label below it.

    Where a network's answers are given, a tick follows the label of each one that it got right;
    one that it got wrong has a thick frame, and both numbers in bold.

    Args:
        images: array of shape (n, 64) or (n, 8, 8), n at least 1, ink from 0 to 1.
        labels: the n digits that they are.
        answers: the n digits that a network takes them for.
        columns: how many stand side by side.

    Raises:
        ValueError: images have another shape, or there is not one label (and answer) for each.
    """
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
    rows, cell = -(-len(images) // columns), WIDTH / columns
    height = rows * (cell + FOOT)
    picture, words = Picture(WIDTH, height), []
    for i, (image, label, answer) in enumerate(zip(images, labels, taken)):
        row, column = divmod(i, columns)
        top = height - row * (cell + FOOT)
        ax = _square(
            picture,
            (column + 0.08) * cell,
            top - 0.92 * cell,
            0.84 * cell,
            INK if answer != label else MUTED,
            3 if answer != label else 1,
        )
        for (y, x), ink in np.ndenumerate(image.reshape(SIDE, SIDE)):
            if ink > 0:
                # A patch rather than a bitmap: a colour that lets the page shine through suits light and dark.
                ax.add_patch(Rectangle((x, y), 1, 1, color=INK, alpha=ink, linewidth=0))
        caption, word = (
            (f"{label}, not {answer}", f"{label} taken for {answer}")
            if answer != label
            else (f"{label}", f"{label}")
            if answers is None
            else (f"{label} \N{CHECK MARK}", f"{label} right")
        )
        picture.text(
            (column + 0.5) * cell / WIDTH,
            (top - 0.97 * cell) / height,
            caption,
            ha="center",
            va="top",
            color=INK,
            fontsize=11,
            fontweight="bold" if answer != label else "normal",
        )
        words.append(word)
    picture.alt = f"Handwritten digits, {len(images)} of them: {', '.join(words)}."
    return picture


def confusion(counts):
    """A table of a network's answers: in row i and column j, how often the digit i was taken for j.

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
    n = len(counts)
    picture = Picture(520, 500)
    ax = new_axes(
        picture, (0.11, 0.03, 0.86, 0.85), (0, n), (n, 0), "the network's answer", "the digit"
    )
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set_xticks(np.arange(n) + 0.5, range(n))
    ax.set_yticks(np.arange(n) + 0.5, range(n))
    ax.grid(False)
    for (i, j), count in np.ndenumerate(counts):
        right, share = i == j, count / counts.max()
        fill = (
            to_rgba(DATA, 0.05 + 0.25 * share) if right else to_rgba(INK, 0.05 + 0.15 * (count > 0))
        )
        ax.add_patch(
            Rectangle(
                (j + 0.05, i + 0.05),
                0.9,
                0.9,
                linewidth=2 if right else 0,
                edgecolor=DATA,
                facecolor=fill,
            )
        )
        if count:
            ax.text(
                j + 0.5,
                i + 0.5,
                f"{count}",
                ha="center",
                va="center",
                color=INK,
                fontsize=12,
                fontweight="normal" if right else "bold",
            )
    wrong = [
        f"{i} for {j}, {count} times" if count > 1 else f"{i} for {j}, once"
        for (i, j), count in np.ndenumerate(counts)
        if count and i != j
    ]
    picture.alt = f"Right: {np.trace(counts)} of {counts.sum()}. " + (
        f"Taken for another: {'; '.join(wrong)}." if wrong else "None was taken for another."
    )
    return picture


def reading(image, probabilities, label):
    """A digit, and the ten probabilities that a network gives it; `update` takes the same three.

    Args:
        image: array of shape (64,) or (8, 8), ink from 0 to 1.
        probabilities: ten numbers that add up to 1.
        label: the digit that it is.
    """
    picture = LayeredPicture(640, 320)
    left = _square(picture, 20, 48, 248, MUTED, 1)
    right = new_axes(picture, (0.56, 0.15, 0.35, 0.775), (0, 1), (9.6, -0.6), "probability")
    right.grid(False, axis="y")
    right.set_yticks(range(10))
    right.set_xticks([0, 0.5, 1])
    right.tick_params(axis="y", labelsize=12, labelcolor=INK)
    # One artist each for the squares, the bars and the numbers: an explorer draws them anew at every key press.
    (pixels,) = picture.moving(
        left.scatter([], [], (248 / SIDE) ** 2, marker="s", linewidths=0, clip_on=False)
    )
    (bars,) = picture.moving(
        *right.plot([], [], color=DATA, linewidth=17, solid_capstyle="butt", clip_on=False)
    )
    (numbers,) = picture.moving(right.add_artist(Texts([(0, 0)] * 10, 11, INK, "left")))
    (mark,) = picture.moving(
        right.text(
            -0.1,
            0,
            "it is \N{BLACK RIGHT-POINTING TRIANGLE}",
            color=INK,
            fontsize=11,
            ha="right",
            va="center",
        )
    )

    def update(image, probabilities, label):
        image, best = np.reshape(image, (SIDE, SIDE)), int(np.argmax(probabilities))
        inked = np.argwhere(image > 0)  # what is not drawn need not travel
        pixels.set_offsets(inked[:, ::-1] + 0.5)
        pixels.set_facecolor([to_rgba(INK, ink) for ink in image[image > 0]])
        ends = np.array([(0, p, np.nan) for p in probabilities])
        bars.set_data(ends.ravel(), np.repeat(range(10), 3))
        numbers.places = [(p + 0.02, k + 0.15) for k, p in enumerate(probabilities)]
        numbers.texts = [f"{p:.3f}" for p in probabilities]
        numbers.bold = best
        mark.set_y(label)
        picture.alt = (
            f"A handwritten {label}. The network says {best}, with probability {probabilities[best]:.3f}"
            + ("." if best == label else f"; to {label} it gives {probabilities[label]:.3f}.")
        )
        return best

    picture.update = update
    update(image, probabilities, label)
    return picture


def _square(picture, x, y, size, colour, linewidth):
    """Square axes for one digit, its lower left corner at x, y; all in pixels."""
    width, height = 72 * picture.get_size_inches()
    ax = picture.add_axes(
        (x / width, y / height, size / width, size / height),
        xlim=(0, SIDE),
        ylim=(SIDE, 0),
        xticks=[],
        yticks=[],
        facecolor="none",
    )
    for spine in ax.spines.values():
        spine.set(color=colour, linewidth=linewidth)
    return ax
