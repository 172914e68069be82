"""Every lesson with its exercises solved: each solution, put into the lesson, passes its check there."""

import pytest
from nbclient import NotebookClient

from tests.notebooks import (
    FOLDER,
    LESSONS,
    WAITING,
    as_parameters,
    exercises,
    read,
    stored,
    verdict,
)


@pytest.mark.parametrize("path", as_parameters(LESSONS))
def test_every_exercise_waits_and_has_a_solution(path):
    shipped = exercises(stored(path))
    solved = exercises(stored(FOLDER / "solutions" / path.name))
    assert shipped, "a lesson without an exercise"
    assert list(shipped) == list(solved)
    assert all(verdict(cell).startswith(WAITING) for cell in shipped.values())


@pytest.mark.slow
@pytest.mark.parametrize("path", as_parameters(LESSONS))
def test_the_lesson_runs_with_its_exercises_solved(path):
    lesson = read(path)
    solved = exercises(read(FOLDER / "solutions" / path.name))
    for cell in lesson.cells:
        if cell.id in solved:
            cell.source = solved[cell.id].source
    NotebookClient(
        lesson, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    answers = {cell.id: verdict(cell) for cell in lesson.cells if cell.id in solved}
    assert [name for name, answer in answers.items() if not answer.startswith("✓ Right.")] == [], (
        answers
    )
