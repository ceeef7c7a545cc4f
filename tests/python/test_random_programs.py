"""Random programs (tests/python/programs) give what CPython and NumPy give: other ones every day. PROGRAMS_SEED=N repeats a run,
PROGRAMS_COUNT=N makes it longer; tools/random_programs.py runs many."""

import ast
import datetime
import os

import numpy as np
import pytest
from programs import campaign, pool, shrink
from programs.generator import program

SEED = os.environ.get("PROGRAMS_SEED") or str(datetime.date.today())
COUNT = int(os.environ.get("PROGRAMS_COUNT", "500"))


@pytest.fixture(scope="module")
def worker():
    with pool.worker() as made:
        yield made


OLD_NUMPY = np.lib.NumpyVersion(np.__version__) < "2.1.0"


@pytest.mark.skipif(OLD_NUMPY, reason="ceil, floor and trunc of ints are floats in NumPy 2.0, and sums have other bits")
def test_random_programs():
    run = campaign.Campaign(SEED, COUNT, jobs=2)
    failures = run.run()
    repeat = f"PROGRAMS_SEED={SEED} repeats this run, tools/random_programs.py --show {SEED}:NUMBER one program"
    assert not failures, f"{repeat}\n\n{failures[0]}"
    assert run.kinds["ok"] >= 0.97 * COUNT, f"{repeat}: {dict(run.kinds)}"


def test_programs_are_those_of_their_seed():
    assert program("some:1") == program("some:1")
    assert len({program(f"some:{k}") for k in range(50)}) == 50


FAULTY = """
@njit
def main(a, n):
    b = a.copy()
    for i in range(n):
        if i > 3:
            b[0] = i * 2.5
        else:
            a[1] = -1.0
    {fault}
    return b, n


def calls():
    return [(np.array([1.0, 2.0, 3.0]), 7), (np.array([4.0]), 2)]
"""


@pytest.mark.parametrize(
    "fault, kind, kept",
    [
        ("return -np.uint8(1), n", "differs", "np.uint8"),  # uint-minus in docs/deviations.md
        ("return with_stars(**{})", "mistake", None),
        ("return {n}", "compile", "{n}"),
        ("raise SystemExit(3)", "crash", "SystemExit"),
        ("n = 2**62 * (n + 1)", "differs", "2 ** 62"),
    ],
)
def test_failures_are_found_and_shrunk(worker, fault, kind, kept):
    source = FAULTY.format(fault=fault)
    result = worker.check({"source": source})
    assert result[0] == kind, result
    if kept:
        small, again = shrink.shrink(source, result, lambda text: worker.check({"source": text}), tries=150)
        assert shrink.family(again) == shrink.family(result)
        assert kept in small and len(small) < 0.7 * len(source)
        ast.parse(shrink.script(small, "title"))


def test_a_worker_goes_on_after_a_crash(worker):
    ok = "@njit\ndef main(n):\n    return n + 1\n\ndef calls():\n    return [(1,)]\n"
    kind, text = worker.check({"source": "import os\nos.abort()\n" + ok})
    assert (kind, "SIGABRT" in text) == ("crash", True)
    assert worker.check({"source": ok}) == ("ok", "")
