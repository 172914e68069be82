"""Playing: something goes on by turns, on the event loop, no faster than the page can show it.

Between two turns the event loop is free, so that sliders and buttons are heard.
"""

import asyncio
import threading
import time
import weakref
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Pace:
    """How fast, and how long. Times are in seconds.

    Attributes:
        steps: in a frame, at most.
        frame: from one frame to the next, at least.
        budget: when the steps of a frame have taken so long, it is shown with fewer.
        patience: so long a frame waits for the page.
        unseen: after so many frames in a row that no page has shown, it pauses.
        most_steps: after so many, it pauses.
    """

    steps: int = 5
    frame: float = 0.08
    budget: float = 0.04
    patience: float = 0.5
    unseen: int = 6
    most_steps: int = 5000


class Pause(NamedTuple):
    """Why it pauses by itself. is_problem: whether that is one, which the learner should mend."""

    reason: str
    is_problem: bool = False


class Player:
    """Plays a piece until it is stopped, or pauses by itself.

    Args:
        piece: what is played. It is held by a weak reference: playing keeps nothing alive. Its
            methods are called with the lock held:
            `play_step()` takes one step; returns None, or the Pause that it asks for;
            `play_frame()` shows what has come of the steps; returns the number of that frame;
            `play_ended(pause)` is told the Pause when it pauses by itself.
        lock: a `threading.RLock` that the piece holds wherever it changes.
        clock, sleep: for tests, the functions that give the time and let it pass.

    Attributes:
        pace: a Pace; may be replaced at any time.
    """

    def __init__(self, piece, lock=None, clock=time.perf_counter, sleep=asyncio.sleep):
        self.pace = Pace()
        self._piece = weakref.ref(piece)
        self._lock = lock or threading.RLock()
        self._clock = clock
        self._sleep = sleep
        self._run = None  # what start() began; another object each time
        self.task = None

    @property
    def is_playing(self):
        """Whether it takes turns now."""
        return self._run is not None

    def start(self):
        """Begin to take turns; nothing where it already plays.

        Raises:
            RuntimeError: no event loop runs here.
        """
        if self.is_playing:
            return
        loop = asyncio.get_running_loop()
        self._run = object()
        self._steps_left = self.pace.most_steps
        self._frame = None  # the number of the frame that the page has not shown yet
        self._unseen = 0
        self.task = loop.create_task(self._take_turns(self._run))

    def stop(self):
        """End, at the latest with the next turn."""
        self._run = None

    def shown(self, frame):
        """The page says that it has shown this frame."""
        with self._lock:  # the answer may come before the number is known here
            self._unseen = 0  # a late answer too is a sign of life
            if frame == self._frame:
                self._frame = None

    async def _take_turns(self, run):
        while True:
            wait = self.turn(run)
            if wait is None:
                return
            await self._sleep(wait)

    def turn(self, run):
        """Some steps and a frame, or nothing while the page is busy.

        Args:
            run: what start() began; one that has ended takes no more turns.

        Returns:
            The seconds until the next turn; None where there is none.
        """
        with self._lock:
            piece = self._piece()
            if piece is None or run is not self._run:
                return None
            if self._page_is_busy():
                return self.pace.frame / 4
            pause, wait = self._play(piece)
            if pause is None:
                return wait
            self.stop()
            piece.play_ended(pause)
            return None

    def _page_is_busy(self):
        if self._frame is None:
            return False
        if self._clock() < self._sent + self.pace.patience:
            return True
        self._unseen += 1
        return False

    def _play(self, piece):
        """Steps, then a frame: (the Pause that ends the run or None, seconds to the next turn)."""
        if self._unseen >= self.pace.unseen:
            return Pause("Paused, because no page shows it."), 0
        start = self._clock()
        try:
            pause = self._take_steps(piece, start + self.pace.budget)
            if pause is not None:
                return pause, 0
            self._frame = piece.play_frame()
        except Exception as problem:  # whatever a model of the learner's own raises
            return Pause(f"{type(problem).__name__}: {problem}", is_problem=True), 0
        self._sent = self._clock()
        return None, max(start + self.pace.frame - self._sent, self.pace.frame / 8)

    def _take_steps(self, piece, latest):
        """The Pause that a step asks for, or None."""
        for _ in range(self.pace.steps):
            if self._steps_left == 0:
                return Pause(f"Paused after {self.pace.most_steps} steps; Play goes on.")
            pause = piece.play_step()
            if pause is not None:
                return pause
            self._steps_left -= 1
            if self._clock() > latest:
                return None
        return None
