"""TrainingExplorer: a network learns while you watch, change it, and put points in its way."""

import math
import threading
from html import escape

import ipywidgets as widgets
from traitlets import Bool, Enum, Float, Int

from ...data import two_moons
from ...tensor_nn import ACTIVATIONS
from ...words import count, fixed, percent
from ..base import Explorer, said
from ..controls import button
from .film import film_of
from .picture import Scene, TrainingPicture
from .player import Pause, Player
from .points import Points
from .trainer import Trainer
from .verdict import judge

SPAN = 200  # steps that the curve of losses has room for at first; it doubles when it is full

NEAR = 9  # pixels from a point at which a click means that point
WIDEST = 32  # the range of the width, where the model is no wider itself
LABELS = {"1": 1, "-1": -1}
HINT = "Click in the plane to add a point of the class chosen, or on a point to remove it."


class TrainingExplorer(Explorer):
    """A network learns to tell two classes of points in the plane apart; you watch and take part.

    `TrainingExplorer()`, `TrainingExplorer(X, y)` or `TrainingExplorer(model, X, y)`.

    Each step is gradient descent on all points at once, weight ← weight − rate · gradient, and
    the loss is the hinge loss, so a point no longer pulls once it lies beyond the margin, in the
    darker shade of its own side.

    While it plays you can change everything: the rate counts from the next step on; a new
    activation (of the hidden layers) keeps all weights; a smaller width drops the last neurons
    of each hidden layer, and a larger one adds neurons whose outgoing weights to those that were
    there are 0, so that at first the boundary stays where it is.

    It plays by turns on the kernel's event loop, so that sliders are heard in between, and goes
    no faster than the page can show. It pauses by itself after 5,000 steps, when the loss is 0
    or no number any more, and when no page shows it any more.

    Args:
        model: a `tensor_nn.MLP` of 2 inputs, one hidden layer or more, and 1 output; it is trained
            in place. Where None, a new one with two hidden layers and smaller first weights.
        X, y: points, of shape (n, 2), and their classes, each 1 or −1, or 1 or 0. Two moons
            where None.
        rate: the learning rate, from 0.001 to 10.
        width: neurons in each hidden layer; 16 where None, or the model's own.
        activation: of the hidden layers; "relu" where None, or the model's own.
        seed: of the weights that are drawn.
        Xtest, ytest: points to measure by that are not learned from.

    Attributes, besides rate, width and activation, which can be set at any time:
        playing: whether it plays; set it, or call `play()` and `pause()`.
        x1, x2, label: the point that you move, and its class, "1" or "-1".
        X, y, points: the points, their classes, and both as a pair; settable, `points` where the
            number changes.
        steps: how many have been taken. losses: the loss before the first, and after each.
        model: the network.
        trainer: the Trainer that does the work, without widgets.
        player: the Player that lets it play; `player.pace` says how fast.

    Raises:
        TypeError, ValueError: a model or points of another kind.
    """

    rate = Float(0.3)
    width = Int(16)
    activation = Enum(list(ACTIVATIONS), "relu")
    playing = Bool(False)
    x1 = Float()
    x2 = Float()
    label = Enum(list(LABELS), "1")

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
        if y is None and X is not None:  # TrainingExplorer(X, y)
            model, X, y = None, model, X
        if X is None and y is None:
            X, y = two_moons()
        # Widget messages may come in a thread of their own, while cells and turns of playing run
        # in the main one: whatever reads or changes the training holds this lock.
        self._lock = threading.RLock()
        self.trainer = Trainer(X, y, model, seed=seed, Xtest=Xtest, ytest=ytest)
        self.player = Player(self, self._lock)
        self._note = ""  # the readout's last line, as HTML
        self._span = SPAN
        self._room = self.trainer.points.X  # the plane has room for these
        self.picture = self._new_picture()
        self.rate = rate
        self.width = self.trainer.width if width is None else width
        self.activation = activation or self.trainer.activation
        self.x1 = _middle(*self._ranges()["x1"])
        self.x2 = _middle(*self._ranges()["x2"])
        rows = self._new_controls()
        self._follow_settings()
        # After the controls, which refuse what is out of range; before the picture, which shows it.
        self.observe(self._follow_settings, ["rate", "width", "activation"])
        super().__init__(self.picture, rows)
        self.view.on_click(self._clicked)
        self.view.on_shown(self.player.shown)
        self.observe(self._follow_playing, "playing")

    def _follow_settings(self, _change=None):
        with self._lock:
            self.trainer.rate = self.rate
            self.trainer.width = self.width
            self.trainer.activation = self.activation

    # The controls, and what the page tells.

    def _new_controls(self):
        """Two columns, one beside the other where there is room."""
        columns = [
            widgets.VBox(column, layout=widgets.Layout(flex="1 1 400px"))
            for column in (self._training_controls(), self._point_controls())
        ]
        return widgets.Box(columns, layout=widgets.Layout(flex_flow="row wrap"))

    def _training_controls(self):
        widest = max(WIDEST, self.trainer.width)
        self._play_button = self._button(
            "▶ Play", "train until you pause", "7em", self._play_or_pause
        )
        step = self._button("Step", "one step of training", "7em", self.step)
        reset = self._button("Reset", "back to step 0 and the first weights", "7em", self.reset)
        return [
            self.slider("rate", -3, 1, 0.05, "learning rate", kind=widgets.FloatLogSlider),
            self.slider("width", 1, widest, 1, "width", kind=widgets.IntSlider),
            self.choice("activation", list(ACTIVATIONS), "activation"),
            widgets.Box([self._play_button, step, reset]),
        ]

    def _point_controls(self):
        tip = "add your point to those that are learned from"
        add = self._button("Add point", tip, "10em", self._add_yours)
        tip = "remove the point nearest to yours"
        remove = self._button("Remove nearest", tip, "10em", self._remove_nearest)
        upload = widgets.FileUpload(
            accept=".csv,.txt",
            description="Load CSV",
            layout=widgets.Layout(width="10em"),
            tooltip="points from a file with the columns x1, x2, class",
        )
        upload.observe(self._uploaded, "value")
        self._rows = {
            name: self.slider(name, *span, f"point {name}") for name, span in self._ranges().items()
        }
        return [
            *self._rows.values(),
            self.choice("label", list(LABELS), "its class"),
            widgets.Box([add, remove, upload]),
        ]

    def _button(self, text, tip, width, act):
        """A button; where its act fails, the learner reads why."""
        return button(text, tip, width, lambda: self._try(act))

    def _add_yours(self):
        self.add_point(self.x1, self.x2, self.label)

    def _remove_nearest(self):
        self.remove_point(self.x1, self.x2)

    def _play_or_pause(self):
        self.playing = not self.playing

    def _clicked(self, across, down):
        self._try(self._hit, across, down)

    def _hit(self, across, down):
        """A click removes the point that it meets; where there is none, it adds one."""
        place = self.picture.locate(across, down)
        if place is None:
            return
        X = self.trainer.points.X
        if len(X) and self.picture.distances(place, X).min() <= NEAR:
            self.remove_point(*place)
        else:
            self.add_point(*place, self.label)

    def _uploaded(self, change):
        if not change.new:
            return
        (file,) = change.new
        change.owner.value = ()  # so that the same file can be chosen again
        self._try(self.load_text, file["content"])

    def _try(self, act, *arguments):
        """Act; where that fails, the learner reads why."""
        with self._lock:
            try:
                act(*arguments)
            except (ValueError, TypeError, RuntimeError) as problem:
                self._say(str(problem), is_problem=True)
            except Exception as problem:  # of a model of the learner's own
                self._say(f"{type(problem).__name__}: {problem}", is_problem=True)

    def _say(self, text, is_problem=False):
        """A line for the readout: what has been done, or what has not and why."""
        text = escape(text[:1].upper() + text[1:])
        self._note = said(text) if is_problem else text
        self.redraw()

    # The points.

    @property
    def X(self):
        """The points learned from, a copy of shape (n, 2). Set X and y together by `points`."""
        return self.trainer.points.X.copy()

    @X.setter
    def X(self, X):
        self.points = X, self.trainer.points.y

    @property
    def y(self):
        """Their classes, 1 or −1, a copy of shape (n,)."""
        return self.trainer.points.y.copy()

    @y.setter
    def y(self, y):
        self.points = self.trainer.points.X, y

    @property
    def points(self):
        """(X, y). With others in their place the network keeps its weights."""
        return self.X, self.y

    @points.setter
    def points(self, points):
        try:
            X, y = points
        except (TypeError, ValueError):
            kind = type(points).__name__
            raise TypeError(f"points must be a pair, X and y, not {kind} {points!r:.60}.") from None
        self._put(Points.of(X, y), "", fit=True)

    def add_point(self, x1, x2, label):
        """One more point to learn from, of class 1 or −1.

        Raises:
            TypeError, ValueError: it is no such point, or there are too many.
        """
        with self._lock:
            label = LABELS.get(label, label) if isinstance(label, str) else label
            points = self.trainer.points.plus(x1, x2, label)
            self._put(points, f"Added {points.named(-1)}.")

    def remove_point(self, x1, x2):
        """One point fewer: the one nearest to (x1, x2), as the picture shows distances.

        Raises:
            ValueError: there is none.
        """
        with self._lock:
            points = self.trainer.points
            if not len(points):
                raise ValueError("there is no point left to remove.")
            nearest = self.picture.distances((x1, x2), points.X).argmin()
            self._put(points.without(nearest), f"Removed {points.named(nearest)}.")

    def load(self, path):
        """Other points, from a CSV file with columns x1, x2, class, as `data.read_points` reads it.

        Raises:
            OSError: there is no such file.
            TypeError, ValueError: path is none, or the file holds no such points. The present
                ones then stay.
        """
        self._put_loaded(Points.load(path))

    def load_text(self, text):
        """Other points, from what a CSV file holds: a string, or bytes.

        Raises:
            TypeError, ValueError: it holds no such points; the present ones stay.
        """
        self._put_loaded(Points.load_text(text))

    def _put_loaded(self, points):
        note = f"Loaded {count(len(points), 'point')}. {points.advice()}"
        self._put(points, note.strip(), fit=True)

    def _put(self, points, note, fit=False):
        """Take these points, and show a plane that has room for them; fit: for no others."""
        with self._lock, self.view.hold_sync():
            self.trainer.points = points
            if len(points) and (fit or not self.picture.plane.has_room_for(points.X)):
                self._room = points.X
                self.show_picture(self._new_picture())
                self._follow_plane()
            self._say(note)

    # The training.

    def step(self, n=1):
        """Take n steps; fewer where the loss is no longer a number, none without points.

        The readout then says so.

        Raises:
            ValueError: n is not a whole number of at least 1.
        """
        with self._lock:
            try:
                self.trainer.step(n)
            finally:  # what was done before an interrupt, or an error of the model's own, is shown
                self._note = ""
                self._say(self.trainer.problem, is_problem=bool(self.trainer.problem))

    def play(self):
        """Train, by turns, until you pause.

        Raises:
            RuntimeError: no event loop runs here, as it does in a notebook.
        """
        self.playing = True

    def pause(self):
        """Play no longer."""
        self.playing = False

    def reset(self):
        """Pause, and go back to step 0 and the first weights, with present width and activation."""
        with self._lock:
            self.playing = False
            self.trainer.reset()
            if self._span != SPAN:
                self._span = SPAN
                self.show_picture(self._new_picture())
            self._say("")

    @property
    def losses(self):
        """The loss at the start and after each step, a list."""
        return list(self.trainer.losses)

    @property
    def steps(self):
        """How many steps have been taken."""
        return self.trainer.steps

    @property
    def model(self):
        """The network, an `MLP` of Tensors."""
        return self.trainer.model

    def close(self):
        """Play no longer, and go from the page."""
        self.playing = False
        super().close()

    # Playing. The Player calls these.

    def play_step(self):
        """One step, for the Player: None, or the Pause that it asks for."""
        if self.trainer.losses[-1] == 0:
            return Pause("Paused: the loss is 0, so further steps would change nothing.")
        if self.trainer.step() == 0:
            return Pause(self.trainer.problem, is_problem=True)
        return None

    def play_frame(self):
        """One message to the page with all that is new; returns the number of the frame."""
        with self.view.hold_sync():
            self.redraw()
            self.view.frame += 1
        return self.view.frame

    def play_ended(self, pause):
        """The Player has paused by itself, and this is why."""
        self.playing = False
        self._say(pause.reason, pause.is_problem)

    def _follow_playing(self, _change):
        with self._lock:
            if self.playing:
                self._start_playing()
            else:
                self.player.stop()
            self.view.playing = self.playing
            self._play_button.description = "❚❚ Pause" if self.playing else "▶ Play"
            self.redraw()

    def _start_playing(self):
        try:
            self.player.start()
        except RuntimeError:
            self.playing = False
            raise RuntimeError(
                "play() needs the event loop of a notebook; without one, step(n) takes n steps."
            ) from None
        self._note = ""

    # The picture.

    def _new_picture(self):
        held_out = self.trainer.held_out
        return TrainingPicture(self._room, None if held_out is None else held_out.X, self._span)

    def _ranges(self):
        """(low, high, step) of the sliders that move the point within the plane shown."""
        plane = self.picture.plane.ax
        return {"x1": _rounded_range(*plane.get_xlim()), "x2": _rounded_range(*plane.get_ylim())}

    def _follow_plane(self):
        """Give those sliders the range of another part of the plane."""
        for name, (low, high, step) in self._ranges().items():
            row = self._rows[name]
            words = f"point {name}"
            if not low <= getattr(self, name) <= high:
                # First room for both places, then the point goes from one to the other.
                row.set_range(min(row.least, low), max(row.most, high), step, words)
                setattr(self, name, _middle(low, high, step))
            row.set_range(low, high, step, words)

    def redraw(self, _change=None):
        """Draw the present state and send it to the page; a curve that is full gets more room."""
        with self._lock:
            if self.trainer.steps <= self._span:
                super().redraw()
                return
            while self.trainer.steps > self._span:
                self._span *= 2
            self.show_picture(self._new_picture())

    def _repr_mimebundle_(self, **options):
        with self._lock:
            return super()._repr_mimebundle_(**options)

    def film(self):
        return film_of(self.trainer, self._room, _progress)

    def draw(self):
        learned = self.trainer.learned(self.picture.plane.grid)
        label = LABELS[self.label]
        self.picture.update(Scene(learned, self.rate, self.x1, self.x2, label))
        return f"{_progress(self.trainer, learned)}<br>{self._note or HINT}"


def _progress(trainer, learned):
    """The readout's first lines: numbers, and what the training does."""
    losses = learned.losses[trainer.since :]
    verdict = judge(losses, learned.steps, len(learned.points), learned.right)
    return f"{_numbers(learned)}<br><b>{verdict.word}:</b> {verdict.reason}"


def _numbers(learned):
    """The readout's first line: how far it is, the loss, and who lies on the right side."""
    loss = learned.losses[-1]
    loss = fixed(loss) if math.isfinite(loss) else "none"
    right = "no points"
    if len(learned.points):
        right = _share("training accuracy", learned.right, len(learned.points))
    if learned.held_out is not None and len(learned.held_out):
        right += ", " + _share("held out", learned.right_held_out, len(learned.held_out))
    return f'step {learned.steps}: loss <b class="ml-data">{loss}</b>; {right}'


def _share(which, right, n):
    return f'{which} <b class="ml-data">{percent(right / n)}</b> ({right} of {n})'


def _rounded_range(low, high):
    """(low, high, step): 15 steps or more, each a power of ten, from the first to the last."""
    step = 10.0 ** math.floor(math.log10((high - low) / 15))
    first = math.ceil(low / step) * step
    last = math.floor(high / step) * step
    return round(first, 10), round(last, 10), step


def _middle(low, high, step):
    """The place in the middle of a range, on one of its steps."""
    return round(round((low + high) / 2 / step) * step, 10)
