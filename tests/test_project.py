"""The project's own papers and habits: that its files agree with one another."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = [
    path for folder in ("tests", "benchmarks", "images") for path in ROOT.glob(f"{folder}/**/*.py")
]


def imported_modules(tree):
    """The name of every module that the code imports, with a dot before a relative one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_helpers_are_imported_by_their_full_name(path):
    """`from tests.refusals import refusal`, from wherever it is called: two modules of one name cannot clash."""
    tree = ast.parse(path.read_text("utf-8"))
    siblings = {other.stem for other in PYTHON if other.is_relative_to(ROOT / "tests")}
    bare = {name for name in imported_modules(tree) if name.split(".")[0] in siblings}
    assert bare == set(), "write from tests.… import …"
    changed = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.path"
    ]
    assert changed == [], "no search path is changed: start from the project's folder"
