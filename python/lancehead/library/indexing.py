"""a[key] and a[key] = value where the key has arrays: of integers, which are broadcast together, or of bool (masks).

A mask stands for the index arrays that np.nonzero() makes of it. Axes that arrays and integers index are replaced by the
arrays' common axes, where the first of them stood; at the front if something else stands between them. Indices may be
negative. Everything is checked before anything is written.
"""

import numpy as np

from lancehead.library import implements, ops, rt


@implements("numpy.ndarray.__getitem__")
def getitem(a, key):
    """A new array. IndexError for an index out of bounds and for a mask of another shape."""
    if has_lists(key):
        return a[with_arrays(key)]
    if is_mask_of(key, a.ndim):
        return compressed(a, key)
    if has_masks(key):
        ops.check_masks(a, key)
        return owned(a[index_only(key)])
    return gathered(a, key)


@implements("numpy.ndarray.__setitem__")
def setitem(a, key, value):
    """`value` is broadcast to what a[key] would be. IndexError as in reading, ValueError where the shapes do not fit."""
    if isinstance(value, (list, tuple)):
        a[key] = np.asarray(value)
    elif has_lists(key):
        a[with_arrays(key)] = value
    elif not has_arrays(key):
        a[key]  # an index out of bounds is reported first
        a[key] = of_fewer_axes(value)
    elif is_mask_of(key, a.ndim):
        ops.check_masks(a, key)
        if isinstance(value, np.ndarray) and value.ndim > 0:
            fill_masked(a, key, value)
        else:
            ops.assign_where(a, key, scalar_of(value))
    elif has_masks(key):
        ops.check_masks(a, key)
        a[index_only(key)] = value
    else:
        scatter(a, key, value)


# ---- keys


def is_mask_of(key, ndim):
    return isinstance(key, np.ndarray) and key.dtype.kind == "b" and key.ndim == ndim


def has_lists(key):
    if isinstance(key, tuple):
        if len(key) == 0:
            return False
        return has_lists(key[0]) or has_lists(key[1:])
    return isinstance(key, list)


def with_arrays(key):
    """The key with arrays in the place of its lists."""
    if isinstance(key, tuple):
        if len(key) == 0:
            return ()
        return (with_arrays(key[0]),) + with_arrays(key[1:])
    if isinstance(key, list):
        return np.asarray(key)
    return key


def has_arrays(key):
    if isinstance(key, tuple):
        if len(key) == 0:
            return False
        return has_arrays(key[0]) or has_arrays(key[1:])
    return isinstance(key, np.ndarray)


def of_fewer_axes(value):
    """An array without its first axis, which has to be of extent 1."""
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        ops.refuse("values of this type cannot be stored")
    if value.shape[0] != 1:
        raise ValueError("could not broadcast input array: it has more axes than what it is assigned to")
    return value[0]


def has_masks(key):
    """Whether the key has anything but index arrays of at least one axis, and what is no array."""
    if isinstance(key, tuple):
        if len(key) == 0:
            return False
        return has_masks(key[0]) or has_masks(key[1:])
    if isinstance(key, np.ndarray):
        return key.dtype.kind == "b" or key.ndim == 0
    return False


def index_only(key):
    if isinstance(key, tuple):
        if len(key) == 0:
            return ()
        return index_only(key[0]) + index_only(key[1:])
    if isinstance(key, np.ndarray):
        if key.ndim == 0:
            return (key[()],)
        if key.dtype.kind == "b":
            return np.nonzero(key)
    return (key,)


def owned(value):
    """What arrays without axes index is a copy as well."""
    if isinstance(value, np.ndarray):
        return value.copy()
    return value


def scalar_of(value):
    if isinstance(value, np.ndarray):
        return value[()]
    return value


# ---- masks of all axes


def compressed(a, mask):
    """The elements at which the mask is true, in C order."""
    ops.check_masks(a, mask)
    elements = in_one_row(a)
    wanted = in_one_row(mask)
    count = np.count_nonzero(wanted)
    out = np.empty(count + 1, a.dtype)  # every element is written, and one behind those that are wanted is then dropped
    n = 0
    for i in range(wanted.size):
        ops.store(out, ops.item(elements, i), n)
        n += ops.item(wanted, i)
    return ops.contiguous(out, (count,))


def fill_masked(a, mask, value):
    if value.ndim > 1:
        raise TypeError("NumPy boolean array indexing assignment requires a 0 or 1-dimensional input")
    count = np.count_nonzero(mask)
    if value.size == 1:
        ops.assign_where(a, mask, value[0])
        return
    ops.check(value.size == count, "MaskValues", value.size, count)
    a[np.nonzero(mask)] = value


def in_one_row(a):
    """All elements in C order, as an array of one axis: a view where the type says that it can be."""
    if a.ndim == 1:
        return a
    if ops.layout(a) == "C":
        return ops.contiguous(a, (a.size,))
    row = np.empty(a.size, a.dtype)
    whole = ops.contiguous(row, a.shape)
    whole[...] = a
    return row


# ---- index arrays


def gathered(a, key):
    view = ops.indexed_view(a, key)
    arrays = ops.index_arrays(a, key)
    axes = ops.index_axes(a, key)
    shape = common_shape(arrays)
    out = np.empty(shape + view.shape[len(arrays):], a.dtype)
    rows = ops.contiguous(out, (extent_product(shape),) + view.shape[len(arrays):])
    indices = index_rows(arrays, shape)
    if view.ndim == len(arrays):
        check_bounds(indices, rows.shape[0], view.shape, axes)
        for i in range(rows.shape[0]):
            ops.store(rows, ops.item(view, *wrapped(indices, i, view.shape)), i)
    else:
        for i in range(rows.shape[0]):
            rows[i] = view[picked(indices, i, view.shape, axes)]
    return common_axes_at(out, len(shape), ops.index_place(a, key))


def scatter(a, key, value):
    view = ops.indexed_view(a, key)
    arrays = ops.index_arrays(a, key)
    axes = ops.index_axes(a, key)
    shape = common_shape(arrays)
    indices = index_rows(apart(arrays, a), shape)
    count = extent_product(shape)
    check_bounds(indices, count, view.shape, axes)
    if isinstance(value, np.ndarray) and value.ndim > 0:
        if value.ndim == 1 and view.ndim == 1 and len(shape) == 1 and value.dtype == a.dtype:
            if value.size == count and not rt.may_overlap(apart_view(value), a):
                store_rows(view, indices, value)
                return
        values = np.empty(shape + view.shape[len(arrays):], a.dtype)
        placed = common_axes_at(values, len(shape), ops.index_place(a, key))
        placed[...] = value
        store_rows(view, indices, ops.contiguous(values, (count,) + view.shape[len(arrays):]))
    else:
        for i in range(count):
            view[wrapped(indices, i, view.shape)] = scalar_of(value)


def store_rows(view, indices, rows):
    if view.ndim == len(indices):
        for i in range(rows.shape[0]):
            ops.store(view, ops.item(rows, i), *wrapped(indices, i, view.shape))
    else:
        for i in range(rows.shape[0]):
            view[wrapped(indices, i, view.shape)] = rows[i]


def check_bounds(indices, count, extents, axes):
    """IndexError for the first index that is out of bounds. Only counting them, if there are none, is done by vectors."""
    outside = 0
    for i in range(count):
        outside += is_outside(indices, i, extents)
    if outside > 0:
        for i in range(count):
            picked(indices, i, extents, axes)


def is_outside(indices, i, extents):
    if len(indices) == 0:
        return False
    index = ops.item(indices[0], i)
    return (index < -extents[0]) | (index >= extents[0]) | is_outside(indices[1:], i, extents[1:])


def wrapped(indices, i, extents):
    """The tuple of indices number i, which are known to be in bounds."""
    if len(indices) == 0:
        return ()
    index = np.int64(ops.item(indices[0], i))
    return (index + extents[0] if index < 0 else index,) + wrapped(indices[1:], i, extents[1:])


def apart(arrays, a):
    """The arrays, copied where storing to `a` may change them."""
    if len(arrays) == 0:
        return ()
    return (apart_from(arrays[0], a),) + apart(arrays[1:], a)


def apart_view(array):
    return ops.view(array, 0, array.shape, array.strides)


def apart_from(array, a):
    array = apart_view(array)
    if rt.may_overlap(array, a):
        array = apart_view(np.array(array))
    return array


def picked(indices, i, extents, axes):
    """The tuple of checked indices number i."""
    if len(indices) == 0:
        return ()
    first = ops.index(ops.item(indices[0], i), extents[0], axes[0])
    return (first,) + picked(indices[1:], i, extents[1:], axes[1:])


def common_shape(arrays):
    if len(arrays) == 1:
        return arrays[0].shape
    return common_shape_of_two(arrays[0].shape, common_shape(arrays[1:]))


def common_shape_of_two(shape, other):
    if len(shape) < len(other):
        return common_shape_of_two(other, shape)
    if len(other) == 0:
        return shape
    return common_shape_of_two(shape[:-1], other[:-1]) + (common_extent(shape[-1], other[-1]),)


def common_extent(x, y):
    if x == y or y == 1:
        return x
    if x == 1:
        return y
    raise IndexError("shape mismatch: indexing arrays could not be broadcast together")


def extent_product(shape):
    if len(shape) == 0:
        return 1
    return shape[0] * extent_product(shape[1:])


def index_rows(arrays, shape):
    """The arrays, broadcast to the shape, each in one row."""
    if len(arrays) == 1 and arrays[0].ndim == 1:
        return arrays
    return each_in_one_row(arrays, shape)


def each_in_one_row(arrays, shape):
    if len(arrays) == 0:
        return ()
    return (index_row(arrays[0], shape),) + each_in_one_row(arrays[1:], shape)


def index_row(array, shape):
    if array.ndim == 1 and len(shape) == 1:
        step = array.strides[0] if array.size == shape[0] else 0
        return ops.view(array, 0, shape, (step,))
    row = np.empty(extent_product(shape), array.dtype)
    whole = ops.contiguous(row, shape)
    whole[...] = array
    return ops.view(row, 0, row.shape, row.strides)


def common_axes_at(values, count, place):
    """The view whose first `count` axes stand before its axis `place`; both are constants."""
    if place == 0:
        return values
    shape = values.shape
    strides = values.strides
    last = count + place
    return ops.view(
        values,
        0,
        shape[count:last] + shape[:count] + shape[last:],
        strides[count:last] + strides[:count] + strides[last:],
    )
