"""Every lesson with its exercises solved: each solution, put into the lesson, passes its check there."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def exercises(path):
    """{cell id: cell} of a notebook's exercise cells."""
    return {
        cell.id: cell
        for cell in nbformat.read(path, 4).cells
        if "exercise" in cell.metadata.get("tags", [])
    }


def verdict(cell):
    return "".join(
        output.data["text/plain"]
        for output in cell.outputs
        if output.output_type == "execute_result"
    )


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_exercise_waits_and_has_a_solution(path):
    shipped, solved = exercises(path), exercises(NOTEBOOKS / "solutions" / path.name)
    assert shipped, "a lesson without an exercise"
    assert list(shipped) == list(solved)
    assert all(verdict(cell).startswith("… Waiting") for cell in shipped.values())


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_lesson_runs_with_its_exercises_solved(path):
    lesson, solved = nbformat.read(path, 4), exercises(NOTEBOOKS / "solutions" / path.name)
    for cell in lesson.cells:
        if cell.id in solved:
            cell.source = solved[cell.id].source
    NotebookClient(
        lesson, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}
    ).execute()
    answers = {cell.id: verdict(cell) for cell in lesson.cells if cell.id in solved}
    assert [name for name, answer in answers.items() if not answer.startswith("✓ Right.")] == [], (
        answers
    )
