"""The cache (contract C12): a second process compiles nothing, and only what changed is compiled again."""

import pytest

PROGRAM = """
import sys
import numpy as np
from lancehead import njit, prange
import lancehead

{header}

@njit
def square(x):
    return x * {factor}

@njit
def total(a):
    s = 0.0
    for i in range(a.shape[0]):
        s += square(a[i])
    return s

@njit
def expression(a, b):
    return np.sqrt(a * a + b * b) + LEVEL

@njit(parallel=True)
def in_parallel(n):
    s = 0
    for i in prange(n):
        s += i
    return s

a = np.arange(100.0)
print(total(a), total(a.astype(np.float32)), expression(a, a).sum(), in_parallel(1000))
functions = [total, expression, in_parallel]
hits = [sum(f.stats.cache_hits.values()) for f in functions]
misses = [sum(f.stats.cache_misses.values()) for f in functions]
print(hits, misses)
print(any("lancehead_llvm" in line for line in open("/proc/self/maps")))
"""


def source(factor="x", level="0.5", header=""):
    return PROGRAM.format(factor=factor, header=f"LEVEL = {level}\n{header}")


@pytest.fixture
def run(run_python, tmp_path, cache_dir):
    """Runs the program in a fresh process with its own cache; gives its three lines."""

    def runs(text, name="program.py", **env):
        path = tmp_path / name
        path.write_text(text)
        return run_python("-s", path, env={"LANCEHEAD_CACHE_DIR": cache_dir, **env}).splitlines()

    return runs


def test_a_second_process_compiles_nothing_and_maps_no_llvm(run):
    first = run(source())
    assert first[1:] == ["[0, 0, 0] [2, 1, 1]", "True"]
    second = run(source())
    assert second[0] == first[0]
    assert second[1:] == ["[2, 1, 1] [0, 0, 0]", "False"]


MOVES = {
    "another file": dict(name="other.py"),
    "other line numbers": dict(header="\n\n# a comment\n"),
}


@pytest.mark.parametrize("move", MOVES)
def test_the_place_of_a_function_does_not_count(run, move):
    change = dict(MOVES[move])
    first = run(source())
    second = run(source(header=change.pop("header", "")), **change)
    assert (second[0], second[2]) == (first[0], "False")


def test_editing_a_callee_compiles_its_callers_again(run):
    first = run(source())
    second = run(source(factor="3.0"))
    assert second[0] != first[0]
    assert second[1:] == ["[0, 1, 1] [2, 0, 0]", "True"]
    assert run(source())[1] == "[2, 1, 1] [0, 0, 0]"


def test_a_changed_global_compiles_its_readers_again(run):
    run(source())
    assert run(source(level="1.5"))[1] == "[2, 0, 1] [0, 1, 0]"


def test_the_cache_can_be_turned_off(run, cache_dir):
    for _ in range(2):
        assert run(source(), LANCEHEAD_CACHE="0")[1] == "[0, 0, 0] [2, 1, 1]"
    assert not any(path.is_file() for path in cache_dir.rglob("*"))


def test_corrupt_entries_are_misses(run, cache_dir):
    first = run(source())
    files = [path for path in cache_dir.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = bytearray(path.read_bytes())
        for k in range(0, len(data), 7):
            data[k] ^= 0x55
        path.write_bytes(data)
    assert run(source())[0] == first[0]
    for path in cache_dir.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:10])
    assert run(source())[0] == first[0]


def test_no_place_to_write_is_no_error(run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert run(source(), LANCEHEAD_CACHE_DIR=str(blocked))[1] == "[0, 0, 0] [2, 1, 1]"


def test_cache_true_fills_pycache(run_python, tmp_path, cache_dir):
    path = tmp_path / "module.py"
    path.write_text("from lancehead import njit\n\n@njit(cache=True)\ndef f(x):\n    return x + 1\n\nprint(f(2))\n")
    for _ in range(2):
        assert run_python("-s", path, env={"LANCEHEAD_CACHE_DIR": cache_dir}) == "3\n"
    assert any(path.is_file() for path in (tmp_path / "__pycache__").rglob("*"))
    assert not any(path.is_file() for path in cache_dir.rglob("*"))


CLOSURES = """
from lancehead import njit

def adder(k):
    @njit
    def add(x):
        return x + k
    return add

scope = {}
exec("def made(x):\\n    return x * 2", scope)
functions = [adder(1), adder(2.5), njit(lambda x: x - 1), njit(scope["made"])]
print([f(3) for f in functions], [sum(f.stats.cache_hits.values()) for f in functions])
"""


def test_closures_lambdas_and_made_functions_cache_like_any_other(run):
    assert run(CLOSURES)[0] == "[4, 5.5, 2, 6] [0, 0, 0, 0]"
    assert run(CLOSURES)[0] == "[4, 5.5, 2, 6] [1, 1, 1, 1]"


INSPECTED = """
from lancehead import njit

@njit
def f(x):
    return x * x + 1

print(f(3), len(f.inspect_llvm()), sum(f.stats.cache_hits.values()))
print(*map(repr, f.inspect_llvm().values()))
"""


def test_a_cached_function_can_be_inspected(run):
    first, second = run(INSPECTED), run(INSPECTED)
    assert first[0] == "10 1 0" and second[0] == "10 1 1"
    assert first[1] == second[1]
