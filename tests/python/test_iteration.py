"""for over arrays, tuples, enumerate and zip of them; unpacking."""

import numpy as np
import pytest
from oracle import Table, compare

A = np.arange(12.0)
M = np.arange(12.0).reshape(3, 4)
ITERATION = Table()


@ITERATION((A,), (A[::-2],), (A[:0],), (np.arange(5),))
def over_elements(a):
    s = 0.0
    for x in a:
        s += x
    return s


@ITERATION((M,), (M.T,), (M[::-1, ::2],))
def over_rows(m):
    s = 0.0
    for row in m:
        for x in row:
            s = s * 0.5 + x
    return s


@ITERATION((M,))
def rows_are_views(m):
    for row in m:
        row[0] = -1.0
    return m


@ITERATION((A, A[::-1]), (A[:3], A), (A, A[:0]))
def over_zip(a, b):
    s = 0.0
    n = 0
    for x, y in zip(a, b):
        s += x * y
        n += 1
    return s, n


@ITERATION((A[:5], 3), (A[:0], 0))
def over_enumerate(a, start):
    s = 0.0
    for i, x in enumerate(a):
        s += i * x
    for i, x in enumerate(a, start):
        s += i * x
    return s


@ITERATION((A[:4], M[:2]))
def over_enumerate_of_zip(a, m):
    s = 0.0
    for i, (x, row) in enumerate(zip(a, m)):
        s += i + x * row[i]
    return s


@ITERATION(((1, 2, 3),), ((1.5, 2.5),))
def over_a_tuple(t):
    s = 0
    for x in t:
        s += x
    return s


@ITERATION((4,))
def zip_of_ranges(n):
    s = 0
    for i, j in zip(range(n), range(n, 100, 5)):
        s += i * j
    return s


@ITERATION(((1, 2.5, True), (3, (4, 5.0))))
def unpacking(t, u):
    a, b, c = t
    d, (e, f) = u
    return f, e, d, c, b, a


@ITERATION((A[:3],))
def unpacking_an_array(a):
    x, y, z = a
    return z, y, x


@ITERATION((M[:2],))
def unpacking_rows(m):
    first, second = m
    return first + second


@pytest.mark.parametrize("case", ITERATION)
def test_iteration(case):
    case.check()


def mismatched(a):
    x, y = a
    return x + y


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_unpacking_an_array_of_another_length(n):
    compare(mismatched, A[:n])
