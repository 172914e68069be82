"""Trainer, without widgets: the numbers, what may change between steps, what is refused, the verdict."""

import math
import random

import numpy as np
import pytest

from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers.training import Points, Trainer, judge
from micrograd_lesson.module import ACTIVATIONS
from micrograd_lesson.nn import MLP as ScalarMLP
from micrograd_lesson.tensor_nn import MLP
from tests.refusals import refusal

X, y = two_moons(30)
GRID = np.array([[0.0, 0.0], [1.0, 0.5], [-1.0, 2.0]])


def make(width=4, activation="relu", rate=0.3, **options):
    trainer = Trainer(X, y, rate=rate, **options)
    trainer.width = width
    trainer.activation = activation
    return trainer


def weights(trainer):
    return [p.data.copy() for p in trainer.model.parameters()]


def same(arrays, others):
    return all(np.array_equal(a, b) for a, b in zip(arrays, others, strict=True))


def scores(trainer):
    return trainer.model(trainer.points.X).data


# Training.


@pytest.mark.parametrize(
    "activation, act, slope",
    [
        ("relu", lambda z: np.maximum(z, 0), lambda z, a: z > 0),
        ("tanh", np.tanh, lambda z, a: 1 - a * a),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-z)), lambda z, a: a * (1 - a)),
        ("linear", lambda z: z, lambda z, a: 1.0),
    ],
)
def test_the_losses_are_those_of_the_same_training_by_hand(activation, act, slope):
    trainer = make(activation=activation, rate=0.25)
    w1, b1, w2, b2, w3, b3 = weights(trainer)
    losses = []
    for _ in range(31):
        z1 = X @ w1 + b1
        a1 = act(z1)
        z2 = a1 @ w2 + b2
        a2 = act(z2)
        gap = 1 - y * (a2 @ w3 + b3)[:, 0]
        losses.append(np.maximum(gap, 0).mean())
        d3 = np.where(gap > 0, -y / len(y), 0)[:, None]
        d2 = d3 @ w3.T * slope(z2, a2)
        d1 = d2 @ w2.T * slope(z1, a1)
        w1, b1 = w1 - 0.25 * X.T @ d1, b1 - 0.25 * d1.sum(0)
        w2, b2 = w2 - 0.25 * a1.T @ d2, b2 - 0.25 * d2.sum(0)
        w3, b3 = w3 - 0.25 * a2.T @ d3, b3 - 0.25 * d3.sum(0)
    assert trainer.step(30) == 30
    assert trainer.steps == 30 and trainer.problem == ""
    assert trainer.losses == pytest.approx(losses, rel=1e-9)


def test_what_it_has_learned_is_counted_and_measured():
    trainer = make(Xtest=X + 0.1, ytest=y)
    trainer.step(20)
    learned = trainer.learned(GRID)
    assert (learned.sizes, learned.activation, learned.steps) == ((2, 4, 4, 1), "relu", 20)
    assert learned.losses == trainer.losses
    assert learned.right == np.sum(scores(trainer) * y > 0)
    assert learned.right_held_out == np.sum(trainer.model(X + 0.1).data * y > 0)
    assert np.array_equal(learned.scores, trainer.model(GRID).data)
    assert learned.points is trainer.points and np.array_equal(learned.held_out.X, X + 0.1)


def test_it_is_the_same_object_until_something_is_new():
    trainer = make()
    learned = trainer.learned(GRID)
    trainer.rate = 0.1
    assert trainer.learned(GRID) is learned
    assert trainer.learned(GRID.copy()) is not learned
    for change in (
        trainer.step,
        trainer.reset,
        lambda: setattr(trainer, "width", 5),
        lambda: setattr(trainer, "activation", "tanh"),
        lambda: setattr(trainer, "points", Points.of(X, -y)),
    ):
        before = trainer.learned(GRID)
        change()
        assert trainer.learned(GRID) is not before


def test_held_out_points_are_not_learned_from():
    Xtest, ytest = two_moons(10, seed=1)
    one, other = make(Xtest=Xtest, ytest=ytest), make()
    one.step(20)
    other.step(20)
    assert one.losses == other.losses
    assert other.learned(GRID).right_held_out is None


def test_the_same_seed_gives_the_same_run_and_reset_goes_back_to_its_start():
    one, other = make(seed=3), make(seed=3)
    first = weights(one)
    one.step(12)
    other.step(5)
    other.step(7)
    assert one.losses == other.losses and make(seed=4).losses != make(seed=3).losses
    run = one.losses
    one.reset()
    assert one.steps == 0 and same(weights(one), first)
    one.step(12)
    assert one.losses == run


def test_two_moons_are_learned():
    trainer = Trainer(*two_moons())
    trainer.step(400)
    assert trainer.learned(GRID).right == 100 and trainer.losses[-1] < 0.05


def test_a_model_of_your_own_is_trained_in_place():
    model = MLP(2, [5, 1], "tanh", "linear", random.Random(0))
    trainer = Trainer(X, y, model)
    assert (trainer.model is model, trainer.width, trainer.activation) == (True, 5, "tanh")
    before = model.layers[0].w.data.copy()
    trainer.step()
    assert not np.array_equal(model.layers[0].w.data, before)


def test_classes_of_0_and_1_are_those_of_minus_1_and_1():
    trainer = Trainer(X, (y + 1) / 2, Xtest=X, ytest=(y + 1) / 2)
    assert np.array_equal(trainer.points.y, y) and np.array_equal(trainer.held_out.y, y)
    assert trainer.losses == Trainer(X, y).losses


# What may change between steps.


def test_the_rate_counts_from_the_next_step_on():
    trainer, slow, fast = make(rate=0.1), make(rate=0.1), make(rate=0.7)
    trainer.step(3)
    slow.step(3)
    for p, now in zip(fast.model.parameters(), weights(slow)):
        p.data = now
    trainer.rate = 0.7
    trainer.step(4)
    fast.step(4)
    assert trainer.losses[:4] == slow.losses and trainer.losses[4:] == fast.losses[1:]


def test_another_activation_keeps_the_weights():
    trainer = make()
    trainer.step(10)
    before = weights(trainer)
    trainer.activation = "tanh"
    assert same(weights(trainer), before) and trainer.steps == 10
    w1, b1, w2, b2, w3, b3 = before
    by_hand = (np.tanh(np.tanh(X @ w1 + b1) @ w2 + b2) @ w3 + b3)[:, 0]
    assert scores(trainer) == pytest.approx(by_hand)
    assert trainer.losses[-1] == pytest.approx(np.maximum(1 - y * by_hand, 0).mean())


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_more_neurons_change_nothing_at_first_and_then_learn(activation):
    trainer = make(activation=activation)
    trainer.step(10)
    before, losses = scores(trainer), list(trainer.losses)
    trainer.width = 9
    shapes = [p.shape for p in trainer.model.parameters()]
    assert shapes == [(2, 9), (9,), (9, 9), (9,), (9, 1), (1,)]
    assert scores(trainer) == pytest.approx(before) and trainer.losses == pytest.approx(losses)
    new = trainer.model.layers[2].w.data[4:].copy()
    trainer.step(2)
    assert not new.any() and trainer.model.layers[2].w.data[4:].any() and trainer.steps == 12


def test_fewer_neurons_are_the_first_ones():
    trainer = make()
    trainer.step(10)
    w1, b1, w2, b2, w3, b3 = weights(trainer)
    trainer.width = 2
    assert same(weights(trainer), (w1[:, :2], b1[:2], w2[:2, :2], b2[:2], w3[:2], b3))
    trainer.step()
    assert trainer.steps == 11


def test_before_the_first_step_a_width_can_be_taken_back():
    trainer = make()
    before = weights(trainer)
    for width in (1, 32, 4):
        trainer.width = width
    assert same(weights(trainer), before)


def test_other_points_have_another_last_loss():
    trainer = make()
    trainer.step(3)
    before = list(trainer.losses)
    trainer.points = Points.of(X, -y)
    assert trainer.losses[:-1] == before[:-1] and trainer.since == 3
    assert trainer.losses[-1] == pytest.approx(np.maximum(1 + y * scores(trainer), 0).mean())


# What stops it.


def test_a_step_that_would_leave_no_loss_is_not_taken():
    trainer = Trainer(X * 1000, y, rate=10)
    trainer.activation = "linear"
    taken = trainer.step(300)
    assert 0 < taken == trainer.steps < 300
    assert trainer.problem.startswith("the loss is no number any more, so this step was not taken")
    assert np.isfinite(trainer.losses).all()
    assert all(np.isfinite(w).all() for w in weights(trainer))
    trainer.rate = 0.001
    trainer.reset()
    assert trainer.step(5) == 5 and trainer.problem == ""


def test_without_points_no_step_is_taken():
    trainer = Trainer([], [])
    assert trainer.step(3) == 0 and trainer.problem.startswith("there are no points")
    assert trainer.verdict().word == "Nothing to learn from"
    trainer.points = Points.of([[0, 0]], [1])
    assert trainer.step(3) == 3


@pytest.mark.parametrize("where", ["before the weights move", "after"])
def test_an_error_in_a_step_leaves_the_weights_as_they_were(where):
    class Fragile(MLP):
        calls = 0

        def __call__(self, x):
            Fragile.calls += 1
            if Fragile.calls == (5 if where == "after" else 4):
                raise KeyboardInterrupt
            return super().__call__(x)

    trainer = Trainer(X, y, Fragile(2, [4, 1]))
    trainer.step()
    before = weights(trainer)
    with pytest.raises(KeyboardInterrupt):
        trainer.step()
    assert same(weights(trainer), before) and trainer.steps == 1


ANOTHER = (
    "the model must have 2 inputs, hidden layers of one width and 1 output, "
    "as MLP(2, [16, 16, 1]) has, not be "
)
OVER_ARRAYS = "the model must be a network over arrays, such as tensor_nn.MLP(2, [16, 16, 1]), not "


@pytest.mark.parametrize(
    "model, exception, sentence",
    [
        (len, TypeError, OVER_ARRAYS + "builtin_function_or_method."),
        (ScalarMLP(2, [4, 1]), TypeError, OVER_ARRAYS + "micrograd_lesson.nn.MLP."),
        (MLP, TypeError, OVER_ARRAYS + "the class MLP itself."),
        (MLP(3, [4, 1]), ValueError, ANOTHER + "MLP(3, [4, 1], 'tanh', 'tanh')."),
        (MLP(2, [1]), ValueError, ANOTHER + "MLP(2, [1], 'tanh', 'tanh')."),
        (MLP(2, [4, 2]), ValueError, ANOTHER + "MLP(2, [4, 2], 'tanh', 'tanh')."),
        (MLP(2, [4, 3, 1]), ValueError, ANOTHER + "MLP(2, [4, 3, 1], 'tanh', 'tanh')."),
    ],
)
def test_a_network_that_it_cannot_train_is_refused(model, exception, sentence):
    assert refusal(lambda: Trainer(X, y, model), exception) == sentence


@pytest.mark.parametrize("n", [0, -1, 1.5, "2"])
def test_a_number_of_steps_that_is_none_is_refused(n):
    sentence = refusal(lambda: make().step(n), ValueError)
    assert sentence == f"the number of steps must be a whole number of at least 1, not {n!r}."


RATE = "the learning rate must be a number above 0, not "
WIDTH = "the width must be a whole number of at least 1, not "
POINTS = "points must be Points, as Points.of(X, y) makes them, not "


@pytest.mark.parametrize("steps", [0, 3])
@pytest.mark.parametrize(
    "name, value, exception, sentence",
    [
        ("rate", 0, ValueError, RATE + "0."),
        ("rate", -1, ValueError, RATE + "-1."),
        ("rate", math.nan, ValueError, RATE + "nan."),
        ("rate", math.inf, ValueError, RATE + "inf."),
        ("rate", "0.1", ValueError, RATE + "'0.1'."),
        ("rate", None, ValueError, RATE + "None."),
        ("rate", np.array([1, 2]), ValueError, RATE + "array([1, 2])."),
        ("width", 0, ValueError, WIDTH + "0."),
        ("width", 2.5, ValueError, WIDTH + "2.5."),
        ("width", "4", ValueError, WIDTH + "'4'."),
        ("width", None, ValueError, WIDTH + "None."),
        (
            "activation",
            "tan",
            ValueError,
            "unknown activation 'tan'; known are tanh, relu, sigmoid, linear.",
        ),
        (
            "activation",
            ["relu"],
            ValueError,
            "unknown activation ['relu']; known are tanh, relu, sigmoid, linear.",
        ),
        ("points", ([[0, 0]], [1]), TypeError, POINTS + "tuple."),
        ("points", None, TypeError, POINTS + "NoneType."),
        (
            "points",
            Points([[0, 0, 0]], [1]),
            ValueError,
            "points in the plane have shape (n, 2), not (1, 3).",
        ),
    ],
)
def test_a_setting_that_is_refused_leaves_the_trainer_as_it_was(
    steps, name, value, exception, sentence
):
    trainer, other = make(), make()
    for each in (trainer, other):
        if steps:
            each.step(steps)
    before = getattr(trainer, name), trainer.since, weights(trainer)
    assert refusal(lambda: setattr(trainer, name, value), exception) == sentence
    assert (getattr(trainer, name), trainer.since) == before[:2]
    assert same(weights(trainer), before[2])
    trainer.step(2)
    other.step(2)
    assert trainer.losses == other.losses


TOGETHER = "points and their classes go together: give both X and y, and both Xtest and ytest."


@pytest.mark.parametrize(
    "call, exception, sentence",
    [
        (lambda: Trainer(X, y, rate=0), ValueError, RATE + "0."),
        (lambda: Trainer(X, y, rate="1"), ValueError, RATE + "'1'."),
        (
            lambda: Trainer(X, y, seed="a"),
            TypeError,
            "the seed must be a whole number, such as 0, not 'a'.",
        ),
        (
            lambda: Trainer(X, y, seed=None),
            TypeError,
            "the seed must be a whole number, such as 0, not None.",
        ),
        (lambda: Trainer(X, None), ValueError, TOGETHER),
        (lambda: Trainer(None, y), ValueError, TOGETHER),
        (lambda: Trainer(X, y, Xtest=X), ValueError, TOGETHER),
        (lambda: Trainer(X, y, ytest=y), ValueError, TOGETHER),
        (
            lambda: Trainer(X, y[:3]),
            ValueError,
            "30 points need as many classes; y has shape (3,).",
        ),
    ],
)
def test_arguments_that_are_refused(call, exception, sentence):
    assert refusal(call, exception) == sentence


def test_points_of_lists_are_taken_as_arrays():
    trainer = make()
    trainer.points = Points([[0, 0], [1, 1]], [1, 0])
    assert trainer.points.X.shape == (2, 2) and trainer.points.y.tolist() == [1, -1]
    assert trainer.step(3) == 3


def test_whole_numbers_of_numpy_count():
    trainer = make()
    trainer.width = np.int64(5)
    assert trainer.step(np.int64(3)) == trainer.steps == 3 and type(trainer.width) is int


# The verdict.


@pytest.mark.parametrize(
    "losses, steps, right, word, reason",
    [
        ([1.0], 0, 5, "Not trained yet", "the first weights"),
        ([0.5], 9, 7, "Under way", "3 points on the wrong side."),
        ([0.5, 0.4], 1, 9, "Under way", "1 point on the wrong side."),
        ([0.5, 0.4, 0.3], 2, 9, "On its way down", "1 point on the wrong side."),
        ([0.5, 0.4, 0.3], 2, 10, "All on the right side", "beyond the margin"),
        ([0.5, 0.4, 0.6], 2, 9, "Higher than 2 steps ago", "the rate is too large"),
        ([0.5, 0.4, 0.0], 2, 10, "Learned", "so are all gradients"),
        ([0.0, 0.0, 0.0], 2, 10, "Learned", "the loss is 0"),
        ([0.5] * 25, 24, 9, "Crawls", "the last 20 steps took less than 1 % off"),
        ([0.5, 0.4, 0.5, 0.4, 0.5], 4, 9, "Jumps", "the rate is large"),
        ([math.nan], 3, 0, "No loss", "not numbers"),
        ([0.8, 0.7, 0.71, 0.5, 0.51, 0.3], 5, 9, "On its way down", "1 point"),
        ([0.0, 0.0, 0.1], 2, 9, "Higher than 2 steps ago", "overshoot"),
    ],
)
def test_the_verdict(losses, steps, right, word, reason):
    verdict = judge(losses, steps, 10, right)
    assert verdict.word == word and reason in verdict.reason
    assert judge(losses, steps, 0, 0) == ("Nothing to learn from", "there are no points.")


def test_what_it_did_with_other_points_or_at_another_rate_is_not_held_against_it():
    trainer = make()
    trainer.step(60)
    trainer.points = Points.of(X, -y)  # the loss jumps, not the training
    trainer.step(5)
    assert trainer.losses[-1] > trainer.losses[55]
    assert not trainer.verdict().word.startswith("Higher")
    trainer = make()
    trainer.step(100)
    trainer.rate = 3.0
    trainer.step(3)
    assert trainer.verdict().word == "Higher than 3 steps ago"
    trainer.rate = 0.01  # the loss is still higher than long ago, but this rate is not to blame
    trainer.step(3)
    assert trainer.losses[-1] > 2 * trainer.losses[100]
    assert trainer.verdict().word == "On its way down"
