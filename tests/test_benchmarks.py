"""The benchmarks' own parts, at tiny sizes: they run, and measure what they say. Nothing is timed."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import array_engine, explorers, gpt, growth, hub

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("engine", ["micrograd_lesson", "Tensor"])
def test_graphs_grow_as_asked_and_are_measured(engine):
    for size in (1000, 3000):
        memory = growth.measure_memory(engine, size)
        assert memory["nodes"] == pytest.approx(size, rel=0.15)
        assert 50 * size < memory["graph"] < memory["peak"] < 2000 * size
    assert all(seconds >= 0 for seconds in growth.measure_time(engine, 1000)["seconds"])


def test_a_failure_is_reported_in_the_table(monkeypatch):
    monkeypatch.setattr(growth, "run_worker", lambda *_, **__: {"failed": "RecursionError"})
    *_, line = growth.report_growth("micrograd", "micrograd", sizes=(1000,))
    assert line.split() == ["1,000", "RecursionError"]


def test_the_drawings_table_has_a_line_for_each_size():
    lines = list(growth.report_drawing(hidden=(1, 2), rounds=1))
    assert [line.split()[0] for line in lines[3:]] == ["15", "26"]


def test_the_table_of_shapes_has_a_line_for_each_and_their_sizes():
    title, *lines = growth.report_shapes(sizes=(30, 60), rounds=1)
    assert len(lines) == 5
    for line in lines:
        sizes = [int(size) for size in re.findall(r" \((\d+)\)", line)]
        assert len(sizes) == 2
        assert 26 <= sizes[0] <= 30 and 50 <= sizes[1] <= 60


@pytest.mark.parametrize("engine", array_engine.ENGINES)
def test_every_array_engine_takes_the_same_steps(engine, request):
    if engine == "PyTorch":
        torch = pytest.importorskip("torch")
        request.addfinalizer(
            lambda: torch.set_default_dtype(torch.float32)
        )  # the worker has a process of its own
    expected, step = (
        array_engine.ENGINES[name](*array_engine.problem(4, 2, 3))
        for name in ("NumPy by hand", engine)
    )
    for _ in range(3):
        assert step() == pytest.approx(expected(), abs=array_engine.AGREEMENT)
    array_engine.products(engine, *array_engine.problem(4, 2, 3))()


def test_the_table_has_a_row_for_each_size_and_one_for_raw_operations(monkeypatch):
    monkeypatch.setattr(array_engine, "SIZES", {(4, 3, 3): 1, (100, 2, 16): 1})
    results = array_engine.work(["ours", array_engine.RAW, "NumPy by hand"])
    array_engine.check_losses(results)
    rows = [line.split("  ") for line in array_engine.report([results], "one thread each")][2:]
    names = [next(part.strip() for part in row if part) for row in rows]
    assert names == ["4 × (3 → 3 → 3 → 1)", "100 × (2 → 16 → 16 → 1)", "the same in raw operations"]
    assert len(results[array_engine.RAW]) == 1


def test_losses_that_differ_stop_the_benchmark(monkeypatch):
    monkeypatch.setattr(array_engine, "SIZES", {(100, 2, 16): 1})
    results = array_engine.work(["ours", array_engine.RAW])
    results[array_engine.RAW]["100 × (2 → 16 → 16 → 1)"]["losses"][1] += 1e-6
    with pytest.raises(SystemExit, match="ours, raw operations and ours differ by 1e-06"):
        array_engine.check_losses(results)


ROOM = """
for name, (own, *others) in RIVALS.items():
    eval(own)
    for other in others:
        slider = eval(other).children[0]
        room = (slider.max - slider.value) / slider.step
        assert name in SHORT or room > PRESSES - 0.5, other
"""


def test_explorers_and_rivals_are_made_and_have_room_for_the_presses(tmp_path):
    """As on the page that is measured; without a browser."""
    names = {"RIVALS": explorers.RIVALS, "SHORT": explorers.SHORT, "PRESSES": explorers.PRESSES}
    given = "\n".join(f"{name} = {value!r}" for name, value in names.items())
    script = tmp_path / "rivals.ipy"
    script.write_text("\n".join([explorers.SETUP, given, ROOM, "print('all of them')"]), "utf-8")
    ran = subprocess.run([sys.executable, "-m", "IPython", script], capture_output=True, text=True)
    assert ran.stdout.rstrip().endswith("all of them"), ran.stdout[-2000:] + ran.stderr[-2000:]


def test_the_table_of_explorers_has_their_ratios():
    times = {"echo": [40.0] * 20, "SlopeExplorer": [44.0] * 20, "by interact": [132.0] * 20}
    lines = list(explorers.report("SlopeExplorer", times))
    assert [line.split() for line in lines] == [
        ["SlopeExplorer", "44.0", "44.0", "1.10", "1.10"],
        ["echo", "40.0", "40.0", "1.00", "1.00"],
        ["by", "interact", "132.0", "132.0", "3.30", "3.30", "3.0"],
    ]


def test_both_engines_train_the_same_gpt(torch):
    results = {name: gpt.work(name, timed=1, steps=1, warm_up=3) for name in gpt.ENGINES}
    gpt.check_losses(results)
    ours = results["ours"]["losses"]
    assert results["PyTorch, float32"]["losses"] == pytest.approx(ours, abs=1e-4)
    assert results["PyTorch, float32"]["losses"] != ours
    lines = list(gpt.report([results, results]))
    assert [line.split("  ")[1] for line in lines[1:]] == list(gpt.ENGINES)


def test_gpts_that_differ_stop_the_benchmark():
    results = {"ours": {"losses": [3.3, 3.2]}, "PyTorch, float64": {"losses": [3.3, 3.1]}}
    with pytest.raises(SystemExit, match=r"PyTorch and ours differ by 0\.1: not the same work"):
        gpt.check_losses(results)


def test_the_class_is_summed_up_and_who_failed_is_named():
    fine, failed = (hub.Learner("http://127.0.0.1:1", name) for name in ("ada", "ben"))
    fine.started, fine.opened, fine.times = 12.0, 5.0, [0.02] * 19 + [0.2]
    failed.problem = "TimeoutError: the server did not start within 600 s"
    lines = list(hub.report([fine, failed], {"ada": 200 * 2**20}, 1, 60))
    assert lines[:2] == ["2 learners, 1 failed", f"  ben: {failed.problem}"]
    text = "\n".join(lines)
    assert re.search(r"slider to picture +p50 +20 ms +p95 +20 ms +longest 200 ms", text)
    assert "20 moves in 60 s, 0 pictures lost" in text and "1 of 2 verdicts kept" in text
    assert "memory a learner: median 200 MB, most 200 MB" in text


def test_a_class_without_a_hub_is_one_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(hub, "HUB", tmp_path)
    hub.main()
    assert "`make hub` installs it" in capsys.readouterr().out


def test_every_benchmark_is_run():
    modules = {path.stem for path in Path(growth.__file__).parent.glob("*.py")} - {
        "__init__",
        "__main__",
    }
    source = Path(growth.__file__).with_name("__main__.py").read_text()
    assert all(f'"{name}": {name}' in source for name in modules)
    assert all(hasattr(importlib.import_module(f"benchmarks.{name}"), "main") for name in modules)
