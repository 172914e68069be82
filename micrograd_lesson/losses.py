"""Losses: one number that says how wrong a model is. Each is the mean over the examples.

Which loss for which task: squared error where the target is a quantity, cross-entropy
where it is a class; hinge is the older choice for two classes.

Every loss takes a `Tensor`, and is one operation on it, whose gradient rule is the derivative
worked out by hand. `hinge` and `l2`, with which lesson 13 trains both engines, also take lists of
scalar `Value`s, and compute the formula with their operations; both ways agree to rounding.
Targets and labels are constants: numbers, lists or arrays. Nothing here overflows for scores of
±1000.

Raised everywhere: ValueError where the shapes differ or a label is none that the loss
knows; TypeError for targets that are not real numbers, and for predictions without gradients.
"""

import numpy as np

from .tensor import Tensor, operation, real_numbers, sigmoid


def squared_error(predicted, targets):
    """mean of (predicted − target)², for a Tensor of any shape.

    With gap = p − t and n numbers: the loss is Σ gap² / n, its derivative 2·gap / n.
    """
    _check_tensor("squared_error", predicted)
    targets = _one_for_each("squared_error", predicted.shape, targets)
    gap = predicted.data - targets
    n = gap.size

    def rule(g):
        return gap * (2 / n * g)

    return operation(np.vdot(gap, gap) / n, "squared error", (predicted,), (rule,))


def hinge(scores, targets):
    """mean of max(0, 1 − target·score), targets −1 or 1; the loss of support vector machines.

    scores: a Tensor of any shape, or a list of Values.

    Cortes and Vapnik, Support-Vector Networks, Machine Learning 20, 1995.
    """
    if isinstance(scores, Tensor):
        shape = scores.shape
    else:
        scores = _with_gradients(scores, "hinge", "a Tensor or a list of Values")
        shape = (len(scores),)
    targets = _one_for_each("hinge", shape, targets)
    unknown = np.abs(targets) != 1
    if unknown.any():
        raise ValueError(f"hinge needs targets of -1 or 1, not {targets[unknown][0]:g}.")
    if isinstance(scores, Tensor):
        return _hinge_of_tensor(scores, targets)
    losses = [(1 - t * s).relu() for s, t in zip(scores, targets.tolist())]
    return sum(losses) * (1 / len(losses))


def _hinge_of_tensor(scores, targets):
    """With n scores: the derivative is −t / n where 1 − t·s is above 0, and 0 elsewhere."""
    gap = 1 - targets * scores.data
    n = gap.size

    def rule(g):
        return np.where(gap <= 0, 0, targets * (-1 / n * g))

    loss = np.add.reduce(np.maximum(gap, 0), None) / n
    return operation(loss, "hinge", (scores,), (rule,))


def l2(parameters, strength=1e-4):
    """strength · Σ p² over all parameters: add it to a loss to keep the weights small.

    parameters: a list of Tensors, or of Values.
    """
    parameters = _with_gradients(parameters, "l2", "a list of Tensors or of Values")
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

    logits: a Tensor of any shape. targets: 0 or 1, or a probability between.

    As 1 − σ(z) = σ(−z), and σ(z) = eᶻ / (1 + eᶻ), each example's loss is log(1 + eᶻ) − t·z, and
    log(1 + eᶻ) is max(z, 0) + log(1 + e^−|z|). With n scores, the derivative is (σ(z) − t) / n.
    """
    _check_tensor("binary_cross_entropy", logits)
    targets = _one_for_each("binary_cross_entropy", logits.shape, targets)
    possible = (targets >= 0) & (targets <= 1)
    if not possible.all():
        raise ValueError(
            f"binary_cross_entropy needs targets from 0 to 1, not {targets[~possible][0]:g}."
        )
    z = logits.data
    losses = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - z * targets

    def rule(g):
        return (sigmoid(z) - targets) * (g / z.size)

    return operation(losses.mean(), "binary cross-entropy", (logits,), (rule,))


def softmax_cross_entropy(logits, labels):
    """mean of −log softmax(z)[label], from the scores z before the softmax: log Σ eᶻ − z[label].

    With n examples, the derivative is softmax(z) / n, less 1 / n at the label.

    Args:
        logits: a Tensor of shape (…, classes), the last axis holding one score for each class.
        labels: whole numbers of shape (…), each from 0 to classes − 1.
    """
    _check_tensor("softmax_cross_entropy", logits)
    labels = _labels(labels, logits.shape)
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
    _check_tensor("softmax", scores)
    logs = _log_softmax(scores.data, axis)

    def rule(g):
        return g - np.exp(logs) * np.add.reduce(g, axis, keepdims=True)

    return operation(logs, "log_softmax", (scores,), (rule,))


def softmax(scores, axis=-1):
    """eᶻ / Σ eᶻ of a Tensor along an axis or several: positive numbers that add up to 1.

    With p the softmax, the incoming gradient g hands on p·(g − Σ p·g).
    """
    _check_tensor("softmax", scores)
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


# What goes in is checked here.


def _check_tensor(what, x):
    if not isinstance(x, Tensor):
        raise TypeError(f"{what} needs a Tensor, not {type(x).__name__}.")


def _one_for_each(loss, shape, targets):
    """The targets as an array of this shape: one for each prediction."""
    targets = np.asarray(real_numbers(targets, loss))
    if targets.shape != shape:
        raise ValueError(
            f"{loss} needs one target for each prediction: "
            f"shapes {shape} and {targets.shape} do not fit."
        )
    _check_not_empty(loss, shape)
    return targets


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


def _with_gradients(values, loss, wanted):
    """values as a list of things with gradients; else an error that says what was wanted."""
    if isinstance(values, (np.ndarray, Tensor)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{loss} needs {wanted}, not {type(values).__name__}.")
    values = list(values)
    if not values:
        raise ValueError(f"{loss} was given an empty list.")
    for value in values:
        if not hasattr(value, "backward"):
            raise TypeError(
                f"{loss} needs {wanted}, not a list with a {type(value).__name__} in it."
            )
    return values


def _check_not_empty(loss, shape):
    if 0 in shape:
        raise ValueError(f"{loss} has no mean over shape {shape}: there is nothing in it.")
