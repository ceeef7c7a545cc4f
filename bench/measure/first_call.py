"""First calls, from the decorator to the first result, each function in a fresh process that has compiled one before."""
import functools
import tempfile
from pathlib import Path

from rows import BY_ID, Row
from samples import figure, mean_figure, ratio

# The functions import NumPy, so what they are called is said here, for the process that starts the others.
NAMES = {
    "scalar": ["integer_sum", "with_signature", "gcd", "fibonacci", "newton_root", "math_series", "complex_orbit",
               "calls_of_calls", "caught_error"],
    "loop": ["axpy", "product", "extremes", "smooth", "fractal"],
    "expression": ["hypotenuse", "shifted_views"],
    "numpy": ["whole_sum"],
    "string": ["joined_length"],
    "parallel": ["parallel_sum", "parallel_expression"],
    "ufunc": ["eager_ufunc", "math_ufunc"],
}
QUICK_SECONDS = 50  # --quick: what Numba and our third round may take
LLVM = ("open the back end", "LLVM passes", "LLVM code generation")


def first_call(module, name, **options):
    """Wall and CPU milliseconds of the function's first call."""
    import time

    import numpy as np
    from first_call_functions import FUNCTIONS

    _, build, arguments, expected = FUNCTIONS[name]
    values = arguments()
    wall, cpu = time.perf_counter(), time.process_time()
    result = build(module, **options)(*values)
    figures = {"wall": (time.perf_counter() - wall) * 1e3, "cpu": (time.process_time() - cpu) * 1e3}
    assert expected is None or np.allclose(result, expected), f"{name} gives {result}"
    return figures


def warm_up(module, **options):
    @module.njit(**options)
    def add_one(x):
        return x + 1

    assert add_one(1) == 2


def one(module_name, name):
    import importlib

    import first_call_functions  # noqa: F401  not a part of what is timed

    module = importlib.import_module(module_name)
    warm_up(module)
    return first_call(module, name)


def all_of_them(module_name):
    """Wall milliseconds of the first calls of all functions in this process, the trivial one too, and their number."""
    import importlib
    import time

    from first_call_functions import FUNCTIONS

    module = importlib.import_module(module_name)
    start = time.perf_counter()
    warm_up(module)
    total = (time.perf_counter() - start) * 1e3
    return {"wall": total + sum(first_call(module, name)["wall"] for name in FUNCTIONS), "calls": len(FUNCTIONS) + 1}


def share(bench, repeats):
    """Percent of the first calls' time that passed outside LLVM, less half a millisecond for each call."""
    samples = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "phases"
            found = bench.attempt(bench.ours(), "first_call.share", functools.partial(
                bench.ours().measure, "first_call", "all_of_them", env={"LANCEHEAD_TIMING": str(table)}))
            if found:
                lines = [line for line in table.read_text().splitlines() if line.startswith(LLVM)]
                ours = found["wall"] - sum(float(line.split()[-1]) for line in lines)
                samples.append(100 * max(0.0, ours - 0.5 * found["calls"]) / found["wall"])
    return figure(samples)


def measure_functions(bench):
    """(contestant's name, function's name, clock) -> samples."""
    ours = [(bench.ours(), name) for names in NAMES.values() for name in names]
    others = [(each, name) for each in bench.contestants[1:] for _, name in ours]
    samples = {}

    def run(jobs, repeats, seconds, all_once=True):
        for contestant, name in bench.rounds(jobs, repeats, seconds, all_once):
            what = f"first_call.{name}"
            for clock, value in (bench.attempt(contestant, what, lambda: contestant.measure(
                    "first_call", "one", {"name": name})) or {}).items():
                samples.setdefault((contestant.name, name, clock), []).append(value)

    if bench.quick:
        run(ours, 2, 15)
        run(ours + others, 1, QUICK_SECONDS, all_once=False)
        missing = [name for contestant, name in others if (contestant.name, name, "wall") not in samples]
        if missing:
            bench.errors.append(f"first_call: after {QUICK_SECONDS} s the peers had not come to {', '.join(missing)}")
    else:
        run(ours + others, 3, 180)
        run(ours, 3, 30)
    return samples


def measure(bench):
    samples = measure_functions(bench)
    columns = [contestant.name for contestant in bench.contestants]

    def figures(names, clock="wall"):
        return {column: [figure(samples.get((column, name, clock))) for name in names] for column in columns}

    def means(names, clock="wall"):
        return {column: mean_figure(found) for column, found in figures(names, clock).items()}

    everything = [name for names in NAMES.values() for name in names]
    results = {BY_ID[f"first_call.{group}"]: means(names) for group, names in NAMES.items()}
    results[BY_ID["first_call.all"]] = means(everything)
    results[BY_ID["first_call.all_cpu"]] = means(everything, "cpu")
    found = figures(everything)
    if "numba" in found:
        pairs = [ratio(theirs, ours) for ours, theirs in zip(found["lancehead"], found["numba"])]
        results[BY_ID["first_call.faster"]] = {"lancehead": mean_figure(pairs)}
    results[BY_ID["first_call.share"]] = {"lancehead": share(bench, 2 if bench.quick else 5)}
    for group, names in NAMES.items():
        for name in names:
            row = Row(f"first_call.{group}.{name}", name.replace("_", " "), "ms")
            results[row] = {column: each[0] for column, each in figures([name]).items()}
    return results
