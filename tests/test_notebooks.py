"""What nbval cannot see: how notebooks are stored.

Each check takes a notebook and returns its complaints, a list of sentences.
"""

import ast
import copy
import re

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.notebooks import MOVE_EVERY_CONTROL, OWN, as_parameters, stored

# nbval fails on these, or passes them unseen.
FORBIDDEN = {
    "Output",
    "interact",
    "interactive",
    "interact_manual",
    "interactive_output",
    "clear_output",
    "update_display",
}
WIDGET = "application/vnd.jupyter.widget-view+json"
PROGRESS = re.compile(r"[\w ]+: \d+ rounds")  # what a page keeps of a `progress` bar
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{8,}")
MACHINE_PATH = re.compile(
    r"(?<![\w.:/<~])~?/(?:home|root|Users|usr|tmp|var|opt|mnt|private|work|builds|workspace)/\S*"
    r"|\b[A-Za-z]:\\\S+"
    r"|\bFile ~?/\S+"
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def code_cells(nb):
    """(position in the notebook from 1, cell) of each code cell with something in it."""
    return [(i, c) for i, c in enumerate(nb.cells, 1) if c.cell_type == "code" and c.source.strip()]


def tree(cell):
    """The cell's syntax tree, `%magic` lines included."""
    return ast.parse(TransformerManager().transform_cell(cell.source))


def texts(output):
    """Every text in an output; base64 pictures left out."""
    for value in [output.get("text", ""), *output.get("traceback", []), output.get("evalue", "")]:
        yield ANSI.sub("", value)
    for mime, value in output.get("data", {}).items():
        if not mime.startswith("image/") or mime == "image/svg+xml":
            yield str(value)


def check_format(nb):
    found = []
    if (nb.nbformat, nb.nbformat_minor) < (4, 5):
        found.append("older than format 4.5, which gives cells ids")
    ids = [cell.get("id") for cell in nb.cells]
    if twice := sorted({i for i in ids if i and ids.count(i) > 1}):
        return found + [f"cell id {i} occurs twice" for i in twice]
    try:
        nbformat.validate(copy.deepcopy(nb))
    except nbformat.ValidationError as problem:
        found.append(f"not a valid notebook: {str(problem).splitlines()[0]}")
    return found


def check_kernel(nb):
    name = nb.metadata.get("kernelspec", {}).get("name")
    return (
        []
        if name == "python3"
        else [f"kernelspec is {name}, not python3: JupyterLab will ask for one"]
    )


def check_order(nb):
    counts = [cell.execution_count for _, cell in code_cells(nb)]
    expected = list(range(1, len(counts) + 1))
    return [] if counts == expected else [f"not run from top to bottom: {counts}"]


def check_outputs(nb):
    found = [] if any(cell.outputs for _, cell in code_cells(nb)) else ["no outputs are stored"]
    for i, cell in code_cells(nb):
        tagged = "raises-exception" in cell.metadata.get("tags", [])
        for output in cell.outputs:
            if output.output_type == "error" and not tagged:
                found.append(f"cell {i}: stored output is an error, {output.ename}")
            if output.get("name") == "stderr":
                found.append(f"cell {i}: stored output on standard error, {output.text[:60]!r}")
            for text in texts(output):
                found += [
                    f"cell {i}: object address {a} in its output" for a in ADDRESS.findall(text)
                ]
                found += [
                    f"cell {i}: machine path {p} in its output" for p in MACHINE_PATH.findall(text)
                ]
            data = output.get("data", {})
            if WIDGET in data and not (
                {"image/png", "image/svg+xml"} & set(data)
                or PROGRESS.fullmatch(data.get("text/plain", ""))
            ):
                found.append(f"cell {i}: a widget without a still picture")
    if "widgets" in nb.metadata:
        found.append("widget state is stored: it differs in every run")
    return found


def check_code(nb):
    found = []
    for i, cell in code_cells(nb):
        if "raises-exception" in cell.metadata.get("tags", []) and not parses(cell):
            continue
        for node in ast.walk(tree(cell)):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
                    name in FORBIDDEN
                ):
                    found.append(f"cell {i}: {name}() cannot be tested by nbval")
                case ast.Call(func=ast.Name(id="display"), keywords=keywords):
                    if any(k.arg == "display_id" for k in keywords):
                        found.append(f"cell {i}: display(display_id=…) cannot be tested by nbval")
                case ast.Import(names=names) if any(
                    "pyplot" in n.name or "pylab" in n.name for n in names
                ):
                    found.append(f"cell {i}: pyplot; use matplotlib.figure.Figure")
                case ast.ImportFrom(module=module, names=names) if re.search(
                    "pyplot|pylab", " ".join([module or "", *(n.name for n in names)])
                ):
                    found.append(f"cell {i}: pyplot; use matplotlib.figure.Figure")
        if cell.source.rstrip().endswith(";"):
            found.append(f"cell {i}: ends with a semicolon, which hides its output from nbval only")
    return found


def parses(cell):
    try:
        return bool(tree(cell))
    except SyntaxError:
        return False


def check_imports(nb):
    cells = code_cells(nb)
    if not cells:
        return ["no code"]
    number, first = cells[0]
    if all(isinstance(statement, ast.Import | ast.ImportFrom) for statement in tree(first).body):
        return []
    return [f"cell {number}: the first code cell holds more than imports"]


CHECKS = [check_format, check_kernel, check_order, check_outputs, check_code, check_imports]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", as_parameters(OWN))
def test_stored_notebook(path, check):
    assert check(stored(path)) == []


# The checks themselves: each sees what it is there for.


def notebook(*cells, kernel="python3"):
    """A sound notebook with imports, then these cells; a string stands for a cell printing 1."""
    one = [new_output("stream", name="stdout", text="1\n")]
    cells = [
        new_code_cell(c, outputs=one) if isinstance(c, str) else c for c in ("import math", *cells)
    ]
    for count, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
        cell.execution_count = count
    metadata = {"kernelspec": {"name": kernel, "display_name": "Python 3"}}
    return new_notebook(cells=[new_markdown_cell("# Title"), *cells], metadata=metadata)


def showing(text="", **data):
    """A cell whose output is this text, or these MIME types (with _ for /)."""
    data = {key.replace("_", "/", 1): value for key, value in data.items()} or {"text/plain": text}
    return new_code_cell("x", outputs=[new_output("execute_result", data, execution_count=2)])


def raising(*tags, traceback=()):
    error = new_output("error", ename="ValueError", evalue="no", traceback=list(traceback))
    return new_code_cell("x", metadata={"tags": list(tags)}, outputs=[error])


def test_a_sound_notebook_draws_no_complaint():
    widget = {
        WIDGET: {"model_id": "1", "version_major": 2, "version_minor": 0},
        "image/png": "iVBORw0KGgo=",
    }
    bar = {WIDGET: widget[WIDGET], "text/plain": "training: 40 rounds"}
    nb = notebook(
        "display(1)",
        "%time math.pi",
        showing("see </svg> and http://www.w3.org/2000/svg, x/home/y"),
        *(new_code_cell("e", outputs=[new_output("display_data", data)]) for data in (widget, bar)),
        new_code_cell(""),
    )
    nb.cells[-1].execution_count = None
    assert [complaint for check in CHECKS for complaint in check(nb)] == []


@pytest.mark.parametrize(
    "check, cell, words",
    [
        (check_code, "widgets.Output()", "Output()"),
        (check_code, "interact(f, x=1)", "interact()"),
        (check_code, "widgets.interactive_output(f, {})", "interactive_output()"),
        (check_code, "clear_output(wait=True)", "clear_output()"),
        (check_code, "display(1, display_id='a')", "display_id"),
        (check_code, "import matplotlib.pyplot as plt", "pyplot"),
        (check_code, "from matplotlib import pyplot", "pyplot"),
        (check_code, "math.pi;\n", "semicolon"),
        (check_outputs, showing("<object at 0x7f00aa00bb00>"), "object address 0x7f00aa00bb00"),
        (check_outputs, showing("saved to /home/me/x.png"), "machine path /home/me/x.png"),
        (check_outputs, showing(r"C:\Users\me"), "machine path C:"),
        (check_outputs, raising(), "is an error, ValueError"),
        (
            check_outputs,
            raising("raises-exception", traceback=["File ~/course/engine.py:3"]),
            "machine path File ~/course/engine.py",
        ),
        (
            check_outputs,
            new_code_cell("x", outputs=[new_output("stream", name="stderr", text="Warning")]),
            "standard error",
        ),
        (
            check_outputs,
            showing(**{WIDGET.replace("/", "_", 1): {"model_id": "1"}}),
            "without a still picture",
        ),
    ],
)
def test_a_bad_cell_is_seen(check, cell, words):
    complaints = check(notebook(cell))
    assert len(complaints) == 1 and words in complaints[0]


def test_a_badly_stored_notebook_is_seen():
    assert "not python3" in check_kernel(notebook(kernel="conda"))[0]
    nb = notebook("1")
    nb.cells[-1].execution_count = 5
    assert check_order(nb) == ["not run from top to bottom: [1, 5]"]
    nb = notebook("1")
    nb.cells[-1].execution_count = None
    assert "[1, None]" in check_order(nb)[0]
    nb = notebook("1")
    nb.cells[0].id = nb.cells[1].id
    assert check_format(nb) == [f"cell id {nb.cells[0].id} occurs twice"]
    nb = notebook("1")
    del nb.cells[1]["source"]
    assert "not a valid notebook" in check_format(nb)[0]
    nb = notebook("1")
    for cell in nb.cells[1:]:
        cell.outputs = []
    assert check_outputs(nb) == ["no outputs are stored"]
    nb = notebook("1")
    nb.metadata["widgets"] = {}
    assert "widget state" in check_outputs(nb)[0]
    nb = notebook()
    nb.cells[1].source = "import math\nx = 1"
    assert "more than imports" in check_imports(nb)[0]
    assert check_imports(new_notebook()) == ["no code"]


def check_explorers(nb, folder):
    """Run nb, then move every control of every explorer to its ends and back."""
    nb = nbformat.from_dict(nb)
    nb.cells.append(new_code_cell(MOVE_EVERY_CONTROL))
    resources = {"metadata": {"path": str(folder)}}
    try:
        NotebookClient(nb, timeout=120, kernel_name="python3", resources=resources).execute()
    except CellExecutionError as problem:
        return [f"{problem.ename}: {problem.evalue}"]
    return []


BROKEN = """
class Broken(Explorer):
    x = Float(1.0)
    def __init__(self):
        row = self.slider("x", 0.0, 2.0, 0.1, "x")
        super().__init__(NeuronPicture(), row)
    def draw(self):
        return str(1 / self.x)
shown = Broken()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell, words",
    [
        (BROKEN, "Broken, x at 0.0: ZeroDivisionError"),
        (
            BROKEN + "shown.observe(lambda change: math.log(change.new), 'x')",
            "Broken, x at 0.0: ValueError",
        ),
        ("", "no explorer is alive"),
    ],
)
def test_an_error_behind_a_slider_is_seen(tmp_path, cell, words):
    imports = (
        "import math\nfrom traitlets import Float\n"
        "from micrograd_lesson.explorers import Explorer\n"
        "from micrograd_lesson.explorers.neuron import NeuronPicture"
    )
    complaints = check_explorers(notebook(imports, cell), tmp_path)
    assert len(complaints) == 1 and words in complaints[0]
