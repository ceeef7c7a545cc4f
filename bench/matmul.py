"""The naive matrix product: how many times faster than CPython are Lancehead, gcc, clang and Numba? The demo ends with it.

CPython's time is measured on as many rows as take about a second and scaled to all rows. C compilers run with
-O3 -march=native. Times are the thread's CPU times, which other programs disturb least. A column that was not measured
says how to get it. Lancehead's result is compared with CPython's bit by bit: both add in the order of the source.
"""
import tempfile
import time
from pathlib import Path

import numpy as np

from compilers import compile_kernels
from contestants import NUMBA_PYTHON, Bench, find_contestants
from kernels.matrices import matmul, matrices
from measure.kernels import collect

SIZES = (64, 128, 256, 512)


def in_cpython(n):
    """Seconds for the whole product, from as many rows as take about a second, and the result of these rows."""
    a, b, c = matrices(n, 3)
    rows = max(1, min(n, 5_000_000 // (n * n)))
    start = time.thread_time()
    matmul(a[:rows], b, c[:rows])
    return (time.thread_time() - start) * n / rows, c[:rows]


def check(rows, n):
    """Lancehead's product is CPython's."""
    import lancehead

    a, b, c = matrices(n, 3)
    lancehead.njit(matmul)(a, b, c)
    assert np.array_equal(c[: len(rows)], rows), "the product differs from CPython's"


def table(sizes=SIZES):
    """Prints the table."""
    names = {"lancehead": "Lancehead", "gcc": "gcc", "clang": "clang", "numba": "Numba"}
    contestants, absent = find_contestants(NUMBA_PYTHON)
    with tempfile.TemporaryDirectory() as folder:
        libraries, missing = compile_kernels(folder, ["matrices"])
        bench = Bench(contestants, True, Path(folder), libraries, [])
        print("naive matrix product, float64: times faster than CPython (GFLOP/s)\n")
        print(f"{'n':>5} {'CPython s':>10}" + "".join(f"{title:>20}" for title in names.values()))
        for n in sizes:
            base, rows = in_cpython(n)
            check(rows, n)
            samples = collect(bench, [(["matmul"], n, 5)], 1, 0).get(("matmul", n), {})
            line = f"{n:>5} {base:>10.2f}"
            for name in names:
                best = min(samples.get(name, [0]))
                line += f"{base / best:>12.0f} ({2e-9 * n**3 / best:.2f})".rjust(20) if best else f"{'not measured':>20}"
            print(line, flush=True)
    for name, how in {**absent, **missing}.items():
        print(f"\n{names[name]} was not measured: {how}")
    for error in bench.errors:
        print(f"\n{error}")


if __name__ == "__main__":
    table()
