"""./dev bench without its times: the table of rows, statistics, the report, tools/bench_compare, and what the kernels compute."""
import copy
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
try:
    import contestants
    import first_call_functions
    import kernels
    import report
    import rows
    import samples
    from measure import calls, first_call
finally:
    sys.path.remove(str(ROOT / "bench"))

Figure = samples.Figure
KERNELS = kernels.load()


# ---- the table of rows


def test_every_row_has_an_id_a_section_and_a_unit():
    assert len({row.id for row in rows.BUDGETS}) == len(rows.BUDGETS) > 25
    for row in rows.BUDGETS:
        assert re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", row.id)
        assert row.section in rows.SECTIONS
        assert row.unit and row.what
        assert row.better in (rows.LESS, rows.MORE)
        assert row.budget is None or row.budget >= 0


def test_every_section_has_a_budget_and_a_file():
    for section in rows.SECTIONS:
        assert any(row.section == section and row.budget is not None for row in rows.BUDGETS)
        assert (ROOT / "bench" / "measure" / f"{section}.py").is_file()


def test_every_call_and_every_group_of_first_calls_has_its_row():
    assert {row.id for row in rows.BUDGETS if row.section == "calls"} <= {calls.row(name).id for name in calls.CALLS}
    assert all(calls.row(name).unit == "ns" for name in calls.CALLS)
    assert all(f"first_call.{group}" in rows.BY_ID for group in first_call.NAMES)


@pytest.mark.parametrize(
    "better, best, median, holds",
    [("less", 9, 10, "yes"), ("less", 9, 11, "best only"), ("less", 11, 12, "no"),
     ("more", 11, 10, "yes"), ("more", 11, 9, "best only"), ("more", 9, 8, "no")],
)
def test_a_budget_is_met_by_the_median(better, best, median, holds):
    assert rows.Row("a.b", "", "ms", 10, better).holds(best, median) == holds
    assert rows.Row("a.b", "", "ms", None, better).holds(best, median) is None


# ---- statistics


def test_figures():
    assert samples.figure([3.0, 1.0, 2.0]) == (1.0, 2.0)
    assert samples.figure([]) is None
    assert samples.mean_figure([Figure(1, 2), Figure(4, 8)]) == pytest.approx((2, 4))
    assert samples.mean_figure([Figure(1, 2), None]) is None
    assert samples.mean_figure([]) is None
    assert samples.faster_of([Figure(1, 5), Figure(2, 4), None]) == (1, 4)
    assert samples.ratio(Figure(2, 9), Figure(4, 3)) == (0.5, 3)
    assert samples.ratio(Figure(2, 9), None) is None


def test_rounds_interleave_and_stop_when_the_time_is_over():
    bench = contestants.Bench([], True, Path("."), {}, [])
    order = list(bench.rounds("abc", 4, seconds=1000))
    assert len(order) == 12
    assert all(set(order[i : i + 3]) == set("abc") for i in range(0, 12, 3))
    assert len({tuple(order[i : i + 3]) for i in range(0, 12, 3)}) > 1
    assert sorted(bench.rounds("abc", 4, seconds=-1)) == ["a", "b", "c"]
    assert list(bench.rounds("abc", 4, seconds=-1, all_once=False)) == []


def test_a_failing_child_is_reported_once_and_costs_its_row_only():
    bench = contestants.Bench([contestants.Contestant("lancehead", "lancehead", sys.executable)], True, Path("."), {}, [])

    def fail():
        return bench.ours().run(["-c", "raise ValueError('no such thing')"])

    assert bench.attempt(bench.ours(), "calls", fail) is None
    assert bench.attempt(bench.ours(), "calls", fail) is None
    assert bench.errors == ["lancehead, calls: ValueError: no such thing"]


def test_settings_of_the_caller_do_not_reach_the_children(monkeypatch):
    monkeypatch.setenv("LANCEHEAD_BOUNDSCHECK", "0")
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    env = contestants.environment(contestants.Contestant("numba", "numba", "python"), {"LANCEHEAD_CACHE": "1"})
    assert [name for name in env if name.startswith(("LANCEHEAD_", "NUMBA_"))] == ["LANCEHEAD_CACHE"]
    assert env["LANCEHEAD_CACHE"] == "1"
    assert "PYTHONDONTWRITEBYTECODE" not in env


# ---- the report


def example_rows():
    return report.plain_rows({
        rows.Row("calls.none", "no arguments", "ns", 28): {"lancehead": Figure(15.0, 16.04), "numba": Figure(30.0, 31.5)},
        rows.Row("calls.str", "str", "ns", 80): {"lancehead": None, "numba": Figure(1500.0, 1700.0)},
        rows.Row("matmul.n512", "n = 512", "GFLOP/s", 25, rows.MORE): {"lancehead": Figure(26.0, 1.25)},
        rows.Row("kernels.dot", "dot", "us"): {"lancehead": Figure(0.0625, 123.4)},
    })


def test_rows_as_json():
    first, second, third, fourth = json.loads(json.dumps(example_rows()))
    assert first == {
        "id": "calls.none", "section": "calls", "what": "no arguments", "unit": "ns", "better": "less", "budget": 28,
        "holds": "yes",
        "figures": {"lancehead": {"best": 15.0, "median": 16.04}, "numba": {"best": 30.0, "median": 31.5}},
    }
    assert second["holds"] is None and "lancehead" not in second["figures"]
    assert third["holds"] == "best only"
    assert fourth["budget"] is None and fourth["holds"] is None


def test_markdown():
    text = report.markdown("Title", {"cores": 2}, rows.SECTIONS, example_rows(), {"clang": "install it"}, ["numba, x: no"])
    lines = text.splitlines()
    assert lines[0] == "# Title" and "cores 2" in lines
    assert "Not measured: clang; install it" in lines and "Failed: numba, x: no" in lines
    assert "| what | unit | budget | holds | best | median | numba median |" in lines
    assert "| no arguments | ns | <= 28 | yes | 15 | 16.0 | 31.5 |" in lines
    assert "| str | ns | <= 80 | not measured |  |  | 1700 |" in lines
    assert "| n = 512 | GFLOP/s | >= 25 | best only | 26 | 1.25 |  |  |  |" in lines
    assert "| dot | us |  |  | 0.062 | 123 |  |  |  |" in lines
    assert lines[-1] == "1 of 3 budgets hold; the others: calls.str (not measured), matmul.n512 (best only)"
    for section in ("calls", "matmul", "kernels"):
        assert f"## {rows.SECTIONS[section]}" in lines
    assert f"## {rows.SECTIONS['cache']}" not in lines


# ---- tools/bench_compare


@pytest.fixture
def compare(tmp_path):
    """compare(change, *options): exit status and lines for a file and the same after change(rows by id, contents)."""
    data = {"format": 1, "quick": True, "conditions": {"cores": 2}, "absent": {}, "errors": [], "rows": example_rows()}

    def run(change, *options, old_best=15.0):
        data["rows"][0]["figures"]["lancehead"]["best"] = old_best
        other = copy.deepcopy(data)
        change({row["id"]: row for row in other["rows"]}, other)
        for name, contents in [("a.json", data), ("b.json", other)]:
            (tmp_path / name).write_text(json.dumps(contents))
        done = subprocess.run([sys.executable, ROOT / "tools" / "bench_compare", tmp_path / "a.json", tmp_path / "b.json",
                               *options], capture_output=True, text=True)
        return done.returncode, [" ".join(line.split()) for line in (done.stdout + done.stderr).splitlines()]

    return run


def set_best(name, value):
    def change(found, _):
        found[name]["figures"]["lancehead"]["best"] = value

    return change


def test_a_file_equals_itself(compare):
    status, lines = compare(lambda found, data: None)
    assert status == 0
    assert "calls.none ns 15 15 1.00 1.00" in lines
    assert not any(word in line for line in lines for word in ("SLOWER", "LOST", "differs"))


@pytest.mark.parametrize(
    "name, value, options, line",
    [
        ("calls.none", 16.4, [], "calls.none ns 15 16.4 1.09 1.00"),
        ("calls.none", 16.6, [], "calls.none ns 15 16.6 1.11 1.00 SLOWER"),
        ("calls.none", 16.6, ["--limit", "1.2"], "calls.none ns 15 16.6 1.11 1.00"),
        ("calls.none", 10, [], "calls.none ns 15 10 0.67 1.00 faster"),
        ("matmul.n512", 13.0, [], "matmul.n512 GFLOP/s 26 13 2.00 - SLOWER"),
        ("matmul.n512", 52.0, [], "matmul.n512 GFLOP/s 26 52 0.50 - faster"),
    ],
)
def test_slowdowns_are_marked(compare, name, value, options, line):
    status, lines = compare(set_best(name, value), *options)
    assert line in lines
    assert status == ("SLOWER" in line)


def test_a_peer_shows_whether_the_machine_has_changed(compare):
    status, lines = compare(lambda found, data: found["calls.none"]["figures"]["numba"].update(best=60.0))
    assert status == 0 and "calls.none ns 15 15 1.00 2.00" in lines


def test_a_figure_that_was_lost_counts(compare):
    status, lines = compare(lambda found, data: found["kernels.dot"]["figures"].pop("lancehead"))
    assert status == 1 and "kernels.dot us 0.0625 - - - LOST" in lines


def test_a_row_that_one_file_does_not_name_is_not_judged(compare):
    status, lines = compare(lambda found, data: data["rows"].remove(found["kernels.dot"]))
    assert status == 0
    assert lines[-1] == "2 rows compared, 1 in one file only; 0 slower than 1.1 times or lost"


def test_other_conditions_are_named(compare):
    status, lines = compare(lambda found, data: data["conditions"].update(cores=4))
    assert status == 0 and "differs: cores: 2 / 4" in lines


def test_another_kind_of_file_is_refused(compare):
    status, lines = compare(lambda found, data: data.update(format=2))
    assert status == 2 and "not a result file" in lines[-1]


def test_nothing_to_compare_is_an_error(compare):
    status, lines = compare(lambda found, data: data["rows"].clear())
    assert status == 2 and lines[-1] == "bench_compare: the files have no row in common"


def test_nothing_that_becomes_something_is_slower(compare):
    def change(_, data):
        data["rows"][0]["figures"]["lancehead"]["best"] = 0.001

    status, lines = compare(change, old_best=0)
    assert status == 1 and "calls.none ns 0 0.001 inf 1.00 SLOWER" in lines
    assert compare(lambda found, data: None, old_best=0)[0] == 0


# ---- what is measured computes what Python computes


def same(got, expected):
    return np.allclose(got, expected, rtol=1e-5 if getattr(expected, "dtype", None) == np.float32 else 1e-12)


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_compute_what_python_computes(name):
    import lancehead

    kernel = KERNELS[name]
    ours, python = kernel.arguments(kernel.small), kernel.arguments(kernel.small)
    returned, expected = lancehead.njit(**kernel.options)(kernel.function)(*ours), kernel.function(*python)
    assert (returned is None) == (expected is None)
    assert expected is None or same(returned, expected)
    assert all(same(got, wanted) for got, wanted in zip(ours, python))
    if kernel.numpy:
        others = kernel.arguments(kernel.small)
        result = kernel.numpy(*others)
        assert expected is None or same(result, expected)
        assert all(np.allclose(got, wanted, rtol=1e-5) for got, wanted in zip(others, python))


def test_every_kernel_has_its_function_in_c():
    for theme in kernels.THEMES:
        text = (ROOT / "bench" / "kernels" / f"{theme}.c").read_text()
        defined = set(re.findall(r"^(?:void|long|double) (\w+)\(long n\b", text, re.M))
        assert defined == {kernel.name for kernel in importlib.import_module(f"kernels.{theme}").KERNELS}


def test_first_call_functions_are_those_that_are_named():
    groups = {}
    for name, (group, *_) in first_call_functions.FUNCTIONS.items():
        groups.setdefault(group, []).append(name)
    assert groups == first_call.NAMES
