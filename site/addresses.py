"""Where the series stands on the web, from its repository's name on GitHub (owner/name)."""

import re

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")


def checked(repository):
    """The name, if it is one.

    Raises:
        ValueError: it is not an owner's and a repository's name with / between them.
    """
    if not NAME.fullmatch(repository):
        raise ValueError(
            f"{repository!r} is no repository on GitHub: give its owner and its name, as in "
            "owner/name."
        )
    return repository


def binder(repository, notebook):
    """The address that opens a notebook on Binder."""
    place = f"urlpath=lab/tree/notebooks/{notebook}"
    return f"https://mybinder.org/v2/gh/{repository}/main?{place}"


def colab(repository, notebook):
    """The address that opens a notebook on Colab, as the workflow pages.yml publishes it."""
    return f"https://colab.research.google.com/github/{repository}/blob/gh-pages/colab/{notebook}"


def pages(repository):
    """The address at which GitHub Pages serves the site."""
    owner, name = repository.split("/")
    own = name.lower() == f"{owner}.github.io".lower()
    return f"https://{owner.lower()}.github.io/" + ("" if own else f"{name}/")
