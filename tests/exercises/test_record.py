"""Verdicts kept in the learner's file, and the map that is drawn from it."""

import errno
import os
import re
import subprocess
import sys
from datetime import datetime

import pytest

from micrograd_lesson.exercises import _map, _record, check, my_map
from tests.notebooks import LESSONS


@pytest.fixture
def file(tmp_path, monkeypatch):
    """As a page opened by `make lab` has it."""
    monkeypatch.setenv(_record.FOLDER, str(tmp_path / "my_lessons"))
    monkeypatch.setenv(_record.OPENED_IN_LAB, "my_lessons/00_start_here.ipynb")
    return tmp_path / "my_lessons" / "verdicts.txt"


def double(x):
    return 2 * x


def test_each_verdict_is_one_plain_line(file):
    for answer in (..., 5, double):
        check("00.1", answer)
    lines = file.read_text().splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == ["00.1 not yet", "00.1 right"]
    for line in lines:
        assert datetime.fromisoformat(line.split()[0]).tzinfo is not None


@pytest.mark.parametrize("missing", [_record.FOLDER, _record.OPENED_IN_LAB])
def test_a_program_leaves_no_line(file, monkeypatch, missing):
    monkeypatch.delenv(missing)
    assert check("00.1", double).right
    assert not file.exists()
    assert "Nothing done yet" in repr(my_map())


def test_the_map_marks_what_is_done_and_says_what_is_next(file):
    assert "Nothing done yet" in repr(my_map())
    assert my_map().next[3] == "00.1"
    check("00.1", double)
    check("00.1", 5)  # once right stays right
    check("01.a", "rises")
    text = repr(my_map())
    assert re.search(r"^1 of \d+ exercises done[.]$", text, re.M)
    assert re.search(r"^00 Start here +✓ 1$", text, re.M)
    assert re.search(r"^01 Derivatives +○ a  · b  · 1", text, re.M)
    assert "Next: exercise 01.a, in lesson 01." in text
    page = my_map()._repr_html_()
    assert 'exercise 01.a, in <a href="01_derivatives.ipynb">' in page
    file.unlink()
    assert "Nothing done yet" in repr(my_map())


def test_when_all_is_done_nothing_is_next():
    everything = {name: True for *_, exercises in _map.Map({}).lessons for name in exercises}
    assert _map.Map(everything).next is None
    assert "Next" not in repr(_map.Map(everything)) + _map.Map(everything)._repr_html_()


def test_a_damaged_line_is_skipped_with_a_sentence(file):
    check("00.1", double)
    with open(file, "ab") as verdicts:
        verdicts.write(b"\xff\xfe\0\nhello\n\n2026-11-27T00:00:00 01.a right\n2026-11-27T00:00")
    assert _record.read()[0] == {"00.1": True, "01.a": True}
    assert "3 lines of verdicts.txt could not be read" in repr(my_map())
    assert "3 lines of verdicts.txt" in my_map()._repr_html_()
    check("01.b", "falls")  # after a line that was cut off
    assert _record.read()[0]["01.b"] is True


def test_a_full_disk_does_not_spoil_the_verdict(file, monkeypatch):
    def full(path, line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(_record, "_append", full)
    verdict = check("00.1", double)
    assert verdict.right
    assert verdict.message.endswith("noted in verdicts.txt: No space left on device.)")


def test_a_folder_that_cannot_be_made_does_not_spoil_it_either(file):
    file.parent.write_text("a file")
    assert check("00.1", double).right
    assert "could not be" in check("00.1", 3).message
    assert "could not be read" in repr(my_map())


@pytest.mark.slow
def test_two_kernels_write_at_once(file):
    program = (
        "from micrograd_lesson.exercises import check\nfor _ in range(200): check('01.a', 'falls')"
    )
    running = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert _record.read() == ({"01.a": True}, "")
    assert len(file.read_text().splitlines()) == 400


def test_the_map_knows_every_lesson_by_its_file():
    assert {path.stem for path in LESSONS} <= set(_map.LESSONS)
