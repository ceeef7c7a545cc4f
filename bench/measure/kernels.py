"""Run time of the kernels of bench/kernels, in CPU time of the thread; results are compared before anything is timed.

One child process times our function, C's and NumPy's in turns on the same arrays; another times Numba's. Numbers of the
first kind are compared with each other; those of Numba come from the interleaved processes.
"""
from rows import BY_ID, Row
from samples import faster_of, figure, mean_figure, ratio

FOR_COMPARISON = ("gcc", "clang", "numpy")


def timed_kernels(module_name, names, size, libraries, rounds):
    """{"samples": kernel -> contestant -> seconds per call, "failed": kernel -> error}; all kernels if names is null."""
    import ctypes
    import importlib

    import kernels

    module = importlib.import_module(module_name)
    loaded = {name: ctypes.CDLL(path) for name, path in libraries.items()}
    samples, failed = {}, {}
    for name, kernel in kernels.load().items():
        if names and name not in names:
            continue
        try:
            samples[name] = timed_kernel(module, kernel, size or kernel.size, loaded, rounds)
        except Exception as error:  # costs its own row only
            failed[name] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return {"samples": samples, "failed": failed}


def timed_kernel(module, kernel, size, libraries, rounds):
    from measure.timing import in_turns

    compiled = module.njit(**kernel.options)(kernel.function)
    arguments = kernel.arguments(size)
    calls = {"module": lambda: compiled(*arguments)}
    for name, library in libraries.items() if kernel.in_c else ():
        own = kernel.arguments(size)
        must_agree(name, kernel, size, own, kernel.c_call(library, size, own)(), compiled)
        calls[name] = kernel.c_call(library, size, arguments)
    if libraries and kernel.numpy:
        own = kernel.arguments(size)
        must_agree("numpy", kernel, size, own, kernel.numpy(*own), compiled)
        calls["numpy"] = lambda: kernel.numpy(*arguments)
    return in_turns(calls, rounds)


def must_agree(name, kernel, size, arguments, result, compiled):
    """C contracts into FMA, which moves the border of a fractal: one whole number of a hundred may differ."""
    import numpy as np

    expected = kernel.arguments(size)
    returned = compiled(*expected)
    pairs = list(zip(arguments, expected)) + ([(result, returned)] if returned is not None else [])
    for got, wanted in pairs:
        whole = np.asarray(wanted).dtype.kind in "iu" and np.ndim(wanted)
        fine = np.mean(got != wanted) < 0.01 if whole else np.allclose(got, wanted, rtol=1e-8 if np.asarray(wanted).dtype.itemsize >= 8 else 1e-5)
        assert fine, f"{name} computes something else"


def collect(bench, jobs, repeats, seconds):
    """kernel or (kernel, size) -> contestant -> samples. jobs: a list of (names, size, rounds)."""
    found = {}
    pairs = [(contestant, job) for contestant in bench.contestants for job in jobs]
    for contestant, (names, size, rounds) in bench.rounds(pairs, repeats, seconds):
        ours = contestant is bench.ours()
        options = {"names": names, "size": size, "rounds": rounds, "libraries": bench.libraries if ours else {}}
        got = bench.attempt(contestant, "kernels", lambda: contestant.measure("kernels", "timed_kernels", options))
        if not got:
            continue
        for name, samples in got["samples"].items():
            columns = found.setdefault((name, size) if size else name, {})
            for column, values in samples.items():
                columns.setdefault(contestant.name if column == "module" else column, []).extend(values)
        for name, error in got["failed"].items():
            found.setdefault((name, size) if size else name, {})
            line = f"{contestant.name}, kernels.{name}: {error}"
            if line not in bench.errors:
                bench.errors.append(line)
    return found


def measure(bench):
    import kernels

    found = collect(bench, [(None, 0, 4 if bench.quick else 8)], 1 if bench.quick else 3, 60)
    figures = {name: {column: figure(values) for column, values in columns.items()} for name, columns in found.items()}
    results = {}
    in_c = [columns for name, columns in figures.items() if kernels.load()[name].in_c]
    over_c = {each.name: [] for each in bench.contestants}
    over_numba = []
    for columns in in_c:
        best_c = faster_of([columns.get("gcc"), columns.get("clang")])
        for contestant, ratios in over_c.items():
            ratios.append(ratio(columns.get(contestant), best_c))
        over_numba.append(ratio(columns.get("lancehead"), columns.get("numba")))
    results[BY_ID["kernels.over_c"]] = {name: mean_figure(ratios) for name, ratios in over_c.items()}
    if len(bench.contestants) > 1:
        results[BY_ID["kernels.over_numba"]] = {"lancehead": mean_figure(over_numba)}
    for name, columns in figures.items():
        results[Row(f"kernels.{name}", name.replace("_", " "), "us")] = {
            column: each.map(lambda seconds: seconds * 1e6) for column, each in columns.items()
        }
        results |= over_numpy(name, columns)
    return results


def over_numpy(name, columns):
    """The row of the time over NumPy's, where the kernel has a budget for it."""
    import kernels

    budget = kernels.load()[name].over_numpy
    if budget is None:
        return {}
    row = Row(f"kernels.{name}_over_numpy", f"{name.replace('_', ' ')}: time over NumPy's", "x", budget)
    return {row: {"lancehead": ratio(columns.get("lancehead"), columns.get("numpy"))}}
