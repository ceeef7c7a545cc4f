"""Exceptions at the boundary: a line of the traceback for each compiled frame, and nothing that is alive leaks."""

import traceback

import numpy as np
import pytest
from oracle import compare, jitted

from lancehead import njit

A = np.arange(6.0)


class OwnError(Exception):
    """An exception class of the program."""


# ---- tracebacks


@njit
def innermost(a, i):
    x = 1.0
    return x + a[i]  # line of innermost


@njit
def between(a, i):
    return innermost(a, i) * 2.0  # line of between


@njit
def outermost(a, n):
    total = 0.0
    for i in range(n):
        total += between(a, i)  # line of outermost
    return total


def frames_of(error):
    """(function, comment of the line) of each compiled frame of a traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return [(f.name, f.line.partition("# ")[2]) for f in frames if f.filename == __file__ and f.name in f.line]


def test_a_line_of_the_traceback_for_each_compiled_frame():
    with pytest.raises(IndexError, match="index 6 is out of bounds for axis 0 with size 6") as seen:
        outermost(A, 7)
    names = ["outermost", "between", "innermost"]
    assert frames_of(seen.value)[-3:] == [(name, f"line of {name}") for name in names]


@njit
def raises_twice(n):
    try:
        raise ValueError("first")
    except ValueError:
        if n:
            raise  # line of raises_twice
    raise KeyError("second")


def test_the_line_of_a_re_raised_error_is_where_it_was_raised_first():
    with pytest.raises(ValueError) as seen:
        raises_twice(1)
    last = traceback.extract_tb(seen.value.__traceback__)[-1]
    assert last.line == 'raise ValueError("first")'


# ---- nothing leaks (the fixture no_leak of conftest.py counts the runtime's allocations)


@njit
def arrays_alive_across_a_handler(n, m):
    kept = np.zeros(m)
    for i in range(n):
        fresh = np.ones(m) * i
        try:
            other = fresh + kept
            if i % 2:
                raise ValueError("odd", i)
            kept = other
        except ValueError:
            kept = kept - fresh
    return kept


def test_an_array_alive_across_a_handler():
    expected = arrays_alive_across_a_handler.py_func(101, 5)
    for _ in range(50):
        np.testing.assert_array_equal(arrays_alive_across_a_handler(101, 5), expected)


@njit
def leaves_with_arrays_alive(a, i):
    b = a * 2.0
    c = b[1:]
    return c[i] + b.sum()


def test_an_exception_releases_what_is_alive():
    for _ in range(50):
        with pytest.raises(IndexError):
            leaves_with_arrays_alive(A, 99)
    assert leaves_with_arrays_alive(A, 1) == 4.0 + 30.0


def test_exceptions_through_calls_release_too():
    @njit
    def inner(a, n):
        b = a + n
        if n == 3:
            raise OwnError("three", n)
        return b

    @njit
    def outer(a, n):
        b = a + 1.0
        for k in range(n):
            b = inner(b, k) + a
        return b

    for _ in range(20):
        with pytest.raises(OwnError):
            outer(A, 5)
    np.testing.assert_array_equal(outer(A, 1), A + 1.0 + A)


def reads_caught(a, i):
    try:
        a[i] = 1.0
    except IndexError as e:
        kept = e
        raise OwnError("caught") from kept
    return a


def test_a_native_error_may_be_named_and_kept():
    compare(reads_caught, A, 2)
    with pytest.raises(OwnError) as seen:
        jitted(reads_caught)(A, 77)
    assert str(seen.value.__cause__) == "index 77 is out of bounds for axis 0 with size 6"
