"""zeros, ones, empty, full and their _like, arange, reshape, copy, astype, fill; shape, ndim, size, dtype, T and their like."""

import numpy as np
import pytest
from oracle import Table, compare, jitted

MAKING = Table()
SHAPING = Table()
READING = Table()

DTYPES = [
    np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64,
    np.float32, np.float64, np.complex64, np.complex128,
]  # fmt: skip
M = np.arange(12.0).reshape(3, 4)
F = np.asfortranarray(M)
LAYOUTS = [M, F, M.T, M[::2, ::-1], M[:, 1], M[:0], M.astype(np.int16), M + 1j]


@MAKING((3,), (0,))
def by_a_length(n):
    return np.zeros(n), np.ones(n), np.full(n, 7), np.full(n, 2.5), np.arange(n)


@MAKING((2, 3), (0, 3))
def by_a_shape(n, m):
    return np.zeros((n, m)), np.ones((n, m)), np.full((n, m), 1j), np.zeros((n, m, 1)), np.zeros((n,))


@MAKING((2,))
def by_keywords(n):
    return np.zeros(shape=n, dtype=np.int8), np.full(fill_value=3, shape=(n, n)), np.ones(dtype=np.float32, shape=n)


@MAKING((2,))
def python_classes_as_dtypes(n):
    return np.zeros(n, int), np.ones(n, float), np.zeros(n, bool), np.full(n, 2, complex), np.ones(n, dtype=np.int_)


@MAKING(())
def zero_dimensions():
    return np.zeros(()), np.full((), 3)


@MAKING((3,))
def empty_has_shape_and_dtype(n):
    a = np.empty((n, 2), np.int32)
    for i in range(n):
        a[i, 0] = i
        a[i, 1] = -i
    return a


@MAKING((np.int8(3),), (np.uint64(2),))
def a_shape_of_any_integer_type(n):
    return np.zeros(n), np.zeros((n, n)).shape


@MAKING((M,))
def a_shape_of_another_array(a):
    return np.zeros(a.shape), np.ones((a.shape[1], a.shape[0]), a.dtype)


@MAKING((5,), (0,), (-2,))
def arange_of_one(n):
    return np.arange(n), np.arange(n * 1.0), np.arange(n, dtype=np.float32)


@MAKING((2, 9, 3), (9, 2, -3), (2, 9, -1), (5, 5, 1), (-4, 4, 5))
def arange_of_integers(start, stop, step):
    return np.arange(start, stop), np.arange(start, stop, step)


@MAKING((0.0, 1.0, 0.1), (1.0, 0.0, -0.3), (0.0, 1.0, 0.25), (0, 1, 0.3), (1.5, 7, 2), (0.0, 1.0, -1.0))
def arange_of_floats(start, stop, step):
    return np.arange(start, stop, step)


@MAKING((5,))
def arange_of_keywords(n):
    return np.arange(n, dtype=np.int16), np.arange(1, n, dtype=np.float64), np.arange(0, n, 2, dtype=np.uint8)


@SHAPING((M, 2, 6), (M, 4, 3), (M, 12, 1), (M, -1, 6), (M, 2, -1), (M[:2], 4, 2))
def reshaped(a, n, m):
    return a.reshape(n, m), a.reshape((n, m)), np.reshape(a, (n, m)), a.reshape((n, 1, m))


@SHAPING((M,))
def reshaped_flat(a):
    return a.reshape(-1), a.reshape(a.size), a.reshape((3, 2, 2))


@SHAPING((np.zeros((0, 3)),))
def reshaped_empty(a):
    return a.reshape(0), a.reshape((3, 0)), a.reshape((2, 0, 5))


@SHAPING((M,))
def a_reshaped_view_is_written(a):
    a.reshape(-1)[5] = 99.0
    a.reshape((4, 3))[0, 0] = -1.0
    return a


@SHAPING((M, 5), (M, -7), (M, 0))
def reshaped_wrongly(a, n):
    return a.reshape((n, 2))


@SHAPING(*[(a,) for a in LAYOUTS])
def transposed(a):
    return a.T


@SHAPING((M,))
def a_transposed_view_is_written(a):
    a.T[3, 0] = 99.0
    return a


@SHAPING(*[(a,) for a in LAYOUTS])
def copied_array(a):
    return a.copy(), np.copy(a)


@SHAPING((M, 2.5), (M.astype(np.int8), 3), (M > 3, True), (M[:, ::2], -1.0), (M + 1j, 2))
def filled(a, x):
    a.fill(x)
    return a


@READING(*[(a,) for a in LAYOUTS])
def attributes(a):
    return a.shape, a.ndim, a.size, a.itemsize, a.nbytes, a.strides, len(a)


@READING(*[(a,) for a in LAYOUTS])
def functions_of_attributes(a):
    return np.shape(a), np.ndim(a), np.size(a), a.dtype.itemsize


@READING((M,), (np.arange(3, dtype=np.uint8),))
def the_dtype_makes_arrays_and_scalars(a):
    return np.zeros(2, a.dtype), np.zeros(2, dtype=a.dtype), np.ones_like(a, dtype=a.dtype)


@READING((M + 2j,), ((M - 1j)[::-1],), ((M + 1j).astype(np.complex64),))
def real_and_imag_are_views(a):
    a.real[0, 0] = 50.0
    a.imag[1, 1] = 60.0
    return a, a.real + 1.0, a.imag[0]


@pytest.mark.parametrize("case", MAKING + READING)
def test_making(case):
    case.check()


@pytest.mark.parametrize("case", SHAPING)
def test_shaping(case):
    case.check(text=False)


# ---- every dtype


def made_of(n, dtype):
    return np.zeros(n, dtype), np.ones((n, 2), dtype), np.full(n, 3, dtype)


def like(a):
    return np.zeros_like(a), np.ones_like(a), np.full_like(a, 2), np.empty_like(a).shape


def like_of(a, dtype):
    return np.zeros_like(a, dtype), np.ones_like(a, dtype=dtype), np.full_like(a, 2, dtype)


def as_type(a, dtype):
    return a.astype(dtype)


@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
def test_making_of_every_dtype(dtype):
    compare(made_of, 3, dtype)
    compare(made_of, 3, np.dtype(dtype))
    compare(like, np.ones((2, 3), dtype))
    compare(like_of, M, dtype)


@pytest.mark.parametrize("source", DTYPES, ids=lambda d: d.__name__)
def test_astype(source):
    values = np.array([0, 1, 2, 100]).astype(source)
    for target in DTYPES:
        if np.can_cast(source, target, "same_kind") or np.dtype(target).kind in "iufb" and np.dtype(source).kind in "iufb":
            compare(as_type, values, target)


@pytest.mark.parametrize("target", [np.int8, np.uint16, np.int32, np.uint64], ids=lambda d: d.__name__)
def test_integers_are_cut_to_their_width(target):
    compare(as_type, np.array([-1, 127, 128, 255, 256, -129, 2**40 + 3, -(2**63)]), target)


def test_layouts_of_the_results():
    """`_like`, copy and astype keep the order of a contiguous array, as order='K' does."""
    for made in jitted(like)(F)[:3]:
        assert made.flags.f_contiguous and not made.flags.c_contiguous
    assert jitted(as_type)(F, np.float32).flags.f_contiguous
    assert jitted(like)(M)[0].flags.c_contiguous


BAD = {
    "negative length": (lambda n: np.zeros(n), (-1,)),
    "negative extent": (lambda n: np.zeros((2, n)), (-3,)),
    "step of zero": (lambda n: np.arange(1, 5, n), (0,)),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_sizes_raise(name):
    fn, args = BAD[name]
    compare(fn, *args, text=False)


def too_large(n):
    return np.zeros((n, n, n))


@pytest.mark.parametrize("n", [2**20, 2**32])
def test_sizes_that_no_memory_holds_raise(n):
    with pytest.raises((MemoryError, ValueError)):
        jitted(too_large)(n)


def returned(a):
    return a


def test_a_fresh_array_belongs_to_its_caller():
    a = jitted(lambda n: np.arange(n))(4)
    assert a.flags.writeable and a.flags.aligned
    a[0] = 5
    assert a.base is not None or a.flags.owndata
    assert jitted(returned)(a) is a
