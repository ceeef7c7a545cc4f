"""Between NumPy's dtypes and types."""

import numpy as np

from lancehead import types
from lancehead.errors import NumbaNotImplementedError

numpy_version = tuple(map(int, np.__version__.split(".")[:2]))
_SCALARS = (types.Boolean, types.Integer, types.Float, types.Complex)
_DATES = {"M": types.NPDatetime, "m": types.NPTimedelta}


def from_dtype(dtype):
    """The type of the elements of an array of this dtype."""
    if not isinstance(dtype, (np.dtype, type, str)):
        raise NumbaNotImplementedError(f"{dtype!r} is not a NumPy dtype")
    dtype = np.dtype(dtype)
    if dtype.fields is not None:
        return from_struct_dtype(dtype)
    if dtype.subdtype is not None:
        return types.NestedArray(from_dtype(dtype.subdtype[0]), dtype.shape)
    if dtype.kind == "O":
        return types.pyobject
    if not dtype.isnative:
        raise NumbaNotImplementedError(f"{dtype} is not supported: its byte order is not the machine's")
    if dtype.kind == "S":
        return types.CharSeq(dtype.itemsize)
    if dtype.kind == "U":
        return types.UnicodeCharSeq(dtype.itemsize // np.dtype("U1").itemsize)
    if dtype.kind in _DATES:
        return _date_type(dtype)
    known = getattr(types, dtype.name, None)
    if not isinstance(known, _SCALARS):
        raise NumbaNotImplementedError(f"{dtype} is not supported")
    return known


def _date_type(dtype):
    unit, per_tick = np.datetime_data(dtype)
    if per_tick != 1:
        raise NumbaNotImplementedError(f"{dtype} is not supported: its unit is not 1 {unit}")
    return _DATES[dtype.kind]("" if unit == "generic" else unit)


def from_struct_dtype(dtype):
    """The type of the records of a structured dtype."""
    if dtype.fields is None:
        raise NumbaNotImplementedError(f"{dtype} is not structured")
    if dtype.hasobject:
        raise NumbaNotImplementedError("the dtype of a record has no objects")
    fields = []
    for name, (field, offset, *title) in dtype.fields.items():
        fields.append((name, {"type": from_dtype(field), "offset": offset, "title": title[0] if title else None}))
    return types.Record(fields, dtype.itemsize, dtype.isalignedstruct)


def as_dtype(nbtype):
    """The dtype of arrays of this element type."""
    nbtype = types.unliteral(nbtype)
    if isinstance(nbtype, _SCALARS):
        return np.dtype(nbtype.name)
    if isinstance(nbtype, (types.NPDatetime, types.NPTimedelta)):
        return np.dtype(nbtype.name if nbtype.unit else nbtype.type_name)
    if isinstance(nbtype, (types.CharSeq, types.UnicodeCharSeq)):
        return np.dtype(f"{'S' if isinstance(nbtype, types.CharSeq) else 'U'}{nbtype.count}")
    if isinstance(nbtype, types.Record):
        return as_struct_dtype(nbtype)
    if isinstance(nbtype, types.NestedArray):
        return np.dtype((as_dtype(nbtype.dtype), nbtype.shape))
    if isinstance(nbtype, (types.EnumMember, types.DType, types.NumberClass)):
        return as_dtype(nbtype.dtype)
    if isinstance(nbtype, types.PyObject):
        return np.dtype(object)
    raise NumbaNotImplementedError(f"{nbtype} cannot be represented as a NumPy dtype")


def as_struct_dtype(rec):
    """The structured dtype of a record."""
    assert isinstance(rec, types.Record), f"{rec} is no record"
    own = [(name, field) for name, field in rec.fields.items() if not rec.is_title(name)]
    return np.dtype(
        {
            "names": [name for name, _ in own],
            "formats": [as_dtype(field.type) for _, field in own],
            "offsets": [field.offset for _, field in own],
            "titles": [field.title for _, field in own],
            "itemsize": rec.size,
        },
        align=rec.aligned,
    )


def map_arrayscalar_type(val):
    """The type of a NumPy scalar, or of what NumPy makes a scalar of."""
    return from_dtype(val.dtype if isinstance(val, np.generic) else np.asarray(val).dtype)


def map_layout(val):
    """'C', 'F' or 'A': how the elements of an array lie."""
    if val.flags["C_CONTIGUOUS"]:
        return "C"
    return "F" if val.flags["F_CONTIGUOUS"] else "A"


def is_array(val):
    return isinstance(val, np.ndarray)


def is_nonelike(ty):
    """Whether a type, or a value, is None or an omitted None."""
    return ty is None or isinstance(ty, types.NoneType) or (isinstance(ty, types.Omitted) and ty.value is None)


def type_can_asarray(arr):
    """Whether np.asarray takes values of the type."""
    taken = (types.Array, types.Sequence, types.Tuple, types.StringLiteral, types.Number, types.Boolean, types.ListType)
    return isinstance(arr, taken)


def type_is_scalar(typ):
    """Whether values of the type are scalars of NumPy or Python."""
    scalars = _SCALARS + (types.UnicodeType, types.StringLiteral, types.NPDatetime, types.NPTimedelta)
    return isinstance(typ, scalars)


def __getattr__(name):
    from lancehead import numba_api

    return numba_api.attribute_of("numba.np.numpy_support", name, __name__)
