"""Numbers at regular distances: linspace, logspace, geomspace, between numbers or arrays of them."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.shapes import as_array


@implements("numpy.linspace")
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    """`num` numbers from start on; the last one is `stop` or, without `endpoint`, one step before it."""
    if num < 0:
        raise ValueError("Number of samples must be non-negative.")
    gaps = num - 1 if endpoint else num
    if isinstance(start, np.ndarray) or isinstance(stop, np.ndarray):
        found = np.moveaxis(between_arrays(start, stop, num, gaps, endpoint), 0, axis)
        values = found if dtype is None else in_dtype(found, dtype)
        if not retstep:
            return values
        delta = stop * 1.0 - start * 1.0
        if gaps > 0:
            return values, delta / gaps
        return values, delta * np.nan
    found = between_numbers(start, stop, num, gaps, endpoint)
    values = found if dtype is None else in_dtype(found, dtype)
    if not retstep:
        return values
    if gaps > 0:
        return values, (stop * 1.0 - start * 1.0) / gaps
    return values, np.nan


def between_numbers(start, stop, num, gaps, endpoint):
    delta = stop * 1.0 - start * 1.0
    if gaps > 0:
        step = delta / gaps
        if step == 0.0:  # it underflows: the indices are divided instead
            values = np.arange(num) / gaps * delta + start
        else:
            values = np.arange(num) * step + start
    else:
        values = np.arange(num) * delta + start
    if endpoint and num > 1:
        values[num - 1] = stop
    return values


def between_arrays(start, stop, num, gaps, endpoint):
    """Along a new axis 0."""
    delta = as_array(stop * 1.0 - start * 1.0)
    number = np.arange(num).astype(delta.dtype)
    index = ops.view(number, 0, (num,) + (1,) * delta.ndim, number.strides + (0,) * delta.ndim)
    out = np.empty((num,) + delta.shape, delta.dtype)
    if gaps > 0:
        step = delta / gaps
        if np.any(step == 0):
            out[...] = index / gaps * delta + start
        else:
            out[...] = index * step + start
    else:
        out[...] = index * delta + start
    if endpoint and num > 1:
        out[-1, ...] = stop
    return out


def in_dtype(values, dtype):
    """Rounded down where the dtype is one of integers."""
    kind = np.dtype(dtype).kind
    if kind == "i" or kind == "u":
        return np.floor(values).astype(dtype)
    return values.astype(dtype)


@implements("numpy.logspace")
def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """Powers of `base`, an array perhaps, whose exponents are at regular distances."""
    if isinstance(base, np.ndarray):
        first = as_array(start)
        last = as_array(stop)
        full = np.broadcast_shapes(first.shape, last.shape, base.shape)
        exponents = linspace(with_axes(first, full), with_axes(last, full), num, endpoint, axis=axis)
        values = np.power(np.expand_dims(with_axes(base, full), axis), exponents)
    else:
        values = np.power(base, linspace(start, stop, num, endpoint, axis=axis))
    if dtype is None:
        return values
    return values.astype(dtype)


def with_axes(a, shape):
    """The view with axes of extent 1 in front, as many in all as the shape has."""
    if a.ndim == len(shape):
        return a
    return ops.view(a, 0, (1,) * (len(shape) - a.ndim) + a.shape, (0,) * (len(shape) - a.ndim) + a.strides)


@implements("numpy.geomspace")
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Each number is the one before times a constant; ValueError for a 0."""
    if np.any(start == 0) or np.any(stop == 0):
        raise ValueError("Geometric sequence cannot include zero")
    kind = ops.common_dtype(as_array(start), as_array(stop), np.float64 if dtype is None else dtype, np.float16)
    first = number_in(start, kind)
    last = number_in(stop, kind)
    sign = np.sign(first)
    first = first / sign
    last = last / sign
    out = logspace(np.log10(first), np.log10(last), num, endpoint, 10.0, kind)
    if num > 0:
        out[0, ...] = first
        if num > 1 and endpoint:
            out[-1, ...] = last
    values = np.moveaxis(out * sign, 0, axis)
    if dtype is None:
        return values
    return values.astype(dtype)


def number_in(x, dtype):
    if isinstance(x, np.ndarray):
        return x.astype(dtype)
    return ops.cast(x, dtype)
