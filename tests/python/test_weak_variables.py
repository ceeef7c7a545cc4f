"""A variable that is a Python number at first and a NumPy one later is a NumPy one: what is computed with it before that is
known is typed again (contract C7)."""

import numpy as np
import pytest
from oracle import compare

from lancehead import njit, prange

NARROW = np.array([1, 2, 3], np.int8)
WIDE = np.array([5, 6, 7])


def a_sum(a, b):
    x = 0
    for i in range(2):
        r = a + x
        x = b[i]
    return r, r.itemsize


def items_of_a_tuple(x, weak, strong):
    t = (1.0, strong, weak, (strong, 2.0))
    a, b = weak, strong
    swapped = (weak, weak * 2)
    for i in range(3):
        swapped = (swapped[1], swapped[0])
    return x * t[0], x * t[1], x * t[2], x * t[-1][0], x * t[3][1], x * a, x * b, x * swapped[0]


@pytest.mark.parametrize("weak", [2.5, 2], ids=str)
@pytest.mark.parametrize("strong", [np.float64(2.5), 3.5, np.int64(4)], ids=repr)
def test_items_of_a_tuple_stay_what_they_are(weak, strong):
    compare(items_of_a_tuple, np.ones(3, np.float32), weak, strong)
    compare(items_of_a_tuple, np.ones(3, np.int16), int(weak), strong)


def what_depends_on_it(a, b):
    x = 0
    for i in range(3):
        pair = (a + x, 2)
        best = pair if i > 0 else (a * 2 + x, 3)
        x = b[0]
    return best


def inner_loops(a, b):
    x = 0
    for i in range(2):
        q = a + x
        for j in range(3):
            q = q * 1 + q
        x = b[0]
    return q


def one_after_the_other(a, b):
    x = y = z = 0
    for i in range(5):
        r = a + z
        z = y
        y = x
        x = b[1]
    return r


@njit
def twice(a):
    return a + a


def a_callee(a, b):
    x = 0
    for i in range(2):
        r = twice(a + x)
        x = b[i]
    return r


def while_it_is_small(a, b):
    x = 0
    while True:
        r = a * x
        if x > 3:
            return r
        x = b[0]


@pytest.mark.parametrize("b", [WIDE, WIDE.astype(np.int8), WIDE.astype(np.float64)], ids=lambda b: str(b.dtype))
@pytest.mark.parametrize("fn", [a_sum, what_depends_on_it, inner_loops, one_after_the_other, a_callee, while_it_is_small])
def test_the_type_is_that_of_the_last_value(fn, b):
    strong = np.result_type(np.int64, b.dtype)  # of the variable: it holds an int as well
    compare(fn, NARROW, b, expect=fn(NARROW, b.astype(strong)))


@njit
def of_wide_elements(a):
    if a.itemsize == 1:
        return a.no_such_method()
    return a.sum()


def test_errors_of_what_is_not_called_in_the_end_do_not_count():
    def total(a, b):
        x, s = 0, 0
        for i in range(2):
            s += of_wide_elements(a + x)
            x = b[i]
        return s

    compare(total, NARROW, WIDE, expect=6 + 6 + 15)


def test_in_a_prange_loop():
    def total(a, b):
        s = 0
        for k in prange(4):
            x = 0
            for i in range(2):
                r = a + x
                s += r.itemsize + r[0]
                x = b[i]
        return s

    compare(total, NARROW, WIDE, expect=4 * (8 + 1 + 8 + 6), parallel=True)
