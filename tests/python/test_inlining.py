"""Small functions take the place of their calls: what is left is as fast as one function, and behaves as several."""

import math
import traceback

import numpy as np
import pytest

from lancehead import njit

# ---- no call is left

NO_CALLS = {
    "hypot": """
        @njit
        def square(x):
            return x ** 2

        @njit
        def f(x, y):
            return math.sqrt(square(x) + square(y))

        print(f(3.0, 4.0))
    """,
    "black_scholes": """
        @njit
        def cnd(d):
            k = 1.0 / (1.0 + 0.2316419 * abs(d))
            poly = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))))
            value = 0.39894228040143267794 * math.exp(-0.5 * d * d) * poly
            if d > 0:
                value = 1.0 - value
            return value

        @njit
        def f(price, strike, years, rate, volatility):
            root = math.sqrt(years)
            d1 = (math.log(price / strike) + (rate + 0.5 * volatility * volatility) * years) / (volatility * root)
            d2 = d1 - volatility * root
            return price * cnd(d1) - strike * math.exp(-rate * years) * cnd(d2)

        print(f(20.0, 25.0, 1.5, 0.02, 0.3))
    """,
    "keywords, defaults and the rest": """
        @njit
        def scaled(x, by=2.0, *more):
            return x * by + len(more)

        @njit
        def f(x):
            return scaled(x) + scaled(by=3.0, x=x) + scaled(x, 4.0, 1, 2)

        print(f(1.5))
    """,
    "three deep, and arrays": """
        @njit
        def at(a, i):
            return a[i]

        @njit
        def both(a, i):
            return at(a, i), at(a, -i)

        @njit
        def f(a):
            x, y = both(a, 1)
            return x - y

        print(f(np.array([1.0, 2.0, 4.0])))
    """,
}


@pytest.mark.parametrize("name", NO_CALLS)
def test_no_call_is_left(name, run_python, tmp_path):
    lines = NO_CALLS[name].splitlines()
    body = "\n".join(line[8:] for line in lines)
    script = tmp_path / "script.py"
    script.write_text("import math\nimport numpy as np\nfrom lancehead import njit\n" + body)
    done = run_python(script, "", env={"LANCEHEAD_DUMP": "final:f", "LANCEHEAD_CACHE": "0"}, check=False)
    assert done.returncode == 0, done.stderr
    assert "; final: f" in done.stderr
    assert " call " not in done.stderr

    scope = {"math": math, "np": np, "njit": lambda f: f, "print": lambda value: scope.update(result=value)}
    exec(body, scope)
    assert float(done.stdout) == pytest.approx(scope["result"], rel=1e-15)


# ---- what raises shows each function


def check(x):
    if x > 3:
        raise ValueError("large")
    return 1 // x


def middle(a, i):
    x = int(a[i])
    return check(x)


def caught_within(a, i):
    try:
        return middle(a, i)
    except ValueError:
        return -1


def caught_again(a, i):
    try:
        return middle(a, i)
    except ValueError:
        raise


def caught_elsewhere(a, i):
    try:
        return middle(a, i)
    except KeyError:
        return 0


def from_another(a, i):
    try:
        return middle(a, i)
    except ZeroDivisionError as e:
        raise KeyError(i) from e


def holds_arrays(a, i):
    b = a + 1
    c = middle(a, i)
    return b.sum() + c


def inner_function(a, i):
    limit = 4

    def divided(x):
        if x > limit:
            raise ValueError("large")
        return 3 // x

    return divided(int(a[i]))


def outermost(a, i, middle):
    total = 0
    for k in range(2):
        total += middle(a, i)
    return total


def outermost_caught(a, i, middle):
    try:
        total = middle(a, i)
        total += middle(a, i)
    except ValueError:
        total = -2
    except KeyError:
        total = -3
    return total


@pytest.fixture(scope="module")
def compiled():
    """The functions above by name, compiled, calling each other compiled."""
    scope = {}
    for f in (check, middle, caught_within, caught_again, caught_elsewhere, from_another, holds_arrays, inner_function):
        clone = type(f)(f.__code__, scope, f.__name__, f.__defaults__)
        scope[f.__name__] = njit(clone)
    for f in (outermost, outermost_caught):
        scope[f.__name__] = njit(type(f)(f.__code__, scope, f.__name__))
    return scope


def outcome(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return seen(error)


def seen(error):
    """Class, arguments and frames of an error, and of the one that caused it."""
    if error is None:
        return None
    frames = [(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    frames = [frame for frame in frames if frame[0] != "outcome"]
    return type(error), str(error), frames, seen(error.__cause__)


MIDDLES = [middle, caught_within, caught_again, caught_elsewhere, from_another, holds_arrays, inner_function]


@pytest.mark.parametrize("i", range(4))
@pytest.mark.parametrize("inner", MIDDLES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("outer", [outermost, outermost_caught], ids=lambda f: f.__name__)
def test_tracebacks_name_each_function(outer, inner, i, compiled):
    a = np.array([1, 0, 5])
    expected = outcome(outer, a, i, inner)
    got = outcome(compiled[outer.__name__], a, i, compiled[inner.__name__])
    assert got == expected


# ---- what calls mean


@njit
def swap(a, b):
    return b, a


@njit
def same(a):
    return a


@njit
def filled(n, value=1.0):
    a = np.empty(n)
    for k in range(n):
        a[k] = value
    return a


@njit
def first_over(a, limit):
    for k in range(len(a)):
        if a[k] > limit:
            return k
    return None


def returns_what_it_is_given(a, n):
    return same(same(a))


def returns_one_of_two(a, n):
    b, c = swap(a, a * 2)
    return b if n > 2 else c


def makes_arrays(a, n):
    total = 0.0
    for k in range(n):
        total += filled(k + 1, value=k).sum()
    return filled(n), total


def optional_result(a, n):
    k = first_over(a, n)
    if k is None:
        return -1
    return k


def rebinds_the_parameter(a, n):
    def grow(x):
        x = x * 3
        x += n
        return x

    return grow(n) + grow(n + 1)


@pytest.mark.parametrize("n", [0, 1, 3, 7])
@pytest.mark.parametrize(
    "f", [returns_what_it_is_given, returns_one_of_two, makes_arrays, optional_result, rebinds_the_parameter], ids=lambda f: f.__name__
)
def test_calls_mean_what_they_mean_in_python(f, n):
    a = np.arange(5.0)
    np.testing.assert_equal(njit(f)(a, n), f(a, n))


def test_an_argument_that_comes_back_is_the_same_object():
    a = np.arange(3.0)
    assert njit(returns_what_it_is_given)(a, 1) is a


def test_recursion_that_is_inlined_once_still_ends():
    @njit
    def even(n):
        return True if n == 0 else odd(n - 1)

    @njit
    def odd(n):
        return False if n == 0 else even(n - 1)

    assert [even(n) for n in range(5)] == [True, False, True, False, True]


# ---- recursion: a function that calls itself holds some levels of its calls


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


def countdown(n):
    if n == 0:
        return 1 // n
    return 1 + countdown(n - 1)


def caught_at_each_level(n):
    try:
        if n == 0:
            raise ValueError("the end")
        return caught_at_each_level(n - 1)
    except ValueError:
        if n % 3 == 2:
            return n
        raise


def takes_arrays(a):
    if len(a) == 0:
        return a
    b = takes_arrays(a[1:])
    return b if len(b) > 2 else a


@pytest.mark.parametrize("n", range(8))
@pytest.mark.parametrize("f", [fibonacci, countdown, caught_at_each_level], ids=lambda f: f.__name__)
def test_recursion(f, n):
    scope = {}
    scope[f.__name__] = compiled = njit(type(f)(f.__code__, scope, f.__name__))
    assert outcome(compiled, n) == outcome(f, n)


@pytest.mark.parametrize("n", range(6))
def test_recursion_with_arrays(n):
    scope = {"len": len}
    scope["takes_arrays"] = compiled = njit(type(takes_arrays)(takes_arrays.__code__, scope, "takes_arrays"))
    np.testing.assert_array_equal(compiled(np.arange(n)), takes_arrays(np.arange(n)))


def test_endless_recursion_is_an_error():
    @njit
    def endless(n):
        if n < 0:
            return 0
        return endless(n + 1) + 1

    @njit
    def survives(n):
        try:
            return endless(n)
        except RecursionError:
            return -1

    with pytest.raises(RecursionError) as caught:
        endless(0)
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert 100 < names.count("endless") <= 1000
    assert survives(0) == survives(0) == -1


def test_a_cached_process_shows_the_same_frames(run_python, tmp_path, cache_dir):
    script = tmp_path / "script.py"
    script.write_text(
        "import traceback\nfrom lancehead import njit\n\n@njit\ndef inner(x):\n    return 1 // x\n\n"
        "@njit\ndef outer(x):\n    return 2 * inner(x)\n\n"
        "try:\n    outer(0)\nexcept ZeroDivisionError as e:\n"
        "    print([(f.name, f.lineno) for f in traceback.extract_tb(e.__traceback__)])\n"
    )
    env = {"LANCEHEAD_CACHE_DIR": cache_dir}
    first = run_python(script, "", env=env)
    assert "[('<module>', 13), ('outer', 10), ('inner', 6)]" in first
    assert run_python(script, "", env=env) == first
