"""The map on page 00: which exercises are done, and what is next."""

from html import escape

from . import _record
from ._check import _CHECKS

# The lessons in order, by the names of their files.
LESSONS = {
    "00_start_here": "Start here",
    "01_derivatives": "Derivatives",
    "02_backprop_by_hand": "Backprop by hand",
    "03_neuron_by_hand": "A neuron by hand",
    "04_backprop_automatic": "Backprop, automatic",
    "05_gradients_add": "When gradients add",
    "06_more_operations": "More operations",
    "07_neurons_layers_networks": "Neurons, layers, networks",
    "08_training": "Training",
    "09_ice_cream": "Ice cream",
    "10_arrays": "Arrays",
    "11_array_engine": "An engine for arrays",
    "12_pytorch_agrees": "PyTorch agrees",
    "13_two_moons": "Two moons",
    "14_better_training": "Better training",
    "15_digits": "Digits",
    "16_convolution": "Convolution",
    "17_next_letter": "The next letter",
    "18_attention": "Attention",
    "19_small_gpt": "A small GPT",
}
DONE, TRIED, OPEN = "✓", "○", "·"
LEGEND = f"{DONE} right, {TRIED} not yet, {OPEN} open"


def my_map():
    """What you have done so far, and what is next; a notebook shows it as a table."""
    return Map(*_record.read())


class Map:
    """The exercises of all lessons, those that were right once, and those that were tried.

    Attributes:
        lessons: [(number, title, file, exercises)] of those that have exercises.
        next: (number, title, file, exercise), the first that is not done; None after the last.
    """

    def __init__(self, tried, problem=""):
        """tried: {exercise: whether it was right once}; problem: a sentence to show, or ""."""
        self.tried = tried
        self.problem = problem
        self.lessons = []
        self.next = None
        for stem, title in LESSONS.items():
            number = stem[:2]
            exercises = [name for name in _CHECKS if name.startswith(f"{number}.")]
            if exercises:
                self.lessons.append((number, title, f"{stem}.ipynb", exercises))
            for name in exercises:
                if self.next is None and not tried.get(name):
                    self.next = (number, title, f"{stem}.ipynb", name)

    @property
    def summary(self):
        """How far you are, in one sentence."""
        if not self.tried:
            return "Nothing done yet: here your exercises will be ticked off."
        known = [name for *_, exercises in self.lessons for name in exercises]
        done = sum(self.tried.get(name, False) for name in known)
        return f"{done} of {len(known)} exercises done."

    def mark(self, name):
        """The mark of an exercise: done, tried, or open."""
        if name not in self.tried:
            return OPEN
        return DONE if self.tried[name] else TRIED

    def marks(self, exercises):
        """The exercises with their marks: ✓ 1, ○ 2."""
        return "  ".join(f"{self.mark(name)} {name.split('.')[1]}" for name in exercises)

    def __repr__(self):
        lines = [self.summary]
        for number, title, _, exercises in self.lessons:
            lines.append(f"{number} {title:27}{self.marks(exercises)}")
        lines.append(LEGEND)
        if self.next is not None:
            lines.append(f"Next: exercise {self.next[3]}, in lesson {self.next[0]}.")
        if self.problem:
            lines.append(self.problem)
        return "\n".join(lines)

    def _repr_html_(self):
        rows = []
        for number, title, file, exercises in self.lessons:
            link = f'<a href="{file}">{number} · {escape(title)}</a>'
            marks = "&emsp;".join(escape(self.marks([name])) for name in exercises)
            rows.append(
                f'<tr><td style="text-align: left">{link}</td>'
                f'<td style="text-align: left">{marks}</td></tr>'
            )
        parts = [f"<p>{escape(self.summary)}</p>", f"<table>{''.join(rows)}</table>"]
        said = f"{LEGEND}."
        if self.next is not None:
            number, title, file, name = self.next
            link = f'<a href="{file}">{number} · {escape(title)}</a>'
            said += f" <b>Next:</b> exercise {name}, in {link}."
        parts.append(f"<p>{said}</p>")
        if self.problem:
            parts.append(f"<p>{escape(self.problem)}</p>")
        return "".join(parts)
