"""Binding of arguments to parameters: whatever CPython makes of a call, the compiled function makes too, in its words."""

import itertools
import warnings

import numpy as np
import pytest

from lancehead import jit, njit
from lancehead.errors import LanceheadFallbackWarning, UnsupportedError


def plain(a, b):
    return a - b


def nothing():
    return 0


def defaults(a, b=10, c=2.5):
    return a + b * c


def keyword_only(a, *, b, c=3):
    return a + b * c


def only_keywords(*, a=1, b):
    return a - b


def positional_only(a, b=5, /, c=7):
    return a * 100 + b * 10 + c


def rest(a, *b):
    return a, b


def rest_alone(*c):
    return c


def rest_with_keywords(a, *b, c=3, d):
    return a, b, c, d


def rest_with_none(*b, c=None):
    return b, c


def everything(a, b=2, /, c=3, *d, e, f=None):
    return a, b, c, d, e, f


FUNCTIONS = [
    plain,
    nothing,
    defaults,
    keyword_only,
    only_keywords,
    positional_only,
    rest,
    rest_alone,
    rest_with_keywords,
    rest_with_none,
    everything,
]
VALUES = [1, 2, 3.5, (4, None), 5]
NAMES = "abcdefx"


class Refusal(str):
    """The words of a TypeError; equal to those that say more after them."""

    def __eq__(self, other):
        return isinstance(other, Refusal) and other.startswith(self)

    __hash__ = None


def outcome(function, args, kwargs):
    """What the call gives, or what its TypeError says."""
    try:
        return function(*args, **kwargs)
    except TypeError as error:
        return Refusal(error)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_arguments_bind_as_in_python(function):
    compiled = njit(function)
    for count, number in itertools.product(range(5), range(4)):
        for names in itertools.combinations(NAMES, number):
            kwargs = {name: k + 1 for k, name in enumerate(names)}
            expected = outcome(function, VALUES[:count], kwargs)
            if isinstance(expected, Refusal) and "operand" in expected:
                continue  # a tuple was added to a number
            got = outcome(compiled, VALUES[:count], kwargs)
            assert type(got) is type(expected) and expected == got, (VALUES[:count], kwargs)


@pytest.mark.parametrize(
    "args, kwargs, text",
    [
        ((1,), {}, "not enough arguments: expected 2, got 1"),
        ((), {}, "not enough arguments: expected 2, got 0"),
        ((1, 2, 3), {}, "too many arguments: expected 2, got 3"),
        ((1, 2), {"c": 3}, "too many arguments: expected 2, got 3"),
    ],
)
def test_a_wrong_number_of_arguments_in_the_words_of_numba(args, kwargs, text):
    with pytest.raises(TypeError) as caught:
        njit(plain)(*args, **kwargs)
    assert str(caught.value).endswith(f"({text})")


def test_a_call_that_does_not_bind_runs_nothing():
    ran = []

    def noisy(a, b=1):
        ran.append(a)
        return a

    with pytest.raises(TypeError, match="multiple values for argument 'a'"):
        njit(noisy)(1, a=2)
    assert ran == []


def test_keywords_that_are_not_interned():
    name = "".join(["wi", "dth"])
    scope = {}
    exec("def f(width): return width", scope)
    assert njit(scope["f"])(**{name: 3}) == 3


def test_many_parameters():
    names = [f"a{k}" for k in range(70)]
    scope = {}
    exec(f"def f({', '.join(f'{n}={k}' for k, n in enumerate(names))}): return {' + '.join(names)}", scope)
    f, compiled = scope["f"], njit(scope["f"])
    for kwargs in ({}, {"a0": 5}, {"a69": 1.5, "a3": 2}):
        assert compiled(**kwargs) == f(**kwargs)
    assert compiled(*range(1, 71)) == f(*range(1, 71))


# ---- defaults


@pytest.mark.parametrize("values", [(5,), (5, 6), (4, 5, 6), None], ids=str)
def test_defaults_are_those_of_now(values):
    def f(a, b=1):
        return a - b

    compiled = njit(f)
    assert compiled(1) == 0
    f.__defaults__ = values
    for args in ((), (1,), (1, 1)):
        assert outcome(f, args, {}) == outcome(compiled, args, {})


def test_keyword_defaults_are_those_of_now():
    def f(a, *, b=1):
        return a - b

    compiled = njit(f)
    assert compiled(1) == 0
    f.__kwdefaults__ = {"b": 2.5}
    assert compiled(1) == -1.5
    f.__kwdefaults__ = None
    assert outcome(f, (1,), {}) == outcome(compiled, (1,), {})


def test_a_default_that_is_none_prunes():
    @njit
    def f(a, b=None):
        if b is None:
            return a
        return a + b

    for args in ((1,), (1, 2), (1, None), (1, 2.5), (1,)):
        assert f(*args) == f.py_func(*args)


@pytest.mark.parametrize("value", [3, 2.5, None, True, (1, 2), (1, (None, "x")), "text", np.float32(0.5), np.int8(3)], ids=repr)
def test_defaults_of_any_type(value):
    def f(a, b=value):
        return b

    compiled = njit(f)
    for _ in range(2):
        assert compiled(1) == f(1)
        assert compiled(1, value) == f(1, value)
    for _ in range(2):
        assert compiled(1, 7) == 7
        assert compiled(1) == f(1)


def test_a_default_that_is_an_array():
    array = np.arange(3.0)

    def f(i, a=array):
        return a[i]

    compiled = njit(f)
    assert compiled(2) == 2
    array[2] = 5
    assert compiled(2) == 5
    assert compiled(0, np.ones(1)) == 1


# ---- parameters **kwargs


def any_keywords(a, **others):
    return a


@pytest.mark.parametrize("kwargs", [{}, {"b": 2}], ids=str)
def test_any_keywords_are_refused(kwargs):
    with pytest.raises(UnsupportedError, match=r"\*\*others"):
        njit(any_keywords)(1, **kwargs)
    compiled = jit(any_keywords)
    with pytest.warns(LanceheadFallbackWarning, match=r"\*\*others"):
        assert compiled(1, **kwargs) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compiled(1, c=3) == 1
