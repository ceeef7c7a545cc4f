"""Numbers kept within bounds."""

import numpy as np

from lancehead.library import implements

OMITTED = "omitted"


@implements("numpy.clip")
def clip(a, a_min=OMITTED, a_max=OMITTED, out=None, *, min=OMITTED, max=OMITTED, where=True, casting="same_kind", order="K", dtype=None):
    """A bound that is None is none; the bounds are given by place or, in pairs, by the names `min` and `max`."""
    if isinstance(a_min, str) and isinstance(a_max, str):
        low = None if isinstance(min, str) else min
        high = None if isinstance(max, str) else max
        return clipped(a, low, high, out, where, casting, order, dtype)
    if isinstance(a_min, str):
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    if isinstance(a_max, str):
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    if not (isinstance(min, str) and isinstance(max, str)):
        raise ValueError("Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.")
    return clipped(a, a_min, a_max, out, where, casting, order, dtype)


@implements("numpy.ndarray.clip")
def clip_method(a, min=None, max=None, out=None, *, where=True, casting="same_kind", order="K", dtype=None):
    return clipped(a, min, max, out, where, casting, order, dtype)


def clipped(a, low, high, out, where, casting, order, dtype):
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
