"""One training step of micrograd's two-moons demo: package `micrograd` against ours.

Each timing runs in a worker process of its own that loads one engine only, so that
neither engine pays for the other's garbage or for a larger heap. The parent makes the
points and the starting weights and sends both to every worker.

Run alone, as `python -m benchmarks.scalar_engine micrograd`, this file is the worker:
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


def work(engine, task):
    """Warm up, then time the steps. Returns the loss of every step and the processor seconds per step."""
    Value = importlib.import_module(f"{engine}.engine").Value
    model = model_of(engine)
    for p, weight in zip(model.parameters(), task["weights"], strict=True):
        p.data = weight

    losses = [training_step(Value, model, task["X"], task["y"]) for _ in range(task["warm_up"])]
    start = time.process_time()
    for _ in range(task["steps"]):
        losses.append(training_step(Value, model, task["X"], task["y"]))
    return {"losses": losses, "seconds": (time.process_time() - start) / task["steps"]}


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


def run_worker(engine, task):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scalar_engine", engine],
        input=json.dumps(task),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"the {engine} worker failed:\n{done.stderr}")
    return json.loads(done.stdout)


def check_losses(results):
    """Stop unless both engines computed the same loss at every step. Returns the largest gap."""
    ours, theirs = results["micrograd_lesson"]["losses"], results["micrograd"]["losses"]
    gap = max(abs(a - b) for a, b in zip(ours, theirs, strict=True))
    if not gap <= AGREEMENT:
        sys.exit(f"the losses differ by {gap:.3g}: the engines did not do the same work.")
    return gap


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
    gap = check_losses({engine: run_worker(engine, check) for engine in ENGINES})
    rounds = []
    for i in range(ROUNDS):
        turn = (
            list(ENGINES) if i % 2 == 0 else list(ENGINES)[::-1]
        )  # each goes first every other round
        rounds.append({engine: run_worker(engine, task) for engine in turn})
        check_losses(rounds[-1])

    print(report(rounds, versions, gap))


def report(rounds, versions, gap):
    lines = [
        "One training step of the two-moons demo",
        f"  MLP(2, [16, 16, 1]), relu inside, linear output; {POINTS} points; mean hinge loss + 1e-4 · Σp²",
        "",
        f"  {'engine':<24} {'ms per step, median':>20} {'min .. max':>18}",
    ]
    for engine in ENGINES:
        ms = [1000 * r[engine]["seconds"] for r in rounds]
        spread = f"{min(ms):.1f} .. {max(ms):.1f}"
        lines.append(
            f"  {engine + ' ' + versions[engine]:<24} {statistics.median(ms):20.1f} {spread:>18}"
        )
    ratios = [r["micrograd"]["seconds"] / r["micrograd_lesson"]["seconds"] for r in rounds]
    spread = f"{min(ratios):.2f} .. {max(ratios):.2f}"
    lines += [
        f"  {'micrograd / ours':<24} {statistics.median(ratios):20.2f} {spread:>18}",
        "",
        f"  How: {ROUNDS} rounds. In each, one new process per engine, one after the other, with the order",
        f"  swapped every round; {WARM_UP} steps of warm-up, then the mean of {STEPS} steps. The ratio is taken",
        "  within a round. Time is processor time, so that other programs disturb less. The garbage",
        "  collector is on, as users have it. The processes load no scikit-learn: the points and",
        "  starting weights are made once and sent to all.",
        f"  Checked first: the losses of {WARM_UP + STEPS + 1} steps agree to {gap:.1g} (at most {AGREEMENT:.0g}).",
        f"  Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    json.dump(work(sys.argv[1], json.load(sys.stdin)), sys.stdout)
