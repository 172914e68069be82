"""WritingExplorer: press Next, and a model writes a name, letter by letter."""

import ipywidgets as widgets
from traitlets import Float, Int, Unicode, validate

from ...words import count, fixed, probability
from ..base import Explorer
from ..controls import button, refuse_unknown
from .draws import MOST_LETTERS, checked_models, draws, heads_of
from .picture import WritingPicture, shown

NAMES = 99  # the seeds of names go from 0 to this


class WritingExplorer(Explorer):
    """A model writes names: the likeliest next letters, the one drawn, and where attention looks.

    Args:
        models: a model, or a dict from names to models. Called with whole numbers of shape
            (1, T), T from 1 to 12, a model gives a Tensor of shape (1, T, 27), as
            `tensor_nn.GPT` does; where it has a method `attention` as GPT has, its weights are
            shown.
        known: names to look a finished one up in, such as the training names; None for none.
        state: starting values of letter, seed, temperature and model (a name).

    Attributes:
        letter: which letter of the name is being drawn, from 1; where the name ends before, its
            last one is shown.
        seed: of the name: the same seed and temperature give the same name, the one that
            `write` writes with np.random.default_rng(seed).
        temperature, model: settable too.

    Raises:
        TypeError: models is neither a model nor a dict from names.
        ValueError: there is no model, or one does not give such scores.
        TraitError: a value is out of range, or there is no such model.
    """

    letter = Int(1)
    seed = Int(0)
    temperature = Float(1.0)
    model = Unicode()

    def __init__(self, models, known=None, **state):
        self._models = checked_models(models)
        self._known = None if known is None else frozenset(known)
        self._written = {}
        self.model = next(iter(self._models))
        for name, value in state.items():
            self.set_trait(name, value)
        seeds = [self.seed, (self.seed + 1) % (NAMES + 1), (self.seed + 2) % (NAMES + 1)]
        self.on_page = {"seed": seeds, "temperature": [0.5, 1.0, 1.5], "letter": MOST_LETTERS}
        rows = self._rows()
        heads = max(heads_of(model) for model in self._models.values())
        super().__init__(WritingPicture(heads), *rows)

    def _rows(self):
        rows = [
            self.slider("letter", 1, MOST_LETTERS, 1, "letter", widgets.IntSlider),
            widgets.HBox(
                [
                    button("◀ Back", "one letter back", "8em", lambda: self._move(-1)),
                    button("Next ▶", "draw the next letter", "8em", lambda: self._move(+1)),
                    button("New name", "begin another name", "8em", self._begin_another),
                ]
            ),
            self.slider("seed", 0, NAMES, 1, "name", widgets.IntSlider),
            self.slider("temperature", 0.1, 2.0, 0.1, "temperature"),
        ]
        if len(self._models) > 1:
            rows.append(self.choice("model", list(self._models), "model"))
            self.on_page = {"model": None, **self.on_page}
        return rows

    def _move(self, by):
        if self.error:  # there is no name; the readout says why
            return
        last = len(self._draws())
        self.letter = min(max(min(self.letter, last) + by, 1), last)

    def _begin_another(self):
        with self.hold_trait_notifications():
            self.seed = (self.seed + 1) % (NAMES + 1)
            self.letter = 1

    @validate("model")
    def _known_model(self, proposal):
        refuse_unknown("model", proposal.value, self._models)
        return proposal.value

    def _draws(self):
        """The Draws of the present name; those of the last one asked for are kept."""
        key = self.model, self.seed, self.temperature
        if key not in self._written:
            model, seed, temperature = key
            self._written = {key: draws(self._models[model], seed, temperature)}
        return self._written[key]

    def draw(self):
        written = self._draws()
        nth = min(self.letter, len(written))
        draw = written[nth - 1]
        self.picture.update(draw)
        lines = [self._drawn_line(draw, nth), self._name_line(draw, nth), looks_line(draw)]
        return "<br>".join(line for line in lines if line)

    def _drawn_line(self, draw, nth):
        p = f'<b class="ml-data">{probability(draw.probabilities[draw.drawn])}</b>'
        drawn = f'<b class="ml-moved">{shown(draw.letter)}</b>'
        return (
            f"Letter {nth}: after “{draw.seen}” it draws {drawn}, with probability {p}: "
            f"number {draw.rank} of 27."
        )

    def _name_line(self, draw, nth):
        if not draw.is_last:
            return f"So far: <b>{draw.after}</b>"
        name = draw.after.rstrip(".")
        line = f"The name is finished after {count(nth, 'draw')}: <b>{name or '(empty)'}</b>."
        if self._known is None:
            return line
        where = "It is" if name in self._known else "It is not"
        return f"{line} {where} among the {len(self._known):,} names given."


def looks_line(draw):
    """Where each head looks most, in words."""
    if draw.weights is None:
        return "This model has no attention to show."
    parts = []
    for head in range(len(draw.weights)):
        place, weight = draw.looks_at(head)
        parts.append(f"head {head} at {place_named(draw, place)} ({fixed(weight, 2)})")
    return f"From its last place it looks most: {', '.join(parts)}"


def place_named(draw, place):
    """The letter at a place and the number of its place: n (2)."""
    return f"{shown(draw.seen[place])} in place {place}"
