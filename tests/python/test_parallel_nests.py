"""Array expressions of functions with parallel=True: the same values as NumPy's, to the bit, however many threads."""

import numpy as np
import pytest

from lancehead import _lancehead, get_num_threads, njit, set_num_threads

RNG = np.random.default_rng(6)
SIZES = [0, 1, 5, 1024, 8191, 40000, 131072, 300001]


@pytest.fixture(autouse=True, params=["one", "all"])
def threads(request):
    before = get_num_threads()
    set_num_threads(1 if request.param == "one" else _lancehead.max_threads())
    yield
    set_num_threads(before)


def parallel(f):
    return njit(parallel=True)(f)


def check(f, *args):
    compiled = parallel(f)
    want_args = [a.copy() if isinstance(a, np.ndarray) else a for a in args]
    want, got = f(*want_args), compiled(*args)
    np.testing.assert_array_equal(got, want, strict=isinstance(want, np.ndarray))
    for a, b in zip(args, want_args):
        np.testing.assert_array_equal(a, b)


def expression(a, b, s):
    return np.sqrt(a * a + b * s) - 2.0 * a / (b + 1.0)


@pytest.mark.parametrize("n", SIZES)
def test_linear(n):
    check(expression, RNG.random(n), RNG.random(n), 1.5)


@pytest.mark.parametrize("shapes", [((300, 200), (200,)), ((300, 200), (300, 1)), ((2, 40000), (2, 40000)), ((1,), (50000,))])
def test_broadcasting(shapes):
    check(expression, RNG.random(shapes[0]), RNG.random(shapes[1]), 0.5)


@pytest.mark.parametrize("order", ["C", "F"])
def test_layouts(order):
    check(expression, np.asarray(RNG.random((400, 300)), order=order), np.asarray(RNG.random((400, 300)), order=order), 0.5)
    check(expression, RNG.random((800, 600))[::2, ::2], np.asarray(RNG.random((400, 300)), order=order), 0.5)


@pytest.mark.parametrize("n", SIZES)
def test_reductions(n):
    def count(a, b):
        return (a < b).sum()

    def largest(a, b):
        return np.max(a * b + 1)

    def exists(a, b):
        return np.any(a + b > 1.99), np.all(a + b > 0)

    a, b = RNG.random(n), RNG.random(n)
    check(count, a, b)
    if n:
        check(largest, a, b)
    compiled = parallel(exists)
    assert compiled(a, b) == exists(a, b)


def test_reductions_of_rows():
    def total(a):
        return (a * 3 - 1).sum()

    check(total, RNG.integers(-1000, 1000, (900, 301))[::3, ::-1])


@pytest.mark.parametrize("n", SIZES[1:])
def test_in_place(n):
    def shifted(a, b):
        a[1:] += a[:-1] * 2.0
        b *= a

    check(shifted, RNG.random(n), RNG.random(n))


def test_arguments_that_overlap():
    def add(a, b):
        a += b

    base = RNG.random(60000)
    want = base.copy()
    add(want[1:], want[:-1])
    parallel(add)(base[1:], base[:-1])
    np.testing.assert_array_equal(base, want)


def test_indices():
    def ramp(a, n):
        return np.arange(n) * 2 + a

    check(ramp, RNG.integers(0, 100, 70000), 70000)


def test_several_nests_and_their_scalars():
    def several(a, n):
        total = 0.0
        for k in range(n):
            b = a * k + total
            total += b.max()
            a = b + 1.0
        return a, total

    a = RNG.random(50000)
    want, got = several(a, 4), parallel(several)(a, 4)
    np.testing.assert_array_equal(got[0], want[0])
    assert got[1] == want[1]
