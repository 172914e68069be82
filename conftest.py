"""For every test: which notebooks are tested, and that continuous integration skips nothing.

A missing browser, a missing PyTorch or a learner's answer in a lesson lets a learner's machine
skip; where the variable CI is set, a skipped test is a failed one.
"""

import gc
import os
import sys
from pathlib import Path

import pytest

# jsonschema, which nbformat brings, would build a grammar of web addresses with it when it is
# imported: two seconds in every process, which no notebook needs. Missing, it is done without.
sys.modules.setdefault("rfc3987_syntax", None)

from tests import notebooks  # noqa: E402 - after the line above

# As many workers as cores: each, and each kernel that it starts, computes on one, or they wait for
# one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

os.environ.pop("MICROGRAD_LESSON_FOLDER", None)  # as `make lab` names it: no test keeps verdicts

BROWSER = notebooks.ROOT / "tests" / "browser"
ON_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


def pytest_report_header(config):
    if not notebooks.OTHERS:
        return None
    names = ", ".join(str(path.relative_to(notebooks.ROOT)) for path in notebooks.OTHERS)
    return f"not the project's, so not tested: {names}"


# Tests that each take as long as a file of others: any worker may take the next one.
APART = ("::test_lesson_runs[", "::test_the_lesson_runs_with_its_exercises_solved[")


def _is_apart(nodeid):
    return any(name in nodeid for name in APART)


def _place(item):
    """What takes long comes first: else one worker would end with it alone."""
    if item.path.is_relative_to(BROWSER):
        return 0
    return 1 if item.path.suffix == ".ipynb" or _is_apart(item.nodeid) else 2


def pytest_collection_modifyitems(items):
    """A test beside PyTorch is slow, since loading it takes seconds; nudged slopes are quick."""
    for item in items:
        if "torch" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
    items.sort(key=_place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A file's tests stay in one worker, but for those that take longest."""
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class EachLessonApart(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid if _is_apart(nodeid) else super()._split_scope(nodeid)

    return EachLessonApart(config, log)


def pytest_collection_finish():
    """Modules and tests stay to the end: the collector need not search them in each round.

    Nor need it come as often as usual: explorers, which ipywidgets remembers, are many objects.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _is_named(path, config):
    """Whether the path was given on the command line, and not only a folder that it lies in."""
    files = [argument.split("::")[0] for argument in config.invocation_params.args]
    return path in [Path(config.invocation_params.dir, file).resolve() for file in files if file]


def pytest_ignore_collect(collection_path, config):
    """Notebooks of a learner's own are collected only when they are named."""
    if collection_path.suffix != ".ipynb":
        return None
    own = collection_path.resolve() in [path.resolve() for path in notebooks.OWN]
    return None if own or _is_named(collection_path.resolve(), config) else True


class AnsweredLesson(pytest.File):
    """A lesson that holds a learner's answers: one skipped test, no comparison of every cell."""

    def collect(self):
        yield AnsweredLessonItem.from_parent(self, name="lesson")


class AnsweredLessonItem(pytest.Item):
    def runtest(self):
        pytest.skip(notebooks.why_not_tested(self.path))

    def reportinfo(self):
        return self.path, None, "a lesson with answers"


class EveryControl(pytest.Item):
    """After the last cell, in the same kernel: every control of every explorer to its ends."""

    def runtest(self):
        kernel = self.parent.kernel
        request = kernel.execute_cell_input(notebooks.MOVE_EVERY_CONTROL)
        answer = kernel.kc.get_shell_msg(timeout=120)
        while answer["parent_header"].get("msg_id") != request:
            answer = kernel.kc.get_shell_msg(timeout=120)
        if answer["content"]["status"] != "ok":
            pytest.fail("{ename}: {evalue}".format(**answer["content"]), pytrace=False)

    def reportinfo(self):
        return self.path, None, "every control to its ends"


def _and_its_controls(notebook):
    """nbval's collector of a notebook, with one test more where the notebook has explorers."""
    cells = notebook.collect

    def collect():
        yield from cells()
        if notebooks.has_explorers(notebooks.stored(notebook.path)):
            yield EveryControl.from_parent(notebook, name="every control")

    notebook.collect = collect
    return notebook


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    collected = yield
    if collected and file_path.suffix == ".ipynb":
        if notebooks.why_not_tested(file_path):
            return [AnsweredLesson.from_parent(parent, path=file_path)]
        return [_and_its_controls(notebook) for notebook in collected]
    return collected


def _fail_if_skipped(report):
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and CI is set: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """A module that skips itself (`pytest.importorskip` at its top) counts too."""
    return _fail_if_skipped((yield))
