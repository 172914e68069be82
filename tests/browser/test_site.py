"""The web site, built and opened with the network cut: it moves, reads well, and asks nothing from outside."""

import gzip
import re
import subprocess
import sys

import pytest

from tests.browser.lab import COLOURS, barriers_in, keep_screenshot, move_every_control, served
from tests.notebooks import FOLDER, LESSONS, ROOT, as_parameters, read

MOST = 1_500_000  # bytes of one page, compressed, beside what all share
# Most of axe-core's time goes to the colours of code and formulas, each piece of them. They are the
# same on every page, so that one lesson's are enough.
SAME_EVERYWHERE = (".highlight", "mjx-container")
LOOKED_AT = "04_backprop_automatic"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site's folder."""
    pytest.importorskip(
        "myst_nb", reason="Sphinx is not installed: pip install -r site/requirements.txt -e ."
    )
    into = tmp_path_factory.mktemp("build")
    command = [sys.executable, "site/build.py", "--repository", "owner/name", "--into", str(into)]
    command += ["--only", "pages"]  # test_live.py builds the rest
    subprocess.run(command, cwd=ROOT, check=True)
    return into / "site"


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


class Visitor:
    """A window on the site; keeps what the page asked for and what its scripts raised."""

    def __init__(self, browser, address):
        self.address = address
        self.page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.asked, self.raised = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda problem: self.raised.append(str(problem)))
        away = re.compile(f"^https?://(?!{re.escape(address[7:])})")
        self.page.route(away, lambda route: route.abort())

    def open(self, name):
        self.asked.clear()
        self.raised.clear()
        self.page.goto(self.address + name, wait_until="load")
        self.page.wait_for_function(
            "!window.MathJax?.startup?.promise || window.settled || "
            "(MathJax.startup.promise.then(() => window.settled = true), false)"
        )
        return self

    def outside(self):
        own = (self.address, "data:", "blob:")
        return [url for url in self.asked if not url.startswith(own)]

    def set_theme(self, name):
        self.page.evaluate(
            "name => { document.documentElement.dataset.theme = name; "
            "document.documentElement.dataset.mode = name; }",
            name,
        )

    def is_too_wide(self):
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def reads_well(self, name, beside=()):
        """In both themes, on a phone and on a laptop: nothing is cut off, and nobody is kept out.

        beside: what axe-core need not look at.
        """
        place = {
            "include": [[".bd-article"]],
            "exclude": [[f".bd-article {each}"] for each in beside],
        }
        for theme, width, rules in (("dark", 400, COLOURS), ("light", 1280, {})):
            self.set_theme(theme)
            self.page.set_viewport_size({"width": width, "height": 900})
            assert not self.is_too_wide(), f"{width} pixels"
            assert barriers_in(self.page, place, options=rules) == []
            keep_screenshot(f"site_{name}_{theme}_{width}", self.page)

    def unset_formulas(self):
        return self.page.evaluate(
            "[...document.querySelectorAll('.math')]"
            ".filter(e => !e.querySelector('mjx-container')).map(e => e.textContent)"
        )


@pytest.fixture(scope="module")
def visitor(browser, address):
    return Visitor(browser, address)


def assert_answers_are_folded(page, path):
    """Where a lesson says that an output answers a prediction, the page shows it on request only."""
    hidden = [
        cell
        for cell in read(path).cells
        if "hide-output" in cell.metadata.get("tags", []) and cell.outputs
    ]
    folded = page.locator("details.hide.below-input")
    assert folded.count() == len(hidden)
    assert all(not fold.get_attribute("open") for fold in folded.all())


@pytest.mark.parametrize("path", as_parameters(LESSONS))
def test_a_lesson_moves_and_reads_well(visitor, path):
    page = visitor.open(f"lessons/{path.stem}.html").page
    assert visitor.outside() == [] and visitor.raised == []
    assert visitor.unset_formulas() == []
    stored = sum(
        "ml-explorer ml-page" in "".join(output.get("data", {}).get("text/html", ""))
        for cell in read(path).cells
        for output in cell.get("outputs", [])
    )
    assert_answers_are_folded(page, path)
    explorers = page.locator(".ml-page")
    assert explorers.count() == stored > 0
    for explorer in explorers.all():
        move_every_control(explorer)
    visitor.reads_well(path.stem[:2], () if path.stem == LOOKED_AT else SAME_EVERYWHERE)
    assert visitor.outside() == [] and visitor.raised == []


@pytest.mark.parametrize("name", ["index", "teachers", "package", "solutions"])
def test_the_other_pages_read_well(visitor, name):
    visitor.open(f"{name}.html").reads_well(name)
    assert visitor.outside() == [] and visitor.raised == []


def test_the_start_page_has_a_network_that_plays(visitor):
    page = visitor.open("index.html").page
    network = page.locator(".ml-page.TrainingExplorer")
    move_every_control(network)
    assert page.locator("table.map a").count() == len(LESSONS)


def test_solutions_are_folded(visitor):
    page = visitor.open("lessons/solutions/01_derivatives.html").page
    folded = page.locator("details", has_text='check("01.1"')
    solution = folded.get_by_text("01.1")
    assert not solution.is_visible()
    folded.locator("summary").click()
    assert solution.is_visible()


def test_a_page_is_not_heavy(site):
    """As a server sends it, compressed, with its pictures, beside what all pages share."""
    for page in [*site.glob("*.html"), *site.glob("lessons/*.html")]:
        text = page.read_text("utf-8")
        sources = re.findall(r'(?:src|href)="([^"#?]+\.(?:svg|png|js|css))', text)
        own = {(page.parent / name).resolve() for name in sources if "_static" not in name}
        weight = sum(len(gzip.compress(path.read_bytes())) for path in own if path.exists())
        assert len(gzip.compress(page.read_bytes())) + weight < MOST, page.name


def test_a_page_links_to_its_notebook_and_to_where_it_runs(site):
    text = (site / "lessons" / "01_derivatives.html").read_text("utf-8")
    ways = re.search(r'<p class="ways">.*?</p>', text)[0]
    assert "../notebooks/01_derivatives.ipynb" in ways
    assert "../live/lab/index.html?path=01_derivatives.ipynb" in ways
    assert "https://mybinder.org/v2/gh/owner/name/" in ways
    assert "https://colab.research.google.com/github/owner/name/blob/gh-pages/colab/01_" in ways
    install = read(site / "colab" / "01_derivatives.ipynb").cells[1].source
    assert '%pip install --quiet "micrograd-lesson @ git+https://github.com/owner/name"' in install
    handed_out = read(site / "notebooks" / "01_derivatives.ipynb")
    assert not any(cell.get("outputs") for cell in handed_out.cells)
    assert [cell.id for cell in handed_out.cells] == [
        cell.id for cell in read(FOLDER / "01_derivatives.ipynb").cells
    ]


def test_a_lesson_as_one_page_asks_nothing_from_outside(browser, tmp_path):
    """`make page` of the README: formulas set, the explorer moves, from a file, with no network."""
    pytest.importorskip("sphinx", reason="pip install -r site/requirements.txt -e .")
    command = [sys.executable, "site/page.py", "notebooks/01_derivatives.ipynb"]
    subprocess.run([*command, "--into", str(tmp_path)], cwd=ROOT, check=True)
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "01_derivatives.html").as_uri())
    page.locator("mjx-container").first.wait_for()
    move_every_control(page.locator(".ml-page").first)
    text = page.evaluate("document.querySelector('main').innerText")
    assert "\\frac" not in text and "$$" not in text
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.close()
