"""Elements chosen by index arrays, masks and conditions along an axis."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_first, axis_last, extent_product, normal_axis
from lancehead.library.broadcasting import stretched
from lancehead.library.indexing import apart_from
from lancehead.library.shapes import as_array, ravel


@implements("numpy.take", "numpy.ndarray.take")
def take(a, indices, axis=None, out=None, mode="raise"):
    """a[..., indices, ...] with the index at `axis`; None takes from the flattened array. mode: 'raise', 'wrap', 'clip'."""
    array = as_array(a)
    if axis is None or (array.ndim == 0 and (axis == 0 or axis == -1)):
        return taken(ravel(array), indices, 0, out, mode)
    return taken(array, indices, normal_axis(axis, array.ndim), out, mode)


def taken(a, indices, axis, out, mode):
    if isinstance(indices, np.ndarray) and indices.ndim > 0:
        row = ravel(indices)
        shape = np.shape(indices)
        rest = ops.drop(a.shape, axis)
        result = np.empty(shape + rest, a.dtype)
        lines = ops.contiguous(result, (row.size,) + rest)
        source = axis_first(a, axis)
        count = a.shape[axis]
        if count == 0 and row.size > 0:
            raise IndexError("cannot do a non-empty take from an empty axes.")
        for i in range(row.size):
            lines[i] = source[place(row[i], count, axis, mode)]
        moved = axes_to(result, len(shape), axis)
        return moved if out is None else stored(out, moved)
    index = indices[()] if isinstance(indices, np.ndarray) else indices
    line = axis_first(a, axis)[place(index, a.shape[axis], axis, mode)]
    if isinstance(line, np.ndarray):
        return line.copy() if out is None else stored(out, line)
    if out is None:
        return line
    if out.ndim != 0:
        raise ValueError("output array does not match result of the function")
    out[...] = line
    return out


def place(i, count, axis, mode):
    if mode == "raise":
        return ops.index(i, count, axis)
    if mode == "wrap":
        return i % count
    return min(max(i, 0), count - 1)


def axes_to(a, count, axis):
    """The view whose first `count` axes stand before its axis `axis`, which may be known at run time only."""
    if a.ndim == count or (count == 1 and a.ndim == 1):
        return a
    return in_place(a, a.shape[count:], a.strides[count:], a.shape[:count], a.strides[:count], axis)


def in_place(a, shape, strides, first, first_strides, axis):
    if len(first) == 0:
        return ops.view(a, 0, shape, strides)
    return in_place(
        a,
        ops.insert(shape, axis, first[-1]),
        ops.insert(strides, axis, first_strides[-1]),
        first[:-1],
        first_strides[:-1],
        axis,
    )


def stored(out, values):
    if out.shape != values.shape:
        raise ValueError("output array does not match result of the function")
    out[...] = values
    return out


@implements("numpy.put", "numpy.ndarray.put")
def put(a, ind, v, mode="raise"):
    """a.flat[ind] = v, with v again from its start where it ends."""
    rows = ravel(as_array(ind))
    values = ravel(as_array(v))
    if rows.size > 0 and a.size == 0:
        raise IndexError("cannot replace elements of an empty array")
    if values.size > 0:
        for i in range(rows.size):
            k = place(rows[i], a.size, 0, mode)
            a[ops.unravel(k, a.shape)] = values[i % values.size]


@implements("numpy.choose", "numpy.ndarray.choose")
def choose(a, choices, out=None, mode="raise"):
    """out[i] = choices[a[i]][i], all of them broadcast together. `choices` is a tuple."""
    arrays = np.broadcast_arrays(a, *choices)
    shape = arrays[0].shape
    result = np.empty(shape, ops.common_dtype(*choices)) if out is None else out
    for i in range(extent_product(shape)):
        at = ops.unravel(i, shape)
        k = arrays[0][at]
        if mode == "raise" and (k < 0 or k >= len(choices)):
            raise ValueError("invalid entry in choice array")
        result[at] = chosen(arrays[1:], place(k, len(choices), 0, mode), at, result.dtype)
    return result if isinstance(a, np.ndarray) or out is not None else result[()]


def chosen(arrays, k, at, dtype):
    if len(arrays) == 1 or k == 0:
        return ops.cast(arrays[0][at], dtype)
    return chosen(arrays[1:], k - 1, at, dtype)


@implements("numpy.compress")
def compress(condition, a, axis=None, out=None):
    """The slices along `axis` at which the condition is true; it may be shorter than the axis."""
    array = as_array(a)
    if condition.ndim != 1:
        raise ValueError("condition must be a 1-d array")
    wanted = np.nonzero(condition)[0]
    return take(array, wanted, axis, out)


@implements("numpy.ndarray.compress")
def compress_method(a, condition, axis=None, out=None):
    return compress(condition, a, axis, out)


@implements("numpy.extract")
def extract(condition, arr):
    return take(ravel(as_array(arr)), np.nonzero(ravel(as_array(condition)))[0])


@implements("numpy.place")
def place_values(arr, mask, vals):
    """arr[mask] = vals, with vals again from their start where they end."""
    values = ravel(as_array(vals))
    flags = ravel(as_array(mask))
    if flags.size != arr.size:
        raise ValueError("place: mask and data must be the same size")
    n = 0
    for i in range(flags.size):
        if flags[i]:
            if values.size == 0:
                raise ValueError("Cannot insert from an empty array!")
            arr[ops.unravel(i, arr.shape)] = values[n % values.size]
            n += 1


@implements("numpy.putmask")
def putmask(a, mask, values):
    """a.flat[i] = values[i % values.size] where mask.flat[i]."""
    given = apart_from(ravel(as_array(values)), a)
    flags = apart_from(ravel(as_array(mask)), a)
    if flags.size != a.size:
        raise ValueError("putmask: mask and data must be the same size")
    if given.size > 0:
        for i in range(flags.size):
            if flags[i]:
                a[ops.unravel(i, a.shape)] = given[i % given.size]


@implements("numpy.copyto")
def copyto(dst, src, casting="same_kind", where=True):
    if isinstance(where, np.ndarray):
        ops.assign_where(dst, where, src)
    elif where:
        dst[...] = src


@implements("numpy.take_along_axis")
def take_along_axis(arr, indices, axis=-1):
    """Along each line of the axis the elements at the line's own indices; the other axes are broadcast."""
    if axis is None:
        check_single(indices)
        return take_along_axis(ravel(arr), indices, 0)
    if arr.ndim != indices.ndim:
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    k = normal_axis(axis, arr.ndim)
    shape = np.broadcast_shapes(ops.replace(arr.shape, k, 1), ops.replace(indices.shape, k, 1))
    sources = axis_last(np.broadcast_to(arr, ops.replace(shape, k, arr.shape[k])), k)
    places = axis_last(np.broadcast_to(indices, ops.replace(shape, k, indices.shape[k])), k)
    out = np.empty(ops.replace(shape, k, indices.shape[k]), arr.dtype)
    lines = axis_last(out, k)
    outer = lines.shape[:-1]
    for line in range(extent_product(outer)):
        at = ops.unravel(line, outer)
        copy_at(lines[at], sources[at], places[at], k)
    return out


def copy_at(target, source, places, axis):
    for i in range(places.size):
        target[i] = source[ops.index(places[i], source.size, axis)]


@implements("numpy.put_along_axis")
def put_along_axis(arr, indices, values, axis):
    if axis is None:
        check_single(indices)
        places = ravel(indices)
        for i in range(places.size):
            arr[ops.unravel(ops.index(places[i], arr.size, 0), arr.shape)] = np.broadcast_to(values, places.shape)[i]
        return
    k = normal_axis(axis, arr.ndim)
    shape = np.broadcast_shapes(ops.replace(arr.shape, k, 1), ops.replace(indices.shape, k, 1))
    full = ops.replace(shape, k, arr.shape[k])
    given = axis_last(np.broadcast_to(values, ops.replace(shape, k, indices.shape[k])), k)
    places = axis_last(np.broadcast_to(indices, ops.replace(shape, k, indices.shape[k])), k)
    lines = axis_last(ops.view(arr, 0, full, stretched(arr.shape, arr.strides, full)), k)
    outer = lines.shape[:-1]
    for line in range(extent_product(outer)):
        at = ops.unravel(line, outer)
        store_at(lines[at], given[at], places[at], k)


def check_single(indices):
    if indices.ndim != 1:
        raise ValueError("when axis=None, `indices` must have a single dimension.")


def store_at(target, values, places, axis):
    for i in range(places.size):
        target[ops.index(places[i], target.size, axis)] = values[i]


@implements("numpy.select")
def select(condlist, choicelist, default=0):
    """Of each element the choice of the first condition that is true; lists or tuples of equal length."""
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    if isinstance(condlist, tuple):
        return selected(condlist, choicelist, default)
    result = np.where(condlist[-1], choicelist[-1], default)
    for k in range(len(condlist) - 2, -1, -1):
        result = np.where(condlist[k], choicelist[k], result)
    return result


def selected(conditions, choices, default):
    if len(conditions) == 1:
        return np.where(conditions[0], choices[0], default)
    return np.where(conditions[0], choices[0], selected(conditions[1:], choices[1:], default))
