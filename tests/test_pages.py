"""What a page promises its reader: honest minutes, short cells, an explorer early, answers folded away."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.notebooks import LESSONS, as_parameters, exercises, is_answered, stored
from tests.pages import is_explorer, measure

SHORTEST, LONGEST = 20, 45  # minutes
LONGEST_PROSE = 200  # words
WIDEST_LINE = 88
EXERCISE = re.compile(r"exercise-(\d\d)-(\d+|[a-z])")


def check_minutes(name, notebook):
    page = measure(notebook)
    found = []
    if page.claimed != page.to_claim:
        found.append(f"says {page.claimed} minutes, and takes {page.minutes:.1f}: {page.to_claim}")
    shortest = 0 if name.startswith("00") else SHORTEST
    if not shortest <= page.to_claim <= LONGEST:
        found.append(f"takes {page.to_claim} minutes, and should take {SHORTEST} to {LONGEST}")
    return found


def check_prose(name, notebook):
    longest = measure(notebook).longest_prose
    return [f"a cell has {longest} words"] if longest > LONGEST_PROSE else []


def check_width(name, notebook):
    widest = measure(notebook).widest_line
    return [f"a line of code has {widest} characters"] if widest > WIDEST_LINE else []


def check_first_explorer(name, notebook):
    place = measure(notebook).first_explorer
    if place is None:
        return ["has no explorer"]
    return [f"the first explorer stands at {place:.0%}"] if place > 1 / 3 else []


def check_answers_are_folded(name, notebook):
    """The tag and the metadata go together, and each prediction has such a cell behind it.

    It may have none, where no cell that prints or shows stands before the next exercise.
    """
    found = []
    waiting = None  # the prediction that no output has answered yet
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        tags = cell.metadata.get("tags", [])
        tagged = "hide-output" in tags
        hidden = bool(cell.metadata.get("jupyter", {}).get("outputs_hidden"))
        if tagged != hidden:
            found.append(f"{cell.id} has only one of hide-output and outputs_hidden")
        if "exercise" in tags:
            waiting = cell.id if cell.id[-1].isalpha() else None
        elif waiting and cell.outputs and not is_explorer(cell):
            if not tagged:
                found.append(f"{cell.id} shows what {waiting} asks for, and is not folded")
            waiting = None
    return found


def check_exercises(name, notebook):
    """Each stands in its lesson, ends in its own check and waits; numbers and letters have no gaps."""
    found = []
    seen = {"letters": [], "numbers": []}
    for place, cell in exercises(notebook).items():
        parts = EXERCISE.fullmatch(place)
        if parts is None or parts[1] != name[:2]:
            found.append(f"{place} is no name of an exercise here")
            continue
        kind = "numbers" if parts[2].isdecimal() else "letters"
        seen[kind].append(parts[2])
        last = cell.source.rstrip().splitlines()[-1]
        if not last.startswith(f'check("{parts[1]}.{parts[2]}", '):
            found.append(f"{place} does not end in its check: {last}")
        if is_answered(cell):
            found.append(f"{place} does not wait for an answer")
    if seen["numbers"] != [str(i + 1) for i in range(len(seen["numbers"]))]:
        found.append(f"exercises are numbered {', '.join(seen['numbers'])}")
    if seen["letters"] != [chr(ord("a") + i) for i in range(len(seen["letters"]))]:
        found.append(f"predictions are named {', '.join(seen['letters'])}")
    return found


CHECKS = [
    check_minutes,
    check_prose,
    check_width,
    check_first_explorer,
    check_answers_are_folded,
    check_exercises,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", as_parameters(LESSONS))
def test_page(path, check):
    assert check(path.stem, stored(path)) == []


# The checks themselves.


def cell(source="1", name="cell", shows="1", folded=None, tags=()):
    metadata = {"tags": list(tags)}
    if folded:
        metadata = {"tags": [*tags, "hide-output"], "jupyter": {"outputs_hidden": True}}
    outputs = [new_output("execute_result", {"text/plain": shows})] if shows else []
    return new_code_cell(source, id=name, metadata=metadata, outputs=outputs)


def asked(name, source=None):
    source = source or f'x = ...\ncheck("{name[9:11]}.{name[12:]}", x)'
    return cell(source, name, "… Waiting for your answer", tags=["exercise"])


def explorer():
    html = new_output("display_data", {"text/html": '<div class="ml-explorer">'})
    return new_code_cell("explorer", id="explorer", outputs=[html])


def notebook(*cells):
    return new_notebook(
        cells=[
            new_markdown_cell(c, id=f"m{i}") if isinstance(c, str) else c
            for i, c in enumerate(cells)
        ]
    )


@pytest.mark.parametrize(
    "words, claim, complaints",
    [(3000, 20, 0), (3000, 25, 1), (3010, 25, 0), (6750, 45, 0), (6800, 50, 1), (1500, 10, 1)],
)
def test_minutes_are_compared(words, claim, complaints):
    text = f"About {claim} minutes. " + "word " * (words - 3)
    assert len(check_minutes("05_x", notebook(text))) == complaints


def test_the_first_page_may_be_short():
    assert check_minutes("00_x", notebook("About 5 minutes")) == []


def test_long_prose_and_wide_lines_are_seen():
    assert check_prose("05_x", notebook("word " * 200)) == []
    assert check_prose("05_x", notebook("word " * 201)) != []
    assert check_width("05_x", notebook(cell("x" * 88))) == []
    assert check_width("05_x", notebook(cell("x" * 89))) != []


def test_a_late_explorer_is_seen():
    assert check_first_explorer("05_x", notebook("word " * 100)) == ["has no explorer"]
    assert check_first_explorer("05_x", notebook(explorer(), "word " * 100)) == []
    assert check_first_explorer("05_x", notebook("word " * 900, explorer())) != []


def test_an_open_answer_is_seen():
    question = asked("exercise-05-a")
    assert (
        check_answers_are_folded("05_x", notebook(question, cell(folded=True), cell(name="b")))
        == []
    )
    assert (
        check_answers_are_folded(
            "05_x", notebook(question, cell(shows=""), cell(name="b", folded=True))
        )
        == []
    )
    assert "cell shows what" in check_answers_are_folded("05_x", notebook(question, cell()))[0]
    half = cell(tags=["hide-output"])
    assert "only one of" in check_answers_are_folded("05_x", notebook(half))[0]


def test_badly_formed_exercises_are_seen():
    sound = [asked("exercise-05-a"), asked("exercise-05-1"), asked("exercise-05-2")]
    assert check_exercises("05_x", notebook(*sound)) == []
    assert check_exercises("04_x", notebook(*sound)) != []
    assert "numbered 1, 3" in check_exercises("05_x", notebook(sound[1], asked("exercise-05-3")))[0]
    assert "named b" in check_exercises("05_x", notebook(asked("exercise-05-b")))[0]
    other = asked("exercise-05-1", 'x = ...\ncheck("05.2", x)')
    assert "does not end" in check_exercises("05_x", notebook(other))[0]
    answered = asked("exercise-05-1", 'x = 3\ncheck("05.1", x)')
    assert "does not wait" in check_exercises("05_x", notebook(answered))[0]
