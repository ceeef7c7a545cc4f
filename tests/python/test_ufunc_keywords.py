"""out, where, dtype and casting of every ufunc, and ufuncs with two results: values, memory, dtypes and errors as NumPy's."""

import re

import numpy as np
import pytest
from numpy_versions import since
from oracle import compare, copied, jitted, outcome
from test_ufuncs import COMPLEX_ULP, LIBM_ULP, ROWS, ZERO_OF_EITHER_SIGN, tolerance, values

import lancehead

M = np.arange(12.0).reshape(3, 4)
V = np.arange(4.0)
# Of results that are nan, masks without out, a third operand of np.maximum, imaginary parts that go.
IGNORED = ("RuntimeWarning", "UserWarning", "DeprecationWarning", "numpy.exceptions.ComplexWarning")
pytestmark = pytest.mark.filterwarnings(*(f"ignore::{name}" for name in IGNORED))
BOOLS = np.array([True, False, True, True])


def operands(name, dtype):
    """The first values of the dtype, in another order for a second operand; none that NumPy does not define."""
    x = values(dtype)[:7]
    if np.dtype(dtype).kind in "iu":
        x = np.abs(x // 4)
    if name == "reciprocal":
        x = x[x != 0]
    return [x, x[::-1].copy()][: ROWS[name][0]]


def dtype_of_loop(name):
    """A dtype that the ufunc has a loop for without casting."""
    for dtype in ("f8", "i8", "?"):
        try:
            getattr(np, name)(*operands(name, dtype))
        except TypeError:
            continue
        return dtype


SINGLE = [name for name in ROWS if getattr(np, name).nout == 1]
DOUBLE = [name for name in ROWS if getattr(np, name).nout == 2]


def positional(name):
    ufunc = getattr(np, name)
    return (lambda x, o: ufunc(x, o)) if ufunc.nin == 1 else (lambda x, y, o: ufunc(x, y, o))


def by_keyword(name):
    ufunc = getattr(np, name)
    return (lambda x, o: ufunc(x, out=o)) if ufunc.nin == 1 else (lambda x, y, o: ufunc(x, y, out=o))


def masked(name):
    ufunc = getattr(np, name)
    if ufunc.nin == 1:
        return lambda x, o, w: ufunc(x, out=o, where=w)
    return lambda x, y, o, w: ufunc(x, y, out=o, where=w)


# ---- every ufunc


@pytest.mark.parametrize("name", SINGLE)
def test_out_and_where_of_each_ufunc(name):
    dtype = dtype_of_loop(name)
    args = operands(name, dtype)
    with np.errstate(all="ignore"):
        result = getattr(np, name)(*args)
    if name in ZERO_OF_EITHER_SIGN:
        args = [a + 0.0 for a in args]
    ulp = tolerance(name, args)
    out = np.ones_like(result)
    compare(positional(name), *args, out, ulp=ulp)
    mask = np.arange(len(out)) % 3 != 1
    compare(masked(name), *args, out, mask, ulp=ulp)


@pytest.mark.parametrize("name", DOUBLE)
def test_out_of_ufuncs_with_two_results(name):
    ufunc, dtype = getattr(np, name), dtype_of_loop(name)
    args = operands(name, dtype)
    with np.errstate(all="ignore"):
        one, two = (np.ones_like(r) for r in ufunc(*args))
    calls = {
        1: (
            lambda x: ufunc(x),
            lambda x, a: ufunc(x, a),
            lambda x, a, b: ufunc(x, a, b),
            lambda x, a, b: ufunc(x, out=(a, b)),
            lambda x, a, b: ufunc(x, out=(a, None)),
            lambda x, a, b: ufunc(x, out=(None, b)),
            lambda x, a, b: ufunc(x, out=(a, b), where=x > 1),
        ),
        2: (
            lambda x, y: ufunc(x, y),
            lambda x, y, a: ufunc(x, y, a),
            lambda x, y, a, b: ufunc(x, y, a, b),
            lambda x, y, a, b: ufunc(x, y, out=(a, b)),
            lambda x, y, a, b: ufunc(x, y, out=(a, None)),
            lambda x, y, a, b: ufunc(x, y, out=(None, b)),
            lambda x, y, a, b: ufunc(x, y, out=(a, b), where=x > 1),
        ),
    }[ufunc.nin]
    for fn in calls:
        compare(fn, *args, *[one, two][: fn.__code__.co_argcount - ufunc.nin])


# ---- ways to write it


def out_of_none(a, b):
    return np.add(a, b, out=None, where=True, dtype=None, casting="same_kind", order="K", subok=True)


def out_in_a_tuple(a, b):
    return np.add(a, b, out=(b,))


def out_is_returned(a, b):
    np.multiply(a, 2, out=b)
    return np.sqrt(b, b)


def out_is_an_input(a, b):
    return np.subtract(a, b, out=a), a


def out_in_a_loop(a, b):
    for _ in range(3):
        np.add(a, b, out=b)
    return b


def out_of_scalars(a, b):
    return np.add(1, 2.5, out=b)


@pytest.mark.parametrize("fn", [out_of_none, out_in_a_tuple, out_is_returned, out_is_an_input, out_in_a_loop, out_of_scalars])
def test_forms(fn):
    compare(fn, V, V[::-1] + 1.0)
    compare(fn, M, M[::-1] + 1.0)
    compare(fn, np.array(2.0), np.array(3.0))


# ---- shapes

ADD_INTO = by_keyword("add")
SHAPES = [
    ((3, 4), (4,), (3, 4)),
    ((4,), (4,), (2, 3, 4)),
    ((1,), (4,), (4,)),
    ((), (), (4,)),
    ((), (), ()),
    ((3, 1), (1, 4), (3, 4)),
    ((0, 4), (4,), (0, 4)),
    ((4,), (4,), (1,)),
    ((4,), (4,), (3,)),
    ((3, 4), (4,), (4,)),
    ((1, 4), (4,), (4,)),
    ((3, 4), (4,), (1, 4)),
    ((3, 4), (), ()),
    ((4,), (3,), (4,)),
    ((4,), (1,), (0,)),
]


@pytest.mark.parametrize("a, b, out", SHAPES, ids=str)
def test_shapes_of_out(a, b, out):
    args = [np.arange(float(np.prod(shape))).reshape(shape) for shape in (a, b, out)]
    error = outcome(ADD_INTO, args).error
    words = re.match(r"operands could not be broadcast together|non-broadcastable output operand", str(error))
    compare(ADD_INTO, *args, text=words.group() if words else True)


def add_in_place(a, b):
    a += b
    return a


@pytest.mark.parametrize("a, b, out", SHAPES, ids=str)
def test_shapes_in_place(a, b, out):
    if out == ():  # NumPy's a += b of no axes is a scalar's, another object
        return
    args = [np.ones(out), np.ones(a)]
    error = outcome(add_in_place, args).error
    words = re.match(r"operands could not be broadcast together|non-broadcastable output operand", str(error))
    compare(add_in_place, *args, text=words.group() if words else True)


ADD_WHERE = lambda a, b, o, w: np.add(a, b, out=o, where=w)  # noqa: E731


@pytest.mark.parametrize("mask", [(4,), (3, 4), (3, 1), (1,), (), (2, 3, 4), (5,)], ids=str)
def test_shapes_of_where(mask):
    w = np.resize(np.array([True, False, True]), mask)
    for out in (np.full((3, 4), -1.0), np.full((2, 3, 4), -1.0)):
        error = outcome(ADD_WHERE, (M, V, out, w)).error
        compare(ADD_WHERE, M, V, out, w, text="could not be broadcast" if "could not" in str(error) else "non-broadcastable")


def test_where_decides_the_shape_of_a_fresh_result():
    both = lambda a, w: np.add(a, 1.0, where=w)  # noqa: E731
    expected, actual = both(V, np.ones((3, 1), bool)), jitted(both)(V, np.ones((3, 1), bool))
    assert (expected == actual).all() and expected.shape == actual.shape
    some = jitted(both)(V, BOOLS)
    assert (some[BOOLS] == V[BOOLS] + 1.0).all() and some.shape == V.shape


@pytest.mark.parametrize("flag", [True, False, np.True_, np.False_], ids=repr)
def test_where_is_a_scalar(flag):
    compare(ADD_WHERE, M, V, np.full((3, 4), -1.0), flag)
    compare(ADD_WHERE, np.array(1.0), np.array(2.0), np.array(5.0), flag)


def test_memory_order_follows_out():
    fresh = lambda a, w: np.add(a, a, where=w)  # noqa: E731
    f = np.asfortranarray(M)
    assert jitted(fresh)(f, np.asfortranarray(f > -1)).flags.f_contiguous
    compare(ADD_INTO, f, M, np.zeros((4, 3)).T)
    compare(ADD_INTO, M, M, np.zeros((6, 8))[::2, ::-2])


# ---- memory that is shared

OVERLAPS = {
    "shifted down": lambda a: np.add(a[1:], a[:-1], out=a[:-1]),
    "shifted up": lambda a: np.add(a[1:], a[:-1], out=a[1:]),
    "reversed": lambda a: np.subtract(a, a[::-1], out=a),
    "reversed out": lambda a: np.multiply(a, 2.0, out=a[::-1]),
    "every other": lambda a: np.add(a[::2], a[1::2], out=a[: a.size // 2]),
    "transposed": lambda a: np.add(a.reshape(4, 4), a.reshape(4, 4).T, out=a.reshape(4, 4)),
    "broadcast": lambda a: np.add(a.reshape(4, 4), a[:4], out=a.reshape(4, 4)),
    "masked": lambda a: np.add(a[1:], a[:-1], out=a[1:], where=a[1:] > 4.0),
    "two results": lambda a: np.divmod(a[1:9], a[:8], out=(a[:8], a[8:])),
    "in place": lambda a: np.exp2(a, out=a),
}


@pytest.mark.parametrize("how", OVERLAPS)
def test_out_shares_memory_with_operands(how):
    compare(OVERLAPS[how], np.arange(1.0, 17.0))


@pytest.mark.parametrize("how", ["shifted down", "shifted up", "reversed", "masked"])
def test_arguments_that_share_memory(how):
    base = np.arange(1.0, 17.0)
    views = {
        "shifted down": (base[1:], base[:-1], base[:-1]),
        "shifted up": (base[1:], base[:-1], base[1:]),
        "reversed": (base, base[::-1], base),
        "masked": (base[1:], base[:-1], base[1:]),
    }[how]
    if how == "masked":
        compare(ADD_WHERE, *views, np.arange(15) % 2 == 0)
    else:
        compare(ADD_INTO, *views)


# ---- dtypes and casting

CASTINGS = ["no", "equiv", "safe", "same_kind", "unsafe"]
DTYPES = ["?", "i1", "u1", "i4", "i8", "u8", "f4", "f8", "c8", "c16"]


def cast_into(rule):
    return lambda x, o: np.add(x, x, out=o, casting=rule)


def typed(name, dtype, rule):
    ufunc, scalar = getattr(np, name), np.dtype(dtype).type
    if ufunc.nin == 1:
        return lambda x: ufunc(x, dtype=scalar, casting=rule)
    return lambda x: ufunc(x, x, dtype=scalar, casting=rule)


def as_numpy_or_refused(fn, *args, ulp=0):
    """What is a TypeError for NumPy is refused at compile time, as one."""
    error = outcome(fn, args).error
    if not isinstance(error, TypeError):
        return compare(fn, *args, ulp=ulp)
    with pytest.raises(lancehead.errors.TypingError) as caught:
        jitted(fn)(*copied(args))
    assert isinstance(caught.value, TypeError)
    if str(error).startswith("Cannot cast ufunc"):
        assert str(caught.value).split("\n")[0] == str(error)


@pytest.mark.parametrize("rule", CASTINGS)
def test_casting_of_the_result(rule):
    fn = cast_into(rule)
    for of in ("?", "i4", "u8", "f4", "f8", "c8"):
        for to in DTYPES:
            as_numpy_or_refused(fn, np.array([0, 1], of), np.zeros(2, to))


FLOOR = pytest.param("floor", marks=since("2.1", "floor has no loops of integers"))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["add", "subtract", "divide", "sin", "absolute", "less", FLOOR, "isnan", "bitwise_and", "ldexp"])
def test_dtype(name, dtype):
    for rule in ("same_kind", "unsafe", "no"):
        fn = typed(name, dtype, rule)
        for of in ("?", "i4", "f8", "c8"):
            x = np.array([0, 1], of)
            as_numpy_or_refused(fn, x, ulp=COMPLEX_ULP if of == "c8" else LIBM_ULP if name == "sin" else 0)


def test_inputs_are_cast_as_the_rule_allows():
    for rule in CASTINGS:
        fn = (lambda rule: lambda x, y: np.add(x, y, casting=rule))(rule)
        for of, to in [("i4", "i4"), ("i4", "i8"), ("i8", "f8"), ("f4", "f8")]:
            as_numpy_or_refused(fn, values(of)[:2], values(to)[:2])
        if rule != "equiv":  # which NumPy alone refuses for Python ints, where "no" is fine
            as_numpy_or_refused(fn, values("i4")[:2], 1)


def in_place_division(a):
    a /= 2


def test_in_place_operators_cast_as_numpy_does():
    as_numpy_or_refused(in_place_division, np.arange(4))
    as_numpy_or_refused(in_place_division, np.arange(4, dtype="f4"))


# ---- powers


def power_where(a, n, w):
    return np.power(a, n, out=np.zeros_like(a), where=w)


def test_negative_powers_count_where_the_mask_is_true():
    a, n = np.arange(1, 5), np.array([2, -1, 3, -2])
    compare(power_where, a, n, n > 0)
    compare(power_where, a, n, n < 3)


@pytest.mark.parametrize("n", [-1, np.array([-1])], ids=repr)
def test_powers_of_nothing(n):
    compare(lambda a, n: np.power(a, n), np.zeros(0, int), n)


# ---- what is refused

REFUSED = {
    "a mask of ints": (lambda a, o: np.add(a, a, out=o, where=np.arange(4)), V, V),
    "an unknown keyword": (lambda a, o: np.add(a, a, out=o, axis=0), V, V),
    "an unknown rule": (lambda a, o: np.add(a, a, out=o, casting="any"), V, V),
    "out twice": (lambda a, o: np.add(a, a, o, out=o), V, V),
    "two outs of one": (lambda a, o: np.add(a, a, out=(o, o)), V, V),
    "a number as out": (lambda a, o: np.add(a, a, out=o), V, 1.0),
    "one out of two": (lambda a, o: np.divmod(a, a, out=o), V, V),
    "no dtype": (lambda a, o: np.add(a, a, dtype=o), V, 3),
    "too many": (lambda a, o: np.add(a, a, o, o), V, V),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    fn, *args = REFUSED[what]
    assert outcome(fn, args).error is not None
    with pytest.raises(lancehead.errors.TypingError, match=r"numpy\.\w+\(\)"):
        jitted(fn)(*args)


def test_a_read_only_output_is_refused():
    out = V.copy()
    out.flags.writeable = False
    with pytest.raises(lancehead.errors.TypingError, match="read-only"):
        jitted(ADD_INTO)(V, V, out)
