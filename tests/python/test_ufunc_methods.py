"""reduce, accumulate, reduceat, outer and at of ufuncs: values, dtypes, shapes, memory and errors as NumPy's."""

import functools
import re

import numpy as np
import pytest
from oracle import compare, copied, jitted, outcome
from test_ufuncs import LIBM_ULP, ROWS, tolerance

import lancehead

BINARY = [name for name, (inputs, _) in ROWS.items() if inputs == 2 and getattr(np, name).nout == 1 and name != "ldexp"]
SUMS = ["add", "multiply"]
OTHERS = [name for name in BINARY if name not in SUMS]
SOME = ["subtract", "maximum", "logical_and", "bitwise_xor"]

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def array_for(name, *shape):
    """Numbers that the ufunc has a loop of one dtype for; powers and shifts stay small."""
    n = int(np.prod(shape))
    for dtype in ("f8", "i8", "?"):
        a = (np.arange(n) * 7 % 5 + 1).astype(dtype).reshape(shape)
        try:
            if getattr(np, name)(a, a).dtype == a.dtype:
                return a
        except TypeError:
            continue


def values(dtype, *shape):
    n = int(np.prod(shape))
    a = (np.arange(n) * 7 % 11 - 3) / 2
    if np.dtype(dtype).kind == "c":
        return (a + 1j * a[::-1]).astype(dtype).reshape(shape)
    return np.abs(a).astype(dtype).reshape(shape) if np.dtype(dtype).kind == "u" else a.astype(dtype).reshape(shape)


def method(name, how, source):
    """A function of (a, *others) with the ufunc's method in place of F."""
    params, _, code = source.partition(":")
    scope = {"np": np}
    called = re.sub(r"\bF\b", f"np.{name}.{how}", code)
    exec(f"def {how}({params}):\n    return {called}", scope)
    return scope[how]


def checked(name, how, source, *args, **more):
    """Compared with NumPy; what is a TypeError there is one here, at compile time or later."""
    fn = method(name, how, source)
    ulp = max(tolerance(name, args[:1]), LIBM_ULP * args[0].size if "MATHFN" in ROWS[name][1] else 0)
    if isinstance(outcome(fn, args).error, TypeError):
        with pytest.raises((lancehead.errors.TypingError, TypeError)):
            jitted(fn)(*copied(args))
        return
    compare(fn, *args, ulp=ulp, **more)


# ---- reduce

# NumPy's vectorised loops of these read operands that the reduction has yet to write: wrong along an axis in memory order.
WRONG_IN_NUMPY = ["power", "pow", "float_power", "arctan2", "atan2"]
FORMS = ["a:F(a)", "a:F(a, 1)", "a:F(a, axis=-1, keepdims=True)", "a, k:F(a, axis=k)"]


@pytest.mark.parametrize("name", OTHERS)
def test_reduce_of_each_ufunc(name):
    a = array_for(name, 3, 4)
    checked(name, "reduce", "a:F(a)", a)
    checked(name, "reduce", "a, k:F(a, axis=k)", a, 0)
    if name not in WRONG_IN_NUMPY:
        checked(name, "reduce", "a:F(a)", array_for(name, 6))
        checked(name, "reduce", "a:F(a, 1)", a)
        checked(name, "reduce", "a:F(a, axis=-1, keepdims=True)", a)


@pytest.mark.parametrize("name", [name for name in WRONG_IN_NUMPY if name in ROWS])
def test_reduce_where_numpy_is_wrong(name):
    a = array_for(name, 7)[1:]
    compare(method(name, "reduce", "a:F(a)"), a, expect=functools.reduce(getattr(np, name), a), ulp=LIBM_ULP * a.size)


@pytest.mark.parametrize("dtype", ["?", "i1", "u2", "i8", "f4", "f8", "c8"])
@pytest.mark.parametrize("name", SOME)
def test_reduce_of_dtypes(name, dtype):
    checked(name, "reduce", "a:F(a)", values(dtype, 3, 4))
    checked(name, "reduce", "a:F(a, axis=1)", values(dtype, 3, 4))
    checked(name, "reduce", "a:F(a)", values(dtype, 7))


LAYOUTS = [
    values("f8", 2, 3, 4),
    values("f8", 2, 3, 4).T,
    values("f8", 4, 6)[::2, ::-1],
    np.zeros((0, 3)),
    np.zeros((3, 0)),
    np.zeros(0),
    np.zeros((0, 0)),
]


@pytest.mark.parametrize("a", LAYOUTS, ids=lambda a: f"{a.shape}{a.strides}")
@pytest.mark.parametrize("name", ["subtract", "fmax", "logical_or", "hypot"])
def test_reduce_of_layouts(name, a):
    for k in range(-a.ndim, a.ndim):
        checked(name, "reduce", "a, k:F(a, k)", a, k)
    checked(name, "reduce", "a:F(a, axis=None)", a)


AXES = ["None", "()", "(0,)", "(0, 1)", "(-1, 0)", "(0, 1, 2)", "(0, 0)", "3", "-4", "(0, 3)"]


@pytest.mark.parametrize("axes", AXES)
@pytest.mark.parametrize("name", ["maximum", "logical_xor", "subtract"])
def test_reduce_along_several_axes(name, axes):
    a = values("f8", 2, 3, 4)
    checked(name, "reduce", f"a:F(a, axis={axes})", a, text=False)
    checked(name, "reduce", f"a:F(a, axis={axes}, keepdims=True)", a, text=False)


PARAMETERS = [
    "a:F(a, dtype=np.float32)",
    "a:F(a, initial=3)",
    "a:F(a, initial=None)",
    "a:F(a, axis=1, initial=3, where=a > 0)",
    "a:F(a, where=a > 0)",
    "a:F(a, axis=0, initial=2, where=a[1] > 0)",
    "a:F(a, axis=None, initial=2, where=a > 0, keepdims=True)",
    "a:F(a, axis=(0, 1), initial=2, where=a > 0)",
    "a:F(a, out=np.zeros(4))",
    "a:F(a, 1, None, np.zeros(3), False)",
    "a:F(a, 1, out=np.zeros((3, 1)), keepdims=True)",
    "a:F(a[0], out=np.zeros(()))",
]


@pytest.mark.parametrize("source", PARAMETERS)
@pytest.mark.parametrize("name", ["maximum", "subtract", "hypot", "bitwise_or"])
def test_parameters_of_reduce(name, source):
    a = values("i4" if name == "bitwise_or" else "f8", 3, 4)
    if name == "bitwise_or" and "float" in source + name or name == "bitwise_or" and "out" in source:
        return
    checked(name, "reduce", source, a)


WRONG = [
    ("maximum", "a:F(a[:0])", "zero-size array to reduction operation maximum which has no identity"),
    ("maximum", "a:F(a[:0, :0], axis=None)", "zero-size array to reduction operation maximum which has no identity"),
    ("hypot", "a:F(a[:0], initial=None)", "zero-size array to reduction operation hypot which has no identity"),
    ("subtract", "a:F(a, axis=None)", "is not reorderable, so at most one axis may be specified"),
    ("minimum", "a:F(a, where=a > 0)", "to use a where mask one has to specify 'initial'"),
    ("subtract", "a:F(a, 2)", "axis 2 is out of bounds for array of dimension 2"),
    ("subtract", "a:F(a, out=np.zeros((1, 4)))", "output parameter for reduction operation"),
    ("subtract", "a:F(a, out=np.zeros(3))", "operands could not be broadcast together"),
    ("power", "a:F((a - 3).astype(np.int64))", "Integers to negative integer powers are not allowed."),
]


@pytest.mark.parametrize("name, source, words", WRONG, ids=lambda v: v if isinstance(v, str) else "")
def test_errors_of_reduce(name, source, words):
    compare(method(name, "reduce", source), values("f8", 3, 4), text=words)


def reduced_by_the_result(a, o):
    return np.subtract.reduce(a, out=o), o


def test_out_is_returned():
    compare(reduced_by_the_result, values("f8", 3, 4), np.zeros(4))


@pytest.mark.parametrize("name", SUMS)
def test_sums_and_products(name):
    for dtype in ("i1", "u2", "f4", "f8", "c16"):
        for source in [*FORMS[:3], "a:F(a, axis=None)", "a:F(a, initial=2)", "a:F(a, 1, where=a != 0)", "a:F(a, dtype=np.float64)"]:
            if not (dtype == "c16" and "float64" in source):
                checked(name, "reduce", source, values(dtype, 20, 30))


# ---- accumulate


@pytest.mark.parametrize("name", OTHERS)
def test_accumulate_of_each_ufunc(name):
    checked(name, "accumulate", "a:F(a)", array_for(name, 6))
    checked(name, "accumulate", "a:F(a, 1)", array_for(name, 3, 4))


@pytest.mark.parametrize("name", [*SOME, *SUMS])
def test_accumulate(name):
    for dtype in ("?", "i1", "u2", "f4", "f8", "c8"):
        checked(name, "accumulate", "a:F(a)", values(dtype, 7))
        for k in (0, 1, -1):
            checked(name, "accumulate", "a, k:F(a, axis=k)", values(dtype, 3, 4), k)
    for a in LAYOUTS:
        checked(name, "accumulate", "a:F(a)", a)
    checked(name, "accumulate", "a:F(a, axis=1, dtype=np.float32)", values("f8", 3, 4))
    checked(name, "accumulate", "a, o:F(a, 0, None, o)", values("f4", 3, 4), np.zeros((3, 4)))
    if name != "bitwise_xor":
        checked(name, "accumulate", "a:F(a, 2)", values("f8", 3, 4), text="axis 2 is out of bounds")
    checked(name, "accumulate", "a:F(a)", np.array(1.0))


# ---- reduceat

INDICES = [[0], [0, 2, 4], [3, 1, 1, 0], [4, 4], [0, 5], [-1], []]


@pytest.mark.parametrize("indices", INDICES, ids=str)
@pytest.mark.parametrize("name", [*SOME, *SUMS])
def test_reduceat(name, indices):
    ix = np.array(indices, np.int64)
    words = "out-of-bounds in"
    for dtype in ("i4", "u1") if name == "bitwise_xor" else ("i4", "f8"):
        checked(name, "reduceat", "a, i:F(a, i)", values(dtype, 5), ix, text=words)
        checked(name, "reduceat", "a, i:F(a, i)", values(dtype, 5, 3), ix, text=words)
        checked(name, "reduceat", "a, i:F(a, i, axis=1)", values(dtype, 3, 5), ix, text=words)
        checked(name, "reduceat", "a, i:F(a, i, -1)", values(dtype, 2, 3, 5), ix, text=words)
        if name in ("subtract", "maximum", *SUMS):
            checked(name, "reduceat", "a, i:F(a, i, -1, np.float32)", values(dtype, 2, 3, 5), ix, text=words)


@pytest.mark.parametrize("name", [name for name in OTHERS if name not in SOME + WRONG_IN_NUMPY])
def test_reduceat_of_each_ufunc(name):
    checked(name, "reduceat", "a, i:F(a, i)", array_for(name, 6), np.array([0, 3, 2]))


def test_reduceat_sums_as_numpy_does():
    a = np.random.default_rng(1).normal(size=(4, 1000))
    checked("add", "reduceat", "a, i:F(a, i, axis=1)", a, np.array([0, 5, 300, 17]))
    checked("add", "reduceat", "a, i:F(a, i)", a.T.copy(), np.array([0, 5, 300, 17]))
    checked("add", "reduceat", "a, i:F(a, i)", a[0], np.array([0, 5, 300, 17]))


# ---- outer


@pytest.mark.parametrize("name", [name for name, (inputs, _) in ROWS.items() if inputs == 2])
def test_outer_of_each_ufunc(name):
    if name == "ldexp":
        checked(name, "outer", "a, b:F(a, b)", values("f8", 3), np.arange(4))
    elif name == "divmod":
        compare(method(name, "outer", "a, b:F(a, b)"), values("f8", 3), values("f8", 2))
    else:
        checked(name, "outer", "a, b:F(a, b)", array_for(name, 3), array_for(name, 4))


@pytest.mark.parametrize("shapes", [((2, 3), (4,)), ((3,), (2, 2)), ((), (3,)), ((3,), ()), ((0, 2), (3,)), ((), ())], ids=str)
def test_shapes_of_outer(shapes):
    a, b = (values("f8", *shape) for shape in shapes)
    checked("subtract", "outer", "a, b:F(a, b)", a, b)
    checked("subtract", "outer", "a, b:F(a, b, dtype=np.float32)", a.T, b)
    checked("subtract", "outer", "a, b:F(a, 2)", a, b)
    checked("subtract", "outer", "a, b:F(2, b)", a, b)
    checked("subtract", "outer", "a, b, o:F(a, b, out=o, where=b > 0, casting='unsafe')", a, b, np.zeros(a.shape + b.shape, int))


# ---- at

PLACES = {
    "an int": 2,
    "indices": np.array([1, 1, 0, -1, 1]),
    "no index": np.zeros(0, int),
    "a table": np.array([[0, 1], [1, 3]]),
    "a mask": np.array([True, False, True, True]),
    "out of bounds": np.array([0, 1, 7]),
}


@pytest.mark.parametrize("what", PLACES)
@pytest.mark.parametrize("name", ["add", "subtract", "maximum", "power"])
def test_at(name, what):
    ix = PLACES[what]
    for a in (values("f8", 4), values("i4", 4), values("f8", 4, 3), values("f8", 3, 4).T):
        for b in (2, 1.5, np.float32(1.5)):
            checked(name, "at", "a, i, b:F(a, i, b)", a, ix, b)
        if not isinstance(ix, int):
            shape = a[ix].shape if what != "out of bounds" else ix.shape + a.shape[1:]
            checked(name, "at", "a, i, b:F(a, i, b)", a, ix, np.abs(values("f8", *shape)))
            checked(name, "at", "a, i, b:F(a, i, b)", a, ix, np.abs(values("i8", *shape[len(shape) - 1 :])))


@pytest.mark.parametrize("name", [name for name in BINARY if name not in ("add", "power")])
def test_at_of_each_ufunc(name):
    a = array_for(name, 4)
    checked(name, "at", "a, i, b:F(a, i, b)", a, np.array([0, 1, 1, 3]), array_for(name, 4))


@pytest.mark.parametrize("name", ["negative", "sqrt", "square", "logical_not", "absolute"])
def test_at_of_one_operand(name):
    a = values("f8", 4, 3) + 5
    checked(name, "at", "a, i:F(a, i)", a, np.array([0, 2, 2]))
    checked(name, "at", "a, i:F(a, i)", a[:, 0], np.array([0, 2, 2]))
    checked(name, "at", "a:F(a, 1)", a)


KEYS = ["(i, 1)", "(1, i)", "(i, i)", "(..., i)", "(i, None)", "(i, ..., i)", "(1, 2)", "..."]


@pytest.mark.parametrize("key", KEYS)
def test_keys_of_at(key):
    i = np.array([1, 0, 1, 2])
    a = values("f8", 3, 4)
    checked("add", "at", f"a, i, b:F(a, {key}, b)", a, i, 2.0)
    b = values("f8", *np.shape(a[eval(key, {"i": i})]))
    checked("add", "at", f"a, i, b:F(a, {key}, b)", a, i, b)


def histogram(places, counts):
    np.add.at(counts, places, 1)
    return counts


def test_at_counts():
    places = np.random.default_rng(0).integers(0, 10, 1000)
    compare(histogram, places, np.zeros(10, int))
    compare(histogram, places, np.zeros(10, np.float32))


# ---- attributes and what there is not


def attributes():
    return np.add.nin, np.add.nout, np.add.nargs, np.add.identity, np.divmod.nout, np.subtract.identity is None, np.logaddexp.identity


def test_attributes():
    compare(attributes)
    for name in BINARY:
        identity = getattr(np, name).identity
        scope = {"np": np}
        exec(f"def identity():\n    return np.{name}.identity", scope)
        found = lancehead.njit(scope["identity"])()
        assert (found, type(found)) == (identity, type(identity))


@pytest.mark.parametrize("source", ["a: np.divmod.reduce(a)", "a: np.sin.reduce(a)", "a: np.sin.outer(a, a)", "a: np.add.nothing(a)"])
def test_methods_that_there_are_not(source):
    fn = eval(f"lambda {source}", {"np": np})
    assert outcome(fn, (np.ones(3),)).error is not None
    with pytest.raises(lancehead.errors.NumbaError):
        jitted(fn)(np.ones(3))
