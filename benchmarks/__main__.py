"""Run every benchmark and print its table."""

from . import array_engine, scalar_engine

scalar_engine.main()
print()
array_engine.main()
