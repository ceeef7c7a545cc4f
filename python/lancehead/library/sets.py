"""Distinct elements and arrays as sets: sorted, and compared with their neighbours."""

import numpy as np

from lancehead.library import implements, rt
from lancehead.library.searching import places_of
from lancehead.library.shapes import as_array
from lancehead.library.sorting import copied, flattened, order_code, order_of, promoted


@implements("numpy.unique")
def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True):
    """The options but equal_nan and sorted are constants. What is not asked to be sorted is sorted all the same."""
    if axis is not None and ar.ndim > 1:
        return unique_along(ar, return_index, return_inverse, return_counts, axis)
    if axis is not None and (axis < -1 or axis > 0):
        rt.sort(np.empty(0), 0, axis)  # raises AxisError
    values = flattened(ar)
    if not (return_index or return_inverse):
        rt.sort(values, order_code(ar), 0)
        if not return_counts:
            return copied(values[: rt.unique(values, order_code(ar), equal_nan)])
        starts = np.empty(values.size, np.int64)
        groups = rt.group_starts(values, order_code(ar), equal_nan, starts)
        return taken(values, starts[:groups]), lengths(starts[:groups], values.size)
    order = order_of(values)
    ordered = taken(values, order)
    starts = np.empty(values.size, np.int64)
    groups = rt.group_starts(ordered, order_code(ar), equal_nan, starts)
    first = (taken(ordered, starts[:groups]),)
    others = places_and_counts(order, starts, groups, return_index, return_inverse, return_counts)
    if return_inverse and ar.ndim != 1:
        if return_index:
            return first + (others[0], others[1].reshape(ar.shape)) + others[2:]
        return first + (others[0].reshape(ar.shape),) + others[1:]
    return first + others


def unique_along(ar, return_index, return_inverse, return_counts, axis):
    """Distinct subarrays along an axis, sorted as rows of numbers; nans differ from each other."""
    front = np.moveaxis(ar, axis, 0)
    rows = flattened(front).reshape(front.shape[0], -1) if ar.size else np.empty((front.shape[0], 0), ar.dtype)
    if ar.dtype.kind == "b":
        rows = rows | rows  # bytes that are 0 or 1
    order = np.arange(rows.shape[0])
    for k in range(rows.shape[1] - 1, -1, -1):
        rt.argsort(rows[:, k], order_code(ar), 0, True, order)
    starts = np.empty(order.size, np.int64)
    groups = rt.row_group_starts(rows, order_code(ar), order, starts)
    first = (np.moveaxis(front[taken(order, starts[:groups])], 0, axis),)
    others = places_and_counts(order, starts, groups, return_index, return_inverse, return_counts)
    if len(others) == 0:
        return first[0]
    return first + others


def taken(values, places):
    """values[places], where places are known to be inside."""
    out = np.empty(places.size, values.dtype)
    rt.gather(values, places, out)
    return out


def lengths(starts, size):
    """How many elements the groups have."""
    out = np.empty(starts.size, np.int64)
    last = size
    for i in range(starts.size - 1, -1, -1):
        out[i] = last - starts[i]
        last = starts[i]
    return out


def places_and_counts(order, starts, groups, return_index, return_inverse, return_counts):
    """Of groups of equal elements: where the first of each is, the group of each element, how many each has."""
    out = ()
    if return_index:
        out = out + (taken(order, starts[:groups]),)
    if return_inverse:
        inverse = np.empty(order.size, np.int64)
        rt.group_numbers(starts, groups, order, inverse)
        out = out + (inverse,)
    if return_counts:
        out = out + (lengths(starts[:groups], order.size),)
    return out


def joined(a, b):
    """The elements of both in a new vector of their common dtype."""
    x = promoted(a, b)
    y = promoted(b, a)
    out = np.empty(a.size + b.size, x.dtype)
    out[: a.size] = flattened(x)
    out[a.size :] = flattened(y)
    return out


@implements("numpy.union1d")
def union1d(ar1, ar2):
    return unique(joined(ar1, ar2))


@implements("numpy.intersect1d")
def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """With the constant return_indices also where the common elements are first in both."""
    if assume_unique:
        first = flattened(ar1)
        second = flattened(ar2)
        firsts = np.arange(first.size)
        seconds = np.arange(second.size)
    else:
        first, firsts = unique(ar1, return_index=True)
        second, seconds = unique(ar2, return_index=True)
    both = joined(first, second)
    order = order_of(both)
    ordered = taken(both, order)
    found = np.empty(min(first.size, second.size), np.int64)  # places in `ordered`
    count = 0
    for i in range(both.size - 1):
        if ordered[i] == ordered[i + 1]:
            found[count] = i
            count += 1
    values = taken(ordered, found[:count])
    if not return_indices:
        return values
    in_first = np.empty(count, np.int64)
    in_second = np.empty(count, np.int64)
    for i in range(count):
        in_first[i] = firsts[order[found[i]]]
        in_second[i] = seconds[order[found[i] + 1] - first.size]
    return values, in_first, in_second


@implements("numpy.setxor1d")
def setxor1d(ar1, ar2, assume_unique=False):
    if assume_unique:
        both = joined(ar1, ar2)
    else:
        both = joined(unique(ar1), unique(ar2))
    rt.sort(both, order_code(both), 0)
    count = 0
    for i in range(both.size):
        alone = (i == 0 or both[i] != both[i - 1]) and (i + 1 == both.size or both[i] != both[i + 1])
        if alone:
            both[count] = both[i]
            count += 1
    return copied(both[:count])


@implements("numpy.setdiff1d")
def setdiff1d(ar1, ar2, assume_unique=False):
    if assume_unique:
        values = flattened(ar1)
    else:
        values = unique(ar1)
    others = membership(values, ar2)
    count = 0
    for i in range(values.size):
        if not others[i]:
            values[count] = values[i]
            count += 1
    return copied(values[:count])


def membership(values, test_elements):
    """Of each element of a vector, whether it is among the others."""
    sorted_elements = flattened(promoted(test_elements, values))
    rt.sort(sorted_elements, order_code(sorted_elements), 0)
    wanted = promoted(values, test_elements)
    places = places_of(sorted_elements, wanted, False, None)
    out = np.empty(values.size, np.bool_)
    for i in range(values.size):
        place = places[i]
        out[i] = place < sorted_elements.size and sorted_elements[place] == wanted[i]
    return out


@implements("numpy.isin")
def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    wanted = as_array(element)
    elements = as_array(test_elements)
    check_kind(wanted, elements, kind)
    found = membership(flattened(wanted), elements)
    if invert:
        found = ~found
    return found.reshape(wanted.shape)


@implements("numpy.in1d")
def in1d(ar1, ar2, assume_unique=False, invert=False, *, kind=None):
    check_kind(ar1, ar2, kind)
    found = membership(flattened(ar1), ar2)
    if invert:
        return ~found
    return found


def check_kind(element, test_elements, kind):
    if kind is not None and kind != "sort":
        if kind != "table":
            raise ValueError("Invalid kind. Please use None, 'sort' or 'table'.")
        if not (is_whole(element) and is_whole(test_elements)):
            raise ValueError(
                "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind."
            )


def is_whole(a):
    kind = a.dtype.kind
    return kind == "i" or kind == "u" or kind == "b"
