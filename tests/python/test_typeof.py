"""Types of Python values: lancehead.typeof, and that a call is specialised for the same type."""

import collections
import math

import numpy as np
import pytest

import lancehead
from lancehead import njit, typeof

EYE = np.eye(3)


def frozen(array):
    array.flags.writeable = False
    return array


def unaligned():
    return np.zeros(17, "u1")[1:].view("f8")


VALUES = [
    (True, "bool"),
    (0, "int64"),
    (-(2**63), "int64"),
    (2**63 - 1, "int64"),
    (2**63, "uint64"),
    (2**64 - 1, "uint64"),
    (1.5, "float64"),
    (1j, "complex128"),
    (None, "none"),
    ("", "unicode_type"),
    ("\N{SNOWMAN}", "unicode_type"),
    ((), "Tuple()"),
    ((1, 2), "UniTuple(int64 x 2)"),
    ((1, (2.0, "x"), None), None),
    (slice(1, 2), "slice<a:b>"),
    (slice(None, None, 2), "slice<a:b:c>"),
    (np.float32(1), "float32"),
    (np.float64(1), "float64"),
    (np.bool_(1), "bool"),
    (np.int8(1), "int8"),
    (np.uint64(1), "uint64"),
    (np.longlong(1), "int64"),
    (np.complex64(1), "complex64"),
    (EYE, "array(float64, 2d, C)"),
    (EYE.T, "array(float64, 2d, F)"),
    (EYE[:, ::2], "array(float64, 2d, A)"),
    (EYE[:, 0], "array(float64, 1d, A)"),
    (EYE[0], "array(float64, 1d, C)"),
    (EYE[:1].T, "array(float64, 2d, C)"),
    (np.zeros((0, 3)).T, "array(float64, 2d, C)"),
    (np.array(1.0), "array(float64, 0d, C)"),
    (np.zeros((1, 2, 3), "c8"), "array(complex64, 3d, C)"),
    (np.zeros(2, "?"), "array(bool, 1d, C)"),
    (frozen(np.zeros(2)), "readonly array(float64, 1d, C)"),
    (unaligned(), "unaligned array(float64, 1d, C)"),
]


@pytest.mark.parametrize("value, name", VALUES, ids=lambda v: repr(v) if not isinstance(v, np.ndarray) else "array")
def test_type_of_value(value, name):
    found = typeof(value)
    if name is not None:
        assert str(found) == name
    assert found is typeof(value)


@njit
def nothing(a):
    return 0


@pytest.mark.parametrize("value", [row[0] for row in VALUES], ids=lambda v: str(type(v).__name__))
def test_a_call_is_specialised_for_that_type(value):
    nothing(value)
    assert (typeof(value),) in nothing.signatures


@pytest.mark.parametrize(
    "value",
    [math.sqrt, np.sin, len, np, math, np.float32, np.dtype("f4"), int, ValueError, nothing, lancehead.int32, np.max],
    ids=str,
)
def test_objects_that_are_known_when_compiling(value):
    assert nothing(value) == 0
    before = len(nothing.signatures)
    assert nothing(value) == 0
    assert len(nothing.signatures) == before


def test_two_functions_are_two_types():
    assert typeof(math.sin) is not typeof(math.cos)
    assert typeof(math.sin) is typeof(math.sin)


def test_an_alias_is_the_same_function():
    from math import sqrt as root

    assert typeof(root) is typeof(math.sqrt)
    assert typeof(np.abs) is typeof(np.absolute)


def test_a_dtype_and_its_class_are_one_type_to_the_compiler():
    assert typeof(np.float32).core_id() == typeof(np.dtype("f4")).core_id()
    nothing(np.float32)
    before = nothing.signatures
    nothing(np.dtype("f4"))
    assert nothing.signatures == before and (typeof(np.dtype("f4")),) in before


class Thing:
    pass


@pytest.mark.parametrize("value", [Thing(), object(), {}, (1, Thing())], ids=lambda v: type(v).__name__)
def test_a_value_without_type_is_an_error(value):
    with pytest.raises(ValueError, match="cannot determine the type"):
        typeof(value)
    with pytest.raises(lancehead.errors.TypingError, match=r"argument 1 \('a'\)"):
        nothing(value)


@pytest.mark.parametrize(
    "value, error",
    [
        (np.zeros(2, ">f8"), lancehead.errors.NumbaValueError),
        (np.zeros(2, "g"), lancehead.errors.NumbaValueError),
        (np.ma.zeros(2), lancehead.errors.NumbaTypeError),
        (np.zeros((1, 1)).view(np.matrix), lancehead.errors.NumbaTypeError),
    ],
)
def test_an_array_without_type_is_an_error(value, error):
    with pytest.raises(error, match="cannot determine the type"):
        typeof(value)
    with pytest.raises(lancehead.errors.TypingError, match=r"argument 1 \('a'\)"):
        nothing(value)


Point = collections.namedtuple("Point", "x y")


UNCOMPILED = [{1}, b"x", Point(1, 2), np.zeros(2, "U3"), np.zeros(2, "O"), np.str_("x")]


@pytest.mark.parametrize("value", UNCOMPILED, ids=repr)
def test_a_type_that_the_compiler_does_not_have(value):
    assert isinstance(typeof(value), lancehead.types.Type)
    with pytest.raises(lancehead.errors.TypingError, match=r"argument 1 \('a'\)"):
        nothing(value)


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, (1, 2**70)])
def test_an_int_beyond_64_bits_overflows(value):
    with pytest.raises(ValueError, match="64 bits"):
        typeof(value)
    with pytest.raises(OverflowError):
        nothing(value)


def nested(depth):
    value = 1
    for _ in range(depth):
        value = (value,)
    return value


def shared(depth):
    """A tuple of few objects whose type has 2**depth parts."""
    value = (1, 2.0)
    for _ in range(depth):
        value = (value, value)
    return value


def self_containing():
    value = []
    value.append(value)
    return value


HOLDERS = dict(deep=nested(49), deeper=nested(100000), shared=shared(40), wide=tuple(range(60000)))
HOLDERS.update(itself=self_containing(), list=[shared(40)])


@pytest.mark.parametrize("value", HOLDERS.values(), ids=HOLDERS)
def test_a_value_that_holds_too_many_others(value):
    with pytest.raises(ValueError, match="cannot determine the type"):
        typeof(value)
    with pytest.raises(lancehead.errors.TypingError, match="tuple|argument 1"):
        nothing(value)


def test_a_tuple_as_deep_as_they_may_be():
    value = nested(48)
    assert nothing(value) == 0 and str(typeof(value)).count("UniTuple") == 48
