"""Lesson 12: its exercises, and its notebook with PyTorch and without.

nbval skips the outputs that need PyTorch, so that the lesson passes where it is missing. Here they are
compared where it is installed; and the notebook is run once with an `import torch` that fails.
"""

import math
import os
import re

import pytest
from nbclient import NotebookClient

from micrograd_lesson import Value
from tests.exercises.answers import check_tables
from tests.notebooks import FOLDER, as_parameters, read

LESSON = as_parameters([FOLDER / "12_pytorch_agrees.ipynb"])


def with_math(x):
    return math.log(1 + math.exp(x))


def cut(x):
    return (1 + Value(x.data).exp()).log()


def within(x, y, tolerance):
    return abs(x - y) <= tolerance * max(1, abs(y))


RIGHT = [
    ("12.a", (2, 3)),
    ("12.a", [2, 3]),
    ("12.a", "(2, 3)"),
    ("12.b", "error"),
    ("12.b", "Error"),
    ("12.1", (3, 2), (2,), ()),
    ("12.1", [3, 2], [2], []),
    ("12.2", lambda x: (1 + x.exp()).log()),
    ("12.2", lambda x: (x.exp() + 1).log()),
    ("12.2", lambda x: x + (1 + (-x).exp()).log()),
    ("12.3", 12, 3),
    ("12.3", 12.0, Value(3.0)),
    ("12.4", within),
    ("12.4", lambda x, y, tolerance: not abs(y - x) > tolerance * (abs(y) if abs(y) > 1 else 1)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("12.a", (3, 2), "first comes"),
    ("12.a", (6,), "rows"),
    ("12.a", (2,), "length too"),
    ("12.a", 6, "tuple of whole numbers"),
    ("12.a", (4, 4), "count"),
    ("12.b", "adds", "beforehand"),
    ("12.b", "same", "cleared"),
    ("12.b", 8, "choices"),
    ("12.1", (2, 3), (2,), (), "first the rows"),
    ("12.1", (3, 2), (1, 2), (), "one direction"),
    ("12.1", (3, 2), 2, (), "comma"),
    ("12.1", (3, 2), (3,), (), "how many rows"),
    ("12.1", (3, 2), (2,), (1,), "no direction"),
    ("12.1", (3, 2), (2,), 1, "empty tuple"),
    ("12.1", (3, 2), (2,), (2,), "each column"),
    ("12.2", with_math, "methods that Values and tensors share"),
    ("12.2", lambda x: math.log(1 + math.exp(x.data)), "without the graph"),
    ("12.2", cut, "x.data"),
    ("12.2", lambda x: x.exp().log(), "inside"),
    ("12.2", lambda x: 1 + x.exp().log(), "inside"),
    ("12.2", lambda x: 1 + x.exp(), "logarithm is missing"),
    ("12.2", lambda x: (1 + (-x).exp()).log(), "sign"),
    ("12.2", lambda x: x.relu(), "relu itself"),
    ("12.2", lambda x: Value.log(1 + Value.exp(x)), "on a tensor"),
    ("12.2", lambda x: Value(0.0) + (1 + x.exp()).log(), "on a tensor"),
    ("12.2", 1.0, "function"),
    ("12.3", 3, 3, "adds the next"),
    ("12.3", 3, 12, "swapped"),
    ("12.3", 60, 3, "Add up the gradient"),
    ("12.3", 81, 3, "not multiplied"),
    ("12.3", 12, 12, "earlier calls"),
    ("12.3", 12, 0, "last call"),
    ("12.3", 12, 4, "paper"),
    ("12.4", lambda x, y, tolerance: x == y, "last digit"),
    ("12.4", lambda x, y, tolerance: x - y <= tolerance * max(1, abs(y)), "abs()"),
    (
        "12.4",
        lambda x, y, tolerance: abs(abs(x) - abs(y)) <= tolerance * max(1, abs(y)),
        "opposite",
    ),
    ("12.4", lambda x, y, tolerance: abs(x - y) <= tolerance * max(1, y), "abs(y)"),
    ("12.4", lambda x, y, tolerance: abs(x - y) <= tolerance, "million"),
    ("12.4", lambda x, y, tolerance: abs(x - y) <= tolerance * abs(y), "size of 1"),
    (
        "12.4",
        lambda x, y, tolerance: abs(x - y) < tolerance * max(1, abs(y)),
        "exactly the tolerance",
    ),
    ("12.4", lambda x, y, tolerance: abs(x - y) <= tolerance * max(1, abs(x)), "size of y"),
    ("12.4", lambda x, y, tolerance: abs(x - y) / abs(y) <= tolerance, "ZeroDivisionError"),
    ("12.4", lambda x, y, tolerance: abs(x - y), "True or False"),
]

WAITING = [
    ("12.a", ...),
    ("12.b", ...),
    ("12.1", ..., ..., ...),
    ("12.2", lambda x: ...),
    ("12.3", ..., ...),
    ("12.4", lambda x, y, tolerance: ...),
]

test_right, test_wrong, test_waits = check_tables(RIGHT, WRONG, WAITING)


def test_the_softplus_that_passes_works_on_tensors(torch):
    for softplus in (answer for name, answer, *_ in RIGHT if name == "12.2"):
        x = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
        out = softplus(x)
        out.backward()
        assert out.item() == pytest.approx(math.log1p(math.exp(1.5)), abs=1e-12)
        assert x.grad.item() == pytest.approx(1 / (1 + math.exp(-1.5)), abs=1e-12)


def run(path):
    """The notebook executed anew: (stored, fresh) cells with code."""
    stored = read(path)
    fresh = read(path)
    NotebookClient(
        fresh,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return [(old, new) for old, new in zip(stored.cells, fresh.cells) if old.cell_type == "code"]


def printed(cell):
    """What a cell printed and returned as text; dust in the last digits of a float aside."""
    text = "".join(
        o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in cell.outputs
    )
    text = re.sub(r"(largest difference: ).*", r"\1dust", text)
    return re.sub(r"(\d\.\d{12})\d*", r"\1", text)


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSON)
def test_with_pytorch_the_stored_outputs_come_out_again(torch, path):
    for old, new in run(path):
        if "microseconds(lambda" not in old.source:
            assert printed(new) == printed(old), old.source


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSON)
def test_without_pytorch_the_page_runs_to_its_end(path, tmp_path, monkeypatch):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("raise ModuleNotFoundError('not here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    for old, new in run(path):
        if "nbval-ignore-output" in old.metadata.get("tags", []):
            assert "PyTorch is not installed here" in printed(new), old.source
        else:
            assert printed(new) == printed(old), old.source
