"""Elements in another order along axes: turned round, rolled."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_first, normal_axes, normal_axis
from lancehead.library.shapes import ravel


@implements("numpy.flip")
def flip(m, axis=None):
    """The view with the axis (an integer, a tuple, or all) in reverse order."""
    if axis is None:
        return turned(m, all_axes(m.ndim))
    if isinstance(axis, tuple):
        return turned(m, normal_axes(axis, m.ndim))
    return turned(m, (normal_axis(axis, m.ndim),))


def all_axes(ndim):
    if ndim == 0:
        return ()
    return all_axes(ndim - 1) + (ndim - 1,)


def turned(a, axes):
    if len(axes) == 0:
        return ops.view(a, 0, a.shape, a.strides)
    k = axes[0]
    step = a.strides[k]
    start = (a.shape[k] - 1) * step if a.shape[k] > 0 else 0
    return turned(ops.view(a, start, a.shape, ops.replace(a.strides, k, -step)), axes[1:])


@implements("numpy.flipud")
def flipud(m):
    if m.ndim < 1:
        raise ValueError("Input must be >= 1-d.")
    return m[::-1]


@implements("numpy.fliplr")
def fliplr(m):
    if m.ndim < 2:
        raise ValueError("Input must be >= 2-d.")
    return m[:, ::-1]


@implements("numpy.rot90")
def rot90(m, k=1, axes=(0, 1)):
    """Turned k times by 90 degrees, from the first of `axes` to the second."""
    first = normal_axis(axes[0], m.ndim)
    second = normal_axis(axes[1], m.ndim)
    if first == second:
        raise ValueError("Axes must be different.")
    turns = k % 4
    if turns == 0:
        return turned(m, ())
    if turns == 2:
        return turned(m, (first, second))
    shape = ops.replace(ops.replace(m.shape, first, m.shape[second]), second, m.shape[first])
    if turns == 1:
        source = turned(m, (second,))
    else:
        source = turned(m, (first,))
    strides = ops.replace(ops.replace(source.strides, first, source.strides[second]), second, source.strides[first])
    return ops.view(source, 0, shape, strides)


@implements("numpy.roll")
def roll(a, shift, axis=None):
    """A new array whose elements stand `shift` places further; what leaves at the end comes in at the start."""
    if axis is None:
        row = ravel(a)
        return np.reshape(roll(row, shift, 0), a.shape)
    if isinstance(axis, tuple):
        return rolled(a, shift if isinstance(shift, tuple) else (shift,) * len(axis), axis)
    if isinstance(shift, tuple):
        return rolled(a, shift, (axis,) * len(shift))
    out = np.empty(a.shape, a.dtype)
    k = normal_axis(axis, a.ndim)
    count = a.shape[k]
    if count > 0:
        by = shift % count
        source = axis_first(a, k)
        target = axis_first(out, k)
        target[by:] = source[: count - by]
        target[:by] = source[count - by :]
    return out


def rolled(a, shifts, axes):
    if len(shifts) != len(axes):
        raise ValueError("'shift' and 'axis' should be scalars or 1D sequences of the same length")
    if len(axes) == 0:
        return a.copy()
    if len(axes) == 1:
        return roll(a, shifts[0], axes[0])
    return rolled(roll(a, shifts[0], axes[0]), shifts[1:], axes[1:])
