"""Types under Numba's names: facades over the compiler's types (contract C5).

Here are the types that signatures are made of; the others are imported when they are asked for. Classes that are not
built yet are made from the table of Numba's names: they can be imported and used with isinstance, and raise when they
are instantiated.
"""

from lancehead.types.abstract import (
    ArrayCompatible,
    Callable,
    ConstSized,
    Container,
    Dummy,
    DTypeSpec,
    Hashable,
    InitialValue,
    IterableType,
    IteratorType,
    MutableSequence,
    Opaque,
    Phantom,
    Sequence,
    SimpleIterableType,
    SimpleIteratorType,
    Sized,
    TypeRef,
)
from lancehead.types.arrays import Array, Buffer
from lancehead.types.base import Type
from lancehead.types.scalars import Boolean, Complex, Float, Integer, NoneType, Number, UnicodeType
from lancehead.types.scalars import parse_integer_bitwidth, parse_integer_signed

# Imported when they are asked for: module -> its names.
_ON_DEMAND = {
    "arrays": "ArrayCTypes ArrayFlags ByteArray Bytes MemoryView PyArray",
    "conversions": "Conversion",
    "enums": "EnumClass EnumMember IntEnumClass IntEnumMember",
    "functions": """BaseFunction Dispatcher ExceptionClass ExceptionInstance Function FunctionPrototype FunctionType
        NamedTupleClass ObjModeDispatcher WeakType""",
    "iterators": """ArrayIterator BaseContainerIterator EnumerateType Generator ListIter NumpyFlatType
        NumpyNdEnumerateType NumpyNdIndexType RangeIteratorType RangeType SetIter UniTupleIter UnicodeIteratorType
        ZipType range_iter32_type range_iter64_type range_state32_type range_state64_type unsigned_range_iter64_type
        unsigned_range_state64_type""",
    "lists": """DictItemsIterableType DictIteratorType DictKeysIterableType DictType DictValuesIterableType List
        ListType ListTypeIterableType ListTypeIteratorType Set SetIterableType SetIteratorType SetType""",
    "literals": """BooleanLiteral IntegerLiteral Literal LiteralList LiteralStrKeyDict SliceLiteral SliceType
        StringLiteral literal maybe_literal unliteral""",
    "optionals": "Omitted Optional get_hashable_key optional",
    "pointers": """CPointer DeferredType EphemeralArray EphemeralPointer MemInfoPointer Module
        NumPyRandomBitGeneratorType NumPyRandomGeneratorType Object Pair PolynomialType StructRef VarArg deferred_type
        npy_bitgen npy_rng""",
    "records": """CharSeq DType NPDatetime NPTimedelta NestedArray NumberClass Record UnicodeCharSeq
        _NPDatetimeBase""",
    "tuples": """BaseAnonymousTuple BaseNamedTuple BaseTuple NamedTuple NamedUniTuple StarArgTuple StarArgUniTuple Tuple
        UniTuple UnionType _HeterogeneousTuple _HomogeneousTuple _StarArgTupleMixin""",
}
_HOMES = {name: home for home, names in _ON_DEMAND.items() for name in names.split()}


class PyObject(Dummy):
    """Any Python object."""

    def is_precise(self):
        return False


class RawPointer(Opaque):
    """A pointer to no known type."""


class EllipsisType(Opaque):
    """The type of ..."""


class Undefined(Dummy):
    """The type of what is not inferred yet."""

    def is_precise(self):
        return False


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
code_type = Opaque("code")
pyfunc_type = Opaque("pyfunc")
py2_string_type = Opaque("str")
ffi = Opaque("ffi")
ffi_forced_object = Opaque("ffi_forced_object")


def is_homogeneous(*types):
    """Whether all types are the same; no types are not."""
    return len(types) > 0 and all(each == types[0] for each in types)


def argsnkwargs_to_str(args, kwargs):
    """'int64, a=int32' of types and of keywords' types."""
    return ", ".join([str(each) for each in args] + [f"{name}={each}" for name, each in kwargs.items()])


def _on_demand(name):
    """What a module of ours has under this name; None if none has it."""
    if name in ("slice2_type", "slice3_type"):
        members = 2 if name == "slice2_type" else 3
        return _on_demand("SliceType")("slice<a:b>" if members == 2 else "slice<a:b:c>", members)
    if name not in _HOMES:
        return None
    from importlib import import_module

    return getattr(import_module(f"lancehead.types.{_HOMES[name]}"), name)


def __getattr__(name):
    found = _on_demand(name)
    if found is None:
        from lancehead import numba_api

        found = numba_api.attribute_of("numba.core.types", name, __name__)
    globals()[name] = found
    return found


def __dir__():
    from lancehead import numba_api

    return numba_api.names_of("numba.core.types") | set(globals())
