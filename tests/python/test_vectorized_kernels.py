"""vectorize with signatures: a numpy.ufunc in all that NumPy does with ufuncs."""

import math

import numpy as np
import pytest
from oracle import difference

import lancehead
from lancehead import float32, float64, int32, int64, njit, vectorize

A = np.linspace(-2.0, 3.0, 101)
M = np.arange(12.0).reshape(3, 4)


@njit
def clipped(x):
    return 0.0 if x < 0 else x


def wave(x, y):
    return math.sin(x) * math.cos(y) + clipped(x)


def mixed(x, y):
    return x * y + 1


def divided(x, y):
    return x / y


def floor_divided(x, y):
    return x // y


def hailstone(n):
    steps = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def positive(x):
    return x > 0


def three(a, b, c):
    return a * 100 + b * 10 + c


def turned(z):
    return z * 1j


TARGETS = ["cpu", "parallel"]


@pytest.mark.parametrize("target", TARGETS)
def test_broadcasting_and_layouts(target):
    made = vectorize([float64(float64, float64)], target=target)(wave)
    plain = np.vectorize(wave, otypes=[float])
    for a, b in [(A, A), (A[::-2], 0.5), (M, M[0]), (M.T, M[:, 0]), (M[:, :1], M[0]), (np.zeros((0, 3)), M[0, :3]), (M[:0], 1.0)]:
        assert difference(plain(a, b) if np.broadcast(a, b).size else np.zeros(np.broadcast(a, b).shape), made(a, b)) is None


def test_it_is_a_ufunc():
    made = vectorize(["float64(float64, float64)", "int64(int64, int64)"])(mixed)
    assert isinstance(made, np.ufunc)
    assert (made.nin, made.nout, made.nargs, made.__name__) == (2, 1, 3, "mixed")
    assert made.types in (["dd->d", "ll->l"], ["dd->d", "qq->q"])
    assert made.__doc__ is None or isinstance(made.__doc__, str)


def test_scalars_and_lists():
    made = vectorize([float64(float64, float64)])(mixed)
    for args in [(2.0, 3.0), (2, 3), ([1, 2], [3, 4]), (np.float32(2), 3)]:
        result = made(*args)
        assert isinstance(result, (np.float64, np.ndarray)) and np.all(result == mixed(*map(np.asarray, args)))


LOOPS = [int32(int32, int32), int64(int64, int64), float32(float32, float32), float64(float64, float64)]


@pytest.mark.parametrize("a, b", [("i1", "i4"), ("i4", "i4"), ("i4", "i8"), ("f4", "f4"), ("f4", "i2"), ("f4", "f8"), ("i8", "f4")])
def test_the_first_loop_that_fits_is_taken(a, b):
    made = vectorize(LOOPS)(mixed)
    x, y = np.arange(5).astype(a), np.arange(5).astype(b)
    dtype = next(d for d in ("i4", "i8", "f4", "f8") if np.can_cast(a, d) and np.can_cast(b, d))
    result = made(x, y)
    assert result.dtype == dtype
    np.testing.assert_array_equal(result, x * y + 1)


def test_what_no_loop_takes_is_a_type_error():
    made = vectorize([int64(int64)])(hailstone)
    with pytest.raises(TypeError):
        made(2.5)
    with pytest.raises(TypeError):
        made(np.array(["a"]))
    with pytest.raises(TypeError):
        made(1, 2, 3)


def test_control_flow_and_other_results():
    made = vectorize([int64(int64)])(hailstone)
    np.testing.assert_array_equal(made(np.arange(1, 100)), [hailstone(n) for n in range(1, 100)])
    truth = vectorize(["boolean(float64)"])(positive)
    assert truth(A).dtype == np.bool_
    np.testing.assert_array_equal(truth(A), A > 0)
    assert vectorize(["complex128(complex128)"])(turned)(np.array([1 + 2j]))[0] == (1 + 2j) * 1j
    assert vectorize(["int64(int64, int64, int64)"])(three)(1, np.array([2, 3]), 4).tolist() == [124, 134]


def test_division_by_zero_is_numpys():
    made = vectorize([float64(float64, float64), int64(int64, int64)])
    zeros = np.array([0.0, 1.0, -1.0])
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(made(divided)(zeros, 0.0), zeros / 0.0)
    assert vectorize([int64(int64, int64)])(floor_divided)(np.array([7, -7]), 0).tolist() == [0, 0]


def test_keywords_of_ufuncs():
    made = vectorize([float64(float64, float64)])(mixed)
    out = np.zeros(4)
    assert made(M[0], 2.0, out=out) is out
    np.testing.assert_array_equal(out, mixed(M[0], 2.0))
    masked = made(M[0], 2.0, where=np.array([True, False, True, False]), out=np.full(4, -9.0))
    np.testing.assert_array_equal(masked, [1.0, -9.0, 5.0, -9.0])
    assert made(M, 2.0, dtype=np.float64).dtype == np.float64


def added(x, y):
    return x + y


def test_methods_of_ufuncs():
    made = vectorize([float64(float64, float64)], identity=0)(added)
    assert made.reduce(M[0]) == 6.0
    assert made.reduce(np.zeros(0)) == 0.0
    np.testing.assert_array_equal(made.reduce(M, axis=0), M.sum(axis=0))
    np.testing.assert_array_equal(made.accumulate(M[0]), np.cumsum(M[0]))
    np.testing.assert_array_equal(made.outer(M[0], M[1]), np.add.outer(M[0], M[1]))
    target = np.zeros(3)
    made.at(target, [0, 2, 2], 1.0)
    np.testing.assert_array_equal(target, [1.0, 0.0, 2.0])


def refuses_negative(x):
    if x < 0:
        raise ValueError("negative value")
    return math.sqrt(x)


@pytest.mark.parametrize("target", TARGETS)
def test_an_error_in_the_kernel_is_raised(target):
    made = vectorize([float64(float64)], target=target)(refuses_negative)
    np.testing.assert_array_equal(made(M), np.sqrt(M))
    with pytest.raises(ValueError, match="negative value"):
        made(np.linspace(-1.0, 5.0, 10_000)[::-1])
    np.testing.assert_array_equal(made(M), np.sqrt(M))


@pytest.mark.parametrize("n", [1, 1000, 300_000])
def test_large_arrays_in_parallel(n):
    made = vectorize([float64(float64, float64)], target="parallel")(mixed)
    a = np.random.default_rng(1).normal(size=n)
    np.testing.assert_array_equal(made(a, a[::-1]), a * a[::-1] + 1)


def test_what_cannot_be_typed_is_a_diagnostic():
    def bad(x):
        return x.no_such_attribute

    with pytest.raises(lancehead.errors.TypingError, match="no_such_attribute"):
        vectorize([float64(float64)])(bad)
