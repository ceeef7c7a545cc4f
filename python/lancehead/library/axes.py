"""Axes: counted from the end where negative, checked, moved."""

from numpy.exceptions import AxisError

from lancehead.library import ops


def normal_axis(axis, ndim):
    """`axis` counted from the start. AxisError (a ValueError and an IndexError) outside of [-ndim, ndim)."""
    if axis < -ndim or axis >= ndim:
        raise AxisError(axis, ndim)
    if axis < 0:
        return axis + ndim
    return axis


def normal_axes(axes, ndim):
    if len(axes) == 0:
        return ()
    return (normal_axis(axes[0], ndim),) + normal_axes(axes[1:], ndim)


def check_distinct(axes):
    if len(axes) > 1:
        if contains(axes[1:], axes[0]):
            raise ValueError("repeated axis")
        check_distinct(axes[1:])


def contains(items, item):
    if len(items) == 0:
        return False
    return items[0] == item or contains(items[1:], item)


def axis_first(a, axis):
    """The view whose axis 0 is `axis`, a normal one; the others keep their order."""
    if a.ndim == 1:
        return a
    shape = a.shape
    strides = a.strides
    return ops.view(a, 0, (shape[axis],) + ops.drop(shape, axis), (strides[axis],) + ops.drop(strides, axis))


def axis_last(a, axis):
    if a.ndim == 1:
        return a
    shape = a.shape
    strides = a.strides
    return ops.view(a, 0, ops.drop(shape, axis) + (shape[axis],), ops.drop(strides, axis) + (strides[axis],))


def extent_product(shape):
    if len(shape) == 0:
        return 1
    return shape[0] * extent_product(shape[1:])
