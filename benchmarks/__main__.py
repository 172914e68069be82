"""Run every benchmark, or those named (`python -m benchmarks growth`), and print their tables."""

import sys

from . import array_engine, explorers, gpt, growth, hub, scalar_engine

BENCHMARKS = {
    "scalar_engine": scalar_engine,
    "array_engine": array_engine,
    "gpt": gpt,
    "growth": growth,
    "explorers": explorers,
    "hub": hub,
}

for name in sys.argv[1:] or BENCHMARKS:
    if name not in BENCHMARKS:
        sys.exit(f"unknown benchmark {name!r}; known are {', '.join(BENCHMARKS)}.")
    BENCHMARKS[name].main()
    print()
