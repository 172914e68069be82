"""A limit of time and of memory, so that no answer hangs a check.

`limited(function, …)` calls a function in the thread where it is called, so that what a learner
prints reaches the cell, and the keyboard interrupts it as ever. Beside it a second thread looks at
the clock and at the memory, and raises `TimeUp` or `MemoryUp` in the first. Where no threads can be
started (in a browser's Python), the function is traced instead, which is slower. An alarm of the
system, where it has one, reaches also code that sleeps, and a power of billions of digits.

What nothing here can stop is an endless loop inside one call of Python's own that takes no memory,
such as `sum(itertools.count())`.
"""

import ctypes
import signal
import sys
import threading
import time
from contextlib import contextmanager

try:
    import psutil  # ipykernel brings it along
except ImportError:
    psutil = None
try:
    import resource
except ImportError:  # Windows
    resource = None

SECONDS = 5.0  # of computing
PATIENCE = 10.0  # seconds by the clock, for code that waits, and for a busy machine
MEMORY = 512 * 2**20  # bytes that may be added while a check runs
ADDRESSES = 2 * MEMORY  # of address space: more than is used is always set aside
PAUSE = 0.05  # seconds between two looks


class GivenUp(BaseException):
    """No Exception, so that `except Exception` in a learner's loop does not keep it."""


class TimeUp(GivenUp):
    """It computed for too long."""


class MemoryUp(GivenUp):
    """It took too much memory."""


def limited(function, *inputs):
    """function(*inputs), or TimeUp or MemoryUp where it takes too much."""
    watch = _Watch()
    try:
        watch.start()
    except RuntimeError:  # there are no threads here
        return _traced(watch, function, *inputs)
    try:
        try:
            with _alarm(watch), _capped_memory():
                return function(*inputs)
        finally:
            watch.stop()
    except GivenUp:
        watch.stop()  # once more: it may have come while the first stop was on its way
        raise


class _Watch(threading.Thread):
    """Looks at clock and memory until it is stopped, and interrupts the thread that made it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.watched = threading.get_ident()
        self.started = time.monotonic()
        self.computed = time.process_time()
        # A plain lock: releasing it is one step, which no exception from outside can cut in two.
        self.gate = threading.Lock()
        self.gate.acquire()

    def run(self):
        """What the thread does: it looks, and pauses, until the gate is open."""
        held = None
        while not self.gate.acquire(timeout=PAUSE):
            now = _memory()
            held = now if held is None else held
            # Again and again, as a bare except may keep the exception.
            if now - held > MEMORY:
                _raise_in(self.watched, MemoryUp)
            elif self.is_over():
                _raise_in(self.watched, TimeUp)

    def is_over(self):
        """Whether the time is up, by what was computed since, or by the clock."""
        by_clock = time.monotonic() - self.started
        by_work = time.process_time() - self.computed
        return by_clock > PATIENCE or by_work > SECONDS

    def stop(self):
        """After this, nothing is raised any more."""
        if self.gate.locked():
            self.gate.release()
        self.join()
        try:
            for _ in range(10):  # what was raised and has not come yet comes at a step of a loop
                pass
        except GivenUp:
            pass


def _raise_in(thread, exception):
    """Let a thread raise an exception at its next step."""
    raised = ctypes.py_object(exception)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _memory():
    """The bytes of memory that this process holds; 0 where nobody can tell."""
    return 0 if psutil is None else psutil.Process().memory_info().rss


def _addresses():
    """The bytes of address space that this process has set aside, as Linux tells it."""
    with open("/proc/self/statm") as table:
        pages = int(table.read().split()[0])
    return pages * resource.getpagesize()


@contextmanager
def _alarm(watch):
    """Let the system's alarm look at the clock too, which needs no turn of the second thread."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def look(number, frame):
        if watch.is_over():
            raise TimeUp

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _capped_memory():
    """Refuse memory beyond the limit, on Linux: also where no second thread gets a turn."""
    if resource is None or sys.platform != "linux":
        yield
        return
    kind = resource.RLIMIT_AS
    soft, hard = resource.getrlimit(kind)
    wanted = _addresses() + ADDRESSES
    if soft != resource.RLIM_INFINITY:
        wanted = min(wanted, soft)
    resource.setrlimit(kind, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (soft, hard))


def _traced(watch, function, *inputs):
    """function(*inputs) with a look at the clock at each line of it."""

    def look(frame, event, argument):
        if watch.is_over():
            raise TimeUp
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        return function(*inputs)
    finally:
        sys.settrace(before)
