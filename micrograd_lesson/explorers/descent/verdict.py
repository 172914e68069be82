"""What the steps of a walk did, in a word and a reason."""

from typing import NamedTuple

import numpy as np

NOTHING = 1e-12  # relative to w: steps as short as this are rounding


class Verdict(NamedTuple):
    """word: such as "Converges". reason: a sentence that is true of this walk."""

    word: str
    reason: str


def verdict(walk, span=np.inf):
    """The Verdict on a `Walk`; None where no step was taken yet.

    span: the length of what the picture shows, in the units of w; what leaves it by far has run
        away, and what hardly moves in it crawls.
    """
    if walk.rate == 0:
        return Verdict("Stands still", "a rate of 0 moves nothing.")
    if not np.isfinite(walk.losses).all():
        return Verdict(
            "Leaves the loss", "at one of these w it has no value, or one too large for a number."
        )
    if not np.isfinite(walk.slopes).all():
        return Verdict("Loses its way", "at one of these w there is no slope, as at a corner.")
    if walk.taken == 0 and walk.finite:
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        seen = _Seen(walk)
        if seen.length.max() <= NOTHING * (1 + np.abs(walk.w[0]).max()):
            return Verdict("Stands still", "the slope is 0 here, or too small to move w.")
        if seen.is_higher:
            return _higher(walk, seen)
        return _not_higher(walk, seen, span)


class _Seen:
    """What a walk looks like.

    Attributes:
        length: of each step, and of the one to come.
        is_higher: whether the loss is higher now than at the start.
        past: for each step but the one to come, whether it went beyond the lowest point of its
            way: there the slope points back.
        back: likewise, whether the step after it goes the other way, by more than a trifle.
        jumps: past and back: over the floor, and then to the other side again.
        lately: the latter half of these, or the last one.
        steepness: the size of the slope at each w.
        far: the distance of the farthest w from the start.
    """

    def __init__(self, walk):
        moves = walk.moves
        self.length = np.linalg.norm(moves, axis=1)
        rise = walk.losses[-1] - walk.losses[0]
        self.is_higher = rise > 1e-6 * abs(walk.losses[0])
        self.past = (moves[:-1] * walk.slopes[1:]).sum(axis=1) > 0
        turned = (moves[:-1] * moves[1:]).sum(axis=1) < 0
        self.back = turned & (self.length[1:] > 0.001 * self.length[:-1])
        self.lately = slice(-max(1, walk.taken // 2), None)
        self.steepness = np.linalg.norm(walk.slopes, axis=1)
        self.far = np.linalg.norm(walk.w - walk.w[0], axis=1).max()

        self.jumps = self.past & self.back

    @property
    def always_jumps(self):
        """Whether each step jumps; False where there is none."""
        return self.jumps.any() and self.jumps.all()

    @property
    def jumps_lately(self):
        """Whether each of those lately jumps; False where none ever did."""
        return self.jumps.any() and self.jumps[self.lately].all()

    @property
    def grows(self):
        """Whether each of the last steps was longer than the one before."""
        return len(self.length) > 1 and (np.diff(self.length[-5:]) > 0).all()

    @property
    def growth_fades(self):
        """Whether the last steps grew by less and less, as on the way to a fixed length."""
        gains = np.diff(self.length[-5:])
        return (np.diff(gains) < -1e-9 * self.length[-1]).any()


def _higher(walk, seen):
    """The Verdict where the loss is higher than at the start."""
    higher = "the loss is higher than at the start"
    # With momentum, growth may fade for a while on a parabola too.
    still_grows = seen.grows and (walk.momentum or not seen.growth_fades)
    if not walk.finite or (still_grows and _breaks_bound(walk, seen)):
        return Verdict("Blows up", f"{higher}; the rate is too large.")
    if seen.jumps_lately and not walk.momentum:
        return _bouncing(seen)
    if _adds_little(walk, seen):
        return Verdict("Overshoots", f"{higher}, and the slope there is too small to lead back.")
    return Verdict("Overshoots", f"{higher}; more steps will show whether it comes down.")


def _breaks_bound(walk, seen):
    """Whether a step is longer than steps can be that stay bounded.

    On a parabola, of any dimension, where the steps stay bounded the k-th is at most
    1 + m + … + m^(k−1) times as long as the first, for momentum m. Along each of its axes
    s(k+1) = (1 + m − rate·curvature)·s(k) − m·s(k−1), so s(k) = s(1)·Σ pⁱ·q^(k−1−i) with
    pq = m; and with |p|, |q| at most 1 that sum is largest for p = 1, q = m. So longer
    steps together with a higher loss mean that the rate is too large.
    """
    bound = seen.length[0] * np.cumsum(walk.momentum ** np.arange(len(seen.length)))
    return (seen.length > bound * (1 + 1e-6)).any()


def _not_higher(walk, seen, span):
    """The Verdict where the loss is as high as at the start, or lower."""
    if not walk.finite:
        return Verdict("Runs away", "w leaves every bound.")
    if seen.always_jumps or (seen.jumps_lately and not walk.momentum):
        return _bouncing(seen)
    if _has_converged(walk, seen):
        return Verdict("Converges", "what the next step would add is too small to see.")
    if walk.momentum and seen.past.any():
        return Verdict(
            "Swings", "what it remembers carries it past the floor, and the slope calls it back."
        )
    if seen.past[seen.lately].any():
        return Verdict("Zigzags", "some steps go past the lowest point of their way.")
    return _straight_down(walk, seen, span)


def _bouncing(seen):
    """The Verdict on a walk that jumps to and fro."""
    shrinks = seen.length[-1] < (1 - 1e-6) * seen.length[seen.lately][0]
    every = "every step jumps over the floor to the other side"
    which = every if seen.always_jumps else "the last steps jump over the floor, to and fro"
    if shrinks:
        return Verdict("Bounces", f"{which}.")
    return Verdict("Bounces", f"{which}, and they get no shorter.")


def _ahead(walk, seen):
    """How far the steps to come would lead, if the slope stayed as it is."""
    remembered = np.linalg.norm(walk.remembered)
    return walk.rate * (remembered + seen.steepness[-1]) / (1 - walk.momentum)


def _adds_little(walk, seen):
    return _ahead(walk, seen) <= 0.001 * max(seen.far, 1e-9)


def _has_converged(walk, seen):
    """Whether the rest of the way is too short to see; not where a swing turns."""
    if _adds_little(walk, seen):
        return True
    far = max(seen.far, 1e-9)
    last_quarter = walk.w[3 * len(walk.w) // 4 - 1 :]
    lately = np.linalg.norm(last_quarter - walk.w[-1], axis=1).max()
    return _ahead(walk, seen) <= 0.005 * far and lately <= 0.01 * far


def _straight_down(walk, seen, span):
    """The Verdict on a walk that never went past a lowest point, and has not arrived."""
    first, last = seen.steepness[0], seen.steepness[-1]
    gets_steeper = last > 1.01 * first
    if gets_steeper and seen.grows and seen.far > span:
        return Verdict("Runs away", "each step is longer than the one before, and no floor comes.")
    if walk.taken < 5 or last <= 0.5 * first:
        return Verdict("On its way down", "more steps would take it further.")
    if seen.far < 0.01 * span:
        return Verdict("Crawls", "all its steps together hardly move it.")
    if gets_steeper:
        return Verdict("Speeds up", "the slope is steeper now than at the start.")
    if abs(last - first) <= 1e-7 * first:
        return Verdict("On its way down", "the slope is the same as at the start; no floor yet.")
    return Verdict("Crawls", "the slope is still more than half of what it was at the start.")
