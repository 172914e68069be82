"""PyTorch for the tests that ask for it; and on a continuous-integration machine a skipped test is a failed one.

A missing browser or a missing PyTorch lets a learner's machine skip; there, nothing may be skipped.
"""

import os

import pytest

# As many workers as cores: each, and each kernel that it starts, computes on one, or they wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ON_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


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


@pytest.fixture(scope="session")
def torch():
    return pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install -r requirements-torch.txt"
    )
