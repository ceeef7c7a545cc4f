"""Import and first compilation, in fresh processes that have imported NumPy."""
import json

from rows import BY_ID
from samples import figure

# Run by itself, not through bench/child.py, so that nothing but NumPy is there before.
CHILD = r"""
import sys, time, numpy

def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024

def now():
    return time.perf_counter() * 1e3, time.process_time() * 1e3, peak()

start = now()
module = __import__(sys.argv[1])
imported = now()

@module.njit
def add_one(x):
    return x + 1

assert add_one(1) == 2
called = now()
names = ["import", "import_cpu", "import_memory", "first_compile", "first_compile_cpu", "first_compile_memory"]
figures = [b - a for a, b in zip(start, imported)] + [b - a for a, b in zip(imported, called)]
import json
print(json.dumps(dict(zip(names, figures))))
"""


def measure(bench):
    samples = {contestant.name: {} for contestant in bench.contestants}

    def once(contestant):
        return json.loads(contestant.run(["-c", CHILD, contestant.module]))

    for contestant in bench.contestants:  # fills the page cache and __pycache__
        bench.attempt(contestant, "process", lambda: once(contestant))
    for contestant in bench.rounds(bench.contestants, 4 if bench.quick else 15, 12 if bench.quick else 45):
        for name, value in (bench.attempt(contestant, "process", lambda: once(contestant)) or {}).items():
            samples[contestant.name].setdefault(name, []).append(value)
    return {
        row: {name: figure(found.get(row.id.split(".")[1])) for name, found in samples.items()}
        for row in BY_ID.values() if row.section == "process"
    }
