"""np.<ufunc>.reduce, accumulate, reduceat and outer: a function for each ufunc, which is a captured value there.

What np.sum and its like compute is theirs. The others go along the axis one index after the other: what is accumulated is operand
and result of the ufunc, so that each step is one pass over the other axes. `kind`, the dtype of the results, is that of the argument
`dtype`, else of `out`, else what the ufunc makes of two elements; ufuncs that give bools combine bools.
"""

import numpy as np
from numpy.exceptions import AxisError

from lancehead.library import ops
from lancehead.library.indexing import in_one_row

NONE = "identity"  # stands for an `initial` that is left out

# Reductions of several axes at once need a ufunc for which the order of the elements does not count.
REORDERABLE = (
    "bitwise_and bitwise_or bitwise_xor equal fmax fmin gcd hypot lcm logaddexp logaddexp2 logical_and logical_or logical_xor "
    "maximum minimum not_equal".split()
)


def method_of(ufunc, method):
    """The function that implements a method of a ufunc; None where NumPy's ufunc has none."""
    if method == "outer":
        return outer_of(ufunc) if ufunc.nin == 2 else None
    if method == "at":
        from lancehead.library.ufunc_at import at_of

        return at_of(ufunc) if ufunc.nout == 1 else None
    if ufunc.nin != 2 or ufunc.nout != 1 or ufunc is np.ldexp:
        return None
    return METHODS[method](ufunc)


def gives_bools(ufunc):
    return all(loop.endswith("?") for loop in ufunc.types if loop[0] not in "mMO")


# ---- axes


def checked_axis(axis, ndim):
    """The axis counted from the first. AxisError names it."""
    if axis < -ndim or axis >= ndim:
        raise AxisError(axis, ndim)
    return axis + ndim if axis < 0 else axis


def checked_axes(axes, ndim):
    if len(axes) == 0:
        return ()
    k = checked_axis(axes[0], ndim)
    rest = checked_axes(axes[1:], ndim)
    if contains(rest, k):
        raise ValueError("duplicate value in 'axis'")
    return (k,) + rest


def contains(items, item):
    if len(items) == 0:
        return False
    return items[0] == item or contains(items[1:], item)


def row_of(a, axis, index):
    """The view of what has this index along the axis."""
    return ops.view(a, index * a.strides[axis], ops.drop(a.shape, axis), ops.drop(a.strides, axis))


def strides_onto(shape, strides, onto):
    """The strides with which an array is seen in the shape `onto`: 0 along what is broadcast. ValueError where it cannot be."""
    if len(onto) == 0:
        return ()
    if len(shape) == 0:
        return strides_onto(shape, strides, onto[:-1]) + (0,)
    if shape[-1] != onto[-1] and shape[-1] != 1:
        raise ValueError("operands could not be broadcast together: a mask or values have another shape")
    step = 0 if shape[-1] == 1 else strides[-1]
    return strides_onto(shape[:-1], strides[:-1], onto[:-1]) + (step,)


def seen_as(a, shape):
    """The array broadcast to the shape."""
    if a.ndim > len(shape):
        raise ValueError("operands could not be broadcast together: a mask or values have too many axes")
    return ops.view(a, 0, shape, strides_onto(a.shape, a.strides, shape))


def stored(result, out):
    """The result, or `out` which holds it then. ValueError for another shape."""
    if out is None:
        return result
    if isinstance(result, np.ndarray):
        if out.ndim != result.ndim:
            raise ValueError("output parameter for reduction operation has the wrong number of dimensions")
        if out.shape != result.shape:
            raise ValueError("operands could not be broadcast together: the output parameter has another shape than the result")
    elif out.ndim != 0:
        raise ValueError("output parameter for reduction operation has the wrong number of dimensions")
    out[...] = result
    return out


def kept_array(result, shape):
    """The result with the axes that were reduced, of extent 1."""
    if isinstance(result, np.ndarray):
        return ops.contiguous(result, shape)
    return np.full(shape, result)


# ---- one step. `tests`: the ufunc gives bools; `takes_all`: any number counts as one


def kind_of(ufunc, a, dtype, out, tests, takes_all, widens):
    if tests:
        if not takes_all and dtype is None and a.dtype.kind != "b":
            raise TypeError("No loop matching the specified signature and casting was found for the ufunc")
        if dtype is not None and np.dtype(dtype).kind != "b":
            raise TypeError("No loop matching the specified signature and casting was found for the ufunc")
        return np.dtype(np.bool_)
    if dtype is not None:
        return np.dtype(dtype)
    if out is not None:
        return out.dtype
    if widens and (a.dtype.kind == "b" or a.dtype.kind == "i"):
        return np.dtype(np.int64)
    if widens and a.dtype.kind == "u":
        return np.dtype(np.uint64)
    none = np.empty(0, a.dtype)
    return ufunc(none, none).dtype


def operand_of(a, dtype, tests, takes_all):
    """The array, as bools where they were asked for of a ufunc that has loops for other types, too."""
    if tests and not takes_all and dtype is not None and a.dtype.kind != "b":
        return a != 0
    return a


def identity_of(ufunc, kind):
    """-1 stands for all bits."""
    if ufunc is np.bitwise_and:
        return np.invert(number_of(0, kind))
    return ufunc.identity


def number_of(x, kind):
    if kind.kind == "b":
        return bool(x)
    return kind.type(x)


def assign(target, a):
    if target.dtype.kind == "b" and a.dtype.kind == "c":
        target[...] = a != 0
    else:
        target[...] = a


def combined(ufunc, tests, x, y, kind):
    if tests:
        return ufunc(x, y)
    return ufunc(x, kind.type(y))


def combine(ufunc, tests, acc, a, kind, mask):
    """The same of arrays, into the first."""
    if tests:
        ufunc(acc, a, out=acc, where=mask)
    else:
        ufunc(acc, a, out=acc, dtype=kind, casting="unsafe", where=mask)


# ---- reduce


def reduce_of(ufunc):
    if ufunc in REDUCTIONS:
        return REDUCTIONS[ufunc]
    name, reorderable, tests = ufunc.__name__, ufunc.__name__ in REORDERABLE, gives_bools(ufunc)
    takes_all = name.startswith("logical")

    def reduce(array, /, axis=0, dtype=None, out=None, keepdims=False, initial=NONE, where=True):
        kind = kind_of(ufunc, array, dtype, out, tests, takes_all, False)
        array = operand_of(array, dtype, tests, takes_all)
        start = initial
        if isinstance(initial, str):
            start = identity_of(ufunc, kind)
        if isinstance(where, np.ndarray):
            mask = seen_as(where, array.shape)
        elif where:
            mask = None
        else:
            mask = np.zeros(array.shape, np.bool_)
        if start is None and mask is not None:
            raise ValueError("reduction operation '" + name + NEEDS_INITIAL)
        if array.ndim == 0 and not isinstance(axis, tuple) and (axis == 0 or axis == -1):
            axis = ()
        if isinstance(axis, tuple):
            axes = checked_axes(axis, array.ndim)
            if not reorderable and len(axis) > 1:
                raise ValueError("reduction operation '" + name + NOT_REORDERABLE)
            if len(axes) > 1 and ufunc.identity is not None:  # `initial` counts once
                result = ufunc(over(ufunc, name, tests, array, axes, kind, identity_of(ufunc, kind), mask), number_of(start, kind))
            else:
                result = over(ufunc, name, tests, array, axes, kind, start, mask)
            if keepdims:
                return stored(kept_array(result, kept_shape(array.shape, axes)), out)
            if array.ndim == 0 and out is None:
                return number_of(result, kind)
            return stored(result, out)
        if axis is None:
            if not reorderable and array.ndim > 1:
                raise ValueError("reduction operation '" + name + NOT_REORDERABLE)
            flat = None if mask is None else in_one_row(mask)
            result = lane(ufunc, name, tests, in_one_row(array), kind, start, flat)
            if keepdims:
                return stored(kept_array(result, ops.fill(array.ndim, 1)), out)
            return stored(result, out)
        k = checked_axis(axis, array.ndim)
        result = along(ufunc, name, tests, array, k, kind, start, mask)
        if keepdims:
            return stored(kept_array(result, ops.replace(array.shape, k, 1)), out)
        return stored(result, out)

    return reduce


NOT_REORDERABLE = "' is not reorderable, so at most one axis may be specified"
NEEDS_INITIAL = "' does not have an identity, so to use a where mask one has to specify 'initial'"
NO_IDENTITY = " which has no identity"


def lane(ufunc, name, tests, a, kind, start, mask):
    """All elements of an array of one axis."""
    if start is None:
        if a.size == 0:
            raise ValueError("zero-size array to reduction operation " + name + NO_IDENTITY)
        first = 1
        acc = number_of(ops.item(a, 0), kind)
    else:
        first = 0
        acc = number_of(start, kind)
    for i in range(first, a.size):
        if mask is None:
            acc = combined(ufunc, tests, acc, ops.item(a, i), kind)
        elif ops.item(mask, i):
            acc = combined(ufunc, tests, acc, ops.item(a, i), kind)
    return acc


def along(ufunc, name, tests, a, k, kind, start, mask):
    """Along one axis, which goes."""
    if a.ndim == 1:
        return lane(ufunc, name, tests, a, kind, start, mask)
    result = np.empty(ops.drop(a.shape, k), kind)
    if start is None:
        if a.shape[k] == 0:
            raise ValueError("zero-size array to reduction operation " + name + NO_IDENTITY)
        first = 1
        assign(result, row_of(a, k, 0))
    else:
        first = 0
        result[...] = start
    for j in range(first, a.shape[k]):
        if mask is None:
            combine(ufunc, tests, result, row_of(a, k, j), kind, True)
        else:
            combine(ufunc, tests, result, row_of(a, k, j), kind, row_of(mask, k, j))
    return result


def over(ufunc, name, tests, a, axes, kind, start, mask):
    """Along one axis after the other."""
    if len(axes) == 0:
        result = np.empty(a.shape, kind)
        assign(result, a)
        return result
    part = along(ufunc, name, tests, a, axes[0], kind, start, mask)
    if len(axes) == 1:
        return part
    if ufunc.identity is None:
        return over(ufunc, name, tests, part, lowered(axes[1:], axes[0]), kind, start, None)
    return over(ufunc, name, tests, part, lowered(axes[1:], axes[0]), kind, identity_of(ufunc, kind), None)


def lowered(axes, gone):
    """The axes as they are counted where one is gone."""
    if len(axes) == 0:
        return ()
    return (axes[0] - 1 if axes[0] > gone else axes[0],) + lowered(axes[1:], gone)


def kept_shape(shape, axes):
    if len(axes) == 0:
        return shape
    return kept_shape(ops.replace(shape, axes[0], 1), axes[1:])


# ---- what other functions compute


def add_reduce(array, /, axis=0, dtype=None, out=None, keepdims=False, initial=NONE, where=True):
    if isinstance(initial, str):
        return np.sum(array, axis, dtype, out, keepdims, where=where)
    return np.sum(array, axis, dtype, out, keepdims, initial, where)


def multiply_reduce(array, /, axis=0, dtype=None, out=None, keepdims=False, initial=NONE, where=True):
    if isinstance(initial, str):
        return np.prod(array, axis, dtype, out, keepdims, where=where)
    return np.prod(array, axis, dtype, out, keepdims, initial, where)


# NumPy's ufunc -> the function for its reduction; these widen narrow integers.
REDUCTIONS = {np.add: add_reduce, np.multiply: multiply_reduce}


# ---- accumulate


def accumulate_of(ufunc):
    tests, takes_all = gives_bools(ufunc), ufunc.__name__.startswith("logical")
    widens = ufunc in REDUCTIONS

    def accumulate(array, /, axis=0, dtype=None, out=None):
        if array.ndim == 0:
            raise TypeError("cannot accumulate on a scalar")
        k = checked_axis(axis, array.ndim)
        kind = kind_of(ufunc, array, dtype, out, tests, takes_all, widens)
        array = operand_of(array, dtype, tests, takes_all)
        result = np.empty(array.shape, kind)
        if result.size > 0:
            scan(ufunc, tests, array, k, kind, result)
        return stored(result, out)

    return accumulate


def scan(ufunc, tests, a, k, kind, result):
    if a.ndim == 1:
        number = number_of(ops.item(a, 0), kind)
        ops.store(result, number, 0)
        for i in range(1, a.size):
            number = combined(ufunc, tests, number, ops.item(a, i), kind)
            ops.store(result, number, i)
    else:
        acc = np.empty(ops.drop(a.shape, k), kind)
        assign(acc, row_of(a, k, 0))
        row = row_of(result, k, 0)
        row[...] = acc
        for j in range(1, a.shape[k]):
            combine(ufunc, tests, acc, row_of(a, k, j), kind, True)
            row = row_of(result, k, j)
            row[...] = acc


# ---- reduceat


def reduceat_of(ufunc):
    tests, takes_all = gives_bools(ufunc), ufunc.__name__.startswith("logical")
    widens, sums = ufunc in REDUCTIONS, ufunc is np.add

    def reduceat(array, /, indices, axis=0, dtype=None, out=None):
        kind = kind_of(ufunc, array, dtype, out, tests, takes_all, widens)
        array = operand_of(array, dtype, tests, takes_all)
        k = checked_axis(axis, array.ndim)
        extent = array.shape[k]
        count = indices.shape[0]
        for i in range(count):
            ops.check(indices[i] >= 0 and indices[i] < extent, "ReduceatIndex", indices[i], extent)
        result = np.empty(ops.replace(array.shape, k, count), kind)
        for i in range(count):
            stop = indices[i + 1] if i + 1 < count else extent
            segment(ufunc, tests, sums, array, k, kind, indices[i], stop, result, i)
        return stored(result, out)

    return reduceat


def segment(ufunc, tests, sums, a, k, kind, start, stop, result, i):
    if a.ndim == 1:
        ops.store(result, segment_of_lane(ufunc, tests, sums, a, kind, start, stop), i)
    elif sums:
        target = row_of(result, k, i)
        strides = ops.drop(a.strides, k)
        for n in range(target.size):
            place = ops.unravel(n, target.shape)
            lane = ops.view(a, offset_of(place, strides), (a.shape[k],), (a.strides[k],))
            ops.store(target, segment_of_lane(ufunc, tests, sums, lane, kind, start, stop), *place)
    else:
        acc = np.empty(ops.drop(a.shape, k), kind)
        assign(acc, row_of(a, k, start))
        for j in range(start + 1, stop):
            combine(ufunc, tests, acc, row_of(a, k, j), kind, True)
        target = row_of(result, k, i)
        target[...] = acc


def segment_of_lane(ufunc, tests, sums, a, kind, start, stop):
    """Sums are taken in NumPy's order: the first element and the sum of the others."""
    acc = number_of(ops.item(a, start), kind)
    if sums:
        if stop > start + 1:
            acc = ufunc(acc, np.sum(in_kind(a[start + 1 : stop], kind)))
        return acc
    for i in range(start + 1, stop):
        acc = combined(ufunc, tests, acc, ops.item(a, i), kind)
    return acc


def offset_of(place, strides):
    """The bytes from the first element to the one with these indices, of the first axes."""
    if len(place) == 0:
        return 0
    return place[0] * strides[0] + offset_of(place[1:], strides[1:])


def in_kind(a, kind):
    if a.dtype == kind:
        return a
    return a.astype(kind)


# ---- outer


def outer_of(ufunc):
    def outer(A, B, /, out=None, where=True, casting="same_kind", dtype=None):
        column = strong(A)
        row = strong(B)
        shape = column.shape + ops.fill(row.ndim, 1)
        strides = column.strides + ops.fill(row.ndim, 0)
        return ufunc(ops.view(column, 0, shape, strides), row, out=out, where=where, casting=casting, dtype=dtype)

    return outer


def strong(a):
    """An array; numbers are made arrays, and so count with their own dtype."""
    if isinstance(a, np.ndarray):
        return a
    return np.full((), a)


METHODS = {"reduce": reduce_of, "accumulate": accumulate_of, "reduceat": reduceat_of}
