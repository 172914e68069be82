"""PyTorch for the tests that ask for it."""

import pytest


@pytest.fixture(scope="session")
def torch():
    return pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install -r requirements-torch.txt"
    )
