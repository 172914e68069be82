"""What all explorers share: controls, a picture in two layers, and a readout."""

import base64
import math
from html import escape

import ipywidgets as widgets
from traitlets import TraitError, Unicode, link

from ..palette import TYPEFACE, css
from .page import page

SMALLEST = (
    680  # pixels; where less room is left, a wider picture scrolls sideways, and stays readable
)

CSS = f"""<style>
{css()}
.ml-explorer {{ color: var(--ml-ink); max-width: 960px; }}
.ml-explorer, .ml-explorer text, .ml-explorer .widget-label, .ml-explorer input
  {{ font-family: "{TYPEFACE}", Verdana, sans-serif !important; }}
.ml-explorer .ml-picture {{ overflow: auto hidden; }}
.ml-explorer .ml-picture > * {{ margin: 0; height: auto; overflow: hidden; }}
.ml-explorer .ml-still, .ml-explorer .ml-moving {{ will-change: transform; }}
.ml-explorer .ml-picture .widget-html-content {{ line-height: 0; }}
.ml-explorer .ml-readout {{ min-height: 4.6em; height: auto; }}
.ml-explorer .ml-readout .widget-html-content {{ font-variant-numeric: tabular-nums; line-height: 1.55; }}
.ml-explorer .ml-readout b {{ font-weight: 600; }}
.ml-explorer .widget-radio {{ width: auto; height: auto; display: flex; align-items: center; }}
.ml-explorer .widget-radio-box {{ flex-wrap: wrap; height: auto; margin: 0 !important; }}
.ml-explorer .widget-radio-box label {{ display: flex; flex-direction: row-reverse; justify-content: flex-end;
  align-items: center; width: auto; height: 28px; white-space: nowrap; }}
.ml-explorer .widget-radio > .widget-label {{ width: 7em; margin-right: 8px; text-align: right; flex-shrink: 0; }}
.ml-data {{ color: var(--ml-data); }} .ml-gradient {{ color: var(--ml-gradient); }}
.ml-operation {{ color: var(--ml-operation); }} .ml-moved {{ color: var(--ml-moved); }}
.ml-muted {{ color: var(--ml-muted); }}
.ml-explorer .ml-problem {{ border-left: 4px solid var(--ml-gradient); padding-left: 8px; }}
</style>"""


# ipywidgets gives its slider handles and number boxes no accessible name, and has no option for
# one; a style element's onload, run by the page when it shows the still layer, puts them there.
NAMES = """<style onload="for (const wait of [0, 1000]) setTimeout(() => {
  const explorer = this.closest('.ml-explorer');
  explorer?.setAttribute('role', 'group');
  explorer?.setAttribute('aria-label', '%s');
  explorer?.querySelector('.ml-readout')?.setAttribute('aria-live', 'polite');
  const picture = explorer?.querySelector('.ml-picture');
  const reach = () => { picture.tabIndex = picture.scrollWidth > picture.clientWidth ? 0 : -1; };
  if (picture) new ResizeObserver(reach).observe(picture);
  explorer?.querySelectorAll('.widget-hbox').forEach(row => {
    const name = row.querySelector('.widget-label')?.textContent;
    const power = row.classList.contains('ml-power') ? ', as a power of ten' : '';
    row.querySelectorAll('[role=slider]').forEach(e => e.setAttribute('aria-label', name + power));
    row.querySelectorAll('input').forEach(e => e.setAttribute('aria-label', name));
  });
  explorer?.querySelectorAll('.widget-radio').forEach(choice => {
    choice.setAttribute('role', 'radiogroup');
    choice.setAttribute('aria-label', choice.querySelector('.widget-label')?.textContent);
  });
}, wait)"></style>"""


class Explorer(widgets.VBox):
    """A box of controls over a picture and its readout.

    A subclass declares its state as traits, builds its controls with `slider` and
    friends, and says what to draw in `draw`. Then every change of state, from a control
    or from Python, redraws; an exception in `draw` is shown in the readout.

    Attributes:
        controls: dict from the name of a piece of state to its widget.
        error: the sentence shown where the last redraw failed; "" where it did not.
        on_page: dict from names of state to how many values of each, or which, a page without a
            kernel offers (of a choice, always all); where empty, its picture stands still there.
    """

    on_page = {}
    error = Unicode()

    def __new__(cls, *args, **options):
        explorer = super().__new__(
            cls
        )  # a subclass makes its controls before it calls __init__ here
        explorer.controls, explorer._boxes = {}, {}
        return explorer

    def __init__(self, picture, *rows):
        """picture: has svg(layer), alt, width in pixels and _repr_mimebundle_, as `plots.Picture` has.

        rows: widgets above the picture, in order.
        """
        self.picture = picture
        self.columns = f"minmax({min(SMALLEST, picture.width)}px, 1fr)"  # of the CSS grid that holds the layers
        self._still = widgets.HTML(layout=widgets.Layout(grid_area="1 / 1"))
        self._moving = widgets.HTML(layout=widgets.Layout(grid_area="1 / 1"))
        self._readout = widgets.HTML()
        layers = widgets.Box(
            [self._still, self._moving],
            layout=widgets.Layout(display="grid", grid_template_columns=self.columns),
        )
        for widget, name in (
            (self._still, "ml-still"),
            (self._moving, "ml-moving"),
            (layers, "ml-picture"),
            (self._readout, "ml-readout"),
        ):
            widget.add_class(name)
        super().__init__([*rows, layers, self._readout])
        self.add_class("ml-explorer").add_class(type(self).__name__)
        self._draw_still()
        self._redraw()
        self.observe(self._redraw, names=list(self.controls))
        for name, follow in self._boxes.items():  # after the picture, which matters more
            self.observe(follow, name)

    # What a subclass gives.

    def draw(self):
        """Move the picture to the present state; return the readout as HTML."""
        raise NotImplementedError

    # What it can use.

    def slider(self, name, low, high, step, description, kind=widgets.FloatSlider):
        """A row of a slider and a number box, both bound to the trait `name`.

        The trait stays within the slider's range: a number outside is refused with a sentence.
        """
        bounds = {"min": low, "max": high, "step": step}
        value = getattr(self, name)
        slider = kind(
            value=value,
            **bounds,
            description=description,
            readout=False,
            style={"description_width": "7em"},
            layout=widgets.Layout(flex="1 1 auto", width="auto"),
        )
        if kind is widgets.FloatLogSlider:
            bounds = {"min": 10.0**low, "max": 10.0**high, "step": None}
        whole = kind is widgets.IntSlider
        box = (widgets.BoundedIntText if whole else widgets.BoundedFloatText)(
            value=value, **bounds, layout=widgets.Layout(width="9em")
        )
        box.tooltip = slider.tooltip = f"{description}, from {low:g} to {high:g}"
        place = math.log10 if kind is widgets.FloatLogSlider else float
        _refuse_outside(name, value, box.min, box.max)

        def show(change):
            if not box.min <= change.new <= box.max:
                setattr(self, name, change.old)
                _refuse_outside(name, change.new, box.min, box.max)
            slider.value = change.new

        def follow(change):
            box.value = _rounded(change.new)

        def slid(change):
            # A page shows the slider at its nearest step and reports that; the state stays exact.
            if abs(place(change.new) - place(getattr(self, name))) > 0.501 * slider.step or whole:
                setattr(self, name, change.new)

        def typed(change):
            if change.new != _rounded(getattr(self, name)):
                setattr(self, name, change.new)

        self.observe(show, name)
        slider.observe(slid, "value")
        box.observe(typed, "value")
        self._boxes[name] = follow
        self.controls[name] = slider
        row = widgets.HBox([slider, box])
        if kind is widgets.FloatLogSlider:
            row.add_class("ml-power")
        return row

    def choice(self, name, options, description):
        """A row of options, one of them chosen, bound to the trait `name`."""
        control = widgets.RadioButtons(
            options=options,
            value=getattr(self, name),
            description=description,
            orientation="horizontal",
            style={"description_width": "7em"},
        )
        link((self, name), (control, "value"))
        self.controls[name] = control
        return control

    def _draw_still(self):
        self._still.value = (
            CSS
            + NAMES % type(self).__name__
            + f'<div aria-hidden="true">{self.picture.svg("still")}</div>'
        )

    def render(self):
        """Draw the present state: (moving layer, readout) as HTML; where draw raises, (None, its error)."""
        try:
            text, self.error = self.draw(), ""
        except Exception as problem:  # whatever the learner's own function raises
            self.error = f"{type(problem).__name__}: {problem}"
            return None, (
                f'<div class="ml-problem" role="alert"><b>That did not work.</b> '
                f"{escape(self.error)}</div>"
            )
        return (
            f'<div role="img" aria-label="{escape(self.picture.alt)}">{self.picture.svg("moving")}</div>',
            f"<div>{text}</div>",
        )

    def _redraw(self, _change=None):
        picture, text = self.render()
        if picture:
            self._moving.value = picture
        self._readout.value = text

    def __repr__(self):
        return f"{type(self).__name__}. {self.picture.alt}"

    def _repr_mimebundle_(self, **options):
        still, metadata = self.picture._repr_mimebundle_()
        if self.on_page:
            kind, content = next(
                (kind, content) for kind, content in still.items() if kind.startswith("image/")
            )
            coded = content if kind == "image/png" else base64.b64encode(content.encode()).decode()
            still["text/html"] = page(self, CSS, f"data:{kind};base64,{coded}")
        return {**super()._repr_mimebundle_(**options), **still, "text/plain": repr(self)}, metadata


def _refuse_outside(name, x, least, most):
    if not least <= x <= most:  # nan is refused too
        raise TraitError(f"{name} goes from {least:.4g} to {most:.4g}; {x:g} lies outside.")


def _rounded(x):
    """x without the last digits, where a slider's steps leave noise such as 0.30000000000000004."""
    return x if isinstance(x, int) else float(f"{x:.10g}")
