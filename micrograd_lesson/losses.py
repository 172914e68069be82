"""Losses: one number that says how wrong a model is. Each is the mean over the examples.

Which loss for which task: squared error where the target is a quantity, cross-entropy
where it is a class; hinge is the older choice for two classes.

Every loss takes a `Tensor`, or lists of scalar `Value`s in the same layout. For Tensors
it is one operation whose gradient rule is the derivative worked out by hand; for Values
it is built from their own operations. The two agree to rounding. Targets and labels are
constants: numbers, lists or arrays. Nothing here overflows for scores of ±1000.

Raised everywhere: ValueError where the shapes differ or a label is none that the loss
knows; TypeError for targets that are not real numbers.
"""

import numpy as np

from .tensor import Tensor, operation, real_numbers


def squared_error(predicted, targets):
    """mean of (predicted − target)². Any shape; lists of Values: one level."""
    predicted, targets = _pair("squared_error", predicted, targets)
    if not isinstance(predicted, Tensor):
        return sum((p - t) ** 2 for p, t in zip(predicted, targets.tolist())) * (1 / len(predicted))
    gap = predicted.data - targets
    loss = np.add.reduce(gap * gap, None) / gap.size
    return operation(loss, "squared error", (predicted,), (lambda g: gap * (2 / gap.size * g),))


def hinge(scores, targets):
    """mean of max(0, 1 − target·score), targets −1 or 1; the loss of support vector machines.

    Cortes and Vapnik, Support-Vector Networks, Machine Learning 20, 1995.
    """
    scores, targets = _pair("hinge", scores, targets)
    if not (np.abs(targets) == 1).all():
        raise ValueError(
            f"hinge needs targets of -1 or 1, not {targets[np.abs(targets) != 1][0]:g}."
        )
    if not isinstance(scores, Tensor):
        return sum((1 - t * s).relu() for s, t in zip(scores, targets.tolist())) * (1 / len(scores))
    gap = 1 - targets * scores.data
    return operation(
        np.maximum(gap, 0).mean(),
        "hinge",
        (scores,),
        (lambda g: np.where(gap <= 0, 0, targets * (-1 / gap.size * g)),),
    )


def l2(parameters, strength=1e-4):
    """strength · Σ p² over all parameters: add it to a loss to keep the weights small."""
    parameters = _many(parameters, "l2")
    if not isinstance(parameters[0], Tensor):
        return strength * sum(p * p for p in parameters)
    loss = strength * sum(np.vdot(p.data, p.data) for p in parameters)
    return operation(
        loss,
        "L2",
        tuple(parameters),
        tuple(lambda g, x=p.data: x * (2 * strength * g) for p in parameters),
    )


def binary_cross_entropy(logits, targets):
    """mean of −t·log σ(z) − (1 − t)·log(1 − σ(z)), from the scores z before the sigmoid σ.

    targets: 0 or 1, or a probability between. With respect to z, each example's
    derivative is σ(z) − t.
    """
    logits, targets = _pair("binary_cross_entropy", logits, targets)
    if not ((targets >= 0) & (targets <= 1)).all():
        raise ValueError(
            "binary_cross_entropy needs targets from 0 to 1, not "
            f"{targets[~((targets >= 0) & (targets <= 1))][0]:g}."
        )
    if not isinstance(logits, Tensor):
        return sum(_log_sum_exp([z, z * 0]) - t * z for z, t in zip(logits, targets.tolist())) * (
            1 / len(logits)
        )
    z = logits.data
    small = np.exp(-np.abs(z))  # at most 1, so neither this nor what follows overflows
    losses = np.maximum(z, 0) - z * targets + np.log1p(small)

    def rule(g):
        return (np.where(z >= 0, 1, small) / (1 + small) - targets) * (g / z.size)

    return operation(losses.mean(), "binary cross-entropy", (logits,), (rule,))


def softmax_cross_entropy(logits, labels):
    """mean of −log softmax(z)[label], from the scores z before the softmax.

    Args:
        logits: shape (…, classes), the last axis holding one score for each class; or a
            list with a list of Values for each example.
        labels: whole numbers of shape (…), each from 0 to classes − 1.

    With respect to z, each example's derivative is softmax(z) − 1 at the label, and
    softmax(z) elsewhere.
    """
    if isinstance(logits, Tensor):
        shape = logits.shape
    else:
        logits = [
            _many(row, "softmax_cross_entropy") for row in _many(logits, "softmax_cross_entropy")
        ]
        shape = len(logits), len(logits[0])
        if any(len(row) != shape[1] for row in logits):
            raise ValueError(
                "softmax_cross_entropy needs rows of equally many scores, not of "
                f"{', '.join(str(len(row)) for row in logits)}."
            )
    real_numbers(labels, "softmax_cross_entropy")
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu" and labels.size:
        raise TypeError(
            f"softmax_cross_entropy needs whole numbers as labels, not {labels.dtype} numbers."
        )
    if not shape or labels.shape != shape[:-1]:
        raise ValueError(
            f"softmax_cross_entropy needs one label for each row of scores: shapes {shape} and "
            f"{labels.shape} do not fit."
        )
    _some("softmax_cross_entropy", shape)
    if labels.min() < 0 or labels.max() >= shape[-1]:
        wrong = labels[(labels < 0) | (labels >= shape[-1])][0]
        raise ValueError(
            f"softmax_cross_entropy was given label {wrong}; with {shape[-1]} classes they run "
            f"from 0 to {shape[-1] - 1}."
        )
    if not isinstance(logits, Tensor):
        return sum(_log_sum_exp(row) - row[i] for row, i in zip(logits, labels.tolist())) * (
            1 / len(logits)
        )
    logs = _log_softmax(logits.data, -1)
    picked = labels[..., None]

    def rule(g):
        share = np.exp(logs)
        np.put_along_axis(share, picked, np.take_along_axis(share, picked, -1) - 1, -1)
        share *= g / labels.size
        return share

    return operation(
        -np.take_along_axis(logs, picked, -1).mean(), "softmax cross-entropy", (logits,), (rule,)
    )


def log_softmax(scores, axis=-1):
    """The logarithm of softmax, of a Tensor along one axis or several."""
    if not isinstance(scores, Tensor):
        raise TypeError(f"softmax needs a Tensor, not {type(scores).__name__}.")
    logs = _log_softmax(scores.data, axis)

    def rule(g):
        return g - np.exp(logs) * np.add.reduce(g, axis, keepdims=True)

    return operation(logs, "log_softmax", (scores,), (rule,))


def softmax(scores, axis=-1):
    """eᶻ / Σ eᶻ of a Tensor along an axis: positive numbers that add up to 1."""
    return log_softmax(scores, axis).exp()


def _log_softmax(z, axis):
    """z − log Σ eᶻ, after a shift by the largest z that leaves it as it is and keeps eᶻ finite."""
    try:
        shifted = z - np.maximum.reduce(z, axis, keepdims=True, initial=-np.inf)
    except (ValueError, TypeError):
        raise ValueError(f"softmax cannot be taken along axis {axis} of shape {z.shape}.") from None
    with np.errstate(
        divide="ignore"
    ):  # along an axis without entries the sum is 0, and the result empty
        return shifted - np.log(np.add.reduce(np.exp(shifted), axis, keepdims=True))


def _log_sum_exp(values):
    """log Σ eᵛ of Values, with the same shift."""
    top = max(v.data for v in values)
    return sum((v - top).exp() for v in values).log() + top


def _pair(loss, predicted, targets):
    """A Tensor or a list of Values, and an array with one target for each."""
    predicted = predicted if isinstance(predicted, Tensor) else _many(predicted, loss)
    shape = predicted.shape if isinstance(predicted, Tensor) else (len(predicted),)
    targets = np.asarray(real_numbers(targets, loss))
    if targets.shape != shape:
        raise ValueError(
            f"{loss} needs one target for each prediction: "
            f"shapes {shape} and {targets.shape} do not fit."
        )
    _some(loss, shape)
    return predicted, targets


def _some(loss, shape):
    if 0 in shape:
        raise ValueError(f"{loss} has no mean over shape {shape}: there is nothing in it.")


def _many(values, what):
    """values as a list; one Value alone, an array, or an empty list is refused."""
    if isinstance(values, (np.ndarray, Tensor)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{what} needs a Tensor or a list of Values, not {type(values).__name__}.")
    values = list(values)
    if not values:
        raise ValueError(f"{what} was given an empty list.")
    return values
