"""Drives JupyterLab in a real browser, as a learner does: menus, keys and number boxes."""

import functools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from axe_playwright_python.sync_playwright import Axe

REPOSITORY = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).with_name("screenshots")  # taken where the variable SCREENSHOTS is set
NOT_COPIED = shutil.ignore_patterns(
    ".venv",
    "venv",
    ".git",
    ".hypothesis",
    "*_cache",
    "__pycache__",
    ".ipynb_checkpoints",
    "screenshots",
    "my_lessons",
    "node_modules",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ERROR = '[data-mime-type="application/vnd.jupyter.stderr"]'  # JupyterLab shows tracebacks so, too
# Read with textContent: innerText is empty for cells out of view.
PROMPTS = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')]
    .filter(cell => cell.querySelector('.cm-content').textContent.trim())
    .map(cell => cell.querySelector('.jp-InputPrompt').textContent)"""
ERRORS = f"""() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].flatMap(
    (cell, i) => [...cell.querySelectorAll('{ERROR}')].map(error => [i, error.textContent]))"""


# All that a change can change, as one text: picture and readout, without ids that a redraw makes anew.
SHOWN = """explorer => {
    const picture = explorer.querySelector('.ml-picture').innerHTML;
    const readout = explorer.querySelector('.ml-readout').textContent.trim();
    return picture.replace(/(id="|url\\(#|href="#)\\w+/g, '') + readout;
}"""
# Waits in the page, where looking costs little: until it shows something else than before, and then until
# that rests, and with it the number boxes, which follow the picture.
RESTS = f"""async (explorer, [before, timeout]) => {{
    const shown = {SHOWN};
    const whole = () => shown(explorer) + [...explorer.querySelectorAll('input')].map(input => input.value);
    const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
    const end = Date.now() + timeout;
    while (shown(explorer) === before) {{
        if (Date.now() > end) return false;
        await pause(20);
    }}
    while (Date.now() < end) {{
        const last = whole();
        await pause(120);
        if (whole() === last) return true;
    }}
    return false;
}}"""


def keep_screenshot(name, of):
    """Write screenshots/<name>.png of a page or a locator, where somebody wants to see them."""
    if os.environ.get("SCREENSHOTS"):
        SCREENSHOTS.mkdir(exist_ok=True)
        of.screenshot(path=SCREENSHOTS / f"{name}.png")


# Of axe-core's rules, those on colours: all that a theme can break.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}


def barriers_in(page, context, **options):
    """What axe-core finds serious or critical there, for people who use no mouse or no screen."""
    found = Axe().run(page, context=context, **options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def find_chromium(playwright):
    """Path of a Chromium: $CHROMIUM, then one on the PATH, then Playwright's own; None if none."""
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def _exactly(text):
    return re.compile(rf"^\s*{re.escape(text)}\s*$")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def served(folder):
    """The address of a plain web server on a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    handler = functools.partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def move_every_control(explorer):
    """On a page without Python: from end to end each slider moves picture or words, each choice can be made."""

    def shown():
        picture = explorer.locator(".ml-picture").inner_html()
        return picture, explorer.locator(".ml-readout").inner_text()

    explorer.locator(".ml-readout", has_text=re.compile(r"\w")).first.wait_for()
    for control in explorer.locator("input").all():
        control.press("Home")
        first = shown()
        control.press("End")
        assert shown() != first
    for control in explorer.locator("select").all():
        options = control.locator("option").all_text_contents()
        assert len(set(options)) > 1
        control.select_option(index=1)


class LabServer:
    """JupyterLab, started by the README's command in a copy of the project, as on a new machine.

    The copy keeps the project's notebooks safe from autosave; the empty home keeps a developer's
    own Jupyter settings out of the tests. Use it as a context manager.
    """

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lab-"))
        self.root = self.folder / "project"
        self.log = self.folder / "jupyter.log"
        self.home = self.folder / "home"
        self.home.mkdir()
        shutil.copytree(REPOSITORY, self.root, ignore=NOT_COPIED)
        (self.root / ".venv").symlink_to(sys.prefix)

    def command(self):
        """`make lab` with its two options, or the same without `make`."""
        options = f"--no-browser --port={free_port()}"
        if shutil.which("make"):
            # -o: the environment is the one that runs the tests; never build it again here
            return ["make", "-o", ".venv/ready", "lab", f"ARGS={options}"]
        lab = [sys.executable, "-m", "jupyter", "lab", "--config=jupyter_lab_config.py"]
        return lab + options.split()

    def __enter__(self):
        kept_out = ("JUPYTER", "XDG_", "IPYTHON", "MAKE", "MFLAGS")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(kept_out)}
        environment["HOME"] = str(self.home)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self.url = self._wait_for_url()
        except BaseException:
            self.__exit__()
            raise
        self.base, self.token = re.match(r"(http://[^/]+)/.*\?token=(\w+)", self.url).groups()
        return self

    def _wait_for_url(self, timeout=60):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S*\?token=\w+", self.log.read_text()):
                return found[0]
            time.sleep(0.1)
        raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text()}")

    def api(self, method, path):
        """The server's answer to one call of its REST interface."""
        headers = {"Authorization": f"token {self.token}"}
        with urlopen(Request(f"{self.base}/api/{path}", method=method, headers=headers)) as answer:
            return json.loads(answer.read() or "null")

    def end(self, session):
        """End a notebook's session and its kernel, if another one of that kernel has not yet."""
        try:
            self.api("DELETE", f"sessions/{session}")
        except HTTPError as problem:
            if problem.code != 404:
                raise

    def __exit__(self, *error):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)  # the server then stops its kernels
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


class Lab:
    """One browser page on a running LabServer.

    >>> lab.open("01_derivatives.ipynb").run_all()
    >>> slope = lab.explorer("SlopeExplorer")
    >>> slope.press("x", "ArrowRight")
    >>> slope.readout()
    """

    def __init__(self, server, page):
        self.server = server
        self.page = page

    # -- notebooks

    def open(self, notebook=None):
        """Open my_lessons/<notebook> alone, with a new kernel; None: what `make lab` opens."""
        for session in self.server.api("GET", "sessions"):
            self.server.end(session["id"])
        url = f"{self.server.base}/lab/tree/my_lessons/{notebook}?token={self.server.token}"
        self.page.goto("about:blank")
        # reset: without it, JupyterLab brings back what an earlier test had open, as the next day
        self.page.goto((url if notebook else self.server.url) + "&reset")
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=30_000)
        self._wait_for_idle_kernel()
        return self

    def _wait_for_idle_kernel(self):
        # Not the circle beside the kernel's name: it says idle before there is a kernel.
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=60_000)

    def menu(self, *path):
        """Choose from the menu bar: menu("Run", "Run All Cells")."""
        self.page.locator(".lm-MenuBar-item", has_text=_exactly(path[0])).click()
        for name in path[1:]:
            label = self.page.locator(".lm-Menu-itemLabel", has_text=_exactly(name))
            self.page.locator(".lm-Menu-item").filter(has=label).click()

    def run_all(self, timeout=120):
        """Run > Run All Cells; returns when each code cell has run, or one has raised an error."""
        self.menu("Edit", "Clear Outputs of All Cells")  # so that no stored number looks like a run
        self.menu("Run", "Run All Cells")
        deadline = time.monotonic() + timeout
        prompts, since = [], time.monotonic()
        while not (prompts and all(re.search(r"\d", prompt) for prompt in prompts)):
            self.page.wait_for_timeout(100)
            before, prompts = prompts, self.filled_cells()
            if prompts != before:
                since = time.monotonic()
            stopped = time.monotonic() - since > 3 and not any("*" in prompt for prompt in prompts)
            if stopped and self.page.locator(ERROR).count():
                break
            assert time.monotonic() < deadline, f"not done after {timeout} s: {prompts}"
        self._wait_for_idle_kernel()
        self.page.wait_for_timeout(300)  # widgets draw a moment after the kernel has answered
        return self

    def filled_cells(self):
        """The prompts of all code cells with something in them, such as "[3]:"."""
        return self.page.evaluate(PROMPTS)

    def execution_counts(self):
        """The numbers in front of the code cells that have run, in their order."""
        return [int(p.strip("[]: ")) for p in self.filled_cells() if re.search(r"\d", p)]

    def problems(self):
        """What a learner must never see: errors, warnings, dead widgets, dialogs, notifications."""
        path = self.server.root / "my_lessons" / self.open_notebook()
        cells = json.loads(path.read_text("utf-8"))["cells"]
        found = [
            f"error in cell {i + 1}: {text}"
            for i, text in self.page.evaluate(ERRORS)
            if "raises-exception" not in cells[i]["metadata"].get("tags", [])
        ]
        for kind, selector in (
            ("explorer", ".ml-explorer .ml-problem"),
            ("dialog", ".jp-Dialog"),
            ("notification", ".Toastify__toast"),
        ):
            found += [f"{kind}: {t}" for t in self.page.locator(selector).all_text_contents()]
        outputs = self.page.locator(".jp-OutputArea-output")
        for text in ("Error displaying widget", "Error creating widget", "Loading widget"):
            found += [text] * outputs.filter(has_text=text).count()
        return found

    def open_notebook(self):
        """File name on the tab in front."""
        tab = self.page.locator(
            "#jp-main-dock-panel .lm-TabBar-tab.jp-mod-current .lm-TabBar-tabLabel"
        )
        return tab.first.text_content()

    def listed_files(self):
        """File names that the file browser lists."""
        return self.page.locator(".jp-DirListing-itemText").all_text_contents()

    def barriers(self):
        """What axe-core finds serious or critical in the explorers."""
        return barriers_in(self.page, ".ml-explorer")

    # -- looks

    def set_theme(self, name):
        """Choose JupyterLab's "light" or "dark" theme."""
        self.menu("Settings", "Theme", f"JupyterLab {name.title()}")
        light = str(name == "light").lower()
        self.page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")
        return self

    def set_width(self, width, height=900):
        """Width of the window in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": height})
        return self

    def screenshot(self, name, of=None):
        """Keep one of the window, or of one locator or Explorer."""
        keep_screenshot(name, getattr(of, "element", of) or self.page)

    # -- explorers

    def explorer(self, name, nth=0):
        """The nth explorer of class `name` on the page, scrolled into view."""
        element = self.page.locator(f".jp-Notebook .ml-explorer.{name}").nth(nth)
        element.wait_for(state="attached", timeout=30_000)
        return Explorer(self, element).scroll_into_view()

    def explorers(self):
        """Every explorer on the page, in reading order."""
        found = self.page.locator(".jp-Notebook .ml-explorer")
        return [Explorer(self, found.nth(i)) for i in range(found.count())]


class Explorer:
    """One explorer on the page: its sliders, number boxes, picture and readout."""

    def __init__(self, lab, element):
        self.lab = lab
        self.page = lab.page
        self.element = element

    def scroll_into_view(self):
        """To the middle of the window; again, while cells that come into view push it away."""
        for _ in range(20):
            before = self.element.bounding_box()
            self.element.evaluate("e => e.scrollIntoView({block: 'center'})")
            self.page.wait_for_timeout(150)
            if self.element.bounding_box() == before:
                break
        return self

    @property
    def name(self):
        """Its class name, e.g. SlopeExplorer."""
        return self.element.evaluate("e => [...e.classList].find(name => /^[A-Z]/.test(name))")

    def fits(self):
        """Whether no part of it is cut off or scrolls sideways."""
        return self.element.evaluate("e => e.scrollWidth <= e.clientWidth + 1")

    def labels(self):
        """The descriptions of its sliders."""
        return self.element.locator(".widget-slider > label").all_text_contents()

    def _slider_box(self, label):
        match = self.page.locator("label", has_text=_exactly(label))
        return self.element.locator(".widget-slider").filter(has=match).first

    def slider(self, label):
        """The handle (role=slider) of the slider with this description."""
        return self._slider_box(label).get_by_role("slider")

    def value(self, label):
        """Where the slider stands, a number; not aria-valuenow, which keeps one decimal alone."""
        return float(self.slider(label).get_attribute("aria-valuetext"))

    def press(self, label, *keys):
        """Focus the slider and press keys; returns when the picture or the readout has followed."""
        shown, value = self.shown(), self.value(label)
        handle = self.slider(label)
        handle.focus()
        for key in keys:
            handle.press(key)
        if self.value(label) != value:
            self.wait_for_change(shown)
        return self

    def box(self, label):
        """The number box beside the slider."""
        row = self._slider_box(label).locator("xpath=ancestor::*[.//input[@type='number']][1]")
        return row.locator("input[type=number]").first

    def type(self, label, number):
        """Type a number into the box beside the slider; returns when the picture has followed."""
        shown, box = self.shown(), self.box(label)
        if float(box.input_value()) != number:
            box.fill(f"{number:.12g}")  # a box for whole numbers takes no point
            box.press("Enter")
            self.wait_for_change(shown)
        return self

    def options(self):
        """The options of its choices, each as (choice, place)."""
        return [
            (choice, place)
            for choice in self.element.get_by_role("radiogroup").all()
            for place in range(choice.get_by_role("radio").count())
        ]

    def choose(self, option):
        """Choose an option; returns when the picture and the readout rest (two options may look alike)."""
        choice, place = option
        choice.get_by_role("radio").nth(place).check()
        self.page.wait_for_timeout(300)
        self.wait_for_change(None)
        return self

    def shown(self):
        """All that a change can change, picture and readout, as one text."""
        return self.element.evaluate(SHOWN)

    def picture(self):
        """The HTML of its picture, still and moving parts, without the ids that a redraw makes anew."""
        html = self.element.locator(".ml-picture").first.inner_html()
        return re.sub(r'(id="|url\(#|href="#)\w+', "", html)

    def readout(self):
        """The sentence under the picture."""
        return self.element.locator(".ml-readout").first.text_content().strip()

    def wait_for_change(self, before, timeout=10):
        """Wait until `shown()` is not `before`, and then until all of it rests."""
        if not self.element.evaluate(RESTS, [before, 1000 * timeout]):
            raise AssertionError(f"{self.name} did not follow, and rest, within {timeout} s")
