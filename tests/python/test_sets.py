"""np.unique and the functions of arrays as sets, against NumPy."""

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from oracle import compare

DTYPES = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8", "c8", "c16"]
NANS = np.array([3, np.nan, 1, np.nan, 3, 0.5, -np.inf, np.nan])
MIXED_NANS = np.array([1j, complex(np.nan, 1), complex(1, np.nan), 1j, complex(np.nan, np.nan), 0])


def values(a):
    return np.unique(a)


def all_of_unique(a):
    return np.unique(a, return_index=True, return_inverse=True, return_counts=True)


def index_and_counts(a):
    return np.unique(a, True, return_counts=True), np.unique(a, return_inverse=True), np.unique(a, return_counts=True)


def nans_apart(a):
    return np.unique(a, equal_nan=False), np.unique(a, True, True, True, equal_nan=False)


def sample(dtype, *shape):
    rng = np.random.default_rng([*shape, *dtype.encode()])
    if dtype == "b1":
        return rng.random(shape) < 0.5
    x = rng.integers(0, 12, shape)
    return (x * 0.5 + 1j * (x % 3) if dtype[0] == "c" else x * 0.5 if dtype[0] == "f" else x).astype(dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_unique(dtype):
    for shape in ((0,), (1,), (30,), (2000,), (5, 9), (2, 0), (2, 3, 4)):
        a = sample(dtype, *shape)
        for fn in (values, all_of_unique, index_and_counts):
            compare(fn, a)
    compare(all_of_unique, sample(dtype, 9, 8)[::-2, ::3])
    compare(all_of_unique, sample(dtype, 9, 8).T)


@pytest.mark.parametrize("a", [NANS, NANS.astype("f4"), MIXED_NANS, NANS[:1], NANS[1:2], np.full(50, np.nan)])
def test_nans_are_one_or_many(a):
    # Of complex nans the least stands for all; NumPy 2.3 takes any where nothing else is asked for.
    for fn in (values, all_of_unique, nans_apart) if a.dtype.kind == "f" else (all_of_unique,):
        compare(fn, a)


def wrong_axis(a):
    return np.unique(a, axis=1)


def only_axis(a):
    return np.unique(a, axis=-1)


def test_axis_of_a_vector():
    compare(wrong_axis, np.arange(3))
    compare(only_axis, np.array([3, 1, 3]))


def rows(a):
    return np.unique(a, axis=0), np.unique(a, axis=-1), np.unique(a, axis=1, return_counts=True)


def all_of_rows(a):
    return np.unique(a, return_index=True, return_inverse=True, return_counts=True, axis=0)


@pytest.mark.parametrize("dtype", ["b1", "i1", "u8", "f4", "f8", "c16"])
def test_rows(dtype):
    for shape in ((9, 2), (40, 1), (3, 4, 2), (0, 3), (1, 5)):
        a = sample(dtype, *shape)
        a = a.real.astype(dtype) if dtype == "b1" else (a - a % 4).astype(dtype) if dtype[0] != "c" else a
        compare(rows, a)
        if np.lib.NumpyVersion(np.__version__) >= "2.1.0":  # the inverse had as many axes as the array
            compare(all_of_rows, a[::-1])
    if dtype == "f8":
        compare(rows, np.array([[1, np.nan], [1, np.nan], [np.nan, 2], [1, 0]]))


# ---- sets


def sets(a, b):
    return np.union1d(a, b), np.intersect1d(a, b), np.setdiff1d(a, b), np.setxor1d(a, b), np.isin(a, b), np.isin(a, b, invert=True)


def common_places(a, b):
    return np.intersect1d(a, b, return_indices=True)


def sets_of_unique(a, b):
    return (
        np.intersect1d(a, b, assume_unique=True, return_indices=True),
        np.setdiff1d(a, b, assume_unique=True),
        np.setxor1d(a, b, assume_unique=True),
        np.isin(a, b, assume_unique=True, kind="sort"),
    )


@pytest.mark.parametrize("a", DTYPES)
@pytest.mark.parametrize("b", ["b1", "u1", "i8", "f4", "c16"])
def test_sets_of_any_dtypes(a, b):
    compare(sets, sample(a, 6, 7), sample(b, 5))
    compare(common_places, sample(a, 20), sample(b, 3, 3))


def test_empty_sets():
    for a, b in ((0, 0), (0, 5), (5, 0)):
        compare(sets, sample("i4", a), sample("i4", b))
        compare(common_places, sample("f8", a), sample("f8", b))


def test_sets_with_nans():
    compare(sets, NANS, NANS[:4])
    compare(common_places, NANS, NANS[:4])


def test_sets_of_what_is_unique():
    compare(sets_of_unique, np.random.default_rng(1).permutation(50), np.random.default_rng(2).permutation(80)[:30])


def table(a, b):
    return np.isin(a, b, kind="table")


def no_kind(a, b):
    return np.isin(a, b, kind="hash")


def test_kinds_of_isin():
    compare(table, sample("i4", 5, 5), sample("u1", 4))
    compare(table, sample("f4", 5), sample("u1", 4))
    compare(no_kind, sample("i4", 5), sample("i4", 4), text=False)


@pytest.mark.skipif(not hasattr(np, "in1d"), reason="NumPy 2.4 has it no more")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_in1d():
    def in1d(a, b):
        return np.in1d(a, b), np.in1d(a, b, invert=True)

    compare(in1d, sample("i4", 5, 5), sample("u1", 4))


@hypothesis.settings(max_examples=50, deadline=None)
@hypothesis.given(st.sampled_from(DTYPES).flatmap(lambda d: st.tuples(*[hnp.arrays(d, st.integers(0, 30))] * 2)))
def test_any_arrays(arrays):
    # Which of equal zeros and of complex nans is kept is open.
    a, b = (np.where(np.isnan(x), x.dtype.type(np.nan), x) + x.dtype.type(0) if x.dtype.kind in "fc" else x for x in arrays)
    compare(all_of_unique, a)
    compare(sets, a, b)
