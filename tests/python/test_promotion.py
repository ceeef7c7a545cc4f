"""The dtype of every ufunc's results for every pair of dtypes, of arrays and scalars, in both dialects: NumPy's, but for what
docs/deviations.md says. Only types are asked for: one function per pair returns the dtypes' letters and sizes, which are constants.
Values are compared where each loop is (test_ufuncs.py)."""

import itertools

import numpy as np
import pytest
from test_ufuncs import DTYPES as FULL_DTYPES
from test_ufuncs import ROWS

import lancehead

UFUNCS = [getattr(np, name) for name in ROWS]
OF_NUMPY = {ufunc for ufunc in vars(np).values() if isinstance(ufunc, np.ufunc)}
# Before NumPy 2.1, floor, ceil and trunc of integers are floats.
WITHOUT_INTEGER_LOOPS = np.lib.NumpyVersion(np.__version__) < "2.1.0"
LEFT_OUT = {
    "isnat": "of datetime64 and timedelta64 alone",
    "matmul": "no elementwise ufunc: a product of arrays",
    "vecdot": "no elementwise ufunc: a product of arrays",
    "matvec": "no elementwise ufunc: a product of arrays",
    "vecmat": "no elementwise ufunc: a product of arrays",
}
DTYPES = [*FULL_DTYPES, "f2"]
PYTHON_SCALARS = [True, 3, 2.5, 1 + 2j]
NUMPY_SCALARS = [np.bool_(True), np.int8(3), np.uint8(3), np.int32(3), np.int64(3), np.uint64(3), np.float16(2.5), np.float32(2.5), np.float64(2.5), np.complex64(1j)]  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def test_every_ufunc_of_numpy_is_there():
    missing = sorted(ufunc.__name__ for ufunc in OF_NUMPY - set(UFUNCS))
    assert missing == sorted(name for name in LEFT_OUT if hasattr(np, name))


# ---- what NumPy says


def where_float16_is_taken(dtype, ufunc, args, dialect):
    """docs/deviations.md: half-steps, and small-float-loops in Numba's dialect."""
    steps = ufunc in (np.nextafter, np.spacing)
    asked = any(np.asarray(a).dtype == np.float16 for a in args)
    return np.dtype(np.float32) if dtype == np.float16 and (steps or dialect == "numba" and not asked) else dtype


def as_numba_counts(args):
    """docs/deviations.md, array-scalar-numba: scalars beside arrays are of their own types, but whole ones do not widen inexact arrays."""
    kinds = [a.dtype.kind for a in args if isinstance(a, np.ndarray) and a.ndim]
    inexact = any(kind in "fc" for kind in kinds)

    def counted(a):
        if isinstance(a, np.ndarray):
            return a
        whole = np.asarray(a).dtype.kind in "biu"
        return int(a) if inexact and whole else np.asarray(a)[()]

    return [counted(a) for a in args] if kinds else list(args)


def expected(ufunc, args, dialect):
    """The dtypes of the results, or None where there is no loop."""
    if dialect == "numba":
        args = [np.asarray(a) for a in args] if ufunc is np.ldexp else as_numba_counts(args)
    if WITHOUT_INTEGER_LOOPS and ufunc in (np.floor, np.ceil, np.trunc) and np.asarray(args[0]).dtype.kind in "biu":
        return (np.asarray(args[0]).dtype,)
    try:
        results = ufunc(*args)
    except (TypeError, OverflowError):
        return None
    results = results if isinstance(results, tuple) else (results,)
    return tuple(where_float16_is_taken(r.dtype, ufunc, args, dialect) for r in results)


# ---- what ours say


def typing(ufuncs, args):
    """A function that gives (kind, itemsize) of each result of each ufunc. Scalars have no dtype: an array is asked that holds them."""
    params = "xy"[: len(args)]
    scalar = not any(isinstance(a, np.ndarray) for a in args)
    lines = [f"def typed({', '.join(params)}):", "    return ("]
    for ufunc in ufuncs:
        call = f"np.{ufunc.__name__}({', '.join(params)})"
        for k in range(ufunc.nout):
            result = f"{call}[{k}]" if ufunc.nout > 1 else call
            result = f"np.full(1, {result}).dtype" if scalar else f"{result}.dtype"
            lines.append(f"        ({result}.kind, {result}.itemsize),")
    lines.append("    )")
    scope = {"np": np}
    exec("\n".join(lines), scope)
    return scope["typed"]


def refused(ufunc, args, dialect):
    try:
        lancehead.njit(typing([ufunc], args), dialect=dialect)(*args)
    except lancehead.errors.TypingError:
        return True
    return False


def check(args, dialect):
    """All ufuncs of as many operands on these."""
    wanted = {ufunc: expected(ufunc, args, dialect) for ufunc in UFUNCS if ufunc.nin == len(args)}
    there = [ufunc for ufunc, dtypes in wanted.items() if dtypes]
    given = lancehead.njit(typing(there, args), dialect=dialect)(*args)
    names = [ufunc.__name__ for ufunc in there for _ in range(ufunc.nout)]
    found = [(name, f"{kind}{size}") for name, (kind, size) in zip(names, given)]
    dtypes = [(ufunc.__name__, f"{d.kind}{d.itemsize}") for ufunc in there for d in wanted[ufunc]]
    assert found == dtypes
    accepted = [ufunc.__name__ for ufunc, d in wanted.items() if not d and not refused(ufunc, args, dialect)]
    assert accepted == []


def one(dtype):
    return np.ones(1, dtype)


@pytest.mark.parametrize("dialect", ["numpy", "numba"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_one_operand(dtype, dialect):
    check([one(dtype)], dialect)
    check([np.dtype(dtype).type(1)], dialect)


@pytest.mark.parametrize("dialect", ["numpy", "numba"])
@pytest.mark.parametrize("a", DTYPES)
def test_arrays(a, dialect):
    for b in DTYPES:
        check([one(a), one(b)], dialect)


@pytest.mark.parametrize("dialect", ["numpy", "numba"])
@pytest.mark.parametrize("scalar", PYTHON_SCALARS + NUMPY_SCALARS, ids=repr)
def test_arrays_and_scalars(scalar, dialect):
    for dtype in DTYPES:
        check([one(dtype), scalar], dialect)
        check([scalar, one(dtype)], dialect)


@pytest.mark.parametrize("a, b", list(itertools.combinations_with_replacement(NUMPY_SCALARS, 2)), ids=repr)
def test_scalars(a, b):
    check([a, b], "numpy")


@pytest.mark.parametrize("symbol", "+ - * / // % ** & | ^ << >> < <= == != > >=".split())
def test_operators_are_their_ufuncs(symbol):
    scope = {"np": np}
    exec(f"def typed(x, y):\n    d = (x {symbol} y).dtype\n    return d.kind, d.itemsize", scope)
    fn = lancehead.njit(scope["typed"])
    for a, b in itertools.product(DTYPES, DTYPES):
        try:
            wanted = eval(f"x {symbol} y", {"x": one(a), "y": one(b)}).dtype
        except TypeError:
            with pytest.raises(lancehead.errors.TypingError):
                fn(one(a), one(b))
            continue
        assert fn(one(a), one(b)) == (wanted.kind, wanted.itemsize), (a, b)
