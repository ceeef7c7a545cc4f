"""Numbers, booleans, None and str."""

from functools import total_ordering

from lancehead import _lancehead
from lancehead.types.abstract import Hashable, IterableType, Opaque
from lancehead.types.base import Type


class _Scalar(Type):
    """A type that its name tells completely; the compiler has those of _BUILT."""

    _BUILT = frozenset()

    def _find_id(self):
        return _lancehead.scalar_type(self.name) if self.name in self._BUILT else None


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


def parse_integer_bitwidth(name):
    """'uint16' -> 16; None if the name tells no width."""
    digits = name.removeprefix("u").removeprefix("int")
    return int(digits) if digits.isdigit() else None


def parse_integer_signed(name):
    return name.startswith("int")


@total_ordering
class _Ordered(Number, _Scalar):
    """Numbers of one class, ordered by their width."""

    def __lt__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self.bitwidth < other.bitwidth

    __hash__ = Type.__hash__
    __eq__ = Type.__eq__


class Integer(_Ordered):
    """Integers of one width and sign."""

    _BUILT = frozenset("int8 int16 int32 int64 uint8 uint16 uint32 uint64".split())

    def __init__(self, name, bitwidth=None, signed=None):
        super().__init__(name)
        self.bitwidth = parse_integer_bitwidth(name) if bitwidth is None else bitwidth
        self.signed = parse_integer_signed(name) if signed is None else signed

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
        if isinstance(other, Integer) and self.signed != other.signed:
            return NotImplemented
        return super().__lt__(other)


def _width(name, prefix):
    """'float32' -> 32."""
    digits = name.removeprefix(prefix)
    assert name.startswith(prefix) and digits.isdigit(), f"no such type of number: {name!r}"
    return int(digits)


class Float(_Ordered):
    """Floating-point numbers."""

    _BUILT = frozenset(["float16", "float32", "float64"])

    def __init__(self, name):
        super().__init__(name)
        self.bitwidth = _width(name, "float")


class Complex(_Ordered):
    """Complex numbers."""

    _BUILT = frozenset(["complex64", "complex128"])

    def __init__(self, name, underlying_float=None):
        super().__init__(name)
        self.bitwidth = _width(name, "complex")
        self.underlying_float = underlying_float or Float(f"float{self.bitwidth // 2}")


class Boolean(Hashable, _Scalar):
    """Booleans."""

    _BUILT = frozenset(["bool"])

    def cast_python_value(self, value, /):
        return bool(value)


class NoneType(Opaque, _Scalar):
    """The type of None."""

    _BUILT = frozenset(["none"])

    def unify(self, typingctx, other):
        """None joins any other type as an Optional."""
        from lancehead.types.optionals import Optional

        return other if isinstance(other, (NoneType, Optional)) else Optional(other)


class UnicodeType(IterableType, Hashable, _Scalar):
    """The type of str."""

    _BUILT = frozenset(["unicode_type"])

    @property
    def iterator_type(self):
        from lancehead.types.iterators import UnicodeIteratorType

        return UnicodeIteratorType(self)
