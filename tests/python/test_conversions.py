"""int, float, bool, complex, round, min, max, divmod, pow; dtype constructors; parts of numbers."""

import math

import numpy as np
import pytest
from oracle import Table, compare, difference, jitted

CONVERSIONS = Table()


@CONVERSIONS((3,), (-3.99,), (2.5,), (True,), (1e18,), (np.float32(7.9),), (np.uint8(200),), (2**63,))
def to_int_float_bool(x):
    return int(x), float(x), bool(x)


@CONVERSIONS((3,), (-2.5,), (1 + 2j,), (False,))
def to_complex(x):
    return complex(x), complex(x, 1), complex(1, x), complex(real=x), x * 1j


@CONVERSIONS(())
def without_arguments():
    return int(), float(), bool(), complex()


@CONVERSIONS((2.5,), (3.5,), (-2.5,), (0.5,), (7,), (1e17,), (True,))
def rounded(x):
    return round(x), round(-x)


@CONVERSIONS((2.675, 2), (1234.5678, -2), (0.5, 0), (1e300, 5), (-0.05, 1), (5.015, 2), (math.inf, 2), (math.nan, 1))
def rounded_to_digits(x, n):
    return round(x, n), round(x, 1)


@CONVERSIONS((3, 5), (5, 3), (2.5, 1.0), (1, 2), (-0.0, 0.0), (math.nan, 1.0), (1.0, math.nan))
def extremes_of_two(x, y):
    return min(x, y), max(x, y)


@CONVERSIONS((3, 5, 4), (1.5, 1.5, 0.5))
def extremes_of_more(x, y, z):
    return min(x, y, z), max(x, y, z), min((x, y, z)), max((x, y))


@CONVERSIONS((17, 5), (-17, 5), (17, -5), (17.5, 5), (-0.5, 3.0))
def quotient_and_remainder(x, y):
    return divmod(x, y)


@CONVERSIONS((3, 4), (2.5, 3), (2.0, -1.5))
def pow_function(x, y):
    return pow(x, y)


@CONVERSIONS((3 - 4j,), (2.5,), (7,), (True,))
def parts(z):
    return z.real, z.imag


@CONVERSIONS((3 - 4j,), (2.5,), (7,))
def conjugate(z):
    return z.conjugate()


@pytest.mark.parametrize("case", CONVERSIONS)
def test_conversions(case):
    case.check()


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf], ids=str)
@pytest.mark.parametrize("fn", [lambda x: int(x), lambda x: round(x)], ids=["int", "round"])
def test_int_of_what_is_no_number_raises(fn, x):
    compare(fn, x)


DTYPES = [np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64, np.float32,
          np.float64, np.complex64, np.complex128]  # fmt: skip


@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
def test_dtype_constructors(dtype):
    made = jitted(lambda x: dtype(x))
    for x in (0, 3, 200, -1, 2.7, True, np.int64(2**40 + 5), np.float32(0.1)):
        if not (dtype is np.bool_ or dtype(0).dtype.kind in "fc") and x < 0 and type(x) is float:
            continue
        expected = np.asarray(x).astype(dtype).item()
        assert difference(expected, made(x)) is None, f"{dtype.__name__}({x!r})"


NARROW = Table()
I8, U8, U64 = np.array([100, -5, 0], np.int8), np.array([200, 3, 0], np.uint8), np.array([2**63, 1], np.uint64)


@NARROW((I8, 1), (I8, 0))
def stores_what_does_not_fit(a, n):
    a[1] = 1
    if n:
        a[0] = 300
    return a[0]


@NARROW((U8,), (U64,))
def stores_a_negative_int(a):
    a[0] = -1


@NARROW((I8,), (U8,))
def stores_limits(a):
    a[0] = 127
    a[1:] = 0
    return a


@NARROW((I8,), (U8,))
def fills_a_slice(a):
    a[1:] = 256


@NARROW((I8,), (U8,))
def fills(a):
    a.fill(-129)


if np.lib.NumpyVersion(np.__version__) >= "2.1.0":  # NumPy 2.0's full() wraps

    @NARROW(())
    def makes():
        return np.full(2, 300, np.int8)


@NARROW(())
def converts():
    return np.uint8(256)


@NARROW((I8,), (U8,))
def adds(a):
    return a + 256


@NARROW((I8,), (U8,))
def adds_in_place(a):
    a -= 1000


@NARROW((I8,))
def catches(a):
    try:
        a[0] = 128
    except OverflowError:
        a[1] = 7
    return a


@NARROW((I8,), (U8,), (U64,))
def compares_with_constants(a):
    return a < 300, a == 300, a > -200, a != -1, -1 <= a, a >= 5, np.less(a, 1000), np.logical_and(a, 256)


@NARROW((I8, 300), (I8, -300), (I8, 5), (U8, -1), (U8, 256), (U8, 3))
def compares_with_variables(a, n):
    return a < n, a == n, n > a, a != n, np.greater_equal(a, n), np.logical_or(a, n)


@pytest.mark.parametrize("case", NARROW)
def test_ints_beside_narrower_ones(case):
    case.check()
