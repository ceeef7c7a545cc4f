"""Copies in another order of memory or of another dtype, and views of another dtype."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.making import order_like, ordered
from lancehead.library.shapes import as_array


@implements("numpy.copy")
def copy(a, order="K", subok=False):
    """In the order of `a`, unless `order` says C or F."""
    array = as_array(a)
    return copied(array, array.dtype, order_like(array, order))


@implements("numpy.ndarray.copy")
def copy_method(self, order="C"):
    return copied(self, self.dtype, order_like(self, order))


def copied(a, dtype, order):
    out = ordered(np.empty, a.shape, dtype, order)
    out[...] = a
    return out


@implements("numpy.ndarray.astype")
def astype(self, dtype, order=None, casting=None, subok=None, copy=None):
    """The array itself where copy=False and nothing has to change. TypeError for what `casting` forbids."""
    if order is None and casting is None and subok is None and copy is None:
        return ops.refuse("the elements cannot be converted to this dtype")
    if casting is not None:
        check_casting(self, dtype, casting)
    if copy is not None and self.dtype == np.dtype(dtype) and has_order(self, order):
        if not copy:
            return self
    if order is None:
        return self.astype(dtype)
    return copied(self, dtype, order_like(self, order))


def has_order(a, order):
    if order == "C" or order == "F":
        return ops.layout(a) == order or (a.ndim == 1 and ops.layout(a) == "C")
    return True


def check_casting(a, dtype, casting):
    to = np.empty(0, dtype)
    if casting == "unsafe" or a.dtype == to.dtype:
        return
    if casting == "no" or casting == "equiv":
        raise TypeError("Cannot cast array data according to the rule 'no'")
    if casting == "safe":
        if ops.common_dtype(a, to) != to.dtype:
            raise TypeError("Cannot cast array data according to the rule 'safe'")
    elif casting == "same_kind":
        if rank_of(a.dtype.kind) > rank_of(to.dtype.kind):
            raise TypeError("Cannot cast array data according to the rule 'same_kind'")
    else:
        raise ValueError("casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe'")


def rank_of(kind):
    if kind == "b":
        return 0
    if kind == "u":
        return 1
    if kind == "i":
        return 2
    if kind == "f":
        return 3
    return 4


@implements("numpy.ndarray.view")
def view(self, dtype=None):
    """The same memory; with elements of another size the last axis, which has to be contiguous, gets another extent."""
    if dtype is None:
        return ops.view(self, 0, self.shape, self.strides)
    size = np.empty(0, dtype).itemsize
    if size == self.itemsize:
        return ops.reinterpret(self, dtype, 0, self.shape, self.strides)
    if self.ndim == 0:
        raise ValueError("Changing the dtype of a 0d array is only supported if the itemsize is unchanged")
    last = self.ndim - 1
    if self.strides[last] != self.itemsize and self.shape[last] > 1:
        raise ValueError("To change to a dtype of a different size, the last axis must be contiguous")
    if size < self.itemsize:
        if self.itemsize % size != 0:
            raise ValueError("When changing to a smaller dtype, its size must be a divisor of the size of original dtype")
    elif self.shape[last] * self.itemsize % size != 0:
        raise ValueError(
            "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array."
        )
    extents = ops.replace(self.shape, last, self.shape[last] * self.itemsize // size)
    return ops.reinterpret(self, dtype, 0, extents, ops.replace(self.strides, last, size))
