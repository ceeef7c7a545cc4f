"""Every function of the running CPython's math, over a grid with the edges, on all numeric types, tuples and arrays."""

import inspect
import math

import numpy as np
import pytest
from oracle import difference, jitted

EDGES = [0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308]
SMALL = [0.1, -0.3, 0.5, -0.75, 0.999999, 1.0000001, 1.5, -2.5, 3.0, 7.25, -10.0, 22.0, 100.5, -171.5, 709.7, 1e10, -1e18]
ANGLES = [math.pi, math.pi / 2, -math.pi / 4, 1e6]
GRID = EDGES + SMALL + ANGLES
INTEGERS = [0, 1, 2, 3, 5, 12, 20, -1, -7, 2**53, 2**62]

# What C's library computes, both here and in CPython, and what CPython computes by its own algorithm and we by libm's.
EXACT = 0
OWN_ALGORITHM_ULP = {"gamma": 10, "hypot": 1}

ONE_FLOAT = [
    "acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "cos", "cosh", "degrees", "erf", "erfc", "exp", "exp2",
    "expm1", "fabs", "gamma", "log", "log10", "log1p", "log2", "radians", "sin", "sinh", "sqrt", "tan", "tanh",
]  # fmt: skip
TO_INT = ["ceil", "floor", "trunc"]
TESTS_OF_FLOAT = ["isfinite", "isinf", "isnan"]
TWO_FLOATS = ["atan2", "copysign", "fmod", "hypot", "nextafter", "pow", "remainder", "log"]
OF_INTEGERS = {1: ["factorial", "isqrt"], 2: ["comb", "gcd", "lcm", "perm"], 3: ["gcd", "lcm"]}
OTHERS = ["dist", "frexp", "fsum", "isclose", "ldexp", "modf", "prod", "ulp", "hypot"]
NEWER = ["sumprod", "fma"]  # CPython 3.12, 3.13


def of(name, arity):
    """A function of `arity` numbers that calls math.<name>; the module and the function are known when it is compiled."""
    function = getattr(math, name)
    if arity == 1:
        return lambda x: function(x)
    if arity == 2:
        return lambda x, y: function(x, y)
    return lambda x, y, z: function(x, y, z)


def by_c(fn, *args):
    """CPython's result where it has one; where CPython raises for the domain or range, C's result, which ours must have."""
    try:
        return fn(*args)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        return error


def check(name, args, ulp=EXACT):
    fn = of(name, len(args))
    expected, actual = by_c(fn, *args), by_c(jitted_of(name, len(args)), *args)
    if isinstance(expected, Exception) and isinstance(actual, float):
        no_number = math.isnan(actual) or math.isinf(actual) or (name == "log" and actual == 0)  # log(1, 0) is 0 / -inf
        assert no_number, f"math.{name}{args}: CPython raises {expected!r}, ours is {actual!r}"
        return
    if isinstance(expected, Exception):
        assert type(actual) is type(expected), f"math.{name}{args}: {expected!r} became {actual!r}"
        return
    found = difference(expected, actual, ulp)
    assert not found, f"math.{name}{args}: {found}"


def jitted_of(name, arity, _made={}):
    if (name, arity) not in _made:
        _made[name, arity] = jitted(of(name, arity))
    return _made[name, arity]


@pytest.mark.parametrize("name", ONE_FLOAT)
def test_functions_of_a_float(name):
    for x in GRID:
        check(name, (x,), OWN_ALGORITHM_ULP.get(name, EXACT))


@pytest.mark.parametrize("name", ONE_FLOAT + TESTS_OF_FLOAT)
def test_functions_of_other_numbers(name):
    for x in (0, 1, 3, True, -2, np.int8(5), np.uint64(7), 2**63, np.float32(0.7)):
        expected, actual = by_c(of(name, 1), float(x)), by_c(jitted_of(name, 1), x)
        if not isinstance(expected, Exception):
            assert difference(expected, actual, OWN_ALGORITHM_ULP.get(name, EXACT)) is None, f"math.{name}({x!r})"


@pytest.mark.parametrize("name", TO_INT)
def test_functions_to_int(name):
    for x in [v for v in GRID if not abs(v) >= 2**63 or not math.isfinite(v)] + [3, True]:
        check(name, (x,))


@pytest.mark.parametrize("name", TESTS_OF_FLOAT)
def test_functions_to_bool(name):
    for x in GRID:
        check(name, (x,))


@pytest.mark.parametrize("name", TWO_FLOATS)
def test_functions_of_two_floats(name):
    for x in GRID:
        for y in EDGES + [0.5, -2.5, 3.0, 100.5]:
            check(name, (x, y), OWN_ALGORITHM_ULP.get(name, EXACT))


def test_lgamma():
    """CPython's own algorithm is less exact near 1 and 2, where the result is near 0."""
    for x in GRID:
        expected, actual = by_c(math.lgamma, x), jitted_of("lgamma", 1)(x)
        if not isinstance(expected, Exception):
            assert math.isclose(expected, actual, rel_tol=1e-14, abs_tol=1e-15) or math.isnan(expected) and math.isnan(actual)


@pytest.mark.parametrize("arity, name", [(n, name) for n, names in OF_INTEGERS.items() for name in names])
def test_functions_of_integers(arity, name):
    small = INTEGERS if name not in ("factorial", "comb", "perm") else INTEGERS[:7] + [-1, -7]
    for x in small:
        for y in small if arity > 1 else [0]:
            args = (x, y, 12)[:arity]
            expected = by_c(of(name, arity), *args)
            if not isinstance(expected, int) or abs(expected) < 2**63:
                check(name, args)


def test_factorial_that_64_bits_do_not_hold():
    with pytest.raises(OverflowError):
        jitted_of("factorial", 1)(21)


SHAPED = {
    "frexp": [(x,) for x in GRID],
    "modf": [(x,) for x in GRID],
    "ulp": [(x,) for x in GRID],
    "ldexp": [(x, n) for x in EDGES + [0.75, -3.5] for n in (0, 1, -1, 60, -1074, -1080, 1023, 5000)],
    "isclose": [(x, y) for x in EDGES + [1.0 + 1e-10, 1.1] for y in (0.0, 1.0, math.inf, math.nan)],
    "hypot": [(3.0, 4.0, 12.0), (1e300, 1e300, 1.0), (math.inf, math.nan, 1.0), (1, 2, 2)],
}


@pytest.mark.parametrize("name", SHAPED)
def test_functions_with_other_results(name):
    for args in SHAPED[name]:
        check(name, args)


def close(x, y, r, a):
    return math.isclose(x, y, rel_tol=r, abs_tol=a)


def product_from(t):
    return math.prod(t, start=10)


def test_keyword_arguments():
    for args in [(1.0, 1.05, 0.1, 0.0), (0.0, 1e-3, 0.0, 1e-2), (1.0, 1.05, 0.01, 0.0)]:
        assert jitted(close)(*args) is close(*args)
    assert jitted(product_from)((2, 3)) == 60


ITERABLES = [(0.1,) * 10, (1e100, 1.0, -1e100, 1e-30), (1.5, 2.5), (3.0,)]


@pytest.mark.parametrize("name", ["fsum", "prod"])
def test_functions_of_a_tuple_or_an_array(name):
    for values in ITERABLES:
        check(name, (values,))
        expected = by_c(of(name, 1), values)
        for array in (np.array(values), np.repeat(np.array(values), 2)[::2]):
            assert difference(expected, jitted_of(name, 1)(array)) is None
    assert jitted_of("prod", 1)((2, 3, 4)) == 24
    assert jitted_of("prod", 1)(np.arange(1, 6)) == 120


def test_fsum_is_exact():
    values = np.random.default_rng(1).normal(size=1001) * 10.0 ** np.arange(1001.0).clip(0, 200)
    assert jitted_of("fsum", 1)(values) == math.fsum(values)


PAIRS = [((0.0, 0.0), (3.0, 4.0)), ((1.5, 2.5, -1.0), (0.5, 0.25, 7.0)), ((1, 2), (4, 6))]


@pytest.mark.parametrize("name", ["dist", "sumprod"])
def test_functions_of_two_tuples_or_arrays(name):
    if not hasattr(math, name):
        assert name in NEWER  # an older CPython does not have it, nor need we
        return
    for p, q in PAIRS:
        check(name, (p, q), 1)
        expected = of(name, 2)(p, q)
        assert difference(float(expected), float(jitted_of(name, 2)(np.array(p), np.array(q))), 1) is None


def test_fma():
    if hasattr(math, "fma"):
        for args in [(0.1, 10.0, -1.0), (1e308, 10.0, -math.inf), (2.0, 3.0, 4.0), (1.0 + 2**-52, 1.0 - 2**-52, -1.0)]:
            check("fma", args)


def constants():
    return math.pi, math.e, math.tau, math.inf, math.nan


def test_constants():
    assert difference(constants(), jitted(constants)()) is None


def sine_and_root(x):
    from_module = math.sin(x) * math.sqrt(x)
    return from_module + math.floor(x)


def test_through_the_module():
    assert jitted(sine_and_root)(2.5) == sine_and_root(2.5)


def test_all_of_math_is_tested():
    tested = {"lgamma", *ONE_FLOAT, *TO_INT, *TESTS_OF_FLOAT, *TWO_FLOATS, *OTHERS, *NEWER}.union(*OF_INTEGERS.values())
    functions = {name for name, f in vars(math).items() if inspect.isbuiltin(f)}
    assert functions - tested == set()
    assert tested - functions <= {*NEWER}
