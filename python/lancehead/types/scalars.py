"""Numbers, booleans, None and str."""

from functools import total_ordering

from lancehead import _lancehead
from lancehead.types.base import Hashable, IterableType, Opaque, Type

_BUILT = frozenset(
    """none bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128
    unicode_type""".split()
)


class _Scalar(Type):
    """A type that its name tells completely."""

    def __init__(self, name):
        super().__init__(name)
        if name in _BUILT:
            self._id = _lancehead.scalar_type(name)

    def __reduce__(self):
        return type(self), (self.name,)


class Number(Hashable):
    """Numbers."""

    def unify(self, typingctx, other):
        """NumPy's common type of two numbers."""
        if isinstance(other, Number):
            import numpy as np

            from lancehead.numpy_support import as_dtype, from_dtype

            return from_dtype(np.promote_types(as_dtype(self), as_dtype(other)))
        return None

    def cast_python_value(self, value, /):
        import numpy as np

        return getattr(np, self.name)(value)


def _width(name):
    """'uint16' -> 16."""
    digits = name.lstrip("abcdefghijklmnopqrstuvwxyz")
    if not digits.isdigit():
        raise ValueError(f"no such number type: {name!r}")
    return int(digits)


@total_ordering
class Integer(Number, _Scalar):
    """Integers of one width and sign."""

    def __init__(self, name, bitwidth=None, signed=None):
        super().__init__(name)
        self.bitwidth = _width(name) if bitwidth is None or self._id is not None else bitwidth
        self.signed = name.startswith("int") if signed is None or self._id is not None else signed

    @classmethod
    def from_bitwidth(cls, bitwidth, signed=True):
        return cls(f"{'int' if signed else 'uint'}{bitwidth}")

    @property
    def maxval(self):
        return (1 << (self.bitwidth - 1 if self.signed else self.bitwidth)) - 1

    @property
    def minval(self):
        return -(1 << (self.bitwidth - 1)) if self.signed else 0

    def __lt__(self, other):
        if type(self) is not type(other) or self.signed != other.signed:
            return NotImplemented
        return self.bitwidth < other.bitwidth

    __hash__ = Type.__hash__
    __eq__ = Type.__eq__


@total_ordering
class Float(Number, _Scalar):
    """Floating-point numbers."""

    def __init__(self, name):
        super().__init__(name)
        self.bitwidth = _width(name)

    def __lt__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self.bitwidth < other.bitwidth

    __hash__ = Type.__hash__
    __eq__ = Type.__eq__


@total_ordering
class Complex(Number, _Scalar):
    """Complex numbers."""

    def __init__(self, name, underlying_float=None):
        super().__init__(name)
        self.bitwidth = _width(name)
        self.underlying_float = underlying_float or Float(f"float{self.bitwidth // 2}")

    def __lt__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self.bitwidth < other.bitwidth

    __hash__ = Type.__hash__
    __eq__ = Type.__eq__


class Boolean(Hashable, _Scalar):
    """Booleans."""

    def cast_python_value(self, value, /):
        return bool(value)


class NoneType(_Scalar, Opaque):
    """The type of None."""


class UnicodeType(IterableType, Hashable, _Scalar):
    """The type of str."""
