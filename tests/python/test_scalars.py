"""Operators on every pair of scalar types, Python's and NumPy's, against the model of contract C7."""

import math

import numpy as np
import pytest
import scalar_model
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Table, compare, difference, jitted

import lancehead

VALUES = {
    "bool": [False, True],
    "int": [0, 1, -1, 7, -13, 64, 2**53 + 1, 2**63 - 1, -(2**63)],
    "uint": [2**63, 2**64 - 1],
    "float": [0.0, -0.0, 1.5, -2.25, 3.0, 1e300, math.inf, -math.inf, math.nan],
    "complex": [0j, 1.5 - 2j, -0.25 + 1e10j],
    "int8": [np.int8(v) for v in (0, 100, -128)],
    "uint8": [np.uint8(v) for v in (0, 200, 3)],
    "int16": [np.int16(v) for v in (-300, 30000)],
    "uint32": [np.uint32(v) for v in (0, 2**32 - 1)],
    "int64": [np.int64(v) for v in (2**62, -7, 3)],
    "uint64": [np.uint64(v) for v in (0, 5, 2**64 - 1)],
    "float32": [np.float32(v) for v in (0.0, 0.1, -3.5, 1e30, math.inf)],
    "float64": [np.float64(v) for v in (0.1, -7.5)],
    "complex64": [np.complex64(v) for v in (0.1 + 2j, -1j)],
    "bool_": [np.True_, np.False_],
}

# The CPython source of each operator's function.
OPERATORS = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "//": lambda x, y: x // y,
    "%": lambda x, y: x % y,
    "**": lambda x, y: x**y,
    "&": lambda x, y: x & y,
    "|": lambda x, y: x | y,
    "^": lambda x, y: x ^ y,
    "<<": lambda x, y: x << y,
    ">>": lambda x, y: x >> y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    "==": lambda x, y: x == y,
    "!=": lambda x, y: x != y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
}
COMPLEX_POWER_ULP = 200  # neither CPython's nor ours is correctly rounded: both go through logarithm and arc tangent


def call(fn, *args):
    try:
        return fn(*args), None
    except Exception as error:
        return None, error


def is_complex(*numbers):
    return any(isinstance(v, (complex, np.complexfloating)) for v in numbers)


def tolerance(op, *args):
    return COMPLEX_POWER_ULP if op == "**" and is_complex(*args) else 0


def wrong_binary(op, x, y):
    """None, or how the compiled operator differs from the model."""
    expected, error = call(scalar_model.binary, op, x, y)
    actual, raised = call(jitted(OPERATORS[op]), x, y)
    what = f"{x!r} {op} {y!r}"
    if isinstance(error, TypeError):
        fine = isinstance(raised, lancehead.errors.TypingError)
        return None if fine else f"{what}: a TypingError became {raised or actual!r}"
    if error is not None:
        return None if type(raised) is type(error) else f"{what}: {error!r} became {raised or actual!r}"
    if raised is not None:
        return f"{what}: {expected!r} became {raised!r}"
    found = difference(expected, actual, tolerance(op, x, y))
    return found and f"{what}: {found}"


@pytest.mark.parametrize("left", VALUES)
@pytest.mark.parametrize("op", OPERATORS)
def test_binary_operators(op, left):
    pairs = [(x, y) for right in VALUES for x in VALUES[left] for y in VALUES[right]]
    if op == "**":
        pairs = [pair for pair in pairs if not is_complex(*pair) or all(1e-3 < abs(complex(v)) < 1e2 for v in pair)]
    wrong = [found for x, y in pairs if (found := wrong_binary(op, x, y))]
    assert not wrong, f"{len(wrong)} of {len(pairs)}:\n" + "\n".join(wrong[:20])


def add_to(x, y):
    x += y
    return x


def subtract_from(x, y):
    x -= y
    return x


def multiply_by(x, y):
    x *= y
    return x


def divide_by(x, y):
    x /= y
    return x


def floor_divide_by(x, y):
    x //= y
    return x


def remainder_by(x, y):
    x %= y
    return x


def power_by(x, y):
    x **= y
    return x


def and_with(x, y):
    x &= y
    return x


def or_with(x, y):
    x |= y
    return x


def xor_with(x, y):
    x ^= y
    return x


def shift_left_by(x, y):
    x <<= y
    return x


def shift_right_by(x, y):
    x >>= y
    return x


IN_PLACE = dict(zip(OPERATORS, [
    add_to, subtract_from, multiply_by, divide_by, floor_divide_by, remainder_by, power_by, and_with, or_with, xor_with,
    shift_left_by, shift_right_by,
]))  # fmt: skip


@pytest.mark.parametrize("op", IN_PLACE)
def test_in_place_operators_are_the_same(op):
    for x, y in [(7, 2), (True, 3), (np.uint8(200), np.uint8(3))] + [(7.5, 2), (2, 7.5)] * (op in scalar_model.ARITHMETIC):
        assert difference(scalar_model.binary(op, x, y), jitted(IN_PLACE[op])(x, y)) is None


CONSTANTS = Table()


@CONSTANTS((5,), (-5,), (2.5,), (0,), (0.0,))
def powers_by_constants(x):
    return x**0, x**1, x**2, x**3, x**2.0, x**0.5 if x > 0 else 0.0


@CONSTANTS((5,), (-2,), (2.5,))
def negative_powers(x):
    return x**-1, x**-2, 2**-3, 2.0**x


@CONSTANTS((17,), (-17,), (17.5,), (-17.5,))
def division_by_constants(x):
    return x // 4, x % 4, x // -4, x % -4, x / 4, x // 2.5, x % 2.5, divmod(x, 4), divmod(x, -2.5)


@CONSTANTS((0b1011,), (-6,))
def shifts_by_constants(x):
    return x << 3, x >> 1, x >> 63, x >> 64, 1 << x % 8, x & 1, x | 4, x ^ 7, ~x


@CONSTANTS(())
def folded():
    return 2**62 + 1, 7 // -2, -7 % 3, 1e308 * 10, not 5, -(-3), 1 < 2 < 3, "a" == "a", 3 == 3.0


@CONSTANTS((3,), (3.5,), (True,), (2j,))
def truth(x):
    return bool(x), not x, 1 if x else 2


@CONSTANTS((-3,), (3.5,), (-0.0,), (True,), (3 - 4j,), (-(2**63) + 1,))
def signs(x):
    return -x, +x, abs(x)


@pytest.mark.parametrize("case", CONSTANTS)
def test_constant_operands(case):
    case.check(text="by zero")


ZEROS = [(1, 0), (1.0, 0.0), (True, False), (1, 0.0), (np.int8(1), np.int8(0)), (np.float32(1), np.float32(0)), (0, 0)]


@pytest.mark.parametrize("x, y", ZEROS, ids=str)
@pytest.mark.parametrize("op", ["/", "//", "%"])
def test_division_by_zero_raises(op, x, y):
    with pytest.raises(ZeroDivisionError, match="by zero"):
        jitted(OPERATORS[op])(x, y)


@pytest.mark.parametrize("op", ["/", "//", "%"])
def test_division_by_zero_of_the_numpy_error_model(op):
    fn = jitted(OPERATORS[op], error_model="numpy")
    with np.errstate(all="ignore"):
        for x in (1.0, -1.0, 0.0):
            expected = scalar_model.BINARY[op](np.float64(x), np.float64(0.0)).item()
            assert difference(expected, fn(x, 0.0)) is None
    if op != "/":
        assert fn(7, 0) == 0


def power_literal(x):
    return x**-1


def test_zero_to_a_negative_literal():
    compare(power_literal, 0, text=False)
    compare(power_literal, 4)


UNARY = {"-": lambda x: -x, "+": lambda x: +x, "~": lambda x: ~x, "abs": lambda x: abs(x), "not": lambda x: not x}


@pytest.mark.parametrize("name", VALUES)
def test_unary_operators(name):
    for x in VALUES[name]:
        dtype = scalar_model.arithmetic_type(scalar_model.type_of(x), scalar_model.type_of(x))
        exact = x if dtype.kind not in "iu" else int(x)
        plain = exact.item() if isinstance(exact, np.generic) else exact
        assert difference(not plain, jitted(UNARY["not"])(x)) is None
        if dtype.kind in "iu":
            results = {"-": -plain, "+": plain, "~": ~plain, "abs": abs(plain)}
            results = {op: scalar_model.wrapped(v, np.int64 if op == "-" else dtype) for op, v in results.items()}
            if name == "bool_":
                results["~"] = not x
        else:
            results = {"-": -plain, "+": plain, "abs": abs(plain) if dtype != np.complex64 else np.abs(x).item()}
        for op, expected in results.items():
            assert difference(expected, jitted(UNARY[op])(x)) is None, f"{op} {x!r}"


INT64 = st.integers(-(2**63), 2**63 - 1)


def integers(x, y):
    return x + y, x - y, x * y, x & y, x | y, x ^ y, x < y, x == y, -x, ~x, abs(x)


def floats(x, y):
    return x + y, x - y, x * y, x < y, x <= y, x == y, x != y, -x, abs(x)


@settings(max_examples=300, deadline=None)
@given(INT64, INT64)
def test_any_int64(x, y):
    dtype = np.dtype(np.int64)
    expected = tuple(v if isinstance(v, bool) else scalar_model.wrapped(v, dtype) for v in integers(x, y))
    assert jitted(integers)(x, y) == expected
    for op in ("//", "%", "/", "<<", ">>", "**"):
        assert wrong_binary(op, x, y) is None
        assert wrong_binary(op, x, y % 70) is None


@settings(max_examples=300, deadline=None)
@given(st.floats(), st.floats())
def test_any_float64(x, y):
    assert difference(floats(x, y), jitted(floats)(x, y)) is None
    for op in ("/", "//", "%", "**"):
        assert wrong_binary(op, x, y) is None


@settings(max_examples=300, deadline=None)
@given(st.floats(width=32), st.floats(width=32))
def test_any_float32(x, y):
    x, y = np.float32(x), np.float32(y)
    for op in ("+", "-", "*", "/", "//", "%", "**", "<", "=="):
        assert wrong_binary(op, x, y) is None


@settings(max_examples=300, deadline=None)
@given(st.complex_numbers(), st.complex_numbers())
def test_any_complex(x, y):
    for op in ("+", "-", "*", "/", "==", "!="):
        assert wrong_binary(op, x, y) is None
