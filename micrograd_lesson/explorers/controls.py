"""Controls: a slider and a number box that move as one, and a button."""

import math

import ipywidgets as widgets
from traitlets import TraitError

from ..words import apart, number

LABEL_WIDTH = "7em"
NARROWEST = "275px"  # a slider with its label


class NumberRow(widgets.HBox):
    """A slider with a number box beside it; both show one number, and either changes it.

    Args:
        value: the number at first.
        low, high, step: of the slider; of a FloatLogSlider, of its powers of ten.
        description: what stands before the slider, and names both for a screen reader.
        kind: FloatSlider, IntSlider or FloatLogSlider.
        typed: the least and the most that the number box takes, where it goes beyond the slider;
            the slider then stands at its end.

    Attributes:
        least, most: the range of the number.
        slider, box: the two widgets.
    """

    def __init__(self, value, low, high, step, description, kind=widgets.FloatSlider, typed=None):
        self._logarithmic = kind is widgets.FloatLogSlider
        self._whole = kind is widgets.IntSlider
        self.least = 10.0**low if self._logarithmic else low
        self.most = 10.0**high if self._logarithmic else high
        if typed is not None:
            self.least, self.most = typed
        self._value = value
        self._moved = None
        self.slider = kind(
            value=value,
            min=low,
            max=high,
            step=step,
            description=description,
            readout=False,
            style={"description_width": LABEL_WIDTH},
            layout=widgets.Layout(flex="1 1 auto", width="auto", min_width=NARROWEST),
        )
        box_kind = widgets.BoundedIntText if self._whole else widgets.BoundedFloatText
        self.box = box_kind(
            value=rounded(value),
            min=self.least,
            max=self.most,
            step=None if self._logarithmic else step,
            layout=widgets.Layout(width="9em", margin="2px 2px 2px auto"),
        )
        self._name_range(description)
        # In a narrow place the box goes below the slider, which keeps a track of 150 pixels.
        super().__init__([self.slider, self.box], layout=widgets.Layout(flex_flow="row wrap"))
        if self._logarithmic:
            self.add_class("ml-power")
        self.slider.observe(self._slid, "value")
        self.box.observe(self._typed, "value")

    def on_move(self, act):
        """Call act(number) when the learner moves the slider or types a number."""
        self._moved = act

    def follow(self, change):
        """Show the number that a trait has changed to."""
        self._value = change.new
        self.slider.value = change.new
        self.box.value = rounded(change.new)

    def set_range(self, low, high, step, description):
        """Give a row that is not logarithmic another range, in which its number must lie."""
        for widget in (self.slider, self.box):
            # First room for the old number and the new ones, then the new range alone.
            widget.max = max(widget.max, high)
            widget.min = min(widget.min, low)
        self.least, self.most = low, high
        for widget in (self.slider, self.box):
            widget.min, widget.max, widget.step = low, high, step
        self._name_range(description)

    def _name_range(self, description):
        """Say in the tooltips what the number is, and from where to where it goes."""
        tooltip = f"{description}, from {number(self.least)} to {number(self.most)}"
        self.slider.tooltip = tooltip
        self.box.tooltip = tooltip

    def _slid(self, change):
        # A page shows the slider at its nearest step and reports that; the number stays exact.
        if self._whole or self._steps_between(change.new, self._on_slider()) > 0.501:
            self._moved(self._without_noise(change.new))

    def _without_noise(self, x):
        """x; 0 where the slider's steps leave as little as −4e-16 there."""
        if self._whole or self._logarithmic or abs(x) > 1e-6 * self.slider.step:
            return x
        return 0.0

    def _on_slider(self):
        """The number as the slider can show it: where it lies beyond an end, that end."""
        if self._logarithmic:
            return self._value
        return min(max(self._value, self.slider.min), self.slider.max)

    def _typed(self, change):
        if change.new != rounded(self._value):
            self._moved(change.new)

    def _steps_between(self, a, b):
        if self._logarithmic:
            a, b = math.log10(a), math.log10(b)
        return abs(a - b) / self.slider.step


def button(text, tip, width, act):
    """A button that calls act(). tip: what it does, in words. width: such as "7em"."""
    layout = widgets.Layout(width=width)
    made = widgets.Button(description=text, tooltip=tip, layout=layout)
    made.on_click(lambda _: act())
    return made


def refuse_outside(name, x, least, most):
    """Raise a TraitError that names the range, where x lies outside of it or is not a number."""
    if not least <= x <= most:
        nearest = most if x > most else least
        outside, _ = apart(x, nearest)
        raise TraitError(
            f"{name} goes from {number(least, 4)} to {number(most, 4)}; {outside} lies outside."
        )


def refuse_unknown(what, name, known):
    """Raise a TraitError that lists the known names, where name is none of them.

    what: what is named, such as "model".
    """
    if name not in known:
        listed = ", ".join(map(repr, known))
        raise TraitError(f"there is no {what} {name!r}; there are {listed}.")


def rounded(x):
    """x without the last digits, where a slider's steps leave noise such as 0.30000000000000004."""
    return x if isinstance(x, int) else float(f"{x:.10g}")
