"""What is measured: one row per figure, and its budget where the design sets one.

A row's id is what two result files are compared by, so it keeps its meaning: the size of the work never depends on
--quick, which only leaves rows out and repeats less. Rows of single functions and kernels have no budget of their own;
their sections add them. The budget of a row is met by its median.
"""
from dataclasses import dataclass

LESS, MORE = "less", "more"


@dataclass(frozen=True)
class Row:
    id: str
    what: str
    unit: str
    budget: float | None = None
    better: str = LESS

    @property
    def section(self):
        return self.id.split(".")[0]

    def holds(self, best, median):
        """yes; best only: some run met it, but not half of them; no; None without a budget."""
        if self.budget is None:
            return None
        good = (lambda figure: figure <= self.budget) if self.better == LESS else (lambda figure: figure >= self.budget)
        return "yes" if good(median) else "best only" if good(best) else "no"


SECTIONS = {
    "process": "A fresh process: import, first compilation",
    "first_call": "First calls of functions in a process that has compiled before",
    "cache": "Functions found in the cache by a fresh process",
    "calls": "Calls from Python",
    "kernels": "Run time of loops, against C and NumPy",
    "matmul": "Naive matrix product, float64",
    "parallel": "prange on two threads",
}

BUDGETS = [
    Row("process.import", "import beyond NumPy's", "ms", 15),
    Row("process.import_cpu", "import beyond NumPy's, CPU time", "ms"),
    Row("process.import_memory", "peak memory of the import beyond NumPy's", "MiB", 8),
    Row("process.first_compile", "first compilation and call after the import", "ms", 12),
    Row("process.first_compile_cpu", "first compilation and call after the import, CPU time", "ms"),
    Row("process.first_compile_memory", "peak memory of the first compilation beyond the import's", "MiB", 35),
    Row("first_call.scalar", "scalar functions, geometric mean", "ms", 3),
    Row("first_call.loop", "loops over arrays, geometric mean", "ms", 6),
    Row("first_call.expression", "array expressions, geometric mean", "ms", 12),
    Row("first_call.numpy", "NumPy functions, geometric mean", "ms", 20),
    Row("first_call.string", "strings, geometric mean", "ms", 20),
    Row("first_call.parallel", "parallel functions, geometric mean", "ms", 15),
    Row("first_call.ufunc", "ufuncs, geometric mean", "ms", 5),
    Row("first_call.all", "all of these, geometric mean", "ms", 8),
    Row("first_call.all_cpu", "all of these, geometric mean, CPU time", "ms"),
    Row("first_call.faster", "all of these: times faster than Numba, geometric mean", "x", 30, MORE),
    Row("first_call.share", "what is not LLVM's, less 0.5 ms a call, of all first calls' time", "%", 25),
    Row("cache.hit", "a function's first call, geometric mean", "ms", 0.3),
    Row("cache.hit_worst", "a function's first call, the slowest function", "ms"),
    Row("cache.first", "the first call of the process's first function", "ms"),
    Row("cache.llvm", "libraries with LLVM that the process has opened", "files", 0),
    Row("calls.none", "no arguments", "ns", 28),
    Row("calls.floats", "3 floats", "ns", 60),
    Row("calls.array", "1 array", "ns", 55),
    Row("calls.arrays", "5 arrays", "ns", 120),
    Row("calls.str", "str", "ns", 80),
    Row("calls.function", "another compiled function", "ns", 60),
    Row("calls.keywords", "2 floats by keyword", "ns", 80),
    Row("kernels.over_c", "geometric mean: time over the best of gcc and clang", "x", 0.67),
    Row("kernels.over_numba", "geometric mean: time over Numba's", "x"),
    Row("matmul.n512", "n = 512", "GFLOP/s", 25, MORE),
    Row("parallel.region", "what a region of two threads adds to x[i] += 1 over 2 elements", "us", 3),
    Row("parallel.region_1000", "... over 1000 elements", "us"),
    Row("parallel.speedup", "serial time over prange's, geometric mean", "x", 1.9, MORE),
]

BY_ID = {row.id: row for row in BUDGETS}
