"""Losses: one number that says how wrong a model is. Each is the mean over the examples.

Which loss for which task: squared error where the target is a quantity, cross-entropy
where it is a class; hinge is the older choice for two classes.

Every loss takes a `Tensor`, or lists of scalar `Value`s in the same layout. Its function
states the formula, and computes it for Values with their own operations. The function
below it, …_of_tensor, computes the same as one operation on a Tensor, whose gradient rule
is the derivative worked out by hand. The two agree to rounding. Targets and labels are
constants: numbers, lists or arrays. Nothing here overflows for scores of ±1000.

Raised everywhere: ValueError where the shapes differ or a label is none that the loss
knows; TypeError for targets that are not real numbers, and for predictions without gradients.
"""

import numpy as np

from .tensor import Tensor, operation, real_numbers


def squared_error(predicted, targets):
    """mean of (predicted − target)². Any shape; lists of Values: one level."""
    predicted, targets = _pair("squared_error", predicted, targets)
    if isinstance(predicted, Tensor):
        return _squared_error_of_tensor(predicted, targets)
    return _mean([(p - t) ** 2 for p, t in zip(predicted, targets.tolist())])


def _squared_error_of_tensor(predicted, targets):
    """With gap = p − t and n numbers: the loss is Σ gap² / n, its derivative 2·gap / n."""
    gap = predicted.data - targets
    n = gap.size

    def rule(g):
        return gap * (2 / n * g)

    return operation(np.vdot(gap, gap) / n, "squared error", (predicted,), (rule,))


def hinge(scores, targets):
    """mean of max(0, 1 − target·score), targets −1 or 1; the loss of support vector machines.

    Cortes and Vapnik, Support-Vector Networks, Machine Learning 20, 1995.
    """
    scores, targets = _pair("hinge", scores, targets)
    unknown = np.abs(targets) != 1
    if unknown.any():
        raise ValueError(f"hinge needs targets of -1 or 1, not {targets[unknown][0]:g}.")
    if isinstance(scores, Tensor):
        return _hinge_of_tensor(scores, targets)
    return _mean([(1 - t * s).relu() for s, t in zip(scores, targets.tolist())])


def _hinge_of_tensor(scores, targets):
    """With n scores: the derivative is −t / n where 1 − t·s is above 0, and 0 elsewhere."""
    gap = 1 - targets * scores.data
    n = gap.size

    def rule(g):
        return np.where(gap <= 0, 0, targets * (-1 / n * g))

    loss = np.add.reduce(np.maximum(gap, 0), None) / n
    return operation(loss, "hinge", (scores,), (rule,))


def l2(parameters, strength=1e-4):
    """strength · Σ p² over all parameters: add it to a loss to keep the weights small."""
    parameters = _many(parameters, "l2")
    if all(isinstance(p, Tensor) for p in parameters):
        return _l2_of_tensors(parameters, strength)
    return strength * sum(p * p for p in parameters)


def _l2_of_tensors(parameters, strength):
    """The derivative by each p is 2·strength·p."""
    arrays = [p.data for p in parameters]
    total = sum(np.vdot(array, array) for array in arrays)

    def rule_for(array):
        def rule(g):
            return array * (2 * strength * g)

        return rule

    rules = tuple(rule_for(array) for array in arrays)
    return operation(strength * total, "L2", tuple(parameters), rules)


def binary_cross_entropy(logits, targets):
    """mean of −t·log σ(z) − (1 − t)·log(1 − σ(z)), from the scores z before the sigmoid σ.

    targets: 0 or 1, or a probability between. As 1 − σ(z) = σ(−z), and σ(z) = eᶻ / (1 + eᶻ),
    each example's loss is log(1 + eᶻ) − t·z.
    """
    logits, targets = _pair("binary_cross_entropy", logits, targets)
    possible = (targets >= 0) & (targets <= 1)
    if not possible.all():
        raise ValueError(
            f"binary_cross_entropy needs targets from 0 to 1, not {targets[~possible][0]:g}."
        )
    if isinstance(logits, Tensor):
        return _binary_cross_entropy_of_tensor(logits, targets)
    return _mean([_log_sum_exp([z, z * 0]) - t * z for z, t in zip(logits, targets.tolist())])


def _binary_cross_entropy_of_tensor(logits, targets):
    """With n scores: log(1 + eᶻ) is max(z, 0) + log(1 + e^−|z|), the derivative (σ(z) − t) / n."""
    z = logits.data
    small = np.exp(-np.abs(z))  # at most 1, so neither this nor what follows overflows
    losses = np.maximum(z, 0) + np.log1p(small) - z * targets

    def rule(g):
        sigmoid = np.where(z >= 0, 1, small) / (1 + small)
        return (sigmoid - targets) * (g / z.size)

    return operation(losses.mean(), "binary cross-entropy", (logits,), (rule,))


def softmax_cross_entropy(logits, labels):
    """mean of −log softmax(z)[label], from the scores z before the softmax: log Σ eᶻ − z[label].

    Args:
        logits: shape (…, classes), the last axis holding one score for each class; or a
            list with a list of Values for each example.
        labels: whole numbers of shape (…), each from 0 to classes − 1.
    """
    if isinstance(logits, Tensor):
        shape = logits.shape
    else:
        logits = _rows_of_values(logits, "softmax_cross_entropy")
        shape = (len(logits), len(logits[0]))
    labels = _labels(labels, shape)
    if isinstance(logits, Tensor):
        return _softmax_cross_entropy_of_tensor(logits, labels)
    return _mean([_log_sum_exp(row) - row[i] for row, i in zip(logits, labels.tolist())])


def _softmax_cross_entropy_of_tensor(logits, labels):
    """With n examples: the derivative is softmax(z) / n, less 1 / n at the label."""
    n = labels.size
    logs = _log_softmax(logits.data, -1)  # (…, classes)
    places = labels[..., None]  # (…, 1)
    picked = np.take_along_axis(logs, places, -1)  # (…, 1)

    def rule(g):
        share = np.exp(logs)
        at_label = np.take_along_axis(share, places, -1)
        np.put_along_axis(share, places, at_label - 1, -1)
        share *= g / n
        return share

    return operation(-picked.mean(), "softmax cross-entropy", (logits,), (rule,))


def log_softmax(scores, axis=-1):
    """The logarithm of softmax, of a Tensor along one axis or several.

    With p the softmax, the incoming gradient g hands on g − p·Σg.
    """
    if not isinstance(scores, Tensor):
        raise TypeError(f"softmax needs a Tensor, not {type(scores).__name__}.")
    logs = _log_softmax(scores.data, axis)

    def rule(g):
        return g - np.exp(logs) * np.add.reduce(g, axis, keepdims=True)

    return operation(logs, "log_softmax", (scores,), (rule,))


def softmax(scores, axis=-1):
    """eᶻ / Σ eᶻ of a Tensor along an axis or several: positive numbers that add up to 1.

    With p the softmax, the incoming gradient g hands on p·(g − Σ p·g).
    """
    if not isinstance(scores, Tensor):
        raise TypeError(f"softmax needs a Tensor, not {type(scores).__name__}.")
    out = np.exp(_shifted(scores.data, axis))
    out /= np.add.reduce(out, axis, keepdims=True)

    def rule(g):
        share = out * g
        share -= out * np.add.reduce(share, axis, keepdims=True)
        return share

    return operation(out, "softmax", (scores,), (rule,))


def _log_softmax(z, axis):
    """z − log Σ eᶻ, from shifted z."""
    shifted = _shifted(z, axis)
    total = np.add.reduce(np.exp(shifted), axis, keepdims=True)
    with np.errstate(divide="ignore"):  # along an axis without entries it is 0, the result empty
        return shifted - np.log(total)


def _shifted(z, axis):
    """z less the largest z along an axis: the softmax stays as it is, and eᶻ finite."""
    try:
        return z - np.maximum.reduce(z, axis, keepdims=True, initial=-np.inf)
    except (ValueError, TypeError):
        raise ValueError(f"softmax cannot be taken along axis {axis} of shape {z.shape}.") from None


def _log_sum_exp(values):
    """log Σ eᵛ of Values, with the same shift."""
    top = max(v.data for v in values)
    return sum((v - top).exp() for v in values).log() + top


def _mean(losses):
    """The mean of a list of Values."""
    return sum(losses) * (1 / len(losses))


# What goes in is checked here.


def _pair(loss, predicted, targets):
    """A Tensor or a list of Values, and an array with one target for each."""
    if isinstance(predicted, Tensor):
        shape = predicted.shape
    else:
        predicted = _many(predicted, loss)
        shape = (len(predicted),)
    targets = np.asarray(real_numbers(targets, loss))
    if targets.shape != shape:
        raise ValueError(
            f"{loss} needs one target for each prediction: "
            f"shapes {shape} and {targets.shape} do not fit."
        )
    _check_not_empty(loss, shape)
    return predicted, targets


def _labels(labels, shape):
    """The labels as an array of whole numbers, one for each row of scores of this shape."""
    loss = "softmax_cross_entropy"
    real_numbers(labels, loss)
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu" and labels.size:
        raise TypeError(f"{loss} needs whole numbers as labels, not {labels.dtype} numbers.")
    if not shape or labels.shape != shape[:-1]:
        raise ValueError(
            f"{loss} needs one label for each row of scores: shapes {shape} and "
            f"{labels.shape} do not fit."
        )
    _check_not_empty(loss, shape)
    classes = shape[-1]
    unknown = (labels < 0) | (labels >= classes)
    if unknown.any():
        raise ValueError(
            f"{loss} was given label {labels[unknown][0]}; with {classes} classes they run "
            f"from 0 to {classes - 1}."
        )
    return labels


def _rows_of_values(rows, loss):
    """Lists of Values, all of one length."""
    rows = [_many(row, loss) for row in _many_of_any_kind(rows, loss)]
    lengths = [len(row) for row in rows]
    if len(set(lengths)) > 1:
        raise ValueError(
            f"{loss} needs rows of equally many scores, not of {', '.join(map(str, lengths))}."
        )
    return rows


def _many(values, loss):
    """values as a list of things with gradients."""
    values = _many_of_any_kind(values, loss)
    for value in values:
        if not hasattr(value, "backward"):
            raise TypeError(
                f"{loss} needs a Tensor or a list of Values, not a list with a "
                f"{type(value).__name__} in it."
            )
    return values


def _many_of_any_kind(values, loss):
    """values as a list; one Value alone, an array, or an empty list is refused."""
    if isinstance(values, (np.ndarray, Tensor)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{loss} needs a Tensor or a list of Values, not {type(values).__name__}.")
    values = list(values)
    if not values:
        raise ValueError(f"{loss} was given an empty list.")
    return values


def _check_not_empty(loss, shape):
    if 0 in shape:
        raise ValueError(f"{loss} has no mean over shape {shape}: there is nothing in it.")
