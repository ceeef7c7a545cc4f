"""Records, nested arrays, fixed-width strings, dates, and dtypes as values."""

from collections import namedtuple
from functools import total_ordering
from itertools import count

from lancehead.types.abstract import Callable, DTypeSpec, Opaque
from lancehead.types.arrays import Array
from lancehead.types.base import Type
from lancehead.types.scalars import Number


class CharSeq(Type):
    """Bytes of at most `count` characters."""

    mutable = True

    def __init__(self, count):
        self.count = count
        super().__init__(f"[char x {count}]")

    @property
    def key(self):
        return self.count


class UnicodeCharSeq(Type):
    """Text of at most `count` characters."""

    mutable = True

    def __init__(self, count):
        self.count = count
        super().__init__(f"[unichr x {count}]")

    @property
    def key(self):
        return self.count

    def can_convert_to(self, typingctx, other):
        from lancehead.types.conversions import Conversion

        return Conversion.safe if isinstance(other, UnicodeCharSeq) else None

    def __repr__(self):
        return f"UnicodeCharSeq({self.count})"


def _id_of(element):
    """The compiler's id of the type of an array's elements; None if it has no such type."""
    from lancehead import _lancehead
    from lancehead.numpy_support import as_dtype

    try:
        return _lancehead.element_type(as_dtype(element))
    except TypeError:
        return None


# The codes that NumPy gives to units of time, from coarse to fine; '' is no unit.
_UNITS = {"Y": 0, "M": 1, "W": 2, "D": 4, "h": 5, "m": 6, "s": 7, "ms": 8, "us": 9, "ns": 10, "ps": 11, "fs": 12}
_UNITS.update({"as": 13, "": 14})


@total_ordering
class _NPDatetimeBase(Type):
    """Dates and durations, ordered by the fineness of their unit."""

    _is_element = True

    def __init__(self, unit):
        self.unit = unit
        self.unit_code = _UNITS[unit]
        super().__init__(f"{self.type_name}[{unit}]")

    def __lt__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self.unit_code < other.unit_code

    __hash__ = Type.__hash__
    __eq__ = Type.__eq__

    def _find_id(self):
        return _id_of(self)

    def cast_python_value(self, value, /):
        import numpy as np

        scalar = getattr(np, self.type_name)
        return scalar(value, self.unit) if self.unit else scalar(value)


class NPDatetime(_NPDatetimeBase):
    """Dates."""

    type_name = "datetime64"


class NPTimedelta(_NPDatetimeBase):
    """Durations."""

    type_name = "timedelta64"


class DType(DTypeSpec, Opaque):
    """A dtype as a value."""

    dtype = None  # an attribute here, a property in the base

    def __init__(self, dtype):
        assert isinstance(dtype, Type)
        self.dtype = dtype
        super().__init__(f"dtype({dtype})")

    def _find_id(self):
        from lancehead import _lancehead

        return None if self.dtype._id is None else _lancehead.dtype_type(self.dtype._id)

    @property
    def key(self):
        return self.dtype

    def __getitem__(self, axes, /):
        """dtype[:] is the array type of its elements."""
        return self.dtype[axes]


class NumberClass(Callable, DTypeSpec, Opaque):
    """A class of NumPy's scalars as a value. The compiler makes no difference between it and the dtype."""

    def __init__(self, instance_type):
        self.instance_type = instance_type
        super().__init__(f"class({instance_type})")

    def core_id(self):
        return DType(self.instance_type).core_id()

    @property
    def key(self):
        return self.instance_type

    @property
    def dtype(self):
        return self.instance_type

    def get_call_type(self, context, args, kws):
        return self.instance_type(*args)

    def get_call_signatures(self):
        return (), True

    def get_impl_key(self, sig):
        return type(self)


_RecordField = namedtuple("_RecordField", "type offset alignment title", defaults=(None, None))
_codes = count(1)


class Record(Type):
    """Records: `fields` are (name, {"type": ..., "offset": ..., "alignment": ..., "title": ...})."""

    mutable = True
    _is_element = True

    def __init__(self, fields, size, aligned):
        made = [(name, _RecordField(**{k: v for k, v in info.items()})) for name, info in _items(fields)]
        self.fields = dict(sorted(made, key=lambda item: (item[1].offset, item[0])))
        self.size = size
        self.aligned = aligned
        self._code = next(_codes)
        super().__init__(f"Record({','.join(_shown(*item) for item in self.fields.items())};{size};{aligned})")
        self.bitwidth = self.dtype.itemsize * 8

    def _find_id(self):
        return _id_of(self)

    @classmethod
    def make_c_struct(cls, name_types):
        """The record that a C compiler would make of these fields."""
        fields, offset, widest = [], 0, 1
        for name, typ in name_types:
            size, alignment = _size_and_alignment(typ)
            offset = -(-offset // alignment) * alignment
            fields.append((name, {"type": typ, "offset": offset, "alignment": alignment}))
            offset, widest = offset + size, max(widest, alignment)
        return cls(fields, size=-(-offset // widest) * widest, aligned=True)

    @property
    def mangling_args(self):
        return type(self).__name__, (self._code,)

    @property
    def members(self):
        """(name, type) of the fields, in the order of their offsets."""
        return [(name, field.type) for name, field in self.fields.items()]

    @property
    def dtype(self):
        from lancehead.numpy_support import as_struct_dtype

        return as_struct_dtype(self)

    def __len__(self):
        return len(self.fields)

    def offset(self, key):
        return self.fields[key].offset

    def typeof(self, key):
        return self.fields[key].type

    def alignof(self, key):
        return self.fields[key].alignment

    def has_titles(self):
        return any(field.title is not None for field in self.fields.values())

    def is_title(self, key):
        return self.fields[key].title == key

    def can_convert_to(self, typingctx, other):
        """To a record of its first fields."""
        from lancehead.types.conversions import Conversion

        if not isinstance(other, Record):
            return None
        first = list(self.fields.items())[: len(other.fields)]
        return Conversion.safe if first == list(other.fields.items()) else None

    def __repr__(self):
        shown = "'type': {0.type!r}, 'offset': {0.offset}, 'alignment': {0.alignment}, 'title': {0.title}, "
        fields = ", ".join(f"({name!r}, {{{shown.format(field)}}})" for name, field in self.fields.items())
        return f"Record([{fields}], {self.size}, {self.aligned})"

    def __reduce__(self):
        return Record, ([(name, field._asdict()) for name, field in self.fields.items()], self.size, self.aligned)


def _items(fields):
    return fields.items() if isinstance(fields, dict) else fields


def _shown(name, field):
    extra = "".join(f";{k}={getattr(field, k)}" for k in ("alignment", "title") if getattr(field, k) is not None)
    return f"{name}[type={field.type};offset={field.offset}{extra}]"


def _size_and_alignment(typ):
    if isinstance(typ, Number):
        bytes_ = typ.bitwidth // 8
        return bytes_, getattr(typ, "underlying_float", typ).bitwidth // 8
    if isinstance(typ, NestedArray):
        return typ.nitems * typ.size, _size_and_alignment(typ.dtype)[1]
    raise TypeError(f"Only Number and NestedArray types are supported, found: {typ}. ")


class NestedArray(Array):
    """Arrays of a fixed shape inside of records."""

    def __init__(self, dtype, shape):
        if isinstance(dtype, NestedArray):
            dtype, shape = dtype.dtype, tuple(shape) + dtype.shape
        self._shape = tuple(shape)
        super().__init__(dtype, len(self._shape), "C", name=f"nestedarray({dtype}, {self._shape})")

    def _find_id(self):
        return None

    @property
    def shape(self):
        return self._shape

    @property
    def nitems(self):
        items = 1
        for extent in self._shape:
            items *= extent
        return items

    @property
    def size(self):
        """Bytes of an element."""
        return self.dtype.bitwidth // 8

    @property
    def strides(self):
        strides = [self.size]
        for extent in self._shape[:0:-1]:
            strides.append(strides[-1] * extent)
        return tuple(reversed(strides))

    @property
    def key(self):
        return self.dtype, self._shape

    def __repr__(self):
        return f"NestedArray({self.dtype!r}, {self._shape})"
