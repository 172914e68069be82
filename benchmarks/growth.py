"""How time and memory grow with the size of a graph, and drawing time with the values drawn.

The graphs: the mean hinge loss of the network of `scalar_engine` over as many points as the
size asks for; for the array engine, a chain of products, each of a single number.

As in `scalar_engine`, each measurement runs in a worker process of its own that loads one
engine only. Run alone, as `python -m benchmarks.growth micrograd 1000 time on`, this file is
the worker: it writes its result to standard output, as JSON.
"""

import gc
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
import tracemalloc

from .scalar_engine import DISTRIBUTIONS, NO_MICROGRAD, SHAPE, model_of

SIZES = (10**3, 10**4, 10**5, 10**6)
ROUNDS = 3
NODES_TIMED = 100_000  # small graphs are built over and over, until so many nodes were timed
PARAMETERS, PER_POINT = 337, 649  # nodes
HIDDEN = (1, 3, 9, 27, 36, 91)  # of the networks drawn: 11 values for each neuron, and four
SELDOM = 100_000  # objects made between two rounds of Python's collector; by itself it takes 700
DRAWINGS = 5
SHAPES = (50, 100, 200, 400)  # values in the graphs of several shapes that are drawn


# The worker: one engine, one size.


def builder(engine, size):
    """A function that builds a graph of about `size` nodes and returns its root."""
    if engine == "Tensor":
        from micrograd_lesson.tensor import Tensor

        def chain():
            root = Tensor(1.0)
            for _ in range(size - 1):
                root = root * 1.0000001
            return root

        return chain

    Value = importlib.import_module(f"{engine}.engine").Value
    model, rng = model_of(engine), random.Random(0)
    points = [
        ([rng.uniform(-1, 1), rng.uniform(-1, 1)], rng.choice((-1, 1)))
        for _ in range(max(1, round((size - PARAMETERS) / PER_POINT)))
    ]

    def loss():
        losses = [
            (1 + -target * model([Value(x) for x in point])).relu() for point, target in points
        ]
        return sum(losses) * (1.0 / len(losses))

    return loss


def count(root):
    """The number of nodes of a graph, of any engine and any depth."""
    nodes, seen = [root], {root}
    for node in nodes:  # grows as we walk along it
        new = set(node._prev) - seen
        seen |= new
        nodes += new
    return len(nodes)


def measure_time(engine, size):
    """Processor seconds for building the graph, for the backward pass, and for freeing it."""
    warm_up = builder(engine, 1000)
    warm_up().backward()
    build, now = builder(engine, size), time.process_time
    taken, repeats = [0.0, 0.0, 0.0], max(1, NODES_TIMED // size)
    for _ in range(repeats):
        times = [now()]
        root = build()
        times.append(now())
        root.backward()
        times.append(now())
        del root
        times.append(now())
        taken = [total + after - before for total, before, after in zip(taken, times, times[1:])]
    return {"seconds": [total / repeats for total in taken]}


def measure_memory(engine, size):
    """Nodes, and the bytes that Python allocates: for the graph, and at most in a backward pass."""
    build = builder(engine, size)
    build()
    # Also empties the lists of freed objects, from which the graph would be built uncounted.
    gc.collect()
    tracemalloc.start()
    root = build()
    graph, _ = tracemalloc.get_traced_memory()
    root.backward()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"nodes": count(root), "graph": graph, "peak": peak}


MEASURES = {"time": measure_time, "memory": measure_memory}


def work(engine, size, what, collector):
    if collector == "off":
        gc.disable()
    elif collector == "seldom":
        gc.set_threshold(SELDOM)
    try:
        return MEASURES[what](engine, size)
    except RecursionError:
        return {"failed": "RecursionError"}


# The parent: every engine and size in turns.


def run_worker(engine, size, what="time", collector="on"):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", engine, str(size), what, collector],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"the worker for {engine} at {size} nodes failed:\n{done.stderr}")
    return json.loads(done.stdout)


def spread(numbers, digits=2):
    """The median, and in brackets the smallest and the largest."""
    median, least, most = statistics.median(numbers), min(numbers), max(numbers)
    return f"{median:.{digits}f} ({least:.{digits}f} .. {most:.{digits}f})"


def report_growth(name, engine, collector="on", sizes=SIZES, rounds=ROUNDS):
    """The lines of one engine's table."""
    yield ""
    yield (
        f"  {name:<42}{'µs per node':>24}{'build':>7}{'back':>7}{'free':>7}{'/ first':>9}"
        f"{'bytes per node':>16}{'at most':>9}"
    )
    first = None
    for size in sizes:
        results = [run_worker(engine, size, collector=collector)]
        if "failed" in results[0]:
            yield f"  {size:>42,}{results[0]['failed']:>24}"
            continue
        results += [run_worker(engine, size, collector=collector) for _ in range(rounds - 1)]
        memory = run_worker(engine, size, "memory", collector)
        nodes = memory["nodes"]
        runs = [[1e6 * seconds / nodes for seconds in result["seconds"]] for result in results]
        totals, parts = (
            list(map(sum, runs)),
            "".join(f"{statistics.median(part):>7.2f}" for part in zip(*runs)),
        )
        first = first or statistics.median(totals)
        yield (
            f"  {nodes:>42,}{spread(totals):>24}{parts}{statistics.median(totals) / first:>9.2f}"
            f"{memory['graph'] / nodes:>16.0f}{memory['peak'] / nodes:>9.0f}"
        )


def report_drawing(hidden=HIDDEN, rounds=DRAWINGS):
    """The lines of the drawings' table: the walk, the drawing in DOT, and its layout as SVG."""
    from micrograd_lesson.engine import Value
    from micrograd_lesson.graph import draw_dot, trace
    from micrograd_lesson.graph.dot import MAX_NODES
    from micrograd_lesson.nn import MLP

    version = importlib.metadata.version("pygraphviz")
    yield f"Drawing MLP(2, [h, 1]) for one point, ms; pygraphviz {version};"
    yield f"of more than {MAX_NODES} values, the {MAX_NODES} nearest to the result are drawn"
    yield f"{'values':>10}{'trace':>26}{'draw_dot':>26}{'to SVG':>30}{'all, per value drawn':>22}"
    for h in hidden:
        root = MLP(2, [h, 1], rng=random.Random(0))([Value(0.5), Value(-1.0)])
        taken = []
        for _ in range(rounds):
            times = [time.perf_counter()]
            nodes, _ = trace(root)
            times.append(time.perf_counter())
            drawing = draw_dot(root)
            times.append(time.perf_counter())
            drawing.pipe("svg")
            times.append(time.perf_counter())
            taken.append([1000 * (after - before) for before, after in zip(times, times[1:])])
        traced, written, laid_out = zip(*taken)
        each = statistics.median(map(sum, taken)) / min(len(nodes), MAX_NODES)
        yield (
            f"{len(nodes):>10,}{spread(traced, 3):>26}{spread(written):>26}"
            f"{spread(laid_out, 1):>30}{each:>22.2f}"
        )


def chain(values):
    from micrograd_lesson.engine import Value

    root = Value(1.0, "x")
    for _ in range(values - 1):
        root = root.tanh()
    return root


def sum_over_one_leaf(values):
    from micrograd_lesson.engine import Value

    w, root = Value(0.5, "w"), Value(0.0)
    for k in range((values - 2) // 3):
        root = root + w * float(k)
    return root


def one_leaf_at_each_layer(values):
    from micrograd_lesson.engine import Value

    w, root = Value(0.5, "w"), Value(1.0, "x")
    for _ in range((values - 2) // 2):
        root = (root * w).tanh()
    return root


def tree(values):
    from micrograd_lesson.engine import Value

    row = [Value(float(k)) for k in range((values + 1) // 2)]
    while len(row) > 1:
        pairs = [a * b for a, b in zip(row[::2], row[1::2])]
        row = pairs + row[2 * len(pairs) :]
    return row[0]


def network_loss(values):
    """The squared error of MLP(3, [h, h, 1]), with h as large as the number of values allows."""
    from micrograd_lesson.engine import Value
    from micrograd_lesson.nn import MLP

    hidden = 1
    while 3 * (hidden + 1) ** 2 + 16 * (hidden + 1) + 8 <= values:
        hidden += 1
    model = MLP(3, [hidden, hidden, 1], rng=random.Random(0))
    return (model([Value(x) for x in (2.0, 3.0, -1.0)]) - 1.0) ** 2


def report_shapes(sizes=SHAPES, rounds=DRAWINGS):
    """The lines of a table: the seconds from a result to its drawing as SVG, by shape and size."""
    from micrograd_lesson.graph import draw_dot, trace

    yield "Drawing graphs of several shapes, from the result to SVG, s; in brackets their values"
    for shape in (chain, sum_over_one_leaf, one_leaf_at_each_layer, tree, network_loss):
        line = f"  {shape.__name__.replace('_', ' '):<24}"
        for size in sizes:
            root = shape(size)
            taken = []
            for _ in range(rounds):
                start = time.perf_counter()
                draw_dot(root).pipe("svg")
                taken.append(time.perf_counter() - start)
            line += f"{spread(taken):>22} ({len(trace(root)[0])})"
        yield line


def main():
    print("Growth with the size of a graph: build it, take its backward pass, free it")
    shape = f"MLP({SHAPE[0]}, {SHAPE[1]})"
    print(f"  Scalar engines: mean hinge loss of {shape}, relu inside, over many points")
    for line in report_growth("Value", "micrograd_lesson"):
        print(line)
    for line in report_growth(f"Value, gc.set_threshold({SELDOM})", "micrograd_lesson", "seldom"):
        print(line)
    for line in report_growth("Value, collector off", "micrograd_lesson", "off"):
        print(line)
    try:
        version = importlib.metadata.version(DISTRIBUTIONS["micrograd"])
    except importlib.metadata.PackageNotFoundError:
        print(f"\n  {NO_MICROGRAD}")
    else:
        for line in report_growth(f"micrograd {version}", "micrograd"):
            print(line)
    for line in report_growth("Tensor: a chain of products of one number", "Tensor"):
        print(line)
    print(f"""
  How: {ROUNDS} runs, each in a new process; median, in brackets smallest and largest;
  processor time; small graphs over and over until {NODES_TIMED:,} nodes are built. / first: per
  node, over the smallest graph's time per node. Bytes: what Python allocates (tracemalloc), in a
  run of its own; at most: the largest amount during the backward pass. Both hold the model and
  the points too. micrograd's backward pass is recursive, and Python stops it where the graph is
  about a thousand nodes deep.
  Python {platform.python_version()}, {platform.system()} {platform.machine()},
  {os.cpu_count()} cores.
""")
    for line in report_drawing():
        print(line)
    print()
    for line in report_shapes():
        print(line)


if __name__ == "__main__":
    json.dump(work(sys.argv[1], int(sys.argv[2]), *sys.argv[3:]), sys.stdout)
