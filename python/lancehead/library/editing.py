"""Arrays with slices along an axis inserted, or left out."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_first, normal_axis
from lancehead.library.shapes import as_array, ravel


@implements("numpy.delete")
def delete(arr, obj, axis=None):
    """Without the slices along `axis` (None: elements of the flattened array) that an index, indices, a mask or a slice name."""
    array = as_array(arr)
    if axis is None:
        return without_slices(ravel(array), obj, 0)
    return without_slices(array, obj, normal_axis(axis, array.ndim))


def without_slices(a, obj, axis):
    count = a.shape[axis]
    kept = np.ones(count, np.bool_)
    if isinstance(obj, np.ndarray) and obj.dtype.kind == "b":
        if obj.size != count:
            raise ValueError("boolean array argument obj to delete must be one dimensional and match the axis length")
        kept = np.logical_not(ravel(obj))
    elif isinstance(obj, np.ndarray):
        for i in ravel(obj):
            kept[ops.index(i, count, axis)] = False
    elif isinstance(obj, slice):
        kept[obj] = False
    else:
        kept[ops.index(obj, count, axis)] = False
    source = axis_first(a, axis)
    out = np.empty(ops.replace(a.shape, axis, np.count_nonzero(kept)), a.dtype)
    target = axis_first(out, axis)
    n = 0
    for i in range(count):
        if kept[i]:
            target[n] = source[i]
            n += 1
    return out


@implements("numpy.insert")
def insert(arr, obj, values, axis=None):
    """`values` put before the places `obj`, an index or an array of indices into `arr` as it is."""
    array = as_array(arr)
    if axis is None:
        return with_slices(ravel(array), obj, values, 0)
    return with_slices(array, obj, values, normal_axis(axis, array.ndim))


def with_slices(a, obj, values, axis):
    count = a.shape[axis]
    if isinstance(obj, np.ndarray) and obj.ndim > 0:
        return with_slices_at(a, obj, values, axis)
    at = obj[()] if isinstance(obj, np.ndarray) else obj
    if at < -count or at > count:
        ops.check(False, "InsertIndex", at, axis, count)
    start = at + count if at < 0 else at
    new = values_for_one(values, a, axis)
    added = new.shape[0]
    out = np.empty(ops.replace(a.shape, axis, count + added), a.dtype)
    source = axis_first(a, axis)
    target = axis_first(out, axis)
    target[:start] = source[:start]
    target[start : start + added] = new
    target[start + added :] = source[start:]
    return out


def values_for_one(values, a, axis):
    """The values with `axis` first; a number, or what is broadcast, is one slice."""
    array = as_array(values)
    if array.ndim < a.ndim:
        full = np.reshape(array, (1,) * (a.ndim - array.ndim) + array.shape)
    else:
        full = np.reshape(array, array.shape)
    if a.ndim == 1 or array.ndim < 2:
        return axis_first(full, a.ndim - 1) if a.ndim == 1 else axis_first(full, 0)
    return axis_first(full, axis)


def with_slices_at(a, obj, values, axis):
    count = a.shape[axis]
    places = ravel(obj)
    if places.size == 1:
        return with_slices(a, places[0], values, axis)
    starts = np.empty(places.size, np.int64)
    for i in range(places.size):
        if places[i] < -count or places[i] > count:
            ops.check(False, "InsertIndex", places[i], axis, count)
        starts[i] = places[i] + count if places[i] < 0 else places[i]
    order = np.argsort(starts, kind="stable")
    out = np.empty(ops.replace(a.shape, axis, count + places.size), a.dtype)
    source = axis_first(a, axis)
    target = axis_first(out, axis)
    given = np.empty(ops.replace(a.shape, axis, places.size), a.dtype)
    given[...] = as_array(values)
    new = axis_first(given, axis)
    done = 0
    for n in range(places.size):
        start = starts[order[n]]
        target[done + n : start + n] = source[done:start]
        target[start + n] = new[order[n]]
        done = start
    target[done + places.size :] = source[done:]
    return out


@implements("numpy.trim_zeros")
def trim_zeros(filt, trim="fb", axis=None):
    """A view of a vector without the zeros at its front ('f') and back ('b')."""
    if filt.ndim != 1:
        ops.refuse("trim_zeros() takes arrays of one axis in compiled code")
    first = 0
    stop = filt.size
    if trim == "fb" or trim == "f" or trim == "bf" or trim == "FB" or trim == "F":
        while first < stop and filt[first] == 0:
            first += 1
    if trim == "fb" or trim == "b" or trim == "bf" or trim == "FB" or trim == "B":
        while stop > first and filt[stop - 1] == 0:
            stop -= 1
    return filt[first:stop]
