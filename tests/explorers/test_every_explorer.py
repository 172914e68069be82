"""What holds for all explorers, without a browser: state, controls, picture, readout, errors, stills."""

import gc
import math
import re
import weakref

import comm
import ipywidgets as widgets
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from traitlets import TraitError

from micrograd_lesson import explorers
from micrograd_lesson.explorers import (
    BackwardStepper,
    ClearingExplorer,
    DescentExplorer,
    FactorsExplorer,
    RelusExplorer,
    SlopeExplorer,
)
from micrograd_lesson.explorers.picture import MovingFigure
from micrograd_lesson.explorers.texts import Texts
from tests.explorers.made import MAKE, f, fixed_colours, reused, shown, text, twice_used, valley


def test_every_explorer_is_tested():
    assert {name.split(",")[0] for name in MAKE} == set(explorers.__all__) - {
        "Explorer",
        "progress",
    }


@pytest.mark.parametrize("name", MAKE)
def test_help_names_every_control_and_a_page_offers_only_controls(name):
    explorer = reused(MAKE[name])
    said = type(explorer).__doc__
    if "w00 to w22" in said:
        said += " ".join(f"w{i}{j}" for i in range(3) for j in range(3))
    assert [name for name in explorer.controls if not re.search(rf"\b{name}\b", said)] == []
    assert set(explorer.on_page) <= set(explorer.controls)


@pytest.fixture(scope="module", params=MAKE)
def explorer(request):
    """One for all tests that only look at it: each leaves it where it was."""
    return reused(MAKE[request.param])


def other_values(explorer, name):
    """Both ends of a slider; of a choice, each option that is not chosen."""
    control = explorer.controls[name]
    if hasattr(control, "options"):
        return [option for option in control.options if option != getattr(explorer, name)]
    if hasattr(control, "base"):
        return [control.base**control.min, control.base**control.max]
    return [control.min, control.max]


@pytest.mark.slow
def test_every_control_moves_the_picture_and_back(explorer):
    picture, readout = shown(explorer)
    assert explorer.error == ""
    for name, control in explorer.controls.items():
        kept = getattr(explorer, name)
        for value in other_values(explorer, name):
            control.value = value  # as the page does
            assert getattr(explorer, name) == value and explorer.error == ""
            assert value == kept or shown(explorer)[0] != picture
        setattr(explorer, name, kept)  # as Python does
        assert control.value == kept
        assert shown(explorer) == (picture, readout)


@pytest.mark.slow
def test_a_still_picture_and_words_stand_where_no_kernel_runs(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert {"image/png", "image/svg+xml"} & set(data)
    assert explorer.picture.alt in data["text/plain"] and "0x" not in data["text/plain"]


def test_the_picture_has_its_words(explorer):
    assert explorer.view.alt == explorer.picture.alt and len(explorer.picture.alt) >= 20


@pytest.mark.slow
def test_its_texts_can_be_read_where_it_is_narrowest_and_no_curve_crosses_a_legend(explorer):
    picture = explorer.picture
    if not isinstance(picture, MovingFigure):  # graphs: test_graph_picture.py
        return
    picture.draw(FigureCanvasAgg(picture).get_renderer())
    sizes = [words.get_fontsize() for words in picture.findobj(Text) if words.get_text()]
    sizes += [texts.size for texts in picture.findobj(Texts)]
    assert min(sizes) * picture.least / picture.width >= 9  # pixels on the screen
    for ax in picture.axes:
        if ax.get_legend():
            assert ax.get_legend().get_window_extent().y0 >= ax.bbox.y1 - 1


@pytest.mark.slow
def test_its_colours_follow_the_page(explorer):
    if not isinstance(explorer.picture, MovingFigure):  # graphs: test_graph_picture.py
        return
    assert fixed_colours(explorer) == []
    for name in explorer.controls:
        kept = getattr(explorer, name)
        for value in other_values(explorer, name):
            setattr(explorer, name, value)
            assert fixed_colours(explorer) == []
        setattr(explorer, name, kept)


def within(widget):
    for child in getattr(widget, "children", ()):
        yield child
        yield from within(child)


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKE)
def test_every_slider_has_a_number_box_that_follows_and_leads(name):
    explorer = MAKE[name]()
    rows = [
        row.children
        for row in within(explorer)
        if len(getattr(row, "children", ())) == 2 and hasattr(row.children[0], "readout")
    ]
    assert rows
    for slider, box in rows:
        low, high = (
            (slider.base**slider.min, slider.base**slider.max)
            if hasattr(slider, "base")
            else (slider.min, slider.max)
        )
        slider.value = high
        assert box.value == pytest.approx(high)
        box.value = low
        assert slider.value == pytest.approx(low)
        box.value = low - 1e6
        assert slider.value == pytest.approx(low) and explorer.error == ""


def test_a_slider_at_0_leaves_no_noise_there():
    """From −4 by steps of 0.1 a page comes to −4.44e-16."""
    explorer = reused(MAKE["DescentExplorer"])
    explorer.controls["start"].value = -4.440892098500626e-16
    assert explorer.start == 0.0 and explorer.controls["start"].value == 0.0
    assert explorer._number_rows["start"].box.value == 0.0


@pytest.mark.slow
@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1e9, -1e9])
def test_a_number_out_of_range_is_refused_with_a_sentence_and_changes_nothing(explorer, bad):
    before = shown(explorer)
    for name in explorer.controls:
        kept = getattr(explorer, name)
        if isinstance(kept, str):
            continue
        if isinstance(kept, int):
            if not math.isfinite(bad):
                continue
            bad = int(bad)
        with pytest.raises(TraitError, match=rf"^{name} goes from .* lies outside\.$"):
            setattr(explorer, name, bad)
        assert getattr(explorer, name) == kept and shown(explorer) == before


@pytest.mark.parametrize(
    "make, sentence",
    [
        (lambda: SlopeExplorer(f, x=10), "x goes from −5 to 5; 10 lies outside"),
        (lambda: SlopeExplorer(f, h=0), "h goes from 1e−16 to 3.162; 0 lies outside"),
        (lambda: DescentExplorer(rate=-0.1), "rate goes from 0 to 1.2; −0.1 lies outside"),
        (lambda: DescentExplorer(momentum=1.0), "momentum goes from 0 to 0.99; 1 lies outside"),
        (lambda: DescentExplorer(valley, start=(0, 4)), "start2 goes from −3 to 3; 4 lies outside"),
        (lambda: BackwardStepper(twice_used(), step=99), "step goes from 0 to 3; 99 lies outside"),
        (lambda: ClearingExplorer(step=31), "step goes from 0 to 30; 31 lies outside"),
        (lambda: FactorsExplorer(step=4), "step goes from 0 to 3; 4 lies outside"),
        (lambda: RelusExplorer(relus=9), "relus goes from 1 to 8; 9 lies outside"),
        (lambda: RelusExplorer(shift=4.0), "shift goes from −3 to 3; 4 lies outside"),
    ],
)
def test_so_is_one_given_at_the_start(make, sentence):
    with pytest.raises((TraitError, ValueError), match=sentence):
        make()


def read(explorer):
    """Every text beside its picture that a learner reads, and the picture's own words."""
    yield from (text(explorer), explorer.error, explorer.view.alt)
    for widget in within(explorer):
        yield getattr(widget, "description", "")
        yield getattr(widget, "tooltip", None) or ""


def refusal(explorer, name, value):
    with pytest.raises(TraitError) as refused:
        setattr(explorer, name, value)
    return str(refused.value)


HYPHEN_FOR_A_MINUS = re.compile(r"(?<!\w)-\.?\d|\de-\d|(?<!\w)-inf")


@pytest.mark.slow
def test_no_hyphen_stands_for_a_minus(explorer):
    said = list(read(explorer))
    for name, control in explorer.controls.items():
        kept = getattr(explorer, name)
        if hasattr(control, "options"):
            values = [option for option in control.options if option != kept]
        else:
            values = [other_values(explorer, name)[0]]
        for value in values:
            control.value = value
            said += read(explorer)
        setattr(explorer, name, kept)
        if isinstance(kept, int):
            said += [refusal(explorer, name, -10000000), refusal(explorer, name, 10**9)]
        elif isinstance(kept, float):
            said += [refusal(explorer, name, -1234.5), refusal(explorer, name, -math.inf)]
    assert len(said) > 10
    assert [words for words in said if HYPHEN_FOR_A_MINUS.search(words)] == []


def test_a_hyphen_for_a_minus_would_be_found():
    for words in ("from -5 to 5", "(-0.5)", "h is 1e-16", "x = -.5", "·-3", "-inf"):
        assert HYPHEN_FOR_A_MINUS.search(words), words
    for words in ("from −5 to 5", "a 2-8-1 network", "h is 1e−16", "a - 3", "-a", "one-half"):
        assert not HYPHEN_FOR_A_MINUS.search(words), words


def test_a_number_just_outside_is_told_from_the_end():
    sentence = refusal(reused(MAKE["DescentExplorer"]), "rate", 1.2000000001)
    assert sentence == "rate goes from 0 to 1.2; 1.2000000001 lies outside."


def test_a_word_where_a_number_belongs_is_refused(explorer):
    for name in explorer.controls:
        if not isinstance(getattr(explorer, name), str):
            with pytest.raises(TraitError):
                setattr(explorer, name, "much")


@pytest.mark.slow
def test_two_on_one_page_are_independent():
    for make in MAKE.values():
        one, other = make(), make()
        before = other.view.moving, other.view.readout
        for control in one.controls.values():
            control.value = control.options[-1] if hasattr(control, "options") else control.max
        assert (other.view.moving, other.view.readout) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKE)
def test_closed_it_leaves_no_widget_behind(name):
    before = set(widgets.widget._instances)
    explorer = MAKE[name]()
    assert len(set(widgets.widget._instances) - before) > 10
    explorer.close()
    assert set(widgets.widget._instances) == before


@pytest.mark.slow
def test_what_nobody_holds_any_more_is_freed(monkeypatch):
    """Where ipywidgets does not remember it, nothing else does."""

    class Forgetful(dict):
        def __setitem__(self, *_):
            pass

    monkeypatch.setattr(widgets.widget, "_instances", Forgetful())
    for name in ("register_comm", "unregister_comm"):
        monkeypatch.setattr(comm.get_comm_manager(), name, lambda _: None)
    alive = weakref.ref(SlopeExplorer(f).view)
    gc.collect()
    assert alive() is None


@pytest.mark.slow
def test_a_picture_that_does_not_show_the_state_is_greyed_and_the_readout_says_so():
    def up_to_4(x):
        if x > 4:
            raise ValueError("too far")
        return x

    slope = SlopeExplorer(up_to_4, x=1.0, h=0.1)
    assert not slope.view.outdated
    slope.x = 4.5
    assert slope.view.outdated
    assert text(slope).endswith(
        "f(4.5) stopped with ValueError: too far.\nThe picture does not show this state."
    )
    slope.x = 1.0
    assert not slope.view.outdated
    assert SlopeExplorer(up_to_4, x=4.5, h=0.1).view.outdated
