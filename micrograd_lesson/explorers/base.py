"""What all explorers share: controls, a picture in layers, and a readout in words."""

import base64
import hashlib
from collections import Counter
from html import escape
from typing import NamedTuple

import ipywidgets as widgets
from traitlets import Unicode, link

from .asked import Stopped
from .controls import LABEL_WIDTH, NumberRow, refuse_outside
from .page import executed_by_program, page
from .view import View

NOT_DRAWN = "<b>That did not work.</b> {}<br>The picture does not show this state."


class Frame(NamedTuple):
    """One state, drawn: the moving layer as SVG, its words, and the readout as HTML.

    moving and alt are None where that state cannot be drawn; text then says why. middle, the
    layer below, is None where it is the one of the frame before.
    """

    moving: str | None
    alt: str | None
    text: str
    middle: str | None = None


class Explorer(widgets.VBox):
    """A box of controls over a picture and its readout.

    A subclass declares its state as traits, builds its controls with `slider` and
    `choice`, and says what to draw in `draw`. Then every change of state, from a control
    or from Python, redraws; an exception in `draw` is shown in the readout.

    Attributes:
        picture: a `MovingPicture`.
        controls: dict from the name of a piece of state to its widget.
        view: the `View` that shows picture and readout on the page.
        error: the sentence shown where the last redraw failed; "" where it did not.
        on_page: dict from names of state to how many values of each, or which, a page without a
            kernel offers (of a choice, always all). Where it is empty, and there is no `film`
            either, the picture stands still there.
    """

    on_page = {}
    error = Unicode()

    def __new__(cls, *args, **options):
        explorer = super().__new__(cls)
        explorer.controls = {}  # a subclass makes its controls before it calls __init__ here
        explorer._number_rows = {}
        return explorer

    def __init__(self, picture, *rows):
        """picture: a `MovingPicture`. rows: widgets above the picture, in order."""
        self.picture = picture
        frame = self.render()
        self.view = View(
            name=type(self).__name__,
            least=round(picture.least),
            still=picture.svg("still"),
            middle=frame.middle or "",
            moving=frame.moving or "",
            outdated=frame.moving is None,
            alt=frame.alt or "",
            readout=frame.text,
        )
        box = widgets.VBox(rows).add_class("ml-controls")
        super().__init__([box, self.view], model_id=self._stable_id())
        self.add_class("ml-explorer").add_class(type(self).__name__)
        self.observe(self.redraw, names=list(self.controls))
        for name, row in self._number_rows.items():  # after the picture, which is waited for
            self.observe(row.follow, name)

    def _stable_id(self):
        return stable_id(
            type(self).__name__ + self.view.still + self.view.moving + self.view.readout
        )

    # What a subclass gives.

    def draw(self):
        """Move the picture to the present state; return the readout as HTML."""
        raise NotImplementedError

    def film(self):
        """The `Film` that a page without a kernel plays, drawn now; None where there is none."""
        return None

    # What it can use.

    def slider(self, name, low, high, step, description, kind=widgets.FloatSlider, typed=None):
        """A row of a slider and a number box, both bound to the trait `name`.

        The trait stays within the slider's range, or, where it is wider, within `typed`: a number
        outside is refused with a sentence.
        """
        row = NumberRow(getattr(self, name), low, high, step, description, kind, typed)
        refuse_outside(name, getattr(self, name), row.least, row.most)

        def refuse(change):
            if not row.least <= change.new <= row.most:
                setattr(self, name, change.old)
                refuse_outside(name, change.new, row.least, row.most)

        self.observe(refuse, name)
        self._number_rows[name] = row
        row.on_move(lambda value: setattr(self, name, value))
        self.controls[name] = row.slider
        return row

    def choice(self, name, options, description):
        """A row of options, one of them chosen, bound to the trait `name`."""
        control = widgets.RadioButtons(
            options=options,
            value=getattr(self, name),
            description=description,
            orientation="horizontal",
            style={"description_width": LABEL_WIDTH},
        )
        link((self, name), (control, "value"))
        self.controls[name] = control
        return control

    def show_picture(self, picture):
        """Put another picture in the place of the present one, and draw the present state on it."""
        self.picture = picture
        with self.view.hold_sync():
            self.view.least = round(picture.least)
            self.view.still = picture.svg("still")
            self.redraw()

    def render(self):
        """Draw the present state. Where `draw` raises, the Frame holds its error."""
        try:
            text = self.draw()
        except Exception as problem:  # whatever the learner's own function raises
            self.error = _in_a_sentence(problem)
            return Frame(None, None, said(NOT_DRAWN.format(escape(self.error))))
        self.error = ""
        middle = None
        if self.picture.middle_is_new:
            middle = self.picture.svg("middle")
            self.picture.middle_is_new = False
        return Frame(self.picture.svg("moving"), self.picture.alt, text, middle)

    def redraw(self, _change=None):
        """Draw the present state and send it to the page, in one message."""
        frame = self.render()
        with self.view.hold_sync():
            self.view.outdated = frame.moving is None
            if frame.moving is not None:
                self.view.moving = frame.moving
                self.view.alt = frame.alt
            if frame.middle is not None:
                self.view.middle = frame.middle
            self.view.readout = frame.text

    def close(self):
        """Take it from the page, with all its widgets: none is left behind in the kernel."""
        for widget in reversed(_widgets_in(self)):
            if widget is not self:
                widget.close()
        super().close()

    # What a notebook stores.

    def __repr__(self):
        return f"{type(self).__name__}. {self.picture.alt}"

    def _repr_mimebundle_(self, **options):
        """What a cell shows: a live page the widgets; a stored one a picture that moves alone."""
        shown, metadata = self.picture._repr_mimebundle_()
        shown["text/plain"] = repr(self)
        if not executed_by_program():
            return super()._repr_mimebundle_(**options) | shown, metadata
        html = page(self, _data_uri(shown))
        if html is not None:
            shown["text/html"] = html
        return shown, metadata


_ids_given = Counter()


def stable_id(content):
    """An id for a widget with this content, the same in every run; equal ones get ids of their own.

    A notebook that is executed again then changes only where its content does.
    """
    _ids_given[content] += 1
    coded = f"{content}{_ids_given[content]}".encode()
    return hashlib.sha256(coded).hexdigest()[:32]


def _widgets_in(widget):
    """The widget and all that it holds: children, and the layout and style of each."""
    found = [widget]
    for whole in found:
        for name in whole.keys:
            held = getattr(whole, name)
            parts = held if isinstance(held, (list, tuple)) else [held]
            found += [p for p in parts if isinstance(p, widgets.Widget) and p not in found]
    return found


def _in_a_sentence(problem):
    """What a readout says of an exception."""
    if isinstance(problem, Stopped):
        return str(problem)
    return f"{type(problem).__name__}: {problem}"


def said(html):
    """A readout that says what is wrong; it stands out, and a screen reader reads it at once."""
    return f'<div class="ml-problem" role="alert">{html}</div>'


def _data_uri(bundle):
    """The image in a MIME bundle, as a data URI."""
    if "image/png" in bundle:
        return f"data:image/png;base64,{bundle['image/png']}"
    coded = base64.b64encode(bundle["image/svg+xml"].encode()).decode()
    return f"data:image/svg+xml;base64,{coded}"
