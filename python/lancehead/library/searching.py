"""Searching in sorted arrays, by the runtime's binary search."""

import numpy as np

from lancehead.library import implements, rt
from lancehead.library.sorting import order_code, promoted


@implements("numpy.searchsorted", "numpy.ndarray.searchsorted")
def searchsorted(a, v, side="left", sorter=None):
    """Places as an array of the shape of `v`, or one place where `v` is a number."""
    if not (side == "left" or side == "right"):
        raise ValueError("search side must be 'left' or 'right'")
    if isinstance(v, np.ndarray):
        places = places_of(a, v, side == "right", sorter)
        if v.ndim == 0:
            return places[()]
        return places
    return places_of(a, np.full(1, v), side == "right", sorter)[0]


def places_of(a, v, right, sorter):
    if a.ndim != 1:
        raise ValueError("object too deep for desired array")
    out = np.empty(v.shape, np.int64)
    x = promoted(a, v)
    wanted = promoted(v, a)
    if sorter is None:
        rt.search_sorted(x, order_code(x), wanted, right, False, out, out)
    else:
        if sorter.dtype.kind != "i" and sorter.dtype.kind != "u":
            raise TypeError("sorter must only contain integers")
        if sorter.size != a.size:
            raise ValueError("sorter.size must equal a.size")
        rt.search_sorted(x, order_code(x), wanted, right, True, sorter.astype(np.int64), out)
    return out


@implements("numpy.digitize")
def digitize(x, bins, right=False):
    """`bins`: a vector that rises or falls. The place of each number of `x` among them."""
    if isinstance(x, np.ndarray) and x.dtype.kind == "c":
        raise TypeError("x may not be complex")
    direction = rt.monotonic(bins, order_code(bins))
    if direction == 0:
        raise ValueError("bins must be monotonically increasing or decreasing")
    if not isinstance(x, np.ndarray):
        return digitized(np.full(1, x), bins, right, direction)[0]
    return digitized(x, bins, right, direction)


def digitized(x, bins, right, direction):
    if direction > 0:
        return places_of(bins, x, not right, None)
    return len(bins) - places_of(bins[::-1], x, not right, None)
