"""One JupyterLab and one browser for all tests here."""

from pathlib import Path

import pytest

from tests.browser.lab import FLAGS, Lab, LabServer, find_chromium


def pytest_collection_modifyitems(items):
    """What needs the browser is slow. The hook is given every item, not only those of this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    try:
        chromium = find_chromium(playwright)
        if chromium is None:
            pytest.skip(
                "no Chromium: install one (Debian: apt-get install chromium; elsewhere: "
                ".venv/bin/playwright install chromium) or name one in the variable CHROMIUM"
            )
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
    finally:
        playwright.stop()


@pytest.fixture(scope="session")
def lab_server(browser):
    with LabServer() as server:
        yield server


@pytest.fixture(scope="session")
def lab(browser, lab_server):
    """A window of the size of a small laptop's."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(20_000)
    return Lab(lab_server, page)
