"""One training step of a small network: our array engine, PyTorch eager, and NumPy by hand.

As in `scalar_engine`, each timing runs in a worker process of its own that loads one
engine only. Run alone, as `python -m benchmarks.array_engine ours`, this file is the
worker: it writes its result to standard output, as JSON.
"""

import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import time

import numpy as np

SIZES = {
    (4, 4): 400,
    (100, 16): 250,
    (256, 64): 50,
    (1024, 128): 8,
}  # (batch, width): steps in a timing
ROUNDS, BLOCKS, WARM_UP = 5, 5, 3
RATE = 0.01
AGREEMENT = 1e-9  # the largest difference between two engines' losses at any step
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def problem(batch, width):
    """Inputs, targets, and starting weights and biases of width-width-width-1, the same for every engine."""
    rng = np.random.default_rng(0)
    sizes = [width, width, width, 1]
    weights = [
        rng.uniform(-1, 1, (nin, nout)) / np.sqrt(nin) for nin, nout in zip(sizes, sizes[1:])
    ]
    biases = [rng.uniform(-1, 1, nout) / np.sqrt(nin) for nin, nout in zip(sizes, sizes[1:])]
    return rng.standard_normal((batch, width)), rng.standard_normal(batch), weights, biases


# Three ways to write the same step. Each returns a function that trains once and returns the loss.


def training_step(model, squared_error, optimiser, X, y):
    """The step, to the letter the same for our engine and for PyTorch; a function that takes one."""

    def step():
        loss = squared_error(model(X), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def ours(X, y, weights, biases):
    from micrograd_lesson.losses import squared_error
    from micrograd_lesson.optim import SGD
    from micrograd_lesson.tensor_nn import MLP

    width = X.shape[1]
    model = MLP(width, [width, width, 1], "tanh", "linear")
    for layer, w, b in zip(model.layers, weights, biases):
        layer.w.data, layer.b.data = w, b
    return training_step(model, squared_error, SGD(model.parameters(), RATE), X, y)


def pytorch(X, y, weights, biases):
    import torch
    from torch import nn

    if os.environ.get(THREADS[0]) == "1":
        torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    width = X.shape[1]
    model = nn.Sequential(
        nn.Linear(width, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1)
    )
    with torch.no_grad():
        for layer, w, b in zip(model[::2], weights, biases):
            layer.weight.copy_(torch.tensor(w.T))
            layer.bias.copy_(torch.tensor(b))
    X, y = torch.tensor(X), torch.tensor(y[:, None])
    return training_step(model, nn.MSELoss(), torch.optim.SGD(model.parameters(), lr=RATE), X, y)


def numpy_by_hand(X, y, weights, biases):
    np.empty(3 << 20)  # the line at the top of tensor.py, so that it is not what is measured
    (w1, w2, w3), (b1, b2, b3) = weights, biases
    y = y[:, None]

    def step():
        h1 = np.tanh(X @ w1 + b1)
        h2 = np.tanh(h1 @ w2 + b2)
        gap = h2 @ w3 + b3 - y
        loss = (gap * gap).mean()

        g3 = gap * (2 / gap.size)
        g2 = (g3 @ w3.T) * (1 - h2 * h2)
        g1 = (g2 @ w2.T) * (1 - h1 * h1)
        for w, b, inputs, g in ((w3, b3, h2, g3), (w2, b2, h1, g2), (w1, b1, X, g1)):
            w -= RATE * (inputs.T @ g)
            b -= RATE * g.sum(axis=0)
        return loss.item()

    return step


ENGINES = {"ours": ours, "PyTorch": pytorch, "NumPy by hand": numpy_by_hand}


def products(engine, X, y, weights, biases):
    """A function that computes the step's eight matrix products alone, in the library behind the engine."""
    if engine == "PyTorch":
        import torch

        X, *weights = map(torch.tensor, (X, *weights))
    pairs = [
        (w, X @ w) for w in weights
    ]  # each with something of the shape of its layer's gradient

    def run():
        for w, g in pairs:
            X @ w, X.T @ g
        for w, g in pairs[1:]:  # the inputs need no gradient
            g @ w.T

    return run


def work(engine):
    """For each size: the first losses; seconds per step and for its products alone, medians of a few blocks."""
    # Processor time where there is one thread, so that other programs disturb less; with more, the clock.
    now = time.process_time if os.environ.get(THREADS[0]) == "1" else time.perf_counter
    results = {}
    for (batch, width), steps in SIZES.items():
        step = ENGINES[engine](*problem(batch, width))
        losses = [step() for _ in range(WARM_UP)]
        timed = {"seconds": step, "products": products(engine, *problem(batch, width))}
        blocks = {what: [] for what in timed}
        for _ in range(BLOCKS):
            for what, run in timed.items():
                start = now()
                for _ in range(steps):
                    run()
                blocks[what].append((now() - start) / steps)
        medians = {what: statistics.median(taken) for what, taken in blocks.items()}
        results[f"{batch} × {width}"] = {"losses": losses, **medians}
    return results


def run_worker(engine, one_thread):
    environment = {name: value for name, value in os.environ.items() if name not in THREADS}
    if one_thread:
        environment |= dict.fromkeys(THREADS, "1")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.array_engine", engine],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"the worker for {engine} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def check_losses(results):
    """Stop unless all engines computed the same losses."""
    for size, expected in results["ours"].items():
        for engine, result in results.items():
            gap = max(
                abs(a - b) for a, b in zip(result[size]["losses"], expected["losses"], strict=True)
            )
            if not gap <= AGREEMENT:
                sys.exit(
                    f"at {size}, the losses of {engine} and ours differ by {gap:.3g}: not the same work."
                )


def main():
    versions = {"NumPy by hand": f"NumPy {np.__version__}"}
    try:
        versions["PyTorch"] = f"PyTorch {importlib.metadata.version('torch')}"
    except importlib.metadata.PackageNotFoundError:
        versions["PyTorch"] = (
            "PyTorch is not installed, so its columns stay empty. To compare it: "
            "python -m pip install -r requirements-torch.txt"
        )
    engines = [engine for engine in ENGINES if "not installed" not in versions.get(engine, "")]

    print(
        "One training step of an MLP, batch × width: width-width-width-1, tanh inside, mean squared error, SGD, float64"
    )
    print(f"  {versions['NumPy by hand']}\n  {versions['PyTorch']}")
    for one_thread in (True, False):
        rounds = []
        for i in range(ROUNDS):
            turn = (
                engines[i % len(engines) :] + engines[: i % len(engines)]
            )  # each goes first in its turn
            rounds.append({engine: run_worker(engine, one_thread) for engine in turn})
            check_losses(rounds[-1])
        print(
            "\n".join(
                report(
                    rounds, "one thread each" if one_thread else "threads as each library chooses"
                )
            )
        )
    print(
        "\n".join(
            [
                "",
                f"  How: {ROUNDS} rounds. In each, one new process per engine, one after the other, in changing order;",
                f"  {WARM_UP} steps of warm-up, then the median of {BLOCKS} blocks of steps. Ratios are taken within a round; the",
                "  table has their median and, in brackets, smallest and largest. With one thread, processor time;",
                "  with more, time on the clock. PyTorch is written with nn.Sequential, MSELoss and optim.SGD.",
                "  Products: the step's eight matrix products alone, in NumPy: their share of our step, and PyTorch's time",
                "  for the same products over NumPy's. Where that is below 1, PyTorch's library is the faster one here.",
                f"  Checked in every round: the losses of the first {WARM_UP} steps agree to {AGREEMENT:.0g}.",
                f"  Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores.",
            ]
        )
    )


def report(rounds, threads):
    def ratios(size, above, below, what="seconds"):
        if above not in rounds[0] or below not in rounds[0]:
            return f"{'-':>22}"
        values = [r[above][size][what] / r[below][size][what] for r in rounds]
        return f"{statistics.median(values):.2f} ({min(values):.2f} .. {max(values):.2f})"

    yield ""
    yield (
        f"  {threads:<31}{'ours, ms':>10} {'PyTorch / ours':>22} {'ours / NumPy by hand':>22}"
        f" {'products':>9} {'in PyTorch / in NumPy':>22}"
    )
    for size in rounds[0]["ours"]:
        ms = statistics.median(1000 * r["ours"][size]["seconds"] for r in rounds)
        share = statistics.median(
            r["ours"][size]["products"] / r["ours"][size]["seconds"] for r in rounds
        )
        yield (
            f"  {size:>31}{ms:10.3f} {ratios(size, 'PyTorch', 'ours'):>22}"
            f" {ratios(size, 'ours', 'NumPy by hand'):>22}"
            f" {share:9.0%} {ratios(size, 'PyTorch', 'ours', 'products'):>22}"
        )


if __name__ == "__main__":
    json.dump(work(sys.argv[1]), sys.stdout)
