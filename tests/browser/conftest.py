"""One JupyterLab and one browser for all tests here."""

import pytest

from tests.browser.lab import FLAGS, Lab, LabServer, find_chromium


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
