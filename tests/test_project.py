"""The project's own papers and habits: that its files agree with one another."""

import datetime
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
PYTHON = [
    path for folder in ("tests", "benchmarks", "images") for path in ROOT.glob(f"{folder}/**/*.py")
]
SIBLINGS = {path.stem for path in PYTHON if path.is_relative_to(ROOT / "tests")}


def imported_modules(code):
    """The first part of the name of every module that the code imports; "" of a relative one."""
    found = re.findall(r"^ *import (.+)|^ *from ([\w.]+) import", code, re.M)
    names = [name for several, one in found for name in (one or several).split(",")]
    return {name.strip().split(" ")[0].split(".")[0] for name in names}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_helpers_are_imported_by_their_full_name(path):
    """`from tests.refusals import refusal`, so that two modules of one name cannot clash."""
    code = path.read_text("utf-8")
    assert not imported_modules(code) & SIBLINGS, "write from tests.… import …"
    changed = re.findall(r"^ *sys\.path\b.*", code, re.M)
    assert changed == [], "no search path is changed: start from the project's folder"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_artists_are_asked_for_by_name(path):
    """Never by their place in one of matplotlib's lists, which moves when a picture gets one more."""
    lists = r"axes|lines|texts|patches|collections|containers|images|artists|get_children\(\)"
    code = path.read_text("utf-8")
    assert re.findall(rf".*\.(?:{lists})\[-?[\d:].*", code) == []


def package():
    return tomllib.loads(text("pyproject.toml"))["project"]


def text(name):
    return (ROOT / name).read_text("utf-8")


def citation():
    return yaml.safe_load(text("CITATION.cff"))


def releases():
    """[(version, date), …] of the changelog, the newest first."""
    return re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", text("CHANGELOG.md"), re.M)


def test_one_version():
    assert citation()["version"] == package()["version"] == releases()[0][0]
    assert citation()["date-released"] == datetime.date.fromisoformat(releases()[0][1])


def test_the_changelog_says_what_is_not_released_yet_first():
    assert re.findall(r"^## \[(.+?)\]", text("CHANGELOG.md"), re.M)[0] == "Unreleased"
    kinds = set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.M))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_citation_is_whole():
    stated = citation()
    assert stated["cff-version"] == "1.2.0"
    assert stated["license"] == package()["license"]
    for needed in ("message", "title", "authors"):
        assert stated[needed]
    assert stated["title"] == text("README.md").splitlines()[0].removeprefix("# ")


@pytest.fixture
def badges(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "site")
    import badges

    return badges


def test_the_readme_has_a_row_of_badges(badges, tmp_path):
    """What `make badges` writes, with or without a name, once or twice."""
    workflows = {path.name for path in (ROOT / ".github" / "workflows").iterdir()}
    readme = tmp_path / "README.md"
    shutil.copy(ROOT / "README.md", readme)
    (before, after) = badges.ROW.split(readme.read_text("utf-8"))[:: badges.ROW.groups + 1]
    for repository in ("ada/lessons", ""):
        badges.write(readme, repository)
        written = readme.read_bytes()
        badges.write(readme, repository)
        assert readme.read_bytes() == written
        row = badges.row(repository)
        assert written.decode() == f"{before}<!-- badges -->\n{row}<!-- /badges -->{after}"
        assert set(re.findall(r"workflows/([a-z]+\.yml)/badge", row)) <= workflows
        for address in (
            "ada.github.io/lessons/",
            "gh/ada/lessons/main",
            "ada/lessons/blob/gh-pages",
        ):
            assert (address in row) == bool(repository)


def test_a_badge_needs_a_name_and_a_place(badges, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="no lines <!-- badges -->"):
        badges.write(readme, "ada/lessons")
    shutil.copy(ROOT / "README.md", readme)
    for wrong in ("lessons", "https://github.com/ada/lessons", "ada/", "ada/les sons"):
        with pytest.raises(ValueError, match="is no repository on GitHub: give its owner"):
            badges.write(readme, wrong)
    assert readme.read_bytes() == (ROOT / "README.md").read_bytes()


def test_a_site_of_its_owner_stands_at_the_top(badges):
    assert badges.addresses.pages("Ada/ada.github.io") == "https://ada.github.io/"
    assert badges.addresses.pages("Ada/lessons") == "https://ada.github.io/lessons/"


@pytest.mark.parametrize(
    "path",
    [*(ROOT / ".github").rglob("*.yml"), ROOT / ".pre-commit-config.yaml"],
    ids=lambda path: path.name,
)
def test_yaml_is_valid(path):
    assert isinstance(yaml.safe_load(path.read_text("utf-8")), dict)


def job(name):
    """The one job of a workflow."""
    (only,) = yaml.safe_load(text(f".github/workflows/{name}.yml"))["jobs"].values()
    return only


def test_continuous_integration_runs_what_a_person_types():
    """The README's plain lines, on three systems and four Pythons; the site by its own command."""
    matrix = job("test")["strategy"]["matrix"]
    assert len(matrix["os"]) == 3 and matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    commands = [step["run"] for step in job("test")["steps"] if "run" in step]
    readme = text("README.md")
    assert commands[0] in readme and commands[-1].replace("$BIN/", "") in readme
    assert (
        commands[1].removeprefix("$BIN/python -m ") == "pip install -r requirements-test.txt -e ."
    )
    assert "make site" in [step.get("run") for step in job("pages")["steps"]]
    monthly = [step.get("run") for step in job("monthly")["steps"]]
    assert monthly.index("make lock") < monthly.index("make test")


def test_the_issue_form_asks_each_question_once():
    parts = yaml.safe_load(text(".github/ISSUE_TEMPLATE/report.yml"))["body"]
    ids = [part["id"] for part in parts]
    assert len(set(ids)) == len(ids)
    assert {part["type"] for part in parts} <= {"input", "textarea", "dropdown", "markdown"}
    assert all(part["attributes"]["label"] for part in parts)


def required(name):
    """{package: version} of a requirements file; each must be pinned."""
    lines = [line.split("#")[0].strip() for line in text(name).splitlines()]
    pins = [line for line in lines if line and not line.startswith("-")]
    return dict(pin.split("==") for pin in pins)


def test_a_learner_gets_nothing_that_only_tests_need():
    learner, tests = required("requirements.txt"), required("requirements-test.txt")
    assert not set(learner) & set(tests)
    assert {"playwright", "nbval", "pytest", "ruff"} <= set(tests)


def test_what_the_package_needs_is_pinned():
    constraints = set(re.findall(r"^([\w.-]+)==", text("constraints.txt"), re.M))
    assert {re.match(r"[\w.-]+", need)[0] for need in package()["dependencies"]} <= constraints
    for name in ("requirements.txt", "requirements-test.txt", "site/requirements.txt"):
        pins = {f"{package}=={version}" for package, version in required(name).items()}
        assert pins <= set(text("constraints.txt").splitlines()), "make lock"


def test_the_readme_names_every_part_of_the_package():
    tree = re.search(r"^micrograd_lesson/\n((?:  .*\n)+)", text("README.md"), re.M)[1]
    named = {Path(line.split()[0]).stem for line in tree.splitlines()}
    parts = {
        path.stem
        for path in (ROOT / "micrograd_lesson").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert named == parts - {"__init__"}


def test_page_00_says_what_to_do_where_no_python_is_and_where_arrow_keys_are_taken():
    cells = json.loads(text("notebooks/00_start_here.ipynb"))["cells"]
    said = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    advice = "Run → Run All Cells"
    assert advice in text("micrograd_lesson/explorers/explorer.js")
    assert re.search(rf'"Error displaying widget":\*\* no Python runs .*{advice}', said)
    assert "In Notebook 7, an arrow key moves to another cell" in said


@pytest.mark.slow
@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_requirements_are_found_from_any_folder(name, tmp_path):
    """All is installed already, so that pip asks no network."""
    command = [sys.executable, "-m", "pip", "install", "--no-index", "--dry-run", "-r"]
    done = subprocess.run([*command, ROOT / name], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_alone_lists_every_target_with_a_line():
    done = subprocess.run(["make", "--silent"], cwd=ROOT, capture_output=True, text=True)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    phony = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.M)[1].split()
    assert listed == set(phony) - {"list"}
    assert all(len(line.split()) > 4 for line in done.stdout.splitlines())


COLAB = {"numpy": "2.1.3", "matplotlib": "3.10.0", "scikit-learn": "1.6.1", "tqdm": "4.67.1"}


def test_colab_keeps_its_own_numpy_and_matplotlib():
    """What Colab had in August 2026 fits what the package asks for; ipywidgets 7 there has to go."""
    project = tomllib.loads(text("pyproject.toml"))["project"]
    asked = {need.name: need for need in map(Requirement, project["dependencies"])}
    for name, there in COLAB.items():
        assert asked[name].specifier.contains(there), name
    assert not asked["ipywidgets"].specifier.contains("7.7.1")
    assert SpecifierSet(project["requires-python"]).contains("3.13")
