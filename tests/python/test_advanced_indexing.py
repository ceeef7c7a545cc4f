"""a[key] and a[key] = value by index arrays, masks, ... and None, against NumPy."""

import numpy as np
import pytest
from oracle import Table, compare

READS = Table()
WRITES = Table()
A = np.arange(10.0)
M = np.arange(12).reshape(3, 4)
T = np.arange(24.0).reshape(2, 3, 4)
I = np.array([1, -1, 0])
J = np.array([[0], [1]])
ROWS = np.array([True, False, True])


@READS(
    (A, A > 4), (A, I), (A, J), (M, I), (M, J), (M, M > 3), (M, ROWS), (M.T, M.T > 3), (M.T, I), (T, T[:, :, 0] > 3),
    (np.asfortranarray(T), T > 5), (T[::-1, ::2, ::-1], T[:, ::2] > 7), (A[:0], A[:0] > 3), (A, np.array([], dtype=int)),
    (A, np.array([1, 2], np.uint8)), (A[::2], I), (M, np.array(1)), (A, np.array([3, 10])), (A, np.array([-11])),
    (A, np.array([200], np.uint8)), (M, np.array([True, False])), (T, T[0] > 3), (A.astype("f4"), I), (A > 3, I), (A * 1j, I),
    (np.zeros((3, 0)), I), (np.zeros((0, 3)), np.array([], dtype=int)), (M[:, :0], M[:, :0] > 1), (A, np.array([0, 9, 3, 3])[::-2]),
)  # fmt: skip
def by_one(a, key):
    return a[key]


@READS((M, I, I), (M, J, I), (M, ROWS, I[:2]), (M, 1, I), (M, I, -1), (T, J, I), (T, T[:, :, 0] > 3, 1), (M, np.array([3]), I), (M, I, np.array([0, 4])))
def by_two(a, i, j):
    return a[i, j]


@READS((T, I, I), (T, 1, I), (T, I, 0), (T, J, I), (T, ROWS, np.array([1, 2])))
def behind_a_slice(a, i, j):
    return a[:, i, j], a[..., i, j], a[::-1, i, j]


@READS((T, J, I), (T, 0, I), (T, J, 1), (T, np.array([1, 0, 1]), I))
def around_a_slice(a, i, j):
    return a[i, :, j], a[i, None, :, j], a[i, 1:, j]


@READS((T, I), (T, J), (T, ROWS))
def with_an_ellipsis(a, i):
    return a[:, i], a[..., :, i, :], a[:, i, ...], a[None, :, i], a[:, None, i], a[:, i, None]


@READS((T,), (T.T,), (T[:0],))
def dots(a):
    return a[...], a[..., 1], a[1:, ...], a[..., None], a[:, ..., 1:], a[None, ..., 0], a[..., 0, :]


@READS((A,), (T,))
def an_array_without_axes(a):
    b = a[(0,) * a.ndim + (...,)] if a.ndim == 3 else a[0, ...]
    return b, b.ndim, b.shape, b[()]


@WRITES(
    (A, A > 4, 1.5), (A, A > 4, np.arange(5.0)), (A, A > 4, np.arange(4.0)), (A, A > 4, np.array([2.5])), (A, I, np.arange(3)),
    (M, I, np.arange(4)), (M, I, 7), (M, M > 3, 0), (M, ROWS, np.arange(4)), (M, ROWS, np.arange(8).reshape(2, 4)),
    (T, T > 6, 1), (T.T, T.T > 6, np.arange(17.0)), (A, np.array([1, 20]), 3.0), (A, A > 40, 1.5), (A, A > 40, A[:0]),
    (M, M > 3, M), (M, np.array([0, 0]), np.arange(8).reshape(2, 4)), (M, J, np.arange(4)),
    (A, I, np.array(2.5)), (A, A > 4, np.array(2.5)), (A, I, np.arange(2.0)), (A, np.array([True, False]), 1.0),
)  # fmt: skip
def stored(a, key, value):
    a[key] = value


@WRITES((T, J, I, np.arange(3.0)), (T, np.array([1, 0, 1]), I, T[0, :, 0]), (T, J, I, 0), (T, 1, I, np.arange(9.0).reshape(3, 3)))
def stored_around_a_slice(a, i, j, value):
    a[i, :, j] = value


@WRITES((A, np.array([1, 1, 2]), 2.0), (A, A > 3, 2.0), (M, ROWS, 3), (M, I, np.arange(4)))
def changed(a, key, value):
    a[key] += value


@WRITES((A, np.array([9, 8, 7])), (A, np.arange(10)))
def from_itself(a, key):
    a[key] = a[: key.size][::-1]


@READS((A,), (M > 3,), (T,), (T.T,), (M[:0],), (M[:, ::2],))
def where_it_is_true(a):
    return np.nonzero(a), a.nonzero(), np.argwhere(a), np.count_nonzero(a)


def adds_up(row, i, m):
    total = 0.0
    for k in range(i.size):
        total += row[i][k]
    return total + max(*i.shape, 2) + m[(*i[:2],)].sum() if i.size == 0 else total


@pytest.mark.parametrize("case", READS + WRITES)
def test_it_is_numpys(case):
    # NumPy's messages list whole shapes; ours say that broadcasting fails.
    for args in case.calls:
        compare(case.fn, *args, text=False)


@pytest.mark.parametrize("key, words", [(np.array([3, 10]), "index 10 is out of bounds for axis 0 with size 10"), (np.array([True]), "boolean index did not match")])
def test_messages_name_axis_index_and_size(key, words):
    def read(a, key):
        return a[key]

    compare(read, A, key, text=words)


def test_nothing_is_written_if_an_index_is_out_of_bounds():
    def write(a, key):
        a[key] = 0.0

    compare(write, A, np.array([1, 2, 10]))
