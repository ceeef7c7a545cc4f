"""Reductions that pass over nan. Of what holds none, integers and bools, they are the plain ones."""

import numpy as np

from lancehead.library import implements
from lancehead.library.shapes import as_array
from lancehead.library.statistics import is_inexact, quotient, squared, stored


def replaced(a, value):
    """The elements with `value` in the place of nan."""
    return np.where(np.isnan(a), value, a)


def missing(a):
    return as_array(np.isnan(a))


def nan_where(values, mask, dtype):
    if isinstance(values, np.ndarray):
        return np.where(mask, np.nan, values)
    if mask:
        return dtype(np.nan)
    return values


@implements("numpy.nansum")
def nansum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
    a = as_array(a)
    if is_inexact(a):
        return np.sum(replaced(a, 0), axis, dtype, out, keepdims, initial, where)
    return np.sum(a, axis, dtype, out, keepdims, initial, where)


@implements("numpy.nanprod")
def nanprod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
    a = as_array(a)
    if is_inexact(a):
        return np.prod(replaced(a, 1), axis, dtype, out, keepdims, initial, where)
    return np.prod(a, axis, dtype, out, keepdims, initial, where)


@implements("numpy.nancumsum")
def nancumsum(a, axis=None, dtype=None, out=None):
    a = as_array(a)
    if is_inexact(a):
        return np.cumsum(replaced(a, 0), axis, dtype, out)
    return np.cumsum(a, axis, dtype, out)


@implements("numpy.nancumprod")
def nancumprod(a, axis=None, dtype=None, out=None):
    a = as_array(a)
    if is_inexact(a):
        return np.cumprod(replaced(a, 1), axis, dtype, out)
    return np.cumprod(a, axis, dtype, out)


@implements("numpy.nanmin")
def nanmin(a, axis=None, out=None, keepdims=False, initial=None, where=True):
    """nan where there is nothing else. ValueError of no elements without `initial`."""
    a = as_array(a)
    if not is_inexact(a):
        return np.min(a, axis, out, keepdims, initial, where)
    least = np.min(replaced(a, np.inf), axis, None, keepdims, initial, where)
    if initial is None:
        return stored(nan_where(least, np.all(missing(a), axis, keepdims=keepdims), a.dtype), out)
    return stored(least, out)


@implements("numpy.nanmax")
def nanmax(a, axis=None, out=None, keepdims=False, initial=None, where=True):
    a = as_array(a)
    if not is_inexact(a):
        return np.max(a, axis, out, keepdims, initial, where)
    greatest = np.max(replaced(a, -np.inf), axis, None, keepdims, initial, where)
    if initial is None:
        return stored(nan_where(greatest, np.all(missing(a), axis, keepdims=keepdims), a.dtype), out)
    return stored(greatest, out)


@implements("numpy.nanargmin")
def nanargmin(a, axis=None, out=None, *, keepdims=False):
    """ValueError where there is nothing else."""
    a = as_array(a)
    if not is_inexact(a):
        return np.argmin(a, axis, out, keepdims=keepdims)
    check_slices(a, axis)
    return np.argmin(replaced(a, np.inf), axis, out, keepdims=keepdims)


@implements("numpy.nanargmax")
def nanargmax(a, axis=None, out=None, *, keepdims=False):
    a = as_array(a)
    if not is_inexact(a):
        return np.argmax(a, axis, out, keepdims=keepdims)
    check_slices(a, axis)
    return np.argmax(replaced(a, -np.inf), axis, out, keepdims=keepdims)


def check_slices(a, axis):
    if a.size > 0:
        if np.any(np.all(missing(a), axis)):
            raise ValueError("All-NaN slice encountered")


@implements("numpy.nanmean")
def nanmean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    """nan where there is nothing else."""
    a = as_array(a)
    if not is_inexact(a):
        return np.mean(a, axis, dtype, out, keepdims, where=where)
    used = a.dtype if dtype is None else dtype
    total = np.sum(replaced(a, 0), axis, used, keepdims=keepdims, where=where)
    return stored(quotient(total, numbers_in(a, axis, keepdims, where), used), out)


def numbers_in(a, axis, keepdims, where):
    """How many elements are no nan."""
    return np.sum(as_array(~np.isnan(a)), axis, keepdims=keepdims, where=where)


@implements("numpy.nanvar")
def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
    """nan where there are not more than `ddof` numbers."""
    if correction is not None:
        if ddof != 0:
            raise ValueError("ddof and correction can't be provided simultaneously.")
        return nanvar(a, axis, dtype, out, correction, keepdims, where=where, mean=mean)
    a = as_array(a)
    if not is_inexact(a):
        return np.var(a, axis, dtype, out, ddof, keepdims, where=where, mean=mean)
    if mean is None:
        average = np.nanmean(a, axis, dtype, keepdims=True, where=where)
        return stored(nan_spread(a, average, axis, dtype, ddof, keepdims, where), out)
    return stored(nan_spread(a, mean, axis, dtype, ddof, keepdims, where), out)


def nan_spread(a, average, axis, dtype, ddof, keepdims, where):
    squares = as_array(squared(np.where(np.isnan(a), 0, a - average).astype(a.dtype)))
    used = squares.dtype if dtype is None else dtype
    total = np.sum(squares, axis, used, keepdims=keepdims, where=where)
    count = numbers_in(a, axis, keepdims, where) - ddof
    return nan_where(quotient(total, count, used), count <= 0, used)


@implements("numpy.nanstd")
def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
    variance = np.nanvar(a, axis, dtype, None, ddof, keepdims, where=where, mean=mean, correction=correction)
    return stored(np.sqrt(variance), out)
