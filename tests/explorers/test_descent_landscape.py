"""A learner's loss: what it is asked for, how often, and what is refused; the walks on it are SGD's."""

import math

import numpy as np
import pytest

from micrograd_lesson import Tensor, Value
from micrograd_lesson.explorers.descent import Landscape
from micrograd_lesson.explorers.descent.landscape import count_parameters
from micrograd_lesson.optim import SGD
from tests.explorers.made import gives_nothing, valley


def parabola(w):
    return (w - 1.5) ** 2


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.9, 1.1])
def test_it_walks_as_the_algebra_says(rate):
    walk = Landscape(parabola).walk(np.array([-3.0]), rate, 6, 0.0)
    expected = np.array([1.5 - 4.5 * (1 - 2 * rate) ** k for k in range(7)])
    assert walk.w.shape == (7, 1) and walk.slopes.shape == (7, 1) and walk.velocity.shape == (1,)
    assert walk.w[:, 0] == pytest.approx(expected, abs=1e-8)
    assert walk.losses == pytest.approx((expected - 1.5) ** 2, abs=1e-8)
    assert walk.finite and walk.taken == 6


STEPS = [(0.1, 0.0), (0.3, 0.5), (0.6, 0.9), (1.0, 0.0), (0.05, 0.99)]


def sgd(loss, start, rate, momentum):
    """Where SGD comes by on 12 steps; loss takes the parameters."""
    parameters = [kind(x) for kind, x in start]
    optimiser = SGD(parameters, rate, momentum)
    way = [[float(p.data) for p in parameters]]
    for _ in range(12):
        optimiser.zero_grad()
        loss(*parameters).backward()
        optimiser.step()
        way.append([float(p.data) for p in parameters])
    return np.array(way)


@pytest.mark.parametrize("rate, momentum", STEPS)
def test_with_one_parameter_it_walks_as_sgd_does(rate, momentum):
    def bowl(w):
        return (w - 1.5) ** 2 + 0.001 * w**4

    walk = Landscape(bowl).walk(np.array([-2.0]), rate, 12, momentum)
    expected = sgd(bowl, [(Value, -2.0)], rate, momentum)
    assert walk.w == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("rate, momentum", STEPS)
def test_with_two_parameters_it_walks_as_sgd_does(rate, momentum):
    def tilted(a, b):
        return valley(a, b) + 0.3 * a * b

    def slopes(a, b):
        return 0.2 * a + 0.3 * b, 2 * b + 0.3 * a

    expected = sgd(tilted, [(Tensor, -2.0), (Tensor, 1.5)], rate, momentum)
    start = np.array([-2.0, 1.5])
    known = Landscape(tilted, slopes).walk(start, rate, 12, momentum)
    assert known.w == pytest.approx(expected, rel=1e-12, abs=1e-12)
    found = Landscape(tilted).walk(start, rate, 12, momentum)
    assert found.w == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_the_next_move_is_the_step_that_comes():
    hill = Landscape(parabola)
    now = hill.walk(np.array([-3.0]), 0.2, 4, 0.5)
    later = hill.walk(np.array([-3.0]), 0.2, 5, 0.5)
    assert now.w[-1] + now.next_move == pytest.approx(later.w[-1], rel=1e-9)
    assert now.moves == pytest.approx(np.diff(later.w, axis=0), rel=1e-9)
    assert now.next_velocity == pytest.approx(later.velocity)
    assert now.remembered == pytest.approx(0.5 * now.velocity)


def test_a_walk_that_blows_up_ends_early():
    walk = Landscape(lambda w: w**4).walk(np.array([3.0]), 1.0, 40, 0.0)
    assert not walk.finite and walk.taken < 9 and np.isfinite(walk.w).all()


def test_beyond_its_domain_a_loss_is_nan_and_the_walk_ends():
    walk = Landscape(math.log).walk(np.array([0.5]), 1.0, 10, 0.0)
    assert walk.w[1] == pytest.approx(-1.5) and math.isnan(walk.losses[1])
    assert not walk.finite
    given = Landscape(math.log, lambda w: 1 / math.sqrt(w)).walk(np.array([0.5]), 1.0, 10, 0.0)
    assert math.isnan(given.slopes[-1, 0]) and not given.finite


def test_a_surface_is_the_loss_between_the_places_that_were_asked_for():
    w1, w2, losses = Landscape(valley).surface((-4.6, 4.6), (-3.0, 3.0))
    assert losses.shape == (len(w2), len(w1)) and len(w1) > 90 and len(w2) > 70
    assert losses == pytest.approx(valley(*np.meshgrid(w1, w2)), abs=1e-9)
    _, _, losses = Landscape(lambda a, b: math.sin(a) * math.exp(b / 3)).surface((-2, 2), (-1, 1))
    w1, w2 = np.meshgrid(np.linspace(-2, 2, losses.shape[1]), np.linspace(-1, 1, losses.shape[0]))
    assert losses == pytest.approx(np.sin(w1) * np.exp(w2 / 3), abs=2e-3)


def test_a_surface_has_holes_where_the_loss_has_no_value():
    w1, w2, losses = Landscape(lambda a, b: math.sqrt(a) + b).surface((-1, 1), (-1, 1))
    known = np.isfinite(losses)
    assert not known[:, w1 < 0].any() and known[:, w1 > 0.3].all()
    column = np.searchsorted(w1, 0.5)
    assert losses[:, column] == pytest.approx(math.sqrt(w1[column]) + w2, abs=2e-3)


class Counted:
    """A loss that counts its calls."""

    def __init__(self, loss):
        self.calls = 0
        self.loss = loss

    def one(self, w):
        self.calls += 1
        return self.loss(w)

    def two(self, w1, w2):
        self.calls += 1
        return self.loss(w1, w2)


def test_a_loss_is_asked_a_few_hundred_times_and_once_more_for_one_more_step():
    counted = Counted(parabola)
    hill = Landscape(counted.one)
    hill.check(np.array([-3.0]))
    hill.curve((-4, 7))
    hill.walk(np.array([-3.0]), 0.1, 10, 0.0)
    assert counted.calls < 300
    before = counted.calls
    hill.walk(np.array([-3.0]), 0.1, 11, 0.0)
    assert counted.calls - before < 25  # one loss, and one slope
    hill.walk(np.array([-3.0]), 0.1, 8, 0.0)
    assert counted.calls - before < 25
    counted = Counted(valley)
    plane = Landscape(counted.two)
    plane.check(np.array([-4.0, 2.0]))
    plane.surface((-4.6, 4.6), (-3.0, 3.0))
    plane.walk(np.array([-4.0, 2.0]), 0.1, 10, 0.0)
    assert counted.calls < 500


@pytest.mark.parametrize(
    "loss, count",
    [
        (parabola, 1),
        (valley, 2),
        (np.cosh, 1),
        (lambda w, centre=1.0: w, 1),
        (lambda a, b, *more, c=1.0, **options: a, 2),
    ],
)
def test_parameters_are_counted(loss, count):
    assert count_parameters(loss) == count == Landscape(loss).parameters


@pytest.mark.parametrize(
    "loss, given",
    [(lambda a, b, c: a, "of 3"), (lambda: 1, "of 0"), (3.0, "float"), ("w**2", "str")],
)
def test_what_is_no_loss_is_refused(loss, given):
    with pytest.raises(TypeError) as caught:
        Landscape(loss)
    assert str(caught.value) == f"loss must be a function of one number or of two, not {given}."


@pytest.mark.parametrize(
    "loss, slope, kind, sentence",
    [
        (lambda w: [w], None, TypeError, "the loss must give a number, not list."),
        (lambda w: Value(w) ** 2, None, TypeError, "the loss must give a number, not Value."),
        (lambda w: "1", None, TypeError, "the loss must give a number, not str."),
        (lambda w: 1j * w, None, TypeError, "the loss must give a number, not complex."),
        (lambda w: None, None, TypeError, "the loss must give a number, not NoneType."),
        (lambda w: np.array([w, w]), None, TypeError, "the loss must give a number, not ndarray."),
        (
            parabola,
            lambda w: (w, w),
            ValueError,
            "slope must give one number, the derivative of the loss, not an array of shape (2,).",
        ),
        (
            parabola,
            lambda w: None,
            ValueError,
            "slope must give one number, the derivative of the loss, not None.",
        ),
        (
            parabola,
            lambda w: Value(w),
            ValueError,
            "slope must give one number, the derivative of the loss, not Value(data=-1.0, grad=0.0).",
        ),
        (
            valley,
            lambda a, b: a,
            ValueError,
            "slope must give two numbers, the derivatives of the loss by w1 and by w2, "
            "not an array of shape ().",
        ),
        (
            valley,
            lambda a, b: [[a, b], [a, b]],
            ValueError,
            "slope must give two numbers, the derivatives of the loss by w1 and by w2, "
            "not an array of shape (2, 2).",
        ),
        (
            gives_nothing,
            None,
            ValueError,
            "loss(−1) stopped with ValueError: no such place.",
        ),
        (
            lambda w: undefined,  # noqa: F821
            None,
            ValueError,
            "loss(−1) stopped with NameError: name 'undefined' is not defined.",
        ),
        (
            parabola,
            lambda w: [][0],
            ValueError,
            "slope(−1) stopped with IndexError: list index out of range.",
        ),
    ],
)
def test_what_does_not_give_numbers_is_refused_at_the_start(loss, slope, kind, sentence):
    landscape = Landscape(loss, slope)
    with pytest.raises(kind) as caught:
        landscape.check(np.full(landscape.parameters, -1.0))
    assert str(caught.value) == sentence


@pytest.mark.parametrize("number", [1, True, np.float32(1.5), np.array(2.0), np.int64(3)])
def test_every_kind_of_number_is_a_loss(number):
    landscape = Landscape(lambda w: number, lambda w: number)
    landscape.check(np.array([1.0]))
    assert landscape.walk(np.array([1.0]), 0.1, 1, 0.0).losses.tolist() == [float(number)] * 2
