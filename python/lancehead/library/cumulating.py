"""Running sums and products by the names of the array API."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_first, normal_axis


@implements("numpy.cumulative_sum")
def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """ValueError without `axis` of an array that has more than one."""
    if include_initial:
        k = axis_of(x, axis)
        return with_initial(np.cumsum(as_row(x), k, dtype), 0, k, out)
    return np.cumsum(as_row(x), axis_of(x, axis), dtype, out)


@implements("numpy.cumulative_prod")
def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    if include_initial:
        k = axis_of(x, axis)
        return with_initial(np.cumprod(as_row(x), k, dtype), 1, k, out)
    return np.cumprod(as_row(x), axis_of(x, axis), dtype, out)


def as_row(x):
    return np.atleast_1d(x)


def axis_of(x, axis):
    rank = as_row(x).ndim
    if axis is None:
        if rank > 1:
            raise ValueError("For arrays which have more than one dimension ``axis`` argument is required.")
        return 0
    return normal_axis(axis, rank)


def with_initial(sums, initial, axis, out):
    """With a slice of what they begin with in front."""
    shape = ops.replace(sums.shape, axis, sums.shape[axis] + 1)
    if out is None:
        target = np.empty(shape, sums.dtype)
    else:
        target = out
        if out.shape != shape:
            raise ValueError("the output parameter has another shape than the result")
    rows = axis_first(target, axis)
    rows[:1] = initial
    rows[1:] = axis_first(sums, axis)
    return target
