"""A class on a hub: what its learners get, the hub's settings, and the assignments for nbgrader."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import yaml
from traitlets.config import Config

from hub import assignment, content, learner
from tests import notebooks
from tests.test_project import required

ROOT = Path(__file__).parents[1]
HUB = ROOT / "hub"


# What a learner gets.


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def source(tmp_path):
    """A few lessons of the project, with their solutions, and what lies beside them."""
    folder = tmp_path / "notebooks"
    (folder / "solutions").mkdir(parents=True)
    for name in ("01_derivatives.ipynb", "05_gradients_add.ipynb"):
        for place in ("", "solutions"):
            shutil.copy(ROOT / "notebooks" / place / name, folder / place / name)
    shutil.copy(folder / "01_derivatives.ipynb", folder / "Untitled.ipynb")
    return folder


def test_learners_get_pages_without_outputs_solutions_and_tests(source, tmp_path):
    built = tmp_path / "content"
    assert "holds 2 pages" in content.build(built, source=source)
    files = git(built, "ls-files").split()
    assert files == [".gitignore", "01_derivatives.ipynb", "05_gradients_add.ipynb"]
    page = nbformat.read(built / "05_gradients_add.ipynb", 4)
    assert not any(cell.get("outputs") for cell in page.cells)
    assert git(built, "branch", "--show-current").strip() == learner.BRANCH


def test_built_again_it_adds_a_commit_only_for_a_change(source, tmp_path):
    built = tmp_path / "content"
    content.build(built, source=source)
    assert "is up to date" in content.build(built, source=source)
    (source / "01_derivatives.ipynb").unlink()
    content.build(built, ["05"], source)
    assert git(built, "rev-list", "--count", "HEAD").strip() == "2"
    files = git(built, "ls-files").split()
    assert files == [".gitignore", "05_gradients_add.ipynb", "solutions/05_gradients_add.ipynb"]
    assert git(built, "status", "--porcelain") == ""


def test_verdicts_stay_out_of_the_repository(source, tmp_path):
    built = tmp_path / "content"
    content.build(built, source=source)
    (built / "verdicts.txt").write_text("2026-11-27T09:00:00+00:00 01.1 right\n")
    assert git(built, "status", "--porcelain") == ""


def test_a_folder_with_something_else_is_left_alone(source, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(SystemExit, match="holds something else"):
        content.build(tmp_path / "mine", source=source)
    with pytest.raises(SystemExit, match="There is no lesson 99"):
        content.build(tmp_path / "content", ["99"], source)


def test_a_pull_that_fails_is_a_sentence_and_no_end(tmp_path):
    assert "The lessons were not pulled" in learner.pull(str(tmp_path / "none"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_verdicts_and_settings_have_their_place(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/etc/more")
    found = learner.variables(tmp_path)
    assert found["MICROGRAD_LESSON_FOLDER"] == str(tmp_path / "lessons")
    first, second, third = found["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    page = json.loads((Path(first) / "labconfig" / "page_config.json").read_text("utf-8"))
    assert page["disabledExtensions"] == {"@jupyterlab/apputils-extension:announcements": True}
    assert (Path(second) / "labconfig" / "default_setting_overrides.json").exists()
    assert third == "/etc/more"


# The hub's settings.


def settings(monkeypatch, tmp_path, modules=(), **variables):
    """What jupyterhub_config.py sets."""
    for name in ("MICROGRAD_HUB", "MICROGRAD_HUB_AUTHENTICATOR", "MICROGRAD_HUB_LEARNERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MICROGRAD_HUB_STATE", str(tmp_path))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for name in modules:
        monkeypatch.setitem(sys.modules, name, object())
    found = Config()
    path = HUB / "jupyterhub_config.py"
    exec(
        compile(path.read_text("utf-8"), path, "exec"),
        {"get_config": lambda: found, "__file__": path},
    )
    return found


def test_trying_lets_anybody_in_on_this_machine_only(monkeypatch, tmp_path):
    c = settings(monkeypatch, tmp_path, MICROGRAD_HUB="try")
    assert c.JupyterHub.authenticator_class == "dummy" and c.Authenticator.allow_all
    assert c.JupyterHub.bind_url.startswith("http://127.0.0.1:")
    assert c.JupyterHub.spawner_class == "simple"


def test_real_use_lets_in_who_is_named(monkeypatch, tmp_path):
    c = settings(monkeypatch, tmp_path, MICROGRAD_HUB_LEARNERS="ada, grace")
    assert c.JupyterHub.authenticator_class == "generic-oauth"
    assert c.Authenticator.allowed_users == {"ada", "grace"}
    assert "allow_all" not in c.Authenticator and "spawner_class" not in c.JupyterHub
    c = settings(monkeypatch, tmp_path, MICROGRAD_HUB_AUTHENTICATOR="pam")
    assert c.JupyterHub.authenticator_class == "pam" and c.Authenticator.allowed_users == set()


def test_on_tljh_its_own_settings_stay(monkeypatch, tmp_path):
    c = settings(monkeypatch, tmp_path, modules=["tljh"])
    assert set(c.JupyterHub) == {
        "concurrent_spawn_limit",
        "active_server_limit",
        "init_spawners_timeout",
    }
    assert "Authenticator" not in c and "mem_limit" not in c.Spawner
    assert "pre_spawn_hook" not in c.Spawner
    assert c.Spawner.cmd[0].startswith("/opt/tljh/user/")


def test_no_two_servers_are_given_the_same_port(monkeypatch, tmp_path):
    """Also where the system would offer one port twice, and never one that something listens to."""
    own_port = settings(monkeypatch, tmp_path).Spawner.pre_spawn_hook
    spawners = [SimpleNamespace(port=0) for _ in range(30)]
    own_port(spawners[0])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", spawners[0].port + 1))
        taken.listen()
        for spawner in spawners[1:]:
            own_port(spawner)
    ports = [spawner.port for spawner in spawners]
    assert len(set(ports)) == 30 and spawners[0].port + 1 not in ports
    assert all(20_000 <= port < 30_000 for port in ports)


def test_kubernetes_has_the_same_limits(monkeypatch, tmp_path):
    c = settings(monkeypatch, tmp_path)
    values = yaml.safe_load((HUB / "values.yaml").read_text("utf-8"))
    hub, server = values["hub"], values["singleuser"]
    assert hub["concurrentSpawnLimit"] == c.JupyterHub.concurrent_spawn_limit
    assert hub["activeServerLimit"] == c.JupyterHub.active_server_limit
    assert hub["config"]["Spawner"]["http_timeout"] == c.Spawner.http_timeout
    assert hub["config"]["JupyterHub"]["authenticator_class"] == "generic-oauth"
    assert server["startTimeout"] == c.Spawner.start_timeout
    assert server["defaultUrl"] == c.Spawner.default_url
    assert server["memory"]["limit"] == c.Spawner.mem_limit
    assert f"--timeout={values['cull']['timeout']}" in c.JupyterHub.services[0]["command"]


def test_the_image_holds_no_solutions_and_no_tests():
    copied = re.findall(r"^COPY (.+) \S+$", (HUB / "Dockerfile").read_text("utf-8"), re.M)
    names = [name for line in copied for name in line.split()]
    assert {"micrograd_lesson", "labconfig", "hub/labconfig", "hub/learner.py"} <= set(names)
    assert not [name for name in names if name.startswith((".", "notebooks", "tests"))]
    assert all((ROOT / name).exists() for name in names)


def test_what_the_hub_needs_is_pinned_without_addresses():
    assert {"jupyterhub", "nbgitpuller", "jupyterhub-idle-culler"} <= set(
        required("hub/requirements.txt")
    )
    lock = json.loads((HUB / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((HUB / "package.json").read_text("utf-8"))["dependencies"]
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


# Assignments. What nbgrader 0.9 asks of a cell is in its schema, version 3.

FIELDS = {"schema_version", "grade", "solution", "locked", "task", "grade_id"}


def read(name):
    lesson = json.loads((ROOT / "notebooks" / name).read_text("utf-8"))
    solved = json.loads((ROOT / "notebooks" / "solutions" / name).read_text("utf-8"))
    return lesson, solved


@pytest.mark.parametrize("name", [path.name for path in notebooks.LESSONS])
def test_every_lesson_becomes_an_assignment(name):
    lesson, solved = read(name)
    made, names = assignment.assign(lesson, solved)
    nbformat.validate(nbformat.from_dict(json.loads(json.dumps(made))))
    marked = [cell for cell in made["cells"] if "nbgrader" in cell["metadata"]]
    ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in marked]
    assert len(set(ids)) == len(ids) == 2 * len(names) > 0
    for answer, test in zip(marked[::2], marked[1::2]):
        assert set(answer["metadata"]["nbgrader"]) == FIELDS
        assert set(test["metadata"]["nbgrader"]) == FIELDS | {"points"}
        for cell in (answer, test):
            marks = cell["metadata"]["nbgrader"]
            assert marks["schema_version"] == 3 and type(marks["grade_id"]) is str
            assert re.fullmatch(r"[\w-]+", marks["grade_id"])
            assert marks["solution"] == (not marks["grade"]) and marks["locked"] == marks["grade"]
            assert not marks["task"] and cell["outputs"] == []


def test_the_learners_cell_is_the_lessons_own():
    lesson, solved = read("05_gradients_add.ipynb")
    made, _ = assignment.assign(lesson, solved)
    cells = {cell["id"]: cell for cell in made["cells"]}
    shipped = {cell["id"]: "".join(cell["source"]) for cell in lesson["cells"]}
    answer = cells["exercise-05-1"]["source"]
    begin, end = (rf"^{mark}$" for mark in (assignment.BEGIN, assignment.END))
    released = re.sub(f"{begin}.*?{end}", "", answer, flags=re.M | re.S)  # as nbgrader does
    assert released == shipped["exercise-05-1"]
    assert "nbgrader" not in cells["exercise-05-a"]["metadata"]  # a prediction earns nothing


@pytest.mark.parametrize(
    "given, says",
    [
        (None, None),
        ("a_grad = 8", "a.grad is not 8: "),
        ("a_grad = ...", "Waiting for your answer"),
        ("del a_grad", "name 'a_grad' is not defined"),
    ],
)
def test_its_test_is_the_projects_own_check(given, says):
    lesson, solved = read("05_gradients_add.ipynb")
    made, _ = assignment.assign(lesson, solved)
    cells = {cell["id"]: cell["source"] for cell in made["cells"]}
    names = {"check": lambda *answer: "a learner's own"}
    exec(cells["exercise-05-1"], names)
    if given is None:
        exec(cells["test-05-1"], names)
        return
    exec(given, names)
    with pytest.raises((AssertionError, NameError), match=says):
        exec(cells["test-05-1"], names)


def test_a_course_is_written_and_its_settings_are_kept(tmp_path):
    said = assignment.write("05", tmp_path)
    assert "05.1, 05.2, 05.3, 05.4" in said
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    assignment.write("05", tmp_path)
    assert (tmp_path / "nbgrader_config.py").read_text() == "c = get_config()\n"
    place = tmp_path / "source" / "05_gradients_add" / "05_gradients_add.ipynb"
    assert nbformat.read(place, 4).cells
    with pytest.raises(SystemExit, match="There is no lesson 77"):
        assignment.write("77", tmp_path)
