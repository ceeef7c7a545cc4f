"""Arrays joined along an axis. `arrays` is a tuple of arrays and numbers, a list, or an array whose items are meant."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_first, normal_axis
from lancehead.library.shapes import as_array, atleast_1d, atleast_2d, atleast_3d, each, expand_dims, ravel


@implements("numpy.concatenate", "numpy.concat")
def concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting="same_kind"):
    """ValueError unless all have the same rank, and the same extents but along `axis`; None joins them flattened."""
    items = as_arrays(arrays)
    if len(items) == 0:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        return joined(each_flat(items), 0, out, dtype)
    if items[0].ndim == 0:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    return joined(items, normal_axis(axis, items[0].ndim), out, dtype)


def as_arrays(arrays):
    if isinstance(arrays, tuple):
        return each(as_array, arrays)
    return arrays


def each_flat(arrays):
    if isinstance(arrays, tuple):
        return each(ravel, arrays)
    return [ravel(a) for a in arrays]


def joined(arrays, axis, out, dtype):
    if not isinstance(arrays, tuple):
        return joined_in_a_loop(arrays, axis, out, dtype)
    shape = ops.replace(arrays[0].shape, axis, total_extent(arrays, arrays[0].shape, axis))
    if out is None:
        target = np.empty(shape, ops.common_dtype(*arrays) if dtype is None else dtype)
    else:
        target = out
        check_target(out.shape, shape)
    copy_along(target, arrays, axis, 0)
    return target


def total_extent(arrays, shape, axis):
    if len(arrays) == 0:
        return 0
    check_extents(arrays[0].shape, shape, axis)
    return arrays[0].shape[axis] + total_extent(arrays[1:], shape, axis)


def check_extents(shape, first, axis):
    if len(shape) != len(first):
        raise ValueError("all the input array dimensions except for the concatenation axis must match exactly, but their numbers differ")
    if ops.replace(shape, axis, 0) != ops.replace(first, axis, 0):
        raise ValueError("all the input array dimensions except for the concatenation axis must match exactly")


def check_target(shape, wanted):
    if shape != wanted:
        raise ValueError("Output array is the wrong shape")


def copy_along(target, arrays, axis, start):
    if len(arrays) > 0:
        stop = start + arrays[0].shape[axis]
        copy_between(target, arrays[0], axis, start, stop)
        copy_along(target, arrays[1:], axis, stop)


def copy_between(target, a, axis, start, stop):
    if axis == 0:
        target[start:stop] = a
    else:
        axis_first(target, axis)[start:stop] = axis_first(a, axis)


def joined_in_a_loop(arrays, axis, out, dtype):
    shape = arrays[0].shape
    total = 0
    for a in arrays:
        check_extents(a.shape, shape, axis)
        total += a.shape[axis]
    whole = ops.replace(shape, axis, total)
    if out is None:
        target = np.empty(whole, arrays[0].dtype if dtype is None else dtype)
    else:
        target = out
        check_target(out.shape, whole)
    start = 0
    for a in arrays:
        stop = start + a.shape[axis]
        copy_between(target, a, axis, start, stop)
        start = stop
    return target


@implements("numpy.stack")
def stack(arrays, axis=0, out=None, *, dtype=None, casting="same_kind"):
    """Along a new axis, which the result has at `axis`."""
    items = as_arrays(arrays)
    if len(items) == 0:
        raise ValueError("need at least one array to stack")
    place = normal_axis(axis, items[0].ndim + 1)
    if isinstance(items, tuple):
        check_shapes(items[1:], items[0].shape)
        return joined(all_expanded(items, place), place, out, dtype)
    for a in items:
        check_shapes((a,), items[0].shape)
    return joined([expand_dims(a, place) for a in items], place, out, dtype)


def check_shapes(arrays, shape):
    if len(arrays) > 0:
        if arrays[0].shape != shape:
            raise ValueError("all input arrays must have the same shape")
        check_shapes(arrays[1:], shape)


def all_expanded(arrays, axis):
    if len(arrays) == 0:
        return ()
    return (expand_dims(arrays[0], axis),) + all_expanded(arrays[1:], axis)


@implements("numpy.vstack")
def vstack(tup, *, dtype=None, casting="same_kind"):
    if isinstance(tup, tuple):
        return concatenate(each(atleast_2d, tup), 0, dtype=dtype)
    return concatenate([atleast_2d(a) for a in tup], 0, dtype=dtype)


@implements("numpy.hstack")
def hstack(tup, *, dtype=None, casting="same_kind"):
    if isinstance(tup, tuple):
        items = each(atleast_1d, tup)
        return concatenate(items, 0 if items[0].ndim == 1 else 1, dtype=dtype)
    if tup[0].ndim == 0:
        return concatenate([atleast_1d(a) for a in tup], 0, dtype=dtype)
    return concatenate(tup, 0 if tup[0].ndim == 1 else 1, dtype=dtype)


@implements("numpy.dstack")
def dstack(tup):
    if isinstance(tup, tuple):
        return concatenate(each(atleast_3d, tup), 2)
    return concatenate([atleast_3d(a) for a in tup], 2)


@implements("numpy.column_stack")
def column_stack(tup):
    """Arrays of one axis become columns."""
    if isinstance(tup, tuple):
        return concatenate(each(as_columns, tup), 1)
    return concatenate([as_columns(a) for a in tup], 1)


def as_columns(a):
    array = as_array(a)
    if array.ndim < 2:
        row = atleast_1d(array)
        return row[:, None]
    return array


@implements("numpy.append")
def append(arr, values, axis=None):
    if axis is None:
        return concatenate((ravel(arr), ravel(values)), 0)
    return concatenate((as_array(arr), as_array(values)), axis)
