"""Arrays cut into lists of views along an axis."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import normal_axis


@implements("numpy.array_split")
def array_split(ary, indices_or_sections, axis=0):
    """Into that many parts, the first of which have one slice more, or before each of the indices. A list of arrays."""
    k = split_axis(axis, ary.ndim)
    total = ary.shape[k]
    parts = [part(ary, k, 0, 0)][:0]
    start = 0
    if isinstance(indices_or_sections, (int, np.integer)):
        if indices_or_sections <= 0:
            raise ValueError("number sections must be larger than 0.")
        each = total // indices_or_sections
        longer = total % indices_or_sections
        for i in range(indices_or_sections):
            stop = start + each + (1 if i < longer else 0)
            parts.append(part(ary, k, start, stop))
            start = stop
    else:
        for index in indices_or_sections:
            parts.append(part(ary, k, start, index))
            start = int(index)
        parts.append(part(ary, k, start, total))
    return parts


def split_axis(axis, ndim):
    if axis < -ndim or axis >= ndim:
        raise IndexError("tuple index out of range")
    return normal_axis(axis, ndim)


def part(a, axis, start, stop):
    """The slice start:stop along an axis."""
    total = a.shape[axis]
    first = within(start, total)
    count = max(within(stop, total) - first, 0)
    return ops.view(a, first * a.strides[axis], ops.replace(a.shape, axis, count), a.strides)


def within(index, total):
    if index < 0:
        return max(int(index) + total, 0)
    return min(int(index), total)


@implements("numpy.split")
def split(ary, indices_or_sections, axis=0):
    """As array_split; ValueError unless all parts are equal."""
    if isinstance(indices_or_sections, (int, np.integer)):
        if ary.shape[split_axis(axis, ary.ndim)] % indices_or_sections:
            raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


@implements("numpy.hsplit")
def hsplit(ary, indices_or_sections):
    if ary.ndim == 0:
        raise ValueError("hsplit only works on arrays of 1 or more dimensions")
    return split(ary, indices_or_sections, 0 if ary.ndim == 1 else 1)


@implements("numpy.vsplit")
def vsplit(ary, indices_or_sections):
    if ary.ndim < 2:
        raise ValueError("vsplit only works on arrays of 2 or more dimensions")
    return split(ary, indices_or_sections, 0)


@implements("numpy.dsplit")
def dsplit(ary, indices_or_sections):
    if ary.ndim < 3:
        raise ValueError("dsplit only works on arrays of 3 or more dimensions")
    return split(ary, indices_or_sections, 2)


@implements("numpy.unstack")
def unstack(x, /, *, axis=0):
    """The slices along an axis, which they do not have. A list: how many they are is known at run time only."""
    if x.ndim == 0:
        raise ValueError("Input array must be at least 1-d.")
    k = normal_axis(axis, x.ndim)
    shape = ops.drop(x.shape, k)
    strides = ops.drop(x.strides, k)
    return [ops.view(x, i * x.strides[k], shape, strides) for i in range(x.shape[k])]
