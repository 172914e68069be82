"""SoftmaxExplorer: three scores under your hands, their softmax, loss and gradient."""

from traitlets import Float, Int, validate

from ...words import fixed, power_of_e, signed
from ..base import Explorer
from ..controls import refuse_outside
from .picture import CLASSES, HIGHEST, SoftmaxPicture
from .shares import share

FARTHEST = 1000  # a score that may be typed


class SoftmaxExplorer(Explorer):
    """Three scores, their softmax, and the cross-entropy of the class that is right.

    Args:
        scores: three numbers; the sliders go from −5 to 5, typed ones from −1000 to 1000.
        right: the class that is right, 0, 1 or 2.

    Attributes:
        score0, score1, score2, right: settable. scores: the three as a tuple, settable.

    Raises:
        TypeError, ValueError: scores are not three numbers.
        TraitError: a score is out of range, or there is no such class.
    """

    on_page = {"score0": [-5, -2, 0, 2, 5], "score1": [-3, 0, 3], "score2": [-3, 3], "right": None}
    score0 = Float()
    score1 = Float()
    score2 = Float()
    right = Int(0)

    def __init__(self, scores=(2.0, 1.0, 0.1), right=0):
        self.scores = scores
        self.right = right
        rows = [self._score_row(k) for k in range(CLASSES)]
        options = list(range(CLASSES))
        rows.append(self.choice("right", options, "right class"))
        super().__init__(SoftmaxPicture(), *rows)

    def _score_row(self, k):
        typed = (-FARTHEST, FARTHEST)
        return self.slider(f"score{k}", -HIGHEST, HIGHEST, 0.1, f"score {k}", typed=typed)

    @validate("right")
    def _known(self, proposal):
        refuse_outside("right", proposal.value, 0, CLASSES - 1)
        return proposal.value

    @property
    def scores(self):
        """The three scores, a tuple. Set them and the picture follows.

        Raises:
            TypeError, ValueError: set to something else than three numbers.
            TraitError: a score lies beyond the end of its box.
        """
        return self.score0, self.score1, self.score2

    @scores.setter
    def scores(self, scores):
        scores = checked_scores(scores)
        for k, score in enumerate(scores):
            refuse_outside(f"score{k}", score, -FARTHEST, FARTHEST)
        with self.hold_trait_notifications():
            self.score0, self.score1, self.score2 = scores

    def draw(self):
        shares = share(self.scores, self.right)
        self.picture.update(shares)
        return "<br>".join([_powers_line(shares), _shares_line(shares), *_loss_lines(shares)])


def checked_scores(scores):
    """scores as a list of three numbers."""
    example = "three scores are needed, such as (2.0, 1.0, 0.1)"
    try:
        found = [float(score) for score in scores]
    except (TypeError, ValueError):
        raise TypeError(f"{example}, not {type(scores).__name__} {scores!r:.60}.") from None
    if len(found) != CLASSES:
        raise ValueError(f"{example}, not {len(found)}.")
    return found


def _powers_line(shares):
    powers = [power_of_e(score) for score in shares.scores]
    total = f'<b class="ml-data">{power_of_e(shares.log_sum)}</b>'
    return f"e to the power of the scores: {', '.join(powers)}; their sum {total}"


def _shares_line(shares):
    written = (f'<b class="ml-data">{fixed(p)}</b>' for p in shares.probabilities)
    return f"p, each divided by the sum: {', '.join(written)}"


def _loss_lines(shares):
    k = shares.right
    p = fixed(shares.probabilities[k])
    loss = f'<b class="ml-data">{fixed(shares.loss)}</b>'
    yield f"cross-entropy = −log p of class {k} = −log {p} = {loss}"
    pulls = (f'<b class="ml-gradient">{signed(slope)}</b>' for slope in shares.gradient)
    yield f"gradient = p − (1 at class {k}, 0 elsewhere): {', '.join(pulls)}"
