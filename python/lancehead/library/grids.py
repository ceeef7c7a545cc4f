"""Arrays of coordinates, and of numbers at equal distances."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.shapes import as_array, ravel


@implements("numpy.meshgrid")
def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    """A tuple of arrays of coordinates; with 'xy' the first varies along axis 1."""
    if indexing != "xy" and indexing != "ij":
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    shape = grid_shape(xi, indexing == "xy")
    return grids(xi, shape, 0, copy, sparse, indexing == "xy")


def grid_shape(xi, swap):
    shape = sizes(xi)
    if swap and len(shape) > 1:
        return (shape[1], shape[0]) + shape[2:]
    return shape


def sizes(xi):
    if len(xi) == 0:
        return ()
    return (np.size(xi[0]),) + sizes(xi[1:])


def grids(xi, shape, k, copy, sparse, swap):
    if k == len(xi):
        return ()
    axis = 1 - k if swap and k < 2 and len(xi) > 1 else k
    row = ravel(xi[k])
    thin = np.reshape(row, (1,) * axis + (row.size,) + (1,) * (len(shape) - 1 - axis))
    return (grid(thin, shape, copy, sparse),) + grids(xi, shape, k + 1, copy, sparse, swap)


def grid(thin, shape, copy, sparse):
    if sparse:
        return thin.copy() if copy else thin
    if copy:
        out = np.empty(shape, thin.dtype)
        out[...] = thin
        return out
    return np.broadcast_to(thin, shape)


@implements("numpy.indices")
def indices(dimensions, dtype=np.int64, sparse=False):
    """An array whose item k holds the indices along axis k; sparse: a tuple of such with extent 1 along the others."""
    rows = ranges(dimensions, dtype)
    if sparse:
        return grids(rows, dimensions, 0, True, True, False)
    out = np.empty((len(dimensions),) + dimensions, dtype)
    fill_indices(out, rows, 0)
    return out


def ranges(dimensions, dtype):
    if len(dimensions) == 0:
        return ()
    return (np.arange(dimensions[0]).astype(dtype),) + ranges(dimensions[1:], dtype)


def fill_indices(out, rows, k):
    if k < len(rows):
        out[k] = np.reshape(rows[k], (1,) * k + (rows[k].size,) + (1,) * (len(rows) - 1 - k))
        fill_indices(out, rows, k + 1)


@implements("numpy.ix_")
def ix_(*args):
    """Index arrays, of one axis each, as the axes of an open grid; masks stand for where they are true."""
    return opened(args, 0)


def opened(args, k):
    if k == len(args):
        return ()
    part = as_array(args[k])
    if part.ndim != 1:
        raise ValueError("Cross index must be 1 dimensional")
    row = np.nonzero(part)[0] if part.dtype.kind == "b" else part
    return (np.reshape(row, (1,) * k + (row.size,) + (1,) * (len(args) - 1 - k)),) + opened(args, k + 1)


@implements("numpy.unravel_index")
def unravel_index(indices, shape, order="C"):
    """The tuple of indices for numbers of elements in C order. ValueError for a number that no element has."""
    extents = shape if isinstance(shape, tuple) else (shape,)
    if order == "F":
        return unravel_index(indices, extents[::-1])[::-1]
    if not isinstance(indices, np.ndarray):
        check_number(indices, extents)
        return ops.unravel(indices, extents)
    if len(extents) == 0:
        raise ValueError("multiple indices are not supported for 0d arrays")
    out = index_like(indices, len(extents))
    flat = ravel(indices)
    for i in range(flat.size):
        check_number(flat[i], extents)
        put(out, i, ops.unravel(flat[i], extents))
    return out


def check_number(k, extents):
    size = 1
    for n in extents:
        size *= n
    if k < 0 or k >= size:
        ops.check(False, "UnravelIndex", k, size)


def index_like(a, count):
    if count == 0:
        return ()
    return (np.empty(a.shape, np.int64),) + index_like(a, count - 1)


def put(arrays, i, values):
    if len(arrays) > 0:
        row = ops.contiguous(arrays[0], (arrays[0].size,))
        ops.store(row, values[0], i)
        put(arrays[1:], i, values[1:])
