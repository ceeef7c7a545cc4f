"""a[key] and a[key] = value: integers, slices of any step, None; views; stores that overlap."""

import numpy as np
import pytest
from oracle import Table, compare, jitted

READS = Table()
WRITES = Table()
VIEWS = Table()
OVERLAP = Table()
A = np.arange(10.0)
M = np.arange(20.0).reshape(4, 5)
T = np.arange(24).reshape(2, 3, 4)


@READS((A, 3), (A, -1), (A, np.int8(-10)), (A, np.uint64(9)), (A[::-2], 1), (A, True + 1))
def element(a, i):
    return a[i]


@READS((M, 3, -1), (M.T, 4, 0), (M[::-1, ::2], 0, 2), (np.asfortranarray(M), 1, 2))
def element_of_two(m, i, j):
    return m[i, j], m[i][j]


@READS((T, 1, -1, 2))
def element_of_three(t, i, j, k):
    return t[i, j, k], t[i][j][k], t[i, j][k]


@READS((A,), (M,), (np.array([1 + 2j, 3j]),), (np.array([True, False]),), (np.arange(3, dtype=np.int8),))
def constant_indices(a):
    return a[0], a[-1], a[1]


@READS((M, 1), (M.T, -2), (T, 1))
def row(m, i):
    return m[i]


@READS((M, (1, 2)), (T, (1, 0, 3)), (T, (1, 2)))
def by_a_tuple(m, key):
    return m[key]


@READS((M,), (T,))
def loops_over_shape(m):
    s = 0.0
    for i in range(m.shape[0]):
        for j in range(m.shape[1]):
            s += m[i, j].sum() if m.ndim == 3 else m[i, -j - 1]
    return s


@WRITES((A, 3, 1.5), (A, -1, 2), (np.arange(4), 0, True), (A.astype("f4"), 0, 0.1))
def element_written(a, i, x):
    a[i] = x


@WRITES((np.arange(4),), (np.arange(4, dtype=np.uint8),), (np.arange(4, dtype=np.int32)[::-1],), (np.arange(4.0),))
def literals_of_another_type_written(a):
    a[0] = 2.0
    a[1] = True
    a[2:] = 7.5
    a[1:2] = False
    return a, np.full(2, 2.5, np.int64), np.full_like(a, 3.75)


@WRITES((M, 1, -1, 7), (M.T, 4, 0, 7.5), (M[::-1], 0, 0, 1))
def element_of_two_written(m, i, j, x):
    m[i, j] = x
    m[i][j - 1] = x + 1
    m[i, j] += 0.5


@WRITES((M, 1, 3.0), (M, -1, np.arange(5.0)), (M, 0, np.arange(1)))
def row_written(m, i, x):
    m[i] = x


@WRITES((M, 2.0), (M, np.arange(5.0)), (M, np.arange(4.0).reshape(4, 1)), (M, M[::-1]), (M, np.arange(20).reshape(4, 5)))
def all_written(m, x):
    m[:] = x


@WRITES((M, 1, 4, 5), (M, -3, 9, 0.5), (M, 3, 1, 1))
def slices_written(m, i, j, x):
    m[i:j] = x
    m[:, i:j] = m[:, i:j] * 2.0
    m[::2, ::-1] += 1.0


@WRITES((M,))
def swapped_elements(m):
    m[0, 0], m[1, 1] = m[1, 1], m[0, 0]
    return m


BOUNDS = [None, 0, 1, 4, 9, 10, 25, -1, -4, -10, -25]


def between(a, i, j):
    return a[i:j]


def upto(a, j):
    return a[:j], a[:j:2], a[:j:-1], a[:j:-3]


def from_(a, i):
    return a[i:], a[i::3], a[i::-1], a[i::-2]


def stepping(a, i, j, k):
    return a[i:j:k]


@pytest.mark.parametrize("a", [A, A[::-1], A[:0], A[1:8:3]], ids=["plain", "reversed", "empty", "strided"])
def test_slices(a):
    numbers = [b for b in BOUNDS if b is not None]
    for i in numbers:
        compare(upto, a, i)
        compare(from_, a, i)
        for j in numbers:
            compare(between, a, i, j)


@pytest.mark.parametrize("step", [1, 2, 7, 30, -1, -2, -7, -30, 2**62, -(2**62)])
def test_slices_of_any_step(step):
    for i in (0, 3, 9, 15, -1, -15):
        for j in (0, 5, 10, 15, -2, -15):
            compare(stepping, A, i, j, step)


def none_as_a_bound(a, i, j):
    return a[i:j]


@pytest.mark.parametrize("i, j", [(None, 3), (3, None), (None, None)])
def test_none_as_a_bound(i, j):
    compare(none_as_a_bound, A, i, j)


def test_a_step_of_zero_raises():
    compare(stepping, A, 0, 5, 0)


@VIEWS((M,), (M.T,), (M[::-1, 1:],))
def constant_slices(m):
    return m[1:], m[:-1], m[::2], m[:, 1:3], m[1:-1, ::-1], m[:, 0], m[0, :], m[-1, 1:]


@VIEWS((M,), (T,))
def new_axes(m):
    return m[None], m[:, None], m[1, None], m[np.newaxis, :, 1]


@VIEWS((T, 1))
def integers_and_slices(t, i):
    return t[:, i], t[:, :, i], t[i, :, ::2], t[:, i, 1:], t[i, ::-1, i]


@VIEWS((M, 1))
def views_of_views(m, i):
    return m[1:][i:][::-1], m[:, 1:][i], m.T[1:].T


@VIEWS((M,))
def a_view_is_written(m):
    inner = m[1:-1, 1:-1]
    inner[0, 0] = 99.0
    inner += 1.0
    return m


@VIEWS((A,))
def the_argument_and_a_view(a):
    return a, a[2:]


@VIEWS((A[2:8], A[4:]))
def arguments_that_share_memory(a, b):
    a[3] = 99.0
    return b[1]


@OVERLAP((A,), (np.arange(10),), (np.arange(100, dtype=np.float32),))
def shifted_up(y):
    y[1:] += y[:-1]


@OVERLAP((A,))
def shifted_down(y):
    y[:-1] += y[1:]


@OVERLAP((A,), (M,))
def reversed_onto_itself(y):
    y[:] = y[::-1]


@OVERLAP((A,))
def assigned_shifted(y):
    y[2:] = y[:-2]
    y[:-3] = y[3:]


@OVERLAP((A,))
def expression_of_both_sides(y):
    y[1:-1] = 0.5 * y[:-2] + 0.25 * y[2:]


@OVERLAP((M[:, :4],))
def transposed_onto_itself(m):
    m += m.T


@OVERLAP((M,))
def a_row_into_all_rows(m):
    m[:] = m[1]
    m += m[:, 2:3]


@OVERLAP((A,))
def interleaved(y):
    y[::2] += y[1::2]
    y[1::2] = y[::2]


@OVERLAP((A[1:], A[:-1]), (A, A[::-1]), (A[:5], A[5:]), (A, A))
def arguments_that_overlap(a, b):
    a += b
    a[:] = b * 2.0


@OVERLAP((A, 0, 1, 9), (A, 1, 0, 9), (A, 0, 5, 5), (A, 3, 3, 4))
def shifts_known_at_run_time(y, to, start, n):
    y[to : to + n] += y[start : start + n]


@pytest.mark.parametrize("case", READS + WRITES + VIEWS + OVERLAP)
def test_indexing(case):
    case.check()


@pytest.mark.parametrize("index", ["...", "()", ":", "..., :"])
def test_a_view_is_an_object_of_its_own(index):
    a = np.ones((2, 3))
    view = jitted(eval(f"lambda a: a[{index}]"))(a)
    assert view is not a and view.base is a
    again = jitted(eval(f"lambda a: (a, a[{index}], a[{index}][...])"))(a)
    assert again[0] is a and again[1] is not a and again[2].base is a


def one_or_the_other(a, c):
    return a if c else a[:, ::-1]


def test_a_cast_of_the_layout_is_no_view():
    a = np.ones((2, 3))
    assert jitted(one_or_the_other)(a, True) is a
    assert jitted(one_or_the_other)(a, False).base is a
