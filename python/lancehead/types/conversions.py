"""How values of one type become values of another: Numba's rating of conversions, and the types of joins.

What the methods of types (can_convert_to, unify) answer; the compiler has its own rules (src/types/conversion.cpp).
"""

from enum import IntEnum

from lancehead.types.optionals import Optional
from lancehead.types.scalars import Boolean, Complex, Float, Integer, NoneType, Number


class Conversion(IntEnum):
    """How good a conversion is."""

    exact = 1
    promote = 2
    safe = 3
    unsafe = 4
    nil = 99


# The integer types that a float holds safely in Numba's eyes.
_HELD = {16: ("int8",), 32: ("int8", "int16", "uint8")}


def _from_integer(source, target):
    if isinstance(target, Integer):
        wider = source.bitwidth < target.bitwidth
        if source.signed == target.signed:
            return Conversion.promote if wider else Conversion.unsafe
        return Conversion.safe if wider and target.signed else Conversion.unsafe
    real = target.underlying_float if isinstance(target, Complex) else target
    held = real.bitwidth >= 64 or source.name in _HELD.get(real.bitwidth, ())
    return Conversion.safe if held else Conversion.unsafe


def _from_float(source, target):
    if isinstance(target, Integer):
        return Conversion.unsafe
    if isinstance(target, Complex):
        return Conversion.safe if source.bitwidth <= target.underlying_float.bitwidth else Conversion.unsafe
    return Conversion.promote if source.bitwidth < target.bitwidth else Conversion.unsafe


def _between_scalars(source, target):
    if isinstance(target, Boolean):
        return Conversion.unsafe if isinstance(source, (Integer, Float)) else None
    if not isinstance(target, Number):
        return None
    if isinstance(source, Boolean):
        return Conversion.safe
    if isinstance(source, Integer):
        return _from_integer(source, target)
    if isinstance(source, Float):
        return _from_float(source, target)
    if isinstance(target, Complex):
        return Conversion.promote if source.bitwidth < target.bitwidth else Conversion.unsafe
    return None


def conversion(source, target):
    """The Conversion of values of `source` to `target`; None if there is none."""
    if source == target:
        return Conversion.exact
    asked = target.can_convert_from(None, source) if isinstance(target, Optional) else None
    asked = asked or source.can_convert_to(None, target)
    if asked is None and isinstance(source, (Number, Boolean)) and not hasattr(source, "literal_value"):
        return _between_scalars(source, target)
    return asked or target.can_convert_from(None, source)


def unified(one, other):
    """The type of a join of the two; None if there is none."""
    if one == other:
        return one
    for first, second in ((one, other), (other, one)):
        if isinstance(first, (NoneType, Optional)):
            return first.unify(None, second)
    for first, second in ((one, other), (other, one)):
        if isinstance(first, Boolean) and isinstance(second, Number):
            return getattr(second, "literal_type", second)
    return one.unify(None, other) or other.unify(None, one)
