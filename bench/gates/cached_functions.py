"""Functions that the cache has, in a fresh process: 25 of a test of ours at most 0.5 ms each, one at most 2 ms.

The time is that from the decoration to the return of the first call, with NumPy and Lancehead imported. A process before
fills an empty cache; of the processes that follow the fastest counts. That LLVM is not mapped is a test's business.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import report

FUNCTIONS = Path(__file__).resolve().parents[2] / "tests" / "python" / "cached_functions.py"

RUN = """
import sys, time
import numpy, lancehead
source = compile(open(sys.argv[1]).read(), sys.argv[1], "exec")
names = {"__name__": "cached_functions"}
exec(source, names)
calls = names["CALLS"][: int(sys.argv[2])]
start = time.perf_counter()
jitted = [lancehead.njit(function) for function, _ in calls]
for function, (_, arguments) in zip(jitted, calls):
    function(*arguments)
spent = time.perf_counter() - start
assert all(f.stats.cache_hits for f in jitted) or sys.argv[3] == "fill"
print(spent * 1000)
"""


def milliseconds(folder, count, what):
    env = {**os.environ, "LANCEHEAD_CACHE_DIR": folder}
    done = subprocess.run([sys.executable, "-c", RUN, FUNCTIONS, str(count), what], env=env, cwd=folder, text=True,
                          stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


for count, limit in ((25, 0.5), (1, 2)):
    with tempfile.TemporaryDirectory() as store:
        milliseconds(store, count, "fill")
        fastest = min(milliseconds(store, count, "hit") for _ in range(7))
        report(f"{count} cached function{'s' * (count > 1)}, each", fastest / count, at_most=limit, unit="ms")
