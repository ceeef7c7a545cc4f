"""Nanoseconds per call from Python by kind of argument, the loop around it taken off.

Loops of timeit over global names, in CPU time of the thread. Beside the compilers: the same call of an empty Python
function.
"""
from rows import BY_ID, Row
from samples import figure

# id -> (parameters, argument expressions, result)
CALLS = {
    "none": ("", "", "None"),
    "int": ("a", "1234", "a"),
    "floats": ("a, b, c", "f1, f2, f3", "a"),
    "array": ("a", "x1", "0"),
    "arrays": ("a, b, c, d, e", "x1, x2, x3, x4, x5", "0"),
    "array_back": ("a", "x1", "a"),
    "array_new": ("n", "4", "np.empty(n)"),
    "tuple": ("a", "t", "0"),
    "str": ("a", "s", "0"),
    "function": ("a", "g", "0"),
    "keywords": ("a, b", "b=f1, a=f2", "a"),
    "default": ("a, b=2.5", "f1", "a"),
}
WHAT = {
    "int": "1 int",
    "array_back": "1 array, returned",
    "array_new": "returns a new array",
    "tuple": "tuple of int, float and array",
    "default": "1 float, another by default",
}


def row(name):
    return BY_ID.get(f"calls.{name}") or Row(f"calls.{name}", WHAT[name], "ns")


def loops(module_name, rounds):
    """name -> ns per call, a sample per round; with `python` instead of a module for Python functions."""
    import importlib
    import time
    import timeit

    import numpy as np

    njit = importlib.import_module(module_name).njit if module_name != "python" else lambda function: function
    arrays = [np.arange(10.0) for _ in range(5)]
    names = {f"x{i + 1}": array for i, array in enumerate(arrays)}
    names |= dict(np=np, f1=1.5, f2=2.5, f3=3.5, s="hello", t=(1, 2.0, arrays[0]), g=njit(lambda q: q))

    def timer(statement, found):
        loop = timeit.Timer(statement, globals=found, timer=time.thread_time)
        loop.timeit(200)
        count = max(100, min(500_000, int(1000 * 0.01 / max(loop.timeit(1000), 1e-9))))
        return lambda: loop.timeit(count) / count * 1e9

    def compiled(name):
        parameters, arguments, result = CALLS[name]
        found = dict(names)
        exec(f"def f({parameters}): return {result}", found)
        found["f"] = njit(found["f"])
        statement = f"f({arguments})"
        eval(statement, found)
        return timer(statement, found)

    timers, failed = {}, {}
    for name in CALLS:
        try:
            timers[name] = compiled(name)
        except Exception as error:  # costs its own row only
            failed[name] = f"{type(error).__name__}: {error}".splitlines()[0]
    empty = timer("pass", names)
    samples = {name: [] for name in timers}
    for _ in range(rounds):
        loop = min(empty() for _ in range(3))
        for name, run in timers.items():
            samples[name].append(run() - loop)
    return {"samples": samples, "failed": failed}


def python_loops(module, rounds):
    return loops("python", rounds)


def measure(bench):
    jobs = [(contestant, contestant.name, "loops") for contestant in bench.contestants]
    jobs.append((bench.ours(), "cpython", "python_loops"))
    samples = {name: {} for _, name, _ in jobs}
    for contestant, name, function in bench.rounds(jobs, 2 if bench.quick else 5, 15 if bench.quick else 60):
        found = bench.attempt(contestant, "calls", lambda: contestant.measure("calls", function, {"rounds": 5}))
        if not found:
            continue
        for kind, figures in found["samples"].items():
            samples[name].setdefault(kind, []).extend(figures)
        for kind, error in found["failed"].items():
            bench.errors.append(f"{name}, calls.{kind}: {error}")
    return {row(kind): {name: figure(found.get(kind)) for name, found in samples.items()} for kind in CALLS}
