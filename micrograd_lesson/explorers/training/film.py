"""A training drawn ahead: what a page without Python plays, until all is learned.

It begins with step 0; where its settings were changed on the way, with the present step.
"""

import copy
import re

import numpy as np

from ..page import Film
from .picture import FilmPicture, Scene

FRAMES = 32
MOST_STEPS = 600  # by then a loss that has not come to 0 is shown as it is
NOTE = (
    "Without a kernel this training is played as it was drawn ahead; in JupyterLab you can change "
    "the network, the learning rate and the points while it learns."
)
NOTE_FROM_HERE = (
    "Without a kernel this training is played as it was drawn ahead. Its settings were changed on "
    "the way to this step, so it goes on from here; in JupyterLab you can change them again."
)
DRAWN = re.compile(r' d="[^"]*"')  # of a path: where it goes
PLACE = re.compile(r"-?\d+\.\d+")


def film_of(trainer, room, say):
    """The Film of a Trainer; itself it takes no step.

    It begins with the first weights where they lead to the present state, else with that state.
    The frame that is shown first is the present state.

    Args:
        trainer: a Trainer.
        room: array of shape (n, 2), points that the plane must have room for.
        say: function from a Trainer and what it has Learned to a readout.
    """
    runner = _from_the_start(trainer)
    note = NOTE
    if not _leads_to(runner, trainer):
        runner = copy.deepcopy(trainer)
        note = NOTE_FROM_HERE
    present = trainer.steps
    last = _end_of(runner, present)
    stops = stops_between(runner.steps, last, present)
    held_out = trainer.held_out
    picture = FilmPicture(room, None if held_out is None else held_out.X, max(last, 1))
    frames = []
    for step in stops:
        if step > runner.steps:
            runner.step(step - runner.steps)
        learned = runner.learned(picture.plane.grid)
        picture.update(Scene(learned, runner.rate, 0.0, 0.0, 1))
        middle = compact(picture.svg("middle"))
        frames.append({"middle": middle, "alt": picture.alt, "text": say(runner, learned)})
    return Film(
        name="step",
        stops=stops,
        start=stops.index(present),
        frames=frames,
        still=picture.svg("still"),
        moving=picture.svg("moving"),
        least=picture.least,
        note=note,
    )


def _from_the_start(trainer):
    """A copy of a Trainer, at its first weights."""
    runner = copy.deepcopy(trainer)
    runner.reset()
    return runner


def _leads_to(start, trainer):
    """Whether a Trainer's steps from this start, with the present settings, lead to where it is."""
    runner = copy.deepcopy(start)
    if trainer.steps:
        runner.step(trainer.steps)
    weights = zip(runner.model.parameters(), trainer.model.parameters())
    return (
        runner.since == trainer.since
        and np.array_equal(runner.losses, trainer.losses, equal_nan=True)
        and all(np.array_equal(here.data, there.data) for here, there in weights)
    )


def _end_of(start, present):
    """The step at which nothing more changes, as the loss is 0 or none; at most some hundreds on.

    It is never before the present step.
    """
    runner = copy.deepcopy(start)
    most = max(runner.steps + MOST_STEPS, present)
    while runner.steps < most:
        is_learned = runner.losses[-1] == 0 and runner.steps >= present
        if is_learned or not runner.step():
            break
    return runner.steps


def stops_between(first, last, present):
    """Steps from first to last, at most FRAMES of them and `present`: close together at first."""
    shares = [(k / (FRAMES - 1)) ** 2 for k in range(FRAMES)]
    return sorted({first + round(share * (last - first)) for share in shares} | {present})


def compact(svg):
    """svg with the places of its paths to a tenth of a pixel: a third as long."""
    return DRAWN.sub(lambda path: PLACE.sub(_tenths, path[0]).replace(" \n", " "), svg)


def _tenths(place):
    return f"{float(place[0]):.1f}".removesuffix(".0")
