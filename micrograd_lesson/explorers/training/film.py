"""A training drawn ahead: what a page without Python plays, from step 0 until all is learned."""

import copy
import re

from ..page import Film
from .picture import FilmPicture, Scene

FRAMES = 32
MOST_STEPS = 600  # by then a loss that has not come to 0 is shown as it is
NOTE = (
    "Without a kernel this training is played as it was drawn ahead; in JupyterLab you can change "
    "the network, the learning rate and the points while it learns."
)
DRAWN = re.compile(r' d="[^"]*"')  # of a path: where it goes
PLACE = re.compile(r"-?\d+\.\d+")


def film_of(trainer, room, say):
    """The Film of a Trainer, from its first weights on; itself it takes no step.

    Args:
        trainer: a Trainer.
        room: array of shape (n, 2), points that the plane must have room for.
        say: function from a Trainer and what it has Learned to a readout.
    """
    last = _end_of(trainer)
    present = min(trainer.steps, last)
    stops = stops_up_to(last, present)
    held_out = trainer.held_out
    picture = FilmPicture(room, None if held_out is None else held_out.X, max(last, 1))
    runner = _from_the_start(trainer)
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
        note=NOTE,
    )


def _from_the_start(trainer):
    """A copy of a Trainer, at its first weights."""
    runner = copy.deepcopy(trainer)
    runner.reset()
    return runner


def _end_of(trainer):
    """The step at which nothing more changes, as the loss is 0 or none; at most some hundreds."""
    runner = _from_the_start(trainer)
    for _ in range(max(MOST_STEPS, trainer.steps)):
        if runner.losses[-1] == 0 or not runner.step():
            break
    return runner.steps


def stops_up_to(last, present=0):
    """Steps from 0 to last, at most FRAMES of them and `present`: close together at first."""
    shares = [(k / (FRAMES - 1)) ** 2 for k in range(FRAMES)]
    return sorted({round(share * last) for share in shares} | {present})


def compact(svg):
    """svg with the places of its paths to a tenth of a pixel: a third as long."""
    return DRAWN.sub(lambda path: PLACE.sub(_tenths, path[0]).replace(" \n", " "), svg)


def _tenths(place):
    return f"{float(place[0]):.1f}".removesuffix(".0")
