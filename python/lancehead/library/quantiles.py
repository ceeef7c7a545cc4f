"""Medians and quantiles. The runtime selects the elements of each lane; here are the axes and the dtypes, which are NumPy's.

With a nan in it a lane's result is nan; the functions named nan... pass over them, and give nan where there is nothing else. Quantiles of
no elements are an IndexError, of complex numbers a TypeError, outside of what `q` may be a ValueError.
"""

import numpy as np

from lancehead.library import implements, ops, rt
from lancehead.library.axes import check_distinct, extent_product, normal_axes, normal_axis
from lancehead.library.shapes import as_array, ravel, with_items, without
from lancehead.library.sorting import order_code
from lancehead.library.statistics import fitted, stored

# In the order of QuantileMethod in src/runtime/quantiles.h; the first five give elements of the array as they are.
METHODS = (
    "inverted_cdf",
    "closest_observation",
    "lower",
    "higher",
    "nearest",
    "averaged_inverted_cdf",
    "interpolated_inverted_cdf",
    "hazen",
    "weibull",
    "linear",
    "median_unbiased",
    "normal_unbiased",
    "midpoint",
)
SKIP_NANS = 256
PERCENTAGES = 512


# ---- lanes


def reduced_axes(a, axis):
    """The axes that are reduced, counted from the start; None: all of them."""
    if axis is None:
        return ops.fill(0, 0)
    axes = normal_axes(axis, a.ndim) if isinstance(axis, tuple) else (normal_axis(axis, a.ndim),)
    check_distinct(axes)
    return axes


def lanes_of(a, axis, axes):
    """(an array, the axis of it along which the lanes of `a` lie)."""
    if axis is None:
        return ravel(a), 0
    if len(axes) == 1:
        return a, axes[0]
    kept = without(a.shape, axes)
    joined = ops.view(a, 0, kept + picked(a.shape, axes), without(a.strides, axes) + picked(a.strides, axes))
    return joined.reshape(kept + (extent_product(picked(a.shape, axes)),)), len(kept)


def picked(items, axes):
    if len(axes) == 0:
        return ()
    return (items[axes[0]],) + picked(items, axes[1:])


def kept_shape(a, axis, axes):
    """The shape of a result: that of the other axes."""
    if axis is None:
        return ()
    return without(a.shape, axes)


def finished(results, front, a, axis, axes, keepdims, out):
    """What the function returns: with extents of 1 in place of the reduced axes if it keeps them; or `out`, filled."""
    if keepdims:
        return stored(results.reshape(front + ones_in(a, axis, axes)), out)
    if out is None:
        return results[()]
    return stored(results, out)


def ones_in(a, axis, axes):
    if axis is None:
        return ops.fill(a.ndim, 1)
    return with_items(without(a.shape, axes), axes, 1)


# ---- medians


@implements("numpy.median")
def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """Of integers and bools in float64. nan of nothing."""
    return median_of(as_array(a), axis, out, keepdims, False)


@implements("numpy.nanmedian")
def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return median_of(as_array(a), axis, out, keepdims, True)


def median_of(a, axis, out, keepdims, skip_nans):
    kind = a.dtype.kind
    if kind == "f" and a.itemsize == 2:
        return finished_half(median_of(a.astype(np.float32), axis, None, keepdims, skip_nans), out)
    if not (kind == "f" or kind == "c" or kind == "b" or kind == "i" or kind == "u"):
        ops.refuse("medians are those of numbers")
    axes = reduced_axes(a, axis)
    lanes = lanes_of(a, axis, axes)
    results = np.empty(kept_shape(a, axis, axes), a.dtype if kind == "f" or kind == "c" else np.float64)
    rt.median(lanes[0], order_code(a), lanes[1], skip_nans, results)
    return finished(results, (), a, axis, axes, keepdims, out)


def finished_half(medians, out):
    if isinstance(medians, np.ndarray):
        return stored(medians.astype(np.float16), out)
    return stored(np.float16(medians), out)


# ---- quantiles


@implements("numpy.quantile")
def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None):
    """The axes of `q`, of at most two dimensions, come first."""
    return quantiles_of(as_array(a), q, axis, out, method, keepdims, weights, 0)


@implements("numpy.percentile")
def percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None):
    return quantiles_of(as_array(a), in_float(q), axis, out, method, keepdims, weights, PERCENTAGES)


@implements("numpy.nanquantile")
def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None):
    return quantiles_of(as_array(a), q, axis, out, method, keepdims, weights, SKIP_NANS)


@implements("numpy.nanpercentile")
def nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None):
    return quantiles_of(as_array(a), in_float(q), axis, out, method, keepdims, weights, SKIP_NANS + PERCENTAGES)


def in_float(q):
    """Percentages are divided by 100: whole ones are floats as well."""
    if isinstance(q, (list, tuple)):
        return np.array(q) * 1.0
    return q * 1.0


def quantiles_of(a, q, axis, out, method, keepdims, weights, options):
    if isinstance(q, (list, tuple)):
        return quantiles_of(a, np.array(q), axis, out, method, keepdims, weights, options)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    if weights is not None:
        if method != "inverted_cdf":
            raise ValueError("Only method 'inverted_cdf' supports weights.")
        return weighted(a, q, axis, out, keepdims, weights, options)
    if method == "linear" and is_whole(q):  # the least or the greatest element, as it is
        return unweighted(a, q, axis, out, 2, keepdims, options, a.dtype)
    if is_discrete(method):
        return unweighted(a, q, axis, out, code_of(method, METHODS, 0), keepdims, options, a.dtype)
    if a.dtype.kind == "b":
        raise TypeError("numpy boolean subtract, the `-` operator, is not supported")
    if a.dtype.kind == "M" or a.dtype.kind == "m" or a.dtype.kind == "f" and a.itemsize == 2:
        ops.refuse("only elements themselves can be quantiles here, as with method='nearest'")
    return unweighted(a, q, axis, out, code_of(method, METHODS, 0), keepdims, options, ops.common_dtype(a, q * 1.0))


def is_whole(q):
    if isinstance(q, np.ndarray):
        return q.dtype.kind == "i" or q.dtype.kind == "u"
    return isinstance(q, (int, np.integer))


def is_discrete(method):
    return method == "inverted_cdf" or method == "closest_observation" or method == "lower" or method == "higher" or method == "nearest"


def code_of(method, methods, code):
    if len(methods) == 0:
        raise ValueError("not a valid method; see numpy.quantile for those that are")
    if method == methods[0]:
        return code
    return code_of(method, methods[1:], code + 1)


def wanted(q):
    """`q` as a vector of float64."""
    if isinstance(q, np.ndarray):
        if q.ndim > 2:
            raise ValueError("q must be a scalar or 1d")
        if q.dtype.kind == "f" and q.itemsize < 8:
            ops.refuse("quantiles are wanted in float64: use q.astype(np.float64)")
        return ravel(q).astype(np.float64)
    return np.full(1, q, np.float64)


def shape_in_front(q):
    if isinstance(q, np.ndarray):
        return q.shape
    return ()


def unweighted(a, q, axis, out, method, keepdims, options, dtype):
    axes = reduced_axes(a, axis)
    lanes = lanes_of(a, axis, axes)
    front = shape_in_front(q)
    results = np.empty(front + kept_shape(a, axis, axes), dtype)
    rt.quantiles(lanes[0], order_code(a), lanes[1], method + options, wanted(q), results.itemsize == 4, results)
    return finished(results, front, a, axis, axes, keepdims, out)


def weighted(a, q, axis, out, keepdims, weights, options):
    if np.any(weights < 0):
        raise ValueError("Weights must be non-negative.")
    axes = reduced_axes(a, axis)
    lanes = lanes_of(a, axis, axes)
    shares = np.empty(a.shape, np.float64)
    shares[...] = fitted(weights, a, axis)
    front = shape_in_front(q)
    results = np.empty(front + kept_shape(a, axis, axes), a.dtype)
    rt.weighted_quantiles(
        lanes[0], order_code(a), lanes[1], options, lanes_of(shares, axis, axes)[0], wanted(q), results
    )
    if keepdims:
        return finished(results, front, a, axis, axes, True, out)
    return stored(results, out)  # NumPy makes no number of an array without axes here
