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


# ---- handlers around a loop, and in it


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


def lowest_is_caught(n, first, second):
    try:
        for i in prange(n):
            if i == first:
                raise KeyError(i)
            if i == second:
                raise ValueError("iteration", i)
    except KeyError:
        return "KeyError"
    except ValueError as e:
        raise e
    return "no error"


def goes_on_behind(a, n):
    total = 0.0
    try:
        for i in prange(n):
            total += a[i]
        done = 1
    except IndexError:
        total = -1.0
        done = 2
    finally:
        a[0] = 7.0
    return total, done, a[0]


def finally_alone(a, n):
    try:
        for i in prange(n):
            if i > 20:
                raise ValueError("iteration", i)
    finally:
        a[0] = 7.0
    return a


def caught_inside(a, n):
    out = np.zeros(n)
    bad = 0
    try:
        for i in prange(n):
            try:
                out[i] = a[i]
            except IndexError:
                out[i] = -1.0
                bad += 1
            if i == 3000:
                raise ValueError("too many")
    except IndexError:
        return out, -2
    except ValueError:
        return out[:0], -3
    return out, bad


def raised_by_a_handler_inside(a, n):
    try:
        for i in prange(n):
            try:
                a[i] += 1.0
            except IndexError:
                raise ValueError("no", i)
    except ValueError:
        return -1
    return 0


def in_two_blocks(n, k):
    try:
        try:
            for i in prange(n):
                if i == k:
                    raise KeyError(i)
                if i == 2 * k:
                    raise ValueError(i)
        except KeyError:
            return "inner"
    except ValueError:
        return "outer"
    return "none"


def two_loops(a, n, m):
    step = 0
    s = 0.0
    try:
        for i in prange(n):
            a[i] = i
        step = 1
        for i in prange(m):
            s += a[i]
        step = 2
    except IndexError:
        return step, 0.0
    return step, s


def an_outer_loop(a, n):
    caught = 0
    for k in range(4):
        try:
            for i in prange(n * k):
                a[i] += k
        except IndexError:
            caught += 1
    return caught


def in_a_handler(a, n):
    try:
        a[n] = 1.0
    except IndexError:
        s = 0.0
        for i in prange(n):
            s += a[i]
        return s
    return 0.0


CAUGHT = [
    (caught_outside, (10,)), (caught_outside, (100,)),
    (lowest_is_caught, (1000, 5, 900)), (lowest_is_caught, (1000, 900, 5)), (lowest_is_caught, (1000, -1, -1)),
    (goes_on_behind, (np.ones(100), 100)), (goes_on_behind, (np.ones(100), 101)),
    (finally_alone, (np.ones(100), 20)), (finally_alone, (np.ones(100), 100)),
    (caught_inside, (np.ones(100), 100)), (caught_inside, (np.ones(100), 150)), (caught_inside, (np.ones(100), 4000)),
    (raised_by_a_handler_inside, (np.ones(100), 100)), (raised_by_a_handler_inside, (np.ones(100), 101)),
    (in_two_blocks, (100, 30)), (in_two_blocks, (100, -1)), (in_two_blocks, (10, 30)),
    (two_loops, (np.ones(100), 100, 50)), (two_loops, (np.ones(100), 101, 50)), (two_loops, (np.ones(100), 100, 500)),
    (an_outer_loop, (np.zeros(50), 20)),
    (in_a_handler, (np.ones(100), 100)), (in_a_handler, (np.ones(100), 10)),
]


@pytest.mark.parametrize("fn, args", CAUGHT, ids=lambda x: getattr(x, "__name__", None))
def test_handlers_around_and_in_a_prange(fn, args):
    for _ in range(5):
        compare(fn, *args, parallel=True)


def handler_uses_the_iteration(n):
    i = -1
    try:
        for i in prange(n):
            if i == 5:
                raise ValueError
    except ValueError:
        return i
    return -2


def handler_uses_the_partial_sum(n):
    s = 0
    try:
        for i in prange(n):
            if i == 5:
                raise ValueError
            s += i
    finally:
        s += 1000
    return s


def handler_inside_returns(n):
    for i in prange(n):
        try:
            if i == 5:
                raise ValueError
        except ValueError:
            return i
    return -2


def caught_around_and_left(n):
    try:
        for i in prange(n):
            if i == 5:
                break
    except ValueError:
        return 1
    return 2


@pytest.mark.parametrize("fn, text", [
    (handler_uses_the_iteration, "'i'"), (handler_uses_the_partial_sum, "'s'"),
    (handler_inside_returns, "cannot be left by break or return"), (caught_around_and_left, "cannot be left by"),
], ids=lambda x: getattr(x, "__name__", None))
def test_what_a_handler_cannot_know_is_refused(fn, text):
    with pytest.raises(lancehead.errors.TypingError, match=text):
        jitted(fn, parallel=True)(10)


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
