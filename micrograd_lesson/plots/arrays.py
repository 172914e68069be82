"""Two arrays, broadcast to one shape, and what flows back to them."""

import numpy as np

from ..palette import DATA, GRADIENT, INK, MOVED, MUTED, OPERATION
from .layered import LayeredPicture as Picture
from .layered import Texts

#    op: (the operation, the local derivative for one operand, given the other)
OPERATIONS = {
    "+": (np.add, np.ones_like),
    "*": (np.multiply, lambda other: other),
}
ROWS, COLUMNS = 3, 4  # the picture has room for arrays of this size
WIDTH, HEIGHT = 56, 32  # of a cell, in pixels
LEFT = 44, 368, 692  # where the three arrays of a row start
LEGEND = (
    "full frame: an entry in its first place; dashed: its further copies; "
    "thick: the entry that you follow, and what it reaches"
)


def broadcast(a, b, op="*", incoming=None, gradient=None, follow="b", place=None):
    """Two arrays as they are stretched and combined, and the gradient of one; `update` takes the same arguments.

    Above, the forward pass: a, b and the result, each in the result's shape; further
    copies are pale, in dashed frames. Below, the backward pass, from right to left: the
    incoming gradient, the share of each copy, and the shares summed over the copies. The
    copies of one entry stand out. Where the shapes do not fit, a and b stand alone.

    Args:
        a, b: arrays of at most 3 rows and 4 columns.
        op: "+" or "*".
        incoming: the gradient of the result, of its shape. A picture that starts without
            one has no room for the backward pass.
        gradient: the gradient of the followed operand, of its shape.
        follow: "a" or "b", the operand whose entry is followed.
        place: a row and a column of the result, counted from 0: the entry that stands
            there is followed. Beyond the end the last one counts. None follows nothing.

    `update` returns a dict: shape, of the result (None where there is none); with a place,
    entry, its index in the operand, and copies, its places in the result; with incoming
    too, lists of the local derivative, the incoming gradient and the share of each copy.

    Raises:
        ValueError: an unknown op or follow, or an array too large for the picture.
    """
    height = 200 if incoming is None else 374
    picture = Picture(960, height)
    ax = picture.add_axes((0, 0, 1, 1), xlim=(0, 960), ylim=(0, height))
    ax.axis("off")
    corners = [
        (x, y) for y in (height - 64, height - 252) for x in LEFT
    ]  # upper left ones, of the six arrays
    between = [(x + WIDTH * COLUMNS + x2) / 2 for x, x2 in zip(LEFT, LEFT[1:])]

    def words(places, size=13, colour=INK, ha="center"):
        return picture.moving(ax.add_artist(Texts(places, size, colour, ha)))[0]

    def line(colour, width, **options):
        return picture.moving(*ax.plot([], [], color=colour, linewidth=width, **options))[0]

    ax.text(LEFT[0], height - 26, "forward pass, from left to right", color=INK, fontsize=13)
    ax.text(LEFT[0], 8, LEGEND, color=MUTED, fontsize=12)
    frames = {
        "own": line(INK, 1.5),
        "copied": line(MUTED, 1, linestyle=(0, (3, 3))),
        "followed": line(MOVED, 3),
    }
    marks = line(
        MOVED,
        0,
        linestyle="none",
        marker=[(0, 0), (1, 0), (0, -1)],
        markersize=16,
        markeredgewidth=0,
    )
    headings = words([(x, y + 12) for x, y in corners] + [(LEFT[0], height - 214)], ha="left")
    signs = words([(x, corners[0][1] - 1.5 * HEIGHT - 6) for x in between], 20, OPERATION)
    arrows = words(
        [(x, corners[3][1] - 1.5 * HEIGHT + dy) for x in between for dy in (4, -12)], 12, OPERATION
    )
    cells = words(
        [
            (x + (j + 0.5) * WIDTH, y - (i + 0.5) * HEIGHT - 5)
            for x, y in corners
            for i in range(ROWS)
            for j in range(COLUMNS)
        ],
        14,
    )

    def update(a, b, op="*", incoming=None, gradient=None, follow="b", place=None):
        operands = {"a": np.asarray(a, float), "b": np.asarray(b, float)}
        if op not in OPERATIONS or follow not in operands:
            raise ValueError(f"op is + or *, and follow is a or b, not {op!r} and {follow!r}.")
        for name, x in operands.items():
            if x.ndim > 2 or np.any(np.greater(_table(x).shape, (ROWS, COLUMNS))):
                raise ValueError(
                    f"{name} has shape {x.shape}; the picture has room for {ROWS} rows of {COLUMNS}."
                )
        arrays, titles, seen, spot = _contents(operands, op, incoming, gradient, follow, place)
        boxes, marked = {kind: [] for kind in frames}, []
        cells.texts = [""] * len(cells.places)
        for k, ((x, y), array) in enumerate(zip(corners, arrays)):
            if array is None:
                continue
            numbers, own, followed = array
            for (i, j), number in np.ndenumerate(numbers):
                cell, box = ROWS * COLUMNS * k + COLUMNS * i + j, (x + WIDTH * j, y - HEIGHT * i)
                cells.texts[cell] = short(number)
                cells.colours[cell] = GRADIENT if k > 2 else DATA if own[i, j] else MUTED
                boxes["own" if own[i, j] else "copied"].append((box, 2))
                if followed[i, j]:
                    boxes["followed"].append((box, 4.5))
                    if spot == (i, j) and k != 3:
                        marked.append((box[0] + 9, box[1] - 9))
        for kind, artist in frames.items():
            artist.set_data(*_outlines(boxes[kind]))
        marks.set_data(*zip(*marked)) if marked else marks.set_data([], [])
        backward = arrays[3] is not None
        times = ("× b" if follow == "a" else "× a") if op == "*" else "× 1"
        headings.texts = [*titles, "backward pass, from right to left" if backward else ""]
        signs.texts = ["×" if op == "*" else op, "="]
        arrows.texts = ["← summed", "over copies", "← incoming", times] if backward else [""] * 4
        picture.alt = _in_words(operands, op, follow, seen)
        return seen

    picture.update = update
    update(a, b, op, incoming, gradient, follow, place)
    return picture


def _contents(operands, op, incoming, gradient, follow, place):
    """Six arrays (numbers, which entries are its own, which are followed; or None), their titles, seen, the place."""
    try:
        shape = np.broadcast_shapes(*(x.shape for x in operands.values()))
    except ValueError:
        shorter, longer = sorted((x.shape[::-1] for x in operands.values()), key=len)
        clash = next((p, q) for p, q in zip(longer, shorter) if p != q and 1 not in (p, q))
        alone = [_table(x) for x in operands.values()]
        titles = [
            *(f"{name} {x.shape}" for name, x in operands.items()),
            "no result: {} against {}".format(*clash),
        ]
        arrays = [(x, np.ones(x.shape, bool), np.zeros(x.shape, bool)) for x in alone]
        return arrays + [None] * 4, titles + [""] * 3, {"shape": None}, None

    def stretched(x):
        return _table(np.broadcast_to(x, shape))

    (a, b), followed = operands.values(), operands[follow]
    entries = np.arange(followed.size).reshape(followed.shape)
    which = stretched(entries)  # which entry stands at each place
    all_own = np.ones(which.shape, bool)
    spot = (
        None if place is None else tuple(min(at, size - 1) for at, size in zip(place, which.shape))
    )
    copies = which == which[spot] if spot else ~all_own
    seen = {"shape": shape}
    if spot:
        entry = np.unravel_index(which[spot], followed.shape)
        seen |= {
            "entry": tuple(map(int, entry)),
            "copies": [tuple(map(int, at)) for at in np.argwhere(copies)],
        }
    compute, local = OPERATIONS[op]
    arrays = [
        (stretched(x), _own(x.shape, shape), copies if name == follow else ~all_own)
        for name, x in operands.items()
    ]
    arrays.append((_table(compute(a, b)), all_own, copies))
    titles = [
        f"{name} {x.shape}" + (f" → {shape}" if x.shape != shape else "")
        for name, x in operands.items()
    ]
    titles.append(f"result {shape}")
    if incoming is None:
        return arrays + [None] * 3, titles + [""] * 3, seen, spot
    locals_, flow = stretched(local(b if follow == "a" else a)), _table(np.asarray(incoming, float))
    mine = _table(entries)
    arrays += [
        (_table(np.asarray(gradient, float)), mine >= 0, mine == which[spot] if spot else mine < 0),
        (flow * locals_, _own(followed.shape, shape), copies),
        (flow, all_own, copies),
    ]
    titles += [
        f"gradient of {follow} {followed.shape}",
        f"share of each copy {shape}",
        f"incoming gradient {shape}",
    ]
    seen |= {
        "local": locals_[copies].tolist(),
        "incoming": flow[copies].tolist(),
        "shares": (flow * locals_)[copies].tolist(),
    }
    return arrays, titles, seen, spot


def _in_words(operands, op, follow, seen):
    a, b = (f"{name} of shape {x.shape}" for name, x in operands.items())
    if seen["shape"] is None:
        return f"{a} {op} {b}: these shapes do not fit, so there is no result."
    text = f"{a} {op} {b} gives a result of shape {seen['shape']}."
    if "entry" in seen:
        many = len(seen["copies"])
        text += (
            f" {entry_name(follow, seen['entry'])} stands at {many} {'places' if many > 1 else 'place'} of it: "
            + ", ".join(f"row {i} column {j}" for i, j in seen["copies"])
            + "."
        )
        if "shares" in seen:
            text += f" Its gradient is {' + '.join(map(bracketed, seen['shares']))}"
            text += f" = {short(sum(seen['shares']))}." if many > 1 else "."
    return text


def entry_name(operand, index):
    """How an entry is written: b[0, 2], or b where it has no axes."""
    return operand + (str(list(index)) if index else "")


def short(x):
    """x in few digits, its minus as broad as a plus, and no minus zero."""
    return f"{round(x, 9) + 0.0:.5g}".replace("-", "−")


def bracketed(x):
    """x as it stands in a sum: a negative number in brackets."""
    return short(x) if x >= 0 else f"({short(x)})"


def _table(x):
    """x with two axes: a vector as one row, a number as one cell."""
    return np.atleast_2d(x)


def _own(shape, full):
    """Where an operand's own entries stand in the full shape: first along every axis that was stretched."""
    own = np.ones(full, bool)
    for axis, (size, whole) in enumerate(zip((1,) * (len(full) - len(shape)) + shape, full)):
        if size != whole:
            own &= (np.arange(whole) == 0).reshape(-1, *[1] * (len(full) - axis - 1))
    return _table(own)


def _outlines(boxes):
    """x and y of one line around all cells, each given by its upper left corner and how far inside to stay."""
    xs, ys = [], []
    for (x, y), inside in boxes:
        left, right, high, low = x + inside, x + WIDTH - inside, y - inside, y - HEIGHT + inside
        xs += [left, right, right, left, left, np.nan]
        ys += [high, high, low, low, high, np.nan]
    return xs, ys
