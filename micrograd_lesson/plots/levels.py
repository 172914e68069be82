"""Lines of equal loss on a map of two parameters."""

import numpy as np

from ..palette import DATA

LEVELS = 11  # lines


def add_levels(ax, w1, w2, losses, alpha):
    """Draw lines of equal loss; they stand closer together near the floor.

    Args:
        ax: the axes.
        w1, w2: the places along both of them.
        losses: array of shape (len(w2), len(w1)); nan where the loss has no value.
        alpha: how much of their colour the lines have, from 0 to 1.

    Returns:
        matplotlib's contour set; None where there are no lines, as the loss is flat or unknown.
    """
    known = losses[np.isfinite(losses)]
    if known.size == 0 or np.ptp(known) <= 1e-9 * np.abs(known).max():
        return None  # nothing known, or all as high as rounding tells
    shares = np.linspace(0, 1, LEVELS + 2)[1:-1] ** 2  # so that a bowl's are evenly spaced
    levels = known.min() + np.ptp(known) * shares
    look = {"colors": DATA, "linewidths": 1, "alpha": alpha, "linestyles": "solid"}
    return ax.contour(w1, w2, np.ma.masked_invalid(losses), levels, **look)
