"""Turns a lesson into an assignment for nbgrader 0.9.

    make assignment LESSON=05          # or python -m hub.assignment 05

writes build/course/source/05_gradients_add/05_gradients_add.ipynb, and nbgrader_config.py in
build/course. Then, there and with nbgrader installed:

    nbgrader generate_assignment 05_gradients_add

An exercise becomes two cells: the learner's, with the lesson's own placeholder (the solution
stands between nbgrader's marks, which generate_assignment takes out), and a locked one, worth a
point, which calls the project's own check. Predictions stay as they are and earn nothing: a guess
is to be honest.
"""

import argparse
import copy
import json
import re
from pathlib import Path

from micrograd_lesson import own_copy

ROOT = Path(__file__).resolve().parents[1]
COURSE = ROOT / "build" / "course"
EXERCISE = re.compile(r"exercise-(\d\d)-(\d+)")  # a prediction ends in a letter
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
CHECK = re.compile(r'^check\("(\d\d\.\d+)", (.+)\)\s*$', re.M | re.S)
TEST = """from micrograd_lesson.exercises import check as project_check

verdict = project_check("{name}", {answer})
assert verdict.right, verdict.message"""
SETTINGS = '''"""nbgrader's settings for the lessons' assignments."""

c = get_config()

# The learner's cell keeps the placeholder of the lesson, so nothing stands for the solution.
c.ClearSolutions.code_stub = {"python": ""}

# The test's message, an AssertionError, says what is wrong; no cell of a lesson takes a minute.
c.ExecutePreprocessor.timeout = 60
'''


def assign(lesson, solved):
    """The assignment.

    Args:
        lesson: the notebook as a dict, as it is committed.
        solved: its solutions, likewise.

    Returns:
        (notebook, names): a new dict, and the exercises that are graded.
    """
    solutions = {cell.get("id"): text_of(cell) for cell in solved["cells"]}
    cells = []
    names = []
    for cell in lesson["cells"]:
        cell = cleared(cell)
        found = EXERCISE.fullmatch(cell.get("id", ""))
        if found is None:
            cells.append(cell)
            continue
        name = f"{found[1]}.{found[2]}"
        names.append(name)
        cells += graded(cell, name, solutions[cell["id"]])
    return {**lesson, "cells": cells}, names


def graded(cell, name, solution):
    """The learner's cell and the test of one exercise."""
    source = text_of(cell)
    before, answer = split(source, name)
    solved, _ = split(solution, name)
    parts = [before.rstrip(), BEGIN, solved.strip(), END, source[len(before) :].strip()]
    answered = copy.deepcopy(cell)
    answered["source"] = "\n".join(parts)
    answered["metadata"]["nbgrader"] = marks(cell["id"], solution=True)
    test = {
        "cell_type": "code",
        "id": f"test-{name.replace('.', '-')}",
        "metadata": {"nbgrader": marks(f"test-{name.replace('.', '-')}", points=1)},
        "source": TEST.format(name=name, answer=answer),
        "outputs": [],
        "execution_count": None,
    }
    return [answered, test]


def split(source, name):
    """(what stands before the check, what the check is given)."""
    found = CHECK.search(source)
    if found is None or found[1] != name:
        raise ValueError(f'exercise {name} does not end with check("{name}", …).')
    return source[: found.start()], found[2]


def marks(grade_id, solution=False, points=None):
    """What nbgrader reads of a cell, in the third version of its schema."""
    found = {
        "schema_version": 3,
        "grade_id": grade_id,
        "solution": solution,
        "grade": points is not None,
        "locked": points is not None,
        "task": False,
    }
    if points is not None:
        found["points"] = points
    return found


def text_of(cell):
    return "".join(cell["source"])


def cleared(cell):
    """A cell without outputs and without what folds them away."""
    return copy.deepcopy(own_copy.cleared(cell))


def find(number, source):
    """The lesson's file by its number.

    Raises:
        SystemExit: there is no such lesson.
    """
    names = own_copy.lesson_pages(source)
    for name in names:
        if "/" not in name and name.startswith(f"{number}_"):
            return source / name
    known = ", ".join(name[:2] for name in names if "/" not in name)
    raise SystemExit(
        f"There is no lesson {number or 'without a number'}: LESSON=… is one of {known}."
    )


def write(number, course=COURSE, source=ROOT / "notebooks"):
    """Write the assignment into the course; returns a sentence that says so."""
    page = find(number, source)
    lesson = json.loads(page.read_text("utf-8"))
    solved = json.loads((source / "solutions" / page.name).read_text("utf-8"))
    notebook, names = assign(lesson, solved)
    if not names:
        raise SystemExit(f"{page.name} has no exercise that can be graded.")
    place = course / "source" / page.stem / page.name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    settings = course / "nbgrader_config.py"
    if not settings.exists():
        settings.write_text(SETTINGS, "utf-8")
    return f"{place} has {len(names)} graded exercises: {', '.join(names)}."


def main():
    parser = argparse.ArgumentParser(prog="python -m hub.assignment")
    parser.add_argument("lesson", nargs="?", default="", help="its number, such as 05")
    parser.add_argument("--to", type=Path, default=COURSE, help="the folder of the course")
    chosen = parser.parse_args()
    print(write(chosen.lesson, chosen.to))


if __name__ == "__main__":
    main()
