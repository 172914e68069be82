"""The limits of a check: code that never ends, or takes ever more memory, gets a sentence."""

import itertools
import signal
import sys
import threading
import time

import pytest

from micrograd_lesson.exercises import _check, _limit, _slips, check


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(_limit, "SECONDS", 0.1)
    monkeypatch.setattr(_limit, "PATIENCE", 1.0)


def loops(x):
    while True:
        pass


def loops_in_a_call(x):
    return max(1 for _ in itertools.count())


def keeps_every_exception(x):
    while True:
        try:
            x += 1
        except BaseException:
            pass


def keeps_exceptions(x):
    while True:
        try:
            raise ValueError
        except Exception:
            pass


def sleeps(x):
    time.sleep(1000)


def grows(x):
    items = [x]
    items.extend(item for item in items)


def grows_in_one_call(x):
    items = [x]
    items.extend(iter(items))


def doubles(x):
    items = [x]
    while True:
        items = items + items


@pytest.mark.parametrize(
    "endless", [loops, loops_in_a_call, keeps_every_exception, keeps_exceptions]
)
def test_code_that_never_ends_gets_a_sentence(endless, soon):
    verdict = check("00.1", endless)
    assert verdict.right is False
    assert "Your code was still running after 5 seconds" in verdict.message


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm on this system")
def test_code_that_sleeps_is_woken(soon):
    assert "still running" in check("00.1", sleeps).message


@pytest.mark.slow
@pytest.mark.parametrize("greedy", [grows, grows_in_one_call, doubles])
@pytest.mark.skipif(sys.platform != "linux", reason="memory is capped on Linux alone")
def test_code_that_takes_ever_more_memory_gets_a_sentence(greedy, monkeypatch):
    monkeypatch.setattr(_limit, "MEMORY", 64 * 2**20)
    monkeypatch.setattr(_limit, "ADDRESSES", 256 * 2**20)
    verdict = check("00.1", greedy)
    assert verdict.right is False and "memory" in verdict.message


@pytest.mark.parametrize("endless", [loops_in_a_call, keeps_exceptions])
def test_where_no_threads_are_the_clock_is_looked_at_all_the_same(endless, soon, monkeypatch):
    def refuses(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuses)
    tracing = sys.gettrace()
    assert "still running" in check("00.1", endless).message
    assert check("00.1", lambda x: 2 * x).right
    assert sys.gettrace() is tracing


def test_in_another_thread_too(soon):
    said = []
    thread = threading.Thread(target=lambda: said.append(check("00.1", loops)))
    thread.start()
    thread.join()
    assert "still running" in said[0].message


def test_a_walk_of_the_check_is_said_to_be_its_own(soon, monkeypatch):
    def walks(answer):
        while answer:
            answer = answer[0]

    itself = []
    itself.append(itself)
    monkeypatch.setitem(_check._CHECKS, "00.1", walks)
    monkeypatch.setattr(_slips, "_is_learners", lambda frame: False)  # walks stands in this file
    assert "The check was still running" in check("00.1", itself).message


def test_the_keyboard_still_interrupts():
    def pressed(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("00.1", pressed)


@pytest.mark.slow
def test_nothing_is_left_behind(soon):
    alarm = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
    threads = threading.active_count()
    for _ in range(20):
        assert check("00.1", lambda x: 2 * x).right
    check("00.1", loops)
    time.sleep(0.3)  # nothing comes late
    assert threading.active_count() == threads
    if hasattr(signal, "SIGALRM"):
        assert signal.getsignal(signal.SIGALRM) is alarm
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_what_is_printed_is_printed(capsys):
    def speaks(x):
        print("here", x)
        return 2 * x

    assert check("00.1", speaks).right
    assert "here 3.0" in capsys.readouterr().out


def test_the_learners_loop_is_named_though_the_limit_was_raised_twice():
    def loop():
        raise _limit.TimeUp

    try:
        try:
            loop()
        finally:
            raise _limit.TimeUp  # while the first is on its way out
    except _limit.TimeUp as problem:
        problem.__traceback__ = None  # of the second, nothing is the learner's
        assert "Your code was still running" in _slips.stopped(problem)
