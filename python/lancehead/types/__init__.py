"""Types under Numba's names: facades over the compiler's types (contract C5).

Classes that are not built yet are made from the table of Numba's names when they are asked for: they can be imported
and used with isinstance, and raise when they are instantiated.
"""

from lancehead.types.arrays import Array, Buffer
from lancehead.types.base import (
    ArrayCompatible,
    ConstSized,
    Container,
    Dummy,
    Hashable,
    IterableType,
    IteratorType,
    Opaque,
    Phantom,
    Sequence,
    Sized,
    Type,
)
from lancehead.types.containers import BaseAnonymousTuple, BaseTuple, Optional, Tuple, UniTuple
from lancehead.types.containers import _HeterogeneousTuple, _HomogeneousTuple  # bases of classes of the table
from lancehead.types.scalars import Boolean, Complex, Float, Integer, NoneType, Number, UnicodeType


class PyObject(Dummy):
    """Any Python object."""


class RawPointer(Opaque):
    """A pointer to no known type."""


class EllipsisType(Opaque):
    """The type of ..."""


class Undefined(Dummy):
    """The type of what is not inferred yet."""

    def is_precise(self):
        return False


class SliceType(Type):
    """Slices with `members` members."""

    def __init__(self, name, members):
        self.members = members
        self.has_step = members >= 3
        super().__init__(name)

    @property
    def key(self):
        return self.members


none = void = NoneType("none")
boolean = bool_ = b1 = bool = Boolean("bool")
unicode_type = string = UnicodeType("unicode_type")

int8 = i1 = char = Integer("int8")
int16 = i2 = short = Integer("int16")
int32 = i4 = intc = Integer("int32")
int64 = i8 = intp = int_ = long_ = longlong = ssize_t = Integer("int64")
uint8 = u1 = byte = uchar = Integer("uint8")
uint16 = u2 = ushort = Integer("uint16")
uint32 = u4 = uintc = Integer("uint32")
uint64 = u8 = uintp = uint = ulong = ulonglong = size_t = Integer("uint64")
float16 = f2 = Float("float16")
float32 = f4 = Float("float32")
float64 = f8 = double = Float("float64")
complex64 = c8 = Complex("complex64", float32)
complex128 = c16 = Complex("complex128", float64)

signed_domain = np_signed_domain = py_signed_domain = frozenset([int8, int16, int32, int64])
unsigned_domain = np_unsigned_domain = frozenset([uint8, uint16, uint32, uint64])
integer_domain = np_integer_domain = py_integer_domain = signed_domain | unsigned_domain
real_domain = np_real_domain = py_real_domain = frozenset([float32, float64])
complex_domain = np_complex_domain = py_complex_domain = frozenset([complex64, complex128])
number_domain = np_number_domain = py_number_domain = integer_domain | real_domain | complex_domain

# Names for values that the compiler does not have: they can be compared and shown.
pyobject = PyObject("pyobject")
voidptr = RawPointer("void*")
ellipsis = EllipsisType("...")
undefined = Undefined("undefined")
unknown = Dummy("unknown")
Any = Phantom("any")
slice2_type = SliceType("slice<a:b>", 2)
slice3_type = SliceType("slice<a:b:c>", 3)
code_type = Opaque("code")
pyfunc_type = Opaque("pyfunc")
py2_string_type = Opaque("str")
ffi = Opaque("ffi")
ffi_forced_object = Opaque("ffi_forced_object")
optional = Optional


def unliteral(literal_type):
    """The type without the literal value that it may carry."""
    return getattr(literal_type, "literal_type", literal_type)


def is_homogeneous(*types):
    """Whether all types are the same; no types are not."""
    return len(types) > 0 and all(each == types[0] for each in types)


def __getattr__(name):
    from lancehead import numba_api

    return numba_api.attribute_of("numba.core.types", name, __name__)


def __dir__():
    from lancehead import numba_api

    return numba_api.names_of("numba.core.types") | set(globals())
