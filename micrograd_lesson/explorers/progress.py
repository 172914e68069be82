"""A bar for a loop that takes longer than a second."""

from html import escape

from tqdm.notebook import TqdmHBox, tqdm

from .base import stable_id
from .page import executed_by_program


class progress(tqdm):
    """`for epoch in progress(range(40), "training"):` shows a bar that fills as the loop runs.

    Args:
        rounds: what to loop over.
        description: what the bar is called; a text, not HTML.

    It is tqdm's bar; only the words that a page keeps differ. They tell what ran, not how fast.
    """

    def __init__(self, rounds, description="training", **options):
        super().__init__(rounds, desc=description, **options)

    @staticmethod
    def status_printer(_, total=None, desc=None, ncols=None):
        """The bar's widget, which tqdm asks for."""
        made = tqdm.status_printer(_, total, escape(desc or ""), ncols)
        rounds = f"{total} rounds" if total else "one round after another"
        bar = _Bar(made.children, made.layout, f"{desc}: {rounds}")
        made.close()
        return bar


class _Bar(TqdmHBox):
    """tqdm's bar, under an id that is the same in every run, and with words that are."""

    def __init__(self, children, layout, words):
        super().__init__(children, layout=layout, model_id=stable_id(f"progress {words}"))
        self._words = words

    def __repr__(self, pretty=False):
        return self._words

    def _repr_mimebundle_(self, **options):
        """The widget; where a program executes the notebook, the words alone.

        Else the page that is made of it waits for a kernel in their place.
        """
        if executed_by_program():
            return {"text/plain": self._words}
        return super()._repr_mimebundle_(**options)
