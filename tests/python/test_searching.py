"""np.searchsorted and np.digitize, against NumPy."""

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from oracle import compare

DTYPES = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8", "c8", "c16"]
A = np.arange(10.0)


def both_sides(a, v):
    return np.searchsorted(a, v), a.searchsorted(v, side="right")


def through_a_sorter(a, v, sorter):
    return np.searchsorted(a, v, sorter=sorter), a.searchsorted(v, "right", sorter)


def bins_of(x, bins):
    return np.digitize(x, bins), np.digitize(x, bins, right=True)


@pytest.mark.parametrize("number", [0, 1, 2, 15, 16, 17, 300])
@pytest.mark.parametrize("length", [0, 1, 2, 3, 100, 4097])
def test_lengths(length, number):
    rng = np.random.default_rng([length, number])
    compare(both_sides, np.sort(rng.integers(0, 50, length)), rng.integers(-2, 53, number))
    compare(both_sides, np.sort(rng.random(length)), rng.random(number))


@pytest.mark.parametrize("v", DTYPES)
@pytest.mark.parametrize("a", DTYPES)
def test_pairs_of_dtypes(a, v):
    rng = np.random.default_rng(5)
    compare(both_sides, np.sort(rng.integers(0, 2 if a == "b1" else 40, 50).astype(a)), rng.integers(0, 2 if v == "b1" else 40, (3, 7)).astype(v))


@pytest.mark.parametrize("dtype", ["f4", "f8", "c8", "c16"])
def test_nans(dtype):
    a = np.array([1, 2, 2, 5, np.inf, np.nan, np.nan], dtype)
    v = np.array([0, 1, 2, 3, 5, np.inf, -np.inf, np.nan, 0.0, -0.0], dtype)
    compare(both_sides, a, v)
    compare(both_sides, a[:5], v)
    compare(both_sides, a[5:], v)
    if dtype[0] == "c":
        compare(both_sides, np.sort(a[::-1] * 1j + a), v * 1j + v[::-1])


@pytest.mark.parametrize("v", [3, 2.5, -1.0, True, np.float32(4), np.nan])
def test_a_number_has_one_place(v):
    compare(both_sides, A, v)
    compare(both_sides, A.astype("i4"), v)
    compare(bins_of, v, A)


def test_strides():
    a = np.arange(40)[::2]
    compare(both_sides, a, np.arange(60).reshape(5, 12)[::-2, ::3])
    compare(both_sides, np.arange(40)[::-1][::-3][::-1][::-1], np.arange(12).reshape(3, 4).T)
    compare(both_sides, A, np.array(3.0))


def test_sorters():
    rng = np.random.default_rng(2)
    a = rng.random(50)
    compare(through_a_sorter, a, rng.random((3, 9)), np.argsort(a))
    compare(through_a_sorter, a, rng.random(5), np.argsort(a).astype("u1"))
    compare(through_a_sorter, a, 0.5, np.argsort(a))
    compare(through_a_sorter, a, rng.random(9), np.arange(49))
    compare(through_a_sorter, a, rng.random(9), np.full(50, 50))
    compare(through_a_sorter, a, rng.random(9), np.full(50, -1))
    compare(through_a_sorter, a, rng.random(9), np.arange(50.0), text=False)


def middle(a):
    return np.searchsorted(a, 1.0, side="middle")


def test_errors():
    compare(middle, A, text="search side must be 'left' or 'right'")
    compare(both_sides, A.reshape(2, 5), 1.0, text=False)
    compare(bins_of, A, A[[1, 0, 2]])
    compare(bins_of, A * 1j, A)


@pytest.mark.parametrize("dtype", ["i1", "u2", "i8", "f4", "f8"])
def test_digitize(dtype):
    x = np.arange(-2 if dtype[0] != "u" else 0, 12).astype(dtype)
    for bins in (A, A[::-1], np.array([1, 1, 3, 3, 3, 8]), np.array([8, 3, 3, 1]), np.array([4.5]), A[:0], np.array([2, 2])):
        compare(bins_of, x, bins)
        compare(bins_of, x.reshape(2, -1)[:, ::-2], bins)


@hypothesis.settings(max_examples=60, deadline=None)
@hypothesis.given(st.sampled_from(DTYPES).flatmap(lambda d: st.tuples(hnp.arrays(d, st.integers(0, 40)), hnp.arrays(d, st.integers(0, 40)))))
def test_any_arrays(arrays):
    a, v = arrays
    compare(both_sides, np.sort(a), v)
