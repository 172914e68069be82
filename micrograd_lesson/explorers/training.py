"""A network learning: the boundary as it forms, the loss as it falls, and points of your own."""

import asyncio
import math
import os
import random
import threading
import time
import weakref
from html import escape
from pathlib import Path

import ipywidgets as widgets
import numpy as np
from traitlets import Bool, Enum, Float, Int

from .. import plots
from ..data import FARTHEST, MOST_POINTS, read_points, two_moons
from ..losses import hinge
from ..optim import SGD
from ..plots.boundary import checked_points
from ..tensor_nn import ACTIVATIONS, MLP, Linear
from .base import Explorer

STEPS, FRAME, BUDGET = (
    5,
    0.08,
    0.04,
)  # steps in a frame; seconds from frame to frame; seconds that its steps may take
PATIENCE, UNSEEN = (
    0.5,
    6,
)  # seconds that a frame waits for the page; frames without an answer, then it pauses
MOST_STEPS = 5000  # after so many it pauses by itself
SPAN = 200  # steps that the curve of losses has room for at first
CLICK = 9  # pixels from a point at which a click means that point
LABELS = {"1": 1, "-1": -1}


class TrainingExplorer(Explorer):
    """A network learns to tell two classes of points in the plane apart, while you watch and take part.

    `TrainingExplorer()`, `TrainingExplorer(X, y)` or `TrainingExplorer(model, X, y)`.

    Each step is gradient descent on all points at once, weight ← weight − rate · gradient, and
    the loss is the hinge loss, so a point no longer pulls once it lies beyond the margin, in the
    darker shade of its own side.

    While it plays you can change everything: the rate counts from the next step on; a new
    activation (of the hidden layers) keeps all weights; a smaller width drops the last neurons
    of each hidden layer, and a larger one adds neurons whose outgoing weights to those that were
    there are 0, so that at first the boundary stays where it is.

    It plays by turns on the kernel's event loop, so that sliders are heard in between, and goes
    no faster than the page can show. It pauses by itself after 5,000 steps, when the loss is no
    number any more, and when no page shows it any more.

    Args:
        model: a `tensor_nn.MLP` of 2 inputs, one hidden layer or more, and 1 output; it is trained in place.
            Where None, a new one with two hidden layers and smaller first weights.
        X, y: points, of shape (n, 2), and their classes, each 1 or −1; two moons where None.
        rate: the learning rate, from 0.001 to 10.
        width: neurons in each hidden layer; 16 where None, or the model's own.
        activation: of the hidden layers; "relu" where None, or the model's own.
        seed: of the weights that are drawn.
        Xtest, ytest: points to measure by that are not learned from.

    Attributes, besides rate, width and activation, which can be set at any time:
        playing: whether it plays; set it, or call `play()` and `pause()`.
        x1, x2, label: the point that you move, and its class, "1" or "-1".
        X, y, points: the points, their classes, and both as a pair; settable, `points` where the number changes.
        steps: how many have been taken. losses: the loss before the first, and after each.
        model: the network.

    Raises:
        TypeError, ValueError: a model or points of another kind.
    """

    rate, width = Float(0.3), Int(16)
    activation = Enum(list(ACTIVATIONS), "relu")
    playing = Bool(False)
    x1, x2, label = Float(), Float(), Enum(list(LABELS), "1")

    def __init__(
        self,
        model=None,
        X=None,
        y=None,
        *,
        rate=0.3,
        width=None,
        activation=None,
        seed=0,
        Xtest=None,
        ytest=None,
    ):
        if y is None and X is not None:
            model, X, y = None, model, X
        if X is None and y is None:
            X, y = two_moons()
        if X is None or (Xtest is None) != (ytest is None):
            raise ValueError(
                "points and their classes go together: give both X and y, and both Xtest and ytest."
            )
        self._X, self._y = _checked_data(X, y)
        self._tests = (None, None) if Xtest is None else checked_points(Xtest, ytest)
        self._seed, self._lock, self._run = seed, threading.RLock(), None
        self.model = _checked_model(model) or MLP(
            2, [16, 16, 1], "relu", "linear", random.Random(seed), scaled=True
        )
        self._start = [p.data for p in self.model.parameters()]
        self._clicks_done, self._seen, self._unseen, self._note, self._losses = (
            0,
            True,
            0,
            "",
            [math.nan],
        )
        self.rate, most = rate, self.model.layers[0].w.shape[1]
        self.width, self.activation = (
            most if width is None else width,
            activation or self.model.activations[0],
        )
        self._room, self._span = self._X, SPAN
        self._new_picture()
        for name, span in self._spans().items():
            setattr(self, name, _middle(*span))
        rows = (self._controls(max(32, most)),)
        self._resize()
        self._activate()
        # After the controls, which refuse what is out of range; before the picture, which shows what has changed.
        self.observe(self._resize, "width")
        self.observe(self._activate, "activation")
        self.observe(self._start_count, "rate")
        super().__init__(self.picture, *rows)
        self.view.middle = self.picture.svg("middle")
        self.view.on_click(self._clicked)
        self.view.on_shown(self._shown)
        self.observe(self._switch, "playing")

    # The controls, and what the page tells.

    def _controls(self, most):
        """Two columns, one beside the other where there is room: the training, and the points."""
        self._play_button, step, reset = _buttons(
            "7em",
            ("▶ Play", "train until you pause"),
            ("Step", "one step of training"),
            ("Reset", "back to step 0 and the first weights"),
        )
        self._play_button.on_click(lambda _: self.set_trait("playing", not self.playing))
        step.on_click(lambda _: self.step())
        reset.on_click(lambda _: self.reset())
        add, remove = _buttons(
            "10em",
            ("Add point", "add your point to those that are learned from"),
            ("Remove nearest", "remove the point nearest to yours"),
        )
        add.on_click(lambda _: self._try(self.add_point, self.x1, self.x2, self.label))
        remove.on_click(lambda _: self._try(self.remove_point, self.x1, self.x2))
        upload = widgets.FileUpload(
            accept=".csv,.txt",
            description="Load CSV",
            layout=widgets.Layout(width="10em"),
            tooltip="points from a file with the columns x1, x2, class",
        )
        upload.observe(self._uploaded, "value")
        self._ranges = {
            name: self.slider(name, *span, f"point {name}") for name, span in self._spans().items()
        }
        columns = (
            [
                self.slider("rate", -3, 1, 0.05, "learning rate", kind=widgets.FloatLogSlider),
                self.slider("width", 1, most, 1, "width", kind=widgets.IntSlider),
                self.choice("activation", list(ACTIVATIONS), "activation"),
                widgets.Box([self._play_button, step, reset]),
            ],
            [
                *self._ranges.values(),
                self.choice("label", list(LABELS), "its class"),
                widgets.Box([add, remove, upload]),
            ],
        )
        return widgets.Box(
            [widgets.VBox(column, layout=widgets.Layout(flex="1 1 400px")) for column in columns],
            layout=widgets.Layout(flex_flow="row wrap"),
        )

    def _clicked(self, across, down):
        point = self.picture.locate(across, down)
        if point is not None:
            self._try(self._hit, *point)

    def _shown(self, frame):
        self._seen = True

    def _hit(self, x1, x2):
        """A click removes the point that it meets; where there is none, it adds one."""
        if len(self._X) and self.picture.distances((x1, x2), self._X).min() <= CLICK:
            self.remove_point(x1, x2)
        else:
            self.add_point(x1, x2, self.label)

    def _uploaded(self, change):
        if change.new:
            file, change.owner.value = change.new[0], ()
            self._try(self.load, file["content"])

    def _try(self, act, *arguments):
        """Act; where that is refused, the learner reads why."""
        try:
            act(*arguments)
        except (ValueError, TypeError) as problem:
            self._say(str(problem), problem=True)

    def _say(self, text, problem=False):
        """A line for the readout: what has been done, or what has not and why."""
        text = escape(text[:1].upper() + text[1:])
        self._note = f'<div class="ml-problem" role="alert">{text}</div>' if problem else text
        self.redraw()

    # The points.

    @property
    def X(self):
        return self._X.copy()

    @X.setter
    def X(self, X):
        self.points = X, self._y

    @property
    def y(self):
        return self._y.copy()

    @y.setter
    def y(self, y):
        self.points = self._X, y

    @property
    def points(self):
        return self.X, self.y

    @points.setter
    def points(self, points):
        self._put(*points, "", fit=True)

    def add_point(self, x1, x2, label):
        """One more point to learn from, of class 1 or −1."""
        X, y = _checked_data([[x1, x2]], [LABELS.get(label, label)])
        self._put([*self._X, *X], [*self._y, *y], f"Added {_named(x1, x2, y[0])}.")

    def remove_point(self, x1, x2):
        """One point fewer: the one nearest to (x1, x2), as the picture shows distances.

        Raises:
            ValueError: there is none.
        """
        if not len(self._X):
            raise ValueError("there is no point left to remove.")
        nearest = self.picture.distances((x1, x2), self._X).argmin()
        (x1, x2), label = self._X[nearest], self._y[nearest]
        self._put(
            np.delete(self._X, nearest, 0),
            np.delete(self._y, nearest),
            f"Removed {_named(x1, x2, label)}.",
        )

    def load(self, source):
        """Other points, from a CSV file: three columns x1, x2, class, as `data.read_points` reads them.

        Args:
            source: the path of the file, or what is in it, as bytes or as a text of several lines.

        Raises:
            OSError: there is no such file.
            ValueError: it holds no such points; the present ones stay.
        """
        if (
            isinstance(source, os.PathLike)
            or isinstance(source, str)
            and not {",", "\n"} & set(source)
        ):
            source = Path(source).read_bytes()
        X, y = read_points(source)
        far = np.abs(X).max()
        advice = (
            f" Networks learn best from numbers of about 1; here they reach {far:.4g}."
            if far > 10
            else ""
        )
        self._put(X, y, f"Loaded {len(X)} point{'s' * (len(X) > 1)}.{advice}", fit=True)

    def _put(self, X, y, note, fit=False):
        """Take these points, and show the part of the plane where they are; fit: no more than that."""
        X, y = _checked_data(X, y)
        with self._lock:
            self._X, self._y = X, y
            self._touch()
            low, high = np.transpose(
                [self.picture.axes[0].get_xlim(), self.picture.axes[0].get_ylim()]
            )
            if len(X) and (fit or (X < low).any() or (X > high).any()):
                self._room = X
                self._new_picture()
                self.show_picture(self.picture)
                self._follow_plane()
        self._say(note)

    # The training.

    def step(self, n=1):
        """Take n steps; fewer where the loss is no longer a number, none without points: the readout says so.

        Raises:
            ValueError: n is not a whole number of at least 1.
        """
        if not isinstance(n, int) or n < 1:
            raise ValueError(
                f"the number of steps must be a whole number of at least 1, not {n!r}."
            )
        with self._lock:
            self._note = ""
            for _ in range(n):
                if not self._descend():
                    break
            self.redraw()

    def play(self):
        """Train, by turns, until you pause.

        Raises:
            RuntimeError: no event loop runs here, as it does in a notebook.
        """
        self.playing = True

    def pause(self):
        self.playing = False

    def reset(self):
        """Pause, and go back to step 0 and the first weights, in the present width and activation."""
        with self._lock:
            self.playing = False
            self._losses = [math.nan]
            self._span = SPAN
            self._new_picture()
            self.show_picture(self.picture)
            self._resize()
        self._say("")

    @property
    def losses(self):
        return list(self._losses)

    @property
    def steps(self):
        return len(self._losses) - 1

    def close(self):
        self.playing = False
        super().close()

    def _descend(self):
        """One step. Returns whether it could be taken: the loss, before and after, is a number."""
        parameters = self.model.parameters()
        before = [p.data for p in parameters]
        with np.errstate(all="ignore"):
            if not math.isfinite(self._losses[-1]):
                self._say(_no_loss(len(self._X)), problem=True)
                return False
            loss = hinge(self.model(self._X), self._y)
            self.model.zero_grad()
            loss.backward()
            SGD(parameters, self.rate).step()
            loss = self._loss()
        if not math.isfinite(loss):
            for p, data in zip(parameters, before):
                p.data = data
            self._say(_no_loss(len(self._X)), problem=True)
            return False
        self._losses.append(loss)
        self._stale = True
        if self.steps > self._span:
            self._span *= 2
            self._new_picture()
            self.show_picture(self.picture)
        return True

    def _loss(self):
        with np.errstate(all="ignore"):
            return hinge(self.model(self._X), self._y).item() if len(self._X) else math.nan

    def _touch(self):
        """The points or the network are others: so is the last loss, and the picture."""
        self._losses[-1], self._stale = self._loss(), True
        self._start_count()

    def _start_count(self, _change=None):
        """From here on the training is judged, as something that matters to it is new."""
        self._since = self.steps

    def _resize(self, _change=None):
        with self._lock:
            if not self.steps:
                for p, data in zip(self.model.parameters(), self._start):
                    p.data = data
            _widen(self.model.layers, self.width, random.Random(self._seed))
            self._touch()

    def _activate(self, _change=None):
        with self._lock:
            self.model.activations[:-1] = [self.activation] * (len(self.model.layers) - 1)
            self._touch()

    # Playing, by turns on the event loop.

    def _switch(self, change):
        if change.new:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                self.playing = False
                raise RuntimeError(
                    "play() needs the event loop of a notebook; without one, step(n) takes n steps."
                ) from None
            self._run, self._seen, self._unseen, self._note = object(), True, 0, ""
            self._until = self.steps + MOST_STEPS
            self._task = loop.create_task(_take_turns(weakref.ref(self), self._run))
            self.view.playing = True
        else:
            self._run = None
            self.view.playing = False
        self._play_button.description = "❚❚ Pause" if change.new else "▶ Play"
        self.redraw()

    def _turn(self, run):
        """A few steps and one frame, or none while the page is busy. Returns the seconds to wait; None at the end."""
        start = time.perf_counter()
        with self._lock:
            if self._run is not run or self.comm is None:
                return None
            if not self._seen:
                if start < self._sent + PATIENCE:
                    return FRAME / 4
                self._unseen += 1
                if self._unseen == UNSEEN:
                    return self._stop("Paused, because no page shows it.")
            else:
                self._unseen = 0
            try:
                for _ in range(STEPS):
                    if self.steps >= self._until:
                        return self._stop(f"Paused after {MOST_STEPS} steps; Play goes on.")
                    if not self._descend():
                        return self._stop()
                    if time.perf_counter() > start + BUDGET:
                        break
                self._seen, self._sent = False, time.perf_counter()
                self.redraw()
                self.view.frame += 1
            except Exception as problem:  # of a model of the learner's own
                return self._stop(f"{type(problem).__name__}: {problem}", problem=True)
        return max(start + FRAME - time.perf_counter(), FRAME / 8)

    def _stop(self, note="", problem=False):
        self.playing = False
        if note:
            self._say(note, problem)

    # The picture.

    def _new_picture(self):
        self.picture, self._stale = plots.learning(self._room, self._tests[0], self._span), True

    def _spans(self):
        """(low, high, step) of the sliders that move the point within the plane shown."""
        plane, spans = self.picture.axes[0], {}
        for name, (low, high) in (("x1", plane.get_xlim()), ("x2", plane.get_ylim())):
            step = 10.0 ** math.floor(math.log10((high - low) / 15))
            spans[name] = (
                round(math.ceil(low / step) * step, 10),
                round(math.floor(high / step) * step, 10),
                step,
            )
        return spans

    def _follow_plane(self):
        """Give those sliders the range of another part of the plane."""
        for name, (low, high, step) in self._spans().items():
            parts = self._ranges[name].children
            for part in parts:  # room for both, while the point goes from one to the other
                part.max, part.min = max(part.max, high), min(part.min, low)
            if not low <= getattr(self, name) <= high:
                setattr(self, name, _middle(low, high, step))
            for part in parts:
                part.min, part.max, part.step = low, high, step
                part.tooltip = f"point {name}, from {low:g} to {high:g}"

    def redraw(self, _change=None):
        with self._lock:
            super().redraw()

    def draw(self):
        sizes = "-".join(str(n) for n in (2, *(layer.w.shape[1] for layer in self.model.layers)))
        seen = self.picture.update(
            (self.x1, self.x2),
            LABELS[self.label],
            f"{sizes} network, {self.activation}, rate {self.rate:.3g}, step {self.steps}",
            (self._losses, self.model, self._X, self._y, *self._tests) if self._stale else None,
        )
        if self._stale:
            if hasattr(self, "view"):
                self.view.middle = self.picture.svg("middle")
            self._stale = False
        counts = [("training accuracy", seen["right"], len(self._X))]
        if "right_test" in seen:
            counts.append(("held out", seen["right_test"], len(self._tests[0])))
        accuracy = ", ".join(
            f'{which} <b class="ml-data">{right / n:.1%}</b> ({right} of {n})'
            for which, right, n in counts
            if n
        )
        loss = f"{self._losses[-1]:.4f}" if math.isfinite(self._losses[-1]) else "none"
        hint = "Click in the plane to add a point of the class chosen, or on a point to remove it."
        return (
            f'step {self.steps}: loss <b class="ml-data">{loss}</b>; {accuracy or "no points"}<br>'
            f"{_verdict(self._losses[self._since :], self.steps, self._y, seen['right'])}<br>"
            f"{self._note or hint}"
        )


def _verdict(losses, steps, y, right):
    """What the training does, in a word and a reason. losses: those since anything else last changed."""
    recent = losses[-21:]
    if not len(y):
        return "<b>Nothing to learn from:</b> there are no points."
    if not math.isfinite(recent[-1]):
        return "<b>No loss:</b> the network gives scores that are not numbers."
    if recent[-1] == 0:
        return "<b>Learned:</b> every point lies beyond the margin, so the loss is 0, and so are all gradients."
    if steps == 0:
        return "<b>Not trained yet:</b> the boundary lies where the first weights happen to put it."
    if len(recent) < 3:
        return f"<b>Under way:</b> {_many(len(y) - right, 'point')} on the wrong side."
    if recent[-1] > 1.05 * losses[0]:
        return f"<b>Higher than {_many(len(losses) - 1, 'step')} ago:</b> steps overshoot; the rate is too large."
    if (
        sum(b > a for a, b in zip(recent, recent[1:])) > len(recent) / 4
        and recent[-1] > 0.9 * recent[0]
    ):
        return "<b>Jumps:</b> every few steps the loss rises; the rate is large for this network."
    if len(recent) == 21 and recent[-1] > 0.99 * recent[0]:
        return "<b>Crawls:</b> the last 20 steps took less than 1 % off the loss."
    if right == len(y):
        return "<b>All on the right side:</b> the boundary still moves until each lies beyond the margin."
    return f"<b>On its way down:</b> {_many(len(y) - right, 'point')} on the wrong side."


def _many(n, what):
    return f"{n} {what}{'s' * (n != 1)}"


def _named(x1, x2, label):
    return f"the point of class {1 if label == 1 else -1} at ({x1:.3g}, {x2:.3g})".replace("-", "−")


def _middle(low, high, step):
    return round(round((low + high) / 2 / step) * step, 10)


def _no_loss(n):
    return (
        "the loss is no number any more, so this step was not taken: the rate is too large; "
        "lower it, then press Reset."
        if n
        else "there are no points to learn from: add some."
    )


def _buttons(width, *texts):
    return [
        widgets.Button(description=text, tooltip=tip, layout=widgets.Layout(width=width))
        for text, tip in texts
    ]


def _checked_data(X, y):
    """Points and classes, as arrays of our own; not too many for a page that is drawn many times a second."""
    X, y = map(np.copy, checked_points(X, y))
    if (np.abs(X) > FARTHEST).any():
        raise ValueError(
            f"the plane goes as far as {FARTHEST:g}; a point at {np.abs(X).max():.4g} lies outside."
        )
    if len(X) > MOST_POINTS:
        raise ValueError(f"{MOST_POINTS} points are the most; these would be {len(X)}.")
    return X, y


def _checked_model(model):
    if model is None:
        return None
    if not isinstance(model, MLP):
        raise TypeError(
            "the model must be a network of tensor_nn, such as MLP(2, [16, 16, 1]), "
            f"not {type(model).__name__}."
        )
    sizes = [layer.w.shape for layer in model.layers]
    if (
        sizes[0][0] != 2
        or sizes[-1][1] != 1
        or len(sizes) < 2
        or len({nout for _, nout in sizes[:-1]}) > 1
    ):
        raise ValueError(
            "the model must have 2 inputs, hidden layers of one width and 1 output, "
            f"as MLP(2, [16, 16, 1]) has, not be {model!r}."
        )
    return model


def _widen(layers, width, rng):
    """Give each hidden layer this many neurons: the first ones stay, and those that are new feed them nothing yet.

    So more neurons leave what the network computes as it is (a simple case of Chen, Goodfellow
    and Shlens, Net2Net: Accelerating learning via knowledge transfer, ICLR 2016).
    """
    for i, layer in enumerate(layers):
        nin, nout = layer.w.shape
        shape = nin if i == 0 else width, nout if layer is layers[-1] else width
        if shape == (nin, nout):
            continue
        new = Linear(*shape, rng, scaled=True)
        new.w.data[:nin, :nout] = layer.w.data[: shape[0], : shape[1]]
        new.w.data[nin:, :nout] = 0
        new.b.data[:nout] = layer.b.data[: shape[1]]
        for p, other in ((layer.w, new.w), (layer.b, new.b)):
            p.data, p.grad = other.data, 0.0


async def _take_turns(explorer, run):
    """Play. explorer: a weak reference, so that playing keeps no explorer alive; run: what play() began."""
    while True:
        playing = explorer()
        wait = playing._turn(run) if playing else None
        if wait is None:
            return
        del playing
        await asyncio.sleep(wait)
