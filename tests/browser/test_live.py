"""The live version, built with Pyodide from npm and opened with the network cut.

What Pyodide compiles itself, NumPy and matplotlib among it, is not there then: seen are the cells of the
lessons on backpropagation that draw no plot.
"""

import json
import random
import re
import subprocess
import sys
import time
from xml.etree import ElementTree

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from micrograd_lesson import MLP, Value, draw_dot
from tests.browser.lab import Lab, served
from tests.notebooks import LESSONS, ROOT, read

MODULES = ROOT / "site" / "node_modules"
PYODIDE = MODULES / "pyodide"
TRIED = ("02", "03", "04", "05")
# What needs matplotlib: cells that draw with it, and its names in a cell of imports.
DRAWS_A_PLOT = re.compile(r"\bplots\.|ClearingExplorer\(|^clearing$", re.M)
NAMES_A_PLOT = re.compile(r", (plots|ClearingExplorer)\b")
NETWORK = """\
import random

from micrograd_lesson import MLP, Value, draw_dot

net = MLP(2, [3, 1], rng=random.Random(1))
loss = (net([Value(1.0), Value(-2.0)]) - 1.0)**2
loss.backward()
print(repr(loss.data), [p.grad for p in net.parameters()])"""
GRAPH = """\
x, w = Value(2.0, "x"), Value(-3.0, "w")
y = (x*w + 1.0).tanh()
y.backward()
draw_dot(y)"""
ENDLESS = """\
from micrograd_lesson.exercises import _limit, check

_limit.SECONDS = _limit.PATIENCE = 0.5

def double(x):
    while True:
        pass

check("00.1", double)"""
LAST = [NETWORK, GRAPH, ENDLESS]

# In the page: the open notebook as JSON, and whether its cells have all run, or one has raised.
CELLS = "jupyterapp.shell.currentWidget.content.model.toJSON().cells"
DONE = f"""() => {{
    const cells = {CELLS};
    const raised = cell => cell.outputs.some(output => output.output_type === "error");
    return cells.every(cell => cell.execution_count) || cells.some(raised);
}}"""


def trial():
    """A notebook with the code cells of the lessons on backpropagation, and some more at the end."""
    cells = []
    for path in LESSONS:
        if path.name[:2] in TRIED:
            cells += [cell for cell in read(path).cells if cell.cell_type == "code"]
    cells = [cell for cell in cells if not DRAWS_A_PLOT.search(cell.source)]
    for cell in cells:
        cell.source = NAMES_A_PLOT.sub("", cell.source)
        cell.metadata = {}
    cells += [new_code_cell(source) for source in LAST]
    for i, cell in enumerate(cells):
        cell.id = f"cell-{i}"
    kernel = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def emptied(notebook):
    for cell in notebook.cells:
        cell.outputs, cell.execution_count = [], None
    return notebook


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of a site with the live version alone, and the trial notebook in it."""
    pytest.importorskip(
        "jupyterlite_core", reason="no JupyterLite: pip install -r site/requirements.txt -e ."
    )
    if not PYODIDE.exists():
        pytest.skip("no Pyodide: run `npm ci` in the folder site")
    into = tmp_path_factory.mktemp("build")
    build = [sys.executable, "site/build.py", "--only", "live", "--into", into]
    subprocess.run([*build, "--pyodide", PYODIDE], cwd=ROOT, check=True)
    live = into / "site" / "live"
    (live / "files").mkdir(exist_ok=True)
    nbformat.write(emptied(trial()), live / "files" / "trial.ipynb")
    listing = live / "api" / "contents" / "all.json"
    contents = json.loads(listing.read_text("utf-8"))
    (lesson,) = [each for each in contents["content"] if each["name"].startswith("02_")]
    contents["content"].append(lesson | {"name": "trial.ipynb", "path": "trial.ipynb"})
    listing.write_text(json.dumps(contents), "utf-8")
    settings = live / "jupyter-lite.json"
    config = json.loads(settings.read_text("utf-8"))
    config["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(config), "utf-8")
    return into / "site"


class Live(Lab):
    """A window on the live version; what it asks for from outside is refused, and kept."""

    def __init__(self, page, address):
        super().__init__(None, page)
        self.address = address
        self.outside, self.raised = [], []
        page.on("request", self._hear)
        page.on("pageerror", lambda problem: self.raised.append(str(problem)))

    def _hear(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, notebook):
        self.page.goto(f"{self.address}live/lab/index.html?path={notebook}")
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
        self._wait_for_idle_kernel()
        return self

    def run_all(self):
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(DONE, timeout=120_000)
        return self

    def cells(self):
        return [nbformat.from_dict(cell) for cell in self.page.evaluate(CELLS)]


@pytest.fixture(scope="module")
def live(browser, site):
    """The trial notebook, run from top to bottom with the network cut."""
    with served(site) as address:
        nowhere = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}  # no proxy stands there
        context = browser.new_context(viewport={"width": 1280, "height": 900}, proxy=nowhere)
        context.set_default_timeout(20_000)
        window = Live(context.new_page(), address)
        start = time.monotonic()
        window.open("trial.ipynb")
        ready = time.monotonic()
        window.run_all()
        print(f"kernel ready {ready - start:.1f} s, cells {time.monotonic() - ready:.1f} s")
        yield window
        context.close()


def texts(cell):
    """What a cell printed and returned, as text; addresses and seconds are left out."""
    found = []
    for output in cell.outputs:
        if output.output_type == "error":
            found.append(f"{output.ename}: {output.evalue}")
        elif output.output_type == "stream":
            found.append(output.text)
        elif output.output_type in ("execute_result", "display_data"):
            found.append(output.data.get("text/plain", ""))
    return "".join(found).strip()


def test_cells_print_what_the_lessons_store(live):
    stored, seen = trial().cells[: -len(LAST)], live.cells()
    assert len(stored) > 80
    for there, here in zip(seen, stored):
        assert texts(there) == texts(here), here.source


def test_a_network_gets_the_same_gradients(live):
    net = MLP(2, [3, 1], rng=random.Random(1))
    loss = (net([Value(1.0), Value(-2.0)]) - 1.0) ** 2
    loss.backward()
    printed = [float(number) for number in re.findall(r"-?\d[\d.e-]*", texts(live.cells()[-3]))]
    here = [loss.data, *(p.grad for p in net.parameters())]
    assert printed == pytest.approx(here, rel=1e-12)  # tanh's last digit is the system's


def test_a_graph_is_drawn_as_elsewhere(live):
    (output,) = live.cells()[-2].outputs
    x, w = Value(2.0, "x"), Value(-3.0, "w")
    y = (x * w + 1.0).tanh()
    y.backward()
    drawn = [output.data["image/svg+xml"], draw_dot(y).pipe("svg", encoding="utf-8")]
    there, here = (sorted(words_in(svg)) for svg in drawn)
    assert there == here


def words_in(svg):
    return [e.text for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("}text")]


def test_an_endless_answer_is_given_up(live):
    assert "Not yet" in texts(live.cells()[-1])


def test_an_explorer_moves(live):
    explorer = live.explorer("BackwardStepper")
    (label, *_) = explorer.labels()
    before = explorer.value(label)
    explorer.press(label, "ArrowRight")
    assert explorer.value(label) != before
    live.screenshot("live_BackwardStepper")


def test_it_asks_nothing_from_outside(live):
    assert live.outside == [] and live.raised == []


def test_as_published_all_that_is_needed_is_locked(site):
    """With Pyodide's own distribution: each wheel has an address and a checksum, and all it needs."""
    packages = as_published(site)["packages"]
    assert packages["micrograd-lesson"]["imports"] == ["micrograd_lesson"]
    assert {"numpy", "matplotlib", "scikit-learn", "graphviz", "anywidget"} <= set(
        packages["micrograd-lesson"]["depends"]
    )
    for name, entry in packages.items():
        assert set(entry["depends"]) <= set(packages), name
        assert re.fullmatch("[0-9a-f]{64}", entry["sha256"]), name
        is_served = (site / "live" / "wheels" / entry["file_name"]).exists()
        assert is_served or entry["file_name"].startswith("https://cdn.jsdelivr.net/pyodide/")


def as_published(site):
    """What the lock file names in the version for readers, whose wheels Pyodide serves."""
    script = (
        "import json, sys; from pathlib import Path; import live; "
        "print(json.dumps(live.lock(Path(sys.argv[1]), has_compiled=True)))"
    )
    wheels = site / "live" / "wheels"
    command = [sys.executable, "-c", script, wheels]
    printed = subprocess.run(command, cwd=ROOT / "site", capture_output=True, text=True, check=True)
    return json.loads(printed.stdout)


def test_one_pyodide_everywhere():
    """npm's, the one whose wheels are locked, and the one that JupyterLite's kernel is made for."""
    constants = pytest.importorskip(
        "jupyterlite_pyodide_kernel.constants",
        reason="no JupyterLite: pip install -r site/requirements.txt -e .",
    )
    npm = json.loads((ROOT / "site" / "package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "site" / "live_lock.json").read_text("utf-8"))
    version = constants.PYODIDE_VERSION
    assert npm["devDependencies"]["pyodide"] == version
    assert lock["pyodide"] == f"https://cdn.jsdelivr.net/pyodide/v{version}/full/"
