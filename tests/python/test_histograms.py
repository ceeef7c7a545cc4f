"""np.bincount, histogram, histogram_bin_edges and histogram2d, against NumPy."""

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy_versions import since
from oracle import compare

RNG = np.random.default_rng(7)
NORMAL = RNG.normal(0, 3, 3000)
WHOLE = RNG.integers(-9, 10, 500)
EDGES = np.array([-9, -2.5, -1, 0, 0, 4, 8])


def counted(x):
    return np.bincount(x), np.bincount(x, minlength=7), np.bincount(x, None, 3)


def weighed(x, w):
    return np.bincount(x, w), np.bincount(x, weights=w, minlength=12)


def test_bincount():
    for dtype in ("b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8"):
        x = np.abs(WHOLE).astype(dtype)
        compare(counted, x)
        compare(counted, x[::-3])
        for weights in ("f8", "f4", "i4", "b1"):
            compare(weighed, x, NORMAL[:500].astype(weights))


def fewer_than_none(x):
    return np.bincount(x, minlength=-1)


def test_bincount_of_what_cannot_be_counted():
    compare(counted, WHOLE)
    compare(weighed, np.abs(WHOLE), NORMAL)
    compare(fewer_than_none, np.abs(WHOLE))
    for x in (WHOLE.reshape(20, -1), NORMAL):
        compare(counted, x, text=False)


def test_bincount_of_nothing():
    compare(counted, WHOLE[:0])


# ---- one dimension


def uniform(a, bins):
    return np.histogram(a, bins), np.histogram(a, bins, density=True), np.histogram_bin_edges(a, bins)


def in_range(a, bins, low, high):
    return np.histogram(a, bins, range=(low, high)), np.histogram_bin_edges(a, bins, (low, high))


def of_weights(a, bins, w):
    return np.histogram(a, bins, weights=w), np.histogram(a, bins, weights=w, density=True)


@pytest.mark.parametrize("bins", [1, 2, 3, 7, 10, 33, 100, 1000])
@pytest.mark.parametrize("dtype", ["b1", "i1", "u1", "i2", "i8", "u8", "f4", "f8"])
@pytest.mark.filterwarnings("ignore:Converting input")
def test_uniform_bins(dtype, bins):
    a = np.abs(WHOLE).astype(dtype) if dtype[0] == "u" else WHOLE.astype(dtype) if dtype[0] in "ib" else NORMAL.astype(dtype)
    compare(uniform, a, bins)
    compare(in_range, a, bins, -2.0, 3.0)
    compare(in_range, a, bins, 0, 5)
    compare(uniform, a[: a.size // 4 * 4].reshape(4, -1).T, bins)


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_values_on_the_edges(dtype):
    """Rounding alone decides on which side they are."""
    for bins in (3, 7, 10, 49):
        compare(uniform, np.linspace(0, 1, bins + 1).astype(dtype), bins)
        compare(uniform, np.nextafter(np.linspace(-1, 0.3, bins + 1), 9).astype(dtype), bins)
        compare(in_range, np.linspace(0, 1, 10 * bins + 1).astype(dtype), bins, 0.1, 0.7)


def test_ranges_of_one_number():
    for a in (np.full(5, 3.0), np.full(5, 3), np.full(5, 3, "f4"), NORMAL[:0], WHOLE[:0]):
        compare(uniform, a, 4)
    compare(in_range, NORMAL, 4, 1.0, 1.0)
    compare(uniform, np.array([-128, 127], "i1"), 5)
    compare(uniform, np.array([-(2**63), 2**63 - 1]), 5)


def test_ranges_that_are_none():
    compare(in_range, NORMAL, 4, 2.0, 1.0)
    compare(in_range, NORMAL, 4, 0.0, np.inf, text=False)
    compare(uniform, np.array([1.0, np.nan]), 3, text=False)
    compare(uniform, np.array([1.0, np.inf]), 3, text=False)
    compare(uniform, NORMAL, 0)


@since("2.1", "bins without width are made")
def test_too_many_bins():
    compare(uniform, np.array([1.0, np.nextafter(1.0, 2.0)]), 10)


def test_nans_outside_the_range():
    compare(in_range, np.where(NORMAL > 2, np.nan, NORMAL), 5, -1.0, 1.0)


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "i4", "u1", "b1", "c16"])
def test_weights(dtype):
    w = RNG.normal(0, 3, NORMAL.size)
    w = (w + 1j * w[::-1]).astype(dtype) if dtype[0] == "c" else np.abs(w).astype(dtype) if dtype[0] == "u" else w.astype(dtype)
    if dtype == "b1":
        w = w.astype("i1")
    compare(of_weights, NORMAL, 9, w)
    compare(of_weights, NORMAL.astype("f4"), 9, w)


def test_weights_are_added_block_by_block():
    a = RNG.random(150_000)
    compare(of_weights, a, 9, RNG.normal(0, 1, a.size))
    compare(of_weights, a, 9, RNG.normal(0, 1, a.size).astype("f4"))


def test_weights_of_another_shape():
    compare(of_weights, NORMAL, 9, NORMAL[1:])


@pytest.mark.parametrize("edges", [EDGES, EDGES.astype("i8"), EDGES.astype("f4"), np.array([-1, 1, 1]), np.array([2.0]), np.array([1, 1, 1, 2])])
def test_edges_that_are_given(edges):
    for a in (NORMAL, WHOLE, NORMAL.astype("f4"), np.where(NORMAL > 2, np.nan, NORMAL), np.abs(WHOLE).astype("u1"), EDGES):
        compare(uniform, a, edges)


def test_weights_between_edges():
    order = RNG.permutation(NORMAL.size)  # all different: so NumPy's order of equal ones, which is open, says nothing
    compare(of_weights, order, EDGES * 100, NORMAL)
    compare(of_weights, NORMAL, EDGES, WHOLE[np.arange(NORMAL.size) % 500])


def test_edges_that_fall():
    compare(uniform, NORMAL, EDGES[::-1])
    compare(uniform, NORMAL, EDGES[:6].reshape(2, 3))


# ---- two dimensions


def plane(x, y, bins):
    return np.histogram2d(x, y, bins), np.histogram2d(x, y, bins, density=True)


def plane_in_range(x, y, bins):
    return np.histogram2d(x, y, bins, ((-1, 2.5), (0, 3)))


def plane_of_weights(x, y, w):
    return np.histogram2d(x, y, 5, weights=w)


def test_plane():
    x, y = NORMAL[:1000], NORMAL[1000:2000]
    for bins in (4, 10, (3, 5), (EDGES, 4), (EDGES, EDGES * 2.0)):
        compare(plane, x, y, bins)
        compare(plane, x, WHOLE[np.arange(1000) % 500], bins)
    compare(plane_in_range, x, y, (6, 7))
    compare(plane_of_weights, x, y, y * 2)
    compare(plane, x, y[1:], 3)


@hypothesis.settings(max_examples=60, deadline=None)
@hypothesis.given(
    hnp.arrays(st.sampled_from(["f8", "f4"]), st.integers(0, 60), elements=st.floats(-1e6, 1e6, width=32)),
    st.integers(1, 40),
)
def test_any_data(a, bins):
    compare(uniform, a + 0.0, bins)  # of zeros of both signs either may be the least
