"""Functions applied to the lanes of an array, and one axis after the other."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_last, extent_product, normal_axis
from lancehead.library.shapes import expand_dims


@implements("numpy.apply_along_axis")
def apply_along_axis(func1d, axis, arr, *args):
    """func1d(lane, *args) of each lane; the axes of what it gives, a number or an array, take the place of `axis`."""
    k = normal_axis(axis, arr.ndim)
    lanes = axis_last(arr, k)
    others = lanes.shape[:-1]
    count = extent_product(others)
    if count == 0:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    first = func1d(lanes[ops.unravel(0, others)], *args)
    if isinstance(first, np.ndarray):
        out = np.empty(others + first.shape, first.dtype)
        out[ops.unravel(0, others)] = first
        for i in range(1, count):
            at = ops.unravel(i, others)
            out[at] = func1d(lanes[at], *args)
        return with_axes_at(out, len(others), first.ndim, k)
    numbers = np.empty(others, ops.common_dtype(first))
    numbers[ops.unravel(0, others)] = first
    for i in range(1, count):
        at = ops.unravel(i, others)
        numbers[at] = func1d(lanes[at], *args)
    return numbers


def with_axes_at(a, start, count, place):
    """The `count` axes from `start` on moved in front of axis `place`."""
    if count == 0:
        return a
    shape = ops.insert(ops.drop(a.shape, start + count - 1), place, a.shape[start + count - 1])
    strides = ops.insert(ops.drop(a.strides, start + count - 1), place, a.strides[start + count - 1])
    return with_axes_at(ops.view(a, 0, shape, strides), start + 1, count - 1, place)


@implements("numpy.apply_over_axes")
def apply_over_axes(func, a, axes):
    """func(a, axis) for one axis after the other; what has an axis less gets it back with extent 1."""
    if not isinstance(axes, tuple):
        return applied(func, a, (axes,))
    return applied(func, a, axes)


def applied(func, a, axes):
    if len(axes) == 0:
        return a
    axis = normal_axis(axes[0], a.ndim)
    result = func(a, axis)
    if result.ndim == a.ndim:
        return applied(func, result, axes[1:])
    return applied(func, expand_dims(result, axis), axes[1:])
