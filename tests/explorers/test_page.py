"""An explorer on a page without a kernel: the states that it carries are those that the live one shows."""

import base64
import gzip
import json
import re
import subprocess
import sys
from itertools import product
from types import SimpleNamespace

import pytest
from jupyter_client.session import Session

from micrograd_lesson.explorers import BackwardStepper, NudgeExplorer, SlopeExplorer
from micrograd_lesson.explorers.page import FROM_A_PROGRAM, page
from micrograd_lesson.words import MINUS
from tests.explorers.made import MAKE, f, reused, shown, twice_used, without_ids

pytestmark = pytest.mark.slow

WIDGET = "application/vnd.jupyter.widget-view+json"
PLAYED = {"TrainingExplorer"}  # a film in place of states
MOVABLE = [name for name in MAKE if name not in PLAYED]


def unpacked(html):
    """The script's data."""
    packed = re.search(r'<script type="application/gzip">([^<]*)</script>', html)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def content(explorer):
    return unpacked(page(explorer, "data:image/png;base64,"))


def state(explorer):
    return {name: getattr(explorer, name) for name in explorer.controls}


@pytest.fixture(scope="module", params=MOVABLE)
def drawn(request):
    """An explorer whose page has been drawn, once for all tests that look at it."""
    explorer = MAKE[request.param]()
    assert explorer.on_page, "it stands still on a page"
    before = shown(explorer), explorer.view.alt, explorer.view.still, state(explorer)
    heard = []
    explorer.observe(heard.append)
    for control in explorer.controls.values():
        control.observe(heard.append)
    stored = content(explorer)
    return SimpleNamespace(explorer=explorer, before=before, heard=heard, stored=stored)


def test_at_least_the_scalar_explorers_move():
    assert {
        "SlopeExplorer",
        "NudgeExplorer",
        "BackwardStepper",
        "NeuronExplorer",
        "DescentExplorer",
        "ForwardExplorer",
    } <= set(MOVABLE)


def picture_of(frame):
    """All of a frame's picture that moves, without ids, as `shown` gives that of a live one."""
    return without_ids((frame.get("middle") or "") + (frame["moving"] or ""))


def test_it_starts_where_the_live_one_stands_and_leaves_it_there(drawn):
    (picture, text), alt, still, kept = drawn.before
    assert shown(drawn.explorer) == (picture, text)
    assert state(drawn.explorer) == kept
    at = 0
    for place, control in zip(drawn.stored["start"], drawn.stored["controls"]):
        at = at * len(control["stops"]) + place
    frame = drawn.stored["frames"][at]
    assert (picture_of(frame), frame["text"], frame["alt"]) == (picture, text, alt)
    assert drawn.stored["still"] == still


def test_drawing_the_page_tells_nobody(drawn):
    """Neither the page's widgets nor a learner's observer hear of the states drawn ahead."""
    assert drawn.heard == []


def test_every_frame_is_what_the_live_one_shows(drawn):
    explorer, stored = drawn.explorer, drawn.stored
    names = list(explorer.on_page)
    stops = [control["stops"] for control in stored["controls"]]
    assert [control["name"] for control in stored["controls"]] == [
        explorer.controls[n].description for n in names
    ]
    assert min(map(len, stops)) > 1
    states = list(product(*stops))
    frames = stored["frames"]
    assert len(states) == len(frames)
    assert len({(picture_of(frame), frame["text"]) for frame in frames}) > 0.7 * len(states)
    for k in range(0, len(states), max(1, len(states) // 20)):
        for n, stop in zip(names, states[k]):
            kind = type(getattr(explorer, n))
            value = kind(stop if kind is str else stop.replace(MINUS, "-"))
            if n == "asks":  # behind the end of a shorter text, its last place is shown
                value = min(value, len(explorer.text) - 1)
            setattr(explorer, n, value)
        assert picture_of(frames[k]) == shown(explorer)[0]
        assert frames[k]["alt"] == explorer.view.alt
        assert frames[k]["text"] == shown(explorer)[1]


def test_slope_offers_a_plane_of_states_with_the_present_one_among_them():
    stored = content(SlopeExplorer(f, x=1.234, h=0.0456))
    x, h = (control["stops"] for control in stored["controls"])
    assert {"1.234", "−5", "0", "5"} <= set(x)
    assert {"0.0456", "1e−16", "1e−05", "1"} <= set(h)


def test_all_steps_of_all_orders_are_there():
    stored = content(BackwardStepper(twice_used()))
    assert [len(control["stops"]) for control in stored["controls"]] == [3, 4]
    assert len(stored["frames"]) == 12


def test_a_state_that_raises_shows_its_sentence_over_the_picture_before():
    frames = content(NudgeExplorer("log(a)", a=0.5))["frames"]
    broken = [frame for frame in frames if frame["moving"] is None]
    assert frames[0] in broken and len(broken) < len(frames)  # a = 0.5 - 1 and its neighbours
    for frame in frames:
        assert ("That did not work" in frame["text"]) == (frame in broken)


class Kernel:
    """A kernel that answers a request of this name."""

    def __init__(self, msg_id):
        self.kernel = self
        self.msg_id = msg_id

    def get_parent(self, channel):
        return {"header": {"msg_id": self.msg_id}}


LIVE = "6f8f7a4e-5f0c-4c0e-9a53-2f5f3a0c8f10"
STORED = "1f2e3d4c-5b6a7988_4711_3"


@pytest.fixture
def program(monkeypatch):
    """A program executes the notebook."""
    monkeypatch.setattr("IPython.get_ipython", lambda: Kernel(STORED))


def test_a_live_page_gets_the_widgets_and_nothing_is_drawn_ahead(monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", lambda: Kernel(LIVE))
    calls = []

    def counted(x):
        calls.append(x)
        return f(x)

    explorer = SlopeExplorer(counted)
    assert len(calls) < 400
    before = len(calls)
    data, _ = explorer._repr_mimebundle_()
    assert set(data) == {WIDGET, "image/png", "text/plain"}
    assert len(calls) == before


@pytest.mark.parametrize("name", MAKE)
def test_no_explorer_draws_a_state_to_be_shown(name, monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", lambda: Kernel(LIVE))
    explorer = reused(MAKE[name])
    drawn = []
    monkeypatch.setattr(explorer, "render", lambda: drawn.append("a state"))
    monkeypatch.setattr(explorer, "film", lambda: drawn.append("a film"))
    assert WIDGET in explorer._repr_mimebundle_()[0]
    assert drawn == []


def test_a_class_name_is_no_markup(program):
    kind = type("<b>Mine</b>", (SlopeExplorer,), {})
    before_the_states, _ = kind(f)._repr_mimebundle_()[0]["text/html"].split("<script", 1)
    assert "<b>" not in before_the_states
    assert before_the_states.count("&lt;b&gt;Mine&lt;/b&gt;") == 2


def test_a_stored_page_needs_no_kernel(program):
    data, _ = SlopeExplorer(f)._repr_mimebundle_()
    assert set(data) == {"text/html", "image/png", "text/plain"}


def test_voila_is_live_though_a_program_executes(program, monkeypatch):
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    assert WIDGET in SlopeExplorer(f)._repr_mimebundle_()[0]


def test_jupyter_client_names_its_requests_as_we_think():
    header = Session().msg("execute_request")["header"]
    assert FROM_A_PROGRAM.fullmatch(header["msg_id"])


def test_the_same_explorer_is_stored_as_the_same_bytes():
    """In another process too: ids depend on what is shown alone."""
    program = (
        "from micrograd_lesson.explorers import SlopeExplorer\n"
        "for f in (lambda x: x), (lambda x: x * x), (lambda x: x * x):\n"
        "    print(SlopeExplorer(f)._repr_mimebundle_())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    ids = re.findall("'model_id': '(\\w+)'", runs[0].stdout)
    assert len(set(ids)) == 3


@pytest.mark.parametrize("make", [lambda: SlopeExplorer(f), lambda: BackwardStepper(twice_used())])
def test_where_no_script_runs_a_picture_with_its_words_stands(make, program):
    data, _ = make()._repr_mimebundle_()
    image = re.match(
        r'<div [^>]*><img src="data:(image/[\w+]+);base64,([^"]+)" alt="([^"]{20,})"',
        data["text/html"],
    )
    stored = data[image[1]]
    assert image[2] == stored or base64.b64decode(image[2]).decode() == stored
