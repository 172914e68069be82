"""TrainingExplorer: the numbers, what may change in flight, playing and its end, points by every way, refusals."""

import asyncio
import gc
import math
import random
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import comm
import ipywidgets as widgets
import numpy as np
import pytest
from traitlets import TraitError

from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers import TrainingExplorer, training
from micrograd_lesson.tensor_nn import MLP
from tests.explorers.made import text
from tests.refusals import refusal

X, y = two_moons(30)


def make(**options):
    return TrainingExplorer(X, y, **{"width": 4, **options})


def weights(explorer):
    return [p.data.copy() for p in explorer.model.parameters()]


def scores(explorer):
    return explorer.model(explorer.X).data


def part(explorer, found):
    """The widget within the explorer for which found says so."""
    inside = list(explorer.children)
    for widget in inside:
        inside += getattr(widget, "children", ())
    return next(widget for widget in inside if found(widget))


def button(explorer, name):
    return part(explorer, lambda widget: getattr(widget, "description", "") == name)


def field(explorer, name):
    return part(explorer, lambda widget: name in widget._dom_classes)


# The training.


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
    explorer = make(activation=activation, rate=0.25)
    w1, b1, w2, b2, w3, b3 = weights(explorer)
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
    explorer.step(30)
    assert explorer.steps == 30 and explorer.losses == pytest.approx(losses, rel=1e-9)
    assert f"step 30: loss {losses[-1]:.4f}" in text(explorer)
    right = np.sum(scores(explorer) * y > 0)
    assert f"training accuracy {right / 30:.1%} ({right} of 30)" in text(explorer)


def test_held_out_points_are_measured_and_not_learned_from():
    Xtest, ytest = two_moons(10, seed=1)
    explorer, other = make(Xtest=Xtest, ytest=ytest), make()
    explorer.step(20)
    other.step(20)
    assert explorer.losses == other.losses
    right = np.sum(explorer.model(Xtest).data * ytest > 0)
    assert f"held out {right / 10:.1%} ({right} of 10)" in text(explorer)


def test_the_same_seed_gives_the_same_run_and_reset_goes_back_to_its_start():
    one, other = make(seed=3), make(seed=3)
    first = weights(one)
    one.step(12)
    other.step(5)
    other.step(7)
    assert one.losses == other.losses and make(seed=4).losses != make(seed=3).losses
    run = one.losses
    one.reset()
    assert one.steps == 0 and all(map(np.array_equal, weights(one), first))
    one.step(12)
    assert one.losses == run


def test_two_moons_are_learned():
    explorer = TrainingExplorer()
    explorer.step(400)
    assert "100.0% (100 of 100)" in text(explorer) and explorer.losses[-1] < 0.05


def test_a_model_of_your_own_is_trained_in_place():
    model = MLP(2, [5, 1], "tanh", "linear", random.Random(0))
    explorer = TrainingExplorer(model, X, y)
    assert (explorer.model is model, explorer.width, explorer.activation) == (True, 5, "tanh")
    before = model.layers[0].w.data
    explorer.step()
    assert (
        not np.array_equal(model.layers[0].w.data, before)
        and "2-5-1 network, tanh" in explorer.picture.alt
    )
    assert TrainingExplorer(MLP(2, [40, 1]), X, y).controls["width"].max == 40


TOGETHER = "points and their classes go together: give both X and y, and both Xtest and ytest."
ANOTHER = "the model must have 2 inputs, hidden layers of one width and 1 output, as MLP(2, [16, 16, 1]) has, not be "


@pytest.mark.parametrize(
    "call, exception, sentence",
    [
        (lambda: TrainingExplorer(y=y), ValueError, TOGETHER),
        (lambda: TrainingExplorer(X=X), ValueError, TOGETHER),
        (lambda: make(Xtest=X), ValueError, TOGETHER),
        (
            lambda: TrainingExplorer(X, y[:3]),
            ValueError,
            "30 points need as many classes; y has shape (3,).",
        ),
        (
            lambda: TrainingExplorer(len, X, y),
            TypeError,
            "the model must be a network of tensor_nn, such as MLP(2, [16, 16, 1]), not builtin_function_or_method.",
        ),
        (
            lambda: TrainingExplorer(MLP(3, [4, 1]), X, y),
            ValueError,
            ANOTHER + "MLP(3, [4, 1], 'tanh', 'tanh').",
        ),
        (
            lambda: TrainingExplorer(MLP(2, [1]), X, y),
            ValueError,
            ANOTHER + "MLP(2, [1], 'tanh', 'tanh').",
        ),
        (
            lambda: TrainingExplorer(MLP(2, [4, 3, 1]), X, y),
            ValueError,
            ANOTHER + "MLP(2, [4, 3, 1], 'tanh', 'tanh').",
        ),
        (
            lambda: make().add_point("a", 1, 1),
            TypeError,
            "points must be numbers in a regular shape, not [['a', 1]].",
        ),
        (
            lambda: make().add_point(0, 1, "blue"),
            TypeError,
            "classes must be numbers in a regular shape, not ['blue'].",
        ),
        (
            lambda: make().add_point(0, 2e6, 1),
            ValueError,
            "the plane goes as far as 1e+06; a point at 2e+06 lies outside.",
        ),
        (lambda: make(width=0), TraitError, "width goes from 1 to 32; 0 lies outside."),
        (lambda: make(rate=0), TraitError, "rate goes from 0.001 to 10; 0 lies outside."),
        (
            lambda: make().step(0),
            ValueError,
            "the number of steps must be a whole number of at least 1, not 0.",
        ),
        (
            lambda: make().step(1.5),
            ValueError,
            "the number of steps must be a whole number of at least 1, not 1.5.",
        ),
    ],
)
def test_refusals(call, exception, sentence):
    assert refusal(call, exception) == sentence


def test_an_unknown_activation_is_refused():
    explorer = make()
    for act in (lambda: make(activation="tan"), lambda: setattr(explorer, "activation", "tan")):
        with pytest.raises(TraitError, match="any of .*relu"):
            act()
    assert explorer.activation == "relu"


# What may change in flight.


def test_the_rate_counts_from_the_next_step_on():
    explorer, slow, fast = make(rate=0.1), make(rate=0.1), make(rate=0.7)
    explorer.step(3)
    slow.step(3)
    for p, now in zip(fast.model.parameters(), weights(slow)):
        p.data = now
    explorer.rate = 0.7
    explorer.step(4)
    fast.step(4)
    assert explorer.losses[:4] == slow.losses and explorer.losses[4:] == fast.losses[1:]


def test_another_activation_keeps_the_weights():
    explorer = make()
    explorer.step(10)
    before = weights(explorer)
    explorer.activation = "tanh"
    assert all(map(np.array_equal, weights(explorer), before)) and explorer.steps == 10
    w1, b1, w2, b2, w3, b3 = before
    assert scores(explorer) == pytest.approx(
        (np.tanh(np.tanh(X @ w1 + b1) @ w2 + b2) @ w3 + b3)[:, 0]
    )
    gap = 1 - y * scores(explorer)
    assert explorer.losses[-1] == pytest.approx(np.maximum(gap, 0).mean())


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
def test_more_neurons_change_nothing_at_first_and_then_learn(activation):
    explorer = make(activation=activation)
    explorer.step(10)
    before, loss = scores(explorer), explorer.losses
    explorer.width = 9
    assert [p.shape for p in explorer.model.parameters()] == [
        (2, 9),
        (9,),
        (9, 9),
        (9,),
        (9, 1),
        (1,),
    ]
    assert scores(explorer) == pytest.approx(before) and explorer.losses == pytest.approx(loss)
    new = explorer.model.layers[2].w.data[4:].copy()
    explorer.step(2)
    assert not new.any() and explorer.model.layers[2].w.data[4:].any() and explorer.steps == 12


def test_fewer_neurons_are_the_first_ones():
    explorer = make()
    explorer.step(10)
    w1, b1, w2, b2, w3, b3 = weights(explorer)
    explorer.width = 2
    for now, before in zip(weights(explorer), (w1[:, :2], b1[:2], w2[:2, :2], b2[:2], w3[:2], b3)):
        assert np.array_equal(now, before)
    explorer.step()
    assert explorer.steps == 11


def test_a_width_out_of_range_changes_no_network():
    explorer = make()
    explorer.step(3)
    before = weights(explorer)
    with pytest.raises(TraitError):
        explorer.width = 99
    assert explorer.width == 4 and all(map(np.array_equal, weights(explorer), before))


def test_before_the_first_step_a_width_can_be_taken_back():
    explorer = make()
    before = weights(explorer)
    for width in (1, 32, 4):
        explorer.width = width
    assert all(map(np.array_equal, weights(explorer), before))


def test_a_loss_that_is_no_number_stops_and_loses_nothing():
    explorer = TrainingExplorer(X * 1000, y, rate=10, width=4, activation="linear")
    explorer.step(300)
    assert "The loss is no number any more, so this step was not taken" in text(explorer)
    assert 0 < explorer.steps < 300 and np.isfinite(explorer.losses).all() and len(explorer.X) == 30
    assert all(np.isfinite(w).all() for w in weights(explorer)) and explorer.error == ""
    explorer.rate = 0.001
    explorer.reset()
    explorer.step(5)
    assert explorer.steps == 5 and "no number" not in text(explorer)


# Playing. The page is played by the test: it says that it has seen each frame.


def page(explorer):
    frames = []

    def see(change):
        frames.append(change.new)
        if explorer.playing:
            field(explorer, "ml-seen").value = str(len(frames))

    explorer._moving.observe(see, "value")
    return frames


def apart(act, *arguments):
    """act(*arguments) in a thread of its own: Playwright, where it has run before in this process, keeps a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(act, *arguments).result()


async def until(condition, timeout=5.0):
    for _ in range(int(timeout / 0.01)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def test_it_plays_and_pauses_and_others_have_their_turns():
    async def scene():
        explorer = make()
        frames = page(explorer)
        explorer.play()
        assert explorer.playing and button(explorer, "❚❚ Pause")
        explorer.play()  # once more changes nothing
        await until(lambda: explorer.steps > 12)
        explorer.rate = 0.7  # as a slider does in between
        await until(lambda: "rate 0.7" in explorer.picture.alt)
        explorer.pause()
        at, shown = explorer.steps, explorer.view.moving
        await asyncio.sleep(0.2)
        assert (explorer.steps, explorer.view.moving, explorer._task.done()) == (at, shown, True)
        assert len(set(frames)) > 3 and f"step {at}:" in text(explorer)
        hand = make()
        hand.step(5)
        assert explorer.losses[:6] == hand.losses  # the same training
        button(explorer, "▶ Play").click()
        await until(lambda: explorer.steps > at)
        explorer.reset()
        assert not explorer.playing and explorer.steps == 0

    apart(asyncio.run, scene())


def test_pause_and_play_at_once_leaves_one_task():
    async def scene():
        explorer = make()
        page(explorer)
        explorer.play()
        first = explorer._task
        explorer.pause()
        explorer.play()
        await until(lambda: explorer.steps > 0)
        assert first.done() and not explorer._task.done()
        explorer.pause()

    apart(asyncio.run, scene())


def test_without_an_event_loop_a_sentence_says_so():
    explorer = make()
    for play in (explorer.play, lambda: setattr(explorer, "playing", True)):
        assert apart(refusal, play, RuntimeError) == (
            "play() needs the event loop of a notebook; without one, step(n) takes n steps."
        )
        assert not explorer.playing and button(explorer, "▶ Play")


def test_it_pauses_when_no_page_shows_it(monkeypatch):
    monkeypatch.setattr(training, "PATIENCE", 0.02)

    async def scene():
        explorer = make()
        explorer.play()
        await until(lambda: not explorer.playing)
        assert (
            "Paused, because no page shows it" in text(explorer)
            and explorer.steps <= 5 * training.UNSEEN
        )

    apart(asyncio.run, scene())


def test_it_pauses_by_itself_after_many_steps(monkeypatch):
    monkeypatch.setattr(training, "MOST_STEPS", 7)

    async def scene():
        explorer = make()
        page(explorer)
        for steps in (7, 14):
            explorer.play()
            await until(lambda: not explorer.playing)
            assert explorer.steps == steps and "Paused after 7 steps" in text(explorer)

    apart(asyncio.run, scene())


def test_it_pauses_and_says_so_where_training_fails():
    class Fragile(MLP):
        calls = 0

        def __call__(self, x):
            Fragile.calls += len(x) == len(X)
            if Fragile.calls > 20:
                raise ArithmeticError("out of order")
            return super().__call__(x)

    async def scene():
        explorer = TrainingExplorer(Fragile(2, [4, 1]), X, y)
        page(explorer)
        explorer.play()
        await until(lambda: not explorer.playing)
        assert (
            "ArithmeticError: out of order" in text(explorer)
            and len(explorer.X) == 30
            and explorer.steps > 5
        )
        blown = TrainingExplorer(X * 1000, y, rate=10, activation="linear")
        page(blown)
        blown.play()
        await until(lambda: not blown.playing)
        assert "no number any more" in text(blown)

    apart(asyncio.run, scene())


def test_closed_it_stops():
    async def scene():
        explorer = make()
        page(explorer)
        explorer.play()
        await until(lambda: explorer.steps > 0)
        explorer.close()
        at = explorer.steps
        await until(explorer._task.done)
        assert explorer.steps == at and not explorer.playing

    apart(asyncio.run, scene())


def test_forgotten_it_stops(monkeypatch):
    class Forgetful(dict):
        def __setitem__(self, *_):
            pass

    async def scene():
        monkeypatch.setattr(
            widgets.widget, "_instances", Forgetful()
        )  # otherwise ipywidgets remembers every widget
        for name in ("register_comm", "unregister_comm"):
            monkeypatch.setattr(comm.get_comm_manager(), name, lambda _: None)
        explorer = make()
        explorer.play()
        await asyncio.sleep(0.1)
        task, alive = explorer._task, weakref.ref(explorer)
        del explorer
        gc.collect()
        assert alive() is None
        await until(task.done)

    apart(asyncio.run, scene())


def test_changes_from_another_thread_meet_no_half_step():
    """Widget messages may come in a thread of their own, while cells run in the main one."""
    explorer, problems = make(), []

    async def scene():
        page(explorer)
        explorer.play()
        while explorer.playing:
            await asyncio.sleep(0.01)

    def run():
        try:
            asyncio.run(scene())
        except Exception as problem:
            problems.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    numbers = random.Random(0)
    for k in range(15):
        explorer.width = numbers.randrange(1, 33)
        explorer.add_point(numbers.random(), numbers.random(), 1)
    explorer.pause()
    thread.join(10)
    assert not thread.is_alive() and not problems and explorer.error == ""
    assert "ml-problem" not in explorer.view.readout
    assert explorer.model.layers[1].w.shape == (explorer.width,) * 2 and len(explorer.X) == 45


# Points.


def test_points_are_added_and_removed_by_sliders_and_buttons():
    explorer = make()
    explorer.x1, explorer.x2, explorer.label = 1.5, 0.9, "-1"
    button(explorer, "Add point").click()
    assert explorer.X[-1].tolist() == [1.5, 0.9] and explorer.y[-1] == -1 and len(explorer.X) == 31
    assert "Added the point of class −1 at (1.5, 0.9)" in text(explorer)
    loss = np.maximum(1 - explorer.y * scores(explorer), 0).mean()
    assert explorer.losses == [pytest.approx(loss)] and f"loss {loss:.4f}" in text(explorer)
    explorer.x1 = 1.4
    button(explorer, "Remove nearest").click()
    assert np.array_equal(explorer.X, X) and np.array_equal(explorer.y, y)


def test_without_points_there_is_a_sentence_and_no_crash():
    explorer = TrainingExplorer([[0, 0]], [1])
    assert "class 1" in explorer.picture.alt
    button(explorer, "Remove nearest").click()
    assert "Nothing to learn from" in text(explorer) and explorer.error == ""
    button(explorer, "Remove nearest").click()
    assert "There is no point left to remove." in text(explorer)
    button(explorer, "Step").click()
    assert "There are no points to learn from: add some." in text(explorer) and explorer.steps == 0
    button(explorer, "Add point").click()
    button(explorer, "Step").click()
    assert explorer.steps == 1 and "There" not in text(explorer)
    assert "Nothing" in text(TrainingExplorer([], []))


def test_points_are_set_from_python():
    explorer = make()
    explorer.step(3)
    explorer.y = -y
    assert np.array_equal(explorer.y, -y) and explorer.steps == 3
    explorer.X = X + 100
    assert explorer.X.min() > 90 and explorer.controls["x1"].min > 90 and explorer.x1 > 90
    explorer.points = [[1, 2], [3, 4], [5, 7]], [1, -1, 1]
    assert (explorer.X.tolist(), explorer.y.tolist()) == ([[1, 2], [3, 4], [5, 7]], [1, -1, 1])
    low, high = explorer.picture.axes[0].get_xlim()
    assert low < 1 < explorer.x1 < 5 < high
    explorer.X[:] = 0
    mine = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])
    explorer.X = mine
    mine[:] = 0
    assert explorer.X.tolist()[0] == [1, 2]  # copies, both ways
    for wrong in (
        lambda: setattr(explorer, "points", ([[1, 2]], [3])),
        lambda: setattr(explorer, "X", [[1, 2]]),
        lambda: explorer.add_point(math.nan, 1, 1),
        lambda: explorer.add_point(0, 1, 2),
    ):
        with pytest.raises(ValueError):
            wrong()
    assert len(explorer.X) == 3


def test_a_point_outside_widens_the_plane_and_one_inside_leaves_it():
    explorer = make()
    picture = explorer.picture
    explorer.add_point(0.5, 0.5, 1)
    assert explorer.picture is picture
    explorer.add_point(9.0, 0.5, 1)
    assert explorer.picture.axes[0].get_xlim()[1] > 9 and explorer.controls["x1"].max >= 9
    assert 'id="' in explorer.view.still and explorer.error == ""


def test_there_is_a_most_of_points():
    explorer = TrainingExplorer(*two_moons(1000))
    for more in (lambda: explorer.add_point(0, 0, 1), lambda: TrainingExplorer(*two_moons(1001))):
        assert refusal(more, ValueError) == "1000 points are the most; these would be 1001."
    assert len(explorer.X) == 1000


def test_clicks_add_and_remove_each_once():
    explorer = make()
    plane, size = explorer.picture.axes[0], explorer.picture.bbox.size

    def click(number, x1, x2):
        across, up = plane.transData.transform((x1, x2)) / size
        return f"{number} {across:.5f} {1 - up:.5f}"

    clicks = field(explorer, "ml-clicks")
    clicks.value = click(1, 1.5, 0.9)
    assert len(explorer.X) == 31 and explorer.X[-1] == pytest.approx([1.5, 0.9], abs=0.01)
    explorer.label = "-1"
    clicks.value = ";".join(
        [click(1, 1.5, 0.9), click(2, 0.2, 0.4), click(3, 1.5, 0.91)]
    )  # two at once; near a point
    assert (
        len(explorer.X) == 31
        and explorer.X[-1] == pytest.approx([0.2, 0.4], abs=0.01)
        and explorer.y[-1] == -1
    )
    clicks.value = click(4, -9, 0.5)  # left of the plane
    assert len(explorer.X) == 31


def test_files_of_points(tmp_path):
    explorer = make()
    content = "x1,x2,class\n150,60,1\n190,80,0\n"
    (tmp_path / "points.csv").write_text(content)
    for source in (
        content,
        content.encode(),
        tmp_path / "points.csv",
        str(tmp_path / "points.csv"),
    ):
        explorer.points = X, y
        explorer.load(source)
        assert explorer.X.tolist() == [[150, 60], [190, 80]] and explorer.y.tolist() == [1, -1]
        assert (
            "Loaded 2 points. Networks learn best from numbers of about 1; here they reach 190."
            in text(explorer)
        )
    assert explorer.controls["x1"].min < 150 < explorer.x1 < 190 < explorer.controls["x1"].max
    before = text(explorer)
    assert refusal(lambda: explorer.load("1,2,1\n3,4\n"), ValueError).startswith(
        "line 2 has 2 columns"
    )
    with pytest.raises(FileNotFoundError):
        explorer.load(tmp_path / "none.csv")
    assert len(explorer.X) == 2 and text(explorer) == before


def test_a_file_chosen_on_the_page():
    explorer = make()
    upload = part(explorer, lambda widget: isinstance(widget, widgets.FileUpload))

    def choose(content):
        upload.value = (
            {
                "name": "mine.csv",
                "type": "text/csv",
                "size": len(content),
                "content": memoryview(content),
                "last_modified": datetime.now(),
            },
        )

    choose(b"1,2,1\n3,<b>four</b>,-1\n")
    assert "Line 2: &#x27;&lt;b&gt;four&lt;/b&gt;&#x27; is not a number." in explorer.view.readout
    assert 'role="alert"' in explorer.view.readout and len(explorer.X) == 30 and upload.value == ()
    choose(b"1,2,1\n3,4,-1\n")
    assert (
        "Loaded 2 points." in text(explorer)
        and len(explorer.X) == 2
        and "ml-problem" not in explorer.view.readout
    )


# What it says.


@pytest.mark.parametrize(
    "losses, steps, right, words",
    [
        ([1.0], 0, 5, "Not trained yet"),
        ([0.5], 9, 7, "Under way:</b> 3 points on"),
        ([0.5, 0.4], 1, 9, "1 point on"),
        ([0.5, 0.4, 0.3], 2, 9, "On its way down"),
        ([0.5, 0.4, 0.3], 2, 10, "All on the right side"),
        ([0.5, 0.4, 0.6], 2, 9, "Higher than 2 steps ago"),
        ([0.5, 0.4, 0.0], 2, 10, "Learned"),
        ([0.5] * 25, 24, 9, "Crawls"),
        ([0.5, 0.4, 0.5, 0.4, 0.5], 4, 9, "Jumps"),
        ([math.nan], 3, 0, "No loss"),
        ([0.8, 0.7, 0.71, 0.5, 0.51, 0.3], 5, 9, "On its way down"),
    ],
)
def test_the_verdict(losses, steps, right, words):
    assert words in training._verdict(losses, steps, np.ones(10), right)
    assert "there are no points" in training._verdict(losses, steps, np.ones(0), 0)


def test_what_it_did_with_other_points_or_neurons_is_not_held_against_it():
    explorer = make()
    explorer.step(60)
    explorer.y = -y  # the loss jumps, not the training
    explorer.step(5)
    assert explorer.losses[-1] > explorer.losses[55] and "Higher" not in text(explorer)
    explorer = make()
    explorer.step(100)
    explorer.rate = 3.0
    explorer.step(3)
    assert "Higher than 3 steps ago" in text(explorer)
    explorer.rate = 0.01  # the loss is still higher than long ago, but this rate is not to blame
    explorer.step(3)
    assert explorer.losses[-1] > 2 * explorer.losses[100] and "On its way down" in text(explorer)


def test_a_long_run_has_room_on_the_curve():
    explorer = make()
    explorer.step(training.SPAN)
    assert explorer.picture.axes[1].get_xlim() == (0, training.SPAN)
    explorer.step()
    assert explorer.picture.axes[1].get_xlim() == (0, 2 * training.SPAN)
    assert f">{2 * training.SPAN}<" in explorer.view.still
    explorer.reset()
    assert explorer.picture.axes[1].get_xlim() == (0, training.SPAN)


def test_moving_the_point_computes_no_boundary(monkeypatch):
    explorer = make()
    before = explorer._learned.value
    monkeypatch.setattr(MLP, "__call__", lambda *_: pytest.fail("the network was asked"))
    explorer.x1, explorer.x2, explorer.label, explorer.rate = 0.7, 0.3, "-1", 0.01
    assert explorer.error == "" and explorer._learned.value == before
