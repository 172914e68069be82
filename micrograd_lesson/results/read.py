"""Verdict files and saved notebooks of a class, read without running anything.

A learner's name is that of the folder directly in the one that is given: in homes/ it is ada for
homes/ada/lessons/verdicts.txt. A file that lies in the given folder itself stands for a learner by
its own name: ada for collected/ada.txt or collected/ada.ipynb, and for collected/verdicts.txt the
folder's.

Of an exercise the verdict file has each try and its time. A saved notebook has only what the cell
said last: no number of tries, and for the time that of the file. Where a learner has both, the
verdict file counts, and the notebook fills in the exercises that it lacks.
"""

import ast
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..exercises import _record
from ..exercises._check import _CHECKS, MARKS

SKIPPED = {"solutions", "node_modules"}  # folders; and those that begin with a point


@dataclass
class Result:
    """What one learner has done of one exercise.

    Attributes:
        tries: how many answers up to the first right one, or all; None: not known.
        right: whether one of them was right.
        when: of the first right answer, or else of the last; an aware datetime.
    """

    learner: str
    exercise: str
    tries: int | None
    right: bool
    when: datetime


def read(folders):
    """Read the files in folders.

    Args:
        folders: paths of folders, or of single files.

    Returns:
        (results, sentences): a list of Result, by learner and exercise, and what was skipped.
    """
    verdicts = {}
    notebooks = {}
    sentences = []
    for learner, path in find(folders, sentences):
        is_notebook = path.suffix == ".ipynb"
        try:
            found = read_notebook(path) if is_notebook else read_verdicts(path, sentences)
        except (OSError, ValueError) as problem:
            sentences.append(f"{path} is skipped: {problem}")
            continue
        place = notebooks if is_notebook else verdicts
        place.setdefault(learner, []).extend(found)
    results = []
    for learner in sorted(verdicts.keys() | notebooks.keys()):
        mine = summed_up(learner, verdicts.get(learner, []))
        seen = last_said(learner, notebooks.get(learner, []))
        both = seen | mine
        results += [both[name] for name in ordered(both)]
    return results, sentences


def ordered(exercises):
    """Names of exercises in the order of the lessons."""
    places = {name: place for place, name in enumerate(known_exercises())}
    return sorted(exercises, key=places.get)


def known_exercises():
    """Every exercise of the lessons, in their order."""
    lessons = sorted({name[:2] for name in _CHECKS})
    return [name for lesson in lessons for name in _CHECKS if name.startswith(lesson)]


# Finding the files.


def find(folders, sentences):
    """Yield (learner, path) of every verdict file and notebook."""
    for folder in map(Path, folders):
        if folder.is_file():
            yield own_name(folder), folder
        elif not folder.is_dir():
            sentences.append(f"{folder} is skipped: there is no such folder.")
        else:
            yield from find_in(folder)


def find_in(folder):
    """Yield (learner, path) of the files below one folder."""
    for place, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if is_searched(name))
        for name in sorted(names):
            path = Path(place) / name
            parts = path.relative_to(folder).parts
            is_verdicts = name == _record.NAME or (len(parts) == 1 and name.endswith(".txt"))
            is_notebook = name.endswith(".ipynb")
            if (is_verdicts or is_notebook) and not name.startswith("."):
                yield (parts[0] if len(parts) > 1 else own_name(path)), path


def is_searched(name):
    """Whether a folder of this name may hold what learners wrote."""
    return name not in SKIPPED and not name.startswith(".")


def own_name(path):
    """The learner of a file that lies in no folder of theirs."""
    if path.name == _record.NAME:
        return path.resolve().parent.name
    return path.stem


# A verdict file.


def read_verdicts(path, sentences):
    """[(exercise, time, right)] of a verdict file, in its order.

    Raises:
        ValueError: no line of it is a verdict.
    """
    text = path.read_text("utf-8", errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = []
    for line in lines:
        verdict = read_line(line)
        if verdict is not None:
            found.append(verdict)
    bad = len(lines) - len(found)
    if lines and not found:
        raise ValueError("no line of it is a verdict.")
    if bad:
        many = "1 line" if bad == 1 else f"{bad} lines"
        sentences.append(f"{path}: {many} cannot be read, and the others count.")
    return found


def read_line(line):
    """(exercise, time, right) of one line; None where it is no verdict on a known exercise."""
    parts = _record.LINE.fullmatch(line)
    if parts is None or parts[2] not in _CHECKS:
        return None
    try:
        when = datetime.fromisoformat(parts[1])
    except ValueError:
        return None
    return parts[2], when.astimezone(), parts[3] == _record.WORDS[True]


def summed_up(learner, verdicts):
    """{exercise: Result} of a learner's verdicts, [(exercise, time, right)]."""
    results = {}
    for name, when, right in sorted(verdicts, key=lambda verdict: verdict[1]):
        before = results.get(name)
        if before is None:
            results[name] = Result(learner, name, 1, right, when)
        elif not before.right:  # tries after the right one are play
            results[name] = Result(learner, name, before.tries + 1, right, when)
    return results


# A saved notebook.


def read_notebook(path):
    """[(exercise, time, right)] of what the exercise cells of a saved notebook have said.

    Raises:
        ValueError: it is no notebook.
    """
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        said = [(asked(cell), answer(cell)) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise ValueError("it cannot be read as a notebook.") from problem
    when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return [(name, when, right) for name, right in said if name in _CHECKS and right is not None]


def asked(cell):
    """The exercise that a cell's last line checks; "" where there is none."""
    try:
        last = ast.parse("".join(cell["source"])).body[-1]
    except (SyntaxError, IndexError):
        return ""
    call = getattr(last, "value", None)
    if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "check" or not call.args:
        return ""
    return str(getattr(call.args[0], "value", ""))


def answer(cell):
    """Whether the cell has said right (True) or not yet (False); None where it says neither."""
    for output in cell["outputs"]:
        text = "".join(output.get("data", {}).get("text/plain", ""))
        for right, mark in MARKS.items():
            if text.startswith(mark):
                return right
    return None


def last_said(learner, verdicts):
    """{exercise: Result} of saved notebooks: once right in one of them is right."""
    results = {}
    for name, when, right in sorted(verdicts, key=lambda verdict: verdict[1]):
        before = results.get(name)
        if before is None or not before.right:
            results[name] = Result(learner, name, None, right, when)
    return results
