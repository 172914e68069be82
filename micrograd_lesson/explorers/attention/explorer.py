"""AttentionExplorer: a text, a place that asks, and what it looks at."""

from html import escape

import ipywidgets as widgets
from traitlets import Int, TraitError, Unicode, validate

from ...words import count, probability
from ..base import Explorer, said
from ..controls import LABEL_WIDTH, refuse_outside
from .looking import MOST, checked_tables, look, who_came_after
from .picture import AttentionPicture, written_score

TEXTS = ("barbara", "anastasia", "hannah")
MASK = ("on", "off")
LEAST = 0.0005  # a smaller part of the mean is not written


class AttentionExplorer(Explorer):
    """A text whose places look at each other: scores, shares, and the weighted mean.

    Choose the place that asks with the slider, or click on its row. Give one function, of scores or
    of weights; with neither, scores are made by hand: a place looks for the places that came after
    its own letter.

    Args:
        texts: the texts to choose from, of 2 to 12 letters each; others can be typed.
        scores: a function from a text to scores before mask and softmax: an array or a Tensor of
            shape (places, places) or (heads, places, places), a row for each place that asks.
        weights: a function from a text to shares, of the same shapes, each row adding up to 1, as
            `Attention.weights` and `GPT.attention` compute them. The mask can then not be moved.
        state: starting values of text, asks, head and mask.

    Attributes:
        text: any text that the function takes. asks: the place that asks. mask: "on" or "off".
        head: which of the heads, counted from 0.

    Raises:
        TypeError: texts are no texts, or a function is none.
        ValueError: both functions are given, there is no text, or a function does not give a table
            for each of them.
        TraitError: a state that there is not.
    """

    text = Unicode()
    asks = Int(0)
    head = Int(0)
    mask = Unicode("on")

    def __init__(self, texts=TEXTS, scores=None, weights=None, **state):
        if scores is not None and weights is not None:
            raise ValueError("give scores or weights, not both: weights are the softmax of scores.")
        self._are_shares = weights is not None
        self._function = weights if self._are_shares else scores or who_came_after
        self._tables = {}
        self._given = self._checked_texts(texts)
        self.text = self._given[0]
        for name in ("text", "head", "mask", "asks"):  # the range of asks depends on the text
            if name in state:
                self.set_trait(name, state.pop(name))
        if state:
            raise TypeError(f"there is no state {next(iter(state))!r} to start with.")
        super().__init__(self._new_picture(), *self._make_rows())
        self.view.on_click(self._clicked)

    def _checked_texts(self, texts):
        texts = (texts,) if isinstance(texts, str) else tuple(texts)
        if not texts:
            raise ValueError("texts is empty; at least one is needed, such as ['emma'].")
        for text in texts:
            self._tables[text] = checked_tables(self._function, text, self._are_shares)
        self._heads = len(self._tables[texts[0]])
        for text in texts:
            self._check_heads(text, self._tables[text])
        return texts

    def _check_heads(self, text, table):
        if len(table) != self._heads:
            raise ValueError(f"for {text!r} there are {len(table)} heads, not {self._heads}.")

    def _make_rows(self):
        self.observe(self._fit, "text")  # first of all that follow it
        rows = [self._text_row(), self._typing_row()]
        rows.append(
            self.slider("asks", 0, len(self.text) - 1, 1, "asking place", widgets.IntSlider)
        )
        if self._heads > 1:
            rows.append(self.choice("head", list(range(self._heads)), "head"))
        if not self._are_shares:
            rows.append(self.choice("mask", list(MASK), "mask"))
        return rows

    def _text_row(self):
        """As `choice`, but with options that grow, which a link of the two would not bear."""
        control = widgets.RadioButtons(
            options=self._options(),
            value=self.text,
            description="text",
            orientation="horizontal",
            style={"description_width": LABEL_WIDTH},
        )
        control.observe(self._chosen, "value")
        self.controls["text"] = control
        return control

    def _chosen(self, change):
        self.text = change.new

    def _typing_row(self):
        box = widgets.Text(
            description="your own text",
            placeholder=f"a text of up to {MOST} letters, then Enter",
            continuous_update=False,
            style={"description_width": LABEL_WIDTH},
        )
        box.observe(self._typed, "value")
        return box

    def _typed(self, change):
        try:
            if change.new.strip():
                self.text = change.new.strip()
        except TraitError as problem:
            self.view.readout = said(escape(str(problem)))

    def _options(self):
        """The texts given, and the one shown where it is another."""
        return list(dict.fromkeys([*self._given, self.text]))

    @property
    def on_page(self):
        """Every state of the texts to choose from; the asking place last, as it moves most."""
        longest = max(len(text) for text in self._options())
        moved = {name: None for name in ("text", "head", "mask") if name in self.controls}
        return moved | {"asks": range(longest)}

    @validate("text")
    def _known_text(self, proposal):
        text = proposal.value
        if text in self._tables:
            return text
        try:
            table = checked_tables(self._function, text, self._are_shares)
            self._check_heads(text, table)
        except (TypeError, ValueError) as problem:
            raise TraitError(str(problem)) from problem
        self._tables[text] = table
        return text

    @validate("head")
    def _known_head(self, proposal):
        refuse_outside("head", proposal.value, 0, self._heads - 1)
        return proposal.value

    @validate("mask")
    def _known_mask(self, proposal):
        if proposal.value not in MASK:
            raise TraitError(f'mask is "on" or "off", not {proposal.value!r}.')
        return proposal.value

    def _fit(self, _change):
        """Make room for another text: in the choice, in the slider and in the picture."""
        self._show_choice(self.controls["text"])
        last = len(self.text) - 1
        self.asks = min(self.asks, last)
        self._number_rows["asks"].set_range(0, last, 1, "asking place")
        if len(self.text) > self.picture.most:
            self.show_picture(self._new_picture())

    def _show_choice(self, control):
        control.unobserve(self._chosen, "value")  # new options choose the first of them
        if self.text not in control.options:
            control.options = self._options()
        control.value = self.text
        control.observe(self._chosen, "value")

    def _new_picture(self):
        longest = max(len(text) for text in self._options())
        return AttentionPicture(longest, not self._are_shares)

    def _clicked(self, across, down):
        place = self.picture.locate(across, down)
        if place is not None:
            self.asks = place

    def draw(self):
        asks = min(self.asks, len(self.text) - 1)  # a page without Python offers all for each text
        masked = self.mask == "on"
        table = self._tables[self.text]
        looking = look(self.text, table, asks, self.head, masked, self._are_shares)
        self.picture.update(looking)
        lines = [_asking_line(looking)]
        if looking.scores is not None:
            lines.append(_scores_line(looking))
        return "<br>".join([*lines, _shares_line(looking), _mean_line(looking)])


def _asking_line(looking):
    asking = f'<b class="ml-moved">{_quoted(looking.letter)}</b>'
    line = f"Place {looking.asks}, {asking}, asks."
    if looking.heads > 1:
        line = f"{line[:-1]} in head {looking.head}."
    later = len(looking.text) - 1 - looking.asks
    if looking.masked is None or not later:
        return line
    if looking.masked:
        return f"{line} Hidden: {count(later, 'later place')}, with the score −∞."
    return f"{line} It sees {count(later, 'later place')}, too."


def _quoted(letter):
    return escape("space" if letter == " " else letter)


def _seen(looking, written):
    """Letters with what is written of each, those that the mask hides left out."""
    parts = []
    for j, text in enumerate(written):
        if not looking.hidden[looking.asks, j]:
            parts.append(f'{_quoted(looking.text[j])} <b class="ml-data">{text}</b>')
    return ", ".join(parts)


def _scores_line(looking):
    return f"Scores: {_seen(looking, map(written_score, looking.row_of_scores))}"


def _shares_line(looking):
    how = ": e to the score, divided by the sum" if looking.scores is not None else ""
    return f"Shares{how}: {_seen(looking, [probability(p) for p in looking.row])}"


def _mean_line(looking):
    parts = [
        f'{_quoted(letter)} <b class="ml-data">{probability(part)}</b>'
        for letter, part in looking.mean
        if part >= LEAST
    ]
    return f"Weighted mean of the letters, each one-hot: {', '.join(parts)}"
