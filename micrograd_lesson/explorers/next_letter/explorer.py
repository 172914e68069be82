"""NextLetterExplorer: type the beginning of a name, and see what a model expects next."""

from html import escape

import ipywidgets as widgets
from traitlets import Float, Unicode, link, validate

from ...words import fixed, number, probability
from ..base import Explorer
from ..controls import LABEL_WIDTH, refuse_unknown
from .guess import SHOWN, checked_models, guess
from .picture import NextLetterPicture, named

BEGINNINGS = (".", "a", "e", "q", "jo", "xo", "ma", "mar", "chr", "christin", "christina")


class NextLetterExplorer(Explorer):
    """The beginning of a name, and the ten letters that a model thinks likeliest to come next.

    Args:
        models: dict from a name to a model: a function of the text so far, such as "emm", "" at
            first, to 27 scores, of the point and of a to z. Their softmax is shown.
        text: the beginning, letters a to z; a point before them may stand or not.
        state: starting values of temperature and model (a name).
        beginnings: the texts that a page without a kernel offers; None for some that are common.

    Raises:
        TypeError: models is no dict from names.
        ValueError: there is no model, one does not give 27 scores, or text is no beginning.
    """

    text = Unicode(".")
    temperature = Float(1.0)
    model = Unicode()
    on_page = {"text": None, "temperature": [0.25, 0.5, 1.0, 2.0]}

    def __init__(self, models, text=".", *, beginnings=None, **state):
        self._models = checked_models(models, text)
        self.text = text
        self.model = next(iter(self._models))
        for name, value in state.items():
            self.set_trait(name, value)
        rows = [
            self._text_row(BEGINNINGS if beginnings is None else beginnings),
            self.slider("temperature", 0.1, 3.0, 0.05, "temperature"),
        ]
        if len(self._models) > 1:
            rows.append(self.choice("model", list(self._models), "model"))
            self.on_page = {**self.on_page, "model": None}
        super().__init__(NextLetterPicture(), *rows)

    def _text_row(self, beginnings):
        box = TextBox(beginnings, self.text)
        link((self, "text"), (box, "value"))
        self.controls["text"] = box
        return box

    @validate("model")
    def _known(self, proposal):
        refuse_unknown("model", proposal.value, self._models)
        return proposal.value

    def draw(self):
        state = guess(self._models[self.model], self.text, self.temperature)
        self.picture.update(state)
        return "<br>".join([_asked(state, self.model), _answer(state), _rest(state)])


class TextBox(widgets.Text):
    """A box for the beginning of a name.

    beginnings: what a page without a kernel offers in its place.
    """

    def __init__(self, beginnings, value):
        self.beginnings = beginnings
        style = {"description_width": LABEL_WIDTH}
        super().__init__(value, description="name so far", style=style)

    @property
    def options(self):
        """The beginnings and the present text: short ones first, then by the alphabet."""
        return sorted({*self.beginnings, self.value}, key=_order)


def _order(text):
    return len(text), text


def _asked(state, model):
    after = f'After <b class="ml-moved">{state.text}</b>' if state.text else "At the beginning"
    scores = f"the scores of {escape(model)}"
    if state.temperature == 1:
        return f"{after}: softmax of {scores}"
    return f"{after}: softmax of {scores}, each divided by {number(state.temperature)}"


def _answer(state):
    best = state.likeliest[0]
    p = f'<b class="ml-data">{probability(state.probability(best))}</b>'
    loss = f'<b class="ml-data">{fixed(state.surprise(best), 3)}</b>'
    return f"likeliest: {named(best)}, with probability {p}; if it comes, the loss is {loss} nats"


def _rest(state):
    end = f'<b class="ml-data">{probability(state.probability(0))}</b>'
    ten = f'<b class="ml-data">{probability(state.together)}</b>'
    return f"the name ends here: {end}; the {SHOWN} letters shown, together: {ten}"
