"""Between NumPy's dtypes and types."""

import numpy as np

from lancehead import types
from lancehead.errors import NumbaNotImplementedError
from lancehead.unbuilt import not_built

_SCALARS = (types.Boolean, types.Integer, types.Float, types.Complex)


def from_dtype(dtype):
    """The type of the elements of an array of this dtype."""
    if not isinstance(dtype, (np.dtype, type, str)):
        raise NumbaNotImplementedError(f"{dtype!r} is not a NumPy dtype")
    dtype = np.dtype(dtype)
    if dtype.kind == "O":
        return types.pyobject
    if dtype.kind in "SUVMm":
        raise not_built(f"the type of the NumPy dtype {dtype}")
    known = getattr(types, dtype.name, None) if dtype.isnative else None
    if not isinstance(known, _SCALARS):
        raise NumbaNotImplementedError(f"{dtype} is not supported")
    return known


def as_dtype(nbtype):
    """The dtype of arrays of this element type."""
    if isinstance(nbtype, _SCALARS):
        return np.dtype(nbtype.name)
    if nbtype == types.pyobject:
        return np.dtype(object)
    raise NumbaNotImplementedError(f"{nbtype} cannot be represented as a NumPy dtype")


def __getattr__(name):
    from lancehead import numba_api

    return numba_api.attribute_of("numba.np.numpy_support", name, __name__)
