"""Elements and whole arrays several times over; borders around arrays."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_first, normal_axis
from lancehead.library.shapes import as_array, ravel


@implements("numpy.repeat", "numpy.ndarray.repeat")
def repeat(a, repeats, axis=None):
    """Each element along `axis` (None: of the flattened array) `repeats` times: one number for all, or one for each."""
    array = as_array(a)
    if axis is None or (array.ndim == 0 and (axis == 0 or axis == -1)):
        return repeated(ravel(array), repeats, 0)
    return repeated(array, repeats, normal_axis(axis, array.ndim))


def repeated(a, repeats, axis):
    count = a.shape[axis]
    if isinstance(repeats, np.ndarray) and repeats.ndim > 0:
        if repeats.ndim > 1:
            raise ValueError("object too deep for desired array")
        if repeats.size == 1:
            return repeated(a, repeats[0], axis)
        if repeats.size != count:
            raise ValueError("operands could not be broadcast together with shape of the array and of repeats")
        total = 0
        for n in repeats:
            check_count(n)
            total += n
        out = np.empty(ops.replace(a.shape, axis, total), a.dtype)
        source = axis_first(a, axis)
        target = axis_first(out, axis)
        at = 0
        for i in range(count):
            for _ in range(repeats[i]):
                target[at] = source[i]
                at += 1
        return out
    times = repeats[()] if isinstance(repeats, np.ndarray) else repeats
    check_count(times)
    out = np.empty(ops.replace(a.shape, axis, count * times), a.dtype)
    source = axis_first(a, axis)
    target = axis_first(out, axis)
    at = 0
    for i in range(count):
        for _ in range(times):
            target[at] = source[i]
            at += 1
    return out


def check_count(n):
    if n < 0:
        raise ValueError("repeats may not contain negative values.")


@implements("numpy.tile")
def tile(A, reps):
    """The array `reps` times (a number, or a tuple of one per axis, aligned at the last)."""
    array = as_array(A)
    times = reps if isinstance(reps, tuple) else (reps,)
    if len(times) < array.ndim:
        times = (1,) * (array.ndim - len(times)) + times
    return tiled(array[(None,) * (len(times) - array.ndim) + (...,)], times)


def tiled(a, times):
    """With one number per axis: the target is seen with two axes for each, of which the first counts the copies."""
    check_times(times)
    out = np.empty(products(a.shape, times), a.dtype)
    whole = ops.contiguous(out, between(times, a.shape))
    whole[...] = ops.view(a, 0, between((1,) * len(times), a.shape), between((0,) * len(times), a.strides))
    return out


def check_times(times):
    if len(times) > 0:
        if times[0] < 0:
            raise ValueError("negative dimensions are not allowed")
        check_times(times[1:])


def products(shape, times):
    if len(shape) == 0:
        return ()
    return (shape[0] * times[0],) + products(shape[1:], times[1:])


def between(first, second):
    if len(first) == 0:
        return ()
    return (first[0], second[0]) + between(first[1:], second[1:])


# ---- borders


@implements("numpy.pad")
def pad(array, pad_width, mode="constant", *, constant_values=0, end_values=0, stat_length=None, reflect_type="even"):
    """`pad_width` is a number, (before, after), or one such pair per axis. Modes: constant, edge, reflect, symmetric, wrap, empty."""
    a = as_array(array)
    widths = pairs(pad_width, a.ndim)
    out = np.empty(padded_shape(a.shape, widths), a.dtype)
    inner = middle(out, widths, a.shape, 0)
    inner[...] = a
    if mode != "empty":
        fill_borders(out, a.shape, widths, pairs(constant_values, a.ndim), mode, reflect_type, 0)
    return out


def pairs(given, ndim):
    """One pair per axis of what may be one number, one pair, or such a tuple of pairs."""
    if isinstance(given, np.ndarray):
        ops.refuse("widths and values of np.pad() are numbers or tuples of numbers in compiled code")
    if not isinstance(given, tuple):
        return ((given, given),) * ndim
    if len(given) == 1:
        return pairs(given[0], ndim)
    if isinstance(given[0], tuple):
        if len(given) != ndim:
            raise ValueError("operands could not be broadcast together with remapped shapes")
        return given
    return (given,) * ndim


def padded_shape(shape, widths):
    if len(shape) == 0:
        return ()
    if widths[0][0] < 0 or widths[0][1] < 0:
        raise ValueError("index can't contain negative values")
    return (shape[0] + widths[0][0] + widths[0][1],) + padded_shape(shape[1:], widths[1:])


def middle(out, widths, shape, axis):
    if axis == out.ndim:
        return ops.view(out, 0, out.shape, out.strides)
    rest = middle(out, widths, shape, axis + 1)
    before = widths[axis][0]
    return ops.view(rest, before * rest.strides[axis], ops.replace(rest.shape, axis, shape[axis]), rest.strides)


def fill_borders(out, shape, widths, values, mode, reflect_type, axis):
    """Axis after axis; borders of earlier axes are filled with what the later ones repeat."""
    if axis < out.ndim:
        lines = axis_first(out, axis)
        fill_axis(lines, shape[axis], widths[axis][0], widths[axis][1], values[axis], mode, reflect_type)
        fill_borders(out, shape, widths, values, mode, reflect_type, axis + 1)


def fill_axis(lines, count, before, after, values, mode, reflect_type):
    end = before + count
    if mode == "constant":
        lines[:before] = values[0]
        lines[end:] = values[1]
        return
    if count == 0:
        if before + after > 0:
            raise ValueError("can't extend empty axis using modes other than 'constant' or 'empty'")
        return
    if mode == "edge":
        for i in range(before):
            lines[i] = lines[before]
        for i in range(after):
            lines[end + i] = lines[end - 1]
    elif mode == "wrap":
        for i in range(before):
            lines[before - 1 - i] = lines[end - 1 - i % count]
        for i in range(after):
            lines[end + i] = lines[before + i % count]
    elif mode == "reflect" or mode == "symmetric":
        if reflect_type != "even":
            ops.refuse("reflect_type is 'even' in compiled code")
        skip = 1 if mode == "reflect" and count > 1 else 0
        period = max(2 * count - 2 * skip, 1)
        for i in range(before):
            lines[before - 1 - i] = lines[before + mirrored(i + skip, count, period, mode == "reflect")]
        for i in range(after):
            lines[end + i] = lines[end - 1 - mirrored(i + skip, count, period, mode == "reflect")]
    else:
        ops.refuse("the modes of np.pad() are 'constant', 'edge', 'reflect', 'symmetric', 'wrap' and 'empty' in compiled code")


def mirrored(i, count, period, without_edges):
    """Where element number i counted from an edge inwards is, if the axis is mirrored at its edges again and again."""
    if count == 1:
        return 0
    k = i % period
    if k < count:
        return k
    return period - k if without_edges else period - 1 - k
