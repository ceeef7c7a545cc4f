"""Arrays with an order of memory, and like others: what the tables' rows of np.zeros and its like do not take.

`order` is C or F, of functions like another array A and K too, which take its order. `device` is "cpu" or None.
"""

import numpy as np

from lancehead.library import implements, ops


def checked(order, device, like):
    """Refuses what only NumPy's own objects have, and what has come here without a reason."""
    if like is not None:
        ops.refuse("`like` is for arrays of other libraries")
    if device is not None and device != "cpu":
        raise ValueError("Device not understood. Only 'cpu' is allowed, but received another one")
    if order is not None:
        if order != "C" and order != "F" and order != "A" and order != "K":
            ops.refuse("the order is 'C', 'F', 'A' or 'K'")


def ordered(make, shape, dtype, order):
    """make(shape, dtype), in that order of memory."""
    if order == "F" and isinstance(shape, tuple):
        return make(shape[::-1], dtype).T
    return make(shape, dtype)


def order_like(a, order):
    if order == "C" or order == "F":
        return order
    return "F" if ops.layout(a) == "F" else "C"


@implements("numpy.empty")
def empty(shape, dtype=float, order=None, *, device=None, like=None):
    return made(np.empty, shape, dtype, order, device, like)


@implements("numpy.zeros")
def zeros(shape, dtype=float, order=None, *, device=None, like=None):
    return made(np.zeros, shape, dtype, order, device, like)


@implements("numpy.ones")
def ones(shape, dtype=None, order=None, *, device=None, like=None):
    return made(np.ones, shape, dtype, order, device, like)


def made(make, shape, dtype, order, device, like):
    if order is None and device is None and like is None:
        return ops.refuse("the shape is an integer or a tuple of integers, and the dtype is known when this is compiled")
    checked(order, device, like)
    return ordered(make, shape, np.float64 if dtype is None else dtype, order)


@implements("numpy.full")
def full(shape, fill_value, dtype=None, order=None, *, device=None, like=None):
    if isinstance(fill_value, np.ndarray):
        target = ordered(np.empty, shape, fill_value.dtype if dtype is None else dtype, order)
        target[...] = fill_value
        return target
    if order is None and device is None and like is None:
        return ops.refuse("the shape is an integer or a tuple of integers, and the dtype holds the value")
    checked(order, device, like)
    if order == "F" and isinstance(shape, tuple):
        return np.full(shape[::-1], fill_value, dtype).T
    return np.full(shape, fill_value, dtype)


@implements("numpy.empty_like")
def empty_like(prototype, dtype=None, order=None, subok=None, shape=None, *, device=None):
    return made_like(np.empty, prototype, dtype, order, subok, shape, device)


@implements("numpy.zeros_like")
def zeros_like(a, dtype=None, order=None, subok=None, shape=None, *, device=None):
    return made_like(np.zeros, a, dtype, order, subok, shape, device)


@implements("numpy.ones_like")
def ones_like(a, dtype=None, order=None, subok=None, shape=None, *, device=None):
    return made_like(np.ones, a, dtype, order, subok, shape, device)


def made_like(make, a, dtype, order, subok, shape, device):
    if order is None and subok is None and shape is None and device is None:
        return ops.refuse("what is like it has to be an array of numbers")
    checked(order, device, None)
    return ordered(make, a.shape if shape is None else shape, a.dtype if dtype is None else dtype, order_like(a, order))


@implements("numpy.full_like")
def full_like(a, fill_value, dtype=None, order=None, subok=None, shape=None, *, device=None):
    if isinstance(fill_value, np.ndarray):
        target = ordered(np.empty, a.shape if shape is None else shape, a.dtype if dtype is None else dtype, order_like(a, order))
        target[...] = fill_value
        return target
    if order is None and subok is None and shape is None and device is None:
        return ops.refuse("what is like it has to be an array of a dtype that holds the value")
    checked(order, device, None)
    extents = a.shape if shape is None else shape
    if order_like(a, order) == "F" and isinstance(extents, tuple):
        return np.full(extents[::-1], fill_value, a.dtype if dtype is None else dtype).T
    return np.full(extents, fill_value, a.dtype if dtype is None else dtype)
