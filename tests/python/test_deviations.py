"""docs/deviations.md is what happens: examples of its rows under CPython, compiled, and compiled in Numba's dialect."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from oracle import boxed, difference

from lancehead import njit
from lancehead.errors import TypingError

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "deviations.md"
IDS = re.findall(r"^\| ([a-z0-9-]+) \|", DOCUMENT.read_text(), re.M)[1:]

I8, I16, U8, U64, I64 = np.int8, np.int16, np.uint8, np.uint64, np.int64
F32, F64 = np.float32, np.float64
SAME = object()


def arrays(dtype, n=2):
    return np.ones(n, dtype)


# Row, expression, arguments, what CPython gives, what ours gives, and what it gives in Numba's dialect.
# NumPy 2.0's full() wraps; its times do before 2.5.
OVERFLOW_OF_TIMES = OverflowError if np.lib.NumpyVersion(np.__version__) >= "2.5.0" else False
UNSTACK_IS_A_LIST = (False, True) if hasattr(np, "unstack") else (AttributeError, TypingError)  # there since NumPy 2.1
FULL_OF_300 = OverflowError if np.lib.NumpyVersion(np.__version__) >= "2.1.0" else 44

EXAMPLES = [
    ("int-64-bits", "x + 1", dict(x=2**63 - 1), 2**63, -(2**63), SAME),
    ("int-64-bits", "x * x", dict(x=2**40), 2**80, 0, SAME),
    ("int-64-bits", "-x", dict(x=-(2**63)), 2**63, -(2**63), SAME),
    ("int-64-bits", "abs(x)", dict(x=-(2**63)), 2**63, -(2**63), SAME),
    ("int-64-bits", "x + y", dict(x=I8(100), y=I8(100)), -56, 200, SAME),
    ("int-64-bits", "~x", dict(x=U8(1)), 254, 2**64 - 2, SAME),
    ("int-power", "x ** 70", dict(x=2), 2**70, 0, SAME),
    ("int-power", "x ** y", dict(x=2, y=-1), 0.5, ValueError, SAME),
    ("shift-count", "x << 70", dict(x=1), 2**70, 0, SAME),
    ("int-too-large", "x + 1", dict(x=2**64), 2**64 + 1, OverflowError, SAME),
    ("int-narrowing", "np.full(1, x, np.int8)[0]", dict(x=300), FULL_OF_300, 44, SAME),
    ("int-narrowing", "np.int8(x)", dict(x=300), OverflowError, 44, SAME),
    ("int-narrowing", "(a + x)[0]", dict(a=arrays(I8), x=299), OverflowError, 44, 300),
    ("int-narrowing-numba", "np.full(1, 300, np.int8)[0]", {}, FULL_OF_300, OverflowError, 44),
    ("bincount-empty", "np.bincount(a, w)", dict(a=arrays(I64, 0), w=arrays(F64, 0)), arrays(I64, 0), arrays(F64, 0), SAME),
    ("uint64-int64", "x + y", dict(x=U64(1), y=I64(2)), 3.0, 3, SAME),
    ("uint-minus", "-x", dict(x=U64(1)), 2**64 - 1, -1, SAME),
    ("bool-arithmetic", "x + y", dict(x=np.True_, y=np.True_), True, 2, SAME),
    ("int-float-compare", "x == y", dict(x=2**53 + 1, y=2.0**53), False, True, SAME),
    ("int-divide", "x / y", dict(x=2**63 - 513, y=3), (2**63 - 513) / 3, float(2**63 - 513) / 3.0, SAME),
    ("float-to-int", "int(x)", dict(x=1e20), 10**20, OverflowError, SAME),
    ("float-to-int", "round(x)", dict(x=1e20), 10**20, OverflowError, SAME),
    ("no-domain-errors", "math.sqrt(x)", dict(x=-1.0), ValueError, math.nan, SAME),
    ("no-domain-errors", "math.log(x)", dict(x=0.0), ValueError, -math.inf, SAME),
    ("no-domain-errors", "math.exp(x)", dict(x=1000.0), OverflowError, math.inf, SAME),
    ("no-domain-errors", "x ** y", dict(x=-8.0, y=0.5), (-8.0) ** 0.5, math.nan, SAME),
    ("no-domain-errors", "x ** y", dict(x=10.0, y=400.0), OverflowError, math.inf, SAME),
    ("no-domain-errors", "x ** y", dict(x=0.0, y=-1.0), ZeroDivisionError, math.inf, SAME),
    ("float32-python-float", "x + y", dict(x=F32(0.1), y=0.1), F32(0.2), float(F32(0.1)) + 0.1, SAME),
    ("float32-python-float", "x * y", dict(x=F32(0.1), y=3), F32(0.1) * F32(3), float(F32(0.1)) * 3, SAME),
    ("float32-python-float", "x == y", dict(x=F32(0.1), y=0.1), True, False, SAME),
    ("tuple-of-types", "x if x < y else y", dict(x=1, y=2.5), 1, 1.0, SAME),
    ("tuple-of-types", "min(x, y)", dict(x=1, y=2.5), 1, 1.0, SAME),
    ("list-of-types", "[x, y][0]", dict(x=1, y=2.5), 1, 1.0, SAME),
    ("large-int-lists", "np.array([2**63, 1]).dtype == np.uint64", {}, False, True, SAME),
    ("ix-empty-list", "np.ix_([])[0].dtype == np.int64", {}, True, False, SAME),
    ("lists-as-arrays", "isinstance(np.trim_zeros([0, x]), np.ndarray)", dict(x=1), False, True, SAME),
    ("unstack-list", "isinstance(np.unstack(a), list)", dict(a=arrays(F64)), *UNSTACK_IS_A_LIST, SAME),
    ("small-float-loops", "np.sqrt(a).itemsize", dict(a=arrays(I8)), 2, 2, 4),
    ("half-steps", "np.spacing(a).itemsize", dict(a=arrays(I8)), 2, 4, SAME),
    ("time-overflow", "np.isnat(a.astype('m8[ns]')[0])", dict(a=np.array([2**62]).view("m8[D]")), OVERFLOW_OF_TIMES, False, SAME),
    ("array-scalar-numba", "(a + 1).itemsize", dict(a=arrays(I8)), 1, 1, 8),
    ("array-scalar-numba", "(a * 0.5).itemsize", dict(a=arrays(F32)), 4, 4, 8),
    ("array-scalar-numba", "(a + x).itemsize", dict(a=arrays(I16), x=5), 2, 2, 8),
    ("array-scalar-numba", "(a * 1j).itemsize", dict(a=arrays(F32)), 8, 8, 16),
]

# The same for a function with an eager signature.
SIGNED = [
    ("eager-narrowing", "int8(int8)", 100, 100, 100),
    ("eager-narrowing", "int8(int8)", 300, OverflowError, 44),
    ("eager-truncating", "int64(int64)", 2.7, TypeError, 2),
    ("eager-truncating", "int8(int8)", I64(300), TypeError, 44),
]


def outcome(call):
    """The boxed value of a call, or the class of its exception."""
    try:
        with np.errstate(all="ignore"):
            return boxed(call())
    except Exception as error:
        return type(error)


def assert_same(expected, actual, what):
    same = expected is actual if isinstance(expected, type) else difference(expected, actual) is None
    assert same, f"{what} gives {actual!r}, not {expected!r}"


def test_the_examples_are_of_rows_of_the_table():
    assert len(IDS) == len(set(IDS)) > 30
    assert {row[0] for row in EXAMPLES + SIGNED} <= set(IDS)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row[0]}: {row[1]}")
def test_examples(row):
    _, expression, arguments, cpython, ours, numba = row
    scope = {"math": math, "np": np}
    exec(f"def deviation({', '.join(arguments)}):\n    return {expression}\n", scope)
    fn = scope["deviation"]
    assert_same(boxed(cpython), outcome(lambda: fn(**arguments)), "CPython")
    for dialect, expected in (("numpy", ours), ("numba", ours if numba is SAME else numba)):
        assert_same(expected, outcome(lambda: njit(dialect=dialect)(fn)(**arguments)), f"dialect={dialect!r}")


def plus_nothing(x):
    return x + 0


@pytest.mark.parametrize("row", SIGNED, ids=lambda row: f"{row[0]}: {row[1]} of {row[2]!r}")
def test_eager_signatures(row):
    _, signature, argument, ours, numba = row
    for dialect, expected in (("numpy", ours), ("numba", numba)):
        made = njit(signature, dialect=dialect)(plus_nothing)
        assert_same(expected, outcome(lambda: made(argument)), f"dialect={dialect!r}")
