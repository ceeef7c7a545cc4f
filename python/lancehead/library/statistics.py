"""Means and spread of the elements, of all or along axes. Sums are in NumPy's order, quotients in double as NumPy's are."""

import numpy as np
from numpy.exceptions import AxisError

from lancehead.library import implements, ops
from lancehead.library.shapes import as_array


@implements("numpy.mean", "numpy.ndarray.mean")
def mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    """Of integers in float64. nan of nothing."""
    a = as_array(a)
    if a.ndim == 0 and axis is not None and not isinstance(axis, tuple):
        raise AxisError(axis, 0)
    used = dtype_of_mean(a, dtype)
    total = np.sum(a, axis, used, keepdims=keepdims, where=where)
    return stored(quotient(total, combined_count(a, axis, keepdims, where), used), out)


def dtype_of_mean(a, dtype):
    if dtype is not None:
        return dtype
    if is_inexact(a):
        return a.dtype
    return np.dtype(np.float64)


@implements("numpy.var")
def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
    """In two passes: the mean of the squared distances from the mean."""
    if correction is not None:
        if ddof != 0:
            raise ValueError("ddof and correction can't be provided simultaneously.")
        return var(a, axis, dtype, out, correction, keepdims, where=where, mean=mean)
    a = as_array(a)
    if mean is None:
        average = np.mean(a, axis, dtype, keepdims=keepdims_of_mean(axis, keepdims), where=where)
        return spread(a, average, axis, dtype, out, ddof, keepdims, where)
    return spread(a, mean, axis, dtype, out, ddof, keepdims, where)


@implements("numpy.ndarray.var")
def var_method(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    return var(a, axis, dtype, out, ddof, keepdims, where=where, mean=mean)


def keepdims_of_mean(axis, keepdims):
    """A number where all elements have one mean: what is reduced then needs no array of distances."""
    if axis is None:
        return keepdims
    return True


def spread(a, average, axis, dtype, out, ddof, keepdims, where):
    squares = as_array(squared(as_array(a - average)))
    used = squares.dtype if dtype is None else dtype
    total = np.sum(squares, axis, used, keepdims=keepdims, where=where)
    count = combined_count(a, axis, keepdims, where) - ddof
    return stored(quotient(total, np.maximum(count, 0), used), out)


def squared(x):
    if x.dtype.kind == "c":
        return (x * np.conjugate(x)).real
    return x * x


@implements("numpy.std")
def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
    variance = np.var(a, axis, dtype, None, ddof, keepdims, where=where, mean=mean, correction=correction)
    return stored(np.sqrt(variance), out)


@implements("numpy.ndarray.std")
def std_method(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    return std(a, axis, dtype, out, ddof, keepdims, where=where, mean=mean)


@implements("numpy.ptp")
def ptp(a, axis=None, out=None, keepdims=False):
    return stored(np.subtract(np.max(a, axis, keepdims=keepdims), np.min(a, axis, keepdims=keepdims)), out)


@implements("numpy.average")
def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    """ZeroDivisionError if weights sum to zero; TypeError, ValueError if they have another shape than what they weigh."""
    if weights is None:
        mean = np.mean(a, axis, keepdims=keepdims)
        if isinstance(mean, np.ndarray) and mean.size == 0:
            raise ZeroDivisionError("division by zero")
        if returned:
            return mean, share(a, mean)
        return mean
    if is_inexact(a):
        return weighted(a, axis, fitted(weights, a, axis), returned, keepdims)
    return weighted(a.astype(np.float64), axis, fitted(weights, a, axis), returned, keepdims)


def share(a, mean):
    """How many elements go into each mean."""
    if isinstance(mean, np.ndarray):
        return np.full(mean.shape, a.size // mean.size, mean.dtype)
    return np.float64(a.size) + 0 * mean


def weighted(a, axis, weights, returned, keepdims):
    products = a * weights
    scale = np.sum(weights, axis, products.dtype, keepdims=keepdims)
    if has_zero(scale):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    total = np.sum(products, axis, keepdims=keepdims)
    result = np.divide(total, scale)
    if returned:
        if isinstance(total, np.ndarray):
            return result, scale + np.zeros(total.shape, scale.dtype)
        return result, scale
    return result


def has_zero(scale):
    if isinstance(scale, np.ndarray):
        return np.any(scale == 0.0)
    return scale == 0.0


def fitted(weights, a, axis):
    """The weights as an array that broadcasts to `a`."""
    if weights.ndim == a.ndim and weights.shape == a.shape:
        return weights
    if axis is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    if isinstance(axis, tuple):
        raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    if weights.ndim != 1 or weights.size != extent_of(a.shape, axis):
        raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    place = axis + a.ndim if axis < 0 else axis
    shape = ops.replace(ops.fill(a.ndim, 1), place, weights.size)
    return ops.view(weights, 0, shape, ops.replace(ops.fill(a.ndim, 0), place, weights.strides[0]))


# ---- what reductions of several steps share


def is_inexact(a):
    kind = a.dtype.kind
    return kind == "f" or kind == "c"


def combined_count(a, axis, keepdims, where):
    """How many elements go into each result: a number, or an array where a mask chooses."""
    if isinstance(where, np.ndarray):
        return np.sum(np.ones(a.shape, np.bool_), axis, keepdims=keepdims, where=where)
    if where:
        if axis is None:
            return a.size
        return extent_of(a.shape, axis)
    return 0


def extent_of(shape, axis):
    """Of an axis, or of several together; 0 for one that is out of bounds, for which the sum raises."""
    if isinstance(axis, tuple):
        if len(axis) == 0:
            return 1
        return extent_of(shape, axis[0]) * extent_of(shape, axis[1:])
    if len(shape) == 0:
        return 1
    if axis < -len(shape) or axis >= len(shape):
        return 0
    return shape[axis]


def strong(count):
    """A number that is of NumPy's types, so that it decides the type of what it divides."""
    if isinstance(count, np.ndarray):
        return count
    if isinstance(count, float):
        return np.float64(count)
    return np.int64(count)


def quotient(total, count, dtype):
    ratio = np.divide(total, strong(count))
    if isinstance(ratio, np.ndarray):
        return ratio.astype(dtype)
    return dtype(ratio)


def stored(result, out):
    """The result, or `out`, which is given its elements."""
    if out is None:
        return result
    if isinstance(result, np.ndarray):
        if out.ndim != result.ndim or out.shape != result.shape:
            raise ValueError("the output parameter has another shape than the result")
    elif out.ndim != 0:
        raise ValueError("the output parameter has the wrong number of dimensions")
    out[...] = result
    return out
