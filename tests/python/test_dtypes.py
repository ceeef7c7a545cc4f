"""Dtypes as arguments, as values, and what they say; zero-size, zero-dimensional, read-only and unaligned arrays."""

import itertools

import numpy as np
import pytest
from oracle import Table, compare, jitted

import lancehead

SCALARS = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128".split()
NAMES = ["f8", "<f8", "=f4", "|b1", "int32", "float64", "d", "?", "int", "float", "bool", "complex", "u2", "half", "intp", "uint8", "e"]
TIMES = ["M8[ns]", "datetime64[D]", "m8[25s]", "timedelta64[Y]", "M8"]

MAKING = Table()


@MAKING((3,), (0,))
def zeros_of_python_classes(n):
    return np.zeros(n, dtype=float), np.zeros(n, dtype=int), np.zeros(n, bool), np.zeros(n, dtype=complex)


@MAKING((3,))
def by_name(n):
    return np.ones(n, "f4"), np.full(n, 7, dtype="<i2"), np.arange(n, dtype="u1"), np.linspace(0, 1, n, dtype="float32")


@MAKING((3,))
def by_dtype_object(n):
    dtype = np.dtype("int16")
    return np.zeros(n, dtype), np.eye(n, dtype=np.dtype(np.float32)), np.zeros((n, n), np.dtype(float))


@MAKING((np.arange(4.0),), (np.arange(6, dtype=np.int8).reshape(2, 3),))
def like_and_astype(a):
    return np.zeros_like(a, dtype="f4"), np.empty_like(a, dtype=bool).shape, a.astype(float), a.astype("complex64"), a.astype(np.dtype("i4"))


@MAKING((np.arange(3.0),))
def of_another_array(a):
    return np.zeros(2, a.dtype), np.ones(2, dtype=a.dtype.type), np.zeros(2, dtype=a.dtype.name)


F4 = np.dtype("f4")
I2 = np.int16


@MAKING((3,))
def by_global(n):
    return np.zeros(n, F4), np.zeros(n, dtype=I2)


@pytest.mark.parametrize("case", MAKING)
def test_making_arrays(case):
    case.check()


def zeros_of(n, dtype):
    return np.zeros(n, dtype)


@pytest.mark.parametrize("dtype", [np.dtype(name) for name in SCALARS] + [np.float32, np.int8, float, int, np.dtype("M8[D]")], ids=str)
def test_a_dtype_is_an_argument(dtype):
    compare(zeros_of, 3, dtype)


@pytest.mark.parametrize("name", NAMES + TIMES + SCALARS)
def test_names_of_dtypes(name):
    scope = {"np": np}
    exec(f"def f(n):\n    return np.zeros(n, dtype={name!r})\n", scope)
    compare(scope["f"], 2)


def attributes(a):
    d = a.dtype
    return d.name, d.kind, d.char, d.str, d.itemsize, d.alignment, d.byteorder, d.isnative, d.hasobject, d.ndim


@pytest.mark.parametrize("name", SCALARS + TIMES + ["i4,f8"])
def test_attributes(name):
    compare(attributes, np.zeros(2, name))


COMPARISONS = Table()


@COMPARISONS((np.zeros(2),), (np.zeros(2, np.int32),), (np.zeros(2, np.float32),))
def compares(a):
    d = a.dtype
    return d == np.float64, d == "f8", d == float, d != np.dtype("int32"), d == a.astype(d).dtype, np.dtype(float) == d


@COMPARISONS((np.zeros(2),), (np.zeros(2, np.int32),), (np.zeros(2, np.complex64),))
def chooses_by_kind(a):
    if a.dtype.kind == "f":
        return a + 0.5
    if a.dtype == np.int32:
        return a + 1
    return a.real


@pytest.mark.parametrize("case", COMPARISONS)
def test_comparisons(case):
    case.check()


def returned(a):
    return a.dtype, np.dtype("f4"), np.result_type(a, np.float32)


@pytest.mark.parametrize("name", SCALARS)
def test_a_dtype_is_a_result(name):
    a = np.zeros(2, name)
    assert jitted(returned)(a) == returned(a)


INTEGERS = [name for name in SCALARS if "int" in name]
INEXACT = [name for name in SCALARS if "float" in name or "complex" in name]
FINFO = "bits eps epsneg max min tiny smallest_normal smallest_subnormal resolution precision nmant nexp iexp machep negep maxexp minexp"


@pytest.mark.parametrize("name", INTEGERS)
def test_iinfo(name):
    def limits(a):
        info = np.iinfo(a.dtype)
        return info.min, info.max, info.bits

    compare(limits, np.zeros(1, name))


@pytest.mark.parametrize("name", INEXACT)
def test_finfo(name):
    scope = {"np": np}
    parts = ", ".join(f"info.{part}" for part in FINFO.split())
    exec(f"def f(a):\n    info = np.finfo(a.dtype)\n    return {parts}, info.dtype\n", scope)
    a = np.zeros(1, name)
    expected, actual = scope["f"](a), jitted(scope["f"])(a)
    assert [float(x) for x in expected[:-1]] == [float(x) for x in actual[:-1]]
    assert expected[-1] == actual[-1]


def test_promotion_of_every_pair():
    def promoted(a, b):
        return np.promote_types(a, b), np.result_type(a, b)

    for one, other in itertools.product(SCALARS, repeat=2):
        a, b = np.dtype(one), np.dtype(other)
        assert jitted(promoted)(a, b) == promoted(a, b), (one, other)


@pytest.mark.parametrize("casting", ["no", "safe", "same_kind", "unsafe"])
def test_can_cast_of_every_pair(casting):
    scope = {"np": np}
    exec(f"def f(a, b):\n    return np.can_cast(a, b, casting={casting!r})\n", scope)
    for one, other in itertools.product(SCALARS, repeat=2):
        a, b = np.dtype(one), np.dtype(other)
        assert jitted(scope["f"])(a, b) == np.can_cast(a, b, casting=casting), (one, other)


def test_a_name_that_is_none():
    with pytest.raises(lancehead.errors.TypingError, match="no implementation of numpy.zeros"):
        jitted(lambda: np.zeros(3, dtype="no_such"))()


def test_a_name_that_is_not_constant():
    with pytest.raises(lancehead.errors.TypingError, match="no implementation of numpy.zeros"):
        jitted(zeros_of)(3, "f8")


# ---- arrays of every shape and state

EVERY = ["?", "i1", "u2", "i4", "i8", "f2", "f4", "f8", "c8", "c16", "M8[D]", "m8[s]", "i4,f8"]


def sample(dtype, shape):
    n = int(np.prod(shape))
    if dtype == "i4,f8":
        out = np.zeros(shape, dtype)
        out["f0"], out["f1"] = np.arange(n).reshape(shape), 0.5
        return out
    return np.arange(n).astype(dtype).reshape(shape)


def at_odd_address(a):
    memory = np.zeros(a.nbytes + 1, np.uint8)
    out = memory[1:].view(a.dtype).reshape(a.shape)
    out[...] = a
    return out


def reads(a):
    return a[...], a.copy(), np.zeros_like(a), a.shape, a.size, a.ndim, a.T


def of_one_axis(a):
    n = 0
    for x in a:
        n += 1
    return a[:2], a[::-1], n


def writes(a):
    a[1:] = a[:-1].copy()
    a[0] = a[2]
    return a


@pytest.mark.parametrize("dtype", EVERY)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (0, 2), (2, 0), (2, 3), (1, 1, 1)], ids=str)
def test_shapes(dtype, shape):
    a = sample(dtype, shape)
    compare(reads, a)
    if shape:
        compare(of_one_axis, a)


@pytest.mark.parametrize("dtype", EVERY)
def test_unaligned(dtype):
    a = at_odd_address(sample(dtype, (4,)))
    actual = jitted(reads)(a)
    for one, other in zip(reads(a), actual):
        assert np.array_equal(one, other)
    expected = writes(a.copy())
    assert np.array_equal(jitted(writes)(a), expected) and np.array_equal(a, expected)


def total(a):
    return a.sum(), a.min(), (a + a)[1], (a * 2).sum()


@pytest.mark.parametrize("dtype", ["i2", "i8", "f2", "f4", "f8"])
def test_arithmetic_of_unaligned_arrays(dtype):
    a = at_odd_address(sample(dtype, (100,)))
    assert jitted(total)(a) == tuple(x.item() for x in total(a))


def element_of_none(a):
    return a[()], a + a


@pytest.mark.parametrize("dtype", ["i4", "f2", "f8", "c16", "m8[s]"])
def test_zero_dimensional(dtype):
    a = sample(dtype, ()) + np.ones((), dtype)
    compare(element_of_none, np.asarray(a))


def stores_into_none(a, v):
    a[()] = v
    a[...] = a
    return a


@pytest.mark.parametrize("dtype", ["i4", "f2", "f8", "M8[D]"])
def test_stores_into_zero_dimensional(dtype):
    compare(stores_into_none, sample(dtype, ()), 3)


@pytest.mark.parametrize("dtype", EVERY)
def test_read_only(dtype):
    a = sample(dtype, (4,))
    a.flags.writeable = False
    compare(reads, a)
    with pytest.raises(lancehead.errors.TypingError, match="read-only"):
        jitted(writes)(a)
