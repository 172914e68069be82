"""Player: its pace, its pauses and its end, with a clock of the test's own, and no widgets."""

import asyncio
import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from micrograd_lesson.explorers.training import Pace, Pause, Player


class Clock:
    """Time that passes only where the test lets it, or where the player sleeps."""

    now = 100.0
    slept = 0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds
        self.slept += 1
        if self.slept > 10_000:
            raise AssertionError("it does not end")
        await asyncio.sleep(0)


class Piece:
    """Counts its steps and frames; the page answers at once, or never."""

    def __init__(self, clock, answers=True, step_time=0.0, last_step=None):
        self.clock = clock
        self.player = Player(self, clock=clock, sleep=clock.sleep)
        self.answers = answers
        self.step_time = step_time
        self.last_step = last_step
        self.steps = 0
        self.frames = []  # for each: (time, steps taken so far)
        self.pauses = []

    def play_step(self):
        if self.steps == self.last_step:
            return Pause("no more")
        self.steps += 1
        self.clock.now += self.step_time
        return None

    def play_frame(self):
        self.frames.append((self.clock.now, self.steps))
        number = len(self.frames)
        if self.answers:
            asyncio.get_running_loop().call_soon(self.player.shown, number)
        return number

    def play_ended(self, pause):
        self.pauses.append(pause)


def play(scene):
    """Run the scene in a thread of its own: one that drove a browser before keeps a loop in this."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, scene).result()


def played(piece):
    """Play the piece to its end."""

    async def scene():
        piece.player.start()
        await piece.player.task

    play(scene())
    return piece


def test_a_frame_shows_a_few_steps_and_takes_its_time():
    piece = played(Piece(Clock(), last_step=20))
    assert [steps for _, steps in piece.frames] == [5, 10, 15, 20]
    times = [time for time, _ in piece.frames]
    assert [b - a for a, b in zip(times, times[1:])] == pytest.approx([0.08] * 3)
    assert piece.pauses == [Pause("no more")] and not piece.player.is_playing


def test_slow_steps_are_shown_with_fewer_to_a_frame():
    piece = played(Piece(Clock(), step_time=0.015, last_step=9))
    assert [steps for _, steps in piece.frames] == [3, 6, 9]


def test_a_step_longer_than_a_frame_leaves_time_for_others():
    piece = played(Piece(Clock(), step_time=1.0, last_step=3))
    assert [steps for _, steps in piece.frames] == [1, 2, 3]
    times = [time for time, _ in piece.frames]
    assert times[1] - times[0] == pytest.approx(1.0 + 0.08 / 8)


def test_without_an_answer_it_waits_and_then_pauses():
    piece = played(Piece(Clock(), answers=False))
    pace = piece.player.pace
    assert len(piece.frames) == pace.unseen == 6
    times = [time for time, _ in piece.frames]
    assert all(b - a >= pace.patience for a, b in zip(times, times[1:]))
    assert piece.pauses == [Pause("Paused, because no page shows it.")]


def test_a_slow_page_sets_the_pace_and_is_not_given_up():
    """It answers each frame, always after the next one has been sent."""

    class Late(Piece):
        def play_frame(self):
            if self.frames:
                self.player.shown(len(self.frames))
            self.frames.append((self.clock.now, self.steps))
            return len(self.frames)

    piece = played(Late(Clock(), last_step=100))
    assert len(piece.frames) == 20 and piece.pauses == [Pause("no more")]


def test_it_pauses_by_itself_after_many_steps_and_can_go_on():
    piece = Piece(Clock())
    piece.player.pace = replace(Pace(), most_steps=7)
    for steps in (7, 14):
        played(piece)
        assert piece.steps == steps
    assert piece.pauses == [Pause("Paused after 7 steps; Play goes on.")] * 2


@pytest.mark.parametrize("method", ["play_step", "play_frame"])
def test_an_error_is_a_reason_to_pause(method):
    class Broken(Piece):
        pass

    def fail(self):
        raise ArithmeticError("out of order")

    setattr(Broken, method, fail)
    piece = played(Broken(Clock()))
    assert piece.pauses == [Pause("ArithmeticError: out of order", is_problem=True)]
    assert not piece.player.is_playing


def test_stopped_it_takes_no_turn_more_and_tells_nobody():
    async def scene():
        piece = Piece(Clock())
        piece.player.start()
        while piece.steps < 10:
            await asyncio.sleep(0)
        piece.player.stop()
        steps = piece.steps
        await piece.player.task
        assert piece.steps == steps and piece.pauses == []

    play(scene())


def test_stopped_and_started_at_once_leaves_one_run():
    async def scene():
        piece = Piece(Clock())
        piece.player.start()
        first = piece.player.task
        piece.player.start()  # once more changes nothing
        assert piece.player.task is first
        piece.player.stop()
        piece.player.start()
        while piece.steps < 10:
            await asyncio.sleep(0)
        assert first.done() and not piece.player.task.done()
        piece.player.stop()

    play(scene())


def test_without_an_event_loop_it_does_not_start():
    piece = Piece(Clock())
    with ThreadPoolExecutor(1) as threads:
        problem = threads.submit(piece.player.start).exception()
    assert isinstance(problem, RuntimeError) and not piece.player.is_playing


@pytest.mark.slow
def test_a_piece_that_nobody_holds_any_more_ends():
    async def scene():
        piece = Piece(Clock())
        piece.player.start()
        await asyncio.sleep(0)
        task, alive = piece.player.task, weakref.ref(piece)
        del piece
        gc.collect()
        assert alive() is None
        await task

    play(scene())
