"""Diagonals and triangles."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import normal_axis
from lancehead.library.shapes import as_array, ravel


@implements("numpy.diagonal", "numpy.ndarray.diagonal")
def diagonal(a, offset=0, axis1=0, axis2=1):
    """A read-only view whose last axis walks along the diagonal of the two axes, `offset` columns to the right."""
    if a.ndim < 2:
        raise ValueError("diag requires an array of at least two dimensions")
    return ops.readonly(diagonal_view(a, offset, axis1, axis2))


def diagonal_view(a, offset, axis1, axis2):
    first = normal_axis(axis1, a.ndim)
    second = normal_axis(axis2, a.ndim)
    if first == second:
        raise ValueError("axis1 and axis2 cannot be the same")
    rows = a.shape[first] + min(offset, 0)
    columns = a.shape[second] - max(offset, 0)
    count = max(min(rows, columns), 0)
    step = a.strides[first] + a.strides[second]
    start = (offset * a.strides[second] if offset > 0 else -offset * a.strides[first]) if count > 0 else 0
    high = max(first, second)
    low = min(first, second)
    shape = ops.drop(ops.drop(a.shape, high), low)
    strides = ops.drop(ops.drop(a.strides, high), low)
    return ops.view(a, start, shape + (count,), strides + (step,))


@implements("numpy.diag")
def diag(v, k=0):
    """Of a vector the matrix that has it on its diagonal k, of a matrix that diagonal."""
    array = as_array(v)
    if array.ndim == 1:
        n = array.size + abs(k)
        out = np.zeros((n, n), array.dtype)
        diagonal_view(out, k, 0, 1)[:] = array
        return out
    if array.ndim != 2:
        raise ValueError("Input must be 1- or 2-d.")
    return diagonal(array, k)


@implements("numpy.diagflat")
def diagflat(v, k=0):
    return diag(ravel(as_array(v)), k)


@implements("numpy.fill_diagonal")
def fill_diagonal(a, val, wrap=False):
    """Stores into a[i, ..., i], again from the start of `val` where it ends; `wrap` goes on below in tall matrices."""
    if a.ndim < 2:
        raise ValueError("array must be at least 2-d")
    if a.ndim > 2:
        check_equal(a.shape, a.shape[0])
    values = ravel(as_array(val))
    if values.size == 0:
        return
    if a.ndim == 2 and wrap:
        rows, columns = a.shape
        k = 0
        for at in range(0, rows * columns, columns + 1):
            a[at // columns, at % columns] = values[k % values.size]
            k += 1
        return
    count = smallest_extent(a.shape)
    line = ops.view(a, 0, (count,), (total(a.strides),))
    for i in range(count):
        line[i] = values[i % values.size]


def check_equal(shape, extent):
    if len(shape) > 0:
        if shape[0] != extent:
            raise ValueError("All dimensions of input must be of equal length")
        check_equal(shape[1:], extent)


def smallest_extent(shape):
    if len(shape) == 1:
        return shape[0]
    return min(shape[0], smallest_extent(shape[1:]))


def total(items):
    if len(items) == 0:
        return 0
    return items[0] + total(items[1:])


@implements("numpy.trace", "numpy.ndarray.trace")
def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    line = diagonal_view(a, offset, axis1, axis2)
    if a.ndim == 2 and dtype is None and out is None:
        return np.sum(line)
    return np.sum(line, axis=-1, dtype=dtype, out=out)


@implements("numpy.tri")
def tri(N, M=None, k=0, dtype=float, *, like=None):
    """Ones at and below diagonal k."""
    out = np.zeros((N, N if M is None else M), dtype)
    for row in range(N):
        out[row, : max(row + k + 1, 0)] = 1
    return out


@implements("numpy.tril")
def tril(m, k=0):
    array = as_matrix(m)
    out = np.zeros(array.shape, array.dtype)
    for row in range(array.shape[-2]):
        stop = max(row + k + 1, 0)
        out[..., row, :stop] = array[..., row, :stop]
    return out


@implements("numpy.triu")
def triu(m, k=0):
    array = as_matrix(m)
    out = np.zeros(array.shape, array.dtype)
    for row in range(array.shape[-2]):
        start = max(row + k, 0)
        out[..., row, start:] = array[..., row, start:]
    return out


def as_matrix(m):
    array = as_array(m)
    if array.ndim == 1:
        return np.broadcast_to(array, (array.size, array.size))
    return array


@implements("numpy.tril_indices")
def tril_indices(n, k=0, m=None):
    return np.nonzero(tri(n, m, k, np.bool_))


@implements("numpy.triu_indices")
def triu_indices(n, k=0, m=None):
    return np.nonzero(np.logical_not(tri(n, m, k - 1, np.bool_)))


@implements("numpy.tril_indices_from")
def tril_indices_from(arr, k=0):
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return tril_indices(arr.shape[-2], k, arr.shape[-1])


@implements("numpy.triu_indices_from")
def triu_indices_from(arr, k=0):
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return triu_indices(arr.shape[-2], k, arr.shape[-1])


@implements("numpy.diag_indices")
def diag_indices(n, ndim=2):
    return (np.arange(n),) * ndim


@implements("numpy.vander")
def vander(x, N=None, increasing=False):
    columns = x.size if N is None else N
    dtype = ops.common_dtype(x, np.int64)
    out = np.empty((x.size, columns), dtype)
    for k in range(columns):
        place = k if increasing else columns - 1 - k
        if k == 0:
            out[:, place] = 1
        else:
            out[:, place] = out[:, place - 1 if increasing else place + 1] * x
    return out
