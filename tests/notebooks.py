"""The project's own notebooks: which they are, whether someone works in one, and how they are executed.

`python -m tests.notebooks` (`make notebooks`) executes the lessons, then the solutions, in place; with paths behind
it, those. A lesson executed twice without a change is stored in the same bytes, wherever nothing in it is random.
"""

import ast
import functools
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
NAME = re.compile(
    r"\d\d_[a-z0-9_]+\.ipynb"
)  # 04_backprop_automatic.ipynb, not Untitled.ipynb or 03_…-Copy1.ipynb
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WAITING = "… Waiting"


def known_to_git(folder):
    """The files that git keeps under the folder; None where there is no git, or none that keeps any."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "--", "."]
    try:
        answer = subprocess.run(command, capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    names = [name for name in answer.stdout.decode().split("\0") if name]
    return {(folder / name).resolve() for name in names} or None


def own_notebooks(folder):
    """(the project's own notebooks, the others) in a folder and in its solutions/, each in order.

    Own are those that are named like a lesson, 04_backprop_automatic.ipynb; where git keeps the folder, git must know
    them too. What a learner makes beside them is the learner's.
    """
    known = known_to_git(folder)
    own, others = [], []
    for path in [*sorted(folder.glob("*.ipynb")), *sorted(folder.glob("solutions/*.ipynb"))]:
        named = NAME.fullmatch(path.name) is not None
        is_own = named and (known is None or path.resolve() in known)
        (own if is_own else others).append(path)
    return own, others


def read(path):
    """The notebook as it is stored: `nbformat.read` would mend repeated cell ids unasked."""
    return nbformat.v4.reads(path.read_text("utf-8"))


@functools.cache
def stored(path):
    """The notebook as it is stored, read once for all who only look at it."""
    return read(path)


def exercises(notebook):
    """{cell id: cell} of a notebook's exercise cells, in their order."""
    return {cell.id: cell for cell in notebook.cells if "exercise" in cell.metadata.get("tags", [])}


def verdict(cell):
    """What the check of an exercise cell said when the cell was executed last."""
    return "".join(
        output.data["text/plain"]
        for output in cell.outputs
        if output.output_type == "execute_result"
    )


def is_answered(cell):
    """Whether someone has put an answer in place of an exercise's `...`, or has had one checked.

    A cell that has not been run says nothing yet: there, only the `...` count.
    """
    try:
        code = ast.parse(cell.source)
    except SyntaxError:
        return True
    places = [
        node for node in ast.walk(code) if isinstance(node, ast.Constant) and node.value is ...
    ]
    if not places:
        return True
    return bool(cell.outputs) and not verdict(cell).startswith(WAITING)


def why_not_tested(path):
    """The sentence to skip a lesson with: it holds answers, or its exercises have not been run.

    None if it is as the project ships it. A solution holds answers because it must.
    """
    if path.parent.name == "solutions":
        return None
    cells = exercises(stored(path))
    answered = [name for name, cell in cells.items() if is_answered(cell)]
    not_run = [name for name, cell in cells.items() if not cell.outputs]
    where = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    if not answered and not not_run:
        return None
    if not answered:
        return (
            f"{where} has exercises that have not been run ({', '.join(not_run)}), so it is not tested: "
            f"execute it first (make notebooks ARGS={where})."
        )
    return (
        f"{where} holds answers ({', '.join(answered)}), which are yours and not the project's, so it is not tested: "
        f"keep your copy under another name and put the lesson back (git checkout {where}) to test it."
    )


def has_explorers(notebook):
    imports = re.compile(r"^from micrograd_lesson.*\bexplorers\b", re.M)
    return any(imports.search(cell.source) for cell in notebook.cells if cell.cell_type == "code")


# Run in a notebook's kernel after its last cell. Callbacks raise here as they are called.
MOVE_EVERY_CONTROL = """
import gc
from micrograd_lesson.explorers import Explorer

def places(control):
    "The values to visit: both ends of a slider, each option of a choice, both states of a box."
    if hasattr(control, "options"):
        return [option[1] if isinstance(option, tuple) else option for option in control.options]
    if hasattr(control, "base"):
        return [control.base ** control.min, control.base ** control.max]
    if hasattr(control, "min") and hasattr(control, "max"):
        return [control.min, control.max]
    return [not control.value] if isinstance(getattr(control, "value", None), bool) else []

explorers = [o for o in gc.get_objects() if issubclass(type(o), Explorer)]
assert explorers, "no explorer is alive at the end of this notebook"
for explorer in explorers:
    for name, control in explorer.controls.items():
        where = type(explorer).__name__ + ", " + name
        if hasattr(control, "click"):
            control.click()
            assert not explorer.error, f"{where}, clicked: {explorer.error}"
            continue
        start = getattr(control, "value", None)
        for place in [*places(control), start]:
            try:
                control.value = place
            except Exception as problem:
                raise AssertionError(f"{where} at {place}: {problem!r}") from problem
            assert not explorer.error, f"{where} at {place}: {explorer.error}"
"""


def as_parameters(paths):
    """The paths as parameters of a test, skipped with a sentence where someone has answered."""
    found = []
    for path in paths:
        why = why_not_tested(path)
        marks = [pytest.mark.skip(reason=why)] if why else []
        name = f"solutions/{path.stem}" if path.parent.name == "solutions" else path.stem
        found.append(pytest.param(path, marks=marks, id=name))
    return found


OWN, OTHERS = own_notebooks(FOLDER)
LESSONS = [path for path in OWN if path.parent == FOLDER]


def execute(path):
    """Execute a notebook in a new kernel and store it; one that raises an error stays as it was.

    Args:
        path: of the .ipynb file.

    Raises:
        CellExecutionError: a cell raised an error and is not tagged `raises-exception`.
    """
    notebook = read(path)
    for cell in notebook.cells:
        cell.metadata.pop(
            "execution", None
        )  # the times of an earlier run, as JupyterLab may store them
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # how a printed text is cut into pieces differs from run to run
    )
    client.execute()
    # The kernel adds its Python's version, which differs from machine to machine.
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    path.write_text(nbformat.v4.writes(notebook) + "\n", "utf-8")


def execute_as_papermill(path, into):
    """Execute a notebook as `papermill path into` does (papermill 2.7), and store what it stores.

    Its engine is nbclient, cell by cell: outputs cleared, times kept, tags on every cell, the state
    of all widgets in the notebook.
    """
    notebook = nbformat.v4.upgrade(nbformat.reads(path.read_text("utf-8"), as_version=4))
    notebook.metadata.papermill = {"input_path": str(path), "output_path": str(into)}
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
        cell.metadata.papermill = {"status": "completed"}
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    client = NotebookClient(notebook, timeout=None, kernel_name=KERNEL["name"])
    client.reset_execution_trackers()
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        told = client.wait_for_reply(client.kc.kernel_info())
        notebook.metadata.language_info = told["content"]["language_info"]
        client.set_widgets_metadata()
    into.write_text(nbformat.writes(notebook), "utf-8")


def exported_page(path, executed_by=None, **options):
    """The page that `jupyter nbconvert --to html` makes of a notebook, as text.

    Args:
        path: of the .ipynb file.
        executed_by: "nbconvert" (`--execute`) or "papermill" before; None: as it is stored.
        options: of HTMLExporter.
    """
    from nbconvert import HTMLExporter  # slow to import, and only needed here

    execute_it = {"ExecutePreprocessor": {"enabled": executed_by == "nbconvert"}}
    exporter = HTMLExporter(config=Config(execute_it), **options)
    if executed_by != "papermill":
        return exporter.from_filename(str(path))[0]
    with tempfile.TemporaryDirectory() as folder:
        executed = Path(folder) / path.name
        execute_as_papermill(path, executed)
        return exporter.from_filename(str(executed))[0]


def main(arguments):
    os.environ.pop("MICROGRAD_LESSON_FOLDER", None)  # nobody's verdicts are kept
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the tests: sums in the same order
    if importlib.util.find_spec("torch") is None:
        print(
            "PyTorch is not installed, and lessons 00, 12 and 19 are committed as they look with it: "
            "pip install -r requirements-torch.txt before you execute those."
        )
    for path in [Path(argument) for argument in arguments] or OWN:
        print(f"Executing {path} …", flush=True)
        try:
            execute(path)
        except FileNotFoundError:
            sys.exit(f"There is no notebook {path}.")
        except CellExecutionError as problem:
            sys.exit(f"{path} is left as it was, since a cell of it raised an error.\n{problem}")


if __name__ == "__main__":
    main(sys.argv[1:])
