"""Two classes of points in the plane, and the boundary that a model draws between them."""

import numpy as np
from contourpy import FillType, LineType, contour_generator
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..palette import DATA, GRADIENT, INK, PAPER
from .picture import Picture, limits_of, new_axes

CLASSES = {1: (DATA, "o"), -1: (GRADIENT, "^")}  # label: colour and shape
COLUMNS, ROWS = 61, 46  # where the score is computed; between them it is taken as straight
LIMIT = 1e300


def boundary(model, X, y, Xtest=None, ytest=None, title=""):
    """What a model makes of the plane, and the points of two classes in it; `update` takes the same arguments.

    Each side of the line where the score is 0 is shaded in the colour of its class, and
    shaded twice where the score is beyond 1 or −1, the margin of the hinge loss.

    Args:
        model: a function from an array of shape (n, 2) to n scores, above 0 for class 1: an
            array, a list or a Tensor, of shape (n,) or (n, 1).
        X, y: the points, of shape (n, 2), and their classes, each 1 or −1.
        Xtest, ytest: points that the model has not learned from; they are drawn hollow.
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
    move = classes_on(picture, ax, Xtest is not None)

    def update(model, X, y, Xtest=None, ytest=None):
        seen = move(model, X, y, Xtest, ytest)
        picture.alt = seen.pop("alt")
        return seen

    picture.update = update
    update(model, X, y, Xtest, ytest)
    return picture


def new_plane(picture, box, X, Xtest=None):
    """Axes for the plane of x1 and x2, wide enough for the points."""
    points = np.concatenate([checked_points(x)[0] for x in (X, Xtest) if x is not None])
    xlim, ylim = (limits_of(column, 0.12) for column in (points.T if len(points) else [[-2, 2], [-2, 2]]))
    return new_axes(picture, box, xlim, ylim, "x1", "x2")


def classes_on(picture, ax, held_out=False):
    """Put sides, line and points on the axes' moving layer; returns the function that moves them."""
    xs, ys = np.linspace(*ax.get_xlim(), COLUMNS), np.linspace(*ax.get_ylim(), ROWS)
    grid = np.stack([part.ravel() for part in np.meshgrid(xs, ys)], axis=1)
    sides = [(low, high, picture.moving(ax.add_patch(PathPatch(Path(np.empty((0, 2))), facecolor=colour, alpha=0.15,
                                                               linewidth=0, zorder=1)))[0])
             for low, high, colour in ((0, LIMIT, DATA), (1, LIMIT, DATA), (-LIMIT, 0, GRADIENT), (-LIMIT, -1, GRADIENT))]
    line, = picture.moving(*ax.plot([], [], color=INK, linewidth=2.5, label="score 0"))

    def drawn(label, hollow=False):
        colour, shape = CLASSES[label]
        look = dict(color=PAPER, markeredgecolor=colour, markeredgewidth=1.8) if hollow else dict(
            color=colour, markeredgecolor=PAPER, markeredgewidth=0.8)
        name = f"class {label}".replace("-", "−") + ", held out" * hollow
        return picture.moving(*ax.plot([], [], shape, markersize=7.5, label=name, **look))[0]

    tests = {label: drawn(label, hollow=True) for label in CLASSES} if held_out else {}
    learned = {label: drawn(label) for label in CLASSES}
    ax.legend(handles=[*learned.values(), *tests.values(), line], loc="lower left", bbox_to_anchor=(-0.02, 1),
              ncols=5, frameon=False, labelcolor=INK, fontsize=10, handlelength=1.4, columnspacing=1.2, handletextpad=0.5)

    def shade(model):
        scores = np.ma.masked_invalid(np.clip(scores_of(model, grid), -LIMIT / 2, LIMIT / 2))
        contours = contour_generator(xs, ys, scores.reshape(ROWS, COLUMNS), fill_type=FillType.OuterCode,
                                     line_type=LineType.Separate)
        for low, high, patch in sides:
            patch.set_path(_joined(*contours.filled(low, high)))
        pieces = contours.lines(0)
        line.set_data(*np.concatenate([part for p in pieces for part in (p, [[np.nan, np.nan]])]).T
                      if pieces else ([], []))

    def put(artists, X, y):
        X, y = checked_points(X, y)
        for label, artist in artists.items():
            artist.set_data(*X[y == label].T)
        return X, y

    def move(model, X, y, Xtest=None, ytest=None):
        X, y = put(learned, X, y)
        shade(model)
        seen = {"right": _right(model, X, y)}
        words = (f"{np.sum(y == 1)} points of class 1 and {np.sum(y == -1)} of class −1 in the plane; "
                 f"the model has {seen['right']} of {len(y)} on the right side of its boundary")
        if Xtest is not None:
            X, y = put(tests, Xtest, ytest)
            seen["right_test"] = _right(model, X, y)
            words += f", and {seen['right_test']} of {len(y)} held-out points"
        return {**seen, "alt": words + "."}

    return move


def scores_of(model, X):
    """The model's scores for the points X, as an array of shape (n,)."""
    if not callable(model):
        raise TypeError(f"the model must be a function from points to scores, not {type(model).__name__}.")
    with np.errstate(all="ignore"):
        out = model(X)
    scores = np.asarray(out if isinstance(out, np.ndarray) else getattr(out, "data", out))
    if scores.dtype.kind not in "fiub":
        raise TypeError(f"the model must give a number for each point, not {type(out).__name__}.")
    if scores.shape not in ((len(X),), (len(X), 1)):
        raise ValueError(f"the model must give one score for each of {len(X)} points; "
                         f"it gave shape {scores.shape}.")
    return scores.reshape(-1).astype(float)


def checked_points(X, y=None):
    """X of shape (n, 2) and y of shape (n,) as arrays of floats; y stays None where it is."""
    X = np.asarray(X, float)
    if X.size == 0:
        X = X.reshape(0, 2)
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"points in the plane have shape (n, 2), not {X.shape}.")
    if not np.isfinite(X).all():
        raise ValueError(f"every point needs two finite numbers, not {X[~np.isfinite(X).all(axis=1)][0].tolist()}.")
    if y is None:
        return X, None
    y = np.asarray(y, float)
    if y.shape != X.shape[:1]:
        raise ValueError(f"{len(X)} points need as many classes; y has shape {y.shape}.")
    if not (np.abs(y) == 1).all():
        raise ValueError(f"every class must be 1 or -1, not {y[np.abs(y) != 1][0]:g}.")
    return X, y


def _right(model, X, y):
    return int(np.sum(scores_of(model, X) * y > 0)) if len(y) else 0


def _joined(polygons, codes):
    """The polygons as one path, without the points that lie on a straight line between their neighbours."""
    vertices, kept_codes = [np.empty((0, 2))], [np.empty(0, Path.code_type)]
    for points, marks in zip(polygons, codes):
        before, after = np.diff(points, axis=0, prepend=np.nan), np.diff(points, axis=0, append=np.nan)
        turn = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
        size = np.hypot(*before.T) * np.hypot(*after.T)
        kept = (marks != Path.LINETO) | ~(np.abs(turn) <= 1e-9 * size)
        vertices.append(points[kept])
        kept_codes.append(marks[kept])
    return Path(np.concatenate(vertices), np.concatenate(kept_codes))
