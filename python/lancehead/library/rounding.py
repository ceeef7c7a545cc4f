"""Rounding to decimal digits."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.statistics import stored


@implements("builtins.round")
def round_integer(number, ndigits):
    """Of an integer, to a multiple of a power of ten, half to even."""
    if ndigits >= 0:
        return number + 0
    if ndigits < -18:  # the unit does not fit 64 bits
        if ndigits == -19 and (number > 5 * 10**18 or number < -5 * 10**18):
            raise OverflowError("integer result is too large for 64 bits")
        return 0
    unit = 10 ** (-ndigits)
    count = number // unit
    low = count * unit
    rest = number - low
    if rest < unit // 2 or (rest == unit // 2 and count % 2 == 0):
        return low
    high = low + unit
    if high < low:
        raise OverflowError("integer result is too large for 64 bits")
    return high


@implements("numpy.round", "numpy.around", "numpy.ndarray.round")
def round_(a, decimals=0, out=None):
    """Of bools as NumPy: in float16, and not to decimals."""
    if out is not None:
        return stored(round_(a, decimals), out)
    if isinstance(a, np.ndarray) and a.dtype.kind == "b":
        if decimals != 0:
            ops.refuse("bools have no decimals to round to")
        return a.astype(np.float16)
    if is_whole(a):
        return round_whole(a, decimals)
    if decimals == 0:
        return np.rint(a)
    unit = 10.0 ** abs(decimals)
    if decimals > 0:
        return np.divide(np.rint(a * unit), unit)
    return np.rint(np.divide(a, unit)) * unit


def is_whole(a):
    if isinstance(a, np.ndarray):
        kind = a.dtype.kind
        return kind == "i" or kind == "u" or kind == "b"
    return isinstance(a, (int, np.integer, np.bool_))


def round_whole(a, decimals):
    if not isinstance(a, np.ndarray):
        return round(a, decimals)
    if a.ndim == 0:
        return round_whole(a[()], decimals)
    if decimals >= 0:
        return a.copy()
    unit = 10.0 ** (-decimals)
    return (np.rint(a / unit) * unit).astype(a.dtype)
