"""What operators on scalars give: CPython's results under the rules of docs/deviations.md (64-bit integers that wrap,
arithmetic of float32, C's pow), for Python and NumPy scalars."""

import ctypes
import ctypes.util
import operator

import numpy as np

LIBM = ctypes.CDLL(ctypes.util.find_library("m"))
for _name, _type in [("pow", ctypes.c_double), ("powf", ctypes.c_float)]:
    getattr(LIBM, _name).argtypes = [_type, _type]
    getattr(LIBM, _name).restype = _type

ARITHMETIC = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow,
}  # fmt: skip
BITS = {"&": operator.and_, "|": operator.or_, "^": operator.xor}
SHIFTS = {"<<": operator.lshift, ">>": operator.rshift}
COMPARISONS = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
BINARY = {**ARITHMETIC, **BITS, **SHIFTS, **COMPARISONS}


def type_of(value):
    """The dtype as which a compiled function sees the value."""
    if isinstance(value, np.generic):
        return value.dtype
    if isinstance(value, int) and not isinstance(value, bool) and value >= 2**63:
        return np.dtype(np.uint64)
    return np.dtype(type(value))


def wrapped(value, dtype):
    """The integer as 64 bits hold it."""
    value &= 2**64 - 1
    return value - 2**64 if dtype == np.int64 and value >= 2**63 else value


def arithmetic_type(a, b):
    """The dtype in which Python-like arithmetic on two scalars is done."""
    kinds = {a.kind, b.kind}
    if kinds <= {"b", "i", "u"}:
        return np.dtype(np.uint64 if "u" in kinds and "i" not in kinds else np.int64)
    size = max(t.itemsize // (2 if t.kind == "c" else 1) if t.kind in "fc" else 4 if t.itemsize <= 2 else 8 for t in (a, b))
    return np.dtype(f"{'c' if 'c' in kinds else 'f'}{size * (2 if 'c' in kinds else 1)}")


def _integers(op, a, b, dtype):
    if op == "/":
        return float(int(a)) / float(int(b))
    a, b = wrapped(int(a), dtype), (int(b) if op in ("<<", ">>", "**") else wrapped(int(b), dtype))
    if op in ("<<", ">>"):
        if b < 0:
            raise ValueError("negative shift count")
        return wrapped(SHIFTS[op](a, min(b, 64)), dtype)
    if op == "**":
        if b < 0:
            raise ValueError("Integers to negative integer powers are not allowed.")
        return wrapped(pow(a, b, 2**64), dtype)
    return wrapped(BINARY[op](a, b), dtype)


def _floats(op, a, b, dtype):
    if op == "**":
        return (LIBM.powf if dtype.itemsize == 4 else LIBM.pow)(float(a), float(b))
    if op in ("/", "//", "%") and b == 0:
        raise ZeroDivisionError("division by zero")
    if dtype.itemsize == 8:
        return BINARY[op](float(a), float(b))
    return BINARY[op](a, b).item()


def _complexes(op, a, b, dtype):
    if op in ("//", "%"):
        raise TypeError(f"{op} of complex numbers")
    if op == "/" and b == 0:
        raise ZeroDivisionError("complex division by zero")
    if dtype.itemsize == 16:  # complex-division: as Python's complex
        return BINARY[op](complex(a), complex(b))
    return BINARY[op](a, b).item()


def binary(op, a, b):
    """The result of `a op b`, or the exception, raised."""
    ta, tb = type_of(a), type_of(b)
    if op in COMPARISONS:
        return compared(op, a, b)
    if op in BITS and ta.kind == tb.kind == "b":
        return bool(BITS[op](bool(a), bool(b)))
    dtype = arithmetic_type(ta, tb)
    if dtype.kind in "iu":
        return _integers(op, a, b, dtype)
    if op in BITS or op in SHIFTS:
        raise TypeError(f"{op} of {dtype}")
    with np.errstate(all="ignore"):
        return (_floats if dtype.kind == "f" else _complexes)(op, dtype.type(a), dtype.type(b), dtype)


def compared(op, a, b):
    """Integers compare exactly, whatever their sign and width; other numbers in the type that both promote to."""
    ta, tb = type_of(a), type_of(b)
    if {ta.kind, tb.kind} <= {"b", "i", "u"}:
        return COMPARISONS[op](int(a), int(b))
    if "c" in (ta.kind, tb.kind) and op not in ("==", "!="):
        raise TypeError(f"{op} of complex numbers")
    common = np.promote_types(ta, tb)
    return bool(COMPARISONS[op](common.type(a), common.type(b)))
