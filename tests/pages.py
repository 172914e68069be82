"""How long a lesson is for the reader it is written for, and where its first explorer stands.

`python -m tests.pages` prints a line for each lesson; with paths behind it, for those. The minutes are a sum: 150 words
of prose a minute, 5 seconds for each line of code or of printed output, 1 minute for a prediction, 4 for an exercise,
3 for each explorer. What stands under *For the curious* is not counted.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.notebooks import LESSONS, read

WORDS_PER_MINUTE = 150
SECONDS_PER_LINE = 5
PREDICTION = 1  # minutes
EXERCISE = 4
EXPLORER = 3
CURIOUS = "## For the curious"
CLAIM = re.compile(r"\b[Aa]bout (\d+) minutes\b")
NUMBERED = re.compile(
    r"exercise-\d\d-\d+"
)  # exercise-05-1; a prediction has a letter, exercise-05-a
PICTURES = ("text/html", "image/svg+xml", "image/png")


@dataclass
class Page:
    """What is counted on a lesson's page; first_explorer is the part of the page above it, or None."""

    words: int
    lines: int
    predictions: int
    exercises: int
    explorers: int
    claimed: int | None
    longest_prose: int
    widest_line: int
    first_explorer: float | None

    @property
    def minutes(self):
        return (
            self.words / WORDS_PER_MINUTE
            + self.lines * SECONDS_PER_LINE / 60
            + self.predictions * PREDICTION
            + self.exercises * EXERCISE
            + self.explorers * EXPLORER
        )

    @property
    def to_claim(self):
        """The minutes, rounded up to five: what the page should say."""
        return -(-int(self.minutes + 0.999) // 5) * 5


def counted_cells(notebook):
    """The cells of a lesson without those under *For the curious*."""
    is_curious = False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("## "):
                    is_curious = line.startswith(CURIOUS)
        if not is_curious:
            yield cell


def prose(source):
    """The words of a markdown cell, without code blocks, tables' rules and web addresses."""
    text = re.sub(r"```.*?```", " ", source, flags=re.S)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return [word for word in text.split() if re.search(r"\w", word)]


def printed_lines(cell):
    """The lines that a cell prints; pictures and explorers print none."""
    count = 0
    for output in cell.outputs:
        data = output.get("data", {})
        if not any(kind in data for kind in PICTURES):
            text = output.get("text") or data.get("text/plain", "")
            count += len(text.splitlines())
    return count


def code_lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def is_explorer(cell):
    return any(
        "ml-explorer" in output.get("data", {}).get("text/html", "") for output in cell.outputs
    )


def measure(notebook):
    """The Page of a notebook as it is stored, with its outputs."""
    cells = list(counted_cells(notebook))
    page = Page(0, 0, 0, 0, 0, None, 0, 0, None)
    above = []  # minutes of reading above each explorer
    for cell in cells:
        if cell.cell_type == "markdown":
            words = len(prose(cell.source))
            page.words += words
            page.longest_prose = max(page.longest_prose, words)
            if page.claimed is None and (claim := CLAIM.search(cell.source)):
                page.claimed = int(claim[1])
            continue
        lines = code_lines(cell)
        page.widest_line = max([page.widest_line, *map(len, lines)])
        if "exercise" in cell.metadata.get("tags", []):
            if NUMBERED.fullmatch(cell.id):
                page.exercises += 1
            else:
                page.predictions += 1
            continue
        page.lines += len(lines) + printed_lines(cell)
        if is_explorer(cell):
            page.explorers += 1
            above.append(page.minutes - EXPLORER)
    if above:
        page.first_explorer = above[0] / page.minutes
    return page


def main(arguments):
    print(f"{'lesson':28} words lines  pred  exer  expl  minutes claims longest widest explorer at")
    for path in [Path(argument) for argument in arguments] or LESSONS:
        page = measure(read(path))
        where = "none" if page.first_explorer is None else f"{page.first_explorer:.0%}"
        print(
            f"{path.stem:28} {page.words:5} {page.lines:5} {page.predictions:5} {page.exercises:5} "
            f"{page.explorers:5} {page.minutes:8.1f} {page.claimed or '-':>6} {page.longest_prose:7} "
            f"{page.widest_line:6} {where:>11}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
