"""A file of the learner's own with one line for each verdict: time, exercise, right or not yet.

It is written only where the variable MICROGRAD_LESSON_FOLDER names a folder, as `make lab` does,
and only by a kernel that JupyterLab has opened for a page: a program that executes a notebook
leaves no line. Deleting the file starts over.
"""

import os
import re
from datetime import datetime
from pathlib import Path

FOLDER = "MICROGRAD_LESSON_FOLDER"
OPENED_IN_LAB = "JPY_SESSION_NAME"  # a kernel has it when a page was opened, not when executed
NAME = "verdicts.txt"
WORDS = {True: "right", False: "not yet"}
LINE = re.compile(r"(\S+) (\d\d\.\w+) (right|not yet)")


def file():
    """The path of the file; None where none is to be written."""
    folder = os.environ.get(FOLDER, "").strip()
    if not folder or not os.environ.get(OPENED_IN_LAB):
        return None
    return Path(folder) / NAME


def keep(name, right):
    """Append one line; returns a sentence where that was not possible, else nothing.

    Args:
        name: of the exercise.
        right: True, False, or None, of which there is nothing to keep.
    """
    path = file()
    if path is None or right is None:
        return ""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    line = f"{now} {name} {WORDS[right]}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _append(path, line.encode())
    except OSError as problem:
        return f"(This could not be noted in {NAME}: {problem.strerror or problem}.)"
    return ""


def _append(path, line):
    """Add a line in one write, so that the lines of two kernels do not mix."""
    with open(path, "ab", buffering=0) as verdicts:
        if _is_cut(path):
            line = b"\n" + line
        verdicts.write(line)


def _is_cut(path):
    """Whether the last line has no end, as after a write on a full disk."""
    with open(path, "rb") as verdicts:
        if verdicts.seek(0, os.SEEK_END) == 0:
            return False
        verdicts.seek(-1, os.SEEK_END)
        return verdicts.read(1) != b"\n"


def read():
    """({exercise: whether it was right once}, a sentence on what could not be read, or "")."""
    path = file()
    try:
        text = "" if path is None else path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        text = ""
    except OSError as problem:
        return {}, f"{NAME} could not be read: {problem.strerror or problem}."
    done = {}
    damaged = 0
    for line in text.splitlines():
        found = LINE.fullmatch(line.strip())
        if found is not None:
            name = found[2]
            done[name] = done.get(name, False) or found[3] == "right"
        elif line.strip():
            damaged += 1
    if damaged == 0:
        return done, ""
    lines = "1 line" if damaged == 1 else f"{damaged} lines"
    return done, f"{lines} of {NAME} could not be read and count for nothing."
