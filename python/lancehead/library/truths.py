"""Where the elements of an array are not zero."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.shapes import as_array


@implements("numpy.count_nonzero")
def count_nonzero(a, axis=None, *, keepdims=False):
    if a.dtype.kind == "b":
        return np.sum(a, axis, keepdims=keepdims)
    return np.sum(a != 0, axis, keepdims=keepdims)


@implements("numpy.where")
def where(condition, x=None, y=None):
    """Of a condition alone its places; of what has no axes an array without axes. All else is a nest."""
    if x is None and y is None:
        return nonzero(as_array(condition))
    chosen = np.empty((), ops.common_dtype(x, y))
    if condition:
        chosen[()] = x
    else:
        chosen[()] = y
    return chosen


@implements("numpy.nonzero", "numpy.ndarray.nonzero")
def nonzero(a):
    """A tuple of index arrays (int64), one per axis, in C order."""
    if a.ndim == 0:
        raise ValueError("Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.")
    places = index_arrays(a.ndim, np.count_nonzero(a))
    lines = a.shape[:-1]
    n = 0
    for line in range(lines_in(lines)):
        at = ops.unravel(line, lines)
        row = a[at]
        for i in range(row.size):
            if ops.item(row, i):
                put(places, n, at + (i,))
                n += 1
    return places


def lines_in(extents):
    if len(extents) == 0:
        return 1
    return extents[0] * lines_in(extents[1:])


def index_arrays(count, size):
    if count == 0:
        return ()
    return (np.empty(size, np.int64),) + index_arrays(count - 1, size)


def put(arrays, n, values):
    if len(arrays) > 0:
        ops.store(arrays[0], values[0], n)
        put(arrays[1:], n, values[1:])


@implements("numpy.flatnonzero")
def flatnonzero(a):
    return np.nonzero(np.ravel(a))[0]


@implements("numpy.argwhere")
def argwhere(a):
    """The indices as the rows of an array of shape (number of nonzero elements, a.ndim)."""
    if a.ndim == 0:
        return np.empty((np.count_nonzero(a[None]), 0), np.int64)
    places = np.nonzero(a)
    out = np.empty((places[0].size, a.ndim), np.int64)
    fill_columns(out, places, 0)
    return out


def fill_columns(out, columns, k):
    if k < len(columns):
        out[:, k] = columns[k]
        fill_columns(out, columns, k + 1)
