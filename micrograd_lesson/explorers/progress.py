"""A bar for a loop that takes longer than a second."""

from tqdm.notebook import TqdmHBox, tqdm


class progress(tqdm):
    """`for epoch in progress(range(40), "training"):` shows a bar that fills as the loop runs.

    Args:
        rounds: what to loop over.
        description: what the bar is called.

    It is tqdm's bar; only the words that a page keeps differ. They tell what ran, not how fast.
    """

    def __init__(self, rounds, description="training", **options):
        super().__init__(rounds, desc=description, **options)

    @staticmethod
    def status_printer(_, total=None, desc=None, ncols=None):
        return _Bar(
            tqdm.status_printer(_, total, desc, ncols).children,
            words=f"{desc}: {f'{total} rounds' if total else 'one round after another'}",
        )


class _Bar(TqdmHBox):
    def __init__(self, children, words):
        super().__init__(children)
        self._words = words

    def __repr__(self, pretty=False):
        return self._words
