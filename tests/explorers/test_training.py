"""TrainingExplorer: what it says, playing on a page, points by every way, refusals.

The page is played by the test: it answers that it has shown each frame. What the trainer,
the points, the player and the picture do is tested beside this file.
"""

import asyncio
import gc
import math
import random
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import comm
import ipywidgets as widgets
import numpy as np
import pytest
from traitlets import TraitError

from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers import TrainingExplorer
from micrograd_lesson.explorers.training.explorer import SPAN
from micrograd_lesson.nn import MLP as ScalarMLP
from micrograd_lesson.tensor_nn import MLP
from tests.explorers.made import text
from tests.refusals import refusal

pytestmark = pytest.mark.slow

X, y = two_moons(30)


def make(**options):
    return TrainingExplorer(X, y, **{"width": 4, **options})


def weights(explorer):
    return [p.data.copy() for p in explorer.model.parameters()]


def same(arrays, others):
    return all(np.array_equal(a, b) for a, b in zip(arrays, others, strict=True))


def part(explorer, found):
    """The widget within the explorer for which found says so."""
    inside = list(explorer.children)
    for widget in inside:
        inside += getattr(widget, "children", ())
    return next(widget for widget in inside if found(widget))


def button(explorer, name):
    return part(explorer, lambda widget: getattr(widget, "description", "") == name)


# The training.


def test_the_readout_says_what_the_training_has_come_to():
    explorer = make(Xtest=X[:10], ytest=y[:10], rate=0.25)
    explorer.step(30)
    learned = explorer.trainer.learned(explorer.picture.plane.grid)
    right, held_out = learned.right, learned.right_held_out
    assert text(explorer).splitlines() == [
        f"step 30: loss {explorer.losses[-1]:.4f}; training accuracy {right / 30:.1%} "
        f"({right} of 30), held out {held_out / 10:.1%} ({held_out} of 10)",
        f"On its way down: {30 - right} points on the wrong side.",
        "Click in the plane to add a point of the class chosen, or on a point to remove it.",
    ]
    assert explorer.steps == 30 and len(explorer.losses) == 31
    assert explorer.picture.alt.startswith("2-4-4-1 network, relu, rate 0.25, step 30. Loss 0.")


def test_it_is_the_trainers_training():
    explorer = make(seed=3)
    explorer.step(5)
    button(explorer, "Step").click()
    explorer.rate = 0.1
    explorer.activation = "tanh"
    explorer.width = 7
    explorer.step(4)
    trainer = make(seed=3).trainer
    trainer.step(6)
    trainer.rate = 0.1
    trainer.activation = "tanh"
    trainer.width = 7
    trainer.step(4)
    assert explorer.losses == trainer.losses and same(weights(explorer), weights(explorer))
    first = [p.data for p in make(seed=3, width=7).model.parameters()]
    button(explorer, "Reset").click()
    assert explorer.steps == 0 and same(weights(explorer), first)


def test_a_model_of_your_own_has_its_own_width_and_activation():
    model = MLP(2, [5, 1], "tanh", "linear", random.Random(0))
    explorer = TrainingExplorer(model, X, y)
    assert (explorer.model is model, explorer.width, explorer.activation) == (True, 5, "tanh")
    assert "2-5-1 network, tanh" in explorer.picture.alt
    assert TrainingExplorer(MLP(2, [40, 1]), X, y).controls["width"].max == 40
    assert TrainingExplorer(model, X, y, width=3, activation="relu").model is model
    assert (model.layers[0].w.shape, model.activations[0]) == ((2, 3), "relu")


TOGETHER = "points and their classes go together: give both X and y, and both Xtest and ytest."


@pytest.mark.parametrize(
    "call, exception, sentence",
    [
        (lambda: TrainingExplorer(y=y), ValueError, TOGETHER),
        (lambda: TrainingExplorer(X=X), ValueError, TOGETHER),
        (lambda: make(Xtest=X), ValueError, TOGETHER),
        (
            lambda: setattr(make(), "points", 5),
            TypeError,
            "points must be a pair, X and y, not int 5.",
        ),
        (
            lambda: setattr(make(), "points", ([[0, 0]], [1], [1])),
            TypeError,
            "points must be a pair, X and y, not tuple ([[0, 0]], [1], [1]).",
        ),
        (
            lambda: TrainingExplorer(X, y[:3]),
            ValueError,
            "30 points need as many classes; y has shape (3,).",
        ),
        (
            lambda: TrainingExplorer(ScalarMLP(2, [4, 1]), X, y),
            TypeError,
            "the model must be a network over arrays, such as tensor_nn.MLP(2, [16, 16, 1]), "
            "not micrograd_lesson.nn.MLP.",
        ),
        (
            lambda: make().add_point(0, 1, ["1"]),
            TypeError,
            "classes must be numbers in a regular shape, not [['1']].",
        ),
        (lambda: make(width=0), TraitError, "width goes from 1 to 32; 0 lies outside."),
        (lambda: make(rate=0), TraitError, "rate goes from 0.001 to 10; 0 lies outside."),
        (
            lambda: make().step(0),
            ValueError,
            "the number of steps must be a whole number of at least 1, not 0.",
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


def test_a_width_out_of_range_changes_no_network():
    explorer = make()
    explorer.step(3)
    before = weights(explorer)
    with pytest.raises(TraitError):
        explorer.width = 99
    assert explorer.width == 4 and same(weights(explorer), before)
    assert explorer.trainer.since == 0  # nothing has changed, so the judgement goes on


def test_a_loss_that_is_no_number_is_said_and_not_printed_in_300_digits():
    explorer = TrainingExplorer(X * 1000, y, rate=10, width=4, activation="linear")
    explorer.step(300)
    assert "The loss is no number any more, so this step was not taken" in text(explorer)
    assert 'role="alert"' in explorer.view.readout and explorer.error == ""
    assert explorer.losses[-1] > 1e100
    for words in (text(explorer), explorer.picture.alt, repr(explorer)):
        assert not any(len(word) > 40 for word in words.split())
    assert "e+" in text(explorer) and "e+" in explorer.picture.alt
    explorer.rate = 0.001
    explorer.reset()
    explorer.step(5)
    assert explorer.steps == 5 and "no number" not in text(explorer)


def test_an_error_of_the_learners_own_model_is_shown():
    class Fragile(MLP):
        def __call__(self, x):
            if getattr(self, "is_broken", False):
                raise ArithmeticError("out of <order>")
            return super().__call__(x)

    explorer = TrainingExplorer(Fragile(2, [4, 1]), X, y)
    explorer.step()
    explorer.model.is_broken = True
    button(explorer, "Step").click()
    assert "ArithmeticError: out of <order>" not in explorer.view.readout
    assert "ArithmeticError: out of &lt;order&gt;" in explorer.view.readout
    assert explorer.steps == 1
    with pytest.raises(ArithmeticError):
        explorer.step()


def test_a_picture_that_does_not_show_the_state_is_greyed_and_says_so():
    class Fragile(MLP):
        def __call__(self, x):
            if getattr(self, "is_broken", False):
                raise ArithmeticError("out of order")
            return super().__call__(x)

    explorer = TrainingExplorer(Fragile(2, [4, 1]), X, y)
    shown = explorer.view.moving
    assert not explorer.view.outdated
    explorer.step()
    explorer.trainer.points = explorer.trainer.points.without(0)
    explorer.model.is_broken = True
    explorer.redraw()
    assert explorer.view.outdated and explorer.view.moving != shown
    assert text(explorer).startswith("That did not work. ArithmeticError: out of order")
    assert text(explorer).endswith("The picture does not show this state.")
    explorer.model.is_broken = False
    explorer.redraw()
    assert not explorer.view.outdated and "29" in text(explorer)


def test_a_long_run_has_room_on_the_curve():
    explorer = make()
    explorer.step(SPAN)
    assert explorer.picture.span == SPAN
    explorer.step()
    assert explorer.picture.span == 2 * SPAN
    assert f">{2 * SPAN}<" in explorer.view.still
    explorer.step(5 * SPAN)
    assert explorer.picture.span == 8 * SPAN
    explorer.reset()
    assert explorer.picture.span == SPAN


def test_moving_the_point_computes_no_boundary(monkeypatch):
    explorer = make()
    before = explorer.view.middle
    monkeypatch.setattr(MLP, "__call__", lambda *_: pytest.fail("the network was asked"))
    explorer.x1, explorer.x2, explorer.label, explorer.rate = 0.7, 0.3, "-1", 0.01
    assert explorer.error == "" and explorer.view.middle == before


# Messages to the page.


def messages(explorer, act):
    """The states that the view sends while act() runs, one dict for each message."""
    sent = []
    explorer.view.send_state = lambda key: sent.append(
        {name: getattr(explorer.view, name) for name in ([key] if isinstance(key, str) else key)}
    )
    try:
        act()
    finally:
        del explorer.view.send_state
    return sent


def test_all_that_is_new_comes_in_one_message():
    explorer = make()
    (step,) = messages(explorer, explorer.step)
    assert set(step) == {"middle", "moving", "alt", "readout"}
    (moved,) = messages(explorer, lambda: setattr(explorer, "x1", 0.9))
    assert set(moved) == {"moving"}
    (frame,) = messages(explorer, lambda: (explorer.trainer.step(), explorer.play_frame()))
    assert set(frame) == {"middle", "moving", "alt", "readout", "frame"}
    (wider,) = messages(explorer, lambda: explorer.add_point(9, 0.5, 1))
    assert set(wider) >= {"still", "middle", "moving", "alt", "readout"}


def test_frames_are_numbered_only_while_it_plays():
    explorer = make()
    explorer.step(3)
    explorer.x1 = 0.9
    explorer.add_point(9, 0.5, 1)
    assert explorer.view.frame == 0


# Playing.


def page(explorer):
    """A page that answers each frame, as explorer.js does; returns the frames that it has shown."""
    frames = []

    def show(change):
        frames.append(change.new)
        answer = {"kind": "shown", "frame": change.new}
        asyncio.get_running_loop().call_soon(explorer.view._handle_custom_msg, answer, [])

    explorer.view.observe(show, "frame")
    return frames


def apart(act, *arguments):
    """act(*arguments) in a thread of its own: Playwright, where it has run before, keeps a loop here."""
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
        assert explorer.playing and explorer.view.playing and button(explorer, "❚❚ Pause")
        await until(lambda: explorer.steps > 12)
        explorer.rate = 0.7  # as a slider does in between
        await until(lambda: "rate 0.7" in explorer.picture.alt)
        explorer.pause()
        at, shown = explorer.steps, explorer.view.moving
        await asyncio.sleep(0.2)
        assert (explorer.steps, explorer.view.moving) == (at, shown)
        assert explorer.player.task.done() and not explorer.view.playing
        assert frames == list(range(1, len(frames) + 1)) and len(frames) > 2
        assert f"step {at}:" in text(explorer)
        hand = make()
        hand.step(5)
        assert explorer.losses[:6] == hand.losses  # the same training
        button(explorer, "▶ Play").click()
        await until(lambda: explorer.steps > at)
        explorer.reset()
        assert not explorer.playing and explorer.steps == 0

    apart(asyncio.run, scene())


def test_without_an_event_loop_a_sentence_says_so():
    explorer = make()
    sentence = "play() needs the event loop of a notebook; without one, step(n) takes n steps."
    for play in (explorer.play, lambda: setattr(explorer, "playing", True)):
        assert apart(refusal, play, RuntimeError) == sentence
        assert not explorer.playing and button(explorer, "▶ Play")
    apart(button(explorer, "▶ Play").click)
    assert "Play() needs the event loop" in text(explorer) and not explorer.playing


def test_it_pauses_when_no_page_shows_it():
    async def scene():
        explorer = make()
        explorer.player.pace = replace(explorer.player.pace, patience=0.02)
        explorer.play()
        await until(lambda: not explorer.playing)
        assert "Paused, because no page shows it" in text(explorer)
        assert explorer.steps <= 5 * explorer.player.pace.unseen

    apart(asyncio.run, scene())


def test_it_pauses_by_itself_after_many_steps():
    async def scene():
        explorer = make()
        explorer.player.pace = replace(explorer.player.pace, most_steps=7)
        page(explorer)
        for steps in (7, 14):
            explorer.play()
            await until(lambda: not explorer.playing)
            assert explorer.steps == steps and "Paused after 7 steps" in text(explorer)

    apart(asyncio.run, scene())


def test_it_pauses_when_the_loss_is_0():
    async def scene():
        explorer = TrainingExplorer([[-2, 0], [2, 0]], [-1, 1])
        page(explorer)
        explorer.play()
        await until(lambda: not explorer.playing)
        steps = explorer.steps
        assert explorer.losses[-1] == 0 < explorer.losses[-2] and 0 < steps < 200
        assert "Paused: the loss is 0" in text(explorer) and "Learned" in text(explorer)
        assert "ml-problem" not in explorer.view.readout
        explorer.play()  # once more: nothing is left to learn
        await until(lambda: not explorer.playing)
        assert explorer.steps == steps
        explorer.add_point(2, 0.1, -1)
        explorer.play()
        await until(lambda: explorer.steps > steps)
        explorer.pause()

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
        assert "ArithmeticError: out of order" in text(explorer)
        assert len(explorer.X) == 30 and explorer.steps > 3
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
        await until(explorer.player.task.done)
        assert explorer.steps == at and not explorer.playing

    apart(asyncio.run, scene())


def test_forgotten_it_stops(monkeypatch):
    class Forgetful(dict):
        def __setitem__(self, *_):
            pass

    async def scene():
        # Otherwise ipywidgets remembers every widget.
        monkeypatch.setattr(widgets.widget, "_instances", Forgetful())
        for name in ("register_comm", "unregister_comm"):
            monkeypatch.setattr(comm.get_comm_manager(), name, lambda _: None)
        explorer = make()
        explorer.play()
        await asyncio.sleep(0.1)
        task, alive = explorer.player.task, weakref.ref(explorer)
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
    for _ in range(15):
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
    assert "Added the point of class −1 at (1.5, 0.9)." in text(explorer)
    loss = np.maximum(1 - explorer.y * explorer.model(explorer.X).data, 0).mean()
    assert explorer.losses == [pytest.approx(loss)] and f"loss {loss:.4f}" in text(explorer)
    explorer.x1 = 1.4
    button(explorer, "Remove nearest").click()
    assert "Removed the point of class −1 at (1.5, 0.9)." in text(explorer)
    assert np.array_equal(explorer.X, X) and np.array_equal(explorer.y, y)


def test_classes_may_be_named_as_the_options_or_1_and_0():
    explorer = TrainingExplorer(X, (y + 1) / 2)
    assert np.array_equal(explorer.y, y)
    for label in ("-1", -1, 0):
        explorer.add_point(0, 0, label)
        assert explorer.y[-1] == -1
    explorer.y = [0] * 33
    assert set(explorer.y) == {-1}


def test_without_points_there_is_a_sentence_and_no_crash():
    explorer = TrainingExplorer([[0, 0]], [1])
    assert "1 point of class 1" in explorer.picture.alt
    button(explorer, "Remove nearest").click()
    assert "Nothing to learn from" in text(explorer) and explorer.error == ""
    assert "loss none; no points" in text(explorer)
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
    low, high = explorer.picture.plane.ax.get_xlim()
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
    assert explorer.picture.plane.ax.get_xlim()[1] > 9 and explorer.controls["x1"].max >= 9
    assert 'id="' in explorer.view.still and explorer.error == ""


def test_the_sliders_follow_the_plane_and_refuse_what_lies_outside():
    explorer = make()
    seen = []
    explorer.observe(lambda change: seen.append(change.new), "x1")
    explorer.points = X + 100, y
    assert seen == [explorer.x1]  # straight to its new place
    low, high = explorer.controls["x1"].min, explorer.controls["x1"].max
    assert low < explorer.x1 < high and explorer.controls["x1"].tooltip.endswith(
        f"from {low:g} to {high:g}"
    )
    with pytest.raises(TraitError, match="x1 goes from .* lies outside"):
        explorer.x1 = 0.5
    explorer.x1 = low
    assert explorer.x1 == low


def click(explorer, x1, x2):
    """Click at a point of the plane, as explorer.js reports it."""
    ax = explorer.picture.plane.ax
    across, up = ax.transData.transform((x1, x2)) / explorer.picture.bbox.size
    message = {"kind": "click", "across": float(across), "down": float(1 - up)}
    explorer.view._handle_custom_msg(message, [])


def test_clicks_add_and_remove():
    explorer = make()
    assert explorer.view.clickable
    click(explorer, 1.5, 0.9)
    assert len(explorer.X) == 31 and explorer.X[-1] == pytest.approx([1.5, 0.9], abs=0.01)
    explorer.label = "-1"
    click(explorer, 0.2, 0.4)
    click(explorer, 1.5, 0.91)  # near a point
    assert len(explorer.X) == 31
    assert explorer.X[-1] == pytest.approx([0.2, 0.4], abs=0.01) and explorer.y[-1] == -1
    click(explorer, -9, 0.5)  # left of the plane
    assert len(explorer.X) == 31


CONTENT = "x1,x2,class\n150,60,1\n190,80,0\n"


def test_files_of_points(tmp_path):
    explorer = make()
    path = tmp_path / "a, b.csv"
    path.write_text(CONTENT)
    for load in (
        lambda: explorer.load(path),
        lambda: explorer.load(str(path)),
        lambda: explorer.load_text(CONTENT),
        lambda: explorer.load_text(CONTENT.encode()),
    ):
        explorer.points = X, y
        load()
        assert explorer.X.tolist() == [[150, 60], [190, 80]] and explorer.y.tolist() == [1, -1]
        assert (
            "Loaded 2 points. Networks learn best from numbers of about 1; here they reach 190."
            in text(explorer)
        )
    assert explorer.controls["x1"].min < 150 < explorer.x1 < 190 < explorer.controls["x1"].max
    before = text(explorer)
    assert refusal(lambda: explorer.load_text("1,2,1\n3,4\n"), ValueError).startswith("line 2")
    with pytest.raises(FileNotFoundError):
        explorer.load(tmp_path / "none.csv")
    assert refusal(lambda: explorer.load(CONTENT), ValueError).startswith("load needs the path")
    assert len(explorer.X) == 2 and text(explorer) == before
    explorer.load_text("0,1,1\n")
    assert text(explorer).endswith("Loaded 1 point.")


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
    assert "Loaded 2 points." in text(explorer) and len(explorer.X) == 2
    assert "ml-problem" not in explorer.view.readout
