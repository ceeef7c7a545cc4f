"""Numbers kept within bounds."""

import numpy as np

from lancehead.library import implements, ops

OMITTED = ()  # no bound has this type: it has no elements to be compared with


@implements("numpy.clip")
def clip(a, a_min=OMITTED, a_max=OMITTED, out=None, *, min=OMITTED, max=OMITTED, where=True, casting="same_kind", order="K", dtype=None):
    """A bound that is None is none; the bounds are given by place or, in pairs, by the names `min` and `max`."""
    if is_omitted(a_min) and is_omitted(a_max):
        low = None if is_omitted(min) else min
        high = None if is_omitted(max) else max
        return clipped(a, low, high, out, where, casting, order, dtype)
    if is_omitted(a_min):
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    if is_omitted(a_max):
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    if not (is_omitted(min) and is_omitted(max)):
        raise ValueError("Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.")
    return clipped(a, a_min, a_max, out, where, casting, order, dtype)


def is_omitted(bound):
    return isinstance(bound, tuple) and len(bound) == 0


@implements("numpy.ndarray.clip")
def clip_method(a, min=None, max=None, out=None, *, where=True, casting="same_kind", order="K", dtype=None):
    return clipped(a, min, max, out, where, casting, order, dtype)


def clipped(a, low, high, out, where, casting, order, dtype):
    if isinstance(a, np.ndarray) and (a.dtype.kind == "i" or a.dtype.kind == "u"):
        return within(a, held(low, a), held(high, a), out, where, casting, order, dtype)
    return within(a, low, high, out, where, casting, order, dtype)


def held(bound, a):
    """A Python int as the nearest that the dtype of `a` holds: one beyond them all is no bound."""
    if not isinstance(bound, int) or ops.common_dtype(a, bound) != a.dtype:
        return bound
    if a.dtype.kind == "u":
        return max(bound, 0) if a.itemsize == 8 else min(max(bound, 0), (1 << 8 * a.itemsize) - 1)
    if a.itemsize == 8:
        return bound
    return min(max(bound, -(1 << 8 * a.itemsize - 1)), (1 << 8 * a.itemsize - 1) - 1)


def within(a, low, high, out, where, casting, order, dtype):
    if low is None and high is None:
        if out is None and where is True and dtype is None:
            return np.positive(a)
        return np.positive(a, out, where=where, casting=casting, order=order, dtype=dtype)
    if low is None:
        return bounded(np.minimum, a, high, out, where, casting, order, dtype)
    if high is None:
        return bounded(np.maximum, a, low, out, where, casting, order, dtype)
    if dtype is None:
        return bounded(np.minimum, np.maximum(a, low), high, out, where, casting, order, dtype)
    return bounded(np.minimum, np.maximum(a, low, casting=casting, dtype=dtype), high, out, where, casting, order, dtype)


def bounded(ufunc, a, bound, out, where, casting, order, dtype):
    if out is None and where is True and dtype is None:
        return ufunc(a, bound)
    return ufunc(a, bound, out, where=where, casting=casting, order=order, dtype=dtype)
