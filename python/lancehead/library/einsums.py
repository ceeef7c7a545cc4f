"""np.einsum. The subscripts are read when it is compiled (src/library/einsum.cpp), the sums are the runtime's (src/runtime/einsum.cpp)."""

import numpy as np

from lancehead.library import implements, ops, rt
from lancehead.library.products import check_cast, element_code, finished, in_dtype, is_half, is_number
from lancehead.library.shapes import as_array


@implements("numpy.einsum")
def einsum(subscripts, *operands, out=None, dtype=None, order="K", casting="safe", optimize=False):
    """Sums of products over the labels that the result has not. Of one array whose labels all stay a view."""
    if len(operands) == 0:
        ops.refuse("np.einsum: it takes the subscripts and at least one operand")
    if order != "K" and order != "C" and order != "A":
        ops.refuse("np.einsum: the order of its result is 'C'")
    arrays = all_arrays(operands)
    extents = ops.einsum_extents(subscripts, *arrays)
    rank = ops.einsum_rank(subscripts, *arrays)
    if len(arrays) == 1 and len(extents) == rank and out is None:  # whatever dtype says, as in NumPy
        return ops.view(arrays[0], 0, extents, ops.einsum_strides(subscripts, 0, *arrays))
    element = element_of(arrays, out, dtype)
    if not is_number(element):
        raise TypeError("invalid data type for einsum")
    check_operands(arrays, element, casting)
    shape = result_shape(extents, rank)
    if out is None:
        result = summed(subscripts, arrays, extents, shape, element)
        return finished(result)
    check_cast(element, out.dtype, casting)
    ops.check_writable(out)
    out[...] = summed(subscripts, arrays, extents, shape, element)
    return out


def all_arrays(operands):
    if len(operands) == 0:
        return ()
    return (as_array(operands[0]),) + all_arrays(operands[1:])


def element_of(arrays, out, dtype):
    if dtype is not None:
        return np.dtype(dtype)
    if out is not None:
        return ops.common_dtype(out, *arrays)
    return ops.common_dtype(*arrays)


def check_operands(arrays, element, casting):
    if len(arrays) > 0:
        check_cast(arrays[0].dtype, element, casting)
        check_operands(arrays[1:], element, casting)


def result_shape(extents, rank):
    if len(extents) == rank:
        return extents
    return result_shape(extents[:-1], rank)


def summed(subscripts, arrays, extents, shape, element):
    """The sums, in a new array."""
    if is_half(element):
        return summed(subscripts, arrays, extents, shape, np.dtype(np.float32)).astype(element)
    result = np.empty(shape, element)
    views = all_views(subscripts, all_in_dtype(arrays, element), extents, 0)
    count = len(arrays)
    code = element_code(element)
    if count == 1:
        rt.einsum(views[0], views[0], result, count, code)
    elif count == 2:
        rt.einsum(views[0], views[1], result, count, code)
    elif count == 3:
        rt.einsum_of_four(views[0], views[1], views[2], views[0], result, count, code)
    elif count == 4:
        rt.einsum_of_four(views[0], views[1], views[2], views[3], result, count, code)
    else:
        ops.refuse("np.einsum: it takes up to four operands; multiply some of them before")
    return result


def all_views(subscripts, arrays, extents, k):
    """Each operand with an axis for each label."""
    if k == len(arrays):
        return ()
    view = ops.view(arrays[k], 0, extents, ops.einsum_strides(subscripts, k, *arrays))
    return (view,) + all_views(subscripts, arrays, extents, k + 1)


def all_in_dtype(arrays, element):
    if len(arrays) == 0:
        return ()
    return (in_dtype(arrays[0], element),) + all_in_dtype(arrays[1:], element)
