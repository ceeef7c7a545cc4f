"""Calls between compiled functions: positional, keyword, default; inner functions, lambdas, functions as arguments."""

import numpy as np
import pytest
from oracle import Table, compare, jitted

import lancehead
from lancehead import njit

CALLS = Table()
INNER = Table()
A = np.arange(8.0)


@njit
def square(x):
    return x * x


@njit
def scaled(x, k=2, *, offset=0):
    return k * x + offset


@njit
def nothing():
    pass


@njit
def pair(x, y=None):
    if y is None:
        return x, 1.0
    return x, y


@njit
def add_into(out, x):
    out += x


@njit
def same(x):
    return x


@CALLS((3,), (2.5,), (1j,))
def positional(x):
    return square(x) + square(x + 1)


@CALLS((3,), (2.5,))
def keywords_and_defaults(x):
    return scaled(x), scaled(x, 3), scaled(k=4, x=x), scaled(x, offset=1), scaled(offset=x, x=x, k=x)


@CALLS((3,))
def specialises_by_type(x):
    return square(x), square(x * 1.5), square(x > 2), square(x * 1j)


@CALLS(())
def returns_none():
    return nothing()


@CALLS((1,))
def ignores_a_result(x):
    nothing()
    square(x)
    return x


@CALLS((3,))
def a_default_of_none(x):
    return pair(x), pair(x, 2.5), pair(x, y=None)


@CALLS((A, 2.0), (A[::2], 1.5))
def writes_into_an_argument(a, x):
    add_into(a[1:3], x)
    return a


@CALLS((A,))
def passes_an_array_through(a):
    return same(a)


@CALLS(((1, 2.5),))
def spreads_a_tuple(t):
    return scaled(*t)


@CALLS((3,), (4.0,))
def calls_in_calls(x):
    return square(square(square(x)))


SHIFT = 10


@INNER((3,))
def inner_function(x):
    def g(y):
        return y + x

    return g(1) * g(2.5)


@INNER((3,))
def inner_function_with_default(x):
    def g(y, k=SHIFT):
        return y * k

    return g(x) + g(x, 2) + g(y=x, k=x)


@INNER((3,))
def a_lambda(x):
    f = lambda y: y * x + SHIFT  # noqa: E731
    return f(1) + f(x)


@INNER((3,))
def inner_of_inner(x):
    def outer(y):
        def inner(z):
            return x * 100 + y * 10 + z

        return inner(y + 1)

    return outer(2)


@INNER((A,))
def captures_an_array(a):
    def g(i):
        return a[i] * 2.0

    return g(1) + g(-1)


@njit
def apply(f, x):
    return f(x)


@njit
def twice(f, x):
    return f(f(x))


@INNER((3,))
def passes_a_jitted_function(x):
    return apply(square, x) + twice(square, x)


@INNER((3,))
def passes_a_lambda_that_captures(x):
    return apply(lambda y: y + x, 1) + twice(lambda y: y * x, 2)


@INNER((3,))
def passes_an_inner_function(x):
    def g(y):
        return y - x

    return twice(g, 10)


@INNER((5,))
def picks_a_function(n):
    f = square
    total = 0
    for i in range(n):
        total += f(i)
    return total


@pytest.mark.parametrize("case", CALLS + INNER)
def test_calls(case):
    case.check()


WRONG_CALLS = {
    "too few": lambda: square(),
    "too many": lambda: square(1, 2),
    "unknown keyword": lambda: square(y=1),
    "twice": lambda: square(1, x=1),
    "keyword only": lambda: scaled(1, 2, 3),
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_wrong_calls_are_type_errors(name):
    with pytest.raises(TypeError):
        WRONG_CALLS[name]()


def wrong_call_inside(x):
    return square(x, x)


def test_a_wrong_call_inside_is_a_diagnostic():
    with pytest.raises(lancehead.errors.TypingError, match="square"):
        jitted(wrong_call_inside)(1)


def fixed_global(x):
    return x + SHIFT


def test_globals_are_read_when_compiled(monkeypatch):
    made = njit(fixed_global)
    assert made(1) == 11
    monkeypatch.setitem(globals(), "SHIFT", 20)
    assert made(1) == 11
    assert njit(fixed_global)(1) == 21


def make_adder(k):
    def add(x):
        return x + k

    return add


def test_closures_of_one_code_are_different_functions():
    one, half = njit(make_adder(1)), njit(make_adder(0.5))
    assert (one(2), half(2), one(2)) == (3, 2.5, 3)
    assert [type(f(2)) for f in (one, half)] == [int, float]


@njit
def with_a_default_tuple(x, factors=(1, (2.5, 4))):
    return factors[0] * x + factors[1][0] * factors[1][1]


def leaves_a_tuple_out(x):
    own = (7, 8, 9)
    return with_a_default_tuple(x) + own[1]


def test_a_callee_whose_default_is_a_tuple():
    compare(leaves_a_tuple_out, 2)
