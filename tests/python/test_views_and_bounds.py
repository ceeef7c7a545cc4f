"""Indices out of bounds, in loops too; views keep their memory alive; read-only and unaligned arrays."""

import gc
import weakref

import numpy as np
import pytest
from oracle import compare, jitted

A = np.arange(10.0)
M = np.arange(20.0).reshape(4, 5)


def element(a, i):
    return a[i]


def element_written(a, i, x):
    a[i] = x


# ---- bounds

OUTSIDE = [(A, 10), (A, -11), (A, 2**63 - 1), (A, -(2**63)), (A[:0], 0), (A[:0], -1), (A[::2], 5)]


@pytest.mark.parametrize("a, i", OUTSIDE, ids=lambda v: str(v) if isinstance(v, int) else f"{len(v)} elements")
def test_an_index_out_of_bounds_names_axis_index_and_size(a, i):
    compare(element, a, i)
    compare(element_written, a, i, 1.0)


@pytest.mark.parametrize("i, j", [(4, 0), (0, 5), (-5, 0), (3, -6), (9, 9)])
def test_an_index_out_of_bounds_of_two(i, j):
    compare(lambda m, p, q: m[p, q], M, i, j)
    compare(lambda m, p, q: m[:, q], M, i, j)
    compare(lambda m, p: m[p, 1:], M, i)


def guarded(a, n, k):
    s = 0.0
    for i in range(n):
        s += a[i + k]
        a[i] = s
    return s


@pytest.mark.parametrize("n, k", [(10, 0), (9, 1), (10, 1), (8, 2), (20, 0), (3, -2), (3, -11), (0, 100)])
def test_a_loop_that_leaves_the_array_stops_there(n, k):
    """What was written before the error stays written, as in CPython: the guard has no effect but the choice."""
    compare(guarded, A, n, k)


def guarded_conv(a, k, out):
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            s = 0.0
            for u in range(k.shape[0]):
                for v in range(k.shape[1]):
                    s += a[i + u - 1, j + v - 1] * k[u, v]
            out[i, j] = s


@pytest.mark.parametrize("n, m", [(2, 3), (4, 5), (3, 3)])
def test_affine_indices_wrap_and_raise_as_in_numpy(n, m):
    compare(guarded_conv, M, np.ones((3, 3)), np.zeros((n, m)))


def unchecked(a, n):
    s = 0.0
    for i in range(n):
        s += a[i]
    return s


def test_boundscheck_can_be_turned_off():
    compare(unchecked, A, 10, boundscheck=False)
    compare(element, A, -1, boundscheck=False)


# ---- memory


def tail(a):
    return a[2:]


def fresh_tail(n):
    return np.arange(n)[2:]


def test_a_view_keeps_its_base_alive():
    base = np.arange(1000.0)
    alive = weakref.ref(base)
    view = jitted(tail)(base)
    assert np.shares_memory(view, base)
    del base
    gc.collect()
    assert alive() is not None and view[5] == 7.0
    del view
    gc.collect()
    assert alive() is None


def test_a_view_of_a_fresh_array_keeps_its_memory():
    views = [jitted(fresh_tail)(1000) for _ in range(20)]
    gc.collect()
    assert all((v == np.arange(2, 1000)).all() for v in views)


def test_a_read_only_argument_is_read_only():
    frozen = np.arange(5.0)
    frozen.flags.writeable = False
    compare(tail, frozen)
    assert not jitted(tail)(frozen).flags.writeable
    with pytest.raises(Exception, match="readonly"):
        jitted(element_written)(frozen, 0, 1.0)
    assert frozen[0] == 0.0


def test_an_unaligned_argument_is_read_and_written():
    memory = np.zeros(8 * 5 + 1, np.uint8)
    a = np.ndarray(5, np.float64, memory.data, 1)
    a[:] = np.arange(5.0)
    assert not a.flags.aligned
    assert jitted(element)(a, 3) == 3.0
    jitted(element_written)(a, 1, 9.0)
    assert a[1] == 9.0
    np.testing.assert_array_equal(jitted(tail)(a), [2.0, 3.0, 4.0])
