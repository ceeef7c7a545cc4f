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
        body = text[text.index("define"):].split("\n}")[0]  # behind it stands the entry that Python calls
        print(f"middle{signature}: {len(body.splitlines())} lines of LLVM IR, calls in them: {body.count(' call ')}")


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
    title("Plain loops over arrays, bounds checked")

    def escape_times(width, height, limit):
        steps = np.zeros((height, width), np.int64)
        for row in range(height):
            for column in range(width):
                c = complex(-2.2 + 3.2 * column / width, -1.2 + 2.4 * row / height)
                z = 0j
                while steps[row, column] < limit and z.real * z.real + z.imag * z.imag <= 4.0:
                    z = z * z + c
                    steps[row, column] += 1
        return steps

    fast = njit(escape_times)
    expected, slow = milliseconds(escape_times, 160, 120, 200)
    _, first = milliseconds(fast, 160, 120, 200)
    got, took = milliseconds(fast, 160, 120, 200)
    print(f"CPython {slow:.0f} ms; Lancehead {first:.1f} ms with compiling, then {took:.2f} ms,", same(got, expected))
    try:
        njit(lambda v, i: v[i])(np.zeros(3), 7)
    except IndexError as error:
        print("IndexError:", error)


def expressions():
    title("Array expressions are one loop without temporary arrays")

    @njit
    def blend(a, b, c, d):
        return a * b + c * d - 1.0

    rng = np.random.default_rng(1)
    arrays = [rng.random(1_000_000) for _ in range(4)]
    blend(*(a[:10] for a in arrays))
    in_numpy = min(milliseconds(blend.py_func, *arrays)[1] for _ in range(5))
    fused = min(milliseconds(blend, *arrays)[1] for _ in range(5))
    print(f"NumPy {in_numpy:.2f} ms, Lancehead {fused:.2f} ms,", same(blend(*arrays), blend.py_func(*arrays)))


def threads():
    title("Without the GIL: two Python threads at once")

    @njit(nogil=True)
    def steps(n):
        x = 27.0
        for i in range(n):
            x = x * 0.5 + i
        return x

    def in_two_threads(n):
        pair = [threading.Thread(target=steps, args=(n,)) for _ in range(2)]
        for thread in pair:
            thread.start()
        for thread in pair:
            thread.join()

    n = 20_000_000
    steps(1)
    serial = min(milliseconds(lambda: (steps(n), steps(n)))[1] for _ in range(3))
    together = min(milliseconds(in_two_threads, n)[1] for _ in range(3))
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
    took, took_all = (min(milliseconds(function, x)[1] for _ in range(3)) for function in (serial, on_all))
    assert math.isclose(serial(x), on_all(x), rel_tol=1e-12)
    print(f"one thread {took:.1f} ms, all {took_all:.1f} ms; the sum is {on_all(x):.6f}")


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
    for part in (specialisations, inlining, eager, loops, expressions, threads, parallel, ufuncs, cache):
        part()
    title("A naive matrix product")
    import matmul

    matmul.table()


if __name__ == "__main__":
    main()
