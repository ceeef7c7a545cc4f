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


def with_slices(a, obj, values, axis, turned=False):
    """`turned`: the values have their axes as the array has them, as NumPy takes them beside an array of one index."""
    count = a.shape[axis]
    if isinstance(obj, np.ndarray) and obj.ndim > 0:
        return with_slices_at(a, obj, values, axis)
    at = obj[()] if isinstance(obj, np.ndarray) else obj
    if at < -count or at > count:
        ops.check(False, "InsertIndex", at, axis, count)
    start = at + count if at < 0 else at
    new = values_for_one(values, a, axis, turned)
    added = new.shape[0]
    out = np.empty(ops.replace(a.shape, axis, count + added), a.dtype)
    source = axis_first(a, axis)
    target = axis_first(out, axis)
    target[:start] = source[:start]
    target[start : start + added] = new
    target[start + added :] = source[start:]
    return out


def values_for_one(values, a, axis, turned):
    """The slices to insert along the first axis: those of the values, or along `axis` where they are turned."""
    array = as_array(values)
    if array.ndim < a.ndim:
        full = np.reshape(array, (1,) * (a.ndim - array.ndim) + array.shape)
    else:
        full = np.reshape(array, array.shape)
    return axis_first(full, axis) if turned else full


def with_slices_at(a, obj, values, axis):
    count = a.shape[axis]
    places = ravel(obj)
    if places.size == 1:
        return with_slices(a, places[0], values, axis, True)
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
    """A view without what is all zeros at the front ('f') and the back ('b') of the axes."""
    array = as_array(filt)
    if isinstance(axis, tuple) and len(axis) == 0:
        return array
    if trim == "fb" or trim == "bf" or trim == "FB" or trim == "BF":
        return trimmed(array, axes_of(axis, array.ndim), 0, True, True)
    if trim == "f" or trim == "F":
        return trimmed(array, axes_of(axis, array.ndim), 0, True, False)
    if trim == "b" or trim == "B":
        return trimmed(array, axes_of(axis, array.ndim), 0, False, True)
    raise ValueError("unexpected character(s) in `trim`: '" + trim + "'")


def axes_of(axis, ndim):
    """For each axis 1 if it is one of those, else 0."""
    if axis is None:
        return ops.fill(ndim, 1)
    if isinstance(axis, tuple):
        return marked(ops.fill(ndim, 0), axis)
    return marked(ops.fill(ndim, 0), (axis,))


def marked(flags, axes):
    if len(axes) == 0:
        return flags
    return marked(ops.replace(flags, normal_axis(axes[0], len(flags)), 1), axes[1:])


def trimmed(a, wanted, axis, front, back):
    if axis == a.ndim:
        return a
    first = 0
    stop = a.shape[axis]
    if wanted[axis]:
        lines = axis_first(a, axis)
        if front:
            while first < stop and is_zero(lines[first]):
                first += 1
        if back:
            while stop > first and is_zero(lines[stop - 1]):
                stop -= 1
    shape = ops.replace(a.shape, axis, stop - first)
    return trimmed(ops.view(a, first * a.strides[axis], shape, a.strides), wanted, axis + 1, front, back)


def is_zero(part):
    if isinstance(part, np.ndarray):
        return not np.any(part)
    return part == 0
