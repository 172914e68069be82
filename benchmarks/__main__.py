"""Run every benchmark and print its table."""

from . import scalar_engine

scalar_engine.main()
