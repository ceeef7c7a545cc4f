"""float16: values that are stored in two bytes and computed with in float32, rounded after each operation."""

import numpy as np
import pytest
from oracle import Table, compare, jitted

import lancehead
from lancehead import njit

RNG = np.random.default_rng(3)
EVERY = np.arange(2**16, dtype=np.uint16).view(np.float16)
SOME = np.concatenate([RNG.normal(0, 30, 200), [0.0, -0.0, np.inf, -np.inf, np.nan, 65504, 6e-8, 1e-4]]).astype(np.float16)
OTHER = RNG.permutation(SOME)

STORAGE = Table()


@STORAGE((EVERY,))
def to_other_floats(a):
    return a.astype(np.float32), a.astype("f8"), a.copy()


@STORAGE((SOME,))
def copies(a):
    b = np.empty_like(a)
    for i in range(a.size):
        b[i] = a[i]
    return b, a[::-2], a.reshape(8, -1)[1]


@STORAGE((RNG.normal(0, 1e4, 2000),), (np.linspace(-1e-7, 1e-7, 999),), (np.array([65519.99, 65520, 1e30, -1e30, np.nan, np.inf]),))
@STORAGE((np.linspace(0.9, 2.1, 5000),), (np.linspace(0.9, 2.1, 5000).astype(np.float32),))
def from_floats(a):
    return a.astype("f2")


@STORAGE((np.arange(-70000, 70000, 13),), (np.arange(256, dtype=np.uint8),), (np.array([True, False]),), (np.arange(-2049, 2050, dtype=np.int16),))
def from_integers(a):
    return a.astype(np.float16)


@STORAGE((np.array([1.5, -2.5, 300.0, 0.0], np.float16),))
def to_integers(a):
    return a.astype(np.int32), a.astype("i8"), a.astype(bool)


@STORAGE((3,), (0,))
def makes(n):
    a = np.zeros(n, dtype=np.float16)
    a[:] = 1.1
    return a, np.ones(n, "f2"), np.full(n, 3.3, "half"), np.arange(n, dtype="e")


@STORAGE((SOME,), (np.zeros(0, np.float16),))
def scalars(a):
    total = np.float16(0)
    for x in a:
        if x < 20:
            total = np.float16(total + x)
    return total, np.float16(1.1), np.float16(3)


@pytest.mark.parametrize("case", STORAGE)
def test_storage(case):
    case.check()


ARITHMETIC = Table()


@ARITHMETIC((SOME, OTHER))
def of_elements(a, b):
    out = np.empty((6, a.size), np.float16)
    for i in range(a.size):
        out[0, i] = a[i] + b[i]
        out[1, i] = a[i] - b[i]
        out[2, i] = a[i] * b[i]
        out[3, i] = -a[i]
        out[4, i] = abs(a[i])
        out[5, i] = a[i]
    return out


@ARITHMETIC((SOME, OTHER))
def comparisons(a, b):
    n = 0
    for i in range(a.size):
        n += (a[i] < b[i]) + 2 * (a[i] == b[i]) + 4 * (a[i] >= b[i])
    return n


@ARITHMETIC((SOME, OTHER))
def of_arrays(a, b):
    return a + b, a - b, a * b, a / b, a < b, a == b, -a, np.abs(a), np.maximum(a, b), np.minimum(a, b)


@ARITHMETIC((SOME,))
def with_weak_scalars(a):
    return a + 1, a * 2.5, 1.5 - a, a + True


@ARITHMETIC((SOME, OTHER))
def with_other_types(a, b):
    return a + b.astype("f4"), a + b.astype("f8"), a + np.arange(a.size, dtype=np.int8), a + np.arange(a.size, dtype=np.int32)


@ARITHMETIC((SOME, OTHER))
def in_place(a, b):
    a += b
    a *= 2
    return a


@ARITHMETIC((SOME, OTHER))
def fused(a, b):
    return a * b + a - b * a


@pytest.mark.parametrize("case", ARITHMETIC)
def test_arithmetic(case):
    case.check()


@pytest.mark.parametrize("n", [0, 1, 7, 8, 100, 1000, 20000])
def test_sums_are_numpys(n):
    a = RNG.normal(0, 1, n).astype(np.float16)

    def total(a):
        return a.sum()

    compare(total, a)
    compare(total, np.repeat(a, 2)[::2])


def test_reductions():
    def extremes(a):
        return a.min(), a.max(), np.any(a), np.all(a)

    compare(extremes, SOME[:200])


@pytest.mark.parametrize("value", [1.1, -0.0, 65504.0, np.inf])
def test_arguments_and_results(value):
    x = np.float16(value)
    assert njit(lambda x: x)(x) == float(x)
    assert njit("float16(float16)")(lambda x: x)(value) == float(x)
    assert lancehead.typeof(x) == lancehead.types.float16


CONSTANT = np.float16(2.7)
TABLE = np.array([1.1, 2.2], np.float16)


def test_constants():
    compare(lambda i: TABLE[i] * CONSTANT, 1)
