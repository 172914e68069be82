"""Side-by-side timings against peers: `python -m benchmarks`. Never a timed test."""
