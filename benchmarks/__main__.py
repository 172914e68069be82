"""Run every benchmark and print its table."""

from . import array_engine, explorers, scalar_engine

for benchmark in (scalar_engine, array_engine, explorers):
    benchmark.main()
    print()
