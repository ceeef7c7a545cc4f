"""Who is measured and how: fresh processes in a fixed environment, the competitors interleaved.

A contestant is a module in an interpreter. A measurement in a child process is a function of a file of bench/measure that
prints nothing and returns what json can write; bench/child.py calls it.
"""
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parent
NUMBA_PYTHON = BENCH.parent / ".venv" / "numba" / "bin" / "python"


class Failed(Exception):
    """A child process that ended with an error; the text is its last line."""


@dataclass(frozen=True)
class Contestant:
    name: str
    module: str
    python: str

    def run(self, arguments, env=None, timeout=300):
        """The standard output of this interpreter with these arguments."""
        try:
            done = subprocess.run([self.python, *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
                                  env=environment(self, env or {}))
        except subprocess.TimeoutExpired:
            raise Failed(f"ended after {timeout} s") from None
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            raise Failed(lines[-1][:200])
        return done.stdout

    def measure(self, section, function, options=None, env=None):
        """What this function of the section's file returns in a fresh process, given the module and the options."""
        call = [BENCH / "child.py", section, function, self.module, json.dumps(options or {})]
        return json.loads(self.run(call, env).splitlines()[-1])


def environment(contestant, extra):
    """The caller's, but for settings that would change what is measured, such as PYTHONDONTWRITEBYTECODE."""
    stripped = ("LANCEHEAD_", "NUMBA_", "OMP_", "PYTHON")
    env = {name: value for name, value in os.environ.items() if not name.startswith(stripped)}
    if contestant.module == "lancehead" and "PYTHONPATH" in os.environ:
        env["PYTHONPATH"] = os.environ["PYTHONPATH"]
    fixed = {"LANCEHEAD_CACHE": "0", "OPENBLAS_NUM_THREADS": "1", "OPENBLAS_THREAD_TIMEOUT": "4", "PYTHONHASHSEED": "0",
             "PYTHONWARNINGS": "ignore"}
    return {**env, **fixed, **extra}


@dataclass
class Bench:
    """What a section needs to know: who takes part, how often, and for how long."""

    contestants: list
    quick: bool
    folder: Path
    libraries: dict  # C compiler -> shared library with all kernels
    errors: list

    def ours(self):
        return self.contestants[0]

    def rounds(self, jobs, repeats, seconds, all_once=True):
        """Each job once per round, in another order each time, until the time is over; all_once: after the first round."""
        order, start = random.Random(1), time.monotonic()
        for number in range(repeats):
            batch = list(jobs)
            order.shuffle(batch)
            for job in batch:
                if (number or not all_once) and time.monotonic() - start > seconds:
                    return
                yield job

    def attempt(self, contestant, what, call):
        """The call's result, or None; the error is reported once, beside the rows."""
        try:
            return call()
        except Failed as error:
            line = f"{contestant.name}, {what}: {error}"
            if line not in self.errors:
                self.errors.append(line)
            return None


def find_contestants(numba_python):
    """Lancehead in this interpreter and, where its venv is, Numba; and for who is absent how to get it."""
    found, absent = [Contestant("lancehead", "lancehead", sys.executable)], {}
    if Path(numba_python).exists():
        found.append(Contestant("numba", "numba", str(numba_python)))
    else:
        absent["numba"] = "make its venv with: ./dev numba-venv (needs CPython 3.13)"
    return found, absent
