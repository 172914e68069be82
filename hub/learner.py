"""Starts one learner's server: pulls the lessons into lessons/, then becomes the server.

JupyterHub calls it in the place of `jupyterhub-singleuser`, in the learner's home, with
MICROGRAD_HUB_CONTENT naming the git repository that `python -m hub.content` has built. What the
learner has changed is kept by nbgitpuller. Where the pull fails, the server starts all the same,
with what was there before.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LESSONS = "lessons"
BRANCH = "main"
PATIENCE = 120  # seconds for a pull
KERNEL_IDLE = 1800  # seconds until a kernel that no page shows is ended


def pull(content, home):
    """Bring lessons/ up to date; returns a sentence for the log."""
    command = [str(Path(sys.executable).with_name("gitpuller")), content, BRANCH, LESSONS]
    try:
        done = subprocess.run(
            command, cwd=home, capture_output=True, text=True, errors="replace", timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return f"The lessons were not pulled: {problem}"
    if done.returncode != 0:
        return f"The lessons were not pulled:\n{done.stdout}{done.stderr}"
    return "The lessons are up to date."


def variables(home):
    """What the server and its kernels find in their environment."""
    paths = [str(HERE), str(HERE.parent), os.environ.get("JUPYTER_CONFIG_PATH")]
    return {
        "MICROGRAD_LESSON_FOLDER": str(home / LESSONS),  # verdicts.txt lies beside the lessons
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),  # their labconfig/ is read
        "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
    }


def limit_memory():
    """Keep each process of this learner's below the hub's limit, as far as the system can."""
    limit = os.environ.get("MEM_LIMIT", "")
    try:
        import resource
    except ImportError:  # Windows
        return
    if limit.isdecimal():
        resource.setrlimit(resource.RLIMIT_DATA, (int(limit), int(limit)))


def main():
    home = Path.home()
    home.mkdir(parents=True, exist_ok=True)
    content = os.environ.get("MICROGRAD_HUB_CONTENT", "")
    if content:
        print(pull(content, home), file=sys.stderr, flush=True)
    os.environ.update(variables(home))
    limit_memory()
    server = [sys.executable, "-m", "jupyterhub.singleuser"]
    settings = [
        f"--config={HERE / 'server_config.py'}",
        f"--MappingKernelManager.cull_idle_timeout={KERNEL_IDLE}",
    ]
    os.execv(sys.executable, [*server, *settings, *sys.argv[1:]])


if __name__ == "__main__":
    main()
