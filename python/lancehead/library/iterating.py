"""Iteration over all elements of an array, and a.flat: its elements in C order, as a vector.

The elements that an array is read or written at through a.flat are those at the indices of its flattened copy.
"""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.indexing import in_one_row
from lancehead.library.shapes import as_array, ravel


@implements("numpy.ndindex")
def ndindex(*shape):
    """The tuples of indices, the last one fastest; of a tuple of extents, or of extents."""
    if len(shape) == 1 and isinstance(shape[0], tuple):
        check_extents(shape[0])
        return ops.indices(shape[0])
    check_extents(shape)
    return ops.indices(shape)


def check_extents(shape):
    if len(shape) > 0:
        if shape[0] < 0:
            raise ValueError("negative dimensions are not allowed")
        check_extents(shape[1:])


@implements("numpy.ndenumerate")
def ndenumerate(arr):
    return ops.numbered(arr)


@implements("numpy.nditer")
def nditer(op):
    """The elements in the order of memory, as read-only arrays without axes."""
    if ops.layout(op) == "F":
        return ops.places(op.T)
    if ops.layout(op) == "C":
        return ops.places(op)
    if op.ndim != 1:
        ops.refuse("the order of memory is not known when this is compiled; iterate over np.ascontiguousarray(a)")
    return ops.places(op[::-1] if op.strides[0] < 0 else op[::1])


# ---- a.flat


@implements("numpy.flatiter.__getitem__")
def flat_getitem(self, key):
    a = ops.flat_base(self)
    if isinstance(key, (int, np.integer)):
        return a[ops.unravel(ops.index(key, a.size, 0), a.shape)]
    return in_one_row(a)[key].copy()


@implements("numpy.flatiter.__setitem__")
def flat_setitem(self, key, value):
    """The values are repeated as often as needed."""
    a = ops.flat_base(self)
    if isinstance(key, (int, np.integer)):
        a[ops.unravel(ops.index(key, a.size, 0), a.shape)] = value
    elif isinstance(value, (np.ndarray, list, tuple)):
        fill(a, key, ravel(np.array(value)))
    elif a.ndim == 1:
        a[key] = value
    else:
        fill(a, key, ravel(as_array(value)))


def fill(a, key, values):
    if values.size == 0:
        return
    places = np.arange(a.size)[key]
    for n in range(places.size):
        a[ops.unravel(places[n], a.shape)] = values[n % values.size]


@implements("numpy.ndarray.flat.__set__")
def set_flat(self, value):
    self.flat[:] = value
