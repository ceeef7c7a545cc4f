"""Functions found in the cache: a process that fills it, then fresh processes that call the same functions.

Our cache keeps every function; the decorators of others are given cache=True. A first call is timed from the decorator
to the result. The first function of a process, which also pays for opening the store, has a row of its own.
"""
import tempfile

from measure.first_call import NAMES, first_call, warm_up
from rows import BY_ID
from samples import Figure, figure, mean_figure


def hits(module_name, names):
    """Milliseconds of each function's first call and of the one before them all; how many libraries with LLVM are mapped."""
    import importlib
    import time

    import first_call_functions  # noqa: F401  not a part of what is timed

    module = importlib.import_module(module_name)
    options = {} if module_name == "lancehead" else {"cache": True}
    start = time.perf_counter()
    warm_up(module, **options)
    first = (time.perf_counter() - start) * 1e3
    figures = {name: first_call(module, name, **options)["wall"] for name in names}
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps if "llvm" in line.rpartition("/")[2].lower()}
    return {**figures, "first": first, "llvm": len(files)}


def measure(bench):
    names = [name for group in NAMES.values() for name in group]
    samples = {}

    def once(contestant, root):
        folder = f"{root}/{contestant.name}"
        env = {"LANCEHEAD_CACHE": "1", "LANCEHEAD_CACHE_DIR": folder, "NUMBA_CACHE_DIR": folder}
        return bench.attempt(contestant, "cache", lambda: contestant.measure("cache", "hits", {"names": names}, env)) or {}

    with tempfile.TemporaryDirectory() as root:
        for contestant in bench.contestants:
            once(contestant, root)
        for contestant in bench.rounds(bench.contestants, 4 if bench.quick else 15, 12 if bench.quick else 60):
            for what, value in once(contestant, root).items():
                samples.setdefault((contestant.name, what), []).append(value)
    columns = [each.name for each in bench.contestants]
    functions = {column: [figure(samples.get((column, name), [])) for name in names] for column in columns}
    return {
        BY_ID["cache.hit"]: {column: mean_figure(found) for column, found in functions.items()},
        BY_ID["cache.hit_worst"]: {column: Figure(*map(max, zip(*filter(None, found)))) for column, found in functions.items()
                                   if any(found)},
        BY_ID["cache.first"]: {column: figure(samples.get((column, "first"), [])) for column in columns},
        BY_ID["cache.llvm"]: {column: figure(samples.get((column, "llvm"), [])) for column in columns},
    }
