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

ON_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


def pytest_report_header(config):
    if not notebooks.OTHERS:
        return None
    names = ", ".join(str(path.relative_to(notebooks.ROOT)) for path in notebooks.OTHERS)
    return f"not the project's, so not tested: {names}"


def pytest_collection_modifyitems(items):
    """A test beside PyTorch is slow, since loading it takes seconds; nudged slopes are quick."""
    for item in items:
        if "torch" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


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


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    collected = yield
    if collected and file_path.suffix == ".ipynb" and notebooks.why_not_tested(file_path):
        return [AnsweredLesson.from_parent(parent, path=file_path)]
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
