"""The results of a class: from verdict files and saved notebooks, into one table and a picture."""

import csv

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from micrograd_lesson import results
from micrograd_lesson.results import __main__ as command
from micrograd_lesson.results.table import counts

ADA = """2026-11-27T09:00:00+00:00 01.a not yet
2026-11-27T09:01:00+00:00 01.a not yet
2026-11-27T09:02:00+00:00 01.a right
2026-11-27T09:03:00+00:00 01.a not yet
2026-11-27T09:05:00+00:00 01.1 not yet
"""
BEN = """2026-11-27T10:00:00+01:00 01.a right
a line that was cut
2026-11-27T10:02:00+01:00 99.1 right
2026-11-27T10:03:00+01:00 01.1 not yet
"""


def store(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def said(source, text):
    output = new_output("execute_result", {"text/plain": text}, execution_count=1)
    return new_code_cell(source, outputs=[output])


@pytest.fixture
def homes(tmp_path):
    """Three learners' homes as a hub keeps them: verdicts, verdicts with damage, a notebook."""
    store(tmp_path / "ada" / "lessons" / "verdicts.txt", ADA)
    store(tmp_path / "ben" / "lessons" / "verdicts.txt", BEN)
    page = new_notebook(
        cells=[
            said('check("01.a", "rises")', "✓ Right. It rises."),
            said('x = 3\ncheck("01.1", x)', "✗ Not yet. Read it again."),
            said('check("01.2", ...)', "… Waiting for your answer."),
            said("x = = 3", "✓ Right."),
            new_code_cell('check("01.3", 1)'),
        ]
    )
    for place in ("lessons", "lessons/solutions", "lessons/.ipynb_checkpoints"):
        (tmp_path / "cleo" / place).mkdir(parents=True)
        nbformat.write(page, tmp_path / "cleo" / place / "01_derivatives.ipynb")
    return tmp_path


def short(found):
    return [(r.learner, r.exercise, r.tries, r.right, f"{r.when:%M}") for r in found]


def test_three_learners_in_one_table(homes):
    found, sentences = results.read([homes])
    assert short(found)[:4] == [
        ("ada", "01.a", 3, True, "02"),  # what comes after the right one counts for nothing
        ("ada", "01.1", 1, False, "05"),
        ("ben", "01.a", 1, True, "00"),
        ("ben", "01.1", 1, False, "03"),
    ]
    cleo = [(r.exercise, r.tries, r.right) for r in found if r.learner == "cleo"]
    assert cleo == [("01.a", None, True), ("01.1", None, False)]
    (sentence,) = sentences
    assert "verdicts.txt: 2 lines cannot be read, and the others count." in sentence
    assert counts(found) == {"01.a": (3, 0, 2), "01.1": (0, 3, 1)}


def test_the_verdict_file_counts_and_the_notebook_fills_in(homes):
    nbformat.write(
        new_notebook(
            cells=[said('check("01.1", 1)', "✓ Right."), said('check("02.1", 1)', "✗ Not yet. No.")]
        ),
        homes / "ada" / "lessons" / "01_derivatives.ipynb",
    )
    found, _ = results.read([homes / "ada"])
    assert {r.learner for r in found} == {"lessons"}  # the folder directly in the one given
    found, _ = results.read([homes])
    mine = [(r.exercise, r.tries, r.right) for r in found if r.learner == "ada"]
    assert mine == [("01.a", 3, True), ("01.1", 1, False), ("02.1", None, False)]


@pytest.mark.parametrize(
    "name, content",
    [
        ("verdicts.txt", b"\x89PNG\r\n\x1a\n\x00\xff"),
        ("verdicts.txt", b"2026-13-99 01.a right\n"),
        ("01_derivatives.ipynb", b'{"cells": [{"cell_type": "code"'),
        ("01_derivatives.ipynb", b"[1, 2]"),
        ("01_derivatives.ipynb", b"\xff\xfe"),
        ("01_derivatives.ipynb", b'{"cells": [{"cell_type": "code", "source": 3, "outputs": []}]}'),
        ("01_derivatives.ipynb", b"[" * 200_000),
    ],
)
def test_a_damaged_file_is_named_and_skipped(homes, name, content):
    (homes / "dan").mkdir()
    (homes / "dan" / name).write_bytes(content)
    found, sentences = results.read([homes])
    assert {r.learner for r in found} == {"ada", "ben", "cleo"}
    assert [s for s in sentences if f"dan/{name} is skipped: " in s.replace("\\", "/")]


def test_collected_files_are_named_after_learners(tmp_path):
    store(tmp_path / "ada.txt", ADA)
    store(tmp_path / "ben" / "verdicts.txt", BEN)
    store(tmp_path / "ben" / "notes.txt", "not a verdict file")
    found, sentences = results.read([tmp_path, tmp_path / "none"])
    assert {r.learner for r in found} == {"ada", "ben"}
    assert len(sentences) == 2 and "there is no such folder" in sentences[0] + sentences[1]
    found, _ = results.read([tmp_path / "ada.txt"])
    assert {r.learner for r in found} == {"ada"}


def test_csv_picture_and_summary_are_written(homes, tmp_path, capsys):
    command.main([str(homes), "--to", str(tmp_path / "out")])
    with open(tmp_path / "out" / "results.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["learner", "exercise", "tries", "right", "when"]
    assert rows[1][:4] == ["ada", "01.a", "3", "yes"]
    assert rows[-1][:4] == ["cleo", "01.1", "", "no"]
    assert (tmp_path / "out" / "results.png").read_bytes().startswith(b"\x89PNG")
    printed = capsys.readouterr()
    assert "Most are stuck at: 01.1 (3 not yet)." in printed.out
    assert "2 lines cannot be read" in printed.err


def test_nobody_has_tried_anything(tmp_path):
    with pytest.raises(SystemExit, match="Nobody has tried an exercise there"):
        command.main([str(tmp_path)])


def test_the_picture_has_a_bar_for_each_exercise(homes):
    found, _ = results.read([homes])
    (axes,) = results.stuck(found).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["01.a", "01.1"]
    assert [text.get_text().strip() for text in axes.texts] == [
        "3 right, median 2 tries",
        "0 right, 3 not yet, median 1 try",
    ]
    widths = {bar.get_label(): [part.get_width() for part in bar] for bar in axes.containers}
    assert widths == {
        "01.a right": [3],
        "01.a not yet": [0],
        "01.a not tried": [0],
        "01.1 right": [0],
        "01.1 not yet": [3],
        "01.1 not tried": [0],
    }
