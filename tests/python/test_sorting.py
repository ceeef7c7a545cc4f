"""np.sort, argsort, partition, argpartition, lexsort and their methods, against NumPy. What NumPy leaves open (the order of equal
elements where it is not asked for a stable sort, what lies on either side of a partition) is compared by what it promises."""

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy_versions import since
from oracle import compare, jitted

DTYPES = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8", "c8", "c16"]
FLOATS = [d for d in DTYPES if d[0] in "fc"]
LENGTHS = [0, 1, 2, 23, 24, 25, 100, 1000, 5000, 10_000, 70_000]


def sorts(a):
    return np.sort(a, kind="stable"), np.sort(a, axis=0, stable=True), np.argsort(a, kind="stable")


def orders(a, axis):
    return np.argsort(a, axis=axis, stable=True)


def sorts_in_place(a):
    a.sort(kind="stable")


def numbers(dtype, length, seed=0, part=1):
    """Random elements, of this part of all that there are: the smaller it is, the more are equal."""
    rng = np.random.default_rng([seed, length])
    if dtype == "b1":
        return rng.random(length) < 0.5
    if dtype[0] in "iu":
        info = np.iinfo(dtype)
        return rng.integers(info.min // part, info.max // part, length, dtype, endpoint=True)
    x = (rng.normal(0, 1e3, length) / part).round(9 if part == 1 else 0)
    return (x if dtype[0] == "f" else x + 1j * rng.integers(-3, 3, length)).astype(dtype)


def with_specials(a, seed=0):
    """With nans, infinities and zeros of both signs, in parts of complex numbers too."""
    rng = np.random.default_rng(seed)
    for part in (a.real, a.imag) if a.dtype.kind == "c" else (a,):
        part[...] = np.where(rng.random(a.shape) < 0.3, rng.choice([np.nan, np.inf, -np.inf, 0.0, -0.0], a.shape), part)
    return a


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_every_dtype_and_length(dtype, length):
    for part in (1, 100, 2**40):
        compare(sorts, numbers(dtype, length, 1, part))


@pytest.mark.parametrize("length", [9, 30, 1000, 20_000])
@pytest.mark.parametrize("dtype", FLOATS)
def test_what_is_no_number_goes_to_the_ends(dtype, length):
    compare(sorts, with_specials(numbers(dtype, length)))
    compare(sorts, np.full(length, np.nan, dtype))
    compare(sorts, np.full(length, np.inf, dtype))


@pytest.mark.parametrize("pattern", [np.arange, lambda n: np.arange(n)[::-1].copy(), lambda n: np.zeros(n, int), lambda n: np.arange(n) % 2, lambda n: np.abs(np.arange(n) - n // 2)])
def test_patterns(pattern):
    for length in (100, 50_000):
        a = pattern(length)
        compare(sorts, a)
        compare(sorts, a.astype("f8"))
        compare(sorts, (a * 2.0**40).astype("i8") + (a % 3))  # keys that are cut short for their places


def quick(a):
    return np.sort(a)


@pytest.mark.parametrize("scale", [5e-324, 1e-308, 1e-300, 1e-17])
@pytest.mark.parametrize("length", [200, 1000, 5000])
def test_floats_close_to_one_that_is_frequent(length, scale):
    # Highway before 1.0.5 steps from one key to the next by 2^-52, whatever their size.
    for seed, level in enumerate([0.0, 0.0, 1.0, -1.0, scale]):
        rng = np.random.default_rng([length, seed])
        near = rng.integers(-9, 9, length) * scale
        for dtype in ("f8", "f4"):
            a = np.where(rng.random(length) < 0.3, level + near * (1 if dtype == "f8" or scale > 1e-300 else 1e270), level).astype(dtype)
            compare(quick, a + a.dtype.type(0))


def test_keys_with_one_far_away():
    """All others share the leading bits of their keys."""
    a = np.random.default_rng(3).random(30_000)
    a[7], a[20_000] = 1e300, -1e300
    compare(sorts, a)
    compare(sorts, np.round(a, 3))


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
@pytest.mark.parametrize("dtype", ["i1", "i8", "f4", "c16"])
def test_axes(dtype, axis):
    a = numbers(dtype, 5 * 40 * 7).reshape(5, 40, 7)
    for view in (a, a.T, a[::-1, ::2, ::-3], a[:, :0], np.asfortranarray(a)):
        compare(orders, view, axis)


def test_methods_sort_views_in_place():
    a = numbers("f8", 600).reshape(20, 30)
    for view in (a, a[::2], a[:, ::-2], a.T, a[3]):
        compare(sorts_in_place, view)


# ---- partial sorts


def partitions(a, kth):
    return np.partition(a, kth), np.argpartition(a, kth)


def is_partition(a, out, kth):
    """At each place is what sorting puts there, and nothing on the wrong side of it."""
    assert out.dtype == a.dtype
    expected = np.sort(a)
    np.testing.assert_array_equal(np.sort(out), expected)
    np.testing.assert_array_equal(out[kth], expected[kth])
    before, behind = np.sort(out[:kth]), np.sort(out[kth:])
    np.testing.assert_array_equal(np.concatenate([before, behind]), expected)


@pytest.mark.parametrize("length", [1, 30, 5000, 100_000])
@pytest.mark.parametrize("dtype", DTYPES)
def test_partition(dtype, length):
    for part in (1, 1000):
        a = numbers(dtype, length, 2, part)
        if dtype in FLOATS and length > 1:
            a = np.where(np.arange(length) % 9 == 3, with_specials(a.copy()), a)
        for kth in {0, length // 2, length // 3, length - 1}:
            out, order = jitted(partitions)(a.copy(), kth)
            is_partition(a, out, kth)
            is_partition(a, a[order], kth)
            assert np.array_equal(np.sort(order), np.arange(length))


@pytest.mark.parametrize("kth", [(0, 1), (49_999, 50_000), (3, 70_000, 99_999), tuple(range(0, 90_000, 9_000))])
def test_partition_at_several_places(kth):
    a = np.random.default_rng(1).random(100_000)
    out, order = jitted(partitions)(a, kth)
    for place in kth:
        is_partition(a, out, place)
        is_partition(a, a[order], place)


def test_partition_of_few_different_numbers():
    for values in (1, 2, 3, 50):
        a = np.random.default_rng(values).integers(0, values, 50_000).astype("f8")
        for kth in (0, 12_345, 49_999):
            is_partition(a, jitted(partitions)(a, kth)[0], kth)


# ---- several keys


def by_keys(a, b, c):
    return np.lexsort((a, b, c)), np.lexsort((c,)), np.lexsort((b, a), axis=0)


def by_rows(keys):
    return np.lexsort(keys), np.lexsort(keys, 0)


def test_lexsort():
    rng = np.random.default_rng(4)
    compare(by_keys, rng.integers(0, 3, 500).astype("i1"), with_specials(rng.random(500).round(1)), rng.integers(0, 2, 500) == 1)
    compare(by_keys, *(rng.integers(0, 3, (4, 5, 6))[::-1, ::2] for _ in range(3)))
    compare(by_rows, rng.integers(0, 3, (3, 40, 5)))
    compare(by_keys, np.arange(3), np.arange(4), np.arange(3), text=False)


# ---- errors


def wrong_axis(a):
    return np.sort(a, axis=2)


def wrong_axis_of_order(a):
    return a.argsort(-3)


def two_kinds(a):
    return np.sort(a, kind="stable", stable=True)


def order_without_fields(a):
    return np.argsort(a, order="x")


def boolean_place(a):
    return np.partition(a, True)


def fractional_place(a):
    return np.partition(a, 1.0)


def place_outside(a):
    return np.argpartition(a, -4, axis=0)


def wrong_selection(a):
    return np.partition(a, 1, kind="quick")


OF_NUMPY_2_3 = since("2.3", "they are other errors")
WRONG = [wrong_axis, wrong_axis_of_order, order_without_fields, fractional_place, place_outside, wrong_selection]
WRONG += [pytest.param(fn, marks=OF_NUMPY_2_3) for fn in (two_kinds, boolean_place)]


@pytest.mark.parametrize("fn", WRONG)
def test_errors(fn):
    compare(fn, np.arange(9.0).reshape(3, 3), text=fn is not wrong_selection)


# ---- any array


ANY = hnp.arrays(st.sampled_from(DTYPES), hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=40))
STEPS = st.sampled_from([1, -1, 2, -3])


@hypothesis.settings(max_examples=60, deadline=None)
@hypothesis.given(ANY, STEPS, STEPS, st.integers(0, 2))
def test_any_array(a, first, last, axis):
    view = a[::first, ..., ::last] if a.ndim > 1 else a[::first]
    axis = min(axis, a.ndim - 1)
    compare(orders, view, axis)
    compare(sorts_in_place, view)
