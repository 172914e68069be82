"""Builds what a learner of a class gets: the lessons as a git repository, nothing else.

    python -m hub.content                      # into build/hub/content
    python -m hub.content --solutions 04 05    # with the solutions of these lessons, from now on

The pages come without outputs, so that no prediction is given away; without tests, and without
solutions but for those that are named. Built again, it adds a commit where something has changed,
and nbgitpuller brings that to each learner, who keeps what they have changed.
"""

import argparse
import subprocess
from pathlib import Path

from micrograd_lesson import own_copy

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "build" / "hub" / "content"
IGNORED = "verdicts.txt\n.ipynb_checkpoints/\n"
AUTHOR = {"user.name": "Lessons", "user.email": "lessons@localhost"}


def build(to=BUILT, solutions=(), source=ROOT / "notebooks"):
    """Build, or bring up to date, the repository in the folder to.

    Args:
        to: the folder; only what was built here before may lie in it.
        solutions: the numbers of the lessons whose solutions come along: ["04", "05"].
        source: the folder of the lessons.

    Returns:
        A sentence that says what was done.
    """
    pages = chosen_pages(source, solutions)
    if not (to / ".git").exists():
        if to.exists() and any(to.iterdir()):
            raise SystemExit(f"{to} holds something else: name a folder that is new or empty.")
        to.mkdir(parents=True, exist_ok=True)
        git(to, "init", "--quiet", "--initial-branch=main")
    for name in git(to, "ls-files").splitlines():
        (to / name).unlink(missing_ok=True)
    for name in pages:
        own_copy.lay(source / name, to / name)
    (to / ".gitignore").write_text(IGNORED, "utf-8")
    git(to, "add", "--all")
    if not git(to, "status", "--porcelain"):
        return f"{to} is up to date: {len(pages)} pages."
    git(to, "commit", "--quiet", "--message=The lessons")
    return f"{to} holds {len(pages)} pages."


def chosen_pages(source, solutions):
    """The names of the pages that go along, relative to source."""
    chosen = []
    for name in own_copy.lesson_pages(source):
        number = Path(name).name[:2]
        if "/" not in name or number in solutions:
            chosen.append(name)
    unknown = set(solutions) - {Path(name).name[:2] for name in chosen}
    if not chosen or unknown:
        missing = ", ".join(sorted(unknown)) or "at all"
        raise SystemExit(f"There is no lesson {missing} in {source}.")
    return chosen


def git(folder, *words):
    """What git says in the folder."""
    settings = []
    for name, value in AUTHOR.items():
        settings += ["-c", f"{name}={value}"]
    command = ["git", *settings, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"git {words[0]} failed in {folder}: {done.stderr.strip()}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(prog="python -m hub.content", description=__doc__)
    parser.add_argument("--to", type=Path, default=BUILT, help="the folder of the repository")
    parser.add_argument("--solutions", nargs="*", default=[], metavar="NN")
    chosen = parser.parse_args()
    print(build(chosen.to, chosen.solutions))


if __name__ == "__main__":
    main()
