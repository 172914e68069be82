"""Builds the live version into the site: JupyterLite, whose Python runs in the reader's browser.

`site/build.py` calls it. What a kernel needs comes from two places; the lock file that is written
for Pyodide names each wheel with its checksum:

- pure wheels lie in the site, live/wheels: those of live_requirements.txt, which pip downloads and
  checks, and the package's own, in which the script lies that draws graphs (npm's @viz-js/viz);
- compiled wheels, those of live_lock.json, and Pyodide itself come from Pyodide's distribution when
  somebody opens the page. With `pyodide`, the folder of npm's package of that name, Pyodide lies in
  the site too, and compiled wheels are left out: so the tests run with the network cut.

A cell that imports micrograd_lesson makes the kernel load it, and all that it needs.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
from lessons import NOTEBOOKS, SOLUTIONS, learners_copy, lessons
from nbformat.v4 import new_markdown_cell
from packaging.metadata import parse_email
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MODULES = HERE / "node_modules"
VIZ = MODULES / "@viz-js" / "viz" / "dist" / "viz-global.js"
IN_WHEEL = Path("micrograd_lesson", "graph", "viz-global.js")  # where graph/browser.py looks for it
NO_VIZ = "The live version will draw no graphs: `npm ci` in the folder site brings what draws them."
PYODIDE_FILES = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
KERNELSPEC = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
# The Python there, for the markers of requirements.
THERE = {"sys_platform": "emscripten", "platform_system": "Emscripten", "python_version": "3.14"}
# Their scripts are part of the page, and no Python there asks for these wheels.
NOT_NEEDED = {"jupyterlab-widgets", "widgetsnbextension", "pexpect"}
NOTE = (
    "*This copy runs in your browser.* Its first cell may take a minute: Python and its "
    "packages come over the network. What you change is kept by this browser alone. Where "
    "something does not work: [what to do](README.md)."
)


# The pages.


def lay_out(contents):
    """Write the lessons, as they are handed out, into a folder, and what to do where one fails."""
    for folder in (NOTEBOOKS, SOLUTIONS):
        into = contents / folder.relative_to(NOTEBOOKS)
        into.mkdir(parents=True, exist_ok=True)
        for path in lessons(folder):
            notebook = learners_copy(path)
            notebook.metadata["kernelspec"] = KERNELSPEC
            if into == contents:
                notebook.cells.insert(1, new_markdown_cell(NOTE, id="live"))
            nbformat.write(notebook, into / path.name)
    shutil.copy(HERE / "live.md", contents / "README.md")


# The wheels.


def pip(*arguments):
    subprocess.run([sys.executable, "-m", "pip", *arguments, "-qq"], check=True)


def pure_wheels(folder):
    """Download the wheels of live_requirements.txt; pip compares their checksums."""
    there = ["--platform", "any", "--implementation", "py", "--abi", "none"]
    exact = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--python-version", "3.14"]
    pip("download", *exact, *there, "-r", HERE / "live_requirements.txt", "-d", folder)


def own_wheel(folder, workshop):
    """Build the package's wheel, with the script that draws graphs in it, if that is there."""
    source = workshop / "package"
    shutil.rmtree(source, ignore_errors=True)
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "micrograd_lesson", source / "micrograd_lesson", ignore=without)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip("wheel", "--no-deps", source, "-w", folder)
    (wheel,) = folder.glob("micrograd_lesson-*.whl")
    if not VIZ.exists():
        print(NO_VIZ)
        return
    with zipfile.ZipFile(wheel, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.write(VIZ, IN_WHEEL.as_posix())


def needs(metadata):
    """The names of what a wheel requires there, without what no Python there asks for."""
    found = set()
    for line in metadata.get("requires_dist", []):
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or marker.evaluate({**THERE, "extra": ""}):
            found.add(canonicalize_name(requirement.name))
    return found - NOT_NEEDED


def top_names(archive):
    """What can be imported from a wheel."""
    names = {re.split(r"[/.]", name)[0] for name in archive.namelist() if name.endswith(".py")}
    return sorted(name for name in names if name.isidentifier())


def locked(wheel):
    """A wheel's entry in Pyodide's lock file."""
    with zipfile.ZipFile(wheel) as archive:
        (about,) = [n for n in archive.namelist() if re.fullmatch(r"[^/]+dist-info/METADATA", n)]
        metadata, _ = parse_email(archive.read(about))
        imports = top_names(archive)
    return {
        "name": canonicalize_name(metadata["name"]),
        "version": metadata["version"],
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "depends": sorted(needs(metadata)),
        "imports": imports,
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
    }


def lock(wheels, has_compiled):
    """Pyodide's lock file for a folder of wheels.

    has_compiled: whether compiled wheels are loaded too, from Pyodide's distribution.
    """
    stored = json.loads((HERE / "live_lock.json").read_text("utf-8"))
    packages = stored["packages"] if has_compiled else {}
    packages |= {entry["name"]: entry for entry in map(locked, sorted(wheels.glob("*.whl")))}
    for entry in packages.values():
        entry["depends"] = [name for name in entry["depends"] if name in packages]
    return {"info": stored["info"], "packages": packages}


def compiled(pyodide):
    """What live_lock.json holds: the compiled wheels of Pyodide's own lock file that are needed.

    pyodide: the folder of npm's package.
    """
    version = json.loads((pyodide / "package.json").read_text("utf-8"))["version"]
    own = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))
    packages = {canonicalize_name(name): entry for name, entry in own["packages"].items()}
    url = f"https://cdn.jsdelivr.net/pyodide/v{version}/full/"
    found, asked = {}, ["matplotlib", "scikit-learn"]
    while asked:
        name = asked.pop()
        entry = packages[name]
        entry["depends"] = sorted(map(canonicalize_name, entry["depends"]))
        asked += entry["depends"]
        if not entry["file_name"].endswith("none-any.whl"):
            found[name] = {**entry, "name": name, "file_name": url + entry["file_name"]}
    return {"info": own["info"], "pyodide": url, "packages": dict(sorted(found.items()))}


# The whole.


def settings(pyodide_url):
    """JupyterLite's settings, as jupyter-lite.json holds them."""
    kernel = {
        "pyodideUrl": pyodide_url,
        "loadPyodideOptions": {"lockFileURL": "./wheels/pyodide-lock.json"},
    }
    config = {"appName": "How neural networks learn", "litePluginSettings": {KERNEL: kernel}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}


def build(site, workshop, pyodide=None):
    """Build the live version into the folder site/live.

    Args:
        site: the folder of the web site.
        workshop: a folder for what is made on the way.
        pyodide: the folder of npm's package pyodide; None takes it from the network.
    """
    live = site / "live"
    shutil.rmtree(live, ignore_errors=True)
    lite = workshop / "lite"
    shutil.rmtree(lite, ignore_errors=True)
    lite.mkdir(parents=True)
    lay_out(lite / "files")
    url = "./pyodide/pyodide.mjs"
    if pyodide is None:
        url = json.loads((HERE / "live_lock.json").read_text("utf-8"))["pyodide"] + "pyodide.mjs"
    (lite / "jupyter-lite.json").write_text(json.dumps(settings(url)), "utf-8")
    overrides = ROOT / "labconfig" / "default_setting_overrides.json"
    shutil.copy(overrides, lite / "overrides.json")

    command = [sys.executable, "-m", "jupyter", "lite", "build", "--lite-dir", lite]
    options = ["--contents", "files", "--output-dir", live, "--apps", "lab"]
    small = ["--no-sourcemaps", "--no-unused-shared-packages", "--log-level", "ERROR"]
    subprocess.run([*command, *options, *small], cwd=lite, check=True, stdout=subprocess.DEVNULL)

    wheels = live / "wheels"
    wheels.mkdir()
    pure_wheels(wheels)
    own_wheel(wheels, workshop)
    text = json.dumps(lock(wheels, has_compiled=pyodide is None), indent=1)
    (wheels / "pyodide-lock.json").write_text(text, "utf-8")
    if pyodide is not None:
        (live / "pyodide").mkdir()
        for name in PYODIDE_FILES:
            shutil.copy(pyodide / name, live / "pyodide")


if __name__ == "__main__":  # writes live_lock.json anew, for another version of npm's pyodide
    made = compiled(MODULES / "pyodide")
    (HERE / "live_lock.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")
