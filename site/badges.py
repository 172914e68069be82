"""Writes the README's row of badges: `make badges REPOSITORY=owner/name`.

Without a name it writes those that need none: the tests' and the site's last runs, by links that
GitHub resolves beside the README.
"""

import argparse
import re
import sys
from pathlib import Path

import addresses

README = Path(__file__).resolve().parents[1] / "README.md"
FIRST_PAGE = "00_start_here.ipynb"
ROW = re.compile(r"(<!-- badges -->\n).*?(<!-- /badges -->)", re.DOTALL)


def badge(words, picture, link):
    return f"[![{words}]({picture})]({link})"


def row(repository=""):
    """The badges, a line each.

    Args:
        repository: owner/name on GitHub; "" for the badges that need none.
    """
    badges = [
        badge(f"the last run of {name}", f"{run}/badge.svg", run)
        for name in ("test", "pages")
        for run in [f"../../actions/workflows/{name}.yml"]
    ]
    if repository:
        binder = addresses.binder(repository, FIRST_PAGE)
        colab = addresses.colab(repository, FIRST_PAGE)
        badges += [
            badge(
                "the series as a web site",
                "https://img.shields.io/badge/read-on_the_web-2a78b5",
                addresses.pages(repository),
            ),
            badge("open it on Binder", "https://mybinder.org/badge_logo.svg", binder),
            badge(
                "open it on Colab",
                "https://colab.research.google.com/assets/colab-badge.svg",
                colab,
            ),
        ]
    return "\n".join(badges) + "\n"


def write(readme=README, repository=""):
    """Put the row between the README's two marks.

    Raises:
        ValueError: no repository's name, or a README without the marks.
    """
    text = readme.read_text("utf-8")
    if not ROW.search(text):
        raise ValueError(f"{readme.name} has no lines <!-- badges --> and <!-- /badges -->.")
    badges = row(repository and addresses.checked(repository))
    readme.write_text(ROW.sub(lambda marks: marks[1] + badges + marks[2], text), "utf-8")


def main(arguments):
    parser = argparse.ArgumentParser(prog="python site/badges.py")
    parser.add_argument("repository", nargs="?", default="", help="owner/name on GitHub")
    try:
        write(repository=parser.parse_args(arguments).repository)
    except ValueError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main(sys.argv[1:])
