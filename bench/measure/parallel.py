"""prange on two threads, in wall time: it needs two idle cores."""
import os

from compilers import compile_regions
from rows import BY_ID, MORE, Row
from samples import Figure, figure, mean_figure

TWO = {"LANCEHEAD_NUM_THREADS": "2", "NUMBA_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}

REGIONS = {2: "parallel.region", 1000: "parallel.region_1000"}  # length of the array -> row


def speedups(module_name, rounds):
    """loop -> serial and parallel seconds per call."""
    import importlib
    import time

    from kernels.parallel import SPEEDUPS
    from measure.timing import in_turns

    module, samples = importlib.import_module(module_name), {}
    for build in SPEEDUPS:
        function, arguments = build(module)
        serial, parallel = module.njit(function), module.njit(parallel=True)(function)
        calls = {"serial": lambda: serial(*arguments), "parallel": lambda: parallel(*arguments)}
        samples[build.__name__] = in_turns(calls, rounds, clock=time.perf_counter)
    return samples


def regions(module_name, rounds):
    """Length of the array -> serial and parallel seconds per call."""
    import importlib

    from kernels.parallel import add_one

    module = importlib.import_module(module_name)
    function, _ = add_one(module)
    serial, parallel = module.njit(function), module.njit(parallel=True)(function)
    return by_length(rounds, lambda x: lambda: serial(x), lambda x: lambda: parallel(x))


def c_regions(module_name, rounds, library):
    """The same for gcc's OpenMP, called through ctypes."""
    import ctypes

    functions = ctypes.CDLL(library)

    def caller(function):
        def call_on(x):
            address, length = ctypes.c_void_p(x.ctypes.data), ctypes.c_long(len(x))
            return lambda: function(address, length)

        return call_on

    return by_length(rounds, caller(functions.no_region), caller(functions.region))


def by_length(rounds, serial, parallel):
    import time

    import numpy as np
    from measure.timing import in_turns

    found = {}
    for length in REGIONS:
        x = np.zeros(length)
        found[length] = in_turns({"serial": serial(x), "parallel": parallel(x)}, rounds, clock=time.perf_counter)
    return found


def added(samples):
    """Microseconds that the region adds, best less best and median less median; None without samples."""
    serial, parallel = (figure(samples.get(form, [])) for form in ("serial", "parallel"))
    return Figure(*(max(0.0, b - a) * 1e6 for a, b in zip(serial, parallel))) if serial and parallel else None


def measure_regions(bench, repeats):
    """length -> contestant -> figure."""
    library = compile_regions(bench.folder)
    jobs = [(each, each.name, "regions", {}) for each in bench.contestants]
    if library:
        jobs.append((bench.ours(), "gcc", "c_regions", {"library": library}))
    samples = {length: {} for length in REGIONS}
    for contestant, column, function, options in bench.rounds(jobs, repeats, 20):
        found = bench.attempt(contestant, "parallel.region", lambda: contestant.measure(
            "parallel", function, {"rounds": 15, **options}, TWO))
        for length, forms in (found or {}).items():
            for form, values in forms.items():
                samples[int(length)].setdefault(column, {}).setdefault(form, []).extend(values)
    return {length: {column: added(forms) for column, forms in found.items()} for length, found in samples.items()}


def measure(bench):
    if len(os.sched_getaffinity(0)) < 2:
        bench.errors.append("parallel: this process may use one core only")
        return {}
    repeats = 1 if bench.quick else 4
    samples = {}
    for contestant in bench.rounds(bench.contestants, repeats, 40):
        found = bench.attempt(contestant, "parallel", lambda: contestant.measure("parallel", "speedups", {"rounds": 7}, TWO))
        for loop, forms in (found or {}).items():
            for form, values in forms.items():
                samples.setdefault(loop, {}).setdefault((contestant.name, form), []).extend(values)
    results = {BY_ID[REGIONS[length]]: figures for length, figures in measure_regions(bench, repeats).items()}
    loops = {}
    for loop, forms in samples.items():
        row = Row(f"parallel.{loop}", f"{loop.replace('_', ' ')}: serial time over prange's", "x", better=MORE)
        loops[row] = {}
        for contestant in bench.contestants:
            serial, parallel = (figure(forms.get((contestant.name, form), [])) for form in ("serial", "parallel"))
            if serial and parallel:
                loops[row][contestant.name] = Figure(serial.best / parallel.best, serial.median / parallel.median)
    results[BY_ID["parallel.speedup"]] = {
        each.name: mean_figure([figures.get(each.name) for figures in loops.values()]) for each in bench.contestants
    }
    return {**results, **loops}
