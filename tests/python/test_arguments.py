"""What can be an argument: every kind of value, as CPython and NumPy make it, and what is refused."""

import enum
import itertools
from collections import namedtuple

import numpy as np
import pytest

from lancehead import float32, float64, int64, jit, njit, types
from lancehead.errors import TypingError

DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", "c8", "c16"]


class Number(int):
    pass


class Real(float):
    pass


class Imaginary(complex):
    pass


class Text(str):
    pass


class Colour(enum.IntEnum):
    RED = 3


def same(value):
    return value


def twice(value):
    return value + value


# ---- scalars


@pytest.mark.parametrize("letter", "?bhilqBHILQfdFD")
def test_numpy_scalars_of_every_class(letter):
    value = np.array(2.0).astype(letter)[()]
    compiled = njit(same)
    for _ in range(2):
        back = compiled(value)
        assert back == value and type(back) is type(value.item())
    assert str(compiled.signatures[0][0]) == value.dtype.name


SUBCLASSES = [Number(7), Number(-1), Number(2**63), Real(2.5), Imaginary(1 + 2j), Colour.RED]


@pytest.mark.parametrize("value", SUBCLASSES, ids=repr)
def test_subclasses_of_numbers(value):
    compiled = njit(twice)
    expected = twice(value)
    if expected == 2**64:  # wraps (docs/deviations.md)
        expected = 0
    for _ in range(2):
        assert compiled(value) == expected and type(compiled(value)) is type(expected)


@pytest.mark.skipif(
    np.lib.NumpyVersion(np.__version__) < "2.1.0", reason="NumPy 2.0 takes subclasses of Python's numbers for weak"
)
@pytest.mark.parametrize("value, dtype", list(itertools.product([Number(7), Real(2.5), Colour.RED, 7, 2.5], ["i1", "f4"])), ids=repr)
def test_a_number_of_a_subclass_is_not_weak(value, dtype):
    def f(a, x):
        return a + x

    compiled, array = njit(f), np.ones(2, dtype)
    plain = [1] * isinstance(value, int) + [1.5] * isinstance(value, float)
    for x in [value, *plain, value]:  # whatever specialisation is there already
        expected = f(array, x)
        got = compiled(array, x)
        assert got.dtype == expected.dtype
        np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("value", [Text("abc"), Text(""), Text("\N{GREEK SMALL LETTER ALPHA}")], ids=repr)
def test_subclasses_of_str(value):
    compiled = njit(same)
    assert compiled("plain") == "plain"
    assert compiled(value) is value
    assert njit(lambda s: len(s))(value) == len(value)


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, 10**100, 1 << 100_000, Number(2**64), (1, 2**64)], ids=lambda v: type(v).__name__)
@pytest.mark.parametrize("decorate", [njit, jit, njit("float64(float64)"), njit("int64(int64)")])
def test_an_int_beyond_64_bits_is_an_error(value, decorate):
    compiled = decorate(same)
    with pytest.raises(OverflowError, match="does not fit 64 bits"):
        compiled(value)
    assert compiled(1) == 1
    with pytest.raises(OverflowError, match="does not fit 64 bits"):
        compiled(value)


@pytest.mark.parametrize("value", [2**63, 2**63 + 1, 2**64 - 1])
def test_ints_from_2_to_the_63_are_unsigned(value):
    compiled = njit(same)
    for number in (1, value, -1, value):
        assert compiled(number) == number
    assert [str(args[0]) for args in compiled.signatures] == ["int64", "uint64"]
    assert njit(lambda a: float(a))(value) == float(value)


# ---- arrays


LAYOUTS = {
    "c": lambda dtype: np.arange(12).reshape(3, 4).astype(dtype),
    "f": lambda dtype: np.asfortranarray(np.arange(12).reshape(3, 4).astype(dtype)),
    "strided": lambda dtype: np.arange(48).reshape(6, 8).astype(dtype)[::2, 1::2],
    "reversed": lambda dtype: np.arange(12).reshape(3, 4).astype(dtype)[::-1, ::-1],
    "broadcast": lambda dtype: np.broadcast_to(np.arange(4).astype(dtype), (3, 4)),
    "no rows": lambda dtype: np.zeros((0, 4), dtype),
    "no columns": lambda dtype: np.zeros((3, 0), dtype),
    "1 by 1": lambda dtype: np.full((1, 1), 3).astype(dtype),
}


def weighted(a):
    out = 0 * a.sum()
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            out += a[i, j] * (10 * i + j)
    return out


@pytest.mark.parametrize("readonly", [False, True], ids=["writable", "readonly"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays_of_every_layout(dtype, readonly):
    compiled, back = njit(weighted), njit(same)
    arrays = [make(dtype) for make in LAYOUTS.values()]
    for array in arrays:
        if readonly:
            array.flags.writeable = False
    for _ in range(2):
        for array in arrays:
            index = [[10 * i + j for j in range(array.shape[1])] for i in range(array.shape[0])]
            expected = (array.astype("c16") * np.array(index).reshape(array.shape)).sum()
            assert compiled(array) == expected
            assert back(array) is array


def test_an_array_without_axes():
    compiled = njit(lambda a: a[()] + 1)
    for dtype in DTYPES[1:]:
        assert compiled(np.array(41, dtype)) == 42
    assert njit(same)(np.array(True)).ndim == 0


def test_flags_of_an_array_may_change():
    def f(a):
        a[0] = 7
        return a[0]

    compiled, array = njit(f), np.zeros(3)
    assert compiled(array) == 7
    array.flags.writeable = False
    for _ in range(2):
        with pytest.raises((TypingError, ValueError)):
            compiled(array)
    array = np.zeros(3)
    assert compiled(array) == 7


def test_the_dtype_of_an_array_may_be_another_object():
    swapped = np.dtype("f8").newbyteorder("S").newbyteorder("S")
    array = np.arange(3.0).view(swapped)
    compiled = njit(lambda a: a[2])
    assert compiled(np.arange(3.0)) == compiled(array) == compiled(np.arange(3, dtype=np.longlong)) == 2
    assert len(compiled.signatures) == 2


# ---- tuples


TUPLES = [
    (),
    (1,),
    ((),),
    (1, 2.5, None, "x", True),
    ((1, (2, (3.5, None))), ((), "x")),
    (np.float32(1.5), np.int8(2)),
    tuple(range(40)),
]


@pytest.mark.parametrize("value", TUPLES, ids=lambda v: repr(v)[:30])
def test_tuples(value):
    compiled = njit(same)
    for _ in range(2):
        assert compiled(value) == value
        assert compiled((value, 1)) == (value, 1)


def test_tuples_of_arrays():
    def f(pair):
        (a, (b, c)), d = pair
        return a[0] + b[1] * c + d

    compiled = njit(f)
    for a in (np.arange(4.0), np.arange(8.0)[::2], np.arange(4, dtype="i4")):
        value = ((a, (a[1:], 2)), 0.5)
        assert compiled(value) == f(value)
    assert len(compiled.signatures) == 3


def test_items_of_a_tuple_are_compared():
    compiled = njit(twice)
    for value in [(1, 2), (1, 2.5), (1.5, 2), ("a", 1), (1, 2), ((1,), 2), (1, (2,)), (None, 1)]:
        assert compiled(value) == value + value


# ---- optional


def or_zero(a):
    if a is None:
        return 0
    return a + 1


OPTIONAL = [
    ("int64(optional(int64))", None, 0),
    ("int64(optional(int64))", 3, 4),
    ("int64(optional(int64))", np.int8(3), 4),
    ("int64(optional(int64))", 3.5, TypeError),
    ("int64(optional(int64))", "x", TypeError),
    ("int32(optional(int32))", 2**31, OverflowError),
    ((types.optional(float64),), None, 0.0),
    ((types.optional(float64),), 3, 4.0),
    ((types.optional(float64),), 3.5, 4.5),
    ((types.optional(float32),), np.float32(1.5), 2.5),
]


@pytest.mark.parametrize("signature, value, expected", OPTIONAL, ids=str)
def test_optional_parameters(signature, value, expected):
    compiled = njit(signature)(or_zero)
    for _ in range(2):
        if isinstance(expected, type):
            with pytest.raises(expected):
                compiled(value)
        else:
            assert compiled(value) == expected and type(compiled(value)) is type(expected)
        assert compiled(None) == 0


def test_optional_default():
    def f(a, b=None):
        return a if b is None else a + b

    compiled = njit("int64(int64, optional(int64))")(f)
    for args in ((1,), (1, 2), (1, None), (1,), (1, 5)):
        assert compiled(*args) == f(*args)


def test_optional_arrays_and_items_of_tuples():
    def first(a):
        return -1.0 if a is None else a[0]

    compiled = njit((types.optional(float64[:]),))(first)
    for value in (np.full(3, 2.0), None, np.arange(6.0)[1::2], None):
        assert compiled(value) == first(value)
    compiled = njit((types.Tuple((int64, types.optional(float64))),))(same)
    for value in ((1, None), (1, 2.5), (1, None)):
        assert compiled(value) == value


# ---- what is refused


Point = namedtuple("Point", "x y")


class Pair(tuple):
    pass


@pytest.mark.parametrize(
    "value",
    [b"ab", [], {1: 2}, {1}, object(), ..., range(3), Point(1, 2), Pair((1, 2)), np.str_("x"), np.longdouble(1)]
    + [np.zeros(2, dtype) for dtype in (">f8", "g", "O", "S3", "U3", ">M8[s]", [("a", "S4")])]
    + [(1, [2, 2.5]), np.ma.masked_array([1.0]), Exception("x")],
    ids=lambda v: type(v).__name__,
)
def test_what_has_no_type_is_refused(value):
    compiled = njit(lambda b, a: 1)
    for _ in range(2):
        with pytest.raises(TypingError, match=r"argument 2 \('a'\) is not supported"):
            compiled(1, value)
