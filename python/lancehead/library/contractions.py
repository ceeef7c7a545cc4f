"""Products along several axes: tensordot, Kronecker's product, the cross product."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_last, check_distinct, extent_product, normal_axes, normal_axis
from lancehead.library.products import dotted
from lancehead.library.shapes import as_array, permuted, without

# ---- tensordot


@implements("numpy.tensordot")
def tensordot(a, b, axes=2):
    """Sums over axes of both: the last `axes` of `a` with the first of `b`, or those of a pair of integers or tuples."""
    x = as_array(a)
    y = as_array(b)
    if isinstance(axes, int):
        if axes > x.ndim or axes > y.ndim or axes < 0:
            raise IndexError("tuple index out of range")
        return contracted(x, y, numbers(x.ndim - axes, x.ndim), numbers(0, axes))
    if not isinstance(axes, tuple):
        ops.refuse("the axes are an integer, or a pair of integers or tuples")
    left = axes[0] if isinstance(axes[0], tuple) else (axes[0],)
    right = axes[1] if isinstance(axes[1], tuple) else (axes[1],)
    if len(left) != len(right):
        raise ValueError("shape-mismatch for sum")
    return contracted(x, y, normal_axes(left, x.ndim), normal_axes(right, y.ndim))


def numbers(start, stop):
    if start == stop:
        return ()
    return (start,) + numbers(start + 1, stop)


def contracted(x, y, left, right):
    check_distinct(left)
    check_distinct(right)
    rows = without(x.shape, left)
    columns = without(y.shape, right)
    check_equal(permuted(x.shape, left), permuted(y.shape, right))
    count = extent_product(permuted(x.shape, left))
    first = ops.view(x, 0, rows + permuted(x.shape, left), without(x.strides, left) + permuted(x.strides, left))
    second = ops.view(y, 0, permuted(y.shape, right) + columns, permuted(y.strides, right) + without(y.strides, right))
    product = dotted(first.reshape((extent_product(rows), count)), second.reshape((count, extent_product(columns))), None)
    return ops.contiguous(product, rows + columns)


def check_equal(extents, others):
    if len(extents) > 0:
        if extents[0] != others[0]:
            raise ValueError("shape-mismatch for sum")
        check_equal(extents[1:], others[1:])


# ---- Kronecker's product


@implements("numpy.kron")
def kron(a, b):
    """Blocks, each an element of `a` times `b`; the shorter shape is filled up with ones in front."""
    x = as_array(a)
    y = as_array(b)
    if x.ndim == 0 or y.ndim == 0:
        return np.multiply(x, y)
    if x.ndim < y.ndim:
        return blocks(with_axes(x, y.ndim), y)
    return blocks(x, with_axes(y, x.ndim))


def with_axes(a, ndim):
    """The view with axes of extent 1 in front, `ndim` in all."""
    if a.ndim == ndim:
        return a
    return ops.view(a, 0, (1,) * (ndim - a.ndim) + a.shape, (0,) * (ndim - a.ndim) + a.strides)


def blocks(x, y):
    outer = ops.view(x, 0, alternating(x.shape, (1,) * x.ndim), alternating(x.strides, (0,) * x.ndim))
    inner = ops.view(y, 0, alternating((1,) * y.ndim, y.shape), alternating((0,) * y.ndim, y.strides))
    return np.multiply(outer, inner).reshape(products(x.shape, y.shape))


def alternating(items, others):
    if len(items) == 0:
        return ()
    return (items[0], others[0]) + alternating(items[1:], others[1:])


def products(items, others):
    if len(items) == 0:
        return ()
    return (items[0] * others[0],) + products(items[1:], others[1:])


# ---- the cross product


@implements("numpy.cross")
def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """Of vectors of 3 numbers along an axis; one of the operands may have vectors of 2, whose third number is 0."""
    if axis is not None:
        return cross(a, b, axis, axis, axis)
    x = as_array(a)
    y = as_array(b)
    if x.ndim == 0 or y.ndim == 0:
        raise ValueError("At least one array has zero dimension")
    product = crossed(axis_last(x, normal_axis(axisa, x.ndim)), axis_last(y, normal_axis(axisb, y.ndim)))
    return np.moveaxis(product, -1, axisc)


def crossed(x, y):
    m = x.shape[-1]
    n = y.shape[-1]
    if (m != 2 and m != 3) or (n != 2 and n != 3):
        raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    if m == 2 and n == 2:
        raise ValueError("the result has no vectors, which the types cannot say: write a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]")
    out = np.empty(np.broadcast_shapes(x.shape[:-1], y.shape[:-1]) + (3,), ops.common_dtype(x, y))
    if m == 3 and n == 3:
        part(out, 0)[...] = part(x, 1) * part(y, 2) - part(x, 2) * part(y, 1)
        part(out, 1)[...] = part(x, 2) * part(y, 0) - part(x, 0) * part(y, 2)
    elif m == 2:
        part(out, 0)[...] = part(x, 1) * part(y, 2)
        part(out, 1)[...] = -(part(x, 0) * part(y, 2))
    else:
        part(out, 0)[...] = -(part(x, 2) * part(y, 1))
        part(out, 1)[...] = part(x, 2) * part(y, 0)
    part(out, 2)[...] = part(x, 0) * part(y, 1) - part(x, 1) * part(y, 0)
    return out


def part(a, k):
    """The view of number k of each vector."""
    return ops.view(a, k * a.strides[-1], a.shape[:-1], a.strides[:-1])
