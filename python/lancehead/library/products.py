"""Products of vectors. Summed as np.sum does it, whatever the order of a BLAS would be."""

import numpy as np

from lancehead.library import implements


@implements("numpy.dot", "numpy.ndarray.dot")
def dot(a, b):
    if a.ndim == 1 and b.ndim == 1:
        if a.size != b.size:
            raise ValueError("shapes not aligned: the vectors have different lengths")
        products = a * b
        kind = products.dtype.kind
        if kind == "f" or kind == "c":
            return np.sum(products)
        total = np.empty(1, products.dtype)  # unlike a sum, it has the type of the products
        total[0] = np.sum(products)
        return total[0]
    raise TypeError("np.dot takes vectors in compiled code")


@implements("numpy.vdot")
def vdot(a, b):
    if a.dtype.kind == "c":
        return dot(np.conjugate(a), b)
    return dot(a, b)


@implements("math.sumprod")
def sumprod(p, q, /):
    """Of arrays: NumPy's scalars are added one by one. Tuples of Python's numbers are summed exactly, by the core."""
    if len(p) != len(q):
        raise ValueError("Inputs are not the same length")
    total = 0
    for x, y in zip(p, q):
        total = total + x * y
    return total
