"""Spread of the elements of whole arrays, summed in NumPy's order."""

import numpy as np

from lancehead.library import implements


@implements("numpy.var", "numpy.ndarray.var")
def var(a, ddof=0):
    if a.dtype.kind == "c":
        x = a - np.mean(a)
        squares = x.real * x.real + x.imag * x.imag
    else:
        y = a - np.mean(a)
        squares = y * y
    return np.divide(np.sum(squares), max(a.size - ddof, 0))


@implements("numpy.std", "numpy.ndarray.std")
def std(a, ddof=0):
    return np.sqrt(var(a, ddof))


@implements("numpy.ptp")
def ptp(a):
    return np.max(a) - np.min(a)
