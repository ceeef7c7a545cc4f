"""What type a Python value has: the type that the compiler gives it, else that which Numba's users expect of it.

The compiler has no code for the values that only the second half knows: lists, named tuples, records, dates...
"""

import enum

import numpy as np

from lancehead import _lancehead, errors, types
from lancehead.numpy_support import from_dtype, map_layout
from lancehead.types.facade import type_of_id


class Purpose(enum.Enum):
    """What a type is asked for; it makes no difference here."""

    argument = 1
    constant = 2


def typeof(val, purpose=Purpose.argument):
    """The type of a value; ValueError if it has none, NumbaValueError if it is an array of elements without one."""
    found = _typed(val, _Nesting())
    if found is None:
        raise ValueError(f"cannot determine the type of a value of {_class_name(val)}")
    return found


class _Nesting:
    """What one value may hold, as in the extension: a list may hold itself, and a tuple may hold one thing often."""

    def __init__(self, depth=48, items=50000):
        self.depth = depth
        self.items = items

    def typed(self, val):
        """The type of an item."""
        self.items -= 1
        if self.depth == 0 or self.items < 0:
            raise ValueError("cannot determine the type of a value that holds so many others")
        self.depth -= 1
        found = _typed(val, self)
        self.depth += 1
        return found


def _typed(val, nesting):
    """The type, or None."""
    if isinstance(val, (type, np.dtype, types.Type, enum.Enum)):
        found = _of_class(val) if isinstance(val, type) else _of_description(val)
        if found is not None:
            return found
    try:
        return type_of_id(_lancehead.typeof(val))
    except errors.NumbaValueError:
        pass
    except (OverflowError, errors.TypingError) as error:  # an int of too many bits, a tuple of too many values
        raise ValueError(str(error)) from None
    own = getattr(val, "_numba_type_", None)
    if isinstance(own, types.Type):
        return own
    for cls, type_of in _BY_CLASS:
        if isinstance(val, cls):
            return type_of(val, nesting) if cls in _HOLDING else type_of(val)
    for cls in type(val).__mro__:
        if f"{cls.__module__}.{cls.__qualname__}" in _BY_NAME:
            return _BY_NAME[f"{cls.__module__}.{cls.__qualname__}"](val)
    return None


def _class_name(val):
    cls = type(val)
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def _of_description(val):
    """Of types, dtypes and members of enumerations, which may be ints too."""
    if isinstance(val, enum.Enum):
        return _of_member(val)
    if isinstance(val, np.dtype):
        return types.DType(from_dtype(val))
    if isinstance(val, types.Literal):
        return val
    return types.NumberClass(val) if isinstance(val, (types.Number, types.Boolean)) else types.TypeRef(val)


_WITHOUT_DTYPE = (np.generic, np.number, np.integer, np.signedinteger, np.unsignedinteger, np.inexact, np.floating)
_WITHOUT_DTYPE += (np.complexfloating, np.flexible, np.character)


def _of_class(val):
    if issubclass(val, np.generic) and val not in _WITHOUT_DTYPE:
        return types.NumberClass(from_dtype(np.dtype(val)))
    if issubclass(val, tuple) and hasattr(val, "_fields"):
        return types.NamedTupleClass(val)
    if issubclass(val, enum.Enum):
        cls = types.IntEnumClass if issubclass(val, enum.IntEnum) else types.EnumClass
        return cls(val, _value_type(val))
    return types.TypeRef(val) if issubclass(val, types.Type) else None


def _value_type(enumeration):
    """The one type of the values of an enumeration."""
    found = {typeof(member.value) for member in enumeration}
    if len(found) != 1:
        shown = ", ".join(sorted(map(str, found)))
        raise ValueError(f"Cannot type heterogeneous enum: got value types {shown}")
    return found.pop()


def _of_member(val):
    cls = types.IntEnumMember if isinstance(val, enum.IntEnum) else types.EnumMember
    return cls(type(val), _value_type(type(val)))


def _of_tuple(val, nesting):
    pyclass = None if type(val) is tuple else type(val)
    items = [nesting.typed(item) for item in val]
    if None in items or (pyclass is not None and not hasattr(pyclass, "_fields")):
        return None
    return types.BaseTuple.from_types(items, pyclass)


def _of_elements(what, made, val, nesting):
    """Reflected containers have the type that their first element says."""
    if not val:
        raise ValueError(f"Cannot type empty {what}")
    first = next(iter(val))
    element = nesting.typed(first)
    if element is None:
        raise ValueError(f"Cannot type {what} element type {type(first)}")
    return made(element, reflected=True)


def _of_scalar(val):
    if isinstance(val, np.bytes_):
        return types.CharSeq(len(val))
    try:
        return from_dtype(val.dtype)
    except errors.NumbaNotImplementedError:
        return None


def _of_array(val):
    if isinstance(val, (np.ma.MaskedArray, np.matrix)):
        raise errors.NumbaTypeError(f"cannot determine the type of a value of {_class_name(val)}: it is no plain array")
    try:
        dtype = from_dtype(val.dtype)
    except errors.NumbaNotImplementedError:
        message = f"cannot determine the type of an array of dtype {val.dtype}"
        raise errors.NumbaValueError(message) from None
    aligned = val.flags.aligned and (val.dtype.fields is None or val.dtype.isalignedstruct)
    return types.Array(dtype, val.ndim, map_layout(val), readonly=not val.flags.writeable, aligned=aligned)


def _of_buffer(val):
    view = memoryview(val)
    made = {bytes: types.Bytes, bytearray: types.ByteArray, memoryview: types.MemoryView}.get(type(val), types.PyArray)
    dtype = np.asarray(view).dtype if view.format not in ("u", "w") else np.dtype("U1")
    if dtype.kind not in "biufc" or not dtype.isnative:
        raise errors.NumbaValueError(f"unsupported PEP 3118 format {view.format!r}")
    layout = "C" if view.c_contiguous else "F" if view.f_contiguous else "A"
    return made(from_dtype(dtype), view.ndim, layout, readonly=view.readonly)


def _of_slice(val):
    return types.slice2_type if val.step in (None, 1) else types.slice3_type


def _of_polynomial(val):
    return types.PolynomialType(typeof(val.coef), typeof(val.domain), typeof(val.window), 1)


def _number(cls):
    return lambda val: typeof(cls(val))


# The first row whose class a value is of says its type.
_BY_CLASS = [
    (np.ndarray, _of_array),
    (str, lambda val: types.unicode_type),
    (np.generic, _of_scalar),
    (tuple, _of_tuple),
    (list, lambda val, nesting: _of_elements("list", types.List, val, nesting)),
    (set, lambda val, nesting: _of_elements("set", types.Set, val, nesting)),
    (int, _number(int)),
    (float, _number(float)),
    (complex, _number(complex)),
    (slice, _of_slice),
    (type(...), lambda val: types.ellipsis),
    ((bytes, bytearray, memoryview), _of_buffer),
]

_HOLDING = (tuple, list, set)

# Classes of modules that are not imported here: by name, of the class or of a base.
_BY_NAME = {
    "array.array": _of_buffer,
    "numpy.random._generator.Generator": lambda val: types.npy_rng,
    "numpy.random.bit_generator.BitGenerator": lambda val: types.npy_bitgen,
    "numpy.polynomial.polynomial.Polynomial": _of_polynomial,
}
