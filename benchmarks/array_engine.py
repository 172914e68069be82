"""One training step of a small network: our array engine, PyTorch eager, and NumPy by hand.

Ours and NumPy by hand work with the same library, so they are timed in one process, block by
block in turns: two processes can differ in speed by more than the engines do. PyTorch, which
brings libraries and threads of its own, has a process to itself. Run alone, as
`python -m benchmarks.array_engine ours PyTorch`, this file is the worker for these engines: it
writes its results to standard output, as JSON.
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

SIZES = {  # (batch, inputs, width): steps in a block
    (4, 4, 4): 100,
    (100, 2, 16): 50,  # the network of the two moons
    (100, 16, 16): 50,
    (256, 64, 64): 10,
    (1024, 128, 128): 2,
}
RAW_SIZES = [(100, 2, 16)]  # where our engine is also timed without its network classes
ROUNDS, BLOCKS, WARM_UP = 5, 31, 3
RATE = 0.01
AGREEMENT = 1e-9  # the largest difference between two engines' losses at any step
HOW = f"""
  How: {ROUNDS} rounds. In each, one new process for ours and NumPy by hand, block by block in
  turns, and one for PyTorch; {WARM_UP} steps of warm-up, then {BLOCKS} blocks of steps. Ratios are
  taken block by block, and the median counts; the table has the median of the rounds and, in
  brackets, smallest and largest. With one thread, processor time; with more, time on the clock.
  Ours and PyTorch are written with network, loss and optimiser; raw operations are @, +, tanh, *
  and mean on Tensors alone.
  Products: the step's eight matrix products alone, in NumPy: their share of our step, and
  PyTorch's time for the same products over NumPy's. Where that is below 1, PyTorch's library is
  the faster one here.
  Checked in every round: the losses of the first {WARM_UP} steps agree to {AGREEMENT:.0g}."""
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def name_of(size):
    """How a size is written in the table: 100 × (2 → 16 → 16 → 1)."""
    batch, nin, width = size
    return f"{batch} × ({nin} → {width} → {width} → 1)"


def problem(batch, nin, width):
    """Inputs, targets, first weights and biases of nin-width-width-1, alike for every engine."""
    rng = np.random.default_rng(0)
    sizes = [nin, width, width, 1]
    weights = [
        rng.uniform(-1, 1, (nin, nout)) / np.sqrt(nin) for nin, nout in zip(sizes, sizes[1:])
    ]
    biases = [rng.uniform(-1, 1, nout) / np.sqrt(nin) for nin, nout in zip(sizes, sizes[1:])]
    return rng.standard_normal((batch, nin)), rng.standard_normal(batch), weights, biases


# Four ways to write the same step. Each returns a function that trains once and returns the loss.


def training_step(model, squared_error, optimiser, X, y):
    """A function that takes a step, to the letter the same for our engine and for PyTorch."""

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

    nin, width = weights[0].shape
    model = MLP(nin, [width, width, 1], "tanh", "linear")
    for layer, w, b in zip(model.layers, weights, biases):
        layer.w.data, layer.b.data = w, b
    return training_step(model, squared_error, SGD(model.parameters(), RATE), X, y)


def raw_operations(X, y, weights, biases):
    """Our engine without network, loss and optimiser: what a lesson writes in the open."""
    from micrograd_lesson.tensor import Tensor

    w1, w2, w3 = [Tensor(w) for w in weights]
    b1, b2, b3 = [Tensor(b) for b in biases]
    parameters = [w1, b1, w2, b2, w3, b3]
    y = y[:, None]

    def step():
        h1 = (X @ w1 + b1).tanh()
        h2 = (h1 @ w2 + b2).tanh()
        gap = h2 @ w3 + b3 - y
        loss = (gap * gap).mean()
        for p in parameters:
            p.grad = 0.0
        loss.backward()
        for p in parameters:
            p.data = p.data - RATE * p.grad
        return loss.item()

    return step


def pytorch(X, y, weights, biases):
    import torch
    from torch import nn

    if os.environ.get(THREADS[0]) == "1":
        torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    nin, width = weights[0].shape
    model = nn.Sequential(
        nn.Linear(nin, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1)
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


RAW = "ours, raw operations"
ENGINES = {"ours": ours, RAW: raw_operations, "PyTorch": pytorch, "NumPy by hand": numpy_by_hand}


def products(engine, X, y, weights, biases):
    """A function that computes the step's eight matrix products alone, by the engine's library."""
    if engine == "PyTorch":
        import torch

        X, *weights = map(torch.tensor, (X, *weights))
    layers = []
    inputs = X
    for w in weights:
        outputs = inputs @ w  # also what stands for the layer's gradient, which has this shape
        layers.append((inputs, w, outputs))
        inputs = outputs

    def run():
        for x, w, g in layers:
            x @ w, x.T @ g
        for _, w, g in layers[1:]:  # the inputs need no gradient
            g @ w.T

    return run


def work(engines):
    """For each engine and size: the first losses; seconds per step and for its products alone.

    Block by block, the engines take turns; each has a list of seconds, one for each block.
    """
    results = {engine: {} for engine in engines}
    for size, steps in SIZES.items():
        here = [engine for engine in engines if engine != RAW or size in RAW_SIZES]
        for engine, measured in work_at(size, here, steps).items():
            results[engine][name_of(size)] = measured
    return results


def work_at(size, engines, steps):
    """What `work` measures at one size, in blocks of so many steps."""
    # Processor time where there is one thread, so that other programs disturb less.
    # With more threads, the clock.
    now = time.process_time if os.environ.get(THREADS[0]) == "1" else time.perf_counter
    losses = {}
    timed = {}
    for engine in engines:
        step = ENGINES[engine](*problem(*size))
        losses[engine] = [step() for _ in range(WARM_UP)]
        timed[engine, "seconds"] = step
        timed[engine, "products"] = products(engine, *problem(*size))
    blocks = {key: [] for key in timed}
    for _ in range(BLOCKS):
        for key, run in timed.items():
            start = now()
            for _ in range(steps):
                run()
            blocks[key].append((now() - start) / steps)
    results = {engine: {"losses": losses[engine]} for engine in engines}
    for (engine, what), seconds in blocks.items():
        results[engine][what] = seconds
    return results


def run_worker(engines, one_thread):
    environment = {name: value for name, value in os.environ.items() if name not in THREADS}
    if one_thread:
        environment |= dict.fromkeys(THREADS, "1")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.array_engine", *engines],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"the worker for {' and '.join(engines)} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def check_losses(results):
    """Stop unless all engines computed the same losses."""
    for engine, result in results.items():
        for size, measured in result.items():
            expected = results["ours"][size]["losses"]
            gap = max(abs(a - b) for a, b in zip(measured["losses"], expected, strict=True))
            if not gap <= AGREEMENT:
                sys.exit(
                    f"at {size}, the losses of {engine} and ours differ by {gap:.3g}: "
                    "not the same work."
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
    workers = [[engine for engine in ENGINES if engine != "PyTorch"], ["PyTorch"]]
    if "not installed" in versions["PyTorch"]:
        workers.pop()

    print(
        "One training step of an MLP, batch × (inputs → layers), tanh inside, mean squared error, "
        "SGD, float64"
    )
    print(f"  {versions['NumPy by hand']}\n  {versions['PyTorch']}")
    for one_thread in (True, False):
        rounds = []
        for i in range(ROUNDS):
            results = {}
            for engines in workers if i % 2 else reversed(workers):  # each goes first in its turn
                results |= run_worker(engines, one_thread)
            rounds.append(results)
            check_losses(rounds[-1])
        print(
            "\n".join(
                report(
                    rounds, "one thread each" if one_thread else "threads as each library chooses"
                )
            )
        )
    print(HOW)
    print(
        f"  Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores."
    )


def report(rounds, threads):
    """The lines of a table: a row for each size, and one for the raw operations where timed."""
    yield ""
    yield (
        f"  {threads:<42}{'ours, ms':>10} {'PyTorch / ours':>22} {'ours / NumPy by hand':>22}"
        f" {'products':>9} {'in PyTorch / in NumPy':>22}"
    )
    for size in rounds[0]["ours"]:
        yield row(rounds, "ours", size, size)
        if size in rounds[0][RAW]:
            yield row(rounds, RAW, size, "the same in raw operations")


def row(rounds, engine, size, name):
    """One line: how long our engine takes, beside PyTorch and NumPy in the same round."""
    own = [r[engine][size] for r in rounds]
    ms = 1000 * statistics.median(middle(result, "seconds") for result in own)
    share = statistics.median(middle(r, "products") / middle(r, "seconds") for r in own)
    return (
        f"  {name:>42}{ms:10.3f} {ratios(rounds, size, 'PyTorch', engine):>22}"
        f" {ratios(rounds, size, engine, 'NumPy by hand'):>22}"
        f" {share:9.0%} {ratios(rounds, size, 'PyTorch', engine, 'products'):>22}"
    )


def middle(result, what):
    """The median over a round's blocks."""
    return statistics.median(result[what])


def ratios(rounds, size, above, below, what="seconds"):
    """Median, smallest and largest ratio of two engines' times; a dash where one is missing.

    A round's ratio is the median over its blocks, each beside the block that followed it.
    """
    if above not in rounds[0] or below not in rounds[0]:
        return f"{'-':>22}"
    values = []
    for r in rounds:
        pairs = zip(r[above][size][what], r[below][size][what], strict=True)
        values.append(statistics.median(a / b for a, b in pairs))
    return f"{statistics.median(values):.2f} ({min(values):.2f} .. {max(values):.2f})"


if __name__ == "__main__":
    json.dump(work(sys.argv[1:]), sys.stdout)
