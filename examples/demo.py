"""What Lancehead does, shown on small programs; each result is compared with CPython's or NumPy's.

Run it with ./dev demo, which builds everything first. It ends with a table: a naive matrix product against CPython,
C compilers and, where it is installed, Numba.
"""
import math
import platform
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

import lancehead as nb
from lancehead import float64, int32, jit, njit, prange, vectorize

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))


def milliseconds(call, *args):
    start = time.perf_counter()
    result = call(*args)
    return result, (time.perf_counter() - start) * 1e3


def title(text):
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def same(got, expected):
    assert np.array_equal(got, expected), f"{got!r} instead of {expected!r}"
    return "as CPython"


def specialisations():
    title("One function, one machine-code version for each combination of argument types")

    @jit
    def joined(left, right):
        return left + right

    for args in [(20, 22), (0.5, 0.25), ("lance", "head"), (30, 12)]:
        result, took = milliseconds(joined, *args)
        print(f"joined{args!r:<20} = {result!r:<12} {took:8.3f} ms  {same(result, joined.py_func(*args))}")
    print("compiled for:", ", ".join(str(signature) for signature in joined.signatures))


def inlining():
    title("Small functions disappear into their callers")

    @njit
    def half(x):
        return x / 2

    @njit
    def middle(low, high):
        return half(low) + half(high)

    assert middle(3.0, 5.0) == 4.0
    for signature, text in middle.inspect_llvm().items():
        calls = [line for line in text.splitlines() if " call " in line]
        print(f"middle{signature}: {len(text.splitlines())} lines of LLVM IR, {len(calls)} calls")


def eager():
    title("A signature compiles at once and rejects other types")

    @njit(int32(int32, int32))
    def difference(x, y):
        return x - y

    print("difference(9, 4) =", difference(9, 4))
    try:
        difference("9", "4")
    except TypeError as error:
        print("difference('9', '4'):", error)


def loops():
    title("Loops over arrays, checks included")

    def anti_trace(a):
        total = 0.0
        for i in range(a.shape[0]):
            total += math.tanh(a[i, a.shape[1] - 1 - i])
        return a * 2.0 - total

    fast = njit(anti_trace)
    a = np.arange(1_000_000, dtype=np.float64).reshape(1000, 1000) / 1e6
    expected, slow = milliseconds(anti_trace, a)
    _, first = milliseconds(fast, a[:10, :10].copy())
    got, took = milliseconds(fast, a)
    print(f"CPython and NumPy {slow:.2f} ms; Lancehead's first call {first:.2f} ms, then {took:.2f} ms:", same(got, expected))
    try:
        njit(lambda v, i: v[i])(np.zeros(3), 7)
    except IndexError as error:
        print("IndexError:", error)


def threads():
    title("Without the GIL: two Python threads at once")

    @njit(nogil=True)
    def steps(n):
        x = 27.0
        for i in range(n):
            x = x * 0.5 + i
        return x

    n = 40_000_000
    steps(1)
    _, serial = milliseconds(lambda: (steps(n), steps(n)))
    pair = [threading.Thread(target=steps, args=(n,)) for _ in range(2)]
    _, together = milliseconds(lambda: ([t.start() for t in pair], [t.join() for t in pair]))
    print(f"one after the other {serial:.0f} ms, together {together:.0f} ms")


def parallel():
    title(f"prange: one loop on {nb.get_num_threads()} threads")

    def energy(x):
        total = 0.0
        for i in prange(x.size):
            total += math.sqrt(x[i] * x[i] + 1.0)
        return total

    serial, on_all = njit(energy), njit(parallel=True)(energy)
    x = np.linspace(0.0, 1.0, 10_000_000)
    serial(x[:10]), on_all(x[:10])
    one, took = milliseconds(serial, x)
    many, took_all = milliseconds(on_all, x)
    assert math.isclose(one, many, rel_tol=1e-12)
    print(f"one thread {took:.1f} ms, all {took_all:.1f} ms; the sum is {many:.6f}")


def ufuncs():
    title("vectorize makes NumPy ufuncs")

    @vectorize([float64(float64, float64)])
    def damped(t, rate):
        return math.exp(-rate * t) * math.cos(t)

    t = np.linspace(0.0, 5.0, 6)
    got = damped(t, 0.5)
    assert isinstance(damped, np.ufunc) and np.allclose(got, np.exp(-0.5 * t) * np.cos(t), rtol=1e-15)
    print("damped(t, 0.5) =", np.round(got, 4))


CACHED = """
import time
start = time.perf_counter()
import numpy as np
numpy_there = time.perf_counter()
from lancehead import njit
imported = time.perf_counter()

@njit
def dot(a, b):
    total = 0.0
    for i in range(a.size):
        total += a[i] * b[i]
    return total

x = np.arange(4.0)
called = time.perf_counter()
value = dot(x, x)
done = time.perf_counter()
llvm = "liblancehead_llvm" in open("/proc/self/maps").read()
print(f"import {1e3 * (imported - numpy_there):.1f} ms, first call {1e3 * (done - called):.2f} ms, "
      f"result {value}, LLVM {'loaded' if llvm else 'not loaded'}")
"""


def cache():
    title("The second process finds the machine code in the cache")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "dot.py"
        script.write_text(CACHED)
        for name in ("first process", "second process"):
            done = subprocess.run([sys.executable, script], env={"LANCEHEAD_CACHE_DIR": folder}, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            print(f"{name}: {done.stdout.strip()}")


def main():
    print(f"Lancehead {nb.__version__} on CPython {platform.python_version()}, NumPy {np.__version__}")
    for part in (specialisations, inlining, eager, loops, threads, parallel, ufuncs, cache):
        part()
    title("A naive matrix product")
    import matmul

    matmul.table()


if __name__ == "__main__":
    main()
