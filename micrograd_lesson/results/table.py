"""The table of a class: one row for each learner and exercise that was tried."""

import csv
from statistics import median

from .read import known_exercises

COLUMNS = ("learner", "exercise", "tries", "right", "when")


def rows(results):
    """The rows of the table as texts, without the heading."""
    for result in results:
        tries = "" if result.tries is None else str(result.tries)
        right = "yes" if result.right else "no"
        when = result.when.isoformat(timespec="seconds")
        yield (result.learner, result.exercise, tries, right, when)


def write_csv(results, path):
    """Write the table as CSV, in UTF-8, with a heading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(results))


def counts(results):
    """{exercise: (right, not yet, median of tries or None)} of those that somebody has tried."""
    table = {}
    for name in known_exercises():
        here = [result for result in results if result.exercise == name]
        right = sum(result.right for result in here)
        tries = [result.tries for result in here if result.tries is not None]
        if here:
            table[name] = (right, len(here) - right, median(tries) if tries else None)
    return table


def summary(results):
    """A line for each learner, and the exercises where most have not come through."""
    lines = []
    for learner in sorted({result.learner for result in results}):
        mine = [result for result in results if result.learner == learner]
        done = sum(result.right for result in mine)
        last = max(result.when for result in mine)
        lines.append(f"{learner:20} {done:3} right of {len(mine):3} tried, last {last:%Y-%m-%d}")
    waiting = {name: wrong for name, (_, wrong, _) in counts(results).items() if wrong}
    worst = sorted(waiting, key=waiting.get, reverse=True)[:3]
    if worst:
        named = ", ".join(f"{name} ({waiting[name]} not yet)" for name in worst)
        lines.append(f"Most are stuck at: {named}.")
    return "\n".join(lines)
