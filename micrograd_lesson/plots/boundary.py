"""Two classes of points in the plane, and the boundary that a model draws between them."""

import numpy as np
from contourpy import FillType, LineType, contour_generator
from matplotlib.container import Container
from matplotlib.legend_handler import HandlerTuple
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..data import checked_points, on_their_side
from ..palette import DATA, GRADIENT, INK, PAPER
from ..words import count, number
from .picture import HEADING, Picture, legend_above, limits_of, new_axes

COLOURS = {1: DATA, -1: GRADIENT}
SHAPES = {1: "o", -1: "^"}
COLUMNS = 61  # where the scores are computed; between these places they are taken as straight
ROWS = 46
HIGHEST = 1e300  # scores beyond this, up or down, count as this
ROOM = 0.12  # around the points, as a share of the plane
NOWHERE = [[-2, 2], [-2, 2]]  # the plane shown where there are no points: x1 and x2


def boundary(model, X, y, Xtest=None, ytest=None, title=""):
    """What a model makes of the plane, and the points of two classes in it.

    Each side of the line where the score is 0 is shaded in the colour of its class, and
    shaded twice where the score is beyond 1 or −1, the margin of the hinge loss.

    Args:
        model: a function from an array of shape (n, 2) to n scores, above 0 for class 1: an
            array, a list or a Tensor, of shape (n,) or (n, 1).
        X, y: the points, of shape (n, 2), and their classes, each 1 or −1.
        Xtest, ytest: points that the model has not learned from, drawn hollow and smaller.
        title: a line above the picture.

    Returns:
        A BoundaryPicture.

    Raises:
        TypeError: the model cannot be called, or gives no numbers.
        ValueError: shapes that do not fit, a point that is not finite, another class than 1 or −1.
    """
    X, y = checked_points(X, y)
    if Xtest is not None:
        Xtest, ytest = checked_points(Xtest, ytest)
    return BoundaryPicture(model, X, y, Xtest, ytest, title)


class BoundaryPicture(Picture):
    """The picture that `boundary` returns.

    Attributes:
        plane: a Plane, with all artists.
        right, right_held_out: how many points lie on the side of their class, of those learned
            from and of those held out (None where there are none); on the line lies nobody's side.
    """

    def __init__(self, model, X, y, Xtest, ytest, title):
        super().__init__(640, 480)
        height = 0.76 if title else 0.81
        self.plane = Plane(self, (0.12, 0.11, 0.85, height), X, Xtest)
        self.plane.explain()
        above_the_legend = 34
        self.plane.ax.set_title(
            title, color=INK, fontsize=HEADING, loc="left", pad=above_the_legend
        )
        self.plane.shade(scores_of(model, self.plane.grid))
        self.plane.put(X, y)
        self.right = _right(model, X, y)
        self.right_held_out = None
        if Xtest is not None:
            self.plane.put_held_out(Xtest, ytest)
            self.right_held_out = _right(model, Xtest, ytest)
        self.alt = in_words(y, self.right, ytest, self.right_held_out)


class Plane:
    """Two classes of points on axes of x1 and x2, and what a model makes of every place there.

    Args:
        picture: where it is drawn.
        box: left, bottom, width and height, as fractions of the picture.
        X, Xtest: points that it must have room for, of shape (n, 2); Xtest may be None.

    Attributes:
        ax: the axes.
        grid: array of shape (ROWS · COLUMNS, 2), the places where `shade` needs a score.
        above, below: the sides, where the score is above and below 0.
        far_above, far_below: the parts of them beyond the margin, where it is above 1 and below −1.
        line: where it is 0.
        points: dict from a class, 1 or −1, to its points.
        held_out: likewise, of those not learned from; empty where Xtest is None.
    """

    def __init__(self, picture, box, X, Xtest=None):
        points = X if Xtest is None else np.concatenate([X, Xtest])
        x1, x2 = points.T if len(points) else NOWHERE
        self.ax = new_axes(picture, box, limits_of(x1, ROOM), limits_of(x2, ROOM), "x1", "x2")
        self._x1 = np.linspace(*self.ax.get_xlim(), COLUMNS)
        self._x2 = np.linspace(*self.ax.get_ylim(), ROWS)
        across, up = np.meshgrid(self._x1, self._x2)  # both of shape (ROWS, COLUMNS)
        self.grid = np.stack([across.ravel(), up.ravel()], axis=1)
        self._add_sides()
        self._add_points(Xtest is not None)

    def _add_sides(self):
        self.above = self._new_side(DATA)
        self.far_above = self._new_side(DATA)
        self.below = self._new_side(GRADIENT)
        self.far_below = self._new_side(GRADIENT)
        (self.line,) = self.ax.plot([], [], color=INK, linewidth=2.5, label="score 0")

    def _new_side(self, colour):
        nothing = Path(np.empty((0, 2)))
        side = PathPatch(nothing, facecolor=colour, alpha=0.15, linewidth=0, zorder=1)
        return self.ax.add_patch(side)

    def _add_points(self, has_held_out):
        self.held_out = {}
        if has_held_out:
            # Smaller, and below: there may be many, and the others must be found among them.
            for label in SHAPES:
                self.held_out[label] = self._new_points(label, PAPER, COLOURS[label], 1.3, 5.5)
        size = 9.5 if has_held_out else 7.5
        edge = 1.3 if has_held_out else 0.8
        self.points = {
            label: self._new_points(label, COLOURS[label], PAPER, edge, size) for label in SHAPES
        }

    def _new_points(self, label, colour, edge_colour, edge, size):
        (points,) = self.ax.plot([], [], SHAPES[label], color=colour, markersize=size)
        points.set(markeredgecolor=edge_colour, markeredgewidth=edge)
        points.set_label(f"class {number(label)}")
        return points

    def explain(self, *more):
        """A row above the axes that says what each sign means. more: further artists, labelled."""
        signs = list(self.points.values())
        if self.held_out:
            signs.append(Container(self.held_out.values(), label="held out"))
        side_by_side = HandlerTuple(ndivide=None, pad=0.6)
        legend_above(self.ax, [*signs, self.line, *more], handler_map={tuple: side_by_side})

    def shade(self, scores):
        """Draw the line and the sides. scores: those of `grid`, shape (ROWS · COLUMNS,)."""
        within = np.clip(scores, -HIGHEST / 2, HIGHEST / 2)
        heights = np.ma.masked_invalid(within.reshape(ROWS, COLUMNS))
        contours = contour_generator(
            self._x1,
            self._x2,
            heights,
            fill_type=FillType.OuterCode,
            line_type=LineType.Separate,
        )
        self.above.set_path(_path(*contours.filled(0, HIGHEST)))
        self.far_above.set_path(_path(*contours.filled(1, HIGHEST)))
        self.below.set_path(_path(*contours.filled(-HIGHEST, 0)))
        self.far_below.set_path(_path(*contours.filled(-HIGHEST, -1)))
        self.line.set_data(*_one_line(contours.lines(0)).T)

    def put(self, X, y):
        """Show these points as those learned from. X: shape (n, 2). y: shape (n,), each 1 or −1."""
        for label, artist in self.points.items():
            artist.set_data(*X[y == label].T)

    def put_held_out(self, X, y):
        """Show these points as those held out, likewise."""
        for label, artist in self.held_out.items():
            artist.set_data(*X[y == label].T)


def in_words(y, right, ytest=None, right_held_out=None):
    """The points of a plane, and how many lie on the side of their class, in a sentence."""
    ones = int(np.sum(y == 1))
    words = (
        f"{count(ones, 'point')} of class 1 and {len(y) - ones} of class −1 in the plane; "
        f"the model has {right} of {len(y)} on the right side of its boundary"
    )
    if ytest is not None:
        words += f", and {right_held_out} of {count(len(ytest), 'held-out point')}"
    return f"{words}."


def scores_of(model, X):
    """The model's scores for the points X, as an array of shape (n,)."""
    if not callable(model):
        raise TypeError(
            f"the model must be a function from points to scores, not {type(model).__name__}."
        )
    with np.errstate(all="ignore"):
        out = model(X)
    scores = np.asarray(_plain(out))
    if scores.dtype.kind not in "fiub":
        raise TypeError(f"the model must give a number for each point, not {type(out).__name__}.")
    if scores.shape not in ((len(X),), (len(X), 1)):
        raise ValueError(
            f"the model must give one score for each of {len(X)} points; "
            f"it gave shape {scores.shape}."
        )
    return scores.reshape(-1).astype(float)


def _plain(out):
    """What a model gives, without what a Tensor adds to its array."""
    if isinstance(out, np.ndarray):  # whose own attribute `data` is a buffer
        return out
    return getattr(out, "data", out)


def _right(model, X, y):
    """How many points the model has on the side of their class; it is not asked for none."""
    if not len(y):
        return 0
    return on_their_side(scores_of(model, X), y)


def _one_line(pieces):
    """Pieces of a line, each of shape (n, 2), as one, with a row of nan after each."""
    parts = [np.empty((0, 2))]
    for piece in pieces:
        parts.append(piece)
        parts.append([[np.nan, np.nan]])
    return np.concatenate(parts)


def _path(polygons, codes):
    """The polygons as one path, without the corners at which the way goes straight on."""
    vertices = [np.empty((0, 2))]
    marks = [np.empty(0, Path.code_type)]
    for corners, kinds in zip(polygons, codes):
        is_needed = (kinds != Path.LINETO) | ~_goes_straight_on(corners)
        vertices.append(corners[is_needed])
        marks.append(kinds[is_needed])
    return Path(np.concatenate(vertices), np.concatenate(marks))


def _goes_straight_on(corners):
    """For each of the corners, shape (n, 2), whether it lies on the line between its neighbours."""
    before = np.diff(corners, axis=0, prepend=np.nan)  # the way to it
    after = np.diff(corners, axis=0, append=np.nan)  # the way from it
    turn = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    lengths = np.hypot(before[:, 0], before[:, 1]) * np.hypot(after[:, 0], after[:, 1])
    return np.abs(turn) <= 1e-9 * lengths
