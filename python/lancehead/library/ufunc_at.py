"""np.<ufunc>.at(a, indices, b): the ufunc on the elements that indices name, one after the other, in place; an element that is named
twice is computed twice. Every index is checked before anything is written; the result is cast to a's dtype, whatever it is.
"""

import numpy as np

from lancehead.library import ops
from lancehead.library.indexing import (
    common_axes_at,
    common_shape,
    extent_product,
    has_lists,
    has_masks,
    index_only,
    index_rows,
    picked,
    scalar_of,
    with_arrays,
)
from lancehead.library.shapes import as_array
from lancehead.library.ufunc_methods import offset_of, row_of, seen_as


def has_arrays(key):
    """Whether the key has arrays of indices or masks, which may name an element twice."""
    if isinstance(key, tuple):
        if len(key) == 0:
            return False
        return has_arrays(key[0]) or has_arrays(key[1:])
    return isinstance(key, np.ndarray)


def element(view, place):
    """What has these indices of the first axes, as an array; of all axes, one without axes."""
    n = len(place)
    return ops.view(view, offset_of(place, view.strides), view.shape[n:], view.strides[n:])


def at_of(ufunc):
    def unary(a, indices, /):
        if has_lists(indices):
            each(ufunc, a, whole_numbers(a, with_arrays(indices)))
        elif has_arrays(indices):
            each(ufunc, a, whole_numbers(a, indices))
        else:
            part = a[indices]
            if isinstance(part, np.ndarray):
                ufunc(part, out=part, casting="unsafe")
            else:
                a[indices] = ufunc(part)

    def binary(a, indices, b, /):
        if has_lists(indices):
            each_with(ufunc, a, whole_numbers(a, with_arrays(indices)), as_array(b))
        elif has_arrays(indices):
            each_with(ufunc, a, whole_numbers(a, indices), b)
        else:
            part = a[indices]
            if isinstance(part, np.ndarray):
                ufunc(part, b, out=part, casting="unsafe")
            else:
                a[indices] = ufunc(part, scalar_of(b))

    return unary if ufunc.nin == 1 else binary


def whole_numbers(a, key):
    """The key with index arrays in place of its masks."""
    if has_masks(key):
        ops.check_masks(a, key)
        return index_only(key)
    return key


def each(ufunc, a, key):
    view = ops.indexed_view(a, key)
    axes = ops.index_axes(a, key)
    arrays = ops.index_arrays(a, key)
    shape = common_shape(arrays)
    rows = index_rows(arrays, shape)
    count = extent_product(shape)
    for i in range(count):
        picked(rows, i, view.shape, axes)
    for i in range(count):
        target = element(view, picked(rows, i, view.shape, axes))
        ufunc(target, out=target, casting="unsafe")


def each_with(ufunc, a, key, b):
    view = ops.indexed_view(a, key)
    axes = ops.index_axes(a, key)
    arrays = ops.index_arrays(a, key)
    shape = common_shape(arrays)
    rows = index_rows(arrays, shape)
    count = extent_product(shape)
    for i in range(count):
        picked(rows, i, view.shape, axes)
    if isinstance(b, np.ndarray) and b.ndim > 0:
        values = in_rows(b, shape, view.shape[len(arrays) :], ops.index_place(a, key))
        for i in range(count):
            target = element(view, picked(rows, i, view.shape, axes))
            ufunc(target, row_of(values, 0, i), out=target, casting="unsafe")
    else:
        number = scalar_of(b)
        for i in range(count):
            target = element(view, picked(rows, i, view.shape, axes))
            ufunc(target, number, out=target, casting="unsafe")


def in_rows(b, shape, rest, place):
    """b broadcast to what a[key] is, with the axes that the index arrays have made one, and first."""
    if len(shape) == 1 and place == 0:
        return seen_as(b, shape + rest)
    values = np.empty(shape + rest, b.dtype)
    placed = common_axes_at(values, len(shape), place)
    placed[...] = b
    return ops.contiguous(values, (extent_product(shape),) + rest)
