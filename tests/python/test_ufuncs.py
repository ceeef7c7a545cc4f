"""Each ufunc of src/library/ufuncs.def over dtypes, scalars, arrays and broadcasting: value, dtype and shape as NumPy's.

Tolerances: what C defines exactly (arithmetic, comparison, rounding, bits, sqrt) has NumPy's bits. Functions of C's library
may be LIBM_ULP off, since NumPy has its own SIMD versions of many, which differ from machine to machine; complex arithmetic
COMPLEX_ULP, since NumPy contracts it into FMA where it can. The unit of a complex number is that of its larger part."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from numpy_versions import since
from oracle import compare, jitted, outcome

import lancehead

TABLE = Path(__file__).resolve().parents[2] / "src" / "library" / "ufuncs.def"
ROWS = {
    name: (int(inputs), kernel)
    for name, inputs, kernel in re.findall(r'^UFUNC2?\("(\w+)", (\d), "[^"]*", \w+, (\w+\(\w+\))', TABLE.read_text(), re.M)
    if hasattr(np, name)  # pow is NumPy 2.1's
}
ONE = [name for name, (inputs, _) in ROWS.items() if inputs == 1]
TWO = [name for name, (inputs, _) in ROWS.items() if inputs == 2]

LIBM_ULP = 4
COMPLEX_ULP = 8
EXACT_FUNCTIONS = {"sqrt", "copysign", "nextafter", "spacing", "rint"}
ZERO_OF_EITHER_SIGN = {"maximum", "minimum", "fmax", "fmin"}  # of 0.0 and -0.0 NumPy's SIMD width decides

INTEGERS = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]
DTYPES = ["?", *INTEGERS, "f4", "f8", "c8", "c16"]
FLOATS = [0.0, -0.0, 0.5, -0.25, 1.0, -1.0, 1.5, 2.5, -3.5, 7.0, 30.25, 1e4, np.inf, -np.inf, np.nan]
COMPLEX = [0.5 + 1j, -1.25 + 0.75j, 2 - 3j, -1j, 1.0 + 0j, -0.5 - 2j]


def values(dtype):
    kind = np.dtype(dtype).kind
    if kind == "b":
        return np.array([True, False])
    if kind in "iu":
        info = np.iinfo(dtype)
        return np.array([0, 1, 2, 3, 7, info.max, info.max - 1, *((-1, -5, info.min) if kind == "i" else ())], dtype)
    return np.array(COMPLEX if kind == "c" else FLOATS, dtype)


def pairs(a, b):
    """Two arrays with every pair of the values of the dtypes."""
    x, y = np.meshgrid(values(a), values(b))
    return x.reshape(-1), y.reshape(-1)


def caller(name, inputs):
    ufunc = getattr(np, name)
    return (lambda x: ufunc(x)) if inputs == 1 else (lambda x, y: ufunc(x, y))


CALLERS = {name: caller(name, inputs) for name, (inputs, _) in ROWS.items()}


def tolerance(name, args):
    if any(np.asarray(a).dtype.kind == "c" for a in args):
        return 0 if ROWS[name][1].startswith("CMP") else COMPLEX_ULP
    return LIBM_ULP if "MATHFN" in ROWS[name][1] and name not in EXACT_FUNCTIONS or "power" in name or name == "pow" else 0


def without_float16(name, args):
    """In docs/deviations.md: half-steps."""
    numbers = args[:1] if name == "ldexp" else args
    return [np.float32(a) if np.asarray(a).dtype.itemsize == 1 else a for a in numbers] + list(args[len(numbers) :])


def check(name, *args):
    fn = CALLERS[name]
    expected = outcome(fn, args)
    if isinstance(expected.error, TypeError):
        with pytest.raises(lancehead.errors.TypingError):
            jitted(fn)(*args)
        return
    if name in ZERO_OF_EITHER_SIGN:
        args = [a + 0.0 if np.asarray(a).dtype.kind == "f" else a for a in args]
    value = outcome(fn, args).value
    if name in ("nextafter", "spacing") and np.asarray(value).dtype == np.float16:
        value = outcome(fn, without_float16(name, args)).value
    compare(fn, *args, expect=value if expected.error is None else ..., ulp=tolerance(name, args), text=False)


def rounds_integers(name):
    """NumPy 2.1 made these keep integers, and so do we under any NumPy; NumPy 2.0 converts to float64."""
    return name in ("floor", "ceil", "trunc") and np.lib.NumpyVersion(np.__version__) < "2.1.0"


def test_the_table_is_read():
    assert len(ONE) > 40 and len(TWO) > 35
    assert {"add", "sin", "less", "invert"} <= set(ROWS)


@pytest.mark.parametrize("name", ONE)
def test_one_operand(name):
    for dtype in DTYPES:
        x = values(dtype)
        if name == "reciprocal":  # of 0 it is undefined
            x = x[x != 0]
        if np.dtype(dtype).kind in "fc" or not rounds_integers(name):
            check(name, x)


@pytest.mark.parametrize("name", TWO)
def test_two_operands_of_one_dtype(name):
    for dtype in DTYPES:
        x, y = pairs(dtype, dtype)
        if name in ("power", "pow") and np.dtype(dtype).kind == "i":
            x, y = x[y >= 0], y[y >= 0]
        check(name, x, y)


PARTS = [0.0, -0.0, 1.0, -2.5, np.inf, -np.inf, np.nan]
COMPLEX_SPECIALS = np.array([complex(re, im) for re in PARTS for im in PARTS])


@since("2.1", "inverse functions of complex64 give signs of their own to infinities and nans")
@pytest.mark.parametrize("name", ROWS)
def test_special_complex_numbers(name):
    for dtype in ("c8", "c16"):
        x = COMPLEX_SPECIALS.astype(dtype)
        check(name, *([x] if ROWS[name][0] == 1 else [a.reshape(-1) for a in np.meshgrid(x, x)]))


def test_ldexp_of_any_exponent():
    exponents = [0, 1, -1, 130, -150, 1100, -1100, 2**31 - 1, -(2**31), 2**63 - 1, -(2**63)]
    for dtype in ("f4", "f8"):
        check("ldexp", *(a.reshape(-1) for a in np.meshgrid(np.array(FLOATS, dtype), np.array(exponents, "i8"))))


MIXED = ["add", "divide", "less", "equal", "hypot"]
MIXED_DTYPES = ["?", "i1", "u1", "i4", "i8", "u8", "f4", "f8", "c8"]


@pytest.mark.parametrize("name", MIXED)
def test_two_operands_of_different_dtypes(name):
    for a, b in itertools.permutations(MIXED_DTYPES, 2):
        check(name, *pairs(a, b))


# Python scalars are weak (NEP 50), NumPy's are not.
SCALARS = [2, True, 2.5, 1 - 2j, np.int8(3), np.uint64(3), np.float32(0.5), np.float64(0.5), np.complex64(1j)]


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
@pytest.mark.parametrize("name", ["add", "divide", "less", "power"])
def test_an_array_with_a_scalar(name, scalar):
    for dtype in MIXED_DTYPES:
        small = values(dtype)[:2]
        check(name, small, scalar)
        if not (name == "power" and np.dtype(dtype).kind == "i"):
            check(name, scalar, small)


@pytest.mark.parametrize("name", ROWS)
def test_scalars(name):
    for x in (3, 2.5, True, 0.5 + 2j, np.int8(100), np.uint16(7), np.float32(0.3), np.complex64(1 + 2j)):
        if not (rounds_integers(name) and np.asarray(x).dtype.kind in "iub"):
            check(name, *[x] * ROWS[name][0])
    if ROWS[name][0] == 2:
        for x, y in [(3, 2.5), (np.int8(3), 2), (np.float32(0.5), 2), (np.float32(0.5), np.float64(0.1)), (np.uint8(9), np.int8(2))]:
            check(name, x, y)


M = np.arange(12.0).reshape(3, 4)
SHAPES = [
    (M, M),
    (M, np.arange(4.0)),
    (np.arange(3.0).reshape(3, 1), np.arange(4.0)),
    (np.arange(3.0).reshape(3, 1), np.arange(4.0).reshape(1, 4)),
    (np.arange(2.0).reshape(2, 1, 1), M),
    (M, np.arange(1.0)),
    (M[:0], np.arange(4.0)),
    (np.zeros((0, 1)), np.zeros((1, 5))),
    (M.T, np.asfortranarray(M).T),
    (M[::-1, ::2], M[1:2, 1::2]),
    (np.array(2.0), M),
    (M, np.float64(2.0)),
    (np.array(2.0), np.array(3.0)),
    (np.broadcast_to(np.arange(4.0), (3, 4)).copy(), M),
    (np.arange(1000.0), np.arange(1000.0)[::-1]),
]


@pytest.mark.parametrize("a, b", SHAPES, ids=lambda v: str(np.shape(v)))
def test_broadcasting(a, b):
    for name in ("add", "less", "copysign"):
        check(name, a, b)
        check(name, b, a)


@pytest.mark.parametrize("shapes", [((3,), (4,)), ((3, 4), (3,)), ((2, 3), (2, 4)), ((0,), (2,))], ids=str)
def test_shapes_that_do_not_broadcast(shapes):
    a, b = (np.zeros(shape) for shape in shapes)
    compare(CALLERS["add"], a, b, text="could not be broadcast together")


def test_a_negative_integer_power_of_integers_raises():
    for a, b in [(np.arange(3), np.array([1, -1, 2])), (np.arange(3), -1), (2, np.array([3, -2]))]:
        compare(CALLERS["power"], a, b)


@pytest.mark.parametrize("name", ["add", "multiply", "less", "maximum", "power"])
def test_layouts_of_results(name):
    f = np.asfortranarray(M)
    for args in [(f, f), (f, 2.0), (M, M), (M, f)]:
        expected, actual = CALLERS[name](*args), jitted(CALLERS[name])(*args)
        assert actual.flags.f_contiguous == expected.flags.f_contiguous
        assert actual.flags.c_contiguous == expected.flags.c_contiguous


def test_operators_of_arrays_are_ufuncs():
    operators = {
        "+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y, "/": lambda x, y: x / y,
        "//": lambda x, y: x // y, "%": lambda x, y: x % y, "&": lambda x, y: x & y, "|": lambda x, y: x | y,
        "^": lambda x, y: x ^ y, "<<": lambda x, y: x << y, ">>": lambda x, y: x >> y, "<": lambda x, y: x < y,
        "<=": lambda x, y: x <= y, "==": lambda x, y: x == y, "!=": lambda x, y: x != y, ">": lambda x, y: x > y,
        ">=": lambda x, y: x >= y,
    }  # fmt: skip
    for symbol, fn in operators.items():
        for dtype in ("i4", "u1", "f8"):
            x, y = pairs(dtype, dtype)
            if isinstance(outcome(fn, (x, y)).error, TypeError):
                with pytest.raises(lancehead.errors.TypingError):
                    jitted(fn)(x, y)
            else:
                compare(fn, x, y)
                compare(fn, x, x.dtype.type(2))
    for fn in (lambda x: -x, lambda x: +x, lambda x: abs(x)):
        for dtype in ("i4", "f4", "c16"):
            compare(fn, values(dtype), ulp=COMPLEX_ULP)
    for dtype in ("?", "u1", "i8"):
        compare(lambda x: ~x, values(dtype))


def compared_with_none(a):
    return a is None, a is not None


def test_an_array_is_not_none():
    compare(compared_with_none, M)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_the_truth_of_an_array(n):
    compare(lambda a: 1 if a else 2, np.ones(n) if n else np.array(0.0), text="truth value of an array")
