"""Builds the web site of the series: `python site/build.py` (`make site`) writes it to build/site.

The lessons are laid out as Sphinx reads them, in build/pages: each with a row of links to its
notebook, the solutions folded, the start page with the first lesson's network and the map. Then
Sphinx turns the pages into a site that any static host serves. A link that leads nowhere stops
the build. Last, live.py builds the live version into it.
"""

import argparse
import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import addresses
import live
import nbformat
from lessons import SOLUTIONS, learners_copy, lessons, read
from mathjax import mathjax
from nbformat.v4 import new_code_cell, new_markdown_cell

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LIVE = "live/lab/index.html"  # where the live version stands, seen from the site's root
NETWORK = 'class="ml-explorer ml-page TrainingExplorer"'
PARTS = {
    "Part I · One number at a time": range(0, 10),
    "Part II · Many numbers at once": range(10, 16),
    "Part III · Beyond the MLP": range(16, 20),
}


# What the pages are made of.


def title(notebook):
    """The text of a notebook's first heading: "01 · Derivatives: what happens when …"."""
    return re.match(r"# (.+)", notebook.cells[0].source)[1]


def questions(readme):
    """{file name: (question, what moves)} from the README's table of lessons."""
    rows = re.findall(
        r"^\| \[[^]]*\]\(notebooks/([^)]+)\) \| ([^|]+) \| ([^|]+) \|$", readme, flags=re.M
    )
    return {name: (question.strip(), moves.strip()) for name, question, moves in rows}


# The pages.


def ways(name, repository):
    """The row of links on a lesson's page: its notebook, and where it can be run."""
    links = [
        f'<a href="../notebooks/{name}" download>Notebook</a>',
        f'<a href="../{LIVE}?path={name}">Run it in your browser</a>',
    ]
    if repository:
        links.append(f'<a href="{addresses.binder(repository, name)}">Binder</a>')
        links.append(f'<a href="{addresses.colab(repository, name)}">Colab</a>')
    return f'<p class="ways">{" ".join(links)}</p>'


def to_page(text, repository):
    """A markdown cell, its links to files outside the pages turned to where these are."""
    text = text.replace("](../README.md)", "](../index.md)")
    outside = f"https://github.com/{repository}/blob/main/" if repository else None

    def turned(link):
        words, path = link[1], link[2]
        if outside:
            return f"[{words}]({outside}{path})"
        return f"[{words}](../package.md)" if path.startswith("micrograd_lesson/") else words

    return re.sub(r"\[([^]]+)\]\(\.\./(?!index|solutions)([^)]+)\)", turned, text)


def lesson_page(notebook, name, repository):
    """A lesson as a page: links under its title."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = to_page(cell.source, repository)
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):  # the map of page 00 links to notebooks
                page = "".join(output.data["text/html"])
                output.data["text/html"] = re.sub(r'href="(\w+)\.ipynb"', r'href="\1.html"', page)
    first = notebook.cells[0]
    heading, _, rest = first.source.partition("\n")
    first.source = heading
    row = ways(name, repository)
    notebook.cells[1:1] = [
        new_markdown_cell(row, id="ways"),
        new_markdown_cell(rest.strip(), id="opening"),
    ]
    return notebook


def solution_page(notebook):
    """Solutions as a page, on which each has to be unfolded."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "exercise" in tags:
            cell.metadata["tags"] = [*tags, "hide-cell"]
        elif cell.cell_type == "markdown":
            cell.source = cell.source.replace("](../../README.md)", "](../../index.md)")
    return notebook


def network():
    """The HTML of the first TrainingExplorer of the lessons, for the start page."""
    for path in lessons():
        for cell in read(path).cells:
            for output in cell.get("outputs", []):
                page = "".join(output.get("data", {}).get("text/html", ""))
                if NETWORK in page:
                    return page
    raise SystemExit("No lesson holds a TrainingExplorer with its moving page: make notebooks.")


def by_part():
    """(part, paths) of each part that has lessons."""
    for part, numbers in PARTS.items():
        paths = [path for path in lessons() if int(path.name[:2]) in numbers]
        if paths:
            yield part, paths


def the_map(readme):
    """The map of the series as an HTML table: what each lesson asks, and what moves there."""
    asked = questions(readme)
    rows = []
    for part, paths in by_part():
        rows.append(f'<tr><th colspan="3">{part}</th></tr>')
        for path in paths:
            name, _, _ = title(read(path)).partition(":")
            question, moves = asked.get(path.name, ("", ""))
            rows.append(
                f'<tr><td><a href="lessons/{path.stem}.html">{html.escape(name)}</a></td>'
                f"<td>{html.escape(question)}</td><td>{html.escape(moves)}</td></tr>"
            )
    head = "<tr><th>lesson</th><th>the question</th><th>what you move</th></tr>"
    return f'<table class="map">{head}{"".join(rows)}</table>'


def contents():
    """Sphinx's lists of pages: a part each, then the pages that are not lessons."""
    blocks = []
    for part, paths in by_part():
        blocks.append(toctree(part, [f"lessons/{path.stem}" for path in paths]))
    solved = [f"lessons/solutions/{path.stem}" for path in lessons(SOLUTIONS)]
    blocks.append(toctree("Besides", ["teachers", "package", "solutions"]))
    return "\n".join(blocks), "# Solutions\n\n" + toctree("", solved)


def toctree(caption, names):
    options = f":caption: {caption}\n:hidden:\n" if caption else ":maxdepth: 1\n"
    return f"```{{toctree}}\n{options}\n" + "\n".join(names) + "\n```\n"


def lay_out(pages, repository):
    """Write all pages into the folder `pages`, as Sphinx reads them."""
    shutil.rmtree(pages, ignore_errors=True)
    (pages / "lessons" / "solutions").mkdir(parents=True)
    for path in lessons():
        page = lesson_page(read(path), path.name, repository)
        nbformat.write(page, pages / "lessons" / path.name)
    for path in lessons(SOLUTIONS):
        nbformat.write(solution_page(read(path)), pages / "lessons" / "solutions" / path.name)
    readme = (ROOT / "README.md").read_text("utf-8")
    lists, solutions = contents()
    start = (HERE / "index.md").read_text("utf-8")
    start = start.replace("{network}", as_html(network()))
    start = start.replace("{map}", as_html(the_map(readme)))
    start = start.replace("{live}", LIVE)
    (pages / "index.md").write_text(start + "\n" + lists, "utf-8")
    (pages / "solutions.md").write_text(solutions, "utf-8")
    for name in ("teachers.md", "package.md"):
        shutil.copy(HERE / name, pages / name)
    static = pages / "_static"
    (static / "mathjax").mkdir(parents=True)
    shutil.copy(HERE / "look.css", static)
    shutil.copy(mathjax(), static / "mathjax")


def for_colab(path, repository):
    """A learner's copy that installs the package first: Colab has neither it nor ipywidgets 8."""
    source = (
        "# Colab only: installs the lessons' package. Then choose Runtime > Restart session once.\n"
        f'%pip install --quiet "micrograd-lesson @ git+https://github.com/{repository}"'
    )
    notebook = learners_copy(path)
    notebook.cells.insert(1, new_code_cell(source, id="install"))
    return notebook


def hand_out(site, repository):
    """Put the notebooks into the site, for those who take one along, and for Colab."""
    folders = ["notebooks"] + (["colab"] if repository else [])
    for folder in folders:
        (site / folder).mkdir(exist_ok=True)
    for path in lessons():
        nbformat.write(learners_copy(path), site / "notebooks" / path.name)
        if repository:
            nbformat.write(for_colab(path, repository), site / "colab" / path.name)


def as_html(text):
    return f"```{{raw}} html\n{text}\n```"


def build(into, repository=""):
    """Build the site into the folder into/site; into/pages and into/doctrees are its workshop.

    Raises:
        SystemExit: Sphinx found something wrong, a broken link for instance, and has said what.
    """
    pages, site = into / "pages", into / "site"
    lay_out(pages, repository)
    shutil.rmtree(site, ignore_errors=True)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-j", "2"]
    folders = ["-c", HERE, "-d", into / "doctrees", pages, site]
    settings = ["-D", f"html_static_path={pages / '_static'}"]
    if subprocess.run([*sphinx, *settings, *folders], check=False).returncode:
        sys.exit("The site was not built: see what Sphinx says above.")
    hand_out(site, repository)
    return site


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--repository",
        default=os.environ.get("GITHUB_REPOSITORY", ""),
        help="owner/name on GitHub, for the links to Binder and Colab; without it there are none",
    )
    parser.add_argument("--into", type=Path, default=ROOT / "build", help="the folder to build in")
    parser.add_argument("--only", choices=["pages", "live"], help="build this part alone")
    parser.add_argument(
        "--pyodide",
        type=Path,
        help="npm's package pyodide: its folder; the live version then needs no network, but has "
        "neither NumPy nor matplotlib",
    )
    options = parser.parse_args(arguments)
    if options.repository:
        try:
            addresses.checked(options.repository)
        except ValueError as problem:
            sys.exit(str(problem))
    into = options.into.resolve()
    site = into / "site"
    if options.only != "live":
        build(into, options.repository)
    if options.only != "pages":
        live.build(site, into / "live", options.pyodide)
    if not options.repository:
        print("No repository is named (--repository owner/name): no links to Binder and Colab.")
    print(f"The site is in {site}: python -m http.server -d {site}")


if __name__ == "__main__":
    main(sys.argv[1:])
