"""What a training does, judged by its losses: a word, and the reason."""

import math
from typing import NamedTuple

from ...words import count

RECENT = 20  # steps by which it is judged
HIGHER = 1.05  # a loss that has risen by this factor is higher, not only uneven
UNEVEN = 0.9  # one that is left above this share has not come down while it jumped
CRAWLING = 0.99  # likewise, after RECENT steps, of one that crawls

LEARNED = "every point lies beyond the margin, so the loss is 0, and so are all gradients."


class Verdict(NamedTuple):
    """word: what it does, one to six words. reason: the rest of the sentence."""

    word: str
    reason: str


def judge(losses, steps, n, right):
    """The Verdict on a training.

    Args:
        losses: since anything but the weights last changed: before the first step, and after each.
        steps: how many steps have been taken in all.
        n: how many points there are to learn from.
        right: how many of them lie on the right side.
    """
    wrong = f"{count(n - right, 'point')} on the wrong side."
    if n == 0:
        return Verdict("Nothing to learn from", "there are no points.")
    if not math.isfinite(losses[-1]):
        return Verdict("No loss", "the network gives scores that are not numbers.")
    if losses[-1] == 0:
        return Verdict("Learned", LEARNED)
    if steps == 0:
        return Verdict(
            "Not trained yet", "the boundary lies where the first weights happen to put it."
        )
    if len(losses) < 3:
        return Verdict("Under way", wrong)
    return _trouble(losses) or _progress(n, right, wrong)


def _progress(n, right, wrong):
    if right == n:
        return Verdict(
            "All on the right side", "the boundary still moves until each lies beyond the margin."
        )
    return Verdict("On its way down", wrong)


def _trouble(losses):
    """The Verdict on losses that do not come down; None where they do."""
    recent = losses[-RECENT - 1 :]
    left = recent[-1] / recent[0] if recent[0] else math.inf
    if losses[-1] > HIGHER * losses[0]:
        ago = count(len(losses) - 1, "step")
        return Verdict(f"Higher than {ago} ago", "steps overshoot; the rate is too large.")
    if _rises(recent) > len(recent) / 4 and left > UNEVEN:
        return Verdict(
            "Jumps", "every few steps the loss rises; the rate is large for this network."
        )
    if len(recent) > RECENT and left > CRAWLING:
        return Verdict("Crawls", f"the last {RECENT} steps took less than 1 % off the loss.")
    return None


def _rises(losses):
    """How often a loss is higher than the one before."""
    return sum(after > before for before, after in zip(losses, losses[1:]))
