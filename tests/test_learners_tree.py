"""The project in a learner's hands: notebooks beside the lessons, answers in them, lessons executed anew."""

import ast
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests import notebooks

WAITS = "… Waiting for your answer: replace the ... in this cell and run it again."


def exercise(source, said=WAITS, name="exercise-04-1"):
    """An exercise cell whose check has said this; None: it has not been run."""
    outputs = []
    if said is not None:
        outputs = [new_output("execute_result", {"text/plain": said}, execution_count=1)]
    return new_code_cell(source, id=name, metadata={"tags": ["exercise"]}, outputs=outputs)


def store(path, *cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=list(cells), metadata={"kernelspec": notebooks.KERNEL}), path)
    return path


def git(folder, *words):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path):
    """Two lessons and a solution, and beside them what a learner leaves there."""
    for name in (
        "01_slopes.ipynb",
        "02_graphs.ipynb",
        "solutions/01_slopes.ipynb",
        "Untitled.ipynb",
        "01_slopes-Copy1.ipynb",
        "01_slopes (copy).ipynb",
        "my notes.ipynb",
        "solutions/Untitled1.ipynb",
    ):
        store(tmp_path / name)
    return tmp_path


def names(tree, paths):
    return [path.relative_to(tree).as_posix() for path in paths]


def test_lessons_are_told_by_their_names(tree):
    own, others = notebooks.own_notebooks(tree)
    assert names(tree, own) == ["01_slopes.ipynb", "02_graphs.ipynb", "solutions/01_slopes.ipynb"]
    assert len(others) == 5


def test_where_git_keeps_the_lessons_it_must_know_them(tree):
    git(tree, "init", "--quiet")
    own, _ = notebooks.own_notebooks(tree)
    assert (
        len(own) == 3
    )  # a downloaded copy, in a repository of the learner's own that keeps none of them
    git(tree, "add", ".")
    store(tree / "13_my_own.ipynb")
    own, others = notebooks.own_notebooks(tree)
    assert names(tree, own) == ["01_slopes.ipynb", "02_graphs.ipynb", "solutions/01_slopes.ipynb"]
    assert "13_my_own.ipynb" in names(tree, others)


def test_every_lesson_here_is_the_projects_and_as_shipped():
    assert len(notebooks.LESSONS) >= 13
    assert all(notebooks.NAME.fullmatch(path.name) for path in notebooks.OWN)


def searches_for_notebooks(source):
    """The lines of Python text that look for files named like notebooks."""
    found = []
    if "glob" not in source:
        return found
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in ("glob", "rglob", "iglob"):
            continue
        arguments = " ".join(ast.unparse(argument) for argument in node.args)
        if ".ipynb" in arguments:
            found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    "source, lines",
    [
        ('FOLDER.glob("[0-9][0-9]_*.ipynb")', [1]),
        ('names = 1\nfound = sorted(path.name for path in (ROOT / "x").rglob("*.ipynb"))', [2]),
        ('glob.glob(f"{folder}/*.ipynb")', [1]),
        ('folder.glob("*.html")\nread("05_gradients_add.ipynb")', []),
    ],
)
def test_every_way_to_search_for_notebooks_is_seen(source, lines):
    assert searches_for_notebooks(source) == lines


@pytest.mark.parametrize("folder", ["tests", "benchmarks", "images", "hub"])
def test_the_lessons_are_listed_in_one_place(folder):
    """A search of one's own would take 04_backprop_automatic-Copy1.ipynb for a lesson."""
    folder = notebooks.ROOT / folder
    for path in sorted([*folder.glob("*.py"), *folder.glob("[!.]*/*.py")]):  # not in hub/.venv
        if path == notebooks.ROOT / "tests" / "notebooks.py":
            continue
        lines = searches_for_notebooks(path.read_text("utf-8"))
        assert not lines, f"{path}, line {lines[0]}: take LESSONS or OWN of tests.notebooks."


@pytest.mark.parametrize(
    "source, said, answered",
    [
        ('x = ...   # a number\ncheck("04.1", x)', WAITS, False),
        ('v = 3\nw = ...\ncheck("04.1", v, w)', WAITS, False),  # begun, and the lesson still waits
        ('x = 3   # ... a number\ncheck("04.1", x)', "✓ Right.", True),
        ('x = 3\ncheck("04.1", x)', WAITS, True),  # not run yet
        ('def f(x): ...\nx = 3\ncheck("04.1", x)', "✗ Not yet.", True),
        ('x = 3\ncheck("04.1", x)', None, True),
        ("x = = 3", WAITS, True),
    ],
)
def test_an_answer_is_seen(tmp_path, source, said, answered):
    cell = exercise(source, said)
    assert notebooks.is_answered(cell) is answered
    path = store(tmp_path / "03_order.ipynb", cell)
    why = notebooks.why_not_tested(path)
    if answered:
        assert "03_order.ipynb holds answers (exercise-04-1), which are yours" in why
        assert why.count(". ") == 0 and why.endswith(".")
    else:
        assert why is None
    assert notebooks.why_not_tested(store(tmp_path / "solutions" / "03_order.ipynb", cell)) is None


def test_an_exercise_that_has_not_been_run_is_no_answer(tmp_path):
    """Its author is told to execute it, not to put an older one back in its place."""
    path = store(tmp_path / "05_sums.ipynb", exercise('x = ...\ncheck("05.9", x)', None))
    why = notebooks.why_not_tested(path)
    assert "05_sums.ipynb has exercises that have not been run (exercise-04-1)" in why
    assert "make notebooks" in why and "git" not in why
    answered = exercise("x = 3", "✓ Right.", "exercise-04-2")
    both = store(tmp_path / "06_both.ipynb", exercise("x = ...", None), answered)
    assert "06_both.ipynb holds answers (exercise-04-2)" in notebooks.why_not_tested(both)


def test_a_lesson_with_an_answer_is_a_skipped_parameter(tmp_path):
    shipped = store(tmp_path / "01_slopes.ipynb", exercise("x = ..."))
    answered = store(tmp_path / "02_graphs.ipynb", exercise("x = 3", "✓ Right."))
    first, second = notebooks.as_parameters([shipped, answered])
    assert list(first.marks) == []
    assert [mark.name for mark in second.marks] == ["skip"]
    assert second.marks[0].kwargs["reason"] == notebooks.why_not_tested(answered)


def run_tests(project, *arguments, **variables):
    """What pytest prints in a project that holds only notebooks."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CI", "PYTEST"))}
    settings = "addopts=--nbval --nbval-current-env -rs"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", "-o", settings, *arguments],
        cwd=project,
        env=environment | variables,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def project(tmp_path):
    """A small copy: one lesson that passes, and notebooks of a learner's that would not."""
    for name in ("conftest.py", "pyproject.toml", "tests/__init__.py", "tests/notebooks.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(notebooks.ROOT / name, tmp_path / name)
    fails = new_code_cell("1 / 0", execution_count=1)
    store(tmp_path / "notebooks" / "Untitled.ipynb", fails)
    store(tmp_path / "notebooks" / "01_slopes-Copy1.ipynb", fails)
    store(tmp_path / "Untitled.ipynb", fails)
    store(tmp_path / "my_lessons" / "01_slopes.ipynb", fails)
    two = new_output("execute_result", {"text/plain": "2"}, execution_count=1)
    sound = new_code_cell("1 + 1", execution_count=1, outputs=[two])
    store(tmp_path / "notebooks" / "01_slopes.ipynb", sound)
    return tmp_path


@pytest.mark.slow
def test_a_learners_own_notebooks_are_left_alone(project):
    said = run_tests(project, ".")
    assert "1 passed" in said and "failed" not in said
    assert "not the project's, so not tested: notebooks/01_slopes-Copy1.ipynb" in said


@pytest.mark.slow
def test_a_notebook_is_tested_when_it_is_named(project):
    said = run_tests(project, "notebooks/Untitled.ipynb")
    assert "ZeroDivisionError" in said and "1 failed" in said


@pytest.mark.slow
def test_a_lesson_with_an_answer_is_skipped_with_one_sentence(project):
    store(project / "notebooks" / "01_slopes.ipynb", exercise("x = 3", "✓ Right."))
    said = run_tests(project, "notebooks")
    assert "1 skipped" in said and "failed" not in said
    assert said.count("01_slopes.ipynb holds answers (exercise-04-1)") == 1
    said = run_tests(project, "notebooks", CI="true")  # a maintainer must not ship it
    assert "1 failed" in said and "01_slopes.ipynb holds answers (exercise-04-1)" in said


@pytest.mark.slow
def test_executed_twice_the_same_bytes(tmp_path):
    path = store(
        tmp_path / "01_slopes.ipynb",
        new_code_cell("import sys\nfor i in range(3): print(i, flush=True)", id="a"),
        new_code_cell("1 + 1", id="b", metadata={"execution": {"iopub.execute_input": "2026"}}),
        new_code_cell("1 / 0", id="c", metadata={"tags": ["raises-exception"]}),
        new_code_cell("", id="d"),
    )
    notebooks.execute(path)
    first = path.read_bytes()
    notebook = nbformat.read(path, 4)
    assert [cell.execution_count for cell in notebook.cells] == [1, 2, 3, None]
    assert [len(cell.outputs) for cell in notebook.cells] == [1, 1, 1, 0]
    assert notebook.metadata == {
        "kernelspec": notebooks.KERNEL,
        "language_info": {"name": "python"},
    }
    assert notebook.cells[1].metadata == {}
    notebooks.execute(path)
    assert path.read_bytes() == first


@pytest.mark.slow
def test_one_that_fails_stays_as_it_was(tmp_path, capsys):
    path = store(tmp_path / "01_slopes.ipynb", new_code_cell("1 / 0", id="a"))
    before = path.read_bytes()
    with pytest.raises(CellExecutionError):
        notebooks.execute(path)
    assert path.read_bytes() == before
    with pytest.raises(SystemExit, match="01_slopes.ipynb is left as it was"):
        notebooks.main([str(path)])


def test_a_notebook_that_is_not_there_is_named():
    with pytest.raises(SystemExit, match=r"There is no notebook 99_none\.ipynb\."):
        notebooks.main(["99_none.ipynb"])
