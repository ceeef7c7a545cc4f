"""Differences, integrals, interpolation, convolution."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_last, normal_axis
from lancehead.library.shapes import as_array, ravel


@implements("numpy.diff")
def diff(a, n=1, axis=-1, prepend=None, append=None):
    """The n-th differences along the axis; of bool whether neighbours differ."""
    array = as_array(a)
    if n < 0:
        raise ValueError("order must be non-negative but got a negative one")
    if array.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    k = normal_axis(axis, array.ndim)
    if prepend is not None or append is not None:
        return diff(extended(array, k, prepend, append), n, axis)
    if n == 0:
        return array
    result = differences(array, k)
    for _ in range(n - 1):
        result = differences(result, k)
    return result


def differences(a, axis):
    out = np.empty(ops.replace(a.shape, axis, max(a.shape[axis] - 1, 0)), a.dtype)
    if a.shape[axis] > 1:
        source = axis_last(a, axis)
        if a.dtype.kind == "b":
            axis_last(out, axis)[...] = source[..., 1:] != source[..., :-1]
        else:
            axis_last(out, axis)[...] = source[..., 1:] - source[..., :-1]
    return out


def extended(a, axis, prepend, append):
    if prepend is None:
        return np.concatenate((a, slices_for(append, a, axis)), axis)
    if append is None:
        return np.concatenate((slices_for(prepend, a, axis), a), axis)
    return np.concatenate((slices_for(prepend, a, axis), a, slices_for(append, a, axis)), axis)


def slices_for(values, a, axis):
    array = as_array(values)
    if array.ndim == 0:
        return np.broadcast_to(array, ops.replace(a.shape, axis, 1))
    return array


@implements("numpy.ediff1d")
def ediff1d(ary, to_end=None, to_begin=None):
    row = ravel(as_array(ary))
    inner = row[1:] - row[:-1]
    check_kind(to_begin, row, "to_begin")
    check_kind(to_end, row, "to_end")
    if to_begin is None and to_end is None:
        return inner
    if to_begin is None:
        return joined(inner, ravel(as_array(to_end)), inner.dtype)
    if to_end is None:
        return joined(ravel(as_array(to_begin)), inner, inner.dtype)
    return joined(joined(ravel(as_array(to_begin)), inner, inner.dtype), ravel(as_array(to_end)), inner.dtype)


def check_kind(edge, row, name):
    if edge is not None:
        if not np.can_cast(ops.common_dtype(edge), row.dtype, "same_kind"):
            raise TypeError("dtype of `" + name + "` must be compatible with input `ary` under the `same_kind` rule.")


def joined(first, second, dtype):
    out = np.empty(first.size + second.size, dtype)
    out[: first.size] = first
    out[first.size :] = second
    return out


@implements("numpy.trapezoid")
def trapezoid(y, x=None, dx=1.0, axis=-1):
    """The integral along the axis by the trapezoidal rule."""
    array = as_array(y)
    k = normal_axis(axis, array.ndim)
    values = axis_last(array, k)
    if x is None:
        pieces = dx * (values[..., 1:] + values[..., :-1]) / 2.0
    else:
        points = as_array(x)
        widths = diff(points) if points.ndim == 1 else axis_last(diff(points, axis=axis), k)
        pieces = widths * (values[..., 1:] + values[..., :-1]) / 2.0
    if array.ndim == 1:
        return np.sum(pieces)
    return np.sum(pieces, axis=-1)


@implements("numpy.interp")
def interp(x, xp, fp, left=None, right=None, period=None):
    """Linear between the points (xp, fp), whose xp rise; beyond them `left` and `right`, by default the outer values."""
    if period is not None:
        return periodic(x, xp, fp, period)
    if xp.size != fp.size:
        raise ValueError("fp and xp are not of the same length.")
    if fp.dtype.kind == "c":
        whole = np.empty(as_array(x).shape, np.complex128)
        whole.real[...] = interp(x, xp, fp.real, real_of(left), real_of(right))
        whole.imag[...] = np.where(np.isnan(x), 0.0, interp(x, xp, fp.imag, imag_of(left), imag_of(right)))
        return number_of(whole) if whole.ndim == 0 else whole
    if xp.size == 0:
        raise ValueError("array of sample points is empty")
    low = fp[0] * 1.0 if left is None else left * 1.0
    high = fp[-1] * 1.0 if right is None else right * 1.0
    if not isinstance(x, np.ndarray) or x.ndim == 0:
        return interpolated(number_of(x), xp, fp, low, high)
    out = np.empty(x.shape, ops.common_dtype(fp, np.float64))
    row = ravel(x)
    target = ops.contiguous(out, (row.size,))
    for i in range(row.size):
        target[i] = interpolated(row[i], xp, fp, low, high)
    return out


def real_of(x):
    return None if x is None else np.complex128(x).real


def imag_of(x):
    return None if x is None else np.complex128(x).imag


def interpolated(x, xp, fp, low, high):
    if np.isnan(x):
        return x + low * 0
    n = xp.size
    if x > xp[n - 1]:
        return high
    if x < xp[0]:
        return low
    if n == 1:
        return fp[0] * 1.0
    start = 0
    stop = n
    while start < stop:
        middle = (start + stop) // 2
        if x >= xp[middle]:
            start = middle + 1
        else:
            stop = middle
    k = start - 1
    if k == n - 1 or xp[k] == x:
        return fp[k] * 1.0
    slope = (fp[k + 1] - fp[k]) / (xp[k + 1] - xp[k])
    value = slope * (x - xp[k]) + fp[k]
    if np.isnan(value):
        value = slope * (x - xp[k + 1]) + fp[k + 1]
        if np.isnan(value) and fp[k] == fp[k + 1]:
            value = fp[k] * 1.0
    return value


def periodic(x, xp, fp, period):
    if period == 0:
        raise ValueError("period must be a non-zero value")
    if xp.size != fp.size:
        raise ValueError("fp and xp are not of the same length.")
    width = abs(period)
    points = xp % width
    order = np.argsort(points)
    points = points[order]
    values = fp[order]
    wide = np.concatenate((points[-1:] - width, points, points[:1] + width))
    return interp(x % width, wide, np.concatenate((values[-1:], values, values[:1])))


@implements("numpy.convolve")
def convolve(a, v, mode="full"):
    """Of two vectors; 'full', 'same' (as long as the longer) or 'valid' (where they overlap wholly)."""
    if a.size == 0:
        raise ValueError("a cannot be empty")
    if v.size == 0:
        raise ValueError("v cannot be empty")
    if a.size < v.size:
        return correlated(v, a[::-1], mode)
    return correlated(a, v[::-1], mode)


@implements("numpy.correlate")
def correlate(a, v, mode="valid"):
    if a.size == 0:
        raise ValueError("first array argument cannot be empty")
    if v.size == 0:
        raise ValueError("second array argument cannot be empty")
    second = np.conjugate(v)
    if a.size < v.size:
        return correlated(second, a, mode)[::-1]
    return correlated(a, second, mode)


def correlated(longer, shorter, mode):
    n = longer.size
    m = shorter.size
    if mode == "full":
        first = 1 - m
        count = n + m - 1
    elif mode == "same":
        first = -(m // 2)
        count = n
    elif mode == "valid":
        first = 0
        count = n - m + 1
    else:
        raise ValueError("mode must be one of 'valid', 'same', or 'full'")
    out = np.empty(count, ops.common_dtype(longer, shorter))
    for k in range(count):
        start = first + k
        low = max(0, -start)
        high = min(m, n - start)
        total = ops.cast(0, out.dtype)
        for i in range(low, high):
            total += longer[start + i] * shorter[i]
        out[k] = total
    return out


@implements("numpy.gradient")
def gradient(f, *varargs, axis=None, edge_order=1):
    """Central differences inside, one-sided ones at the edges; distances are numbers or coordinates, one for all axes or each.

    An array for one axis, a tuple of arrays for several.
    """
    if axis is None:
        if f.ndim == 1:
            return slope_along(f, 0, spacing_of(varargs, 0, 1), edge_order)
        return slopes(f, varargs, 0, edge_order)
    return slope_along(f, normal_axis(axis, f.ndim), spacing_of(varargs, 0, 1), edge_order)


def slopes(f, given, axis, edge_order):
    if axis == f.ndim:
        return ()
    return (slope_along(f, axis, spacing_of(given, axis, f.ndim), edge_order),) + slopes(f, given, axis + 1, edge_order)


def spacing_of(given, axis, count):
    if len(given) == 0:
        return 1.0
    if len(given) == 1:
        return given[0]
    if len(given) != count:
        raise TypeError("invalid number of arguments")
    return given[axis]


def slope_along(f, axis, spacing, edge_order):
    if f.shape[axis] < edge_order + 1:
        raise ValueError("Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.")
    out = np.empty(f.shape, ops.common_dtype(f, np.float64) if f.dtype.kind == "i" or f.dtype.kind == "u" else f.dtype)
    values = axis_last(f, axis)
    target = axis_last(out, axis)
    if isinstance(spacing, np.ndarray) and spacing.ndim > 0:
        points = spacing if spacing.dtype.kind == "f" or spacing.dtype.kind == "c" else spacing * np.float64(1)
        uneven(values * 1.0, target, diff(points), edge_order)
    else:
        even(values * 1.0, target, number_of(spacing), edge_order)
    return out


def number_of(x):
    if isinstance(x, np.ndarray):
        return x[()]
    return x


def even(y, out, h, edge_order):
    out[..., 1:-1] = (y[..., 2:] - y[..., :-2]) / (2.0 * h)
    if edge_order == 1:
        out[..., 0] = (y[..., 1] - y[..., 0]) / h
        out[..., -1] = (y[..., -1] - y[..., -2]) / h
    else:
        out[..., 0] = -1.5 / h * y[..., 0] + 2.0 / h * y[..., 1] + -0.5 / h * y[..., 2]
        out[..., -1] = 0.5 / h * y[..., -3] + -2.0 / h * y[..., -2] + 1.5 / h * y[..., -1]


def uneven(y, out, widths, edge_order):
    d1 = widths[:-1]
    d2 = widths[1:]
    a = -d2 / (d1 * (d1 + d2))
    b = (d2 - d1) / (d1 * d2)
    c = d1 / (d2 * (d1 + d2))
    out[..., 1:-1] = a * y[..., :-2] + b * y[..., 1:-1] + c * y[..., 2:]
    if edge_order == 1:
        out[..., 0] = (y[..., 1] - y[..., 0]) / widths[0]
        out[..., -1] = (y[..., -1] - y[..., -2]) / widths[-1]
    else:
        d1 = widths[0]
        d2 = widths[1]
        out[..., 0] = -(2.0 * d1 + d2) / (d1 * (d1 + d2)) * y[..., 0] + (d1 + d2) / (d1 * d2) * y[..., 1] - d1 / (d2 * (d1 + d2)) * y[..., 2]
        d1 = widths[-2]
        d2 = widths[-1]
        out[..., -1] = d2 / (d1 * (d1 + d2)) * y[..., -3] - (d2 + d1) / (d1 * d2) * y[..., -2] + (2.0 * d2 + d1) / (d2 * (d1 + d2)) * y[..., -1]
