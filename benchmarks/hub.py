"""A class on a hub: thirty simulated learners arrive within a minute, open a lesson and slide.

It starts the hub of `make hub` on free ports of this machine, with a folder of its own, and ends
it. A learner is a thread that does what the page does: logs in, waits for the server, opens the
lesson's copy, runs its cells down to the first explorer, moves a slider, and waits for the message
with the new picture. No browser draws it: what is timed is the server's side. At the end each
answers an exercise, and the line of the verdict must be in the learner's folder.

    python -m benchmarks hub
    python -m benchmarks.hub --learners 5 --seconds 20
"""

import argparse
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
HUB = ROOT / "hub"
LESSON = "01_derivatives.ipynb"
SLIDER = "x"  # the description of the slider that is moved
PASSWORD = "nudge"  # of hub/jupyterhub_config.py
ARRIVAL = 60.0  # seconds within which all arrive
PAUSE = 1.0  # seconds between a learner's moves, on average
LOST = 10.0  # seconds after which a picture counts as lost
PATIENCE = 600.0  # seconds for a server to start
ANSWER = """from micrograd_lesson.exercises import check
def double(x): return 2*x
check("00.1", double)"""


class Hub:
    """JupyterHub as `make hub` starts it, in a folder of its own; a context manager."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.log = self.folder / "hub.log"

    def __enter__(self):
        self.base, inner, api = (f"http://127.0.0.1:{port}" for port in free_ports(3))
        options = [
            f"--JupyterHub.bind_url={self.base}",
            f"--JupyterHub.hub_port={urlsplit(inner).port}",
            f"--ConfigurableHTTPProxy.api_url={api}",
        ]
        content = [python(), "-m", "hub.content", "--to", str(self.folder / "content")]
        subprocess.run(content, cwd=ROOT, check=True)
        command = [python(), "-m", "jupyterhub", f"--config={HUB / 'jupyterhub_config.py'}"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command + options,
                cwd=ROOT,
                env=os.environ | {"MICROGRAD_HUB": "try", "MICROGRAD_HUB_STATE": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()
        return self

    def _wait(self):
        import requests

        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                requests.get(f"{self.base}/hub/login", timeout=10).raise_for_status()
                return
            except requests.RequestException:
                time.sleep(0.3)
        self.__exit__()
        raise SystemExit(f"The hub did not start:\n{self.log.read_text()}")

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)  # it then stops the servers and the proxy
            try:
                self.process.wait(120)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def python():
    return str(HUB / ".venv" / "bin" / "python")


def free_ports(count):
    """Ports that nobody listens to, found together so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Learner:
    """One learner, from the login to the last move.

    Attributes:
        started, opened: seconds from the arrival to the server's first page, and to the explorer.
        times: seconds from each move to its picture.
        lost: how many moves got none.
        problem: what went wrong, or "".
    """

    def __init__(self, base, name):
        import requests

        self.base = base
        self.name = name
        self.home = f"{base}/user/{name}"
        self.web = requests.Session()
        self.started = None
        self.opened = None
        self.times = []
        self.lost = 0
        self.problem = ""

    def arrive(self):
        """Log in, and wait until the server shows its page."""
        arrived = time.monotonic()
        form = self.web.get(f"{self.base}/hub/login", timeout=PATIENCE)
        hidden = re.search(r'name="_xsrf"\s+value="([^"]+)"', form.text)
        fields = {"username": self.name, "password": PASSWORD, "_xsrf": hidden[1]}
        page = self.web.post(f"{self.base}/hub/login", data=fields, timeout=PATIENCE)
        page.raise_for_status()
        if "/hub/" in urlsplit(page.url).path:
            page = self.web.get(f"{self.base}/hub/spawn/{self.name}", timeout=PATIENCE)
        while not urlsplit(page.url).path.startswith(f"/user/{self.name}/"):
            page.raise_for_status()
            if time.monotonic() - arrived > PATIENCE:
                raise TimeoutError(f"the server did not start within {PATIENCE:.0f} s")
            time.sleep(1)
            page = self.web.get(f"{self.base}/hub/spawn-pending/{self.name}", timeout=PATIENCE)
        page.raise_for_status()
        self.started = time.monotonic() - arrived

    def open(self):
        """Open the lesson with a kernel, and run its cells down to the first explorer."""
        import websocket

        begun = time.monotonic()
        path = f"lessons/{LESSON}"
        page = self.web.get(f"{self.home}/api/contents/{path}", timeout=PATIENCE)
        page.raise_for_status()
        wanted = {"path": path, "type": "notebook", "name": LESSON, "kernel": {"name": "python3"}}
        session = self.web.post(
            f"{self.home}/api/sessions",
            json=wanted,
            headers={"X-XSRFToken": self._cookie("_xsrf")},
            timeout=PATIENCE,
        )
        session.raise_for_status()
        kernel = session.json()["kernel"]["id"]
        cookies = self.web.cookies.get_dict(path=f"/user/{self.name}/")
        self.socket = websocket.create_connection(
            f"{self.home.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels",
            cookie="; ".join(f"{key}={value}" for key, value in cookies.items()),
            origin=self.base,
            timeout=PATIENCE,
        )
        self.models = {}
        for cell in page.json()["content"]["cells"]:
            if cell["cell_type"] == "code" and self._view() is None:
                self._run("".join(cell["source"]))
        if self._view() is None:
            raise RuntimeError(f"there is no explorer in {LESSON}")
        self.opened = time.monotonic() - begun

    def stay(self, all_are_there):
        """Read what comes until the others are there too, as a page does: who reads nothing
        answers no ping either, and the server closes the connection."""
        import websocket

        self.socket.settimeout(1)
        while not all_are_there.is_set():
            try:
                self._receive()
            except websocket.WebSocketTimeoutException:
                continue

    def slide(self, until):
        """Move the slider, again and again, and take the time to each picture."""
        slider, state = self._slider()
        low, high, step = state["min"], state["max"], state["step"]
        place = state["value"]
        view = self._view()
        self.socket.settimeout(LOST)
        while time.monotonic() < until:
            time.sleep(random.uniform(0.5, 1.5) * PAUSE)
            place = place + step if place + step <= high else low
            begun = time.monotonic()
            change = {"method": "update", "state": {"value": place}}
            sent = self._send("comm_msg", {"comm_id": slider, "data": change})
            if self._wait_for_picture(sent, view):
                self.times.append(time.monotonic() - begun)
            else:
                self.lost += 1

    def answer(self):
        """Answer an exercise."""
        self.socket.settimeout(PATIENCE)
        self._run(ANSWER)

    def _cookie(self, name):
        return self.web.cookies.get(name, path=f"/user/{self.name}/")

    def _view(self):
        """The comm of the first explorer's picture; None before there is one."""
        for comm, state in self.models.items():
            if "moving" in state:
                return comm
        return None

    def _slider(self):
        for comm, state in self.models.items():
            if state.get("description") == SLIDER and "step" in state:
                return comm, state
        raise RuntimeError(f"there is no slider {SLIDER}")

    def _send(self, kind, content):
        """Send a message to the kernel; returns its id."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "username": self.name, "session": self.name}
        header |= {"version": "5.4", "date": "2026-01-01T00:00:00Z"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps(message | {"channel": "shell", "buffers": []}))
        return number

    def _receive(self):
        """The next message of the kernel; with buffers it comes as bytes around the text."""
        data = self.socket.recv()
        if isinstance(data, bytes):
            start, end = (int.from_bytes(data[i : i + 4], "big") for i in (4, 8))
            data = data[start:end]
        return json.loads(data)

    def _run(self, source):
        """Run a cell, and keep the widgets that it makes; returns when the kernel is idle again."""
        sent = self._send("execute_request", {"code": source, "silent": False})
        while True:
            message = self._receive()
            if message["parent_header"].get("msg_id") != sent:
                continue
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "comm_open":
                self.models[content["comm_id"]] = content["data"].get("state", {})
            elif kind == "error":
                raise RuntimeError(f"{content['ename']}: {content['evalue']}")
            elif kind == "status" and content["execution_state"] == "idle":
                return

    def _wait_for_picture(self, sent, view):
        """Whether the picture that answers the message came in time."""
        import websocket

        deadline = time.monotonic() + LOST
        while time.monotonic() < deadline:
            try:
                message = self._receive()
            except websocket.WebSocketTimeoutException:
                return False
            content = message["content"]
            is_answer = message["parent_header"].get("msg_id") == sent
            if is_answer and content.get("comm_id") == view:
                if "moving" in content["data"].get("state", {}):
                    return True
        return False


def memory():
    """{learner: bytes} of a server and its kernels; what processes share counts in part each."""
    import psutil

    found = {}
    for process in psutil.process_iter():
        try:
            name = process.environ().get("JUPYTERHUB_USER")
            used = process.memory_full_info()
        except (psutil.Error, OSError):
            continue
        if name:
            found[name] = found.get(name, 0) + getattr(used, "pss", used.rss)
    return found


def run_class(base, count, seconds, arrival=ARRIVAL):
    """Let count learners come, open the lesson and slide for seconds.

    Returns:
        (learners, {learner: bytes of memory}).
    """
    learners = [Learner(base, f"learner{number:02}") for number in range(1, count + 1)]
    ready = threading.Semaphore(0)  # one more for each learner who is there, or failed
    all_are_there = threading.Event()
    all_done = threading.Barrier(count + 1)

    def live(learner, wait):
        time.sleep(wait)
        try:
            learner.arrive()
            learner.open()
        except Exception as problem:
            learner.problem = f"{type(problem).__name__}: {problem}"
        ready.release()
        if not learner.problem:
            try:
                learner.stay(all_are_there)
                learner.slide(time.monotonic() + seconds)
                learner.answer()
            except Exception as problem:
                learner.problem = f"{type(problem).__name__}: {problem}"
        all_done.wait()

    for number, learner in enumerate(learners):
        wait = number * arrival / count
        threading.Thread(target=live, args=(learner, wait), daemon=True).start()
    for _ in learners:
        ready.acquire()
    print(f"{sum(not learner.problem for learner in learners)} of {count} are there.", flush=True)
    all_are_there.set()
    all_done.wait()
    return learners, memory()


def quantile(numbers, share):
    ordered = sorted(numbers)
    return ordered[round(share * (len(ordered) - 1))]


def report(learners, used, kept, seconds):
    """The lines of the table.

    Args:
        learners: a list of Learner.
        used: {learner: bytes of memory}.
        kept: how many verdicts were found.
        seconds: how long they slid.
    """
    failed = [learner for learner in learners if learner.problem]
    started = [learner.started for learner in learners if learner.started is not None]
    opened = [learner.opened for learner in learners if learner.opened is not None]
    times = [1000 * t for learner in learners for t in learner.times]
    lost = sum(learner.lost for learner in learners)
    yield f"{len(learners)} learners, {len(failed)} failed"
    for learner in failed:
        yield f"  {learner.name}: {learner.problem}"
    for what, numbers in (("login to JupyterLab", started), ("lesson to explorer", opened)):
        if numbers:
            middle, longest = statistics.median(numbers), max(numbers)
            yield f"{what:22} median {middle:6.1f} s    longest {longest:6.1f} s"
    if times:
        p50, p95 = quantile(times, 0.5), quantile(times, 0.95)
        yield (
            f"{'slider to picture':22} p50 {p50:9.0f} ms   p95 {p95:10.0f} ms   "
            f"longest {max(times):.0f} ms"
        )
    yield f"{len(times)} moves in {seconds:.0f} s, {lost} pictures lost"
    yield f"{kept} of {len(learners)} verdicts kept"
    if used:
        each = [bytes_ / 2**20 for bytes_ in used.values()]
        yield f"memory a learner: median {statistics.median(each):.0f} MB, most {max(each):.0f} MB"
    if hasattr(os, "getloadavg"):
        yield f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def main(arguments=()):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hub")
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=180.0)
    chosen = parser.parse_args(arguments)
    if not (HUB / ".venv" / "ready").exists():
        print("The hub is not installed, so a class is not measured. `make hub` installs it.")
        return
    with tempfile.TemporaryDirectory(prefix="hub-") as folder, Hub(folder) as hub:
        learners, used = run_class(hub.base, chosen.learners, chosen.seconds)
        kept = len(list(Path(folder).glob("learners/*/lessons/verdicts.txt")))
        print("\n".join(report(learners, used, kept, chosen.seconds)))


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
