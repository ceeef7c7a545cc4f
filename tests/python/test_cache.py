"""The cache (contract C12): a second process compiles nothing, and only what changed is compiled again."""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

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
print(total.stats.reason)
"""


def source(factor="x", level="0.5", header=""):
    return PROGRAM.format(factor=factor, header=f"LEVEL = {level}\n{header}")


@pytest.fixture
def run(run_python, tmp_path, cache_dir):
    """Runs the program in a fresh process with its own cache; gives its lines."""

    def runs(text, name="program.py", **env):
        path = tmp_path / name
        path.write_text(text)
        return run_python("-s", path, env={"LANCEHEAD_CACHE_DIR": cache_dir, **env}).splitlines()

    return runs


def test_a_second_process_compiles_nothing_and_maps_no_llvm(run):
    first = run(source())
    assert first[1:] == ["[0, 0, 0] [2, 1, 1]", "True", "None"]
    second = run(source())
    assert second[0] == first[0]
    assert second[1:] == ["[2, 1, 1] [0, 0, 0]", "False", "None"]


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
    assert second[1:3] == ["[0, 1, 1] [2, 0, 0]", "True"]
    assert run(source())[1] == "[2, 1, 1] [0, 0, 0]"


def test_a_changed_global_compiles_its_readers_again(run):
    run(source())
    assert run(source(level="1.5"))[1] == "[2, 0, 1] [0, 1, 0]"


def test_the_cache_can_be_turned_off(run, cache_dir):
    for _ in range(2):
        assert run(source(), LANCEHEAD_CACHE="0")[1] == "[0, 0, 0] [2, 1, 1]"
    assert not any(path.is_file() for path in cache_dir.rglob("*"))


def test_no_place_to_write_is_no_error(run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    lines = run(source(), LANCEHEAD_CACHE_DIR=str(blocked))
    assert lines[1] == "[0, 0, 0] [2, 1, 1]"
    assert lines[3] == f"{blocked} is no folder"


def without_roots_privileges():
    """Root too is held to the modes of files: PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


FOLDERS = """
import importlib.util, os, sys
from pathlib import Path

def load(folder):
    spec = importlib.util.spec_from_file_location(folder.name, folder / "module.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.f

sys.dont_write_bytecode = True
for folder in sorted(Path(sys.argv[1]).iterdir()):
    f = load(folder)
    assert f(1) == 2, folder
    path, hits, _ = f.stats
    where = {str(folder / "__pycache__"): "beside", os.environ["LANCEHEAD_CACHE_DIR"]: "user", None: "nowhere"}[path]
    print(folder.name, where, "hit" if hits else "miss", (f.stats.reason or "-").replace(str(folder) + "/", ""), sep="; ")
"""


def test_stores_beside_the_source(tmp_path, cache_dir):
    """What lies beside the source is read, also where it cannot be written; the user's store takes what cannot go there."""
    folders = tmp_path / "folders"
    for name in ("a_plain", "b_readonly", "c_closed", "d_open_to_all", "e_file", "f_shared", "g_filled_and_closed"):
        folder = folders / name
        folder.mkdir(parents=True)
        source = folder / "module.py"
        source.write_text(f"from lancehead import njit\n\n@njit(cache=True)\ndef f(x):\n    return x + 1  # {name}\n"
                          f"f.py_func.__module__ = f.py_func.__qualname__ = '{name}'\n")
    pycache = {folder.name: folder / "__pycache__" for folder in folders.iterdir()}

    def run(user=cache_dir):
        env = {**os.environ, "LANCEHEAD_CACHE_DIR": str(user)}
        done = subprocess.run([sys.executable, "-c", FOLDERS, folders], env=env, text=True, capture_output=True,
                              preexec_fn=without_roots_privileges if os.geteuid() == 0 else None)
        assert done.returncode == 0, done.stderr
        return [line.split("; ", 3)[1:] for line in done.stdout.splitlines()]

    pycache["b_readonly"].mkdir(mode=0o555)
    pycache["c_closed"].parent.chmod(0o555)
    pycache["d_open_to_all"].mkdir()
    pycache["d_open_to_all"].chmod(0o777)
    pycache["e_file"].write_text("")
    pycache["f_shared"].parent.joinpath("module.py").chmod(0o664)
    pycache["f_shared"].mkdir()
    pycache["f_shared"].chmod(0o775)
    expected = [
        ["beside", "-"],
        ["user", "__pycache__ cannot be written: Permission denied"],
        ["user", "__pycache__ cannot be made: Permission denied"],
        ["user", "__pycache__ is not trusted: everybody can write to it"],
        ["user", "__pycache__ is no folder"],
        ["beside", "-"],
        ["beside", "-"],
    ]
    try:
        assert run() == [[where, "miss", why] for where, why in expected]
        assert len(list(cache_dir.glob("*.lhc"))) == 4
        pycache["g_filled_and_closed"].chmod(0o555)
        expected[-1] = expected[1]
        assert run() == [[where, "hit", why] for where, why in expected]
        cache_dir.chmod(0o555)
        assert [line[0] for line in run()] == ["beside", *["nowhere"] * 4, "beside", "nowhere"]
    finally:
        for folder in (pycache["c_closed"].parent, pycache["b_readonly"], pycache["g_filled_and_closed"], cache_dir):
            folder.chmod(0o755)


FILLER = """
import os, signal, sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from lancehead import njit
import cached_functions
results, functions = [], []
for k, (function, arguments) in enumerate(cached_functions.CALLS):
    functions.append(njit(function))
    results.append(repr(functions[-1](*arguments)))
    if k == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
print(results, sum(bool(f.stats.cache_hits) for f in functions))
print(any("lancehead_llvm" in line for line in open("/proc/self/maps")))
"""


def test_many_processes_fill_one_store_and_one_is_killed(cache_dir):
    """Afterwards all 25 functions are found, LLVM is not mapped, and no temporary file is left but that of the killed one."""
    command = [sys.executable, "-c", FILLER, Path(__file__).parent]
    env = {**os.environ, "LANCEHEAD_CACHE_DIR": str(cache_dir)}

    def start(killed_at=-1):
        return subprocess.Popen([*command, str(killed_at)], env=env, text=True, stdout=subprocess.PIPE)

    running = [start(12 if k == 3 else -1) for k in range(8)]
    outputs = [process.communicate()[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [-signal.SIGKILL if k == 3 else 0 for k in range(8)]
    assert len(list(cache_dir.glob("*.tmp"))) <= 1
    last = start().communicate()[0].splitlines()
    assert last[0].endswith("] 25") and last[1] == "False"
    for k, output in enumerate(outputs):
        assert k == 3 or output[0].rsplit("]", 1)[0] == last[0].rsplit("]", 1)[0]


CALLEES = """
from lancehead import njit
import math, numpy as np

@njit
def half(x):
    return x * 0.5

@njit
def small(x):
    if x < 0.0:
        raise ValueError("negative")
    return x * x + half(x)

@njit
def large(n):
    s = 0.0
    for i in range(n):
        if i % 3 == 0:
            s += math.sin(i) * small(float(i))
        elif i % 5 == 0:
            s -= small(i * 0.5) + math.cos(s)
        else:
            for j in range(3):
                s += half(s) * j
    return s

@njit
def larger(n):
    s = 0.0
    for i in range(n):
        s += large(i) - large(i + 1)
        if s > 1e9 or s < -1e9:
            s *= 0.5 - large(2)
    for i in range(n):
        s -= math.exp(-i) * large(n) + math.cos(s) * math.sin(s)
    return s
"""
CALLER = """
import sys, traceback
import numpy as np
from lancehead import njit
from callees import small, large, larger

@njit
def caller(a):
    s = 0.0
    for i in range(a.shape[0]):
        s += small(a[i])
    return s + large(len(a)) - larger(len(a))

if sys.argv[1:] == ["callees"]:
    print(small(np.float64(3.0)), large(10), larger(10))
else:
    print(caller(np.arange(5.0)))
    try:
        caller(-np.arange(5.0))
    except ValueError:
        print([(f.name, f.lineno) for f in traceback.extract_tb(sys.exc_info()[2])])
"""


def test_a_caller_takes_its_callees_from_the_cache(run_python, tmp_path, cache_dir):
    """Nothing of the callees is inferred or resolved; the small one is inlined, and the caller is what it is without a
    cache."""
    (tmp_path / "callees.py").write_text(CALLEES)
    program = tmp_path / "caller.py"
    program.write_text(CALLER)
    dumps = "final:caller," + ",".join(f"resolved:{name}" for name in ("half", "small", "large", "larger"))

    def run(**env):
        env = {**os.environ, "LANCEHEAD_CACHE_DIR": str(cache_dir), "LANCEHEAD_DUMP": dumps, **env}
        done = subprocess.run([sys.executable, "-s", program], env=env, text=True, capture_output=True, check=True)
        return done.stdout, done.stderr

    plain_out, plain = run(LANCEHEAD_CACHE="0")
    assert "; resolved: small" in plain and "; resolved: large" in plain and "; resolved: half" in plain
    run_python("-s", program, "callees", env={"LANCEHEAD_CACHE_DIR": cache_dir})
    (tmp_path / "callees.py").write_text("# all lines move\n" + CALLEES)
    timing = tmp_path / "timing"
    out, known = run(LANCEHEAD_TIMING=str(timing))
    assert "; resolved: " not in known
    runs = {line.rsplit(None, 2)[0]: line.split()[-2] for line in timing.read_text().splitlines()[1:-1]}
    assert (runs["decode and build SSA"], runs["resolve"], runs["LLVM code generation"]) == ("1", "1", "1")
    final = known[known.index("; final: caller"):]
    assert final == plain[plain.index("; final: caller"):]
    assert "call @large " in final and "call @larger " in final and "call @small" not in final
    assert out.splitlines()[0] == plain_out.splitlines()[0]
    assert out.splitlines()[1] == plain_out.splitlines()[1].replace("('small', 12)", "('small', 13)") != plain_out.splitlines()[1]


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
