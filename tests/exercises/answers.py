"""The tests of a lesson's answers: right ones pass, wrong ones are told why, missing ones are waited for.

And no hint is without an answer that brings it up.
"""

import ast
import importlib
import inspect
import re

import pytest

from micrograd_lesson.exercises import check

END = re.compile(r"""[.?!…][)"'”’]*$""")
QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
TWO_ENDS = re.compile(r"[?!]\.|(?<!\.)\.\.(?!\.)|\s\.(\s|$)")


def assert_ends_well(message):
    """Each sentence has one end: a full stop, or a question mark, and not both."""
    assert not message or END.search(message), message
    unquoted = QUOTED.sub("''", message)  # the point that ends a name stands in texts of lesson 17
    assert not TWO_ENDS.search(unquoted), message


_said = {}  # what has been said of an exercise so far: {its name: set of messages}


def judged(name, answer):
    """The verdict on an answer; its message is kept."""
    verdict = check(name, *answer)
    _said.setdefault(name, set()).add(verdict.message)
    return verdict


def assert_right(name, answer):
    verdict = judged(name, answer)
    assert verdict.right is True, verdict
    assert_ends_well(verdict.message)


def assert_wrong(name, answer, hint):
    verdict = judged(name, answer)
    assert verdict.right is False, verdict
    assert hint in verdict.message, f"{hint!r} is not in {verdict}"
    assert_ends_well(verdict.message)


def assert_waits(name, answer):
    verdict = judged(name, answer)
    assert verdict.right is None, verdict


def check_tables(right, wrong, waiting):
    """The four tests of a lesson's tables, the first three run once for every exercise.

    Args:
        right: rows of an exercise's name and an answer.
        wrong: the same, and a word that the hint must bring.
        waiting: rows of a name and an answer as shipped, or half written.
    """

    @pytest.mark.parametrize("name", exercises_of(right))
    def test_right(name):
        assert_each(
            assert_right, [(name, answer) for exercise, *answer in right if exercise == name]
        )

    @pytest.mark.parametrize("name", exercises_of(wrong))
    def test_wrong(name):
        rows = [(name, answer, hint) for exercise, *answer, hint in wrong if exercise == name]
        assert_each(assert_wrong, rows)

    @pytest.mark.parametrize("name", exercises_of(waiting))
    def test_waits(name):
        rows = [(name, answer) for exercise, *answer in waiting if exercise == name]
        assert_each(assert_waits, rows)

    def test_every_hint_has_an_answer():
        tables = [*right, *(row[:-1] for row in wrong), *waiting]
        for name in exercises_of(tables):
            if name not in _said:  # the tests above were not all run
                assert_each(judged, [(name, answer) for row, *answer in tables if row == name])
        lesson = exercises_of(right)[0].split(".")[0]
        said = "\n".join(message for name in exercises_of(tables) for message in _said[name])
        unsaid = [hint for hint in hints_of(lesson) if hint.strip(" .?!:") not in said]
        assert not unsaid, f"brought up by no answer: {unsaid}"

    return test_right, test_wrong, test_waits, test_every_hint_has_an_answer


SHORTEST_HINT = 25  # letters; what is shorter is a name or a part of a sentence


def hints_of(lesson):
    """The sentences in a lesson's module of checks."""
    module = importlib.import_module(f"micrograd_lesson.exercises.lesson_{lesson}")
    return sentences(inspect.getsource(module))


def sentences(source):
    """The texts of a sentence's length in a module; of one with numbers put in, the longest piece."""
    tree = ast.parse(source)
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) or _is_docstring(node)
        for part in ast.iter_child_nodes(node)
    }
    found = []
    for node in ast.walk(tree):
        pieces = pieces_of(node) if id(node) not in parts else []
        longest = max(pieces, key=len, default="")
        if len(longest) >= SHORTEST_HINT and longest.count(" ") >= 3:
            found.append(longest)
    return found


def _is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def pieces_of(node):
    """The fixed texts of a string, of an f-string, or of a template such as "at {0}"."""
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
    is_pattern = any("\\" in text or "(?:" in text for text in texts)
    return [] if is_pattern else [piece for text in texts for piece in re.split(r"{\w*}", text)]


def exercises_of(rows):
    """The exercises' names, in the order of their first rows."""
    return list(dict.fromkeys(name for name, *_ in rows))


def assert_each(asserts, rows):
    """Judge every row, also after one that fails, and tell of all that failed."""
    failed = []
    for number, row in enumerate(rows, start=1):
        try:
            asserts(*row)
        except Exception as problem:
            failed.append(f"row {number}, {row[1:]}: {type(problem).__name__}: {problem}")
    assert not failed, "\n\n".join(failed)
