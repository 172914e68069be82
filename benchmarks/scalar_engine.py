"""One training step of micrograd's two-moons demo: package `micrograd` against ours.

Each timing runs in a worker process of its own that loads one engine only, so that
neither engine pays for the other's garbage. The parent makes the points and the starting
weights and sends both to every worker.

All is measured twice: in a bare process, which holds little besides the engine, and in one
that has loaded what a notebook of this series has. There Python's collector, whenever it
looks through everything, looks through scikit-learn and matplotlib too.

Run alone, as `python -m benchmarks.scalar_engine micrograd bare`, this file is the worker:
it reads its task from standard input and writes its result to standard output, as JSON.
"""

import importlib
import importlib.metadata
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time

ENGINES = {"micrograd": "micrograd.engine", "micrograd_lesson": "micrograd_lesson.engine"}
DISTRIBUTIONS = {"micrograd": "micrograd", "micrograd_lesson": "micrograd-lesson"}
PROCESSES = {  # name: what the worker loads besides the engine
    "bare": (),
    "notebook": ("sklearn.datasets", "matplotlib.pyplot", "ipywidgets"),
}
SHAPE = (2, [16, 16, 1])
POINTS, ROUNDS, WARM_UP, STEPS = 100, 7, 2, 8
AGREEMENT = 1e-9  # the largest difference between the two losses of a step

NO_MICROGRAD = (
    "micrograd is not installed, so it is not compared. To compare it: "
    "python -m pip install -r benchmarks/requirements.txt"
)


# The worker: one engine, one model, some training steps.


def model_of(engine):
    """The demo's network: two hidden layers of 16 ReLU neurons, one linear output."""
    MLP = importlib.import_module(f"{engine}.nn").MLP
    if engine == "micrograd":
        return MLP(*SHAPE)  # relu inside and linear at the end is all it has
    return MLP(*SHAPE, activation="relu", output_activation="linear")


def training_step(Value, model, X, y, learning_rate=0.1):
    """One step of the demo: forward pass, loss, backward pass, update. Returns the loss."""
    inputs = [[Value(x) for x in row] for row in X]
    scores = [model(row) for row in inputs]
    losses = [(1 + -target * score).relu() for target, score in zip(y, scores)]
    data_loss = sum(losses) * (1.0 / len(losses))
    loss = data_loss + 1e-4 * sum(p * p for p in model.parameters())

    model.zero_grad()
    loss.backward()
    for p in model.parameters():
        p.data -= learning_rate * p.grad
    return loss.data


def work(engine, process, task):
    """Warm up, then time the steps.

    Returns:
        A dict: the loss of every step, and the processor seconds per step.
    """
    for name in PROCESSES[process]:
        importlib.import_module(name)
    Value = importlib.import_module(f"{engine}.engine").Value
    model = model_of(engine)
    for p, weight in zip(model.parameters(), task["weights"], strict=True):
        p.data = weight

    losses = []
    for _ in range(task["warm_up"]):
        losses.append(training_step(Value, model, task["X"], task["y"]))
    start = time.process_time()
    for _ in range(task["steps"]):
        losses.append(training_step(Value, model, task["X"], task["y"]))
    seconds = (time.process_time() - start) / task["steps"]
    return {"losses": losses, "seconds": seconds}


# The parent: the same task for both engines, in turns.


def make_task():
    from micrograd_lesson.data import two_moons

    X, y = two_moons(POINTS)
    nin, nouts = SHAPE
    rng = random.Random(0)
    count = sum((a + 1) * b for a, b in zip([nin, *nouts], nouts))
    return {
        "X": X.tolist(),
        "y": y.tolist(),
        "weights": [rng.uniform(-1, 1) for _ in range(count)],
        "warm_up": WARM_UP,
        "steps": STEPS,
    }


def run_worker(engine, process, task):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scalar_engine", engine, process],
        input=json.dumps(task),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"the {engine} worker failed:\n{done.stderr}")
    return json.loads(done.stdout)


def check_losses(results):
    """Stop unless both engines computed the same loss at every step. Returns the largest gap."""
    ours = results["micrograd_lesson"]["losses"]
    theirs = results["micrograd"]["losses"]
    gap = max(abs(a - b) for a, b in zip(ours, theirs, strict=True))
    if not gap <= AGREEMENT:
        sys.exit(f"the losses differ by {gap:.3g}: the engines did not do the same work.")
    return gap


def measure(process, task, rounds):
    """For each round, both engines' results; each engine goes first in every other round."""
    results = []
    for i in range(rounds):
        engines = list(ENGINES) if i % 2 == 0 else list(ENGINES)[::-1]
        results.append({engine: run_worker(engine, process, task) for engine in engines})
        check_losses(results[-1])
    return results


def main():
    try:
        versions = {
            engine: importlib.metadata.version(name) for engine, name in DISTRIBUTIONS.items()
        }
    except importlib.metadata.PackageNotFoundError:
        print(NO_MICROGRAD)
        return
    task = make_task()
    check = dict(task, warm_up=WARM_UP + STEPS, steps=1)
    gap = check_losses({engine: run_worker(engine, "bare", check) for engine in ENGINES})

    print("One training step of the two-moons demo")
    print(
        f"  MLP({SHAPE[0]}, {SHAPE[1]}), relu inside, linear output; {POINTS} points; "
        "mean hinge loss + 1e-4 · Σp²"
    )
    for process in PROCESSES:
        print()
        for line in table(process, measure(process, task, ROUNDS), versions):
            print(line)
    print()
    for line in method(gap):
        print(line)


def table(process, rounds, versions):
    """The lines of one process's table: each engine's time, and the ratio of the two."""
    names = ", ".join(PROCESSES[process])
    loaded = f" with {names} loaded" if names else ", nothing else loaded"
    yield f"  In a {process} process{loaded}:"
    yield f"  {'engine':<24} {'ms per step, median':>20} {'min .. max':>18}"
    for engine in ENGINES:
        ms = [1000 * results[engine]["seconds"] for results in rounds]
        yield row(f"{engine} {versions[engine]}", ms, digits=1)
    ratios = [r["micrograd"]["seconds"] / r["micrograd_lesson"]["seconds"] for r in rounds]
    yield row("micrograd / ours", ratios, digits=2)


def row(name, numbers, digits):
    median = statistics.median(numbers)
    spread = f"{min(numbers):.{digits}f} .. {max(numbers):.{digits}f}"
    return f"  {name:<24} {median:20.{digits}f} {spread:>18}"


def method(gap):
    """The lines that say how all this was measured."""
    yield f"  How: {ROUNDS} rounds for each process. In each round, one new process per engine, one"
    yield f"  after the other, in changing order; {WARM_UP} steps of warm-up, then the mean of"
    yield f"  {STEPS} steps. The ratio is taken within a round. Time is processor time, so that"
    yield "  other programs disturb less. The garbage collector is on, as users have it. Points and"
    yield "  starting weights are made once and sent to all."
    yield f"  Checked first: the losses of {WARM_UP + STEPS + 1} steps agree to {gap:.1g}"
    yield f"  (at most {AGREEMENT:.0g})."
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield f"  Python {platform.python_version()}, {system}."


if __name__ == "__main__":
    json.dump(work(sys.argv[1], sys.argv[2], json.load(sys.stdin)), sys.stdout)
