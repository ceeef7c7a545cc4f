"""Random programs over arrays (tests/python/array_programs) give what NumPy gives: other ones every day. ARRAYS_SEED=N repeats a run,
ARRAYS_COUNT=N makes it longer; tools/random_arrays.py runs many."""

import datetime
import os
import re

import numpy as np
import pytest
from array_programs import generator, holes
from array_programs.forms import FORMS
from programs import campaign, pool

SEED = os.environ.get("ARRAYS_SEED") or str(datetime.date.today())
COUNT = int(os.environ.get("ARRAYS_COUNT", "1000"))
HOW = {"make": generator.program, "texts": False, "passed": ("ok", "mistake", "compile")}
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NumPy's, of what the programs compute
OLD_NUMPY = np.lib.NumpyVersion(np.__version__) < "2.1.0"


@pytest.mark.skipif(OLD_NUMPY, reason="ceil, floor and trunc of ints are floats in NumPy 2.0, and sums have other bits")
def test_random_arrays():
    run = campaign.Campaign(SEED, COUNT, jobs=2, **HOW)
    failures = run.run()
    repeat = f"ARRAYS_SEED={SEED} repeats this run, tools/random_arrays.py --show {SEED}:NUMBER one program"
    assert not failures, f"{repeat}\n\n{failures[0]}"
    assert run.kinds["ok"] >= 0.8 * COUNT, f"{repeat}: {dict(run.kinds)} {run.reasons.most_common(5)}"


def test_programs_are_those_of_their_seed():
    assert generator.program("some:1") == generator.program("some:1")
    assert len({generator.program(f"some:{k}") for k in range(30)}) == 30


def test_each_form_can_be_filled():
    for _, form, _ in FORMS:
        for name in re.findall(r"{(\w+)}", form):
            assert name in holes.WORDS or callable(getattr(holes, name)), form


def planted(seed):
    """A program that compiled code and NumPy differ about: uint-minus in docs/deviations.md."""
    return generator.program(seed).replace("    return", "    planted = -np.uint8(3)\n    return planted,", 1)


def test_a_wrong_value_is_found_and_shrunk():
    run = campaign.Campaign("planted", 3, **{**HOW, "make": planted})
    (failure,) = run.run()
    assert failure.kind == "differs" and "np.uint8" in failure.source and len(failure.source.splitlines()) < 14
