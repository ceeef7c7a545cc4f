"""vectorize: ufuncs of compiled scalar functions. The oracle is NumPy."""

import warnings

import numpy as np
import pytest

from lancehead import float32, float64, int32, int64, vectorize
from lancehead.errors import NumbaError


@vectorize([int32(int32, int32), int64(int64, int64), float32(float32, float32), float64(float64, float64)])
def add(x, y):
    """Adds."""
    return x + y


A = np.arange(12.0).reshape(3, 4)


def test_it_is_a_ufunc():
    assert type(add) is np.ufunc
    assert add.__name__ == "add"
    assert (add.nin, add.nout, add.types) == (2, 1, ["ii->i", "ll->l", "ff->f", "dd->d"])


@pytest.mark.parametrize(
    "x, y",
    [
        (1, 2),
        (1.5, 2),
        (np.int32(1), np.int32(2)),
        (A, A),
        (A, 2),
        (A[:, None], A),
        (A.T, A.T),
        (A[::-1, ::2], 1.0),
        (A.astype("f4"), A.astype("f4")),
        (A.astype("i4"), 1),
        (np.zeros((0, 3)), np.zeros(3)),
    ],
    ids=lambda v: str(getattr(v, "shape", v)),
)
def test_values_are_those_of_numpy(x, y):
    found, expected = add(x, y), np.add(x, y)
    np.testing.assert_array_equal(found, expected)
    assert np.asarray(found).dtype == np.asarray(expected).dtype


def test_methods_of_ufuncs():
    np.testing.assert_array_equal(add.reduce(A), A.sum(axis=0))
    np.testing.assert_array_equal(add.accumulate(A, axis=1), np.add.accumulate(A, axis=1))
    np.testing.assert_array_equal(add.outer(A[0], A[1]), np.add.outer(A[0], A[1]))
    target = A.copy()
    add.at(target, ([0, 0], [1, 1]), 5)
    np.testing.assert_array_equal(target[0], [0, 11, 2, 3])
    out = np.empty((3, 4))
    assert add(A, 1, out=out) is out
    np.testing.assert_array_equal(out, A + 1)


@pytest.mark.parametrize("identity, expected", [(None, None), (0, 0), (1, 1), ("reorderable", None)])
def test_identity(identity, expected):
    made = vectorize([float64(float64, float64)], identity=identity)(lambda x, y: x + y)
    assert made.identity == expected
    if expected is None:
        with pytest.raises(ValueError):
            made.reduce(np.zeros(0))
    else:
        assert made.reduce(np.zeros(0)) == expected


@pytest.mark.parametrize("size", [3, 100_000])
def test_an_error_in_the_kernel(size):
    @vectorize([float64(float64)])
    def root(x):
        if x < 0:
            raise ValueError("negative")
        return x**0.5

    values = np.ones(size)
    np.testing.assert_array_equal(root(values), values)
    values[-1] = -1
    with pytest.raises(ValueError, match="negative"):
        root(values)


def test_division_is_numpys_and_silent():
    @vectorize([float64(float64, float64)])
    def divide(x, y):
        return x / y

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(divide([1.0, -1.0, 0.0], 0.0), [np.inf, -np.inf, np.nan])


def test_parallel_gives_the_same():
    made = vectorize([float64(float64, float64)], target="parallel")(lambda x, y: x * y + 1)
    values = np.linspace(-1, 1, 100_003)
    np.testing.assert_array_equal(made(values, values), values * values + 1)
    assert made.reduce(np.ones(20_000)) == 20_000


def test_bool_and_complex_and_small_integers():
    negate = vectorize(["bool(bool)", "int8(int8)", "uint16(uint16)", "complex64(complex64)"])(lambda x: not x if x else x)
    for values in (np.array([True, False]),):
        np.testing.assert_array_equal(negate(values), [False, False])
    double = vectorize(["int8(int8)", "uint16(uint16)", "complex64(complex64)", "complex128(complex128)"])(lambda x: x + x)
    for dtype in ("i1", "u2", "c8", "c16"):
        values = np.array([1, 2, 100], dtype)
        found = double(values)
        np.testing.assert_array_equal(found, values + values)
        assert found.dtype == values.dtype


def test_what_is_no_scalar_is_an_error():
    with pytest.raises((NumbaError, TypeError)):
        vectorize([float64(float64[:])])(lambda x: x[0])


def test_different_numbers_of_arguments():
    assert vectorize([float64(float64, float64)])(lambda *x: x[0] - x[1])(3, 1) == 2
    with pytest.raises(TypeError, match="same number"):
        vectorize([float64(float64), float64(float64, float64)])(lambda *x: x[0])
