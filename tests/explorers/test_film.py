"""The training that a page without Python plays: its states are those of the training itself."""

import re
import subprocess
import sys

import numpy as np
import pytest

from micrograd_lesson.data import two_moons
from micrograd_lesson.explorers import SlopeExplorer, TrainingExplorer
from micrograd_lesson.explorers.page import page
from micrograd_lesson.explorers.training import Trainer, film_of, stops_between
from micrograd_lesson.explorers.training.film import FRAMES, NOTE, NOTE_FROM_HERE, compact
from tests.explorers.made import f
from tests.explorers.test_page import unpacked

pytestmark = pytest.mark.slow
IMAGE = "data:image/png;base64,"


def losses_of(film):
    return [
        float(re.search(r'loss <b class="ml-data">([\d.]+)<', frame["text"])[1])
        for frame in film.frames
    ]


@pytest.fixture(scope="module")
def explorer():
    return TrainingExplorer(*two_moons(40))


@pytest.fixture(scope="module")
def film(explorer):
    return explorer.film()


def test_each_frame_is_the_training_after_so_many_steps(film):
    other = TrainingExplorer(*two_moons(40))
    for step, frame, loss in zip(film.stops, film.frames, losses_of(film)):
        if step > other.steps:
            other.step(step - other.steps)
        assert frame["alt"] == other.view.alt
        assert frame["text"].startswith(f"step {step}: loss")
        assert loss == pytest.approx(other.losses[-1], abs=6e-5)
    assert other.losses[-1] == 0  # it is played to its end
    assert film.stops[0] == film.start == 0 and 20 <= len(film.stops) <= FRAMES


def test_every_frame_is_another_picture(film):
    assert len({frame["middle"] for frame in film.frames}) == len(film.frames)


def test_the_points_are_drawn_once_and_above(film, explorer):
    assert film.moving.count("<use") == len(explorer.X)
    for frame in film.frames:
        assert frame["middle"].count("<use") == 1  # the end of the curve
    assert "your point" not in film.still


def test_drawing_it_moves_nothing(explorer):
    before = explorer.steps, explorer.losses, explorer.view.middle, explorer.view.readout
    weights = [p.data.copy() for p in explorer.model.parameters()]
    explorer.film()
    assert before == (explorer.steps, explorer.losses, explorer.view.middle, explorer.view.readout)
    assert all(
        np.array_equal(p.data, kept) for p, kept in zip(explorer.model.parameters(), weights)
    )


def test_one_that_has_learned_is_played_from_its_first_weights():
    explorer = TrainingExplorer(*two_moons(40))
    explorer.step(50)
    film = explorer.film()
    assert film.stops[0] == 0 and film.stops[film.start] == 50
    assert losses_of(film)[film.start] == pytest.approx(explorer.losses[-1], abs=6e-5)
    assert explorer.steps == 50


def test_one_without_points_has_one_frame():
    trainer = Trainer(np.empty((0, 2)), np.empty(0))
    film = film_of(trainer, np.empty((0, 2)), lambda *_: "")
    assert film.stops == [0]


def test_one_that_never_learns_ends():
    X, y = two_moons(20)
    film = film_of(Trainer(X, y, rate=0.001), X, lambda *_: "")
    assert film.stops[-1] == 600 and len(film.stops) <= FRAMES


@pytest.mark.parametrize(
    "first, last, present",
    [(0, 0, 0), (0, 1, 0), (0, 7, 3), (0, 339, 0), (0, 5000, 4321), (50, 50, 50), (50, 339, 50)],
)
def test_stops_go_from_the_first_to_the_last_and_hold_the_present(first, last, present):
    stops = stops_between(first, last, present)
    assert stops == sorted(set(stops)) and len(stops) <= FRAMES + 1
    assert (stops[0], stops[-1]) == (first, last) and present in stops


# It begins as the live explorer stands.


def steps_then(explorer, **settings):
    explorer.step(20)
    for name, value in settings.items():
        setattr(explorer, name, value)


def steps_then_rate(explorer):
    steps_then(explorer, rate=3.0)
    explorer.step(5)


def steps_then_another_rate_and_back(explorer):
    steps_then(explorer, rate=3.0)
    explorer.rate = 0.3


def steps_then_width_and_steps(explorer):
    steps_then(explorer, width=5)
    explorer.step(25)


def steps_then_other_points(explorer):
    steps_then(explorer, points=two_moons(30, seed=1))


def steps_then_one_more_point(explorer):
    steps_then(explorer)
    explorer.add_point(0.5, 0.25, 1)
    explorer.step(3)


def steps_then_no_points(explorer):
    steps_then(explorer, points=([], []))


def steps_then_weights_by_hand(explorer):
    steps_then(explorer)
    parameter = explorer.model.parameters()[-1]
    parameter.data = parameter.data + 0.5


CHANGED_ON_THE_WAY = [
    lambda explorer: steps_then(explorer, width=4),
    lambda explorer: steps_then(explorer, activation="tanh"),
    steps_then_rate,
    steps_then_another_rate_and_back,
    steps_then_width_and_steps,
    steps_then_other_points,
    steps_then_one_more_point,
    steps_then_no_points,
    steps_then_weights_by_hand,
]


def settings_then_steps(explorer):
    explorer.rate = 0.5
    explorer.width = 5
    explorer.activation = "tanh"
    explorer.step(20)


def steps_then_reset_and_steps(explorer):
    steps_then_rate(explorer)
    explorer.reset()
    explorer.step(7)


def steps_after_all_is_learned(explorer):
    explorer.rate = 0.05
    explorer.points = [[0, 0], [1, 1]], [1, -1]
    explorer.step(700)
    assert explorer.losses[-30] == 0


NOT_CHANGED_ON_THE_WAY = [
    lambda explorer: None,
    steps_then,
    settings_then_steps,
    steps_then_reset_and_steps,
    steps_after_all_is_learned,
]


def shape_of_the_plane(svg):
    """Where the sides and the line between them go; marks begin near 0, the curve further right."""
    paths = re.findall(r' d="M (\S+) ([^"]*)"', compact(svg))
    plane = [path for path in paths if 80 < float(path[0]) < 600]
    assert len(plane) >= 1
    return plane


@pytest.mark.parametrize(
    "history, is_changed",
    [(history, True) for history in CHANGED_ON_THE_WAY]
    + [(history, False) for history in NOT_CHANGED_ON_THE_WAY],
)
def test_a_page_starts_as_the_live_explorer_stands(history, is_changed):
    explorer = TrainingExplorer(*two_moons(40))
    history(explorer)
    film = explorer.film()
    explorer.trainer._learned = None  # weights set by hand are no change that it hears of
    explorer.redraw()
    frame = film.frames[film.start]
    assert film.stops[film.start] == explorer.steps
    assert frame["alt"] == explorer.view.alt
    assert explorer.view.readout.startswith(f"{frame['text']}<br>")
    assert shape_of_the_plane(frame["middle"]) == shape_of_the_plane(explorer.view.middle)
    assert film.moving.count("<use") == len(explorer.X)
    assert film.stops[0] == (explorer.steps if is_changed else 0)
    assert film.note == (NOTE_FROM_HERE if is_changed else NOTE)


def test_one_that_was_changed_goes_on_as_the_live_explorer_does():
    explorer = TrainingExplorer(*two_moons(40))
    steps_then(explorer, width=5)
    film = explorer.film()
    assert len(film.stops) > 20
    for step, frame in zip(film.stops, film.frames):
        if step > explorer.steps:
            explorer.step(step - explorer.steps)
        assert frame["alt"] == explorer.view.alt
        assert explorer.view.readout.startswith(f"{frame['text']}<br>")
    assert explorer.losses[-1] == 0


def test_paths_are_shortened_and_nothing_else():
    svg = '<path d="M 1.26 -2.04 \nL 3.000001 4 \nz\n" style="stroke-width: 2.5555"/>'
    assert compact(svg) == '<path d="M 1.3 -2 L 3 4 z\n" style="stroke-width: 2.5555"/>'


def test_the_page_holds_it_and_is_small():
    explorer = TrainingExplorer()
    shown = explorer.picture._repr_mimebundle_()[0]["image/png"]
    html = page(explorer, IMAGE + shown)
    content = unpacked(html)
    (control,) = content["controls"]
    assert (control["name"], control["kind"]) == ("step", "film")
    assert len(control["stops"]) == len(content["frames"]) and content["start"] == [0]
    assert 'class="ml-explorer ml-page TrainingExplorer"' in html
    assert "In JupyterLab" in content["note"] or "in JupyterLab" in content["note"]
    assert len(html) + len(shown) < 400_000


def test_other_explorers_have_none():
    assert SlopeExplorer(f).film() is None


def test_in_another_process_the_same_bytes():
    program = (
        "from micrograd_lesson.explorers import TrainingExplorer\n"
        "from micrograd_lesson.explorers.page import page\n"
        "print(page(TrainingExplorer(), ''))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
