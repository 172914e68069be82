"""A learner's week with a copy of their own: start, answer, update; both edited, disk full, two at once."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from micrograd_lesson import own_copy
from tests import notebooks

SHIPPED = 'x = ...\ncheck("01.1", x)'
ANSWERED = 'x = 3\ncheck("01.1", x)'


def page(*sources, outputs=True):
    """A lesson as the project ships it: executed, and one output folded away."""
    cells = [new_markdown_cell("# A lesson", id="title")]
    for i, source in enumerate(sources):
        result = new_output("execute_result", {"text/plain": "1"}, execution_count=i + 1)
        metadata = {"tags": ["hide-output", "exercise"], "jupyter": {"outputs_hidden": True}}
        cell = new_code_cell(source, id=f"c{i}", metadata=metadata, execution_count=i + 1)
        cell.outputs = [result] if outputs else []
        cells.append(cell)
    return new_notebook(cells=cells, metadata={"kernelspec": notebooks.KERNEL})


def store(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def start(project):
    own_copy.start.cache_clear()
    return own_copy.start(project)


def sources(path):
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


@pytest.fixture
def project(tmp_path):
    for name in ("00_start_here", "01_slopes", "02_graphs"):
        store(tmp_path / "notebooks" / f"{name}.ipynb", page(SHIPPED))
        store(tmp_path / "notebooks" / "solutions" / f"{name}.ipynb", page(ANSWERED))
    store(tmp_path / "notebooks" / "Untitled.ipynb", page("theirs"))
    return tmp_path


@pytest.fixture
def mine(project):
    """The learner's folder after a first start."""
    assert start(project) == ("my_lessons/00_start_here.ipynb", [])
    return project / "my_lessons"


def answer(path, source=ANSWERED):
    """Answer the first exercise and save, as JupyterLab does: outputs, a new cell, other metadata."""
    notebook = nbformat.read(path, 4)
    notebook.cells[1].source = source
    run(notebook)
    store(path, notebook)


def run(notebook):
    for cell in notebook.cells[1:]:
        cell.outputs = [new_output("stream", text="mine")]
        cell.execution_count = 7
        cell.metadata["execution"] = {"iopub.execute_input": "2026"}
    notebook.cells.append(new_code_cell(""))
    notebook.metadata["widgets"] = {"state": {}}
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13"}


def update(project, name="01_slopes.ipynb", source="a new line\n" + SHIPPED):
    store(project / "notebooks" / name, page(source))


def test_a_first_start_lays_out_pages_without_outputs(mine):
    notebook = nbformat.read(mine / "01_slopes.ipynb", 4)
    nbformat.validate(notebook)
    cell = notebook.cells[1]
    assert (cell.source, cell.outputs, cell.execution_count) == (SHIPPED, [], None)
    assert cell.metadata == {"tags": ["exercise"]}
    assert not (mine / "Untitled.ipynb").exists()


def test_solutions_keep_their_outputs(mine):
    cell = nbformat.read(mine / "solutions" / "01_slopes.ipynb", 4).cells[1]
    assert cell.source == ANSWERED and cell.outputs


def test_an_answer_stays(project, mine):
    answer(mine / "01_slopes.ipynb")
    before = (mine / "01_slopes.ipynb").read_bytes()
    assert start(project)[1] == []
    assert (mine / "01_slopes.ipynb").read_bytes() == before


def test_an_update_replaces_what_was_not_touched(project, mine):
    update(project)
    _, (sentence,) = start(project)
    assert "01_slopes.ipynb" in sentence and "not changed" in sentence
    assert sources(mine / "01_slopes.ipynb") == ["a new line\n" + SHIPPED]
    assert start(project)[1] == []
    assert sentence in (mine / "news.txt").read_text("utf-8")


def test_a_page_that_was_only_run_keeps_its_outputs_until_the_project_changes_it(project, mine):
    answer(mine / "01_slopes.ipynb", SHIPPED)
    before = (mine / "01_slopes.ipynb").read_bytes()
    start(project)
    assert (mine / "01_slopes.ipynb").read_bytes() == before
    update(project)
    start(project)
    assert sources(mine / "01_slopes.ipynb") == ["a new line\n" + SHIPPED]


def test_where_both_changed_the_new_one_lies_beside(project, mine):
    answer(mine / "01_slopes.ipynb")
    update(project)
    _, (sentence,) = start(project)
    assert "yours stays as it is" in sentence and "01_slopes.new.ipynb" in sentence
    assert sources(mine / "01_slopes.ipynb")[0] == ANSWERED
    assert sources(mine / "01_slopes.new.ipynb") == ["a new line\n" + SHIPPED]
    assert start(project)[1] == []  # it is said once
    (mine / "01_slopes.new.ipynb").unlink()
    assert start(project)[1] == [] and not (mine / "01_slopes.new.ipynb").exists()
    update(project, source="newer still")
    start(project)
    assert sources(mine / "01_slopes.new.ipynb") == ["newer still"]


def test_a_new_version_that_was_answered_is_not_overwritten(project, mine):
    answer(mine / "01_slopes.ipynb")
    update(project)
    start(project)
    answer(mine / "01_slopes.new.ipynb", "my second answer")
    update(project, source="newer still")
    start(project)
    assert sources(mine / "01_slopes.new.ipynb")[0] == "my second answer"
    assert sources(mine / "01_slopes.new2.ipynb") == ["newer still"]


def test_who_takes_the_new_version_is_up_to_date(project, mine):
    answer(mine / "01_slopes.ipynb")
    update(project)
    start(project)
    os.replace(mine / "01_slopes.new.ipynb", mine / "01_slopes.ipynb")
    assert start(project)[1] == []
    update(project, source="newer still")
    start(project)
    assert sources(mine / "01_slopes.ipynb") == ["newer still"]


def test_a_deleted_or_renamed_page_is_laid_out_anew(project, mine):
    answer(mine / "01_slopes.ipynb")
    os.replace(mine / "01_slopes.ipynb", mine / "my first try.ipynb")
    (mine / "02_graphs.ipynb").unlink()
    start(project)
    assert sources(mine / "my first try.ipynb")[0] == ANSWERED
    assert sources(mine / "01_slopes.ipynb") == sources(mine / "02_graphs.ipynb") == [SHIPPED]


def test_renumbered_lessons(project, mine):
    answer(mine / "01_slopes.ipynb")
    for folder in (project / "notebooks", project / "notebooks" / "solutions"):
        os.replace(folder / "01_slopes.ipynb", folder / "03_slopes.ipynb")
        os.replace(folder / "02_graphs.ipynb", folder / "04_graphs.ipynb")
    _, (sentence,) = start(project)
    assert "No longer among the lessons" in sentence and "01_slopes.ipynb" in sentence
    assert sources(mine / "01_slopes.ipynb")[0] == ANSWERED
    assert not (mine / "02_graphs.ipynb").exists()  # as it was laid out, and never run
    assert sources(mine / "03_slopes.ipynb") == sources(mine / "04_graphs.ipynb") == [SHIPPED]
    assert start(project)[1] == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', "\0", '{"cells": [{}]}'])
def test_a_damaged_page_is_kept(project, mine, text):
    (mine / "01_slopes.ipynb").write_text(text)
    _, (sentence,) = start(project)
    assert "cannot be read" in sentence
    assert (mine / "01_slopes.ipynb").read_text() == text
    assert sources(mine / "01_slopes.new.ipynb") == [SHIPPED]
    assert start(project)[1] == []


def test_a_damaged_page_of_the_project_touches_nothing(project, mine):
    (project / "notebooks" / "01_slopes.ipynb").write_text("<<<<<<< HEAD")
    _, (sentence,) = start(project)
    assert "cannot be read in notebooks/" in sentence
    assert sources(mine / "01_slopes.ipynb") == [SHIPPED]


def test_no_lessons_at_all_touch_nothing(project, mine):
    shutil.rmtree(project / "notebooks")
    assert start(project)[1] == ["There are no lessons in notebooks/."]
    assert sources(mine / "01_slopes.ipynb") == [SHIPPED]


@pytest.mark.parametrize("text", [None, "", "{}", '{"pages": {"01_slopes.ipynb": 3}}'])
def test_without_its_memory_nothing_is_lost(project, mine, text):
    answer(mine / "01_slopes.ipynb")
    manifest = mine / own_copy.MANIFEST
    manifest.unlink() if text is None else manifest.write_text(text)
    update(project)
    start(project)
    assert sources(mine / "01_slopes.ipynb")[0] == ANSWERED
    assert sources(mine / "01_slopes.new.ipynb") == ["a new line\n" + SHIPPED]
    assert start(project)[1] == []


def full(*arguments):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.suffix == ".ipynb"}


def test_a_full_disk_leaves_all_as_it_was(project, mine, monkeypatch):
    answer(mine / "02_graphs.ipynb")
    update(project)
    before = snapshot(mine)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        first, (sentence,) = start(project)
    assert "No space left on device" in sentence
    assert first == "my_lessons/00_start_here.ipynb"
    assert snapshot(mine) == before
    assert not list(mine.glob(".*.part"))
    start(project)
    assert sources(mine / "01_slopes.ipynb") == ["a new line\n" + SHIPPED]


def test_a_full_disk_at_the_first_start_opens_the_projects_page(project, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)
    first, (sentence,) = start(project)
    assert first == "notebooks/00_start_here.ipynb" and "No space" in sentence


def test_a_file_in_the_place_of_the_folder(project):
    (project / "my_lessons").write_text("mine")
    first, (sentence,) = start(project)
    assert (
        first == "notebooks/00_start_here.ipynb" and "could not be brought up to date" in sentence
    )
    assert (project / "my_lessons").read_text() == "mine"


def test_one_that_is_saved_meanwhile_is_not_replaced(project, mine, monkeypatch):
    update(project)
    read = own_copy._read_notebook

    def saved_after_reading(path):
        notebook = read(path)
        if path == mine / "01_slopes.ipynb":
            answer(path)
        return notebook

    with monkeypatch.context() as patch:
        patch.setattr(own_copy, "_read_notebook", saved_after_reading)
        start(project)
    assert sources(mine / "01_slopes.ipynb")[0] == ANSWERED
    start(project)
    assert sources(mine / "01_slopes.ipynb")[0] == ANSWERED


def test_a_start_waits_for_another_no_longer_than_it_must(project, mine, monkeypatch):
    monkeypatch.setattr(own_copy, "PATIENCE", 0.1)
    update(project)
    with own_copy._locked(mine):
        first, (sentence,) = start(project)
    assert "Another start" in sentence and first == "my_lessons/00_start_here.ipynb"
    assert sources(mine / "01_slopes.ipynb") == [SHIPPED]


@pytest.mark.slow
def test_four_at_once(project):
    update(project)
    program = (
        "import sys; from micrograd_lesson import own_copy; print(own_copy.start(sys.argv[1]))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, project], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = {process.communicate()[0] for process in running}
    assert said == {"('my_lessons/00_start_here.ipynb', [])\n"}
    assert len(snapshot(project / "my_lessons")) == 6
    for path in snapshot(project / "my_lessons"):
        nbformat.validate(nbformat.read(path, 4))


@pytest.mark.slow
def test_the_lessons_themselves_are_laid_out(tmp_path):
    shutil.copytree(notebooks.FOLDER, tmp_path / "notebooks")
    started = time.monotonic()
    assert start(tmp_path) == ("my_lessons/00_start_here.ipynb", [])
    assert time.monotonic() - started < 20
    for path in notebooks.LESSONS:
        own = json.loads((tmp_path / "my_lessons" / path.name).read_text("utf-8"))
        nbformat.validate(own)
        assert not own_copy._has_outputs(own)
        assert "outputs_hidden" not in json.dumps(own)
