"""A learner's own copy of the lessons, in my_lessons/, brought up to date at each start.

`start(project)` lays the pages of notebooks/ out in my_lessons/ with their outputs cleared, and its
solutions/ as they are. What counts as touched are the sources of the cells: a page that was only
run is not. On a later start

- a page that the learner has not touched is replaced, where the project's page has changed (its
  outputs come back by running it); where it has not, it is left alone, outputs and all;
- a page that they have touched stays; where the project's page has changed too, the new one is
  laid beside it, as 05_gradients_add.new.ipynb;
- a page that they have deleted or renamed is laid out anew under its own name;
- a page that the project no longer has stays, unless nobody has touched or run it.

A file is written aside and put in its place in one step, and the folder is locked meanwhile.
my_lessons/.laid_out.json remembers what was laid out; lost or damaged, it costs nothing but
caution. What was done is told at the start, and kept in my_lessons/news.txt.

`python -m micrograd_lesson.own_copy` does so for the folder where it is called.
"""

import functools
import hashlib
import json
import os
import re
import time
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

FOLDER = "my_lessons"
FIRST_PAGE = "00_start_here.ipynb"
MANIFEST = ".laid_out.json"
LOCK = ".lock"
NEWS = "news.txt"
LESSON = re.compile(r"\d\d_[a-z0-9_]+\.ipynb")
PATIENCE = 10.0  # seconds to wait for another start to finish


class Busy(OSError):
    """Another start has the folder locked."""


@functools.cache  # JupyterLab reads its settings more than once
def start(project):
    """Bring my_lessons/ up to date, as far as that is possible.

    Args:
        project: the folder that holds notebooks/.

    Returns:
        (page, sentences): the page to open, relative to project, and what to tell the learner.
    """
    project = Path(project)
    own = project / FOLDER
    try:
        with _locked(own):
            sentences = _lay_out(project / "notebooks", own)
    except Busy:
        sentences = [
            f"Another start is laying out {FOLDER}/ just now, so this one leaves it alone."
        ]
    except OSError as problem:
        sentences = [
            f"{FOLDER}/ could not be brought up to date ({problem.strerror or problem}): "
            "what is in it is as it was."
        ]
    folder = FOLDER if (own / FIRST_PAGE).exists() else "notebooks"
    return f"{folder}/{FIRST_PAGE}", sentences


def _lay_out(source, own):
    """Bring own up to date with source; returns sentences."""
    pages = lesson_pages(source)
    if not pages:
        return ["There are no lessons in notebooks/."]
    laid = _read_manifest(own / MANIFEST)
    news = _News()
    try:
        for name in pages:
            _bring_up_to_date(source / name, own / name, laid, name, news)
        _look_at_old_pages(source, own, laid, news)
    finally:
        _write(own / MANIFEST, json.dumps({"pages": laid}, indent=1, sort_keys=True) + "\n")
    sentences = news.sentences()
    with open(own / NEWS, "a", encoding="utf-8") as file:
        for sentence in sentences:
            file.write(f"{time.strftime('%Y-%m-%d')} {sentence}\n")
    return sentences


def lesson_pages(source):
    """The names of the lessons, and of their solutions, in order."""
    found = [*source.glob("*.ipynb"), *source.glob("solutions/*.ipynb")]
    lessons = [path for path in found if LESSON.fullmatch(path.name)]
    return sorted(path.relative_to(source).as_posix() for path in lessons)


def lay(page, to):
    """Write a page as a learner gets it: a lesson without outputs, a solution as it is."""
    notebook = _read_notebook(page)
    if notebook is None:
        raise ValueError(f"{page} cannot be read as a notebook.")
    _write(to, _text_to_lay_out(notebook, is_solution=page.parent.name == "solutions"))


def _bring_up_to_date(page, mine, laid, name, news):
    """Bring one page up to date.

    Args:
        page: the project's.
        mine: the learner's, which may not be there.
        laid: the manifest, {name: {"laid": digest, "beside": digest}}, which is changed.
        name: of the page in it.
        news: where to say what was done.
    """
    offered = _read_notebook(page)
    if offered is None:
        news.unreadable.append(page.name)
        return
    now = _digest(offered)
    text = _text_to_lay_out(offered, is_solution="/" in name)
    entry = laid.get(name, {})
    if not mine.exists():
        _write(mine, text)
        laid[name] = {"laid": now}
        return
    before = mine.read_bytes()
    theirs = _read_notebook(mine)
    seen = None if theirs is None else _digest(theirs)
    if seen == now:
        laid[name] = {"laid": now}
    elif seen is not None and seen == entry.get("laid"):
        if mine.read_bytes() == before:  # nobody has saved it meanwhile
            _write(mine, text)
            laid[name] = {"laid": now}
            news.replaced.append(name)
    elif now not in (entry.get("laid"), entry.get("beside")) or seen is None:
        _lay_beside(mine, text, now, entry, laid, name, news, is_damaged=seen is None)


def _lay_beside(mine, text, now, entry, laid, name, news, is_damaged):
    """Lay the project's page beside the learner's, and remember it."""
    beside = _free_place(mine, now, entry.get("beside"))
    if beside is not None:
        _write(beside, text)
        kept = news.damaged if is_damaged else news.kept
        kept.append((name, beside.name))
    laid[name] = {"laid": entry.get("laid", ""), "beside": now}


def _free_place(mine, now, earlier):
    """Where a new version of mine may lie without loss; None where it lies already.

    earlier: the digest of the version that was laid beside it last.
    """
    for number in range(1, 1000):
        middle = ".new" if number == 1 else f".new{number}"
        place = mine.with_name(mine.stem + middle + mine.suffix)
        if not place.exists():
            return place
        held = _read_notebook(place)
        digest = None if held is None else _digest(held)
        if digest == now:
            return None
        if digest is not None and digest == earlier:
            return place
    raise OSError(f"there are too many new versions of {mine.name}")


def _look_at_old_pages(source, own, laid, news):
    """What was laid out once and is no longer among the lessons: taken away only if never used."""
    for name in sorted(set(laid) - set(lesson_pages(source))):
        mine = own / name
        theirs = _read_notebook(mine) if mine.exists() else None
        is_lesson = "/" not in name
        is_as_laid = theirs is not None and _digest(theirs) == laid[name]["laid"]
        if is_as_laid and not (is_lesson and _has_outputs(theirs)):
            mine.unlink()
        elif mine.exists():
            news.old.append(name)
        del laid[name]


class _News:
    """What was done, and the sentences on it."""

    def __init__(self):
        self.replaced = []
        self.kept = []
        self.damaged = []
        self.old = []
        self.unreadable = []

    def sentences(self):
        """The sentences, a list; empty where nothing was done."""
        found = []
        if self.replaced:
            found.append(
                f"New versions, in the place of pages that you had not changed: "
                f"{', '.join(self.replaced)}."
            )
        for name, beside in self.kept:
            found.append(
                f"{name} has changed, and so has your copy: yours stays as it is, "
                f"and the new one lies beside it as {beside}."
            )
        for name, beside in self.damaged:
            found.append(
                f"Your {name} cannot be read as a notebook: it stays as it is, "
                f"and a fresh one lies beside it as {beside}."
            )
        if self.old:
            found.append(f"No longer among the lessons, and yours are kept: {', '.join(self.old)}.")
        if self.unreadable:
            found.append(
                f"Not laid out, since they cannot be read in notebooks/: "
                f"{', '.join(self.unreadable)}."
            )
        return found


# Notebooks.


def _read_notebook(path):
    """The notebook as a dict; None where the file is no notebook."""
    try:
        notebook = json.loads(path.read_text("utf-8"))
        _digest(notebook)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return notebook


def _digest(notebook):
    """What tells whether a page was touched: the sources of its cells, empty ones left out."""
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    filled = [cell for cell in cells if cell[1].strip()]
    return hashlib.sha256(json.dumps(filled).encode()).hexdigest()


def _has_outputs(notebook):
    return any(cell.get("outputs") for cell in notebook["cells"])


def _text_to_lay_out(notebook, is_solution):
    """The text of a page for the learner: a lesson has no outputs, and nothing folded away."""
    if not is_solution:
        notebook = {**notebook, "cells": [cleared(cell) for cell in notebook["cells"]]}
        notebook.get("metadata", {}).pop("widgets", None)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def cleared(cell):
    """The cell as it is before it is run."""
    if cell["cell_type"] != "code":
        return cell
    metadata = dict(cell.get("metadata", {}))
    metadata.pop("collapsed", None)
    metadata.pop("jupyter", None)
    if "tags" in metadata:
        metadata["tags"] = [tag for tag in metadata["tags"] if tag != "hide-output"]
    return {**cell, "metadata": metadata, "outputs": [], "execution_count": None}


# Files.


def _read_manifest(path):
    """{name: {"laid": digest}}; empty where there is none, or none that can be read."""
    try:
        pages = json.loads(path.read_text("utf-8"))["pages"]
        sound = {name: entry for name, entry in pages.items() if isinstance(entry["laid"], str)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return sound


def _write(path, text):
    """Write a file aside, and put it in its place in one step: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(aside, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


@contextmanager
def _locked(folder):
    """Hold the folder's lock, which the system gives up by itself when a process ends.

    Raises:
        Busy: another process holds it for too long.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / LOCK, "a") as file:
        deadline = time.monotonic() + PATIENCE
        while not _try_lock(file):
            if time.monotonic() > deadline:
                raise Busy
            time.sleep(0.05)
        try:
            yield
        finally:
            _unlock(file)


def _try_lock(file):
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _unlock(file):
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_UN)
    else:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)


if __name__ == "__main__":
    for _sentence in start(Path.cwd())[1]:
        print(_sentence)
