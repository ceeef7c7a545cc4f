"""Comparisons within tolerances."""

from math import isinf

import numpy as np

from lancehead.library import implements
from lancehead.library.shapes import as_array


@implements("math.isclose")
def math_isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise ValueError("tolerances must be non-negative")
    x = float(a)
    y = float(b)
    if x == y:
        return True
    if isinf(x) or isinf(y):
        return False
    difference = abs(y - x)
    return difference <= abs(rel_tol * y) or difference <= abs(rel_tol * x) or difference <= abs_tol


@implements("numpy.isclose")
def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    y = b * 1.0  # in floating point, so that differences of unsigned integers do not wrap
    near = (np.abs(a - y) <= atol + rtol * np.abs(y)) & np.isfinite(y) | (a == y)
    if equal_nan:
        return near | (np.isnan(a) & np.isnan(y))
    return near


@implements("numpy.allclose")
def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return are_all(isclose(a, b, rtol, atol, equal_nan))


@implements("numpy.array_equal")
def array_equal(a1, a2, equal_nan=False):
    x = as_array(a1)
    y = as_array(a2)
    if x.shape != y.shape:
        return False
    if equal_nan:
        return are_all((x == y) | (missing(x) & missing(y)))
    return are_all(x == y)


def missing(a):
    if a.dtype.kind == "M" or a.dtype.kind == "m":
        return np.isnat(a)
    return np.isnan(a)


def are_all(truths):
    if isinstance(truths, np.ndarray):
        return bool(truths.all())
    return bool(truths)
