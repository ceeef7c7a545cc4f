"""Pointers, pairs, and what else has neither fields nor methods in Python."""

from lancehead.types.abstract import Dummy
from lancehead.types.base import Type


class _OfParts(Type):
    """A type whose key is its parts."""

    def __init__(self, name, key):
        self._key = key
        super().__init__(name)

    @property
    def key(self):
        return self._key


class CPointer(_OfParts):
    """Pointers of C to elements of one type."""

    mutable = True

    def __init__(self, dtype, addrspace=None):
        self.dtype = dtype
        self.addrspace = addrspace
        space = "" if addrspace is None else f"_{addrspace}"
        super().__init__(f"{dtype}{space}*", (dtype, addrspace))


class EphemeralPointer(CPointer):
    """Pointers whose target lives as long as the call."""


class EphemeralArray(_OfParts):
    """Arrays whose elements live as long as the call."""

    def __init__(self, dtype, count):
        self.dtype = dtype
        self.count = count
        super().__init__(f"*{dtype}[{count}]", (dtype, count))


class MemInfoPointer(_OfParts):
    """Pointers to managed memory."""

    mutable = True

    def __init__(self, dtype):
        self.dtype = dtype
        super().__init__(f"memory-managed *{dtype}", dtype)


class VarArg(_OfParts):
    """The rest of the arguments, all of one type."""

    def __init__(self, dtype):
        self.dtype = dtype
        super().__init__(f"*{dtype}", dtype)


class Pair(_OfParts):
    """Two values."""

    def __init__(self, first_type, second_type):
        self.first_type = first_type
        self.second_type = second_type
        super().__init__(f"pair<{first_type}, {second_type}>", (first_type, second_type))


class Object(_OfParts):
    """Instances of a class."""

    mutable = True

    def __init__(self, clsobj):
        self.cls = clsobj
        super().__init__(f"Object({clsobj.__name__})", clsobj)


class Module(_OfParts, Dummy):
    """A module as a value."""

    def __init__(self, pymod):
        self.pymod = pymod
        super().__init__(f"Module({pymod})", pymod)

    def __reduce__(self):
        return _module_named, (self.pymod.__name__,)


def _module_named(name):
    from importlib import import_module

    return Module(import_module(name))


class DeferredType(Type):
    """A type that is named before it is defined: those that contain themselves."""

    def __init__(self):
        self._defined = None
        super().__init__(f"DeferredType#{id(self)}")

    def get(self):
        """The type that it stands for."""
        if self._defined is None:
            raise RuntimeError("deferred type not defined")
        return self._defined

    def define(self, typ):
        """Says what it stands for, once."""
        if self._defined is not None:
            raise TypeError("deferred type already defined")
        if not isinstance(typ, Type):
            raise TypeError(f"{typ!r} is not a type")
        self._defined = typ

    def unify(self, typingctx, other):
        from lancehead.types.conversions import unified

        return unified(self.get(), other)


deferred_type = DeferredType


class StructRef(Type):
    """Structures with reference semantics; clients derive from it."""

    def __init__(self, fields):
        self._fields = tuple((name, typ) for name, typ in self.preprocess_fields(tuple(fields)))
        shown = ", ".join(f"('{name}', {typ})" for name, typ in self._fields)
        super().__init__(f"numba.{type(self).__name__}({shown})")

    def preprocess_fields(self, fields):
        """What a subclass makes of the types of its fields."""
        return fields

    @property
    def field_dict(self):
        from types import MappingProxyType

        return MappingProxyType(dict(self._fields))


class NumPyRandomGeneratorType(Type):
    """numpy.random.Generator."""

    def __init__(self, name="NumPyRandomGeneratorType"):
        super().__init__(name)


class NumPyRandomBitGeneratorType(Type):
    """A bit generator of numpy.random."""

    def __init__(self, name="NumPyRandomBitGeneratorType"):
        super().__init__(name)


class PolynomialType(Type):
    """numpy.polynomial.Polynomial."""

    def __init__(self, coef, domain=None, window=None, n_args=1):
        self.coef = coef
        self.domain = domain
        self.window = window
        self.n_args = n_args
        super().__init__(f"PolynomialType({coef}, {domain}, {window}, {n_args})")


npy_rng = NumPyRandomGeneratorType()
npy_bitgen = NumPyRandomBitGeneratorType()
