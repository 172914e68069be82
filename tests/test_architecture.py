"""Who may import whom: the arrows of the package point one way only.

MAY_IMPORT below is the whole rule. Every module is parsed, so an import inside a function
counts as well. A module that outgrows one file becomes a folder of the same name; its
files share one row and may import one another.
"""

import ast
import functools
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import micrograd_lesson

PACKAGE = Path(__file__).parents[1] / "micrograd_lesson"
STDLIB = set(sys.stdlib_module_names)

MAY_IMPORT = {
    "__init__": {"importlib"},
    "engine": {"math"},
    "module": STDLIB,
    "nn": {"engine", "module"},
    "tensor": {"numpy"},
    "tensor_nn": STDLIB | {"numpy", "tensor", "module", "losses", "data"},
    "losses": {"numpy", "tensor"},
    "optim": STDLIB | {"numpy"},
    "gradcheck": STDLIB | {"numpy", "engine"},
    "data": STDLIB | {"numpy", "sklearn", "words"},
    "own_copy": STDLIB,
    "palette": STDLIB,
    "image": STDLIB | {"palette"},
    "words": STDLIB | {"numpy"},
    "graph": STDLIB | {"graphviz", "pygraphviz", "js", "pyodide", "image", "palette", "words"},
    "plots": STDLIB
    | {
        "numpy",
        "matplotlib",
        "contourpy",
        "image",
        "palette",
        "words",
        "module",
        "tensor",
        "data",
        "gradcheck",
    },
    "explorers": STDLIB
    | {
        "numpy",
        "anywidget",
        "ipywidgets",
        "matplotlib",
        "traitlets",
        "IPython",
        "tqdm",
        "palette",
        "words",
        "graph",
        "plots",
        "engine",
        "module",
        "nn",
        "tensor",
        "data",
        "gradcheck",
        "losses",
        "optim",
        "tensor_nn",
    },
    "exercises": STDLIB
    | {
        "psutil",
        "numpy",
        "engine",
        "graph",
        "words",
        "data",
        "losses",
        "tensor",
        "tensor_nn",
    },
    "results": STDLIB | {"matplotlib", "exercises", "palette"},
}
DISPLAY = {  # what draws or shows, outside of the package
    "anywidget",
    "matplotlib",
    "contourpy",
    "ipywidgets",
    "traitlets",
    "IPython",
    "tqdm",
    "graphviz",
    "pygraphviz",
}
ROWS_THAT_DISPLAY = {"image", "graph", "plots", "explorers", "results"}


def files():
    """Every source file, with the row of the table that it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        yield inside, inside.parts[0].removesuffix(".py")


parsed = functools.cache(ast.parse)  # of a file's text, which several tests read


@functools.cache
def imports(path):
    """What a file imports: first-level modules of the package by their bare name, others likewise."""
    return list(imported_in(path, (PACKAGE / path).read_text("utf-8")))


def imported_in(path, source):
    for first, *rest in modules_in(("micrograd_lesson", *path.parts[:-1]), source):
        yield rest[0] if first == "micrograd_lesson" and rest else first


def modules_in(folder, source):
    """What a file in this folder imports, as lists of names: ["micrograd_lesson", "plots"]."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = folder[: len(folder) - node.level + 1] if node.level else ()
            start = [*start, *(node.module or "").split(".")] if node.module else list(start)
            yield from ([*start, alias.name] for alias in node.names)


def imported_by(*rows):
    return {name for path, row in files() if row in rows for name in imports(path)}


def rows_importing(name):
    return {row for path, row in files() if row != name and name in imports(path)}


@pytest.mark.parametrize(
    "source, expected",
    [
        ("import math", "math"),
        ("import matplotlib.pyplot as plt", "matplotlib"),
        ("def f():\n    from numpy import array", "numpy"),
        ("from .base import Explorer", "explorers"),
        ("from . import base", "explorers"),
        ("from .. import plots", "plots"),
        ("from ..plots import slope", "plots"),
        ("from micrograd_lesson.plots import slope", "plots"),
        ("from micrograd_lesson import plots", "plots"),
        ("import micrograd_lesson.plots", "plots"),
    ],
)
def test_every_way_to_import_is_seen(source, expected):
    assert list(imported_in(Path("explorers/slope.py"), source)) == [expected]


@pytest.mark.parametrize("path, row", list(files()), ids=str)
def test_module_imports_only_what_its_row_allows(path, row):
    if row not in MAY_IMPORT:
        pytest.fail(
            f"{path} is new: give it a row in MAY_IMPORT that says what it may import.",
            pytrace=False,
        )
    extra = set(imports(path)) - MAY_IMPORT[row] - {row}
    if extra:
        pytest.fail(
            f"{path} imports {', '.join(sorted(extra))}: its row in MAY_IMPORT forbids that.",
            pytrace=False,
        )


def test_every_row_has_a_module():
    missing = set(MAY_IMPORT) - {row for _, row in files()}
    assert not missing, (
        f"MAY_IMPORT has rows for modules that do not exist: {', '.join(sorted(missing))}."
    )


@pytest.mark.parametrize("row", MAY_IMPORT)
def test_no_row_allows_what_its_module_does_not_import(row):
    """Python's own modules are one permission."""
    allowed = MAY_IMPORT[row]
    imported = imported_by(row)
    unused = allowed - imported
    if allowed >= STDLIB:
        unused -= STDLIB
        if not imported & STDLIB:
            unused.add("STDLIB")
    if unused:
        pytest.fail(
            f"{row} imports no {', '.join(sorted(unused))}: take it out of its row in MAY_IMPORT.",
            pytrace=False,
        )


# What the table must never be changed to allow.


def test_engine_imports_only_math():
    assert imported_by("engine") == {"math"}


def test_what_computes_imports_nothing_that_displays():
    computing = imported_by(
        "engine", "module", "nn", "tensor", "tensor_nn", "losses", "optim", "gradcheck", "data"
    )
    assert not computing & (DISPLAY | ROWS_THAT_DISPLAY)


def test_what_displays_is_named_truly():
    """A name that nothing imports, or that is no row, would forbid nothing."""
    assert imported_by(*MAY_IMPORT) >= DISPLAY
    assert set(MAY_IMPORT) >= ROWS_THAT_DISPLAY


def test_graph_knows_no_engine():
    assert not imported_by("graph") & {"engine", "nn", "tensor", "tensor_nn"}


def test_graph_loads_no_widgets_and_no_matplotlib():
    assert not imported_by("graph", "palette") & {"matplotlib", "ipywidgets", "plots", "explorers"}


def test_nothing_imports_explorers():
    assert rows_importing("explorers") == set()


def test_only_explorers_import_ipywidgets():
    assert rows_importing("ipywidgets") == {"explorers"}


EXPLORERS = PACKAGE / "explorers"
ROOMS = {folder.name for folder in EXPLORERS.iterdir() if (folder / "__init__.py").exists()}


def rooms_imported_in(path, source):
    """The rooms that a file of the explorers imports from, by name; its own room aside."""
    folder = ("micrograd_lesson", *path.parts[:-1])
    found = set()
    for module in modules_in(folder, source):
        if module[:2] == ["micrograd_lesson", "explorers"]:
            found |= ROOMS.intersection(module[2:3])
    return found - set(path.parts[1:-1])


@pytest.mark.parametrize(
    "path, source, expected",
    [
        ("clearing/picture.py", "from ..descent.picture import Arrow", {"descent"}),
        ("clearing/picture.py", "from .. import descent", {"descent"}),
        ("clearing/picture.py", "from ..descent import picture", {"descent"}),
        ("clearing/picture.py", "import micrograd_lesson.explorers.descent.walk", {"descent"}),
        ("clearing/picture.py", "def f():\n    from ..descent.walk import Walk", {"descent"}),
        ("clearing/picture.py", "from ..arrow import Arrow", set()),
        ("clearing/picture.py", "from ..clearing.run import Run", set()),
        ("clearing/picture.py", "from .run import Run", set()),
        ("neuron/answer.py", "from ...nn import Neuron", set()),
        ("arrow.py", "from .descent import Walk", {"descent"}),
    ],
)
def test_every_way_into_another_room_is_seen(path, source, expected):
    assert rooms_imported_in(Path("explorers") / path, source) == expected


@pytest.mark.parametrize("path", [path for path, row in files() if row == "explorers"], ids=str)
def test_no_room_is_imported_from_another_or_from_what_they_share(path):
    """Who changes one room changes that explorer alone; what several share lies beside the rooms."""
    found = rooms_imported_in(path, (PACKAGE / path).read_text("utf-8"))
    assert not found, f"{path} imports the room {', '.join(sorted(found))}: share it beside them."


def test_there_is_no_utils():
    assert not [path for path, _ in files() if "utils" in path.as_posix()]


def loaded_by(*statements):
    """The packages that a new Python has loaded after these statements, itself and Python's own aside."""
    program = "\n".join(
        [
            "import sys",
            "before = set(sys.modules)",
            *statements,
            "names = {name.split('.')[0] for name in set(sys.modules) - before}",
            "print(*names - sys.stdlib_module_names)",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split()) - {"micrograd_lesson"}


def test_the_package_alone_loads_nothing():
    assert loaded_by("import micrograd_lesson") == set()


@pytest.mark.parametrize("names", ["Value", "Value, Neuron, Layer, MLP"])
def test_scalar_names_load_nothing_but_python(names):
    assert loaded_by(f"from micrograd_lesson import {names}") == set()


def test_the_array_engine_loads_numpy_only():
    assert loaded_by("from micrograd_lesson import Tensor") == {"numpy"}


def test_public_names_load_nothing_that_displays():
    loaded = loaded_by(
        "from micrograd_lesson import Value, Tensor, Neuron, Layer, MLP, trace, draw_dot"
    )
    assert not loaded & DISPLAY  # Graphviz too is loaded when something is drawn


def test_what_displays_is_seen_when_it_is_loaded():
    """So that the test above can fail: in the names of packages, as sys.modules has them."""
    loaded = loaded_by("from micrograd_lesson import Value, draw_dot", "draw_dot(Value(1.0))")
    assert loaded & DISPLAY == {"graphviz"}


def test_public_names_are_listed_and_are_those_of_their_modules():
    for name in micrograd_lesson.__all__:
        home = importlib.import_module(f"micrograd_lesson.{micrograd_lesson.HOMES[name]}")
        assert getattr(micrograd_lesson, name) is getattr(home, name)
    assert set(micrograd_lesson.__all__) == set(micrograd_lesson.HOMES)
    assert loaded_by("import micrograd_lesson", "assert 'Tensor' in dir(micrograd_lesson)") == set()


def test_an_unknown_name_is_refused_as_python_does():
    with pytest.raises(AttributeError, match="module 'micrograd_lesson' has no attribute 'Valu'"):
        micrograd_lesson.Valu  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'Valu'"):
        from micrograd_lesson import Valu  # noqa: F401


# What is public says what it does.


def definitions(source):
    """Yield (name, node, its class or None) of a file's functions, classes and methods."""
    for node in parsed(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node, None
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner, node


@functools.cache
def classes():
    """{name: node} of the package's classes."""
    found = {}
    for path, _ in files():
        for name, node, _ in definitions((PACKAGE / path).read_text("utf-8")):
            if isinstance(node, ast.ClassDef):
                found[name] = node
    return found


def is_said_by_a_base(name, owner, known):
    """Whether a class that owner is derived from has a docstring for its method of this name."""
    for base in owner.bases:
        base = known.get(ast.unparse(base).split(".")[-1])
        if base is None:  # not of this package
            continue
        own = [node for node in base.body if getattr(node, "name", "") == name]
        if any(map(ast.get_docstring, own)) or is_said_by_a_base(name, base, known):
            return True
    return False


def without_docstring(source, known):
    """The names of what is public in a file, and has no docstring.

    A property's setter, and the function of an exercise, whose number names it, need none; nor
    does a method that a base class of the package explains. known: {name: node} of classes.
    """
    found = []
    for name, node, owner in definitions(source):
        if any(part.startswith("_") for part in name.split(".")) or ast.get_docstring(node):
            continue
        decorators = " ".join(map(ast.unparse, node.decorator_list))
        if ".setter" in decorators or decorators.startswith("exercise("):
            continue
        if owner is None or not is_said_by_a_base(node.name, owner, known):
            found.append(name)
    return found


@pytest.mark.parametrize(
    "source, names",
    [
        ("def f(): pass", ["f"]),
        ("def f(): 'It.'", []),
        ("def _f(): pass", []),
        ("class A: pass", ["A"]),
        ("class A:\n    'It.'\n    def f(self): pass", ["A.f"]),
        ("class _A:\n    def f(self): pass", []),
        ("class A:\n    'It.'\n    @f.setter\n    def f(self, x): pass", []),
        ("class A(base.Says):\n    'It.'\n    def f(self): pass\n    def g(self): pass", ["A.g"]),
        ("class A(Artist):\n    'It.'\n    def f(self): pass", ["A.f"]),
        ("@exercise('01.1')\ndef f(x): pass", []),
    ],
)
def test_what_has_no_docstring_is_seen(source, names):
    says = ast.parse("class Says:\n    def f(self): 'It.'\n    def g(self): pass").body
    assert without_docstring(source, {"Says": says[0]}) == names


@pytest.mark.parametrize("path", [path for path, _ in files()], ids=str)
def test_what_is_public_has_a_docstring(path):
    source = (PACKAGE / path).read_text("utf-8")
    assert ast.get_docstring(parsed(source)), f"{path} has no docstring."
    missing = without_docstring(source, classes())
    assert not missing, f"{path}: {', '.join(missing)} without a docstring."


@pytest.mark.parametrize("path", [path for path, _ in files()], ids=str)
def test_no_page_code_lies_in_python(path):
    """What runs in a page is explorer.js, what it looks like explorer.css, and image.css for images.

    What the colours of an SVG are in a dark page is computed from the palette.
    """
    source = (PACKAGE / path).read_text("utf-8")
    assert not re.findall(r"onload=|querySelector|addEventListener|setTimeout|=>", source)
    assert not re.findall(r"--ml-\w+:|font-family:|\{ *(color|color-scheme|display) *:", source)


def test_the_page_has_no_timers():
    """Animation frames only: they wait while a page is hidden, and come no faster than it is drawn."""
    script = (PACKAGE / "explorers" / "explorer.js").read_text("utf-8")
    assert not re.findall(r"setTimeout|setInterval", script)
    assert "requestAnimationFrame" in script


def unused_classes(styles, code):
    """The classes that styles has rules for and that code, a text, never names.

    ipywidgets' own begin otherwise; they are named in no file of ours. A variable such as
    --ml-data is no class.
    """
    styled = re.findall(r"\.(ml-[\w-]+)", styles)
    named = re.findall(r"(?<![\w-])ml-[\w-]+", code)
    if "ml-${name}" in code:  # explorer.js makes the classes of layers
        named += ["ml-still", "ml-middle", "ml-moving"]
    return set(styled) - set(named)


def test_every_class_of_the_style_sheet_is_used():
    page_side = [EXPLORERS / "explorer.js", *PACKAGE.rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in page_side)
    assert unused_classes((EXPLORERS / "explorer.css").read_text("utf-8"), code) == set()


@pytest.mark.parametrize(
    "styles, code, unused",
    [
        (".ml-explorer .ml-old { color: var(--ml-ink); }", "'ml-explorer'", {"ml-old"}),
        (".ml-explorer .ml-old { }", "'ml-explorer ml-old'", set()),
        (".ml-muted { }", "var(--ml-muted)", {"ml-muted"}),
        (".ml-old { }", "'ml-older'", {"ml-old"}),
        (".ml-still { }", "`ml-layer ml-${name}`", set()),
        (".widget-label { }", "", set()),
    ],
)
def test_a_class_that_nothing_has_is_seen(styles, code, unused):
    assert unused_classes(styles, code) == unused
