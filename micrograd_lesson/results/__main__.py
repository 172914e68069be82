"""python -m micrograd_lesson.results FOLDER…: the table, the picture, and what was skipped."""

import argparse
import sys
from pathlib import Path

from . import read, stuck, summary, write_csv


def main(arguments=None):
    """Read the folders named on the command line, write the table and the picture, say where."""
    parser = argparse.ArgumentParser(
        prog="python -m micrograd_lesson.results",
        description="Reads learners' verdict files and saved notebooks, and executes none of them.",
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="holds a class")
    parser.add_argument("--to", type=Path, default=Path("build/results"), help="where to write")
    chosen = parser.parse_args(arguments)
    results, sentences = read(chosen.folders)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    if not results:
        sys.exit("Nobody has tried an exercise there: no table was written.")
    table = chosen.to / "results.csv"
    picture = chosen.to / "results.png"
    write_csv(results, table)
    stuck(results).savefig(picture, dpi=150)
    print(summary(results))
    print(f"Written: {table}, {picture}")


if __name__ == "__main__":
    main()
