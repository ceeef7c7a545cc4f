"""Other shapes for the elements of an array: views where the layout allows it, as NumPy."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import check_distinct, normal_axes, normal_axis


@implements("numpy.reshape")
def reshape(a, /, shape, order="C", *, copy=None):
    """A view if there is one, else a copy; of integers one may be -1. ValueError if the sizes differ, or if copy=False needs one."""
    array = as_array(a)
    extents = shape if isinstance(shape, tuple) else (shape,)
    if order == "F" or order == "f":
        return reshape(array.T, extents[::-1], copy=copy).T
    if (order == "A" or order == "a") and ops.layout(array) != "C":
        if is_fortran(array):
            return as_view(reshape(array.T, extents[::-1], copy=copy).T)
        return as_view(reshape(array, extents, copy=copy))
    if copy is True:
        return reshape(array.copy(), extents)
    if ops.layout(array) == "C":
        return ops.contiguous(array, ops.checked_shape(array, extents))
    if order != "C" and order != "c" and order != "A" and order != "a":
        ops.refuse("the order is 'C', 'F' or 'A'")
    full = ops.checked_shape(array, extents)
    plan = ops.reshape_strides(array, full)
    if plan[0]:
        return ops.view(array, 0, full, plan[1:])
    if copy is False:
        raise ValueError("Unable to avoid creating a copy while reshaping.")
    fresh = in_c_order(array)
    whole = ops.contiguous(fresh, full)
    return ops.view(whole, 0, full, whole.strides)


def as_view(array):
    """The array as one of any layout, so that both branches of an `if` have one type."""
    return ops.view(array, 0, array.shape, array.strides)


def is_fortran(array):
    """Whether the elements lie as in Fortran, and not as in C, too."""
    if ops.layout(array) == "C":
        return False
    return not lies_dense(array, array.shape[::-1], array.strides[::-1]) and lies_dense(array, array.shape, array.strides)


def lies_dense(array, shape, strides):
    """Whether each axis steps over those before it."""
    step = array.itemsize
    for k in range(len(shape)):
        if shape[k] != 1 and strides[k] != step:
            return False
        step *= shape[k]
    return True


@implements("numpy.ndarray.reshape")
def reshape_method(a, *shape, order="C", copy=None):
    if len(shape) == 0:
        ops.refuse("reshape() takes the shape, or its extents")
    if len(shape) == 1:
        return reshape(a, shape[0], order, copy=copy)
    return reshape(a, shape, order, copy=copy)


ORDERS = ("C", "F", "A", "K", "c", "f", "a", "k")


def check_order(order):
    if order is not None and order not in ORDERS:
        raise ValueError("order must be one of 'C', 'F', 'A', or 'K' (got '" + order + "')")


@implements("numpy.ravel", "numpy.ndarray.ravel")
def ravel(a, order="C"):
    """All elements as one axis: a view of a contiguous array, else a copy."""
    array = as_array(a)
    if order == "F" or order == "f":
        return ravel(array.T)
    check_order(order)
    if order == "A" or order == "a":
        return ravel(array.T) if is_fortran(array) else ravel(array)
    if order == "K" or order == "k":
        if ops.layout(array) == "F":
            return ravel(array.T)
        if ops.layout(array) == "A" and array.ndim > 1:
            ops.refuse("the order of memory is not known when this is compiled; use order='C' or 'F'")
    if ops.layout(array) == "C":
        return ops.contiguous(array, (array.size,))
    full = (array.size,)
    if array.ndim == 1:
        if array.strides[0] == array.itemsize or array.size == 1:
            return ops.contiguous(array, full)
        return np.ascontiguousarray(array)
    plan = ops.reshape_strides(array, full)
    if plan[0] and (plan[1] == array.itemsize or array.size < 2):
        return ops.contiguous(array, full)
    return ops.contiguous(in_c_order(array), full)


@implements("numpy.ndarray.flatten")
def flatten(a, order="C"):
    if order == "F" or order == "f":
        return ops.contiguous(in_c_order(a.T), (a.size,))
    if order == "C" or order == "c" or order is None:
        return ops.contiguous(in_c_order(a), (a.size,))
    return ravel(a, order).copy()


def in_c_order(a):
    """A fresh C-contiguous array of the same elements."""
    out = np.empty(a.shape, a.dtype)
    out[...] = a
    return out


def as_array(a):
    """Arrays as they are, numbers as arrays without axes, arrays of lists and tuples."""
    if isinstance(a, np.ndarray):
        return a
    if isinstance(a, (list, tuple)):
        return np.asarray(a)
    out = np.empty((), ops.common_dtype(a))
    out[()] = a
    return out


@implements("numpy.shape")
def shape_of(a):
    return as_array(a).shape


@implements("numpy.ndim")
def ndim_of(a):
    return as_array(a).ndim


@implements("numpy.size")
def size_of(a):
    return as_array(a).size


@implements("numpy.ascontiguousarray")
def ascontiguousarray(a, dtype=None):
    """C-contiguous, at least one axis; a itself if it is so."""
    array = as_array(a)
    if array.ndim == 0:
        return ascontiguousarray(ops.contiguous(array, (1,)), dtype)
    if dtype is None or np.dtype(dtype) == array.dtype:
        if ops.layout(array) == "C":
            return array
        return in_c_order(array)
    out = np.empty(array.shape, dtype)
    out[...] = array
    return out


@implements("numpy.asfortranarray")
def asfortranarray(a, dtype=None):
    array = as_array(a)
    if array.ndim < 2:
        return ascontiguousarray(array, dtype)
    if (dtype is None or np.dtype(dtype) == array.dtype) and ops.layout(array) == "F":
        return array
    return ascontiguousarray(array.T, dtype).T


# ---- the order of axes


@implements("numpy.transpose", "numpy.permute_dims")
def transpose(a, axes=None):
    array = as_array(a)
    if axes is None:
        return array.T
    if len(axes) != array.ndim:
        raise ValueError("axes don't match array")
    order = normal_axes(axes, array.ndim)
    check_distinct(order)
    return ops.view(array, 0, permuted(array.shape, order), permuted(array.strides, order))


@implements("numpy.ndarray.transpose")
def transpose_method(a, *axes):
    if len(axes) == 0:
        return a.T
    if len(axes) == 1 and (axes[0] is None or isinstance(axes[0], tuple)):
        return transpose(a, axes[0])
    return transpose(a, axes)


def permuted(items, order):
    if len(order) == 0:
        return ()
    return (items[order[0]],) + permuted(items, order[1:])


@implements("numpy.matrix_transpose")
def matrix_transpose(x, /):
    if x.ndim < 2:
        raise ValueError("Input array must be at least 2-dimensional, but it is less")
    return swapaxes(x, -1, -2)


@implements("numpy.swapaxes", "numpy.ndarray.swapaxes")
def swapaxes(a, axis1, axis2):
    first = normal_axis(axis1, a.ndim)
    second = normal_axis(axis2, a.ndim)
    return ops.view(a, 0, swapped(a.shape, first, second), swapped(a.strides, first, second))


def swapped(items, first, second):
    return ops.replace(ops.replace(items, first, items[second]), second, items[first])


@implements("numpy.moveaxis")
def moveaxis(a, source, destination):
    """Axes at other places; `source` and `destination` are integers, or tuples of equal length."""
    if not isinstance(source, tuple):
        return moveaxis(a, (source,), (destination,))
    if len(source) != len(destination):
        raise ValueError("`source` and `destination` arguments must have the same number of elements")
    sources = normal_axes(source, a.ndim)
    targets = normal_axes(destination, a.ndim)
    check_distinct(sources)
    check_distinct(targets)
    shape = without(a.shape, sources)
    strides = without(a.strides, sources)
    return ops.view(a, 0, placed(shape, a.shape, sources, targets), placed(strides, a.strides, sources, targets))


def without(items, axes):
    """The items at other places than `axes`."""
    if len(axes) == 0:
        return items
    last = largest(axes)
    return without(ops.drop(items, last), ops.drop(axes, place_of(axes, last)))


def placed(rest, items, sources, targets):
    """`rest` with items[sources[k]] put at targets[k], which are places in the result."""
    if len(targets) == 0:
        return rest
    first = smallest(targets)
    k = place_of(targets, first)
    return placed(ops.insert(rest, first, items[sources[k]]), items, ops.drop(sources, k), ops.drop(targets, k))


def smallest(items):
    if len(items) == 1:
        return items[0]
    return min(items[0], smallest(items[1:]))


def largest(items):
    if len(items) == 1:
        return items[0]
    return max(items[0], largest(items[1:]))


def place_of(items, item):
    if len(items) == 1:
        return 0
    if items[0] == item:
        return 0
    return 1 + place_of(items[1:], item)


@implements("numpy.rollaxis")
def rollaxis(a, axis, start=0):
    first = normal_axis(axis, a.ndim)
    stop = start + a.ndim if start < 0 else start
    if start < -a.ndim:
        normal_axis(start, a.ndim)
    if stop < 0 or stop > a.ndim:
        normal_axis(start, a.ndim + 1)
    if first < stop:
        stop -= 1
    shape = ops.drop(a.shape, first)
    strides = ops.drop(a.strides, first)
    return ops.view(a, 0, ops.insert(shape, stop, a.shape[first]), ops.insert(strides, stop, a.strides[first]))


# ---- axes of extent 1


@implements("numpy.squeeze", "numpy.ndarray.squeeze")
def squeeze(a, axis=None):
    """Without axes of extent 1. `axis` says which: how many there are must be known when this is compiled."""
    if axis is None:
        if a.ndim == 0:
            return a
        ops.refuse("how many axes are left must be known when this is compiled; name them, as in squeeze(axis=0)")
    if not isinstance(axis, tuple):
        return squeeze(a, (axis,))
    dropped = normal_axes(axis, a.ndim)
    check_distinct(dropped)
    check_ones(a.shape, dropped)
    return ops.view(a, 0, without(a.shape, dropped), without(a.strides, dropped))


def check_ones(shape, axes):
    if len(axes) > 0:
        if shape[axes[0]] != 1:
            raise ValueError("cannot select an axis to squeeze out which has size not equal to one")
        check_ones(shape, axes[1:])


@implements("numpy.expand_dims")
def expand_dims(a, axis):
    array = as_array(a)
    if not isinstance(axis, tuple):
        return expand_dims(array, (axis,))
    places = normal_axes(axis, array.ndim + len(axis))
    check_distinct(places)
    return ops.view(array, 0, with_items(array.shape, places, 1), with_items(array.strides, places, 0))


def with_items(items, places, item):
    if len(places) == 0:
        return items
    first = smallest(places)
    return with_items(ops.insert(items, first, item), ops.drop(places, place_of(places, first)), item)


@implements("numpy.atleast_1d")
def atleast_1d(*arrays):
    if len(arrays) != 1:
        return each(atleast_1d, arrays)
    array = as_array(arrays[0])
    return array.reshape((1,)) if array.ndim == 0 else array


@implements("numpy.atleast_2d")
def atleast_2d(*arrays):
    if len(arrays) != 1:
        return each(atleast_2d, arrays)
    array = as_array(arrays[0])
    if array.ndim == 0:
        return array.reshape((1, 1))
    return array[None, :] if array.ndim == 1 else array


@implements("numpy.atleast_3d")
def atleast_3d(*arrays):
    if len(arrays) != 1:
        return each(atleast_3d, arrays)
    array = as_array(arrays[0])
    if array.ndim == 0:
        return array.reshape((1, 1, 1))
    if array.ndim == 1:
        return array[None, :, None]
    return array[:, :, None] if array.ndim == 2 else array


def each(function, arrays):
    if len(arrays) == 0:
        return ()
    return (function(arrays[0]),) + each(function, arrays[1:])
