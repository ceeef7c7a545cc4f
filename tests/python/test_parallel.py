"""prange: reductions of scalars and of whole arrays, private variables, the same bits at any number of threads."""

import numpy as np
import pytest
from oracle import Table, difference, jitted

import lancehead
from lancehead import njit, prange

EXACT = Table()
REDUCED = Table()
A = np.linspace(0.5, 2.0, 1000)
M = np.arange(600.0).reshape(20, 30)


@EXACT((0,), (1,), (2,), (1000,), (100_003,))
def sum_of_integers(n):
    s = 0
    for i in prange(n):
        s += i
    return s


@EXACT((60,), (0,))
def scalar_reductions_of_integers(n):
    s, p, d = 5, 1, 1000
    low, high = 10**6, -(10**6)
    bits, both, odd = 0, -1, 0
    for i in prange(n):
        s += i * i
        d -= i
        p *= (i % 3) + 1
        low = min(low, (i * 37) % 101)
        high = max((i * 37) % 101, high)
        bits |= i
        both &= ~(i % 4)
        odd ^= i
    return s, p, d, low, high, bits, both, odd


@EXACT((A,), (A[:0],), (A[::-3],))
def extremes_of_floats(a):
    low, high = np.inf, -np.inf
    for i in prange(a.shape[0]):
        low = min(low, a[i])
        high = max(high, a[i])
    return low, high


@EXACT((A, 2.0), (A[::7], 0.5))
def elements_are_written(a, x):
    out = np.empty_like(a)
    for i in prange(a.shape[0]):
        y = a[i] * x
        if y > 2.0:
            y = -y
        out[i] = y
    return out


@EXACT((M,))
def rows_are_written(m):
    out = np.zeros(m.shape[0])
    for i in prange(m.shape[0]):
        s = 0.0
        for j in range(m.shape[1]):
            s += m[i, j]
        out[i] = s
        m[i] *= 2.0
    return out, m


@EXACT((20, 12))
def private_variables(n, m):
    out = np.zeros((n, m))
    for i in prange(n):
        k = 0
        row = np.zeros(m)
        while k < m:
            row[k] = i * k
            k += 1
        out[i] = row + row
    return out


@EXACT((17, 9))
def nested_prange(n, m):
    out = np.zeros((n, m))
    for i in prange(n):
        for j in prange(m):
            out[i, j] = i * 10 + j
    return out


@EXACT((3, 40, 3), (40, 3, -3), (5, 5, 1), (-10, 10, 7))
def start_stop_step(start, stop, step):
    total, count = 0, 0
    for i in prange(start, stop, step):
        total += i
        count += 1
    return total, count


@EXACT((50,))
def a_reduction_in_branches(n):
    s = 0
    for i in prange(n):
        if i % 3 == 0:
            s += i
        elif i % 3 == 1:
            s += 2 * i
    return s


@EXACT((30,))
def continue_in_the_body(n):
    s = 0
    for i in prange(n):
        if i % 2:
            continue
        s += i
    return s


@EXACT((12,))
def two_loops(n):
    a = np.zeros(n)
    for i in prange(n):
        a[i] = i
    s = 0.0
    for i in prange(n):
        s += a[n - 1 - i]
    return s


@EXACT((M,), (M[:0],))
def whole_array_reduction(m):
    acc = np.zeros(m.shape[1])
    for i in prange(m.shape[0]):
        acc += m[i]
    return acc


@EXACT((10,))
def whole_array_product(n):
    result = 2 * np.ones((3, 5), np.int_)
    factor = 2 * np.ones_like(result)
    for _ in prange(n):
        result *= factor
    return result


@EXACT((100,))
def calls_in_the_body(n):
    out = np.zeros(n)
    for i in prange(n):
        out[i] = shifted(i, k=3)
    return out


@njit
def shifted(x, k=1):
    return x * 2.0 + k


@REDUCED((1000,), (1,), (0,), (100_003,))
def sum_of_floats(n):
    s = 0.0
    for i in prange(n):
        s += 1.0 / (i + 1)
    return s


@REDUCED((A,))
def product_of_floats(a):
    p = 1.0
    for i in prange(200):
        p *= a[i] * 0.8
    return p


@REDUCED((M * 0.1,))
def array_reduction_of_floats(m):
    acc = np.ones(m.shape[1])
    for i in prange(m.shape[0]):
        acc += m[i] * 0.3
    return acc


@pytest.mark.parametrize("case", EXACT)
def test_prange(case):
    case.check(parallel=True)


@pytest.mark.parametrize("case", EXACT + REDUCED)
def test_prange_is_range_without_parallel(case):
    case.check()


@pytest.fixture
def threads():
    """Sets the number of threads; afterwards it is what it was."""
    before = lancehead.get_num_threads()
    yield lancehead.set_num_threads
    lancehead.set_num_threads(before)


@pytest.mark.parametrize("case", REDUCED)
def test_float_reductions_have_the_same_bits_for_any_number_of_threads(case, threads):
    """Chunks are combined in order and depend on the iteration count alone; against one loop the rounding differs."""
    for args in case.calls:
        results = []
        for n in range(1, lancehead._lancehead.max_threads() + 1):
            threads(n)
            results += [jitted(case.fn, parallel=True)(*args) for _ in range(3)]
        assert all(difference(results[0], result) is None for result in results)
        np.testing.assert_allclose(results[0], case.fn(*args), rtol=1e-12)


@pytest.mark.parametrize("case", EXACT)
def test_one_thread(case, threads):
    threads(1)
    case.check(parallel=True)
