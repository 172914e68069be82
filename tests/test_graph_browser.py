"""Drawing in a browser's Python, with stand-ins for what only a browser has."""

import importlib
import sys
from types import SimpleNamespace

import pytest

from micrograd_lesson import graph
from micrograd_lesson.graph import browser, layout


class Viz:
    """Answers as @viz-js/viz does."""

    def render(self, source, options):
        if "digraph" in source:
            return SimpleNamespace(status="success", output="<svg/>")
        errors = [SimpleNamespace(message="syntax error in line 1")]
        return SimpleNamespace(status="failure", errors=errors)


class Maker:
    """Stands for `Viz` and for the promise of its instance, which is kept when a test says so."""

    def instance(self):
        return self

    def then(self, keep):
        self.keep = keep
        return self


@pytest.fixture
def page(monkeypatch, tmp_path):
    """A page whose script is not ready yet: `page.viz = Viz()` makes it so."""
    page = SimpleNamespace(Viz=Maker(), Object=SimpleNamespace(fromEntries=dict))
    script = tmp_path / "viz-global.js"
    script.write_text("")
    monkeypatch.setattr(browser, "SCRIPT", script)
    monkeypatch.setattr(browser, "js", page)
    monkeypatch.setattr(browser, "run_js", lambda text: text, raising=False)
    monkeypatch.setattr(browser, "can_run_sync", lambda: False, raising=False)
    monkeypatch.setattr(browser, "to_js", lambda thing, dict_converter: thing, raising=False)
    browser.prepare.cache_clear()
    yield page
    browser.prepare.cache_clear()


def test_a_graph_is_drawn(page):
    page.viz = Viz()
    assert browser.laid_out("digraph {}", "svg", "dot") == b"<svg/>"


def test_what_graphviz_refuses_is_said(page):
    page.viz = Viz()
    with pytest.raises(ValueError, match="syntax error in line 1"):
        browser.laid_out("nonsense", "svg", "dot")


def test_another_format_is_refused(page):
    page.viz = Viz()
    with pytest.raises(ValueError, match="as svg, and not as png"):
        browser.laid_out("digraph {}", "png", "dot")


def test_before_it_is_ready_it_says_so(page):
    with pytest.raises(RuntimeError, match="run this cell again"):
        browser.laid_out("digraph {}", "svg", "dot")


def test_where_python_can_wait_it_waits(page, monkeypatch):
    monkeypatch.setattr(browser, "can_run_sync", lambda: True)
    monkeypatch.setattr(browser, "run_sync", lambda promise: Viz(), raising=False)
    assert browser.laid_out("digraph {}", "svg", "dot") == b"<svg/>"


def test_without_the_script_it_says_what_to_do(page):
    browser.SCRIPT.unlink()
    with pytest.raises(RuntimeError, match="make lab"):
        browser.laid_out("digraph {}", "svg", "dot")


def test_the_script_is_started_once(page, monkeypatch):
    ran = []
    monkeypatch.setattr(browser, "run_js", ran.append)
    browser.SCRIPT.write_text("the script")
    browser.prepare()
    browser.prepare()
    assert ran == ["the script"]
    page.Viz.keep("what draws")
    assert page.viz == "what draws"


def test_outside_a_browser_nothing_is_made_ready(page, monkeypatch):
    monkeypatch.setattr(browser, "js", None)
    assert browser.prepare() is None


@pytest.mark.parametrize("platform, times", [("emscripten", 1), ("linux", 0)])
def test_a_browsers_python_begins_when_the_package_is_imported(platform, times, monkeypatch):
    begun = []
    monkeypatch.setattr(browser, "prepare", lambda: begun.append(1))
    monkeypatch.setattr(sys, "platform", platform)
    importlib.reload(graph)
    assert len(begun) == times


def test_a_browsers_python_draws_there(page, monkeypatch):
    page.viz = Viz()
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert layout.laid_out("digraph {}", "svg", "dot", takes_long=True) == b"<svg/>"
