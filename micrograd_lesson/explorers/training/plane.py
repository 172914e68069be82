"""The plane of points that a network learns from, as it changes and is clicked on."""

import numpy as np

from ...plots.boundary import Plane


class TrainingPlane(Plane):
    """The plane of `plots.boundary`, in parts that are drawn anew, and measured in pixels."""

    @property
    def artists(self):
        """All that moves when a model learns, from the back to the front."""
        return [*self.shading, *self.marks]

    @property
    def shading(self):
        """What the model makes of the plane: the sides, and the line between them."""
        return [self.above, self.far_above, self.below, self.far_below, self.line]

    @property
    def marks(self):
        """The points, from the back to the front."""
        return [*self.held_out.values(), *self.points.values()]

    def locate(self, across, down):
        """The point (x1, x2) of the plane at a place of the picture; None outside the plane.

        across, down: the place, in fractions of the picture's width and height.
        """
        pixels = np.multiply((across, 1 - down), self.ax.figure.bbox.size)
        if not self.ax.bbox.contains(*pixels):
            return None
        x1, x2 = self.ax.transData.inverted().transform(pixels).tolist()
        return x1, x2

    def distances(self, point, X):
        """How far each of X lies from the point, in pixels of the picture: shape (n,)."""
        apart = self.ax.transData.transform(X) - self.ax.transData.transform(point)
        return np.hypot(apart[:, 0], apart[:, 1])

    def has_room_for(self, X):
        """Whether all of X, shape (n, 2), lie in the part of the plane that is shown."""
        (left, right), (bottom, top) = self.ax.get_xlim(), self.ax.get_ylim()
        return bool(((X >= (left, bottom)) & (X <= (right, top))).all())
