"""Products of vectors and matrices. Computed by the runtime (src/runtime/products.h): by NumPy's BLAS where NumPy calls it."""

import numpy as np

from lancehead.library import implements, ops, rt
from lancehead.library.axes import axis_last, normal_axis
from lancehead.library.shapes import as_array, ravel

# ProductKind of src/runtime/products.h
MATMUL, VECDOT, MATVEC, VECMAT, VDOT = 0, 1, 2, 3, 4


def element_code(dtype):
    """The row of src/types/elements.def."""
    kind = dtype.kind
    size = dtype.itemsize
    if kind == "b":
        return 0
    if kind == "c":
        return 11 if size == 8 else 12
    if kind == "f":
        return 9 if size == 4 else 10
    place = 0 if size == 1 else 1 if size == 2 else 2 if size == 4 else 3
    return 1 + place if kind == "i" else 5 + place


def is_number(dtype):
    kind = dtype.kind
    return kind == "b" or kind == "i" or kind == "u" or kind == "f" or kind == "c"


def is_half(dtype):
    return dtype.kind == "f" and dtype.itemsize == 2


def in_dtype(a, dtype):
    """`a`, converted only where that is needed."""
    if a.dtype == dtype:
        return a
    return a.astype(dtype)


def kind_rank(dtype):
    """The place of its kind in the order in which same_kind casts."""
    kind = dtype.kind
    return 0 if kind == "b" else 1 if kind == "u" else 2 if kind == "i" else 3 if kind == "f" else 4


def check_cast(source, target, casting):
    """An error of typing where `casting` forbids it."""
    if casting == "unsafe" or source == target:
        return
    if casting == "same_kind":
        if kind_rank(source) > kind_rank(target):
            ops.refuse("the casting rule 'same_kind' forbids to cast an operand or the output")
    elif casting != "safe" or ops.common_dtype(source, target) != target:
        ops.refuse("the casting rule forbids to cast an operand or the output")


# ---- ufuncs


def multiplied(kind, a, b, shape, core, out, casting, dtype):
    """The product in an array of this shape, whose last `core` axes are those of one product."""
    element = np.dtype(dtype) if dtype is not None else ops.common_dtype(a, b)
    if not is_number(element):
        raise TypeError("ufunc cannot multiply these types")
    if dtype is not None:
        check_cast(a.dtype, element, casting)
        check_cast(b.dtype, element, casting)
    if out is None:
        if is_half(element):
            wide = np.empty(shape, np.float32)
            rt.matmul(in_dtype(a, np.float32), in_dtype(b, np.float32), wide, kind, 9, True)
            return finished(wide.astype(element))
        result = np.empty(shape, element)
        rt.matmul(in_dtype(a, element), in_dtype(b, element), result, kind, element_code(element), False)
        return finished(result)
    check_cast(element, out.dtype, casting)
    check_core(out.shape, shape, core)
    if out.dtype == element and not is_half(element):
        if out.shape == shape and not rt.may_overlap(out, a) and not rt.may_overlap(out, b):
            ops.check_writable(out)
            rt.matmul(in_dtype(a, element), in_dtype(b, element), out, kind, element_code(element), False)
            return out
    out[...] = multiplied(kind, a, b, shape, core, None, "unsafe", element)
    return out


def finished(result):
    """An array without axes as a number."""
    if result.ndim == 0:
        return result[()]
    return result


def check_core(shape, wanted, core):
    if len(shape) < len(wanted):
        raise ValueError("non-broadcastable output operand: it does not have enough dimensions")
    if core > 0:
        if shape[-1] != wanted[-1]:
            raise ValueError("Output operand 0 has a mismatch in its core dimension")
        check_core(shape[:-1], wanted[:-1], core - 1)


@implements("numpy.matmul")
def matmul(x1, x2, /, out=None, *, casting="same_kind", order="K", dtype=None, subok=True):
    """Of the last two axes; those before are broadcast. An operand of one axis is a row on the left, a column on the right."""
    a = as_array(x1)
    b = as_array(x2)
    if a.ndim == 0:
        raise ValueError("matmul: Input operand 0 does not have enough dimensions (has 0, requires 1)")
    if b.ndim == 0:
        raise ValueError("matmul: Input operand 1 does not have enough dimensions (has 0, requires 1)")
    rows = a.shape[-2:-1]
    columns = b.shape[-1:] if b.ndim > 1 else ()
    shape = np.broadcast_shapes(a.shape[:-2], b.shape[:-2]) + rows + columns
    return multiplied(MATMUL, a, b, shape, len(rows) + len(columns), out, casting, dtype)


@implements("numpy.ndarray.__imatmul__")
def multiply_in_place(a, b):
    if a.ndim == 0 or b.ndim < 2:
        raise ValueError(
            "inplace matrix multiplication requires the first operand to have at least one and the second at least two dimensions."
        )
    return matmul(a, b, out=a)


@implements("numpy.vecdot")
def vecdot(x1, x2, /, out=None, *, casting="same_kind", order="K", dtype=None, subok=True, axis=-1):
    """Of the vectors along an axis, the first ones conjugated; the other axes are broadcast."""
    a = vectors_of(as_array(x1), axis)
    b = vectors_of(as_array(x2), axis)
    shape = np.broadcast_shapes(a.shape[:-1], b.shape[:-1])
    return multiplied(VECDOT, a, b, shape, 0, out, casting, dtype)


def vectors_of(a, axis):
    if a.ndim == 0:
        raise ValueError("vecdot: Input operand does not have enough dimensions (has 0, requires 1)")
    if isinstance(axis, int) and axis == -1:
        return a
    return axis_last(a, normal_axis(axis, a.ndim))


@implements("numpy.matvec")
def matvec(x1, x2, /, out=None, *, casting="same_kind", order="K", dtype=None, subok=True):
    """Matrices with vectors; the axes before are broadcast."""
    a = as_array(x1)
    b = as_array(x2)
    if a.ndim < 2:
        raise ValueError("matvec: Input operand 0 does not have enough dimensions (requires 2)")
    if b.ndim == 0:
        raise ValueError("matvec: Input operand 1 does not have enough dimensions (has 0, requires 1)")
    shape = np.broadcast_shapes(a.shape[:-2], b.shape[:-1]) + a.shape[-2:-1]
    return multiplied(MATVEC, a, b, shape, 1, out, casting, dtype)


@implements("numpy.vecmat")
def vecmat(x1, x2, /, out=None, *, casting="same_kind", order="K", dtype=None, subok=True):
    """Vectors, which are conjugated, with matrices; the axes before are broadcast."""
    a = as_array(x1)
    b = as_array(x2)
    if a.ndim == 0:
        raise ValueError("vecmat: Input operand 0 does not have enough dimensions (has 0, requires 1)")
    if b.ndim < 2:
        raise ValueError("vecmat: Input operand 1 does not have enough dimensions (requires 2)")
    shape = np.broadcast_shapes(a.shape[:-1], b.shape[:-2]) + b.shape[-1:]
    return multiplied(VECMAT, a, b, shape, 1, out, casting, dtype)


# ---- functions


@implements("numpy.dot", "numpy.ndarray.dot")
def dot(a, b, out=None):
    """The last axis of `a` with the last but one of `b`, for all indices of the others; with a number, their product."""
    return dotted(as_array(a), as_array(b), out)


def dotted(a, b, out):
    element = ops.common_dtype(a, b)
    if not is_number(element):
        raise TypeError("Cannot multiply these types")
    if a.ndim == 1 and b.ndim == 1 and out is None and element.kind == "f" and not is_half(element):
        return dot_of_floats(in_dtype(a, element), in_dtype(b, element))
    shape = dot_shape(a, b)
    if out is None:
        if is_half(element):
            wide = np.empty(shape, np.float32)
            rt.dot(in_dtype(a, np.float32), in_dtype(b, np.float32), wide, 9, True)
            return finished(wide.astype(element))
        result = np.empty(shape, element)
        rt.dot(in_dtype(a, element), in_dtype(b, element), result, element_code(element), False)
        return finished(result)
    if out.dtype != element or out.ndim != len(shape) or not is_contiguous(out):
        raise ValueError("output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)")
    if out.shape != shape:
        raise ValueError("output array has wrong dimensions")
    ops.check_writable(out)
    if is_half(element) or rt.may_overlap(out, a) or rt.may_overlap(out, b):
        out[...] = dotted(a, b, None)
    else:
        rt.dot(in_dtype(a, element), in_dtype(b, element), out, element_code(element), False)
    return finished(out)


def dot_of_floats(a, b):
    """Of two vectors: a number, for which no memory is needed."""
    ops.check(a.size == b.size, "DotExtents", a.size, 0, b.size)
    if a.itemsize == 4:
        return rt.vector_dot_float(ops.data(a), a.strides[0], ops.data(b), b.strides[0], a.size)
    return rt.vector_dot(ops.data(a), a.strides[0], ops.data(b), b.strides[0], a.size)


def dot_shape(a, b):
    if a.ndim == 0:
        return b.shape
    if b.ndim == 0:
        return a.shape
    if b.ndim == 1:
        return a.shape[:-1]
    return a.shape[:-1] + b.shape[:-2] + b.shape[-1:]


def is_contiguous(a):
    if ops.layout(a) == "C":
        return True
    return has_strides(a.shape, a.strides, a.itemsize)


def has_strides(shape, strides, step):
    if len(shape) == 0:
        return True
    return (shape[-1] == 1 or strides[-1] == step) and has_strides(shape[:-1], strides[:-1], step * shape[-1])


@implements("numpy.inner")
def inner(a, b, /):
    """The last axes of both with each other, for all indices of the others."""
    x = as_array(a)
    y = as_array(b)
    if x.ndim == 0 or y.ndim < 2:
        return dotted(x, y, None)
    return dotted(x, np.swapaxes(y, -1, -2), None)


@implements("numpy.vdot")
def vdot(a, b, /):
    """Of all elements in C order, those of `a` conjugated."""
    x = np.reshape(as_array(a), (-1,))
    y = np.reshape(as_array(b), (-1,))
    if x.size != y.size:
        raise ValueError("cannot reshape array: vdot's operands have different numbers of elements")
    return multiplied(VDOT, x, y, (), 0, None, "unsafe", None)


@implements("numpy.outer")
def outer(a, b, out=None):
    """All products of an element of `a` and one of `b`, each in C order."""
    column = ravel(as_array(a))
    row = ravel(as_array(b))
    return np.multiply(column[:, np.newaxis], row[np.newaxis, :], out=out)


@implements("math.sumprod")
def sumprod(p, q, /):
    """Of arrays: NumPy's scalars are added one by one. Tuples of Python's numbers are summed exactly, by the core."""
    if len(p) != len(q):
        raise ValueError("Inputs are not the same length")
    total = 0
    for x, y in zip(p, q):
        total = total + x * y
    return total
