"""Sorting. The work is done by the runtime, which sorts any lane of any element type in place, always stably."""

import numpy as np

from lancehead.library import implements, ops, rt


def order_code(a):
    """The runtime's code of an element type: see src/runtime/sort_keys.h."""
    kind = a.dtype.kind
    size = a.itemsize
    if kind == "b":
        return size
    if kind == "i":
        return 32 + size
    if kind == "u":
        return 64 + size
    if kind == "f":
        return 96 + size
    if kind == "c":
        return 128 + size
    return 160 + size


def copied(a):
    """a.copy(), by the runtime: it is compiled sooner than a loop."""
    out = np.empty_like(a)
    rt.copy_array(out, a)
    return out


def flattened(a):
    """A new vector of the elements, in C order."""
    out = np.empty(a.shape, a.dtype)
    rt.copy_array(out, a)
    return out.reshape(a.size)


def promoted(a, b):
    """`a`, in the dtype that both have in common."""
    if a.dtype == b.dtype:
        return a
    return a.astype((np.empty(0, a.dtype) + np.empty(0, b.dtype)).dtype)


# NumPy looks at the first letter alone.
KINDS = ("quicksort", "quick", "q", "heapsort", "heap", "h", "mergesort", "merge", "m", "stable", "s", "Q", "H", "M", "S")


def check_options(kind, order, stable):
    """Every kind sorts alike; ValueError for what is none."""
    if order is not None:
        raise ValueError("Cannot specify order when the array has no fields.")
    if kind is not None:
        if stable is not None:
            raise ValueError("`kind` and keyword parameters can't be provided at the same time. Use only one of them.")
        if kind not in KINDS:
            raise ValueError("sort kind must be one of 'quick', 'heap', or 'stable'")


@implements("numpy.sort")
def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    check_options(kind, order, stable)
    if axis is None:
        out = flattened(a)
        rt.sort(out, order_code(a), 0)
    else:
        out = copied(a)
        rt.sort(out, order_code(a), axis)
    return out


@implements("numpy.ndarray.sort")
def sort_in_place(a, axis=-1, kind=None, order=None, *, stable=None):
    check_options(kind, order, stable)
    ops.check_writable(a)
    rt.sort(a, order_code(a), axis)


@implements("numpy.sort_complex")
def sort_complex(a):
    """Sorted along the last axis, as complex numbers: of single precision for integers of up to 16 bits."""
    if a.dtype.kind == "c":
        return sort(a)
    if (a.dtype.kind == "i" or a.dtype.kind == "u") and a.itemsize < 4:
        return sort(a).astype(np.complex64)
    return sort(a).astype(np.complex128)


@implements("numpy.argsort", "numpy.ndarray.argsort")
def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    check_options(kind, order, stable)
    if a.ndim == 0:
        return np.zeros(1, np.int64)
    if axis is None:
        return order_of(flattened(a))
    places = np.empty(a.shape, np.int64)
    rt.argsort(a, order_code(a), axis, False, places)
    return places


def order_of(vector):
    """The places of a vector's elements in their order, stably."""
    places = np.empty(vector.size, np.int64)
    rt.argsort(vector, order_code(vector), 0, False, places)
    return places


@implements("numpy.lexsort")
def lexsort(keys, axis=-1):
    """`keys`: a tuple of arrays of one shape, or an array whose first axis they lie along; the last key counts most."""
    if isinstance(keys, np.ndarray):
        places = np.empty(keys.shape[1:], np.int64)
        for k in range(len(keys)):
            rt.argsort(keys[k], order_code(keys), axis, k > 0, places)
        return places
    if len(keys) == 0:
        raise TypeError("need sequence of keys with len > 0 in lexsort")
    places = np.empty(keys[0].shape, np.int64)
    refine_order(keys, axis, False, places)
    return places


def refine_order(keys, axis, refine, places):
    if keys[0].shape != places.shape:
        raise ValueError("all keys need to be the same shape")
    rt.argsort(keys[0], order_code(keys[0]), axis, refine, places)
    if len(keys) > 1:
        refine_order(keys[1:], axis, True, places)


def wanted_places(kth):
    """What partition's `kth` asks for, as a vector of int64."""
    if isinstance(kth, np.ndarray):
        if kth.dtype.kind == "b":
            raise ValueError("Booleans unacceptable as partition index")
        if kth.dtype.kind != "i" and kth.dtype.kind != "u":
            raise TypeError("Partition index must be integer")
        return kth.astype(np.int64)
    if isinstance(kth, list):
        return wanted_places(np.asarray(kth))
    if isinstance(kth, tuple):
        places = np.empty(len(kth), np.int64)
        for k in range(len(kth)):
            places[k] = kth[k]
        return places
    if isinstance(kth, (bool, np.bool_)):
        raise ValueError("Booleans unacceptable as partition index")
    if not isinstance(kth, (int, np.integer)):
        raise TypeError("Partition index must be integer")
    place = np.empty(1, np.int64)
    place[0] = kth
    return place


def check_selection(kind, order):
    if order is not None:
        raise ValueError("Cannot specify order when the array has no fields.")
    if kind != "introselect":
        raise ValueError("select kind must be 'introselect'")


@implements("numpy.partition")
def partition(a, kth, axis=-1, kind="introselect", order=None):
    check_selection(kind, order)
    places = wanted_places(kth)
    if axis is None:
        out = flattened(a)
        if a.size > 0:
            rt.partition(out, order_code(a), 0, places)
    else:
        out = copied(a)
        if a.size > 0:
            rt.partition(out, order_code(a), axis, places)
    return out


@implements("numpy.ndarray.partition")
def partition_in_place(a, kth, axis=-1, kind="introselect", order=None):
    check_selection(kind, order)
    ops.check_writable(a)
    places = wanted_places(kth)
    if a.size > 0:
        rt.partition(a, order_code(a), axis, places)


@implements("numpy.argpartition", "numpy.ndarray.argpartition")
def argpartition(a, kth, axis=-1, kind="introselect", order=None):
    check_selection(kind, order)
    places = wanted_places(kth)
    if axis is None or a.ndim == 0:
        vector = flattened(a)
        out = np.empty(vector.size, np.int64)
        if a.size > 0:
            rt.argpartition(vector, order_code(a), 0, places, out)
        return out
    out = np.empty(a.shape, np.int64)
    if a.size > 0:
        rt.argpartition(a, order_code(a), axis, places, out)
    return out
