"""The naive matrix product: how many times faster than CPython are Lancehead, gcc, clang and Numba?

CPython's time is measured on as many rows as take about a second and scaled to all rows. C compilers run with
-O3 -march=native. Times are the thread's CPU times, which other programs disturb least. A column that was not measured
says how to get it. All results are compared bit by bit: every implementation adds in the order of the source.
"""
import ctypes
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
SIZES = (64, 128, 256, 512)
NUMBA_PYTHON = HERE.parent / ".venv" / "numba" / "bin" / "python"


def matmul(a, b, c):
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            total = 0.0
            for k in range(b.shape[0]):
                total += a[i, k] * b[k, j]
            c[i, j] = total


def operands(n):
    rng = np.random.default_rng(n)
    return rng.random((n, n)), rng.random((n, n)), np.zeros((n, n))


def best_seconds(call, budget=0.5):
    """The shortest of several calls, at least two and for about `budget` seconds."""
    best, spent, calls = float("inf"), 0.0, 0
    while calls < 2 or (spent < budget and calls < 1000):
        start = time.thread_time()
        call()
        took = time.thread_time() - start
        best, spent, calls = min(best, took), spent + took, calls + 1
    return best


def in_cpython(n):
    """Seconds for the whole product, from as many rows as take about a second, and the result of these rows."""
    a, b, c = operands(n)
    rows = max(1, min(n, 5_000_000 // (n * n)))
    start = time.thread_time()
    matmul(a[:rows], b, c[:rows])
    return (time.thread_time() - start) * n / rows, c[:rows]


def in_c(compiler, folder):
    """n -> (seconds, result) through a shared library that `compiler` makes."""
    library = Path(folder) / f"{Path(compiler).name}.so"
    subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, HERE / "matmul.c"], check=True)
    function = ctypes.CDLL(str(library)).matmul
    pointer = ctypes.c_void_p
    function.argtypes, function.restype = [ctypes.c_long, ctypes.c_long, pointer, pointer, pointer], None

    def measure(n):
        a, b, c = operands(n)
        return best_seconds(lambda: function(n, n, a.ctypes.data, b.ctypes.data, c.ctypes.data)), c

    return measure


def with_jit(njit):
    """n -> (seconds, result) for the function compiled by this decorator; compiling is not counted."""
    compiled = njit(matmul)
    compiled(*operands(4))

    def measure(n):
        a, b, c = operands(n)
        return best_seconds(lambda: compiled(a, b, c)), c

    return measure


def in_numba(sizes):
    """n -> (seconds, None), measured by a process of Numba's own interpreter, which checks its results itself."""
    done = subprocess.run([NUMBA_PYTHON, __file__, "--numba", *map(str, sizes)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    seconds = json.loads(done.stdout)
    return lambda n: (seconds[str(n)], None)


def numba_child(sizes):
    import numba

    measure, seconds = with_jit(numba.njit), {}
    for n in sizes:
        seconds[n], result = measure(n)
        assert np.allclose(result, operands(n)[0] @ operands(n)[1])
    print(json.dumps(seconds))


def columns(folder, sizes):
    """name -> n -> (seconds, result), and for what cannot be measured: name -> how to get it."""
    import lancehead

    found, absent = {"Lancehead": with_jit(lancehead.njit)}, {}
    for compiler in ("gcc", "clang"):
        if shutil.which(compiler):
            found[compiler] = in_c(compiler, folder)
        else:
            absent[compiler] = f"install it with: apt-get install {compiler}"
    if NUMBA_PYTHON.exists():
        found["Numba"] = in_numba(sizes)
    else:
        absent["Numba"] = "make its venv with: ./dev numba-venv (needs CPython 3.13)"
    return found, absent


def table(sizes=SIZES):
    """Prints the table; returns n -> name -> (times faster than CPython, GFLOP/s)."""
    names, figures = ("Lancehead", "gcc", "clang", "Numba"), {}
    with tempfile.TemporaryDirectory() as folder:
        found, absent = columns(folder, sizes)
        print("naive matrix product, float64: times faster than CPython (GFLOP/s)\n")
        print(f"{'n':>5} {'CPython s':>10}" + "".join(f"{name:>20}" for name in names))
        for n in sizes:
            base, rows = in_cpython(n)
            line, figures[n] = f"{n:>5} {base:>10.2f}", {}
            for name in names:
                if name not in found:
                    line += f"{'not measured':>20}"
                    continue
                seconds, result = found[name](n)
                if name == "Lancehead":
                    assert np.array_equal(result[: len(rows)], rows), "the product differs from CPython's"
                figures[n][name] = base / seconds, 2 * n**3 / seconds / 1e9
                line += f"{base / seconds:>12.0f} ({figures[n][name][1]:.2f})".rjust(20)
            print(line, flush=True)
    for name, how in absent.items():
        print(f"\n{name} was not measured: {how}")
    return figures


if __name__ == "__main__":
    if sys.argv[1:2] == ["--numba"]:
        numba_child([int(word) for word in sys.argv[2:]])
    else:
        table()
