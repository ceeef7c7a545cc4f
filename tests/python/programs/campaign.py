"""Many programs: the seeds of a run, over some processes, until enough failures are found; each failure is shrunk."""

import collections
import threading
import time
from typing import NamedTuple

from . import pool, shrink
from .generator import program


class Failure(NamedTuple):
    seed: str
    kind: str
    text: str
    source: str

    def __str__(self):
        return shrink.script(self.source, f"Program {self.seed}: {self.kind}\n\n{self.text}")


class Campaign:
    """run() checks programs `first` to `count - 1` of a seed. kinds counts the results; tried says how many there were.

    make: gives the text of the program of a seed; texts: exceptions have NumPy's texts; passed: kinds of results that are no failures."""

    def __init__(
        self, seed, count, first=0, jobs=1, most=1, shrinking=True, progress=None, found=None, make=program, texts=True, passed=("ok", "mistake")
    ):
        self.make, self.texts, self.passed = make, texts, passed
        self.seed, self.most, self.shrinking, self.progress, self.found = seed, most, shrinking, progress, found
        self.numbers = iter(range(first, count))
        self.jobs = jobs
        self.kinds, self.reasons = collections.Counter(), collections.Counter()
        self.failures = []
        self.lock = threading.Lock()
        self.started = time.monotonic()

    @property
    def tried(self):
        return sum(self.kinds.values())

    def next_seed(self):
        with self.lock:
            if len(self.failures) >= self.most:
                return None
            number = next(self.numbers, None)
            return None if number is None else f"{self.seed}:{number}"

    def run(self):
        threads = [threading.Thread(target=self.work) for _ in range(self.jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.failures

    def work(self):
        with pool.worker() as worker:
            while (seed := self.next_seed()) is not None:
                source = self.make(seed)
                kind, text = self.check(worker, source)
                with self.lock:
                    self.kinds[kind] += 1
                    if kind in self.passed and kind != "ok":
                        self.reasons[text[:110]] += 1
                    if self.progress:
                        self.progress(self)
                if kind not in self.passed:
                    self.add(worker, seed, source, kind, text)

    def check(self, worker, source):
        return worker.check({"source": source, "texts": self.texts})

    def add(self, worker, seed, source, kind, text):
        if self.shrinking and kind not in ("endless", "internal"):
            source, (kind, text) = shrink.shrink(source, (kind, text), lambda changed: self.check(worker, changed))
        with self.lock:
            self.failures.append(Failure(seed, kind, text, source))
            if self.found:
                self.found(self.failures[-1])
