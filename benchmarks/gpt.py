"""One training step of lesson 19's GPT: our array engine beside PyTorch eager, one thread each.

As in `array_engine`, each timing runs in a worker process of its own that loads one engine only.
Run alone, as `python -m benchmarks.gpt ours`, this file is the worker: it writes its result to
standard output, as JSON.
"""

import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import time

import numpy as np

from .array_engine import AGREEMENT, THREADS

BATCH, PLACES, SIZE, HEADS, BLOCKS = 64, 12, 32, 4, 1
RATE = 0.005
ROUNDS, TIMED, STEPS, WARM_UP = 5, 5, 40, 20
HOW = f"""
  How: {ROUNDS} rounds. In each, one new process per engine, in changing order; {WARM_UP} steps of
  warm-up, then the median of {TIMED} blocks of {STEPS} steps, processor time. Ratios are taken
  within a round; the table has their median and, in brackets, smallest and largest.
  PyTorch is written with its own layers, scaled_dot_product_attention and Adam, from the same
  weights. float64 is the same work: the losses of the first {WARM_UP} steps agree to
  {AGREEMENT:.0g}, checked in every round. float32 is what PyTorch takes unless told
  otherwise: half the bytes."""


def batches():
    """Batches of names without end, alike for every engine: X, y and real, as `rows` gives them."""
    from micrograd_lesson.data import first_names, rows

    X, y, real = rows(first_names()[0], PLACES)
    rng = np.random.default_rng(0)
    while True:
        chosen = rng.integers(0, len(X), BATCH)
        yield X[chosen], y[chosen], real[chosen]


def first_model():
    from micrograd_lesson.tensor_nn import GPT

    return GPT(27, PLACES, SIZE, HEADS, BLOCKS, rng=0)


def ours():
    """A function that trains once and returns the loss."""
    from micrograd_lesson.losses import softmax_cross_entropy
    from micrograd_lesson.optim import Adam

    model = first_model()
    optimiser = Adam(model.parameters(), RATE)
    examples = batches()

    def step():
        X, y, real = next(examples)
        loss = softmax_cross_entropy(model(X)[real], y[real])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def pytorch(dtype="float64"):
    """The same for PyTorch, from the same weights."""
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(1)

    class Attention(nn.Module):
        def __init__(self):
            super().__init__()
            self.query = nn.Linear(SIZE, SIZE)
            self.key = nn.Linear(SIZE, SIZE)
            self.value = nn.Linear(SIZE, SIZE)
            self.out = nn.Linear(SIZE, SIZE)

        def forward(self, x):
            n, places, _ = x.shape
            parts = []
            for part in (self.query, self.key, self.value):
                parts.append(part(x).view(n, places, HEADS, -1).transpose(1, 2))
            mixed = functional.scaled_dot_product_attention(*parts, is_causal=True)
            return self.out(mixed.transpose(1, 2).reshape(x.shape))

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention_norm = nn.LayerNorm(SIZE)
            self.attention = Attention()
            self.mlp_norm = nn.LayerNorm(SIZE)
            self.hidden = nn.Linear(SIZE, 4 * SIZE)
            self.out = nn.Linear(4 * SIZE, SIZE)

        def forward(self, x):
            x = x + self.attention(self.attention_norm(x))
            return x + self.out(functional.relu(self.hidden(self.mlp_norm(x))))

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.letter = nn.Embedding(27, SIZE)
            self.place = nn.Embedding(PLACES, SIZE)
            for i in range(1, BLOCKS + 1):
                self.add_module(f"block{i}", Block())
            self.norm = nn.LayerNorm(SIZE)
            self.scores = nn.Linear(SIZE, 27)

        def forward(self, x):
            h = self.letter(x) + self.place.weight[: x.shape[1]]
            for i in range(1, BLOCKS + 1):
                h = self.get_submodule(f"block{i}")(h)
            return self.scores(self.norm(h))

    model = Model().to(getattr(torch, dtype))
    load(torch, model)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    examples = batches()

    def step():
        X, y, real = next(examples)
        labels = torch.from_numpy(np.where(real, y, -100))  # -100: no label here
        scores = model(torch.from_numpy(X))
        loss = functional.cross_entropy(scores.view(-1, 27), labels.view(-1))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def load(torch, model):
    """Give PyTorch's model the weights that ours starts with: gain and w are its weight, turned."""
    theirs = model.state_dict()
    for name, p in first_model().named_parameters().items():
        layer, kind = name.rsplit(".", 1)
        data = p.data.T if kind == "w" and layer not in ("letter", "place") else p.data
        target = "weight" if kind in ("w", "gain") else "bias"
        theirs[f"{layer}.{target}"].copy_(torch.tensor(data))


ENGINES = {
    "ours": ours,
    "PyTorch, float64": pytorch,
    "PyTorch, float32": lambda: pytorch("float32"),
}


def work(engine, timed=TIMED, steps=STEPS, warm_up=WARM_UP):
    """The first losses, and the processor seconds per step: the median of a few blocks."""
    step = ENGINES[engine]()
    losses = [step() for _ in range(warm_up)]
    blocks = []
    for _ in range(timed):
        start = time.process_time()
        for _ in range(steps):
            step()
        blocks.append((time.process_time() - start) / steps)
    return {"losses": losses, "seconds": statistics.median(blocks)}


def run_worker(engine):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.gpt", engine],
        env=os.environ | dict.fromkeys(THREADS, "1"),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"the worker for {engine} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def check_losses(results):
    """Stop unless PyTorch computed the same losses in float64."""
    reference = results.get("PyTorch, float64", results["ours"])["losses"]
    gap = max(abs(a - b) for a, b in zip(results["ours"]["losses"], reference, strict=True))
    if not gap <= AGREEMENT:
        sys.exit(f"the losses of PyTorch and ours differ by {gap:.3g}: not the same work.")


def report(rounds):
    """A line for each engine: milliseconds, and its time over ours in the same round."""
    yield f"  {'':<20}{'ms a step':>10}{'its time / ours':>24}"
    for engine in rounds[0]:
        ms = statistics.median(1000 * r[engine]["seconds"] for r in rounds)
        ratios = [r[engine]["seconds"] / r["ours"]["seconds"] for r in rounds]
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} .. {max(ratios):.2f})"
        yield f"  {engine:<20}{ms:10.2f}{spread if engine != 'ours' else '':>24}"


def main():
    engines = list(ENGINES)
    count = first_model().num_parameters()
    print(
        f"One training step of a GPT of {count:,} parameters on {BATCH} names of {PLACES} places, "
        "Adam, one thread"
    )
    if importlib.util.find_spec("torch") is None:
        engines = ["ours"]
        print(
            "  PyTorch is not installed, so it is left out. To compare it: "
            "python -m pip install -r requirements-torch.txt"
        )
    rounds = []
    for i in range(ROUNDS):
        first = i % len(engines)  # each goes first in its turn
        turn = engines[first:] + engines[:first]
        measured = {engine: run_worker(engine) for engine in turn}
        check_losses(measured)
        rounds.append({engine: measured[engine] for engine in engines})
    print("\n".join(report(rounds)))
    print(HOW)
    print(f"  Python {platform.python_version()}, {platform.system()} {platform.machine()}.")


if __name__ == "__main__":
    json.dump(work(sys.argv[1]), sys.stdout)
