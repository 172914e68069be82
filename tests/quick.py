"""The tests for after each change: no browser, no notebook, nothing slow. `make quick` calls it.

Two halves, each in a process of its own, so that both cores are used; with arguments, such as one
file, a single process.
"""

import subprocess
import sys
import tempfile

# Plugins that quick tests do without: together they would take a fifth of the time.
WITHOUT = ["xdist", "nbval", "logging", "unraisableexception", "threadexception"]
PYTEST = [sys.executable, "-m", "pytest", "-o", "addopts=", "-q", "-m", "not slow"]
PYTEST += ["--ignore=tests/browser"] + [f"-pno:{plugin}" for plugin in WITHOUT]

# What draws or asks scikit-learn for points, and what does neither: loading matplotlib and scikit-learn
# takes long. Each takes about as long as the other.
DRAWS = ["tests/explorers"]
for idea in ("boundary", "data", "images", "plots", "results", "training_runs"):
    DRAWS.append(f"tests/test_{idea}.py")
THE_REST = ["tests"] + [f"--ignore={place}" for place in DRAWS]


def run_both():
    """The first half's output appears as it comes, the other half's below it."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as kept:
        other = subprocess.Popen([*PYTEST, *DRAWS], stdout=kept, stderr=subprocess.STDOUT)
        codes = [subprocess.run([*PYTEST, *THE_REST]).returncode, other.wait()]
        kept.seek(0)
        print(kept.read(), end="", flush=True)
    return max(codes)


def main(arguments):
    if arguments:
        return subprocess.run([*PYTEST, *arguments]).returncode
    return run_both()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
