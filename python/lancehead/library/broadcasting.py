"""Arrays as if they had another's shape, without a copy."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.shapes import as_array


@implements("numpy.broadcast_to")
def broadcast_to(array, shape, subok=False):
    """A read-only view. ValueError if it cannot have the shape."""
    a = as_array(array)
    extents = shape if isinstance(shape, tuple) else (shape,)
    if len(extents) < a.ndim:
        raise ValueError("input operand has more dimensions than allowed by the axis remapping")
    check_extents(extents)
    return ops.readonly(ops.view(a, 0, extents, stretched(a.shape, a.strides, extents)))


def check_extents(extents):
    if len(extents) > 0:
        if extents[0] < 0:
            raise ValueError("all elements of broadcast shape must be non-negative")
        check_extents(extents[1:])


def stretched(extents, strides, shape):
    """The strides of an array of these extents, taken as one of this shape."""
    if len(shape) == 0:
        return ()
    if len(extents) == 0:
        return (0,) * len(shape)
    return stretched(extents[:-1], strides[:-1], shape[:-1]) + (stride_of_axis(extents[-1], strides[-1], shape[-1]),)


def stride_of_axis(extent, stride, wanted):
    if extent == wanted:
        return stride
    if extent == 1:
        return 0
    raise ValueError("operands could not be broadcast together with the requested shape: the lengths of an axis differ")


@implements("numpy.broadcast_shapes")
def broadcast_shapes(*shapes):
    if len(shapes) == 0:
        return ()
    first = shapes[0] if isinstance(shapes[0], tuple) else (shapes[0],)
    if len(shapes) == 1:
        return first
    return common_shape(first, broadcast_shapes(*shapes[1:]))


def common_shape(shape, other):
    if len(shape) < len(other):
        return common_shape(other, shape)
    if len(other) == 0:
        return shape
    return common_shape(shape[:-1], other[:-1]) + (common_extent(shape[-1], other[-1]),)


def common_extent(x, y):
    if x == y or y == 1:
        return x
    if x == 1:
        return y
    raise ValueError("shape mismatch: objects cannot be broadcast to a single shape")


@implements("numpy.broadcast_arrays")
def broadcast_arrays(*args, subok=False):
    """A tuple of views; an array that has the shape is itself."""
    return all_broadcast(args, broadcast_shapes(*shapes_of(args)))


def shapes_of(arrays):
    if len(arrays) == 0:
        return ()
    return (as_array(arrays[0]).shape,) + shapes_of(arrays[1:])


def all_broadcast(arrays, shape):
    if len(arrays) == 0:
        return ()
    return (stretched_to(as_array(arrays[0]), shape),) + all_broadcast(arrays[1:], shape)


def stretched_to(a, shape):
    result = broadcast_to(a, shape)
    if a.ndim == len(shape):
        if a.shape == shape:
            result = ops.readonly(a)
    return result
