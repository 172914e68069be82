"""Two classes of points in the plane, and the boundary that a model draws between them."""

import numpy as np
from contourpy import FillType, LineType, contour_generator
from matplotlib.legend_handler import HandlerTuple
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..palette import DATA, GRADIENT, INK, MOVED, PAPER
from .layered import LayeredPicture as Picture
from .picture import limits_of, new_axes

CLASSES = {1: (DATA, "o"), -1: (GRADIENT, "^")}  # label: colour and shape
COLUMNS, ROWS = 61, 46  # where the score is computed; between them it is taken as straight
LIMIT = 1e300
LOWEST_LOSS, HIGHEST_LOSS = 1e-3, 10


def boundary(model, X, y, Xtest=None, ytest=None, title=""):
    """What a model makes of the plane, and the points of two classes in it; `update` takes the same arguments.

    Each side of the line where the score is 0 is shaded in the colour of its class, and
    shaded twice where the score is beyond 1 or −1, the margin of the hinge loss.

    Args:
        model: a function from an array of shape (n, 2) to n scores, above 0 for class 1: an
            array, a list or a Tensor, of shape (n,) or (n, 1).
        X, y: the points, of shape (n, 2), and their classes, each 1 or −1.
        Xtest, ytest: points that the model has not learned from; they are drawn hollow, and smaller.
        title: a line above the picture.

    `update` returns {"right": how many of X lie on their side, "right_test": of Xtest}; on
    the line itself lies nobody's side. The part of the plane shown stays that of the first points.

    Raises:
        TypeError: the model cannot be called, or gives no numbers.
        ValueError: shapes that do not fit, a point that is not finite, another class than 1 or −1.
    """
    picture = Picture(640, 480)
    ax = new_plane(picture, (0.1, 0.11, 0.87, 0.76 if title else 0.81), X, Xtest)
    ax.set_title(title, color=INK, fontsize=12, loc="left", pad=30)  # above the legend
    move, signs = classes_on(picture.moving, ax, Xtest is not None)
    explain(ax, signs)

    def update(model, X, y, Xtest=None, ytest=None):
        seen = move(model, X, y, Xtest, ytest)
        picture.alt = seen.pop("alt")
        return seen

    picture.update = update
    update(model, X, y, Xtest, ytest)
    return picture


def learning(X, Xtest=None, span=200):
    """A network at work: the plane as in `boundary`, the loss after each step beside it, and a point that you move.

    The point and the words are the moving layer; what is learned is the middle one. Both are empty until `update`.

    Args:
        X, Xtest: points that the plane must have room for, of shape (n, 2).
        span: how many steps the curve of losses has room for.

    `update(point, label, words, learned=None)` puts the point that you move, of class label 1 or −1, and the words
    above the plane. learned: (losses, model, X, y, Xtest, ytest), losses being one for each step, the first before
    any; where None, all of that stays as it is, which is quicker. Returns the counts that `boundary` returns.

    `locate(across, down)` is the point of the plane that lies there, in fractions of the picture's width and height,
    or None outside the plane; `distances(point, X)` are in pixels.
    """
    picture = Picture(960, 420)
    plane = new_plane(picture, (0.06, 0.12, 0.53, 0.73), X, Xtest)
    curve = new_axes(
        picture, (0.67, 0.12, 0.31, 0.73), (0, span), (LOWEST_LOSS, HIGHEST_LOSS), "step", "loss"
    )
    curve.set(
        yscale="log",
        yticks=[1e-3, 1e-2, 1e-1, 1, 10],
        yticklabels=["0.001", "0.01", "0.1", "1", "10"],
    )
    curve.set_title("loss after each step", color=INK, fontsize=12, loc="left")
    curve.minorticks_off()
    move, signs = classes_on(picture.middle, plane, Xtest is not None)
    (history,) = picture.middle(*curve.plot([], [], color=DATA, linewidth=2.5))
    (last,) = picture.middle(*curve.plot([], [], "o", color=DATA, markersize=7, clip_on=False))
    (yours,) = picture.moving(
        *plane.plot(
            [], [], "o", color="none", markeredgecolor=MOVED, markeredgewidth=2.5, markersize=13
        )
    )
    explain(plane, signs | {"your point": yours})
    (above,) = picture.moving(
        plane.text(0, 1.105, "", transform=plane.transAxes, color=INK, fontsize=12)
    )
    seen = {}

    def show(losses):
        shown = np.unique(
            np.linspace(0, len(losses) - 1, 201).astype(int)
        )  # a curve needs no more points
        heights = np.clip(np.asarray(losses, float)[shown], LOWEST_LOSS, HIGHEST_LOSS)
        history.set_data(shown, heights)
        last.set_data(shown[-1:], heights[-1:])
        last.set_marker(
            "v" if losses[-1] < LOWEST_LOSS else "^" if losses[-1] > HIGHEST_LOSS else "o"
        )

    def update(point, label, words, learned=None):
        if learned is not None:
            losses, model, *points = learned
            show(losses)
            seen.update(move(model, *points))
            if np.isfinite(losses[-1]):
                seen["alt"] = f"Loss {losses[-1]:.4f}. {seen['alt']}"
        yours.set_data([point[0]], [point[1]])
        yours.set_marker(CLASSES[label][1])
        above.set_text(words)
        picture.alt = f"{words}. {seen['alt']}"
        return {name: count for name, count in seen.items() if name != "alt"}

    def locate(across, down):
        spot = np.multiply((across, 1 - down), picture.bbox.size)
        return (
            tuple(plane.transData.inverted().transform(spot).tolist())
            if plane.bbox.contains(*spot)
            else None
        )

    def distances(point, X):
        return np.hypot(*(plane.transData.transform(X) - plane.transData.transform(point)).T)

    picture.update, picture.locate, picture.distances = update, locate, distances
    return picture


def new_plane(picture, box, X, Xtest=None):
    """Axes for the plane of x1 and x2, wide enough for the points."""
    points = np.concatenate([checked_points(x)[0] for x in (X, Xtest) if x is not None])
    xlim, ylim = (
        limits_of(column, 0.12) for column in (points.T if len(points) else [[-2, 2], [-2, 2]])
    )
    return new_axes(picture, box, xlim, ylim, "x1", "x2")


def classes_on(layer, ax, held_out=False):
    """Put sides, line and points on the axes, in a layer of the picture.

    Returns the function that moves them, and a dict from what each means to its artist.
    """
    xs, ys = np.linspace(*ax.get_xlim(), COLUMNS), np.linspace(*ax.get_ylim(), ROWS)
    grid = np.stack([part.ravel() for part in np.meshgrid(xs, ys)], axis=1)
    sides = [
        (
            low,
            high,
            layer(
                ax.add_patch(
                    PathPatch(
                        Path(np.empty((0, 2))), facecolor=colour, alpha=0.15, linewidth=0, zorder=1
                    )
                )
            )[0],
        )
        for low, high, colour in (
            (0, LIMIT, DATA),
            (1, LIMIT, DATA),
            (-LIMIT, 0, GRADIENT),
            (-LIMIT, -1, GRADIENT),
        )
    ]
    (line,) = layer(*ax.plot([], [], color=INK, linewidth=2.5))

    def drawn(label, hollow=False):
        colour, shape = CLASSES[label]
        if hollow:  # smaller, and below: there may be many, and those that were learned must be found among them
            look = dict(color=PAPER, markeredgecolor=colour, markeredgewidth=1.3, markersize=5.5)
        else:
            look = dict(
                color=colour,
                markeredgecolor=PAPER,
                markeredgewidth=1.3 if held_out else 0.8,
                markersize=9.5 if held_out else 7.5,
            )
        return layer(*ax.plot([], [], shape, label=f"class {label}".replace("-", "−"), **look))[0]

    tests = {label: drawn(label, hollow=True) for label in CLASSES} if held_out else {}
    learned = {label: drawn(label) for label in CLASSES}
    signs = {artist.get_label(): artist for artist in learned.values()}
    if held_out:
        signs["held out"] = tuple(tests.values())
    signs["score 0"] = line

    def shade(model):
        scores = np.ma.masked_invalid(np.clip(scores_of(model, grid), -LIMIT / 2, LIMIT / 2))
        contours = contour_generator(
            xs,
            ys,
            scores.reshape(ROWS, COLUMNS),
            fill_type=FillType.OuterCode,
            line_type=LineType.Separate,
        )
        for low, high, patch in sides:
            patch.set_path(_joined(*contours.filled(low, high)))
        pieces = contours.lines(0)
        line.set_data(
            *np.concatenate([part for p in pieces for part in (p, [[np.nan, np.nan]])]).T
            if pieces
            else ([], [])
        )

    def put(artists, X, y):
        X, y = checked_points(X, y)
        for label, artist in artists.items():
            artist.set_data(*X[y == label].T)
        return X, y

    def move(model, X, y, Xtest=None, ytest=None):
        X, y = put(learned, X, y)
        shade(model)
        seen = {"right": _right(model, X, y)}
        words = (
            f"{np.sum(y == 1)} points of class 1 and {np.sum(y == -1)} of class −1 in the plane; "
            f"the model has {seen['right']} of {len(y)} on the right side of its boundary"
        )
        if Xtest is not None:
            X, y = put(tests, Xtest, ytest)
            seen["right_test"] = _right(model, X, y)
            words += f", and {seen['right_test']} of {len(y)} held-out points"
        return {**seen, "alt": words + "."}

    return move, signs


def explain(ax, signs):
    """A line above the axes that says what each sign means."""
    ax.legend(
        signs.values(),
        signs,
        handler_map={tuple: HandlerTuple(ndivide=None, pad=0.6)},
        loc="lower left",
        bbox_to_anchor=(-0.02, 1),
        ncols=5,
        frameon=False,
        labelcolor=INK,
        fontsize=10,
        handlelength=1.6,
        columnspacing=1.4,
        handletextpad=0.5,
    )


def scores_of(model, X):
    """The model's scores for the points X, as an array of shape (n,)."""
    if not callable(model):
        raise TypeError(
            f"the model must be a function from points to scores, not {type(model).__name__}."
        )
    with np.errstate(all="ignore"):
        out = model(X)
    scores = np.asarray(out if isinstance(out, np.ndarray) else getattr(out, "data", out))
    if scores.dtype.kind not in "fiub":
        raise TypeError(f"the model must give a number for each point, not {type(out).__name__}.")
    if scores.shape not in ((len(X),), (len(X), 1)):
        raise ValueError(
            f"the model must give one score for each of {len(X)} points; "
            f"it gave shape {scores.shape}."
        )
    return scores.reshape(-1).astype(float)


def checked_points(X, y=None):
    """X of shape (n, 2) and y of shape (n,) as arrays of floats; y stays None where it is."""
    X = _numbers(X, "points")
    if X.size == 0:
        X = X.reshape(0, 2)
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"points in the plane have shape (n, 2), not {X.shape}.")
    if not np.isfinite(X).all():
        raise ValueError(
            f"every point needs two finite numbers, not {X[~np.isfinite(X).all(axis=1)][0].tolist()}."
        )
    if y is None:
        return X, None
    y = _numbers(y, "classes")
    if y.shape != X.shape[:1]:
        raise ValueError(f"{len(X)} points need as many classes; y has shape {y.shape}.")
    if not (np.abs(y) == 1).all():
        raise ValueError(f"every class must be 1 or -1, not {y[np.abs(y) != 1][0]:g}.")
    return X, y


def _numbers(x, what):
    try:
        return np.asarray(x, float)
    except (TypeError, ValueError):
        raise TypeError(
            f"{what} must be numbers in a regular shape, not {' '.join(repr(x).split()):.60}."
        ) from None


def _right(model, X, y):
    return int(np.sum(scores_of(model, X) * y > 0)) if len(y) else 0


def _joined(polygons, codes):
    """The polygons as one path, without the points that lie on a straight line between their neighbours."""
    vertices, kept_codes = [np.empty((0, 2))], [np.empty(0, Path.code_type)]
    for points, marks in zip(polygons, codes):
        before, after = (
            np.diff(points, axis=0, prepend=np.nan),
            np.diff(points, axis=0, append=np.nan),
        )
        turn = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
        size = np.hypot(*before.T) * np.hypot(*after.T)
        kept = (marks != Path.LINETO) | ~(np.abs(turn) <= 1e-9 * size)
        vertices.append(points[kept])
        kept_codes.append(marks[kept])
    return Path(np.concatenate(vertices), np.concatenate(kept_codes))
