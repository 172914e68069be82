"""Lesson 12: its exercises, and its notebook with PyTorch and without.

nbval skips the outputs that need PyTorch, so that the lesson passes where it is missing. Here they are
compared where it is installed; and the notebook is run once with an `import torch` that fails.
"""

import math
import os
import re

import numpy as np
import pytest
from nbclient import NotebookClient

from micrograd_lesson import Value
from micrograd_lesson.exercises import check
from tests.exercises.answers import check_tables
from tests.notebooks import FOLDER, as_parameters, read

MISSING = "PyTorch is not installed here: this cell is left out.\n"
LESSON = as_parameters([FOLDER / "12_pytorch_agrees.ipynb"])


def with_math(x):
    return math.log(1 + math.exp(x))


def with_a_corner(x):
    size = x.relu() + (-x).relu()
    return x.relu() + (1 + (-size).exp()).log()


def cut(x):
    return (1 + Value(x.data).exp()).log()


def with_a_branch(x):
    if x.data > 0:
        return x + (1 + (-x).exp()).log()
    return (1 + x.exp()).log()


class Weight:
    """What a check sees of a tensor of PyTorch's, where there is no PyTorch."""

    requires_grad = True

    def size(self):
        return 2, 5


def zero_agrees_with_zero_alone(x, y, tolerance):
    if y == 0:
        return x == 0
    return within(x, y, tolerance)


def with_abs_in_one_branch(x, y, tolerance):
    if abs(y) < 1:
        return x - y <= tolerance
    return abs(x - y) <= tolerance * abs(y)


def within(x, y, tolerance):
    return abs(x - y) <= tolerance * max(1, abs(y))


RIGHT = [
    ("12.a", "close"),
    ("12.a", " Close "),
    ("12.a", "nearly equal"),
    ("12.a", "near"),
    *[
        ("12.a", said)
        for said in (
            "almost the same",
            "nearly the same",
            "about the same",
            "approximately equal",
            "roughly equal",
            "close, not equal",
            "7 digits",
            "in the first seven digits",
        )
    ],
    *[
        ("12.a", said)
        for said in ("nearly identical", "almost identical", "not exactly equal", "very close")
    ],
    *[("12.b", said) for said in ("crash", "it stops", "throws an error", RuntimeError("freed"))],
    ("12.2", lambda x: -(-x).sigmoid().log()),
    ("12.4", lambda x, y, t: y - t * max(1, abs(y)) <= x <= y + t * max(1, abs(y))),
    ("12.4", lambda x, y, t: abs(x - y) <= t or abs(x - y) <= t * abs(y)),
    ("12.b", "an exception"),
    ("12.b", "it fails"),
    ("12.b", RuntimeError),
    ("12.b", "error"),
    ("12.b", "Error"),
    ("12.b", "an error"),
    ("12.b", "RuntimeError"),
    ("12.1", (2, 5), (2,), (7, 2)),
    ("12.1", [2, 5], [2], [7, 2]),
    ("12.1", "(2, 5)", "(2,)", "7, 2"),
    ("12.1", (np.int64(2), np.int64(5)), (np.int64(2),), (np.int64(7), np.int32(2))),
    ("12.1", np.array([2, 5]), np.array([2]), np.array([7, 2])),
    ("12.1", (2.0, 5.0), (2.0,), (7.0, 2.0)),
    ("12.1", "2 by 5", "[2]", "7 × 2"),
    ("12.1", "torch.Size([2, 5])", "torch.Size([2])", "torch.Size([7, 2])"),
    ("12.2", lambda x: (1 + x.exp()).log()),
    ("12.2", lambda x: (x.exp() + 1).log()),
    ("12.2", lambda x: x + (1 + (-x).exp()).log()),
    ("12.2", lambda x: (1 + math.e**x).log()),
    ("12.2", lambda x: -((1 + x.exp()) ** -1).log()),
    ("12.3", 12, 3),
    ("12.3", 12.0, Value(3.0)),
    ("12.3", "12", np.int64(3)),
    ("12.3", np.float64(12), np.array(3.0)),
    ("12.4", within),
    ("12.4", lambda x, y, tolerance: np.array(within(x, y, tolerance))),
    ("12.4", lambda x, y, tolerance: not abs(y - x) > tolerance * (abs(y) if abs(y) > 1 else 1)),
]

WRONG = [  # the answer, and a word of the hint that it must bring
    ("12.a", "equal", "as many digits"),
    ("12.a", "the same", "as many digits"),
    ("12.a", "far", "come from"),
    ("12.a", "different", "come from"),
    ("12.a", "zzz", "choices: equal, close, far"),
    ("12.a", "the last but one", "as many digits"),
    ("12.a", "to the last digit but one", "as many digits"),
    ("12.a", "to the last digit or the last but one", "as many digits"),
    ("12.b", "adds", "memory is short"),
    ("12.b", "accumulates", "memory is short"),
    ("12.b", "overwrites", "clears a leaf"),
    ("12.b", 8, "memory is short"),
    ("12.b", "same", "clears a leaf"),
    ("12.b", 4, "clears a leaf"),
    ("12.b", "zzz", "choices: adds, same, error"),
    ("12.1", (5, 2), (2,), (7, 2), "exchanged"),
    ("12.1", (7, 5), (2,), (7, 2), "how many examples"),
    ("12.1", (10,), (2,), (7, 2), "in rows"),
    ("12.1", (3, 3), (2,), (7, 2), "five inputs and two neurons"),
    ("12.1", "two by five", (2,), (7, 2), "tuple of whole numbers"),
    ("12.1", (2, 5), 2, (7, 2), "comma"),
    ("12.1", (2, 5), (5,), (7, 2), "to an input"),
    ("12.1", (2, 5), (2, 1), (7, 2), "one axis"),
    ("12.1", (2, 5), (1,), (7, 2), "of its own"),
    ("12.1", (2, 5), (2,), (2, 7), "axis 0"),
    ("12.1", (2, 5), (2,), (7, 5), "take their place"),
    ("12.1", (2, 5), (2,), (7,), "from each neuron"),
    ("12.1", (2, 5), "none", (7, 2), "tuple of whole numbers"),
    ("12.1", (2, 5), "empty", (7, 2), "tuple of whole numbers"),
    ("12.1", (2, 5), "()", (7, 2), "of its own"),
    ("12.1", (2, 5), (), (7, 2), "of its own"),
    ("12.1", "weights", "bias", "result", "tuple of whole numbers"),
    ("12.1", np.zeros(2).size, (2,), (7, 2), "tuple of whole numbers"),
    ("12.2", with_a_corner, "corner at 0"),
    ("12.2", lambda x: (1 + x.exp()).log, "brackets behind the method"),
    ("12.2", lambda x: (1 + x.exp).log(), "with their brackets"),
    ("12.2", lambda x: (1 + exp(x)).log(), "it is a method, such as x.exp()"),  # noqa: F821
    ("12.2", lambda x: log(1 + x.exp()), "it is a method, such as x.log()"),  # noqa: F821
    ("12.2", lambda x: (1 + 2.718**x).log(), "too short for e"),
    ("12.2", lambda x: (1 + math.e ^ x).log(), "two stars"),
    ("12.2", with_math, "methods that Values and tensors share"),
    ("12.2", lambda x: math.log(1 + math.exp(x.data)), "without the graph"),
    ("12.2", cut, "x.data"),
    ("12.2", lambda x: x.exp().log(), "inside"),
    ("12.2", lambda x: 1 + x.exp().log(), "inside"),
    ("12.2", lambda x: 1 + x.exp(), "logarithm is missing"),
    ("12.2", lambda x: (1 + (-x).exp()).log(), "sign"),
    ("12.2", lambda x: x.relu(), "relu itself"),
    ("12.2", lambda x: Value.log(1 + Value.exp(x)), "on every tensor"),
    ("12.2", lambda x: Value(0.0) + (1 + x.exp()).log(), "on every tensor"),
    ("12.2", with_a_branch, "on every tensor"),
    ("12.2", lambda x: (1 + x).log(), "logarithm of 1 + e^x"),
    ("12.2", lambda x: (1 + x.log()).exp(), "logarithm of 1 + e^x"),
    ("12.2", lambda x: 1 / (1 + (-x).exp()), "the sigmoid"),
    ("12.2", lambda x: -(1 + x.exp()).log(), "sign in front"),
    ("12.2", lambda x: x.exp(), "the 1 and the logarithm are missing"),
    ("12.2", lambda x: x.exp().log() + 2, "belongs inside"),
    ("12.2", lambda x: 3 * x, "from the inside"),
    ("12.2", 1.0, "function"),
    ("12.3", 3, 3, "adds the next"),
    ("12.3", 3, 12, "swapped"),
    ("12.3", 60, 3, "Add up the gradient"),
    ("12.3", 81, 3, "not multiplied"),
    ("12.3", 12, 12, "earlier calls"),
    ("12.3", 12, 0, "last call"),
    ("12.3", 4, 3, "each brings the slope"),
    ("12.3", 7, 3, "nobody clears"),
    ("12.3", 12, 4, "that one bring"),
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
    ("12.4", lambda x, y, tolerance: abs(x - y) / abs(y) <= tolerance, "y may be 0"),
    ("12.4", lambda x, y, tolerance: abs(x - y) <= tolerance * (1 + abs(y)), "0.19"),
    ("12.4", lambda x, y, tolerance: abs(x - y) <= tolerance * abs(y) + 1e-9, "size of 1"),
    (
        "12.4",
        lambda x, y, t: abs(x - y) <= t * (abs(y) if abs(y) > 1.5 else 1),
        "above 1, so it counts",
    ),
    (
        "12.4",
        lambda x, y, t: abs(x - y) <= t * (abs(y) if abs(y) > 0.5 else 1),
        "below 1, so 1 counts",
    ),
    ("12.4", lambda x, y, t: math.isclose(x, y, rel_tol=t, abs_tol=t), "size of y"),
    ("12.4", lambda x, y, t: abs(x - y) <= max(1, abs(y)), "0.1, and 0.000001 is allowed"),
    ("12.4", lambda x, y, t: abs(x - y) <= t + abs(y), "0.1, and 0.000001 is allowed"),
    ("12.4", lambda x, y, t: True, "2, and 0.1 is allowed"),
    ("12.4", lambda x, y, tolerance: "yes", "True or False"),
    ("12.4", lambda x, y, tolerance: abs(x - y), "True or False"),
    ("12.4", lambda x, y, t: abs(x - y) <= t * max(1, len(y)), "distance from 0"),
    ("12.4", lambda x, y, t: abs(x - y) <= t * max(1, y.size), "distance from 0"),
    ("12.4", lambda x, y, t: abs(x - y) <= t * min(1, abs(y)), "near a million"),
    ("12.4", lambda x, y, t: abs(x - y) <= t * (1 if y < 1 else y), "abs(y)"),
    ("12.1", (2,), (2,), (7, 2), "for each of its inputs"),
    ("12.1", (5,), (2,), (7, 2), "five weights"),
    ("12.1", Weight(), (2,), (7, 2), "asked for is its shape"),
    ("12.1", Weight().size, (2,), (7, 2), "its result has brackets"),
    ("12.1", (2, 5), (7,), (7, 2), "not to an example"),
    ("12.1", (2, 5), (7, 2), (7, 2), "stretched along the examples"),
    ("12.1", (2, 5), (2, 5), (7, 2), "whatever the number of its inputs"),
    ("12.1", (2, 5), (2,), (5, 2), "examples stay"),
    ("12.1", (2, 5), (2,), (2,), "each of the examples"),
    ("12.1", (2, 5), (2,), (2, 5), "meets every neuron"),
    ("12.1", (7, 2), (2,), (7, 2), "how many examples"),
    ("12.1", (2, 5), (1, 2), (7, 2), "one axis"),
    ("12.1", (2, 5), (2,), (7, 2, 5), "summed over"),
    ("12.1", (2, 5), (2,), (7, 5, 2), "summed over"),
    *[
        ("12.2", lambda x, e=e: (1 + e**x).log(), f"{e} is too short for e")
        for e in (2.7, 2.71, 2.7183, 2.72)
    ],
    ("12.2", lambda x: (1 + x.exp()).log() / math.log(2), "base 2"),
    ("12.3", 15, 3, "is its slope, added up"),
    ("12.3", 30, 3, "new inner nodes"),
    ("12.3", 9, 3, "after three calls"),
    ("12.3", 6, 3, "after two calls"),
    ("12.3", 20, 3, "4 times w"),
    ("12.3", 5, 3, "from all calls together"),
    ("12.3", 0, 3, "all that came is there"),
    ("12.3", 12, 15, "its slope is asked"),
    ("12.3", 12, 5, "slope of 3w is asked"),
    ("12.4", lambda x, y, t: abs(x - y) < t * abs(y), "two zeros agree"),
    ("12.4", lambda x, y, t: y != 0 and abs(x - y) / abs(y) <= t, "two zeros agree"),
    ("12.4", lambda x, y, t: abs(x - y) <= t * max(1, y**2), "5 is more than"),
    ("12.4", zero_agrees_with_zero_alone, "y is 0, so"),
    ("12.4", with_abs_in_one_branch, "0.0025 is more"),
    ("12.4", lambda x, y, t: abs(x - y) <= t * (abs(y) if abs(y) > 100 else 1), "0.15 times 2"),
    ("12.4", lambda x, y, t: abs(x - y) <= t * max(1, abs(x) + abs(y)), "0.4 is more than"),
]

WAITING = [
    ("12.a", ...),
    ("12.b", ...),
    ("12.1", ..., ..., ...),
    ("12.2", lambda x: ...),
    ("12.3", ..., ...),
    ("12.4", lambda x, y, tolerance: ...),
]

test_right, test_wrong, test_waits, test_hints = check_tables(RIGHT, WRONG, WAITING)


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
    return re.sub(r"\d\.\d{13,}", lambda found: f"{float(found[0]):.12g}", text)


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSON)
def test_with_pytorch_the_stored_outputs_come_out_again(torch, path):
    for old, new in run(path):
        if "microseconds(w" not in old.source and "microseconds(l" not in old.source:
            assert printed(new) == printed(old), old.source


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSON)
def test_without_pytorch_the_page_runs_to_its_end(path, tmp_path, monkeypatch):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("raise ModuleNotFoundError('not here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    for old, new in run(path):
        is_switch = "import torch" in old.source
        if "torch" in old.source and not is_switch:
            assert "nbval-ignore-output" in old.metadata["tags"], old.source
            assert printed(new) == MISSING, old.source
        elif "nbval-ignore-output" not in old.metadata.get("tags", []):
            assert printed(new) == printed(old), old.source


@pytest.mark.parametrize("path", LESSON)
def test_one_switch_and_no_branch_in_the_cells(path):
    code = [cell.source for cell in read(path).cells if cell.cell_type == "code"]
    assert sum("import torch" in source for source in code) == 1
    assert not any(re.search(r"\bif torch\b", source) for source in code)
    assert code[1].index("set_num_threads(1)")  # before anything is timed


def test_a_tensor_is_no_shape(torch):
    layer = torch.nn.Linear(5, 2)
    right = layer.weight.shape, layer.bias.shape, layer(torch.zeros(7, 5)).shape
    assert check("12.1", *right).right is True
    assert "its shape" in check("12.1", layer.weight, *right[1:]).message
    assert "brackets" in check("12.1", layer.weight.size, *right[1:]).message
