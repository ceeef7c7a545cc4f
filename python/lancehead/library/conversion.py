"""Arrays made of nested lists and tuples, of arrays and of numbers; lists made of arrays."""

import numpy as np

from lancehead.library import implements, ops


@implements("numpy.array")
def array(object, dtype=None, *, copy=True, order="K", subok=False, ndmin=0, like=None):
    if like is not None:
        ops.refuse("`like` is for arrays of other libraries")
    if isinstance(object, (list, tuple)):
        return with_rank(from_sequence(object, dtype), order, ndmin)
    if isinstance(object, np.ndarray):
        if dtype is None:
            if copy:
                return with_rank(object.copy(), order, ndmin)
            return with_rank(object, order, ndmin)
        return with_rank(object.astype(dtype), order, ndmin)
    if dtype is None:
        return with_rank(np.full((), object), order, ndmin)
    return with_rank(np.full((), object, dtype), order, ndmin)


@implements("numpy.asarray")
def asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None):
    if like is not None:
        ops.refuse("`like` is for arrays of other libraries")
    if isinstance(a, np.ndarray) and not copy:
        if dtype is None:
            return with_rank(a, order, 0)
        if a.dtype == np.dtype(dtype):
            return with_rank(a, order, 0)
    return array(a, dtype, order=order)


def with_rank(a, order, ndmin):
    """The array in that order of memory, with axes of extent 1 in front up to `ndmin`."""
    if order == "F" and ops.layout(a) != "F" and a.ndim > 1:
        return with_rank(a.T.copy().T, None, ndmin)
    if order == "C" and ops.layout(a) != "C" and a.ndim > 1:
        return with_rank(a.copy(), None, ndmin)
    if ndmin > a.ndim:
        return a.reshape(ops.fill(ndmin - a.ndim, 1) + a.shape)
    return a


def from_sequence(sequence, dtype):
    shape = shape_of(sequence, 1)
    if dtype is None:
        out = np.empty(shape, ops.item_type(sequence))
    else:
        out = np.empty(shape, dtype)
    fill(out, sequence)
    return out


def shape_of(nested, depth):
    """The common shape of all that is nested, the items of which are `depth` levels down."""
    if isinstance(nested, (list, tuple)):
        if len(nested) == 0:
            return ops.fill(ops.nesting(nested), 0)
        items = ops.uniform(nested)
        first = shape_of(items[0], depth + 1)
        for item in items:
            shape = shape_of(item, depth + 1)
            if shape != first:
                refuse_shapes(shape, first, depth)
        return (len(nested),) + first
    if isinstance(nested, np.ndarray):
        return nested.shape
    return ()


def refuse_shapes(shape, first, depth):
    """Of items that are `depth` levels down: the levels above that are alike count."""
    for at in range(len(shape)):
        if shape[at] != first[at]:
            break
        depth += 1
    if depth == 1:
        raise ValueError(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions."
        )
    if depth == 2:
        raise ValueError(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after 2 dimensions."
        )
    raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape.")


def fill(out, nested):
    if isinstance(nested, (list, tuple)):
        at = 0
        for item in ops.uniform(nested):
            if out.ndim == 1:
                out[at] = item
            else:
                fill(out[at], item)
            at += 1
    else:
        out[...] = nested


@implements("numpy.ndarray.tolist")
def tolist(self):
    if self.ndim == 1:
        return list(self)
    return [row.tolist() for row in self]


@implements("numpy.ndarray.item")
def item(self, *args):
    """One element, as a Python number: the only one, or that at a flat index, or at an index for each axis."""
    if len(args) == 0:
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return python_number(self[(0,) * self.ndim])
    if len(args) > 1:
        return python_number(self[args])
    if isinstance(args[0], tuple):
        return python_number(self[args[0]])
    k = args[0]
    ops.check(-self.size <= k and k < self.size, "ItemIndex", k, self.size)
    return python_number(self[ops.unravel(k + self.size if k < 0 else k, self.shape)])


def python_number(x):
    if isinstance(x, (bool, np.bool)):
        return bool(x)
    if isinstance(x, (int, np.integer)):
        return int(x)
    if isinstance(x, (complex, np.complexfloating)):
        return complex(x)
    return float(x)
