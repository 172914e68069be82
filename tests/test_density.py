"""How dense the code is: tokens a line, and lines of too many.

A line that says one thing is read at a glance; a line that says three is not. So length is
free, and density is limited, per group of modules, by the table LIMITS. Comments, docstrings
and empty lines do not count. `python tests/test_density.py [folder]` prints the table, for
this package or for any other folder of Python files.
"""

import io
import sys
import tokenize
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "micrograd_lesson"
LONG = 30  # a line of more tokens is a long one

# group: (tokens a line on average, share of long lines); both at most
LIMITS = {
    "engines and networks": (9.0, 1 / 50),
    "losses, optim, gradcheck, data": (9.0, 1 / 50),
    "graph, image, palette, words": (9.0, 1 / 50),
    "exercises": (9.0, 1 / 50),
    "explorers": (9.0, 1 / 50),
    "plots": (10.5, 1 / 50),  # calls of matplotlib name many options
}
GROUPS = {  # the first part of a file's path: its group; what is not named here goes by that part
    "engine": "engines and networks",
    "module": "engines and networks",
    "nn": "engines and networks",
    "tensor": "engines and networks",
    "tensor_nn": "engines and networks",
    "losses": "losses, optim, gradcheck, data",
    "optim": "losses, optim, gradcheck, data",
    "gradcheck": "losses, optim, gradcheck, data",
    "data": "losses, optim, gradcheck, data",
    "__init__": "graph, image, palette, words",
    "graph": "graph, image, palette, words",
    "image": "graph, image, palette, words",
    "own_copy": "graph, image, palette, words",
    "palette": "graph, image, palette, words",
    "results": "graph, image, palette, words",
    "words": "graph, image, palette, words",
}
NOT_CODE = {
    tokenize.ENCODING,
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@dataclass
class Density:
    """lines of code, the tokens on them, and how many of the lines are long."""

    lines: int = 0
    tokens: int = 0
    long_lines: int = 0

    def __add__(self, other):
        return Density(
            self.lines + other.lines,
            self.tokens + other.tokens,
            self.long_lines + other.long_lines,
        )

    @property
    def mean(self):
        return self.tokens / self.lines if self.lines else 0.0

    @property
    def share(self):
        return self.long_lines / self.lines if self.lines else 0.0


def tokens_of_lines(source):
    """How many tokens start on each line that has any: {line number: count}."""
    counts = {}
    for statement in statements(source):
        is_text_alone = len(statement) == 1 and statement[0].type == tokenize.STRING
        if is_text_alone:  # a docstring
            continue
        for token in statement:
            line = token.start[0]
            counts[line] = counts.get(line, 0) + 1
    return counts


def statements(source):
    """The tokens of each statement, a list each."""
    statement = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NOT_CODE:
            statement.append(token)
        if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER) and statement:
            yield statement
            statement = []


def density(source):
    """The Density of one file's text."""
    counts = tokens_of_lines(source).values()
    long_lines = sum(count > LONG for count in counts)
    return Density(len(counts), sum(counts), long_lines)


def densities(folder):
    """The Density of each group of the Python files in folder."""
    groups = {}
    for path in sorted(folder.rglob("*.py")):
        first = path.relative_to(folder).parts[0].removesuffix(".py")
        group = GROUPS.get(first, first)
        here = density(path.read_text(encoding="utf-8"))
        groups[group] = groups.get(group, Density()) + here
    return groups


def table(folder):
    """The lines of a table: each group of folder, and all of them."""
    groups = densities(folder)
    groups["all"] = sum(groups.values(), Density())
    yield f"{'':34}{'lines':>7}{'tokens a line':>15}{f'above {LONG}':>10}{'of 100 lines':>14}"
    for name, d in groups.items():
        yield f"{name:34}{d.lines:>7}{d.mean:>15.2f}{d.long_lines:>10}{100 * d.share:>14.1f}"


@pytest.mark.slow
@pytest.mark.parametrize("group", LIMITS)
def test_code_is_no_denser_than_its_group_allows(group):
    found = densities(PACKAGE)[group]
    mean, share = LIMITS[group]
    assert found.mean <= mean, f"{found.mean:.2f} tokens a line: at most {mean} in {group}"
    assert found.share <= share, (
        f"{found.long_lines} of {found.lines} lines have more than {LONG} tokens: "
        f"at most 1 in {1 / share:.0f} in {group}"
    )


def test_every_module_named_is_there():
    names = {path.name.removesuffix(".py") for path in PACKAGE.iterdir()}
    assert set(GROUPS) <= names


@pytest.mark.slow
def test_every_module_has_a_limit():
    """A new module goes by its own name, which has no limit until GROUPS or LIMITS names it."""
    assert set(densities(PACKAGE)) == set(LIMITS)


# The measure itself.


@pytest.mark.parametrize(
    "source, counts",
    [
        ("", {}),
        ("# a comment\n\n\n", {}),
        ('"""A docstring."""\n', {}),
        ('def f():\n    """A docstring."""\n    return 1  # one\n', {1: 5, 3: 2}),
        ("x = 1\n", {1: 3}),
        ("x = [\n    1,\n    2,\n]\n", {1: 3, 2: 2, 3: 2, 4: 1}),
        ('x = """several\nlines"""\n', {1: 3}),
        ('f(\n    "text"\n)\n', {1: 2, 2: 1, 3: 1}),
        ("a = 1; b = 2", {1: 7}),
    ],
)
def test_tokens_are_counted_on_the_line_where_they_start(source, counts):
    assert tokens_of_lines(source) == counts


def test_long_lines_are_those_above_the_limit():
    just_within = "x = [" + "1, " * 13 + "]\n"
    above = "x = [" + "1, " * 14 + "]\n"
    assert density(just_within) == Density(1, 30, 0)
    assert density(above) == Density(1, 32, 1)
    both = density(just_within + above)
    assert both == Density(2, 62, 1)
    assert (both.mean, both.share) == (31.0, 0.5)


def test_the_table_has_a_line_for_each_group_and_one_for_all(tmp_path):
    (tmp_path / "engine.py").write_text("x = 1\ny = 2\n")
    (tmp_path / "nn.py").write_text("x = 1 + 1\n")
    (tmp_path / "rooms").mkdir()
    (tmp_path / "rooms" / "door.py").write_text("pass\n")
    lines = [line.split() for line in table(tmp_path)]
    assert lines[1:] == [
        ["engines", "and", "networks", "3", "3.67", "0", "0.0"],
        ["rooms", "1", "1.00", "0", "0.0"],
        ["all", "4", "3.00", "0", "0.0"],
    ]


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    print("\n".join(table(chosen)))
