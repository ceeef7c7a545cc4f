"""prange: what is refused, errors in a loop, threads and processes around it."""

import threading

import numpy as np
import pytest
from oracle import compare, difference, jitted

import lancehead
from lancehead import njit, prange

A = np.linspace(0.5, 2.0, 1000)


# ---- what is refused: never a silently wrong result


def keeps_the_last(n):
    last = -1
    for i in prange(n):
        last = i
    return last


def previous_value(a):
    previous = 0.0
    s = 0.0
    for i in prange(a.shape[0]):
        s += a[i] - previous
        previous = a[i]
    return s


def conditional_maximum(a):
    best = a[0]
    for i in prange(a.shape[0]):
        if a[i] > best:
            best = a[i]
    return best


def mixed_operators(n):
    s = 1
    for i in prange(n):
        s += i
        s *= 2
    return s


def reads_the_reduction(n):
    s = 0
    out = np.zeros(n)
    for i in prange(n):
        s += i
        out[i] = s
    return out


def and_of_conditions(a):
    ok = True
    for i in prange(a.shape[0]):
        ok = ok and a[i] > 0
    return ok


def floor_division(n):
    s = 10**9
    for i in prange(n):
        s //= 2
    return s


REFUSED = {
    previous_value: ((A,), "previous"),
    conditional_maximum: ((A,), "best"),
    mixed_operators: ((10,), "s"),
    reads_the_reduction: ((10,), "s"),
    floor_division: ((10,), "s"),
    and_of_conditions: ((A,), "ok"),
}


@pytest.mark.parametrize("fn", REFUSED, ids=lambda fn: fn.__name__)
def test_scalars_that_are_no_reductions_are_named(fn):
    args, variable = REFUSED[fn]
    compare(fn, *args)
    with pytest.raises(lancehead.errors.TypingError, match=f"'{variable}'"):
        jitted(fn, parallel=True)(*args)


@pytest.mark.parametrize("fn, args", [(keeps_the_last, (10,)), (keeps_the_last, (0,))])
def test_last_values_are_the_last_iterations(fn, args):
    compare(fn, *args, parallel=True)


def returns_inside(n):
    for i in prange(n):
        if i == 3:
            return i
    return -1


def breaks(n):
    s = 0
    for i in prange(n):
        if i == 3:
            break
        s += i
    return s


@pytest.mark.parametrize("fn", [returns_inside, breaks])
def test_leaving_a_prange_is_refused(fn):
    with pytest.raises(lancehead.errors.TypingError, match="prange loop cannot be left"):
        jitted(fn, parallel=True)(10)
    compare(fn, 10)


# ---- errors


def raises_at(n, first, second):
    out = np.zeros(n)
    for i in prange(n):
        out[i] = i
        if i == first or i == second:
            raise ValueError("iteration", i)
    return out


def bounds(a, n):
    s = 0.0
    for i in prange(n):
        s += a[i]
    return s


@pytest.mark.parametrize("first, second", [(0, 999), (700, 300), (999, 5), (10, 11), (999, -1)])
def test_the_error_of_the_lowest_iteration_is_raised(first, second):
    for _ in range(20):
        compare(raises_at, 1000, first, second, parallel=True)


def test_an_index_out_of_bounds_in_a_prange():
    for _ in range(20):
        compare(bounds, A, 1500, parallel=True)
    compare(bounds, np.arange(64.0), 64, parallel=True)


def caught_outside(n):
    try:
        s = 0
        for i in prange(n):
            if i == 50:
                raise KeyError(i)
            s += i
    except KeyError:
        return -1
    return s


@pytest.mark.xfail(strict=True, reason="a prange loop inside a try block of the same function is a TypingError yet")
def test_an_error_in_a_prange_is_caught_outside():
    for n in (10, 100):
        compare(caught_outside, n, parallel=True)


# ---- threads


def expression(a, b):
    return (np.sqrt(a * a + b * b) - 2.0 * a).sum(), a * b + 1.0


def test_regions_of_several_python_threads():
    made = njit(parallel=True, nogil=True)(expression)
    a = np.random.default_rng(3).normal(size=100_000)
    expected = made(a, a)
    results = [None] * 4

    def work(k):
        results[k] = [made(a, a) for _ in range(10)]

    workers = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    assert all(difference(expected, r) is None for rs in results for r in rs)


def test_a_parallel_function_called_in_a_prange():
    @njit(parallel=True)
    def inner(n):
        s = 0
        for i in prange(n):
            s += i
        return s

    @njit(parallel=True)
    def outer(n):
        out = np.zeros(n)
        for i in prange(n):
            out[i] = inner(i)
        return out

    np.testing.assert_array_equal(outer(50), [i * (i - 1) // 2 for i in range(50)])


def test_a_child_process_after_a_fork(run_python):
    code = """
import os, numpy as np
from lancehead import njit, prange

@njit(parallel=True)
def f(n):
    s = 0
    for i in prange(n):
        s += i
    return s

print(f(100000), flush=True)
pid = os.fork()
if pid == 0:
    print(f(1000), flush=True)
    os._exit(0)
assert os.waitpid(pid, 0)[1] == 0
print(f(10))
"""
    assert run_python(code).split() == ["4999950000", "499500", "45"]
