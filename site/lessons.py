"""The lessons, as they are stored, and as they are handed out."""

from pathlib import Path

import nbformat

from micrograd_lesson import own_copy

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
SOLUTIONS = NOTEBOOKS / "solutions"


def lessons(folder=NOTEBOOKS):
    """The paths of a folder's lessons, in order, without a learner's own notebooks."""
    return [path for path in sorted(folder.glob("*.ipynb")) if own_copy.LESSON.fullmatch(path.name)]


def read(path):
    return nbformat.read(path, as_version=4)


def learners_copy(path):
    """A lesson as a learner gets it: no outputs, and nothing folded."""
    notebook = read(path)
    notebook.cells = [nbformat.from_dict(own_copy.cleared(cell)) for cell in notebook.cells]
    return notebook
