"""Other numbers in the place of nan and the infinities."""

import numpy as np

from lancehead.library import implements, ops


@implements("numpy.nan_to_num")
def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """The infinities become the greatest and the least finite number unless others are given. Without `copy` in place."""
    if not isinstance(x, np.ndarray):
        array = np.empty((), ops.common_dtype(x))
        array[()] = x
        replace(array, nan, posinf, neginf)
        return array[()]
    out = x.copy() if copy else x
    replace(out, nan, posinf, neginf)
    if out.ndim == 0:
        return out[()]
    return out


def replace(a, nan, posinf, neginf):
    if a.dtype.kind == "c":
        replace_reals(a.real, nan, posinf, neginf)
        replace_reals(a.imag, nan, posinf, neginf)
    elif a.dtype.kind == "f":
        replace_reals(a, nan, posinf, neginf)


def replace_reals(a, nan, posinf, neginf):
    most = np.finfo(a.dtype).max
    least = np.finfo(a.dtype).min
    high = most if posinf is None else posinf
    low = least if neginf is None else neginf
    if a.ndim == 0:
        value = a[()]
        if value != value:
            a[()] = nan
        elif value > most:
            a[()] = high
        elif value < least:
            a[()] = low
    else:
        a[...] = np.where(a != a, nan, np.where(a > most, high, np.where(a < least, low, a)))
