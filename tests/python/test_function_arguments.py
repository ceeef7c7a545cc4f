"""Functions as arguments: jitted ones, on which a call is specialised, and what else is callable."""

import gc
import math
import weakref

import numpy as np
import pytest

from lancehead import jit, njit
from lancehead.errors import LanceheadFallbackWarning, TypingError


@njit
def apply(f, x):
    return f(x)


@njit
def increment(x):
    return x + 1


@njit
def halve(x):
    return x * 0.5


def test_a_call_is_specialised_on_the_function():
    compiled = njit(apply.py_func)
    for _ in range(2):
        assert compiled(increment, 1) == 2
        assert compiled(halve, 1) == 0.5
        assert compiled(increment, 1.5) == 2.5
    assert len(compiled.signatures) == 3
    assert [repr(s.return_type) for s in compiled.nopython_signatures] == ["int64", "float64", "float64"]


def test_functions_of_one_code_are_told_apart():
    def adder(k):
        return njit(lambda x: x + k)

    functions = [adder(k) for k in range(4)]
    for _ in range(2):
        assert [apply(f, 1) for f in functions] == [1, 2, 3, 4]


def test_a_function_that_is_defined_again():
    scope = {"njit": njit}
    for k in (1, 2, 3):
        exec(f"@njit\ndef f(x): return x + {k}", scope)
        assert apply(scope["f"], 1) == 1 + k


def test_recursion_through_an_argument():
    def factorial(itself, n):
        return 1 if n <= 0 else n * itself(itself, n - 1)

    compiled = njit(factorial)
    assert compiled(compiled, 5) == factorial(factorial, 5) == 120


def test_functions_call_each_other_through_arguments():
    def even(n, odd, even):
        return True if n == 0 else odd(n - 1, odd, even)

    def odd(n, odd, even):
        return False if n == 0 else even(n - 1, odd, even)

    e, o = njit(even), njit(odd)
    assert [e(n, o, e) for n in range(4)] == [even(n, odd, even) for n in range(4)]


def test_functions_in_tuples_and_as_defaults():
    both = njit(lambda fs, x: fs[0](fs[1](x)))
    assert both((increment, halve), 3) == 2.5
    assert both((halve, increment), 3) == 2.0
    assert both((increment, increment), 3) == 5
    default = njit(lambda x, f=increment: f(x))
    for _ in range(2):
        assert default(1) == 2 and default(1, halve) == 0.5 and default(1, f=increment) == 2


def test_functions_in_any_number_of_arguments():
    def chain(x, *functions):
        return functions[0](functions[1](x))

    compiled = njit(chain)
    assert compiled(3, increment, halve) == 2.5
    assert compiled(3, halve, increment) == 2.0


def test_functions_as_keyword_arguments():
    compiled = njit(lambda x, *, f: f(x))
    assert compiled(1, f=increment) == 2 and compiled(f=halve, x=3) == 1.5


def test_what_is_returned_is_the_function():
    same = njit(lambda f: f)
    for value in (increment, halve, math.sin, np.add, len, increment.py_func, math, ValueError):
        assert same(value) is value


def test_a_choice_between_functions():
    compiled = njit(lambda f, g, x: (f(x), g(x), f is g))
    assert compiled(increment, halve, 1) == (2, 0.5, False)
    assert compiled(increment, increment, 1) == (2, 2, True)


@pytest.mark.parametrize("f", [math.sqrt, np.sqrt, abs, float, np.float32, np.negative], ids=lambda f: f.__name__)
def test_what_the_library_knows_can_be_called(f):
    assert apply(f, 2.25) == f(2.25)


@pytest.mark.parametrize(
    "f, text",
    [
        (lambda x: x, r"calling .*<lambda>\(\) is not supported in compiled code; decorate it with @njit"),
        (increment.py_func, r"calling .*increment\(\) is not supported in compiled code; decorate it with @njit"),
        (increment.py_func.__call__, "argument 1 \\('f'\\) is not supported"),
        (ValueError, None),
        (type("Made", (), {}), r"Made\(\) is not supported"),
        (None, "none is not callable"),
        (3, "int64 is not callable"),
        (math, "not callable"),
        (np.zeros(2), "not callable"),
        ((increment,), "not callable"),
        ([increment], "argument 1 \\('f'\\) is not supported"),
        (print, None),
    ],
    ids=lambda v: getattr(v, "__name__", repr(v))[:20],
)
def test_what_cannot_be_called_is_an_error(f, text):
    compiled = njit(lambda f, x: f(x) + 1)
    for _ in range(2):
        with pytest.raises(TypingError, match=text):
            compiled(f, 1)


def test_an_eager_signature_takes_no_function_for_a_number():
    compiled = njit("int64(int64)")(lambda x: x)
    with pytest.raises(TypeError, match="No matching definition"):
        compiled(increment)


def test_plain_jit_calls_plain_functions_in_the_interpreter():
    compiled = jit(lambda f, x: f(x))
    with pytest.warns(LanceheadFallbackWarning, match="decorate it with @njit"):
        assert compiled(lambda x: x + 1, 1) == 2
    assert compiled(increment, 1) == 2


@pytest.mark.parametrize("calls", [0, 1])
def test_functions_that_were_arguments_can_be_collected(calls):
    caller = njit(lambda f, x: f(x))
    inner = njit(lambda x: x + 1)
    for _ in range(calls):
        assert caller(inner, 1) == 2
    alive = weakref.ref(inner)
    inner.cycle = caller
    del caller, inner
    gc.collect()
    assert alive() is None
