"""An explorer on a page without a kernel: the states that it carries are those that the live one shows."""

import base64
import gzip
import json
import re
from itertools import product

import pytest

from micrograd_lesson.explorers import BackwardStepper, NudgeExplorer, SlopeExplorer
from tests.explorers.made import MAKE, f, shown, twice_used, without_ids

pytestmark = pytest.mark.slow

MOVABLE = [name for name, make in MAKE.items() if make().on_page]


def content(explorer):
    """The script's data, unpacked."""
    html = explorer._repr_mimebundle_()[0]["text/html"]
    packed = re.search(r'<script type="application/gzip">([^<]*)</script>', html)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_at_least_the_scalar_explorers_move():
    assert {
        "SlopeExplorer",
        "NudgeExplorer",
        "BackwardStepper",
        "NeuronExplorer",
        "DescentExplorer",
        "ForwardExplorer",
    } <= set(MOVABLE)


@pytest.mark.parametrize("name", MOVABLE)
def test_it_starts_where_the_live_one_stands_and_leaves_it_there(name):
    explorer = MAKE[name]()
    before = shown(explorer), {name: getattr(explorer, name) for name in explorer.controls}
    page = content(explorer)
    assert (
        shown(explorer),
        {name: getattr(explorer, name) for name in explorer.controls},
    ) == before
    at = 0
    for place, control in zip(page["start"], page["controls"]):
        at = at * len(control["stops"]) + place
    picture, text = page["frames"][at]
    assert (without_ids(picture), text) == before[0]
    assert without_ids(page["still"]) in without_ids(explorer._still.value)


@pytest.mark.parametrize("name", MOVABLE)
def test_every_frame_is_what_the_live_one_shows(name):
    explorer = MAKE[name]()
    page = content(explorer)
    names = list(explorer.on_page)
    stops = [control["stops"] for control in page["controls"]]
    assert [control["name"] for control in page["controls"]] == [
        explorer.controls[n].description for n in names
    ]
    assert min(map(len, stops)) > 1
    states = list(product(*stops))
    assert len(states) == len(page["frames"]) and len(
        {tuple(frame) for frame in page["frames"]}
    ) > 0.7 * len(states)
    for k in range(0, len(states), max(1, len(states) // 20)):
        for n, stop in zip(names, states[k]):
            setattr(explorer, n, type(getattr(explorer, n))(stop))
        assert without_ids(page["frames"][k][0]) == shown(explorer)[0]
        assert page["frames"][k][1] == shown(explorer)[1]


def test_slope_offers_a_plane_of_states_with_the_present_one_among_them():
    page = content(SlopeExplorer(f, x=1.234, h=0.0456))
    x, h = (control["stops"] for control in page["controls"])
    assert (
        "1.234" in x
        and "0.0456" in h
        and {"-5", "0", "5"} <= set(x)
        and {"1e-16", "1e-05", "1"} <= set(h)
    )


def test_all_steps_of_all_orders_are_there():
    page = content(BackwardStepper(twice_used()))
    assert [len(control["stops"]) for control in page["controls"]] == [3, 4] and len(
        page["frames"]
    ) == 12


def test_a_state_that_raises_shows_its_sentence_over_the_picture_before():
    page = content(NudgeExplorer("log(a)", a=0.5))
    broken = [k for k, (picture, text) in enumerate(page["frames"]) if picture is None]
    assert 0 in broken and len(broken) < len(page["frames"])  # a = 0.5 - 1 and its neighbours
    assert all(
        ("That did not work" in text) == (k in broken) for k, (_, text) in enumerate(page["frames"])
    )


@pytest.mark.parametrize("name", MOVABLE)
def test_where_no_script_runs_a_picture_with_its_words_stands(name):
    explorer = MAKE[name]()
    data, _ = explorer._repr_mimebundle_()
    image = re.match(
        r'<div [^>]*><img src="data:(image/[\w+]+);base64,([^"]+)" alt="([^"]{20,})"',
        data["text/html"],
    )
    stored = data[image[1]]
    assert image[2] == stored or base64.b64decode(image[2]).decode() == stored
